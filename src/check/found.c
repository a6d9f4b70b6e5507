#include "check/found.h"

#include <string.h>

#include "base/num.h"
#include "check/substance.h"

struct substance *
judge_texts(struct judge *judge)
{
	struct record *record = judge->record;

	if (record->substance == NULL)
		record->substance = substance_new(judge->arena, record->top);
	return record->substance;
}

const char *
judge_number_text(struct arena *arena, double number)
{
	char text[NUM_SIZE];

	num_write(number, text);
	return arena_str(arena, text);
}

const char *
judge_date_text(struct arena *arena, date day)
{
	char text[DATE_SIZE];

	date_write(day, text);
	return arena_str(arena, text);
}

const struct field *
judge_want(struct judge *judge, const struct path *path, struct outcome *out)
{
	const struct field *field;
	enum answer answer = judge_look(judge, path, false, out, &field);

	if (answer == ANSWER_GIVEN) {
		if (!field->is_list)
			out->value = judge_show(judge->arena, field);
		return field;
	}
	if (answer == ANSWER_NONE) {
		out->kind = OUTCOME_FAIL;
		out->value = "none";
		out->found = "answered with none";
	}
	return NULL;
}

void
judge_decide(struct judge *judge, bool passes, struct outcome *out)
{
	out->kind = passes ? OUTCOME_PASS : OUTCOME_FAIL;
	if (!passes && out->value != NULL)
		out->found =
		    arena_printf(judge->arena, "found \"%s\"", out->value);
}

enum other
judge_look_other(struct judge *judge, const struct operand *operand,
    struct outcome *other, const struct field **field)
{
	memset(other, 0, sizeof(*other));
	other->path = "";
	*field = judge_want(judge, &operand->path, other);
	if (*field != NULL)
		return OTHER_KNOWN;
	if (other->value != NULL)
		return OTHER_NONE;
	return other->kind == OUTCOME_UNKNOWN ? OTHER_UNKNOWN : OTHER_ABSENT;
}
