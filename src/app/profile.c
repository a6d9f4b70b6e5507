#include "app/profile.h"

#include <string.h>

#include "app/keys.h"
#include "app/limit.h"
#include "app/policy.h"
#include "base/near.h"
#include "check/catalogue.h"
#include "check/words.h"
#include "intake/placeholder.h"
#include "read/yaml.h"

#define PROFILES CATALOGUE_FOLDER "/profiles"

enum { CHAIN_MOST = 4, REASON_WORDS = 5, ANY_SEVERITY = -1 };

static const char *const top_keys[] = { "profile", "title", "reason", "extends",
	"settings", "limits", "rules" };
static const char *const rule_keys[] = { "rule", "was", "law", "severity",
	"reason", "approved_by", "approved_on" };
static const char *const severities[] = { "note", "warning", "error" };

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* A chain of profiles being read, the one that was asked for first. */
struct reader {
	struct config *config;
	struct arena *arena;
	struct diag_list *diags;
	struct folder schemas;
	const struct value *files[CHAIN_MOST];
	size_t n;
};

static int
offend(struct reader *reader, struct pos pos, const char *what,
    const char *quoted, const char *suggestion)
{
	diag_add(reader->diags, DIAG_PROFILE, pos, "%s%.60s%s", what, quoted,
	    suggestion);
	return -1;
}

static bool
is_path(const char *name)
{
	size_t n = strlen(name);

	return n > 5 && strcmp(name + n - 5, ".yaml") == 0;
}

/* The name of a ready profile that resembles, as a suggestion. */
static const char *
suggest(struct reader *reader, const char *name)
{
	struct diag_list silent = { .arena = reader->arena };
	struct name_list list;

	if (folder_list(&list, reader->arena, &reader->schemas, PROFILES,
		".yaml", &silent) == -1)
		return "";
	for (size_t i = 0; i < list.n; i++)
		list.names[i] = arena_dup(
		    reader->arena, list.names[i], strlen(list.names[i]) - 5);
	return keys_suggest(reader->arena, near_word(name, list.names, list.n));
}

/* One file; pos is where it is named. */
static const struct value *
open_file(struct reader *reader, const char *name, struct pos pos)
{
	struct config *config = reader->config;
	struct diag_list silent = { .arena = reader->arena };
	struct source source;
	const char *path = name;
	int rc;

	if (!is_path(name)) {
		path =
		    arena_printf(reader->arena, "%s/%s.yaml", PROFILES, name);
		rc = source_read(&source, reader->arena, &reader->schemas, path,
		    FILE_LIMIT_METADATA, pos, &silent);
		if (rc == -1)
			offend(reader, pos, "no profile ", name,
			    suggest(reader, name));
	} else if (reader->n == 0) {
		return config_read(config, reader->arena, SETTING_PROFILE,
			   &source, reader->diags) == 0 ?
		    yaml_read(reader->arena, &source, reader->diags) :
		    NULL;
	} else {
		rc = source_read(&source, reader->arena, &config->root, path,
		    FILE_LIMIT_METADATA, pos, reader->diags);
	}
	if (rc == -1)
		return NULL;
	config_keep_input(config, reader->arena, &source, path);
	return yaml_read(reader->arena, &source, reader->diags);
}

static int
check_text(struct reader *reader, const struct value *map, const char *key)
{
	const struct value *value = value_get(map, key);

	if (value != NULL && value->text != NULL && value->text[0] != '\0')
		return 0;
	return offend(reader, value != NULL ? value->pos : map->pos, key,
	    value == NULL ? " is missing" : " is one text", "");
}

