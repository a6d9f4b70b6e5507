#include "measure/influence.h"

#include <math.h>

#include "measure/recalibration.h"
#include "measure/score.h"

/* Weight of a label, and how many unweighted rows a unit of it is worth. */
struct side {
	double all, worth;
};

static struct side
side_of(const struct group *group, enum binary label)
{
	double all = dd_value(score_total(group->scores, label));

	return (struct side){ all, score_worth(group, label, all) };
}

/* The mean weight of a typical row: 1 when unweighted. */
static double
unit_of(const struct side *side)
{
	return side->worth > 0 ? side->all / side->worth : 0;
}

static void
set(struct estimate *out, double variance, double rows)
{
	out->kind = ESTIMATE_INFLUENCE;
	out->variance = variance * rows / (rows - 1);
	out->df = rows - 1;
	out->effective = rows;
}

/*
 * The average precision is the mean over positives of C / A, where C and A are
 * positives and all rows from their score up.  A row more at a score changes
 * these at every score below, and a positive is one more in the mean.
 */
bool
influence_average_precision(const struct group *group, struct estimate *out)
{
	const struct distribution *d = group->scores;
	struct side yes = side_of(group, BINARY_YES);
	struct side no = side_of(group, BINARY_NO);
	double positives = yes.all, all = yes.all + no.all, value = 0;
	double gain = 0, loss = 0, variance = 0;

	if (!(yes.worth > 1 && yes.worth + no.worth > 2))
		return false;
	for (size_t i = 0; i < d->n; i++) {
		double y = score_weight(d, i, BINARY_YES);

		if (y > 0)
			value += y * positives / all / yes.all;
		positives -= y;
		all -= y + score_weight(d, i, BINARY_NO);
	}
	positives = yes.all;
	all = yes.all + no.all;
	for (size_t i = 0; i < d->n; i++) {
		double y = score_weight(d, i, BINARY_YES);
		double n = score_weight(d, i, BINARY_NO);
		double precision = positives / all, of_yes, of_no;

		if (y + n <= 0)
			continue;
		gain += y / all;
		loss += y * precision / all;
		of_no = -loss / yes.all;
		of_yes = (precision - value + gain - loss) / yes.all;
		variance += unit_of(&yes) * y * of_yes * of_yes +
		    unit_of(&no) * n * of_no * of_no;
		positives -= y;
		all -= y + n;
	}
	set(out, variance, yes.worth + no.worth);
	return true;
}

bool
influence_ks(const struct group *group, struct estimate *out)
{
	const struct distribution *d = group->scores;
	struct side yes = side_of(group, BINARY_YES);
	struct side no = side_of(group, BINARY_NO);
	double above_yes = 0, above_no = 0, most = 0, tpr = 0, fpr = 0;

	if (!(yes.worth > 1 && no.worth > 1))
		return false;
	for (size_t i = d->n; i-- > 0;) {
		above_yes += score_weight(d, i, BINARY_YES) / yes.all;
		above_no += score_weight(d, i, BINARY_NO) / no.all;
		if (above_yes - above_no > most) {
			most = above_yes - above_no;
			tpr = fmin(1, above_yes);
			fpr = fmin(1, above_no);
		}
	}
	out->kind = ESTIMATE_INFLUENCE;
	out->variance = tpr * (1 - tpr) / (yes.worth - 1) +
	    fpr * (1 - fpr) / (no.worth - 1);
	out->effective = fmin(yes.worth, no.worth);
	out->df = out->effective - 1;
	return true;
}

bool
influence_calibration(const struct metric *metric, const struct group *group,
    const struct group *whole, struct estimate *out)
{
	struct side yes = side_of(group, BINARY_YES);
	struct side no = side_of(group, BINARY_NO);
	const struct metric_input in = { metric, group, whole };
	const double units[BINARY_COUNT] = {
		[BINARY_YES] = unit_of(&yes), [BINARY_NO] = unit_of(&no)
	};
	double variances[2];

	if (!(yes.worth + no.worth > 2) ||
	    !recalibration_variances(&in, units, variances))
		return false;
	set(out, variances[metric->formula == recalibration_slope],
	    yes.worth + no.worth);
	return true;
}
