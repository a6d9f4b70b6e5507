#include "app/sql_dialect.h"

#include <string.h>

#include "base/near.h"

/*
 * SQLite casts what is no number to 0, and compares a text with a number as
 * numbers only when the text is one.  It prints 15 digits unless told.  Spark
 * casts what is no number to NULL unless spark.sql.ansi.enabled.
 */
static const struct sql_dialect dialects[] = {
	{ "sqlite", '"', false, false, "TEXT", "REAL", "PRINTF('%!.17g', ", ")",
	    "CAST(%s AS NUMERIC) <> %s" },
	{ "postgres", '"', false, false, "TEXT", "DOUBLE PRECISION", "CAST(",
	    " AS TEXT)", NULL },
	{ "duckdb", '"', false, false, "VARCHAR", "DOUBLE", "CAST(",
	    " AS VARCHAR)", NULL },
	{ "spark", '`', false, true, "STRING", "DOUBLE", "CAST(", " AS STRING)",
	    "CAST(%s AS DOUBLE) IS NULL" },
	{ "snowflake", '"', false, true, "VARCHAR", "DOUBLE", "CAST(",
	    " AS VARCHAR)", NULL },
	{ "bigquery", '`', true, true, "STRING", "FLOAT64", "CAST(",
	    " AS STRING)", NULL },
};

enum { DIALECTS = sizeof(dialects) / sizeof(dialects[0]) };

const struct sql_dialect *
sql_dialect_find(const char *name, struct diag_list *diags)
{
	const char *names[DIALECTS];
	const char *near;

	for (size_t i = 0; i < DIALECTS; i++) {
		if (strcmp(dialects[i].name, name) == 0)
			return &dialects[i];
		names[i] = dialects[i].name;
	}
	near = near_word(name, names, DIALECTS);
	diag_add(diags, DIAG_USAGE, (struct pos){ NULL, 0, 0 },
	    "--sql is sqlite, postgres, duckdb, spark, snowflake or bigquery, "
	    "not %s%s%s%s",
	    name, near != NULL ? "; did you mean " : "",
	    near != NULL ? near : "", near != NULL ? "?" : "");
	return NULL;
}

static void
put_part(struct text *out, const struct sql_dialect *dialect, const char *p,
    size_t n)
{
	char quote = dialect->quote;

	text_putc(out, quote);
	for (size_t i = 0; i < n; i++) {
		if (dialect->escapes_names && (p[i] == quote || p[i] == '\\'))
			text_putc(out, '\\');
		else if (p[i] == quote)
			text_putc(out, quote);
		text_putc(out, p[i]);
	}
	text_putc(out, quote);
}

void
sql_put_name(
    struct text *out, const struct sql_dialect *dialect, const char *name)
{
	put_part(out, dialect, name, strlen(name));
}

void
sql_put_table(
    struct text *out, const struct sql_dialect *dialect, const char *name)
{
	for (;;) {
		size_t n = strcspn(name, ".");

		put_part(out, dialect, name, n);
		if (name[n] == '\0')
			return;
		text_putc(out, '.');
		name += n + 1;
	}
}

void
sql_put_literal(
    struct text *out, const struct sql_dialect *dialect, const char *s)
{
	text_putc(out, '\'');
	for (; *s != '\0'; s++) {
		if (*s == '\\' && dialect->has_backslash)
			text_putc(out, '\\');
		if (*s == '\'')
			text_putc(out, dialect->has_backslash ? '\\' : '\'');
		text_putc(out, *s);
	}
	text_putc(out, '\'');
}
