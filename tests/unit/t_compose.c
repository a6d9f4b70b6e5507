#include "compose/compose.h"

#include <libxml/xmlschemas.h>
#include <libxml/xmlschemastypes.h>

#include "app/context.h"
#include "check/check.h"
#include "compose/coverage.h"
#include "compose/find.h"
#include "compose/xml.h"
#include "intake/intake.h"
#include "intake/vocabulary.h"
#include "read/yaml.h"
#include "tap.h"

/* Everything that a report needs, on the real vocabulary and rules. */
struct bench {
	struct arena arena;
	struct diag_list diags;
	struct folder schemas;
	struct config config;
	struct pipeline pipeline;
	struct run_info run;
	struct context context;
	struct record record;
	xmlDocPtr doc;
	xmlNodePtr report;
};

static void
begin(struct bench *b)
{
	*b = (struct bench){ .config.root.fd = -1 };
	b->diags.arena = &b->arena;
	folder_open(&b->schemas, "schemas", "schemas", &b->diags);
	vocabulary_load(
	    &b->pipeline.vocabulary, &b->arena, &b->schemas, &b->diags);
	catalogue_load(&b->pipeline.catalogue, &b->arena, &b->schemas,
	    &b->pipeline.vocabulary, &b->diags);
	b->config.policy = (struct policy){ .version = "T-1",
		.as_of = date_make(2028, 9, 1),
		.min_report = 30,
		.confidence = 0.95,
		.max_age_months = 12 };
	b->config.organisation.name = "Nordhavn Group";
	b->pipeline.config = &b->config;
	b->run = (struct run_info){ .seq = -1,
		.id = "run-1",
		.time = 1851379200,
		.as_of = b->config.policy.as_of,
		.generator = "dossier test",
		.pack = "p",
		.policy = "T-1" };
	context_make(&b->context, &b->arena, &b->pipeline, &b->run, NULL);
}

/* Take a record in, judge it and compose its document. */
static void
compose(struct bench *b, const char *yaml)
{
	struct source *source = arena_alloc(&b->arena, sizeof(*source));
	struct change_list none = { NULL, 0 };
	const struct value *value;

	if (b->doc != NULL)
		xmlFreeDoc(b->doc);
	arena_free(&b->record.arena);
	b->record = (struct record){ .file = "models/m/model.yaml",
		.folder = "models/m" };
	source_of_bytes(source, "models/m/model.yaml",
	    arena_str(&b->arena, yaml), strlen(yaml));
	value = yaml_read(&b->arena, source, &b->diags);
	intake_value(&b->record, &b->pipeline.vocabulary, value);
	check_record(&b->pipeline.catalogue, &b->record, &b->config.policy);
	b->doc = compose_model(&b->record, &b->context);
	compose_changes(b->doc, &b->context, &none);
	b->report = xml_root(b->doc);
}

static void
end(struct bench *b)
{
	xmlFreeDoc(b->doc);
	arena_free(&b->record.arena);
	folder_close(&b->schemas);
	arena_free(&b->arena);
}

static const char *
at(const struct bench *b, const char *element, const char *attribute)
{
	return xml_get(xml_child(b->report, element), attribute);
}

static const char *const credit =
    "model: {id: m, name: 'A < B & \"C\"', version: '1.0', owner: Team}\n"
    "roles_held: [provider, deployer, importer]\n"
    "deployer: {name: Bank, kind: private}\n"
    "risk:\n"
    "  tiers: [high-risk-annex-iii, transparency]\n"
    "  annex_iii: {points: [5.b]}\n"
    "  put_into_service: 2027-05-02\n"
    "system: {hardware: Two virtual machines with eight cores each.}\n"
    "actions:\n"
    "  - {rule: AIV-9, owner: Ops, wanted_by: 2028-08-20}\n"
    "impact_assessment:\n"
    "  next_review: 2028-09-11\n"
    "  harms:\n"
    "    - {id: h1, right: Article 21, group: Young, harm: Refusal,\n"
    "       likelihood: high, severity: high, after: low,\n"
    "       provider_risk: r1}\n"
    "risk_management:\n"
    "  risks:\n"
    "    - {id: r1, risk: Refusal of the young}\n"
    "    - {id: r2, risk: Stale files}\n";

