#include "app/limit.h"

#include <string.h>

#include "app/keys.h"
#include "app/limit_name.h"
#include "base/num.h"
#include "measure/metric.h"

#define FOUR_FIFTHS 0.8 /* 29 CFR 1607.4(D) */

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* Keys of an entry of policy.limits. */
static const char *const limit_keys[] = { "metric", "attribute", "compare",
	"reference", "direction", "rule", "least", "most", "warn_least",
	"warn_most", "rationale" };

/* A number under a key: true when there is one. */
static bool
number_at(const struct value *map, const char *key, double *out,
    struct diag_list *diags)
{
	const struct value *v = value_get(map, key);

	if (v == NULL)
		return false;
	if (v->text != NULL && num_read(v->text, v->len, out))
		return true;
	diag_add(diags, DIAG_VALUE_NUMBER, v->pos, "%s: %s", key,
	    v->text != NULL ? v->text : value_kind_word(v->kind));
	return false;
}

/* The word under a key, "" when there is no such key. */
static const char *
word_at(const struct value *map, const char *key, struct pos *pos)
{
	const struct value *v = value_get(map, key);

	*pos = v != NULL ? v->pos : map->pos;
	if (v == NULL)
		return "";
	return v->text != NULL ? v->text : value_kind_word(v->kind);
}

static void
read_words(struct fairness_limit *out, const struct value *map,
    struct diag_list *diags)
{
	struct pos pos;
	const char *word = word_at(map, "rule", &pos);

	out->rule = limit_rule_of(word);
	if (*word != '\0' && out->rule == LIMIT_RULE_UNSAID)
		diag_add(diags, DIAG_VALUE_CHOICE, pos,
		    "rule is value, interval, finding, significance or "
		    "four-fifths, not %s",
		    word);
	word = word_at(map, "direction", &pos);
	out->side = limit_side_of(word);
	if (*word != '\0' && out->side == LIMIT_SIDE_UNSAID)
		diag_add(diags, DIAG_VALUE_CHOICE, pos,
		    "direction, the side that is bad, is low, high or both, "
		    "not %s",
		    word);
	word = word_at(map, "compare", &pos);
	out->compare = *word != '\0'        ? word :
	    out->rule == LIMIT_SIGNIFICANCE ? "difference" :
					      "ratio";
	if (strcmp(out->compare, "ratio") != 0 &&
	    strcmp(out->compare, "difference") != 0 &&
	    strcmp(out->compare, "value") != 0)
		diag_add(diags, DIAG_VALUE_CHOICE, pos,
		    "compare is ratio, difference or value, not %s",
		    out->compare);
}

/* Read an entry: how many limits it is, 0 with the mistake in diags. */
static size_t
read_limit(struct fairness_limit *out, struct arena *arena,
    const struct value *map, struct diag_list *diags)
{
	const char *attribute = value_text(map, "attribute");
	size_t errors = diags->n_errors;

	keys_check(map, limit_keys, COUNT(limit_keys), diags);
	out->pos = map->pos;
	out->metric = value_text(map, "metric");
	out->attribute = attribute != NULL ? attribute : "*";
	out->reference = value_text(map, "reference");
	out->has_least = number_at(map, "least", &out->least, diags);
	out->has_most = number_at(map, "most", &out->most, diags);
	out->has_warn_least =
	    number_at(map, "warn_least", &out->warn_least, diags);
	out->has_warn_most =
	    number_at(map, "warn_most", &out->warn_most, diags);
	read_words(out, map, diags);
	if (out->metric == NULL)
		diag_add(diags, DIAG_CONFIG, map->pos,
		    "a limit needs a metric, such as metric: selection_rate");
	else
		out->metric_pos = value_get(map, "metric")->pos;
	if (diags->n_errors == errors) {
		int n = limit_settle(out, arena, diags);

		return n > 0 ? (size_t)n : 0;
	}
	return 0;
}

int
limit_read_list(struct policy *policy, struct arena *arena,
    const struct value *list, struct diag_list *diags)
{
	size_t errors = diags->n_errors;

	if (list == NULL)
		return 0;
	if (!keys_want_list(
		list, "limits is a list: - metric: selection_rate", diags))
		return -1;
	policy->limits = arena_array(
	    arena, LIMITS_OF_ONE * list->n, sizeof(*policy->limits));
	policy->n_limits = 0;
	for (const struct value *v = list->first; v != NULL; v = v->next)
		policy->n_limits += read_limit(
		    &policy->limits[policy->n_limits], arena, v, diags);
	return diags->n_errors > errors ? -1 : 0;
}

static const struct metric *
find_metric(struct arena *arena, const char *name, struct pos pos,
    struct diag_list *diags)
{
	const struct metric *metric =
	    metric_resolve(arena, name, strlen(name), NULL);
	const char *near = metric_near(name);

	if (metric == NULL)
		diag_add(diags, DIAG_METRIC_UNKNOWN, pos,
		    near != NULL ? "\"%s\"; did you mean \"%s\"?" : "\"%s\"",
		    name, near);
	return metric;
}

const char *
limit_metric(struct arena *arena, const char *name, struct pos pos,
    struct diag_list *diags)
{
	const struct metric *metric = find_metric(arena, name, pos, diags);

	return metric != NULL ? metric->name : NULL;
}

