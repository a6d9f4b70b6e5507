#include "stats/adjust.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

static const struct {
	const char *name, *label;
} methods[ADJUST_COUNT] = {
	[ADJUST_NONE] = { "none", NULL },
	[ADJUST_BONFERRONI] = { "bonferroni", "Bonferroni" },
	[ADJUST_HOLM] = { "holm", "Holm" },
	[ADJUST_BENJAMINI_HOCHBERG] = { "benjamini-hochberg",
	    "Benjamini-Hochberg" },
	[ADJUST_BENJAMINI_YEKUTIELI] = { "benjamini-yekutieli",
	    "Benjamini-Yekutieli" },
};

static int
by_value(const void *a, const void *b)
{
	double x = **(double *const *)a, y = **(double *const *)b;

	return (x > y) - (x < y);
}

/* Each sorted value times its factor, never below the one before. */
static void
step_down(double *const p[], size_t n)
{
	double most = 0;

	for (size_t i = 0; i < n; i++) {
		most = fmax(most, *p[i] * (double)(n - i));
		*p[i] = fmin(1, most);
	}
}

/* Each sorted value times n / rank, never above the one after. */
static void
step_up(double *const p[], size_t n, double factor)
{
	double least = 1;

	for (size_t i = n; i-- > 0;) {
		least =
		    fmin(least, *p[i] * factor * (double)n / (double)(i + 1));
		*p[i] = least;
	}
}

static double
harmonic(size_t n)
{
	double sum = 0;

	for (size_t i = n; i > 0; i--)
		sum += 1 / (double)i;
	return sum;
}

void
adjust(enum adjustment how, double *const p[], size_t n)
{
	double **sorted = memory_grow(NULL, n + 1, sizeof(sorted[0]));

	for (size_t i = 0; i < n; i++)
		sorted[i] = p[i];
	qsort(sorted, n, sizeof(sorted[0]), by_value);
	if (how == ADJUST_HOLM)
		step_down(sorted, n);
	else if (how == ADJUST_BENJAMINI_HOCHBERG)
		step_up(sorted, n, 1);
	else if (how == ADJUST_BENJAMINI_YEKUTIELI)
		step_up(sorted, n, harmonic(n));
	else if (how == ADJUST_BONFERRONI)
		for (size_t i = 0; i < n; i++)
			*p[i] = fmin(1, *p[i] * (double)n);
	free(sorted);
}

const char *
adjust_label(enum adjustment how)
{
	return methods[how].label;
}

enum adjustment
adjust_find(const char *name)
{
	unsigned i = 0;

	while (i < ADJUST_COUNT && strcmp(methods[i].name, name) != 0)
		i++;
	return (enum adjustment)i;
}
