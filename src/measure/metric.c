#include "measure/metric.h"

#include <assert.h>
#include <string.h>

#include "base/near.h"
#include "base/num.h"
#include "measure/known.h"
#include "measure/metric_table.h"
#include "measure/multiclass.h"

enum { NAME_SIZE = 64, NAMES = 192 };

size_t
metric_count(void)
{
	size_t n;

	metric_table(&n);
	return n;
}

const struct metric *
metric_at(size_t i)
{
	size_t n;
	const struct metric *table = metric_table(&n);

	assert(i < n);
	return &table[i];
}

size_t
metric_index(const struct metric *metric)
{
	const struct metric *entry =
	    metric->base != NULL ? metric->base : metric;

	return (size_t)(entry - metric_at(0));
}

/* Names. */

/* Lower case, and "_" for blanks and hyphens; false when it cannot fit. */
static bool
normalise(const char *name, size_t n, char out[NAME_SIZE])
{
	if (n == 0 || n >= NAME_SIZE || memchr(name, '\0', n) != NULL)
		return false;
	for (size_t i = 0; i < n; i++) {
		out[i] = name[i];
		if (out[i] >= 'A' && out[i] <= 'Z')
			out[i] = (char)(out[i] - 'A' + 'a');
		if (out[i] == ' ' || out[i] == '-')
			out[i] = '_';
	}
	out[n] = '\0';
	return true;
}

static const struct metric *
find_standard(const char *name)
{
	for (size_t i = 0; i < metric_count(); i++)
		if (strcmp(metric_at(i)->name, name) == 0)
			return metric_at(i);
	return NULL;
}

const struct metric *
metric_find(const char *name, size_t n)
{
	char plain[NAME_SIZE];
	size_t n_aliases;
	const struct metric_alias *aliases = metric_aliases(&n_aliases);
	const struct metric *found;

	if (!normalise(name, n, plain))
		return NULL;
	found = find_standard(plain);
	for (size_t i = 0; i < n_aliases && found == NULL; i++)
		if (strcmp(aliases[i].alias, plain) == 0)
			found = find_standard(aliases[i].name);
	return found;
}

const char *
metric_near(const char *name)
{
	const char *names[NAMES];
	char plain[NAME_SIZE];
	size_t n = 0, n_aliases;
	const struct metric_alias *aliases = metric_aliases(&n_aliases);

	if (!normalise(name, strlen(name), plain))
		return NULL;
	assert(metric_count() + n_aliases <= NAMES);
	for (size_t i = 0; i < metric_count(); i++)
		names[n++] = metric_at(i)->name;
	for (size_t i = 0; i < n_aliases; i++)
		names[n++] = aliases[i].alias;
	return near_word(plain, names, n);
}

/* The metric with another number in its name, or NULL. */
static const struct metric *
find_numbered(struct arena *arena, const char *name, size_t n)
{
	static const char digits[] = "0123456789";
	char plain[NAME_SIZE];
	size_t start, end;
	unsigned long long number;

	if (!normalise(name, n, plain))
		return NULL;
	start = strcspn(plain, digits);
	end = start + strspn(plain + start, digits);
	if (end == start || plain[start] == '0' || end - start > 9 ||
	    !num_read_count(plain + start, end - start, &number))
		return NULL;
	for (size_t i = 0; i < metric_count(); i++) {
		const struct metric *base = metric_at(i);
		size_t own = strcspn(base->name, digits);
		struct metric *metric;

		if (base->number == 0 || own != start ||
		    strncmp(base->name, plain, start) != 0 ||
		    strcmp(base->name + own + strspn(base->name + own, digits),
			plain + end) != 0)
			continue;
		metric = arena_alloc(arena, sizeof(*metric));
		*metric = *base;
		metric->name = arena_dup(arena, plain, n);
		metric->base = base;
		metric->number = (unsigned)number;
		return metric;
	}
	return NULL;
}

const struct metric *
metric_of_class(
    struct arena *arena, const struct metric *base, const char *class)
{
	bool is_recall = strcmp(base->name, "true_positive_rate") == 0;
	struct metric *metric = arena_alloc(arena, sizeof(*metric));

	*metric = *base;
	metric->name = arena_printf(
	    arena, "%s[%s]", is_recall ? "recall" : base->name, class);
	metric->base = base;
	metric->class = class;
	return metric;
}

const struct metric *
metric_of_cell(struct arena *arena, const struct metric *base,
    const char *class, const char *predicted)
{
	struct metric *metric = arena_alloc(arena, sizeof(*metric));

	*metric = *base;
	metric->name =
	    arena_printf(arena, "%s[%s,%s]", base->name, class, predicted);
	metric->base = base;
	metric->class = class;
	metric->predicted = predicted;
	return metric;
}

/* The class that has this name, or a copy of it when any will do. */
static const char *
class_of(struct arena *arena, const struct confusion *classes, const char *name,
    size_t n)
{
	if (classes == NULL)
		return arena_dup(arena, name, n);
	for (size_t i = 0; i < classes->n; i++)
		if (strlen(classes->classes[i]) == n &&
		    memcmp(classes->classes[i], name, n) == 0)
			return classes->classes[i];
	return NULL;
}