/* The profile and those that it extends. */
static int
open_chain(struct reader *reader)
{
	const struct setting_value *setting =
	    &reader->config->settings.values[SETTING_PROFILE];
	const char *name = setting->text;
	struct pos pos = setting->pos;

	while (name != NULL) {
		const struct value *file;

		if (reader->n == CHAIN_MOST)
			return offend(reader, pos,
			    "extends goes on too long, or in a circle", "", "");
		file = open_file(reader, name, pos);
		if (file == NULL)
			return -1;
		if (file->kind != VALUE_MAP)
			return offend(
			    reader, file->pos, "a map is expected", "", "");
		reader->files[reader->n++] = file;
		keys_check(file, top_keys, COUNT(top_keys), reader->diags);
		if (check_text(reader, file, "profile") == -1 ||
		    check_text(reader, file, "title") == -1 ||
		    check_text(reader, file, "reason") == -1)
			return -1;
		name = value_text(file, "extends");
		if (name != NULL)
			pos = value_get(file, "extends")->pos;
	}
	return 0;
}

/* The limits of a profile, beside those of dossier.yaml. */
static int
add_limits(struct reader *reader, const struct value *list)
{
	struct policy *policy = &reader->config->policy;
	struct policy more = { 0 };
	struct fairness_limit *all;

	if (limit_read_list(&more, reader->arena, list, reader->diags) == -1)
		return -1;
	if (more.n_limits == 0)
		return 0;
	all = arena_array(
	    reader->arena, policy->n_limits + more.n_limits, sizeof(*all));
	if (policy->n_limits > 0)
		memcpy(all, policy->limits, policy->n_limits * sizeof(*all));
	memcpy(
	    all + policy->n_limits, more.limits, more.n_limits * sizeof(*all));
	policy->limits = all;
	policy->n_limits += more.n_limits;
	return 0;
}

/* A severity under a key: ANY_SEVERITY when absent, -2 when wrong. */
static int
severity_at(struct reader *reader, const struct value *map, const char *key)
{
	const struct value *value = value_get(map, key);

	if (value == NULL)
		return ANY_SEVERITY;
	for (size_t i = 0; i < COUNT(severities) && value->text != NULL; i++)
		if (strcmp(severities[i], value->text) == 0)
			return (int)i;
	offend(reader, value->pos, key, " is error, warning or note", "");
	return -2;
}

/* `law: no` picks rules that no provision asks for. */
static int
read_law(struct reader *reader, const struct value *map, bool *only_lawless)
{
	const struct value *value = value_get(map, "law");

	*only_lawless = value != NULL;
	if (value == NULL ||
	    (value->text != NULL && strcmp(value->text, "no") == 0))
		return 0;
	return offend(reader, value->pos, "law",
	    " is no: rules that no provision asks for", "");
}

static int
read_rule(struct reader *reader, const struct value *file,
    const struct value *map, struct profile_rule *out)
{
	int was, severity;

	if (map->kind != VALUE_MAP)
		return offend(reader, map->pos,
		    "an entry is a map: {rule: AIV-*, severity: error}", "",
		    "");
	keys_check(map, rule_keys, COUNT(rule_keys), reader->diags);
	if (check_text(reader, map, "rule") == -1 ||
	    check_text(reader, map, "severity") == -1)
		return -1;
	was = severity_at(reader, map, "was");
	severity = severity_at(reader, map, "severity");
	*out = (struct profile_rule){ .profile = value_text(file, "profile"),
		.rule = value_text(map, "rule"),
		.was = was,
		.severity =
		    severity > 0 ? (enum diag_severity)severity : DIAG_NOTE,
		.reason = value_text(map, "reason"),
		.approved_by = value_text(map, "approved_by"),
		.pos = value_get(map, "rule")->pos };
	return read_law(reader, map, &out->only_lawless) == 0 && was >= -1 &&
		severity >= -1 ?
	    0 :
	    -1;
}

