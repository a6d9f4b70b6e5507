#include "expected.h"
#include "measure/estimate.h"
#include "measure/impact.h"

/*
 * Local Law 144, the four-fifths rule and variances against the numbers kept
 * outside the project.  The rows are read here, plainly and slowly, so that
 * nothing of the way that dossier counts them can hide an error.
 */

enum { LEAST_ROWS = 450, MOST_ROWS = 1100, MOST_GROUPS = 64 };

struct row {
	const char *values[3]; /* of attributes; "" is missing */
	enum binary label, prediction;
	double label_number, prediction_number;
	double score; /* NaN: none */
};

struct subject {
	struct expected *e;
	struct row *rows;
	size_t n;
	const char *attributes[3];
	unsigned n_compared, n_wrong;
};

static void
judge(struct subject *s, const struct expected_row *row, double got)
{
	s->n_compared++;
	if (expected_is_close(got, row->number))
		return;
	s->n_wrong++;
	printf("# %s %s %s %s: got %.17g, want %s\n", row->tool, row->metric,
	    row->attribute, row->group, got, row->value);
}

static enum binary
binary_of(double number)
{
	return isnan(number) ? BINARY_MISSING :
	    number > 0       ? BINARY_YES :
			       BINARY_NO;
}

static void
load(struct subject *s, const char *file)
{
	struct csv *csv = expected_csv(s->e, file);
	struct csv_row row;
	int score = csv_column(csv, "score");

	s->rows = arena_array(&s->e->arena, MOST_ROWS, sizeof(*s->rows));
	while (s->n < MOST_ROWS && csv_next(csv, &row, &s->e->diags) == 1) {
		struct row *r = &s->rows[s->n++];

		for (size_t i = 0; i < 3; i++)
			r->values[i] = s->attributes[i] == NULL ?
			    "" :
			    expected_cell(
				s->e, &row, csv_column(csv, s->attributes[i]));
		r->label_number = expected_number(
		    expected_cell(s->e, &row, csv_column(csv, "y_true")));
		r->prediction_number = expected_number(
		    expected_cell(s->e, &row, csv_column(csv, "y_pred")));
		r->label = binary_of(r->label_number);
		r->prediction = binary_of(r->prediction_number);
		r->score = score < 0 ?
		    NAN :
		    expected_number(expected_cell(s->e, &row, score));
	}
}

/* The name of the group of a row by "a" or "a|b", with "(missing)". */
static const char *
name_of(struct subject *s, const struct row *row, const char *attribute)
{
	const char *parts[2] = { NULL, NULL };
	size_t n = 0;

	for (size_t i = 0; i < 3 && n < 2; i++) {
		const char *name = s->attributes[i];
		const char *at = name != NULL ? strstr(attribute, name) : NULL;

		if (at != NULL)
			parts[at == attribute ? 0 : 1] =
			    row->values[i][0] != '\0' ? row->values[i] :
							"(missing)";
	}
	return parts[1] == NULL ?
	    parts[0] :
	    arena_printf(&s->e->arena, "%s|%s", parts[0], parts[1]);
}

static int
by_score(const void *a, const void *b)
{
	const struct row *x = *(const struct row *const *)a;
	const struct row *y = *(const struct row *const *)b;

	if (isnan(x->score) || isnan(y->score))
		return isnan(x->score) - isnan(y->score);
	return (x->score > y->score) - (x->score < y->score);
}

/* A group from the rows that are in it. */
static void
fill(struct subject *s, struct group *group, const struct row **rows, size_t n)
{
	struct distribution *d = arena_alloc(&s->e->arena, sizeof(*d));
	double *value = arena_array(&s->e->arena, n, sizeof(*value));
	unsigned long long(*counts)[BINARY_COUNT] =
	    arena_array(&s->e->arena, n, sizeof(*counts));
	struct regression *r = arena_alloc(&s->e->arena, sizeof(*r));

	qsort(rows, n, sizeof(*rows), by_score);
	for (size_t i = 0; i < n; i++) {
		double error =
		    rows[i]->prediction_number - rows[i]->label_number;

		counts_add(&group->counts,
		    cell_of(rows[i]->label, rows[i]->prediction));
		r->error = dd_add(r->error, dd_of(error));
		r->square_error =
		    dd_add(r->square_error, dd_product(error, error));
		if (isnan(rows[i]->score))
			continue;
		if (d->n == 0 || value[d->n - 1] != rows[i]->score)
			value[d->n++] = rows[i]->score;
		counts[d->n - 1][rows[i]->label]++;
	}
	d->value = value;
	d->rows = (const unsigned long long(*)[BINARY_COUNT])counts;
	r->n = n;
	r->weight = r->weight_square = dd_of((double)n);
	group->scores = d;
	group->regression = r;
}

static void
make_table(struct subject *s, const char *attribute, struct group_table *out)
{
	const struct row *rows[MOST_ROWS];

	*out = (struct group_table){ .attribute = attribute };
	out->groups =
	    arena_array(&s->e->arena, MOST_GROUPS, sizeof(*out->groups));
	for (size_t i = 0; i < s->n; i++) {
		const char *name = name_of(s, &s->rows[i], attribute);
		struct group *group = &out->groups[out->n];
		size_t n = 0;

		if (group_table_find(out, name) != NULL)
			continue;
		for (size_t j = 0; j < s->n; j++)
			if (strcmp(name_of(s, &s->rows[j], attribute), name) ==
			    0)
				rows[n++] = &s->rows[j];
		group->name = name;
		group->is_missing = strstr(name, "(missing)") != NULL;
		fill(s, group, rows, n);
		out->n++;
		group_table_sort(out);
	}
}

