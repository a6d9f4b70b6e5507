#include <math.h>

#include "measure/complaints.h"
#include "measure/metric.h"
#include "measure/predictions.h"
#include "measure/spread.h"
#include "read/scan.h"
#include "sound.h"

/*
 * Predictions: two bytes choose what is asked of the file, the rest is the
 * file.  Whatever it holds, no row is lost, no figure is no number, nothing
 * stands in a figure that is withheld, and the pieces it is read in make no
 * difference.
 */

enum {
	ASK_SCORE = 1,
	ASK_WEIGHT = 2,
	ASK_WORDS = 4,
	ASK_SMALL = 8,
	ASK_MISSING = 16,
	ASK_TURNED = 32,
	ASK_OTHERS = 64 /* numbers, or with ASK_WORDS classes */
};

/* The second byte: how, and the piece that is read at a time. */
enum { ASK_BINS = 1, ASK_NO_THRESHOLD = 2, ASK_NO_SCORE = 4, ASK_PLAIN = 8 };
static const size_t pieces[] = { 0, 1, 2, 3, 7, 16, 61, 64, 65, 127, 256, 511,
	1000, 1024, 4096, 4097 };

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
	if (f->has_interval) {
		const struct metric *metric =
		    metric_find(f->metric, strlen(f->metric));

		/* Of a class against the rest it is found by no name. */
		MUST(f->lower <= f->upper);
		MUST(metric == NULL ||
		    (metric->least <= f->lower && f->upper <= metric->most));
		MUST(metric == NULL || metric->kind != METRIC_RATE ||
		    (f->lower <= f->value && f->value <= f->upper));
	}
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

/* Points ascend, and have rows; return how many, with those of no number. */
static unsigned long long
check_distribution(const struct distribution *d)
{
	unsigned long long rows = 0;

	for (size_t i = 0; i < d->n; i++) {
		unsigned long long here = 0;

		MUST(isfinite(d->value[i]));
		MUST(i == 0 || d->value[i - 1] <= d->value[i]);
		MUST(d->rest == NULL || isfinite(d->rest[i]));
		for (int k = 0; k < BINARY_COUNT; k++) {
			here += d->rows[i][k];
			MUST(d->weight == NULL ||
			    (isfinite(d->weight[i][k]) &&
				d->weight[i][k] >= 0));
		}
		MUST(here > 0);
		rows += here;
	}
	for (int k = 0; k < BINARY_COUNT; k++)
		rows += d->n_missing[k];
	return rows;
}

/* What rows have beside yes and no is of the rows of the group. */
static void
check_group(const struct group *group, const struct group *whole)
{
	unsigned long long rows = group_rows(group), sum = 0;

	MUST((group->scores == NULL) == (whole->scores == NULL));
	MUST((group->confusion == NULL) == (whole->confusion == NULL));
	MUST((group->regression == NULL) == (whole->regression == NULL));
	if (group->scores != NULL)
		MUST(check_distribution(group->scores) == rows);
	if (group->confusion != NULL) {
		const struct confusion *c = group->confusion;

		for (size_t i = 0; i < c->n * c->n; i++) {
			MUST(isfinite(c->cells[i]) && c->cells[i] >= 0);
			sum += c->cell_rows[i];
		}
		for (size_t i = 0; i < c->n; i++)
			sum += c->unlabelled[i].rows + c->unpredicted[i].rows;
		MUST(sum + c->n_blank == rows);
	}
	if (group->regression != NULL) {
		const struct regression *r = group->regression;

		sum = check_distribution(r->absolute_errors);
		MUST(r->n <= sum && sum <= rows);
		MUST(check_distribution(r->predictions) == sum);
	}
}

/* Every metric of the catalogue is a number in its range, or has a reason. */
static void
check_metrics(const struct group *group, const struct group *whole)
{
	for (size_t i = 0; i < metric_count(); i++) {
		const struct metric *metric = metric_at(i);
		struct metric_value value;

		metric_measure(metric, group, whole, &value);
		if (!value.defined) {
			MUST(value.reason != NULL);
			continue;
		}
		MUST(isfinite(value.value));
		MUST(value.value >= metric->least &&
		    value.value <= metric->most);
		MUST(!value.has_counts || value.denominator > 0);
	}
}

/* Comparisons are numbers, yes, no, or have a reason. */
static void
check_spreads(struct arena *arena, const struct predictions *out,
    const struct group_table *table)
{
	const struct metric *some[3] = { metric_find("roc_auc", 7),
		metric_find("mean_error", 10), metric_find("exposure", 8) };
	const struct spread_options options = {
		.whole = &out->whole.groups[0], .metrics = some, .n_metrics = 3
	};
	struct spread_table spreads = { 0 };

	spread_measure(&spreads, arena, table, &options);
	for (const struct spread *s = spreads.first; s != NULL; s = s->next)
		MUST(s->value.defined ? isfinite(s->value.value) :
					s->value.reason != NULL);
}

