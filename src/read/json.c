#include "read/json.h"

#include <string.h>

#include "base/num.h"
#include "base/text.h"
#include "read/place.h"

/* Recursive descent; the depth limit bounds the recursion. */

struct reader {
	struct arena *arena;
	struct source *source;
	struct diag_list *diags;
	struct place place;
	const char *p; /* the next byte */
	const char *end;
	size_t depth;
	size_t n_values;
};

/* A string of the file, unescaped. */
struct string {
	const char *p;
	size_t n;
	struct pos pos;
};

static struct pos
pos_of(struct reader *reader, const char *p)
{
	return place_at(&reader->place, (size_t)(p - reader->source->bytes));
}

static void
skip_blanks(struct reader *reader)
{
	while (reader->p < reader->end &&
	    (*reader->p == ' ' || *reader->p == '\n' || *reader->p == '\r' ||
		*reader->p == '\t'))
		reader->p++;
}

/* The file is over too early: say so at the end of its text. */
static int
report_end(struct reader *reader)
{
	const char *p = reader->end;

	while (p > reader->source->bytes && strchr(" \n\r\t", p[-1]) != NULL)
		p--;
	diag_add(reader->diags, DIAG_JSON_END, pos_of(reader, p), "%s",
	    reader->n_values == 0 ? "it holds no value" : "");
	return -1;
}

static bool
is_word_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
}

/* The word, number or character at p, as far as a message quotes it. */
static int
shown(const struct reader *reader, const char *p)
{
	enum { LONGEST = 20 };
	size_t left = (size_t)(reader->end - p);
	unsigned code;
	int n = 0;

	while (n < LONGEST && (size_t)n < left && is_word_char(p[n]))
		n++;
	return n > 0 ? n : (int)utf8_next(p, left, &code);
}

/* Something else stands at p than what the grammar wants. */
static int
report_found(struct reader *reader, const char *expected)
{
	const char *p = reader->p;

	if (p == reader->end)
		return report_end(reader);
	diag_add(reader->diags, DIAG_JSON_SYNTAX, pos_of(reader, p),
	    "expected %s, found \"%.*s\"", expected, shown(reader, p), p);
	return -1;
}

static int
report_string(struct reader *reader, const char *p, const char *why)
{
	diag_add(reader->diags, DIAG_JSON_STRING, pos_of(reader, p), "%s", why);
	return -1;
}

/* Four hexadecimal digits, or -1. */
static long
read_hex(const char *p, const char *end)
{
	long value = 0;

	if (end - p < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		int c = p[i] | 0x20;

		if (p[i] >= '0' && p[i] <= '9')
			value = value * 16 + (p[i] - '0');
		else if (c >= 'a' && c <= 'f')
			value = value * 16 + (c - 'a' + 10);
		else
			return -1;
	}
	return value;
}

static char *
put_utf8(char *out, unsigned long code)
{
	static const unsigned char lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	int n = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;

	for (int i = n - 1; i > 0; i--) {
		out[i] = (char)(0x80 | (code & 0x3f));
		code >>= 6;
	}
	out[0] = (char)(lead[n] | code);
	return out + n;
}

/* The \u escape at p, and its second half where it needs one. */
static int
read_unicode(struct reader *reader, const char **p, char **out)
{
	const char *start = *p;
	long code = read_hex(start + 2, reader->end);
	long low = 0;

	if (code == -1)
		return report_string(
		    reader, start, "\\u wants four hexadecimal digits");
	*p += 6;
	if (code >= 0xd800 && code < 0xdc00) {
		if (reader->end - *p >= 6 && (*p)[0] == '\\' && (*p)[1] == 'u')
			low = read_hex(*p + 2, reader->end);
		*p += 6;
		if (low < 0xdc00 || low > 0xdfff)
			return report_string(reader, start,
			    "\\u escape is half of a surrogate pair");
		code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
	} else if (code >= 0xdc00 && code <= 0xdfff) {
		return report_string(
		    reader, start, "\\u escape is half of a surrogate pair");
	}
	*out = put_utf8(*out, (unsigned long)code);
	return 0;
}

