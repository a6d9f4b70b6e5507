#include "base/diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
	const char *name;
	enum diag_severity severity;
	const char *sentence;
	const char *remedy;
} table[] = {
#define DIAG_ROW(id, severity, sentence, remedy)                               \
	{ #id, DIAG_##severity, sentence, remedy },
	DIAG_TABLE(DIAG_ROW)
#undef DIAG_ROW
};

void
diag_keep(struct diag_list *list, struct diag *diag)
{
	if (list->last != NULL)
		list->last->next = diag;
	else
		list->first = diag;
	list->last = diag;
	list->n++;
	if (diag_severity(diag->id) == DIAG_ERROR)
		list->n_errors++;
}

/* The list is full: say so once, where the first entry is left out. */
static void
stop(struct diag_list *list, struct pos pos)
{
	struct diag *diag;

	if (list->n > list->limit)
		return;
	diag = arena_alloc(list->arena, sizeof(*diag));
	*diag = (struct diag){ DIAG_FINDINGS, pos,
		arena_printf(list->arena, "%zu", list->limit), NULL };
	diag_keep(list, diag);
}

void
diag_add(struct diag_list *list, enum diag_id id, struct pos pos,
    const char *format, ...)
{
	struct diag *diag;
	va_list args;
	char *detail;
	int n;

	if (list->limit > 0 && list->n >= list->limit) {
		stop(list, pos);
		return;
	}
	diag = arena_alloc(list->arena, sizeof(*diag));
	va_start(args, format);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	detail = arena_alloc(list->arena, n > 0 ? (size_t)n + 1 : 1);
	va_start(args, format);
	vsnprintf(detail, n > 0 ? (size_t)n + 1 : 1, format, args);
	va_end(args);
	*diag = (struct diag){ id, pos, detail, NULL };
	diag_keep(list, diag);
}

const char *
diag_name(enum diag_id id)
{
	return table[id].name;
}

const char *
diag_sentence(enum diag_id id)
{
	return table[id].sentence;
}

const char *
diag_remedy(enum diag_id id)
{
	return table[id].remedy;
}

enum diag_id
diag_of_name(const char *name)
{
	int id = 0;

	while (id < DIAG_COUNT && strcmp(table[id].name, name) != 0)
		id++;
	return (enum diag_id)id;
}

enum diag_severity
diag_severity(enum diag_id id)
{
	return table[id].severity;
}

const char *
diag_severity_word(enum diag_severity severity)
{
	static const char *const words[] = { "note", "warning", "error" };

	return words[severity];
}
