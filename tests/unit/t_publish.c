#include "publish/publish.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "publish/listing.h"
#include "tap.h"

#define LONG                                                                   \
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" /* 33 and 32 letters */            \
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

/* A fresh folder to work in, and the list for what goes wrong. */
struct place {
	char folder[64];
	char root[96];
	struct arena arena;
	struct diag_list diags;
};

static void
place_open(struct place *place)
{
	*place = (struct place){ .folder = "/tmp/t_publish.XXXXXX" };
	if (mkdtemp(place->folder) == NULL)
		abort();
	snprintf(
	    place->root, sizeof(place->root), "%s/out/reports", place->folder);
	place->diags.arena = &place->arena;
}

static void
place_close(struct place *place)
{
	listing_remove(AT_FDCWD, place->folder);
	arena_free(&place->arena);
}

/* The path of a file in the root; good until the next call but three. */
static const char *
at(struct place *place, const char *path)
{
	return arena_printf(&place->arena, "%s/%s", place->root, path);
}

static const char *
content(struct place *place, const char *path)
{
	struct source source;
	struct folder folder;
	struct diag_list diags = { .arena = &place->arena };
	const char *text = "(none)";

	if (folder_open(&folder, place->root, "", &diags) == -1)
		return text;
	if (source_read(&source, &place->arena, &folder, path, 1 << 20,
		(struct pos){ "-", 0, 0 }, &diags) == 0)
		text = source.bytes;
	folder_close(&folder);
	return text;
}

static bool
exists(struct place *place, const char *path)
{
	struct stat st;

	return lstat(at(place, path), &st) == 0;
}

static int
put(struct place *place, const char *path, const char *text)
{
	return file_write(AT_FDCWD, at(place, path), text, strlen(text));
}

/* What current points to. */
static const char *
current(struct place *place)
{
	char *target = arena_alloc(&place->arena, 256);

	if (readlink(at(place, "current"), target, 255) == -1)
		return "(none)";
	return target;
}

/* How many entries of the root begin with the prefix. */
static int
count(struct place *place, const char *folder, const char *prefix)
{
	DIR *dir = opendir(at(place, folder));
	const struct dirent *item;
	int n = 0;

	while (dir != NULL && (item = readdir(dir)) != NULL)
		n += strncmp(item->d_name, prefix, strlen(prefix)) == 0 &&
		    strcmp(item->d_name, ".") != 0 &&
		    strcmp(item->d_name, "..") != 0;
	if (dir != NULL)
		closedir(dir);
	return n;
}

/* A whole run: a pack of one page with the text. */
static int
run(struct place *place, const char *name, const char *text)
{
	struct publish p;
	int rc = -1;

	if (publish_open(&p, place->root, &place->diags) == 0 &&
	    publish_lock(&p, &place->diags) == 0 &&
	    publish_stage(&p, &place->diags) == 0 &&
	    publish_write(
		&p, "cards/m.html", text, strlen(text), &place->diags) == 0)
		rc = publish_commit(&p, name, &place->diags);
	publish_close(&p);
	return rc;
}

static const char *
last_detail(const struct place *place)
{
	return place->diags.last != NULL ? place->diags.last->detail : "";
}

static void
swaps_in_one_step(void)
{
	struct place place;
	struct stat st;

	place_open(&place);
	CHECK_INT(run(&place, "R-1", "one"), 0);
	CHECK_STR(current(&place), "runs/R-1");
	CHECK_STR(content(&place, "current/cards/m.html"), "one");
	CHECK_INT(run(&place, "R-2", "two"), 0);
	CHECK_STR(current(&place), "runs/R-2");
	CHECK_STR(content(&place, "current/cards/m.html"), "two");
	CHECK_STR(content(&place, "runs/R-1/cards/m.html"), "one");
	CHECK_INT(count(&place, ".", ".staging-"), 0);
	CHECK(!exists(&place, ".next"));
	CHECK_INT(place.diags.n, 0);
	for (size_t i = 0; i < 5; i++) {
		static const char *const folders[] = { "annex-iv", "cards",
			"data", "fria", "workbooks" };

		CHECK(exists(&place,
		    arena_printf(&place.arena, "current/%s", folders[i])));
	}
	CHECK_INT(stat(at(&place, "runs/R-2/cards/m.html"), &st), 0);
	CHECK_INT(st.st_mode & 0777, 0640);
	CHECK_INT(stat(at(&place, "runs/R-2"), &st), 0);
	CHECK_INT(st.st_mode & 0777, 0750);
	place_close(&place);
}

