#include <string.h>
#include <strings.h>

#include "app/measure.h"
#include "app/sql_dialect.h"
#include "base/num.h"

/* The query that counts rows where they live; see measure/counts_file.h. */

static const struct pos nowhere = { NULL, 0, 0 };

/* A query in the making. */
struct query {
	struct text *out;
	const struct sql_dialect *dialect;
	const struct measure_request *request;
	const struct counts_file *file;
	const char *score; /* the name that scores get */
};

static void
put_name(const struct query *q, const char *name)
{
	sql_put_name(q->out, q->dialect, name);
}

/*
 * A column of the table, or of the rows that are counted: with what it is of
 * before it, since some dialects take a bare name for an alias beside it.
 */
static void
put_source(const struct query *q, const char *column)
{
	text_puts(q->out, "source.");
	put_name(q, column);
}

static void
put_counted(const struct query *q, const char *column)
{
	text_puts(q->out, "counted.");
	put_name(q, column);
}

static void
put_cast(const struct query *q, const char *column, const char *type)
{
	text_puts(q->out, "CAST(");
	put_source(q, column);
	text_printf(q->out, " AS %s)", type);
}

static void
put_text(const struct query *q, const char *column)
{
	put_cast(q, column, q->dialect->text);
}

static void
put_number(const struct query *q, const char *column)
{
	put_cast(q, column, q->dialect->number);
}

/* " WHEN x IS NULL OR CAST(x AS TEXT) IN ('', ...) THEN ''" */
static void
put_missing(const struct query *q, const char *column)
{
	text_puts(q->out, " WHEN ");
	put_source(q, column);
	text_puts(q->out, " IS NULL OR ");
	put_text(q, column);
	text_puts(q->out,
	    " IN ('', 'NA', 'N/A', 'NaN', 'nan', 'null', 'None') THEN ''");
}

/*
 * " WHEN CAST(x AS TEXT) = 'yes' THEN '1'"; a whole number is also what
 * some databases write a floating-point one as: IN ('1', '1.0')
 */
static void
put_when(const struct query *q, const char *column, const char *value,
    const char *then)
{
	size_t n = strlen(value);
	const bool is_whole = n > 0 && strspn(value, "0123456789") == n;

	text_puts(q->out, " WHEN ");
	put_text(q, column);
	text_puts(q->out, is_whole ? " IN (" : " = ");
	sql_put_literal(q->out, q->dialect, value);
	if (is_whole)
		text_printf(q->out, ", '%s.0')", value);
	text_printf(q->out, " THEN '%s'", then);
}

/* " WHEN LOWER(CAST(x AS TEXT)) IN ('1', ...) THEN '1'" */
static void
put_words(const struct query *q, const char *column, const char *words,
    const char *then)
{
	text_puts(q->out, " WHEN LOWER(");
	put_text(q, column);
	text_printf(q->out, ") IN (%s) THEN '%s'", words, then);
}

/*
 * A label or prediction: 1, 0, or nothing.  What is neither stays as it is,
 * so that reading the counts says so.
 */
static void
put_answer(const struct query *q, const char *column)
{
	const struct prediction_columns *c = &q->request->columns;
	const bool is_own =
	    c->positive_prediction != NULL && column == c->prediction;
	const char *positive = is_own ? c->positive_prediction : c->positive;
	const char *negative = is_own ? c->negative_prediction : c->negative;

	text_puts(q->out, "CASE");
	if (positive != NULL) {
		put_when(q, column, positive, "1");
		if (negative != NULL)
			put_when(q, column, negative, "0");
	}
	put_missing(q, column);
	if (positive == NULL) {
		put_words(q, column, "'1', '1.0', 'true', 'yes'", "1");
		put_words(q, column, "'0', '0.0', 'false', 'no'", "0");
	}
	text_puts(q->out, " ELSE ");
	if (positive == NULL || negative != NULL)
		put_text(q, column);
	else
		text_puts(q->out, "'0'");
	text_puts(q->out, " END");
}

/* Whether the dialect must be asked what is a number. */
static bool
must_ask(const struct query *q)
{
	return q->dialect->not_a_number != NULL;
}

static void
put_not_a_number(const struct query *q, const char *column)
{
	const char *p = q->dialect->not_a_number;
	const char *value;

	while ((value = strstr(p, "%s")) != NULL) {
		text_put(q->out, p, (size_t)(value - p));
		put_source(q, column);
		p = value + 2;
	}
	text_puts(q->out, p);
}

