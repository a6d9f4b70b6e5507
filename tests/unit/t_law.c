#include "compose/portfolio.h"

#include "compose/xml.h"
#include "tap.h"

/* Every provision in the portfolio's document: its models and their states. */

static const struct provision_line lines[] = {
	{ .id = "art-9.1",
	    .chapter = "Chapter III",
	    .provision = "Article 9(1)",
	    .paraphrase = "Risks",
	    .holders = "provider",
	    .tiers = "high-risk",
	    .gate = "presence",
	    .covered = "rules",
	    .covered_by = "A9-1, A9-2" },
	{ .id = "art-9.10",
	    .chapter = "Chapter III",
	    .provision = "Article 9(10)",
	    .holders = "provider",
	    .tiers = "high-risk",
	    .covered = "open",
	    .is_gap = true },
	{ .id = "art-99.3",
	    .chapter = "Chapter XII",
	    .provision = "Article 99(3)",
	    .paraphrase = "Fines",
	    .holders = "none",
	    .tiers = "prohibited",
	    .gate = "information",
	    .covered = "information",
	    .covered_by = "it says what an infringement costs" },
	{ .id = "annex-iv.1.a",
	    .chapter = "Annex IV",
	    .provision = "Annex IV 1(a)",
	    .paraphrase = "Purpose",
	    .holders = "provider",
	    .tiers = "high-risk",
	    .gate = "presence",
	    .covered = "rules",
	    .covered_by = "AIV-1A" },
};

enum { LINES = sizeof(lines) / sizeof(lines[0]) };

struct desk {
	struct arena arena;
	struct context context;
	struct provision_line lines[LINES];
	struct portfolio portfolio;
	xmlDocPtr doc;
};

static void
open_desk(struct desk *desk, size_t n)
{
	memset(desk, 0, sizeof(*desk));
	memcpy(desk->lines, lines, sizeof(lines));
	for (size_t i = 0; i < LINES; i++)
		desk->lines[i].applies_from = desk->lines[i].annex_i_from =
		    DATE_NONE;
	desk->lines[0].applies_from = date_make(2027, 12, 2);
	desk->lines[0].annex_i_from = date_make(2028, 8, 2);
	desk->context.provisions = desk->lines;
	desk->context.n_provisions = n;
	desk->doc = xmlNewDoc((const xmlChar *)"1.0");
	desk->portfolio.arena = &desk->arena;
	desk->portfolio.context = &desk->context;
	desk->portfolio.doc = desk->doc;
	desk->portfolio.report =
	    xmlNewDocNode(desk->doc, NULL, (const xmlChar *)"report", NULL);
	xmlDocSetRootElement(desk->doc, desk->portfolio.report);
	portfolio_law_begin(&desk->portfolio);
}

static void
close_desk(struct desk *desk)
{
	xmlFreeDoc(desk->doc);
	arena_free(&desk->arena);
}

/* A requirement of a model: which provisions, and how it stands. */
struct told {
	const char *law, *status;
};

static void
add_model(struct desk *desk, const struct told told[], size_t n)
{
	xmlDocPtr doc = xmlNewDoc((const xmlChar *)"1.0");
	xmlNodePtr report =
	    xmlNewDocNode(doc, NULL, (const xmlChar *)"report", NULL);
	xmlNodePtr list;

	xmlDocSetRootElement(doc, report);
	list = xml_add(report, "requirements");
	for (size_t i = 0; i < n; i++) {
		xmlNodePtr node = xml_add(list, "requirement");

		xml_set(node, "law", told[i].law);
		xml_set(node, "status", told[i].status);
	}
	portfolio_law_add(&desk->portfolio, report);
	xmlFreeDoc(doc);
}

static const xmlNode *
duty_of(const struct desk *desk, const char *id)
{
	const xmlNode *law = xml_child(desk->portfolio.report, "law");
	xmlNodePtr c = xml_child(law, "duty");

	while (c != NULL && strcmp(xml_get(c, "id"), id) != 0)
		c = xml_next(c);
	return c;
}

