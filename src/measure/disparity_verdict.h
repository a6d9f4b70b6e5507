#ifndef DOSSIER_MEASURE_DISPARITY_VERDICT_H
#define DOSSIER_MEASURE_DISPARITY_VERDICT_H

#include "measure/disparity.h"

/*
 * Set is_beyond, verdict and reason of a disparity whose numbers are complete,
 * by the rule of the options.
 */
void disparity_judge(
    struct disparity *disparity, const struct disparity_options *options);

#endif
