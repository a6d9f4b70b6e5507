#include "compose/disparity.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "compose/arithmetic.h"
#include "compose/xml.h"
#include "model/figure.h"

const struct disparity_family *
disparity_family_of(const struct disparity_table *table, const char *attribute,
    const char *metric)
{
	const struct disparity_family *f = table->first;

	while (f != NULL &&
	    (strcmp(f->attribute, attribute) != 0 ||
		strcmp(f->metric, metric) != 0))
		f = f->next;
	return f;
}

const struct disparity *
disparity_of_group(const struct disparity_family *family, const char *group)
{
	const struct disparity *d = family != NULL ? family->first : NULL;

	while (d != NULL && strcmp(d->group.group, group) != 0)
		d = d->next;
	return d;
}

static void
set_verdict(xmlNodePtr node, const char *name, const struct disparity *d)
{
	const char *word = disparity_verdict_word(d->verdict);

	if (arithmetic_is_hidden(d)) {
		xml_set(node, name, "Withheld");
		xml_set(node, "class", "na");
		return;
	}
	xml_setf(node, name, "%c%s", toupper((unsigned char)word[0]), word + 1);
	xml_set(node, "class", disparity_verdict_class(d->verdict));
}

/* Attributes NAME, where it is a number, and NAME-text. */
static void
set_number(
    xmlNodePtr node, const char *name, bool has, double value, const char *text)
{
	char name_text[32];
	size_t n = strlen(name);

	memcpy(name_text, name, n);
	memcpy(name_text + n, "-text", sizeof("-text"));
	if (has && isfinite(value))
		xml_set_number(node, name, value);
	xml_set(node, name_text,
	    !has                ? "None" :
		isfinite(value) ? text :
				  "Infinite");
}

static void
set_sides(xmlNodePtr node, const struct disparity *d)
{
	enum prose_kind kind = arithmetic_value_kind(d->metric);
	char words[PROSE_SIZE] = "";

	arithmetic_counts(&d->group, words);
	xml_set(node, "counts", words);
	arithmetic_counts(&d->reference, words);
	xml_set(node, "reference-counts", words);
	if (d->reference.defined)
		prose_figure(kind, d->reference.value, NULL, words);
	set_number(node, "reference-value", d->reference.defined,
	    d->reference.value, words);
	if (d->group.has_shrunken)
		prose_figure(kind, d->group.shrunken, NULL, words);
	set_number(
	    node, "shrunken", d->group.has_shrunken, d->group.shrunken, words);
	if (d->group.has_counts && d->group.effective < d->group.denominator)
		xml_set_number(node, "effective", d->group.effective);
}

static void
set_interval(xmlNodePtr node, const char *what,
    const struct disparity_interval *interval, enum prose_kind kind)
{
	char words[PROSE_SIZE];
	bool has = interval->method != NULL;
	bool is_ratio = strcmp(what, "ratio") == 0;

	arithmetic_interval(kind, interval, words);
	xml_set(
	    node, is_ratio ? "ratio-interval" : "difference-interval", words);
	xml_set(node, is_ratio ? "ratio-method" : "difference-method",
	    has ? interval->method : "None");
	if (has && isfinite(interval->lower))
		xml_set_number(node,
		    is_ratio ? "ratio-lower" : "difference-lower",
		    interval->lower);
	if (has && isfinite(interval->upper))
		xml_set_number(node,
		    is_ratio ? "ratio-upper" : "difference-upper",
		    interval->upper);
}

static void
set_sizes(xmlNodePtr node, const struct disparity *d)
{
	enum prose_kind kind = arithmetic_difference_kind(d->metric);
	char words[PROSE_SIZE] = "";

	if (d->has_ratio && isfinite(d->ratio))
		prose_figure(PROSE_RATIO, d->ratio, NULL, words);
	set_number(node, "ratio", d->has_ratio, d->ratio, words);
	set_interval(node, "ratio", &d->ratio_interval, PROSE_RATIO);
	if (d->has_difference)
		prose_figure(kind, d->difference, NULL, words);
	set_number(node, "difference", d->has_difference, d->difference, words);
	set_interval(node, "difference", &d->difference_interval, kind);
}

