#include "app/measure_control.h"

#include <math.h>
#include <string.h>

#include "app/measure_compared.h"
#include "app/measure_line.h"
#include "app/measure_show.h"
#include "base/num.h"
#include "measure/control.h"

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

bool
measure_controlled(const struct measurement *m, const struct group_table *table,
    const struct metric *metric, const struct group *group, const char *control,
    struct control *out)
{
	const struct control_cross by = { table, find_joined(m, table, control),
		false, control, m->request->options.missing_is_group,
		m->request->options.confidence };

	return by.cross != NULL &&
	    control_measure(out, m->arena, &by, metric, group);
}

static void
put_fixed(struct text *out, const char *what, double value, unsigned decimals)
{
	char number[NUM_SIZE];

	num_write_fixed(value, decimals, number);
	text_printf(out, "%s%s", what, isinf(value) ? "infinite" : number);
}

void
control_put_sentence(struct text *out, const struct control *c)
{
	text_printf(out, "Within %zu strat%s of %s, %s vs %s: ", c->n_strata,
	    c->n_strata == 1 ? "um" : "a", c->feature, c->group, c->reference);
	if (c->has_odds_ratio) {
		put_fixed(out, "odds ratio ", c->odds_ratio, 3);
		put_fixed(out, " (", 100 * c->confidence, 0);
		put_fixed(out, " % ", c->lower, 3);
		put_fixed(out, " to ", c->upper, 3);
		text_puts(out, ", Mantel-Haenszel), ");
	}
	put_fixed(out, "without strata ", c->crude_odds_ratio, 3);
	if (c->has_test) {
		put_fixed(
		    out, "; Cochran-Mantel-Haenszel chi-square ", c->chi2, 2);
		text_puts(out, ", p = ");
		show_p(out, c->p);
	}
	if (c->has_equality) {
		text_puts(out, "; the same in all strata, Breslow-Day p = ");
		show_p(out, c->equality_p);
	}
	if (c->turns)
		text_puts(out,
		    "; the direction turns within the strata: "
		    "Simpson's paradox");
}

void
control_put_json(struct json_writer *w, const struct control *c)
{
	json_string(w, "control", c->feature);
	json_put_number(w, "strata", (double)c->n_strata);
	json_put_number(w, "crude_odds_ratio", c->crude_odds_ratio);
	if (c->has_odds_ratio) {
		json_put_number(w, "odds_ratio", c->odds_ratio);
		json_put_number(w, "lower", c->lower);
		json_put_number(w, "upper", c->upper);
	}
	if (c->has_test) {
		json_put_number(w, "chi2", c->chi2);
		json_put_number(w, "p", c->p);
	}
	if (c->has_equality)
		json_put_number(w, "breslow_day_p", c->equality_p);
	json_bool(w, "turns", c->turns);
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
    const struct control *c)
{
	char percent[NUM_SIZE];

	num_write(100 * m->request->options.confidence, percent);
	put_line(out, m, line, "crude_odds_ratio", c->crude_odds_ratio, true);
	put_line(out, m, line, "odds_ratio", c->odds_ratio, c->has_odds_ratio);
	put_line(out, m, line,
	    arena_printf(m->arena, "odds_ratio_ci%s_low", percent), c->lower,
	    c->has_odds_ratio);
	put_line(out, m, line,
	    arena_printf(m->arena, "odds_ratio_ci%s_high", percent), c->upper,
	    c->has_odds_ratio);
	put_line(out, m, line, "cmh_chi2", c->chi2, c->has_test);
	put_line(out, m, line, "cmh_p", c->p, c->has_test);
	put_line(out, m, line, "breslow_day_p", c->equality_p, c->has_equality);
	line.word = c->turns ? "true" : "false";
	put_line(out, m, line, "turns", 0, true);
}

/* One group of a table, one metric, one control. */
static void
put_controlled(struct text *out, const struct measurement *m,
    const struct group_table *table, const struct group *group,
    const struct metric *metric, const char *control)
{
	struct line line = { .attribute = table->attribute, .has_n = true };
	struct control controlled;

	if (!measure_controlled(m, table, metric, group, control, &controlled))
		return;
	line.metric =
	    arena_printf(m->arena, "%s_given_%s", metric->name, control);
	line.group = arena_printf(
	    m->arena, "%s vs %s", group->name, table->reference->name);
	line.n = (double)group_rows(group);
	line.note = arena_printf(m->arena, "%zu strata", controlled.n_strata);
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
