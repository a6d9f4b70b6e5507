#include <math.h>

#include "measure/complaints.h"
#include "measure/fairness_guard.h"
#include "measure/import.h"
#include "measure/metric.h"
#include "sound.h"

/*
 * Figures of an organisation, in whatever shape: the first byte chooses what is asked of the
 * file, the rest is the file.  It is measured twice, with and without the
 * withholding of small groups: the first must tell nothing that the second
 * does not, and nothing of a group that is hidden.
 */

enum { ASK_MISSING = 1, ASK_REFERENCE = 2, MIN_REPORT = 10 };

static const struct metric *
metric_of(struct fuzz *fuzz, const struct figure *f)
{
	const struct metric *metric =
	    metric_resolve(&fuzz->arena, f->metric, strlen(f->metric), NULL);

	MUST(metric != NULL);
	return metric;
}

static void
check_defined(struct fuzz *fuzz, const struct figure *f)
{
	const struct metric *metric = metric_of(fuzz, f);

	MUST(f->reason == NULL && (f->n > 0) == !f->n_is_unknown);
	MUST(isfinite(f->value));
	MUST(f->value >= metric->least && f->value <= metric->most);
	if (f->has_counts)
		MUST(f->denominator > 0 && f->numerator >= 0);
	MUST(f->has_interval == (f->interval_method != NULL));
	if (f->has_interval)
		MUST(f->lower <= f->value && f->value <= f->upper);
	if (f->has_ratio)
		MUST(isfinite(f->ratio) && f->ratio >= 0);
	if (f->has_difference)
		MUST(isfinite(f->difference));
	MUST(!f->has_ratio || f->has_difference);
	if (f->is_reference && f->has_difference)
		MUST(f->difference == 0);
}

static void
check_withheld(const struct figure *f)
{
	MUST(f->reason != NULL);
	MUST(!f->has_counts && f->numerator == 0 && f->denominator == 0);
	MUST(!f->has_interval && f->lower == 0 && f->upper == 0);
	MUST(!f->has_ratio && !f->has_difference);
	MUST(f->value == 0 && f->ratio == 0 && f->difference == 0);
	MUST(!f->n_is_withheld || f->n == 0);
}

static void
check_undefined(const struct figure *f)
{
	MUST(f->reason != NULL && !f->has_interval);
	MUST(!f->has_counts || f->denominator == 0);
	MUST(!f->has_ratio && !f->has_difference);
}

/* The whole first, metrics in the order of the catalogue, groups by bytes. */
static void
check_order(struct fuzz *fuzz, const struct figure *a, const struct figure *b)
{
	if (*b->attribute == '\0')
		MUST(*a->attribute == '\0');
	if (strcmp(a->attribute, b->attribute) != 0)
		return;
	if (strcmp(a->metric, b->metric) == 0)
		MUST(strcmp(a->group, b->group) < 0);
	else
		MUST(metric_index(metric_of(fuzz, a)) <=
		    metric_index(metric_of(fuzz, b)));
}

static void
check_figure(struct fuzz *fuzz, const struct figure *f)
{
	MUST(fairness_divides(f->attribute, f->group));
	MUST((*f->attribute == '\0') == (strcmp(f->group, "(overall)") == 0));
	if (f->origin.line > 0)
		MUST(fuzz_at(fuzz, f->origin) != NULL);
	if (f->is_reference)
		MUST(strcmp(f->reference, f->group) == 0);
	MUST(f->state == FIGURE_WITHHELD || !f->n_is_withheld);
	if (f->state == FIGURE_DEFINED)
		check_defined(fuzz, f);
	else if (f->state == FIGURE_UNDEFINED)
		check_undefined(f);
	else
		check_withheld(f);
	if (f->next != NULL)
		check_order(fuzz, f, f->next);
}

static bool
is_same(const struct figure *a, const struct figure *b)
{
	return strcmp(a->attribute, b->attribute) == 0 &&
	    strcmp(a->group, b->group) == 0 &&
	    strcmp(a->metric, b->metric) == 0;
}

/* A shown figure is that of the file, and of a group that is large enough. */
static void
check_shown(const struct figure *shown, const struct figure *all)
{
	MUST(is_same(shown, all));
	MUST(all->n >= MIN_REPORT || all->n_is_unknown ||
	    shown->state == FIGURE_WITHHELD);
	if (shown->state == FIGURE_WITHHELD)
		return;
	MUST(shown->state == all->state && shown->value == all->value);
	MUST(shown->n == all->n && shown->numerator == all->numerator);
	MUST(!shown->has_ratio || shown->ratio == all->ratio);
	MUST(!shown->has_difference || shown->difference == all->difference);
}

/* A reference that is hidden compares nobody. */
static void
check_reference(const struct figure_table *table, const struct figure *f)
{
	if (!f->is_reference || f->state != FIGURE_WITHHELD)
		return;
	for (const struct figure *g = table->first; g != NULL; g = g->next)
		if (strcmp(g->attribute, f->attribute) == 0)
			MUST(!g->has_ratio && !g->has_difference);
}

static void
measure(struct fuzz *fuzz, struct figure_table *out, unsigned what,
    double min_report)
{
	static const struct measure_reference references[] = {
		{ .attribute = "sex", .group = "f" },
		{ .attribute = "sex*age", .group = "f*o" }
	};
	const struct measure_options options = { .min_report = min_report,
		.confidence = 0.95,
		.references = references,
		.n_references = what & ASK_REFERENCE ? 2 : 0,
		.missing_is_group = (what & ASK_MISSING) != 0 };
	size_t n = 0;
	struct import import;
	int rc = measure_import(
	    &import, &fuzz->arena, &fuzz->source, &options, &fuzz->diags);

	*out = import.figures;
	MUST(rc == 0 || (fuzz->diags.n_errors > 0 && out->n == 0));
	for (const struct figure *f = out->first; f != NULL; f = f->next) {
		check_figure(fuzz, f);
		check_reference(out, f);
		MUST(f->next != NULL || f == out->last);
		n++;
	}
	MUST(n == out->n);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct figure_table all = { NULL, NULL, 0 };
	struct figure_table shown = { NULL, NULL, 0 };
	struct fuzz fuzz, again;

	if (n == 0)
		return 0;
	fuzz_begin(&fuzz, p + 1, n - 1);
	fuzz_begin(&again, p + 1, n - 1);
	measure(&fuzz, &all, p[0], 0);
	measure(&again, &shown, p[0], MIN_REPORT);
	/* None at all: small groups cannot be withheld safely. */
	if (shown.n > 0) {
		const struct figure *f = all.first;

		MUST(shown.n == all.n);
		for (const struct figure *g = shown.first; g != NULL;
		     g = g->next, f = f->next)
			check_shown(g, f);
	}
	fuzz_end(&again);
	fuzz_end(&fuzz);
	return 0;
}
