#include "model/evidence.h"

#include <stdlib.h>
#include <string.h>

/* The child under a key of n bytes, or NULL. */
static const struct field *
child_named(const struct field *field, const char *key, size_t n)
{
	const struct field *child = field->first;

	while (child != NULL &&
	    (child->term == NULL || strncmp(child->term->key, key, n) != 0 ||
		child->term->key[n] != '\0'))
		child = child->next;
	return child;
}

const struct field *
field_find(const struct field *top, const char *path)
{
	const struct field *field = top;

	while (field != NULL && *path != '\0') {
		size_t n = strcspn(path, ".");

		field = child_named(field, path, n);
		path += n;
		path += *path == '.' ? 1 : 0;
	}
	return field;
}

/* The nth item of a list, from 1, or NULL. */
static const struct field *
nth_item(const struct field *list, unsigned long n)
{
	const struct field *item = list->first;

	while (item != NULL && n > 1) {
		item = item->next;
		n--;
	}
	return item;
}

struct field_step
field_step(const struct field *field, const char *path)
{
	size_t n = strcspn(path, ".[");
	struct field_step step = { NULL, 0, path + n };
	char *end;

	if (field != NULL)
		step.field = child_named(field, path, n);
	if (*step.rest != '[')
		return step;
	step.number = strtoul(step.rest + 1, &end, 10);
	step.rest = *end == ']' ? end + 1 : end + strlen(end);
	if (step.field != NULL)
		step.field =
		    step.number > 0 ? nth_item(step.field, step.number) : NULL;
	return step;
}

const struct field *
field_at(const struct field *top, const char *path)
{
	const struct field *field = top;

	while (field != NULL && *path != '\0') {
		struct field_step step = field_step(field, path);

		field = step.field;
		path = step.rest + (*step.rest == '.' ? 1 : 0);
	}
	return field;
}

const char *
field_text(const struct field *top, const char *path)
{
	const struct field *field = field_find(top, path);

	if (field == NULL || field->answer != ANSWER_GIVEN)
		return NULL;
	return field->text;
}

bool
field_number(const struct field *top, const char *path, double *out)
{
	const struct field *field = field_find(top, path);

	if (field == NULL || field->answer != ANSWER_GIVEN)
		return false;
	*out = field->number;
	return true;
}
