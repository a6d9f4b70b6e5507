#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "compose/part.h"
#include "compose/portfolio.h"
#include "compose/prose.h"
#include "compose/xml.h"

/*
 * The end of the portfolio's document: the order of models and findings, key
 * figures, runs, rules and files.
 */

/* Whether the model is declared a prohibited practice. */
static bool
is_prohibited(const struct row *row)
{
	return strcmp(xml_get(row->node, "tier-class"), "no") == 0;
}

/* Worst first: unreadable, prohibited, blocked, warned; ties by id. */
static int
compare_rows(const void *a, const void *b)
{
	const struct summary *x = &((const struct row *)a)->sum;
	const struct summary *y = &((const struct row *)b)->sum;
	bool x_no = is_prohibited(a), y_no = is_prohibited(b);

	if (x->gate != y->gate)
		return x->gate > y->gate ? -1 : 1;
	if (x_no != y_no)
		return x_no ? -1 : 1;
	if (x->blocking != y->blocking)
		return x->blocking > y->blocking ? -1 : 1;
	if (x->warnings != y->warnings)
		return x->warnings > y->warnings ? -1 : 1;
	return strcmp(x->id, y->id);
}

static void
order_models(struct portfolio *p)
{
	size_t blocked = 0, unreadable = 0;

	if (p->n_rows > 0)
		qsort(p->rows, p->n_rows, sizeof(*p->rows), compare_rows);
	for (size_t i = 0; i < p->n_rows; i++) {
		blocked += p->rows[i].sum.gate != GATE_OPEN;
		unreadable += p->rows[i].sum.gate == GATE_UNREADABLE;
		xmlUnlinkNode(p->rows[i].node);
		xmlAddChild(p->models, p->rows[i].node);
	}
	xml_set_count(p->models, "n", p->n_rows);
	xml_set_count(p->models, "blocked", blocked);
	xml_set_count(p->models, "passed", p->n_rows - blocked);
	xml_set_count(p->models, "unreadable", unreadable);
}

/* What children are put in order by. */
typedef int compare_nodes(const void *, const void *);

static int
compare_findings(const void *a, const void *b)
{
	const xmlNode *x = *(xmlNodePtr const *)a;
	const xmlNode *y = *(xmlNodePtr const *)b;
	int order = strcmp(xml_get(x, "effect"), xml_get(y, "effect"));

	/* "blocks" before "passes" before "warns": put passes last. */
	if (order != 0 && strcmp(xml_get(x, "effect"), "passes") == 0)
		return 1;
	if (order != 0 && strcmp(xml_get(y, "effect"), "passes") == 0)
		return -1;
	if (order != 0)
		return order;
	order = strcmp(xml_get(x, "model"), xml_get(y, "model"));
	return order != 0 ? order :
			    strcmp(xml_get(x, "rule"), xml_get(y, "rule"));
}

static int
compare_days(const void *a, const void *b)
{
	const xmlNode *x = *(xmlNodePtr const *)a;
	const xmlNode *y = *(xmlNodePtr const *)b;
	int order = strcmp(xml_get(x, "day"), xml_get(y, "day"));

	if (order == 0)
		order = strcmp(xml_get(x, "kind"), xml_get(y, "kind"));
	return order != 0 ? order :
			    strcmp(xml_get(x, "models"), xml_get(y, "models"));
}

static size_t
order_children(struct portfolio *p, xmlNodePtr parent, compare_nodes *compare)
{
	size_t n = 0, i = 0;
	xmlNodePtr *list;

	for (xmlNodePtr c = parent->children; c != NULL; c = c->next)
		n++;
	list = arena_array(p->arena, n, sizeof(xmlNodePtr));
	for (xmlNodePtr c = parent->children; c != NULL; c = c->next)
		list[i++] = c;
	if (n > 0)
		qsort(list, n, sizeof(xmlNodePtr), compare);
	for (i = 0; i < n; i++) {
		xmlUnlinkNode(list[i]);
		xmlAddChild(parent, list[i]);
	}
	return n;
}

struct totals {
	size_t models, blocked, blocking, warnings, upcoming, waived, known;
	size_t met, applicable;
};

static struct totals
add_up(const struct portfolio *p)
{
	struct totals t = { 0 };

	for (size_t i = 0; i < p->n_rows; i++) {
		const struct summary *sum = &p->rows[i].sum;

		t.models++;
		t.blocked += sum->gate != GATE_OPEN;
		t.blocking += sum->blocking;
		t.warnings += sum->warnings;
		t.known += sum->known;
		t.met += sum->met;
		t.applicable += sum->applicable;
		for (size_t j = 0; j < sum->n_verdicts; j++) {
			t.upcoming +=
			    sum->verdicts[j].result == VERDICT_UPCOMING;
			t.waived += sum->verdicts[j].result == VERDICT_WAIVED;
		}
	}
	return t;
}