static void
says_who_and_what(struct bench *b)
{
	compose(b, credit);
	CHECK_STR(at(b, "model", "name"), "A < B & \"C\"");
	CHECK_STR(at(b, "model", "tier"), "high-risk-annex-iii transparency");
	CHECK_STR(at(b, "model", "tier-class"), "wa");
	CHECK_STR(at(b, "model", "provision"), "Annex III 5(b)");
	CHECK_STR(
	    at(b, "model", "role-text"), "Provider, deployer and importer");
	CHECK_STR(at(b, "model", "review"), "Review: not provided");
	CHECK_STR(at(b, "organisation", "name"), "Nordhavn Group");
	CHECK_STR(at(b, "run", "first"), "yes");
	CHECK_STR(at(b, "run", "date"), "2028-09-01");
	CHECK_STR(at(b, "gate", "result"), "failed");
	CHECK(strstr(at(b, "gate", "sentence"),
		  "not a legal finding of conformity") != NULL);
	CHECK(strstr(at(b, "gate", "sentence"), "ompliant") == NULL);
}

/* Counts of the gate, the findings and their nodes are one truth. */
static void
counts_agree(struct bench *b)
{
	struct counts_by_effect counts;
	xmlNodePtr findings, attention;
	size_t blocks = 0, n = 0, shown = 0;

	compose(b, credit);
	counts = find_counts(&b->record);
	findings = xml_child(b->report, "findings");
	attention = xml_child(b->report, "attention");
	for (xmlNodePtr f = xml_child(findings, "finding"); f != NULL;
	     f = xml_next(f)) {
		n++;
		blocks += strcmp(xml_get(f, "effect"), "blocks") == 0;
	}
	for (xmlNodePtr f = xml_child(attention, "finding"); f != NULL;
	     f = xml_next(f))
		shown++;
	CHECK_INT(blocks, counts.blocks);
	CHECK(counts.blocks > 20);
	CHECK_INT(strtoul(xml_get(findings, "n"), NULL, 10), n);
	CHECK_INT(strtoul(at(b, "gate", "blocking"), NULL, 10), blocks);
	CHECK_INT(shown, 7);
	CHECK_INT(strtoul(xml_get(attention, "more"), NULL, 10) + 7,
	    counts.blocks + counts.warns);
}

/* Worst first: no finding stands behind one that is less grave. */
static void
worst_stands_first(struct bench *b)
{
	int last = 0;
	bool ordered = true;

	compose(b, credit);
	for (xmlNodePtr f =
		 xml_child(xml_child(b->report, "findings"), "finding");
	     f != NULL; f = xml_next(f)) {
		const char *effect = xml_get(f, "effect");
		int rank = effect[0] == 'b' ? 0 : effect[0] == 'w' ? 1 : 2;

		ordered = ordered && rank >= last;
		last = rank;
	}
	CHECK(ordered);
}

static xmlNodePtr
find(xmlNodePtr parent, const char *element, const char *attribute,
    const char *value)
{
	xmlNodePtr node = xml_child(parent, element);

	while (node != NULL && strcmp(xml_get(node, attribute), value) != 0)
		node = xml_next(node);
	return node;
}

