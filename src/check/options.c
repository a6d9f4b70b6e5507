#include <string.h>

#include "base/num.h"
#include "check/parse.h"

/* The readers of the options that checks have, in the table of kinds.c. */

enum { WORDS_MOST = 1000, MONTHS_MOST = 600, DAYS_MOST = 36600 };

int
option_field(
    struct parser *parser, const struct value *value, struct check *out)
{
	return parse_path(parser, value, &out->field);
}

/* Whether the text names a field from here; says nothing when it does not. */
static bool
names_field(struct parser *parser, const struct value *value, struct path *out)
{
	return path_compile(out, parser->arena, &parser->scope, value->text,
		   value->pos, NULL) == 0;
}

int
option_list(struct parser *parser, const struct value *value, struct check *out)
{
	struct path_scope scope = parser->scope;
	struct path *list;
	int rc;

	if (parse_text(parser, value) == NULL)
		return -1;
	list = &parse_others(parser, out)->list;
	/* What a reference points at mostly stands outside the item. */
	if (value->text[0] != '/' && !names_field(parser, value, list))
		parser->scope.item = NULL;
	rc = parse_path(parser, value, list);
	parser->scope = scope;
	if (rc == 0 && !list->term->is_list)
		return parse_offend(
		    parser, value->pos, "\"%s\" is not a list", value->text);
	return rc;
}

int
option_key(struct parser *parser, const struct value *value, struct check *out)
{
	const struct path *list =
	    out->others->list.term != NULL ? &out->others->list : &out->field;
	struct path_scope scope = { parser->scope.vocabulary, list->term,
		false };
	const char *text = parse_text(parser, value);
	struct path path;

	if (text == NULL ||
	    path_compile(&path, parser->arena, &scope, text, value->pos,
		parser->diags) == -1)
		return -1;
	if (path.n != 1)
		return parse_offend(
		    parser, value->pos, "one key of the items is wanted");
	out->key = path.term;
	return 0;
}

int
option_values(
    struct parser *parser, const struct value *value, struct check *out)
{
	return parse_words(parser, value, &out->values, &out->n_values);
}

int
option_words(
    struct parser *parser, const struct value *value, struct check *out)
{
	int words = 0;

	if (parse_count(parser, value, 1, WORDS_MOST, &words) == -1)
		return -1;
	out->words = (size_t)words;
	return 0;
}

int
option_pattern(
    struct parser *parser, const struct value *value, struct check *out)
{
	const char *text = parse_text(parser, value);

	if (text == NULL)
		return -1;
	out->pattern =
	    pattern_compile(parser->arena, text, value->pos, parser->diags);
	return out->pattern != NULL ? 0 : -1;
}

int
option_means(
    struct parser *parser, const struct value *value, struct check *out)
{
	out->means = parse_text(parser, value);
	return out->means != NULL ? 0 : -1;
}

static int
take_number(struct parser *parser, const struct value *value, double *out)
{
	const char *text = parse_text(parser, value);

	if (text == NULL)
		return -1;
	if (num_read(text, value->len, out))
		return 0;
	return parse_offend(
	    parser, value->pos, "not a number: \"%.40s\"", text);
}

int
option_least(
    struct parser *parser, const struct value *value, struct check *out)
{
	out->has_least = true;
	return take_number(parser, value, &out->least);
}

int
option_most(struct parser *parser, const struct value *value, struct check *out)
{
	out->has_most = true;
	return take_number(parser, value, &out->most);
}

static int
take_yes_no(struct parser *parser, const struct value *value, bool *out)
{
	static const char *const words[] = { "yes", "true", "no", "false" };
	const char *text = parse_text(parser, value);
	size_t i = 0;

	if (text == NULL)
		return -1;
	while (i < 4 && strcmp(text, words[i]) != 0)
		i++;
	*out = i < 2;
	if (i < 4)
		return 0;
	return parse_offend(
	    parser, value->pos, "yes or no is wanted, not \"%.40s\"", text);
}

int
option_past(struct parser *parser, const struct value *value, struct check *out)
{
	bool yes = false;
	int rc = take_yes_no(parser, value, &yes);

	out->past = yes ? PAST_YES : PAST_NO;
	return rc;
}

int
option_future(
    struct parser *parser, const struct value *value, struct check *out)
{
	bool yes = false;
	int rc = take_yes_no(parser, value, &yes);

	if (out->past != PAST_ANY)
		return parse_offend(parser, value->pos,
		    "past and future say the same: give one of them");
	out->past = yes ? PAST_NO : PAST_YES;
	return rc;
}

int
option_max_age(
    struct parser *parser, const struct value *value, struct check *out)
{
	if (value->text != NULL && strcmp(value->text, "policy") == 0) {
		out->max_age_months = MAX_AGE_POLICY;
		return 0;
	}
	return parse_count(parser, value, 1, MONTHS_MOST, &out->max_age_months);
}

