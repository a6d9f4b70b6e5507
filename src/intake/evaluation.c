#include "intake/evaluation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "intake/results.h"

/* A measure on its way into the record. */
struct entry {
	struct measure *measure;
	bool has_value;
	bool has_data_set; /* stated by itself, not taken from evaluation */
	bool has_stress;
	size_t order;
};

struct entries {
	struct entry *p; /* the heap's */
	size_t n;
	size_t size;
	struct record *record;
	const char *data_set; /* of entries that state none; or NULL */
};

static struct entry *
add_entry(struct entries *entries)
{
	struct entry *entry;

	if (entries->n == entries->size) {
		entries->size = 2 * entries->size + 16;
		entries->p =
		    memory_grow(entries->p, entries->size, sizeof(*entries->p));
	}
	entry = &entries->p[entries->n];
	*entry = (struct entry){ .order = entries->n };
	entry->measure =
	    arena_alloc(&entries->record->arena, sizeof(*entry->measure));
	entries->n++;
	return entry;
}

/* Whether a field of the item was found unusable. */
static bool
is_spoilt(const struct field *item)
{
	for (const struct field *f = item->first; f != NULL; f = f->next)
		if (f->answer == ANSWER_INVALID)
			return true;
	return false;
}

/* Whether the interval has both bounds and holds the value; else that is told. */
static bool
holds_value(struct diag_list *diags, const struct field *item)
{
	double lower, upper, value;
	bool has_lower = field_number(item, "lower", &lower);
	bool has_upper = field_number(item, "upper", &upper);

	if (has_lower != has_upper) {
		diag_add(diags, DIAG_KEY_REQUIRED, item->pos,
		    "%s.%s, the other end of the interval", item->path,
		    has_lower ? "upper" : "lower");
		return false;
	}
	if (!has_lower || !field_number(item, "value", &value) ||
	    (lower <= value && value <= upper))
		return true;
	diag_add(diags, DIAG_METRIC_INTERVAL, item->pos, "%s %s, from %s to %s",
	    field_text(item, "name"), field_text(item, "value"),
	    field_text(item, "lower"), field_text(item, "upper"));
	return false;
}

static void
take_limits(
    struct diag_list *diags, const struct field *item, struct measure *measure)
{
	measure->has_least = field_number(item, "least", &measure->least);
	measure->has_most = field_number(item, "most", &measure->most);
	if (!measure->has_least || !measure->has_most ||
	    measure->least <= measure->most)
		return;
	diag_add(diags, DIAG_VALUE_RANGE, item->pos,
	    "least %s is above most %s", field_text(item, "least"),
	    field_text(item, "most"));
	measure->has_least = false;
	measure->has_most = false;
}

static void
take_item(
    struct entries *entries, const struct field *item, const char *data_set)
{
	struct diag_list *diags = &entries->record->diags;
	const char *label = field_text(item, "label");
	struct entry *entry = add_entry(entries);
	struct measure *measure = entry->measure;
	double stress;

	measure->name = field_text(item, "name");
	measure->label = label != NULL ? label : metric_label(measure->name);
	measure->data_set = field_text(item, "data_set");
	entry->has_data_set = measure->data_set != NULL;
	if (measure->data_set == NULL)
		measure->data_set = data_set;
	entry->has_value = field_number(item, "value", &measure->value);
	field_number(item, "n", &measure->n);
	measure->has_previous =
	    field_number(item, "previous", &measure->previous);
	entry->has_stress = field_number(item, "stress", &stress);
	measure->is_stress = entry->has_stress && stress > 0;
	measure->has_interval = entry->has_value &&
	    field_number(item, "lower", &measure->lower) &&
	    field_number(item, "upper", &measure->upper);
	take_limits(diags, item, measure);
	measure->origin = item->pos;
}

/* What is reported as unusable is not taken. */
static void
take_items(
    struct entries *entries, const struct field *list, const char *data_set)
{
	if (list == NULL || list->answer != ANSWER_GIVEN)
		return;
	for (const struct field *item = list->first; item != NULL;
	     item = item->next) {
		if (field_text(item, "name") == NULL || is_spoilt(item))
			continue;
		if (holds_value(&entries->record->diags, item))
			take_item(entries, item, data_set);
		else
			entries->record->measures_unread = true;
	}
}

