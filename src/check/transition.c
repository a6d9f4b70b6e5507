#include "check/transition.h"

#include <string.h>

#include "check/read.h"

/* The keys of an entry; the first of them it needs. */
enum { ID, BEGINS, WHEN, APPLIES, REASON, NEEDED, LAW = NEEDED, OF, KEYS };

static const char *const keys[KEYS] = { "id", "begins", "when", "applies",
	"reason", "law", "of" };

/* A day, or the word "never". */
static int
read_applies(struct parser *parser, const struct value *value, date *out)
{
	const char *text = parse_text(parser, value);

	if (text == NULL)
		return -1;
	*out = DATE_NEVER;
	return strcmp(text, "never") == 0 ? 0 : parse_date(parser, value, out);
}

int
transition_read(
    struct parser *parser, const struct value *entry, struct transition *out)
{
	const struct value *v[KEYS];
	int rc = parse_keys(parser, entry, keys, KEYS, v);

	memset(out, 0, sizeof(*out));
	out->pos = entry->pos;
	for (size_t i = 0; i < NEEDED; i++)
		if (v[i] == NULL)
			return parse_offend(parser, entry->pos,
			    "a transition needs the key \"%s\"", keys[i]);
	out->id = parse_text(parser, v[ID]);
	out->reason = parse_text(parser, v[REASON]);
	out->when = parse_check(parser, v[WHEN]);
	if (out->id == NULL || out->reason == NULL || out->when == NULL ||
	    read_days(parser, v[BEGINS], out->begins) == -1 ||
	    read_applies(parser, v[APPLIES], &out->applies) == -1)
		return -1;
	if (v[OF] != NULL &&
	    parse_words(parser, v[OF], &out->of, &out->n_of) == -1)
		return -1;
	return rc;
}

/* Whether one of the provisions that the rule serves is meant. */
static bool
is_of(const struct transition *transition, const struct rule *rule)
{
	for (size_t i = 0; i < transition->n_of; i++)
		for (size_t k = 0; k < rule->n_law; k++)
			if (strcmp(transition->of[i], rule->law_ids[k]) == 0)
				return true;
	return transition->n_of == 0;
}

static bool
moves(const struct transition *transition, const struct rule *rule, size_t tier)
{
	return transition->begins[tier] != DATE_NONE &&
	    transition->begins[tier] == rule->applies[tier];
}

void
transition_bind(struct rule *rule, const struct transition *all, size_t n)
{
	rule->transitions = all;
	rule->n_transitions = n;
	for (size_t i = 0; i < n; i++)
		for (size_t tier = 0; tier < TIER_COUNT; tier++)
			if ((rule->tiers >> tier & 1) != 0 &&
			    moves(&all[i], rule, tier) && is_of(&all[i], rule))
				rule->concerned |= 1U << i;
}

unsigned
transition_mask(struct judge *judge, const struct transition *all, size_t n)
{
	unsigned mask = 0;
	struct outcome outcome;

	judge->in_when = true;
	for (size_t i = 0; i < n; i++) {
		judge_check(judge, all[i].when, &outcome);
		if (outcome.kind == OUTCOME_PASS)
			mask |= 1U << i;
	}
	judge->in_when = false;
	return mask;
}

/* The latest day to which a transition puts off the duty of one tier. */
static struct beginning
of_tier(const struct rule *rule, size_t tier, unsigned covered)
{
	struct beginning begins = { rule->applies[tier], NULL };

	for (size_t i = 0; covered >> i != 0; i++) {
		const struct transition *t = &rule->transitions[i];

		if ((covered >> i & 1) == 0 || !moves(t, rule, tier) ||
		    t->applies <= begins.day)
			continue;
		begins = (struct beginning){ t->applies, t };
	}
	return begins;
}

struct beginning
transition_beginning(const struct rule *rule, unsigned tiers, unsigned covered)
{
	struct beginning first = { DATE_NONE, NULL }, next;

	for (size_t i = 0; i < TIER_COUNT; i++) {
		if ((rule->tiers & tiers & 1U << i) == 0)
			continue;
		if (rule->applies[i] == DATE_NONE)
			return (struct beginning){ DATE_NONE, NULL };
		next = of_tier(rule, i, covered & rule->concerned);
		if (first.day == DATE_NONE || next.day < first.day)
			first = next;
	}
	return first;
}
