#include "measure/score.h"

#define CLIP 1e-15

static const char no_scores[] = "the rows have no scores";
static const char no_positive[] = "0 rows with a score are labelled positive";
static const char no_negative[] = "0 rows with a score are labelled negative";

/* Points. */

struct dd
score_at(const struct distribution *scores, size_t point)
{
	return (struct dd){ scores->value[point],
		scores->rest != NULL ? scores->rest[point] : 0 };
}

double
score_weight(const struct distribution *scores, size_t point, enum binary label)
{
	return scores->weight != NULL ? scores->weight[point][label] :
					(double)scores->rows[point][label];
}

struct dd
score_total(const struct distribution *scores, enum binary label)
{
	struct dd sum = dd_of(0);
	unsigned long long rows = 0;

	for (size_t i = 0; i < scores->n && scores->weight == NULL; i++)
		rows += scores->rows[i][label];
	for (size_t i = 0; i < scores->n && scores->weight != NULL; i++)
		sum = dd_add(sum, dd_of(scores->weight[i][label]));
	return scores->weight == NULL ? dd_of((double)rows) : sum;
}

bool
score_is_probability(const struct metric_input *in, struct metric_value *out)
{
	const struct distribution *all = in->whole->scores;

	if (in->group->scores == NULL || all == NULL)
		out->reason = no_scores;
	else if (all->n > 0 &&
	    (score_at(all, 0).high < 0 || score_at(all, all->n - 1).high > 1))
		out->reason = "scores lie outside 0 to 1";
	return out->reason == NULL;
}

/* Rows with a label and a score, were they all of equal weight. */
static void
set_effective(const struct distribution *scores, struct metric_value *out)
{
	if (scores->weight == NULL)
		out->effective =
		    dd_value(dd_add(score_total(scores, BINARY_YES),
			score_total(scores, BINARY_NO)));
}

/* Both classes, or the reason why there is nothing to rank. */
struct classes {
	const struct distribution *scores;
	struct dd yes, no;
};

static bool
find_classes(const struct metric_input *in, struct classes *classes,
    struct metric_value *out)
{
	classes->scores = in->group->scores;
	if (classes->scores == NULL) {
		out->reason = no_scores;
		return false;
	}
	classes->yes = score_total(classes->scores, BINARY_YES);
	classes->no = score_total(classes->scores, BINARY_NO);
	set_effective(classes->scores, out);
	if (classes->yes.high <= 0)
		out->reason = no_positive;
	else if (classes->no.high <= 0)
		out->reason = no_negative;
	return out->reason == NULL;
}

/* Ranks. */

/* Twice the pairs that a positive wins, and all pairs. */
struct pairs {
	struct dd twice, all;
};

__extension__ typedef unsigned __int128 wide;

static struct dd
dd_of_wide(wide n)
{
	double high = (double)n;

	return n >= (wide)high ? dd_sum(high, (double)(n - (wide)high)) :
				 dd_sum(high, -(double)((wide)high - n));
}

static struct pairs
pairs_of_rows(const struct distribution *scores)
{
	wide below = 0, twice = 0, yes = 0;

	for (size_t i = 0; i < scores->n; i++) {
		wide negatives = scores->rows[i][BINARY_NO];
		wide positives = scores->rows[i][BINARY_YES];

		twice += positives * (2 * below + negatives);
		below += negatives;
		yes += positives;
	}
	return (struct pairs){ dd_of_wide(twice), dd_of_wide(yes * below) };
}

static struct pairs
pairs_of_weights(const struct classes *c)
{
	struct pairs pairs = { { 0, 0 }, dd_multiply(c->yes, c->no) };
	struct dd below = dd_of(0);

	for (size_t i = 0; i < c->scores->n; i++) {
		struct dd no = dd_of(score_weight(c->scores, i, BINARY_NO));
		struct dd yes = dd_of(score_weight(c->scores, i, BINARY_YES));
		struct dd beaten = dd_add(dd_add(below, below), no);

		pairs.twice = dd_add(pairs.twice, dd_multiply(yes, beaten));
		below = dd_add(below, no);
	}
	return pairs;
}