/* The escape at p. */
static int
read_escape(struct reader *reader, const char **p, char **out)
{
	static const char letters[] = "\"\\/bfnrt";
	static const char meanings[] = "\"\\/\b\f\n\r\t";
	const char *letter;

	if (reader->end - *p < 2)
		return report_end(reader);
	if ((*p)[1] == 'u')
		return read_unicode(reader, p, out);
	letter = (*p)[1] != '\0' ? strchr(letters, (*p)[1]) : NULL;
	if (letter == NULL)
		return report_string(
		    reader, *p, "unknown escape; write \\\\ for a backslash");
	*(*out)++ = meanings[letter - letters];
	*p += 2;
	return 0;
}

/* The end of the raw string, at its closing quote; NULL when reported. */
static const char *
find_quote(struct reader *reader, bool *escapes)
{
	const char *p = reader->p + 1;

	*escapes = false;
	while (p < reader->end && *p != '"') {
		if ((unsigned char)*p < 0x20) {
			diag_add(reader->diags, DIAG_JSON_STRING,
			    pos_of(reader, p),
			    "control character U+%04X, or the closing quote "
			    "is missing; in a string, write it as \\%c",
			    (unsigned)*p,
			    *p == '\n'     ? 'n' :
				*p == '\t' ? 't' :
					     'r');
			return NULL;
		}
		if (*p == '\\') {
			*escapes = true;
			p++;
		}
		p++;
	}
	if (p < reader->end)
		return p;
	report_end(reader);
	return NULL;
}

/* Turn the escapes of a raw string into what they stand for. */
static int
unescape(struct reader *reader, struct string *out, const char *stop)
{
	const char *p = reader->p + 1;
	char *start = arena_alloc(reader->arena, (size_t)(stop - p) + 1);
	char *to = start;
	unsigned code;

	while (p < stop) {
		const char *run = memchr(p, '\\', (size_t)(stop - p));

		if (run == NULL)
			run = stop;
		memcpy(to, p, (size_t)(run - p));
		to += run - p;
		p = run;
		if (p < stop && read_escape(reader, &p, &to) == -1)
			return -1;
	}
	out->p = start;
	out->n = (size_t)(to - start);
	code = value_refused_char(out->p, out->n);
	if (code == VALUE_NO_CHAR)
		return 0;
	diag_add(reader->diags, DIAG_TEXT_CONTROL, out->pos,
	    "U+%04X, written as an escape", code);
	return -1;
}

static int
read_string(struct reader *reader, struct string *out)
{
	const char *p = reader->p + 1;
	const char *stop;
	bool escapes;

	out->pos = pos_of(reader, reader->p);
	stop = find_quote(reader, &escapes);
	if (stop == NULL)
		return -1;
	if (escapes) {
		if (unescape(reader, out, stop) == -1)
			return -1;
	} else {
		out->n = (size_t)(stop - p);
		out->p = arena_dup(reader->arena, p, out->n);
	}
	reader->p = stop + 1;
	return 0;
}

static bool
is_digit(const struct reader *reader, const char *p)
{
	return p < reader->end && *p >= '0' && *p <= '9';
}

/* Take one of some characters, if it is there. */
static bool
take_any(const struct reader *reader, const char **p, const char *any)
{
	if (*p == reader->end || strchr(any, **p) == NULL)
		return false;
	++*p;
	return true;
}

/* Go behind one digit or more; NULL, or why when there is none. */
static const char *
skip_digits(const struct reader *reader, const char **p, const char *why)
{
	if (!is_digit(reader, *p))
		return why;
	while (is_digit(reader, *p))
		++*p;
	return NULL;
}

/* Go behind the number at p; NULL, or why it is none. */
static const char *
scan_number(const struct reader *reader, const char **p)
{
	const char *why;

	take_any(reader, p, "-");
	if (take_any(reader, p, "0")) {
		if (is_digit(reader, *p))
			return "number has a leading zero";
		why = NULL;
	} else {
		why = skip_digits(reader, p, "a digit must follow the minus");
	}
	if (why == NULL && take_any(reader, p, "."))
		why = skip_digits(
		    reader, p, "a digit must follow the decimal point");
	if (why == NULL && take_any(reader, p, "eE")) {
		take_any(reader, p, "+-");
		why = skip_digits(reader, p, "a digit must follow the e");
	}
	return why;
}

