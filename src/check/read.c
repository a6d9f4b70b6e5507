#include "check/read.h"

#include <string.h>

#include "base/text.h"
#include "check/sentence.h"

enum { POLICY_AGE = 12, LEAD_MOST = 3660, AGE_MOST = 600 };

static const char *const rule_keys[] = { "id", "title", "law", "point", "tier",
	"duty", "applies", "until", "severity", "status", "protected",
	"against", "when", "check", "message", "absent", "why", "fix",
	"examples" };
static const char *const needed_keys[] = { "id", "title", "law", "tier", "duty",
	"severity", "check", "message" };
static const char *const example_keys[] = { "result", "as_of", "lead_time_days",
	"max_age_months", "record", "figures" };
static const char *const severities[] = { "note", "warning", "error" };
static const char *const results[] = { "pass", "fail", "waived", "manual",
	"not-applicable", "upcoming", "unknown", "error" };
static const char *const status_words[] = { "not-met", "out-of-date",
	"outside-limit", "warning" };
static const enum status statuses[] = { STATUS_NOT_MET, STATUS_OUT_OF_DATE,
	STATUS_OUTSIDE_LIMIT, STATUS_WARNING };
static const char *const placeholders[] = { "value", "field", "label", "count",
	"limit", "age", "missing", "other" };

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* The index of a scalar in a closed list; -1 with the reason in diags. */
static int
word_of(struct parser *parser, const struct value *value, const char *what,
    const char *const words[], size_t n)
{
	const char *text = parse_text(parser, value);

	if (text == NULL)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (strcmp(words[i], text) == 0)
			return (int)i;
	return parse_offend(parser, value->pos, "unknown %s \"%.40s\"%s", what,
	    text, parse_suggest(parser, text, words, n));
}

/* A text that may be absent; -1 when it is there and is none. */
static int
take_text(struct parser *parser, const struct value *entry, const char *key,
    const char **out)
{
	const struct value *value = value_get(entry, key);

	*out = value != NULL ? parse_text(parser, value) : NULL;
	return value != NULL && *out == NULL ? -1 : 0;
}

/* Join words for a reader. */
static const char *
join(struct arena *arena, const char *const words[], size_t n)
{
	struct text text = { 0 };
	const char *joined;

	if (n == 1)
		return words[0];
	for (size_t i = 0; i < n; i++) {
		bool is_repeated = false;

		for (size_t j = 0; j < i && !is_repeated; j++)
			is_repeated = strcmp(words[i], words[j]) == 0;
		if (is_repeated)
			continue;
		text_puts(&text, text.n > 0 ? ", " : "");
		text_puts(&text, words[i]);
	}
	joined = arena_dup(arena, text_str(&text), text.n);
	text_free(&text);
	return joined;
}

static int
read_id(struct parser *parser, const struct value *value, struct rule *out)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";

	out->id = parse_text(parser, value);
	if (out->id == NULL)
		return -1;
	if (strspn(out->id, allowed) == value->len && out->id[0] != '-')
		return 0;
	return parse_offend(parser, value->pos,
	    "an id has A-Z, 0-9 and - only, not \"%.40s\"", out->id);
}

/* The id of the nearest obligation, as a suggestion. */
static const char *
suggest_law(
    struct parser *parser, const struct catalogue *catalogue, const char *id)
{
	size_t n = catalogue->n_obligations;
	const char **ids = arena_array(parser->arena, n, sizeof(*ids));

	for (size_t i = 0; i < n; i++)
		ids[i] = catalogue->obligations[i].id;
	return parse_suggest(parser, id, ids, n);
}

