#ifndef DOSSIER_MODEL_IMPACT_H
#define DOSSIER_MODEL_IMPACT_H

#include <stdbool.h>
#include <stddef.h>

/* The table of impact ratios of an attribute; made by measure/impact.h. */

enum impact_kind { IMPACT_SELECTION, IMPACT_SCORING };

struct impact_row {
	const char *group;
	bool is_withheld; /* nothing below is known */
	double selected;  /* or scored above the median */
	double n;         /* rows with a prediction, or a score */
	bool has_rate;    /* n > 0 */
	double rate;
	double share; /* of the rows with a known category */
	bool is_small;
	bool has_ratio_all, has_ratio_without;
	double ratio_all;     /* over the highest rate */
	double ratio_without; /* the highest of those that are not small */
	bool is_below;        /* ratio_all is below the limit */
	/* Further selections that the group needs to reach the limit. */
	double shortfall;
	/* The ratio with one more in the group and one less in the best. */
	bool has_flip_one;
	double flip_one;
	bool flips; /* and so it reaches the limit */
};

struct impact_table {
	enum impact_kind kind;
	const char *attribute;
	double n;         /* rows of the categories below */
	double n_unknown; /* rows of an unknown category */
	/* Neither of the two may be told, nor shares: people are withheld. */
	bool n_is_withheld;
	bool has_median; /* of scores */
	double median;
	double n_scores;        /* rows that the median is of */
	bool median_is_rounded; /* the scores were too many to keep apart */
	/* The groups compared with: NULL where there is none. */
	const char *best_all, *best_without;
	size_t n_small;          /* categories that are left out */
	struct impact_row *rows; /* in the order of the table */
	size_t n_rows;
	struct impact_table *next;
};

#endif
