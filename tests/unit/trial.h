#ifndef DOSSIER_TESTS_UNIT_TRIAL_H
#define DOSSIER_TESTS_UNIT_TRIAL_H

#include <stdlib.h>

#include "base/file.h"
#include "base/num.h"
#include "base/text.h"
#include "measure/options.h"
#include "model/figure.h"
#include "tap.h"

/* Figures from a file, and all that was said of them, as one text. */

struct trial {
	struct arena arena;
	struct diag_list diags;
	struct figure_table out;
	struct measure_options options;
	int rc;
};

/* Take bytes as the file "in.csv"; they are overwritten at the end. */
static inline char *
trial_begin(struct trial *t, struct source *source, const char *bytes, size_t n)
{
	char *copy = memory_grow(NULL, n + 1, 1);

	memcpy(copy, bytes, n);
	copy[n] = '\0';
	t->diags.arena = &t->arena;
	if (t->options.confidence == 0)
		t->options.confidence = 0.95;
	source_of_bytes(source, "in.csv", copy, n);
	return copy;
}

/* Nothing that was read may depend on the bytes from now on. */
static inline void
trial_forget(char *copy, size_t n)
{
	memset(copy, '#', n);
	free(copy);
}

static inline void
end(struct trial *t)
{
	arena_free(&t->arena);
	*t = (struct trial){ .rc = 0 };
}

static inline void
put_number(struct text *text, const char *before, double value)
{
	char number[NUM_SIZE];

	num_write(value, number);
	text_printf(text, "%s%s", before, number);
}

/* "sex female selection_rate 0.5 n 10 1/2 ratio 0.5". */
static inline void
put_figure(struct text *text, const struct figure *f)
{
	text_printf(text, "%s %s %s", f->attribute, f->group, f->metric);
	if (f->state == FIGURE_DEFINED)
		put_number(text, " ", f->value);
	if (f->n_is_withheld)
		text_puts(text, " n hidden");
	else if (f->n_is_unknown)
		text_puts(text, " n unknown");
	else
		put_number(text, " n ", f->n);
	if (f->has_counts) {
		put_number(text, " ", f->numerator);
		put_number(text, "/", f->denominator);
	}
	if (f->reason != NULL)
		text_printf(text, " (%s)", f->reason);
	if (f->is_reference)
		text_puts(text, " reference");
	if (f->has_ratio)
		put_number(text, " ratio ", f->ratio);
	if (f->has_difference)
		put_number(text, " difference ", f->difference);
	text_putc(text, '\n');
}

static inline void
check_figures(const struct trial *t, const char *want)
{
	struct text got = { 0 };
	size_t n = 0;

	for (const struct figure *f = t->out.first; f != NULL; f = f->next) {
		put_figure(&got, f);
		n++;
	}
	CHECK_STR(text_str(&got), want);
	CHECK_INT(t->out.n, n);
	text_free(&got);
}

/* All messages, one a line: "2:5 CSV_VALUE detail". */
static inline void
check_diags(const struct trial *t, const char *want)
{
	struct text got = { 0 };

	for (const struct diag *d = t->diags.first; d != NULL; d = d->next) {
		CHECK_STR(d->pos.file, "in.csv");
		text_printf(&got, "%u:%u %s %s\n", d->pos.line, d->pos.column,
		    diag_name(d->id), d->detail);
	}
	CHECK_STR(text_str(&got), want);
	text_free(&got);
}

#endif
