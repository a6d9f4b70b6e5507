#include "store/compare.h"

#include <stdlib.h>

#include "tap.h"

enum { DAY = 86400 };

/* Two runs over the same model, to be changed by each test. */
struct pair {
	struct history history;
	struct run_info run;
	struct summary before[3], now[3];
	size_t n_now;
	struct summary_verdict old_verdicts[2], verdicts[2];
	struct summary_figure old_figures[2], figures[2];
	struct arena arena;
	struct change_list list;
};

static const struct summary model = { .id = "credit",
	.name = "Credit scoring",
	.version = "1.2",
	.tier = "High-risk",
	.gate = GATE_CLOSED,
	.blocking = 2,
	.worst_attribute = "",
	.worst_group = "",
	.document = "d0",
	.inputs = "i0" };

static const struct summary_verdict finding = { .id = "aaaa",
	.rule = "AIV-1A",
	.path = "purpose",
	.result = VERDICT_FAIL,
	.status = STATUS_NOT_PROVIDED,
	.effect = EFFECT_BLOCKS,
	.message = "the purpose is not described" };

static const struct summary_figure figure = { "sex", "female", "selection_rate",
	400, 0.25, 0.875, FIGURE_WITHIN };

static void
pair_init(struct pair *pair)
{
	*pair = (struct pair){ .run = { .id = "R-1",
				   .time = 20 * DAY,
				   .as_of = 20,
				   .generator = "dossier 1.0.0",
				   .pack = "2028.1",
				   .policy = "FP-3" },
		.n_now = 1 };
	pair->history.before = pair->run;
	pair->history.before.id = "R-0";
	pair->history.before.as_of = 19;
	pair->before[0] = model;
	pair->now[0] = model;
	pair->old_verdicts[0] = finding;
	pair->verdicts[0] = finding;
	pair->old_figures[0] = figure;
	pair->figures[0] = figure;
	pair->before[0].verdicts = pair->old_verdicts;
	pair->before[0].n_verdicts = 1;
	pair->before[0].figures = pair->old_figures;
	pair->before[0].n_figures = 1;
	pair->now[0].verdicts = pair->verdicts;
	pair->now[0].n_verdicts = 1;
	pair->now[0].figures = pair->figures;
	pair->now[0].n_figures = 1;
	pair->history.models = pair->before;
	pair->history.n_models = 1;
}

static void
compare(struct pair *pair)
{
	struct compare_run now = { &pair->run, pair->now, pair->n_now };

	ledger_compare(&pair->history, &now, &pair->arena, &pair->list);
}

/* The one change that there should be. */
static const struct change *
only(struct pair *pair)
{
	static const struct change none = {
		.what = "(none)", .before = "", .now = ""
	};

	compare(pair);
	CHECK_INT(pair->list.n, 1);
	return pair->list.n > 0 ? &pair->list.changes[0] : &none;
}

static void
says_nothing_of_what_stays(void)
{
	struct pair pair;

	pair_init(&pair);
	compare(&pair);
	CHECK_INT(pair.list.n, 0);
	/* The words of a finding may differ from day to day. */
	pair.verdicts[0].message = "still not described";
	pair.figures[0].value = 0.26;
	memcpy(pair.now[0].inputs, "i1", 3);
	memcpy(pair.now[0].document, "d1", 3);
	compare(&pair);
	CHECK_INT(pair.list.n, 0);
	pair.history.is_first = true;
	pair.now[0].gate = GATE_OPEN;
	compare(&pair);
	CHECK_INT(pair.list.n, 0);
	ledger_compare_model(
	    NULL, &pair.run, &pair.now[0], &pair.arena, &pair.list);
	CHECK_INT(pair.list.n, 0);
	arena_free(&pair.arena);
}

static void
tells_a_new_finding(void)
{
	struct pair pair;
	const struct change *change;

	pair_init(&pair);
	pair.before[0].n_verdicts = 0;
	change = only(&pair);
	CHECK_INT(change->kind, CHANGE_FINDING_NEW);
	CHECK_STR(change->model, "credit");
	CHECK_STR(change->model_name, "Credit scoring");
	CHECK_STR(change->what, "AIV-1A: purpose");
	CHECK_STR(change->before, "No finding");
	CHECK_STR(change->now, "Not provided: the purpose is not described");
	CHECK_INT(change->status, STATUS_NOT_PROVIDED);
	CHECK_STR(change->verdict, "aaaa");
	/* The same where the rule passed before. */
	pair.before[0].n_verdicts = 1;
	pair.old_verdicts[0].result = VERDICT_PASS;
	pair.old_verdicts[0].status = STATUS_MET;
	pair.verdicts[0].path = "";
	change = only(&pair);
	CHECK_INT(change->kind, CHANGE_FINDING_NEW);
	CHECK_STR(change->before, "Met");
	CHECK_STR(change->what, "AIV-1A");
	arena_free(&pair.arena);
}

