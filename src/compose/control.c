#include "compose/control.h"

#include <math.h>
#include <stdio.h>

#include "base/num.h"
#include "compose/arithmetic.h"
#include "compose/xml.h"
#include "model/figure.h"

static void
put_ratio(struct text *out, double ratio)
{
	char words[PROSE_SIZE] = "infinite";

	if (isfinite(ratio))
		prose_figure(PROSE_RATIO, ratio, NULL, words);
	text_puts(out, words);
}

static void
put_p(struct text *out, double p)
{
	char words[PROSE_SIZE];

	arithmetic_p(p, words);
	text_printf(out, "p %s%s", words[0] == '<' ? "" : "= ", words);
}

/* ": common odds ratio 0.85 (95% interval 0.80 to 0.90), p <0.001 ..." */
static void
put_common(struct text *out, const struct control *c)
{
	char percent[NUM_SIZE];

	if (c->has_odds_ratio) {
		num_write(c->confidence * 100, percent);
		text_puts(out, "common odds ratio ");
		put_ratio(out, c->odds_ratio);
		text_printf(out, " (%s%% interval ", percent);
		put_ratio(out, c->lower);
		text_puts(out, " to ");
		put_ratio(out, c->upper);
		text_puts(out, ", Mantel-Haenszel), ");
	}
	text_puts(out, "without strata ");
	put_ratio(out, c->crude_odds_ratio);
	if (c->has_test) {
		text_puts(out, "; Cochran-Mantel-Haenszel, ");
		put_p(out, c->p);
	}
	if (c->has_equality) {
		text_puts(out, "; the same in all strata: Breslow-Day, ");
		put_p(out, c->equality_p);
	}
}

void
control_sentence(struct text *out, const struct control *c)
{
	text_printf(out, "%s of %s against %s within %zu %s of %s: ",
	    metric_label(c->metric), c->group, c->reference, c->n_strata,
	    c->n_strata == 1 ? "value" : "values", c->feature);
	put_common(out, c);
	text_putc(out, '.');
	if (c->turns)
		text_printf(out,
		    " Within %s the difference turns round (Simpson's "
		    "paradox): do not read the rates together alone.",
		    c->feature);
	if (c->n_withheld > 0)
		text_printf(out,
		    c->n_withheld == 1 ?
			" %zu value with few rows is left out." :
			" %zu values with few rows are left out.",
		    c->n_withheld);
	if (c->n_one_sided > 0)
		text_printf(out,
		    c->n_one_sided == 1 ?
			" %zu value has rows of one side only." :
			" %zu values have rows of one side only.",
		    c->n_one_sided);
}

static void
compose_stratum(xmlNodePtr parent, const struct control_stratum *s)
{
	xmlNodePtr node = xml_add(parent, "stratum");
	char words[PROSE_SIZE];

	xml_set(node, "name", s->name);
	xml_set_number(node, "numerator", s->k);
	xml_set_number(node, "denominator", s->n);
	xml_set_number(node, "value", s->k / s->n);
	xml_set_number(node, "reference-numerator", s->reference_k);
	xml_set_number(node, "reference-denominator", s->reference_n);
	xml_set_number(
	    node, "reference-value", s->reference_k / s->reference_n);
	xml_set_number(
	    node, "difference", s->k / s->n - s->reference_k / s->reference_n);
	prose_figure(PROSE_POINTS,
	    s->k / s->n - s->reference_k / s->reference_n, NULL, words);
	xml_set(node, "difference-text", words);
}

void
control_compose(xmlNodePtr parent, const struct control *c, const char *label,
    bool is_shown)
{
	xmlNodePtr node = xml_add(parent, "control");
	struct text sentence = { 0 };

	xml_set(node, "status", c->turns ? "Warning" : "Not applicable");
	xml_set(node, "class", c->turns ? "wa" : "na");
	xml_set_bool(node, "turns", c->turns);
	xml_set_bool(node, "shown", is_shown);
	xml_set(node, "attribute-label", label);
	xml_set(node, "metric-label", metric_label(c->metric));
	xml_set(node, "feature", c->feature);
	xml_set(node, "group", c->group);
	xml_set(node, "reference", c->reference);
	if (isfinite(c->crude_odds_ratio))
		xml_set_number(node, "crude", c->crude_odds_ratio);
	if (c->has_odds_ratio && isfinite(c->odds_ratio))
		xml_set_number(node, "common", c->odds_ratio);
	if (c->has_odds_ratio && isfinite(c->lower))
		xml_set_number(node, "lower", c->lower);
	if (c->has_odds_ratio && isfinite(c->upper))
		xml_set_number(node, "upper", c->upper);
	if (c->has_test)
		xml_set_number(node, "p", c->p);
	if (c->has_equality)
		xml_set_number(node, "equality-p", c->equality_p);
	control_sentence(&sentence, c);
	xml_set(node, "sentence", text_str(&sentence));
	text_free(&sentence);
	for (size_t i = 0; i < c->n_strata; i++)
		compose_stratum(node, &c->strata[i]);
}
