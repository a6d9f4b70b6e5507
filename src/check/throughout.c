#include "check/throughout.h"

#include <stdlib.h>
#include <string.h>

#include "check/found.h"
#include "check/parse.h"
#include "check/sentence.h"
#include "check/substance.h"

static const struct survey surveys[] = {
	{ "dates", "no day of what has happened lies in the future",
	    "a day of what has happened lies in the future", survey_dates },
	{ "signatures", "whoever signs is named with day and function",
	    "somebody signs without name, day or function", survey_signatures },
	{ "names", "no two entries of a list are called the same",
	    "two entries of a list are called the same", survey_names },
	{ "copies", "no text is nearly that of another point",
	    "a text is nearly that of another point", survey_copies },
	{ "noise", "no text is there only to fill a field",
	    "a text is there only to fill a field", survey_noise },
};

enum { SURVEYS = sizeof(surveys) / sizeof(surveys[0]) };

int
option_survey(
    struct parser *parser, const struct value *value, struct check *out)
{
	const char *text = parse_text(parser, value);
	const char *names[SURVEYS];

	if (text == NULL)
		return -1;
	for (size_t i = 0; i < SURVEYS; i++) {
		names[i] = surveys[i].name;
		if (strcmp(names[i], text) == 0)
			out->survey = &surveys[i];
	}
	if (out->survey != NULL)
		return 0;
	return parse_offend(parser, value->pos,
	    "nothing called \"%.40s\" is asked throughout%s", text,
	    parse_suggest(parser, text, names, SURVEYS));
}

void
judge_throughout(
    struct judge *judge, const struct check *check, struct outcome *out)
{
	size_t n = 0;

	out->kind = OUTCOME_PASS;
	check->survey->run(judge, out, &n);
	if (n > 0)
		return;
	out->kind = OUTCOME_NOT_APPLICABLE;
	out->reason = "there is nothing of the kind on file";
}

void
say_throughout(const struct check *check, bool negated, struct text *text)
{
	text_puts(text, negated ? check->survey->denies : check->survey->says);
}

void
survey_report(struct judge *judge, struct outcome *part, struct outcome *out)
{
	if (judge->collects) {
		judge_collect(judge, part);
		part->is_collected = true;
	}
	if (out->kind == OUTCOME_PASS)
		*out = *part;
}

const struct field *
survey_child(const struct field *section, const struct term *term)
{
	const struct field *f = section->first;

	while (f != NULL && f->term != term)
		f = f->next;
	return f;
}

struct outcome
survey_fault(const struct field *field)
{
	return (struct outcome){ .kind = OUTCOME_FAIL,
		.field = field,
		.term = field->term,
		.path = field->path,
		.pos = field->pos };
}

static void
look_at_day(struct judge *judge, const struct field *field, date day,
    struct outcome *out)
{
	struct outcome part = survey_fault(field);

	judge_turn(judge, day);
	if (day <= judge->policy->as_of)
		return;
	part.value = judge_date_text(judge->arena, day);
	survey_report(judge, &part, out);
}

static void
look_at_days(struct judge *judge, const struct field *field,
    struct outcome *out, size_t *n)
{
	if (field->answer == ANSWER_NOT_APPLICABLE &&
	    field->decided_on != DATE_NONE) {
		++*n;
		look_at_day(judge, field, field->decided_on, out);
	} else if (field->answer == ANSWER_GIVEN &&
	    field->term->tense == TENSE_PAST && !field->is_list) {
		++*n;
		look_at_day(judge, field, field->day, out);
	}
	for (const struct field *f = field->first; f != NULL; f = f->next)
		look_at_days(judge, f, out, n);
}

void
survey_dates(struct judge *judge, struct outcome *out, size_t *n)
{
	look_at_days(judge, judge->record->top, out, n);
}

/* An item and what it is called. */
struct called {
	const struct field *field;
	size_t order;
};

static int
by_name(const void *a, const void *b)
{
	const struct called *x = a, *y = b;
	int order = strcmp(x->field->text, y->field->text);

	return order != 0 ? order :
			    (x->order > y->order) - (x->order < y->order);
}

/* The names of a list's items under a key, sorted; *n of them. */
static struct called *
names_of(struct judge *judge, const struct field *list, const struct term *term,
    size_t *n)
{
	struct called *names =
	    arena_array(judge->arena, list->n, sizeof(*names));

	*n = 0;
	for (const struct field *f = list->first; f != NULL; f = f->next) {
		const struct field *name = survey_child(f, term);

		if (name == NULL || name->answer != ANSWER_GIVEN ||
		    name->text == NULL)
			continue;
		names[*n] = (struct called){ name, *n };
		++*n;
	}
	if (*n > 0)
		qsort(names, *n, sizeof(*names), by_name);
	return names;
}

/* Items called the same stand side by side; each but the first is at fault. */
static void
compare_names(struct judge *judge, const struct field *list,
    const struct term *term, struct outcome *out, size_t *n)
{
	size_t count, first = 0;
	struct called *names = names_of(judge, list, term, &count);

	*n += count;
	for (size_t i = 1; i < count; i++) {
		struct outcome part = survey_fault(names[i].field);

		if (strcmp(names[i].field->text, names[first].field->text) !=
		    0) {
			first = i;
			continue;
		}
		part.value = judge_show(judge->arena, names[i].field);
		part.other_pos = names[first].field->pos;
		survey_report(judge, &part, out);
	}
}

static void
look_at_names(struct judge *judge, const struct field *field,
    struct outcome *out, size_t *n)
{
	if (field->is_list && field->term->type == TERM_SECTION)
		for (const struct term *t = field->term->first; t != NULL;
		     t = t->next)
			if (t->is_unique)
				compare_names(judge, field, t, out, n);
	for (const struct field *f = field->first; f != NULL; f = f->next)
		look_at_names(judge, f, out, n);
}

void
survey_names(struct judge *judge, struct outcome *out, size_t *n)
{
	look_at_names(judge, judge->record->top, out, n);
}

void
survey_noise(struct judge *judge, struct outcome *out, size_t *n)
{
	struct substance *substance = judge_texts(judge);
	const struct substance_text *texts = substance_texts(substance, n);

	for (size_t i = 0; i < *n; i++) {
		const struct field *field = texts[i].field;
		struct outcome part = survey_fault(field);

		part.reason = substance_noise(substance, i);
		if (part.reason == NULL)
			continue;
		part.value = judge_show(judge->arena, field);
		survey_report(judge, &part, out);
	}
}
