#include "measure/known.h"

void
known_begin(struct distribution *distribution, struct arena *arena)
{
	distribution->known = arena_alloc(arena, sizeof(*distribution->known));
	*distribution->known = (struct known_values){ .arena = arena };
}

struct known *
known_of(const struct metric *metric, const struct group *group,
    const struct group *whole)
{
	struct known_values *values;
	struct known *known;

	if ((metric->kind != METRIC_SCORE && metric->kind != METRIC_RANK) ||
	    group->scores == NULL || group->scores->known == NULL)
		return NULL;
	values = group->scores->known;
	for (known = values->list; known != NULL; known = known->next)
		if (known->metric == metric && known->whole == whole->scores)
			return known;
	known = arena_alloc(values->arena, sizeof(*known));
	*known = (struct known){
		.metric = metric, .whole = whole->scores, .next = values->list
	};
	values->list = known;
	return known;
}
