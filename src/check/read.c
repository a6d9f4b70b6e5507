#include "check/read.h"
#include "check/cite.h"

#include <string.h>

#include "base/text.h"
#include "check/example.h"
#include "check/sentence.h"

/* The keys of a rule, as our files order them. */
enum rule_key {
	RULE_ID,
	RULE_TITLE,
	RULE_LAW,
	RULE_POINT,
	RULE_TIER,
	RULE_DUTY,
	RULE_APPLIES,
	RULE_UNTIL,
	RULE_SEVERITY,
	RULE_STATUS,
	RULE_PROTECTED,
	RULE_AGAINST,
	RULE_WHEN,
	RULE_CHECK,
	RULE_MESSAGE,
	RULE_ABSENT,
	RULE_WHY,
	RULE_FIX,
	RULE_EXAMPLES,
	RULE_KEYS
};

static const char *const rule_keys[RULE_KEYS] = { "id", "title", "law", "point",
	"tier", "duty", "applies", "until", "severity", "status", "protected",
	"against", "when", "check", "message", "absent", "why", "fix",
	"examples" };
static const enum rule_key needed_keys[] = { RULE_ID, RULE_TITLE, RULE_LAW,
	RULE_TIER, RULE_DUTY, RULE_SEVERITY, RULE_CHECK, RULE_MESSAGE };

static const char *const severities[] = { "note", "warning", "error" };
static const char *const status_words[] = { "not-met", "out-of-date",
	"outside-limit", "warning" };
static const enum status statuses[] = { STATUS_NOT_MET, STATUS_OUT_OF_DATE,
	STATUS_OUTSIDE_LIMIT, STATUS_WARNING };
static const char *const placeholders[] = { "value", "field", "label", "count",
	"limit", "age", "missing", "other" };

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* A text that may be absent; -1 when it is there and is none. */
static int
take_text(struct parser *parser, const struct value *value, const char **out)
{
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
	out->provision = cite(parser->arena, provisions, out->n_law);
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

/*
 * The readers of a rule take its values by enum rule_key.  Who the rule binds,
 * from when, until when:
 */
static int
read_reach(struct parser *parser, const struct catalogue *catalogue,
    const struct value *const v[], struct rule *out)
{
	int rc = read_law(parser, catalogue, v[RULE_LAW], out);

	if (v[RULE_POINT] != NULL &&
	    read_point(parser, catalogue, v[RULE_POINT], out) == -1)
		rc = -1;
	if (read_mask(parser, v[RULE_TIER], tier_mask, &out->tiers,
		&out->tier_text) == -1)
		rc = -1;
	if (read_mask(parser, v[RULE_DUTY], duty_mask, &out->duties,
		&out->duty_text) == -1)
		rc = -1;
	if (v[RULE_APPLIES] != NULL &&
	    read_applies(parser, v[RULE_APPLIES], out) == -1)
		rc = -1;
	if (v[RULE_UNTIL] != NULL &&
	    parse_date(parser, v[RULE_UNTIL], &out->until) == -1)
		rc = -1;
	return rc;
}

/* What the rule says to a reader. */
static int
read_texts(
    struct parser *parser, const struct value *const v[], struct rule *out)
{
	int rc = read_id(parser, v[RULE_ID], out);

	if (take_text(parser, v[RULE_TITLE], &out->title) == -1 ||
	    take_text(parser, v[RULE_MESSAGE], &out->message) == -1 ||
	    take_text(parser, v[RULE_ABSENT], &out->absent) == -1 ||
	    take_text(parser, v[RULE_WHY], &out->why) == -1 ||
	    take_text(parser, v[RULE_FIX], &out->fix) == -1)
		return -1;
	if (check_placeholders(parser, v[RULE_MESSAGE]) == -1 ||
	    (out->absent != NULL &&
		check_placeholders(parser, v[RULE_ABSENT]) == -1))
		rc = -1;
	return rc;
}

static int
read_weight(
    struct parser *parser, const struct value *const v[], struct rule *out)
{
	const struct value *status = v[RULE_STATUS];
	const struct value *protected = v[RULE_PROTECTED];
	int severity = parse_word(parser, v[RULE_SEVERITY], "severity",
	    severities, COUNT(severities));
	int word = 0;

	out->status = STATUS_COUNT;
	if (status != NULL)
		word = parse_word(parser, status, "status", status_words,
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
read_checks(
    struct parser *parser, const struct value *const v[], struct rule *out)
{
	if (v[RULE_AGAINST] != NULL &&
	    read_against(parser, v[RULE_AGAINST], out) == -1)
		return -1;
	out->check = parse_check(parser, v[RULE_CHECK]);
	if (v[RULE_WHEN] != NULL)
		out->when = parse_check(parser, v[RULE_WHEN]);
	if (out->check == NULL || (v[RULE_WHEN] != NULL && out->when == NULL))
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
	const struct value *v[RULE_KEYS];
	int rc = parse_keys(parser, entry, rule_keys, RULE_KEYS, v);

	begin(entry, out);
	for (size_t i = 0; i < COUNT(needed_keys); i++)
		if (v[needed_keys[i]] == NULL)
			return parse_offend(parser, entry->pos,
			    "a rule needs the key \"%s\"",
			    rule_keys[needed_keys[i]]);
	if (read_texts(parser, v, out) == -1)
		rc = -1;
	if (read_reach(parser, catalogue, v, out) == -1)
		rc = -1;
	if (read_weight(parser, v, out) == -1)
		rc = -1;
	if (read_checks(parser, v, out) == -1)
		rc = -1;
	if (v[RULE_EXAMPLES] != NULL &&
	    example_read_all(parser, v[RULE_EXAMPLES], out) == -1)
		rc = -1;
	return rc;
}
