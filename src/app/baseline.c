#include "app/baseline.h"

#include <stdlib.h>
#include <string.h>

#include "app/keys.h"
#include "check/baseline.h"
#include "check/fingerprint.h"
#include "check/words.h"
#include "intake/placeholder.h"
#include "read/yaml.h"

enum { REASON_WORDS = 5 };

static const char *const top_keys[] = { "version", "pack", "written_on",
	"reason", "entries" };
static const char *const entry_keys[] = { "model", "rule", "field", "content",
	"effect", "since", "message" };

static struct pos
place_of(const struct value *map, const char *key)
{
	const struct value *value = value_get(map, key);

	return value != NULL ? value->pos : map->pos;
}

static const char *
text_at(const struct value *map, const char *key, struct diag_list *diags)
{
	const struct value *value = value_get(map, key);

	if (value != NULL && value->text != NULL)
		return value->text;
	diag_add(diags, DIAG_BASELINE, place_of(map, key),
	    value == NULL ? "%s is missing" : "%s is one text", key);
	return "";
}

static date
date_at(const struct value *map, const char *key, struct diag_list *diags)
{
	const char *text = text_at(map, key, diags);
	date day = DATE_NONE;

	if (text[0] != '\0' && !date_read(text, strlen(text), &day))
		diag_add(diags, DIAG_BASELINE, place_of(map, key),
		    "%s must be a date, such as 2026-11-30", key);
	return day;
}

static enum effect
effect_at(const struct value *map, struct diag_list *diags)
{
	const char *text = text_at(map, "effect", diags);

	if (strcmp(text, effect_word(EFFECT_WARNS)) == 0)
		return EFFECT_WARNS;
	if (text[0] != '\0' && strcmp(text, effect_word(EFFECT_BLOCKS)) != 0)
		diag_add(diags, DIAG_BASELINE, place_of(map, "effect"),
		    "effect is blocks or warns, not %.40s", text);
	return EFFECT_BLOCKS;
}

static void
read_entry(struct baseline_entry *out, const struct value *map,
    struct diag_list *diags)
{
	if (map->kind != VALUE_MAP) {
		diag_add(diags, DIAG_BASELINE, map->pos,
		    "an entry is a map with model, rule, field and more");
		return;
	}
	keys_check(
	    map, entry_keys, sizeof(entry_keys) / sizeof(*entry_keys), diags);
	*out = (struct baseline_entry){ .model = text_at(map, "model", diags),
		.rule = text_at(map, "rule", diags),
		.field = text_at(map, "field", diags),
		.content = text_at(map, "content", diags),
		.effect = effect_at(map, diags),
		.since = date_at(map, "since", diags),
		.message = text_at(map, "message", diags),
		.pos = map->pos };
	if (out->content[0] != '\0' &&
	    (strlen(out->content) != FINGERPRINT_CONTENT_DIGITS ||
		strspn(out->content, "0123456789abcdef") !=
		    FINGERPRINT_CONTENT_DIGITS))
		diag_add(diags, DIAG_BASELINE, place_of(map, "content"),
		    "content is %d hexadecimal digits",
		    FINGERPRINT_CONTENT_DIGITS);
}

/* An entry twice is a slip of hand: which one would be taken out? */
static void
check_twins(const struct baseline *baseline, struct diag_list *diags)
{
	for (size_t i = 1; i < baseline->n; i++) {
		const struct baseline_entry *a = &baseline->entries[i - 1];
		const struct baseline_entry *b = &baseline->entries[i];
		const struct baseline_entry *late =
		    a->pos.line > b->pos.line ? a : b;

		if (baseline_compare(a, b) == 0)
			diag_add(diags, DIAG_BASELINE, late->pos,
			    "the same entry stands in line %u",
			    (late == a ? b : a)->pos.line);
	}
}

static int
read_entries(struct baseline *out, struct arena *arena,
    const struct value *list, struct diag_list *diags)
{
	size_t errors = diags->n_errors;
	size_t i = 0;

	out->entries = arena_array(arena, list->n, sizeof(*out->entries));
	for (const struct value *v = list->first; v != NULL; v = v->next)
		read_entry(&out->entries[i++], v, diags);
	if (diags->n_errors > errors)
		return -1;
	out->n = i;
	if (i > 1)
		qsort(out->entries, i, sizeof(*out->entries), baseline_compare);
	check_twins(out, diags);
	return diags->n_errors > errors ? -1 : 0;
}

int
baseline_check_reason(
    const char *reason, struct pos pos, struct diag_list *diags)
{
	if (words_count(reason) >= REASON_WORDS && !placeholder_is(reason))
		return 0;
	diag_add(diags, DIAG_BASELINE, pos,
	    "the reason says in at least %d words why these may stand",
	    REASON_WORDS);
	return -1;
}