void
score_roc_auc(const struct metric_input *in, struct metric_value *out)
{
	struct classes c;
	struct pairs pairs;

	if (!find_classes(in, &c, out)) {
		out->has_counts = true; /* 0 of 0 pairs */
		return;
	}
	pairs = c.scores->weight == NULL ? pairs_of_rows(c.scores) :
					   pairs_of_weights(&c);
	out->defined = out->has_counts = true;
	out->numerator = dd_value(pairs.twice) / 2;
	out->denominator = dd_value(pairs.all);
	out->value = dd_value(dd_divide(pairs.twice, pairs.all)) / 2;
}

void
score_gini(const struct metric_input *in, struct metric_value *out)
{
	score_roc_auc(in, out);
	out->has_counts = false;
	if (out->defined)
		out->value =
		    (2 * out->numerator - out->denominator) / out->denominator;
}

void
score_average_precision(const struct metric_input *in, struct metric_value *out)
{
	const struct distribution *scores = in->group->scores;
	struct dd yes = dd_of(0), all = dd_of(0), sum = dd_of(0), total;

	if (scores == NULL) {
		out->reason = no_scores;
		return;
	}
	total = score_total(scores, BINARY_YES);
	set_effective(scores, out);
	out->defined = total.high > 0;
	if (!out->defined)
		return;
	for (size_t i = scores->n; i-- > 0;) {
		struct dd step = dd_of(score_weight(scores, i, BINARY_YES));

		yes = dd_add(yes, step);
		all = dd_add(all,
		    dd_add(step, dd_of(score_weight(scores, i, BINARY_NO))));
		if (step.high > 0)
			sum =
			    dd_add(sum, dd_divide(dd_multiply(step, yes), all));
	}
	out->value = dd_value(dd_divide(sum, total));
}

void
score_ks(const struct metric_input *in, struct metric_value *out)
{
	struct classes c;
	struct dd yes = dd_of(0), no = dd_of(0), most = dd_of(0);

	if (!find_classes(in, &c, out))
		return;
	for (size_t i = c.scores->n; i-- > 0;) {
		struct dd gap;

		yes = dd_add(yes, dd_of(score_weight(c.scores, i, BINARY_YES)));
		no = dd_add(no, dd_of(score_weight(c.scores, i, BINARY_NO)));
		gap =
		    dd_subtract(dd_multiply(yes, c.no), dd_multiply(no, c.yes));
		if (dd_compare(gap, most) > 0)
			most = gap;
	}
	out->defined = true;
	out->value = dd_value(dd_divide(most, dd_multiply(c.yes, c.no)));
}

/* Means. */

/* What a row of a label contributes to a mean. */
typedef struct dd term_of(struct dd score, enum binary label);

/* The mean of a term over the rows with a score and one of these labels. */
static void
take_mean(const struct distribution *scores, const bool labels[BINARY_COUNT],
    term_of *term, struct metric_value *out)
{
	struct dd sum = dd_of(0), total = dd_of(0);

	for (size_t i = 0; i < scores->n; i++) {
		struct dd score = score_at(scores, i);

		for (enum binary k = BINARY_MISSING; k < BINARY_COUNT; k++) {
			struct dd w = dd_of(score_weight(scores, i, k));

			if (!labels[k] || w.high <= 0)
				continue;
			sum = dd_add(sum, dd_multiply(w, term(score, k)));
			total = dd_add(total, w);
		}
	}
	out->defined = total.high > 0;
	if (out->defined)
		out->value = dd_value(dd_divide(sum, total));
	if (scores->weight == NULL)
		out->effective = dd_value(total);
}

static const bool labelled[] = { false, true, true };

static struct dd
the_score(struct dd score, enum binary label)
{
	(void)label;
	return score;
}

static struct dd
error(struct dd score, enum binary label)
{
	return dd_subtract(score, dd_of(label == BINARY_YES));
}

static struct dd
squared_error(struct dd score, enum binary label)
{
	struct dd e = error(score, label);

	return dd_multiply(e, e);
}

