#include "read/xml.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

#include "base/text.h"
#include "read/place.h"
#include "read/xml_scan.h"

/*
 * Two walks over the same bytes.  The scan first refuses what libxml2 must
 * not see.  Then libxml2 parses and hands out the elements, while the scan
 * walks beside it again and tells where each one stands, since libxml2 knows
 * no place of an attribute and mixes up bytes and characters in a line.
 */

/* An element that is still open. */
struct level {
	struct value *value;
	struct text text;
	struct pos text_pos;
};

struct reader {
	struct arena *arena;
	struct source *source;
	struct diag_list *diags;
	xmlParserCtxtPtr parser;
	struct place place;
	struct xml_scan scan;
	struct value *root;
	struct level levels[VALUE_DEPTH];
	size_t depth;
	size_t n_handed; /* bytes that libxml2 has */
	bool failed;     /* and the reason is in diags */
};

static const char *
skip_blanks(const char *p, const char *end)
{
	while (p < end && strchr(" \t\n\r", *p) != NULL)
		p++;
	return p;
}

/* Take no more from libxml2; it ends as soon as it looks. */
static void
stop_parser(struct reader *reader)
{
	reader->failed = true;
	reader->parser->disableSAX = 1;
	reader->parser->instate = XML_PARSER_EOF;
}

/* What a character reference may have brought into a text. */
static bool
is_good(struct reader *reader, const char *p, size_t n, struct pos pos)
{
	unsigned code = value_refused_char(p, n);

	if (code == VALUE_NO_CHAR)
		return true;
	diag_add(reader->diags, DIAG_TEXT_CONTROL, pos,
	    "U+%04X, written as a character reference", code);
	stop_parser(reader);
	return false;
}

/* A text value under a key of an element. */
static void
add_text(struct reader *reader, struct value *map, const char *key,
    const struct value *text)
{
	struct value *value;

	if (!is_good(reader, text->text, text->len, text->pos))
		return;
	value = value_new(reader->arena, VALUE_TEXT, text->pos);
	value->key = key;
	value->key_pos = text->pos;
	value->text = arena_dup(reader->arena, text->text, text->len);
	value->len = text->len;
	value_add(map, value);
}

/*
 * In the value of an attribute libxml2 leaves an ampersand as "&#38;" (it
 * would undo that itself when it makes a node); every other one is gone.
 */
static void
undo_ampersands(struct value *text, char *copy)
{
	const char *p = text->text;
	const char *end = p + text->len;
	char *to = copy;

	while (p < end) {
		*to++ = *p;
		p += *p == '&' && end - p >= 5 ? 5 : 1;
	}
	text->text = copy;
	text->len = (size_t)(to - copy);
}

/*
 * The attributes of an element, five pointers each: local name, prefix,
 * namespace, start and end of the value.
 */
static void
add_attributes(struct reader *reader, struct value *map,
    const xmlChar **attributes, size_t n)
{
	for (size_t i = 0; i < n && !reader->failed; i++) {
		const char *const *part =
		    (const char *const *)(const void *)(attributes + 5 * i);
		const char *at = reader->scan.tag.attributes[i];
		size_t len = (size_t)(part[4] - part[3]);
		struct value text = { .text = part[3], .len = len };
		const char *key;

		key = part[1] != NULL ?
		    arena_printf(reader->arena, "@%s:%s", part[1], part[0]) :
		    arena_printf(reader->arena, "@%s", part[0]);
		text.pos = place_at(
		    &reader->place, (size_t)(at - reader->source->bytes));
		if (memchr(part[3], '&', len) != NULL)
			undo_ampersands(&text, arena_alloc(reader->arena, len));
		add_text(reader, map, key, &text);
	}
}

