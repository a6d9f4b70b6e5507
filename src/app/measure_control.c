#include "app/measure_control.h"

#include <math.h>
#include <string.h>

#include "app/measure_compared.h"
#include "app/measure_line.h"
#include "app/measure_show.h"
#include "base/num.h"

/* Whether a column is part of an attribute. */
static bool
holds(const char *attribute, const char *column)
{
	size_t n = strlen(column);

	for (const char *p = attribute; *p != '\0';) {
		size_t k = strcspn(p, "*");

		if (k == n && memcmp(p, column, n) == 0)
			return true;
		p += p[k] == '*' ? k + 1 : k;
	}
	return false;
}

/* Columns of an attribute. */
static size_t
width_of_attribute(const char *attribute)
{
	size_t n = 1;

	for (; *attribute != '\0'; attribute++)
		n += *attribute == '*' ? 1 : 0;
	return n;
}

static bool
is_asked(const char *const list[], size_t n, const char *attribute)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i], attribute) == 0)
			return true;
	return false;
}

void
control_attributes(struct prediction_columns *columns, struct arena *arena,
    const char *const controls[], size_t n)
{
	size_t n_asked = columns->n_attributes, filled = n_asked;
	const char **list =
	    arena_array(arena, n_asked * (n + 1), sizeof(list[0]));

	for (size_t i = 0; i < n_asked; i++)
		list[i] = columns->attributes[i];
	for (size_t i = 0; i < n_asked; i++)
		for (size_t k = 0; k < n; k++) {
			const char *joined =
			    arena_printf(arena, "%s*%s", list[i], controls[k]);

			if (holds(list[i], controls[k]) ||
			    width_of_attribute(joined) > WITHHOLD_COLUMNS ||
			    is_asked(list, filled, joined))
				continue;
			list[filled++] = joined;
		}
	columns->attributes = list;
	columns->n_attributes = filled;
}

/* The intersection of a table with a control, or NULL. */
static const struct group_table *
find_joined(const struct measurement *m, const struct group_table *table,
    const char *control)
{
	const char *name =
	    arena_printf(m->arena, "%s*%s", table->attribute, control);

	for (size_t i = 0; i < m->data.n_tables; i++)
		if (strcmp(m->data.tables[i].attribute, name) == 0)
			return &m->data.tables[i];
	return NULL;
}

/* The group of a joined table that is in a group and a stratum, or NULL. */
static const struct group *
find_cell(const struct group_table *joined, size_t n_columns,
    const struct group *group, uint32_t stratum)
{
	for (size_t i = 0; i < joined->n; i++) {
		const struct group *cell = &joined->groups[i];

		if (memcmp(cell->parts, group->parts,
			n_columns * sizeof(cell->parts[0])) == 0 &&
		    cell->parts[n_columns] == stratum)
			return cell;
	}
	return NULL;
}

/* A rate of a cell; false when it has none that may be shown. */
static bool
rate_of_cell(const struct measurement *m, const struct metric *metric,
    const struct group *cell, double *k, double *n)
{
	struct metric_value value;

	if (cell == NULL || !measure_is_shown(cell) ||
	    (cell->is_missing && !m->request->options.missing_is_group))
		return false;
	metric_measure(metric, cell, m->whole, &value);
	if (!value.defined || !(value.effective > 0))
		return false;
	*n = value.effective;
	*k = m->whole->counts.weighted ? value.value * value.effective :
					 value.numerator;
	return true;
}

bool
control_measure(const struct measurement *m, const struct group_table *table,
    const struct metric *metric, const struct group *group, const char *control,
    struct controlled *out)
{
	const struct group_table *joined = find_joined(m, table, control);
	struct two_rates *rates;

	*out = (struct controlled){ .control = control };
	if (joined == NULL || metric->kind != METRIC_RATE ||
	    table->reference == NULL)
		return false;
	rates = arena_array(m->arena, joined->n, sizeof(rates[0]));
	for (size_t i = 0; i < joined->n; i++) {
		const struct group *cell = &joined->groups[i];
		uint32_t stratum = cell->parts[table->n_columns];
		struct two_rates *r = &rates[out->n];

		if (find_cell(joined, table->n_columns, group, stratum) ==
			cell &&
		    rate_of_cell(m, metric, cell, &r->k1, &r->n1) &&
		    rate_of_cell(m, metric,
			find_cell(joined, table->n_columns, table->reference,
			    stratum),
			&r->k2, &r->n2))
			out->n++;
	}
	return strata_measure(
	    rates, out->n, m->request->options.confidence, &out->strata);
}

static void
put_fixed(struct text *out, const char *what, double value, unsigned decimals)
{
	char number[NUM_SIZE];

	num_write_fixed(value, decimals, number);
	text_printf(out, "%s%s", what, isinf(value) ? "infinite" : number);
}

