#include "base/diag.h"

#include <stdarg.h>
#include <stdio.h>

static const struct {
	const char *name;
	enum diag_severity severity;
	const char *sentence;
} table[] = {
#define DIAG_ROW(id, severity, sentence) { #id, DIAG_##severity, sentence },
	DIAG_TABLE(DIAG_ROW)
#undef DIAG_ROW
};

void
diag_add(struct diag_list *list, enum diag_id id, struct pos pos,
    const char *format, ...)
{
	struct diag *diag = arena_alloc(list->arena, sizeof(*diag));
	va_list args;
	char *detail;
	int n;

	va_start(args, format);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	detail = arena_alloc(list->arena, n > 0 ? (size_t)n + 1 : 1);
	va_start(args, format);
	vsnprintf(detail, n > 0 ? (size_t)n + 1 : 1, format, args);
	va_end(args);
	*diag = (struct diag){ id, pos, detail, NULL };
	if (list->last != NULL)
		list->last->next = diag;
	else
		list->first = diag;
	list->last = diag;
	list->n++;
	if (diag_severity(id) == DIAG_ERROR)
		list->n_errors++;
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
