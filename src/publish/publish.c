#define _GNU_SOURCE /* sync_file_range() */
#include "publish/publish.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "publish/listing.h"

#define RUNS "runs"
#define CURRENT "current"
#define NEXT ".next"
#define STAGING ".staging-"

enum { FOLDER_MODE = 0750, FILE_MODE = 0640, UMASK = 027, KEEP_LEAST = 2 };

static const int folder_flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

/* The folders of a pack. */
static const char *const folders[] = {
	"annex-iv",
	"cards",
	"data",
	"fria",
	"workbooks",
};

/* Add the reason of a failed call; what is the file, or the step. */
static int
fail(const struct publish *publish, const char *what, struct diag_list *diags)
{
	diag_add(diags, DIAG_PUBLISH, (struct pos){ publish->name, 0, 0 },
	    "%s: %s", what, strerror(errno));
	return -1;
}

/* Add a reason in our own words. */
static int
refuse(const struct publish *publish, const char *what, const char *why,
    struct diag_list *diags)
{
	diag_add(diags, DIAG_PUBLISH, (struct pos){ publish->name, 0, 0 },
	    "%s: %s", what, why);
	return -1;
}

static void
close_fd(int *fd)
{
	if (*fd != -1)
		close(*fd);
	*fd = -1;
}

/* Open a folder below dir, made and synced first where it is missing. */
static int
open_folder(int dir, const char *name, int flags)
{
	int fd = openat(dir, name, flags);

	if (fd != -1 || errno != ENOENT)
		return fd;
	if (mkdirat(dir, name, FOLDER_MODE) == -1 && errno != EEXIST)
		return -1;
	if (fsync(dir) == -1)
		return -1;
	return openat(dir, name, flags);
}

/*
 * Open the folder at path, step by step, making what is missing.  Links may
 * stand on the way, not at the end.  Return a descriptor, or -1 with errno.
 */
static int
open_path(const char *path)
{
	const int way_flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
	int dir = open(*path == '/' ? "/" : ".", way_flags);
	char name[256];

	path += strspn(path, "/");
	while (dir != -1 && *path != '\0') {
		size_t n = strcspn(path, "/");
		int next = -1;

		if (n < sizeof(name)) {
			memcpy(name, path, n);
			name[n] = '\0';
			path += n;
			path += strspn(path, "/");
			next = open_folder(dir, name,
			    *path == '\0' ? folder_flags : way_flags);
		} else {
			errno = ENAMETOOLONG;
		}
		close(dir);
		dir = next;
	}
	return dir;
}

static bool
is_link(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
}

int
publish_open(struct publish *publish, const char *path, struct diag_list *diags)
{
	*publish = (struct publish){ path, -1, -1, -1, -1, "", "" };
	umask(UMASK);
	publish->root = open_path(path);
	if (publish->root == -1 && is_link(path))
		return refuse(publish, "output folder is a symbolic link",
		    "name the folder itself", diags);
	if (publish->root == -1)
		return fail(publish, "output folder", diags);
	publish->runs = open_folder(publish->root, RUNS, folder_flags);
	if (publish->runs == -1)
		return fail(publish, RUNS, diags);
	return 0;
}

int
publish_lock(struct publish *publish, struct diag_list *diags)
{
	const int flags =
	    O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;

	publish->lock = openat(publish->root, "lock", flags, FILE_MODE);
	if (publish->lock == -1)
		return fail(publish, "lock", diags);
	while (flock(publish->lock, LOCK_EX | LOCK_NB) == -1) {
		bool is_busy = errno == EWOULDBLOCK;

		if (errno == EINTR)
			continue;
		if (is_busy)
			diag_add(diags, DIAG_LOCKED,
			    (struct pos){ publish->name, 0, 0 },
			    "try again when it has ended");
		else
			fail(publish, "lock", diags);
		close_fd(&publish->lock);
		return is_busy ? 1 : -1;
	}
	return 0;
}