/* Whether the number fits a double; short ones without an exponent do. */
static bool
fits(const char *p, size_t n)
{
	enum { SURE = 300 };
	double number;

	if (n < SURE && memchr(p, 'e', n) == NULL && memchr(p, 'E', n) == NULL)
		return true;
	return num_read(p, n, &number);
}

static struct value *
read_number(struct reader *reader)
{
	struct pos pos = pos_of(reader, reader->p);
	const char *p = reader->p;
	const char *why = scan_number(reader, &p);
	struct value *value;

	if (why != NULL && p == reader->end) {
		report_end(reader);
		return NULL;
	}
	if (why == NULL && !fits(reader->p, (size_t)(p - reader->p)))
		why = "number is too large";
	if (why != NULL) {
		diag_add(reader->diags, DIAG_JSON_NUMBER, pos, "%.*s: %s",
		    shown(reader, reader->p), reader->p, why);
		return NULL;
	}
	value = value_new(reader->arena, VALUE_NUMBER, pos);
	value->len = (size_t)(p - reader->p);
	value->text = arena_dup(reader->arena, reader->p, value->len);
	reader->p = p;
	return value;
}

static struct value *
read_text(struct reader *reader)
{
	struct string string;
	struct value *value;

	if (read_string(reader, &string) == -1)
		return NULL;
	value = value_new(reader->arena, VALUE_TEXT, string.pos);
	value->quoted = true;
	value->text = string.p;
	value->len = string.n;
	return value;
}

/* A word that stands for a number elsewhere, but not in JSON. */
static bool
is_no_number(const char *p, size_t n)
{
	static const char *const words[] = { "NaN", "nan", "NAN", "Infinity",
		"inf", "Inf", "INF" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strlen(words[i]) == n && memcmp(words[i], p, n) == 0)
			return true;
	return false;
}

/* What stands where a value belongs, and is none. */
static struct value *
report_value(struct reader *reader)
{
	const char *p = reader->p;
	int n = p < reader->end ? shown(reader, p) : 0;

	if (n > 0 && is_no_number(p, (size_t)n))
		diag_add(reader->diags, DIAG_JSON_NUMBER, pos_of(reader, p),
		    "%.*s; write null, or leave the value out", n, p);
	else if (n > 0 && (*p == '+' || *p == '.'))
		diag_add(reader->diags, DIAG_JSON_NUMBER, pos_of(reader, p),
		    "%.*s: a number begins with a digit or a minus", n, p);
	else if (n > 0 && *p == '\'')
		report_found(reader, "a value (strings in double quotes)");
	else if (n > 0 && (*p == '/' || *p == '#'))
		report_found(reader, "a value (comments are not allowed)");
	else
		report_found(reader, "a value");
	return NULL;
}

/* true, false or null, with the length of the word; 0: none of them. */
static struct value *
read_word(struct reader *reader)
{
	static const struct {
		const char *word;
		enum value_kind kind;
		bool truth;
	} words[] = { { "true", VALUE_BOOL, true },
		{ "false", VALUE_BOOL, false }, { "null", VALUE_NULL, false } };
	size_t n = (size_t)shown(reader, reader->p);

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		struct value *value;

		if (strlen(words[i].word) != n ||
		    memcmp(words[i].word, reader->p, n) != 0)
			continue;
		value = value_new(
		    reader->arena, words[i].kind, pos_of(reader, reader->p));
		value->truth = words[i].truth;
		if (words[i].kind == VALUE_BOOL) {
			value->text = words[i].word;
			value->len = n;
		}
		reader->p += n;
		return value;
	}
	return report_value(reader);
}

static struct value *read_value(struct reader *reader);

/* Enter a list or map: make it and count its level. */
static struct value *
open_level(struct reader *reader, enum value_kind kind)
{
	struct pos pos = pos_of(reader, reader->p);

	if (reader->depth == VALUE_DEPTH) {
		diag_add(reader->diags, DIAG_JSON_DEPTH, pos, "%d levels",
		    VALUE_DEPTH);
		return NULL;
	}
	reader->depth++;
	reader->p++;
	skip_blanks(reader);
	return value_new(reader->arena, kind, pos);
}

/*
 * Behind an item: 1 at a comma, 0 at the closing bracket, both taken; -1 at
 * anything else, with the reason in diags.
 */
