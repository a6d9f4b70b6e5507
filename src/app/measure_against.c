#include "app/measure_against.h"

#include <math.h>
#include <string.h>

#include "app/measure_sentence.h"
#include "app/measure_show.h"
#include "base/num.h"
#include "measure/disparity.h"
#include "measure/drift.h"

static const struct group_table *
table_then(const struct measurement *m, const struct group_table *now)
{
	for (size_t i = 0; i < m->then->data.n_tables; i++)
		if (strcmp(m->then->data.tables[i].attribute, now->attribute) ==
		    0)
			return &m->then->data.tables[i];
	return NULL;
}

void
against_compare(struct measurement *now, struct measurement *then)
{
	struct disparity_table *tables[] = { &now->changes };
	struct disparity_maker maker = { .out = &now->changes,
		.arena = now->arena,
		.options = &now->request->compare,
		.whole = now->whole };

	now->then = then;
	for (size_t k = 0; k < now->n_metrics; k++)
		drift_add(&maker, &now->data.whole, &then->data.whole,
		    then->whole, now->metrics[k]);
	for (size_t i = 0; i < now->data.n_tables; i++) {
		const struct group_table *table = &now->data.tables[i];
		const struct group_table *other = table_then(now, table);

		for (size_t k = 0; other != NULL && k < now->n_metrics; k++)
			drift_add(
			    &maker, table, other, then->whole, now->metrics[k]);
	}
	disparity_adjust_pack(tables, 1);
}

static bool
is_any_hidden(const struct group_table *table)
{
	for (size_t i = 0; i < table->n; i++)
		if (table->groups[i].n_is_withheld)
			return true;
	return false;
}

bool
against_mix(const struct measurement *m, const struct group_table *now,
    struct against_mix *out)
{
	const struct group_table *then = table_then(m, now);
	size_t room = now->n + (then != NULL ? then->n : 0);

	if (then == NULL || is_any_hidden(now) || is_any_hidden(then))
		return false;
	*out =
	    (struct against_mix){ arena_array(m->arena, room, sizeof(char *)),
		    arena_array(m->arena, room, sizeof(double)),
		    arena_array(m->arena, room, sizeof(double)), 0,
		    { .stability = 0 } };
	for (size_t i = 0; i < now->n; i++) {
		const struct group *other =
		    group_table_find(then, now->groups[i].name);

		out->names[out->n] = now->groups[i].name;
		out->now[out->n] = (double)group_rows(&now->groups[i]);
		out->then[out->n++] =
		    other != NULL ? (double)group_rows(other) : 0;
	}
	for (size_t i = 0; i < then->n; i++)
		if (group_table_find(now, then->groups[i].name) == NULL) {
			out->names[out->n] = then->groups[i].name;
			out->then[out->n++] =
			    (double)group_rows(&then->groups[i]);
		}
	return drift_mix_measure(
	    out->now, out->then, out->n, false, &out->distance);
}

bool
against_scores(const struct measurement *m, const struct group_table *table,
    const struct group *now, struct drift_scores *out)
{
	const struct group_table *other = table == &m->data.whole ?
	    &m->then->data.whole :
	    table_then(m, table);
	const struct group *then =
	    other != NULL ? group_table_find(other, now->name) : NULL;

	return then != NULL && measure_is_shown(now) &&
	    measure_is_shown(then) &&
	    drift_scores_measure(now->scores, then->scores, out);
}

const struct disparity_family *
against_family(const struct measurement *m, const char *attribute,
    const struct metric *metric)
{
	const struct disparity_family *f = m->changes.first;

	while (f != NULL &&
	    (strcmp(f->attribute, attribute) != 0 ||
		strcmp(f->metric, metric->name) != 0))
		f = f->next;
	return f;
}

/* Text. */

/* A line below the heading, cut at the width. */
static void
put_line(struct text *out, const struct measurement *m, struct text *line)
{
	struct text safe = { 0 };

	text_put_shown(&safe, text_str(line), line->n);
	show_blanks(out, 2);
	show_wrapped(out, text_str(&safe), 2, 4, m->width);
	text_free(&safe);
	text_clear(line);
}

