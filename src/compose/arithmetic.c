#include "compose/arithmetic.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "model/figure.h"

bool
arithmetic_is_hidden(const struct disparity *disparity)
{
	return disparity->is_withheld || disparity->is_reference_withheld;
}

void
arithmetic_p(double p, char out[PROSE_SIZE])
{
	char number[NUM_SIZE];

	if (p < 0.001) {
		snprintf(out, PROSE_SIZE, "<0.001");
		return;
	}
	num_write_fixed(p, 3, number);
	snprintf(out, PROSE_SIZE, "%s", number);
}

void
arithmetic_counts(const struct disparity_side *side, char out[PROSE_SIZE])
{
	char k[PROSE_SIZE], n[PROSE_SIZE];

	if (!side->has_counts) {
		snprintf(out, PROSE_SIZE, "None");
		return;
	}
	prose_count(side->numerator, k);
	prose_count(side->denominator, n);
	snprintf(out, PROSE_SIZE, "%.30s of %.30s", k, n);
}

enum prose_kind
arithmetic_value_kind(const char *metric)
{
	return metric_is_rate(metric) ? PROSE_RATE : PROSE_MEASURE;
}

enum prose_kind
arithmetic_difference_kind(const char *metric)
{
	return metric_is_rate(metric) ? PROSE_POINTS : PROSE_MEASURE;
}

/* A number of a kind, or "infinite". */
static void
put_bound(enum prose_kind kind, double value, char out[PROSE_SIZE])
{
	if (isfinite(value))
		prose_figure(kind, value, NULL, out);
	else
		snprintf(out, PROSE_SIZE, "infinite");
}

void
arithmetic_interval(enum prose_kind kind,
    const struct disparity_interval *interval, char out[PROSE_SIZE])
{
	char lower[PROSE_SIZE], upper[PROSE_SIZE];

	if (interval->method == NULL) {
		snprintf(out, PROSE_SIZE, "None");
		return;
	}
	put_bound(kind, interval->lower, lower);
	put_bound(kind, interval->upper, upper);
	snprintf(out, PROSE_SIZE, "%.30s to %.30s", lower, upper);
}

/* "female, 56.4% (2,935 of 5,204)" */
static void
put_side(struct text *out, const struct disparity *d,
    const struct disparity_side *side)
{
	char words[PROSE_SIZE];

	text_puts(out, side->group);
	if (!side->defined) {
		text_printf(out, ", not estimable (%s)",
		    side->reason != NULL ? side->reason : "no value");
		return;
	}
	prose_figure(
	    arithmetic_value_kind(d->metric), side->value, NULL, words);
	text_printf(out, ", %s", words);
	if (side->has_counts) {
		arithmetic_counts(side, words);
		text_printf(out, " (%s)", words);
	} else {
		prose_count(side->n, words);
		text_printf(out, " (n %s)", words);
	}
}

/* " (95% interval 0.77 to 0.81, Katz log)" */
static void
put_interval(struct text *out, const struct disparity *d, enum prose_kind kind,
    const struct disparity_interval *interval)
{
	char words[PROSE_SIZE], percent[NUM_SIZE];

	if (interval->method == NULL)
		return;
	num_write(d->confidence * 100, percent);
	arithmetic_interval(kind, interval, words);
	text_printf(
	    out, " (%s%% interval %s, %s)", percent, words, interval->method);
}

static void
put_size(struct text *out, const struct disparity *d)
{
	enum prose_kind kind = arithmetic_difference_kind(d->metric);
	char words[PROSE_SIZE];

	if (d->has_ratio) {
		put_bound(PROSE_RATIO, d->ratio, words);
		text_printf(out, "ratio %s", words);
		put_interval(out, d, PROSE_RATIO, &d->ratio_interval);
	}
	if (!d->has_difference)
		return;
	prose_figure(kind, d->difference, NULL, words);
	text_printf(out, "%sdifference %s%s", d->has_ratio ? ", " : "", words,
	    kind == PROSE_POINTS ? " points" : "");
	put_interval(out, d, kind, &d->difference_interval);
}

static void
put_test(struct text *out, const struct disparity *d)
{
	char words[PROSE_SIZE];

	if (d->test == NULL)
		return;
	text_printf(out, "; %s", d->test);
	if (d->has_z) {
		prose_figure(PROSE_RATIO, d->z, NULL, words);
		text_printf(out, ", %s standard deviations", words);
	}
	arithmetic_p(d->p, words);
	text_printf(out, ", p %s%s", words[0] == '<' ? "" : "= ", words);
	if (d->adjustment == NULL)
		return;
	arithmetic_p(d->p_adjusted, words);
	text_printf(out, ", adjusted %s (%s over %zu %s)", words, d->adjustment,
	    d->family, d->family == 1 ? "test" : "tests");
}

void
arithmetic_sentence(struct text *out, const struct disparity *d)
{
	const char *word = disparity_verdict_word(d->verdict);

	text_printf(out, "%s of ", metric_label(d->metric));
	if (arithmetic_is_hidden(d)) {
		text_printf(out, "%s against %s is withheld.", d->group.group,
		    d->reference.group);
		return;
	}
	put_side(out, d, &d->group);
	text_puts(out, ", against ");
	put_side(out, d, &d->reference);
	if (d->has_ratio || d->has_difference)
		text_puts(out, ": ");
	put_size(out, d);
	put_test(out, d);
	text_printf(out, ". %c%s", toupper((unsigned char)word[0]), word + 1);
	if (d->reason != NULL)
		text_printf(out, ": %s", d->reason);
	text_putc(out, '.');
}