static int
next_item(struct reader *reader, char close)
{
	skip_blanks(reader);
	if (reader->p < reader->end && *reader->p == ',') {
		reader->p++;
		skip_blanks(reader);
		if (reader->p == reader->end || *reader->p != close)
			return 1;
		diag_add(reader->diags, DIAG_JSON_SYNTAX,
		    pos_of(reader, reader->p),
		    "expected another item after the comma, found \"%c\"",
		    close);
		return -1;
	}
	if (reader->p < reader->end && *reader->p == close) {
		reader->p++;
		reader->depth--;
		return 0;
	}
	return report_found(
	    reader, close == '}' ? "a comma or }" : "a comma or ]");
}

/* A bracket that is closed at once; it is taken. */
static bool
is_closed(struct reader *reader, char close)
{
	if (reader->p == reader->end || *reader->p != close)
		return false;
	reader->p++;
	reader->depth--;
	return true;
}

static struct value *
read_list(struct reader *reader)
{
	struct value *list = open_level(reader, VALUE_LIST);
	int more = 1;

	if (list == NULL || is_closed(reader, ']'))
		return list;
	while (more == 1) {
		struct value *item = read_value(reader);

		if (item == NULL)
			return NULL;
		value_add(list, item);
		more = next_item(reader, ']');
	}
	return more == 0 ? list : NULL;
}

/* A key, its colon and its value. */
static struct value *
read_member(struct reader *reader)
{
	struct string key;
	struct value *value;

	if (reader->p == reader->end || *reader->p != '"') {
		report_found(reader, "a key in double quotes");
		return NULL;
	}
	if (read_string(reader, &key) == -1)
		return NULL;
	skip_blanks(reader);
	if (reader->p == reader->end || *reader->p != ':') {
		report_found(reader, "a colon after the key");
		return NULL;
	}
	reader->p++;
	skip_blanks(reader);
	value = read_value(reader);
	if (value != NULL) {
		value->key = key.p;
		value->key_pos = key.pos;
	}
	return value;
}

static int
check_keys(struct reader *reader, const struct value *map)
{
	const struct value *twin = value_duplicate(map);

	if (twin == NULL)
		return 0;
	diag_add(reader->diags, DIAG_JSON_DUPLICATE, twin->key_pos,
	    "\"%.*s\", first given on line %u", value_shown(twin->key),
	    twin->key, value_get(map, twin->key)->key_pos.line);
	return -1;
}

static struct value *
read_map(struct reader *reader)
{
	struct value *map = open_level(reader, VALUE_MAP);
	int more = 1;

	if (map == NULL || is_closed(reader, '}'))
		return map;
	while (more == 1) {
		struct value *item = read_member(reader);

		if (item == NULL)
			return NULL;
		value_add(map, item);
		more = next_item(reader, '}');
	}
	return more == 0 && check_keys(reader, map) == 0 ? map : NULL;
}

static struct value *
read_value(struct reader *reader)
{
	if (reader->p == reader->end) {
		report_end(reader);
		return NULL;
	}
	if (reader->n_values++ == VALUE_COUNT) {
		diag_add(reader->diags, DIAG_JSON_SIZE,
		    pos_of(reader, reader->p), "%d", VALUE_COUNT);
		return NULL;
	}
	switch (*reader->p) {
	case '{':
		return read_map(reader);
	case '[':
		return read_list(reader);
	case '"':
		return read_text(reader);
	case '-':
		return read_number(reader);
	default:
		return is_digit(reader, reader->p) ? read_number(reader) :
						     read_word(reader);
	}
}

struct value *
json_read(struct arena *arena, struct source *source, struct diag_list *diags)
{
	struct reader reader = {
		.arena = arena, .source = source, .diags = diags
	};
	struct value *value;

	if (source_check_text(source, diags) == -1)
		return NULL;
	reader.p = source->bytes;
	reader.end = source->bytes + source->size;
	place_init(&reader.place, source);
	skip_blanks(&reader);
	value = read_value(&reader);
	if (value == NULL)
		return NULL;
	skip_blanks(&reader);
	if (reader.p == reader.end)
		return value;
	report_found(&reader, "the end of the file");
	return NULL;
}