static void
repeats_a_run(void)
{
	struct place place;

	place_open(&place);
	CHECK_INT(run(&place, "R-1", "one"), 0);
	CHECK_INT(run(&place, "R-1", "one"), 0);
	CHECK_STR(current(&place), "runs/R-1");
	CHECK_INT(count(&place, "runs", ""), 1);
	CHECK_INT(count(&place, ".", ".staging-"), 0);

	/* A killed run can end between the two renames. */
	CHECK_INT(unlink(at(&place, "current")), 0);
	CHECK_INT(run(&place, "R-1", "one"), 0);
	CHECK_STR(current(&place), "runs/R-1");

	/* The same name with other bytes is not the same pack. */
	CHECK_INT(run(&place, "R-1", "other"), -1);
	CHECK_STR(content(&place, "current/cards/m.html"), "one");
	CHECK_STR(last_detail(&place),
	    "R-1: a pack of this name exists and differs; move it away");
	CHECK_INT(put(&place, "runs/R-1/cards/extra", "x"), 0);
	CHECK_INT(run(&place, "R-1", "one"), -1);
	CHECK_INT(unlink(at(&place, "runs/R-1/cards/extra")), 0);
	CHECK_INT(rename(at(&place, "runs/R-1/cards/m.html"),
		      at(&place, "runs/R-1/cards/n.html")),
	    0);
	CHECK_INT(run(&place, "R-1", "one"), -1);
	place_close(&place);
}

static void
refuses_bad_names(void)
{
	static const char *const bad[] = { "", ".", "..", ".x", "-x", "a/b",
		"a b", "a\nb", "\xc3\xa9", LONG };
	struct place place;

	place_open(&place);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		CHECK_INT(run(&place, bad[i], "one"), -1);
	CHECK_INT(count(&place, "runs", ""), 0);
	CHECK_INT(run(&place, "2028-09-01_a.b", "one"), 0);
	place_close(&place);
}

static void
locks_out_a_second_run(void)
{
	struct place place;
	struct publish a, b;

	place_open(&place);
	CHECK_INT(publish_open(&a, place.root, &place.diags), 0);
	CHECK_INT(publish_open(&b, place.root, &place.diags), 0);
	CHECK_INT(publish_lock(&a, &place.diags), 0);
	CHECK_INT(publish_lock(&b, &place.diags), 1);
	CHECK_INT(place.diags.last->id, DIAG_LOCKED);
	publish_close(&a);
	CHECK_INT(publish_lock(&b, &place.diags), 0);
	publish_close(&b);
	place_close(&place);
}

static void
sweeps_leftovers(void)
{
	struct place place;

	place_open(&place);
	CHECK_INT(run(&place, "R-1", "one"), 0);
	CHECK_INT(mkdir(at(&place, ".staging-1"), 0700), 0);
	CHECK_INT(mkdir(at(&place, ".staging-1/cards"), 0700), 0);
	CHECK_INT(put(&place, ".staging-1/cards/half", "ha"), 0);
	CHECK_INT(put(&place, ".staging-file", "x"), 0);
	/* A link is removed, never followed. */
	CHECK_INT(symlink("../runs", at(&place, ".staging-1/cards/l")), 0);
	CHECK_INT(symlink("runs", at(&place, ".staging-link")), 0);
	CHECK_INT(symlink("runs/R-9", at(&place, ".next")), 0);
	CHECK_INT(run(&place, "R-2", "two"), 0);
	CHECK_INT(count(&place, ".", ".staging-"), 0);
	CHECK_STR(content(&place, "runs/R-1/cards/m.html"), "one");
	CHECK_STR(current(&place), "runs/R-2");
	place_close(&place);
}

