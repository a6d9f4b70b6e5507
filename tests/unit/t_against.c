#include "court.h"

/* A contradiction has two sides: both places are known and said. */

#define RULE(against, when, check)                                             \
	"rules:\n"                                                             \
	"  - id: R-1\n    title: A rule\n    law: []\n    tier: [all]\n"       \
	"    duty: [any]\n    severity: error\n    message: \"{value} is "     \
	"wrong\"\n" against when "    check: " check "\n"

/* One rule on one record: where the two sides are. */
struct quarrel {
	const char *what;
	const char *rule;
	const char *record;
	unsigned line, column;             /* of the finding */
	unsigned other_line, other_column; /* 0: none */
};

static void
look_for_both(const struct quarrel *quarrel)
{
	const struct verdict *verdict;
	struct record record;
	struct court court;

	court_open(&court, quarrel->rule);
	court_record(&court, &record, quarrel->record);
	verdict = court_judge(&court, &record);
	if (!CHECK(verdict != NULL)) {
		printf("# %s: %s\n", quarrel->what, court.diags.first->detail);
		arena_free(&record.arena);
		court_close(&court);
		return;
	}
	if (!CHECK_INT(verdict->pos.line, quarrel->line) ||
	    !CHECK_INT(verdict->pos.column, quarrel->column) ||
	    !CHECK_INT(verdict->other.line, quarrel->other_line) ||
	    !CHECK_INT(verdict->other.column, quarrel->other_column))
		printf("# %s\n", quarrel->what);
	CHECK((strstr(verdict->message, "; see model.yaml:") != NULL) ==
	    (quarrel->other_line > 0));
	CHECK((verdict->other.file != NULL) == (quarrel->other_line > 0));
	arena_free(&record.arena);
	court_close(&court);
}

static void
both_sides(void)
{
	static const struct quarrel quarrels[] = {
		{ "the item that met the condition",
		    RULE("    against: risk.tiers\n",
			"    when: {one-of: {field: risk.tiers, values: "
			"[minimal]}}\n",
			"{no: risk.profiling}"),
		    "risk:\n  tiers: [gpai, minimal]\n  profiling: yes\n", 3,
		    14, 2, 17 },
		{ "the last part of a condition that speaks of it",
		    RULE("    against: risk.tiers\n",
			"    when: {all: [{present: risk.tiers}, {one-of: "
			"{field: risk.tiers, values: [minimal]}}, {present: "
			"risk.profiling}]}\n",
			"{no: risk.profiling}"),
		    "risk:\n  tiers:\n    - gpai\n    - minimal\n"
		    "  profiling: yes\n",
		    5, 14, 4, 7 },
		{ "the field where no condition speaks of it",
		    RULE("    against: risk.tiers\n", "",
			"{no: risk.profiling}"),
		    "risk:\n  tiers: [gpai]\n  profiling: yes\n", 3, 14, 2,
		    10 },
		{ "nothing where the field is not on file",
		    RULE("    against: model.name\n", "",
			"{no: risk.profiling}"),
		    "risk:\n  profiling: yes\n", 2, 14, 0, 0 },
		{ "nothing unless the rule says so",
		    RULE("", "", "{no: risk.profiling}"),
		    "risk:\n  profiling: yes\n", 2, 14, 0, 0 },
		{ "nothing where nothing is wrong",
		    RULE("    against: risk.tiers\n", "",
			"{no: risk.profiling}"),
		    "risk:\n  tiers: [gpai]\n  profiling: no\n", 3, 14, 0, 0 },
		{ "what was compared",
		    RULE("", "",
			"{compare: {left: evaluation.version, is: same, right: "
			"model.version}}"),
		    "model:\n  version: 2\nevaluation:\n  version: 1\n", 4, 12,
		    2, 12 },
		{ "also when it must not be so",
		    RULE("", "",
			"{not: {compare: {left: evaluation.version, is: same, "
			"right: model.version}}}"),
		    "model:\n  version: 2\nevaluation:\n  version: 2\n", 4, 12,
		    2, 12 },
		{ "a literal has no place",
		    RULE("", "",
			"{compare: {left: evaluation.version, is: same, right: "
			"\"7\"}}"),
		    "evaluation:\n  version: 2\n", 2, 12, 0, 0 },
		{ "the day that bounds a day",
		    RULE("", "",
			"{date: {field: evaluation.tested_on, on_or_after: "
			"evaluation.planned_on}}"),
		    "evaluation:\n  tested_on: 2026-01-01\n"
		    "  planned_on: 2026-01-02\n",
		    2, 14, 3, 15 },
		{ "the list that lacks a name",
		    RULE("", "",
			"{ref: {field: evaluation.data_set, in: data_sets, "
			"key: name}}"),
		    "evaluation:\n  data_set: b\ndata_sets:\n  - name: a\n", 2,
		    13, 3, 1 },
		{ "the text that was copied",
		    RULE("", "",
			"{substance: {field: purpose.users, words: 6}}"),
		    "purpose:\n"
		    "  intended_purpose: Officers rank loans of adults in two "
		    "states\n"
		    "  users: Officers rank loans of adults in two states\n",
		    3, 10, 2, 21 },
	};

	for (size_t i = 0; i < sizeof(quarrels) / sizeof(quarrels[0]); i++)
		look_for_both(&quarrels[i]);
}

/* What the check itself was held against comes before the rule's word. */
static void
the_nearer_side_wins(void)
{
	static const struct quarrel quarrel = { "the nearer side",
		RULE("    against: risk.tiers\n", "",
		    "{compare: {left: evaluation.version, is: same, right: "
		    "model.version}}"),
		"risk: {tiers: [gpai]}\nmodel:\n  version: 2\n"
		"evaluation:\n  version: 1\n",
		5, 12, 3, 12 };

	look_for_both(&quarrel);
}

static void
refuses_a_path_that_is_none(void)
{
	struct court court;

	court_open(&court,
	    RULE("    against: risk.tier\n", "", "{no: risk.profiling}"));
	CHECK_INT(court.rc, -1);
	CHECK(court.diags.first != NULL &&
	    strstr(court.diags.first->detail, "tiers") != NULL);
	court_close(&court);
}

int
main(void)
{
	both_sides();
	the_nearer_side_wins();
	refuses_a_path_that_is_none();
	return tap_done();
}