static int
read_law(struct parser *parser, const struct catalogue *catalogue,
    const struct value *value, struct rule *out)
{
	const struct obligation **law;
	const char **provisions;
	int rc = 0;

	if (value->kind == VALUE_LIST && value->n == 0)
		return 0;
	if (parse_words(parser, value, &out->law_ids, &out->n_law) == -1)
		return -1;
	law = arena_array(parser->arena, out->n_law, sizeof(*law));
	provisions =
	    arena_array(parser->arena, out->n_law, sizeof(*provisions));
	for (size_t i = 0; i < out->n_law; i++) {
		const char *id = out->law_ids[i];

		law[i] = catalogue_obligation(catalogue, id);
		provisions[i] = law[i] != NULL ? law[i]->provision : id;
		if (law[i] == NULL && catalogue->n_obligations > 0)
			rc = parse_offend(parser, value->pos,
			    "no obligation \"%.60s\"%s", id,
			    suggest_law(parser, catalogue, id));
	}
	out->law = law;
	out->provision = join(parser->arena, provisions, out->n_law);
	out->law_text = join(parser->arena, out->law_ids, out->n_law);
	return rc;
}

/* The rows that a table of the reports shows. */
static int
read_point(struct parser *parser, const struct catalogue *catalogue,
    const struct value *value, struct rule *out)
{
	static const char *const tables[] = { "annex-iv.", "annex-v.",
		"art-27.1." };
	const char *id = parse_text(parser, value);
	size_t i = 0;

	if (id == NULL)
		return -1;
	while (
	    i < COUNT(tables) && strncmp(id, tables[i], strlen(tables[i])) != 0)
		i++;
	if (i == COUNT(tables))
		return parse_offend(parser, value->pos,
		    "a point is of annex-iv, annex-v or art-27.1, not "
		    "\"%.40s\"",
		    id);
	out->point = id;
	if (catalogue->n_obligations == 0 ||
	    catalogue_obligation(catalogue, id) != NULL)
		return 0;
	return parse_offend(parser, value->pos, "no obligation \"%.60s\"%s", id,
	    suggest_law(parser, catalogue, id));
}

/* A list of words, each of which stands for bits of a mask. */
static int
read_mask(struct parser *parser, const struct value *value,
    unsigned (*mask_of)(const char *), unsigned *mask, const char **shown)
{
	size_t n, n_known;
	const char *const *words;
	bool is_tier = mask_of == tier_mask;
	const char *const *known =
	    is_tier ? tier_words(&n_known) : duty_words(&n_known);
	int rc = 0;

	if (parse_words(parser, value, &words, &n) == -1)
		return -1;
	for (size_t i = 0; i < n; i++) {
		unsigned bits = mask_of(words[i]);

		*mask |= bits;
		if (bits == 0)
			rc = parse_offend(parser, value->pos,
			    "unknown %s \"%.40s\"%s", is_tier ? "tier" : "duty",
			    words[i],
			    parse_suggest(parser, words[i], known, n_known));
	}
	*shown = join(parser->arena, words, n);
	return rc;
}

/* One date for the tiers of a mask. */
static int
read_day(struct parser *parser, const struct value *value, unsigned mask,
    date days[TIER_COUNT])
{
	date day;

	if (parse_date(parser, value, &day) == -1)
		return -1;
	for (size_t i = 0; i < TIER_COUNT; i++)
		if ((mask >> i & 1) != 0)
			days[i] = day;
	return 0;
}

int
read_days(
    struct parser *parser, const struct value *value, date days[TIER_COUNT])
{
	size_t n;
	const char *const *words = tier_words(&n);
	int rc = 0;

	for (size_t i = 0; i < TIER_COUNT; i++)
		days[i] = DATE_NONE;
	if (value->kind != VALUE_MAP)
		return read_day(parser, value, ~0U, days);
	for (const struct value *v = value->first; v != NULL; v = v->next) {
		unsigned mask = tier_mask(v->key);

		if (mask == 0)
			rc = parse_offend(parser, v->key_pos,
			    "unknown tier \"%.40s\"%s", v->key,
			    parse_suggest(parser, v->key, words, n));
		else if (read_day(parser, v, mask, days) == -1)
			rc = -1;
	}
	return rc;
}

