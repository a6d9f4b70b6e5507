#include "check/naming.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { BUCKETS = 64 };

/* The items of a list, and what they are called: "[loans-2025#2]". */
struct roll {
	const struct field *list;
	const struct field **items;
	const char **called;
	size_t n;
	struct roll *next;
};

struct naming {
	struct arena *arena;
	const struct field *top;
	struct roll *rolls[BUCKETS]; /* by the address of the list */
	const struct field **places; /* n_places, by place; or NULL */
	size_t n_places;
};

struct naming *
naming_new(struct arena *arena, const struct field *top)
{
	struct naming *naming = arena_alloc(arena, sizeof(*naming));

	naming->arena = arena;
	naming->top = top;
	return naming;
}

/* Whether a field holds a word that can name the item it belongs to. */
static bool
is_name(const struct field *field)
{
	if (field->answer != ANSWER_GIVEN || field->is_list ||
	    field->text == NULL)
		return false;
	switch (field->term->type) {
	case TERM_LINE:
	case TERM_SLUG:
	case TERM_CHOICE:
	case TERM_FILE:
		return true;
	default:
		return false;
	}
}

/* How good a key is for naming an item; the least is the best. */
static size_t
rank(const struct field *field)
{
	if (strcmp(field->term->key, "id") == 0)
		return 0;
	return strcmp(field->term->key, "name") == 0 ? 1 :
						       field->term->index + 2;
}

/* What an item is called, or NULL. */
static const char *
name_of(const struct field *item)
{
	const struct field *best = NULL;

	if (item->term->type != TERM_SECTION)
		return is_name(item) ? item->text : NULL;
	for (const struct field *f = item->first; f != NULL; f = f->next)
		if (is_name(f) && (best == NULL || rank(f) < rank(best)))
			best = f;
	return best != NULL ? best->text : NULL;
}

/* An item with a name. */
struct named {
	const char *name;
	size_t order;
};

static int
by_name(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order != 0 ? order :
			    (x->order > y->order) - (x->order < y->order);
}

/* Call every item that has a name, the second of one name "#2". */
static void
call_named(
    struct arena *arena, const struct roll *roll, struct named *named, size_t n)
{
	unsigned same = 0;

	if (n > 0)
		qsort(named, n, sizeof(*named), by_name);
	for (size_t i = 0; i < n; i++) {
		bool is_first =
		    i == 0 || strcmp(named[i].name, named[i - 1].name) != 0;

		same = is_first ? 1 : same + 1;
		roll->called[named[i].order] = same == 1 ?
		    arena_printf(arena, "[%s]", named[i].name) :
		    arena_printf(arena, "[%s#%u]", named[i].name, same);
	}
}

static struct roll *
call_roll(struct arena *arena, const struct field *list)
{
	struct roll *roll = arena_alloc(arena, sizeof(*roll));
	struct named *named;
	size_t n = 0, n_named = 0;

	for (const struct field *f = list->first; f != NULL; f = f->next)
		roll->n++;
	roll->list = list;
	roll->items = arena_array(arena, roll->n, sizeof(*roll->items));
	roll->called = arena_array(arena, roll->n, sizeof(*roll->called));
	named = arena_array(arena, roll->n, sizeof(*named));
	for (const struct field *f = list->first; f != NULL; f = f->next) {
		const char *name = name_of(f);

		roll->items[n] = f;
		if (name != NULL)
			named[n_named++] = (struct named){ name, n };
		else
			roll->called[n] = arena_printf(arena, "[%zu]", n + 1);
		n++;
	}
	call_named(arena, roll, named, n_named);
	return roll;
}

static const struct roll *
roll_of(struct naming *naming, const struct field *list)
{
	struct roll **bucket =
	    &naming->rolls[((uintptr_t)list / sizeof(*list)) % BUCKETS];
	struct roll *roll = *bucket;

	while (roll != NULL && roll->list != list)
		roll = roll->next;
	if (roll != NULL)
		return roll;
	roll = call_roll(naming->arena, list);
	roll->next = *bucket;
	*bucket = roll;
	return roll;
}

