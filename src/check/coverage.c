#include "check/coverage.h"

#include <stdlib.h>
#include <string.h>

#include "base/near.h"
#include "check/chapter.h"
#include "check/kind.h"
#include "read/value.h"

static const char *const words[COVERAGE_KINDS] = { "rules", "judgement",
	"evidence", "information", "open" };
static const char *const owed_by_none[] = { "none", "commission" };

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

const char *
coverage_word(enum coverage_kind kind)
{
	return words[kind];
}

/* What the checks of rules ask, taken together. */
struct asked {
	bool by_machine;     /* something that needs no person to decide */
	bool who, when, why; /* of a decision */
	bool file, day;      /* of a reference */
};

static bool
ends_with(const char *key, const char *end)
{
	size_t n = strlen(key), m = strlen(end);

	return n >= m && strcmp(key + n - m, end) == 0;
}

static void
ask_term(struct asked *asked, const struct term *term)
{
	if (term == NULL || term->key == NULL)
		return;
	asked->who |= ends_with(term->key, KEY_BY);
	asked->when |= term->type == TERM_DATE && ends_with(term->key, KEY_ON);
	asked->why |= ends_with(term->key, KEY_RATIONALE) ||
	    ends_with(term->key, KEY_REASON);
	asked->file |= term->type == TERM_FILE || term->type == TERM_HASH;
	asked->day |= term->type == TERM_DATE;
}

static void
ask(struct asked *asked, const struct check *check)
{
	if (strcmp(check->kind->name, "manual") == 0) {
		asked->who = asked->when = asked->why = true;
		return;
	}
	if (check->first == NULL) {
		asked->by_machine = true;
		ask_term(asked, check->field.term);
		ask_term(asked, check->key);
	}
	for (const struct check *c = check->first; c != NULL; c = c->next)
		ask(asked, c);
}

static struct asked
asked_by(const struct coverage_row *row)
{
	struct asked asked = { 0 };

	for (size_t i = 0; i < row->n_rules; i++)
		ask(&asked, row->rules[i]->check);
	return asked;
}

static bool
gate_is(const struct coverage_row *row, const char *word)
{
	return row->obligation->gate != NULL &&
	    strcmp(row->obligation->gate, word) == 0;
}

/* Whether somebody who makes, sells or uses systems owes the provision. */
static bool
is_owed(const struct obligation *obligation)
{
	const struct value *list = value_get(obligation->entry, "holders");

	for (const struct value *v = list != NULL ? list->first : NULL;
	     v != NULL; v = v->next) {
		size_t i = 0;

		while (i < COUNT(owed_by_none) &&
		    strcmp(v->text, owed_by_none[i]) != 0)
			i++;
		if (i == COUNT(owed_by_none))
			return true;
	}
	return false;
}

/* Without rules: the reason for it, if one is given. */
static void
set_reason(struct coverage_row *row, struct arena *arena,
    const struct catalogue *catalogue)
{
	const struct value *covered =
	    value_get(row->obligation->entry, "covered");
	const char *word = value_text(covered, words[COVERAGE_INFORMATION]);
	const char *sentence =
	    word != NULL ? value_text(catalogue->reasons, word) : NULL;
	const char *note = value_text(covered, "note");

	row->kind = COVERAGE_OPEN;
	if (sentence == NULL)
		return;
	row->kind = COVERAGE_INFORMATION;
	row->reason = word;
	row->because = note == NULL ?
	    sentence :
	    arena_printf(arena, "%s: %s", sentence, note);
}

/* What is due of an operator and asked by no rule. */
static const char *
gap_of(const struct coverage_row *row, const struct asked *asked)
{
	if (row->kind == COVERAGE_OPEN)
		return "no rule names it and no reason is given";
	if (!row->is_owed)
		return NULL;
	if (gate_is(row, "judgement") && row->kind != COVERAGE_JUDGEMENT)
		return "no rule asks a decision with its reason, who took it"
		       " and when";
	if (gate_is(row, "evidence") && row->kind != COVERAGE_EVIDENCE)
		return "no rule asks a file with its date";
	if ((gate_is(row, "presence") || gate_is(row, "value")) &&
	    !asked->by_machine)
		return "no automated rule asks it";
	return NULL;
}

