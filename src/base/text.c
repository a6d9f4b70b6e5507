#include "base/text.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

void
text_free(struct text *text)
{
	free(text->p);
	*text = (struct text){ 0 };
}

void
text_clear(struct text *text)
{
	text->n = 0;
	if (text->p != NULL)
		text->p[0] = '\0';
}

void
text_cut(struct text *text, size_t n)
{
	if (n >= text->n)
		return;
	text->n = n;
	text->p[n] = '\0';
}

const char *
text_str(const struct text *text)
{
	return text->p != NULL ? text->p : "";
}

/* Take more memory, for n more bytes and the NUL behind them. */
static void
grow(struct text *text, size_t n)
{
	size_t size = text->size > 0 ? text->size : 64;

	while (size - text->n <= n)
		size = size > SIZE_MAX / 2 ? SIZE_MAX : size * 2;
	text->p = memory_grow(text->p, size, 1);
	text->size = size;
}

/* Make room for n more bytes and the NUL behind them. */
static inline void
reserve(struct text *text, size_t n)
{
	if (text->size - text->n <= n)
		grow(text, n);
}

void
text_put(struct text *text, const char *p, size_t n)
{
	reserve(text, n);
	if (n > 0)
		memcpy(text->p + text->n, p, n);
	text->n += n;
	text->p[text->n] = '\0';
}

void
text_putc(struct text *text, char c)
{
	reserve(text, 1);
	text->p[text->n++] = c;
	text->p[text->n] = '\0';
}

void
text_puts(struct text *text, const char *s)
{
	text_put(text, s, strlen(s));
}

void
text_vprintf(struct text *text, const char *format, va_list args)
{
	va_list again;
	int n;

	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (n <= 0)
		return;
	reserve(text, (size_t)n);
	vsnprintf(text->p + text->n, (size_t)n + 1, format, args);
	text->n += (size_t)n;
}

void
text_printf(struct text *text, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	text_vprintf(text, format, args);
	va_end(args);
}

/* Length that the lead byte announces, and the bits it carries. */
static size_t
lead(unsigned char c, unsigned *bits)
{
	if (c < 0x80) {
		*bits = c;
		return 1;
	}
	if (c >= 0xc2 && c <= 0xdf) {
		*bits = c & 0x1fU;
		return 2;
	}
	if (c >= 0xe0 && c <= 0xef) {
		*bits = c & 0x0fU;
		return 3;
	}
	if (c >= 0xf0 && c <= 0xf4) {
		*bits = c & 0x07U;
		return 4;
	}
	return 0;
}

size_t
utf8_next(const char *p, size_t n, unsigned *code)
{
	static const unsigned least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned bits;
	size_t len = n > 0 ? lead((unsigned char)p[0], &bits) : 0;

	if (len == 0 || len > n)
		return 0;
	for (size_t i = 1; i < len; i++) {
		unsigned char c = (unsigned char)p[i];

		if ((c & 0xc0) != 0x80)
			return 0;
		bits = bits << 6 | (c & 0x3fU);
	}
	if (bits < least[len] || bits > 0x10ffff ||
	    (bits >= 0xd800 && bits <= 0xdfff))
		return 0;
	*code = bits;
	return len;
}

/* Whether all of eight bytes are from the blank to the tilde. */
static bool
is_plain(const char *p)
{
	const uint64_t ones = 0x0101010101010101U;
	const uint64_t tops = ones << 7;
	uint64_t word, delete;

	memcpy(&word, p, sizeof(word));
	delete = word ^ ones * 0x7f;
	return ((word | (word - ones * 0x20) | (delete - ones)) & tops) == 0;
}

size_t
utf8_plain(const char *p, size_t n)
{
	size_t i = 0;

	while (n - i >= 8 && is_plain(p + i))
		i += 8;
	while (i < n && p[i] >= 0x20 && p[i] < 0x7f)
		i++;
	return i;
}

bool
utf8_is_bidi(unsigned code)
{
	return code == 0x61c || code == 0x200e || code == 0x200f ||
	    (code >= 0x202a && code <= 0x202e) ||
	    (code >= 0x2066 && code <= 0x2069);
}

static bool
is_control(unsigned code)
{
	return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x2028 ||
	    code == 0x2029 || code == 0xfeff || code == 0x200b ||
	    (code & 0xfffe) == 0xfffe || (code >= 0xfdd0 && code <= 0xfdef);
}