/* One step of a path: where it leads, and what is said for its number. */
struct stride {
	const struct field *field; /* or NULL */
	const char *called;        /* or NULL: as it is written */
	const char *numbered;      /* what follows the key: "[2].name" */
	const char *rest;
};

static struct stride
stride(struct naming *naming, const struct field *field, const char *path)
{
	size_t n = strcspn(path, ".[");
	struct stride out = { NULL, NULL, path + n, path + n };
	const struct roll *roll;
	unsigned long number;
	char *end;

	for (const struct field *f = field != NULL ? field->first : NULL;
	     f != NULL && out.field == NULL; f = f->next)
		if (f->term != NULL && strncmp(f->term->key, path, n) == 0 &&
		    f->term->key[n] == '\0')
			out.field = f;
	if (path[n] != '[')
		return out;
	number = strtoul(path + n + 1, &end, 10);
	out.rest = *end == ']' ? end + 1 : end + strlen(end);
	if (out.field == NULL)
		return out;
	roll = roll_of(naming, out.field);
	out.field = NULL;
	if (number == 0 || number > roll->n)
		return out;
	out.field = roll->items[number - 1];
	out.called = roll->called[number - 1];
	return out;
}

const char *
naming_field(struct naming *naming, const char *path)
{
	const struct field *field = naming->top;
	struct text out = { 0 };
	const char *p = path, *kept;

	while (*p != '\0') {
		struct stride step = stride(naming, field, p);

		text_put(&out, p, (size_t)(step.numbered - p));
		if (step.called != NULL)
			text_puts(&out, step.called);
		else
			text_put(&out, step.numbered,
			    (size_t)(step.rest - step.numbered));
		field = step.field;
		p = step.rest;
		if (*p == '.')
			text_putc(&out, *p++);
	}
	kept = arena_dup(naming->arena, text_str(&out), out.n);
	text_free(&out);
	return kept;
}

const struct field *
naming_find(struct naming *naming, const char *path)
{
	const struct field *field = naming->top;

	while (field != NULL && *path != '\0') {
		struct stride step = stride(naming, field, path);

		field = step.field;
		path = step.rest + (*step.rest == '.' ? 1 : 0);
	}
	return field;
}

static int
compare_pos(struct pos a, struct pos b)
{
	if (a.line != b.line)
		return a.line < b.line ? -1 : 1;
	if (a.column != b.column)
		return a.column < b.column ? -1 : 1;
	return a.file == NULL || b.file == NULL ?
	    (a.file != NULL) - (b.file != NULL) :
	    strcmp(a.file, b.file);
}

/* Of fields at one place the outer one comes first: its path is shorter. */
static int
by_place(const void *a, const void *b)
{
	const struct field *const *x = a, *const *y = b;
	size_t n, m;
	int order = compare_pos((*x)->pos, (*y)->pos);

	if (order != 0)
		return order;
	n = strlen((*x)->path);
	m = strlen((*y)->path);
	return n != m ? (n > m) - (n < m) : strcmp((*x)->path, (*y)->path);
}

/* Add the fields below one; without room count them. */
static void
gather(struct naming *naming, const struct field *field)
{
	for (const struct field *f = field->first; f != NULL; f = f->next) {
		if (naming->places != NULL)
			naming->places[naming->n_places] = f;
		naming->n_places++;
		gather(naming, f);
	}
}

const struct field *
naming_at(struct naming *naming, struct pos pos)
{
	size_t low = 0, high;

	if (naming->places == NULL) {
		gather(naming, naming->top);
		naming->places = arena_array(naming->arena,
		    naming->n_places + 1, sizeof(*naming->places));
		naming->n_places = 0;
		gather(naming, naming->top);
		qsort(naming->places, naming->n_places, sizeof(*naming->places),
		    by_place);
	}
	high = naming->n_places;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_pos(naming->places[middle]->pos, pos) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == naming->n_places ||
	    compare_pos(naming->places[low]->pos, pos) != 0)
		return NULL;
	return naming->places[low];
}
