#ifndef DOSSIER_APP_MEASURE_SENTENCE_H
#define DOSSIER_APP_MEASURE_SENTENCE_H

#include "base/text.h"
#include "measure/metric_type.h"
#include "model/disparity.h"

/* Comparisons in words, with all of their arithmetic. */

/*
 * "female vs male: selection rate 228/310 = 73.5 % against ...; ratio ...;
 * two-proportion z = -1.32, p = 0.187, ...; power 0.999 -> no finding".
 */
void sentence_put_disparity(struct text *out, const struct metric *metric,
    const struct disparity_family *family, const struct disparity *d);

/* "Any difference between 4 groups: chi-square 13.68, ..."; or nothing. */
void sentence_put_family(
    struct text *out, const struct disparity_family *family);

#endif
