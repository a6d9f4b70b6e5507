#include "xlsx/cell.h"

#include <string.h>

enum { URL_BYTES = 2000 };

/* Whether p begins with an escape as the format knows it: _xHHHH_. */
static bool
is_escape(const char *p)
{
	return p[0] == '_' && p[1] == 'x' &&
	    strspn(p + 2, "0123456789abcdefABCDEF") >= 4 && p[6] == '_';
}

/* Characters that XML 1.0 cannot carry or that hide what stands there. */
static bool
is_shown(unsigned code)
{
	return utf8_is_bidi(code) || code == 0xfffe || code == 0xffff ||
	    (code >= 0x7f && code <= 0x9f) || code == 0x2028 || code == 0x2029;
}

static unsigned
units_of(unsigned code)
{
	return code > 0xffff ? 2 : 1;
}

/*
 * Append the character at p and tell its bytes in *size and the UTF-16 units
 * it has become in *units.  Return 0, or -1 when it is none.
 */
static int
put_character(
    struct text *out, const char *p, size_t n, size_t *size, size_t *units)
{
	unsigned code;
	size_t before = out->n;

	*size = utf8_next(p, n, &code);
	if (*size == 0 || (code < 0x20 && strchr("\t\n\r", (int)code) == NULL))
		return -1;
	if (code == '\r') {
		if (n > 1 && p[1] == '\n')
			*size = 2;
		text_putc(out, '\n');
	} else if (code == '_' && is_escape(p))
		text_puts(out, "_x005F_");
	else if (is_shown(code))
		text_printf(out, "U+%04X", code);
	else {
		text_put(out, p, *size);
		*units = units_of(code);
		return 0;
	}
	*units = out->n - before;
	return 0;
}

static size_t
count_units(const char *p, size_t n)
{
	size_t units = 0;
	unsigned code;

	for (size_t at = 0, size; at < n; at += size) {
		size = utf8_next(p + at, n - at, &code);
		if (size == 0)
			return units;
		units += units_of(code);
	}
	return units;
}

/* Bytes at p that stand for themselves, a UTF-16 unit each. */
static size_t
plain_run(const char *p, size_t n)
{
	size_t i = 0;

	while (i < n && p[i] >= 0x20 && p[i] < 0x7f && p[i] != '_')
		i++;
	return i;
}

int
cell_put_text(struct text *out, const char *text, const char *rest)
{
	size_t n = strlen(text);
	size_t units = 0;
	size_t cut_at = 0; /* in out; 0 while the text fits */
	size_t missing = 0;
	size_t size, more;

	for (size_t at = 0; at < n; at += size) {
		size_t before = out->n;

		size = plain_run(text + at, n - at);
		if (size > 0 && units + size <= CELL_CUT) {
			text_put(out, text + at, size);
			units += size;
			continue;
		}
		if (put_character(out, text + at, n - at, &size, &more) == -1)
			return -1;
		units += more;
		if (units > CELL_CUT && cut_at == 0) {
			cut_at = before;
			missing = count_units(text + at, n - at);
		}
	}
	if (cut_at == 0)
		return 0;
	out->n = cut_at;
	out->p[cut_at] = '\0';
	text_printf(out, "\n[cut here: %zu more characters", missing);
	if (rest != NULL && *rest != '\0')
		text_printf(out, "; the whole text: %.500s", rest);
	text_putc(out, ']');
	return 0;
}

int
cell_put_line(struct text *out, const char *text, size_t n)
{
	size_t start = out->n;
	size_t length = strlen(text);
	size_t size, units;

	for (size_t at = 0; at < length; at += size) {
		size_t before = out->n;

		if (put_character(out, text + at, length - at, &size, &units) ==
		    -1)
			return -1;
		if (out->p[before] == '\n' || out->p[before] == '\t')
			out->p[before] = ' ';
		if (out->n - start > n) {
			out->n = before;
			out->p[before] = '\0';
			return 0;
		}
	}
	return 0;
}

