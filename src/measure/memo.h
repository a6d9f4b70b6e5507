#ifndef DOSSIER_MEASURE_MEMO_H
#define DOSSIER_MEASURE_MEMO_H

#include <stdint.h>

#include "read/scan.h"

/*
 * What the texts of a column stand for, as numbers.  Most columns hold few
 * texts: a text of at most 16 bytes is looked up by its bytes as two words,
 * without branches, and only one that is not there is asked for.  The memory
 * is constant; a text that was pushed out is asked for again.
 */

enum {
	MEMO_SLOTS = 4096, /* a power of 2 */
	MEMO_SHORT = 16    /* bytes of a text that is remembered */
};

/* Set in an answer that must not be remembered. */
#define MEMO_ONCE (UINT32_C(1) << 31)

struct memo_slot {
	uint64_t low, high; /* the text, NULs behind it */
	uint32_t number;
};

/*
 * What the field of this row stands for: below MEMO_ONCE, or that bit and the
 * number.
 */
typedef uint32_t memo_ask(
    void *context, const struct csv_field *field, size_t row);

struct memo {
	struct memo_slot *slots;
	memo_ask *ask;
	void *context; /* of ask() */
	size_t column; /* of the file */
};

/* Begin with an empty memory; memo_free() releases it. */
void memo_init(struct memo *memo, size_t column, memo_ask *ask, void *context);

/* Release the memory; the empty one is allowed. */
void memo_free(struct memo *memo);

/* The number of each row's text. */
void memo_read(struct memo *memo, struct scan *scan,
    const struct scan_rows *rows, uint32_t numbers[]);

#endif
