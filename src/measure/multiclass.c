#include "measure/multiclass.h"

#include <math.h>
#include <string.h>

#include "base/dd.h"

static const char no_classes[] = "the rows have no classes";
static const char no_pair[] = "no row has both a label and a prediction";

/* Counts. */

static bool
is_weighted(const struct confusion *c)
{
	return c->cell_squares != NULL;
}

static void
add_cell(
    struct counts *counts, enum cell cell, const struct confusion *c, size_t i)
{
	counts->rows[cell] += c->cell_rows[i];
	if (!counts->weighted)
		return;
	sum_add(&counts->weight[cell], c->cells[i]);
	sum_add(&counts->square[cell], c->cell_squares[i]);
}

static void
add_class(struct counts *counts, enum cell cell, const struct class_rows *r)
{
	counts->rows[cell] += r->rows;
	if (!counts->weighted)
		return;
	sum_add(&counts->weight[cell], r->weight);
	sum_add(&counts->square[cell], r->square);
}

static void
add_incomplete(struct counts *counts, const struct confusion *c, size_t class)
{
	for (size_t i = 0; i < c->n && c->unlabelled != NULL; i++)
		add_class(counts, i == class ? CELL_SELECTED : CELL_REFUSED,
		    &c->unlabelled[i]);
	for (size_t i = 0; i < c->n && c->unpredicted != NULL; i++)
		add_class(counts, i == class ? CELL_POSITIVE : CELL_NEGATIVE,
		    &c->unpredicted[i]);
	counts->rows[CELL_BLANK] += c->n_blank;
}

static struct counts
against_rest(const struct confusion *c, size_t class)
{
	struct counts counts = { .weighted = is_weighted(c) };

	for (size_t i = 0; i < c->n; i++)
		for (size_t k = 0; k < c->n; k++)
			add_cell(&counts,
			    cell_of(i == class ? BINARY_YES : BINARY_NO,
				k == class ? BINARY_YES : BINARY_NO),
			    c, i * c->n + k);
	add_incomplete(&counts, c, class);
	return counts;
}

bool
multiclass_against_rest(
    const struct group *group, const char *class, struct group *out)
{
	const struct confusion *c = group->confusion;

	for (size_t i = 0; c != NULL && i < c->n; i++) {
		if (strcmp(c->classes[i], class) != 0)
			continue;
		*out = (struct group){ .name = group->name,
			.is_missing = group->is_missing,
			.counts = against_rest(c, i) };
		return true;
	}
	return false;
}

/* Sums over cells, exact but for the last bits of a double-double. */

struct margins {
	struct dd all, right; /* of all cells, of the diagonal */
	struct dd true_true, predicted_predicted; /* sums of squares */
	struct dd true_predicted;                 /* and of products */
};

static struct dd
true_sum(const struct confusion *c, size_t class)
{
	struct dd sum = dd_of(0);

	for (size_t k = 0; k < c->n; k++)
		sum = dd_add(sum, dd_of(c->cells[class * c->n + k]));
	return sum;
}

static struct dd
predicted_sum(const struct confusion *c, size_t class)
{
	struct dd sum = dd_of(0);

	for (size_t i = 0; i < c->n; i++)
		sum = dd_add(sum, dd_of(c->cells[i * c->n + class]));
	return sum;
}

static struct margins
margins_of(const struct confusion *c)
{
	struct margins m = { .all = { 0, 0 } };

	for (size_t i = 0; i < c->n; i++) {
		struct dd t = true_sum(c, i), p = predicted_sum(c, i);

		m.all = dd_add(m.all, t);
		m.right = dd_add(m.right, dd_of(c->cells[i * c->n + i]));
		m.true_true = dd_add(m.true_true, dd_multiply(t, t));
		m.predicted_predicted =
		    dd_add(m.predicted_predicted, dd_multiply(p, p));
		m.true_predicted = dd_add(m.true_predicted, dd_multiply(t, p));
	}
	return m;
}

/* Formulas. */

/* Rows of so much weight, as if unweighted. */
static double
effective_rows(const struct confusion *c, double weight)
{
	double squares = 0;

	if (!is_weighted(c))
		return weight;
	for (size_t i = 0; i < c->n * c->n; i++)
		squares += c->cell_squares[i];
	return squares > 0 ? weight * weight / squares : 0;
}

static void
share(const struct confusion *c, bool of_wrong, struct metric_value *out)
{
	struct margins m = margins_of(c);

	out->has_counts = true;
	out->numerator =
	    dd_value(of_wrong ? dd_subtract(m.all, m.right) : m.right);
	out->denominator = dd_value(m.all);
	out->defined = out->denominator > 0;
	if (out->defined)
		out->value = out->numerator / out->denominator;
	out->is_share = out->defined;
	out->effective = effective_rows(c, out->denominator);
}

void
multiclass_accuracy(const struct metric_input *in, struct metric_value *out)
{
	share(in->group->confusion, false, out);
}