static void
set_test(xmlNodePtr node, const struct disparity *d)
{
	bool has = d->test != NULL;
	char words[PROSE_SIZE] = "";

	xml_set(node, "test", has ? d->test : "None");
	if (has && d->has_z)
		prose_figure(PROSE_RATIO, d->z, NULL, words);
	set_number(node, "z", has && d->has_z, d->z, words);
	if (has)
		arithmetic_p(d->p, words);
	set_number(node, "p", has, d->p, words);
	if (has)
		arithmetic_p(d->p_adjusted, words);
	set_number(node, "adjusted", has, d->p_adjusted, words);
	xml_set(node, "adjustment",
	    has && d->adjustment != NULL ? d->adjustment : "None");
	if (has)
		xml_set_count(node, "family", d->family);
}

/* What these rows could have shown, and what would change it. */
static void
set_reach(xmlNodePtr node, const struct disparity *d)
{
	char words[PROSE_SIZE] = "";

	if (d->has_power)
		prose_figure(PROSE_RATE, d->power, NULL, words);
	set_number(node, "power", d->has_power, d->power, words);
	if (d->has_detectable)
		prose_figure(PROSE_POINTS, d->detectable, NULL, words);
	set_number(node, "detectable", d->has_detectable, d->detectable, words);
	if (d->has_rows_needed && isfinite(d->rows_needed))
		prose_count(d->rows_needed, words);
	set_number(
	    node, "rows-needed", d->has_rows_needed, d->rows_needed, words);
	if (d->has_flip_one && isfinite(d->flip_one))
		prose_figure(PROSE_RATIO, d->flip_one, NULL, words);
	set_number(node, "flip-one", d->has_flip_one, d->flip_one, words);
	if (d->has_shortfall && isfinite(d->shortfall))
		prose_count(d->shortfall, words);
	set_number(node, "shortfall", d->has_shortfall, d->shortfall, words);
}

void
disparity_compose(xmlNodePtr group, const struct disparity *d)
{
	xmlNodePtr node = xml_add(group, "disparity");
	struct text sentence = { 0 };

	set_verdict(node, "verdict", d);
	xml_set(node, "reference", d->reference.group);
	arithmetic_sentence(&sentence, d);
	xml_set(node, "sentence", text_str(&sentence));
	text_free(&sentence);
	if (arithmetic_is_hidden(d)) {
		xml_set_bool(node, "hidden", true);
		return;
	}
	xml_set_bool(node, "hidden", false);
	set_sides(node, d);
	set_sizes(node, d);
	set_test(node, d);
	set_reach(node, d);
}

void
disparity_compose_family(
    xmlNodePtr table, const struct disparity_family *family)
{
	xmlNodePtr node;
	char words[PROSE_SIZE], number[PROSE_SIZE];
	struct text text = { 0 };

	if (family->test == NULL)
		return;
	node = xml_add(table, "homogeneity");
	xml_set(node, "test", family->test);
	arithmetic_p(family->p, words);
	set_number(node, "p", true, family->p, words);
	prose_figure(PROSE_RATIO, family->chi2, NULL, number);
	text_printf(&text, "Any difference between %zu groups at all: %s",
	    family->n_groups, family->test);
	text_printf(&text, ", %s on %.0f %s of freedom, p %s%s", number,
	    family->df, family->df > 1 ? "degrees" : "degree",
	    words[0] == '<' ? "" : "= ", words);
	if (family->has_cramers_v) {
		prose_figure(PROSE_MEASURE, family->cramers_v, NULL, number);
		text_printf(&text, ", Cram\u00e9r's V %s", number);
		xml_set_number(node, "cramers-v", family->cramers_v);
	}
	if (family->replicates > 0)
		text_printf(&text, "; %u tables drawn, seed %llu",
		    family->replicates, family->seed);
	text_putc(&text, '.');
	xml_set_number(node, "chi2", family->chi2);
	xml_set_number(node, "df", family->df);
	xml_set_count(node, "groups", family->n_groups);
	xml_set(node, "text", text_str(&text));
	text_free(&text);
}

void
disparity_compose_line(
    xmlNodePtr parent, const struct disparity *d, const char *label)
{
	xmlNodePtr node = xml_add(parent, "comparison");
	struct text sentence = { 0 };

	set_verdict(node, "status", d);
	xml_set(node, "attribute-label", label);
	xml_set(node, "group", d->group.group);
	xml_set(node, "metric-label", metric_label(d->metric));
	arithmetic_sentence(&sentence, d);
	xml_set(node, "sentence", text_str(&sentence));
	text_free(&sentence);
}
