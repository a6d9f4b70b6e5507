#include "measure/known.h"

struct known_value {
	const struct metric *metric;
	const struct distribution *whole;
	struct metric_value value;
	struct known_value *next;
};

const struct metric_value *
known_find(const struct metric *metric, const struct group *group,
    const struct group *whole)
{
	const struct known_value *known;

	if (group->scores == NULL || group->scores->known == NULL)
		return NULL;
	for (known = group->scores->known->values; known != NULL;
	     known = known->next)
		if (known->metric == metric && known->whole == whole->scores)
			return &known->value;
	return NULL;
}

void
known_add(const struct metric *metric, const struct group *group,
    const struct group *whole, const struct metric_value *value)
{
	struct known_values *values;
	struct known_value *known;

	if (group->scores == NULL || group->scores->known == NULL)
		return;
	values = group->scores->known;
	known = arena_alloc(values->arena, sizeof(*known));
	*known = (struct known_value){ metric, whole->scores, *value,
		values->values };
	values->values = known;
}
