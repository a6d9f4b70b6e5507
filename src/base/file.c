#define _GNU_SOURCE /* syscall() */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/text.h"

enum { PATH_LIMIT = 4096 };

int
folder_open(struct folder *folder, const char *path, const char *name,
    struct diag_list *diags)
{
	folder->fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	folder->name = name;
	if (folder->fd != -1)
		return 0;
	diag_add(diags, errno == ENOENT ? DIAG_FILE_MISSING : DIAG_FILE_READ,
	    (struct pos){ path, 0, 0 }, "%s", strerror(errno));
	return -1;
}

void
folder_close(struct folder *folder)
{
	if (folder->fd != -1)
		close(folder->fd);
	folder->fd = -1;
}

/* Append one component of a path; ".." takes one away. */
static int
push_component(struct text *out, const char *p, size_t n)
{
	if (n == 0 || (n == 1 && p[0] == '.'))
		return 0;
	if (n == 2 && p[0] == '.' && p[1] == '.') {
		if (out->n == 0)
			return -1;
		while (out->n > 0 && out->p[out->n - 1] != '/')
			out->n--;
		if (out->n > 0)
			out->n--;
		out->p[out->n] = '\0';
		return 0;
	}
	if (out->n > 0)
		text_putc(out, '/');
	text_put(out, p, n);
	return 0;
}

int
path_normalise(struct text *out, const char *path)
{
	const char *p = path;

	if (path[0] == '/' || strlen(path) >= PATH_LIMIT)
		return -1;
	while (*p != '\0') {
		size_t n = strcspn(p, "/");

		if (push_component(out, p, n) == -1)
			return -1;
		p += n;
		p += *p == '/' ? 1 : 0;
	}
	return out->n > 0 ? 0 : -1;
}

/* For kernels without openat2: no link is followed at any step. */
static int
open_step_by_step(int dir, char *path)
{
	const int flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
	int fd = dir;
	char *p = path;

	for (;;) {
		char *slash = strchr(p, '/');
		int next;

		if (slash != NULL)
			*slash = '\0';
		next = openat(fd, p, slash ? flags | O_DIRECTORY : flags);
		if (fd != dir)
			close(fd);
		if (slash == NULL || next == -1)
			return next;
		*slash = '/';
		fd = next;
		p = slash + 1;
	}
}

static int
open_beneath(int dir, char *path)
{
	struct open_how how = {
		.flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS,
	};
	long fd = syscall(SYS_openat2, dir, path, &how, sizeof(how));

	if (fd == -1 && (errno == ENOSYS || errno == EPERM))
		return open_step_by_step(dir, path);
	return (int)fd;
}

static enum diag_id
open_error(int error)
{
	switch (error) {
	case ENOENT:
	case ENOTDIR:
		return DIAG_FILE_MISSING;
	case EXDEV:
	case ELOOP:
		return DIAG_FILE_OUTSIDE;
	default:
		return DIAG_FILE_READ;
	}
}

int
file_open(const struct folder *folder, const char *path, struct pos pos,
    struct diag_list *diags)
{
	struct text clean = { 0 };
	struct stat st = { 0 };
	int fd = -1;

	if (pos.file == NULL)
		pos.file = arena_str(diags->arena, path);
	if (path_normalise(&clean, path) == -1) {
		diag_add(diags, DIAG_FILE_OUTSIDE, pos, "%s", path);
		goto out;
	}
	fd = open_beneath(folder->fd, clean.p);
	if (fd == -1) {
		diag_add(diags, open_error(errno), pos, "%s", path);
		goto out;
	}
	if (fstat(fd, &st) == -1 || !S_ISREG(st.st_mode)) {
		diag_add(diags, DIAG_FILE_KIND, pos, "%s%s", path,
		    S_ISFIFO(st.st_mode) ? " is a FIFO" : "");
		close(fd);
		fd = -1;
	}
out:
	text_free(&clean);
	return fd;
}

