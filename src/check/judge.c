#include "check/judge.h"

#include <string.h>

#include "base/num.h"
#include "base/text.h"
#include "check/kind.h"
#include "check/parse.h"

enum { SHOWN_MAX = 80 }; /* bytes of a value in a message */

void
judge_open(
    struct judge *judge, struct record *record, const struct policy *policy)
{
	memset(judge, 0, sizeof(*judge));
	judge->record = record;
	judge->policy = policy;
	judge->arena = &record->arena;
	judge->diags = &record->diags;
	judge->item = record->top;
	judge->turns_on = DATE_NONE;
}

void
judge_turn(struct judge *judge, date day)
{
	if (day > judge->policy->as_of &&
	    (judge->turns_on == DATE_NONE || day < judge->turns_on))
		judge->turns_on = day;
}

void
judge_check(struct judge *judge, const struct check *check, struct outcome *out)
{
	memset(out, 0, sizeof(*out));
	out->path = "";
	check->kind->evaluate(judge, check, out);
	if (judge->in_when && check->first == NULL && judge->against != NULL &&
	    out->term == judge->against && out->kind == OUTCOME_PASS)
		judge->against_pos = out->pos;
}

bool
outcome_is_open(enum outcome_kind kind)
{
	return kind >= OUTCOME_NEAR;
}

void
judge_collect(struct judge *judge, const struct outcome *outcome)
{
	struct outcome *copy = arena_alloc(judge->arena, sizeof(*copy));

	*copy = *outcome;
	copy->next = NULL;
	copy->is_collected = true;
	if (judge->last != NULL)
		judge->last->next = copy;
	else
		judge->first = copy;
	judge->last = copy;
}

bool
judge_holds(const struct field *field)
{
	if (field->answer == ANSWER_PLACEHOLDER ||
	    field->answer == ANSWER_INVALID)
		return false;
	if (field->answer != ANSWER_GIVEN)
		return true;
	if (!field->is_list && field->term->type != TERM_SECTION)
		return true;
	for (const struct field *f = field->first; f != NULL; f = f->next)
		if (judge_holds(f))
			return true;
	return false;
}

/* Whether nothing below says something because it could not be used. */
static bool
is_spoilt(const struct field *field)
{
	if (field->answer == ANSWER_INVALID)
		return true;
	for (const struct field *f = field->first; f != NULL; f = f->next)
		if (is_spoilt(f))
			return true;
	return false;
}

/* Cut at a character, so that a message stays a line. */
static const char *
shorten(struct arena *arena, const char *text)
{
	size_t n = strlen(text);

	if (n <= SHOWN_MAX)
		return text;
	n = SHOWN_MAX;
	while (n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80)
		n--;
	return arena_printf(arena, "%.*s...", (int)n, text);
}

const char *
judge_show(struct arena *arena, const struct field *field)
{
	char number[NUM_SIZE];

	if (field->text != NULL)
		return shorten(arena, field->text);
	if (parse_family(field->term->type) == 'n') {
		num_write(field->number, number);
		return arena_str(arena, number);
	}
	if (parse_family(field->term->type) == 'b')
		return field->number > 0 ? "yes" : "no";
	return "";
}

static struct pos
place_of(const struct judge *judge, const struct sight *sight, bool is_found)
{
	const struct field *field = sight->nearest;

	if (is_found && field->pos.line > 0)
		return field->pos;
	while (field != NULL) {
		if (field->key_pos.line > 0)
			return field->key_pos;
		if (field->pos.line > 0)
			return field->pos;
		field = field->parent;
	}
	return (struct pos){ judge->record->file, 1, 1 };
}

static void
settle_absent(struct judge *judge, bool is_question, struct outcome *out)
{
	if (is_question)
		out->kind = judge->in_when || judge->in_not ? OUTCOME_FAIL :
							      OUTCOME_ABSENT;
	else
		out->kind = judge->in_when ? OUTCOME_UNKNOWN : OUTCOME_ABSENT;
	if (out->kind == OUTCOME_UNKNOWN)
		out->reason = arena_printf(
		    judge->arena, "\"%s\" is not on file", out->term->label);
}

const char *
judge_unsigned(const struct field *field)
{
	if (field->answer != ANSWER_NOT_APPLICABLE)
		return NULL;
	if (field->reason == NULL || *field->reason == '\0')
		return "reason";
	if (field->decided_by == NULL || *field->decided_by == '\0')
		return "decided_by";
	return field->decided_on == DATE_NONE ? "decided_on" : NULL;
}

/* "Not applicable" counts only with a reason, a name and a date. */
static void
settle_not_applicable(struct judge *judge, const struct field *field,
    bool is_question, struct outcome *out)
{
	char day[DATE_SIZE];
	const char *lack = judge_unsigned(field);

	if (lack != NULL) {
		settle_absent(judge, is_question, out);
		out->reason = arena_printf(judge->arena,
		    "\"not applicable\" needs the key \"%s\"", lack);
		return;
	}
	date_write(field->decided_on, day);
	out->kind = OUTCOME_NOT_APPLICABLE;
	out->reason = arena_printf(judge->arena,
	    "not applicable: %s (decided by %s on %s)",
	    shorten(judge->arena, field->reason), field->decided_by, day);
}

