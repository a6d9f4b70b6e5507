#include "measure/related.h"

#include <math.h>
#include <string.h>

#include "base/real.h"
#include "measure/multiclass.h"
#include "measure/ranking.h"

/* F1 of the Jaccard index: 2 J / (1 + J). */
static double
curve_f1(double share, double scale)
{
	(void)scale;
	return 2 * share / (1 + share);
}

/* The odds of a share. */
static double
curve_odds(double share, double scale)
{
	(void)scale;
	return share < 1 ? share / (1 - share) : HUGE_VAL;
}

static double
curve_share(double share, double scale)
{
	(void)scale;
	return share;
}

/* The logarithm of a share over that of all rows that are at the top. */
static double
curve_skew(double share, double scale)
{
	return share > 0 ? real_log(share * scale) : -HUGE_VAL;
}

/* Metrics of counts, by the cells of their share. */
static const struct {
	const char *name;
	cell_factors numerator, denominator;
	double (*curve)(double share, double scale);
} of_counts[] = {
	{ "f1_score", { [CELL_TP] = 1 },
	    { [CELL_TP] = 1, [CELL_FP] = 1, [CELL_FN] = 1 }, curve_f1 },
	{ "treatment_equality_ratio", { [CELL_FN] = 1 },
	    { [CELL_FN] = 1, [CELL_FP] = 1 }, curve_odds },
};

static bool
find_counts(
    const struct metric *metric, const struct group *group, struct related *out)
{
	const char *name =
	    metric->base != NULL ? metric->base->name : metric->name;
	const struct counts *c = &group->counts;
	struct group part;
	size_t i = 0, n = sizeof(of_counts) / sizeof(of_counts[0]);
	double k, all;

	while (i < n && strcmp(of_counts[i].name, name) != 0)
		i++;
	if (i == n || (group->confusion != NULL && metric->class == NULL))
		return false;
	if (metric->class != NULL) {
		if (!multiclass_against_rest(group, metric->class, &part))
			return false;
		c = &part.counts;
	}
	k = counts_total(c, of_counts[i].numerator);
	all = counts_total(c, of_counts[i].denominator);
	out->share.n = counts_effective(c, of_counts[i].denominator);
	if (!(all > 0 && out->share.n > 0))
		return false;
	out->share.k = c->weighted ? k / all * out->share.n : k;
	out->is_weighted = c->weighted;
	out->curve = of_counts[i].curve;
	return true;
}

static bool
find_places(const struct metric *metric, const struct group *group,
    const struct group *whole, struct related *out)
{
	const struct metric_input in = { metric, group, whole };
	struct metric_value value = { .defined = false };
	double all;

	ranking_selection_rate(&in, &value);
	if (!value.defined)
		return false;
	all = ranking_rows(whole);
	out->share = (struct rate){ value.numerator, value.denominator };
	out->is_weighted = value.numerator != floor(value.numerator);
	out->curve = metric->formula == ranking_skew ? curve_skew : curve_share;
	out->scale = all / fmin(all, metric->number);
	return true;
}

bool
related_find(const struct metric *metric, const struct group *group,
    const struct group *whole, struct related *out)
{
	*out = (struct related){ .scale = 1 };
	if (metric->formula == ranking_selection_rate ||
	    metric->formula == ranking_skew)
		return find_places(metric, group, whole, out);
	return find_counts(metric, group, out);
}

double
related_value(const struct related *related, double share)
{
	return related->curve(share, related->scale);
}