static int
compare_order(const void *a, const void *b)
{
	const struct entry *x = a;
	const struct entry *y = b;

	return x->order < y->order ? -1 : x->order > y->order;
}

static int
compare_text(const char *a, const char *b)
{
	return strcmp(a != NULL ? a : "", b != NULL ? b : "");
}

/* By what makes two entries speak of the same thing. */
static int
compare_subject(const struct entry *x, const struct entry *y)
{
	const struct measure *a = x->measure;
	const struct measure *b = y->measure;
	int order = strcmp(a->name, b->name);

	if (order == 0)
		order = compare_text(a->data_set, b->data_set);
	return order != 0 ? order : a->is_stress - b->is_stress;
}

static int
compare_entries(const void *a, const void *b)
{
	int order = compare_subject(a, b);

	return order != 0 ? order : compare_order(a, b);
}

static void
copy_limits(struct measure *to, const struct measure *from)
{
	if (to->has_least || to->has_most)
		return;
	to->has_least = from->has_least;
	to->has_most = from->has_most;
	to->least = from->least;
	to->most = from->most;
}

/* Add what a later entry on the same subject knows beyond the earlier one. */
static void
absorb(struct entry *earlier, const struct entry *later)
{
	struct measure *to = earlier->measure;
	const struct measure *from = later->measure;

	if (!earlier->has_value) {
		to->value = from->value;
		to->origin = from->origin;
		earlier->has_value = later->has_value;
	}
	if (!to->has_interval && from->has_interval) {
		to->has_interval = true;
		to->lower = from->lower;
		to->upper = from->upper;
	}
	if (!to->has_previous && from->has_previous) {
		to->has_previous = true;
		to->previous = from->previous;
	}
	if (to->n <= 0)
		to->n = from->n;
	copy_limits(to, from);
}

static bool
is_equal(double a, double b)
{
	return fabs(a - b) <= 1e-9 * fmax(1, fmax(fabs(a), fabs(b)));
}

/* One entry a subject: the record's limits meet the file's value. */
static void
merge(struct entries *entries)
{
	size_t n = 0;

	for (size_t i = 0; i < entries->n; i++) {
		struct entry *later = &entries->p[i];
		struct entry *earlier = n > 0 ? &entries->p[n - 1] : NULL;

		if (earlier == NULL || compare_subject(earlier, later) != 0) {
			entries->p[n++] = *later;
			continue;
		}
		if (earlier->has_value && later->has_value &&
		    !is_equal(earlier->measure->value, later->measure->value)) {
			char first[NUM_SIZE];
			char second[NUM_SIZE];

			num_write(earlier->measure->value, first);
			num_write(later->measure->value, second);
			diag_add(&entries->record->diags, DIAG_RESULT_TWICE,
			    later->measure->origin, "%s %s, elsewhere %s",
			    later->measure->name, second, first);
		} else {
			absorb(earlier, later);
		}
	}
	entries->n = n;
}

/* Whether the record describes a set of data of this name, or none at all. */
static bool
is_described(const struct record *record, const char *name)
{
	const struct field *sets = field_find(record->top, "data_sets");

	if (sets == NULL)
		return true;
	for (const struct field *set = sets->first; set != NULL;
	     set = set->next)
		if (compare_text(field_text(set, "name"), name) == 0)
			return true;
	return false;
}

/*
 * Whether an entry without value can be about this one of its name.  A set of
 * data that nobody describes is a misspelt one, which a rule tells.
 */
static bool
is_meant(const struct entries *entries, const struct entry *bare,
    const struct entry *entry)
{
	const struct measure *a = bare->measure, *b = entry->measure;

	if (bare->has_stress && a->is_stress != b->is_stress)
		return false;
	return !bare->has_data_set ||
	    compare_text(a->data_set, b->data_set) == 0 ||
	    !is_described(entries->record, a->data_set);
}

/*
 * Limits of an entry that states no value hold for every entry of its name
 * that has one; false where there is none.
 */
