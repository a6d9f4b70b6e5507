#include "check/law.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "base/near.h"

int
law_compare_rules(const void *a, const void *b)
{
	return strcmp((*(const struct rule *const *)a)->id,
	    (*(const struct rule *const *)b)->id);
}

int
law_compare_obligations(const void *a, const void *b)
{
	return strcmp((*(const struct obligation *const *)a)->id,
	    (*(const struct obligation *const *)b)->id);
}

const struct rule *
catalogue_rule(const struct catalogue *catalogue, const char *id)
{
	const struct rule wanted = { .id = id };
	const struct rule *key = &wanted;
	const struct rule *const *found;

	if (catalogue->n_rules == 0)
		return NULL;
	found = bsearch(&key, catalogue->rules_by_id, catalogue->n_rules,
	    sizeof(key), law_compare_rules);
	return found != NULL ? *found : NULL;
}

bool
rule_is_named(const struct rule *rule, const char *pattern)
{
	return fnmatch(pattern, rule->id, 0) == 0;
}

size_t
catalogue_protect(struct catalogue *catalogue, const char *pattern)
{
	size_t n = 0;

	for (size_t i = 0; i < catalogue->n_rules; i++) {
		struct rule *rule = &catalogue->rules[i];

		if (!rule_is_named(rule, pattern))
			continue;
		rule->is_protected = true;
		n++;
	}
	return n;
}

const char *
catalogue_near(
    const struct catalogue *catalogue, struct arena *arena, const char *id)
{
	const char **ids = arena_array(arena, catalogue->n_rules, sizeof(*ids));

	for (size_t i = 0; i < catalogue->n_rules; i++)
		ids[i] = catalogue->rules[i].id;
	return near_word(id, ids, catalogue->n_rules);
}

const struct obligation *
catalogue_obligation(const struct catalogue *catalogue, const char *id)
{
	const struct obligation wanted = { .id = id };
	const struct obligation *key = &wanted;
	const struct obligation *const *found;

	if (catalogue->n_obligations == 0)
		return NULL;
	found = bsearch(&key, catalogue->obligations_by_id,
	    catalogue->n_obligations, sizeof(key), law_compare_obligations);
	return found != NULL ? *found : NULL;
}

const char *
law_address(const struct catalogue *catalogue, struct arena *arena,
    const struct obligation *obligation)
{
	const char *source = value_text(obligation->entry, "source");
	const char *anchor, *base;

	if (source == NULL || catalogue->sources == NULL)
		return NULL;
	anchor = source + strcspn(source, "#");
	base = value_text(catalogue->sources,
	    arena_dup(arena, source, (size_t)(anchor - source)));
	return base != NULL ? arena_printf(arena, "%s%s", base, anchor) : NULL;
}
