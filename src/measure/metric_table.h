#ifndef DOSSIER_MEASURE_METRIC_TABLE_H
#define DOSSIER_MEASURE_METRIC_TABLE_H

#include "measure/metric_type.h"

/* The rows of the catalogue, for metric.c. */

/* Another name of a metric, normalised: a-z 0-9 and "_". */
struct metric_alias {
	const char *alias;
	const char *name;
};

/* The metrics, in the order of every table; n of them. */
const struct metric *metric_table(size_t *n);

/* Other names, ordered; n of them. */
const struct metric_alias *metric_aliases(size_t *n);

#endif
