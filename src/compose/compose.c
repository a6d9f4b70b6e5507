#include "compose/compose.h"

#include <stdlib.h>

#include "base/text.h"
#include "compose/part.h"
#include "compose/xml.h"

/* The parts in the order of schemas/dossier.xsd. */
static void (*const parts[])(const struct part *) = {
	part_inputs,
	part_model,
	part_findings,
	part_requirements,
	part_record,
	part_performance,
	part_fairness,
	part_annex_iv,
	part_article_27,
	part_coverage,
	part_dates,
	part_outlook,
	part_changes,
	part_waivers,
	part_evidence,
	part_trend,
	part_files,
	part_tiles,
};

/* Those that a gate needs; the last one not always. */
static void (*const gate_parts[])(const struct part *) = {
	part_model,
	part_findings,
	part_outlook,
	part_waivers,
	part_requirements,
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

void
part_changes(const struct part *part)
{
	xml_add(part->report, "changes");
}

static xmlDocPtr
compose(struct record *record, const struct context *context,
    void (*const list[])(const struct part *), size_t n)
{
	xmlDocPtr doc = xmlNewDoc((const xmlChar *)"1.0");
	xmlNodePtr report =
	    xmlNewDocNode(doc, NULL, (const xmlChar *)"report", NULL);
	struct part part = { report, record, context };

	xmlDocSetRootElement(doc, report);
	xml_set(report, "kind", "model");
	xml_set(report, "version", "1");
	part_header(report, context);
	for (size_t i = 0; i < n; i++)
		list[i](&part);
	return doc;
}

xmlDocPtr
compose_model(struct record *record, const struct context *context)
{
	return compose(record, context, parts, COUNT(parts));
}

xmlDocPtr
compose_gate(struct record *record, const struct context *context,
    bool with_requirements)
{
	size_t less = with_requirements ? 0 : 1;

	return compose(record, context, gate_parts, COUNT(gate_parts) - less);
}

struct text
compose_bytes(xmlDocPtr doc)
{
	struct text out = { 0 };
	xmlChar *bytes = NULL;
	int n = 0;

	xmlDocDumpFormatMemoryEnc(doc, &bytes, &n, "UTF-8", 1);
	if (bytes != NULL && n > 0)
		text_put(&out, (const char *)bytes, (size_t)n);
	xmlFree(bytes);
	return out;
}