static void
end_gate(struct portfolio *p, const struct totals *t)
{
	xmlNodePtr gate = xml_child(p->report, "gate");
	bool open = t->blocked == 0 && t->models > 0;
	struct text out = { 0 };

	xml_set(gate, "result", open ? "passed" : "failed");
	xml_set(gate, "class", open ? "ok" : "no");
	if (open)
		text_printf(&out, "Gate: passed for %s%zu %s",
		    t->models == 1 ? "" : "all ", t->models,
		    t->models == 1 ? "model" : "models");
	else
		text_printf(&out,
		    "Gate: failed \xe2\x80\x94 %zu of %zu %s blocked",
		    t->blocked, t->models, t->models == 1 ? "model" : "models");
	xml_set(gate, "text", text_str(&out));
	xml_set_count(gate, "blocking", t->blocking);
	xml_set_count(gate, "warnings", t->warnings);
	xml_set_count(gate, "waived", t->waived);
	xml_set_count(gate, "known", t->known);
	xml_set_count(gate, "upcoming", t->upcoming);
	text_clear(&out);
	prose_number_of(&out, t->blocking, "finding blocks", "findings block");
	text_puts(&out, " release; ");
	prose_number_of(&out, t->warnings, "is a warning.", "are warnings.");
	if (t->known > 0) {
		text_putc(&out, ' ');
		prose_number_of(&out, t->known,
		    "known finding is in the baseline and does not block.",
		    "known findings are in the baseline and do not block.");
	}
	if (t->upcoming > 0) {
		text_putc(&out, ' ');
		prose_number_of(&out, t->upcoming, "duty applies later.",
		    "duties apply later.");
	}
	part_put_basis(&out, p->context);
	xml_set(gate, "sentence", text_str(&out));
	text_free(&out);
}

/* The share of a run, as a point of a sparkline: 0 below, 1 above. */
typedef double spark_value(const struct run_info *run);

static double
share_met(const struct run_info *run)
{
	return run->n_applicable > 0 ? (double)run->n_met / run->n_applicable :
				       0;
}

static double
share_blocked(const struct run_info *run)
{
	return run->n_models > 0 ? (double)run->n_blocked / run->n_models : 0;
}

/* A line through the runs before; fewer than 3 points are no line. */
static void
add_spark(xmlNodePtr tile, const struct history *history, spark_value *value)
{
	struct text line = { 0 };
	double x = 0, y = 0;
	xmlNodePtr spark;

	if (history == NULL || history->n_trend < 3)
		return;
	for (size_t i = 0; i < history->n_trend; i++) {
		x = 4 + 192.0 * (double)i / (double)(history->n_trend - 1);
		y = 28 - 24 * value(&history->trend[i]);
		text_printf(&line, "%s%.1f %.1f", i == 0 ? "M" : " L", x, y);
	}
	spark = xml_add(tile, "spark");
	xml_set(spark, "line", text_str(&line));
	xml_setf(spark, "x", "%.1f", x);
	xml_setf(spark, "y", "%.1f", y);
	text_free(&line);
}

static void
end_tiles(struct portfolio *p, const struct totals *t)
{
	xmlNodePtr tiles = xml_child(p->report, "tiles");
	xmlNodePtr tile = tile_add(tiles, "documents", "Requirements met");
	xmlNodePtr next = xml_child(p->dates, "date");
	const struct history *history = p->context->history;
	char met[PROSE_SIZE], applicable[PROSE_SIZE];

	prose_count((double)t->met, met);
	prose_count((double)t->applicable, applicable);
	xml_setf(tile, "value", "%s of %s", met, applicable);
	xml_setf(tile, "detail", "over %zu %s", t->models,
	    t->models == 1 ? "model" : "models");
	add_spark(tile, history, share_met);
	tile = tile_add(tiles, "blocked", "Models blocked");
	xml_setf(tile, "value", "%zu of %zu", t->blocked, t->models);
	xml_setf(tile, "detail", "%zu passed", t->models - t->blocked);
	add_spark(tile, history, share_blocked);
	tile = tile_add(tiles, "findings", "Blocking findings");
	xml_setf(tile, "value", "%zu", t->blocking);
	xml_setf(tile, "detail", "%zu %s, %zu due later", t->warnings,
	    t->warnings == 1 ? "warning" : "warnings", t->upcoming);
	tile = tile_add(tiles, "date", "Next date");
	xml_set(tile, "value", next != NULL ? xml_get(next, "text") : "None");
	xml_setf(tile, "detail", "%s%s%s",
	    next != NULL ? xml_get(next, "in-text") : "no date is ahead",
	    next != NULL ? ": " : "",
	    next != NULL ? xml_get(next, "what") : "");
}

static xmlNodePtr
add_file(xmlNodePtr parent, const struct input_file *file, const char *state)
{
	xmlNodePtr node = xml_add(parent, "file");
	char words[PROSE_SIZE];

	prose_bytes(file->bytes, words);
	xml_set(node, "path", file->path);
	xml_setf(node, "bytes", "%llu", file->bytes);
	xml_set(node, "bytes-text", words);
	xml_set(node, "sha256", file->sha256);
	xml_setf(node, "sha12", "%.12s", file->sha256);
	xml_set(node, "state", state);
	xml_set(node, "class", "ok");
	xml_set(node, "part", file->part);
	return node;
}