int
baseline_read(struct baseline *out, struct arena *arena, struct source *source,
    struct diag_list *diags)
{
	const struct value *top = yaml_read(arena, source, diags);
	const struct value *list = value_get(top, "entries");
	size_t errors = diags->n_errors;

	if (top == NULL)
		return -1;
	if (top->kind != VALUE_MAP || list == NULL ||
	    list->kind != VALUE_LIST) {
		diag_add(diags, DIAG_BASELINE,
		    list != NULL ? list->pos : top->pos,
		    "the file holds a list `entries:`, which may be []");
		return -1;
	}
	keys_check(top, top_keys, sizeof(top_keys) / sizeof(*top_keys), diags);
	if (strcmp(text_at(top, "version", diags), "1") != 0)
		diag_add(diags, DIAG_BASELINE, place_of(top, "version"),
		    "version is 1; this program knows no other");
	out->pack = text_at(top, "pack", diags);
	out->written_on = date_at(top, "written_on", diags);
	out->reason = text_at(top, "reason", diags);
	if (diags->n_errors == errors)
		baseline_check_reason(
		    out->reason, place_of(top, "reason"), diags);
	if (read_entries(out, arena, list, diags) == -1)
		return -1;
	return diags->n_errors > errors ? -1 : 0;
}

int
baseline_hold(const struct baseline *baseline,
    const struct catalogue *catalogue, struct diag_list *diags)
{
	int rc = 0;

	for (size_t i = 0; i < baseline->n; i++) {
		const struct baseline_entry *entry = &baseline->entries[i];
		const struct rule *rule =
		    catalogue_rule(catalogue, entry->rule);

		if (rule == NULL || !rule->is_protected)
			continue;
		diag_add(diags, DIAG_BASELINE, entry->pos,
		    "findings of %s may not stand in a baseline", entry->rule);
		rc = -1;
	}
	return rc;
}

static void
put_scalar(struct text *out, const char *key, const char *value)
{
	text_printf(out, "%s: ", key);
	text_put_json(out, value, strlen(value));
	text_putc(out, '\n');
}

void
baseline_put(struct text *out, const struct baseline *baseline)
{
	char day[DATE_SIZE];

	date_write(baseline->written_on, day);
	text_puts(out,
	    "# Findings that are known, so that only new ones close the gate.\n"
	    "# Made by `dossier baseline write`; `dossier baseline update` "
	    "takes out what\n# is mended.  The message is for the reader.\n"
	    "version: 1\n");
	put_scalar(out, "pack", baseline->pack);
	text_printf(out, "written_on: %s\n", day);
	put_scalar(out, "reason", baseline->reason);
	text_puts(out, baseline->n > 0 ? "entries:\n" : "entries: []\n");
	for (size_t i = 0; i < baseline->n; i++) {
		const struct baseline_entry *entry = &baseline->entries[i];

		date_write(entry->since, day);
		put_scalar(out, "  - model", entry->model);
		text_printf(out, "    rule: %s\n", entry->rule);
		put_scalar(out, "    field", entry->field);
		put_scalar(out, "    content", entry->content);
		text_printf(out, "    effect: %s\n    since: %s\n",
		    effect_word(entry->effect), day);
		put_scalar(out, "    message", entry->message);
	}
}

/* How many entries from the first on are of its model; they are sorted. */
static size_t
count_model(const struct baseline *baseline, size_t first)
{
	size_t i = first;

	while (i < baseline->n &&
	    strcmp(baseline->entries[i].model,
		baseline->entries[first].model) == 0)
		i++;
	return i - first;
}

static void
report_rules(const struct baseline_entry *entries, size_t n,
    const struct catalogue *catalogue, struct diag_list *diags)
{
	for (size_t i = 0; i < n; i++)
		if (catalogue_rule(catalogue, entries[i].rule) == NULL)
			diag_add(diags, DIAG_BASELINE_UNUSED, entries[i].pos,
			    "there is no rule %s", entries[i].rule);
}

void
baseline_of_nothing(const struct baseline *baseline,
    const struct catalogue *catalogue, const char *const ids[], size_t n,
    struct diag_list *diags)
{
	size_t count;

	for (size_t i = 0; i < baseline->n; i += count) {
		const struct baseline_entry *entry = &baseline->entries[i];
		size_t j = 0;

		count = count_model(baseline, i);
		while (j < n && strcmp(ids[j], entry->model) != 0)
			j++;
		if (j < n)
			report_rules(entry, count, catalogue, diags);
		else
			diag_add(diags, DIAG_BASELINE_UNUSED, entry->pos,
			    "there is no model %s (%zu %s)", entry->model,
			    count, count == 1 ? "entry" : "entries");
	}
}
