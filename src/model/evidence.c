#include "model/evidence.h"

#include <string.h>

const struct field *
field_find(const struct field *top, const char *path)
{
	const struct field *field = top;

	while (field != NULL && *path != '\0') {
		size_t n = strcspn(path, ".");
		const struct field *child = field->first;

		while (child != NULL &&
		    (child->term == NULL ||
			strncmp(child->term->key, path, n) != 0 ||
			child->term->key[n] != '\0'))
			child = child->next;
		field = child;
		path += n;
		path += *path == '.' ? 1 : 0;
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