static void
shows_every_point_of_annex_iv(struct bench *b)
{
	xmlNodePtr annex, point;
	size_t n = 0;

	compose(b, credit);
	annex = xml_child(b->report, "annex-iv");
	for (xmlNodePtr p = xml_child(annex, "point"); p != NULL;
	     p = xml_next(p))
		n++;
	CHECK_INT(n, 23);
	CHECK_STR(xml_get(annex, "applicable"), "yes");
	CHECK_STR(xml_get(annex, "keep-until"), "2037-05-02");
	point = find(annex, "point", "no", "1(e)");
	CHECK_STR(xml_get(point, "status"), "Met");
	CHECK(strstr(xml_get(xml_child(point, "document-row"), "section"),
		  "system.hardware (line 8)") != NULL);
	point = find(annex, "point", "no", "9");
	CHECK_STR(xml_get(point, "status"), "Not provided");
	CHECK(xml_get(point, "finding")[0] != '\0');
	compose(b,
	    "model: {id: m}\nroles_held: [deployer]\n"
	    "risk: {tiers: [minimal]}\n");
	annex = xml_child(b->report, "annex-iv");
	CHECK_STR(xml_get(annex, "applicable"), "no");
	CHECK(xml_get(annex, "reason")[0] != '\0');
}

static void
tests_the_scope_of_article_27(struct bench *b)
{
	xmlNodePtr node;
	size_t n = 0;

	compose(b, credit);
	node = xml_child(b->report, "article-27");
	CHECK_STR(xml_get(node, "in-scope"), "yes");
	CHECK_STR(xml_get(node, "of"), "6");
	for (xmlNodePtr q = xml_child(node, "question"); q != NULL;
	     q = xml_next(q))
		n++;
	CHECK_INT(n, 5);
	CHECK_STR(xml_get(find(node, "harm", "id", "h1"), "after-class"), "ok");
	CHECK_STR(
	    xml_get(find(node, "provider-risk", "id", "r1"), "used-in"), "h1");
	CHECK_STR(
	    xml_get(find(node, "provider-risk", "id", "r2"), "class"), "mi");
	compose(b,
	    "model: {id: m}\nroles_held: [provider]\n"
	    "risk: {tiers: [high-risk-annex-iii], annex_iii: {points: "
	    "[5.b]}}\n");
	node = xml_child(b->report, "article-27");
	CHECK_STR(xml_get(node, "in-scope"), "no");
	compose(b,
	    "model: {id: m}\nroles_held: [deployer]\n"
	    "deployer: {kind: private}\n"
	    "risk: {tiers: [high-risk-annex-iii], annex_iii: {points: "
	    "[4.a]}}\n");
	node = xml_child(b->report, "article-27");
	CHECK_STR(xml_get(node, "in-scope"), "no");
}

static void
puts_dates_in_order(struct bench *b)
{
	xmlNodePtr first;
	const char *last = "";
	bool ordered = true;

	compose(b, credit);
	first = xml_child(xml_child(b->report, "dates"), "date");
	CHECK_STR(xml_get(first, "day"), "2028-08-20");
	CHECK_STR(xml_get(first, "in-text"), "12 days overdue");
	CHECK_STR(xml_get(first, "class"), "no");
	for (xmlNodePtr d = first; d != NULL; d = xml_next(d)) {
		ordered = ordered && strcmp(last, xml_get(d, "day")) <= 0;
		last = xml_get(d, "day");
	}
	CHECK(ordered);
	CHECK_STR(xml_get(find(xml_child(b->report, "dates"), "date", "kind",
			      "Review"),
		      "in-text"),
	    "in 10 days");
}

static void
groups_provisions(void)
{
	CHECK_STR(coverage_group_of("annex-iv.2.g, art-9.8")->label,
	    "Article 11 and Annex IV");
	CHECK_STR(coverage_group_of("art-4a.1.a")->label, "Articles 4a and 10");
	CHECK_STR(coverage_group_of("art-4.1")->label, "Article 4");
	CHECK_STR(coverage_group_of("art-53.1.a")->label, "Articles 51 to 55");
	CHECK_STR(
	    coverage_group_of("annex-xi.s1.1.a")->label, "Articles 51 to 55");
	CHECK_STR(coverage_group_of("annex-v.3")->label, "Articles 40 to 49");
	CHECK_STR(coverage_group_of("art-5.1.f")->label, "Article 5");
	CHECK_STR(coverage_group_of("art-50.2")->label, "Article 50");
	CHECK_STR(coverage_group_of(NULL)->label, "Record as a whole");
}