static void
tells_a_closed_finding(void)
{
	struct pair pair;
	const struct change *change;

	pair_init(&pair);
	pair.verdicts[0].result = VERDICT_PASS;
	pair.verdicts[0].status = STATUS_MET;
	change = only(&pair);
	CHECK_INT(change->kind, CHANGE_FINDING_CLOSED);
	CHECK_STR(change->before, "Not provided: the purpose is not described");
	CHECK_STR(change->now, "Met");
	CHECK_INT(change->status, STATUS_MET);
	pair.verdicts[0].result = VERDICT_NOT_APPLICABLE;
	pair.verdicts[0].status = STATUS_NOT_APPLICABLE;
	change = only(&pair);
	CHECK_STR(change->now, "Not applicable");
	pair.now[0].n_verdicts = 0;
	change = only(&pair);
	CHECK_INT(change->kind, CHANGE_FINDING_CLOSED);
	CHECK_STR(change->now, "No finding");
	arena_free(&pair.arena);
}

static void
tells_a_changed_finding(void)
{
	struct pair pair;
	const struct change *change;

	pair_init(&pair);
	pair.verdicts[0].effect = EFFECT_WARNS;
	change = only(&pair);
	CHECK_INT(change->kind, CHANGE_FINDING);
	CHECK_INT(change->cause, CAUSE_DATE);
	pair.verdicts[0].result = VERDICT_WAIVED;
	pair.verdicts[0].status = STATUS_WAIVED;
	change = only(&pair);
	CHECK_STR(change->now, "Waived: the purpose is not described");
	CHECK_INT(change->cause, CAUSE_POLICY);
	arena_free(&pair.arena);
}

static void
tells_the_gate(void)
{
	struct pair pair;
	const struct change *change;

	pair_init(&pair);
	pair.now[0].gate = GATE_OPEN;
	change = only(&pair);
	CHECK_INT(change->kind, CHANGE_GATE);
	CHECK_STR(change->what, "Gate");
	CHECK_STR(change->before, "Closed, 2 findings block");
	CHECK_STR(change->now, "Open");
	CHECK_INT(change->status, STATUS_MET);
	pair.before[0].gate = GATE_OPEN;
	pair.now[0].gate = GATE_CLOSED;
	pair.now[0].blocking = 1;
	change = only(&pair);
	CHECK_STR(change->now, "Closed, 1 finding blocks");
	CHECK_INT(change->status, STATUS_NOT_MET);
	arena_free(&pair.arena);
}

/* A file that cannot be read settles nothing. */
static void
keeps_quiet_of_an_unreadable_model(void)
{
	struct pair pair;

	pair_init(&pair);
	pair.now[0].gate = GATE_UNREADABLE;
	pair.now[0].version = "";
	pair.verdicts[0].id = "ffff";
	pair.verdicts[0].rule = "YAML_SYNTAX";
	compare(&pair);
	CHECK_INT(pair.list.n, 2);
	CHECK_STR(pair.list.changes[0].now, "Failed, unreadable");
	CHECK_INT(pair.list.changes[1].kind, CHANGE_FINDING_NEW);
	arena_free(&pair.arena);
}

static void
tells_facts(void)
{
	struct pair pair;
	const struct change *change;

	pair_init(&pair);
	pair.now[0].version = "1.3";
	change = only(&pair);
	CHECK_INT(change->kind, CHANGE_FACT);
	CHECK_STR(change->what, "Version");
	CHECK_STR(change->before, "1.2");
	CHECK_STR(change->now, "1.3");
	pair.now[0].version = "1.2";
	pair.now[0].tier = "Minimal";
	change = only(&pair);
	CHECK_STR(change->what, "Risk tier");
	arena_free(&pair.arena);
}

static void
tells_figures_that_cross_a_limit(void)
{
	struct pair pair;
	const struct change *change;

	pair_init(&pair);
	pair.figures[0].result = FIGURE_OUTSIDE;
	pair.figures[0].value = 0.214159;
	pair.figures[0].ratio = 0.714;
	change = only(&pair);
	CHECK_INT(change->kind, CHANGE_FIGURE);
	CHECK_STR(change->what, "Selection rate, sex: female");
	CHECK_STR(change->before, "Within limit: 0.250, ratio 0.88");
	CHECK_STR(change->now, "Outside limit: 0.214, ratio 0.71");
	CHECK_INT(change->status, STATUS_OUTSIDE_LIMIT);
	pair.figures[0].ratio = NAN;
	CHECK_STR(only(&pair)->now, "Outside limit: 0.214");
	pair.figures[0].value = NAN;
	pair.figures[0].result = FIGURE_NOT_TESTED;
	CHECK_STR(only(&pair)->now, "Not tested");
	/* A limit that is new moves nothing. */
	pair.old_figures[0].result = FIGURE_NO_LIMIT;
	compare(&pair);
	CHECK_INT(pair.list.n, 0);
	/* Nor does a group that was not measured before. */
	pair.figures[0].group = "other";
	compare(&pair);
	CHECK_INT(pair.list.n, 0);
	/* A measure of the whole has no group. */
	pair.old_figures[0] = (struct summary_figure){ "", "test set",
		"accuracy", 1000, 0.9, NAN, FIGURE_WITHIN };
	pair.figures[0] = pair.old_figures[0];
	pair.figures[0].result = FIGURE_NEAR;
	CHECK_STR(only(&pair)->what, "Accuracy, test set");
	arena_free(&pair.arena);
}

