#include "measure/spread_index.h"

#include <math.h>

#include "base/dd.h"

/* Entropies. */

/* So many rows with so much benefit each. */
struct benefit {
	double rows;
	struct dd each;
};

static double
rows_of(const struct group *group, enum cell cell)
{
	return (double)group->counts.rows[cell];
}

/* Rows with label and prediction, and the sum of their benefits. */
static void
add_group(const struct group *group, double *rows, double *sum)
{
	double tp = rows_of(group, CELL_TP), tn = rows_of(group, CELL_TN);
	double fp = rows_of(group, CELL_FP), fn = rows_of(group, CELL_FN);

	*rows += tp + tn + fp + fn;
	*sum += tp + tn + 2 * fp;
}

static struct benefit
mean_benefit(double rows, double sum)
{
	struct benefit b = { rows, dd_of(0) };

	if (rows > 0)
		b.each = dd_divide(dd_of(sum), dd_of(rows));
	return b;
}

enum index { ENTROPY, THEIL, VARIATION };

static struct metric_value
index_of(const struct benefit *b, size_t n, enum index index)
{
	struct dd rows = dd_of(0), sum = dd_of(0), total = dd_of(0), mean;

	for (size_t i = 0; i < n; i++) {
		rows = dd_add(rows, dd_of(b[i].rows));
		sum = dd_add(sum, dd_multiply(dd_of(b[i].rows), b[i].each));
	}
	if (sum.high <= 0)
		return spread_undefined(rows.high > 0 ?
			"no row has a benefit" :
			"no row has both a label and a prediction");
	mean = dd_divide(sum, rows);
	for (size_t i = 0; i < n; i++) {
		struct dd part = dd_divide(b[i].each, mean), term = dd_of(0);

		if (index != THEIL)
			term = dd_subtract(dd_multiply(part, part), dd_of(1));
		else if (part.high > 0)
			term = dd_multiply(part, dd_log(part));
		total = dd_add(total, dd_multiply(dd_of(b[i].rows), term));
	}
	total = dd_divide(total, rows);
	if (index == ENTROPY)
		total = dd_divide(total, dd_of(2));
	return spread_number(
	    dd_value(index == VARIATION ? dd_root(total) : total));
}

static void
append_indices(struct spread_maker *maker, const char *prefix, const char *pair,
    const struct benefit *b, size_t n)
{
	static const struct {
		const char *name;
		enum index index;
	} indices[] = {
		{ "generalized_entropy_index", ENTROPY },
		{ "theil_index", THEIL },
		{ "coefficient_of_variation", VARIATION },
	};

	for (size_t i = 0; i < sizeof(indices) / sizeof(indices[0]); i++) {
		struct metric_value value = index_of(b, n, indices[i].index);

		spread_append(maker,
		    arena_printf(maker->arena, "%s%s", prefix, indices[i].name),
		    pair, &value)
		    ->reference = maker->reference->name;
	}
}

void
spread_entropies(struct spread_maker *maker)
{
	struct benefit every[3] = { { 0, dd_of(0) }, { 0, dd_of(1) },
		{ 0, dd_of(2) } };
	double rows[2] = { 0 }, sums[2] = { 0 };
	struct benefit sides[2], *groups;
	const char *pair;

	if (maker->reference == NULL || maker->n < 2)
		return;
	groups = arena_array(maker->arena, maker->n, sizeof(groups[0]));
	pair = arena_printf(
	    maker->arena, "unprivileged vs %s", maker->reference->name);
	for (size_t i = 0; i < maker->n; i++) {
		const struct group *group = maker->groups[i];
		size_t side = group == maker->reference;
		double n = 0, sum = 0;

		every[0].rows += rows_of(group, CELL_FN);
		every[1].rows +=
		    rows_of(group, CELL_TP) + rows_of(group, CELL_TN);
		every[2].rows += rows_of(group, CELL_FP);
		add_group(group, &n, &sum);
		groups[i] = mean_benefit(n, sum);
		rows[side] += n;
		sums[side] += sum;
	}
	for (size_t side = 0; side < 2; side++)
		sides[side] = mean_benefit(rows[side], sums[side]);
	append_indices(maker, "", pair, every, 3);
	append_indices(maker, "between_group_", pair, sides, 2);
	append_indices(maker, "between_all_groups_", pair, groups, maker->n);
}

/* Differential fairness. */

/* The extremes of the smoothed shares of the groups. */
struct shares {
	struct dd low, high;
	size_t n;
};

static void
add_share(struct shares *shares, double k, double n)
{
	struct dd share = dd_divide(dd_of(k + 0.5), dd_of(n + 1));

	if (shares->n == 0 || dd_compare(share, shares->low) < 0)
		shares->low = share;
	if (shares->n == 0 || dd_compare(share, shares->high) > 0)
		shares->high = share;
	shares->n++;
}

/*
 * The largest log ratio lies between the extremes, whose complements are the
 * extremes of the complements.
 */
static struct metric_value
largest_log_ratio(const struct shares *shares)
{
	struct dd one = dd_of(1), yes, no;

	if (shares->n < 2)
		return spread_undefined("fewer than two groups have rows");
	yes = dd_log(dd_divide(shares->high, shares->low));
	no = dd_log(dd_divide(
	    dd_subtract(one, shares->low), dd_subtract(one, shares->high)));
	return spread_number(fmax(dd_value(yes), dd_value(no)));
}

void
spread_differential(struct spread_maker *maker)
{
	const struct metric *selected = spread_metric("selection_rate");
	const struct metric *positive = spread_metric("base_rate");
	struct shares predictions = { .n = 0 }, labels = { .n = 0 };
	struct metric_value by_model, by_label, more;

	for (size_t i = 0; i < maker->n; i++) {
		struct metric_value value;

		metric_measure(
		    selected, maker->groups[i], maker->whole, &value);
		if (value.denominator > 0)
			add_share(
			    &predictions, value.numerator, value.denominator);
		metric_measure(
		    positive, maker->groups[i], maker->whole, &value);
		if (value.denominator > 0)
			add_share(&labels, value.numerator, value.denominator);
	}
	by_model = largest_log_ratio(&predictions);
	by_label = largest_log_ratio(&labels);
	more = spread_difference(&by_model, &by_label);
	spread_append(maker, "differential_fairness", SPREAD_ALL, &by_model)
	    ->n_left_out = maker->n - predictions.n;
	spread_append(maker, "differential_fairness_bias_amplification",
	    maker->reference != NULL ?
		arena_printf(maker->arena, "unprivileged vs %s",
		    maker->reference->name) :
		SPREAD_ALL,
	    &more)
	    ->n_left_out = maker->n - labels.n;
}
