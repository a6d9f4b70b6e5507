#include "compose/fairness_summary.h"

#include "compose/arithmetic.h"
#include "compose/prose.h"

struct verdicts {
	size_t n, withheld;
	size_t by[DISPARITY_VERDICTS];
};

static void
count(struct verdicts *v, const struct record *record)
{
	for (const struct disparity_family *f = record->disparities.first;
	     f != NULL; f = f->next)
		for (const struct disparity *d = f->first; d != NULL;
		     d = d->next) {
			v->n++;
			if (arithmetic_is_hidden(d))
				v->withheld++;
			else
				v->by[d->verdict]++;
		}
}

/* The lowest ratio to the highest rate of any table that was asked for. */
static void
put_lowest(struct text *out, const struct record *record)
{
	const struct impact_row *lowest = NULL;
	const struct impact_table *of = NULL;
	char ratio[PROSE_SIZE];

	for (const struct impact_table *t = record->impacts; t != NULL;
	     t = t->next)
		for (size_t i = 0; i < t->n_rows; i++) {
			const struct impact_row *row = &t->rows[i];

			if (row->is_withheld || !row->has_ratio_all ||
			    (lowest != NULL &&
				row->ratio_all >= lowest->ratio_all))
				continue;
			lowest = row;
			of = t;
		}
	if (lowest == NULL)
		return;
	prose_figure(PROSE_RATIO, lowest->ratio_all, NULL, ratio);
	text_printf(out, " Lowest impact ratio: %s, of %s by %s.", ratio,
	    lowest->group, of->attribute);
}

static void
put_controls(struct text *out, const struct record *record)
{
	size_t turns = 0;

	for (const struct control *c = record->controls.first; c != NULL;
	     c = c->next)
		turns += c->turns;
	if (record->controls.n > 0)
		text_printf(out,
		    " %zu comparisons were made again within control features; "
		    "in %zu of them the difference turns round.",
		    record->controls.n, turns);
}

void
fairness_summarise(struct text *out, const struct record *record)
{
	struct verdicts v = { 0 };

	count(&v, record);
	if (v.n > 0)
		text_printf(out,
		    "%zu comparisons of a group with its reference: findings "
		    "%zu, to be watched %zu, without a finding %zu, too few "
		    "rows to tell %zu, not estimable %zu, withheld %zu.",
		    v.n, v.by[DISPARITY_FINDING], v.by[DISPARITY_WATCH],
		    v.by[DISPARITY_NO_FINDING], v.by[DISPARITY_NOT_ENOUGH_DATA],
		    v.by[DISPARITY_NOT_ESTIMABLE], v.withheld);
	put_lowest(out, record);
	put_controls(out, record);
}
