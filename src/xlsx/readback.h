#ifndef DOSSIER_XLSX_READBACK_H
#define DOSSIER_XLSX_READBACK_H

#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"

/*
 * Reading a workbook back before it counts.  The library that writes it can
 * lose part of it, when a disk or a temporary folder fills up, and report
 * success; so every byte of the file is accounted for here: the zip structure
 * twice over (local headers and central directory), sizes and CRC-32 of every
 * part, every part well-formed XML, and in each sheet as many rows, cells and
 * links as were sent.
 *
 * The zip reader knows what the workbook writer makes, and refuses all else:
 * stored or deflated parts, no encryption, no comment, no zip64, nothing
 * between the parts.  Inflating and CRC-32 are zlib's.
 */

/* What a sheet must hold, in the order of the sheets. */
struct readback_sheet {
	size_t rows;
	size_t cells;
	size_t links;
};

/* What a workbook must hold; sheets are the caller's. */
struct readback {
	struct readback_sheet *sheets;
	size_t n_sheets;
	size_t n_tables;
	size_t n_charts;
};

/*
 * Read the file at path below the folder dir_fd back and compare it with what
 * is wanted.  Return 0, or -1 with what is wrong in diags.
 */
int readback_check(int dir_fd, const char *path, const struct readback *want,
    struct diag_list *diags);

/*
 * Append one part of the workbook, checked as above, to out (tests).
 * Return 0, or -1 when it is not there or damaged.
 */
int readback_part(int dir_fd, const char *path, const char *part,
    struct text *out, struct diag_list *diags);

#endif
