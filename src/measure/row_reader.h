#ifndef DOSSIER_MEASURE_ROW_READER_H
#define DOSSIER_MEASURE_ROW_READER_H

#include "measure/columns.h"
#include "measure/complaints.h"
#include "measure/histogram.h"
#include "measure/memo.h"
#include "measure/tally.h"
#include "measure/tally_group.h"

/* What the parts of the reader of predictions share: see measure/rows.h. */

enum { ROWS_NO_COLUMN = -1 };

/* What is asked for a value: which column of the tally it is of. */
struct row_asked {
	struct rows *rows;
	uint32_t column;
	const struct prediction_bins *bins; /* or NULL */
	const double *edges;                /* of the bins */
};

/* Which column an answer is of: index of words and answers. */
enum { ROW_LABEL, ROW_PREDICTION, ROW_ANSWERS };

/* The words of a label or prediction of yes and no. */
struct row_words {
	const char *positive; /* NULL: the usual ones */
	const char *negative; /* given or learnt, for a positive of its own */
};

struct rows {
	struct arena *arena;
	const char *name; /* of the file, the arena's */
	const struct prediction_columns *columns;
	struct complaints complaints;

	unsigned long long n;     /* below the header */
	unsigned long long n_bad; /* of these, left out for a bad cell */
	struct tally tally;
	int label, prediction, score, weight; /* columns, or NO_COLUMN */
	int count, square;                    /* the same */
	/*
	 * Takes the rows as they come in place of what tables need beside
	 * counts; or NULL.  Returns 0, or -1 with the reason reported.
	 */
	int (*each)(struct rows *rows, const struct tally_rows *batch);
	void *context;

	struct scan *scan; /* private, as all below */
	struct row_words words[ROW_ANSWERS];
	bool is_ambiguous;      /* a third value: which one is negative? */
	const int *attribute;   /* column of the file, for each of the tally */
	struct scan_rows batch; /* the rows in hand */
	struct memo labels, predictions;
	struct memo *values; /* of each column of the tally */
	struct row_asked *asked;
	uint32_t *answers[ROW_ANSWERS]; /* of each row */
	uint32_t **numbers; /* value of each column of the tally and row */
	unsigned char *cells;
	double *weights, *squares;
	unsigned long long *counts; /* of rows; NULL: each is one */
	uint64_t *scored; /* key of the score of each row, or ROW_BAD_KEY */
	uint64_t *keys;   /* of each row, in other histograms */
	uint32_t *groups; /* of each row, in the histograms */
	struct histogram scores;
	struct intern classes;  /* number 0 is none */
	struct histogram pairs; /* of true and predicted class */
	double *pairs_read[2];  /* label and prediction as numbers */
	unsigned char *spread_cells;
	struct histogram predicted, errors;
	struct row_regression *regression; /* of each table of the tally */
};

#define ROW_BAD_KEY (UINT64_MAX - 1)

#endif
