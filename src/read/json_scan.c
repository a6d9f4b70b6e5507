#include "read/json_scan.h"

#include <string.h>

#include "base/num.h"
#include "base/text.h"

struct pos
json_pos(struct json_scan *scan, const char *p)
{
	return place_at(&scan->place, (size_t)(p - scan->source->bytes));
}

void
json_skip_blanks(struct json_scan *scan)
{
	while (scan->p < scan->end &&
	    (*scan->p == ' ' || *scan->p == '\n' || *scan->p == '\r' ||
		*scan->p == '\t'))
		scan->p++;
}

/* The file is over too early: say so at the end of its text. */
int
json_report_end(struct json_scan *scan)
{
	const char *p = scan->end;

	while (p > scan->source->bytes && strchr(" \n\r\t", p[-1]) != NULL)
		p--;
	diag_add(scan->diags, DIAG_JSON_END, json_pos(scan, p), "%s",
	    scan->n_values == 0 ? "it holds no value" : "");
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
shown(const struct json_scan *scan, const char *p)
{
	enum { LONGEST = 20 };
	size_t left = (size_t)(scan->end - p);
	unsigned code;
	int n = 0;

	while (n < LONGEST && (size_t)n < left && is_word_char(p[n]))
		n++;
	return n > 0 ? n : (int)utf8_next(p, left, &code);
}

/* Something else stands at p than what the grammar wants. */
int
json_report(struct json_scan *scan, const char *expected)
{
	const char *p = scan->p;

	if (p == scan->end)
		return json_report_end(scan);
	diag_add(scan->diags, DIAG_JSON_SYNTAX, json_pos(scan, p),
	    "expected %s, found \"%.*s\"", expected, shown(scan, p), p);
	return -1;
}

static int
report_string(struct json_scan *scan, const char *p, const char *why)
{
	diag_add(scan->diags, DIAG_JSON_STRING, json_pos(scan, p), "%s", why);
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
read_unicode(struct json_scan *scan, const char **p, char **out)
{
	const char *start = *p;
	long code = read_hex(start + 2, scan->end);
	long low = 0;

	if (code == -1)
		return report_string(
		    scan, start, "\\u wants four hexadecimal digits");
	*p += 6;
	if (code >= 0xd800 && code < 0xdc00) {
		if (scan->end - *p >= 6 && (*p)[0] == '\\' && (*p)[1] == 'u')
			low = read_hex(*p + 2, scan->end);
		*p += 6;
		if (low < 0xdc00 || low > 0xdfff)
			return report_string(scan, start,
			    "\\u escape is half of a surrogate pair");
		code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
	} else if (code >= 0xdc00 && code <= 0xdfff) {
		return report_string(
		    scan, start, "\\u escape is half of a surrogate pair");
	}
	*out = put_utf8(*out, (unsigned long)code);
	return 0;
}

/* The escape at p. */
static int
read_escape(struct json_scan *scan, const char **p, char **out)
{
	static const char letters[] = "\"\\/bfnrt";
	static const char meanings[] = "\"\\/\b\f\n\r\t";
	const char *letter;

	if (scan->end - *p < 2)
		return json_report_end(scan);
	if ((*p)[1] == 'u')
		return read_unicode(scan, p, out);
	letter = (*p)[1] != '\0' ? strchr(letters, (*p)[1]) : NULL;
	if (letter == NULL)
		return report_string(
		    scan, *p, "unknown escape; write \\\\ for a backslash");
	*(*out)++ = meanings[letter - letters];
	*p += 2;
	return 0;
}

/* The end of the raw string, at its closing quote; NULL when reported. */
static const char *
find_quote(struct json_scan *scan, bool *escapes)
{
	const char *p = scan->p + 1;

	*escapes = false;
	while (p < scan->end && *p != '"') {
		if ((unsigned char)*p < 0x20) {
			diag_add(scan->diags, DIAG_JSON_STRING,
			    json_pos(scan, p),
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
	if (p < scan->end)
		return p;
	json_report_end(scan);
	return NULL;
}

/* Turn the escapes of a raw string into what they stand for. */
static int
unescape(struct json_scan *scan, struct json_string *out, const char *stop)
{
	const char *p = scan->p + 1;
	char *start = arena_alloc(scan->arena, (size_t)(stop - p) + 1);
	char *to = start;
	unsigned code;

	while (p < stop) {
		const char *run = memchr(p, '\\', (size_t)(stop - p));

		if (run == NULL)
			run = stop;
		memcpy(to, p, (size_t)(run - p));
		to += run - p;
		p = run;
		if (p < stop && read_escape(scan, &p, &to) == -1)
			return -1;
	}
	out->p = start;
	out->n = (size_t)(to - start);
	code = value_refused_char(out->p, out->n);
	if (code == VALUE_NO_CHAR)
		return 0;
	diag_add(scan->diags, DIAG_TEXT_CONTROL, out->pos,
	    "U+%04X, written as an escape", code);
	return -1;
}

int
json_take_string(struct json_scan *scan, struct json_string *out)
{
	const char *p = scan->p + 1;
	const char *stop;
	bool escapes;

	out->pos = json_pos(scan, scan->p);
	stop = find_quote(scan, &escapes);
	if (stop == NULL)
		return -1;
	if (escapes) {
		if (unescape(scan, out, stop) == -1)
			return -1;
	} else {
		out->n = (size_t)(stop - p);
		out->p = arena_dup(scan->arena, p, out->n);
	}
	scan->p = stop + 1;
	return 0;
}

bool
json_is_digit(const struct json_scan *scan, const char *p)
{
	return p < scan->end && *p >= '0' && *p <= '9';
}

/* Take one of some characters, if it is there. */
static bool
take_any(const struct json_scan *scan, const char **p, const char *any)
{
	if (*p == scan->end || strchr(any, **p) == NULL)
		return false;
	++*p;
	return true;
}

/* Go behind one digit or more; NULL, or why when there is none. */
static const char *
skip_digits(const struct json_scan *scan, const char **p, const char *why)
{
	if (!json_is_digit(scan, *p))
		return why;
	while (json_is_digit(scan, *p))
		++*p;
	return NULL;
}

/* Go behind the number at p; NULL, or why it is none. */
static const char *
scan_number(const struct json_scan *scan, const char **p)
{
	const char *why;

	take_any(scan, p, "-");
	if (take_any(scan, p, "0")) {
		if (json_is_digit(scan, *p))
			return "number has a leading zero";
		why = NULL;
	} else {
		why = skip_digits(scan, p, "a digit must follow the minus");
	}
	if (why == NULL && take_any(scan, p, "."))
		why = skip_digits(
		    scan, p, "a digit must follow the decimal point");
	if (why == NULL && take_any(scan, p, "eE")) {
		take_any(scan, p, "+-");
		why = skip_digits(scan, p, "a digit must follow the e");
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

struct value *
json_take_number(struct json_scan *scan)
{
	struct pos pos = json_pos(scan, scan->p);
	const char *p = scan->p;
	const char *why = scan_number(scan, &p);
	struct value *value;

	if (why != NULL && p == scan->end) {
		json_report_end(scan);
		return NULL;
	}
	if (why == NULL && !fits(scan->p, (size_t)(p - scan->p)))
		why = "number is too large";
	if (why != NULL) {
		diag_add(scan->diags, DIAG_JSON_NUMBER, pos, "%.*s: %s",
		    shown(scan, scan->p), scan->p, why);
		return NULL;
	}
	value = value_new(scan->arena, VALUE_NUMBER, pos);
	value->len = (size_t)(p - scan->p);
	value->text = arena_dup(scan->arena, scan->p, value->len);
	scan->p = p;
	return value;
}

struct value *
json_take_text(struct json_scan *scan)
{
	struct json_string string;
	struct value *value;

	if (json_take_string(scan, &string) == -1)
		return NULL;
	value = value_new(scan->arena, VALUE_TEXT, string.pos);
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
report_value(struct json_scan *scan)
{
	const char *p = scan->p;
	int n = p < scan->end ? shown(scan, p) : 0;

	if (n > 0 && is_no_number(p, (size_t)n))
		diag_add(scan->diags, DIAG_JSON_NUMBER, json_pos(scan, p),
		    "%.*s; write null, or leave the value out", n, p);
	else if (n > 0 && (*p == '+' || *p == '.'))
		diag_add(scan->diags, DIAG_JSON_NUMBER, json_pos(scan, p),
		    "%.*s: a number begins with a digit or a minus", n, p);
	else if (n > 0 && *p == '\'')
		json_report(scan, "a value (strings in double quotes)");
	else if (n > 0 && (*p == '/' || *p == '#'))
		json_report(scan, "a value (comments are not allowed)");
	else
		json_report(scan, "a value");
	return NULL;
}

/* true, false or null. */
struct value *
json_take_word(struct json_scan *scan)
{
	static const struct {
		const char *word;
		enum value_kind kind;
		bool truth;
	} words[] = { { "true", VALUE_BOOL, true },
		{ "false", VALUE_BOOL, false }, { "null", VALUE_NULL, false } };
	size_t n = (size_t)shown(scan, scan->p);

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		struct value *value;

		if (strlen(words[i].word) != n ||
		    memcmp(words[i].word, scan->p, n) != 0)
			continue;
		value = value_new(
		    scan->arena, words[i].kind, json_pos(scan, scan->p));
		value->truth = words[i].truth;
		if (words[i].kind == VALUE_BOOL) {
			value->text = words[i].word;
			value->len = n;
		}
		scan->p += n;
		return value;
	}
	return report_value(scan);
}