/*
 * Whether the key is one that its section must have, and the section is there:
 * then the reader has asked for it.
 */
static bool
is_asked_by_reader(const struct term *term, const struct sight *sight)
{
	const struct field *section =
	    sight->field != NULL ? sight->field->parent : sight->nearest;

	return term->is_required && section != NULL &&
	    section->answer == ANSWER_GIVEN && section->term == term->parent &&
	    !section->is_list;
}

/* What is there but empty, or unusable, counts as what it holds. */
static enum answer
answer_of(const struct field *field)
{
	if (field == NULL)
		return ANSWER_PLACEHOLDER;
	if (field->answer != ANSWER_GIVEN || judge_holds(field))
		return field->answer;
	return is_spoilt(field) ? ANSWER_INVALID : ANSWER_PLACEHOLDER;
}

enum answer
judge_look(struct judge *judge, const struct path *path, bool is_question,
    struct outcome *out, const struct field **field)
{
	struct sight sight = path_follow(path, judge->record->top, judge->item);
	enum answer answer = answer_of(sight.field);

	*field = sight.field;
	out->term = path->term;
	out->field = sight.nearest;
	out->path = path_show(judge->arena, path, &sight);
	out->pos = place_of(judge, &sight, sight.field != NULL);
	switch (answer) {
	case ANSWER_GIVEN:
	case ANSWER_NONE:
		break;
	case ANSWER_PLACEHOLDER:
		settle_absent(judge, is_question, out);
		out->is_reported = is_asked_by_reader(path->term, &sight);
		if (sight.field != NULL && sight.field->text != NULL &&
		    *sight.field->text != '\0')
			out->reason = arena_printf(judge->arena,
			    "\"%s\" is a placeholder",
			    judge_show(judge->arena, sight.field));
		break;
	case ANSWER_NOT_APPLICABLE:
		settle_not_applicable(judge, sight.field, is_question, out);
		break;
	case ANSWER_INVALID:
		out->kind = OUTCOME_UNKNOWN;
		out->is_reported = true;
		out->reason = arena_printf(judge->arena,
		    "\"%s\" could not be read: see its own finding",
		    path->term->label);
		break;
	}
	return answer;
}

/* Among several, the outcome that decides: how much each weighs. */
static int
weight_in_all(enum outcome_kind kind)
{
	return kind == OUTCOME_ABSENT ? (int)OUTCOME_FAIL : (int)kind;
}

/*
 * In `any` a part that rules something out is rather a condition of the others
 * ("unless the kind is general"), so it is the last to be pointed at.
 */
static int
weight_in_any(const struct outcome *outcome)
{
	static const int weights[] = {
		[OUTCOME_NOT_APPLICABLE] = 0,
		[OUTCOME_ABSENT] = 2,
		[OUTCOME_FAIL] = 3,
		[OUTCOME_UNKNOWN] = 4,
		[OUTCOME_MANUAL] = 5,
		[OUTCOME_ERROR] = 6,
		[OUTCOME_NEAR] = 7,
		[OUTCOME_PASS] = 8,
	};

	return outcome->is_guard ? 1 : weights[outcome->kind];
}

/* Of equals the first; of failures the last, behind its conditions. */
static bool
outweighs_in_any(const struct outcome *part, const struct outcome *best)
{
	int a = weight_in_any(part), b = weight_in_any(best);

	return a > b ||
	    (a == b && part->kind == OUTCOME_FAIL && !part->is_guard);
}

/* Join the labels of what is absent, for {missing}. */
static void
add_missing(struct judge *judge, const struct outcome *part, const char *join,
    const char **missing)
{
	const char *name = part->missing;

	if (part->kind != OUTCOME_ABSENT || part->is_collected)
		return;
	if (name == NULL)
		name = part->term != NULL ? part->term->label : "";
	*missing = *missing == NULL ?
	    name :
	    arena_printf(judge->arena, "%s%s%s", *missing, join, name);
}

void
judge_all(struct judge *judge, const struct check *check, struct outcome *out)
{
	const char *missing = NULL;
	struct outcome part;
	size_t n_absent = 0;

	out->kind = OUTCOME_NOT_APPLICABLE;
	for (const struct check *c = check->first; c != NULL; c = c->next) {
		judge_check(judge, c, &part);
		add_missing(judge, &part, ", ", &missing);
		n_absent += part.kind == OUTCOME_ABSENT;
		if (c == check->first ||
		    weight_in_all(part.kind) > weight_in_all(out->kind) ||
		    (weight_in_all(part.kind) == weight_in_all(out->kind) &&
			out->is_collected && !part.is_collected))
			*out = part;
	}
	if (out->kind != OUTCOME_ABSENT)
		return;
	out->missing = missing;
	out->is_joint = n_absent > 1;
}

