#include "measure/recalibration.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/real.h"
#include "measure/known.h"
#include "measure/score.h"

#define CLIP 1e-15
#define NEAR 1e-12 /* a last step so small leaves nothing to gain */
#define FAR 30     /* so far, in logits, may one step move a row */
#define LOSS 1e-6  /* so much of a difference is still exact enough */

enum { FEW = 4096 };

struct line {
	double intercept, slope;
};

/* Rows of one score: its logit, and their weights by label. */
struct rows {
	double x, no, yes;
};

/* The rows of a group. */
struct sample {
	struct rows *rows;
	size_t n;
};

/* A step of the line. */
struct step {
	double intercept, slope;
};

/*
 * How the log likelihood rises, and how it bends, about the mean logit of the
 * rows, each as heavy as it bends there: no difference of large numbers.
 */
struct bend {
	double mean;     /* of the logits */
	double rise;     /* by intercept ... */
	double about;    /* ... and by a slope that turns about the mean */
	double rows;     /* how it bends by intercept ... */
	double variance; /* ... and by slope about the mean */
	double lost;     /* what was subtracted from the variance */
};

static double
logit(struct dd score)
{
	struct dd rest;

	if (score.high < CLIP)
		score = dd_of(CLIP);
	rest = dd_subtract(dd_of(1), score);
	if (rest.high < CLIP) {
		rest = dd_of(CLIP);
		score = dd_subtract(dd_of(1), rest);
	}
	return dd_value(dd_log(dd_divide(score, rest)));
}

/* What a row bends, and by how much it pulls, at a line. */
static void
pull(const struct rows *r, const struct line *line, double *weight,
    double *error)
{
	double eta = line->intercept + line->slope * r->x;
	double small = real_exp(-fabs(eta));
	double no = (eta >= 0 ? small : 1) / (1 + small);
	double yes = (eta >= 0 ? 1 : small) / (1 + small);

	*weight = (r->no + r->yes) * no * yes;
	*error = r->yes * no - r->no * yes;
}

/* About a logit that is near the mean. */
static struct bend
bend_about(const struct sample *sample, const struct line *line, double middle)
{
	struct dd rise = { 0, 0 }, about = { 0, 0 };
	struct bend bend = { .mean = middle };
	double weight, error, sum = 0, from;

	for (size_t i = 0; i < sample->n; i++) {
		double x = sample->rows[i].x - middle;

		pull(&sample->rows[i], line, &weight, &error);
		rise = dd_add(rise, dd_of(error));
		about = dd_add(about, dd_of(error * x));
		bend.rows += weight;
		sum += weight * x;
		bend.variance += weight * x * x;
	}
	from = bend.rows > 0 ? sum / bend.rows : 0;
	bend.mean += from;
	bend.variance -= sum * from;
	bend.lost = sum * from;
	bend.rise = dd_value(rise);
	bend.about =
	    dd_value(dd_subtract(about, dd_multiply(rise, dd_of(from))));
	return bend;
}

/* Once more where the mean is so far off that digits are lost. */
static struct bend
bend_at(const struct sample *sample, const struct line *line, double middle)
{
	struct bend bend = bend_about(sample, line, middle);

	return bend.variance > LOSS * bend.lost ?
	    bend :
	    bend_about(sample, line, bend.mean);
}

/* The rows with a label and a score; the caller frees them. */
static struct sample
sample_of(const struct distribution *scores)
{
	struct sample sample = { NULL, 0 };

	sample.rows = memory_grow(NULL, scores->n, sizeof(sample.rows[0]));
	for (size_t i = 0; i < scores->n; i++) {
		struct rows rows = { 0, score_weight(scores, i, BINARY_NO),
			score_weight(scores, i, BINARY_YES) };

		if (rows.no + rows.yes <= 0)
			continue;
		rows.x = logit(score_at(scores, i));
		sample.rows[sample.n++] = rows;
	}
	return sample;
}

