#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "compose/compose.h"
#include "compose/xml.h"

/*
 * A model's document, read back: what portfolio and ledger need of it.
 */

static const char *
copy(struct arena *arena, const xmlNode *node, const char *name)
{
	return arena_str(arena, xml_get(node, name));
}

static double
number(const xmlNode *node, const char *name)
{
	const char *text = xml_get(node, name);
	double value;

	return num_read(text, strlen(text), &value) ? value : NAN;
}

static unsigned
count(const xmlNode *node, const char *name)
{
	double value = number(node, name);

	return value > 0 ? (unsigned)value : 0;
}

static date
day(const xmlNode *node, const char *name)
{
	const char *text = xml_get(node, name);
	date value;

	return date_read(text, strlen(text), &value) ? value : DATE_NONE;
}

static enum verdict_result
result_of(const char *word)
{
	int i = VERDICT_PASS;

	while (i < VERDICT_ERROR &&
	    strcmp(result_word((enum verdict_result)i), word) != 0)
		i++;
	return (enum verdict_result)i;
}

static enum status
status_of(const char *word)
{
	int i = 0;

	while (i + 1 < STATUS_COUNT &&
	    strcmp(status_word((enum status)i), word) != 0)
		i++;
	return (enum status)i;
}

static enum effect
effect_of(const char *word)
{
	if (strcmp(word, "blocks") == 0)
		return EFFECT_BLOCKS;
	return strcmp(word, "warns") == 0 ? EFFECT_WARNS : EFFECT_PASSES;
}

static void
read_verdict(
    struct arena *arena, const xmlNode *node, struct summary_verdict *out)
{
	out->id = copy(arena, node, "id");
	out->rule = copy(arena, node, "rule");
	out->path = copy(arena, node, "path");
	out->result = result_of(xml_get(node, "result"));
	out->status = status_of(xml_get(node, "status"));
	out->effect = effect_of(xml_get(node, "effect"));
	out->message = arena_str(arena, xml_text(xml_child(node, "message")));
	out->first_seen = day(node, "first-seen");
	out->runs_open = count(node, "runs-open");
	out->title = copy(arena, node, "title");
	out->provision = copy(arena, node, "provision");
	out->fix = arena_str(arena, xml_text(xml_child(node, "fix")));
	out->pos.file = copy(arena, node, "file");
	out->pos.line = count(node, "line");
	out->pos.column = count(node, "column");
}

static size_t
count_children(const xmlNode *node, const char *name)
{
	size_t n = 0;

	for (xmlNodePtr c = xml_child(node, name); c != NULL; c = xml_next(c))
		n++;
	return n;
}

static void
read_verdicts(struct arena *arena, const xmlNode *report, struct summary *out)
{
	const xmlNode *node = xml_child(report, "findings");
	size_t i = 0;

	out->n_verdicts = count_children(node, "finding");
	out->verdicts =
	    arena_array(arena, out->n_verdicts, sizeof(*out->verdicts));
	for (xmlNodePtr c = xml_child(node, "finding"); c != NULL;
	     c = xml_next(c))
		read_verdict(arena, c, &out->verdicts[i++]);
}

static enum figure_result
figure_result_of(const char *word)
{
	int i = FIGURE_NO_LIMIT;

	while (i < FIGURE_NOT_TESTED &&
	    strcmp(figure_result_word((enum figure_result)i), word) != 0)
		i++;
	return (enum figure_result)i;
}

static size_t
count_figures(const xmlNode *report)
{
	const xmlNode *fairness = xml_child(report, "fairness");
	size_t n = count_children(xml_child(report, "performance"), "measure");

	for (xmlNodePtr t = xml_child(fairness, "table"); t != NULL;
	     t = xml_next(t))
		n += count_children(t, "group");
	return n;
}