void
control_put_sentence(struct text *out, const struct controlled *c,
    const char *group, const char *reference, double confidence)
{
	const struct strata *s = &c->strata;

	text_printf(out, "Within %zu strat%s of %s, %s vs %s: ", c->n,
	    c->n == 1 ? "um" : "a", c->control, group, reference);
	if (s->has_odds_ratio) {
		put_fixed(out, "odds ratio ", s->odds_ratio, 3);
		put_fixed(out, " (", 100 * confidence, 0);
		put_fixed(out, " % ", s->interval.lower, 3);
		put_fixed(out, " to ", s->interval.upper, 3);
		text_puts(out, ", Mantel-Haenszel), ");
	}
	put_fixed(out, "without strata ", s->crude_odds_ratio, 3);
	if (s->has_test) {
		put_fixed(out, "; Cochran-Mantel-Haenszel chi-square ",
		    s->test.value, 2);
		text_puts(out, ", p = ");
		show_p(out, s->test.p);
	}
	if (s->has_equality) {
		text_puts(out, "; the same in all strata, Breslow-Day p = ");
		show_p(out, s->equality.p);
	}
	if (s->turns)
		text_puts(out,
		    "; the direction turns within the strata: "
		    "Simpson's paradox");
}

void
control_put_json(struct json_writer *w, const struct controlled *c)
{
	const struct strata *s = &c->strata;

	json_string(w, "control", c->control);
	json_put_number(w, "strata", (double)c->n);
	json_put_number(w, "crude_odds_ratio", s->crude_odds_ratio);
	if (s->has_odds_ratio) {
		json_put_number(w, "odds_ratio", s->odds_ratio);
		json_put_number(w, "lower", s->interval.lower);
		json_put_number(w, "upper", s->interval.upper);
	}
	if (s->has_test) {
		json_put_number(w, "chi2", s->test.value);
		json_put_number(w, "p", s->test.p);
	}
	if (s->has_equality)
		json_put_number(w, "breslow_day_p", s->equality.p);
	json_bool(w, "turns", s->turns);
}

/* A line "M_given_C_WHAT". */
static void
put_line(struct text *out, const struct measurement *m, struct line line,
    const char *what, double value, bool is_there)
{
	line.metric = arena_printf(m->arena, "%s_%s", line.metric, what);
	line.value = is_there ? value : NAN;
	line.note = is_there ? line.note : "the strata do not tell";
	line_put(out, &line);
}

static void
put_lines(struct text *out, const struct measurement *m, struct line line,
    const struct controlled *c)
{
	const struct strata *s = &c->strata;
	char percent[NUM_SIZE];

	num_write(100 * m->request->options.confidence, percent);
	put_line(out, m, line, "crude_odds_ratio", s->crude_odds_ratio, true);
	put_line(out, m, line, "odds_ratio", s->odds_ratio, s->has_odds_ratio);
	put_line(out, m, line,
	    arena_printf(m->arena, "odds_ratio_ci%s_low", percent),
	    s->interval.lower, s->has_odds_ratio);
	put_line(out, m, line,
	    arena_printf(m->arena, "odds_ratio_ci%s_high", percent),
	    s->interval.upper, s->has_odds_ratio);
	put_line(out, m, line, "cmh_chi2", s->test.value, s->has_test);
	put_line(out, m, line, "cmh_p", s->test.p, s->has_test);
	put_line(out, m, line, "breslow_day_p", s->equality.p, s->has_equality);
	line.word = s->turns ? "true" : "false";
	put_line(out, m, line, "turns", 0, true);
}

/* One group of a table, one metric, one control. */
static void
put_controlled(struct text *out, const struct measurement *m,
    const struct group_table *table, const struct group *group,
    const struct metric *metric, const char *control)
{
	struct line line = { .attribute = table->attribute, .has_n = true };
	struct controlled controlled;

	if (group == table->reference || !measure_is_shown(group) ||
	    !control_measure(m, table, metric, group, control, &controlled))
		return;
	line.metric =
	    arena_printf(m->arena, "%s_given_%s", metric->name, control);
	line.group = arena_printf(
	    m->arena, "%s vs %s", group->name, table->reference->name);
	line.n = (double)group_rows(group);
	line.note = arena_printf(m->arena, "%zu strata", controlled.n);
	put_lines(out, m, line, &controlled);
}

void
lines_put_controlled(struct text *out, const struct measurement *m,
    const struct group_table *table)
{
	for (size_t c = 0; c < m->request->n_controls; c++)
		for (size_t i = 0; i < m->n_known; i++)
			for (size_t k = 0; k < table->n; k++)
				put_controlled(out, m, table, &table->groups[k],
				    m->known[i], m->request->controls[c]);
}