/* Whether a name of a folder is listed: visible, with the suffix, a file. */
static bool
is_listed(int dir, const char *name, const char *suffix)
{
	size_t n = strlen(name), m = strlen(suffix);
	int error = errno;
	struct stat st;
	bool is_file;

	if (name[0] == '.' || n < m || strcmp(name + n - m, suffix) != 0)
		return false;
	is_file = fstatat(dir, name, &st, 0) == 0 && S_ISREG(st.st_mode);
	errno = error;
	return is_file;
}

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Append a name to a list that grows in the arena. */
static void
list_add(struct name_list *list, struct arena *arena, const char *name)
{
	if ((list->n & (list->n - 1)) == 0) {
		const char **names = arena_array(
		    arena, list->n == 0 ? 1 : 2 * list->n, sizeof(*names));

		if (list->n > 0)
			memcpy(names, list->names, list->n * sizeof(*names));
		list->names = names;
	}
	list->names[list->n++] = arena_str(arena, name);
}

int
folder_list(struct name_list *out, struct arena *arena,
    const struct folder *folder, const char *path, const char *suffix,
    struct diag_list *diags)
{
	struct text clean = { 0 };
	struct pos pos = { arena_str(arena, path), 0, 0 };
	struct dirent *entry;
	DIR *dir = NULL;
	int fd = -1, error;

	*out = (struct name_list){ NULL, 0 };
	if (path_normalise(&clean, path) == 0)
		fd = open_beneath(folder->fd, clean.p);
	if (fd != -1)
		dir = fdopendir(fd);
	text_free(&clean);
	if (dir == NULL) {
		diag_add(diags, fd == -1 ? open_error(errno) : DIAG_FILE_KIND,
		    pos, "%s", path);
		if (fd != -1)
			close(fd);
		return -1;
	}
	errno = 0;
	while ((entry = readdir(dir)) != NULL)
		if (is_listed(dirfd(dir), entry->d_name, suffix))
			list_add(out, arena, entry->d_name);
	error = errno;
	closedir(dir);
	if (error != 0) {
		diag_add(diags, DIAG_FILE_READ, pos, "%s", strerror(error));
		return -1;
	}
	if (out->n > 1)
		qsort(out->names, out->n, sizeof(*out->names), by_bytes);
	return 0;
}

/* Read n bytes, or up to the end: how many there were, or -1 with errno. */
static ssize_t
read_bytes(int fd, char *p, size_t n)
{
	size_t done = 0;

	while (done < n) {
		ssize_t now = read(fd, p + done, n - done);

		if (now == -1 && errno == EINTR)
			continue;
		if (now == -1)
			return -1;
		if (now == 0)
			break;
		done += (size_t)now;
	}
	return (ssize_t)done;
}

const char *
folder_shown(struct arena *arena, const struct folder *folder, const char *path)
{
	if (folder->name == NULL || folder->name[0] == '\0')
		return arena_str(arena, path);
	return arena_printf(arena, "%s/%s", folder->name, path);
}

/*
 * Read an open file as large as it is now.  One that has grown or shrunk when
 * its end is reached is being written: EBUSY.
 */
static int
read_whole(struct source *out, struct arena *arena, int fd, size_t limit)
{
	struct stat st;
	char *bytes;
	ssize_t n;

	if (fstat(fd, &st) == -1)
		return -1;
	if (st.st_size < 0 || (uintmax_t)st.st_size > limit) {
		errno = EFBIG;
		return -1;
	}
	out->size = (size_t)st.st_size;
	bytes = arena_alloc(arena, out->size + 1);
	n = read_bytes(fd, bytes, out->size + 1);
	if (n == -1)
		return -1;
	if ((size_t)n != out->size) {
		errno = EBUSY;
		return -1;
	}
	out->bytes = bytes;
	return 0;
}

int
source_read(struct source *out, struct arena *arena,
    const struct folder *folder, const char *path, size_t limit, struct pos pos,
    struct diag_list *diags)
{
	int fd, rc;