/* The entries of all files, of the one that is extended first. */
static int
read_rules(struct reader *reader)
{
	struct profile *profile = &reader->config->policy.profile;
	size_t n = 0;
	int rc = 0;

	for (size_t i = 0; i < reader->n; i++) {
		const struct value *list = value_get(reader->files[i], "rules");

		if (list != NULL && list->kind != VALUE_LIST)
			return offend(reader, list->pos, "rules",
			    " is a list: [{rule: AIV-*, severity: error}]", "");
		n += list != NULL ? list->n : 0;
	}
	profile->rules = arena_array(reader->arena, n, sizeof(*profile->rules));
	for (size_t i = reader->n; i-- > 0;) {
		const struct value *list = value_get(reader->files[i], "rules");
		const struct value *v = list != NULL ? list->first : NULL;

		for (; v != NULL; v = v->next)
			if (read_rule(reader, reader->files[i], v,
				&profile->rules[profile->n++]) == -1)
				rc = -1;
	}
	return rc;
}

static int
read_chain(struct reader *reader)
{
	struct profile *profile = &reader->config->policy.profile;
	size_t errors = reader->diags->n_errors;

	if (open_chain(reader) == -1)
		return -1;
	profile->name = value_text(reader->files[0], "profile");
	profile->title = value_text(reader->files[0], "title");
	profile->reason = value_text(reader->files[0], "reason");
	for (size_t i = 0; i < reader->n; i++) {
		settings_from_profile(&reader->config->settings, reader->arena,
		    value_get(reader->files[i], "settings"),
		    value_text(reader->files[i], "profile"), reader->diags);
		if (add_limits(reader, value_get(reader->files[i], "limits")) ==
		    -1)
			return -1;
	}
	if (read_rules(reader) == -1)
		return -1;
	return reader->diags->n_errors > errors ? -1 : 0;
}

int
profile_read(
    struct config *config, struct arena *arena, struct diag_list *diags)
{
	struct reader reader = { .config = config,
		.arena = arena,
		.diags = diags,
		.schemas = { -1, "" } };
	int rc;

	if (settings_text(&config->settings, SETTING_PROFILE)[0] == '\0')
		return 0;
	if (config_data(&reader.schemas, config, arena, "schemas", diags) == -1)
		return -1;
	rc = read_chain(&reader);
	folder_close(&reader.schemas);
	return rc;
}

static bool
names(const struct profile_rule *entry, const struct rule *rule)
{
	return rule_is_named(rule, entry->rule) &&
	    (entry->was == ANY_SEVERITY ||
		entry->was == (int)rule->stated_severity) &&
	    (!entry->only_lawless || rule->n_law == 0);
}

/* Relaxing is for whom it may be, and by whom. */
static int
check_relaxing(const struct profile_rule *entry, const struct rule *rule,
    struct diag_list *diags)
{
	bool has_name = entry->approved_by != NULL &&
	    entry->approved_by[0] != '\0' &&
	    !placeholder_is(entry->approved_by);
	bool has_reason = entry->reason != NULL &&
	    words_count(entry->reason) >= REASON_WORDS &&
	    !placeholder_is(entry->reason);

	if (rule->is_protected)
		diag_add(diags, DIAG_PROFILE, entry->pos,
		    "rule %s may not be relaxed", rule->id);
	else if (rule->n_law > 0 && (!has_name || !has_reason))
		diag_add(diags, DIAG_PROFILE, entry->pos,
		    "%s is a rule of law: to relax it, %s is needed", rule->id,
		    !has_reason ? "a reason of five words" : "approved_by");
	else
		return 0;
	return -1;
}

/* The word that a rule's weight comes from, for its findings. */
static const char *
words_of_change(
    struct arena *arena, const struct rule *rule, const struct profile_rule *e)
{
	bool is_relaxed = rule->severity < rule->stated_severity;

	return arena_printf(arena, "%s from %s to %s by profile %s%s%s%s%s",
	    is_relaxed ? "relaxed" : "tightened",
	    diag_severity_word(rule->stated_severity),
	    diag_severity_word(rule->severity), e->profile,
	    e->reason != NULL ? ": " : "", e->reason != NULL ? e->reason : "",
	    e->approved_by != NULL ? "; approved by " : "",
	    e->approved_by != NULL ? e->approved_by : "");
}