/* The cells of the groups of a table sum to those of the file. */
static void
check_table(const struct predictions *out, const struct group_table *table)
{
	const struct counts *whole = &out->whole.groups[0].counts;
	struct counts sum = { .weighted = whole->weighted };
	unsigned long long rows = 0;

	for (size_t i = 0; i < table->n; i++) {
		counts_merge(&sum, &table->groups[i].counts);
		MUST(group_rows(&table->groups[i]) > 0);
		rows += group_rows(&table->groups[i]);
		check_group(&table->groups[i], &out->whole.groups[0]);
		check_metrics(&table->groups[i], &out->whole.groups[0]);
		MUST(i == 0 ||
		    strcmp(table->groups[i - 1].name, table->groups[i].name) <
			0);
	}
	MUST(memcmp(sum.rows, whole->rows, sizeof(sum.rows)) == 0);
	MUST(memcmp(sum.weight, whole->weight, sizeof(sum.weight)) == 0);
	MUST(rows + out->n_bad == out->n_rows);
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
		double size = (double)group_rows(group);

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
check_all(struct arena *arena, const struct predictions *out, double min_report,
    bool is_binary)
{
	size_t n = METRICS;

	check_group(&out->whole.groups[0], &out->whole.groups[0]);
	check_metrics(&out->whole.groups[0], &out->whole.groups[0]);

	for (size_t i = 0; i < out->n_tables; i++) {
		check_table(out, &out->tables[i]);
		check_hidden(out, &out->tables[i], min_report);
		check_spreads(arena, out, &out->tables[i]);
		n += METRICS * out->tables[i].n;
	}
	if (!is_binary)
		n = out->figures.n;
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
    unsigned what, unsigned how)
{
	static const char *const straight[] = { "sex", "age", "sex*age" };
	static const char *const turned[] = { "age*sex", "sex*age", "sex" };
	static const char *const edges[] = { "-1e3", "0", "0.5", "18",
		"1e300" };
	static const struct prediction_bins bins[] = {
		{ .column = "age", .edges = edges, .n = 5 },
		{ .column = "age",
		    .edges = edges,
		    .n = 5,
		    .closed_right = true }
	};

	*columns = (struct prediction_columns){ .label = "y",
		.prediction = what & ASK_SCORE ? NULL : "p",
		.score = how & ASK_NO_SCORE ? NULL : "s",
		.threshold = 0.5,
		.no_threshold = (how & ASK_NO_THRESHOLD) != 0,
		.weight = what & ASK_WEIGHT ? "w" : NULL,
		.positive = what & ASK_WORDS ? "good" : NULL,
		.attributes = what & ASK_TURNED ? turned : straight,
		.n_attributes = 3,
		.bins = &bins[what & ASK_TURNED ? 1 : 0],
		.n_bins = how & ASK_BINS ? 1 : 0 };
	if (what & ASK_OTHERS) {
		columns->kind =
		    what & ASK_WORDS ? PREDICTION_CLASSES : PREDICTION_NUMBERS;
		columns->prediction = "p";
		columns->positive = NULL;
	}
	*options = (struct measure_options){ .confidence = 0.95,
		.min_report = what & ASK_SMALL ? 3 : 0,
		.metrics = metrics,
		.n_metrics = METRICS,
		.missing_is_group = (what & ASK_MISSING) != 0 };
}

/* Where a reading ends, and what it has counted by then. */
static void
check_same(const struct predictions *a, const struct predictions *b)
{
	MUST(a->n_rows == b->n_rows && a->n_bad == b->n_bad);
	MUST(a->n_no_label == b->n_no_label);
	MUST(a->n_no_prediction == b->n_no_prediction);
	MUST(a->figures.n == b->figures.n);
	for (const struct figure *f = a->figures.first, *g = b->figures.first;
	     f != NULL; f = f->next, g = g->next) {
		MUST(strcmp(f->group, g->group) == 0 && f->state == g->state);
		MUST(f->value == g->value && f->lower == g->lower);
	}
	for (size_t i = 0; i < a->n_tables; i++) {
		MUST(a->tables[i].n == b->tables[i].n);
		for (size_t k = 0; k < a->tables[i].n; k++)
			MUST(group_rows(&a->tables[i].groups[k]) ==
			    group_rows(&b->tables[i].groups[k]));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct prediction_columns columns;
	struct measure_options options;
	struct predictions out, again;
	struct fuzz fuzz;
	struct diag_list diags = { 0 };
	struct scan_input input = { .name = "in", .fd = -1 };
	int rc;

	if (n < 2)
		return 0;
	ask(&columns, &options, p[0], p[1]);
	fuzz_begin(&fuzz, p + 2, n - 2);
	input.bytes = fuzz.bytes;
	input.size = n - 2;
	rc = measure_prediction_rows(
	    &out, &fuzz.arena, &input, &columns, &options, &fuzz.diags);
	MUST(fuzz.diags.n <= COMPLAINTS_SHOWN + 3);
	MUST(rc == 0 || fuzz.diags.n_errors > 0);
	if (rc == 0) {
		MUST((out.n_bad > 0) == (fuzz.diags.n_errors > 0));
		check_all(&fuzz.arena, &out, options.min_report,
		    columns.kind == PREDICTION_BINARY);
	}
	diags.arena = &fuzz.arena;
	input.piece = pieces[p[1] >> 4];
	input.is_plain = (p[1] & ASK_PLAIN) != 0;
	MUST(measure_prediction_rows(&again, &fuzz.arena, &input, &columns,
		 &options, &diags) == rc);
	MUST(diags.n == fuzz.diags.n);
	if (rc == 0)
		check_same(&out, &again);
	fuzz_end(&fuzz);
	return 0;
}
