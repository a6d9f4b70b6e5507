#define _XOPEN_SOURCE 700 /* realpath() */
#include "publish/replace.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"

enum { NEW_FILE_MODE = 0666 }; /* less the umask, as for any file */

static int
fail(const struct replacement *replacement, struct diag_list *diags)
{
	diag_add(diags, DIAG_OUTPUT, (struct pos){ replacement->path, 0, 0 },
	    "%s", strerror(errno));
	return -1;
}

static char *
copy(const char *s)
{
	size_t n = strlen(s) + 1;
	char *p = memory_grow(NULL, n, 1);

	memcpy(p, s, n);
	return p;
}

/* ".NAME.tmp-PID" in the folder of the file. */
static char *
temporary_name(const char *real)
{
	const char *slash = strrchr(real, '/');
	size_t folder = slash != NULL ? (size_t)(slash - real) + 1 : 0;
	struct text out = { 0 };

	text_put(&out, real, folder);
	text_printf(&out, ".%s.tmp-%ld", real + folder, (long)getpid());
	return out.p;
}

int
replace_open(
    struct replacement *replacement, const char *path, struct diag_list *diags)
{
	const int make = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
	struct stat st;
	bool exists = stat(path, &st) == 0;

	*replacement = (struct replacement){ path, NULL, NULL, -1 };
	if (exists && !S_ISREG(st.st_mode)) {
		replacement->fd = open(path, O_WRONLY | O_CLOEXEC);
		return replacement->fd != -1 ? 0 : fail(replacement, diags);
	}
	replacement->real = exists ? realpath(path, NULL) : copy(path);
	if (replacement->real == NULL)
		return fail(replacement, diags);
	replacement->temporary = temporary_name(replacement->real);
	/* Only a dead process can have left one of our own number. */
	unlink(replacement->temporary);
	replacement->fd = open(replacement->temporary, make, NEW_FILE_MODE);
	return replacement->fd != -1 ? 0 : fail(replacement, diags);
}

int
replace_write(struct replacement *replacement, const void *p, size_t n,
    struct diag_list *diags)
{
	if (file_write_all(replacement->fd, p, n) == -1)
		return fail(replacement, diags);
	return 0;
}

int
replace_finish(struct replacement *replacement, struct diag_list *diags)
{
	int fd = replacement->fd;

	if (replacement->temporary != NULL && fsync(fd) == -1)
		return fail(replacement, diags);
	replacement->fd = -1;
	return close(fd) == 0 ? 0 : fail(replacement, diags);
}

int
replace_commit(struct replacement *replacement, struct diag_list *diags)
{
	if (replacement->temporary == NULL)
		return 0;
	if (rename(replacement->temporary, replacement->real) == -1)
		return fail(replacement, diags);
	free(replacement->temporary);
	replacement->temporary = NULL;
	return 0;
}

void
replace_close(struct replacement *replacement)
{
	if (replacement->fd != -1)
		close(replacement->fd);
	if (replacement->temporary != NULL)
		unlink(replacement->temporary);
	free(replacement->temporary);
	free(replacement->real);
	*replacement =
	    (struct replacement){ .path = replacement->path, .fd = -1 };
}

int
replace_file(const char *path, const void *p, size_t n, struct diag_list *diags)
{
	struct replacement file = { .fd = -1 };
	int rc = -1;

	if (replace_open(&file, path, diags) == 0 &&
	    replace_write(&file, p, n, diags) == 0 &&
	    replace_finish(&file, diags) == 0)
		rc = replace_commit(&file, diags);
	replace_close(&file);
	return rc;
}