static void
aborts(void)
{
	struct place place;
	struct publish p;

	place_open(&place);
	CHECK_INT(run(&place, "R-1", "one"), 0);
	CHECK_INT(publish_open(&p, place.root, &place.diags), 0);
	CHECK_INT(publish_lock(&p, &place.diags), 0);
	CHECK_INT(publish_stage(&p, &place.diags), 0);
	CHECK_INT(count(&place, ".", ".staging-"), 1);
	publish_abort(&p);
	CHECK_INT(p.stage, -1);
	CHECK_INT(count(&place, ".", ".staging-"), 0);
	CHECK_INT(publish_stage(&p, &place.diags), 0);
	publish_close(&p);
	CHECK_INT(count(&place, ".", ".staging-"), 0);
	CHECK_STR(current(&place), "runs/R-1");
	place_close(&place);
}

/* Give a pack the age that it would have after so many days. */
static void
age(struct place *place, const char *name, int days)
{
	struct timespec times[2] = { { 1800000000, 0 }, { 1800000000, 0 } };

	times[1].tv_sec -= days * 86400L;
	CHECK_INT(utimensat(AT_FDCWD, at(place, name), times, 0), 0);
}

static int
prune(struct place *place, size_t keep)
{
	struct publish p;
	int rc = -1;

	if (publish_open(&p, place->root, &place->diags) == 0 &&
	    publish_lock(&p, &place->diags) == 0)
		rc = publish_prune(&p, keep, &place->diags);
	publish_close(&p);
	return rc;
}

static void
prunes_the_oldest(void)
{
	struct place place;

	place_open(&place);
	for (int i = 1; i <= 6; i++) {
		char name[32];

		snprintf(name, sizeof(name), "R-%d", i);
		CHECK_INT(run(&place, name, name), 0);
		snprintf(name, sizeof(name), "runs/R-%d", i);
		age(&place, name, 10 - i);
	}
	CHECK_INT(prune(&place, 0), 0);
	CHECK_INT(count(&place, "runs", "R-"), 6);
	CHECK_INT(prune(&place, 9), 0);
	CHECK_INT(count(&place, "runs", "R-"), 6);
	CHECK_INT(prune(&place, 4), 0);
	CHECK_INT(count(&place, "runs", "R-"), 4);
	CHECK(!exists(&place, "runs/R-1") && !exists(&place, "runs/R-2"));
	CHECK(exists(&place, "runs/R-3"));
	/* The current one stays, however old it is. */
	CHECK_INT(run(&place, "R-3", "R-3"), 0);
	age(&place, "runs/R-3", 99);
	CHECK_INT(prune(&place, 1), 0);
	CHECK_INT(count(&place, "runs", "R-"), 2);
	CHECK(exists(&place, "runs/R-3") && exists(&place, "runs/R-6"));
	CHECK_STR(content(&place, "current/cards/m.html"), "R-3");
	CHECK_INT(count(&place, ".", ".staging-"), 0);
	CHECK_INT(place.diags.n, 0);
	place_close(&place);
}

/* A reader may still be on the pack before: it stays, however old it is. */
static void
keeps_the_one_before(void)
{
	struct place place;
	struct publish p;

	place_open(&place);
	CHECK_INT(run(&place, "R-2", "two"), 0);
	CHECK_INT(run(&place, "R-3", "three"), 0);
	CHECK_INT(run(&place, "R-1", "one"), 0);
	age(&place, "runs/R-2", 2);
	age(&place, "runs/R-3", 1);
	age(&place, "runs/R-1", 50);
	CHECK_INT(publish_open(&p, place.root, &place.diags), 0);
	CHECK_INT(publish_lock(&p, &place.diags), 0);
	CHECK_INT(publish_stage(&p, &place.diags), 0);
	CHECK_INT(publish_commit(&p, "R-4", &place.diags), 0);
	age(&place, "runs/R-4", 60);
	CHECK_INT(publish_prune(&p, 2, &place.diags), 0);
	publish_close(&p);
	CHECK_INT(count(&place, "runs", "R-"), 2);
	CHECK(exists(&place, "runs/R-1"));
	CHECK(exists(&place, "runs/R-4"));
	place_close(&place);
}

