#ifndef DOSSIER_READ_SCAN_H
#define DOSSIER_READ_SCAN_H

#include <stdbool.h>
#include <stdint.h>

#include "read/csv.h"

/*
 * CSV of any length, in pieces: what csv_next() reads row by row from memory,
 * read from a file, a pipe or memory many rows at a time, in memory that does
 * not grow with the rows.  The rows, and what is said of a file that is
 * wrong, are those of csv.h, with two differences: text is checked as it
 * comes, so rows before an offence are handed out; and a row has a longest
 * length.
 */

enum {
	SCAN_PIECE = 256 * 1024,    /* bytes read at a time */
	SCAN_ROW = 8 * 1024 * 1024, /* bytes of a row, at most */
	SCAN_BATCH = 4096           /* rows handed out at a time, at most */
};

/* Where the bytes come from. */
struct scan_input {
	const char *name;  /* as shown in messages */
	int fd;            /* read to its end, behind the bytes; or -1 */
	const char *bytes; /* size of them, borrowed */
	size_t size;
	/* For tests: other than SCAN_PIECE bytes at a time, no AVX2. */
	size_t piece;
	bool is_plain;
};

/*
 * Rows where they lie.  Field k of row i is the bytes behind ends[i * width +
 * k] and before ends[i * width + k + 1], with its quotes; the last field may
 * have a carriage return at its end.  The place before the first byte is
 * UINT32_MAX: places are counted modulo 2^32.  Behind the last byte of the
 * rows SEPARATORS_SLACK more can be read.
 */
struct scan_rows {
	const char *bytes;
	const uint32_t *ends;
	size_t width; /* of the header */
	size_t n;
};

struct scan;

/*
 * Begin to read and take the header in, as csv_open() does.  Return NULL with
 * the reason in diags.  The input is borrowed, what is found wrong later
 * lives in the arena.
 */
struct scan *scan_open(struct arena *arena, const struct scan_input *input,
    struct diag_list *diags);

/* Release the reader, but not its header; NULL is allowed. */
void scan_close(struct scan *scan);

/* The header, and the index of one of its columns or -1; the arena's. */
const struct csv_row *scan_header(const struct scan *scan);
int scan_column(const struct scan *scan, const char *name);

/*
 * Read at least one row: 1, 0 at the end, or -1 with the reason in diags.
 * The rows are valid until the next call.
 */
int scan_next(
    struct scan *scan, struct scan_rows *rows, struct diag_list *diags);

/*
 * A field of the rows in hand, without quotes, valid until the next call; its
 * position is not filled: see scan_pos().
 */
struct csv_field scan_field(
    struct scan *scan, const struct scan_rows *rows, size_t row, size_t column);

/* Where a field of the rows in hand begins.  It counts: only for messages. */
struct pos scan_pos(const struct scan *scan, const struct scan_rows *rows,
    size_t row, size_t column);

#endif