static int
apply_to(const struct profile *profile, struct rule *rule, bool *is_used,
    struct arena *arena, struct diag_list *diags)
{
	const struct profile_rule *last = NULL;

	rule->stated_severity = rule->severity;
	for (size_t i = 0; i < profile->n; i++) {
		is_used[i] |= rule_is_named(rule, profile->rules[i].rule);
		if (names(&profile->rules[i], rule))
			last = &profile->rules[i];
	}
	if (last == NULL || last->severity == rule->stated_severity)
		return 0;
	if (last->severity < rule->stated_severity &&
	    check_relaxing(last, rule, diags) == -1)
		return -1;
	rule->severity = last->severity;
	rule->tuned = words_of_change(arena, rule, last);
	return 0;
}

int
profile_apply(const struct profile *profile, struct catalogue *catalogue,
    struct arena *arena, struct diag_list *diags)
{
	bool *is_used = arena_array(arena, profile->n, sizeof(*is_used));
	size_t errors = diags->n_errors;

	for (size_t i = 0; i < catalogue->n_rules && profile->n > 0; i++)
		if (apply_to(profile, &catalogue->rules[i], is_used, arena,
			diags) == -1)
			return -1;
	for (size_t i = 0; i < profile->n; i++)
		if (!is_used[i])
			diag_add(diags, DIAG_PROFILE, profile->rules[i].pos,
			    "no rule %.60s%s", profile->rules[i].rule,
			    keys_suggest(arena,
				catalogue_near(
				    catalogue, arena, profile->rules[i].rule)));
	return diags->n_errors > errors ? -1 : 0;
}

static bool
is_relaxed(const struct rule *rule)
{
	return rule->severity < rule->stated_severity;
}

/* Whether the rule is the first of those relaxed alike. */
static bool
is_first_relaxed(const struct catalogue *catalogue, size_t at)
{
	const struct rule *rule = &catalogue->rules[at];

	for (size_t i = 0; i < at; i++)
		if (is_relaxed(&catalogue->rules[i]) && is_relaxed(rule) &&
		    strcmp(catalogue->rules[i].tuned, rule->tuned) == 0)
			return false;
	return is_relaxed(rule);
}

/* "AIV-8, AIV-9 (relaxed from error to warning by ...)". */
static void
put_relaxed(struct text *out, const struct catalogue *catalogue, size_t first)
{
	const char *how = catalogue->rules[first].tuned;

	for (size_t i = first; i < catalogue->n_rules; i++)
		if (is_relaxed(&catalogue->rules[i]) &&
		    strcmp(catalogue->rules[i].tuned, how) == 0)
			text_printf(out, "%s%s", i > first ? ", " : "",
			    catalogue->rules[i].id);
	text_printf(out, " (%s)", how);
}

const char *
profile_text(const struct profile *profile, const struct catalogue *catalogue,
    struct arena *arena)
{
	struct text out = { 0 };
	const char *kept;
	size_t n_tightened = 0, n = 0;

	if (profile->name == NULL)
		return NULL;
	text_printf(&out, "%s: %s", profile->name, profile->title);
	for (size_t i = 0; i < catalogue->n_rules; i++)
		n_tightened += catalogue->rules[i].severity >
		    catalogue->rules[i].stated_severity;
	text_printf(&out, ". Rules tightened: %zu", n_tightened);
	for (size_t i = 0; i < catalogue->n_rules; i++)
		if (is_first_relaxed(catalogue, i)) {
			text_puts(&out, n++ > 0 ? "; " : ". Rules relaxed: ");
			put_relaxed(&out, catalogue, i);
		}
	text_puts(&out, n > 0 ? "." : ". Rules relaxed: none.");
	kept = arena_dup(arena, text_str(&out), out.n);
	text_free(&out);
	return kept;
}
