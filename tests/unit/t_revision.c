#include "check/revision.h"

#include "court.h"

/* What changed between two states of the rules. */

#define PACK "pack: {name: p, version: \"1\", reviewed: 2026-11-01}\n"
#define RULE(id, severity, more)                                               \
	"  - {id: " id ", title: About " id ", law: [], duty: [any], "         \
	"severity: " severity                                                  \
	", check: {present: model.name}, message: m" more "}\n"
#define ALL ", tier: [all]"

/* One line a change: "R-1 severity: error becomes warning". */
static void
is(const char *before, const char *now, const char *expected)
{
	struct revision_list list = { 0 };
	struct text out = { 0 };
	struct court a, b;

	court_open(&a, before);
	court_open(&b, now);
	CHECK_INT(a.rc, 0);
	CHECK_INT(b.rc, 0);
	revision_compare(&list, &a.arena, &a.catalogue, &b.catalogue);
	for (const struct revision *r = list.first; r != NULL; r = r->next)
		if (r->kind == REVISION_CHANGED)
			text_printf(&out, "%s%s%s: %s > %s; ", r->rule,
			    r->rule[0] != '\0' ? " " : "", r->field, r->before,
			    r->now);
		else
			text_printf(&out, "%s %s (%s); ", r->rule,
			    revision_word(r->kind), r->title);
	text_printf(
	    &out, "%zu %zu %zu", list.n_added, list.n_removed, list.n_changed);
	CHECK_STR(text_str(&out), expected);
	text_free(&out);
	court_close(&a);
	court_close(&b);
}

static void
tells_nothing_of_the_same(void)
{
	static const char one[] = PACK "rules:\n" RULE("R-1", "error", ALL);
	static const char moved[] =
	    "# a\n\n" PACK "rules:\n\n" RULE("R-1", "error", ALL);

	is(one, one, "0 0 0");
	is(one, moved, "0 0 0");
}

static void
tells_what_came_and_went(void)
{
	is(PACK "rules:\n" RULE("R-1", "error", ALL) RULE("R-3", "note", ALL),
	    PACK "rules:\n" RULE("R-4", "error", ALL) RULE("R-3", "note", ALL)
		RULE("R-2", "error", ALL),
	    "R-1 removed (About R-1); R-2 added (About R-2); "
	    "R-4 added (About R-4); 2 1 0");
}

static void
tells_fields(void)
{
	is(PACK "rules:\n" RULE("R-1", "error", ALL ", why: Old"),
	    PACK "rules:\n" RULE("R-1", "warning", ALL ", fix: New"),
	    "R-1 severity: error > warning; R-1 why: Old > ; "
	    "R-1 fix:  > New; 0 0 1");
	is(PACK "rules:\n" RULE("R-1", "error", ", tier: [minimal]"),
	    PACK "rules:\n" RULE(
		"R-1", "error", ", tier: [gpai], when: {present: model.owner}"),
	    "R-1 tiers: minimal > gpai; "
	    "R-1 when:  > \"Owner\" under \"Model\" is given; 0 0 1");
}

#define HIGH ", tier: [high-risk], applies: "

static void
tells_days(void)
{
	is(PACK "rules:\n" RULE("R-1", "error", HIGH "2027-12-02"),
	    PACK "rules:\n" RULE("R-1", "error", HIGH "2028-12-02"),
	    "R-1 first day: 2027-12-02 > 2028-12-02; 0 0 1");
	is(PACK "rules:\n" RULE("R-1", "error", HIGH "2027-12-02"),
	    PACK "rules:\n" RULE("R-1", "error", ", tier: [high-risk]"),
	    "R-1 first day: 2027-12-02 > always; 0 0 1");
	is(PACK "rules:\n" RULE("R-1", "error",
	       HIGH "{annex-iii: 2027-12-02, annex-i: 2028-08-02}"),
	    PACK "rules:\n" RULE("R-1", "error",
		HIGH "{annex-iii: 2027-12-02, annex-i: 2029-08-02}"),
	    "R-1 first day for high-risk-annex-i: 2028-08-02 > 2029-08-02; "
	    "0 0 1");
	is(PACK "rules:\n" RULE("R-1", "error", ALL),
	    PACK "rules:\n" RULE("R-1", "error", ALL ", until: 2030-01-01"),
	    "R-1 last day: none > 2030-01-01; 0 0 1");
	is(PACK "rules:\n" RULE("R-1", "error", HIGH "2027-12-02"),
	    PACK "transitions:\n  - {id: T, begins: 2027-12-02, applies: "
		 "2030-08-02, reason: placed before, when: {yes: "
		 "risk.profiling}}\n  - {id: U, begins: 2027-12-02, applies: "
		 "never, reason: placed long before, when: {yes: "
		 "risk.profiling}}\nrules:\n" RULE(
		     "R-1", "error", HIGH "2027-12-02"),
	    "R-1 transition:  > from 2030-08-02 where placed before; never "
	    "where placed long before; 0 0 1");
}

static void
tells_of_the_pack(void)
{
	is(PACK "rules:\n" RULE("R-1", "error", ALL),
	    "pack: {name: p, version: \"2\", reviewed: 2026-12-01, "
	    "not_waivable: [R-*]}\nrules:\n" RULE("R-1", "error", ALL),
	    "version: 1 > 2; reviewed: 2026-11-01 > 2026-12-01; "
	    "R-1 protected: no > yes; 0 0 1");
}

int
main(void)
{
	tells_nothing_of_the_same();
	tells_what_came_and_went();
	tells_fields();
	tells_days();
	tells_of_the_pack();
	return tap_done();
}
