#include "compose/portfolio.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "compose/coverage.h"
#include "compose/part.h"
#include "compose/prose.h"
#include "compose/xml.h"

/*
 * The portfolio's document, from the documents of its models: rows are copied
 * as they stand, so that the portfolio says what the models say.
 */

const struct tally_name portfolio_tallies[TALLIES] = {
	{ "performance", "within" },
	{ "performance", "tested" },
	{ "fairness", "comparisons" },
	{ "fairness", "within" },
	{ "fairness", "tested" },
	{ "fairness", "withheld" },
	{ "fairness", "undefined" },
};

struct portfolio *
compose_portfolio_begin(struct arena *arena, const struct context *context)
{
	struct portfolio *p = arena_alloc(arena, sizeof(*p));

	p->arena = arena;
	p->context = context;
	p->doc = xmlNewDoc((const xmlChar *)"1.0");
	p->report =
	    xmlNewDocNode(p->doc, NULL, (const xmlChar *)"report", NULL);
	xmlDocSetRootElement(p->doc, p->report);
	xml_set(p->report, "kind", "portfolio");
	xml_set(p->report, "version", "1");
	part_header(p->report, context);
	xml_add(p->report, "inputs");
	xml_add(p->report, "gate");
	xml_add(p->report, "tiles");
	p->findings = xml_add(p->report, "findings");
	p->performance = xml_add(p->report, "performance");
	p->fairness = xml_add(p->report, "fairness");
	p->coverage = xml_add(p->report, "coverage");
	p->dates = xml_add(p->report, "dates");
	xml_add(p->report, "changes");
	p->waivers = xml_add(p->report, "waivers");
	p->models = xml_add(p->report, "models");
	portfolio_law_begin(p);
	return p;
}

/* A copy of a node, without its plots, appended to a parent. */
static xmlNodePtr
copy_node(struct portfolio *p, xmlNodePtr node, xmlNodePtr parent)
{
	xmlNodePtr copy = xmlDocCopyNode(node, p->doc, 1);

	return xmlAddChild(parent, copy);
}

/* Copy every child NAME of a part, told which model it is of. */
static size_t
copy_children(struct portfolio *p, const xmlNode *from, const char *name,
    xmlNodePtr to, const struct summary *sum)
{
	size_t n = 0;

	for (xmlNodePtr c = xml_child(from, name); c != NULL; c = xml_next(c)) {
		xmlNodePtr copy = copy_node(p, c, to);

		if (strcmp(xml_get(copy, "model"), "") == 0)
			xml_set(copy, "model", sum->id);
		n++;
	}
	return n;
}

static void
add_findings(
    struct portfolio *p, const xmlNode *report, const struct summary *sum)
{
	const xmlNode *from = xml_child(report, "findings");

	for (xmlNodePtr c = xml_child(from, "finding"); c != NULL;
	     c = xml_next(c)) {
		xmlNodePtr copy = copy_node(p, c, p->findings);

		xml_set(copy, "model", sum->id);
		xml_set(copy, "model-name", sum->name);
		xml_setf(copy, "href", "cards/%s.html#%s", sum->id,
		    xml_get(c, "anchor"));
	}
}

/* Tidy figures: tables with their groups, without the geometry. */
static void
add_fairness(
    struct portfolio *p, const xmlNode *report, const struct summary *sum)
{
	const xmlNode *from = xml_child(report, "fairness");

	for (xmlNodePtr t = xml_child(from, "table"); t != NULL;
	     t = xml_next(t)) {
		xmlNodePtr table = xmlDocCopyNode(t, p->doc, 2);

		xmlAddChild(p->fairness, table);
		for (xmlNodePtr g = xml_child(t, "group"); g != NULL;
		     g = xml_next(g)) {
			xmlNodePtr group = xmlDocCopyNode(g, p->doc, 2);

			xmlAddChild(table, group);
			xml_set(group, "model", sum->id);
		}
	}
}

/* One column of the matrix for each provision any model has. */
static void
add_coverage(struct portfolio *p, const xmlNode *report, xmlNodePtr row)
{
	const xmlNode *from = xml_child(report, "coverage");

	for (xmlNodePtr c = xml_child(from, "provision"); c != NULL;
	     c = xml_next(c)) {
		xmlNodePtr cell = xml_add(row, "cell");

		xml_set(cell, "id", xml_get(c, "id"));
		xml_set(cell, "text", xml_get(c, "text"));
		xml_set(cell, "class", xml_get(c, "class"));
		xml_set(cell, "status", xml_get(c, "status"));
	}
	if (xml_child(p->coverage, "provision") == NULL)
		for (xmlNodePtr c = xml_child(from, "provision"); c != NULL;
		     c = xml_next(c))
			copy_node(p, c, p->coverage);
}

