#include <stdio.h>
#include <string.h>

#include "app/measure.h"
#include "base/near.h"
#include "base/num.h"

/* The query that counts rows where they live. */

static const struct pos nowhere = { NULL, 0, 0 };

struct dialect {
	const char *name;
	char quote;         /* around names */
	bool has_backslash; /* in literals and names, as an escape */
	const char *text;   /* types */
	const char *number;
};

static const struct dialect dialects[] = {
	{ "sqlite", '"', false, "TEXT", "REAL" },
	{ "postgres", '"', false, "TEXT", "DOUBLE PRECISION" },
	{ "duckdb", '"', false, "VARCHAR", "DOUBLE" },
	{ "spark", '`', true, "STRING", "DOUBLE" },
	{ "snowflake", '"', true, "VARCHAR", "DOUBLE" },
	{ "bigquery", '`', true, "STRING", "FLOAT64" },
};

enum { DIALECTS = sizeof(dialects) / sizeof(dialects[0]) };

/* A query in the making. */
struct query {
	struct text *out;
	const struct dialect *dialect;
	const struct measure_request *request;
};

/* A name in quotes. */
static void
put_name(const struct query *q, const char *name, size_t n)
{
	char quote = q->dialect->quote;
	/* BigQuery escapes its quotes, the others double theirs. */
	bool escapes = strcmp(q->dialect->name, "bigquery") == 0;

	text_putc(q->out, quote);
	for (size_t i = 0; i < n; i++) {
		if (escapes && (name[i] == quote || name[i] == '\\'))
			text_putc(q->out, '\\');
		else if (name[i] == quote)
			text_putc(q->out, quote);
		text_putc(q->out, name[i]);
	}
	text_putc(q->out, quote);
}

static void
put_column(const struct query *q, const char *name)
{
	put_name(q, name, strlen(name));
}

/* A table, its schema and so on before it: each part in quotes. */
static void
put_table(const struct query *q, const char *name)
{
	for (;;) {
		size_t n = strcspn(name, ".");

		put_name(q, name, n);
		if (name[n] == '\0')
			return;
		text_putc(q->out, '.');
		name += n + 1;
	}
}

static void
put_literal(const struct query *q, const char *s)
{
	text_putc(q->out, '\'');
	for (; *s != '\0'; s++) {
		if (*s == '\\' && q->dialect->has_backslash)
			text_putc(q->out, '\\');
		if (*s == '\'')
			text_putc(
			    q->out, q->dialect->has_backslash ? '\\' : '\'');
		text_putc(q->out, *s);
	}
	text_putc(q->out, '\'');
}

static void
put_cast(const struct query *q, const char *column, const char *type)
{
	text_puts(q->out, "CAST(");
	put_column(q, column);
	text_printf(q->out, " AS %s)", type);
}

/* "WHEN x IS NULL OR CAST(x AS TEXT) IN ('', ...) THEN ''" */
static void
put_missing(const struct query *q, const char *column)
{
	text_puts(q->out, "WHEN ");
	put_column(q, column);
	text_puts(q->out, " IS NULL OR ");
	put_cast(q, column, q->dialect->text);
	text_puts(q->out,
	    " IN ('', 'NA', 'N/A', 'NaN', 'nan', 'null', 'None') THEN ''");
}

/* "WHEN CAST(x AS TEXT) = 'yes' THEN '1'" */
static void
put_when(const struct query *q, const char *column, const char *value,
    const char *then)
{
	text_puts(q->out, " WHEN ");
	put_cast(q, column, q->dialect->text);
	text_puts(q->out, " = ");
	put_literal(q, value);
	text_printf(q->out, " THEN '%s'", then);
}

/*
 * A label or prediction: 1, 0, or nothing.  What is neither stays as it is,
 * so that reading the counts says so.
 */
static void
put_answer(const struct query *q, const char *column)
{
	const struct prediction_columns *c = &q->request->columns;

	text_puts(q->out, "CASE ");
	if (c->positive == NULL) {
		put_missing(q, column);
		text_puts(q->out, " WHEN LOWER(");
		put_cast(q, column, q->dialect->text);
		text_puts(q->out,
		    ") IN ('1', '1.0', 'true', 'yes') THEN '1' WHEN LOWER(");
		put_cast(q, column, q->dialect->text);
		text_puts(q->out, ") IN ('0', '0.0', 'false', 'no') THEN '0'");
		text_puts(q->out, " ELSE ");
		put_cast(q, column, q->dialect->text);
		text_puts(q->out, " END");
		return;
	}
	text_cut(q->out, q->out->n - 1);
	put_when(q, column, c->positive, "1");
	if (c->negative != NULL)
		put_when(q, column, c->negative, "0");
	text_putc(q->out, ' ');
	put_missing(q, column);
	text_puts(q->out, " ELSE ");
	if (c->negative != NULL)
		put_cast(q, column, q->dialect->text);
	else
		text_puts(q->out, "'0'");
	text_puts(q->out, " END");
}