static const struct impact_row *
row_of(const struct impact_table *table, const char *group)
{
	for (size_t i = 0; i < table->n_rows; i++)
		if (strcmp(table->rows[i].group, group) == 0)
			return &table->rows[i];
	return NULL;
}

static double
or_nan(bool has, double value)
{
	return has ? value : NAN;
}

static void
compare_four_fifths(struct subject *s, const struct expected_row *row,
    const struct impact_row *r)
{
	const char *what = row->metric + strlen("four_fifths_");

	judge(s, row,
	    strcmp(what, "impact_ratio") == 0 ?
		or_nan(r->has_ratio_all, r->ratio_all) :
		strcmp(what, "shortfall") == 0 ?
		r->shortfall :
		or_nan(r->has_flip_one, r->flip_one));
}

static void
compare_law(struct subject *s, const struct expected_row *row,
    const struct impact_table *t, const char *what)
{
	const struct impact_row *r = row_of(t, row->group);

	if (!CHECK(r != NULL))
		return;
	if (strcmp(what, "rate") == 0) {
		judge(s, row, r->rate);
		CHECK(
		    r->selected == row->numerator && r->n == row->denominator);
	} else if (strcmp(what, "share_of_data") == 0) {
		judge(s, row, r->share);
	} else if (strcmp(what, "impact_ratio_all") == 0) {
		judge(s, row, or_nan(r->has_ratio_all, r->ratio_all));
	} else {
		CHECK(r->is_small == (strcmp(row->value, "excluded") == 0));
		judge(s, row, or_nan(r->has_ratio_without, r->ratio_without));
	}
}

/* A metric by formula; false when it is none of ours. */
static bool
compare_variance(struct subject *s, const struct expected_row *row,
    const struct group *group)
{
	const struct metric *metric = metric_find("roc_auc", 7);
	struct estimate estimate;

	if (strcmp(row->metric, "mean_error_standard_error") == 0)
		metric = metric_find("mean_error", 10);
	else if (strcmp(row->metric, "roc_auc_delong_standard_error") != 0)
		return false;
	estimate_measure(metric, group, group, &estimate);
	judge(s, row,
	    or_nan(estimate.kind != ESTIMATE_NONE, sqrt(estimate.variance)));
	return true;
}

static void
compare_row(struct subject *s, const struct expected_row *row,
    const struct group_table *table, const struct impact_table *all,
    const struct impact_table known[2])
{
	const struct group *group = group_table_find(table, row->group);
	bool is_law = strcmp(row->tool, "ll144") == 0;

	if (strcmp(row->attribute, table->attribute) != 0)
		return;
	if (group != NULL && compare_variance(s, row, group))
		return;
	if (strncmp(row->metric, "four_fifths_", 12) == 0)
		compare_four_fifths(s, row, row_of(all, row->group));
	else if (is_law && strcmp(row->metric, "unknown_category_count") == 0)
		judge(s, row, known[IMPACT_SELECTION].n_unknown);
	else if (is_law && strcmp(row->metric, "sample_median_score") == 0)
		judge(s, row, known[IMPACT_SCORING].median);
	else if (is_law && strncmp(row->metric, "selection_", 10) == 0)
		compare_law(s, row, &known[IMPACT_SELECTION], row->metric + 10);
	else if (is_law)
		compare_law(s, row, &known[IMPACT_SCORING], row->metric + 8);
}

static void
compare_table(struct subject *s, const char *attribute)
{
	const struct impact_options people = { false, 0.8, 0.02 };
	const struct impact_options groups = { true, 0.8, 0 };
	struct impact_table all, known[2];
	struct group_table table;

	make_table(s, attribute, &table);
	CHECK(impact_measure(
	    &table, IMPACT_SELECTION, &groups, &s->e->arena, &all));
	impact_measure(&table, IMPACT_SELECTION, &people, &s->e->arena,
	    &known[IMPACT_SELECTION]);
	impact_measure(&table, IMPACT_SCORING, &people, &s->e->arena,
	    &known[IMPACT_SCORING]);
	for (size_t i = 0; i < s->e->n; i++)
		compare_row(s, &s->e->rows[i], &table, &all, known);
}

static unsigned
try_file(struct expected *e, const char *file, const char *const tables[],
    const char *const attributes[3])
{
	struct subject s = { .e = e };

	for (size_t i = 0; i < 3; i++)
		s.attributes[i] = attributes[i];
	if (!expected_read(e, file))
		return 0;
	load(&s, file);
	for (size_t i = 0; tables[i] != NULL; i++)
		compare_table(&s, tables[i]);
	printf("# %s: %u rows compared\n", file, s.n_compared);
	CHECK_INT(s.n_wrong, 0);
	return s.n_compared;
}

int
main(void)
{
	static const char *const german[3] = { "sex", "age", "foreign_worker" };
	static const char *const edge[3] = { "group", "other", NULL };
	static const char *const numbers[3] = { "sex", "age", NULL };
	static const char *const german_tables[] = { "sex", "age",
		"foreign_worker", "sex|age", NULL };
	static const char *const edge_tables[] = { "group", "other",
		"group|other", NULL };
	static const char *const number_tables[] = { "sex", "age", "sex|age",
		NULL };
	struct expected e;

	if (expected_open(&e)) {
		unsigned n = try_file(&e, "german.csv", german_tables, german);

		n += try_file(&e, "edge_cases.csv", edge_tables, edge);
		n += try_file(
		    &e, "german_regression.csv", number_tables, numbers);
		CHECK(n >= LEAST_ROWS);
		expected_close(&e);
	}
	return tap_done();
}
