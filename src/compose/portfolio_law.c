#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "compose/portfolio.h"
#include "compose/xml.h"

/*
 * Every provision of the law in the portfolio: how it is covered, how many
 * models it binds, and how these stand.
 */

static int
compare_tallies(const void *a, const void *b)
{
	const struct provision_tally *x = a, *y = b;

	return strcmp(x->line->id, y->line->id);
}

void
portfolio_law_begin(struct portfolio *p)
{
	size_t n = p->context->n_provisions;

	p->provisions = arena_array(p->arena, n, sizeof(*p->provisions));
	for (size_t i = 0; i < n; i++) {
		p->provisions[i].line = &p->context->provisions[i];
		p->provisions[i].now = STATUS_COUNT;
	}
	if (n > 1)
		qsort(
		    p->provisions, n, sizeof(*p->provisions), compare_tallies);
}

static struct provision_tally *
find_tally(struct portfolio *p, const char *id)
{
	const struct provision_line line = { .id = id };
	const struct provision_tally wanted = { .line = &line };

	if (p->context->n_provisions == 0)
		return NULL;
	return bsearch(&wanted, p->provisions, p->context->n_provisions,
	    sizeof(wanted), compare_tallies);
}

static enum status
status_of(const char *word)
{
	int i = 0;

	while (
	    i < STATUS_COUNT && strcmp(status_word((enum status)i), word) != 0)
		i++;
	return (enum status)i;
}

/* Note the status for each provision of a list: "art-9.1, art-9.2". */
static void
note_status(struct portfolio *p, const char *law, enum status status)
{
	char id[64];

	while (*law != '\0') {
		size_t n = strcspn(law, ",");

		if (n < sizeof(id)) {
			struct provision_tally *tally;

			memcpy(id, law, n);
			id[n] = '\0';
			tally = find_tally(p, id);
			if (tally != NULL && status < tally->now)
				tally->now = status;
		}
		law += n;
		law += strspn(law, ", ");
	}
}

void
portfolio_law_add(struct portfolio *p, const xmlNode *report)
{
	const xmlNode *list = xml_child(report, "requirements");

	for (xmlNodePtr c = xml_child(list, "requirement"); c != NULL;
	     c = xml_next(c)) {
		enum status status = status_of(xml_get(c, "status"));

		if (status < STATUS_NOT_APPLICABLE)
			note_status(p, xml_get(c, "law"), status);
	}
	for (size_t i = 0; i < p->context->n_provisions; i++) {
		struct provision_tally *tally = &p->provisions[i];

		if (tally->now < STATUS_COUNT)
			tally->n[tally->now]++;
		tally->now = STATUS_COUNT;
	}
}

/* How many models, the worst status among them, and all in words. */
static void
set_models(xmlNodePtr node, const struct provision_tally *tally)
{
	enum status worst = STATUS_NOT_APPLICABLE;
	struct text states = { 0 };
	size_t n = 0;

	for (int i = STATUS_COUNT - 1; i >= 0; i--)
		if (tally->n[i] > 0)
			worst = (enum status)i;
	for (int i = 0; i < STATUS_COUNT; i++) {
		if (tally->n[i] == 0)
			continue;
		text_printf(&states, "%s%zu %s", n > 0 ? ", " : "", tally->n[i],
		    status_word((enum status)i));
		n += tally->n[i];
	}
	xml_set_count(node, "models", n);
	xml_set_count(
	    node, "met", tally->n[STATUS_MET] + tally->n[STATUS_WITHIN_LIMIT]);
	xml_set(node, "status", status_word(worst));
	xml_set(node, "class", status_class(worst));
	xml_set(node, "states", n > 0 ? text_str(&states) : "None");
	text_free(&states);
}

static void
add_provision(
    struct portfolio *p, xmlNodePtr law, const struct provision_line *line)
{
	xmlNodePtr node = xml_add(law, "duty");

	xml_set(node, "id", line->id);
	xml_set(node, "chapter", line->chapter);
	xml_set(node, "provision", line->provision);
	xml_set(node, "paraphrase",
	    line->paraphrase != NULL ? line->paraphrase : "");
	xml_set(node, "holders", line->holders);
	xml_set(node, "tiers", line->tiers);
	xml_set_date(node, "applies-from", line->applies_from);
	xml_set_date(node, "annex-i-from", line->annex_i_from);
	xml_set(node, "gate", line->gate != NULL ? line->gate : "");
	xml_set(node, "covered", line->covered);
	xml_set(node, "covered-by",
	    line->covered_by != NULL ? line->covered_by : "");
	xml_set_bool(node, "gap", line->is_gap);
	set_models(node, find_tally(p, line->id));
}

void
portfolio_law_end(struct portfolio *p)
{
	xmlNodePtr law = xml_add(p->report, "law");
	size_t n = p->context->n_provisions, n_gaps = 0, n_binding = 0;

	for (size_t i = 0; i < n; i++) {
		const struct provision_line *line = &p->context->provisions[i];

		add_provision(p, law, line);
		n_gaps += line->is_gap;
	}
	for (xmlNodePtr c = xml_child(law, "duty"); c != NULL; c = xml_next(c))
		n_binding += strcmp(xml_get(c, "models"), "0") != 0;
	xml_set_count(law, "n", n);
	xml_set_count(law, "binding", n_binding);
	xml_set_count(law, "gaps", n_gaps);
}
