#include "compose/xml.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "base/text.h"
#include "compose/prose.h"

/* Whether XML 1.0 allows the code point (section 2.2). */
static bool
is_legal(unsigned code)
{
	if (code < 0x20)
		return code == '\t' || code == '\n';
	return code != 0xfffe && code != 0xffff;
}

static bool
is_clean(const char *s, size_t n)
{
	size_t i = utf8_plain(s, n);

	while (i < n) {
		unsigned code = 0;
		size_t len = utf8_next(s + i, n - i, &code);

		if (len == 0 || !is_legal(code))
			return false;
		i += len;
		i += utf8_plain(s + i, n - i);
	}
	return true;
}

/* Copy s with every forbidden character made visible. */
static void
clean(struct text *out, const char *s, size_t n)
{
	for (size_t i = 0; i < n;) {
		unsigned code = 0xfffd;
		size_t len = utf8_next(s + i, n - i, &code);

		if (len == 0)
			text_puts(out, "\xef\xbf\xbd");
		else if (!is_legal(code))
			text_printf(out, "U+%04X", code);
		else
			text_put(out, s + i, len);
		i += len > 0 ? len : 1;
	}
}

xmlNodePtr
xml_add(xmlNodePtr parent, const char *name)
{
	return xmlNewChild(parent, NULL, (const xmlChar *)name, NULL);
}

xmlNodePtr
xml_add_text(xmlNodePtr parent, const char *name, const char *text)
{
	xmlNodePtr node = xml_add(parent, name);
	struct text cleaned = { 0 };
	const char *s = text != NULL ? text : "";
	size_t n = strlen(s);

	if (!is_clean(s, n)) {
		clean(&cleaned, s, n);
		s = text_str(&cleaned);
		n = cleaned.n;
	}
	if (n > 0)
		xmlAddChild(node, xmlNewTextLen((const xmlChar *)s, (int)n));
	text_free(&cleaned);
	return node;
}

void
xml_set(xmlNodePtr node, const char *name, const char *value)
{
	struct text cleaned = { 0 };

	if (value == NULL)
		return;
	if (is_clean(value, strlen(value))) {
		xmlNewProp(node, (const xmlChar *)name, (const xmlChar *)value);
		return;
	}
	clean(&cleaned, value, strlen(value));
	xmlNewProp(
	    node, (const xmlChar *)name, (const xmlChar *)text_str(&cleaned));
	text_free(&cleaned);
}

void
xml_setf(xmlNodePtr node, const char *name, const char *format, ...)
{
	struct text value = { 0 };
	char piece[512];
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(piece, sizeof(piece), format, args);
	va_end(args);
	if (n >= 0 && (size_t)n < sizeof(piece)) {
		xml_set(node, name, piece);
		return;
	}
	text_puts(&value, "");
	va_start(args, format);
	text_vprintf(&value, format, args);
	va_end(args);
	xml_set(node, name, text_str(&value));
	text_free(&value);
}

void
xml_set_count(xmlNodePtr node, const char *name, size_t n)
{
	xml_setf(node, name, "%zu", n);
}

void
xml_set_number(xmlNodePtr node, const char *name, double value)
{
	char number[NUM_SIZE];

	num_write(value, number);
	xml_set(node, name, number);
}

void
xml_set_date(xmlNodePtr node, const char *name, date day)
{
	char iso[DATE_SIZE];
	char text[PROSE_DATE_SIZE];
	char text_name[64];

	if (day == DATE_NONE)
		return;
	date_write(day, iso);
	prose_date(day, text);
	snprintf(text_name, sizeof(text_name), "%s-text", name);
	xml_set(node, name, iso);
	xml_set(node, text_name, text);
}

void
xml_set_bool(xmlNodePtr node, const char *name, int truth)
{
	xml_set(node, name, truth ? "yes" : "no");
}

xmlNodePtr
xml_root(const xmlDoc *doc)
{
	xmlNodePtr node = doc->children;

	while (node != NULL && node->type != XML_ELEMENT_NODE)
		node = node->next;
	return node;
}

const char *
xml_get(const xmlNode *node, const char *name)
{
	const xmlAttr *attr = node != NULL ? node->properties : NULL;

	while (attr != NULL && strcmp((const char *)attr->name, name) != 0)
		attr = attr->next;
	if (attr == NULL || attr->children == NULL ||
	    attr->children->content == NULL)
		return "";
	return (const char *)attr->children->content;
}

/* The first element of the name from node on. */
static xmlNodePtr
find_from(xmlNodePtr node, const xmlChar *name)
{
	while (node != NULL &&
	    (node->type != XML_ELEMENT_NODE || !xmlStrEqual(node->name, name)))
		node = node->next;
	return node;
}

xmlNodePtr
xml_child(const xmlNode *node, const char *name)
{
	return node != NULL ? find_from(node->children, (const xmlChar *)name) :
			      NULL;
}

xmlNodePtr
xml_next(const xmlNode *node)
{
	return find_from(node->next, node->name);
}

const char *
xml_text(const xmlNode *node)
{
	if (node == NULL || node->children == NULL ||
	    node->children->content == NULL)
		return "";
	return (const char *)node->children->content;
}