static int
settle_metric(
    struct fairness_limit *limit, struct arena *arena, struct diag_list *diags)
{
	static const enum limit_side worse[] = {
		[METRIC_NEITHER] = LIMIT_BOTH,
		[METRIC_HIGHER] = LIMIT_LOW,
		[METRIC_LOWER] = LIMIT_HIGH,
	};
	const struct metric *metric =
	    find_metric(arena, limit->metric, limit->metric_pos, diags);

	if (metric == NULL)
		return -1;
	limit->metric = metric->name;
	limit->worse = limit->side != LIMIT_SIDE_UNSAID ?
	    limit->side :
	    worse[metric->direction];
	return 0;
}

/* Whether four fifths are meant where no bound is given. */
static bool
takes_four_fifths(const struct fairness_limit *limit)
{
	return (limit->rule == LIMIT_FOUR_FIFTHS ||
		   limit->rule == LIMIT_FINDING) &&
	    !limit->has_least && !limit->has_most &&
	    strcmp(limit->compare, "ratio") == 0;
}

/* What a rule says itself, and what does not go with it. */
static int
settle_rule(struct fairness_limit *limit, struct diag_list *diags)
{
	bool is_ratio = strcmp(limit->compare, "ratio") == 0;
	bool is_value = strcmp(limit->compare, "value") == 0;
	bool is_tested = limit_rule_tests(limit->rule);
	bool is_overall = limit->reference != NULL &&
	    strcmp(limit->reference, REFERENCE_OVERALL) == 0;

	if (limit->rule == LIMIT_FOUR_FIFTHS && limit->reference == NULL)
		limit->reference = REFERENCE_BEST;
	if (takes_four_fifths(limit)) {
		limit->has_least = limit->worse != LIMIT_HIGH;
		limit->least = FOUR_FIFTHS;
		limit->has_most =
		    limit->worse == LIMIT_HIGH || limit->rule == LIMIT_FINDING;
		limit->most = 1 / FOUR_FIFTHS;
	}
	if (limit->rule == LIMIT_FOUR_FIFTHS && !is_ratio)
		diag_add(diags, DIAG_CONFIG, limit->pos,
		    "rule four-fifths compares by ratio, not by %s",
		    limit->compare);
	else if (is_value && limit->reference != NULL)
		diag_add(diags, DIAG_CONFIG, limit->pos,
		    "compare: value has no reference");
	else if (is_tested && (is_value || is_overall))
		diag_add(diags, DIAG_CONFIG, limit->pos,
		    "a rule that tests compares two groups, not %s",
		    is_value ? "a value with a limit" : "one with the whole");
	else
		return 0;
	return -1;
}

/* The sides that are not bad have no limit; one must be left. */
static int
settle_side(struct fairness_limit *limit, struct diag_list *diags)
{
	bool is_size = strcmp(limit->compare, "difference") == 0;

	if (limit->rule == LIMIT_SIGNIFICANCE)
		return 0;
	if (!limit->has_least && !limit->has_most) {
		diag_add(diags, DIAG_CONFIG, limit->pos,
		    "a limit needs least: or most:");
		return -1;
	}
	if (is_size)
		return 0;
	if (limit->side == LIMIT_LOW)
		limit->has_most = limit->has_warn_most = false;
	if (limit->side == LIMIT_HIGH)
		limit->has_least = limit->has_warn_least = false;
	if (limit->has_least || limit->has_most)
		return 0;
	diag_add(diags, DIAG_CONFIG, limit->pos, "direction: %s needs %s:",
	    limit->side == LIMIT_LOW ? "low" : "high",
	    limit->side == LIMIT_LOW ? "least" : "most");
	return -1;
}

/*
 * Take a name of a comparison apart: how many limits it makes, or -1.  Groups
 * are held against the highest value, whichever is better.
 */
static int
take_name(struct fairness_limit limits[], struct arena *arena,
    struct diag_list *diags)
{
	const struct limit_name name = limit_name_of(arena, limits[0].metric);

	if (name.n == 0)
		return 1;
	if (strcmp(limits[0].compare, "value") == 0 ||
	    (strcmp(limits[0].compare, "difference") == 0 &&
		strcmp(name.compare, "ratio") == 0)) {
		diag_add(diags, DIAG_CONFIG, limits[0].pos,
		    "%s is a %s: leave out compare: %s", limits[0].metric,
		    name.compare, limits[0].compare);
		return -1;
	}
	limits[0].compare = name.compare;
	if (limits[0].reference == NULL)
		limits[0].reference = name.reference;
	if (limits[0].side == LIMIT_SIDE_UNSAID && name.reference != NULL &&
	    strcmp(name.reference, REFERENCE_BEST) == 0)
		limits[0].side = LIMIT_LOW;
	for (size_t i = name.n; i-- > 0;) {
		limits[i] = limits[0];
		limits[i].metric = name.metrics[i];
	}
	return (int)name.n;
}

static int
settle_one(
    struct fairness_limit *limit, struct arena *arena, struct diag_list *diags)
{
	if (settle_metric(limit, arena, diags) == -1 ||
	    settle_rule(limit, diags) == -1)
		return -1;
	return settle_side(limit, diags);
}

int
limit_settle(struct fairness_limit limits[], struct arena *arena,
    struct diag_list *diags)
{
	int n = take_name(limits, arena, diags);

	for (int i = 0; i < n; i++)
		if (settle_one(&limits[i], arena, diags) == -1)
			return -1;
	return n;
}
