#include "measure/predictions.h"

#include <math.h>

#include "measure/finish.h"
#include "measure/rows.h"

/* Take the counted tables: the whole, then the attributes. */
static int
take_tables(struct rows *r, struct predictions *out)
{
	static const cell_factors no_label = {
		[CELL_BLANK] = 1, [CELL_REFUSED] = 1, [CELL_SELECTED] = 1
	};
	static const cell_factors no_prediction = {
		[CELL_BLANK] = 1, [CELL_NEGATIVE] = 1, [CELL_POSITIVE] = 1
	};
	struct group_table *tables =
	    arena_array(r->arena, r->tally.n_tables, sizeof(tables[0]));
	const struct counts *counts;

	if (rows_tables(r, tables) == -1)
		return -1;
	out->whole = tables[0];
	out->tables = tables + 1;
	out->n_tables = r->tally.n_tables - 1;
	out->n_rows = r->n;
	out->n_bad = r->n_bad;
	counts = &out->whole.groups[0].counts;
	out->n_no_label = counts_rows_of(counts, no_label);
	out->n_no_prediction = counts_rows_of(counts, no_prediction);
	for (size_t i = 0;
	     i < r->tally.n_tables && r->columns->kind != PREDICTION_BINARY;
	     i++)
		for (size_t k = 0; k < tables[i].n; k++)
			tables[i].groups[k].counts =
			    (struct counts){ .weighted = r->tally.weighted };
	return 0;
}

/*
 * Whether there are labels; counted rows have a column for them that may be
 * empty.
 */
static bool
has_labels(const struct rows *r, const struct predictions *made)
{
	return r->label != ROWS_NO_COLUMN &&
	    (r->counts == NULL || made->n_no_label < made->n_rows);
}

static bool
has_predictions(const struct rows *r, const struct predictions *made)
{
	if (r->prediction == ROWS_NO_COLUMN)
		return r->score != ROWS_NO_COLUMN && !r->columns->no_threshold;
	return r->counts == NULL || r->score != ROWS_NO_COLUMN ||
	    made->n_no_prediction < made->n_rows;
}

/* Tell how far a number may be off, and why. */
static void
note_rounding(const struct rows *r, struct predictions *out, double resolution,
    const char *why)
{
	out->resolution = fmax(out->resolution, resolution);
	if (resolution > 0)
		diag_add(r->complaints.diags, DIAG_NUMBERS_ROUNDED,
		    (struct pos){ r->name, 1, 1 },
		    "each stands for all within %.2g: %s", resolution, why);
}

/*
 * Numbers are rounded where more are different than are kept apart; those of
 * counts may have been rounded before.
 */
static void
report_rounding(const struct rows *r, struct predictions *out)
{
	const struct group *whole = &out->whole.groups[0];
	const double grid = r->columns->score_grid;
	double resolution = 0;

	if (whole->scores != NULL)
		resolution = whole->scores->resolution;
	if (whole->regression != NULL)
		resolution = fmax(resolution,
		    fmax(whole->regression->predictions->resolution,
			whole->regression->absolute_errors->resolution));
	note_rounding(r, out, resolution,
	    arena_printf(r->arena,
		"more than %d different pairs of group and number",
		HISTOGRAM_ENTRIES));
	note_rounding(r, out, grid > 0 ? 0.5 / grid : 0,
	    "the counts were made with --resolution");
}

int
measure_prediction_rows(struct predictions *out, struct arena *arena,
    const struct scan_input *input, const struct prediction_columns *columns,
    const struct measure_options *options, struct diag_list *diags)
{
	struct rows r = { .arena = arena,
		.name = arena_str(arena, input->name),
		.columns = columns,
		.complaints = { .diags = diags } };
	int rc = -1;

	*out = (struct predictions){ 0 };
	if (rows_count(&r, input) == 0 && take_tables(&r, out) == 0) {
		report_rounding(&r, out);
		rc = finish_tables(out,
		    &(struct finish){ .arena = arena,
			.name = r.name,
			.options = options,
			.has_labels = has_labels(&r, out),
			.has_predictions = has_predictions(&r, out),
			.diags = diags });
	}
	rows_free(&r);
	return rc;
}
