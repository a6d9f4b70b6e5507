#include "compose/impact.h"

#include <string.h>

#include "base/text.h"
#include "compose/prose.h"
#include "compose/xml.h"

/* NAME as a number where there is one, NAME-text as words. */
static void
set_figure(xmlNodePtr node, const char *name, bool has, enum prose_kind kind,
    double value)
{
	char words[PROSE_SIZE] = "None", name_text[32];
	size_t n = strlen(name);

	memcpy(name_text, name, n);
	memcpy(name_text + n, "-text", sizeof("-text"));
	if (has) {
		prose_figure(kind, value, NULL, words);
		xml_set_number(node, name, value);
	}
	xml_set(node, name_text, words);
}

static void
set_count(xmlNodePtr node, const char *name, double value)
{
	char words[PROSE_SIZE], name_text[32];
	size_t n = strlen(name);

	memcpy(name_text, name, n);
	memcpy(name_text + n, "-text", sizeof("-text"));
	prose_count(value, words);
	xml_set_number(node, name, value);
	xml_set(node, name_text, words);
}

/* The result by the four-fifths rule, or the place in the ratios. */
static void
set_status(xmlNodePtr node, const struct impact_table *table,
    const struct impact_row *row, enum impact_wording wording)
{
	const char *status = "Within limit", *class = "ok";
	bool is_best =
	    table->best_all != NULL && strcmp(row->group, table->best_all) == 0;

	if (row->is_withheld || !row->has_rate || is_best ||
	    wording == IMPACT_LOCAL_LAW_144) {
		status = row->is_withheld ? "Withheld" :
		    !row->has_rate        ? "Not estimable" :
		    is_best               ? "Reference" :
					    "No limit set";
		class = "na";
	} else if (row->is_below) {
		status = "Outside limit";
		class = "no";
	}
	xml_set(node, "status", status);
	xml_set(node, "class", class);
	if (row->is_small)
		xml_set(node, "reason", "below 2% of the rows");
}

static void
compose_row(xmlNodePtr parent, const struct impact_table *table,
    const struct impact_row *row, enum impact_wording wording)
{
	xmlNodePtr node = xml_add(parent, "impact-row");
	bool needs = row->is_below && row->shortfall > 0;

	xml_set(node, "name", row->group);
	set_status(node, table, row, wording);
	xml_set_bool(node, "withheld", row->is_withheld);
	xml_set_bool(node, "small", row->is_small);
	if (row->is_withheld)
		return;
	set_count(node, "selected", row->selected);
	set_count(node, "n", row->n);
	set_figure(node, "rate", row->has_rate, PROSE_RATE, row->rate);
	set_figure(
	    node, "share", !table->n_is_withheld, PROSE_RATE, row->share);
	set_figure(
	    node, "ratio", row->has_ratio_all, PROSE_RATIO, row->ratio_all);
	set_figure(node, "ratio-without", row->has_ratio_without, PROSE_RATIO,
	    row->ratio_without);
	if (needs)
		set_count(node, "shortfall", row->shortfall);
	else
		xml_set(node, "shortfall-text", "None");
	set_figure(
	    node, "flip-one", row->has_flip_one, PROSE_RATIO, row->flip_one);
	if (row->flips)
		xml_set(
		    node, "flips", "one person more would reach four fifths");
}

/* What the rows come to; a page unfolds what is below four fifths. */
static void
set_result(xmlNodePtr node, const struct impact_table *table,
    enum impact_wording wording)
{
	bool is_below = false;

	for (size_t i = 0; i < table->n_rows; i++)
		is_below = is_below || table->rows[i].is_below;
	if (wording == IMPACT_LOCAL_LAW_144) {
		xml_set(node, "status", "No limit set");
		xml_set(node, "class", "na");
		return;
	}
	xml_set(node, "status", is_below ? "Outside limit" : "Within limit");
	xml_set(node, "class", is_below ? "no" : "ok");
	if (is_below)
		xml_set(node, "open", "open");
}

static void
set_note(xmlNodePtr node, const struct impact_table *table,
    enum impact_wording wording)
{
	char people[PROSE_SIZE], unknown[PROSE_SIZE], median[PROSE_SIZE] = "";
	struct text note = { 0 };

	prose_count(table->n, people);
	prose_count(table->n_unknown, unknown);
	if (!table->n_is_withheld)
		text_printf(&note, "%s people; ", people);
	if (table->has_median) {
		prose_figure(PROSE_MEASURE, table->median, NULL, median);
		text_printf(&note,
		    "rate: share that scores above the median, "
		    "%s%s; ",
		    table->median_is_rounded ? "about " : "", median);
	}
	text_printf(&note, "ratio to the highest rate, that of %s",
	    table->best_all != NULL ? table->best_all : "nobody");
	if (wording == IMPACT_LOCAL_LAW_144 && table->n_small > 0 &&
	    table->best_without != NULL)
		text_printf(&note,
		    ", or of %s without the %zu categories "
		    "below 2%% of the rows",
		    table->best_without, table->n_small);
	if (table->n_is_withheld)
		text_puts(&note,
		    ". People of unknown category are not in it; their number "
		    "is withheld.");
	else
		text_printf(&note,
		    ". %s people of unknown category are not in it.", unknown);
	xml_set(node, "note", text_str(&note));
	text_free(&note);
}

void
impact_compose(xmlNodePtr parent, const struct impact_table *table,
    enum impact_wording wording, const char *label, size_t index)
{
	static const char *const titles[] = { "Four-fifths rule",
		"Local Law 144" };
	xmlNodePtr node = xml_add(parent, "impact");
	const char *rates =
	    table->kind == IMPACT_SCORING ? "scoring rates" : "selection rates";

	xml_setf(node, "id", "i%zu", index);
	xml_set(node, "rule", titles[wording]);
	xml_setf(
	    node, "caption", "%s: %s by %s", titles[wording], rates, label);
	xml_set(node, "rates", rates);
	xml_set(node, "counted",
	    table->kind == IMPACT_SCORING ? "Above the median" :
					    "Selected of people");
	xml_set(node, "attribute-label", label);
	xml_set_bool(node, "both", wording == IMPACT_LOCAL_LAW_144);
	set_result(node, table, wording);
	set_note(node, table, wording);
	for (size_t i = 0; i < table->n_rows; i++)
		compose_row(node, table, &table->rows[i], wording);
}
