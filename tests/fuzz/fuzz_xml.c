#include "read/xml.h"

#include <libxml/parser.h>

#include "sound.h"

/* Elements stand at their <, attributes at their names. */
static void
check_places(const struct fuzz *fuzz, const struct value *map)
{
	for (const struct value *v = map->first; v != NULL; v = v->next) {
		const char *p = fuzz_at(fuzz, v->pos);

		if (v->kind == VALUE_MAP) {
			MUST(*p == '<');
			check_places(fuzz, v);
		} else if (v->key[0] == '@') {
			MUST(strncmp(p, v->key + 1, strlen(v->key + 1)) == 0);
		}
	}
}

/* The value of libxml2's own tree for an attribute or an element's text. */
static void
check_text(const struct value *value, xmlChar *want)
{
	MUST(want != NULL);
	MUST(strcmp(value->text, (const char *)want) == 0);
	xmlFree(want);
}

/* The texts that belong to an element itself. */
static xmlChar *
own_text(const xmlNode *node)
{
	xmlChar *text = xmlStrdup((const xmlChar *)"");

	for (const xmlNode *n = node->children; n != NULL; n = n->next)
		if (n->type == XML_TEXT_NODE ||
		    n->type == XML_CDATA_SECTION_NODE)
			text = xmlStrcat(text, n->content);
	return text;
}

/* Walk through our tree and libxml2's side by side. */
static void
check_same(const struct value *map, const xmlNode *node, xmlDoc *doc)
{
	const xmlNode *child = node->children;
	const xmlAttr *attribute = node->properties;

	for (const struct value *v = map->first; v != NULL; v = v->next) {
		if (strcmp(v->key, "#name") == 0) {
			MUST(strcmp(v->text, (const char *)node->name) == 0);
		} else if (v->key[0] == '@') {
			MUST(attribute != NULL);
			check_text(v,
			    xmlNodeListGetString(doc, attribute->children, 1));
			attribute = attribute->next;
		} else if (strcmp(v->key, "#text") == 0) {
			check_text(v, own_text(node));
		} else {
			while (child != NULL && child->type != XML_ELEMENT_NODE)
				child = child->next;
			MUST(child != NULL);
			MUST(strcmp(v->key, (const char *)child->name) == 0);
			check_same(v, child, doc);
			child = child->next;
		}
	}
	MUST(attribute == NULL);
	while (child != NULL && child->type != XML_ELEMENT_NODE)
		child = child->next;
	MUST(child == NULL);
}

/* What we accept, libxml2 accepts, and makes the same of it. */
static void
check_tree(const struct fuzz *fuzz, const struct value *value)
{
	xmlDoc *doc = xmlReadMemory(fuzz->source.bytes, (int)fuzz->source.size,
	    NULL, NULL,
	    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);

	MUST(doc != NULL);
	check_same(value, xmlDocGetRootElement(doc), doc);
	xmlFreeDoc(doc);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct fuzz fuzz;
	const struct value *value;

	fuzz_begin(&fuzz, p, n);
	value = xml_read(&fuzz.arena, &fuzz.source, &fuzz.diags);
	fuzz_outcome(&fuzz, value);
	if (value != NULL) {
		fuzz_value(&fuzz, value, 0);
		check_places(&fuzz, value);
		check_tree(&fuzz, value);
	}
	fuzz_end(&fuzz);
	return 0;
}
