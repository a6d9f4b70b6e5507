#include "measure/variant.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "measure/complaints.h"

enum { FIRST_VARIANTS = 8, SHOWN = 5 };

size_t
variant_add(
    struct variants *variants, const char *name, int rank, struct pos pos)
{
	struct arena *arena = variants->names.arena;
	size_t n = variants->names.n;
	size_t i = intern_add(&variants->names, name, strlen(name));

	if (i < n)
		return i;
	if (n == variants->size) {
		struct variant *list;

		variants->size = n > 0 ? n * 2 : FIRST_VARIANTS;
		list = arena_array(arena, variants->size, sizeof(*list));
		if (n > 0)
			memcpy(list, variants->list, n * sizeof(*list));
		variants->list = list;
	}
	variants->list[i] = (struct variant){ rank, pos };
	return i;
}

/* Whether a variant is to be read rather than another. */
static bool
precedes(const struct variants *variants, size_t a, size_t b)
{
	int rank = variants->list[a].rank - variants->list[b].rank;

	return rank != 0 ? rank > 0 :
			   strcmp(variants->names.entries[a].p,
			       variants->names.entries[b].p) > 0;
}

/* Whether the variant that is wanted is there. */
static bool
is_found(const struct variants *variants)
{
	return variants->wanted != NULL &&
	    intern_find(&variants->names, variants->wanted,
		strlen(variants->wanted)) != SIZE_MAX;
}

size_t
variant_choose(const struct variants *variants)
{
	size_t chosen = 0;

	if (is_found(variants))
		return intern_find(&variants->names, variants->wanted,
		    strlen(variants->wanted));
	for (size_t i = 1; i < variants->names.n; i++)
		if (precedes(variants, i, chosen))
			chosen = i;
	return chosen;
}

void
variant_report(const struct variants *variants, struct diag_list *diags)
{
	const struct intern_entry *names = variants->names.entries;
	size_t chosen = variant_choose(variants);
	struct text list = { 0 };

	if (is_found(variants) ||
	    (variants->names.n < 2 && variants->wanted == NULL))
		return;
	for (size_t i = 0; i < variants->names.n && i < SHOWN; i++)
		text_printf(&list, "%s\"%.*s\"", i > 0 ? ", " : "",
		    complaint_length(names[i].p, names[i].n), names[i].p);
	if (variants->names.n > SHOWN)
		text_puts(&list, ", ...");
	diag_add(diags, DIAG_EXPORT_SEVERAL,
	    variants->list[chosen == 0 && variants->names.n > 1 ? 1 : 0].pos,
	    "%zu of them: %s; read is \"%.*s\"%s%s%s", variants->names.n,
	    text_str(&list), complaint_length(names[chosen].p, names[chosen].n),
	    names[chosen].p, variants->wanted != NULL ? ", for none is \"" : "",
	    variants->wanted != NULL ? variants->wanted : "",
	    variants->wanted != NULL ? "\"" : "");
	text_free(&list);
}