static void
settle(struct coverage_row *row, struct arena *arena,
    const struct catalogue *catalogue)
{
	struct asked asked = asked_by(row);

	row->is_owed = is_owed(row->obligation);
	if (row->n_rules == 0)
		set_reason(row, arena, catalogue);
	else if (gate_is(row, "judgement") && asked.who && asked.when &&
	    asked.why)
		row->kind = COVERAGE_JUDGEMENT;
	else if (gate_is(row, "evidence") && asked.file && asked.day)
		row->kind = COVERAGE_EVIDENCE;
	else
		row->kind = COVERAGE_RULES;
	row->gap = gap_of(row, &asked);
}

static int
compare_rows(const void *a, const void *b)
{
	const struct coverage_row *x = a, *y = b;

	return law_compare_ids(x->obligation->id, y->obligation->id);
}

/* How many rules name each provision, by its place in the catalogue. */
static size_t *
count_rules(struct arena *arena, const struct catalogue *catalogue)
{
	size_t *n = arena_array(arena, catalogue->n_obligations, sizeof(*n));

	for (size_t i = 0; i < catalogue->n_rules; i++)
		for (size_t j = 0; j < catalogue->rules[i].n_law; j++)
			n[catalogue->rules[i].law[j] -
			    catalogue->obligations]++;
	return n;
}

static void
add_rules(struct coverage_row *rows, const struct catalogue *catalogue)
{
	for (size_t i = 0; i < catalogue->n_rules; i++) {
		const struct rule *rule = &catalogue->rules[i];

		for (size_t j = 0; j < rule->n_law; j++) {
			struct coverage_row *row =
			    &rows[rule->law[j] - catalogue->obligations];

			row->rules[row->n_rules++] = rule;
		}
	}
}

void
coverage_of(struct coverage *out, struct arena *arena,
    const struct catalogue *catalogue)
{
	size_t n = catalogue->n_obligations;
	struct coverage_row *rows = arena_array(arena, n, sizeof(*rows));
	size_t *n_rules = count_rules(arena, catalogue);

	*out = (struct coverage){ rows, n, 0 };
	for (size_t i = 0; i < n; i++) {
		const struct obligation *o = &catalogue->obligations[i];

		rows[i] = (struct coverage_row){ .obligation = o,
			.chapter = law_chapter_of(o->id),
			.rules = arena_array(arena, n_rules[i], sizeof(o)) };
	}
	add_rules(rows, catalogue);
	for (size_t i = 0; i < n; i++) {
		settle(&rows[i], arena, catalogue);
		out->n_gaps += rows[i].gap != NULL;
	}
	if (n > 1)
		qsort(rows, n, sizeof(*rows), compare_rows);
}

/* What is under way while the two sides are compared. */
struct comparison {
	const struct catalogue *catalogue;
	struct diag_list *diags;
	const struct coverage_row *row;
};

static bool
is_listed(const struct value *list, const char *id)
{
	for (const struct value *v = list->first; v != NULL; v = v->next)
		if (v->text != NULL && strcmp(v->text, id) == 0)
			return true;
	return false;
}

static bool
names(const struct rule *rule, const char *id)
{
	for (size_t i = 0; i < rule->n_law; i++)
		if (strcmp(rule->law_ids[i], id) == 0)
			return true;
	return false;
}

static void
compare_item(struct comparison *c, const struct value *item)
{
	const char *id = c->row->obligation->id;
	const char *word = item->text != NULL ? item->text : "";
	const struct rule *rule = catalogue_rule(c->catalogue, word);
	const char *near = rule != NULL ?
	    NULL :
	    catalogue_near(c->catalogue, c->diags->arena, word);

	if (rule == NULL)
		diag_add(c->diags, DIAG_COVERAGE, item->pos,
		    "%s: there is no rule \"%.40s\"%s%s%s", id, word,
		    near != NULL ? "; did you mean \"" : "",
		    near != NULL ? near : "", near != NULL ? "\"?" : "");
	else if (!names(rule, id))
		diag_add(c->diags, DIAG_COVERAGE, item->pos,
		    "%s: the rule %s (%s:%u) does not name it in its law", id,
		    rule->id, rule->pos.file, rule->pos.line);
}