static void
stands(const struct desk *desk, const char *id, const char *models,
    const char *status, const char *states)
{
	const xmlNode *duty = duty_of(desk, id);

	if (!CHECK(duty != NULL))
		return;
	CHECK_STR(xml_get(duty, "models"), models);
	CHECK_STR(xml_get(duty, "status"), status);
	CHECK_STR(xml_get(duty, "states"), states);
}

static void
counts_models(void)
{
	static const struct told first[] = {
		/* The worst of several is the model's; each model once. */
		{ "art-9.1", "Met" },
		{ "annex-iv.1.a, art-9.1", "Not provided" },
		{ "art-9.1", "Due" },
		{ "art-99.3", "Not applicable" },
		{ "art-1.1", "Not met" },
	};
	static const struct told second[] = { { "art-9.1", "Met" },
		{ "annex-iv.1.a", "Within limit" } };
	static const struct told third[] = { { "art-9.1", "Not met" },
		{ "annex-iv.1.a", "Not provided" } };
	struct desk desk;
	const xmlNode *law;

	open_desk(&desk, LINES);
	add_model(&desk, first, sizeof(first) / sizeof(first[0]));
	add_model(&desk, second, sizeof(second) / sizeof(second[0]));
	add_model(&desk, third, sizeof(third) / sizeof(third[0]));
	add_model(&desk, NULL, 0);
	portfolio_law_end(&desk.portfolio);
	law = xml_child(desk.portfolio.report, "law");
	CHECK_STR(xml_get(law, "n"), "4");
	CHECK_STR(xml_get(law, "binding"), "2");
	CHECK_STR(xml_get(law, "gaps"), "1");
	stands(&desk, "art-9.1", "3", "Not met",
	    "1 Not met, 1 Not provided, 1 Met");
	stands(&desk, "annex-iv.1.a", "3", "Not provided",
	    "2 Not provided, 1 Within limit");
	stands(&desk, "art-99.3", "0", "Not applicable", "None");
	stands(&desk, "art-9.10", "0", "Not applicable", "None");
	CHECK_STR(xml_get(duty_of(&desk, "art-9.1"), "met"), "1");
	CHECK_STR(xml_get(duty_of(&desk, "annex-iv.1.a"), "met"), "1");
	CHECK_STR(xml_get(duty_of(&desk, "annex-iv.1.a"), "class"), "mi");
	close_desk(&desk);
}

static void
says_how_covered(void)
{
	struct desk desk;
	const xmlNode *duty;

	open_desk(&desk, LINES);
	portfolio_law_end(&desk.portfolio);
	/* In the order of the context, that is, of the law. */
	duty = xml_child(xml_child(desk.portfolio.report, "law"), "duty");
	CHECK_STR(xml_get(duty, "id"), "art-9.1");
	CHECK_STR(xml_get(duty, "provision"), "Article 9(1)");
	CHECK_STR(xml_get(duty, "applies-from"), "2027-12-02");
	CHECK_STR(xml_get(duty, "annex-i-from-text"), "2 Aug 2028");
	CHECK_STR(xml_get(duty, "covered"), "rules");
	CHECK_STR(xml_get(duty, "covered-by"), "A9-1, A9-2");
	CHECK_STR(xml_get(duty, "gap"), "no");
	duty = xml_next(duty);
	CHECK_STR(xml_get(duty, "id"), "art-9.10");
	CHECK_STR(xml_get(duty, "paraphrase"), "");
	CHECK_STR(xml_get(duty, "applies-from"), "");
	CHECK_STR(xml_get(duty, "covered-by"), "");
	CHECK_STR(xml_get(duty, "gap"), "yes");
	CHECK_STR(xml_get(duty_of(&desk, "art-99.3"), "covered-by"),
	    "it says what an infringement costs");
	close_desk(&desk);
}

static void
does_without_provisions(void)
{
	static const struct told told[] = { { "art-9.1", "Met" } };
	struct desk desk;

	open_desk(&desk, 0);
	add_model(&desk, told, 1);
	portfolio_law_end(&desk.portfolio);
	CHECK_STR(xml_get(xml_child(desk.portfolio.report, "law"), "n"), "0");
	CHECK(duty_of(&desk, "art-9.1") == NULL);
	close_desk(&desk);
}

int
main(void)
{
	counts_models();
	says_how_covered();
	does_without_provisions();
	return tap_done();
}
