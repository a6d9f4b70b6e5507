#ifndef DOSSIER_BASE_FILE_H
#define DOSSIER_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/hash.h"
#include "base/text.h"

/*
 * The one door for input.  A file is opened once beneath a folder descriptor
 * (openat2: no way out of the folder, no link to elsewhere), must be regular
 * and under its size limit, is read once into memory, hashed, and only ever
 * parsed from those bytes.
 */

enum {
	FILE_LIMIT_METADATA = 16 * 1024 * 1024, /* YAML, JSON, XML */
	FILE_LIMIT_CSV = 256 * 1024 * 1024      /* CSV read whole */
};

/* A folder below which files are read. */
struct folder {
	int fd;           /* -1 when closed */
	const char *name; /* shown before the path in names; "" for none */
};

/* A file in memory. */
struct source {
	const char *name;  /* as shown in messages and reports */
	const char *bytes; /* size bytes and a NUL; the arena's */
	size_t size;
	char sha256[HASH_HEX_SIZE];
	bool text_checked; /* source_check_text() found nothing to refuse */
};

/*
 * Open a folder of the file system.  name is what file names shown to people
 * begin with.  Return 0, or -1 with the reason in diags.
 */
int folder_open(struct folder *folder, const char *path, const char *name,
    struct diag_list *diags);

/* Close the folder; the closed one is allowed. */
void folder_close(struct folder *folder);

/* The name that people see of a file: the folder's, a slash, the path. */
const char *folder_shown(
    struct arena *arena, const struct folder *folder, const char *path);

/* Names in a folder, in the order of their bytes. */
struct name_list {
	const char **names;
	size_t n;
};

/*
 * List the regular files directly in the folder at path beneath the folder
 * whose names end in suffix, hidden ones left out.  Names live in the arena
 * and are without the folder.  Return 0, or -1 with the reason in diags.
 */
int folder_list(struct name_list *out, struct arena *arena,
    const struct folder *folder, const char *path, const char *suffix,
    struct diag_list *diags);

/*
 * Read a whole file beneath the folder into the arena.  Return 0, or -1 with
 * one entry in diags at pos (or at the file itself where pos.file is NULL):
 * not found, not regular, too large, outside, unreadable.
 */
int source_read(struct source *out, struct arena *arena,
    const struct folder *folder, const char *path, size_t limit, struct pos pos,
    struct diag_list *diags);

/*
 * Take bytes that are already in memory (tests, examples, templates) as a
 * source; they are borrowed.
 */
void source_of_bytes(
    struct source *out, const char *name, const char *bytes, size_t size);

/*
 * Check that the bytes are text as we accept it: UTF-8, no NUL, no C0 but
 * TAB, LF, CR, no U+0085, U+2028, U+2029, no noncharacter; note bidirectional
 * overrides.  A byte-order mark is taken off the source.  A source that has
 * passed is not looked at again.  Return 0, or -1 with the first offence in
 * diags.
 */
int source_check_text(struct source *source, struct diag_list *diags);

/* Why source_check_text() refuses a code point; DIAG_COUNT: it does not. */
enum diag_id char_offence(unsigned code);

/*
 * The position, 1-based line and column in code points, of a byte offset.
 */
struct pos source_pos(const struct source *source, size_t offset);

/*
 * Append a relative path with ".", ".." and doubled slashes resolved by name,
 * so that two names of a file are one.  Return 0, or -1 when it is absolute,
 * empty, over long or leaves the folder it starts from.
 */
int path_normalise(struct text *out, const char *path);

/*
 * Open a file beneath the folder for reading in pieces; regular files only.
 * Return a descriptor, or -1 with the reason in diags.
 */
int file_open(const struct folder *folder, const char *path, struct pos pos,
    struct diag_list *diags);

/*
 * Write n bytes to an open file, however many calls that takes.  Return 0, or
 * -1 with errno set.
 */
int file_write_all(int fd, const void *bytes, size_t n);

/*
 * Write a new file in one go, mode 0640; path is below dir_fd.  It is not
 * synced: who makes it visible does that, for all files together.  Return 0,
 * or -1 with errno set.
 */
int file_write(int dir_fd, const char *path, const void *p, size_t n);

#endif