/* Selected from the threshold on. */
static void
put_selected(const struct query *q, const char *score)
{
	char threshold[NUM_SIZE];

	num_write(q->request->columns.threshold, threshold);
	text_puts(q->out, "CASE ");
	put_missing(q, score);
	text_puts(q->out, " WHEN ");
	put_cast(q, score, q->dialect->number);
	text_printf(q->out, " >= %s THEN '1' ELSE '0' END", threshold);
}

/* The label; a word that reading refuses where the weight is none. */
static void
put_label(const struct query *q)
{
	const struct prediction_columns *c = &q->request->columns;

	if (c->weight != NULL) {
		text_puts(q->out, "CASE WHEN ");
		put_column(q, c->weight);
		text_puts(q->out, " IS NULL THEN 'no weight' ELSE ");
	}
	if (c->label != NULL)
		put_answer(q, c->label);
	else
		text_puts(q->out, "''");
	if (c->weight != NULL)
		text_puts(q->out, " END");
}

static void
put_prediction(const struct query *q)
{
	const struct prediction_columns *c = &q->request->columns;

	if (c->prediction != NULL)
		put_answer(q, c->prediction);
	else if (c->score != NULL)
		put_selected(q, c->score);
	else
		text_puts(q->out, "''");
}

static void
put_alias(const struct query *q, const char *name)
{
	text_puts(q->out, " AS ");
	put_column(q, name);
	text_puts(q->out, ",\n");
}

/* One line for each row: attributes, label, prediction, weight. */
static void
put_rows(
    const struct query *q, const struct counts_file *file, const char *table)
{
	const char *weight = q->request->columns.weight;

	text_puts(q->out, "  SELECT\n");
	for (size_t i = 0; i < file->n_columns; i++) {
		text_puts(q->out, "    COALESCE(");
		put_cast(q, file->columns[i], q->dialect->text);
		text_puts(q->out, ", '')");
		put_alias(q, file->columns[i]);
	}
	text_puts(q->out, "    ");
	put_label(q);
	put_alias(q, "label");
	text_puts(q->out, "    ");
	put_prediction(q);
	put_alias(q, "prediction");
	if (weight != NULL) {
		text_puts(q->out, "    ");
		put_cast(q, weight, q->dialect->number);
		put_alias(q, "weight");
	}
	text_cut(q->out, q->out->n - 2);
	text_puts(q->out, "\n  FROM ");
	put_table(q, table);
}

/* The names by which rows are counted. */
static void
put_keys(const struct query *q, const struct counts_file *file)
{
	for (size_t i = 0; i < file->n_columns; i++) {
		put_column(q, file->columns[i]);
		text_puts(q->out, ", ");
	}
	put_column(q, "label");
	text_puts(q->out, ", ");
	put_column(q, "prediction");
}

static void
put_sum(const struct query *q, const char *what, const char *name)
{
	text_printf(q->out, ",\n  %s AS ", what);
	put_column(q, name);
}

static void
put_query(
    const struct query *q, const struct counts_file *file, const char *table)
{
	char quote = q->dialect->quote;
	char sum[64];

	text_puts(q->out, "SELECT\n  ");
	put_keys(q, file);
	put_sum(q, "COUNT(*)", "n");
	if (q->request->columns.weight != NULL) {
		snprintf(sum, sizeof(sum), "SUM(%cweight%c)", quote, quote);
		put_sum(q, sum, "weight");
		snprintf(sum, sizeof(sum), "SUM(%cweight%c * %cweight%c)",
		    quote, quote, quote, quote);
		put_sum(q, sum, "weight_square");
	}
	text_puts(q->out, "\nFROM (\n");
	put_rows(q, file, table);
	text_puts(q->out, "\n) AS counted\nGROUP BY ");
	put_keys(q, file);
	text_puts(q->out, "\nORDER BY ");
	put_keys(q, file);
	text_puts(q->out, ";\n");
}

static const struct dialect *
find_dialect(const char *name, struct diag_list *diags)
{
	const char *names[DIALECTS];
	const char *near;

	for (size_t i = 0; i < DIALECTS; i++) {
		if (strcmp(dialects[i].name, name) == 0)
			return &dialects[i];
		names[i] = dialects[i].name;
	}
	near = near_word(name, names, DIALECTS);
	diag_add(diags, DIAG_USAGE, nowhere,
	    "--sql is sqlite, postgres, duckdb, spark, snowflake or bigquery, "
	    "not %s%s%s%s",
	    name, near != NULL ? "; did you mean " : "",
	    near != NULL ? near : "", near != NULL ? "?" : "");
	return NULL;
}

int
measure_put_sql(struct text *out, struct arena *arena,
    const struct measure_request *request, const char *table,
    struct diag_list *diags)
{
	const struct prediction_columns *c = &request->columns;
	struct query q = { out, find_dialect(request->sql, diags), request };
	struct counts_file file;

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
	if (counts_file_columns(&file, c) == -1)
		return -1;
	put_query(&q, &file, table);
	return 0;
}
