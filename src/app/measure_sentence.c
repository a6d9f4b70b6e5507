#include "app/measure_sentence.h"

#include <math.h>
#include <string.h>

#include "app/measure_interval.h"
#include "app/measure_show.h"
#include "base/num.h"
#include "model/figure.h"

/* A number with so many decimals. */
static void
put_fixed(struct text *out, double value, unsigned decimals)
{
	char number[NUM_SIZE];

	num_write_fixed(value, decimals, number);
	text_puts(out, isinf(value) ? "infinite" : number);
}

/* A number that is no share, with about three digits. */
static void
put_plain(struct text *out, double value)
{
	double size = fabs(value);

	put_fixed(out, value, size >= 100 ? 1 : size >= 10 ? 2 : 3);
}

/* "228/310 = 73.5 %" */
static void
put_side(struct text *out, const struct metric *metric,
    const struct disparity_side *side)
{
	if (!side->defined) {
		text_printf(out, "undefined (%s)",
		    side->reason != NULL ? side->reason : "no value");
		return;
	}
	if (side->has_counts) {
		show_count(out, side->numerator);
		text_putc(out, '/');
		show_count(out, side->denominator);
		text_puts(out, " = ");
	}
	show_value(out, metric, side->value);
}

/* The label of a metric in the middle of a sentence. */
static void
put_label(struct text *out, const struct metric *metric)
{
	const char *label = metric_label(metric->name);
	bool is_word = label[0] >= 'A' && label[0] <= 'Z' && label[1] >= 'a' &&
	    label[1] <= 'z';

	if (is_word && strncmp(label, "Matthews", 8) != 0 &&
	    strncmp(label, "Brier", 5) != 0 && strncmp(label, "Gini", 4) != 0) {
		text_putc(out, (char)(label[0] - 'A' + 'a'));
		label++;
	}
	text_puts(out, label);
}

/* " (95 % 0.879 to 1.027, Katz log)" */
static void
put_interval(struct text *out, const struct disparity *d,
    const struct disparity_interval *interval, double scale, unsigned decimals)
{
	char percent[NUM_SIZE];

	if (interval->method == NULL)
		return;
	num_write(100 * d->confidence, percent);
	text_printf(out, " (%s %% ", percent);
	put_fixed(out, scale * interval->lower, decimals);
	text_puts(out, " to ");
	put_fixed(out, scale * interval->upper, decimals);
	text_puts(out, ", ");
	interval_put_method(out, interval->method, d->replicates, d->seed);
	text_putc(out, ')');
}

static void
put_sizes(
    struct text *out, const struct metric *metric, const struct disparity *d)
{
	bool is_share = show_is_share(metric);

	if (d->has_ratio) {
		text_puts(out, "; ratio ");
		put_fixed(out, d->ratio, 3);
		put_interval(out, d, &d->ratio_interval, 1, 3);
	}
	if (!d->has_difference)
		return;
	text_puts(out, "; difference ");
	if (is_share) {
		put_fixed(out, 100 * d->difference, 1);
		text_puts(out, " points");
		put_interval(out, d, &d->difference_interval, 100, 1);
	} else {
		put_plain(out, d->difference);
		put_interval(out, d, &d->difference_interval, 1, 3);
	}
}

static void
put_test(struct text *out, const struct disparity *d)
{
	bool is_exact = d->test != NULL && strcmp(d->test, "Fisher mid-p") == 0;

	if (d->test == NULL && d->no_test != NULL)
		text_printf(out, "; no test: %s", d->no_test);
	if (d->test == NULL)
		return;
	text_printf(out, "; %s", d->test);
	if (d->has_z && !is_exact) {
		text_puts(out, " = ");
		put_fixed(out, d->z, 2);
	}
	text_puts(out, is_exact ? " " : ", p = ");
	show_p(out, d->p);
	if (d->has_z && is_exact) {
		text_puts(out, " (");
		put_fixed(out, d->z, 2);
		text_puts(out, " standard deviations)");
	}
	if (d->adjustment == NULL)
		return;
	text_printf(out, ", %s-adjusted ", d->adjustment);
	show_p(out, d->p_adjusted);
	text_printf(
	    out, " of %zu test%s", d->family, d->family == 1 ? "" : "s");
}

/* What so many rows can show, and what it would take. */
static void
put_power(
    struct text *out, const struct metric *metric, const struct disparity *d)
{
	if (d->has_power) {
		text_puts(out, "; power ");
		put_fixed(out, d->power, 3);
		text_puts(out, " to see a ratio of ");
		put_fixed(out, d->power_ratio, 2);
	}
	if (d->verdict == DISPARITY_NOT_ENOUGH_DATA && d->has_detectable) {
		text_puts(out, ", smallest difference seen ");
		put_fixed(out,
		    show_is_share(metric) ? 100 * d->detectable : d->detectable,
		    show_is_share(metric) ? 1 : 3);
		text_puts(out, show_is_share(metric) ? " points" : "");
	}
	if (d->verdict == DISPARITY_NOT_ENOUGH_DATA && d->has_rows_needed &&
	    isfinite(d->rows_needed) && d->rows_needed > 0) {
		text_puts(out, ", ");
		show_count(out, d->rows_needed);
		text_puts(out, " more rows needed");
	}
}

/* How near the line it is, in decisions. */
static void
put_selections(struct text *out, const struct disparity *d)
{
	if (d->has_shortfall && d->shortfall > 0) {
		text_puts(out, "; ");
		show_count(out, d->shortfall);
		text_printf(out, " more selection%s would reach four fifths",
		    d->shortfall > 1 ? "s" : "");
	}
	if (d->has_flip_one && d->flips)
		text_puts(out,
		    ", and one decision that goes the other way "
		    "would, too");
}

void
sentence_put_disparity(struct text *out, const struct metric *metric,
    const struct disparity_family *family, const struct disparity *d)
{
	text_printf(out, "%s vs %s: ", d->group.group, family->reference);
	if (d->is_withheld || d->is_reference_withheld) {
		text_puts(out, "withheld");
		return;
	}
	put_label(out, metric);
	text_putc(out, ' ');
	put_side(out, metric, &d->group);
	text_puts(out, " against ");
	put_side(out, metric, &d->reference);
	put_sizes(out, metric, d);
	put_test(out, d);
	put_power(out, metric, d);
	put_selections(out, d);
	text_printf(out, " -> %s", disparity_verdict_word(d->verdict));
	if (d->reason != NULL && d->verdict != DISPARITY_NO_FINDING)
		text_printf(out, ": %s", d->reason);
}

void
sentence_put_family(struct text *out, const struct disparity_family *family)
{
	char number[NUM_SIZE];

	if (family->test == NULL)
		return;
	text_printf(out, "Any difference between %zu groups: %s ",
	    family->n_groups, family->test);
	put_fixed(out, family->chi2, 2);
	if (family->replicates > 0)
		text_printf(out, ", %u replicates, seed %llu",
		    family->replicates, family->seed);
	num_write(family->df, number);
	text_printf(out, ", df %s, p = ", number);
	show_p(out, family->p);
	if (family->has_cramers_v) {
		text_puts(out, ", Cramer's V ");
		put_fixed(out, family->cramers_v, 3);
	}
}
