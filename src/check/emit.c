#include "check/emit.h"

#include "base/hash.h"
#include "base/text.h"

enum { ID_DIGITS = 12 };

const char *
check_verdict_id(
    struct arena *arena, const char *rule, const char *model, const char *path)
{
	const char *parts[] = { rule, model, path };
	char hex[HASH_HEX_SIZE];
	struct text text = { 0 };

	for (size_t i = 0; i < 3; i++) {
		if (i > 0)
			text_putc(&text, '\0');
		text_puts(&text, parts[i]);
	}
	hash_hex(text.p, text.n, hex);
	text_free(&text);
	return arena_dup(arena, hex, ID_DIGITS);
}

void
check_add(struct verdict_list *list, struct verdict *verdict)
{
	verdict->next = NULL;
	if (list->last != NULL)
		list->last->next = verdict;
	else
		list->first = verdict;
	list->last = verdict;
	list->n++;
}
