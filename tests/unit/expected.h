#ifndef DOSSIER_TESTS_UNIT_EXPECTED_H
#define DOSSIER_TESTS_UNIT_EXPECTED_H

#include <stdlib.h>

#include "base/file.h"
#include "base/num.h"
#include "read/csv.h"
#include "tap.h"

/*
 * The numbers of independent programs, kept outside the project in
 * $DOSSIER_SHARED/fairness-reference/expected: one row is one number.
 */

struct expected_row {
	const char *tool, *metric, *attribute, *group, *value;
	double number; /* "nan" and "inf" are numbers here */
	bool has_counts;
	double numerator, denominator;
};

struct expected {
	struct arena arena;
	struct diag_list diags;
	struct folder folder;
	struct expected_row *rows;
	size_t n;
};

/* Open the folder, or skip what the test is about. */
static inline bool
expected_open(struct expected *e)
{
	const char *shared = getenv("DOSSIER_SHARED");

	*e = (struct expected){ .folder = { -1, "" } };
	e->diags.arena = &e->arena;
	if (folder_open(&e->folder,
		arena_printf(&e->arena, "%s/fairness-reference",
		    shared != NULL ? shared : "../shared"),
		"", &e->diags) == 0)
		return true;
	tap_skip("no fairness-reference in $DOSSIER_SHARED");
	arena_free(&e->arena);
	return false;
}

static inline void
expected_close(struct expected *e)
{
	folder_close(&e->folder);
	arena_free(&e->arena);
}

static inline double
expected_number(const char *s)
{
	double value = NAN;

	if (strcmp(s, "inf") == 0)
		return HUGE_VAL;
	num_read(s, strlen(s), &value);
	return value;
}

/* Open a file of the folder. */
static inline struct csv *
expected_csv(struct expected *e, const char *path)
{
	struct source *source = arena_alloc(&e->arena, sizeof(*source));

	if (source_read(source, &e->arena, &e->folder, path, FILE_LIMIT_CSV,
		(struct pos){ NULL, 0, 0 }, &e->diags) == -1)
		return NULL;
	return csv_open(&e->arena, source, &e->diags);
}

static inline const char *
expected_cell(struct expected *e, const struct csv_row *row, int i)
{
	return arena_dup(&e->arena, row->fields[i].p, row->fields[i].n);
}

/* Read the rows of expected/FILE; false, and a failed check, if it cannot. */
static inline bool
expected_read(struct expected *e, const char *file)
{
	struct csv *csv =
	    expected_csv(e, arena_printf(&e->arena, "expected/%s", file));
	struct csv_row row;

	if (!CHECK(csv != NULL))
		return false;
	e->rows = arena_array(&e->arena, 20000, sizeof(*e->rows));
	e->n = 0;
	while (e->n < 20000 && csv_next(csv, &row, &e->diags) == 1) {
		struct expected_row *r = &e->rows[e->n++];

		r->tool = expected_cell(e, &row, 0);
		r->metric = expected_cell(e, &row, 1);
		r->attribute = expected_cell(e, &row, 2);
		r->group = expected_cell(e, &row, 3);
		r->value = expected_cell(e, &row, 4);
		r->number = expected_number(r->value);
		r->has_counts = row.fields[6].n > 0;
		r->numerator = expected_number(expected_cell(e, &row, 5));
		r->denominator = expected_number(expected_cell(e, &row, 6));
	}
	return CHECK(e->n > 0 && e->n < 20000);
}

static inline const struct expected_row *
expected_find(const struct expected *e, const char *tool, const char *metric,
    const char *attribute, const char *group)
{
	for (size_t i = 0; i < e->n; i++)
		if (strcmp(e->rows[i].metric, metric) == 0 &&
		    strcmp(e->rows[i].group, group) == 0 &&
		    strcmp(e->rows[i].attribute, attribute) == 0 &&
		    strcmp(e->rows[i].tool, tool) == 0)
			return &e->rows[i];
	return NULL;
}

/* Equal to 1e-9 relative, and below 1e-300 to nothing. */
static inline bool
expected_is_close(double got, double want)
{
	return got == want || (isnan(got) && isnan(want)) ||
	    fabs(got - want) <= 1e-9 * fabs(want) ||
	    (fabs(want) < 1e-300 && fabs(got) < 1e-300);
}

#endif
