#include "app/keys.h"

#include <string.h>

#include "base/near.h"

const char *
keys_suggest(struct arena *arena, const char *word)
{
	return word != NULL ? arena_printf(arena, "; did you mean %s?", word) :
			      "";
}

bool
keys_want_list(
    const struct value *value, const char *want, struct diag_list *diags)
{
	if (value->kind == VALUE_LIST)
		return true;
	diag_add(diags, DIAG_CONFIG, value->pos, "%s", want);
	return false;
}

void
keys_check(const struct value *map, const char *const keys[], size_t n,
    struct diag_list *diags)
{
	for (const struct value *v = map->first; v != NULL; v = v->next) {
		size_t i = 0;

		while (i < n && strcmp(keys[i], v->key) != 0)
			i++;
		if (i == n)
			diag_add(diags, DIAG_KEY_UNKNOWN, v->key_pos, "%s%s",
			    v->key,
			    keys_suggest(
				diags->arena, near_word(v->key, keys, n)));
	}
}
