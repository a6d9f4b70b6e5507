#ifndef DOSSIER_APP_MEASURE_CONTROL_H
#define DOSSIER_APP_MEASURE_CONTROL_H

#include "app/measure.h"
#include "base/json_write.h"
#include "stats/strata.h"

/*
 * Comparisons within the strata of a control feature: whether a difference
 * between two groups is still there among rows that agree in another thing.
 */

/* One pair, one rate, one control. */
struct controlled {
	const char *control;
	size_t n; /* strata with rows of both */
	struct strata strata;
};

/*
 * The attributes that are asked for, and behind them the intersections with
 * each control that the comparisons need; the arena's.
 */
void control_attributes(struct prediction_columns *columns, struct arena *arena,
    const char *const controls[], size_t n);

/*
 * Compare a group with the reference of its table within the strata of a
 * control.  False when the metric is no rate, or no stratum that may be shown
 * has rows of both.
 */
bool control_measure(const struct measurement *m,
    const struct group_table *table, const struct metric *metric,
    const struct group *group, const char *control, struct controlled *out);

/* "Within 2 strata of age, female vs male: ..." */
void control_put_sentence(struct text *out, const struct controlled *c,
    const char *group, const char *reference, double confidence);

/* The same as members of a JSON object. */
void control_put_json(struct json_writer *w, const struct controlled *c);

/* The lines of CSV of a table. */
void lines_put_controlled(struct text *out, const struct measurement *m,
    const struct group_table *table);

#endif