/* Remove what killed runs left in the root. */
static int
sweep(const struct publish *publish)
{
	struct arena arena = { 0 };
	struct listing walk;
	int rc = listing_top(&walk, &arena, publish->root);

	for (size_t i = 0; rc == 0 && i < walk.n; i++)
		if (strncmp(walk.entries[i].path, STAGING, strlen(STAGING)) ==
		    0)
			rc =
			    listing_remove(publish->root, walk.entries[i].path);
	arena_free(&arena);
	return rc;
}

int
publish_stage(struct publish *publish, struct diag_list *diags)
{
	assert(publish->lock != -1 && publish->stage == -1);
	if (sweep(publish) == -1)
		return fail(publish, "leftovers of a killed run", diags);
	snprintf(publish->stage_name, sizeof(publish->stage_name), "%s%ld",
	    STAGING, (long)getpid());
	publish->stage =
	    open_folder(publish->root, publish->stage_name, folder_flags);
	if (publish->stage == -1)
		return fail(publish, publish->stage_name, diags);
	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
		if (mkdirat(publish->stage, folders[i], FOLDER_MODE) == -1)
			return fail(publish, folders[i], diags);
	return 0;
}

int
publish_write(const struct publish *publish, const char *path, const void *p,
    size_t n, struct diag_list *diags)
{
	if (file_write(publish->stage, path, p, n) == -1)
		return fail(publish, path, diags);
	return 0;
}

/* Sync one file or folder. */
static int
sync_entry(int dir, const struct listing_entry *entry)
{
	int fd = listing_open(dir, entry);
	int rc;

	if (fd == -1)
		return -1;
	rc = fsync(fd);
	if (close(fd) == -1)
		rc = -1;
	return rc;
}

/*
 * Let the kernel begin to write all files, so that the syncs that follow find
 * little to wait for: a third of the time with thousands of files.  It is a
 * hint; what goes wrong here goes wrong there, too.
 */
static void
begin_sync(int dir, const struct listing *walk)
{
	for (size_t i = 0; i < walk->n; i++) {
		int fd = -1;

		if (walk->entries[i].kind == LISTING_FILE)
			fd = listing_open(dir, &walk->entries[i]);
		if (fd == -1)
			continue;
		(void)sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE);
		close(fd);
	}
}

/* Sync everything staged; only then may it become visible. */
static int
sync_stage(const struct publish *publish, const struct listing *walk,
    struct diag_list *diags)
{
	begin_sync(publish->stage, walk);
	for (size_t i = 0; i < walk->n; i++) {
		const struct listing_entry *entry = &walk->entries[i];

		if (entry->kind == LISTING_OTHER)
			return refuse(publish, entry->path,
			    "neither a file nor a folder", diags);
		if (sync_entry(publish->stage, entry) == -1)
			return fail(publish, entry->path, diags);
	}
	if (fsync(publish->stage) == -1)
		return fail(publish, publish->stage_name, diags);
	return 0;
}

/*
 * Give the staged pack its name.  A pack of that name must be the same, and
 * stays; the staged one is then thrown away.
 */
static int
place(struct publish *publish, const char *name, const struct listing *stage,
    struct diag_list *diags)
{
	int pack = openat(publish->runs, name, folder_flags);
	int same;

	if (pack == -1 && errno != ENOENT)
		return fail(publish, name, diags);
	if (pack == -1) {
		if (renameat(publish->root, publish->stage_name, publish->runs,
			name) == -1)
			return fail(publish, name, diags);
		close_fd(&publish->stage);
		return 0;
	}
	same = pack_same(publish->stage, stage, pack);
	close(pack);
	if (same == -1)
		return fail(publish, name, diags);
	if (same == 0)
		return refuse(publish, name,
		    "a pack of this name exists and differs; move it away",
		    diags);
	publish_abort(publish);
	return 0;
}

