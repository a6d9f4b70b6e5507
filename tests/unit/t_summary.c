#include "model/summary.h"

#include "tap.h"

enum { DAY = 86400 };

static void
sorts_and_finds(void)
{
	struct summary_verdict verdicts[] = {
		{ .id = "cc", .rule = "C" },
		{ .id = "aa", .rule = "A" },
		{ .id = "cc", .rule = "C" },
		{ .id = "bb", .rule = "B" },
	};
	struct summary_figure figures[] = {
		{ "sex", "male", "accuracy", 1, 0.5, 1, FIGURE_WITHIN },
		{ "sex", "female", "selection_rate", 1, 0.25, 1,
		    FIGURE_OUTSIDE },
		{ "age", "old", "selection_rate", 1, 0.75, 1, FIGURE_NEAR },
		{ "sex", "female", "accuracy", 1, 0.125, 1, FIGURE_WITHIN },
	};
	struct summary models[] = {
		{ .id = "z",
		    .verdicts = verdicts,
		    .n_verdicts = 4,
		    .figures = figures,
		    .n_figures = 4 },
		{ .id = "b" },
		{ .id = "b" },
		{ .id = "a" },
	};
	struct history history = { .models = models };
	const struct summary *z;

	history.n_models = summary_sort(models, 4);
	CHECK_INT(history.n_models, 3);
	CHECK_STR(models[0].id, "a");
	CHECK_STR(models[2].id, "z");
	CHECK_INT(models[2].n_verdicts, 3);
	z = history_model(&history, "z");
	CHECK(z == &models[2]);
	CHECK(history_model(&history, "y") == NULL);
	CHECK(history_model(NULL, "z") == NULL);
	CHECK_STR(summary_verdict(z, "bb")->rule, "B");
	CHECK(summary_verdict(z, "b") == NULL);
	CHECK(summary_verdict(NULL, "bb") == NULL);
	CHECK(summary_verdict(&models[0], "bb") == NULL);
	CHECK_STR(z->figures[0].attribute, "age");
	CHECK_NUM(
	    summary_figure(z, "sex", "female", "accuracy")->value, 0.125, 0);
	CHECK(summary_figure(z, "sex", "female", "precision") == NULL);
	CHECK(summary_figure(NULL, "sex", "female", "accuracy") == NULL);
	CHECK_INT(summary_sort(NULL, 0), 0);
}

static void
counts_how_long_it_is_open(void)
{
	struct summary_verdict old[] = {
		{ .id = "a",
		    .result = VERDICT_FAIL,
		    .first_seen = 100,
		    .runs_open = 4 },
		{ .id = "b",
		    .result = VERDICT_PASS,
		    .first_seen = 100,
		    .runs_open = 4 },
	};
	struct summary before = { .id = "m", .verdicts = old, .n_verdicts = 2 };
	struct summary_verdict a = { .id = "a" }, b = { .id = "b" };

	summary_set_open(&a, &before, 200 * DAY);
	CHECK_INT(a.first_seen, 100);
	CHECK_INT(a.runs_open, 5);
	summary_set_open(&b, &before, 200 * DAY + 1);
	CHECK_INT(b.first_seen, 200);
	CHECK_INT(b.runs_open, 1);
	summary_set_open(&a, NULL, 300 * DAY);
	CHECK_INT(a.first_seen, 300);
	CHECK_INT(a.runs_open, 1);
}

static void
has_words(void)
{
	CHECK_STR(gate_word(GATE_OPEN), "Open");
	CHECK_STR(gate_word(GATE_CLOSED), "Closed");
	CHECK_STR(gate_word(GATE_UNREADABLE), "Failed, unreadable");
	CHECK_STR(cause_word(CAUSE_DATA), "data");
	CHECK_STR(cause_word(CAUSE_PACK), "pack");
	CHECK_STR(cause_word(CAUSE_POLICY), "policy");
	CHECK_STR(cause_word(CAUSE_PRODUCT), "product");
	CHECK_STR(cause_word(CAUSE_DATE), "date");
	CHECK(summary_is_open(VERDICT_FAIL));
	CHECK(summary_is_open(VERDICT_WAIVED));
	CHECK(summary_is_open(VERDICT_UPCOMING));
	CHECK(!summary_is_open(VERDICT_PASS));
	CHECK(!summary_is_open(VERDICT_NOT_APPLICABLE));
}

int
main(void)
{
	sorts_and_finds();
	counts_how_long_it_is_open();
	has_words();
	return tap_done();
}
