#include "publish/listing.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEPTH_LIMIT = 64 };

static const int folder_flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

struct walker {
	struct arena *arena;
	struct listing_entry *entries; /* on the heap while it grows */
	size_t n;
	size_t size;
};

static struct listing_entry *
add_entry(struct walker *walker, const char *path, const struct stat *st)
{
	struct listing_entry *entry;

	if (walker->n == walker->size) {
		walker->size = walker->size > 0 ? 2 * walker->size : 64;
		walker->entries =
		    memory_grow(walker->entries, walker->size, sizeof(*entry));
	}
	entry = &walker->entries[walker->n++];
	entry->path = path;
	entry->kind = S_ISREG(st->st_mode) ? LISTING_FILE :
	    S_ISDIR(st->st_mode)           ? LISTING_FOLDER :
					     LISTING_OTHER;
	entry->bytes = (unsigned long long)st->st_size;
	return entry;
}

static bool
is_dots(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/*
 * List one folder, not what is below its folders.  Takes fd over.  A failure
 * of readdir() is told from the end by errno.
 */
static int
list_folder(struct walker *walker, int fd, const char *prefix)
{
	DIR *dir = fdopendir(fd);
	const struct dirent *item;
	struct stat st;
	int error;

	if (dir == NULL) {
		close(fd);
		return -1;
	}
	while (errno = 0, (item = readdir(dir)) != NULL) {
		if (is_dots(item->d_name))
			continue;
		if (fstatat(fd, item->d_name, &st, AT_SYMLINK_NOFOLLOW) == -1)
			break;
		add_entry(walker,
		    arena_printf(walker->arena, "%s%s", prefix, item->d_name),
		    &st);
	}
	error = errno;
	closedir(dir);
	errno = error;
	return error == 0 ? 0 : -1;
}

static unsigned
depth(const char *path)
{
	unsigned n = 1;

	for (; *path != '\0'; path++)
		n += *path == '/';
	return n;
}

/* List every folder of the list, which grows while it is gone through. */
static int
list_below(struct walker *walker, int dir)
{
	for (size_t i = 0; i < walker->n; i++) {
		const struct listing_entry entry = walker->entries[i];
		int fd;

		if (entry.kind != LISTING_FOLDER)
			continue;
		if (depth(entry.path) > DEPTH_LIMIT) {
			errno = ELOOP;
			return -1;
		}
		fd = listing_open(dir, &entry);
		if (fd == -1 ||
		    list_folder(walker, fd,
			arena_printf(walker->arena, "%s/", entry.path)) == -1)
			return -1;
	}
	return 0;
}

static int
compare_entries(const void *a, const void *b)
{
	const struct listing_entry *left = a;
	const struct listing_entry *right = b;

	return strcmp(left->path, right->path);
}

/* List a folder, and what is below it if asked. */
static int
list(struct listing *out, struct arena *arena, int dir, bool is_deep)
{
	struct walker walker = { .arena = arena };
	int fd = openat(dir, ".", folder_flags);
	int rc = -1;
	int error;

	*out = (struct listing){ 0 };
	if (fd == -1 || list_folder(&walker, fd, "") == -1)
		goto out;
	if (is_deep && list_below(&walker, dir) == -1)
		goto out;
	out->n = walker.n;
	out->entries = arena_array(arena, walker.n, sizeof(*out->entries));
	if (walker.n > 0)
		memcpy(out->entries, walker.entries,
		    walker.n * sizeof(*out->entries));
	qsort(out->entries, out->n, sizeof(*out->entries), compare_entries);
	rc = 0;
out:
	error = errno;
	free(walker.entries);
	errno = error;
	return rc;
}

int
listing_top(struct listing *out, struct arena *arena, int dir)
{
	return list(out, arena, dir, false);
}

int
listing_read(struct listing *out, struct arena *arena, int dir)
{
	return list(out, arena, dir, true);
}

int
listing_open(int dir, const struct listing_entry *entry)
{
	if (entry->kind == LISTING_FOLDER)
		return openat(dir, entry->path, folder_flags);
	return openat(
	    dir, entry->path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
}

/* Remove what is below a folder: content before its folder. */
static int
remove_below(int dir)
{
	struct arena arena = { 0 };
	struct listing walk;
	int rc = listing_read(&walk, &arena, dir);
	int error;

	for (size_t i = walk.n; rc == 0 && i-- > 0;)
		rc = unlinkat(dir, walk.entries[i].path,
		    walk.entries[i].kind == LISTING_FOLDER ? AT_REMOVEDIR : 0);
	error = errno;
	arena_free(&arena);
	errno = error;
	return rc;
}

int
listing_remove(int dir, const char *name)
{
	int fd = openat(dir, name, folder_flags);
	int rc;
	int error;

	if (fd == -1 && errno == ENOENT)
		return 0;
	if (fd == -1)
		return unlinkat(dir, name, 0);
	rc = remove_below(fd);
	error = errno;
	close(fd);
	errno = error;
	if (rc == 0)
		rc = unlinkat(dir, name, AT_REMOVEDIR);
	return rc;
}
