#ifndef DOSSIER_XLSX_ZIP_H
#define DOSSIER_XLSX_ZIP_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/*
 * A reader of the zip files that the workbook writer makes (PKWARE APPNOTE
 * 6.3.10, sections 4.3 and 4.4), strict enough that each byte of the file is
 * either checked or has no meaning.  Functions return NULL when all is well,
 * else what is wrong, in lower case.
 */

enum { ZIP_PARTS = 20000 };

struct zip_part {
	const char *name;
	uint32_t offset; /* of its local header */
	uint32_t data;   /* of its bytes */
	uint32_t packed; /* bytes in the file */
	uint32_t size;   /* bytes when inflated */
	uint32_t crc;
	uint16_t method; /* 0 stored, 8 deflated */
};

struct zip {
	int fd; /* the caller's */
	uint32_t size;
	const unsigned char *bytes; /* the whole file when it is small */
	struct zip_part *parts;     /* the arena's, in the order of the file */
	size_t n_parts;
};

/* Read the directory of an open file and check it against every header. */
const char *zip_open(struct zip *zip, struct arena *arena, int fd);

/*
 * Hand the bytes of a part, inflated, to put() in pieces; put returns 0 to go
 * on.  Size and CRC-32 are checked when all is read.
 */
const char *zip_read(const struct zip *zip, const struct zip_part *part,
    int (*put)(void *state, const char *p, size_t n), void *state);

/* The part of that name, or NULL. */
const struct zip_part *zip_part(const struct zip *zip, const char *name);

#endif
