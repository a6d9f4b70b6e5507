#include "check/kinds.h"

#include "check/judge.h"
#include "check/parse.h"
#include "check/sentence.h"

static const struct option substance_options[] = {
	{ "field", true, option_field },
	{ "words", true, option_words },
};

static const struct option set_options[] = {
	{ "field", true, option_field },
	{ "values", true, option_values },
};

static const struct option matches_options[] = {
	{ "field", true, option_field },
	{ "pattern", true, option_pattern },
	{ "means", false, option_means },
};

static const struct option mention_options[] = {
	{ "in", true, option_in },
	{ "near", true, option_near },
	{ "phrases", true, option_phrases },
	{ "unless", false, option_unless },
	{ "not_after", false, option_not_after },
};

static const struct option bound_options[] = {
	{ "field", true, option_field },
	{ "least", false, option_least },
	{ "most", false, option_most },
};

static const struct option date_options[] = {
	{ "field", true, option_field },
	{ "past", false, option_past },
	{ "future", false, option_future },
	{ "max_age", false, option_max_age },
	{ "max_age_days", false, option_max_age_days },
	{ "on_or_after", false, option_from },
	{ "on_or_before", false, option_until },
	{ "plus_days", false, option_plus_days },
	{ "plus_months", false, option_plus_months },
};

static const struct option covers_options[] = {
	{ "field", true, option_field },
	{ "key", false, option_key },
	{ "values", true, option_values },
};

static const struct option each_options[] = {
	{ "in", true, option_field },
	{ "where", false, option_where },
	{ "check", true, option_check },
};

static const struct option compare_options[] = {
	{ "left", true, option_field },
	{ "is", true, option_relation },
	{ "right", true, option_right },
};

static const struct option ref_options[] = {
	{ "field", true, option_field },
	{ "in", true, option_list },
	{ "key", true, option_key },
};

#define NO_OPTIONS NULL, 0
#define OPTIONS(a) a, sizeof(a) / sizeof((a)[0])

static const struct check_kind kinds[] = {
	{ "present", SHAPE_PATH, NO_OPTIONS, NULL, judge_present, say_present },
	{ "substance", SHAPE_OPTIONS, OPTIONS(substance_options), accept_prose,
	    judge_substance, say_substance },
	{ "yes", SHAPE_PATH, NO_OPTIONS, accept_yes_no, judge_yes, say_yes },
	{ "no", SHAPE_PATH, NO_OPTIONS, accept_yes_no, judge_no, say_no },
	{ "one-of", SHAPE_OPTIONS, OPTIONS(set_options), accept_words,
	    judge_one_of, say_one_of },
	{ "none-of", SHAPE_OPTIONS, OPTIONS(set_options), accept_words,
	    judge_none_of, say_none_of },
	{ "matches", SHAPE_OPTIONS, OPTIONS(matches_options), accept_text,
	    judge_matches, say_matches },
	{ "no-mention", SHAPE_OPTIONS, OPTIONS(mention_options), accept_mention,
	    judge_no_mention, say_no_mention },
	{ "number", SHAPE_OPTIONS, OPTIONS(bound_options), accept_number,
	    judge_number, say_number },
	{ "date", SHAPE_OPTIONS, OPTIONS(date_options), accept_date, judge_date,
	    say_date },
	{ "count", SHAPE_OPTIONS, OPTIONS(bound_options), accept_list,
	    judge_count, say_count },
	{ "covers", SHAPE_OPTIONS, OPTIONS(covers_options), accept_covers,
	    judge_covers, say_covers },
	{ "each", SHAPE_OPTIONS, OPTIONS(each_options), NULL, judge_each,
	    say_each },
	{ "compare", SHAPE_OPTIONS, OPTIONS(compare_options), accept_compare,
	    judge_compare, say_compare },
	{ "file", SHAPE_PATH, NO_OPTIONS, accept_file, judge_file, say_file },
	{ "ref", SHAPE_OPTIONS, OPTIONS(ref_options), accept_ref, judge_ref,
	    say_ref },
	{ "manual", SHAPE_PATH, NO_OPTIONS, accept_manual, judge_manual,
	    say_manual },
	{ "figures", SHAPE_FIGURES, NO_OPTIONS, NULL, judge_figures,
	    say_figures },
	{ "measures", SHAPE_FIGURES, NO_OPTIONS, NULL, judge_measures,
	    say_measures },
	{ "throughout", SHAPE_SURVEY, NO_OPTIONS, NULL, judge_throughout,
	    say_throughout },
	{ "all", SHAPE_LIST, NO_OPTIONS, NULL, judge_all, say_all },
	{ "any", SHAPE_LIST, NO_OPTIONS, NULL, judge_any, say_any },
	{ "not", SHAPE_CHECK, NO_OPTIONS, NULL, judge_not, say_not },
	{ "holds", SHAPE_NAME, NO_OPTIONS, NULL, judge_condition,
	    say_condition },
};

static const char *const names[] = { "present", "substance", "yes", "no",
	"one-of", "none-of", "matches", "no-mention", "number", "date", "count",
	"covers", "each", "compare", "file", "ref", "manual", "figures",
	"measures", "throughout", "all", "any", "not", "holds" };

_Static_assert(
    sizeof(names) / sizeof(names[0]) == sizeof(kinds) / sizeof(kinds[0]),
    "every kind has its name in the list");

const struct kind_list check_kinds = { kinds, names,
	sizeof(kinds) / sizeof(kinds[0]) };
