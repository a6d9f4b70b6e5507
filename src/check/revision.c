#include "check/revision.h"

#include <string.h>

/* Two states of one rule. */
struct pair {
	struct revision_list *list;
	struct arena *arena;
	const struct rule *before;
	const struct rule *now;
	bool is_changed;
};

static struct revision *
append(struct revision_list *list, struct arena *arena, enum revision_kind kind)
{
	struct revision *revision = arena_alloc(arena, sizeof(*revision));

	revision->kind = kind;
	revision->rule = revision->title = "";
	revision->field = revision->before = revision->now = "";
	if (list->last != NULL)
		list->last->next = revision;
	else
		list->first = revision;
	list->last = revision;
	return revision;
}

void
revision_add(struct revision_list *list, struct arena *arena, const char *field,
    const char *before, const char *now)
{
	struct revision *revision;

	before = before != NULL ? before : "";
	now = now != NULL ? now : "";
	if (strcmp(before, now) == 0)
		return;
	revision = append(list, arena, REVISION_CHANGED);
	revision->field = field;
	revision->before = before;
	revision->now = now;
}

/* One field of a rule; NULL is nothing. */
static void
compare_text(
    struct pair *pair, const char *field, const char *before, const char *now)
{
	struct revision *last = pair->list->last;

	revision_add(pair->list, pair->arena, field, before, now);
	if (pair->list->last == last)
		return;
	pair->list->last->rule = pair->now->id;
	pair->list->last->title = pair->now->title;
	pair->is_changed = true;
}

static const char *
day_text(struct arena *arena, date day, const char *none)
{
	char text[DATE_SIZE];

	if (day == DATE_NONE)
		return none;
	date_write(day, text);
	return arena_str(arena, text);
}

/* Whether every tier of the rule begins on one day, which is *day. */
static bool
has_one_day(const struct rule *rule, date *day)
{
	bool is_first = true;

	*day = DATE_NONE;
	for (size_t i = 0; i < TIER_COUNT; i++) {
		if ((rule->tiers >> i & 1) == 0)
			continue;
		if (!is_first && rule->applies[i] != *day)
			return false;
		*day = rule->applies[i];
		is_first = false;
	}
	return true;
}

/* The first day, by tier where tiers differ. */
static void
compare_days(struct pair *pair)
{
	const struct rule *a = pair->before, *b = pair->now;
	size_t n;
	const char *const *words = tier_words(&n);
	date before, now;

	if (has_one_day(a, &before) && has_one_day(b, &now)) {
		compare_text(pair, "first day",
		    day_text(pair->arena, before, "always"),
		    day_text(pair->arena, now, "always"));
		return;
	}
	for (size_t i = 0; i < TIER_UNDECLARED && i < n; i++)
		if ((a->tiers & b->tiers & 1U << i) != 0)
			compare_text(pair,
			    arena_printf(
				pair->arena, "first day for %s", words[i]),
			    day_text(pair->arena, a->applies[i], "always"),
			    day_text(pair->arena, b->applies[i], "always"));
}

/* How transitions move the rule: "from 2026-12-02 where placed before". */
static const char *
transition_text(struct arena *arena, const struct rule *rule)
{
	const char *text = "";

	for (size_t i = 0; i < rule->n_transitions; i++) {
		const struct transition *t = &rule->transitions[i];

		if ((rule->concerned >> i & 1) == 0)
			continue;
		text = arena_printf(arena, "%s%s%s where %s", text,
		    *text != '\0' ? "; " : "",
		    t->applies == DATE_NEVER ?
			"never" :
			arena_printf(
			    arena, "from %s", day_text(arena, t->applies, "")),
		    t->reason);
	}
	return text;
}

static void
compare_rules(struct pair *pair)
{
	const struct rule *a = pair->before, *b = pair->now;
	struct arena *arena = pair->arena;

	compare_text(pair, "title", a->title, b->title);
	compare_text(pair, "severity", diag_severity_word(a->severity),
	    diag_severity_word(b->severity));
	compare_days(pair);
	compare_text(pair, "last day", day_text(arena, a->until, "none"),
	    day_text(arena, b->until, "none"));
	compare_text(pair, "transition", transition_text(arena, a),
	    transition_text(arena, b));
	compare_text(pair, "tiers", a->tier_text, b->tier_text);
	compare_text(pair, "owed by", a->duty_text, b->duty_text);
	compare_text(pair, "provisions", a->law_text, b->law_text);
	compare_text(pair, "point", a->point, b->point);
	compare_text(pair, "status",
	    a->status != STATUS_COUNT ? status_word(a->status) : "",
	    b->status != STATUS_COUNT ? status_word(b->status) : "");
	compare_text(pair, "asks", a->sentence, b->sentence);
	compare_text(pair, "when", a->condition, b->condition);
	compare_text(pair, "message", a->message, b->message);
	compare_text(pair, "why", a->why, b->why);
	compare_text(pair, "fix", a->fix, b->fix);
	compare_text(pair, "protected", a->is_protected ? "yes" : "no",
	    b->is_protected ? "yes" : "no");
}

static void
add_whole(struct revision_list *list, struct arena *arena,
    enum revision_kind kind, const struct rule *rule)
{
	struct revision *revision = append(list, arena, kind);

	revision->rule = rule->id;
	revision->title = rule->title;
	list->n_added += kind == REVISION_ADDED;
	list->n_removed += kind == REVISION_REMOVED;
}

void
revision_compare(struct revision_list *out, struct arena *arena,
    const struct catalogue *before, const struct catalogue *now)
{
	size_t i = 0, j = 0;

	revision_add(
	    out, arena, "version", before->pack.version, now->pack.version);
	revision_add(
	    out, arena, "edition", before->pack.edition, now->pack.edition);
	revision_add(out, arena, "reviewed",
	    day_text(arena, before->pack.reviewed, "never"),
	    day_text(arena, now->pack.reviewed, "never"));
	while (i < before->n_rules || j < now->n_rules) {
		struct pair pair = { out, arena, NULL, NULL, false };
		int order;

		if (i < before->n_rules)
			pair.before = before->rules_by_id[i];
		if (j < now->n_rules)
			pair.now = now->rules_by_id[j];
		order = pair.before == NULL ? 1 :
		    pair.now == NULL        ? -1 :
				       strcmp(pair.before->id, pair.now->id);
		if (order < 0)
			add_whole(out, arena, REVISION_REMOVED, pair.before);
		else if (order > 0)
			add_whole(out, arena, REVISION_ADDED, pair.now);
		else
			compare_rules(&pair);
		out->n_changed += pair.is_changed;
		i += order <= 0;
		j += order >= 0;
	}
}

const char *
revision_word(enum revision_kind kind)
{
	static const char *const words[] = { "added", "removed", "changed" };

	return words[kind];
}
