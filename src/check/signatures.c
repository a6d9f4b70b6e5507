#include <string.h>

#include "check/throughout.h"
#include "check/words.h"

/*
 * Who signs does so by name, on a day and in a function.  Which keys belong
 * together the vocabulary says: `dated` and `function` beside the name.
 */

enum { NAME_WORDS = 4 }; /* a longer line says more than a name */

/* What tells of a function, in small letters, as part of a word. */
static const char *const functions[] = { "abteilung", "advis", "agent", "agenc",
	"amt", "analy", "archit", "arzt", "audit", "author", "beauftr",
	"behörde", "board", "chair", "chef", "chief", "clerk", "commi", "compl",
	"consult", "coordin", "council", "counsel", "court", "delegat",
	"department", "dép", "direct", "direk", "division", "doctor", "dpo",
	"dyrektor", "engineer", "execut", "expert", "founder", "geschäfts",
	"gericht", "group", "guard", "head", "inspect", "inspekt", "jefe",
	"judge", "jurist", "juge", "kierownik", "kommission", "komitee",
	"lawyer", "lead", "legal", "leit", "manag", "member", "minist", "model",
	"nurse", "office", "ombud", "oper", "owner", "partner", "physician",
	"praesid", "prés", "presid", "princip", "privacy", "product", "prokur",
	"prosec", "qualit", "radiolog", "ref", "repres", "respons", "review",
	"richter", "risk", "safety", "scien", "secret", "secur", "sekret",
	"senior", "special", "staff", "super", "team", "technic", "tribunal",
	"trust", "unit", "user", "valid", "vorst", "zespół", "διευθ", "υπεύθ",
	"επιτροπ" };

/* Whether the line parts the name from something: "A. Berg, head of risk". */
static bool
has_parts(const char *text)
{
	return strpbrk(text, ",;:()/|&0123456789") != NULL ||
	    strstr(text, " - ") != NULL || strstr(text, "\xE2\x80\x93") != NULL;
}

static bool
begins_small(const char *word)
{
	return *word >= 'a' && *word <= 'z';
}

/*
 * Whether a line is the name of a person and no more, as far as can be told:
 * a few words with capitals, one of them short like an initial or none that
 * tells of a function.
 */
static bool
is_bare_name(struct arena *arena, const char *text)
{
	const char *folded = words_fold(arena, text);
	size_t n = 0;

	if (has_parts(text))
		return false;
	for (const char *p = text + strspn(text, " "); *p != '\0';
	     p += strspn(p, " ")) {
		if (begins_small(p))
			return false;
		n++;
		p += strcspn(p, " ");
	}
	if (n < 2 || n > NAME_WORDS)
		return false;
	for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++)
		if (strstr(folded, functions[i]) != NULL)
			return false;
	return true;
}

/* Whether an answer counts as one, if only as none or not applicable. */
static bool
is_answered(const struct field *field)
{
	return field != NULL && field->answer != ANSWER_PLACEHOLDER;
}

static bool
is_named(const struct field *field)
{
	return field != NULL && field->answer == ANSWER_GIVEN &&
	    judge_holds(field);
}

/* Say that a key of the section is not given where a name or day stands. */
static void
report_gap(struct judge *judge, const struct field *section,
    const struct term *term, const struct field *beside, struct outcome *out)
{
	struct arena *arena = judge->arena;
	struct outcome part = { .kind = OUTCOME_ABSENT,
		.field = section,
		.term = term,
		.pos = beside->key_pos.line > 0 ? beside->key_pos : beside->pos,
		.value = judge_show(arena, beside),
		.missing = term->label };

	part.path = section->path == NULL || *section->path == '\0' ?
	    term->key :
	    arena_printf(arena, "%s.%s", section->path, term->key);
	if (*part.value == '\0')
		part.value = beside->term->label;
	survey_report(judge, &part, out);
}

/* The key of that name beside a term, or NULL. */
static const struct term *
beside(const struct term *term, const char *key)
{
	const struct term *t = term->parent->first;

	while (t != NULL && strcmp(t->key, key) != 0)
		t = t->next;
	return t;
}

static void
look_at_function(struct judge *judge, const struct field *section,
    const struct field *name, struct outcome *out)
{
	const char *key = name->term->function;
	const struct term *term;
	struct outcome part;

	if (strcmp(key, "within") != 0) {
		term = beside(name->term, key);
		if (term != NULL && !is_answered(survey_child(section, term)))
			report_gap(judge, section, term, name, out);
		return;
	}
	if (name->text == NULL || !is_bare_name(judge->arena, name->text))
		return;
	part = survey_fault(name);
	part.value = judge_show(judge->arena, name);
	part.missing = "function";
	survey_report(judge, &part, out);
}

static void
look_at_signature(struct judge *judge, const struct field *section,
    const struct term *term, struct outcome *out, size_t *n)
{
	const struct field *name = survey_child(section, term), *day = NULL;
	const struct term *dated = beside(term, term->dated);

	if (dated != NULL)
		day = survey_child(section, dated);
	*n += name != NULL || day != NULL;
	if (is_named(name)) {
		if (dated != NULL && !is_answered(day))
			report_gap(judge, section, dated, name, out);
		if (term->function != NULL)
			look_at_function(judge, section, name, out);
	} else if (is_named(day) && !is_answered(name)) {
		report_gap(judge, section, term, day, out);
	}
}

static void
look_at_signatures(struct judge *judge, const struct field *field,
    struct outcome *out, size_t *n)
{
	bool is_section = !field->is_list &&
	    field->term->type == TERM_SECTION && field->answer == ANSWER_GIVEN;

	for (const struct term *t = is_section ? field->term->first : NULL;
	     t != NULL; t = t->next)
		if (t->dated != NULL)
			look_at_signature(judge, field, t, out, n);
	for (const struct field *f = field->first; f != NULL; f = f->next)
		look_at_signatures(judge, f, out, n);
}

void
survey_signatures(struct judge *judge, struct outcome *out, size_t *n)
{
	look_at_signatures(judge, judge->record->top, out, n);
}