static void
end_files(struct portfolio *p, const struct portfolio_rest *rest)
{
	xmlNodePtr inputs = xml_child(p->report, "inputs");
	xmlNodePtr files = xml_add(p->report, "files");
	size_t n = 0;

	for (const struct input_file *f = rest->inputs; f != NULL;
	     f = f->next, n++)
		add_file(files, f, "Read");
	xml_set_count(files, "n", n);
	xml_set(files, "tree",
	    "Merkle tree hash of RFC 6962 over the inputs in the order of"
	    " their paths; a leaf is the text \"SHA256 BYTES PATH\".");
	xml_set_count(inputs, "n", n);
	xml_set(inputs, "tree-sha256", p->context->run->inputs);
}

static void
end_unused(struct portfolio *p, const struct portfolio_rest *rest)
{
	xmlNodePtr unused = xml_add(p->report, "unused");
	size_t n = 0;

	for (const struct input_file *f = rest->unused; f != NULL;
	     f = f->next, n++) {
		xmlNodePtr node = add_file(unused, f, "Not used");

		xmlSetProp(
		    node, (const xmlChar *)"class", (const xmlChar *)"wa");
	}
	xml_set_count(unused, "n", n);
}

static void
add_run(xmlNodePtr runs, const struct run_info *run)
{
	xmlNodePtr node = xml_add(runs, "run-row");

	xml_set(node, "id", run->id);
	xml_set_date(node, "date", date_of_time(run->time));
	xml_setf(node, "models", "%u", run->n_models);
	xml_setf(node, "blocked", "%u", run->n_blocked);
	xml_setf(node, "warnings", "%u", run->n_warnings);
	xml_setf(node, "documents-met", "%u", run->n_met);
	xml_setf(node, "documents-applicable", "%u", run->n_applicable);
	xml_set(node, "pack", run->pack);
	xml_set(node, "policy", run->policy);
}

static void
end_runs(struct portfolio *p, const struct totals *t)
{
	const struct history *history = p->context->history;
	xmlNodePtr runs = xml_add(p->report, "runs");
	struct run_info now = *p->context->run;
	size_t n = history != NULL ? history->n_trend : 0;

	now.n_models = (unsigned)t->models;
	now.n_blocked = (unsigned)t->blocked;
	now.n_warnings = (unsigned)t->warnings;
	now.n_met = (unsigned)t->met;
	now.n_applicable = (unsigned)t->applicable;
	for (size_t i = 0; i < n; i++)
		if (strcmp(history->trend[i].id, now.id) != 0)
			add_run(runs, &history->trend[i]);
	add_run(runs, &now);
	xml_set_count(runs, "n", n + 1);
}

static void
end_rules(struct portfolio *p)
{
	const struct context *context = p->context;
	xmlNodePtr rules = xml_add(p->report, "rules");

	for (size_t i = 0; i < context->n_rules; i++) {
		const struct rule_line *line = &context->rules[i];
		xmlNodePtr node = xml_add(rules, "rule");
		char from[DATE_SIZE];

		date_write(line->applies_from, from);
		xml_set(node, "id", line->id);
		xml_set(node, "title", line->title);
		xml_set(node, "provision", line->provision);
		xml_set(node, "applies-to", line->applies_to);
		xml_set(node, "tested", line->tested);
		xml_set(node, "effect", line->effect);
		if (from[0] != '\0')
			xml_set(node, "applies-from", from);
		xml_set(node, "since", context->pack.version);
	}
	xml_set_count(rules, "n", context->n_rules);
}

/* Counts of the parts that were filled model by model. */
static void
end_parts(struct portfolio *p, const struct totals *t)
{
	size_t n = order_children(p, p->findings, compare_findings);

	xml_set_count(p->findings, "n", n);
	xml_set_count(p->findings, "blocking", t->blocking);
	xml_set_count(p->findings, "warnings", t->warnings);
	order_children(p, p->dates, compare_days);
	xml_set_count(p->dates, "n", p->n_dates);
	xml_set_count(p->waivers, "n", p->n_waivers);
	for (size_t i = 0; i < TALLIES; i++)
		xml_set_count(xml_child(p->report, portfolio_tallies[i].part),
		    portfolio_tallies[i].name, p->tallies[i]);
	xml_set(p->fairness, "method",
	    "Intervals are Wilson score intervals unless a file gives its"
	    " own.");
}

xmlDocPtr
compose_portfolio_end(struct portfolio *p, const struct portfolio_rest *rest)
{
	struct totals totals = add_up(p);

	order_models(p);
	end_parts(p, &totals);
	end_gate(p, &totals);
	end_tiles(p, &totals);
	end_unused(p, rest);
	end_runs(p, &totals);
	end_rules(p);
	portfolio_law_end(p);
	end_files(p, rest);
	return p->doc;
}
