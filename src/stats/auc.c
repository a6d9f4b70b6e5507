#include "stats/auc.h"

#include <math.h>

#include "base/dd.h"
#include "stats/normal.h"

/*
 * The variance of the mean placement of the rows that are counted among the
 * others: of each point, the share of the others that lie below, ties one
 * half.  area is that mean.
 */
static double
placement_variance(const double rows[], const double others[], size_t n,
    double area, double effective)
{
	double below = 0, squares = 0;
	double n_rows = dd_total(rows, n), n_others = dd_total(others, n);

	for (size_t i = 0; i < n; i++) {
		double miss = (below + others[i] / 2) / n_others - area;

		squares += rows[i] * miss * miss;
		below += others[i];
	}
	return squares / n_rows / (effective - 1);
}

bool
auc_measure(const struct auc_points *p, struct auc *out)
{
	double no = dd_total(p->negatives, p->n);
	double yes = dd_total(p->positives, p->n);
	double below = 0, pairs = 0;

	if (!(no > 0 && yes > 0))
		return false;
	for (size_t i = 0; i < p->n; i++) {
		pairs += p->positives[i] * (below + p->negatives[i] / 2);
		below += p->negatives[i];
	}
	out->area = pairs / no / yes;
	out->has_variance = p->n_negatives > 1 && p->n_positives > 1;
	out->variance = 0;
	if (out->has_variance)
		out->variance = placement_variance(p->positives, p->negatives,
				    p->n, out->area, p->n_positives) +
		    placement_variance(p->negatives, p->positives, p->n,
			1 - out->area, p->n_negatives);
	return true;
}

bool
auc_interval(const struct auc *auc, double confidence, struct interval *out)
{
	double half;

	if (!auc->has_variance)
		return false;
	half = -normal_quantile((1 - confidence) / 2) * sqrt(auc->variance);
	out->lower = fmax(0, auc->area - half);
	out->upper = fmin(1, auc->area + half);
	return true;
}