/* Keep the figure that stands worst against its limit. */
static void
consider_worst(struct summary *out, enum figure_result *worst,
    const struct summary_figure *figure)
{
	bool farther;

	if (figure->result != FIGURE_WITHIN && figure->result != FIGURE_NEAR &&
	    figure->result != FIGURE_OUTSIDE)
		return;
	farther = isnan(out->worst_ratio) ||
	    (!isnan(figure->ratio) &&
		fabs(log(figure->ratio)) > fabs(log(out->worst_ratio)));
	if (figure->result < *worst || (figure->result == *worst && !farther))
		return;
	*worst = figure->result;
	out->worst_attribute = figure->attribute;
	out->worst_group = figure->group;
	out->worst_ratio = figure->ratio;
}

static void
read_group(
    struct arena *arena, const xmlNode *group, struct summary_figure *out)
{
	out->attribute = copy(arena, group, "attribute");
	out->group = copy(arena, group, "name");
	out->metric = copy(arena, group, "metric");
	out->n = number(group, "n");
	out->value = number(group, "value");
	out->ratio = number(group, "ratio");
	out->result = figure_result_of(xml_get(group, "result"));
}

static void
read_measure(
    struct arena *arena, const xmlNode *measure, struct summary_figure *out)
{
	out->attribute = "";
	out->group = copy(arena, measure, "data-set");
	out->metric = copy(arena, measure, "name");
	out->n = number(measure, "n");
	out->value = number(measure, "value");
	out->ratio = NAN;
	out->result = figure_result_of(xml_get(measure, "status"));
}

static void
read_figures(struct arena *arena, const xmlNode *report, struct summary *out)
{
	const xmlNode *fairness = xml_child(report, "fairness");
	const xmlNode *performance = xml_child(report, "performance");
	enum figure_result worst = FIGURE_NO_LIMIT;
	size_t i = 0;

	out->n_figures = count_figures(report);
	out->figures =
	    arena_array(arena, out->n_figures, sizeof(*out->figures));
	for (xmlNodePtr t = xml_child(fairness, "table"); t != NULL;
	     t = xml_next(t))
		for (xmlNodePtr g = xml_child(t, "group"); g != NULL;
		     g = xml_next(g)) {
			read_group(arena, g, &out->figures[i]);
			consider_worst(out, &worst, &out->figures[i++]);
		}
	for (xmlNodePtr m = xml_child(performance, "measure"); m != NULL;
	     m = xml_next(m))
		read_measure(arena, m, &out->figures[i++]);
}

static void
read_model(struct arena *arena, const xmlNode *report, struct summary *out)
{
	const xmlNode *model = xml_child(report, "model");
	const xmlNode *gate = xml_child(report, "gate");
	const xmlNode *requirements = xml_child(report, "requirements");
	const xmlNode *next = xml_child(xml_child(report, "dates"), "date");

	out->id = copy(arena, model, "id");
	out->name = copy(arena, model, "name");
	out->version = copy(arena, model, "version");
	out->tier = copy(arena, model, "tier-text");
	out->provision = copy(arena, model, "provision");
	out->role = copy(arena, model, "role-text");
	out->owner = copy(arena, model, "owner");
	out->gate = strcmp(xml_get(gate, "result"), "passed") == 0 ?
	    GATE_OPEN :
	    GATE_CLOSED;
	if (strcmp(xml_get(model, "readable"), "no") == 0)
		out->gate = GATE_UNREADABLE;
	out->blocking = count(gate, "blocking");
	out->warnings = count(gate, "warnings");
	out->known = count(gate, "known");
	out->met = count(requirements, "met");
	out->applicable = count(requirements, "n");
	out->next_date = next != NULL ? day(next, "day") : DATE_NONE;
	out->next_what = next != NULL ? copy(arena, next, "what") : "";
	snprintf(out->inputs, sizeof(out->inputs), "%s",
	    xml_get(xml_child(report, "inputs"), "tree-sha256"));
}

void
compose_summary(struct arena *arena, const xmlDoc *doc, struct summary *out)
{
	const xmlNode *report = xml_root(doc);

	*out = (struct summary){
		.worst_attribute = "", .worst_group = "", .worst_ratio = NAN
	};
	read_model(arena, report, out);
	read_verdicts(arena, report, out);
	read_figures(arena, report, out);
}
