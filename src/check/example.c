#include "check/example.h"

#include <string.h>

#include "base/num.h"
#include "check/parse.h"

static const char *const keys[] = { "attribute", "group", "metric", "value",
	"n", "result", "limit", "state" };

static const char *const results[] = { "no-limit", "reference", "within",
	"near", "outside", "not-tested" };

static const char *const states[] = { "defined", "undefined", "withheld" };

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

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

	if (value == NULL)
		return 0;
	for (size_t i = 0; value->text != NULL && i < n; i++)
		if (strcmp(value->text, words[i]) == 0)
			return (int)i;
	return parse_offend(parser, value->pos, "unknown %s \"%.40s\"%s", key,
	    value->text != NULL ? value->text : "",
	    value->text != NULL ? parse_suggest(parser, value->text, words, n) :
				  "");
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

	if (parse_keys(parser, map, keys, COUNT(keys)) == -1)
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
