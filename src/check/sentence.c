#include "check/sentence.h"

#include <ctype.h>
#include <string.h>

#include "base/date.h"
#include "base/num.h"
#include "check/kind.h"
#include "model/figure.h"

/* Subject and verb: "Data sets" is not. */
static void
put_is(const struct check *check, bool negated, struct text *text)
{
	sentence_put_field(&check->field, check->item, text);
	text_puts(text, negated ? " is not " : " is ");
}

/* Subject and a regular verb: "Purpose" says, does not say. */
static void
put_does(const struct check *check, bool negated, const char *verb,
    struct text *text)
{
	sentence_put_field(&check->field, check->item, text);
	text_printf(text, negated ? " does not %s " : " %ss ", verb);
}

static void
put_number(struct text *text, double number)
{
	char out[NUM_SIZE];

	num_write(number, out);
	text_puts(text, out);
}

static bool
has_value(const struct check *check, const char *word)
{
	for (size_t i = 0; i < check->n_values; i++)
		if (strcmp(check->values[i], word) == 0)
			return true;
	return false;
}

/*
 * "a, b or c" with the reader's words: those of the check, or all others, in
 * the order of the vocabulary.
 */
static void
put_values(const struct check *check, const struct term *term, bool others,
    const char *join, struct text *text)
{
	size_t left =
	    others ? term->n_values - check->n_values : check->n_values;
	bool begun = false;

	for (size_t i = 0; i < term->n_values; i++) {
		if (has_value(check, term->values[i]) == others)
			continue;
		if (begun)
			text_puts(text, left == 1 ? join : ", ");
		text_printf(text, "\"%s\"", term->value_labels[i]);
		begun = true;
		left--;
	}
}

void
say_present(const struct check *check, bool negated, struct text *text)
{
	put_is(check, negated, text);
	text_puts(text, sentence_given(check->field.term));
}

void
say_substance(const struct check *check, bool negated, struct text *text)
{
	put_does(check, negated, "say", text);
	text_printf(text, "at least %zu %s of substance", check->words,
	    check->words == 1 ? "word" : "words");
}

static void
say_fact(const struct check *check, bool yes, struct text *text)
{
	text_printf(text, "the answer to \"%s\" is %s",
	    check->field.term->label, yes ? "yes" : "no");
}

void
say_yes(const struct check *check, bool negated, struct text *text)
{
	say_fact(check, !negated, text);
}

void
say_no(const struct check *check, bool negated, struct text *text)
{
	say_fact(check, negated, text);
}

/*
 * Where nearly every word is meant, those that are not say it shorter:
 * "something other than None", "nothing but None".
 */
static bool
is_better_as_rest(const struct check *check, const struct term *term)
{
	size_t rest = term->n_values - check->n_values;

	return rest > 0 && rest <= 3 && check->n_values > 3;
}

void
sentence_put_set(const struct check *check, bool negated, struct text *text)
{
	const struct term *term = check->field.term;
	bool is_list = term->is_list && check->field.n > 0;

	if (is_better_as_rest(check, term)) {
		text_puts(text, is_list ? "includes " : "is ");
		text_puts(
		    text, negated ? "nothing but " : "something other than ");
		put_values(check, term, true, " or ", text);
	} else if (!negated) {
		text_puts(text, is_list ? "includes " : "is ");
		put_values(check, term, false, " or ", text);
	} else if (check->n_values == 1) {
		text_puts(text, is_list ? "does not include " : "is not ");
		put_values(check, term, false, "", text);
	} else if (check->n_values == 2) {
		text_puts(text, is_list ? "includes neither " : "is neither ");
		put_values(check, term, false, " nor ", text);
	} else {
		text_puts(text, is_list ? "includes none of " : "is none of ");
		put_values(check, term, false, " and ", text);
	}
}

static void
say_set(const struct check *check, bool negated, struct text *text)
{
	sentence_put_field(&check->field, check->item, text);
	text_putc(text, ' ');
	sentence_put_set(check, negated, text);
}

void
say_one_of(const struct check *check, bool negated, struct text *text)
{
	say_set(check, negated, text);
}

void
say_none_of(const struct check *check, bool negated, struct text *text)
{
	say_set(check, !negated, text);
}

