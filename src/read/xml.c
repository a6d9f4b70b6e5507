#include "read/xml.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "read/place.h"

/*
 * Two walks over the same bytes.  The scan knows tags only by their outline;
 * it keeps from libxml2 what makes that slow or dangerous, before a byte of
 * it is parsed.  Then libxml2 parses and hands out the elements, while the
 * scan walks beside it and tells where each one stands, since libxml2 knows
 * no place of an attribute and mixes up bytes and characters in a line.
 */

enum {
	XML_ATTRIBUTES = 256, /* of one element */
	XML_PREFIXES = 256,   /* xmlns attributes in force at one place */
	XML_NAME = 1000,      /* bytes; libxml2 stops at 50,000 */
	XML_BLOCK = 8 * 1024 * 1024, /* comment, CDATA; libxml2: 10 million */
	XML_INSTRUCTION = 32 * 1024  /* bytes from <? to ?> */
};

enum mark { MARK_BAD, MARK_END_OF_FILE, MARK_OPEN, MARK_CLOSE };

/* A tag as the scan sees it. */
struct tag {
	const char *start; /* its < */
	const char *end;   /* behind its > */
	bool empty;        /* <a/> */
	size_t n_prefixes; /* xmlns attributes */
	size_t n;          /* the other ones, and where each begins */
	const char *attributes[XML_ATTRIBUTES];
};

/* What the scan found wrong, and where. */
struct offence {
	enum diag_id id;
	const char *at;
	const char *detail;
};

struct scan {
	const char *p;
	const char *end;
	struct tag tag;         /* the last one */
	struct offence offence; /* of MARK_BAD */
};

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
	struct scan scan;
	struct value *root;
	struct level levels[VALUE_DEPTH];
	size_t depth;
	bool failed; /* and the reason is in diags */
};