/* Legal dates of many models are one line; other dates stand alone. */
static xmlNodePtr
find_date(struct portfolio *p, const xmlNode *node)
{
	bool legal = strcmp(xml_get(node, "kind"), "Legal date") == 0;
	xmlNodePtr d = xml_child(p->dates, "date");

	while (d != NULL &&
	    !(legal && strcmp(xml_get(d, "kind"), "Legal date") == 0 &&
		strcmp(xml_get(d, "day"), xml_get(node, "day")) == 0))
		d = xml_next(d);
	return d;
}

static void
replace(xmlNodePtr node, const char *name, const char *value)
{
	xmlUnsetProp(node, (const xmlChar *)name);
	xml_set(node, name, value);
}

/* Whether a list joined by ", " has the name. */
static bool
lists(const char *list, const char *name)
{
	size_t n = strlen(name);

	for (const char *at = list; (at = strstr(at, name)) != NULL; at++)
		if ((at == list || at[-1] == ' ') &&
		    (at[n] == '\0' || at[n] == ','))
			return true;
	return false;
}

static size_t
count_of(const xmlNode *node, const char *name)
{
	return strtoul(xml_get(node, name), NULL, 10);
}

/* Add the duties that begin for one more model to a legal date. */
static void
add_duties(xmlNodePtr known, const xmlNode *more, const struct summary *sum)
{
	size_t n_groups, n = count_of(known, "duties");
	size_t open = count_of(known, "open");
	const struct provision_group *groups = coverage_groups(&n_groups);
	struct text text = { 0 };

	for (size_t i = 0; i < n_groups; i++)
		if (lists(xml_get(known, "provision"), groups[i].label) ||
		    lists(xml_get(more, "provision"), groups[i].label))
			text_printf(&text, "%s%s", text.n > 0 ? ", " : "",
			    groups[i].label);
	replace(known, "provision", text_str(&text));
	text_clear(&text);
	text_printf(&text, "%s, %s", xml_get(known, "models"), sum->id);
	replace(known, "models", text_str(&text));
	text_free(&text);
	replace(known, "what", NULL);
	replace(known, "duties", NULL);
	replace(known, "open", NULL);
	part_set_duties(
	    known, n + count_of(more, "duties"), open + count_of(more, "open"));
}

static void
add_dates(struct portfolio *p, const xmlNode *report, const struct summary *sum)
{
	const xmlNode *from = xml_child(report, "dates");

	for (xmlNodePtr c = xml_child(from, "date"); c != NULL;
	     c = xml_next(c)) {
		xmlNodePtr known = find_date(p, c);

		if (known == NULL) {
			copy_node(p, c, p->dates);
			p->n_dates++;
			continue;
		}
		add_duties(known, c, sum);
	}
}

static void
set_worst(xmlNodePtr node, const xmlNode *report, const struct summary *sum)
{
	const char *worst = xml_get(xml_child(report, "fairness"), "worst-of");
	char ratio[PROSE_SIZE] = "";

	if (sum->worst_group[0] == '\0') {
		xml_set(node, "worst", "None tested");
		xml_set(node, "worst-class", "na");
		return;
	}
	if (!isnan(sum->worst_ratio)) {
		prose_figure(PROSE_RATIO, sum->worst_ratio, NULL, ratio);
		xml_set(node, "worst-ratio", ratio);
	}
	if (worst[0] != '\0')
		xml_set(node, "worst", worst);
	else
		xml_setf(node, "worst", "%s %s", sum->worst_attribute,
		    sum->worst_group);
	xml_set(node, "worst-attribute", sum->worst_attribute);
	xml_set(node, "worst-group", sum->worst_group);
}

/* The class of the worst figure against its limit. */
static const char *
worst_class(const struct summary *sum)
{
	enum figure_result worst = FIGURE_NO_LIMIT;

	for (size_t i = 0; i < sum->n_figures; i++)
		if (sum->figures[i].attribute[0] != '\0' &&
		    sum->figures[i].result <= FIGURE_OUTSIDE &&
		    sum->figures[i].result > worst)
			worst = sum->figures[i].result;
	switch (worst) {
	case FIGURE_OUTSIDE:
		return "no";
	case FIGURE_NEAR:
		return "wa";
	case FIGURE_WITHIN:
		return "ok";
	default:
		return "na";
	}
}