/*
 * A number as text, to the last digit, or rounded to multiples of 1 / grid.
 * What is none stays as it is, as above.
 */
static void
put_exact(const struct query *q, const char *column, double grid)
{
	char steps[NUM_SIZE];

	text_puts(q->out, "CASE");
	put_missing(q, column);
	if (must_ask(q)) {
		text_puts(q->out, " WHEN ");
		put_not_a_number(q, column);
		text_puts(q->out, " THEN ");
		put_text(q, column);
	}
	text_printf(q->out, " ELSE %s", q->dialect->before);
	if (grid > 0) {
		num_write(grid, steps);
		text_puts(q->out, "ROUND(");
		put_number(q, column);
		text_printf(q->out, " * %s) / %s", steps, steps);
	} else {
		put_number(q, column);
	}
	text_printf(q->out, "%s END", q->dialect->after);
}

/* Selected from the threshold on. */
static void
put_selected(const struct query *q, const char *score)
{
	char threshold[NUM_SIZE];

	num_write(q->request->columns.threshold, threshold);
	text_puts(q->out, "CASE");
	put_missing(q, score);
	text_puts(q->out, " WHEN ");
	put_number(q, score);
	text_printf(q->out, " >= %s THEN '1' ELSE '0' END", threshold);
}

/* A label or prediction of the kind that is asked for; NULL: none. */
static void
put_outcome(const struct query *q, const char *column)
{
	if (column == NULL) {
		text_puts(q->out, "''");
	} else if (q->file->kind == PREDICTION_NUMBERS) {
		put_exact(q, column, 0);
	} else if (q->file->kind == PREDICTION_CLASSES) {
		text_puts(q->out, "CASE");
		put_missing(q, column);
		text_puts(q->out, " ELSE ");
		put_text(q, column);
		text_puts(q->out, " END");
	} else {
		put_answer(q, column);
	}
}

static void
put_prediction(const struct query *q)
{
	const struct prediction_columns *c = &q->request->columns;

	if (c->prediction == NULL && c->score != NULL &&
	    c->kind == PREDICTION_BINARY)
		put_selected(q, c->score);
	else
		put_outcome(q, c->prediction);
}

/*
 * The bin of a number, by the name that groups have.  What is no number gets
 * a name that reading refuses.
 */
static void
put_bin(const struct query *q, const struct prediction_bins *bins)
{
	const char *open = bins->closed_right ? "(" : "[";
	const char *shut = bins->closed_right ? "]" : ")";

	text_puts(q->out, "CASE");
	put_missing(q, bins->column);
	if (must_ask(q)) {
		text_puts(q->out, " WHEN ");
		put_not_a_number(q, bins->column);
		text_puts(q->out, " THEN '" GROUP_OVERALL "'");
	}
	for (size_t i = 0; i < bins->n; i++) {
		text_puts(q->out, " WHEN ");
		put_number(q, bins->column);
		text_printf(q->out, " %s %s THEN '%s%s, %s%s'",
		    bins->closed_right ? "<=" : "<", bins->edges[i],
		    i > 0 ? open : "(", i > 0 ? bins->edges[i - 1] : "-inf",
		    bins->edges[i], shut);
	}
	text_printf(
	    q->out, " ELSE '%s%s, inf)' END", open, bins->edges[bins->n - 1]);
}

static void
put_attribute(const struct query *q, const char *column)
{
	const struct prediction_columns *c = &q->request->columns;

	for (size_t i = 0; i < c->n_bins; i++)
		if (strcmp(c->bins[i].column, column) == 0) {
			put_bin(q, &c->bins[i]);
			return;
		}
	text_puts(q->out, "COALESCE(");
	put_text(q, column);
	text_puts(q->out, ", '')");
}

/* The weight of a row, or NULL when it is none. */
static void
put_weight(const struct query *q, const char *column)
{
	text_puts(q->out, "CASE WHEN ");
	if (must_ask(q)) {
		put_not_a_number(q, column);
		text_puts(q->out, " OR ");
	}
	put_number(q, column);
	text_puts(q->out, " NOT BETWEEN 0 AND 1000000000 THEN NULL ELSE ");
	put_number(q, column);
	text_puts(q->out, " END");
}

/* End a column and begin the next one. */
static void
put_alias(const struct query *q, const char *name)
{
	text_puts(q->out, " AS ");
	put_name(q, name);
	text_puts(q->out, ",\n    ");
}

