#include "measure/import_implied.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/num.h"

enum { UNKNOWNS = 4, MOST_EQUATIONS = 12, MOST_DECIMALS = 16 };

static const enum cell unknowns[UNKNOWNS] = { CELL_TN, CELL_FP, CELL_FN,
	CELL_TP };

/* A bound on the error of a count from which it may be another one. */
#define LEAST_ERROR 0.4

/* Slack for the arithmetic itself, in rows. */
#define SLACK 1e-6

/* A rate that differs by more from its counts is another one. */
#define TOLERANCE 1e-9

/* coefficients x counts = value, but for the error. */
struct equation {
	double coefficients[UNKNOWNS];
	double value, error;
};

/* What is said of one group. */
struct system {
	/* The rows first; what is more is left to the recount. */
	struct equation equations[MOST_EQUATIONS];
	size_t n;
	double rows;
};

struct solution {
	double counts[UNKNOWNS];
	size_t n_agreeing; /* equations */
};

/* Decimals of the shortest text of a number. */
static unsigned
decimals_of(double value)
{
	char text[NUM_SIZE];
	const char *point, *exponent;
	unsigned n;

	num_write(value, text);
	exponent = strchr(text, 'e');
	if (exponent != NULL)
		return exponent[1] == '-' ? MOST_DECIMALS : 0;
	point = strchr(text, '.');
	n = point != NULL ? (unsigned)strlen(point + 1) : 0;
	return n < MOST_DECIMALS ? n : MOST_DECIMALS;
}

/* To how many decimals the file writes its rates: those of the longest. */
static unsigned
decimals_of_file(const struct sheet *sheet)
{
	unsigned most = 0;

	for (size_t i = 0; i < sheet->n_figures; i++) {
		unsigned n = decimals_of(sheet->figures[i].figure->value);

		if (n > most)
			most = n;
	}
	return most;
}

/* Whether a figure is linear in the counts. */
static bool
is_linear(const struct sheet_figure *figure)
{
	const struct metric *metric = figure->metric;

	return figure->is_said && metric->class == NULL &&
	    (metric->formula == NULL || metric->kind == METRIC_COUNT) &&
	    metric->kind != METRIC_SHARE &&
	    strcmp(metric->name, "count") != 0 &&
	    figure->figure->state == FIGURE_DEFINED &&
	    isfinite(figure->figure->value);
}

static void
add_figure(struct system *s, const struct sheet_figure *figure, double rounding)
{
	const struct metric *metric = figure->metric;
	bool is_count = metric->kind == METRIC_COUNT;
	double value = figure->figure->value;
	struct equation *e;

	if (s->n == MOST_EQUATIONS || !is_linear(figure))
		return;
	e = &s->equations[s->n++];
	*e = (struct equation){ .value = is_count ? value : 0,
		.error = is_count ? 0 : rounding * 2 * s->rows };
	for (size_t i = 0; i < UNKNOWNS; i++)
		e->coefficients[i] = metric->numerator[unknowns[i]] -
		    (is_count ? 0 : value * metric->denominator[unknowns[i]]);
}

/* The figures of each group, by its number: chains that end with NONE. */
struct chains {
	size_t *first, *next;
};

#define NONE SIZE_MAX

static struct chains
chain(const struct sheet *sheet)
{
	struct chains chains = { arena_array(sheet->arena, sheet->n_groups,
				     sizeof(size_t)),
		arena_array(sheet->arena, sheet->n_figures, sizeof(size_t)) };

	for (size_t i = 0; i < sheet->n_groups; i++)
		chains.first[i] = NONE;
	for (size_t i = sheet->n_figures; i-- > 0;) {
		size_t group = sheet->figures[i].group->number;

		chains.next[i] = chains.first[group];
		chains.first[group] = i;
	}
	return chains;
}

/* Write down all that is said of a group. */
static void
fill(struct system *s, const struct sheet *sheet, const struct chains *chains,
    const struct sheet_group *group, double rounding)
{
	*s = (struct system){ .n = 1, .rows = group->n };
	s->equations[0].value = group->n;
	for (size_t i = 0; i < UNKNOWNS; i++)
		s->equations[0].coefficients[i] = 1;
	for (size_t i = 0; i < UNKNOWNS; i++)
		if (group->has[unknowns[i]]) {
			struct equation *e = &s->equations[s->n++];

			*e = (struct equation){
				.value = (double)group->cells[unknowns[i]]
			};
			e->coefficients[i] = 1;
		}
	for (size_t i = chains->first[group->number]; i != NONE;
	     i = chains->next[i])
		add_figure(s, &sheet->figures[i], rounding);
}

static void
swap_rows(double a[UNKNOWNS][2 * UNKNOWNS], size_t i, size_t k)
{
	for (size_t j = 0; j < 2 * UNKNOWNS; j++) {
		double kept = a[i][j];

		a[i][j] = a[k][j];
		a[k][j] = kept;
	}
}

/* Gauss and Jordan: the right half becomes the inverse of the left one. */
static bool
invert(double a[UNKNOWNS][2 * UNKNOWNS])
{
	for (size_t i = 0; i < UNKNOWNS; i++) {
		size_t pivot = i;

		for (size_t k = i + 1; k < UNKNOWNS; k++)
			if (fabs(a[k][i]) > fabs(a[pivot][i]))
				pivot = k;
		if (fabs(a[pivot][i]) < 1e-12)
			return false;
		swap_rows(a, i, pivot);
		for (size_t j = 2 * UNKNOWNS; j-- > i;)
			a[i][j] /= a[i][i];
		for (size_t k = 0; k < UNKNOWNS; k++)
			for (size_t j = 2 * UNKNOWNS; k != i && j-- > i;)
				a[k][j] -= a[k][i] * a[i][j];
	}
	return true;
}

