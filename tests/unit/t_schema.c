#include "intake/schema.h"

#include <libxml/xmlschemas.h>

#include "desk.h"
#include "read/json.h"

#define XSD "schemas/record.xsd"

/*
 * Without arguments the tests.  For tests/t_schema.py, `t_schema json` prints
 * the JSON Schema, and `t_schema take` how many errors the reader finds in
 * each line of its input.
 */

/* The whole file as a text; the caller frees it. */
static struct text
read_file(const char *path)
{
	struct text text = { 0 };
	FILE *f = fopen(path, "r");
	int c;

	while (f != NULL && (c = getc(f)) != EOF)
		text_putc(&text, (char)c);
	if (f != NULL)
		fclose(f);
	return text;
}

/* UPDATE=1 writes the file anew, to be reviewed like code. */
static void
record_xsd_is_fresh(const struct desk *desk)
{
	struct text want = { 0 };
	struct text got;
	FILE *f;

	schema_xsd(&desk->vocabulary, &want);
	if (getenv("UPDATE") != NULL) {
		f = fopen(XSD, "w");
		CHECK(f != NULL && fputs(text_str(&want), f) != EOF);
		CHECK(f != NULL && fclose(f) == 0);
	}
	got = read_file(XSD);
	CHECK(got.n == want.n && memcmp(got.p, want.p, want.n) == 0);
	text_free(&got);
	text_free(&want);
}

static void
be_quiet(void *context, const char *format, ...)
{
	(void)context;
	(void)format;
}

static bool
is_valid(xmlSchemaPtr schema, const char *xml)
{
	xmlSchemaValidCtxtPtr valid = xmlSchemaNewValidCtxt(schema);
	xmlDocPtr doc = xmlReadMemory(
	    xml, (int)strlen(xml), "record.xml", NULL, XML_PARSE_NONET);
	bool ok;

	xmlSchemaSetValidErrors(valid, be_quiet, be_quiet, NULL);
	ok = doc != NULL && xmlSchemaValidateDoc(valid, doc) == 0;
	xmlFreeDoc(doc);
	xmlSchemaFreeValidCtxt(valid);
	return ok;
}

#define GIVEN " answer=\"given\""

static void
record_xsd_binds(void)
{
	xmlSchemaParserCtxtPtr parser = xmlSchemaNewParserCtxt(XSD);
	xmlSchemaPtr schema = xmlSchemaParse(parser);

	xmlSchemaFreeParserCtxt(parser);
	if (!CHECK(schema != NULL))
		return;
	CHECK(is_valid(schema, "<record/>"));
	CHECK(is_valid(schema,
	    "<record><model" GIVEN " label=\"Model\" line=\"1\" column=\"1\">"
	    "<id" GIVEN ">crs-2</id><status" GIVEN " text=\"In service\">"
	    "in-service</status></model>"
	    "<roles_held" GIVEN "><item" GIVEN ">provider</item></roles_held>"
	    "<risk" GIVEN "><annex_i answer=\"not-applicable\" reason=\"no\" "
	    "decided-by=\"A\" decided-on=\"2026-01-01\"/></risk>"
	    "<data_sets" GIVEN "><item" GIVEN "><name" GIVEN ">a</name>"
	    "<records answer=\"invalid\">many</records></item></data_sets>"
	    "<instructions_for_use" GIVEN "><file" GIVEN " evidence=\"E1\" "
	    "state=\"found\" sha256=\"00\" bytes=\"9\">a.md</file>"
	    "</instructions_for_use></record>"));
	CHECK(!is_valid(schema, "<records/>"));
	CHECK(!is_valid(schema, "<record><modell" GIVEN "/></record>"));
	CHECK(!is_valid(schema, "<record><model/></record>"));
	CHECK(!is_valid(schema, "<record><model answer=\"yes\"/></record>"));
	CHECK(!is_valid(
	    schema, "<record><risk" GIVEN "/><model" GIVEN "/></record>"));
	CHECK(!is_valid(schema,
	    "<record><model" GIVEN "><id" GIVEN "><b/></id></model></record>"));
	CHECK(!is_valid(schema,
	    "<record><data_sets" GIVEN "><name" GIVEN "/></data_sets>"
	    "</record>"));
	CHECK(!is_valid(schema,
	    "<record><model" GIVEN "><id" GIVEN " state=\"found\">a</id>"
	    "</model></record>"));
	xmlSchemaFree(schema);
}

/* The schema is JSON, and holds what the vocabulary says of a key. */
static void
json_schema_is_json(const struct desk *desk)
{
	struct arena arena = { 0 };
	struct diag_list diags = { .arena = &arena };
	struct text json = { 0 };
	struct source source;
	const struct value *top;
	const struct value *model;
	const struct value *id;

	schema_json(&desk->vocabulary, &json);
	source_of_bytes(&source, "schema.json", text_str(&json), json.n);
	top = json_read(&arena, &source, &diags);
	CHECK(top != NULL && diags.n == 0);
	CHECK_STR(value_text(top, "$schema"),
	    "https://json-schema.org/draft/2020-12/schema");
	CHECK_STR(value_text(top, "additionalProperties"), "false");
	CHECK_STR(value_get(top, "required")->first->text, "model");
	model = value_get(value_get(top, "properties"), "model");
	CHECK_STR(value_text(model, "title"), "Model");
	model = value_get(model, "allOf")->first;
	CHECK_STR(value_get(model, "required")->first->text, "id");
	id = value_get(value_get(model, "properties"), "id");
	CHECK_STR(value_get(id, "examples")->first->text, "crs-2");
	CHECK_INT(
	    value_get(value_get(top, "properties"), "model")->kind, VALUE_MAP);
	CHECK_INT(value_get(top, "properties")->n, desk->vocabulary.top.n);
	arena_free(&arena);
	text_free(&json);
}

/* Print the number of errors of each line, taken as a model.yaml. */
static void
take_lines(struct desk *desk, FILE *in)
{
	struct text yaml = { 0 };
	int c;

	while ((c = getc(in)) != EOF) {
		text_putc(&yaml, (char)c);
		if (c != '\n')
			continue;
		desk_take(desk, text_str(&yaml));
		printf("%zu\n", desk->record.diags.n_errors);
		text_clear(&yaml);
	}
	text_free(&yaml);
}

int
main(int argc, char **argv)
{
	struct desk desk;
	struct text json = { 0 };

	desk_begin(&desk);
	if (argc > 1 && strcmp(argv[1], "take") == 0) {
		take_lines(&desk, stdin);
	} else if (argc > 1) {
		schema_json(&desk.vocabulary, &json);
		fputs(text_str(&json), stdout);
	} else {
		record_xsd_is_fresh(&desk);
		record_xsd_binds();
		json_schema_is_json(&desk);
	}
	text_free(&json);
	desk_end(&desk);
	return tap_done();
}