static void
tells_models_that_come_and_go(void)
{
	struct pair pair;

	pair_init(&pair);
	pair.now[0].id = "other";
	pair.now[0].gate = GATE_OPEN;
	compare(&pair);
	CHECK_INT(pair.list.n, 2);
	CHECK_INT(pair.list.changes[0].kind, CHANGE_MODEL_NEW);
	CHECK_STR(pair.list.changes[0].model, "other");
	CHECK_STR(pair.list.changes[0].before, "Not in the portfolio");
	CHECK_STR(pair.list.changes[0].now, "Open");
	CHECK_INT(pair.list.changes[1].kind, CHANGE_MODEL_REMOVED);
	CHECK_STR(pair.list.changes[1].model, "credit");
	CHECK_STR(pair.list.changes[1].now, "Not in the portfolio");
	ledger_compare_model(
	    &pair.history, &pair.run, &pair.now[0], &pair.arena, &pair.list);
	CHECK_INT(pair.list.n, 1);
	CHECK_INT(pair.list.changes[0].kind, CHANGE_MODEL_NEW);
	arena_free(&pair.arena);
}

static void
finds_the_cause(void)
{
	struct pair pair;

	pair_init(&pair);
	pair.before[0].n_verdicts = 0;
	CHECK_INT(only(&pair)->cause, CAUSE_DATE);
	pair.run.as_of = 19;
	CHECK_INT(only(&pair)->cause, CAUSE_POLICY);
	memcpy(pair.now[0].inputs, "i1", 3);
	CHECK_INT(only(&pair)->cause, CAUSE_DATA);
	memcpy(pair.now[0].inputs, "i0", 3);
	pair.run.generator = "dossier 1.0.1";
	compare(&pair);
	CHECK_INT(pair.list.n, 2);
	CHECK_INT(pair.list.changes[0].kind, CHANGE_RUN);
	CHECK_STR(pair.list.changes[0].what, "Program");
	CHECK(pair.list.changes[0].model == NULL);
	CHECK_INT(pair.list.changes[1].cause, CAUSE_PRODUCT);
	pair.run.policy = "FP-4";
	pair.run.pack = "2028.2";
	compare(&pair);
	CHECK_INT(pair.list.n, 4);
	CHECK_STR(pair.list.changes[0].what, "Schema pack");
	CHECK_STR(pair.list.changes[0].before, "2028.1");
	CHECK_STR(pair.list.changes[0].now, "2028.2");
	CHECK_STR(pair.list.changes[1].what, "Policy");
	CHECK_INT(pair.list.changes[3].cause, CAUSE_PACK);
	pair.run.pack = "2028.1";
	compare(&pair);
	CHECK_INT(pair.list.changes[2].cause, CAUSE_POLICY);
	arena_free(&pair.arena);
}

static void
puts_the_worst_first(void)
{
	struct pair pair;

	pair_init(&pair);
	pair.now[1] = model;
	pair.now[1].id = "anew";
	pair.now[1].gate = GATE_OPEN;
	pair.now[2] = pair.now[1];
	pair.now[2].id = "bnew";
	pair.n_now = 3;
	pair.now[0].n_verdicts = 0;
	pair.figures[0].result = FIGURE_OUTSIDE;
	summary_sort(pair.now, 3);
	compare(&pair);
	CHECK_INT(pair.list.n, 4);
	CHECK_INT(pair.list.changes[0].kind, CHANGE_FIGURE);
	CHECK_STR(pair.list.changes[1].model, "anew");
	CHECK_STR(pair.list.changes[2].model, "bnew");
	CHECK_INT(pair.list.changes[3].kind, CHANGE_FINDING_CLOSED);
	arena_free(&pair.arena);
}

int
main(void)
{
	says_nothing_of_what_stays();
	tells_a_new_finding();
	tells_a_closed_finding();
	tells_a_changed_finding();
	tells_the_gate();
	keeps_quiet_of_an_unreadable_model();
	tells_facts();
	tells_figures_that_cross_a_limit();
	tells_models_that_come_and_go();
	finds_the_cause();
	puts_the_worst_first();
	return tap_done();
}
