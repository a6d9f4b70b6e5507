#ifndef DOSSIER_APP_MEASURE_INTERVAL_H
#define DOSSIER_APP_MEASURE_INTERVAL_H

#include "app/measure.h"
#include "measure/uncertainty.h"

/* The intervals of what `dossier measure` shows, as its options want them. */

/* The interval of a value of a metric in a group. */
void measure_interval(const struct measurement *m, const struct metric *metric,
    const struct group *group, const struct metric_value *value,
    struct uncertainty *out);

/* "bootstrap BCa, 2,000 replicates, seed 1" */
void interval_put_method(struct text *out, const char *method,
    unsigned replicates, unsigned long long seed);

/*
 * What a table of groups by a metric does not show: the method where it is
 * not Wilson's, why there is no interval, and what chance alone would make of
 * such a number.  Nothing where there is nothing to say.
 */
void interval_put_notes(struct text *out, const struct measurement *m,
    const struct metric *metric, const struct group *const groups[], size_t n);

#endif
