#ifndef DOSSIER_MEASURE_WITHHOLD_TABLE_H
#define DOSSIER_MEASURE_WITHHOLD_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The tables that are shown together, as measure/withhold.h marks them. */

enum { WITHHOLD_COLUMNS = 3 };

struct withhold_group {
	uint32_t parts[WITHHOLD_COLUMNS]; /* a value of each column */
	double n;                         /* rows */
	bool is_missing;
	bool is_withheld;   /* out: its figures are hidden */
	bool n_is_withheld; /* out: and the number of its rows */
	size_t node;        /* private */
};

/* The groups of an attribute, or of an intersection of several. */
struct withhold_table {
	uint32_t columns[WITHHOLD_COLUMNS];
	size_t n_columns; /* 1 to WITHHOLD_COLUMNS, all different */
	struct withhold_group *groups; /* no two with the same parts */
	size_t n;
};

#endif
