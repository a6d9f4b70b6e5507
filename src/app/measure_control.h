#ifndef DOSSIER_APP_MEASURE_CONTROL_H
#define DOSSIER_APP_MEASURE_CONTROL_H

#include "app/measure.h"
#include "base/json_write.h"
#include "model/control.h"

/*
 * Comparisons within the strata of a control feature: whether a difference
 * between two groups is still there among rows that agree in another thing.
 */

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
bool measure_controlled(const struct measurement *m,
    const struct group_table *table, const struct metric *metric,
    const struct group *group, const char *control, struct control *out);

/* "Within 2 strata of age, female vs male: ..." */
void control_put_sentence(struct text *out, const struct control *c);

/* The same as members of a JSON object. */
void control_put_json(struct json_writer *w, const struct control *c);

/* The lines of CSV of a table. */
void lines_put_controlled(struct text *out, const struct measurement *m,
    const struct group_table *table);

#endif
