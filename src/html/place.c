#include "html/place.h"

#include <string.h>

#include "base/num.h"

struct place_name {
	const char *name;
	enum html_place place;
};

/* Attributes that are more than text; an entry in "*" stands for the rest. */
static const struct place_name places[] = {
	{ "id", HTML_PLACE_ID },
	{ "for", HTML_PLACE_ID },
	{ "headers", HTML_PLACE_ID },
	{ "aria-labelledby", HTML_PLACE_ID },
	{ "aria-describedby", HTML_PLACE_ID },
	{ "href", HTML_PLACE_URL },
	{ "x", HTML_PLACE_NUMBER },
	{ "y", HTML_PLACE_NUMBER },
	{ "x1", HTML_PLACE_NUMBER },
	{ "x2", HTML_PLACE_NUMBER },
	{ "y1", HTML_PLACE_NUMBER },
	{ "y2", HTML_PLACE_NUMBER },
	{ "cx", HTML_PLACE_NUMBER },
	{ "cy", HTML_PLACE_NUMBER },
	{ "r", HTML_PLACE_NUMBER },
	{ "rx", HTML_PLACE_NUMBER },
	{ "ry", HTML_PLACE_NUMBER },
	{ "width", HTML_PLACE_NUMBER },
	{ "height", HTML_PLACE_NUMBER },
	{ "d", HTML_PLACE_GEOMETRY },
	{ "points", HTML_PLACE_GEOMETRY },
	{ "viewBox", HTML_PLACE_GEOMETRY },
	{ "style", HTML_PLACE_FORBIDDEN },
	{ "src", HTML_PLACE_FORBIDDEN },
	{ "srcset", HTML_PLACE_FORBIDDEN },
	{ "srcdoc", HTML_PLACE_FORBIDDEN },
	{ "action", HTML_PLACE_FORBIDDEN },
	{ "formaction", HTML_PLACE_FORBIDDEN },
	{ "background", HTML_PLACE_FORBIDDEN },
	{ "poster", HTML_PLACE_FORBIDDEN },
	{ "ping", HTML_PLACE_FORBIDDEN },
	{ "data", HTML_PLACE_FORBIDDEN },
	{ "cite", HTML_PLACE_FORBIDDEN },
	{ "manifest", HTML_PLACE_FORBIDDEN },
	{ "http-equiv", HTML_PLACE_FORBIDDEN },
	{ "xlink:href", HTML_PLACE_FORBIDDEN },
	{ "xml:base", HTML_PLACE_FORBIDDEN },
};

/* Elements that run, load or send, or change what others do. */
static const char *const forbidden[] = { "script", "style", "iframe", "frame",
	"frameset", "object", "embed", "applet", "base", "form", "img", "image",
	"audio", "video", "source", "track", "picture", "input", "button",
	"textarea", "select", "noscript", "plaintext", "xmp", "math",
	"foreignObject", "animate", "animateMotion", "animateTransform", "set",
	"feImage" };

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/* Whether the bytes begin with the word, letters of either case. */
static bool
begins(const char *p, size_t n, const char *word)
{
	size_t len = strlen(word);

	if (n < len)
		return false;
	for (size_t i = 0; i < len; i++) {
		if (lower(p[i]) != lower(word[i]))
			return false;
	}
	return true;
}

/* Whether they are the word; browsers take names of either case. */
static bool
same(const char *p, size_t n, const char *word)
{
	return strlen(word) == n && begins(p, n, word);
}

enum html_place
html_place_of(const char *name, size_t n)
{
	if (begins(name, n, "on"))
		return HTML_PLACE_FORBIDDEN;
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		if (same(name, n, places[i].name))
			return places[i].place;
	}
	return HTML_PLACE_ATTRIBUTE;
}

bool
html_place_forbids(const char *element, size_t n)
{
	for (size_t i = 0; i < sizeof(forbidden) / sizeof(forbidden[0]); i++) {
		if (same(element, n, forbidden[i]))
			return true;
	}
	return false;
}

/* Length of a dot at p, plain or as "%2e"; 0 where there is none. */
static size_t
dot(const char *p, size_t n)
{
	if (n > 0 && p[0] == '.')
		return 1;
	return begins(p, n, "%2e") ? 3 : 0;
}

