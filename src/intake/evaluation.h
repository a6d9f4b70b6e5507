#ifndef DOSSIER_INTAKE_EVALUATION_H
#define DOSSIER_INTAKE_EVALUATION_H

#include "base/file.h"
#include "model/record.h"

/*
 * Performance measures: those that evaluation.measures of the record states,
 * and those of the files that evaluation.results names.
 *
 * A file is JSON, {"model": id, "version": v, "data_set": name, "metrics":
 * {name: value, ...}} where a metric may also be a map of value, lower, upper,
 * n, least and most, or a list of such maps with their name; or CSV with the
 * columns name and value and any of the same; or a classification report of
 * scikit-learn, as intake/report.h tells.  A measure that both state must
 * have one value; limits stated in the record hold for the value of the file.
 */

/*
 * Fill record->measures, ordered as stated, record first, with each judged
 * against its limits.  Files are read beneath the root; without one (NULL)
 * none is.  What is wrong is in record->diags.
 */
void evaluation_take(struct record *record, const struct folder *root);

#endif