/* Each tier of the rule needs its day: without one it would never apply. */
static int
all_dated(
    struct parser *parser, const struct value *value, const struct rule *rule)
{
	size_t n;
	const char *const *words = tier_words(&n);

	for (size_t i = 0; i < TIER_COUNT; i++)
		if ((rule->tiers >> i & 1) != 0 &&
		    rule->applies[i] == DATE_NONE)
			return parse_offend(parser, value->pos,
			    "no day for the tier \"%s\"",
			    i < TIER_UNDECLARED ? words[i] : "all");
	return 0;
}

static int
read_applies(struct parser *parser, const struct value *value, struct rule *out)
{
	if (read_days(parser, value, out->applies) == -1)
		return -1;
	return value->kind == VALUE_MAP ? all_dated(parser, value, out) : 0;
}

/* Every {word} of a message is one that can be filled in. */
static int
check_placeholders(struct parser *parser, const struct value *value)
{
	const char *p = value->text;
	int rc = 0;

	while ((p = strchr(p, '{')) != NULL) {
		size_t n = strcspn(++p, "}");
		const char *word = arena_dup(parser->arena, p, n);
		size_t i = 0;

		while (i < COUNT(placeholders) &&
		    strcmp(placeholders[i], word) != 0)
			i++;
		if (i == COUNT(placeholders) || p[n] != '}')
			rc = parse_offend(parser, value->pos,
			    "unknown placeholder \"{%.40s}\"%s", word,
			    parse_suggest(parser, word, placeholders,
				COUNT(placeholders)));
	}
	return rc;
}

static int
read_example(
    struct parser *parser, const struct value *entry, struct example *out)
{
	const struct value *result = value_get(entry, "result");
	const struct value *as_of = value_get(entry, "as_of");
	const struct value *lead = value_get(entry, "lead_time_days");
	const struct value *age = value_get(entry, "max_age_months");
	int word;

	if (parse_keys(parser, entry, example_keys, COUNT(example_keys)) == -1)
		return -1;
	out->pos = entry->pos;
	out->max_age_months = POLICY_AGE;
	out->record = value_get(entry, "record");
	out->figures = value_get(entry, "figures");
	if (result == NULL || as_of == NULL || out->record == NULL ||
	    out->record->kind != VALUE_MAP)
		return parse_offend(parser, entry->pos,
		    "an example needs result, as_of and a record");
	word = word_of(parser, result, "result", results, COUNT(results));
	if (word == -1 || parse_date(parser, as_of, &out->as_of) == -1)
		return -1;
	out->result = (enum verdict_result)word;
	if (lead != NULL &&
	    parse_count(parser, lead, 0, LEAD_MOST, &out->lead_time_days) == -1)
		return -1;
	return age == NULL ?
	    0 :
	    parse_count(parser, age, 1, AGE_MOST, &out->max_age_months);
}

static int
read_examples(struct parser *parser, const struct value *list, struct rule *out)
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

/* Who the rule binds, from when, until when. */
static int
read_reach(struct parser *parser, const struct catalogue *catalogue,
    const struct value *entry, struct rule *out)
{
	const struct value *point = value_get(entry, "point");
	const struct value *applies = value_get(entry, "applies");
	const struct value *until = value_get(entry, "until");
	int rc = read_law(parser, catalogue, value_get(entry, "law"), out);

	if (point != NULL && read_point(parser, catalogue, point, out) == -1)
		rc = -1;
	if (read_mask(parser, value_get(entry, "tier"), tier_mask, &out->tiers,
		&out->tier_text) == -1)
		rc = -1;
	if (read_mask(parser, value_get(entry, "duty"), duty_mask, &out->duties,
		&out->duty_text) == -1)
		rc = -1;
	if (applies != NULL && read_applies(parser, applies, out) == -1)
		rc = -1;
	if (until != NULL && parse_date(parser, until, &out->until) == -1)
		rc = -1;
	return rc;
}

