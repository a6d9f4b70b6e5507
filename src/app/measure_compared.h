#ifndef DOSSIER_APP_MEASURE_COMPARED_H
#define DOSSIER_APP_MEASURE_COMPARED_H

#include "base/json_write.h"
#include "model/disparity.h"

/* Comparisons of groups in JSON. */

/* A number; "infinite" or "-infinite" where it is. */
void json_put_number(struct json_writer *w, const char *key, double value);

/* The comparisons of an attribute by a metric. */
void json_put_family(
    struct json_writer *w, const struct disparity_family *family);

#endif
