#include "measure/metric_counts.h"

#include <math.h>

#include "base/dd.h"

/* The cells of rows with label and prediction, and their sums. */
struct table {
	struct dd tp, fp, fn, tn;
	struct dd yes, no, selected, refused;
};

static struct dd
total(const struct counts *counts, enum cell cell)
{
	cell_factors factors = { 0 };

	factors[cell] = 1;
	return dd_of(counts_total(counts, factors));
}

static struct table
table_of(const struct counts *counts)
{
	struct table t = { .tp = total(counts, CELL_TP),
		.fp = total(counts, CELL_FP),
		.fn = total(counts, CELL_FN),
		.tn = total(counts, CELL_TN) };

	t.yes = dd_add(t.tp, t.fn);
	t.no = dd_add(t.tn, t.fp);
	t.selected = dd_add(t.tp, t.fp);
	t.refused = dd_add(t.tn, t.fn);
	return t;
}

/* Over one denominator, (tp no + tn yes) / (2 yes no), so rounded once. */
void
counts_balanced_accuracy(
    const struct metric_input *in, struct metric_value *out)
{
	struct table t = table_of(&in->group->counts);
	struct dd both = dd_multiply(t.yes, t.no);

	out->defined = both.high > 0;
	if (out->defined)
		out->value = dd_value(dd_divide(
		    dd_add(dd_multiply(t.tp, t.no), dd_multiply(t.tn, t.yes)),
		    dd_add(both, both)));
}

/* Two roots, since the product of four counts would lose digits. */
void
counts_matthews(const struct metric_input *in, struct metric_value *out)
{
	struct table t = table_of(&in->group->counts);
	struct dd labels = dd_multiply(t.yes, t.no);
	struct dd predictions = dd_multiply(t.selected, t.refused);
	struct dd numerator =
	    dd_subtract(dd_multiply(t.tp, t.tn), dd_multiply(t.fp, t.fn));

	out->defined = labels.high > 0 && predictions.high > 0;
	if (out->defined)
		out->value = fmax(-1,
		    fmin(1,
			dd_value(dd_divide(numerator,
			    dd_multiply(
				dd_root(labels), dd_root(predictions))))));
}

void
counts_sum(const struct metric_input *in, struct metric_value *out)
{
	out->defined = true;
	out->value = counts_total(&in->group->counts, in->metric->numerator);
}

void
counts_count(const struct metric_input *in, struct metric_value *out)
{
	out->defined = true;
	out->value = (double)group_rows(in->group);
}
