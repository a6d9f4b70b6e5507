#include "check/settle.h"

#include <stdlib.h>
#include <string.h>

#include "check/judge.h"

static bool
is_open(const struct verdict *v)
{
	return v->result == VERDICT_FAIL || v->result == VERDICT_UPCOMING;
}

/* Whether v weighs more than other, or as much and stands before it. */
static bool
outweighs(const struct verdict *v, const struct verdict *other, bool is_before)
{
	if (v->effect != other->effect)
		return v->effect < other->effect;
	if (v->severity != other->severity)
		return v->severity > other->severity;
	return is_before;
}

/* A verdict that says something is open, and where it stood among all. */
struct place {
	struct verdict *verdict;
	size_t order;
};

/* Such verdicts by their field, and by what they are held against. */
struct shelf {
	struct place *by_path;
	size_t n;
	struct place *by_other;
	size_t n_other;
};

static int
compare_order(const struct place *a, const struct place *b)
{
	return (a->order > b->order) - (a->order < b->order);
}

static int
compare_paths(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	int order = strcmp(x->verdict->path, y->verdict->path);

	return order != 0 ? order : compare_order(x, y);
}

static int
compare_pos(struct pos a, struct pos b)
{
	if (a.line != b.line)
		return a.line < b.line ? -1 : 1;
	if (a.column != b.column)
		return a.column < b.column ? -1 : 1;
	return strcmp(a.file, b.file);
}

static int
compare_others(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	int order = compare_pos(x->verdict->other, y->verdict->other);

	return order != 0 ? order : compare_order(x, y);
}

static bool
is_shelved(const struct verdict *v)
{
	return is_open(v) || v->result == VERDICT_MANUAL ||
	    v->result == VERDICT_UNKNOWN;
}

static void
shelve(struct shelf *shelf, struct record *record)
{
	size_t size = 0, order = 0;

	*shelf = (struct shelf){ 0 };
	for (const struct verdict *v = record->verdicts.first; v != NULL;
	     v = v->next)
		size += is_shelved(v) ? 1 : 0;
	shelf->by_path =
	    arena_array(&record->arena, size, sizeof(*shelf->by_path));
	shelf->by_other =
	    arena_array(&record->arena, size, sizeof(*shelf->by_other));
	for (struct verdict *v = record->verdicts.first; v != NULL;
	     v = v->next, order++) {
		if (!is_shelved(v))
			continue;
		shelf->by_path[shelf->n++] = (struct place){ v, order };
		if (v->other.file != NULL)
			shelf->by_other[shelf->n_other++] =
			    (struct place){ v, order };
	}
	if (shelf->n > 0)
		qsort(shelf->by_path, shelf->n, sizeof(*shelf->by_path),
		    compare_paths);
	if (shelf->n_other > 0)
		qsort(shelf->by_other, shelf->n_other, sizeof(*shelf->by_other),
		    compare_others);
}

/* Compare a path with the first n bytes of another. */
static int
compare_part(const char *path, const char *part, size_t n)
{
	int order = strncmp(path, part, n);

	return order != 0 ? order : path[n] != '\0';
}

