#ifndef DOSSIER_MEASURE_IMPORTED_H
#define DOSSIER_MEASURE_IMPORTED_H

#include "measure/columns.h"
#include "measure/group.h"
#include "model/figure.h"

/* What was read from an export of another program; see measure/import.h. */

struct import {
	const char *shape; /* "an Aequitas crosstab"; a literal */
	struct figure_table figures;
	/*
	 * What the export says between groups, as it stands, under the names
	 * of design/metrics.md: "selection_rate_ratio_between_groups" of
	 * "(all groups)", "statistical_parity_difference" of "x vs y".
	 */
	struct figure_table between;
	/* Groups whose counts are known, whoever may see them. */
	struct group_table whole; /* one group, "(overall)"; or none */
	struct group_table *tables;
	size_t n_tables;
	/* Of one that carries rows: them as CSV, and what is where; or NULL. */
	const char *rows;
	size_t rows_size;
	struct prediction_columns columns;
};

#endif