static bool
spread_limits(struct entries *entries, size_t from, size_t to, size_t i)
{
	const struct entry *bare = &entries->p[i];
	bool is_used = false;

	for (size_t j = from; j < to; j++) {
		struct entry *entry = &entries->p[j];

		if (!entry->has_value || !is_meant(entries, bare, entry))
			continue;
		copy_limits(entry->measure, bare->measure);
		is_used = true;
	}
	return is_used;
}

/*
 * Entries without value promise what the record does not give.  Mostly it is
 * the file of results that is missing, so they are told together.
 */
static void
tell_bare(struct entries *entries, const struct entry *first, size_t n)
{
	if (n == 0 || entries->record->measures_unread)
		return;
	entries->record->measures_unread = true;
	if (n == 1)
		diag_add(&entries->record->diags, DIAG_KEY_REQUIRED,
		    first->measure->origin,
		    "value of %s, here or in a file of evaluation.results",
		    first->measure->name);
	else
		diag_add(&entries->record->diags, DIAG_KEY_REQUIRED,
		    first->measure->origin,
		    "value of %s and of %zu more measures, here or in a file "
		    "of evaluation.results",
		    first->measure->name, n - 1);
}

/* Give the limits of entries without value away, and drop these. */
static void
settle(struct entries *entries)
{
	const struct entry *first = NULL;
	size_t n_bare = 0, n = 0, to;

	for (size_t from = 0; from < entries->n; from = to) {
		const char *name = entries->p[from].measure->name;

		to = from + 1;
		while (to < entries->n &&
		    strcmp(entries->p[to].measure->name, name) == 0)
			to++;
		for (size_t i = from; i < to; i++)
			if (!entries->p[i].has_value &&
			    !spread_limits(entries, from, to, i)) {
				n_bare++;
				if (first == NULL ||
				    entries->p[i].order < first->order)
					first = &entries->p[i];
			}
	}
	tell_bare(entries, first, n_bare);
	for (size_t i = 0; i < entries->n; i++)
		if (entries->p[i].has_value)
			entries->p[n++] = entries->p[i];
	entries->n = n;
}

static enum figure_result
judge(const struct measure *measure)
{
	if (!measure->has_least && !measure->has_most)
		return FIGURE_NO_LIMIT;
	if ((measure->has_least && measure->value < measure->least) ||
	    (measure->has_most && measure->value > measure->most))
		return FIGURE_OUTSIDE;
	return FIGURE_WITHIN;
}

static void
link_measures(struct entries *entries)
{
	struct measure **tail = &entries->record->measures;

	if (entries->n > 0)
		qsort(
		    entries->p, entries->n, sizeof(*entries->p), compare_order);
	for (size_t i = 0; i < entries->n; i++) {
		*tail = entries->p[i].measure;
		(*tail)->result = judge(*tail);
		tail = &(*tail)->next;
	}
}

/* The measures of each file of results that can be read. */
static void
take_files(struct entries *entries, const struct folder *root)
{
	const struct field *list =
	    field_find(entries->record->top, "evaluation.results");
	const struct field *f = list != NULL ? list->first : NULL;

	for (; f != NULL; f = f->next) {
		struct results results = { 0 };

		if (f->file == NULL || f->file->state != FILE_FOUND)
			entries->record->measures_unread = true;
		else if (results_read(&results, entries->record, f, root) == 0)
			take_items(entries, results.measures,
			    results.data_set != NULL ? results.data_set :
						       entries->data_set);
		else
			entries->record->measures_unread = true;
	}
}

void
evaluation_take(struct record *record, const struct folder *root)
{
	struct entries entries = { .record = record };

	entries.data_set = field_text(record->top, "evaluation.data_set");
	take_items(&entries, field_find(record->top, "evaluation.measures"),
	    entries.data_set);
	if (root != NULL)
		take_files(&entries, root);
	if (entries.n > 0)
		qsort(
		    entries.p, entries.n, sizeof(*entries.p), compare_entries);
	merge(&entries);
	settle(&entries);
	link_measures(&entries);
	free(entries.p);
}