/*
 * Widths of the printable ASCII characters of Arial, in thousandths of the
 * font size, from the public metrics of the metric-compatible Helvetica.
 */
static const unsigned short widths[] = { 278, 278, 355, 556, 556, 889, 667, 191,
	333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556,
	556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722,
	722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778,
	722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
	333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833,
	556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
	260, 334, 584 };

static double
width_of(unsigned code)
{
	if (code >= 0x20 && code < 0x7f)
		return widths[code - 0x20];
	return code < 0x1100 ? 600 : 1000;
}

/* Where a greedy wrapping stands; in thousandths of the font size. */
struct wrap {
	double room;
	double line; /* used of the current line */
	double word; /* of the current word, which is part of the line */
	unsigned lines;
};

static void
wrap_character(struct wrap *wrap, unsigned code, double width)
{
	if (code == '\n') {
		wrap->lines++;
		wrap->line = wrap->word = 0;
		return;
	}
	wrap->line += width;
	wrap->word += width;
	if (code == ' ') {
		wrap->word = 0; /* a blank may hang over the edge */
		return;
	}
	if (code == '-')
		wrap->word = wrap->line <= wrap->room ? 0 : wrap->word;
	if (wrap->line <= wrap->room || wrap->line <= width)
		return; /* a line holds one character at least */
	wrap->lines++;
	if (wrap->word >= wrap->room)
		wrap->word = width; /* a long word breaks anywhere */
	wrap->line = wrap->word;
}

/* Whether the text is plain ASCII and fits on one line, as most does. */
static bool
fits_one_line(const char *text, double room)
{
	unsigned long width = 0;

	for (const char *p = text; *p != '\0'; p++) {
		if (*p < 0x20 || *p >= 0x7f)
			return false;
		width += widths[*p - 0x20];
	}
	return (double)width <= room;
}

double
cell_height(const char *text, double width, bool is_bold)
{
	/* 7 pixels a character and 5 for the edges; 10 points are 13.3. */
	struct wrap wrap = { .room = (width * 7 - 3) / 13.333 * 1000,
		.lines = 1 };
	size_t n = strlen(text);
	double height;
	unsigned code;

	if (fits_one_line(text, is_bold ? wrap.room / 1.08 : wrap.room))
		return CELL_LINE_POINTS + CELL_EDGE_POINTS;
	for (size_t at = 0, size; at < n; at += size) {
		size = utf8_next(text + at, n - at, &code);
		if (size == 0)
			break;
		wrap_character(
		    &wrap, code, width_of(code) * (is_bold ? 1.08 : 1));
	}
	height = (double)wrap.lines * CELL_LINE_POINTS + CELL_EDGE_POINTS;
	return height < CELL_MOST_POINTS ? height : CELL_MOST_POINTS;
}

bool
cell_is_path(const char *piece)
{
	const char *p = piece;

	if (*p == '/')
		return false;
	for (; *p != '\0'; p++) {
		bool starts = p == piece || p[-1] == '/';

		if ((unsigned char)*p < 0x20 || strchr("\\:\"'<>#", *p) != NULL)
			return false;
		if (starts && strncmp(p, "..", 2) == 0 &&
		    (p[2] == '/' || p[2] == '\0'))
			return false;
	}
	return true;
}

bool
cell_is_url(const char *url)
{
	static const char *const schemes[] = {
		"https:", "mailto:", "external:"
	};
	size_t i = 0;

	while (i < 3 && strncmp(url, schemes[i], strlen(schemes[i])) != 0)
		i++;
	if (i == 3 || url[strlen(schemes[i])] == '\0' ||
	    strlen(url) > URL_BYTES)
		return false;
	for (const char *p = url; *p != '\0'; p++)
		if ((unsigned char)*p < 0x20 || strchr("\"<>\\", *p) != NULL ||
		    (*p == ' ' && i < 2))
			return false;
	return strstr(url + 1, "internal:") == NULL &&
	    strstr(url + 1, "external:") == NULL;
}
