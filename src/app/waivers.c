#include "app/waivers.h"

#include <string.h>

#include "app/keys.h"
#include "check/words.h"
#include "intake/placeholder.h"
#include "read/yaml.h"

enum { REASON_WORDS = 5 };

/* Keys of a waiver. */
static const char *const waiver_keys[] = { "id", "rule", "model", "path",
	"reason", "approved_by", "approved_on", "expires_on" };

static struct pos
place_of(const struct value *map, const char *key)
{
	const struct value *value = value_get(map, key);

	return value != NULL ? value->pos : map->pos;
}

static date
date_at(const struct value *map, const char *key, struct diag_list *diags)
{
	const struct value *v = value_get(map, key);
	date day;

	if (v != NULL && v->text != NULL && date_read(v->text, v->len, &day))
		return day;
	diag_add(diags, DIAG_WAIVER, place_of(map, key),
	    "%s must be a date, such as 2026-11-30", key);
	return DATE_NONE;
}

/* A text that a waiver must have. */
static const char *
text_at(const struct value *map, const char *key, struct diag_list *diags)
{
	const char *text = value_text(map, key);

	if (text == NULL || text[0] == '\0') {
		diag_add(diags, DIAG_WAIVER, place_of(map, key),
		    "%s is missing", key);
		return "";
	}
	if (!placeholder_is(text))
		return text;
	diag_add(diags, DIAG_WAIVER, place_of(map, key),
	    "%s is a placeholder: \"%.*s\"", key, value_shown(text), text);
	return "";
}

/* The id of one rule or model: a waiver of many would hide what it covers. */
static const char *
one_at(const struct value *map, const char *key, struct diag_list *diags)
{
	const char *text = text_at(map, key, diags);

	if (strpbrk(text, "*?[") != NULL)
		diag_add(diags, DIAG_WAIVER, place_of(map, key),
		    "a waiver is for one %s, not for \"%.*s\"", key,
		    value_shown(text), text);
	return text;
}

static const char *
reason_at(const struct value *map, struct diag_list *diags)
{
	const char *text = text_at(map, "reason", diags);
	size_t n = words_count(text);

	if (text[0] != '\0' && n < REASON_WORDS)
		diag_add(diags, DIAG_WAIVER, place_of(map, "reason"),
		    "reason has %zu %s; say in at least %d why it may pass", n,
		    n == 1 ? "word" : "words", REASON_WORDS);
	return text;
}

/* The last day comes after the first, and within the longest life. */
static void
check_life(const struct waiver *waiver, const struct value *map,
    const struct policy *policy, struct diag_list *diags)
{
	date most;
	char day[DATE_SIZE];

	if (waiver->approved_on == DATE_NONE || waiver->expires_on == DATE_NONE)
		return;
	most = date_add_months(waiver->approved_on, policy->waiver_months);
	date_write(most, day);
	if (waiver->expires_on < waiver->approved_on)
		diag_add(diags, DIAG_WAIVER, place_of(map, "expires_on"),
		    "expires_on lies before approved_on");
	else if (waiver->expires_on > most)
		diag_add(diags, DIAG_WAIVER, place_of(map, "expires_on"),
		    "the policy allows %d months: %s at the latest",
		    policy->waiver_months, day);
}

static void
read_waiver(struct waiver *out, const struct value *map,
    const struct policy *policy, struct diag_list *diags)
{
	if (map->kind != VALUE_MAP) {
		diag_add(diags, DIAG_WAIVER, map->pos,
		    "a waiver is a map with id, rule, model and more, not %s",
		    value_kind_word(map->kind));
		return;
	}
	keys_check(map, waiver_keys, sizeof(waiver_keys) / sizeof(*waiver_keys),
	    diags);
	*out = (struct waiver){
		.id = text_at(map, "id", diags),
		.rule = one_at(map, "rule", diags),
		.model = one_at(map, "model", diags),
		.reason = reason_at(map, diags),
		.approved_by = text_at(map, "approved_by", diags),
		.approved_on = date_at(map, "approved_on", diags),
		.expires_on = date_at(map, "expires_on", diags),
		.pos = map->pos,
	};
	if (value_get(map, "path") != NULL)
		out->path = text_at(map, "path", diags);
	check_life(out, map, policy, diags);
}