/* Rows in the order of their scores, drawn together to a few of them. */
static struct sample
draw_together(const struct sample *sample)
{
	struct sample few = { NULL, 0 };
	size_t step = sample->n / FEW + 1;

	few.rows = memory_grow(NULL, FEW, sizeof(few.rows[0]));
	for (size_t i = 0; i < sample->n; i += step) {
		struct rows *to = &few.rows[few.n++];
		double all = 0, sum = 0;

		*to = (struct rows){ 0, 0, 0 };
		for (size_t k = i; k < i + step && k < sample->n; k++) {
			const struct rows *r = &sample->rows[k];

			to->no += r->no;
			to->yes += r->yes;
			all += r->no + r->yes;
			sum += (r->no + r->yes) * r->x;
		}
		to->x = sum / all;
	}
	return few;
}

/* The lowest and the highest score of a label. */
struct span {
	double low, high;
	bool any;
};

static struct span
span_of(const struct distribution *scores, enum binary label)
{
	struct span span = { 0, 0, false };

	for (size_t i = 0; i < scores->n; i++) {
		if (score_weight(scores, i, label) <= 0)
			continue;
		span.high = scores->value[i];
		span.low = span.any ? span.low : span.high;
		span.any = true;
	}
	return span;
}

/* Whether the likelihood has a maximum; else the reason. */
static bool
has_maximum(const struct distribution *scores, struct metric_value *out)
{
	struct span yes = span_of(scores, BINARY_YES);
	struct span no = span_of(scores, BINARY_NO);

	if (!yes.any || !no.any)
		out->reason = "only one class occurs among the labels";
	else if (no.high <= yes.low || yes.high <= no.low)
		out->reason = "a threshold separates the classes, so that the "
			      "fit has no end";
	return out->reason == NULL;
}

/* Newton's step, cut where it would move a row too far to be foreseen. */
static struct step
step_of(const struct sample *sample, const struct bend *at)
{
	struct step step;
	double far = 0;

	step.slope = at->about / at->variance;
	step.intercept = at->rise / at->rows - at->mean * step.slope;
	for (size_t i = 0; i < sample->n; i++)
		far = fmax(
		    far, fabs(step.intercept + step.slope * sample->rows[i].x));
	if (far > FAR) {
		step.intercept *= FAR / far;
		step.slope *= FAR / far;
	}
	return step;
}

/* How steeply the likelihood rises along a step. */
static double
rise_by(const struct bend *at, const struct step *step)
{
	return at->rise * (step->intercept + at->mean * step->slope) +
	    at->about * step->slope;
}

/*
 * Newton's steps to the greatest likelihood.  Along a step the
 * likelihood is concave: a step is halved while at its end the likelihood
 * falls more than a little of how steeply it rose at its beginning.
 */
static bool
fit(const struct sample *sample, struct line *line)
{
	enum { STEPS = 100, HALVINGS = 60, LITTLE = 10 };
	struct bend at = bend_at(sample, line, 0);

	for (int i = 0; i < STEPS; i++) {
		struct step step;
		struct line to;
		double rise, fall;

		if (!(at.rows > 0) || !(at.variance > 0))
			return false;
		step = step_of(sample, &at);
		rise = rise_by(&at, &step);
		for (int k = 0; k < HALVINGS; k++) {
			to.intercept = line->intercept + step.intercept;
			to.slope = line->slope + step.slope;
			at = bend_at(sample, &to, at.mean);
			fall = -rise_by(&at, &step);
			if (fall <= ldexp(rise, -k) / LITTLE)
				break;
			step.intercept /= 2;
			step.slope /= 2;
		}
		*line = to;
		if (fabs(step.intercept) <=
			NEAR * fmax(1, fabs(to.intercept)) &&
		    fabs(step.slope) <= NEAR * fmax(1, fabs(to.slope)))
			return true;
	}
	return false;
}

