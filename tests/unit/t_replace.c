#define _XOPEN_SOURCE 700
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "publish/replace.h"
#include "tap.h"

/* A folder of its own for each case. */
struct place {
	char path[64];
	struct arena arena;
	struct diag_list diags;
};

static void
set_up(struct place *place)
{
	*place = (struct place){ .path = "/tmp/dossier-replace-XXXXXX" };
	place->diags.arena = &place->arena;
	if (mkdtemp(place->path) == NULL || chdir(place->path) == -1)
		exit(1);
}

static void
tear_down(struct place *place)
{
	DIR *dir = opendir(".");
	struct dirent *entry;

	while ((entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.' || strlen(entry->d_name) > 2)
			unlink(entry->d_name);
	closedir(dir);
	if (chdir("/") == -1 || rmdir(place->path) == -1)
		exit(1);
	arena_free(&place->arena);
}

static size_t
count_files(void)
{
	DIR *dir = opendir(".");
	size_t n = 0;

	while (readdir(dir) != NULL)
		n++;
	closedir(dir);
	return n - 2;
}

static const char *
content(const char *path, char *out, size_t size)
{
	int fd = open(path, O_RDONLY);
	ssize_t n = fd != -1 ? read(fd, out, size - 1) : -1;

	if (fd != -1)
		close(fd);
	out[n > 0 ? n : 0] = '\0';
	return n == -1 ? "(none)" : out;
}

static void
put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	if (write(fd, text, strlen(text)) == -1)
		exit(1);
	close(fd);
}

static void
appears_whole(void)
{
	struct place place;
	struct replacement r;
	char buffer[32];

	set_up(&place);
	put("out", "old");
	CHECK_INT(replace_open(&r, "out", &place.diags), 0);
	CHECK_INT(replace_write(&r, "ne", 2, &place.diags), 0);
	CHECK_STR(content("out", buffer, sizeof(buffer)), "old");
	CHECK_INT(replace_write(&r, "w", 1, &place.diags), 0);
	CHECK_INT(replace_finish(&r, &place.diags), 0);
	CHECK_STR(content("out", buffer, sizeof(buffer)), "old");
	CHECK_INT(replace_commit(&r, &place.diags), 0);
	CHECK_STR(content("out", buffer, sizeof(buffer)), "new");
	replace_close(&r);
	CHECK_INT(count_files(), 1);
	CHECK_INT(place.diags.n, 0);
	tear_down(&place);
}

static void
leaves_nothing_when_given_up(void)
{
	struct place place;
	struct replacement r;
	char buffer[32];

	set_up(&place);
	put("out", "old");
	CHECK_INT(replace_open(&r, "out", &place.diags), 0);
	CHECK_INT(replace_write(&r, "new", 3, &place.diags), 0);
	CHECK_INT(count_files(), 2);
	replace_close(&r);
	CHECK_STR(content("out", buffer, sizeof(buffer)), "old");
	CHECK_INT(count_files(), 1);
	tear_down(&place);
}

static void
follows_a_link_to_its_file(void)
{
	struct place place;
	struct replacement r;
	struct stat st;
	char buffer[32];

	set_up(&place);
	put("real", "old");
	if (symlink("real", "link") == -1)
		exit(1);
	CHECK_INT(replace_open(&r, "link", &place.diags), 0);
	CHECK_INT(replace_write(&r, "new", 3, &place.diags), 0);
	CHECK_INT(replace_finish(&r, &place.diags), 0);
	CHECK_INT(replace_commit(&r, &place.diags), 0);
	replace_close(&r);
	CHECK_STR(content("real", buffer, sizeof(buffer)), "new");
	CHECK(lstat("link", &st) == 0 && S_ISLNK(st.st_mode));
	tear_down(&place);
}

static void
writes_to_a_device_as_it_is(void)
{
	struct place place;
	struct replacement r;
	struct stat st;

	set_up(&place);
	CHECK_INT(replace_open(&r, "/dev/null", &place.diags), 0);
	CHECK(r.temporary == NULL);
	CHECK_INT(replace_write(&r, "x", 1, &place.diags), 0);
	CHECK_INT(replace_finish(&r, &place.diags), 0);
	CHECK_INT(replace_commit(&r, &place.diags), 0);
	replace_close(&r);
	CHECK(stat("/dev/null", &st) == 0 && S_ISCHR(st.st_mode));
	tear_down(&place);
}

static void
says_why_not(void)
{
	struct place place;
	struct replacement r;

	set_up(&place);
	CHECK_INT(replace_open(&r, "none/out", &place.diags), -1);
	replace_close(&r);
	CHECK_INT(place.diags.n, 1);
	CHECK_INT(place.diags.first->id, DIAG_OUTPUT);
	CHECK_STR(place.diags.first->pos.file, "none/out");
	CHECK_INT(replace_open(&r, ".", &place.diags), -1);
	replace_close(&r);
	CHECK_INT(place.diags.n, 2);
	CHECK_INT(replace_open(&r, "/dev/full", &place.diags), 0);
	CHECK_INT(replace_write(&r, "x", 1, &place.diags), -1);
	replace_close(&r);
	CHECK_INT(place.diags.n, 3);
	tear_down(&place);
}

int
main(void)
{
	appears_whole();
	leaves_nothing_when_given_up();
	follows_a_link_to_its_file();
	writes_to_a_device_as_it_is();
	says_why_not();
	return tap_done();
}