static enum mark
bad(struct scan *scan, enum diag_id id, const char *at, const char *detail)
{
	scan->offence = (struct offence){ id, at, detail };
	return MARK_BAD;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static const char *
skip_blanks(const char *p, const char *end)
{
	while (p < end && is_blank(*p))
		p++;
	return p;
}

static bool
begins(const char *p, const char *end, const char *word)
{
	size_t n = strlen(word);

	return (size_t)(end - p) >= n && memcmp(p, word, n) == 0;
}

/* Behind the next occurrence of a short word, or NULL. */
static const char *
find_behind(const char *p, const char *end, const char *word)
{
	size_t n = strlen(word);

	while (p < end) {
		p = memchr(p, word[0], (size_t)(end - p));
		if (p == NULL)
			return NULL;
		if (begins(p, end, word))
			return p + n;
		p++;
	}
	return NULL;
}

/* Go behind a comment, CDATA section or instruction; -1 with the offence. */
static int
skip_block(struct scan *scan, size_t head, const char *tail, size_t limit)
{
	const char *start = scan->p;
	const char *p = find_behind(start + head, scan->end, tail);

	if (p == NULL) {
		bad(scan, DIAG_XML_SYNTAX, start,
		    "not closed before the end of the file: it is truncated");
		return -1;
	}
	if ((size_t)(p - start) > limit) {
		bad(scan, DIAG_XML_LIMIT, start,
		    "a comment, CDATA section or instruction is too long");
		return -1;
	}
	scan->p = p;
	return 0;
}

/* Behind the name at p, or p itself when there is none. */
static const char *
skip_name(const char *p, const char *end)
{
	while (p < end && !is_blank(*p) && strchr("/>=<\"'&", *p) == NULL)
		p++;
	return p;
}

/* The value of an attribute, from its equals sign; NULL with the offence. */
static const char *
skip_value(struct scan *scan, const char *p)
{
	const char *quote;
	const char *stop;

	p = skip_blanks(p, scan->end);
	if (p == scan->end || *p != '=') {
		bad(scan, DIAG_XML_SYNTAX, p,
		    "expected = and a value in quotes after the attribute");
		return NULL;
	}
	p = skip_blanks(p + 1, scan->end);
	if (p == scan->end || (*p != '"' && *p != '\'')) {
		bad(scan, DIAG_XML_SYNTAX, p,
		    "expected a quote: the value of an attribute is in quotes");
		return NULL;
	}
	quote = p++;
	stop = memchr(p, *quote, (size_t)(scan->end - p));
	if (stop == NULL) {
		bad(scan, DIAG_XML_SYNTAX, quote,
		    "the closing quote of an attribute is missing");
		return NULL;
	}
	p = memchr(p, '<', (size_t)(stop - p));
	if (p != NULL) {
		bad(scan, DIAG_XML_SYNTAX, p,
		    "< in an attribute; write &lt;, or close the quote");
		return NULL;
	}
	return stop + 1;
}

/* One attribute at p: count it and go behind it; NULL with the offence. */
static const char *
skip_attribute(struct scan *scan, const char *p)
{
	struct tag *tag = &scan->tag;
	const char *name_end = skip_name(p, scan->end);

	if (name_end == p || (size_t)(name_end - p) > XML_NAME) {
		bad(scan, DIAG_XML_SYNTAX, p,
		    name_end == p ? "expected the name of an attribute or >" :
				    "the name of an attribute is too long");
		return NULL;
	}
	if (tag->n + tag->n_prefixes == XML_ATTRIBUTES) {
		bad(scan, DIAG_XML_LIMIT, p,
		    "more than 256 attributes in one element");
		return NULL;
	}
	if (begins(p, name_end, "xmlns") && (name_end == p + 5 || p[5] == ':'))
		tag->n_prefixes++;
	else
		tag->attributes[tag->n++] = p;
	return skip_value(scan, name_end);
}

/* The opening tag at p. */
static enum mark
scan_open(struct scan *scan)
{
	struct tag *tag = &scan->tag;
	const char *end = scan->end;
	const char *p = skip_name(scan->p + 1, end);

	tag->start = scan->p;
	tag->n = tag->n_prefixes = 0;
	if (p == tag->start + 1 || p - tag->start > XML_NAME)
		return bad(scan, DIAG_XML_SYNTAX, tag->start,
		    "expected the name of an element after <; "
		    "write &lt; for the character");
	for (;;) {
		const char *before = p;

		p = skip_blanks(p, end);
		if (p == end || *p == '<')
			return bad(scan, DIAG_XML_SYNTAX, tag->start,
			    p == end ? "the file ends inside this tag: it is "
				       "truncated" :
				       "the > of this tag is missing");
		tag->empty = begins(p, end, "/>");
		if (*p == '>' || tag->empty)
			break;
		if (p == before)
			return bad(scan, DIAG_XML_SYNTAX, p,
			    "expected a blank, > or />");
		p = skip_attribute(scan, p);
		if (p == NULL)
			return MARK_BAD;
	}
	scan->p = tag->end = p + (tag->empty ? 2 : 1);
	return MARK_OPEN;
}

/* The closing tag at p. */
static enum mark
scan_close(struct scan *scan)
{
	const char *start = scan->p;
	const char *p = skip_name(start + 2, scan->end);

	if (p - start > XML_NAME)
		return bad(scan, DIAG_XML_SYNTAX, start, "name is too long");
	p = skip_blanks(p, scan->end);
	if (p == scan->end)
		return bad(scan, DIAG_XML_SYNTAX, start,
		    "the file ends inside this tag: it is truncated");
	if (*p != '>')
		return bad(scan, DIAG_XML_SYNTAX, p,
		    "the > of a closing tag is missing");
	scan->p = p + 1;
	return MARK_CLOSE;
}

/* Go to the next tag, over text, comments, CDATA and instructions. */
static enum mark
scan_next(struct scan *scan)
{
	int rc = 0;

	while (rc == 0) {
		const char *p = scan->p;
		const char *end = scan->end;

		p = memchr(p, '<', (size_t)(end - p));
		if (p == NULL)
			return MARK_END_OF_FILE;
		scan->p = p;
		if (begins(p, end, "<!--"))
			rc = skip_block(scan, 4, "-->", XML_BLOCK);
		else if (begins(p, end, "<![CDATA["))
			rc = skip_block(scan, 9, "]]>", XML_BLOCK);
		else if (begins(p, end, "<?"))
			rc = skip_block(scan, 2, "?>", XML_INSTRUCTION);
		else if (begins(p, end, "<!"))
			return bad(scan, DIAG_XML_DOCTYPE, p,
			    "write values out instead of entities");
		else
			return begins(p, end, "</") ? scan_close(scan) :
						      scan_open(scan);
	}
	return MARK_BAD;
}

/* What is counted over the whole file before libxml2 sees it. */
struct tally {
	size_t depth;
	size_t prefixes[VALUE_DEPTH]; /* in force at each depth */
	size_t n_values;
};

/* Count one opening tag; MARK_BAD with the offence beyond a limit. */
static enum mark
count_tag(struct scan *scan, struct tally *tally)
{
	const struct tag *tag = &scan->tag;
	size_t prefixes = tag->n_prefixes;

	if (tally->depth == VALUE_DEPTH)
		return bad(scan, DIAG_XML_LIMIT, tag->start,
		    "elements are nested deeper than 64 levels");
	tally->n_values += 1 + tag->n;
	if (tally->n_values > VALUE_COUNT)
		return bad(scan, DIAG_XML_LIMIT, tag->start,
		    "more than 1000000 elements and attributes");
	if (tally->depth > 0)
		prefixes += tally->prefixes[tally->depth - 1];
	if (prefixes > XML_PREFIXES)
		return bad(scan, DIAG_XML_LIMIT, tag->start,
		    "more than 256 xmlns attributes in force");
	if (!tag->empty)
		tally->prefixes[tally->depth++] = prefixes;
	return MARK_OPEN;
}

/* Scan the whole file: 0, or -1 with the reason in diags. */
static int
check_tags(struct source *source, struct diag_list *diags)
{
	struct scan scan = { .p = source->bytes,
		.end = source->bytes + source->size };
	struct tally tally = { 0 };
	enum mark mark;

	do {
		mark = scan_next(&scan);
		if (mark == MARK_OPEN)
			mark = count_tag(&scan, &tally);
		else if (mark == MARK_CLOSE && tally.depth > 0)
			tally.depth--;
	} while (mark == MARK_OPEN || mark == MARK_CLOSE);
	if (mark == MARK_END_OF_FILE)
		return 0;
	diag_add(diags, scan.offence.id,
	    source_pos(source, (size_t)(scan.offence.at - source->bytes)), "%s",
	    scan.offence.detail);
	return -1;
}

/* The file says at its top, if anything, that it is UTF-8. */
static int
check_encoding(const struct source *source, struct diag_list *diags)
{
	const char *p = source->bytes;
	const char *end = p + source->size;
	const char *stop;

	if (!begins(p, end, "<?xml") ||
	    (stop = find_behind(p, end, "?>")) == NULL)
		return 0;
	p = find_behind(p, stop, "encoding");
	if (p == NULL)
		return 0;
	p = skip_blanks(p, stop);
	p = skip_blanks(*p == '=' ? p + 1 : p, stop);
	if (stop - p > 6 && strncasecmp(p + 1, "UTF-8", 5) == 0 && p[6] == *p)
		return 0;
	diag_add(diags, DIAG_XML_ENCODING,
	    source_pos(source, (size_t)(p - source->bytes)),
	    "save the file as UTF-8 and say so, or say nothing");
	return -1;
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
	struct value *value = value_new(reader->arena, VALUE_TEXT, text->pos);

	if (!is_good(reader, text->text, text->len, text->pos))
		return;
	value->key = key;
	value->key_pos = text->pos;
	value->text = arena_dup(reader->arena, text->text, text->len);
	value->len = text->len;
	value_add(map, value);
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
		struct value text = { .text = part[3],
			.len = (size_t)(part[4] - part[3]) };
		const char *key;

		key = part[1] != NULL ?
		    arena_printf(reader->arena, "@%s:%s", part[1], part[0]) :
		    arena_printf(reader->arena, "@%s", part[0]);
		text.pos = place_at(
		    &reader->place, (size_t)(at - reader->source->bytes));
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

/* libxml2 has read an opening tag. */
static void
start_element(void *data, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri, int n_namespaces, const xmlChar **namespaces, int n,
    int n_defaulted, const xmlChar **attributes)
{
	struct reader *reader = data;
	struct scan *scan = &reader->scan;
	struct level *level;
	struct value *map;
	enum mark mark = MARK_CLOSE;

	(void)prefix, (void)uri, (void)n_namespaces, (void)namespaces;
	(void)n_defaulted;
	if (reader->failed)
		return;
	while (mark == MARK_CLOSE)
		mark = scan_next(scan);
	if (mark != MARK_OPEN || (size_t)n != scan->tag.n ||
	    reader->depth == VALUE_DEPTH) {
		diag_add(reader->diags, DIAG_XML_SYNTAX,
		    (struct pos){ reader->source->name, 0, 0 },
		    "its tags can be read in two ways");
		stop_parser(reader);
		return;
	}
	map = add_element(reader, (const char *)name);
	add_attributes(reader, map, attributes, (size_t)n);
	level = &reader->levels[reader->depth++];
	level->value = map;
	text_clear(&level->text);
	level->text_pos = map->pos;
	if (!scan->tag.empty) {
		const char *p = skip_blanks(scan->tag.end, scan->end);

		if (p < scan->end && (*p != '<' || begins(p, scan->end, "<![")))
			level->text_pos = place_at(&reader->place,
			    (size_t)(p - reader->source->bytes));
	}
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

/* libxml2 has found something wrong: the first offence is reported. */
static void
take_error(void *data, xmlErrorPtr error)
{
	struct reader *reader = data;
	long offset = xmlByteConsumed(reader->parser);
	struct pos pos;

	if (error->level < XML_ERR_ERROR || reader->failed)
		return;
	if (error->code == XML_ERR_NO_MEMORY)
		memory_exhausted();
	pos = source_pos(reader->source, offset > 0 ? (size_t)offset : 0);
	if (error->code == XML_ERR_TAG_NAME_MISMATCH && error->str1 != NULL)
		diag_add(reader->diags, DIAG_XML_SYNTAX, pos,
		    "expected </%.*s> to close the element of line %d",
		    value_shown(error->str1), error->str1, error->int1);
	else
		diag_add(reader->diags, DIAG_XML_SYNTAX, pos, "%s",
		    reason(error->code));
	stop_parser(reader);
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
	xmlFreeDoc(xmlCtxtReadMemory(parser, reader->source->bytes,
	    (int)reader->source->size, NULL, "UTF-8", options));
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
	if (check_encoding(source, diags) == -1)
		return -1;
	return check_tags(source, diags);
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
