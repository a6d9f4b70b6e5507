#ifndef DOSSIER_READ_PLACE_H
#define DOSSIER_READ_PLACE_H

#include "base/file.h"

/*
 * Line and column while a reader walks through a source.  Each step counts
 * only the bytes since the last one, so that a million values on one line
 * cost no more than a million lines.
 */
struct place {
	const struct source *source;
	size_t offset;   /* counted up to here */
	unsigned line;   /* from 1 */
	unsigned column; /* from 1, in code points */
};

/* The start of a source, which is borrowed. */
void place_init(struct place *place, const struct source *source);

/*
 * The position of a byte.  The offset is at or behind that of the last call;
 * one before it is allowed and counted from the start.
 */
struct pos place_at(struct place *place, size_t offset);

#endif