	*out = (struct source){ .name = folder_shown(arena, folder, path) };
	if (pos.file == NULL)
		pos.file = out->name;
	fd = file_open(folder, path, pos, diags);
	if (fd == -1)
		return -1;
	rc = read_whole(out, arena, fd, limit);
	if (rc == 0)
		hash_hex(out->bytes, out->size, out->sha256);
	else if (errno == EFBIG)
		diag_add(
		    diags, DIAG_FILE_LARGE, pos, "%s: %zu bytes", path, limit);
	else
		diag_add(diags, DIAG_FILE_READ, pos, "%s: %s", path,
		    errno == EBUSY ? "it is being written" : strerror(errno));
	close(fd);
	return rc;
}

void
source_of_bytes(
    struct source *out, const char *name, const char *bytes, size_t size)
{
	*out = (struct source){ .name = name, .bytes = bytes, .size = size };
	hash_hex(bytes, size, out->sha256);
}

struct pos
source_pos(const struct source *source, size_t offset)
{
	struct pos pos = { source->name, 1, 1 };
	size_t start = 0;

	if (offset > source->size)
		offset = source->size;
	for (size_t i = 0; i < offset; i++) {
		if (source->bytes[i] == '\n') {
			pos.line++;
			start = i + 1;
		}
	}
	for (size_t i = start; i < offset; i++)
		pos.column += ((unsigned char)source->bytes[i] & 0xc0) != 0x80;
	return pos;
}

enum diag_id
char_offence(unsigned code)
{
	if (code == 0x85 || code == 0x2028 || code == 0x2029)
		return DIAG_TEXT_BREAK;
	if (code < 0x20 && code != '\t' && code != '\n' && code != '\r')
		return DIAG_TEXT_CONTROL;
	if (code == 0x7f || (code >= 0x80 && code < 0xa0))
		return DIAG_TEXT_CONTROL;
	if ((code & 0xfffe) == 0xfffe || (code >= 0xfdd0 && code <= 0xfdef))
		return DIAG_TEXT_CONTROL;
	return DIAG_COUNT;
}

/* Look at one character that is not plain ASCII; -1 when it is refused. */
static int
check_char(const struct source *source, size_t i, size_t *len, bool *bidi,
    struct diag_list *diags)
{
	unsigned code = 0;
	enum diag_id id;

	*len = utf8_next(source->bytes + i, source->size - i, &code);
	if (*len == 0) {
		diag_add(diags, DIAG_TEXT_UTF8, source_pos(source, i),
		    "byte 0x%02x", (unsigned char)source->bytes[i]);
		return -1;
	}
	id = char_offence(code);
	if (id != DIAG_COUNT) {
		diag_add(diags, id, source_pos(source, i), "U+%04X", code);
		return -1;
	}
	if (utf8_is_bidi(code) && !*bidi) {
		diag_add(diags, DIAG_TEXT_BIDI, source_pos(source, i),
		    "U+%04X, shown by its number", code);
		*bidi = true;
	}
	return 0;
}

int
source_check_text(struct source *source, struct diag_list *diags)
{
	bool bidi = false;
	size_t i = 0;

	if (source->text_checked)
		return 0;
	if (source->size >= 3 &&
	    memcmp(source->bytes, "\xef\xbb\xbf", 3) == 0) {
		source->bytes += 3;
		source->size -= 3;
	}
	while (i < source->size) {
		size_t len = utf8_plain(source->bytes + i, source->size - i);

		i += len;
		if (i == source->size)
			break;
		if (source->bytes[i] == '\n' || source->bytes[i] == '\t') {
			i++;
			continue;
		}
		if (check_char(source, i, &len, &bidi, diags) == -1)
			return -1;
		i += len;
	}
	source->text_checked = true;
	return 0;
}

int
file_write_all(int fd, const void *bytes, size_t n)
{
	const char *p = bytes;

	while (n > 0) {
		ssize_t done = write(fd, p, n);

		if (done == -1 && errno == EINTR)
			continue;
		if (done == -1)
			return -1;
		p += done;
		n -= (size_t)done;
	}
	return 0;
}

int
file_write(int dir_fd, const char *path, const void *p, size_t n)
{
	const int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
	int fd = openat(dir_fd, path, flags, 0640);
	int rc, error;

	if (fd == -1)
		return -1;
	rc = file_write_all(fd, p, n);
	error = errno;
	if (close(fd) == -1 && rc == 0)
		return -1;
	errno = error;
	return rc;
}