bool
html_url_climbs(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t one = dot(p + i, n - i);
		size_t two = one > 0 ? dot(p + i + one, n - i - one) : 0;
		size_t end = i + one + two;

		if (two == 0 || (i > 0 && p[i - 1] != '/'))
			continue;
		if (end == n || p[end] == '/' || p[end] == '?' || p[end] == '#')
			return true;
	}
	return false;
}

/* Whether any byte could be dropped or turned by a browser. */
static bool
has_trick(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned code = 0;
		size_t len = utf8_next(p + i, n - i, &code);

		if (len == 0 || code <= 0x20 || code == '\\' ||
		    (code >= 0x7f && code < 0xa1) || utf8_is_bidi(code))
			return true;
		i += len - 1;
	}
	return false;
}

/* Whether an address has no scheme and no authority: "a/b?c#d". */
static bool
is_relative(const char *p, size_t n)
{
	if (p[0] == '/')
		return false;
	for (size_t i = 0; i < n; i++) {
		if (p[i] == ':')
			return false;
		if (p[i] == '/' || p[i] == '?' || p[i] == '#')
			return true;
	}
	return true;
}

bool
html_url_is_safe(const char *p, size_t n)
{
	if (n == 0 || has_trick(p, n))
		return false;
	if (p[0] == '#')
		return n > 1;
	if (begins(p, n, "https://"))
		return n > strlen("https://");
	if (begins(p, n, "mailto:"))
		return n > strlen("mailto:");
	return is_relative(p, n) && !html_url_climbs(p, n);
}

bool
html_url_is_fixed(const char *p, size_t n)
{
	if (begins(p, n, "https://") || begins(p, n, "mailto:"))
		return true;
	return n > 0 && !has_trick(p, n) && is_relative(p, n);
}

static bool
is_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || (c != '\0' && strchr("-._~/", c) != NULL);
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

void
html_url_put_part(struct text *out, const char *p, size_t n, bool fragment)
{
	for (size_t i = 0; i < n; i++) {
		if (fragment && is_blank(p[i]))
			text_putc(out, '_');
		else if (is_unreserved(p[i]))
			text_putc(out, p[i]);
		else
			text_printf(out, "%%%02X", (unsigned char)p[i]);
	}
}

void
html_id_put_part(struct text *out, const char *p, size_t n)
{
	size_t start = 0;

	for (size_t i = 0; i < n; i++) {
		if (!is_blank(p[i]))
			continue;
		text_put_html(out, p + start, i - start);
		text_putc(out, '_');
		start = i + 1;
	}
	text_put_html(out, p + start, n - start);
}

bool
html_geometry_is_safe(enum html_place place, const char *p, size_t n)
{
	static const char path[] = "0123456789.,+-eE \tMmLlHhVvCcSsQqTtAaZz";
	double value;

	if (place == HTML_PLACE_NUMBER)
		return num_read(p, n, &value);
	for (size_t i = 0; i < n; i++) {
		if (p[i] == '\0' || strchr(path, p[i]) == NULL)
			return false;
	}
	return n > 0;
}

/* Whether a character must be written by its number in a CSS string. */
static bool
css_needs_number(unsigned code)
{
	return code < 0x20 || code == '"' || code == '\\' || code == '<' ||
	    code == '>' || code == '&' || code == '\'' ||
	    (code >= 0x7f && code < 0xa0);
}

void
html_css_put_string(struct text *out, const char *p, size_t n)
{
	text_putc(out, '"');
	for (size_t i = 0; i < n;) {
		unsigned code = 0xfffd;
		size_t len = utf8_next(p + i, n - i, &code);

		if (len == 0)
			text_puts(out, "\xef\xbf\xbd");
		else if (utf8_is_bidi(code) || code == 0x2028 || code == 0x2029)
			text_printf(out, "U+%04X", code);
		else if (code == '\n' || code == '\t' || code == '\r')
			text_putc(out, ' ');
		else if (css_needs_number(code))
			text_printf(out, "\\%06x", code);
		else
			text_put(out, p + i, len);
		i += len > 0 ? len : 1;
	}
	text_putc(out, '"');
}
