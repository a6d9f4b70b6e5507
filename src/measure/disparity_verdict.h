#ifndef DOSSIER_MEASURE_DISPARITY_VERDICT_H
#define DOSSIER_MEASURE_DISPARITY_VERDICT_H

#include "measure/disparity_type.h"

/* The name of a rule: "both", "four-fifths", "significance", "interval". */
const char *disparity_rule_name(enum disparity_rule rule);

/* The rule of this name, or DISPARITY_RULES. */
enum disparity_rule disparity_rule_find(const char *name);

/*
 * Set is_beyond, verdict and reason of a disparity whose numbers are complete,
 * by the rule of the options.
 */
void disparity_judge(
    struct disparity *disparity, const struct disparity_options *options);

#endif