/* One line for each row: attributes, label, prediction, score, weight. */
static void
put_rows(const struct query *q, const char *table)
{
	const struct prediction_columns *c = &q->request->columns;

	text_puts(q->out, "  SELECT\n    ");
	for (size_t i = 0; i < q->file->n_columns; i++) {
		put_attribute(q, q->file->columns[i]);
		put_alias(q, q->file->columns[i]);
	}
	put_outcome(q, c->label);
	put_alias(q, counts_names[COUNTS_LABEL]);
	put_prediction(q);
	put_alias(q, counts_names[COUNTS_PREDICTION]);
	if (c->score != NULL) {
		put_exact(q, c->score, q->request->grid);
		put_alias(q, q->score);
	}
	if (c->weight != NULL) {
		put_weight(q, c->weight);
		put_alias(q, counts_names[COUNTS_WEIGHT]);
	}
	text_cut(q->out, q->out->n - strlen(",\n    "));
	text_puts(q->out, "\n  FROM ");
	sql_put_table(q->out, q->dialect, table);
	text_puts(q->out, " AS source");
}

/* The names by which rows are counted. */
static void
put_keys(const struct query *q)
{
	const size_t n = counts_file_keys(q->file) - q->file->n_columns;

	for (size_t i = 0; i < q->file->n_columns; i++) {
		put_counted(q, q->file->columns[i]);
		text_puts(q->out, ", ");
	}
	for (size_t i = 0; i < n; i++) {
		text_puts(q->out, i > 0 ? ", " : "");
		put_counted(q, i == COUNTS_SCORE ? q->score : counts_names[i]);
	}
}

/* A sum of a power of the weights; nothing when one of them is none. */
static void
put_sum(const struct query *q, enum counts_column which)
{
	const char *weight = counts_names[COUNTS_WEIGHT];

	text_puts(q->out, ",\n  CASE WHEN COUNT(");
	put_counted(q, weight);
	text_printf(q->out, ") = COUNT(*) THEN %sSUM(", q->dialect->before);
	put_counted(q, weight);
	if (which == COUNTS_SQUARE) {
		text_puts(q->out, " * ");
		put_counted(q, weight);
	}
	text_printf(q->out, ")%s END AS ", q->dialect->after);
	put_name(q, counts_names[which]);
}

static void
put_query(const struct query *q, const char *table)
{
	text_puts(q->out, "SELECT\n  ");
	put_keys(q);
	text_puts(q->out, ",\n  COUNT(*) AS ");
	put_name(q, counts_names[COUNTS_N]);
	if (q->file->is_weighted) {
		put_sum(q, COUNTS_WEIGHT);
		put_sum(q, COUNTS_SQUARE);
	}
	text_puts(q->out, "\nFROM (\n");
	put_rows(q, table);
	text_puts(q->out, "\n) AS counted\nGROUP BY ");
	put_keys(q);
	text_puts(q->out, ";\n");
}

/*
 * Whether the names of the attributes are those of other columns when case
 * does not matter, as to most databases it does not.
 */
static int
check_names(const struct counts_file *file, struct diag_list *diags)
{
	for (size_t i = 0; i < file->n_columns; i++)
		for (size_t k = 0; k < COUNTS_FIXED; k++)
			if (strcasecmp(file->columns[i], counts_names[k]) ==
			    0) {
				diag_add(diags, DIAG_USAGE, nowhere,
				    "no attribute of counts can be called "
				    "\"%s\"",
				    file->columns[i]);
				return -1;
			}
	return 0;
}

int
measure_put_sql(struct text *out, struct arena *arena,
    const struct measure_request *request, const char *table,
    struct diag_list *diags)
{
	const struct prediction_columns *c = &request->columns;
	struct counts_file file;
	struct query q = { out, sql_dialect_find(request->sql, diags), request,
		&file, counts_score_name(arena, request->grid) };

	if (q.dialect == NULL)
		return -1;
	if (table == NULL || table[0] == '\0' ||
	    (c->label == NULL && c->prediction == NULL && c->score == NULL)) {
		diag_add(diags, DIAG_USAGE, nowhere,
		    "--sql needs --table=NAME and at least one of --label, "
		    "--prediction and --score");
		return -1;
	}
	counts_file_init(&file, c->kind, arena, diags);
	file.has_score = c->score != NULL;
	file.is_weighted = c->weight != NULL;
	if (counts_file_columns(&file, c) == -1 ||
	    check_names(&file, diags) == -1)
		return -1;
	put_query(&q, table);
	return 0;
}