static struct dd
loss(struct dd score, enum binary label)
{
	struct dd right =
	    label == BINARY_YES ? score : dd_subtract(dd_of(1), score);
	struct dd most = dd_subtract(dd_of(1), dd_of(CLIP));

	if (right.high < CLIP)
		right = dd_of(CLIP);
	else if (dd_compare(right, most) > 0)
		right = most;
	return dd_subtract(dd_of(0), dd_log(right));
}

void
score_brier(const struct metric_input *in, struct metric_value *out)
{
	if (score_is_probability(in, out))
		take_mean(in->group->scores, labelled, squared_error, out);
}

void
score_log_loss(const struct metric_input *in, struct metric_value *out)
{
	if (score_is_probability(in, out))
		take_mean(in->group->scores, labelled, loss, out);
}

/* The mean score of the rows with one of these labels. */
static void
mean_of(const struct metric_input *in, const bool labels[BINARY_COUNT],
    struct metric_value *out)
{
	if (in->group->scores == NULL)
		out->reason = no_scores;
	else
		take_mean(in->group->scores, labels, the_score, out);
}

void
score_mean(const struct metric_input *in, struct metric_value *out)
{
	static const bool all[] = { true, true, true };

	mean_of(in, all, out);
}

void
score_mean_positives(const struct metric_input *in, struct metric_value *out)
{
	static const bool positive[] = { [BINARY_YES] = true };

	mean_of(in, positive, out);
}

void
score_mean_negatives(const struct metric_input *in, struct metric_value *out)
{
	static const bool negative[BINARY_COUNT] = { [BINARY_NO] = true };

	mean_of(in, negative, out);
}

void
score_calibration_in_the_large(
    const struct metric_input *in, struct metric_value *out)
{
	if (score_is_probability(in, out))
		take_mean(in->group->scores, labelled, error, out);
}

void
score_missing(const struct metric_input *in, struct metric_value *out)
{
	const struct distribution *scores = in->group->scores;
	struct dd missing = dd_of(0), all = dd_of(0);

	if (scores == NULL) {
		out->reason = no_scores;
		return;
	}
	for (enum binary k = BINARY_MISSING; k < BINARY_COUNT; k++) {
		missing = dd_add(missing,
		    dd_of(scores->weight != NULL ?
			    scores->n_missing_weight[k] :
			    (double)scores->n_missing[k]));
		all = dd_add(all, score_total(scores, k));
	}
	all = dd_add(all, missing);
	out->has_counts = true;
	out->numerator = dd_value(missing);
	out->denominator = dd_value(all);
	out->defined = out->denominator > 0;
	if (out->defined)
		out->value = out->numerator / out->denominator;
	out->is_share = scores->weight == NULL;
	out->effective = out->is_share ? out->denominator : 0;
}

unsigned long long
score_rows(const struct metric *metric, const struct group *group)
{
	const struct distribution *scores = group->scores;
	bool with[BINARY_COUNT] = { false, true, true };
	unsigned long long n = 0;

	if (scores == NULL)
		return 0;
	if (metric->formula == score_missing)
		return group_rows(group);
	if (metric->formula == score_mean)
		with[BINARY_MISSING] = true;
	if (metric->formula == score_mean_positives)
		with[BINARY_NO] = false;
	if (metric->formula == score_mean_negatives)
		with[BINARY_YES] = false;
	for (size_t i = 0; i < scores->n; i++)
		for (size_t k = 0; k < BINARY_COUNT; k++)
			n += with[k] ? scores->rows[i][k] : 0;
	return n;
}

static const cell_factors of_label[BINARY_COUNT] = {
	[BINARY_MISSING] = { [CELL_BLANK] = 1,
	    [CELL_REFUSED] = 1,
	    [CELL_SELECTED] = 1 },
	[BINARY_NO] = { [CELL_NEGATIVE] = 1, [CELL_TN] = 1, [CELL_FP] = 1 },
	[BINARY_YES] = { [CELL_POSITIVE] = 1, [CELL_FN] = 1, [CELL_TP] = 1 },
};

double
score_worth(const struct group *group, enum binary label, double weight)
{
	double all = counts_total(&group->counts, of_label[label]);

	if (!group->counts.weighted || !(all > 0))
		return weight;
	return weight * counts_effective(&group->counts, of_label[label]) / all;
}