static void
check_ids(const struct policy *policy, struct diag_list *diags)
{
	for (size_t i = 0; i < policy->n_waivers; i++) {
		const struct waiver *a = &policy->waivers[i];
		size_t j = 0;

		while (j < i && strcmp(policy->waivers[j].id, a->id) != 0)
			j++;
		if (j < i && a->id[0] != '\0')
			diag_add(diags, DIAG_WAIVER, a->pos,
			    "%s is the id of the waiver in line %u", a->id,
			    policy->waivers[j].pos.line);
	}
}

int
waivers_read(struct policy *policy, struct arena *arena, struct source *source,
    struct diag_list *diags)
{
	static const char *const top_keys[] = { "waivers" };
	const struct value *top = yaml_read(arena, source, diags);
	const struct value *list = value_get(top, "waivers");
	size_t errors = diags->n_errors;
	size_t i = 0;

	if (top == NULL)
		return -1;
	if (list == NULL || list->kind != VALUE_LIST) {
		diag_add(diags, DIAG_WAIVER,
		    list != NULL ? list->pos : top->pos,
		    "the file holds a list `waivers:`");
		return -1;
	}
	keys_check(top, top_keys, 1, diags);
	policy->waivers = arena_array(arena, list->n, sizeof(struct waiver));
	for (const struct value *v = list->first; v != NULL; v = v->next)
		read_waiver(&policy->waivers[i++], v, policy, diags);
	if (diags->n_errors > errors)
		return -1;
	policy->n_waivers = list->n;
	check_ids(policy, diags);
	return diags->n_errors > errors ? -1 : 0;
}

int
waivers_read_refused(struct policy *policy, struct arena *arena,
    const struct value *list, struct diag_list *diags)
{
	size_t errors = diags->n_errors;
	size_t i = 0;

	if (list == NULL)
		return 0;
	if (!keys_want_list(list,
		"not_waivable is a list of rules: [AIV-1A, A27-*]", diags))
		return -1;
	policy->not_waivable =
	    arena_array(arena, list->n, sizeof(*policy->not_waivable));
	for (const struct value *v = list->first; v != NULL; v = v->next) {
		if (v->text == NULL || v->text[0] == '\0') {
			diag_add(diags, DIAG_CONFIG, v->pos,
			    "the id of a rule is one text");
			continue;
		}
		policy->not_waivable[i++] =
		    (struct rule_pattern){ v->text, v->pos };
	}
	policy->n_not_waivable = i;
	return diags->n_errors > errors ? -1 : 0;
}

static void
protect(const struct policy *policy, struct catalogue *catalogue,
    struct arena *arena, struct diag_list *diags)
{
	for (size_t i = 0; i < policy->n_not_waivable; i++) {
		const struct rule_pattern *p = &policy->not_waivable[i];

		if (catalogue_protect(catalogue, p->text) == 0)
			diag_add(diags, DIAG_CONFIG, p->pos,
			    "not_waivable: no rule %.60s%s", p->text,
			    keys_suggest(arena,
				catalogue_near(catalogue, arena, p->text)));
	}
}

int
waivers_hold(const struct policy *policy, struct catalogue *catalogue,
    struct arena *arena, struct diag_list *diags)
{
	size_t errors = diags->n_errors;

	protect(policy, catalogue, arena, diags);
	for (size_t i = 0; i < policy->n_waivers; i++) {
		const struct waiver *waiver = &policy->waivers[i];
		const struct rule *rule =
		    catalogue_rule(catalogue, waiver->rule);

		if (rule == NULL)
			diag_add(diags, DIAG_WAIVER, waiver->pos,
			    "%.60s: no rule %.60s%s", waiver->id, waiver->rule,
			    keys_suggest(arena,
				catalogue_near(
				    catalogue, arena, waiver->rule)));
		else if (rule->is_protected)
			diag_add(diags, DIAG_WAIVER, waiver->pos,
			    "%.60s: rule %s may not be waived", waiver->id,
			    waiver->rule);
	}
	return diags->n_errors > errors ? -1 : 0;
}

void
waivers_of_no_model(const struct policy *policy, const char *const ids[],
    size_t n, struct diag_list *diags)
{
	for (size_t i = 0; i < policy->n_waivers; i++) {
		const struct waiver *waiver = &policy->waivers[i];
		size_t j = 0;

		while (j < n && strcmp(ids[j], waiver->model) != 0)
			j++;
		if (j == n)
			diag_add(diags, DIAG_WAIVER_UNUSED, waiver->pos,
			    "%s for rule %s: there is no model %s", waiver->id,
			    waiver->rule, waiver->model);
	}
}
