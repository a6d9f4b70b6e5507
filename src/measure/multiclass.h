#ifndef DOSSIER_MEASURE_MULTICLASS_H
#define DOSSIER_MEASURE_MULTICLASS_H

#include "measure/metric_type.h"

/*
 * Formulas over true and predicted class.  They are of the rows that have
 * both, and of all classes of the file, so that groups can be compared.  An
 * average with an undefined term is undefined: scikit-learn's zero_division
 * would make it a number that depends on a setting.
 */

/*
 * The group as if the class were the positive label and all others the
 * negative one, with nothing but counts.  Rows without label or prediction
 * are in the counts unless the cells are weighted, since their weights are
 * not known.  False when the group has no such class.
 */
bool multiclass_against_rest(
    const struct group *group, const char *class, struct group *out);

/* The share of rows whose predicted class is the true one, and the others. */
void multiclass_accuracy(
    const struct metric_input *in, struct metric_value *out);
void multiclass_error_rate(
    const struct metric_input *in, struct metric_value *out);

/* Mean recall of the classes among the labels; of one class: undefined. */
void multiclass_balanced_accuracy(
    const struct metric_input *in, struct metric_value *out);

/*
 * Matthews correlation of several classes: Gorodkin 2004, Computational
 * Biology and Chemistry 28, 367-374, formula 8; of two it is Matthews'.
 */
void multiclass_matthews(
    const struct metric_input *in, struct metric_value *out);

/*
 * Agreement beyond chance: Cohen 1960, Educational and Psychological
 * Measurement 20, 37-46.
 */
void multiclass_kappa(const struct metric_input *in, struct metric_value *out);

/*
 * Averages over classes, each against the rest, of the quotient that the
 * metric has as numerator and denominator: of equal weight; weighted by the
 * rows of each true class, which leaves out classes that have none; and of
 * the sums of numerators and denominators.
 */
void multiclass_macro(const struct metric_input *in, struct metric_value *out);
void multiclass_weighted(
    const struct metric_input *in, struct metric_value *out);
void multiclass_micro(const struct metric_input *in, struct metric_value *out);

/* The rows, or their weights, of a true and a predicted class. */
void multiclass_cell(const struct metric_input *in, struct metric_value *out);

#endif
