#include "measure/spread_row.h"

#include <assert.h>
#include <string.h>

#include "base/dd.h"

static const char infinite[] = SPREAD_INFINITE;

struct spread *
spread_append(struct spread_maker *maker, const char *name, const char *group,
    const struct metric_value *value)
{
	struct spread_table *out = maker->out;
	struct spread *row = arena_alloc(maker->arena, sizeof(*row));

	row->attribute = maker->attribute;
	row->name = name;
	row->group = group;
	row->value = *value;
	if (out->last == NULL)
		out->first = row;
	else
		out->last->next = row;
	out->last = row;
	out->n++;
	return row;
}

struct spread *
spread_append_group(struct spread_maker *maker, const char *name,
    const struct group *group, const struct metric_value *value,
    const struct group *reference)
{
	struct spread *row = spread_append(maker, name, group->name, value);

	row->reference = reference->name;
	row->has_n = true;
	row->n = (double)group_rows(group);
	return row;
}

struct metric_value *
spread_values(const struct spread_maker *maker, const struct metric *metric)
{
	struct metric_value *values =
	    arena_array(maker->arena, maker->n, sizeof(values[0]));

	for (size_t i = 0; i < maker->n; i++)
		metric_measure(
		    metric, maker->groups[i], maker->whole, &values[i]);
	return values;
}

struct metric_value
spread_number(double value)
{
	return (struct metric_value){ .defined = true, .value = value };
}

struct metric_value
spread_undefined(const char *reason)
{
	return (struct metric_value){ .reason = reason };
}

static bool
have_counts(const struct metric_value *a, const struct metric_value *b)
{
	return a->has_counts && b->has_counts;
}

struct metric_value
spread_difference(const struct metric_value *a, const struct metric_value *b)
{
	struct dd above;

	if (!a->defined || !b->defined)
		return spread_undefined(a->defined ? b->reason : a->reason);
	if (!have_counts(a, b))
		return spread_number(a->value - b->value);
	above = dd_subtract(dd_product(a->numerator, b->denominator),
	    dd_product(b->numerator, a->denominator));
	return spread_number(dd_value(
	    dd_divide(above, dd_product(a->denominator, b->denominator))));
}

struct metric_value
spread_ratio(const struct metric_value *a, const struct metric_value *b)
{
	if (!a->defined || !b->defined)
		return spread_undefined(a->defined ? b->reason : a->reason);
	if (a->value < 0 || b->value < 0)
		return spread_undefined("a ratio of negative values");
	if (b->value == 0)
		return spread_undefined(
		    a->value > 0 ? infinite : "0/0: both are 0");
	if (!have_counts(a, b))
		return spread_number(a->value / b->value);
	return spread_number(
	    dd_value(dd_divide(dd_product(a->numerator, b->denominator),
		dd_product(b->numerator, a->denominator))));
}

bool
spread_is_infinite(const struct metric_value *value)
{
	return !value->defined && value->reason == infinite;
}

const struct metric *
spread_metric(const char *name)
{
	const struct metric *metric = metric_find(name, strlen(name));

	assert(metric != NULL);
	return metric;
}