static void
refuses_a_linked_root(void)
{
	struct place place;
	struct publish p;
	const char *link;

	place_open(&place);
	CHECK_INT(run(&place, "R-1", "one"), 0);
	link = arena_printf(&place.arena, "%s/link", place.folder);
	CHECK_INT(symlink("out/reports", link), 0);
	CHECK_INT(publish_open(&p, link, &place.diags), -1);
	publish_close(&p);
	CHECK_STR(last_detail(&place),
	    "output folder is a symbolic link: name the folder itself");
	link = arena_printf(&place.arena, "%s/link/", place.folder);
	CHECK_INT(publish_open(&p, link, &place.diags), -1);
	publish_close(&p);
	/* A link on the way is the operator's own choice. */
	link = arena_printf(&place.arena, "%s/way", place.folder);
	CHECK_INT(symlink("out", link), 0);
	link = arena_printf(&place.arena, "%s/way/reports", place.folder);
	CHECK_INT(publish_open(&p, link, &place.diags), 0);
	publish_close(&p);
	place_close(&place);
}

/* Where a folder must be there is a file, and the other way round. */
static void
says_what_stands_in_the_way(void)
{
	struct place place;
	struct publish p;

	place_open(&place);
	CHECK_INT(
	    mkdir(arena_printf(&place.arena, "%s/out", place.folder), 0700), 0);
	CHECK_INT(file_write(AT_FDCWD, place.root, "x", 1), 0);
	CHECK_INT(run(&place, "R-1", "one"), -1);
	CHECK_INT(place.diags.last->id, DIAG_PUBLISH);
	CHECK_STR(last_detail(&place), "output folder: Not a directory");
	CHECK_INT(unlink(place.root), 0);
	CHECK_INT(mkdir(place.root, 0700), 0);
	CHECK_INT(put(&place, "runs", "x"), 0);
	CHECK_INT(run(&place, "R-1", "one"), -1);
	CHECK_STR(last_detail(&place), "runs: Not a directory");
	CHECK_INT(unlink(at(&place, "runs")), 0);
	CHECK_INT(mkdir(at(&place, "lock"), 0700), 0);
	CHECK_INT(run(&place, "R-1", "one"), -1);
	CHECK_STR(last_detail(&place), "lock: Is a directory");
	CHECK_INT(rmdir(at(&place, "lock")), 0);
	CHECK_INT(symlink("/tmp/t_publish-target", at(&place, "lock")), 0);
	CHECK_INT(run(&place, "R-1", "one"), -1);
	CHECK_INT(unlink(at(&place, "lock")), 0);
	CHECK_INT(mkdir(at(&place, "current"), 0700), 0);
	CHECK_INT(run(&place, "R-1", "one"), -1);
	CHECK_STR(last_detail(&place), "current: Is a directory");
	CHECK_INT(rmdir(at(&place, "current")), 0);
	CHECK_INT(run(&place, "R-1", "one"), 0);
	CHECK_INT(put(&place, "runs/R-2", "x"), 0);
	CHECK_INT(run(&place, "R-2", "two"), -1);
	CHECK_STR(current(&place), "runs/R-1");
	CHECK_INT(count(&place, ".", ".staging-"), 0);

	/* A link in staging is not ours. */
	CHECK_INT(publish_open(&p, place.root, &place.diags), 0);
	CHECK_INT(publish_lock(&p, &place.diags), 0);
	CHECK_INT(publish_stage(&p, &place.diags), 0);
	CHECK_INT(symlinkat("/etc/passwd", p.stage, "cards/x.html"), 0);
	CHECK_INT(publish_commit(&p, "R-3", &place.diags), -1);
	CHECK_STR(
	    last_detail(&place), "cards/x.html: neither a file nor a folder");
	publish_close(&p);
	CHECK_STR(current(&place), "runs/R-1");
	place_close(&place);
}

/* With no room for a byte more, the pack before stays. */
static void
survives_a_full_disk(void)
{
	struct place place;
	struct rlimit limit, small;

	place_open(&place);
	CHECK_INT(run(&place, "R-1", "one"), 0);
	CHECK_INT(getrlimit(RLIMIT_FSIZE, &limit), 0);
	small = limit;
	small.rlim_cur = 2;
	signal(SIGXFSZ, SIG_IGN);
	fflush(stdout);
	CHECK_INT(setrlimit(RLIMIT_FSIZE, &small), 0);
	{
		int rc = run(&place, "R-2", "longer than two");

		CHECK_INT(setrlimit(RLIMIT_FSIZE, &limit), 0);
		CHECK_INT(rc, -1);
	}
	CHECK_STR(last_detail(&place), "cards/m.html: File too large");
	CHECK_STR(current(&place), "runs/R-1");
	CHECK_INT(count(&place, ".", ".staging-"), 0);
	CHECK_INT(run(&place, "R-2", "longer than two"), 0);
	place_close(&place);
}