/* What stands for c in HTML, or NULL when c stands for itself. */
static const char *
html_entity(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

/* Whether the byte needs no thought at all in HTML. */
static bool
html_plain(unsigned char c)
{
	/* One bit for each of the characters 0x20 to 0x7e that is plain. */
	static const uint32_t plain[8] = { 0, 0xafffff3b, 0xffffffff,
		0x7fffffff };

	return plain[c >> 5] >> (c & 31) & 1;
}

/* A mark in each byte of x that is 0, perhaps in higher ones as well. */
static uint64_t
zero_bytes(uint64_t x)
{
	return (x - 0x0101010101010101) & ~x;
}

/*
 * Whether the eight bytes at p are all plain.  May say no where they are:
 * with bit 0 and 2 set, " & and ' are one byte, and # with them; with bit 1
 * set, < and > are.
 */
static bool
html_plain8(const char *p)
{
	const uint64_t each = 0x0101010101010101;
	uint64_t x, odd;

	memcpy(&x, p, sizeof(x));
	odd = x | (x - each * 0x20) | zero_bytes((x | each * 5) ^ each * '\'') |
	    zero_bytes((x | each * 2) ^ each * '>') |
	    zero_bytes(x ^ each * 0x7f);
	return (odd & each * 0x80) == 0;
}

/* Number of plain bytes at p, at most n. */
static size_t
html_plain_run(const char *p, size_t n)
{
	size_t i = 0;

	while (n - i >= 8 && html_plain8(p + i))
		i += 8;
	while (i < n && html_plain((unsigned char)p[i]))
		i++;
	return i;
}

/* Append the character at p for HTML; return its length in bytes. */
static size_t
put_html_char(struct text *text, const char *p, size_t n)
{
	const char *entity = html_entity(*p);
	unsigned code = 0xfffd;
	size_t len = utf8_next(p, n, &code);

	if (entity != NULL)
		text_puts(text, entity);
	else if (len == 0)
		text_puts(text, "\xef\xbf\xbd");
	else if (code == '\n' || code == '\t')
		text_putc(text, *p);
	else if (is_control(code) || utf8_is_bidi(code))
		text_printf(text, "U+%04X", code);
	else
		text_put(text, p, len);
	return len > 0 ? len : 1;
}

void
text_put_html(struct text *text, const char *p, size_t n)
{
	size_t i = 0;

	while (i < n) {
		size_t run = html_plain_run(p + i, n - i);

		text_put(text, p + i, run);
		i += run;
		if (i < n)
			i += put_html_char(text, p + i, n - i);
	}
}

static void
put_json_char(struct text *text, const char *p, size_t len, unsigned code)
{
	switch (code) {
	case '"':
		text_puts(text, "\\\"");
		break;
	case '\\':
		text_puts(text, "\\\\");
		break;
	case '\n':
		text_puts(text, "\\n");
		break;
	case '\t':
		text_puts(text, "\\t");
		break;
	case '\r':
		text_puts(text, "\\r");
		break;
	default:
		if (code <= 0xffff && (is_control(code) || utf8_is_bidi(code)))
			text_printf(text, "\\u%04x", code);
		else
			text_put(text, p, len);
	}
}

void
text_put_json(struct text *text, const char *p, size_t n)
{
	text_putc(text, '"');
	for (size_t i = 0; i < n;) {
		unsigned code = 0;
		size_t len = utf8_next(p + i, n - i, &code);

		if (len == 0)
			text_puts(text, "\\ufffd");
		else
			put_json_char(text, p + i, len, code);
		i += len > 0 ? len : 1;
	}
	text_putc(text, '"');
}

/*
 * Whether p begins what runners of builds take for a command anywhere in a
 * line of a log: "##[error]" (GitHub), "##vso[task...]" (Azure).
 */
static bool
is_log_command(const char *p, size_t n)
{
	return (n >= 3 && memcmp(p, "##[", 3) == 0) ||
	    (n >= 6 && memcmp(p, "##vso[", 6) == 0);
}

void
text_put_shown(struct text *text, const char *p, size_t n)
{
	for (size_t i = 0; i < n;) {
		unsigned code = 0;
		size_t len = utf8_next(p + i, n - i, &code);

		if (len == 0)
			text_printf(text, "\\x%02x", (unsigned char)p[i]);
		else if (code == '\n')
			text_puts(text, "\\n");
		else if (code == '\t')
			text_putc(text, ' ');
		else if (code < 0x80 && is_control(code))
			text_printf(text, "\\x%02x", code);
		else if (is_control(code) || utf8_is_bidi(code) ||
		    (code == '#' && is_log_command(p + i, n - i)))
			text_printf(text, "U+%04X", code);
		else
			text_put(text, p + i, len);
		i += len > 0 ? len : 1;
	}
}

void
text_put_csv(struct text *text, const char *field)
{
	if (field[strcspn(field, ",\"\r\n")] == '\0') {
		text_puts(text, field);
		return;
	}
	text_putc(text, '"');
	for (; *field != '\0'; field++) {
		if (*field == '"')
			text_putc(text, '"');
		text_putc(text, *field);
	}
	text_putc(text, '"');
}