/* Make the map of an element and put it where it belongs. */
static struct value *
add_element(struct reader *reader, const char *name)
{
	const char *bytes = reader->source->bytes;
	struct pos pos =
	    place_at(&reader->place, (size_t)(reader->scan.tag.start - bytes));
	struct value *map = value_new(reader->arena, VALUE_MAP, pos);

	if (reader->depth > 0) {
		map->key = arena_str(reader->arena, name);
		map->key_pos = pos;
		value_add(reader->levels[reader->depth - 1].value, map);
	} else {
		struct value text = {
			.text = name, .len = strlen(name), .pos = pos
		};

		reader->root = map;
		add_text(reader, map, "#name", &text);
	}
	return map;
}

/* Walk on to the tag, with n attributes, that libxml2 has read. */
static bool
find_tag(struct reader *reader, size_t n)
{
	enum xml_mark mark = XML_MARK_CLOSE;

	while (mark == XML_MARK_CLOSE)
		mark = xml_scan_next(&reader->scan);
	if (mark == XML_MARK_OPEN && n == reader->scan.tag.n &&
	    reader->depth < VALUE_DEPTH)
		return true;
	diag_add(reader->diags, DIAG_XML_SYNTAX,
	    (struct pos){ reader->source->name, 0, 0 },
	    "its tags can be read in two ways");
	stop_parser(reader);
	return false;
}

/* Where the text of an element begins; at its tag when that is not sure. */
static struct pos
text_start(struct reader *reader, struct pos pos)
{
	const struct xml_scan *scan = &reader->scan;
	const char *p = skip_blanks(scan->tag.end, scan->end);

	if (scan->tag.empty || p == scan->end || (*p == '<' && p[1] != '!'))
		return pos;
	return place_at(&reader->place, (size_t)(p - reader->source->bytes));
}

/* libxml2 has read an opening tag. */
static void
start_element(void *data, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri, int n_namespaces, const xmlChar **namespaces, int n,
    int n_defaulted, const xmlChar **attributes)
{
	struct reader *reader = data;
	struct level *level;
	struct value *map;

	(void)prefix, (void)uri, (void)n_namespaces, (void)namespaces;
	(void)n_defaulted;
	if (reader->failed || !find_tag(reader, (size_t)n))
		return;
	map = add_element(reader, (const char *)name);
	add_attributes(reader, map, attributes, (size_t)n);
	level = &reader->levels[reader->depth++];
	level->value = map;
	level->text_pos = text_start(reader, map->pos);
	text_clear(&level->text);
}

/* libxml2 has read text, or a part of it. */
static void
take_characters(void *data, const xmlChar *p, int n)
{
	struct reader *reader = data;

	if (!reader->failed && reader->depth > 0)
		text_put(&reader->levels[reader->depth - 1].text,
		    (const char *)p, (size_t)n);
}

/* libxml2 has read a closing tag. */
static void
end_element(
    void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	struct reader *reader = data;
	const struct level *level;
	const char *p;
	const char *end;

	(void)name, (void)prefix, (void)uri;
	if (reader->failed || reader->depth == 0)
		return;
	level = &reader->levels[--reader->depth];
	p = text_str(&level->text);
	end = p + level->text.n;
	if (skip_blanks(p, end) < end)
		add_text(reader, level->value, "#text",
		    &(struct value){ .text = p,
			.len = level->text.n,
			.pos = level->text_pos });
}

/* The scan has refused every DOCTYPE; this is the second lock. */
static void
refuse_doctype(void *data, const xmlChar *name, const xmlChar *external,
    const xmlChar *system)
{
	struct reader *reader = data;

	(void)name, (void)external, (void)system;
	if (!reader->failed)
		diag_add(reader->diags, DIAG_XML_DOCTYPE,
		    (struct pos){ reader->source->name, 0, 0 }, "%s", "");
	stop_parser(reader);
}

static xmlParserInputPtr
refuse_entity(const char *url, const char *id, xmlParserCtxtPtr parser)
{
	(void)url, (void)id, (void)parser;
	return NULL;
}

