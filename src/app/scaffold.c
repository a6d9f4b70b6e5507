#include "app/scaffold.h"

#include <string.h>

#include "check/check.h"
#include "check/terms.h"
#include "intake/intake.h"
#include "intake/vocabulary.h"
#include "read/yaml.h"

static struct scaffold_key *
new_key(struct scaffold *scaffold, const struct term *term,
    struct scaffold_key *parent)
{
	struct scaffold_key *key = arena_alloc(scaffold->arena, sizeof(*key));
	struct scaffold_key **end = &key->first;

	key->term = term;
	key->parent = parent;
	for (const struct term *t = term->first; t != NULL; t = t->next) {
		*end = new_key(scaffold, t, key);
		end = &(*end)->next;
	}
	return key;
}

/* The key of a term; every term of the vocabulary has one. */
static struct scaffold_key *
key_of(const struct scaffold *scaffold, const struct term *term)
{
	struct scaffold_key *key;

	if (term->parent == NULL)
		return scaffold->top;
	key = key_of(scaffold, term->parent)->first;
	while (key->term != term)
		key = key->next;
	return key;
}

/* The term of a path of a record: that without its indices. */
static const struct term *
term_of(const struct scaffold *scaffold, const char *path)
{
	char *plain = arena_str(scaffold->arena, path);
	size_t n = 0;

	for (const char *p = path; *p != '\0'; p++) {
		if (*p == '[')
			p += strcspn(p, "]");
		else
			plain[n++] = *p;
	}
	plain[n] = '\0';
	return vocabulary_find(scaffold->vocabulary, plain);
}

static void
mark_live(struct scaffold_key *key)
{
	for (; key != NULL; key = key->parent)
		key->has_live = key->is_used = true;
}

/* The entry of a rule at a key, made where it is missing. */
static struct scaffold_ask *
ask_at(struct scaffold *scaffold, struct scaffold_key *key,
    const struct rule *rule)
{
	struct scaffold_ask **end = &key->asks;

	while (*end != NULL && (*end)->rule != rule)
		end = &(*end)->next;
	if (*end == NULL) {
		*end = arena_alloc(scaffold->arena, sizeof(**end));
		(*end)->rule = rule;
		(*end)->applies = DATE_NONE;
	}
	return *end;
}

/* A rule on its way through its checks. */
struct marking {
	struct scaffold *scaffold;
	const struct rule *rule;
	bool is_asked;   /* in its check, not in its condition */
	bool is_waiting; /* for the condition to hold */
};

static void
mark_term(void *context, const struct term *term)
{
	const struct marking *marking = context;
	struct scaffold_key *key = key_of(marking->scaffold, term);
	struct scaffold_ask *ask =
	    ask_at(marking->scaffold, key, marking->rule);

	ask->is_asked |= marking->is_asked;
	ask->is_waiting = marking->is_waiting;
	for (; key != NULL; key = key->parent)
		key->is_used = true;
}

/* Whether the rule was not judged on the facts that are known. */
static bool
is_waiting(const struct rule *rule, const struct record *record)
{
	for (const struct verdict *v = record->verdicts.first; v != NULL;
	     v = v->next)
		if (strcmp(v->rule, rule->id) == 0)
			return v->result == VERDICT_UNKNOWN ||
			    v->result == VERDICT_NOT_APPLICABLE;
	return false;
}

static void
mark_rules(struct scaffold *scaffold, const struct record *record)
{
	for (size_t i = 0; i < scaffold->catalogue->n_rules; i++) {
		const struct rule *rule = &scaffold->catalogue->rules[i];
		struct marking marking = { scaffold, rule, false, false };

		if (!check_binds(rule, record))
			continue;
		marking.is_waiting =
		    rule->when != NULL && is_waiting(rule, record);
		terms_visit(rule->when, mark_term, &marking);
		marking.is_asked = true;
		terms_visit(rule->check, mark_term, &marking);
	}
}

static bool
is_finding(const struct verdict *verdict)
{
	return verdict->result == VERDICT_FAIL ||
	    verdict->result == VERDICT_UPCOMING ||
	    verdict->result == VERDICT_MANUAL;
}

/* What a finding names becomes an open point. */
static void
mark_finding(struct scaffold *scaffold, const struct verdict *verdict)
{
	const struct rule *rule =
	    catalogue_rule(scaffold->catalogue, verdict->rule);
	const struct term *term = term_of(scaffold, verdict->path);
	struct scaffold_key *key;
	struct scaffold_ask *ask;

	scaffold->n_findings++;
	if (rule == NULL || term == NULL || term->parent == NULL)
		return;
	key = key_of(scaffold, term);
	ask = ask_at(scaffold, key, rule);
	ask->is_finding = ask->is_asked = true;
	ask->applies = verdict->applies_from;
	ask->is_ahead = verdict->applies_from != DATE_NONE &&
	    verdict->applies_from > scaffold->policy->as_of;
	scaffold->n_open += !key->is_open;
	key->is_open = true;
	mark_live(key);
}

static void
put_facts(const struct scaffold_key *section, unsigned depth, struct text *out)
{
	for (const struct scaffold_key *k = section->first; k != NULL;
	     k = k->next) {
		if (!k->has_live)
			continue;
		text_printf(out, "%*s%s: %s\n", (int)depth, "", k->term->key,
		    k->value != NULL ? k->value : "");
		if (k->value == NULL)
			put_facts(k, depth + 2, out);
	}
}

/* The facts alone, taken in as a record. */
static int
take_facts(
    struct scaffold *scaffold, struct record *record, struct diag_list *diags)
{
	struct text text = { 0 };
	struct source source;
	const struct value *value;

	put_facts(scaffold->top, 0, &text);
	source_of_bytes(&source, INTAKE_FILE,
	    arena_dup(scaffold->arena, text_str(&text), text.n), text.n);
	text_free(&text);
	value = yaml_read(scaffold->arena, &source, diags);
	if (value == NULL)
		return -1;
	intake_value(record, scaffold->vocabulary, value);
	for (const struct diag *d = record->diags.first; d != NULL; d = d->next)
		diag_add(diags, d->id, (struct pos){ 0 }, "%s",
		    arena_str(scaffold->arena, d->detail));
	return record->diags.n_errors == 0 ? 0 : -1;
}

int
scaffold_make(struct scaffold *out, const struct scaffold_fact *facts,
    size_t n_facts, struct diag_list *diags)
{
	struct record record = { .file = INTAKE_FILE, .folder = "." };
	int rc;

	out->top = new_key(out, &out->vocabulary->top, NULL);
	for (size_t i = 0; i < n_facts; i++) {
		struct scaffold_key *key = key_of(out, facts[i].term);

		key->value = facts[i].value;
		mark_live(key);
	}
	rc = take_facts(out, &record, diags);
	if (rc == 0) {
		check_record(out->catalogue, &record, out->policy);
		mark_rules(out, &record);
		for (const struct verdict *v = record.verdicts.first; v != NULL;
		     v = v->next)
			if (is_finding(v))
				mark_finding(out, v);
	}
	arena_free(&record.arena);
	return rc;
}
