#include "app/rules_diff.h"

#include <stdio.h>
#include <string.h>

#include "app/profile.h"
#include "base/json_write.h"
#include "check/catalogue.h"
#include "check/revision.h"
#include "intake/vocabulary.h"

static const struct pos nowhere = { NULL, 0, 0 };

/* One of the two states; it must not move. */
struct side {
	const char *name;
	struct folder schemas;
	struct vocabulary vocabulary;
	struct catalogue catalogue;
	struct config config; /* with the profile, where one is meant */
};

static int
load_rules(struct session *s, struct side *side)
{
	struct catalogue_source from = { &side->schemas, &side->vocabulary,
		CATALOGUE_WHOLE };

	if (vocabulary_load(
		&side->vocabulary, &s->arena, &side->schemas, &s->diags) == -1)
		return -1;
	return catalogue_load_from(
	    &side->catalogue, &s->arena, &from, &s->diags);
}

/* A profile over the rules that the program works with. */
static int
load_profile(struct session *s, struct side *side)
{
	struct config *config = &side->config;

	config->policy.profile = (struct profile){ 0 };
	config->policy.n_limits = 0;
	for (int i = 0; i < SETTING_COUNT; i++)
		if (strncmp(config->settings.values[i].origin, "profile ", 8) ==
		    0)
			settings_reset(&config->settings, (enum setting)i);
	config->settings.values[SETTING_PROFILE] =
	    (struct setting_value){ side->name, "operand", nowhere };
	if (config_data(&side->schemas, config, &s->arena, "schemas",
		&s->diags) == -1 ||
	    profile_read(config, &s->arena, &s->diags) == -1 ||
	    load_rules(s, side) == -1)
		return -1;
	return profile_apply(
	    &config->policy.profile, &side->catalogue, &s->arena, &s->diags);
}

static int
load(struct session *s, struct side *side, const char *name)
{
	*side = (struct side){
		.name = name, .schemas = { -1, "" }, .config = s->config
	};
	if (!config_is_folder(name))
		return load_profile(s, side);
	if (folder_open(&side->schemas, name, name, &s->diags) == -1)
		return -1;
	return load_rules(s, side);
}

/* What profiles say of the policy. */
static void
compare_settings(struct revision_list *list, struct arena *arena,
    const struct side *before, const struct side *now)
{
	for (int i = 0; i < SETTING_COUNT; i++)
		if (i != SETTING_PROFILE)
			revision_add(list, arena,
			    settings_name((enum setting)i),
			    before->config.settings.values[i].text,
			    now->config.settings.values[i].text);
	if (before->config.policy.n_limits != now->config.policy.n_limits)
		revision_add(list, arena, "limits",
		    arena_printf(arena, "%zu", before->config.policy.n_limits),
		    arena_printf(arena, "%zu", now->config.policy.n_limits));
}

/* A paragraph, indented and wrapped. */
static void
print_words(const char *label, const char *words)
{
	size_t used = 4 + strlen(label) + 1;

	printf("    %s:", label);
	while (*words != '\0') {
		size_t n = strcspn(words, " \n");

		if (used + 1 + n > 79 && n > 0) {
			printf("\n       ");
			used = 7;
		}
		if (n > 0)
			printf(" %.*s", (int)n, words);
		used += n + 1;
		words += n + (words[n] != '\0');
	}
	putchar('\n');
}

static const char *
or_none(const char *text)
{
	return text[0] != '\0' ? text : "nothing";
}

static void
print_text(struct session *s, const struct revision_list *list)
{
	const char *rule = NULL;

	for (const struct revision *r = list->first; r != NULL; r = r->next) {
		if (r->kind != REVISION_CHANGED) {
			printf("%s is %s: %s\n", r->rule,
			    revision_word(r->kind), r->title);
			continue;
		}
		if (rule == NULL || strcmp(rule, r->rule) != 0)
			printf("%s%s%s\n",
			    r->rule[0] != '\0' ? r->rule :
						 "The "
						 "pack",
			    r->rule[0] != '\0' ? "  " : "", r->title);
		rule = r->rule;
		print_words(r->field,
		    arena_printf(&s->arena, "%s becomes %s", or_none(r->before),
			or_none(r->now)));
	}
	printf("%zu %s added, %zu removed, %zu changed\n", list->n_added,
	    list->n_added == 1 ? "rule" : "rules", list->n_removed,
	    list->n_changed);
}

static void
put_revision(struct json_writer *w, const struct revision *r)
{
	json_open(w, NULL, '{');
	json_string(w, "rule", r->rule);
	json_string(w, "kind", revision_word(r->kind));
	if (r->kind == REVISION_CHANGED) {
		json_string(w, "field", r->field);
		json_string(w, "before", r->before);
		json_string(w, "now", r->now);
	} else {
		json_string(w, "title", r->title);
	}
	json_close(w, '}');
}

static void
print_json(const struct side sides[2], const struct revision_list *list)
{
	struct text out = { 0 };
	struct json_writer w = { .out = &out, .flat = 3 };

	json_open(&w, NULL, '{');
	json_number(&w, "version", 1);
	json_string(&w, "before", sides[0].name);
	json_string(&w, "now", sides[1].name);
	json_number(&w, "added", list->n_added);
	json_number(&w, "removed", list->n_removed);
	json_number(&w, "changed", list->n_changed);
	json_open(&w, "changes", '[');
	for (const struct revision *r = list->first; r != NULL; r = r->next)
		put_revision(&w, r);
	json_close(&w, ']');
	json_close(&w, '}');
	fputs(text_str(&out), stdout);
	text_free(&out);
}

static int
read_format(struct session *s, bool *is_json)
{
	const char *format = options_get(&s->options, "format");

	*is_json = format != NULL && strcmp(format, "json") == 0;
	if (format == NULL || *is_json || strcmp(format, "text") == 0)
		return 0;
	diag_add(&s->diags, DIAG_USAGE, nowhere,
	    "rules diff prints text or json, not %s", format);
	return -1;
}

static int
compare(struct session *s, struct side sides[2], bool is_json)
{
	struct revision_list list = { 0 };

	if (load(s, &sides[0], s->options.operands[1]) == -1 ||
	    load(s, &sides[1], s->options.operands[2]) == -1)
		return STATUS_USAGE;
	compare_settings(&list, &s->arena, &sides[0], &sides[1]);
	revision_compare(
	    &list, &s->arena, &sides[0].catalogue, &sides[1].catalogue);
	if (is_json)
		print_json(sides, &list);
	else
		print_text(s, &list);
	return list.first != NULL ? STATUS_FINDINGS : STATUS_OPEN;
}

int
rules_diff(struct session *s)
{
	struct side sides[2] = { { .schemas = { -1, "" } },
		{ .schemas = { -1, "" } } };
	bool is_json;
	int status;

	if (s->options.n_operands != 3) {
		diag_add(&s->diags, DIAG_USAGE, nowhere,
		    "rules diff takes two folders of schemas or two profiles");
		return STATUS_USAGE;
	}
	if (read_format(s, &is_json) == -1)
		return STATUS_USAGE;
	status = compare(s, sides, is_json);
	folder_close(&sides[0].schemas);
	folder_close(&sides[1].schemas);
	return status;
}