/* What libxml2 found wrong, in our words. */
static const char *
reason(int code)
{
	static const struct {
		int code;
		const char *words;
	} reasons[] = {
		{ XML_ERR_DOCUMENT_EMPTY, "it holds no element" },
		{ XML_ERR_DOCUMENT_END,
		    "text or a second element after the "
		    "end of the first" },
		{ XML_ERR_INVALID_CHAR, "a character is not allowed in XML" },
		{ XML_ERR_INVALID_CHARREF, "the character reference is wrong" },
		{ XML_ERR_INVALID_DEC_CHARREF,
		    "the character reference is wrong" },
		{ XML_ERR_INVALID_HEX_CHARREF,
		    "the character reference is wrong" },
		{ XML_ERR_ENTITYREF_SEMICOL_MISSING,
		    "; is missing after &name; write &amp; for the character" },
		{ XML_ERR_NAME_REQUIRED,
		    "a name is missing; write &amp; for the character &" },
		{ XML_ERR_UNDECLARED_ENTITY,
		    "unknown entity; only &amp; &lt; &gt; &quot; &apos; are" },
		{ XML_ERR_ATTRIBUTE_REDEFINED, "the attribute is given twice" },
		{ XML_ERR_TAG_NOT_FINISHED,
		    "unexpected end of the file: it is truncated" },
		{ XML_ERR_MISPLACED_CDATA_END, "]]> in a text; write ]]&gt;" },
		{ XML_ERR_HYPHEN_IN_COMMENT, "-- inside a comment" },
		{ XML_ERR_RESERVED_XML_NAME,
		    "<?xml is allowed only at the very beginning" },
		{ XML_NS_ERR_UNDEFINED_NAMESPACE,
		    "the prefix is not declared by an xmlns attribute" },
		{ XML_NS_ERR_ATTRIBUTE_REDEFINED,
		    "the attribute is given twice" },
		{ XML_ERR_LTSLASH_REQUIRED,
		    "unexpected end of the file: it is truncated" },
	};

	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (reasons[i].code == code)
			return reasons[i].words;
	return "it is not well-formed";
}

/* The last place of a byte before the offset; 0 when it is nowhere. */
static size_t
find_back(const struct source *source, size_t offset, char c)
{
	while (offset > 0 && source->bytes[--offset] != c)
		;
	return offset;
}

/* The first place of ]]> at or behind the offset; else near the end. */
static size_t
find_section_end(const struct source *source, size_t offset)
{
	while (offset + 3 < source->size &&
	    memcmp(source->bytes + offset, "]]>", 3) != 0)
		offset++;
	return offset;
}

/*
 * Where the trouble begins: libxml2 stands behind a reference or a tag that
 * is wrong, before a text that is, and behind the last line of a file that is
 * over too early.
 */
static struct pos
error_pos(const struct reader *reader, int code)
{
	const char *bytes = reader->source->bytes;
	long consumed = xmlByteConsumed(reader->parser);
	size_t offset = consumed > 0 ? (size_t)consumed : 0;

	if (offset >= reader->source->size) {
		offset = reader->source->size;
		while (offset > 0 && strchr(" \t\n\r", bytes[offset - 1]))
			offset--;
	}
	switch (code) {
	case XML_ERR_UNDECLARED_ENTITY:
	case XML_ERR_INVALID_CHAR:
	case XML_ERR_ENTITYREF_SEMICOL_MISSING:
		offset = find_back(reader->source, offset, '&');
		break;
	case XML_NS_ERR_UNDEFINED_NAMESPACE:
	case XML_NS_ERR_ATTRIBUTE_REDEFINED:
		offset = find_back(reader->source, offset, '<');
		break;
	case XML_ERR_MISPLACED_CDATA_END:
		offset = find_section_end(reader->source, offset);
		break;
	default:
		break;
	}
	return source_pos(reader->source, offset);
}