void
say_matches(const struct check *check, bool negated, struct text *text)
{
	if (check->means != NULL) {
		put_is(check, negated, text);
		text_puts(text, check->means);
		return;
	}
	put_does(check, negated, "follow", text);
	text_printf(text, "the pattern %s", pattern_text(check->pattern));
}

static void
put_bounds(const struct check *check, struct text *text)
{
	if (check->has_least && check->has_most &&
	    check->least == check->most) {
		text_puts(text, "exactly ");
		put_number(text, check->least);
		return;
	}
	if (check->has_least) {
		text_puts(text, "at least ");
		put_number(text, check->least);
	}
	if (check->has_least && check->has_most)
		text_puts(text, " and ");
	if (check->has_most) {
		text_puts(text, "at most ");
		put_number(text, check->most);
	}
}

void
say_number(const struct check *check, bool negated, struct text *text)
{
	put_is(check, negated, text);
	put_bounds(check, text);
	if (check->field.term->unit != NULL)
		text_printf(text, " %s", check->field.term->unit);
}

static void
put_operand(
    const struct operand *operand, const struct term *item, struct text *text)
{
	if (operand->kind == OPERAND_PATH)
		sentence_put_field(&operand->path, item, text);
	else
		text_puts(text, operand->text);
}

/* "1 month ", "10 days ". */
static void
put_span(int n, const char *unit, struct text *text)
{
	text_printf(text, "%d %s%s ", n, unit, n == 1 ? "" : "s");
}

/* "on or after X"; with a distance, "at least 10 days after X". */
static void
put_end(const struct check *check, const struct operand *operand,
    const char *join, struct text *text)
{
	bool is_from = operand == &check->others->from;
	bool is_shifted = check->plus_months != 0 || check->plus_days != 0;

	text_puts(text, join);
	if (is_shifted)
		text_puts(text, is_from ? "at least " : "at most ");
	else
		text_puts(text, is_from ? "on or after " : "on or before ");
	if (check->plus_months != 0)
		put_span(check->plus_months, "month", text);
	if (check->plus_months != 0 && check->plus_days != 0)
		text_puts(text, "and ");
	if (check->plus_days != 0)
		put_span(check->plus_days, "day", text);
	if (is_shifted)
		text_puts(text, "after ");
	put_operand(operand, check->item, text);
}

/* Which side of the day of judgement: "not in the future", or its opposite. */
static void
put_side(const struct check *check, bool negated, struct text *text)
{
	sentence_put_field(&check->field, check->item, text);
	text_printf(text, " is %sin the %s", negated ? "" : "not ",
	    check->past == PAST_YES ? "future" : "past");
}

/* The conditions of a date, joined by "and". */
void
say_date(const struct check *check, bool negated, struct text *text)
{
	const char *join = "";

	if (check->past != PAST_ANY) {
		put_side(check, negated, text);
		join = negated ? " or not " : " and ";
	} else {
		put_is(check, negated, text);
	}
	if (check->others->from.kind != OPERAND_NONE) {
		put_end(check, &check->others->from, join, text);
		join = " and ";
	}
	if (check->others->until.kind != OPERAND_NONE) {
		put_end(check, &check->others->until, join, text);
		join = " and ";
	}
	if (check->max_age_months == MAX_AGE_POLICY)
		text_printf(text, "%sno older than the policy allows", join);
	else if (check->max_age_months > 0)
		text_printf(text, "%sat most %d months old", join,
		    check->max_age_months);
	if (check->max_age_days > 0)
		text_printf(text, "%sat most %d days ago",
		    check->max_age_months != 0 ? " and " : join,
		    check->max_age_days);
}

/* "at least one entry", "exactly 2 entries". */
static void
put_entries(const struct check *check, struct text *text)
{
	double last = check->has_most ? check->most : check->least;
	const char *words[] = { "at least ", "at most ", "exactly " };
	size_t i = !check->has_least    ? 1 :
	    !check->has_most            ? 0 :
	    check->least == check->most ? 2 :
					  0;

	if (last == 1 && !(check->has_least && check->has_most && i == 0)) {
		text_printf(text, "%sone entry", words[i]);
		return;
	}
	put_bounds(check, text);
	text_puts(text, last == 1 ? " entry" : " entries");
}

