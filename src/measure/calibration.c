#include "measure/calibration.h"

#include <math.h>

#include "measure/score.h"

#define PI 3.14159265358979323846

struct binning {
	double bins;
	bool closes_left;
	bool maximum; /* of the gaps, rather than their mean */
};

/* What a bin has, and what those before it made. */
struct bin {
	long number;
	struct dd rows, scores, positives;
};

struct errors {
	struct dd sum, rows, most;
};

/* A score this near to an edge is on it: the decimal says so. */
#define EDGE 0x1p-80

static long
bin_of(struct dd score, const struct binning *b)
{
	struct dd place = dd_multiply(score, dd_of(b->bins));
	double near = floor(place.high + 0.5);
	double away = dd_value(dd_subtract(place, dd_of(near)));
	bool on_edge = fabs(away) < EDGE * b->bins;
	double number = on_edge || away > 0 ? near : near - 1;

	if (!b->closes_left && on_edge)
		number--;
	return (long)fmax(0, fmin(number, b->bins - 1));
}

static void
close_bin(struct errors *errors, const struct bin *bin)
{
	struct dd gap = dd_subtract(bin->scores, bin->positives);
	struct dd mean;

	if (bin->rows.high <= 0)
		return;
	if (gap.high < 0)
		gap = dd_subtract(dd_of(0), gap);
	mean = dd_divide(gap, bin->rows);
	errors->sum = dd_add(errors->sum, gap);
	errors->rows = dd_add(errors->rows, bin->rows);
	if (dd_compare(mean, errors->most) > 0)
		errors->most = mean;
}

/* Scores ascend, so the rows of a bin come together. */
static void
take_errors(const struct metric_input *in, const struct binning *binning,
    struct metric_value *out)
{
	const struct distribution *scores = in->group->scores;
	struct errors errors = { .sum = { 0, 0 } };
	struct bin bin = { .number = 0 };

	if (!score_is_probability(in, out))
		return;
	for (size_t i = 0; i < scores->n; i++) {
		struct dd score = score_at(scores, i);
		struct dd yes = dd_of(score_weight(scores, i, BINARY_YES));
		struct dd rows =
		    dd_add(yes, dd_of(score_weight(scores, i, BINARY_NO)));
		long number = bin_of(score, binning);

		if (number != bin.number) {
			close_bin(&errors, &bin);
			bin = (struct bin){ .number = number };
		}
		bin.rows = dd_add(bin.rows, rows);
		bin.scores = dd_add(bin.scores, dd_multiply(rows, score));
		bin.positives = dd_add(bin.positives, yes);
	}
	close_bin(&errors, &bin);
	out->defined = errors.rows.high > 0;
	if (!out->defined)
		return;
	out->value =
	    dd_value(binning->maximum ? errors.most :
					dd_divide(errors.sum, errors.rows));
	if (scores->weight == NULL)
		out->effective = dd_value(errors.rows);
}

void
calibration_expected_left(
    const struct metric_input *in, struct metric_value *out)
{
	take_errors(
	    in, &(struct binning){ in->metric->number, true, false }, out);
}

void
calibration_expected_right(
    const struct metric_input *in, struct metric_value *out)
{
	take_errors(
	    in, &(struct binning){ in->metric->number, false, false }, out);
}

void
calibration_maximum_left(
    const struct metric_input *in, struct metric_value *out)
{
	take_errors(
	    in, &(struct binning){ in->metric->number, true, true }, out);
}

void
calibration_maximum_right(
    const struct metric_input *in, struct metric_value *out)
{
	take_errors(
	    in, &(struct binning){ in->metric->number, false, true }, out);
}

bool
calibration_by_chance(const struct metric_input *in, double *out)
{
	const struct distribution *scores = in->group->scores;
	const struct binning binning = { in->metric->number,
		in->metric->formula == calibration_expected_left, false };
	struct metric_value value = { .defined = false };
	double sum = 0, rows = 0, spread = 0;
	long number = 0;

	if ((in->metric->formula != calibration_expected_left &&
		in->metric->formula != calibration_expected_right) ||
	    !score_is_probability(in, &value) || scores->weight != NULL)
		return false;
	for (size_t i = 0; i < scores->n; i++) {
		double n = score_weight(scores, i, BINARY_YES) +
		    score_weight(scores, i, BINARY_NO);
		double s = scores->value[i];
		long bin = bin_of(score_at(scores, i), &binning);

		if (bin != number) {
			sum += sqrt(spread);
			spread = 0;
			number = bin;
		}
		spread += n * s * (1 - s);
		rows += n;
	}
	sum += sqrt(spread);
	*out = sum * sqrt(2 / PI) / rows;
	return rows > 0;
}