/* The line of slope 0 that fits best: the logit of the share of positives. */
static struct line
level_of(const struct sample *sample)
{
	double no = 0, yes = 0;

	for (size_t i = 0; i < sample->n; i++) {
		no += sample->rows[i].no;
		yes += sample->rows[i].yes;
	}
	return (struct line){ dd_value(dd_log(dd_of(yes / no))), 0 };
}

/* Where there are many rows, a few that stand for them tell where to begin. */
static bool
fit_all(const struct sample *sample, struct line *line)
{
	struct sample few;

	*line = level_of(sample);
	if (sample->n > FEW) {
		few = draw_together(sample);
		if (!fit(&few, line))
			*line = level_of(sample);
		free(few.rows);
	}
	return fit(sample, line);
}

static struct known_fit
recalibrate(const struct metric_input *in)
{
	const struct distribution *scores = in->group->scores;
	struct metric_value value = { .defined = false };
	struct line line = { 0, 0 };
	struct sample sample;

	if (scores != NULL && scores->known != NULL &&
	    scores->known->fit.is_known)
		return scores->known->fit;
	if (score_is_probability(in, &value) && has_maximum(scores, &value)) {
		sample = sample_of(scores);
		if (!fit_all(&sample, &line))
			value.reason = "the fit did not converge";
		free(sample.rows);
	}
	return (struct known_fit){ .is_known = true,
		.reason = value.reason,
		.intercept = line.intercept,
		.slope = line.slope };
}

/* The line of a group; false when there is none. */
static bool
find_line(const struct metric_input *in, struct known_fit *fit,
    struct metric_value *out)
{
	const struct distribution *scores = in->group->scores;

	*fit = recalibrate(in);
	if (scores != NULL && scores->known != NULL)
		scores->known->fit = *fit;
	out->reason = fit->reason;
	out->defined = fit->reason == NULL;
	return out->defined;
}

void
recalibration_slope(const struct metric_input *in, struct metric_value *out)
{
	struct known_fit line;

	if (find_line(in, &line, out))
		out->value = line.slope;
}

void
recalibration_intercept(const struct metric_input *in, struct metric_value *out)
{
	struct known_fit line;

	if (find_line(in, &line, out))
		out->value = line.intercept;
}

/* Squares of what the rows of a score change intercept and slope by. */
static void
add_squares(const struct rows *r, const struct line *line,
    const struct bend *at, const double units[BINARY_COUNT],
    double variances[2])
{
	double eta = line->intercept + line->slope * r->x;
	double small = real_exp(-fabs(eta));
	double p = (eta >= 0 ? 1 : small) / (1 + small);
	double sum = units[BINARY_YES] * r->yes * (1 - p) * (1 - p) +
	    units[BINARY_NO] * r->no * p * p;
	double slope = (r->x - at->mean) / at->variance;
	double intercept = 1 / at->rows - at->mean * slope;

	variances[0] += sum * intercept * intercept;
	variances[1] += sum * slope * slope;
}

bool
recalibration_variances(const struct metric_input *in,
    const double units[BINARY_COUNT], double variances[2])
{
	struct metric_value value = { .defined = false };
	struct sample sample;
	struct known_fit known;
	struct bend at;
	struct line line;

	if (!find_line(in, &known, &value))
		return false;
	if (known.has_variances) {
		memcpy(variances, known.variances, sizeof(known.variances));
		return true;
	}
	line = (struct line){ known.intercept, known.slope };
	sample = sample_of(in->group->scores);
	at = bend_at(&sample, &line, 0);
	variances[0] = variances[1] = 0;
	for (size_t i = 0; i < sample.n; i++)
		add_squares(&sample.rows[i], &line, &at, units, variances);
	free(sample.rows);
	if (in->group->scores->known != NULL) {
		struct known_fit *fit = &in->group->scores->known->fit;

		memcpy(fit->variances, variances, sizeof(fit->variances));
		fit->has_variances = true;
	}
	return true;
}
