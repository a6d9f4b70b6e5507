#include <math.h>

#include "measure/complaints.h"
#include "measure/predictions.h"
#include "sound.h"

/*
 * Predictions: the first byte chooses what is asked of the file, the rest is
 * the file.  Whatever it holds, no row is lost, no figure is no number, and
 * nothing stands in a figure that is withheld.
 */

enum {
	ASK_SCORE = 1,
	ASK_WEIGHT = 2,
	ASK_WORDS = 4,
	ASK_SMALL = 8,
	ASK_MISSING = 16,
	ASK_TURNED = 32
};

static const char *const metrics[] = { "selection_rate", "base_rate", "tpr",
	"fnr", "tnr", "fpr", "ppv", "fdr", "npv", "for", "accuracy",
	"error_rate", "f1", "balanced_accuracy", "mcc", "jaccard",
	"treatment_equality_ratio", "ppr" };

enum { METRICS = sizeof(metrics) / sizeof(metrics[0]) };

static void
check_defined(const struct figure *f)
{
	MUST(isfinite(f->value) && f->reason == NULL);
	MUST(!f->has_counts || f->denominator > 0);
	MUST(f->has_interval == (f->interval_method != NULL));
	if (f->has_interval)
		MUST(f->lower >= 0 && f->lower <= f->value &&
		    f->value <= f->upper && f->upper <= 1);
	if (f->has_ratio)
		MUST(isfinite(f->ratio) && f->ratio >= 0);
	if (f->has_difference)
		MUST(isfinite(f->difference));
	MUST(!f->has_ratio || f->has_difference);
	MUST(!f->is_reference || !f->has_difference || f->difference == 0);
}

static void
check_withheld(const struct figure *f)
{
	MUST(!f->has_counts && !f->has_interval);
	MUST(!f->has_ratio && !f->has_difference);
	MUST(f->numerator == 0 && f->denominator == 0 && f->value == 0);
	MUST(f->lower == 0 && f->upper == 0);
	MUST(f->ratio == 0 && f->difference == 0);
	MUST(!f->n_is_withheld || f->n == 0);
}

static void
check_figure(const struct figure *f)
{
	MUST(f->metric != NULL && f->attribute != NULL && f->group != NULL);
	MUST(f->origin.file != NULL);
	if (f->state == FIGURE_DEFINED)
		check_defined(f);
	else
		MUST(f->reason != NULL && !f->has_interval && !f->has_ratio);
	if (f->state == FIGURE_WITHHELD)
		check_withheld(f);
	else
		MUST(!f->n_is_withheld);
}

/* The cells of the groups of a table sum to those of the file. */
static void
check_table(const struct predictions *out, const struct group_table *table)
{
	const struct counts *whole = &out->whole.groups[0].counts;
	struct counts sum = { .weighted = whole->weighted };

	for (size_t i = 0; i < table->n; i++) {
		counts_merge(&sum, &table->groups[i].counts);
		MUST(counts_rows(&table->groups[i].counts) > 0);
		MUST(i == 0 ||
		    strcmp(table->groups[i - 1].name, table->groups[i].name) <
			0);
	}
	MUST(memcmp(sum.rows, whole->rows, sizeof(sum.rows)) == 0);
	MUST(memcmp(sum.weight, whole->weight, sizeof(sum.weight)) == 0);
	MUST(counts_rows(&sum) + out->n_bad == out->n_rows);
	MUST(table->n_unobserved <= table->n_possible);
}

/* No single group is hidden beside a total that is shown. */
static void
check_hidden(const struct predictions *out, const struct group_table *table,
    double min_report)
{
	size_t n = 0;
	double rows = 0;

	for (size_t i = 0; i < table->n; i++) {
		const struct group *group = &table->groups[i];
		double size = (double)counts_rows(&group->counts);

		MUST(size >= min_report || group->is_withheld);
		MUST(group->is_withheld || !group->n_is_withheld);
		if (group->is_withheld) {
			n++;
			rows += size;
		}
	}
	if (!out->whole.groups[0].is_withheld)
		MUST(n != 1 && (n == 0 || rows >= min_report));
}

static void
check_all(const struct predictions *out, double min_report)
{
	size_t n = METRICS;

	for (size_t i = 0; i < out->n_tables; i++) {
		check_table(out, &out->tables[i]);
		check_hidden(out, &out->tables[i], min_report);
		n += METRICS * out->tables[i].n;
	}
	MUST(out->figures.n == n);
	for (const struct figure *f = out->figures.first; f != NULL;
	     f = f->next) {
		check_figure(f);
		n--;
	}
	MUST(n == 0);
}

static void
ask(struct prediction_columns *columns, struct measure_options *options,
    unsigned what)
{
	static const char *const straight[] = { "sex", "age", "sex*age" };
	static const char *const turned[] = { "age*sex", "sex*age", "sex" };

	*columns = (struct prediction_columns){ .label = "y",
		.prediction = what & ASK_SCORE ? NULL : "p",
		.score = "s",
		.threshold = 0.5,
		.weight = what & ASK_WEIGHT ? "w" : NULL,
		.positive = what & ASK_WORDS ? "good" : NULL,
		.attributes = what & ASK_TURNED ? turned : straight,
		.n_attributes = 3 };
	*options = (struct measure_options){ .confidence = 0.95,
		.min_report = what & ASK_SMALL ? 3 : 0,
		.metrics = metrics,
		.n_metrics = METRICS,
		.missing_is_group = (what & ASK_MISSING) != 0 };
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct prediction_columns columns;
	struct measure_options options;
	struct predictions out;
	struct fuzz fuzz;
	int rc;

	if (n == 0)
		return 0;
	ask(&columns, &options, p[0]);
	fuzz_begin(&fuzz, p + 1, n - 1);
	rc = measure_predictions(
	    &out, &fuzz.arena, &fuzz.source, &columns, &options, &fuzz.diags);
	MUST(fuzz.diags.n <= COMPLAINTS_SHOWN + 3);
	MUST(rc == 0 || fuzz.diags.n_errors > 0);
	if (rc == 0) {
		MUST((out.n_bad > 0) == (fuzz.diags.n_errors > 0));
		check_all(&out, options.min_report);
	}
	fuzz_end(&fuzz);
	return 0;
}
