#include "app/measure_show.h"

#include <math.h>
#include <string.h>

#include "base/num.h"
#include "base/width.h"

enum { EIGHTHS = 8 };

void
show_count(struct text *out, double value)
{
	char digits[NUM_SIZE];
	size_t n;

	num_write(value, digits);
	n = strspn(digits, "0123456789");
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && (n - i) % 3 == 0 && strchr(digits, 'e') == NULL)
			text_putc(out, ',');
		text_putc(out, digits[i]);
	}
	text_puts(out, digits + n);
}

bool
show_is_share(const struct metric *metric)
{
	return metric->kind == METRIC_RATE || metric->kind == METRIC_SHARE;
}

/* Decimals for a number: about four digits, three of one below 1. */
static unsigned
decimals_of(double value)
{
	double size = fabs(value);

	if (size >= 1000)
		return 0;
	if (size >= 100)
		return 1;
	return size >= 10 ? 2 : 3;
}

/* The number alone, without its unit. */
static void
put_number(struct text *out, const struct metric *metric, double value)
{
	char number[NUM_SIZE];

	if (metric->kind == METRIC_COUNT) {
		show_count(out, value);
		return;
	}
	if (isinf(value)) {
		text_puts(out, value > 0 ? "infinite" : "-infinite");
		return;
	}
	if (show_is_share(metric))
		num_write_fixed(100 * value, 1, number);
	else
		num_write_fixed(value, decimals_of(value), number);
	text_puts(out, number);
}

void
show_value(struct text *out, const struct metric *metric, double value)
{
	put_number(out, metric, value);
	if (show_is_share(metric))
		text_puts(out, " %");
}

void
show_interval(
    struct text *out, const struct metric *metric, double lower, double upper)
{
	put_number(out, metric, lower);
	text_puts(out, " to ");
	show_value(out, metric, upper);
}

void
show_p(struct text *out, double p)
{
	char number[NUM_SIZE];

	if (p >= 0.0005) {
		num_write_fixed(p, 3, number);
		text_puts(out, number);
	} else if (p >= 1e-12) {
		text_printf(out, "%.1e", p);
	} else {
		text_puts(out, "1e-12 or less");
	}
}

/* Bytes at the start of a text that take so many columns, and how many. */
static size_t
fit(const struct text *text, size_t width, size_t *columns)
{
	size_t i = 0;

	*columns = 0;
	while (i < text->n) {
		unsigned code = '?';
		size_t step = utf8_next(text->p + i, text->n - i, &code);
		size_t wide = width_of(code);

		if (*columns + wide > width)
			break;
		*columns += wide;
		i += step > 0 ? step : 1;
	}
	return i;
}

void
show_blanks(struct text *out, size_t n)
{
	while (n-- > 0)
		text_putc(out, ' ');
}

void
show_cell(struct text *out, const char *s, size_t width, bool is_number,
    bool is_ascii)
{
	struct text safe = { 0 };
	size_t columns, n;

	text_put_shown(&safe, s, strlen(s));
	n = fit(&safe, width, &columns);
	if (n < safe.n && width > 0) {
		n = fit(&safe, width - 1, &columns);
		text_cut(&safe, n);
		text_puts(&safe, is_ascii ? "~" : "\u2026");
		columns++;
	}
	if (is_number)
		show_blanks(out, width - columns);
	text_put(out, text_str(&safe), safe.n);
	if (!is_number)
		show_blanks(out, width - columns);
	text_free(&safe);
}

void
show_bar(struct text *out, double share, size_t width, bool is_ascii)
{
	static const char *const parts[EIGHTHS] = { "", "\u258f", "\u258e",
		"\u258d", "\u258c", "\u258b", "\u258a", "\u2589" };
	size_t n;

	if (!(share > 0))
		return;
	if (share > 1)
		share = 1;
	n = (size_t)(share * (double)width * EIGHTHS + 0.5);
	if (n == 0)
		n = 1;
	if (is_ascii) {
		for (size_t i = 0; i < (n + EIGHTHS / 2) / EIGHTHS; i++)
			text_putc(out, '#');
		return;
	}
	for (size_t i = 0; i < n / EIGHTHS; i++)
		text_puts(out, "\u2588");
	text_puts(out, parts[n % EIGHTHS]);
}

double
show_scale(double largest)
{
	double power = pow(10, floor(log10(largest)));
	static const double steps[] = { 1, 2, 5 };

	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		if (steps[i] * power >= largest)
			return steps[i] * power;
	return 10 * power;
}

/* Bytes of a word, with the percent sign that belongs to it. */
static size_t
word_length(const char *s)
{
	size_t n = strcspn(s, " ");

	return strncmp(s + n, " %", 2) == 0 ? n + 2 + strcspn(s + n + 2, " ") :
					      n;
}

void
show_wrapped(struct text *out, const char *sentence, size_t filled,
    size_t indent, size_t width)
{
	size_t column = filled;
	bool is_first = true;

	while (*sentence != '\0') {
		size_t n = word_length(sentence);
		size_t wide = width_of_text(sentence, n);

		if (!is_first && column + 1 + wide > width) {
			text_putc(out, '\n');
			show_blanks(out, indent);
			column = indent;
			is_first = true;
		}
		if (!is_first) {
			text_putc(out, ' ');
			column++;
		}
		text_put(out, sentence, n);
		column += wide;
		is_first = false;
		sentence += sentence[n] == ' ' ? n + 1 : n;
	}
	text_putc(out, '\n');
}