/* The name of the pack that current points to; "" when there is none. */
static void
read_current(const struct publish *publish, char name[PACK_NAME_SIZE])
{
	char target[sizeof(RUNS "/") + PACK_NAME_SIZE];
	const size_t skip = strlen(RUNS "/");
	ssize_t n =
	    readlinkat(publish->root, CURRENT, target, sizeof(target) - 1);

	name[0] = '\0';
	if (n <= (ssize_t)skip)
		return;
	target[n] = '\0';
	if (pack_is_name(target + skip))
		memcpy(name, target + skip, strlen(target + skip) + 1);
}

/* Remember which pack is left behind by the swap, so that it stays. */
static void
note_previous(struct publish *publish, const char *name)
{
	read_current(publish, publish->previous);
	if (strcmp(publish->previous, name) == 0)
		publish->previous[0] = '\0';
}

/* Make current point to runs/NAME in one step. */
static int
swap(const struct publish *publish, const char *name)
{
	char target[sizeof(RUNS "/") + PACK_NAME_SIZE];
	int root = publish->root;

	snprintf(target, sizeof(target), RUNS "/%s", name);
	if (unlinkat(root, NEXT, 0) == -1 && errno != ENOENT)
		return -1;
	if (symlinkat(target, root, NEXT) == -1)
		return -1;
	if (renameat(root, NEXT, root, CURRENT) == -1)
		return -1;
	return fsync(root);
}

int
publish_commit(
    struct publish *publish, const char *name, struct diag_list *diags)
{
	struct arena arena = { 0 };
	struct listing walk;
	int rc = -1;

	assert(publish->stage != -1);
	if (!pack_is_name(name)) {
		refuse(publish, name, "not a name for a pack", diags);
		goto out;
	}
	if (listing_read(&walk, &arena, publish->stage) == -1) {
		fail(publish, publish->stage_name, diags);
		goto out;
	}
	if (sync_stage(publish, &walk, diags) == -1 ||
	    place(publish, name, &walk, diags) == -1)
		goto out;
	note_previous(publish, name);
	/* Both folders, as the rename went from one to the other. */
	if (fsync(publish->runs) == -1 || fsync(publish->root) == -1 ||
	    swap(publish, name) == -1) {
		fail(publish, CURRENT, diags);
		goto out;
	}
	rc = 0;
out:
	arena_free(&arena);
	return rc;
}

/* Take a pack out of sight in one step, then remove it at leisure. */
static int
remove_pack(const struct publish *publish, const char *name)
{
	char aside[sizeof(STAGING) + PACK_NAME_SIZE];

	snprintf(aside, sizeof(aside), STAGING "%s", name);
	if (renameat(publish->runs, name, publish->root, aside) == -1)
		return -1;
	return listing_remove(publish->root, aside);
}

/* Whether current, or current before the last swap, is the pack. */
static bool
is_in_use(const struct publish *publish, const char *current, const char *name)
{
	return strcmp(name, current) == 0 ||
	    strcmp(name, publish->previous) == 0;
}

int
publish_prune(struct publish *publish, size_t keep, struct diag_list *diags)
{
	struct arena arena = { 0 };
	struct pack_list list = { 0 };
	char current[PACK_NAME_SIZE];
	size_t left;
	int rc;

	assert(publish->lock != -1);
	if (keep == 0)
		return 0;
	if (keep < KEEP_LEAST)
		keep = KEEP_LEAST;
	read_current(publish, current);
	rc = pack_list(&list, &arena, publish->runs);
	left = list.n;
	for (size_t i = list.n; rc == 0 && i-- > 0 && left > keep;) {
		if (is_in_use(publish, current, list.packs[i].name))
			continue;
		rc = remove_pack(publish, list.packs[i].name);
		left--;
	}
	if (rc == -1)
		fail(publish, "an old pack could not be removed", diags);
	arena_free(&arena);
	return rc;
}

void
publish_abort(struct publish *publish)
{
	if (publish->stage == -1)
		return;
	close_fd(&publish->stage);
	/* What cannot be removed now is swept by the next run. */
	(void)listing_remove(publish->root, publish->stage_name);
}

void
publish_close(struct publish *publish)
{
	publish_abort(publish);
	close_fd(&publish->lock);
	close_fd(&publish->runs);
	close_fd(&publish->root);
}
