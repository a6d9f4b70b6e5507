#include "read/xml_scan.h"

#include <string.h>
#include <strings.h>

#include "read/value.h"

enum {
	XML_PREFIXES = 256, /* xmlns attributes in force at one place */
	XML_NAME = 1000,    /* bytes; libxml2 stops at 50,000 */
	XML_BLOCK =
	    8 * 1024 * 1024, /* comment, CDATA, attribute; libxml2: 10^7 */
	XML_INSTRUCTION = 32 * 1024 /* bytes from <? to ?> */
};

static enum xml_mark
bad(struct xml_scan *scan, enum diag_id id, const char *at, const char *detail)
{
	scan->offence = (struct xml_offence){ id, at, detail };
	return XML_MARK_BAD;
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
skip_block(struct xml_scan *scan, size_t head, const char *tail, size_t limit)
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
skip_value(struct xml_scan *scan, const char *p)
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
	if (stop - p > XML_BLOCK) {
		bad(scan, DIAG_XML_LIMIT, quote, "an attribute is too long");
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
skip_attribute(struct xml_scan *scan, const char *p)
{
	struct xml_tag *tag = &scan->tag;
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
static enum xml_mark
scan_open(struct xml_scan *scan)
{
	struct xml_tag *tag = &scan->tag;
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
			return XML_MARK_BAD;
	}
	scan->p = tag->end = p + (tag->empty ? 2 : 1);
	return XML_MARK_OPEN;
}

/* The closing tag at p. */
static enum xml_mark
scan_close(struct xml_scan *scan)
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
	return XML_MARK_CLOSE;
}

/* Go to the next tag, over text, comments, CDATA and instructions. */
enum xml_mark
xml_scan_next(struct xml_scan *scan)
{
	int rc = 0;

	while (rc == 0) {
		const char *p = scan->p;
		const char *end = scan->end;

		p = memchr(p, '<', (size_t)(end - p));
		if (p == NULL)
			return XML_MARK_END_OF_FILE;
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
	return XML_MARK_BAD;
}

/* What is counted over the whole file before libxml2 sees it. */
struct tally {
	size_t depth;
	size_t prefixes[VALUE_DEPTH]; /* in force at each depth */
	size_t n_values, most;
};

/* Count one opening tag; XML_MARK_BAD with the offence beyond a limit. */
static enum xml_mark
count_tag(struct xml_scan *scan, struct tally *tally)
{
	const struct xml_tag *tag = &scan->tag;
	size_t prefixes = tag->n_prefixes;

	if (tally->depth == VALUE_DEPTH)
		return bad(scan, DIAG_XML_LIMIT, tag->start,
		    "elements are nested deeper than 64 levels");
	tally->n_values += 1 + tag->n;
	if (tally->n_values > tally->most)
		return bad(scan, DIAG_XML_LIMIT, tag->start,
		    "more elements and attributes than it may have");
	if (tally->depth > 0)
		prefixes += tally->prefixes[tally->depth - 1];
	if (prefixes > XML_PREFIXES)
		return bad(scan, DIAG_XML_LIMIT, tag->start,
		    "more than 256 xmlns attributes in force");
	if (!tag->empty)
		tally->prefixes[tally->depth++] = prefixes;
	return XML_MARK_OPEN;
}

/* Scan the whole file: 0, or -1 with the reason in diags. */
int
xml_check_tags(
    const struct source *source, size_t most, struct diag_list *diags)
{
	struct xml_scan scan = { .p = source->bytes,
		.end = source->bytes + source->size };
	struct tally tally = { .most = most };
	enum xml_mark mark;

	do {
		mark = xml_scan_next(&scan);
		if (mark == XML_MARK_OPEN)
			mark = count_tag(&scan, &tally);
		else if (mark == XML_MARK_CLOSE && tally.depth > 0)
			tally.depth--;
	} while (mark == XML_MARK_OPEN || mark == XML_MARK_CLOSE);
	if (mark == XML_MARK_END_OF_FILE)
		return 0;
	diag_add(diags, scan.offence.id,
	    source_pos(source, (size_t)(scan.offence.at - source->bytes)), "%s",
	    scan.offence.detail);
	return -1;
}

/* The file says at its top, if anything, that it is UTF-8. */
int
xml_check_encoding(const struct source *source, struct diag_list *diags)
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
