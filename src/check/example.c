#include "check/example.h"

#include <string.h>

#include "base/num.h"
#include "check/parse.h"

enum { POLICY_AGE = 12, LEAD_MOST = 3660, AGE_MOST = 600 };

enum example_key {
	EXAMPLE_RESULT,
	EXAMPLE_AS_OF,
	EXAMPLE_LEAD,
	EXAMPLE_AGE,
	EXAMPLE_RECORD,
	EXAMPLE_FIGURES,
	EXAMPLE_KEYS
};

static const char *const example_keys[EXAMPLE_KEYS] = { "result", "as_of",
	"lead_time_days", "max_age_months", "record", "figures" };

static const char *const verdicts[] = { "pass", "fail", "waived", "manual",
	"not-applicable", "upcoming", "unknown", "error" };

static const char *const figure_keys[] = { "attribute", "group", "metric",
	"value", "n", "result", "limit", "state" };

static const char *const results[] = { "no-limit", "reference", "within",
	"near", "outside", "not-tested" };

static const char *const states[] = { "defined", "undefined", "withheld" };

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static int
read_example(
    struct parser *parser, const struct value *entry, struct example *out)
{
	const struct value *v[EXAMPLE_KEYS];
	int word;

	if (parse_keys(parser, entry, example_keys, EXAMPLE_KEYS, v) == -1)
		return -1;
	out->pos = entry->pos;
	out->max_age_months = POLICY_AGE;
	out->record = v[EXAMPLE_RECORD];
	out->figures = v[EXAMPLE_FIGURES];
	if (v[EXAMPLE_RESULT] == NULL || v[EXAMPLE_AS_OF] == NULL ||
	    out->record == NULL || out->record->kind != VALUE_MAP)
		return parse_offend(parser, entry->pos,
		    "an example needs result, as_of and a record");
	word = parse_word(
	    parser, v[EXAMPLE_RESULT], "result", verdicts, COUNT(verdicts));
	if (word == -1 ||
	    parse_date(parser, v[EXAMPLE_AS_OF], &out->as_of) == -1)
		return -1;
	out->result = (enum verdict_result)word;
	if (v[EXAMPLE_LEAD] != NULL &&
	    parse_count(parser, v[EXAMPLE_LEAD], 0, LEAD_MOST,
		&out->lead_time_days) == -1)
		return -1;
	return v[EXAMPLE_AGE] == NULL ? 0 :
					parse_count(parser, v[EXAMPLE_AGE], 1,
					    AGE_MOST, &out->max_age_months);
}

int
example_read_all(
    struct parser *parser, const struct value *list, struct rule *out)
{
	struct example *examples =
	    arena_array(parser->arena, list->n, sizeof(*examples));
	int rc = 0;

	if (list->kind != VALUE_LIST)
		return parse_offend(parser, list->pos, "examples are a list");
	for (const struct value *v = list->first; v != NULL; v = v->next)
		if (read_example(parser, v, &examples[out->n_examples++]) == -1)
			rc = -1;
	out->examples = examples;
	return rc;
}

void
example_policy(const struct example *example, struct policy *out)
{
	*out = (struct policy){
		.version = "example",
		.as_of = example->as_of,
		.lead_time_days = example->lead_time_days,
		.min_report = 30,
		.confidence = 0.95,
		.max_age_months = example->max_age_months,
		.fail_on = DIAG_ERROR,
	};
}

/* The index of the word under a key; 0 when there is none, -1 when unknown. */
static int
index_of(struct parser *parser, const struct value *map, const char *key,
    const char *const words[], size_t n)
{
	const struct value *value = value_get(map, key);

	return value != NULL ? parse_word(parser, value, key, words, n) : 0;
}

static int
number_of(struct parser *parser, const struct value *map, const char *key,
    double *out)
{
	const struct value *value = value_get(map, key);

	if (value == NULL)
		return 0;
	if (value->text != NULL && num_read(value->text, value->len, out))
		return 0;
	return parse_offend(parser, value->pos, "not a number");
}

static int
read_figure(struct parser *parser, const struct value *map, struct figure *out)
{
	int result, state;

	if (parse_keys(parser, map, figure_keys, COUNT(figure_keys), NULL) ==
	    -1)
		return -1;
	out->attribute = value_text(map, "attribute");
	out->group = value_text(map, "group");
	out->metric = value_text(map, "metric");
	if (out->attribute == NULL || out->group == NULL || out->metric == NULL)
		return parse_offend(parser, map->pos,
		    "a figure needs attribute, group and metric");
	result = index_of(parser, map, "result", results, COUNT(results));
	state = index_of(parser, map, "state", states, COUNT(states));
	if (result == -1 || state == -1 ||
	    number_of(parser, map, "value", &out->value) == -1 ||
	    number_of(parser, map, "n", &out->n) == -1)
		return -1;
	out->result = (enum figure_result)result;
	out->state = (enum figure_state)state;
	out->limit_text = value_text(map, "limit");
	out->is_reference = out->result == FIGURE_REFERENCE;
	if (out->state != FIGURE_DEFINED || out->result == FIGURE_NOT_TESTED)
		out->reason = "cannot be tested";
	out->origin = map->pos;
	return 0;
}

static void
append(struct figure_table *table, struct figure *figure)
{
	if (table->last != NULL)
		table->last->next = figure;
	else
		table->first = figure;
	table->last = figure;
	table->n++;
}

int
example_figures(const struct example *example, struct record *record,
    struct diag_list *diags)
{
	struct parser parser = { .arena = &record->arena, .diags = diags };
	const struct value *list = example->figures;
	int rc = 0;

	for (const struct value *v = list != NULL ? list->first : NULL;
	     v != NULL; v = v->next) {
		struct figure *figure =
		    arena_alloc(&record->arena, sizeof(*figure));

		if (read_figure(&parser, v, figure) == -1)
			rc = -1;
		else
			append(&record->figures, figure);
	}
	return rc;
}