static void
put_fixed(struct text *out, double value)
{
	char number[NUM_SIZE];

	num_write_fixed(value, fabs(value) >= 100 ? 1 : 4, number);
	text_puts(out, number);
}

static void
put_named(struct text *out, const char *name, double value)
{
	if (isnan(value))
		return;
	text_printf(out, ", %s ", name);
	put_fixed(out, value);
}

static void
put_p(struct text *out, double p)
{
	if (isnan(p))
		return;
	text_puts(out, " (p = ");
	show_p(out, p);
	text_putc(out, ')');
}

static void
put_scores(struct text *out, const struct measurement *m,
    const struct group_table *table, const struct group *group)
{
	struct drift_scores s;
	struct text line = { 0 };

	if (!against_scores(m, table, group, &s))
		return;
	text_printf(&line, "Scores of %s: stability index ", group->name);
	put_fixed(&line, s.stability);
	if (s.n_bins > 0)
		text_printf(&line, " over %zu bins", s.n_bins);
	else
		text_puts(&line, " over the values");
	put_named(&line, "Kolmogorov-Smirnov", s.ks.value);
	put_p(&line, s.ks.p);
	put_named(&line, "Wasserstein", s.wasserstein);
	put_named(&line, "over the deviation then", s.normed);
	put_named(&line, "Jensen-Shannon", s.jensen_shannon);
	put_line(out, m, &line);
	text_free(&line);
}

static void
put_mix(struct text *out, const struct measurement *m,
    const struct group_table *table)
{
	struct text line = { 0 };
	struct against_mix mix;

	if (!against_mix(m, table, &mix))
		return;
	text_puts(&line, "Mix of the groups: stability index ");
	put_fixed(&line, mix.distance.stability);
	put_named(&line, "Jensen-Shannon", mix.distance.jensen_shannon);
	put_named(&line, "total variation", mix.distance.total_variation);
	if (mix.distance.has_test) {
		put_named(&line, "chi-square", mix.distance.chi2.value);
		put_p(&line, mix.distance.chi2.p);
	}
	put_line(out, m, &line);
	text_free(&line);
}

static void
put_changes(struct text *out, const struct measurement *m,
    const struct group_table *table)
{
	struct text line = { 0 };

	for (size_t i = 0; i < table->n; i++)
		put_scores(out, m, table, &table->groups[i]);
	for (size_t k = 0; k < m->n_metrics; k++) {
		const struct disparity_family *f =
		    against_family(m, table->attribute, m->metrics[k]);

		if (f == NULL)
			continue;
		for (const struct disparity *d = f->first; d != NULL;
		     d = d->next) {
			sentence_put_disparity(&line, m->metrics[k], f, d);
			put_line(out, m, &line);
		}
	}
	text_free(&line);
}

void
against_put_text(struct text *out, const struct measurement *m)
{
	struct text line = { 0 };

	if (m->then == NULL)
		return;
	text_printf(&line, "Against %s: ", m->then->name);
	show_count(&line, (double)m->data.n_rows);
	text_puts(&line, " rows now, ");
	show_count(&line, (double)m->then->data.n_rows);
	text_puts(&line,
	    " then.  The stability index is the sum of (then - now) "
	    "ln(then / now) over shares; an empty share counts as 0.0001, and "
	    "scores of more than 20 values have bins of equal width, as many "
	    "as Sturges asks for both files together (Evidently's convention)");
	put_line(out, m, &line);
	put_changes(out, m, &m->data.whole);
	for (size_t i = 0; i < m->data.n_tables; i++) {
		text_putc(out, '\n');
		text_puts(&line, m->data.tables[i].attribute);
		text_puts(&line, ", now against then");
		put_line(out, m, &line);
		put_mix(out, m, &m->data.tables[i]);
		put_changes(out, m, &m->data.tables[i]);
	}
	text_free(&line);
}