/* The first verdict on the field whose path is n bytes long, up to *end. */
static const struct place *
on_field(const struct shelf *shelf, const char *path, size_t n,
    const struct place **end)
{
	size_t low = 0, high = shelf->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const char *at = shelf->by_path[middle].verdict->path;

		if (compare_part(at, path, n) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (high = low; high < shelf->n &&
	     compare_part(shelf->by_path[high].verdict->path, path, n) == 0;)
		high++;
	*end = shelf->by_path + high;
	return shelf->by_path + low;
}

/*
 * Whether another finding says that the very fact is not given, and weighs as
 * much: a fact that is merely wanted does not excuse a duty left untested.
 */
static bool
is_asked_for(const struct shelf *shelf, const struct place *place)
{
	const struct verdict *verdict = place->verdict;
	const struct place *end,
	    *p = on_field(shelf, verdict->path, strlen(verdict->path), &end);

	for (; p < end; p++) {
		const struct verdict *v = p->verdict;
		bool is_before = p->order < place->order || !verdict->is_absent;

		if (v != verdict && is_open(v) &&
		    (v->is_absent || !verdict->is_absent) &&
		    outweighs(v, verdict, is_before) &&
		    v->severity >= verdict->severity)
			return true;
	}
	return false;
}

/* Whether a verdict could be of a fact that is not given, and of no more. */
static bool
is_of_a_gap(const struct verdict *v)
{
	return *v->path != '\0' &&
	    (v->result == VERDICT_UNKNOWN ||
		(is_open(v) && v->is_absent && !v->is_joint));
}

/*
 * Whether a rule about certain fields finds fault with the field of a general
 * finding, or finds the section it is in not given or not judged.
 */
static bool
is_beside(const struct verdict *v, const struct verdict *general)
{
	return !v->is_general && !v->is_repeated &&
	    v->result != VERDICT_UNKNOWN &&
	    (v->is_absent || v->result == VERDICT_MANUAL ||
		strcmp(v->path, general->path) == 0);
}

/* Whether such a finding tells of the fault better, and weighs as much. */
static bool
is_better(const struct verdict *v, const struct verdict *general)
{
	return v->severity >= general->severity &&
	    (v->other.file == NULL || general->other.file != NULL ||
		general->severity < DIAG_ERROR);
}

/* The length of the path of the section that a field is in; 0 at the top. */
static size_t
section_of(const char *path, size_t n)
{
	while (n > 0 && path[n - 1] != '.')
		n--;
	return n > 0 ? n - 1 : 0;
}

/* The finding that tells of a general one's fault better, or NULL. */
static const struct verdict *
better_than(const struct shelf *shelf, const struct verdict *general)
{
	for (size_t n = strlen(general->path); n > 0;
	     n = section_of(general->path, n)) {
		const struct place *end,
		    *p = on_field(shelf, general->path, n, &end);

		for (; p < end; p++)
			if (is_beside(p->verdict, general) &&
			    is_better(p->verdict, general))
				return p->verdict;
	}
	return NULL;
}

/* What weighs less on the same field, and the judgement of its section. */
static void
settle_beside(const struct shelf *shelf, const struct verdict *general,
    const struct verdict *told)
{
	for (size_t n = strlen(general->path); n > 0;
	     n = section_of(general->path, n)) {
		const struct place *end,
		    *p = on_field(shelf, general->path, n, &end);

		for (; p < end; p++)
			if (p->verdict != told &&
			    p->verdict->severity <= general->severity &&
			    is_beside(p->verdict, general))
				p->verdict->is_repeated = true;
	}
}

/* What is only at odds with a value that is itself at fault. */
static void
settle_against(const struct shelf *shelf, const struct verdict *general,
    const struct verdict *told)
{
	size_t low = 0, high = shelf->n_other;

	if (general->pos.file == NULL)
		return;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_pos(shelf->by_other[middle].verdict->other,
			general->pos) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < shelf->n_other &&
	     compare_pos(shelf->by_other[low].verdict->other, general->pos) ==
		 0;
	     low++) {
		struct verdict *v = shelf->by_other[low].verdict;

		if (v != told && !v->is_general && is_open(v) &&
		    v->severity <= general->severity)
			v->is_repeated = true;
	}
}

/*
 * A fault that is looked for in every field alike is told by the rule about
 * the field, where there is one; and what follows from an error is not told.
 */
static void
settle_general(const struct shelf *shelf, struct verdict *general)
{
	const struct verdict *better = better_than(shelf, general);

	general->is_repeated = general->is_repeated || better != NULL;
	if (general->severity != DIAG_ERROR)
		return;
	better = better != NULL ? better : general;
	settle_beside(shelf, general, better);
	settle_against(shelf, general, better);
}

void
settle_repeated(struct record *record)
{
	struct shelf shelf;

	shelve(&shelf, record);
	for (size_t i = 0; i < shelf.n; i++) {
		struct verdict *v = shelf.by_path[i].verdict;

		v->is_repeated = v->is_repeated ||
		    (is_of_a_gap(v) && is_asked_for(&shelf, &shelf.by_path[i]));
	}
	for (size_t i = 0; i < shelf.n; i++)
		if (shelf.by_path[i].verdict->is_general &&
		    is_open(shelf.by_path[i].verdict))
			settle_general(&shelf, shelf.by_path[i].verdict);
	for (struct verdict *v = record->verdicts.first; v != NULL; v = v->next)
		if (v->is_repeated)
			v->effect = EFFECT_PASSES;
}

/* Whether a verdict tells that the field is not answered well. */
static bool
is_told(const struct verdict_list *list, const char *path)
{
	for (const struct verdict *v = list->first; v != NULL; v = v->next)
		if (v->result != VERDICT_PASS &&
		    v->result != VERDICT_NOT_APPLICABLE &&
		    strcmp(v->path, path) == 0)
			return true;
	return false;
}

static void
look_for_unsigned(struct record *record, const struct field *field)
{
	const char *lack = judge_unsigned(field);

	if (lack != NULL && !is_told(&record->verdicts, field->path))
		diag_add(&record->diags, DIAG_ANSWER_UNSIGNED, field->pos,
		    "%.80s needs the key \"%s\"", field->path, lack);
	for (const struct field *f = field->first; f != NULL; f = f->next)
		look_for_unsigned(record, f);
}

void
settle_unsigned(struct record *record)
{
	if (record->top != NULL)
		look_for_unsigned(record, record->top);
}
