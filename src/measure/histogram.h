#ifndef DOSSIER_MEASURE_HISTOGRAM_H
#define DOSSIER_MEASURE_HISTOGRAM_H

#include "measure/group.h"

/*
 * How often each number was seen in each group, by label, in memory that is
 * bounded whatever the number of rows: at most HISTOGRAM_ENTRIES different
 * pairs of group and number are kept, in 48 MiB (with weights 192 MiB), twice
 * that while they move, and 24 MiB more when distributions are made of them,
 * for a moment twice that.  Beyond that numbers are rounded down to multiples of a power
 * of 2, the finest of a fixed series for which there are few enough; which
 * one depends on the rows alone and not on their order.
 */

enum { HISTOGRAM_ENTRIES = 3 * 512 * 1024 };

#define HISTOGRAM_MISSING UINT64_MAX /* the key of no number */

/* The rows of a pair. */
struct histogram_entry {
	uint64_t key;
	uint32_t group; /* + 1; 0: a free slot */
	uint32_t rows[BINARY_COUNT];
};

struct item;

struct histogram {
	struct histogram_entry *slots;
	struct sum (*weights)[BINARY_COUNT]; /* of each slot, or NULL */
	/* Of the squared weights of each slot, whatever their label. */
	struct sum *squares;
	bool weighted;
	bool keeps_squares;     /* set before any row where they are wanted */
	size_t n_slots;         /* a power of 2 */
	size_t n;               /* in use */
	size_t most;            /* HISTOGRAM_ENTRIES, fewer in tests */
	size_t step;            /* in the series of resolutions; 0: exact */
	double least, greatest; /* of all numbers */
	bool is_exact;          /* set when keys are no numbers to round */
	bool is_full;           /* and rows were left out for that */
	struct item *sorted;    /* what histogram_make() found; or NULL */
};

/* Rows to be counted. */
struct histogram_rows {
	size_t n;
	const uint32_t *groups;
	const unsigned char *cells; /* CELL_COUNT: left out */
	const uint64_t *keys;
	const double *weights; /* when the histogram is weighted */
	const double *squares; /* of the weights; NULL: each its own */
	const unsigned long long *counts; /* of rows; NULL: each is one */
};

/* Begin; histogram_free() releases it. */
void histogram_init(struct histogram *h, bool weighted);

/* Release the memory; the zeroed one is allowed. */
void histogram_free(struct histogram *h);

/* The key of a finite number: keys are ordered as the numbers are. */
uint64_t histogram_key(double value);

/* The number of a key. */
double histogram_value(uint64_t key);

/*
 * Count rows: the label is that of the cell.  Groups are below 2^32 - 1.  There
 * are fewer than 2^32 rows in all.
 */
void histogram_add(struct histogram *h, const struct histogram_rows *rows);

/* Numbers are kept as multiples of 1 / scale; 0: exactly. */
double histogram_scale(const struct histogram *h);

/*
 * Make the distributions of n groups from the entries of others: those of
 * group i go to target[i], or nowhere where it is UINT32_MAX.  They live in
 * the arena.
 */
struct distribution *histogram_make(struct histogram *h, struct arena *arena,
    const uint32_t target[], size_t n_targets, size_t n);

/*
 * What the shortest decimal that reads as this double is more than the
 * double, as the double nearest to that; 0 when it has more than 22 decimals.
 */
double decimal_rest(double value);

#endif