/* The rules listed against those that name the provision. */
static void
compare_lists(struct comparison *c, const struct value *list)
{
	const struct coverage_row *row = c->row;

	if (list->kind != VALUE_LIST) {
		diag_add(c->diags, DIAG_COVERAGE, list->pos,
		    "%s: rules are a list", row->obligation->id);
		return;
	}
	for (const struct value *v = list->first; v != NULL; v = v->next)
		compare_item(c, v);
	for (size_t i = 0; i < row->n_rules; i++)
		if (!is_listed(list, row->rules[i]->id))
			diag_add(c->diags, DIAG_COVERAGE, list->pos,
			    "%s: the rule %s (%s:%u) names it and is not"
			    " listed",
			    row->obligation->id, row->rules[i]->id,
			    row->rules[i]->pos.file, row->rules[i]->pos.line);
}

static void
compare_reason(struct comparison *c, const struct value *word)
{
	const struct value *reasons = c->catalogue->reasons;
	const char **known;
	const char *near;
	size_t n = 0;

	if (c->row->n_rules > 0) {
		diag_add(c->diags, DIAG_COVERAGE, word->key_pos,
		    "%s: information, but the rule %s (%s:%u) names it",
		    c->row->obligation->id, c->row->rules[0]->id,
		    c->row->rules[0]->pos.file, c->row->rules[0]->pos.line);
		return;
	}
	if (word->text != NULL && value_get(reasons, word->text) != NULL)
		return;
	known = arena_array(
	    c->diags->arena, reasons != NULL ? reasons->n : 0, sizeof(*known));
	for (const struct value *v = reasons != NULL ? reasons->first : NULL;
	     v != NULL; v = v->next)
		known[n++] = v->key;
	near = near_word(word->text != NULL ? word->text : "", known, n);
	diag_add(c->diags, DIAG_COVERAGE, word->pos, "%s: unknown reason%s%s%s",
	    c->row->obligation->id, near != NULL ? "; did you mean \"" : "",
	    near != NULL ? near : "", near != NULL ? "\"?" : "");
}

/* One key of `covered`: how the provision is said to be covered. */
static void
compare_key(struct comparison *c, const struct value *v)
{
	const struct coverage_row *row = c->row;
	size_t kind = 0;

	while (kind < COVERAGE_OPEN && strcmp(words[kind], v->key) != 0)
		kind++;
	if (kind == COVERAGE_OPEN)
		diag_add(c->diags, DIAG_COVERAGE, v->key_pos,
		    "%s: unknown key \"%.40s\"", row->obligation->id, v->key);
	else if (kind == COVERAGE_INFORMATION)
		compare_reason(c, v);
	else if ((enum coverage_kind)kind != row->kind && row->n_rules > 0)
		diag_add(c->diags, DIAG_COVERAGE, v->key_pos,
		    "%s: covered by %s, not by %s", row->obligation->id,
		    words[row->kind], words[kind]);
	else
		compare_lists(c, v);
}

static void
compare_row(struct comparison *c)
{
	const struct obligation *o = c->row->obligation;
	const struct value *covered = value_get(o->entry, "covered");
	size_t n = 0;

	if (covered == NULL || covered->kind != VALUE_MAP) {
		diag_add(c->diags, DIAG_COVERAGE,
		    covered != NULL ? covered->pos : o->pos,
		    "%s: the key \"covered\" is wanted, a map", o->id);
		return;
	}
	for (const struct value *v = covered->first; v != NULL; v = v->next)
		if (strcmp(v->key, "note") != 0) {
			compare_key(c, v);
			n++;
		}
	if (n > 1 || (n == 0 && c->row->kind != COVERAGE_OPEN))
		diag_add(c->diags, DIAG_COVERAGE, covered->pos,
		    "%s: one of rules, judgement, evidence and information"
		    " is wanted",
		    o->id);
}

int
coverage_compare(const struct coverage *coverage,
    const struct catalogue *catalogue, struct diag_list *diags)
{
	struct comparison c = { catalogue, diags, NULL };
	size_t before = diags->n;

	for (size_t i = 0; i < coverage->n; i++) {
		c.row = &coverage->rows[i];
		compare_row(&c);
	}
	return diags->n == before ? 0 : -1;
}

int
coverage_gaps(const struct coverage *coverage, struct diag_list *diags)
{
	for (size_t i = 0; i < coverage->n; i++) {
		const struct coverage_row *row = &coverage->rows[i];

		if (row->gap != NULL)
			diag_add(diags, DIAG_COVERAGE_GAP, row->obligation->pos,
			    "%s, %s: %s", row->obligation->id,
			    row->obligation->provision, row->gap);
	}
	return coverage->n_gaps == 0 ? 0 : -1;
}