/* What the rule says to a reader. */
static int
read_texts(struct parser *parser, const struct value *entry, struct rule *out)
{
	const struct value *message = value_get(entry, "message");
	const struct value *absent = value_get(entry, "absent");
	int rc = read_id(parser, value_get(entry, "id"), out);

	if (take_text(parser, entry, "title", &out->title) == -1 ||
	    take_text(parser, entry, "message", &out->message) == -1 ||
	    take_text(parser, entry, "absent", &out->absent) == -1 ||
	    take_text(parser, entry, "why", &out->why) == -1 ||
	    take_text(parser, entry, "fix", &out->fix) == -1)
		return -1;
	if (check_placeholders(parser, message) == -1 ||
	    (absent != NULL && check_placeholders(parser, absent) == -1))
		rc = -1;
	return rc;
}

static int
read_weight(struct parser *parser, const struct value *entry, struct rule *out)
{
	const struct value *status = value_get(entry, "status");
	const struct value *protected = value_get(entry, "protected");
	int severity = word_of(parser, value_get(entry, "severity"), "severity",
	    severities, COUNT(severities));
	int word = 0;

	out->status = STATUS_COUNT;
	if (status != NULL)
		word = word_of(parser, status, "status", status_words,
		    COUNT(status_words));
	if (severity == -1 || word == -1)
		return -1;
	out->severity = (enum diag_severity)severity;
	out->stated_severity = out->severity;
	out->is_protected = protected != NULL && protected->text != NULL &&
	    strcmp(protected->text, "yes") == 0;
	if (protected != NULL && !out->is_protected)
		return parse_offend(parser, protected->pos,
		    "\"protected\" is yes, or not there");
	if (status != NULL)
		out->status = statuses[word];
	return 0;
}

/* The field that a finding of the rule contradicts. */
static int
read_against(struct parser *parser, const struct value *value, struct rule *out)
{
	struct path *path = arena_alloc(parser->arena, sizeof(*path));

	out->against = path;
	return parse_path(parser, value, path);
}

static int
read_checks(struct parser *parser, const struct value *entry, struct rule *out)
{
	const struct value *when = value_get(entry, "when");
	const struct value *against = value_get(entry, "against");

	if (against != NULL && read_against(parser, against, out) == -1)
		return -1;
	out->check = parse_check(parser, value_get(entry, "check"));
	if (when != NULL)
		out->when = parse_check(parser, when);
	if (out->check == NULL || (when != NULL && out->when == NULL))
		return -1;
	if (parser->is_brief)
		return 0;
	out->sentence = sentence_of(parser->arena, out->check);
	if (out->when != NULL)
		out->condition = sentence_clause(parser->arena, out->when);
	return 0;
}

static void
begin(const struct value *entry, struct rule *out)
{
	memset(out, 0, sizeof(*out));
	out->pos = entry->pos;
	out->until = DATE_NONE;
	out->law_text = out->provision = "";
	for (size_t i = 0; i < TIER_COUNT; i++)
		out->applies[i] = DATE_NONE;
}

int
read_rule(struct parser *parser, const struct catalogue *catalogue,
    const struct value *entry, struct rule *out)
{
	const struct value *examples = value_get(entry, "examples");
	int rc = parse_keys(parser, entry, rule_keys, COUNT(rule_keys));

	begin(entry, out);
	for (size_t i = 0; i < COUNT(needed_keys); i++)
		if (value_get(entry, needed_keys[i]) == NULL)
			return parse_offend(parser, entry->pos,
			    "a rule needs the key \"%s\"", needed_keys[i]);
	if (read_texts(parser, entry, out) == -1)
		rc = -1;
	if (read_reach(parser, catalogue, entry, out) == -1)
		rc = -1;
	if (read_weight(parser, entry, out) == -1)
		rc = -1;
	if (read_checks(parser, entry, out) == -1)
		rc = -1;
	if (examples != NULL && read_examples(parser, examples, out) == -1)
		rc = -1;
	return rc;
}