void
judge_any(struct judge *judge, const struct check *check, struct outcome *out)
{
	bool collects = judge->collects;
	const char *missing = NULL, *value = NULL;
	struct outcome part;

	judge->collects = false;
	for (const struct check *c = check->first; c != NULL; c = c->next) {
		judge_check(judge, c, &part);
		add_missing(judge, &part, " or ", &missing);
		value = value != NULL ? value : part.value;
		if (c == check->first || outweighs_in_any(&part, out))
			*out = part;
		if (out->kind == OUTCOME_PASS)
			break;
	}
	judge->collects = collects;
	out->value = out->value != NULL ? out->value : value;
	if (out->kind == OUTCOME_ABSENT)
		out->missing = missing;
}

void
judge_not(struct judge *judge, const struct check *check, struct outcome *out)
{
	bool in_not = judge->in_not, collects = judge->collects;

	judge->in_not = true;
	judge->collects = false;
	judge_check(judge, check->first, out);
	judge->in_not = in_not;
	judge->collects = collects;
	if (out->kind == OUTCOME_FAIL)
		out->kind = OUTCOME_PASS;
	else if (out->kind == OUTCOME_PASS || out->kind == OUTCOME_NEAR)
		out->kind = OUTCOME_FAIL;
	out->is_guard = out->kind == OUTCOME_FAIL;
	out->reason = out->kind == OUTCOME_FAIL ? NULL : out->reason;
	out->found = NULL;
}

/* Judge one item; where nothing but the item is known, point at it. */
static void
judge_item(struct judge *judge, const struct check *check,
    const struct field *item, struct outcome *out)
{
	const struct field *outer = judge->item;

	judge->item = item;
	judge_check(judge, check, out);
	judge->item = outer;
	if (*out->path != '\0' || out->is_collected)
		return;
	out->field = item;
	out->path = item->path;
	out->pos = item->pos;
}

/*
 * Whether the check is about the item: 1, 0, or -1 when a fact that decides it
 * is absent, which out tells.
 */
static int
is_meant(struct judge *judge, const struct check *check,
    const struct field *item, struct outcome *out)
{
	bool in_when = judge->in_when, collects = judge->collects;

	if (check->where == NULL)
		return 1;
	judge->in_when = true;
	judge->collects = false;
	judge_item(judge, check->where, item, out);
	judge->in_when = in_when;
	judge->collects = collects;
	switch (out->kind) {
	case OUTCOME_PASS:
	case OUTCOME_NEAR:
		return 1;
	case OUTCOME_NOT_APPLICABLE:
	case OUTCOME_ABSENT:
	case OUTCOME_FAIL:
		return 0;
	case OUTCOME_UNKNOWN:
	case OUTCOME_MANUAL:
	case OUTCOME_ERROR:
		break;
	}
	return -1;
}

/* Judge the items; each that fails becomes an outcome of its own. */
static void
judge_items(struct judge *judge, const struct check *check,
    const struct field *list, struct outcome *out)
{
	struct outcome part;

	out->kind = OUTCOME_PASS;
	for (const struct field *item = list->first; item != NULL;
	     item = item->next) {
		int meant = is_meant(judge, check, item, &part);

		if (meant == 1)
			judge_item(judge, check->first, item, &part);
		if (meant == 0 || !outcome_is_open(part.kind))
			continue;
		if (judge->collects && !part.is_collected) {
			judge_collect(judge, &part);
			part.is_collected = true;
		}
		if (weight_in_all(part.kind) > weight_in_all(out->kind))
			*out = part;
	}
}

/*
 * Of a list that is absent nothing fails: as a condition that holds.  As a
 * duty it would let an empty record pass, so there it is not provided.
 */
void
judge_each(struct judge *judge, const struct check *check, struct outcome *out)
{
	bool is_condition = judge->in_when || judge->in_not;
	const struct field *list;
	enum answer answer =
	    judge_look(judge, &check->field, false, out, &list);

	if (answer == ANSWER_GIVEN) {
		judge_items(judge, check, list, out);
		return;
	}
	if (answer == ANSWER_NONE)
		out->reason = arena_printf(judge->arena,
		    "there are no entries of \"%s\"", out->term->label);
	if (answer == ANSWER_NONE)
		out->kind = OUTCOME_NOT_APPLICABLE;
	if (is_condition &&
	    (answer == ANSWER_NONE || answer == ANSWER_PLACEHOLDER))
		out->kind = OUTCOME_PASS;
}

void
judge_condition(
    struct judge *judge, const struct check *check, struct outcome *out)
{
	const struct field *item = judge->item;

	judge->item = NULL;
	judge_check(judge, check->first, out);
	judge->item = item;
}