void
say_count(const struct check *check, bool negated, struct text *text)
{
	sentence_put_field(&check->field, check->item, text);
	text_puts(text, negated ? " does not have " : " has ");
	put_entries(check, text);
}

void
say_covers(const struct check *check, bool negated, struct text *text)
{
	const struct term *term =
	    check->key != NULL ? check->key : check->field.term;

	put_does(check, negated, "cover", text);
	put_values(check, term, false, " and ", text);
}

void
say_compare(const struct check *check, bool negated, struct text *text)
{
	static const char *const words[] = { "the same as ", "different from ",
		"below ", "above ", "at most ", "at least ", "" };
	static const char *const days[] = { "the same as ", "different from ",
		"before ", "after ", "on or before ", "on or after ", "" };
	bool is_day = check->field.term->type == TERM_DATE;

	if (check->relation == RELATION_CONTAINING) {
		put_does(check, negated, "contain", text);
		put_operand(&check->others->right, check->item, text);
		return;
	}
	put_is(check, negated, text);
	text_puts(text, (is_day ? days : words)[check->relation]);
	put_operand(&check->others->right, check->item, text);
}

void
say_file(const struct check *check, bool negated, struct text *text)
{
	put_does(check, negated, "name", text);
	text_puts(text,
	    check->field.term->is_list && check->field.n > 0 ?
		"evidence files that exist" :
		"an evidence file that exists");
}

void
say_ref(const struct check *check, bool negated, struct text *text)
{
	put_does(check, negated, "name", text);
	text_puts(text, "an entry of ");
	sentence_put_term(text, check->others->list.term);
}

void
say_manual(const struct check *check, bool negated, struct text *text)
{
	put_is(check, negated, text);
	text_puts(text,
	    "decided, with reasons, and signed and dated by a "
	    "person");
}

/* "the fairness figures are counted on at most as many rows as ...". */
static void
say_rows(const struct check *check, bool negated, struct text *text)
{
	bool is_most = check->figures == FIGURES_ROWS_AT_MOST;

	text_puts(text, "the fairness figures are ");
	text_puts(text, negated ? "not counted" : "counted");
	text_puts(text,
	    is_most ? " on at most as many rows as " :
		      " on at least nine tenths of the rows that ");
	put_operand(&check->others->right, check->item, text);
	text_puts(text, is_most ? " says" : " states");
}

void
say_figures(const struct check *check, bool negated, struct text *text)
{
	const char *label =
	    check->metric != NULL ? metric_label(check->metric) : "";

	switch (check->figures) {
	case FIGURES_LIMITS:
		text_puts(text, "the fairness figures ");
		text_puts(text, negated ? "are not all" : "are all");
		text_puts(text, " within the limits of the policy");
		break;
	case FIGURES_DEFINED:
		text_printf(text, "\"%s\"", label);
		text_puts(text, negated ? " is not" : " is");
		text_puts(text, " on file for at least one group");
		break;
	case FIGURES_ATTRIBUTE_HAS:
		text_printf(text, "\"%s\"", label);
		text_puts(text, negated ? " is not" : " is");
		text_puts(text,
		    check->item != NULL ? " on file for the attribute" :
					  " on file for every attribute");
		break;
	case FIGURES_WITHIN:
		text_puts(text, "the fairness figures of ");
		sentence_put_field(&check->others->group, check->item, text);
		text_puts(text, negated ? " are not all" : " are all");
		text_puts(text, " within the limits of the policy");
		break;
	case FIGURES_DECLARED:
		text_puts(text, "the fairness figures are ");
		text_puts(text, negated ? "not all of" : "of");
		text_puts(text, " attributes that are declared");
		break;
	case FIGURES_ROWS_AT_MOST:
	case FIGURES_ROWS_AT_LEAST:
		say_rows(check, negated, text);
		break;
	}
}

void
say_measures(const struct check *check, bool negated, struct text *text)
{
	(void)check;
	text_puts(text, "the performance measures ");
	text_puts(text, negated ? "are not all" : "are all");
	text_puts(text, " within the limits stated before the test");
}

void
say_condition(const struct check *check, bool negated, struct text *text)
{
	text_puts(
	    text, negated ? check->condition->denies : check->condition->says);
}