static void
keeps_what_the_record_says(struct bench *b)
{
	xmlNodePtr record, field;

	compose(b,
	    "model: {id: m, name: N}\nroles_held: [deployer]\n"
	    "risk: {tiers: [minimal], put_into_service: 2027-05-02,\n"
	    "  performs_profiling: yes}\n"
	    "incidents: {none: nothing happened}\n"
	    "system: {hardware: {not_applicable: no hardware,\n"
	    "  decided_by: S. Holm, decided_on: 2027-01-02}}\n"
	    "logging: {retention_months: 36, events: TBD}\n");
	record = xml_child(b->report, "record");
	field = xml_child(xml_child(record, "risk"), "put_into_service");
	CHECK_STR(xml_text(field), "2027-05-02");
	CHECK_STR(xml_get(field, "text"), "2 May 2027");
	CHECK_STR(xml_get(field, "line"), "3");
	field = xml_child(xml_child(record, "risk"), "performs_profiling");
	CHECK_STR(xml_get(field, "text"), "Yes");
	field = xml_child(record, "incidents");
	CHECK_STR(xml_get(field, "answer"), "none");
	CHECK_STR(xml_get(field, "reason"), "nothing happened");
	field = xml_child(xml_child(record, "system"), "hardware");
	CHECK_STR(xml_get(field, "answer"), "not-applicable");
	CHECK_STR(xml_get(field, "decided-on"), "2027-01-02");
	field = xml_child(xml_child(record, "logging"), "retention_months");
	CHECK_STR(xml_get(field, "text"), "36 months");
	field = xml_child(xml_child(record, "logging"), "events");
	CHECK_STR(xml_get(field, "answer"), "placeholder");
}

/* Write, read back, sum up: the summary says what the record said. */
static void
sums_up(struct bench *b)
{
	struct counts_by_effect counts;
	struct summary sum;
	struct text bytes;
	xmlDocPtr again;

	compose(b, credit);
	counts = find_counts(&b->record);
	bytes = compose_bytes(b->doc);
	again = xmlReadMemory(bytes.p, (int)bytes.n, "m.xml", "UTF-8", 0);
	CHECK(again != NULL);
	compose_summary(&b->arena, again, &sum);
	CHECK_STR(sum.id, "m");
	CHECK_STR(sum.name, "A < B & \"C\"");
	CHECK_INT(sum.gate, GATE_CLOSED);
	CHECK_INT(sum.blocking, counts.blocks);
	CHECK_INT(sum.warnings, counts.warns);
	CHECK_INT(sum.next_date, date_make(2028, 8, 20));
	CHECK(sum.n_verdicts >= counts.blocks + counts.warns);
	xmlFreeDoc(again);
	text_free(&bytes);
}

/* Characters that XML forbids are shown, not written. */
static void
writes_legal_xml(void)
{
	xmlDocPtr doc = xmlNewDoc((const xmlChar *)"1.0");
	xmlNodePtr root = xmlNewDocNode(doc, NULL, (const xmlChar *)"r", NULL);

	xmlDocSetRootElement(doc, root);
	xml_set(root, "a", "x\x1by");
	xml_set(root, "b", "bad \xff");
	xml_set(root, "c", NULL);
	CHECK_STR(xml_get(root, "a"), "xU+001By");
	CHECK_STR(xml_get(root, "b"), "bad \xef\xbf\xbd");
	CHECK_STR(xml_get(root, "c"), "");
	CHECK_STR(xml_text(xml_add_text(root, "t",
		      "a\x07"
		      "b")),
	    "aU+0007b");
	xmlFreeDoc(doc);
}