int
option_max_age_days(
    struct parser *parser, const struct value *value, struct check *out)
{
	return parse_count(parser, value, 1, DAYS_MOST, &out->max_age_days);
}

int
option_plus_days(
    struct parser *parser, const struct value *value, struct check *out)
{
	return parse_count(parser, value, 1, DAYS_MOST, &out->plus_days);
}

int
option_plus_months(
    struct parser *parser, const struct value *value, struct check *out)
{
	return parse_count(parser, value, 1, MONTHS_MOST, &out->plus_months);
}

static bool
is_choice(const struct term *term, const char *word)
{
	for (size_t i = 0; i < term->n_values; i++)
		if (strcmp(term->values[i], word) == 0)
			return true;
	return false;
}

/* A literal of the family of the term: 0, or -1 without a word. */
static int
literal(const struct term *term, const struct value *value, struct operand *out)
{
	char family = parse_family(term->type);

	if (family == 'n')
		return num_read(value->text, value->len, &out->number) ? 0 : -1;
	if (family == 'd')
		return date_read(value->text, value->len, &out->day) ? 0 : -1;
	if (family == 'b') {
		out->number = strcmp(value->text, "yes") == 0;
		return out->number > 0 || strcmp(value->text, "no") == 0 ? 0 :
									   -1;
	}
	if (family != 't')
		return -1;
	if (term->type == TERM_CHOICE)
		return is_choice(term, value->text) ? 0 : -1;
	return value->quoted || strpbrk(value->text, "._/") == NULL ? 0 : -1;
}

/*
 * A path or a literal.  A word of the left side's closed list is a literal;
 * what names a field is a path; of the rest, what the left side's type can
 * hold is a literal.  A text literal with dots must be quoted, so that a
 * misspelt path is never taken for one.
 */
static int
take_operand(struct parser *parser, const struct term *term,
    const struct value *value, struct operand *out)
{
	const char *text = parse_text(parser, value);

	if (text == NULL || term == NULL)
		return -1;
	out->text = text;
	if (!is_choice(term, text) && !value->quoted &&
	    names_field(parser, value, &out->path)) {
		out->kind = OPERAND_PATH;
		return 0;
	}
	if (literal(term, value, out) == 0) {
		out->kind = OPERAND_VALUE;
		return 0;
	}
	if (term->type == TERM_CHOICE && strpbrk(text, "./_") == NULL)
		return parse_offend(parser, value->pos,
		    "\"%.60s\" is no value of \"%s\"%s", text, term->path,
		    parse_suggest(parser, text, term->values, term->n_values));
	if (*text >= '0' && *text <= '9')
		return parse_offend(parser, value->pos,
		    "\"%.40s\" is no value that \"%s\" could have", text,
		    term->path);
	out->kind = OPERAND_PATH;
	return parse_path(parser, value, &out->path);
}

int
option_from(struct parser *parser, const struct value *value, struct check *out)
{
	return take_operand(
	    parser, out->field.term, value, &parse_others(parser, out)->from);
}

int
option_until(
    struct parser *parser, const struct value *value, struct check *out)
{
	return take_operand(
	    parser, out->field.term, value, &parse_others(parser, out)->until);
}

static const char *const relation_words[] = { "same", "different", "below",
	"above", "at-most", "at-least", "containing" };

enum { RELATIONS = sizeof(relation_words) / sizeof(relation_words[0]) };

int
option_relation(
    struct parser *parser, const struct value *value, struct check *out)
{
	const char *text = parse_text(parser, value);
	size_t i = 0;

	if (text == NULL)
		return -1;
	while (i < RELATIONS && strcmp(text, relation_words[i]) != 0)
		i++;
	if (i == RELATIONS)
		return parse_offend(parser, value->pos,
		    "unknown relation \"%.40s\"%s", text,
		    parse_suggest(parser, text, relation_words, RELATIONS));
	out->relation = (enum relation)i;
	return 0;
}

int
option_right(
    struct parser *parser, const struct value *value, struct check *out)
{
	return take_operand(
	    parser, out->field.term, value, &parse_others(parser, out)->right);
}

/* A check on the items of the list in out->field. */
static struct check *
parse_on_items(
    struct parser *parser, const struct value *value, const struct check *out)
{
	struct path_scope scope = parser->scope;
	struct check *check;

	if (!out->field.term->is_list) {
		parse_offend(parser, value->pos,
		    "each needs a list: \"%s\" is none", out->field.text);
		return NULL;
	}
	parser->scope.item = out->field.term;
	check = parse_check(parser, value);
	parser->scope = scope;
	return check;
}

int
option_check(
    struct parser *parser, const struct value *value, struct check *out)
{
	out->first = parse_on_items(parser, value, out);
	return out->first != NULL ? 0 : -1;
}

int
option_where(
    struct parser *parser, const struct value *value, struct check *out)
{
	out->where = parse_on_items(parser, value, out);
	return out->where != NULL ? 0 : -1;
}