/* The whole counts that four equations give, if they do. */
static bool
solve(const struct equation *const chosen[UNKNOWNS], double rows,
    struct solution *out)
{
	double a[UNKNOWNS][2 * UNKNOWNS] = { { 0 } };

	for (size_t i = 0; i < UNKNOWNS; i++) {
		memcpy(a[i], chosen[i]->coefficients,
		    sizeof(chosen[i]->coefficients));
		a[i][UNKNOWNS + i] = 1;
	}
	if (!invert(a))
		return false;
	for (size_t i = 0; i < UNKNOWNS; i++) {
		double count = 0, error = SLACK, whole;

		for (size_t j = 0; j < UNKNOWNS; j++) {
			count += a[i][UNKNOWNS + j] * chosen[j]->value;
			error += fabs(a[i][UNKNOWNS + j]) * chosen[j]->error;
		}
		whole = floor(count + 0.5);
		if (!(error < LEAST_ERROR && fabs(count - whole) <= error &&
			whole >= 0 && whole <= rows))
			return false;
		out->counts[i] = whole;
	}
	return true;
}

/* How many equations hold: each as well as the recount demands. */
static void
count_agreeing(const struct system *s, struct solution *solution)
{
	solution->n_agreeing = 0;
	for (size_t i = 0; i < s->n; i++) {
		const struct equation *e = &s->equations[i];
		double sum = -e->value;

		for (size_t k = 0; k < UNKNOWNS; k++)
			sum += e->coefficients[k] * solution->counts[k];
		if (fabs(sum) <= TOLERANCE * s->rows)
			solution->n_agreeing++;
	}
}

/* Keep the better of two; whether no other is as good as the best. */
static bool
keep(struct solution *best, const struct solution *solution, bool is_alone)
{
	if (solution->n_agreeing > best->n_agreeing) {
		*best = *solution;
		return true;
	}
	return is_alone &&
	    (solution->n_agreeing < best->n_agreeing ||
		memcmp(solution->counts, best->counts, sizeof(best->counts)) ==
		    0);
}

/* Try every three equations with that of the rows; keep what most agree with. */
static bool
solve_best(const struct system *s, struct solution *best)
{
	const struct equation *e = s->equations;
	struct solution solution;
	bool is_alone = false;

	best->n_agreeing = 0;
	for (size_t i = 1; i < s->n; i++)
		for (size_t j = i + 1; j < s->n; j++)
			for (size_t k = j + 1; k < s->n; k++) {
				const struct equation *const chosen[] = { e,
					&e[i], &e[j], &e[k] };

				if (!solve(chosen, s->rows, &solution))
					continue;
				count_agreeing(s, &solution);
				if (solution.n_agreeing == s->n) {
					*best = solution;
					return true;
				}
				is_alone = keep(best, &solution, is_alone);
			}
	return is_alone && best->n_agreeing >= UNKNOWNS;
}

/* Whether a group may have counts that are not known yet. */
static bool
is_open(const struct sheet_group *group, size_t variant)
{
	return group->variant == variant && !group->is_spoilt && group->has_n &&
	    group->n > 0 && group->n == floor(group->n) &&
	    !(group->has[CELL_TP] && group->has[CELL_FP] &&
		group->has[CELL_FN] && group->has[CELL_TN]);
}

static void
set_counts(struct sheet_group *group, const struct solution *solution)
{
	for (size_t i = 0; i < UNKNOWNS; i++) {
		group->has[unknowns[i]] = true;
		group->cells[unknowns[i]] =
		    (unsigned long long)solution->counts[i];
	}
}

/* The counts of a share of all rows of a group that has no others. */
static void
imply_share(struct sheet_figure *figure, double rounding)
{
	const struct sheet_group *group = figure->group;
	struct figure *f = figure->figure;
	double part = f->value * group->n, whole = floor(part + 0.5);
	double error = rounding * group->n + SLACK;

	if (!is_linear(figure) || f->has_counts ||
	    !metric_is_of_all_rows(figure->metric) ||
	    !(error < LEAST_ERROR &&
		fabs(part - whole) <= TOLERANCE * group->n))
		return;
	f->has_counts = true;
	f->numerator = whole;
	f->denominator = group->n;
}

/* Several counts go with some of the rates each, and none with all. */
static void
contradict(struct sheet *sheet, const struct sheet_group *group)
{
	struct complaints *complaints = &sheet->complaints;

	if (complaint(complaints, DIAG_METRIC_RECOUNT, group->pos))
		diag_add(complaints->diags, DIAG_METRIC_RECOUNT, group->pos,
		    "the rates of \"%.*s\" contradict one another: no counts "
		    "of its rows give all of them",
		    complaint_length(group->name, strlen(group->name)),
		    group->name);
}

void
sheet_imply(struct sheet *sheet, size_t variant)
{
	unsigned decimals = decimals_of_file(sheet);
	double rounding = fmax(0.5 * pow(10, -(double)decimals), 4 * 0x1p-53);

	struct chains chains;

	if (sheet->is_weighted)
		return;
	chains = chain(sheet);
	for (size_t i = 0; i < sheet->n_groups; i++) {
		struct solution solution;
		struct system system;

		if (!is_open(sheet->groups[i], variant))
			continue;
		fill(&system, sheet, &chains, sheet->groups[i], rounding);
		if (solve_best(&system, &solution))
			set_counts(sheet->groups[i], &solution);
		else if (solution.n_agreeing > 0)
			contradict(sheet, sheet->groups[i]);
	}
	for (size_t i = 0; i < sheet->n_figures; i++)
		if (is_open(sheet->figures[i].group, variant))
			imply_share(&sheet->figures[i], rounding);
}
