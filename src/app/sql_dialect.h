#ifndef DOSSIER_APP_SQL_DIALECT_H
#define DOSSIER_APP_SQL_DIALECT_H

#include <stdbool.h>

#include "base/diag.h"
#include "base/text.h"

/*
 * How databases spell the little SQL that counting needs: names, literals,
 * types, and numbers that come out as they went in.
 */

struct sql_dialect {
	const char *name;
	char quote;         /* around names */
	bool escapes_names; /* a quote in a name by a backslash; else doubled */
	bool has_backslash; /* in literals, as an escape */
	const char *text;   /* types */
	const char *number;
	/* Around a number, so that as text it reads back to the same one. */
	const char *before, *after;
	/*
	 * What holds of a value that is no number where a cast would not say
	 * so, with %s for the value; NULL: the cast ends the query.
	 */
	const char *not_a_number;
};

/* The dialect of this name, or NULL with DIAG_USAGE. */
const struct sql_dialect *sql_dialect_find(
    const char *name, struct diag_list *diags);

/* A name in quotes; of a table, each part between dots. */
void sql_put_name(
    struct text *out, const struct sql_dialect *dialect, const char *name);
void sql_put_table(
    struct text *out, const struct sql_dialect *dialect, const char *name);

/* A literal text. */
void sql_put_literal(
    struct text *out, const struct sql_dialect *dialect, const char *s);

#endif