static void
set_gate(xmlNodePtr node, const struct summary *sum)
{
	static const char *const words[] = { "Passed", "Failed",
		"Failed, unreadable" };

	xml_set(node, "gate-text", words[sum->gate]);
	xml_setf(node, "blocking", "%u", sum->blocking);
	xml_setf(node, "warnings", "%u", sum->warnings);
	xml_setf(node, "documents-met", "%u", sum->met);
	xml_setf(node, "documents-applicable", "%u", sum->applicable);
	xml_setf(node, "documents-text", "%u of %u", sum->met, sum->applicable);
	xml_setf(node, "share", "%.4f",
	    sum->applicable > 0 ? (double)sum->met / sum->applicable : 0.0);
	xml_setf(node, "meter", "%.1f",
	    sum->applicable > 0 ? 100.0 * sum->met / sum->applicable : 0.0);
}

static void
set_next(xmlNodePtr node, const xmlNode *report)
{
	const xmlNode *next = xml_child(xml_child(report, "dates"), "date");

	if (next == NULL) {
		xml_set(node, "next-text", "None");
		xml_set(node, "next-what", "None");
		return;
	}
	xml_set(node, "next-date", xml_get(next, "day"));
	xml_set(node, "next-text", xml_get(next, "text"));
	xml_set(node, "next-in", xml_get(next, "in-text"));
	xml_set(node, "next-what", xml_get(next, "what"));
}

/* The text of a record's field ("registration", "eu_database_id"). */
static const char *
record_text(const xmlNode *report, const char *section, const char *key)
{
	const xmlNode *field =
	    xml_child(xml_child(xml_child(report, "record"), section), key);
	const char *text = xml_get(field, "text");

	return text[0] != '\0' ? text : "Not provided";
}

static xmlNodePtr
add_model(struct portfolio *p, const xmlNode *report, const struct summary *sum)
{
	xmlNodePtr node = copy_node(p, xml_child(report, "model"), p->models);
	const xmlNode *fria = xml_child(report, "article-27");

	set_gate(node, sum);
	set_worst(node, report, sum);
	if (sum->worst_group[0] != '\0')
		xml_set(node, "worst-class", worst_class(sum));
	set_next(node, report);
	xml_set(node, "registered",
	    record_text(report, "registration", "eu_database_id"));
	xml_set(node, "placed",
	    record_text(report, "risk", "first_placed_on_market"));
	xml_set(node, "fria",
	    fria != NULL ? xml_get(fria, "status") : "Not applicable");
	xml_set(
	    node, "fria-class", fria != NULL ? xml_get(fria, "class") : "na");
	for (xmlNodePtr d = xml_child(node, "document"); d != NULL;
	     d = xml_next(d))
		xmlSetProp(d, (const xmlChar *)"href",
		    (const xmlChar *)xml_get(d, "path"));
	return node;
}

static void
add_tallies(struct portfolio *p, const xmlNode *report)
{
	for (size_t i = 0; i < TALLIES; i++) {
		const char *text =
		    xml_get(xml_child(report, portfolio_tallies[i].part),
			portfolio_tallies[i].name);

		p->tallies[i] += strtoul(text, NULL, 10);
	}
}

static void
keep_row(struct portfolio *p, xmlNodePtr node, const struct summary *sum)
{
	p->rows = arena_room(
	    p->arena, p->rows, p->n_rows, &p->size, sizeof(p->rows[0]));
	p->rows[p->n_rows++] = (struct row){ node, *sum };
}

void
compose_portfolio_add(
    struct portfolio *p, const xmlDoc *doc, const struct summary *sum)
{
	const xmlNode *report = xml_root(doc);
	xmlNodePtr node = add_model(p, report, sum);

	add_coverage(p, report, node);
	add_findings(p, report, sum);
	add_fairness(p, report, sum);
	add_dates(p, report, sum);
	add_tallies(p, report);
	portfolio_law_add(p, report);
	copy_children(p, xml_child(report, "performance"), "measure",
	    p->performance, sum);
	p->n_waivers += copy_children(
	    p, xml_child(report, "waivers"), "waiver", p->waivers, sum);
	keep_row(p, node, sum);
}
