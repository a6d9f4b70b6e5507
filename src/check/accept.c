#include "check/parse.h"

#include <string.h>

#include "check/kind.h"

/*
 * Whether what a check asks fits the type of the field it asks it of: the
 * second half of reading a rule.
 */

char
parse_family(enum term_type type)
{
	switch (type) {
	case TERM_NUMBER:
	case TERM_INTEGER:
		return 'n';
	case TERM_DATE:
		return 'd';
	case TERM_BOOL:
		return 'b';
	case TERM_TEXT:
	case TERM_LINE:
	case TERM_SLUG:
	case TERM_CHOICE:
	case TERM_URL:
	case TERM_HASH:
		return 't';
	case TERM_FILE:
	case TERM_SECTION:
		break;
	}
	return 0;
}

static int
refuse(struct parser *parser, const struct check *check, const char *wanted)
{
	return parse_offend(
	    parser, check->pos, "\"%s\" is not %s", check->field.text, wanted);
}

int
accept_prose(struct parser *parser, const struct check *check)
{
	enum term_type type = check->field.term->type;

	if (type == TERM_TEXT || type == TERM_LINE)
		return 0;
	return refuse(parser, check, "a text or a list of texts");
}

int
accept_yes_no(struct parser *parser, const struct check *check)
{
	if (check->field.term->type == TERM_BOOL && !check->field.term->is_list)
		return 0;
	return refuse(parser, check, "a yes-or-no fact");
}

/* Each value must be one that the closed list of the term has. */
static int
values_exist(
    struct parser *parser, const struct check *check, const struct term *term)
{
	int rc = 0;

	if (term->type != TERM_CHOICE)
		return 0;
	for (size_t i = 0; i < check->n_values; i++) {
		const char *word = check->values[i];
		size_t j = 0;

		while (j < term->n_values && strcmp(term->values[j], word) != 0)
			j++;
		if (j < term->n_values)
			continue;
		rc = parse_offend(parser, check->pos,
		    "\"%.60s\" is no value of \"%s\"%s", word, term->path,
		    parse_suggest(parser, word, term->values, term->n_values));
	}
	return rc;
}

int
accept_words(struct parser *parser, const struct check *check)
{
	if (parse_family(check->field.term->type) != 't')
		return refuse(parser, check, "a text or a choice");
	return values_exist(parser, check, check->field.term);
}

int
accept_text(struct parser *parser, const struct check *check)
{
	enum term_type type = check->field.term->type;

	if (parse_family(type) == 't' || type == TERM_FILE)
		return 0;
	return refuse(parser, check, "a text");
}

static int
has_bounds(struct parser *parser, const struct check *check)
{
	if (!check->has_least && !check->has_most)
		return parse_offend(parser, check->pos,
		    "%s needs least or most", check->kind->name);
	if (check->has_least && check->has_most && check->least > check->most)
		return parse_offend(parser, check->pos, "least is above most");
	return 0;
}

int
accept_number(struct parser *parser, const struct check *check)
{
	const struct term *term = check->field.term;

	if (parse_family(term->type) != 'n' || term->is_list)
		return refuse(parser, check, "a number");
	return has_bounds(parser, check);
}

int
accept_date(struct parser *parser, const struct check *check)
{
	const struct operand *ends[] = { &check->others->from,
		&check->others->until };
	const struct term *term = check->field.term;

	if (term->type != TERM_DATE || term->is_list)
		return refuse(parser, check, "a date");
	for (size_t i = 0; i < 2; i++)
		if (ends[i]->kind == OPERAND_PATH &&
		    ends[i]->path.term->type != TERM_DATE)
			return parse_offend(parser, check->pos,
			    "\"%s\" is not a date", ends[i]->text);
	if ((check->plus_days != 0 || check->plus_months != 0) &&
	    check->others->from.kind == OPERAND_NONE &&
	    check->others->until.kind == OPERAND_NONE)
		return parse_offend(parser, check->pos,
		    "plus_days and plus_months need a day to be added to");
	if (check->past != PAST_ANY || check->max_age_months != 0 ||
	    check->max_age_days != 0 ||
	    check->others->from.kind != OPERAND_NONE ||
	    check->others->until.kind != OPERAND_NONE)
		return 0;
	return parse_offend(parser, check->pos,
	    "date needs past, future, max_age, on_or_after or "
	    "on_or_before");
}

int
accept_list(struct parser *parser, const struct check *check)
{
	if (!check->field.term->is_list)
		return refuse(parser, check, "a list");
	return has_bounds(parser, check);
}

int
accept_covers(struct parser *parser, const struct check *check)
{
	const struct term *term =
	    check->key != NULL ? check->key : check->field.term;

	if (!check->field.term->is_list)
		return refuse(parser, check, "a list");
	if (parse_family(term->type) != 't')
		return parse_offend(parser, check->pos,
		    "the items of \"%s\" are no texts: name their key",
		    check->field.text);
	return values_exist(parser, check, term);
}

int
accept_compare(struct parser *parser, const struct check *check)
{
	const struct term *term = check->field.term;
	char family = parse_family(term->type);

	if (family == 0 || term->is_list)
		return refuse(parser, check, "a single value");
	if (check->others->right.kind == OPERAND_PATH &&
	    (check->others->right.path.term->is_list ||
		parse_family(check->others->right.path.term->type) != family))
		return parse_offend(parser, check->pos,
		    "\"%s\" and \"%s\" cannot be compared", check->field.text,
		    check->others->right.text);
	if (check->relation == RELATION_CONTAINING)
		return family == 't' ? 0 : refuse(parser, check, "a text");
	if (check->relation > RELATION_DIFFERENT && family != 'n' &&
	    family != 'd')
		return parse_offend(parser, check->pos,
		    "\"%s\" can only be same or different", check->field.text);
	return 0;
}

int
accept_file(struct parser *parser, const struct check *check)
{
	if (check->field.term->type == TERM_FILE)
		return 0;
	return refuse(parser, check, "an evidence file");
}

int
accept_ref(struct parser *parser, const struct check *check)
{
	if (parse_family(check->field.term->type) != 't')
		return refuse(parser, check, "a text");
	if (parse_family(check->key->type) != 't' || check->key->is_list)
		return parse_offend(parser, check->pos, "\"%s\" is not a text",
		    check->key->path);
	return 0;
}

static bool
ends_with(const char *key, const char *end)
{
	size_t n = strlen(key), m = strlen(end);

	return n > m && strcmp(key + n - m, end) == 0;
}

int
accept_manual(struct parser *parser, const struct check *check)
{
	const struct term *term = check->field.term;
	bool has_by = false, has_on = false;

	if (term->type != TERM_SECTION || term->is_list)
		return refuse(parser, check, "a section");
	for (const struct term *t = term->first; t != NULL; t = t->next) {
		has_by = has_by || ends_with(t->key, KEY_BY);
		has_on = has_on || ends_with(t->key, KEY_ON);
	}
	if (has_by && has_on)
		return 0;
	return parse_offend(parser, check->pos,
	    "\"%s\" has no keys that end in %s and %s: nobody can sign it",
	    check->field.text, KEY_BY, KEY_ON);
}
