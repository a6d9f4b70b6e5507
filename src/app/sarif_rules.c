#include "app/sarif_rules.h"

#include <string.h>

enum { TAGS_MOST = 10 /* that GitHub shows of a rule */ };

void
sarif_rules_open(struct sarif_rules *rules, struct arena *arena,
    const struct catalogue *catalogue)
{
	*rules = (struct sarif_rules){ .catalogue = catalogue, .arena = arena };
	rules->known = arena_array(arena, catalogue->n_rules, sizeof(size_t));
}

static size_t
add(struct sarif_rules *rules, const struct finding *f, const struct rule *rule)
{
	struct sarif_rule *list = rules->list;

	if (rules->n == rules->size) {
		rules->size = rules->size > 0 ? rules->size * 2 : 64;
		list = arena_array(rules->arena, rules->size, sizeof(*list));
		if (rules->n > 0)
			memcpy(list, rules->list, rules->n * sizeof(*list));
		rules->list = list;
	}
	list[rules->n] = (struct sarif_rule){ .rule = rule,
		.id =
		    rule != NULL ? rule->id : arena_str(rules->arena, f->rule),
		.title = arena_str(rules->arena, f->title),
		.fix = rule == NULL ? arena_str(rules->arena, f->fix) : "",
		.severity = f->severity };
	return rules->n++;
}

/* Findings that no rule of the catalogue makes are of few kinds. */
static size_t
index_of_other(struct sarif_rules *rules, const struct finding *f)
{
	for (size_t i = 0; i < rules->n; i++)
		if (rules->list[i].rule == NULL &&
		    strcmp(rules->list[i].id, f->rule) == 0)
			return i;
	return add(rules, f, NULL);
}

size_t
sarif_rules_index(struct sarif_rules *rules, const struct finding *finding)
{
	const struct rule *rule =
	    catalogue_rule(rules->catalogue, finding->rule);
	size_t i;

	if (rule == NULL)
		return index_of_other(rules, finding);
	i = (size_t)(rule - rules->catalogue->rules);
	if (rules->known[i] == 0)
		rules->known[i] = add(rules, finding, rule) + 1;
	return rules->known[i] - 1;
}

static void
put_message(struct json_writer *w, const char *key, const char *text)
{
	json_open(w, key, '{');
	json_string(w, "text", text);
	json_close(w, '}');
}

static void
put_paragraph(struct text *out, const char *label, const char *words)
{
	if (words == NULL || words[0] == '\0')
		return;
	text_printf(out, "%s%s%s", out->n > 0 ? "\n\n" : "", label, words);
}

/* Why it is asked and how to meet it, plain and as Markdown. */
static void
put_help(struct json_writer *w, const struct rule *rule, const char *address)
{
	struct text text = { 0 }, markdown = { 0 };

	put_paragraph(&text, "", rule->why);
	put_paragraph(&text, "To fix: ", rule->fix);
	put_paragraph(&text, "Asked by: ", rule->provision);
	put_paragraph(&text, "Applies where: ", rule->condition);
	put_paragraph(&markdown, "", rule->why);
	put_paragraph(&markdown, "**To fix:** ", rule->fix);
	if (address != NULL)
		text_printf(&markdown, "\n\n**Asked by:** [%s](%s)",
		    rule->provision, address);
	else
		put_paragraph(&markdown, "**Asked by:** ", rule->provision);
	put_paragraph(&markdown, "**Applies where:** ", rule->condition);
	json_open(w, "help", '{');
	json_string(w, "text", text_str(&text));
	json_string(w, "markdown", text_str(&markdown));
	json_close(w, '}');
	if (address != NULL)
		json_string(w, "helpUri", address);
	text_free(&text);
	text_free(&markdown);
}

/* The text of the first provision that has an address. */
static const char *
address_of(const struct sarif_rules *rules, const struct rule *rule)
{
	const char *address = NULL;

	for (size_t i = 0; i < rule->n_law && address == NULL; i++)
		if (rule->law[i] != NULL)
			address = law_address(
			    rules->catalogue, rules->arena, rule->law[i]);
	return address;
}

static void
put_properties(struct json_writer *w, const struct rule *rule)
{
	json_open(w, "properties", '{');
	json_open(w, "tags", '[');
	json_string(w, NULL, "eu-ai-act");
	for (size_t i = 0; i < rule->n_law && i < TAGS_MOST - 1; i++)
		json_string(w, NULL, rule->law_ids[i]);
	json_close(w, ']');
	json_string(w, "provision", rule->provision);
	json_string(w, "tier", rule->tier_text);
	json_string(w, "duty", rule->duty_text);
	json_close(w, '}');
}

static void
put_rule(const struct sarif_rules *rules, const struct sarif_rule *entry,
    struct json_writer *w)
{
	const struct rule *rule = entry->rule;

	json_open(w, NULL, '{');
	json_string(w, "id", entry->id);
	put_message(w, "shortDescription", entry->title);
	put_message(w, "fullDescription",
	    rule != NULL && rule->sentence != NULL ? rule->sentence :
						     entry->title);
	json_open(w, "defaultConfiguration", '{');
	json_string(w, "level",
	    diag_severity_word(
		rule != NULL ? rule->severity : entry->severity));
	json_close(w, '}');
	if (rule != NULL) {
		put_help(w, rule, address_of(rules, rule));
		put_properties(w, rule);
	} else if (entry->fix[0] != '\0') {
		put_message(w, "help", entry->fix);
	}
	json_close(w, '}');
}

void
sarif_rules_write(const struct sarif_rules *rules, struct json_writer *writer)
{
	json_open(writer, "rules", '[');
	for (size_t i = 0; i < rules->n; i++)
		put_rule(rules, &rules->list[i], writer);
	json_close(writer, ']');
}