/* A cell of the confusion; a name of a class may have commas of its own. */
static const struct metric *
find_cell(struct arena *arena, const struct metric *base, const char *name,
    size_t n, const struct confusion *classes)
{
	for (size_t i = 0; i < n; i++) {
		const char *class, *predicted;

		if (name[i] != ',')
			continue;
		class = class_of(arena, classes, name, i);
		predicted = class_of(arena, classes, name + i + 1, n - i - 1);
		if (class == NULL || predicted == NULL)
			continue;
		return metric_of_cell(arena, base, class, predicted);
	}
	return NULL;
}

const struct metric *
metric_resolve(struct arena *arena, const char *name, size_t n,
    const struct confusion *classes)
{
	const char *bracket = memchr(name, '[', n);
	const struct metric *base = metric_find(name, n);
	const char *inside, *class;
	size_t length;

	if (base != NULL)
		return base;
	if (bracket == NULL)
		return find_numbered(arena, name, n);
	base = metric_find(name, (size_t)(bracket - name));
	if (base == NULL || name[n - 1] != ']')
		return NULL;
	inside = bracket + 1;
	length = (size_t)(name + n - 1 - inside);
	if (strcmp(base->name, "confusion") == 0)
		return find_cell(arena, base, inside, length, classes);
	class = class_of(arena, classes, inside, length);
	return class != NULL && base->kind <= METRIC_COUNT ?
	    metric_of_class(arena, base, class) :
	    NULL;
}

/* Values. */

static void
measure_quotient(const struct metric *metric, const struct counts *group,
    const struct counts *whole, struct metric_value *out)
{
	const struct counts *base =
	    metric->kind == METRIC_SHARE ? whole : group;

	out->effective = counts_effective(base, metric->denominator);
	out->is_share =
	    metric->kind == METRIC_RATE || metric->kind == METRIC_SHARE;
	out->has_counts = true;
	out->numerator = counts_total(group, metric->numerator);
	out->denominator = counts_total(base, metric->denominator);
	out->defined = out->denominator > 0;
	if (out->defined)
		out->value = out->numerator / out->denominator;
	else if (base->weighted &&
	    counts_rows_of(base, metric->denominator) > 0)
		out->reason = "the weights of its rows sum to 0";
}

/* A metric of counts, of a class against the rest where it names one. */
static void
measure_binary(const struct metric *metric, const struct group *group,
    const struct group *whole, struct metric_value *out)
{
	const struct metric_input in = { metric, group, whole };

	if (metric->formula == NULL) {
		measure_quotient(metric, &group->counts, &whole->counts, out);
		return;
	}
	if (metric->kind <= METRIC_COUNT)
		out->effective =
		    counts_effective(&group->counts, metric->denominator);
	metric->formula(&in, out);
}

static void
measure(const struct metric *metric, const struct group *group,
    const struct group *whole, struct metric_value *out)
{
	const struct metric_input in = { metric, group, whole };
	struct group part, all;

	*out = (struct metric_value){ 0 };
	if (metric->class != NULL && metric->predicted == NULL) {
		if (multiclass_against_rest(group, metric->class, &part) &&
		    multiclass_against_rest(whole, metric->class, &all))
			measure_binary(metric, &part, &all, out);
		else
			out->reason = "the rows have no such class";
	} else if (metric->of_classes != NULL && group->confusion != NULL) {
		metric->of_classes(&in, out);
	} else {
		measure_binary(metric, group, whole, out);
	}
	if (!out->defined && out->reason == NULL)
		out->reason = metric->empty;
}

void
metric_measure(const struct metric *metric, const struct group *group,
    const struct group *whole, struct metric_value *out)
{
	struct known *known = known_of(metric, group, whole);

	if (known != NULL && known->has_value) {
		*out = known->value;
		return;
	}
	measure(metric, group, whole, out);
	if (known == NULL)
		return;
	known->value = *out;
	known->has_value = true;
}

bool
metric_is_measurable(
    const struct metric *metric, const struct metric_data *data)
{
	const unsigned char *rows = metric->denominator;
	bool without_label = rows[CELL_REFUSED] + rows[CELL_SELECTED] > 0;
	bool without_prediction = rows[CELL_NEGATIVE] + rows[CELL_POSITIVE] > 0;

	if (metric->class != NULL || metric->kind == METRIC_CLASS)
		return data->has_classes;
	if (metric->kind <= METRIC_COUNT && data->has_classes)
		return true;
	if (metric->kind == METRIC_NUMBER &&
	    (data->has_numbers || data->has_classes || !without_label))
		return data->has_numbers;
	if (metric->kind == METRIC_RANK)
		return data->has_scores;
	if (metric->kind == METRIC_SCORE && !data->has_scores)
		return false;
	return (data->has_labels || without_label) &&
	    (data->has_predictions || without_prediction);
}

bool
metric_is_of_all_rows(const struct metric *metric)
{
	return metric->kind == METRIC_RATE &&
	    metric->denominator[CELL_TP] > 0 &&
	    metric->denominator[CELL_FN] > 0 &&
	    metric->denominator[CELL_TN] > 0 &&
	    metric->denominator[CELL_FP] > 0;
}
