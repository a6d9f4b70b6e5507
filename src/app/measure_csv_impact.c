#include <math.h>

#include "app/measure.h"
#include "app/measure_line.h"
#include "measure/impact.h"
#include "measure/spread_row.h"

/* The tables of the four-fifths rule and of Local Law 144 as lines of CSV. */

static void
put_number(struct text *out, struct line line, const char *name, double value,
    bool is_there, const char *note)
{
	line.metric = name;
	line.value = is_there ? value : NAN;
	line.note = note;
	line_put(out, &line);
}

static void
put_four_fifths(
    struct text *out, struct line line, const struct impact_row *row)
{
	if (!row->has_ratio_all)
		return;
	put_number(out, line, "four_fifths_impact_ratio", row->ratio_all, true,
	    row->is_below ? "fail" : "pass");
	if (row->has_flip_one)
		put_number(out, line, "four_fifths_flip_one", row->flip_one,
		    true, row->flips ? "flips" : "stays");
	put_number(out, line, "four_fifths_shortfall", row->shortfall, true,
	    "extra selections needed to reach 0.8");
}

/* A row of the law's table; the selection rate stands there already. */
static void
put_row(struct text *out, struct line line, const struct impact_table *table,
    const struct impact_row *row, const struct measurement *m)
{
	const char *kind =
	    table->kind == IMPACT_SELECTION ? "selection" : "scoring";
	struct line share = line;

	if (table->kind == IMPACT_SCORING) {
		struct line rate = line;

		rate.has_counts = true;
		rate.numerator = row->selected;
		rate.denominator = row->n;
		put_number(out, rate, "scoring_rate", row->rate, row->has_rate,
		    row->has_rate ? NULL : "no row has a score");
	}
	share.has_counts = true;
	share.numerator = row->n;
	share.denominator = table->n;
	put_number(out, share, arena_printf(m->arena, "%s_share_of_data", kind),
	    row->share, true, NULL);
	put_number(out, line,
	    arena_printf(m->arena, "%s_impact_ratio_all", kind), row->ratio_all,
	    row->has_ratio_all, row->has_ratio_all ? NULL : "there is no rate");
	if (row->is_small)
		line.word = "excluded";
	put_number(out, line,
	    arena_printf(m->arena, "%s_impact_ratio_excluding_small", kind),
	    row->ratio_without, row->has_ratio_without || row->is_small,
	    row->has_ratio_without || row->is_small ? NULL :
						      "there is no rate");
}

static struct line
line_of(const struct group_table *table, const struct impact_row *row)
{
	return (struct line){ .attribute = table->attribute,
		.group = row->group,
		.has_n = true,
		.n = row->n };
}

static void
put_rule(struct text *out, const struct measurement *m,
    const struct group_table *table)
{
	const struct impact_options options = {
		.missing_is_group = m->request->options.missing_is_group,
		.ratio = 0.8,
		.small_share = 0.02
	};
	struct impact_table impact;

	if (!impact_measure(
		table, IMPACT_SELECTION, &options, m->arena, &impact))
		return;
	for (size_t i = 0; i < impact.n_rows; i++)
		if (!impact.rows[i].is_withheld)
			put_four_fifths(out, line_of(table, &impact.rows[i]),
			    &impact.rows[i]);
}

static void
put_law(struct text *out, const struct measurement *m,
    const struct group_table *table, enum impact_kind kind)
{
	const struct impact_options options = { .ratio = 0.8,
		.small_share = 0.02 };
	struct line all = { .attribute = table->attribute,
		.group = SPREAD_ALL,
		.has_n = true,
		.n = (double)group_rows(m->whole) };
	struct impact_table impact;

	if (!impact_measure(table, kind, &options, m->arena, &impact) ||
	    impact.n_is_withheld)
		return;
	if (kind == IMPACT_SELECTION)
		put_number(out, all, "unknown_category_count", impact.n_unknown,
		    true, NULL);
	all.has_n = measure_missing_is_shown(m, table);
	all.n = impact.n_scores;
	if (impact.has_median)
		put_number(out, all, "sample_median_score", impact.median, true,
		    impact.median_is_rounded ?
			"scores are rounded" :
			"over rows with known category and a score");
	for (size_t i = 0; i < impact.n_rows; i++)
		if (!impact.rows[i].is_withheld)
			put_row(out, line_of(table, &impact.rows[i]), &impact,
			    &impact.rows[i], m);
}

void
lines_put_impact(struct text *out, const struct measurement *m,
    const struct group_table *table)
{
	put_rule(out, m, table);
	put_law(out, m, table, IMPACT_SELECTION);
	put_law(out, m, table, IMPACT_SCORING);
}