static void
is_valid(struct bench *b, xmlSchemaPtr schema, const char *yaml)
{
	xmlSchemaValidCtxtPtr valid = xmlSchemaNewValidCtxt(schema);

	compose(b, yaml);
	CHECK_INT(xmlSchemaValidateDoc(valid, b->doc), 0);
	xmlSchemaFreeValidCtxt(valid);
}

static void
keeps_its_contract(struct bench *b)
{
	xmlSchemaParserCtxtPtr parser =
	    xmlSchemaNewParserCtxt("schemas/dossier.xsd");
	xmlSchemaPtr schema = xmlSchemaParse(parser);

	CHECK(schema != NULL);
	is_valid(b, schema, credit);
	is_valid(b, schema, "model: {id: m}\n");
	is_valid(b, schema,
	    "model: {id: m, name: TBD}\nroles_held: []\n"
	    "risk: {tiers: [prohibited, gpai-systemic]}\ndata_sets: {none: "
	    "x}\n");
	xmlSchemaFree(schema);
	xmlSchemaFreeParserCtxt(parser);
}

/* One part of a document as bytes. */
static struct text
part_of(xmlDocPtr doc, const char *name)
{
	struct text out = { 0 };
	xmlBufferPtr buffer = xmlBufferCreate();

	xmlNodeDump(buffer, doc, xml_child(xml_root(doc), name), 0, 0);
	text_puts(&out, (const char *)xmlBufferContent(buffer));
	xmlBufferFree(buffer);
	return out;
}

/* What a gate says is what the document says, also by rules read briefly. */
static void
tells_a_gate_the_same(struct bench *b)
{
	static const char *const parts[] = { "model", "gate", "findings",
		"waivers", "requirements" };
	struct catalogue whole = b->pipeline.catalogue;
	const struct catalogue_source from = { &b->schemas,
		&b->pipeline.vocabulary, CATALOGUE_BRIEF };
	const size_t all = sizeof(parts) / sizeof(parts[0]);
	xmlDocPtr doc, brief;

	compose(b, credit);
	doc = xmlCopyDoc(b->doc, 1);
	CHECK_INT(catalogue_load_from(
		      &b->pipeline.catalogue, &b->arena, &from, &b->diags),
	    0);
	CHECK_INT(b->pipeline.catalogue.n_rules, whole.n_rules);
	CHECK(b->pipeline.catalogue.rules[0].sentence == NULL);
	compose(b, credit);
	brief = compose_gate(&b->record, &b->context, true);
	for (size_t i = 0; i < all - 1; i++) {
		struct text a = part_of(doc, parts[i]);
		struct text c = part_of(brief, parts[i]);

		CHECK(a.n > 5);
		CHECK(strcmp(text_str(&a), text_str(&c)) == 0);
		text_free(&a);
		text_free(&c);
	}
	CHECK(xml_child(xml_root(brief), parts[all - 1]) != NULL);
	xmlFreeDoc(brief);
	brief = compose_gate(&b->record, &b->context, false);
	CHECK(xml_child(xml_root(brief), parts[all - 1]) == NULL);
	b->pipeline.catalogue = whole;
	xmlFreeDoc(doc);
	xmlFreeDoc(brief);
}

int
main(void)
{
	struct bench b;

	begin(&b);
	CHECK_INT(b.diags.n, 0);
	says_who_and_what(&b);
	counts_agree(&b);
	worst_stands_first(&b);
	shows_every_point_of_annex_iv(&b);
	tests_the_scope_of_article_27(&b);
	puts_dates_in_order(&b);
	groups_provisions();
	keeps_what_the_record_says(&b);
	sums_up(&b);
	writes_legal_xml();
	keeps_its_contract(&b);
	tells_a_gate_the_same(&b);
	end(&b);
	xmlSchemaCleanupTypes();
	xmlCleanupParser();
	return tap_done();
}