void
multiclass_error_rate(const struct metric_input *in, struct metric_value *out)
{
	share(in->group->confusion, true, out);
}

void
multiclass_balanced_accuracy(
    const struct metric_input *in, struct metric_value *out)
{
	const struct confusion *c = in->group->confusion;
	struct dd sum = dd_of(0);
	unsigned n = 0;

	for (size_t i = 0; i < c->n; i++) {
		struct dd rows = true_sum(c, i);

		if (rows.high <= 0)
			continue;
		sum =
		    dd_add(sum, dd_divide(dd_of(c->cells[i * c->n + i]), rows));
		n++;
	}
	out->defined = n > 1;
	if (out->defined)
		out->value = dd_value(dd_divide(sum, dd_of(n)));
}

void
multiclass_matthews(const struct metric_input *in, struct metric_value *out)
{
	struct margins m = margins_of(in->group->confusion);
	struct dd square = dd_multiply(m.all, m.all);
	struct dd labels = dd_subtract(square, m.true_true);
	struct dd predictions = dd_subtract(square, m.predicted_predicted);
	struct dd covariance =
	    dd_subtract(dd_multiply(m.all, m.right), m.true_predicted);

	out->defined = labels.high > 0 && predictions.high > 0;
	if (out->defined)
		out->value = fmax(-1,
		    fmin(1,
			dd_value(dd_divide(covariance,
			    dd_multiply(
				dd_root(labels), dd_root(predictions))))));
}

void
multiclass_kappa(const struct metric_input *in, struct metric_value *out)
{
	struct margins m;
	struct dd chance;

	if (in->group->confusion == NULL) {
		out->reason = no_classes;
		return;
	}
	m = margins_of(in->group->confusion);
	chance = dd_subtract(dd_multiply(m.all, m.all), m.true_predicted);
	out->defined = chance.high > 0;
	if (out->defined)
		out->value = dd_value(dd_divide(
		    dd_subtract(dd_multiply(m.all, m.right), m.true_predicted),
		    chance));
}

enum averaging { MACRO, WEIGHTED, MICRO };

/* What is summed over the classes. */
struct average {
	struct dd terms, weights;
	bool is_empty_term; /* one is 0/0 */
};

static void
add_term(struct average *average, const struct metric *metric,
    const struct counts *counts, enum averaging averaging)
{
	static const cell_factors support = { [CELL_TP] = 1, [CELL_FN] = 1 };
	struct dd top = dd_of(counts_total(counts, metric->numerator));
	struct dd below = dd_of(counts_total(counts, metric->denominator));
	struct dd weight =
	    dd_of(averaging == WEIGHTED ? counts_total(counts, support) : 1);

	if (averaging == MICRO) {
		average->terms = dd_add(average->terms, top);
		average->weights = dd_add(average->weights, below);
	} else if (weight.high > 0 && below.high <= 0) {
		average->is_empty_term = true;
	} else if (weight.high > 0) {
		average->terms = dd_add(
		    average->terms, dd_multiply(weight, dd_divide(top, below)));
		average->weights = dd_add(average->weights, weight);
	}
}

static void
take_average(const struct metric_input *in, enum averaging averaging,
    struct metric_value *out)
{
	const struct confusion *c = in->group->confusion;
	struct average average = { .is_empty_term = false };

	if (c == NULL) {
		out->reason = no_classes;
		return;
	}
	for (size_t i = 0; i < c->n; i++) {
		struct counts counts = against_rest(c, i);

		add_term(&average, in->metric, &counts, averaging);
	}
	out->defined = !average.is_empty_term && average.weights.high > 0;
	if (!out->defined && !average.is_empty_term)
		out->reason = no_pair;
	if (!out->defined)
		return;
	out->value = dd_value(dd_divide(average.terms, average.weights));
	out->has_counts = averaging == MICRO;
	if (!out->has_counts)
		return;
	out->numerator = dd_value(average.terms);
	out->denominator = dd_value(average.weights);
}

void
multiclass_macro(const struct metric_input *in, struct metric_value *out)
{
	take_average(in, MACRO, out);
}

void
multiclass_weighted(const struct metric_input *in, struct metric_value *out)
{
	take_average(in, WEIGHTED, out);
}

void
multiclass_micro(const struct metric_input *in, struct metric_value *out)
{
	take_average(in, MICRO, out);
}

void
multiclass_cell(const struct metric_input *in, struct metric_value *out)
{
	const struct confusion *c = in->group->confusion;
	const char *predicted = in->metric->predicted;

	if (c == NULL || predicted == NULL) {
		out->reason = no_classes;
		return;
	}
	for (size_t i = 0; i < c->n; i++)
		for (size_t k = 0; k < c->n; k++) {
			if (strcmp(c->classes[i], in->metric->class) != 0 ||
			    strcmp(c->classes[k], predicted) != 0)
				continue;
			out->defined = true;
			out->value = c->cells[i * c->n + k];
		}
}