/* As a plain user, in a folder that may not be written. */
static void
survives_a_read_only_folder(void)
{
	struct place place;
	int status = -1;
	pid_t child;

	if (geteuid() != 0) {
		tap_skip("needs root, to become another user");
		return;
	}
	place_open(&place);
	CHECK_INT(run(&place, "R-1", "one"), 0);
	CHECK_INT(chmod(place.folder, 0755), 0);
	fflush(stdout);
	child = fork();
	if (child == 0) {
		if (setuid(65534) == -1)
			_exit(2);
		_exit(run(&place, "R-2", "two") == -1 &&
			    place.diags.n_errors == 1 ?
			0 :
			1);
	}
	CHECK_INT(waitpid(child, &status, 0), child);
	CHECK_INT(status, 0);
	CHECK_STR(current(&place), "runs/R-1");
	place_close(&place);
}

static void
lists_in_order(void)
{
	static const char *const want[] = { "a", "a-b", "a/b", "a/b/c", "b" };
	struct place place;
	struct listing walk;
	int dir;

	place_open(&place);
	dir = open(place.folder, O_RDONLY | O_DIRECTORY);
	CHECK_INT(mkdirat(dir, "a", 0700), 0);
	CHECK_INT(mkdirat(dir, "a/b", 0700), 0);
	CHECK_INT(file_write(dir, "b", "", 0), 0);
	CHECK_INT(file_write(dir, "a-b", "12", 2), 0);
	CHECK_INT(mkfifoat(dir, "a/b/c", 0600), 0);
	CHECK_INT(listing_read(&walk, &place.arena, dir), 0);
	CHECK_INT(walk.n, 5);
	for (size_t i = 0; i < walk.n && i < 5; i++)
		CHECK_STR(walk.entries[i].path, want[i]);
	CHECK_INT(walk.entries[0].kind, LISTING_FOLDER);
	CHECK_INT(walk.entries[1].kind, LISTING_FILE);
	CHECK_INT(walk.entries[1].bytes, 2);
	CHECK_INT(walk.entries[3].kind, LISTING_OTHER);
	CHECK_INT(listing_top(&walk, &place.arena, dir), 0);
	CHECK_INT(walk.n, 3);
	CHECK_INT(listing_remove(dir, "nothing"), 0);
	CHECK_INT(listing_remove(dir, "b"), 0);
	CHECK_INT(listing_remove(dir, "a"), 0);
	CHECK_INT(listing_read(&walk, &place.arena, dir), 0);
	CHECK_INT(walk.n, 1);
	close(dir);
	CHECK_INT(listing_read(&walk, &place.arena, -1), -1);
	place_close(&place);
}

static void
stops_at_a_depth(void)
{
	struct place place;
	struct listing walk;
	int dir, below;

	place_open(&place);
	dir = open(place.folder, O_RDONLY | O_DIRECTORY);
	below = dup(dir);
	for (int i = 0; i < 80; i++) {
		int next;

		if (mkdirat(below, "d", 0700) == -1)
			abort();
		next = openat(below, "d", O_RDONLY | O_DIRECTORY);
		close(below);
		below = next;
	}
	close(below);
	CHECK_INT(listing_read(&walk, &place.arena, dir), -1);
	CHECK_INT(errno, ELOOP);
	close(dir);
	CHECK_INT(listing_remove(AT_FDCWD, place.folder), -1);
	/* Make it shallow enough to be removed. */
	CHECK_INT(rename(arena_printf(&place.arena,
			     "%s/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d",
			     place.folder),
		      arena_printf(&place.arena, "%s/e", place.folder)),
	    0);
	CHECK_INT(listing_remove(AT_FDCWD, place.folder), 0);
	place_close(&place);
}

int
main(void)
{
	swaps_in_one_step();
	repeats_a_run();
	refuses_bad_names();
	locks_out_a_second_run();
	sweeps_leftovers();
	aborts();
	prunes_the_oldest();
	keeps_the_one_before();
	refuses_a_linked_root();
	says_what_stands_in_the_way();
	survives_a_full_disk();
	survives_a_read_only_folder();
	lists_in_order();
	stops_at_a_depth();
	return tap_done();
}
