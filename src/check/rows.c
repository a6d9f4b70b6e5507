#include "check/rows.h"

#include <string.h>

#include "check/found.h"
#include "check/limits.h"

#define ATTRIBUTES "fairness.attributes"

static const double fewest = 0.9; /* some rows may well have no label */

/* The rows of one metric of an attribute; negative where one is withheld. */
static double
sum_of(const struct figure *first)
{
	double sum = 0;

	for (const struct figure *f = first;
	     f != NULL && strcmp(f->attribute, first->attribute) == 0;
	     f = f->next) {
		if (strcmp(f->metric, first->metric) != 0 ||
		    strcmp(f->group, "(overall)") == 0)
			continue;
		if (f->n_is_withheld)
			return -1;
		sum += f->n;
	}
	return sum;
}

/* The metric of an attribute that was counted on most rows; they are in *n. */
static const struct figure *
most_rows(const struct figure *first, double *n)
{
	const struct figure *most = first;

	*n = -1;
	for (const struct figure *f = first;
	     f != NULL && strcmp(f->attribute, first->attribute) == 0;
	     f = f->next) {
		double sum;

		if (f != first && strcmp(f->metric, most->metric) == 0)
			continue;
		sum = *f->attribute == '\0' ? f->n : sum_of(f);
		if (f->n_is_withheld)
			sum = -1;
		if (sum > *n) {
			*n = sum;
			most = f;
		}
	}
	return most;
}

static const char *
path_of(struct arena *arena, const struct figure *figure)
{
	return *figure->attribute == '\0' ?
	    "figures" :
	    arena_printf(arena, "figures.%s", figure->attribute);
}

void
rows_judge(struct judge *judge, const struct check *check, struct outcome *out)
{
	bool is_most = check->figures == FIGURES_ROWS_AT_MOST;
	const struct figure *most = NULL;
	const struct field *number;
	struct outcome stated;
	double rows = 0;

	for (struct figure *f = judge->record->figures.first; f != NULL;
	     f = limits_next_attribute(f)) {
		double n;
		const struct figure *figure = most_rows(f, &n);

		if (n > rows) {
			rows = n;
			most = figure;
		}
	}
	if (most == NULL ||
	    judge_look_other(judge, &check->others->right, &stated, &number) !=
		OTHER_KNOWN) {
		out->kind = OUTCOME_NOT_APPLICABLE;
		out->reason = "there are no figures, or no rows are stated";
		return;
	}
	out->path = path_of(judge->arena, most);
	out->pos = most->origin;
	out->value = judge_number_text(judge->arena, rows);
	out->other = judge_number_text(judge->arena, number->number);
	out->other_pos = stated.pos;
	judge_decide(judge,
	    is_most ? rows <= number->number : rows >= fewest * number->number,
	    out);
}

/* Whether an entry has no name that could be read, which is told there. */
static bool
is_nameless(const struct field *list)
{
	for (const struct field *f = list->first; f != NULL; f = f->next) {
		const struct field *name = field_find(f, KEY_NAME);

		if (name == NULL || name->answer != ANSWER_GIVEN)
			return true;
	}
	return false;
}

/* Whether the n bytes are the name of a declared attribute. */
static bool
is_declared(const struct field *list, const char *name, size_t n)
{
	for (const struct field *f = list->first; f != NULL; f = f->next)
		for (const struct field *k = f->first; k != NULL; k = k->next)
			if (strcmp(k->term->key, KEY_NAME) == 0 &&
			    k->text != NULL && strlen(k->text) == n &&
			    memcmp(k->text, name, n) == 0)
				return true;
	return false;
}

static bool
are_parts_declared(const struct field *list, const char *name)
{
	if (is_declared(list, name, strlen(name)))
		return true;
	for (const char *p = name;; p++) {
		size_t n = strcspn(p, "*");

		if (!is_declared(list, p, n))
			return false;
		p += n;
		if (*p == '\0')
			return true;
	}
}

void
rows_judge_declared(struct judge *judge, struct outcome *out)
{
	const struct field *list = field_find(judge->record->top, ATTRIBUTES);

	out->kind = OUTCOME_NOT_APPLICABLE;
	out->reason = "no attribute is declared, or none has figures";
	if (list == NULL || list->answer != ANSWER_GIVEN || is_nameless(list))
		return;
	for (struct figure *f = judge->record->figures.first; f != NULL;
	     f = limits_next_attribute(f)) {
		struct outcome part = { .kind = OUTCOME_FAIL,
			.pos = f->origin,
			.value = f->attribute,
			.other_pos = list->key_pos };

		if (*f->attribute == '\0')
			continue;
		if (out->kind == OUTCOME_NOT_APPLICABLE)
			out->kind = OUTCOME_PASS;
		if (are_parts_declared(list, f->attribute))
			continue;
		part.path =
		    arena_printf(judge->arena, "figures.%s", f->attribute);
		limits_emit(judge, &part, out);
	}
	if (out->kind != OUTCOME_NOT_APPLICABLE)
		out->reason = NULL;
}