/* libxml2 has found something wrong: the first offence is reported. */
static void
take_error(void *data, xmlErrorPtr error)
{
	struct reader *reader = data;
	struct pos pos;

	if (error->level < XML_ERR_ERROR || reader->failed)
		return;
	if (error->code == XML_ERR_NO_MEMORY)
		memory_exhausted();
	pos = error_pos(reader, error->code);
	if (error->code == XML_ERR_TAG_NAME_MISMATCH && error->str1 != NULL)
		diag_add(reader->diags, DIAG_XML_SYNTAX, pos,
		    "expected </%.*s> to close the element of line %d",
		    value_shown(error->str1), error->str1, error->int1);
	else
		diag_add(reader->diags, DIAG_XML_SYNTAX, pos, "%s",
		    reason(error->code));
	stop_parser(reader);
}

/*
 * Hand out the next bytes of the source.  Given them all at once, libxml2
 * refuses some files of more than ten million bytes, and not others.
 */
static int
take_bytes(void *data, char *out, int n)
{
	struct reader *reader = data;
	size_t left = reader->source->size - reader->n_handed;
	size_t now = (size_t)n < left ? (size_t)n : left;

	memcpy(out, reader->source->bytes + reader->n_handed, now);
	reader->n_handed += now;
	return (int)now;
}

/* Let libxml2 parse; 0, or -1 with the reason in diags. */
static int
parse(struct reader *reader)
{
	const int options = XML_PARSE_NONET | XML_PARSE_BIG_LINES |
	    XML_PARSE_NOCDATA | XML_PARSE_IGNORE_ENC;
	xmlExternalEntityLoader loader = xmlGetExternalEntityLoader();
	xmlParserCtxtPtr parser = xmlNewParserCtxt();

	if (parser == NULL)
		memory_exhausted();
	reader->parser = parser;
	*parser->sax = (xmlSAXHandler){ .initialized = XML_SAX2_MAGIC,
		.internalSubset = refuse_doctype,
		.startElementNs = start_element,
		.endElementNs = end_element,
		.characters = take_characters,
		.ignorableWhitespace = take_characters,
		.serror = take_error };
	parser->userData = reader;
	xmlSetExternalEntityLoader(refuse_entity);
	xmlFreeDoc(xmlCtxtReadIO(
	    parser, take_bytes, NULL, reader, NULL, NULL, options));
	xmlSetExternalEntityLoader(loader);
	if (!parser->wellFormed && !reader->failed) {
		diag_add(reader->diags, DIAG_XML_SYNTAX,
		    (struct pos){ reader->source->name, 0, 0 },
		    "it is not well-formed");
		reader->failed = true;
	}
	xmlFreeParserCtxt(parser);
	return reader->failed || reader->root == NULL ? -1 : 0;
}

/* What is known without libxml2. */
static int
check_bytes(struct source *source, struct diag_list *diags)
{
	const char *end;

	if (source_check_text(source, diags) == -1)
		return -1;
	end = source->bytes + source->size;
	if (skip_blanks(source->bytes, end) == end) {
		diag_add(diags, DIAG_FILE_EMPTY,
		    (struct pos){ source->name, 0, 0 }, "%s", "");
		return -1;
	}
	if (source->size > FILE_LIMIT_METADATA) {
		diag_add(diags, DIAG_FILE_LARGE,
		    (struct pos){ source->name, 0, 0 }, "%d bytes",
		    FILE_LIMIT_METADATA);
		return -1;
	}
	if (xml_check_encoding(source, diags) == -1)
		return -1;
	return xml_check_tags(source, VALUE_COUNT, diags);
}

struct value *
xml_read(struct arena *arena, struct source *source, struct diag_list *diags)
{
	struct reader reader = {
		.arena = arena, .source = source, .diags = diags
	};
	int rc;

	if (check_bytes(source, diags) == -1)
		return NULL;
	place_init(&reader.place, source);
	reader.scan.p = source->bytes;
	reader.scan.end = source->bytes + source->size;
	rc = parse(&reader);
	for (size_t i = 0; i < VALUE_DEPTH; i++)
		text_free(&reader.levels[i].text);
	return rc == 0 ? reader.root : NULL;
}
