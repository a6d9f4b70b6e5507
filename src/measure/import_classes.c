#include "measure/import_classes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CLASSES_MOST = 200 };

void
sheet_pair(struct sheet *sheet, struct sheet_group *group, const char *label,
    const char *prediction, const struct import_text *n)
{
	struct sheet_pair *pair;
	double rows;
	int rc = sheet_number(sheet, n, &rows);

	if (rc == 1 && !(rows >= 0 && rows <= 1e15 && rows == floor(rows)))
		rc = sheet_bad(sheet, DIAG_CSV_VALUE, n,
		    "of several classes only whole numbers of rows are read");
	if (rc != 1) {
		group->is_spoilt = true;
		return;
	}
	sheet->pairs = arena_room(sheet->arena, sheet->pairs, sheet->n_pairs,
	    &sheet->pairs_size, sizeof(sheet->pairs[0]));
	pair = &sheet->pairs[sheet->n_pairs++];
	*pair = (struct sheet_pair){ group, arena_str(sheet->arena, label),
		arena_str(sheet->arena, prediction), (unsigned long long)rows };
	group->has_pairs = true;
}

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The classes of the pairs of a variant, in order. */
static const char **
classes_of(const struct sheet *sheet, size_t variant, size_t *n)
{
	struct intern names = { .arena = sheet->arena };
	const char **list;

	for (size_t i = 0; i < sheet->n_pairs; i++) {
		const struct sheet_pair *p = &sheet->pairs[i];

		if (p->group->variant != variant)
			continue;
		intern_add(&names, p->label, strlen(p->label));
		if (*p->prediction != '\0')
			intern_add(
			    &names, p->prediction, strlen(p->prediction));
	}
	*n = names.n;
	list = arena_array(sheet->arena, names.n, sizeof(list[0]));
	for (size_t i = 0; i < names.n; i++)
		list[i] = names.entries[i].p;
	if (names.n > 1)
		qsort(list, names.n, sizeof(list[0]), by_bytes);
	return list;
}

/* A confusion that can be filled. */
struct filling {
	struct confusion made;
	double *cells;
	unsigned long long *rows;
	struct class_rows *unpredicted;
};

static void
make_empty(struct filling *f, struct arena *arena, const char *const *classes,
    size_t n)
{
	f->cells = arena_array(arena, n * n, sizeof(f->cells[0]));
	f->rows = arena_array(arena, n * n, sizeof(f->rows[0]));
	f->unpredicted = arena_array(arena, n, sizeof(f->unpredicted[0]));
	f->made = (struct confusion){ .n = n,
		.classes = classes,
		.cells = f->cells,
		.cell_rows = f->rows,
		.unlabelled = arena_array(arena, n, sizeof(struct class_rows)),
		.unpredicted = f->unpredicted };
}

static void
add(struct filling *f, size_t label, size_t prediction, unsigned long long n)
{
	struct class_rows *none = &f->unpredicted[label];

	if (prediction < f->made.n) {
		f->rows[label * f->made.n + prediction] += n;
		f->cells[label * f->made.n + prediction] += (double)n;
		return;
	}
	none->rows += n;
	none->weight = none->square = (double)none->rows;
}

static size_t
place_of(const char *const *classes, size_t n, const char *name)
{
	const char *const *found =
	    bsearch(&name, classes, n, sizeof(classes[0]), by_bytes);

	return found != NULL ? (size_t)(found - classes) : n;
}

int
sheet_classes(struct sheet *sheet, size_t variant)
{
	size_t n;
	const char **classes = classes_of(sheet, variant, &n);
	struct filling *fillings;

	if (n == 0)
		return 0;
	if (n > CLASSES_MOST) {
		diag_add(sheet->complaints.diags, DIAG_CSV_LIMIT,
		    (struct pos){ sheet->name, 1, 1 }, "more than %d classes",
		    CLASSES_MOST);
		return -1;
	}
	fillings =
	    arena_array(sheet->arena, sheet->n_groups, sizeof(fillings[0]));
	for (size_t i = 0; i < sheet->n_pairs; i++) {
		const struct sheet_pair *p = &sheet->pairs[i];
		struct filling *f = &fillings[p->group->number];

		if (p->group->variant != variant)
			continue;
		if (f->made.n == 0)
			make_empty(f, sheet->arena, classes, n);
		p->group->confusion = &f->made;
		add(f, place_of(classes, n, p->label),
		    place_of(classes, n, p->prediction), p->n);
	}
	return 0;
}

const struct confusion *
confusion_sum(struct arena *arena, const struct group *groups, size_t n)
{
	struct filling *f = arena_alloc(arena, sizeof(*f));

	make_empty(
	    f, arena, groups[0].confusion->classes, groups[0].confusion->n);
	for (size_t i = 0; i < n; i++) {
		const struct confusion *c = groups[i].confusion;

		for (size_t k = 0; k < c->n * c->n; k++)
			add(f, k / c->n, k % c->n, c->cell_rows[k]);
		for (size_t k = 0; k < c->n; k++)
			add(f, k, c->n, c->unpredicted[k].rows);
	}
	return &f->made;
}
