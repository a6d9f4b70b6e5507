#ifndef DOSSIER_APP_MEASURE_INPUT_H
#define DOSSIER_APP_MEASURE_INPUT_H

#include "read/scan.h"

enum { MEASURE_HEAD_ROWS = 4 };

/*
 * A file that `dossier measure` is given, wherever it lies, or standard input:
 * opened, with its first rows read, so that its shape is known and columns can
 * be chosen before the rows are.
 */
struct measure_input {
	struct scan_input scan; /* bytes: what was read so far */
	struct source header;   /* the first row alone */
	struct source head;     /* the first rows, at most MEASURE_HEAD_ROWS */
	struct text bytes;      /* owned */
};

/* The name of a path in messages: "-" is standard input. */
const char *measure_input_name(const char *path);

/*
 * Open a path, "-" for standard input, and read the header.  Return 0, or -1
 * with the reason in diags; measure_input_close() is due in both cases.
 */
int measure_input_open(struct measure_input *input, struct arena *arena,
    const char *path, struct diag_list *diags);

/*
 * Read the rest into memory, at most FILE_LIMIT_CSV, and make a source of it
 * all, which borrows from the input.  Return 0, or -1 with the reason.
 */
int measure_input_whole(
    struct measure_input *input, struct source *out, struct diag_list *diags);

/* Close it and release what was read. */
void measure_input_close(struct measure_input *input);

/* The digest of a file; NULL when it cannot be had, or of standard input. */
const char *measure_input_digest(struct arena *arena, const char *path);

#endif
