#ifndef DOSSIER_APP_MEASURE_AGAINST_H
#define DOSSIER_APP_MEASURE_AGAINST_H

#include "app/measure.h"
#include "base/json_write.h"
#include "measure/drift.h"

/*
 * `dossier measure NOW --against=THEN`: what has changed since another file of
 * the same columns, in each format; see measure/drift.h.
 */

/* The mix of the groups of an attribute, now and then. */
struct against_mix {
	const char **names;
	double *now, *then;
	size_t n;
	struct drift_mix distance;
};

/* False where the number of rows of a group must not be known. */
bool against_mix(const struct measurement *m, const struct group_table *now,
    struct against_mix *out);

/* The scores of a group of both files; false where they may not be shown. */
bool against_scores(const struct measurement *m,
    const struct group_table *table, const struct group *now,
    struct drift_scores *out);

/* The comparisons of an attribute by a metric, or NULL. */
const struct disparity_family *against_family(const struct measurement *m,
    const char *attribute, const struct metric *metric);

/* Nothing when there is no other file. */
void against_put_text(struct text *out, const struct measurement *m);
void against_put_csv(struct text *out, const struct measurement *m);
void against_put_json(struct json_writer *w, const struct measurement *m);

#endif
