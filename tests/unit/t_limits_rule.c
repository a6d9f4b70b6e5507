#include "court.h"

/* What a limit compares with, on which side, by which rule. */

struct bench {
	struct court court;
	struct record record;
	struct fairness_limit limit;
	const struct verdict *verdict;
};

/* Groups of one attribute: name, selected, rows. */
struct given {
	const char *group;
	double k, n;
};

static const struct given three[] = { { "a", 50, 100 }, { "b", 150, 200 },
	{ "c", 18, 20 }, { "(missing)", 1, 10 } };

static void
add(struct bench *b, const char *attribute, const struct given *given,
    const struct given *reference)
{
	struct figure *f = arena_alloc(&b->record.arena, sizeof(*f));
	struct figure_table *table = &b->record.figures;

	f->attribute = attribute;
	f->group = given->group;
	f->metric = "selection_rate";
	f->n = given->n;
	f->has_counts = true;
	f->numerator = given->k;
	f->denominator = given->n;
	f->value = given->k / given->n;
	f->has_interval = true;
	f->lower = f->value - 0.05;
	f->upper = f->value + 0.05;
	if (reference != NULL) {
		f->is_reference = given == reference;
		f->reference = reference->group;
		f->has_ratio = f->has_difference = given->group[0] != '(';
		f->ratio = f->value / (reference->k / reference->n);
		f->difference = f->value - reference->k / reference->n;
	}
	f->origin = (struct pos){ "fairness.csv", 2 + (unsigned)table->n, 1 };
	if (table->last != NULL)
		table->last->next = f;
	else
		table->first = f;
	table->last = f;
	table->n++;
}

/* The three groups of "age", compared with b, and the whole file. */
static void
begin(struct bench *b, const char *compare)
{
	static const struct given whole = { "(overall)", 219, 330 };

	memset(b, 0, sizeof(*b));
	court_open_check(&b->court, "{figures: limits}");
	court_record(&b->court, &b->record, "attributes: [{name: age}]");
	add(b, "", &whole, NULL);
	for (size_t i = 0; i < sizeof(three) / sizeof(three[0]); i++)
		add(b, "age", &three[i], &three[1]);
	b->limit.metric = "selection_rate";
	b->limit.attribute = "*";
	b->limit.compare = compare;
	b->limit.worse = LIMIT_LOW;
	b->court.policy.limits = &b->limit;
	b->court.policy.n_limits = 1;
}

static void
judge(struct bench *b)
{
	b->verdict = court_judge(&b->court, &b->record);
}

static void
end(struct bench *b)
{
	arena_free(&b->record.arena);
	court_close(&b->court);
}

static struct figure *
figure_of(const struct bench *b, const char *group)
{
	struct figure *f = b->record.figures.first;

	while (strcmp(f->group, group) != 0)
		f = f->next;
	return f;
}

/* A limit that no ratio below 1 keeps, so that each is told. */
static void
says(const char *reference, enum limit_side worse, const char *want)
{
	struct bench b;

	begin(&b, "ratio");
	b.limit.reference = reference;
	b.limit.worse = worse;
	b.limit.has_least = true;
	b.limit.least = 0.999;
	judge(&b);
	CHECK_INT(b.verdict->result, VERDICT_FAIL);
	CHECK_STR(b.verdict->message, want);
	end(&b);
}

static void
compares_with_any_group(void)
{
	says(NULL, LIMIT_LOW,
	    "it is wrong: age a: selection rate 50.0% (n 100), ratio 0.67 to "
	    "b, limit at least 0.999");
	says("b", LIMIT_LOW,
	    "it is wrong: age a: selection rate 50.0% (n 100), ratio 0.67 to "
	    "b, limit at least 0.999");
	says("c", LIMIT_LOW,
	    "it is wrong: age a: selection rate 50.0% (n 100), ratio 0.56 to "
	    "c, limit at least 0.999; 2 groups are outside");
	says("best", LIMIT_LOW,
	    "it is wrong: age a: selection rate 50.0% (n 100), ratio 0.56 to "
	    "c, limit at least 0.999; 2 groups are outside");
	says("largest", LIMIT_LOW,
	    "it is wrong: age a: selection rate 50.0% (n 100), ratio 0.67 to "
	    "b, limit at least 0.999");
	says("overall", LIMIT_LOW,
	    "it is wrong: age a: selection rate 50.0% (n 100), ratio 0.75 to "
	    "(overall), limit at least 0.999");
}

/* Where what is high is bad, the lowest is the best. */
static void
finds_the_best_side(void)
{
	struct bench b;

	begin(&b, "ratio");
	b.limit.reference = REFERENCE_BEST;
	b.limit.worse = LIMIT_HIGH;
	b.limit.has_most = true;
	b.limit.most = 1.25;
	judge(&b);
	CHECK_STR(b.verdict->message,
	    "it is wrong: age c: selection rate 90.0% (n 20), ratio 1.80 to a, "
	    "limit at most 1.25; 2 groups are outside");
	CHECK_STR(figure_of(&b, "c")->limit_text, "ratio to best at most 1.25");
	/* Its ratio on the page is to another group. */
	CHECK(!figure_of(&b, "c")->has_limit);
	CHECK_INT(figure_of(&b, "(missing)")->result, FIGURE_NO_LIMIT);
	end(&b);
}

static void
takes_missing_as_a_group(void)
{
	struct bench b;

	begin(&b, "ratio");
	b.court.policy.missing_is_group = true;
	b.limit.reference = REFERENCE_BEST;
	b.limit.has_least = true;
	b.limit.least = 0.2;
	judge(&b);
	CHECK_STR(b.verdict->message,
	    "it is wrong: age (missing): selection rate 10.0% (n 10), ratio "
	    "0.11 to c, limit at least 0.20");
	end(&b);
}

static void
lacks_a_group(void)
{
	struct bench b;

	begin(&b, "ratio");
	b.limit.reference = "d";
	b.limit.has_least = true;
	b.limit.least = 0.8;
	judge(&b);
	CHECK_INT(b.verdict->result, VERDICT_UNKNOWN);
	CHECK_STR(b.verdict->message,
	    "not tested: age a: selection rate is not judged, no "
	    "reference group to compare it with; 3 groups are not tested");
	CHECK_INT(figure_of(&b, "a")->result, FIGURE_NOT_TESTED);
	end(&b);
}

/* a lies 25 points below b, c lies 15 above it. */
static void
looks_at_one_side(void)
{
	static const struct {
		enum limit_side side;
		double most;
		bool passes;
		const char *text;
	} rows[] = {
		{ LIMIT_SIDE_UNSAID, 0.24, false,
		    "difference at most 24.0 points" },
		{ LIMIT_BOTH, 0.26, true, "difference at most 26.0 points" },
		{ LIMIT_LOW, 0.24, false, "shortfall at most 24.0 points" },
		{ LIMIT_LOW, 0.26, true, "shortfall at most 26.0 points" },
		{ LIMIT_HIGH, 0.16, true, "excess at most 16.0 points" },
		{ LIMIT_HIGH, 0.14, false, "excess at most 14.0 points" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct bench b;

		begin(&b, "difference");
		b.limit.side = rows[i].side;
		b.limit.has_most = true;
		b.limit.most = rows[i].most;
		judge(&b);
		CHECK_INT(b.verdict->result,
		    rows[i].passes ? VERDICT_PASS : VERDICT_FAIL);
		CHECK_STR(figure_of(&b, "a")->limit_text, rows[i].text);
		end(&b);
	}
}

/* An interval of a difference keeps its side, too. */
static void
looks_at_one_side_by_interval(void)
{
	struct bench b;

	begin(&b, "difference");
	b.limit.rule = LIMIT_INTERVAL;
	b.limit.side = LIMIT_LOW;
	b.limit.has_most = true;
	b.limit.most = 0.24;
	judge(&b);
	CHECK_INT(figure_of(&b, "a")->result, FIGURE_NEAR);
	CHECK_INT(figure_of(&b, "c")->result, FIGURE_WITHIN);
	CHECK(figure_of(&b, "a")->crosses_limit);
	CHECK_NUM(figure_of(&b, "a")->limit, -0.24, 0);
	b.limit.most = 0.1;
	judge(&b);
	CHECK_INT(figure_of(&b, "a")->result, FIGURE_OUTSIDE);
	end(&b);
}

/* The rule of the limit goes before the policy's. */
static void
follows_its_own_rule(void)
{
	struct bench b;

	begin(&b, "ratio");
	b.court.policy.judge_by = LIMIT_INTERVAL;
	b.limit.rule = LIMIT_VALUE;
	b.limit.has_least = true;
	b.limit.least = 0.68;
	judge(&b);
	CHECK_INT(b.verdict->result, VERDICT_FAIL);
	end(&b);
	begin(&b, "ratio");
	b.court.policy.judge_by = LIMIT_INTERVAL;
	b.limit.has_least = true;
	b.limit.least = 0.68;
	judge(&b);
	CHECK_STR(status_word(b.verdict->status), "Near limit");
	end(&b);
}

/* With 20 rows wanted c is judged, with 21 it is not, nor best of all. */
static void
needs_enough_rows(void)
{
	struct bench b;

	begin(&b, "ratio");
	b.court.policy.min_conclude = 20;
	b.limit.has_most = true;
	b.limit.most = 1.1;
	judge(&b);
	CHECK_INT(b.verdict->result, VERDICT_FAIL);
	CHECK_INT(figure_of(&b, "c")->result, FIGURE_OUTSIDE);
	end(&b);
	begin(&b, "ratio");
	b.court.policy.min_conclude = 21;
	b.limit.has_most = true;
	b.limit.most = 1.1;
	judge(&b);
	CHECK_INT(b.verdict->result, VERDICT_UNKNOWN);
	CHECK_STR(b.verdict->message,
	    "not tested: age c: selection rate is not judged, not "
	    "enough data: too few rows count for it");
	CHECK_INT(figure_of(&b, "c")->result, FIGURE_NOT_TESTED);
	CHECK_INT(figure_of(&b, "a")->result, FIGURE_WITHIN);
	end(&b);
	begin(&b, "ratio");
	b.court.policy.min_conclude = 21;
	b.limit.reference = REFERENCE_BEST;
	b.limit.has_least = true;
	b.limit.least = 0.7;
	judge(&b);
	CHECK_STR(b.verdict->message,
	    "it is wrong: age a: selection rate 50.0% (n 100), ratio 0.67 to "
	    "b, limit at least 0.70, interval crosses limit; not tested: 1");
	end(&b);
	begin(&b, "ratio");
	b.court.policy.min_conclude = 201;
	b.limit.has_least = true;
	b.limit.least = 0.7;
	judge(&b);
	CHECK_INT(b.verdict->result, VERDICT_UNKNOWN);
	end(&b);
}

/* Of a reference that is withheld no number is told, whatever the limit. */
static void
guards_another_reference(void)
{
	struct bench b;
	struct figure *f, full;

	begin(&b, "ratio");
	b.limit.reference = REFERENCE_BEST;
	b.limit.has_least = true;
	b.limit.least = 0.8;
	f = figure_of(&b, "c");
	full = *f;
	full.next = NULL;
	f->state = FIGURE_WITHHELD;
	f->reason = "guards a group that is smaller";
	f->value = f->ratio = f->numerator = f->denominator = 0;
	f->has_ratio = f->has_difference = f->has_counts = false;
	f->hidden = &full;
	judge(&b);
	CHECK_STR(b.verdict->message,
	    "it is wrong: age a: selection rate, ratio, not shown (its "
	    "reference is withheld), limit at least 0.80");
	CHECK(!figure_of(&b, "a")->has_limit);
	CHECK_INT(figure_of(&b, "a")->result, FIGURE_OUTSIDE);
	end(&b);
}

/* The comparison of a with b, by a rule that tests. */
struct proof {
	enum limit_rule rule;
	enum limit_side side;
	double least, p, power;
	enum figure_result result;
	const char *text; /* of the message, or NULL */
};

static void
weigh(const struct proof *proof)
{
	struct disparity other = { .group.group = "c",
		.test = "Fisher mid-p",
		.p_adjusted = 0.5,
		.difference = 0.15,
		.has_power = true,
		.power = 0.9 };
	struct disparity d = { .group.group = "a",
		.test = "two-proportion z",
		.p_adjusted = proof->p,
		.adjustment = "Holm",
		.family = 2,
		.difference = -0.25,
		.has_power = true,
		.power = proof->power,
		.next = &other };
	struct disparity_family family = { .attribute = "age",
		.metric = "selection_rate",
		.reference = "b",
		.first = &d };
	struct disparity_table table = { &family, &family, 1 };
	struct bench b;

	begin(&b, "ratio");
	b.court.policy.confidence = 0.95;
	b.limit.rule = proof->rule;
	b.limit.side = proof->side;
	b.limit.has_least = proof->least > 0;
	b.limit.least = proof->least;
	b.limit.evidence = &table;
	judge(&b);
	CHECK_INT(figure_of(&b, "a")->result, proof->result);
	CHECK_INT(figure_of(&b, "c")->result, FIGURE_WITHIN);
	if (proof->text != NULL)
		CHECK_STR(b.verdict->message, proof->text);
	end(&b);
}

/* a has 0.67 of the rate of b. */
static void
joins_size_and_evidence(void)
{
	static const struct proof proofs[] = {
		{ LIMIT_FINDING, LIMIT_SIDE_UNSAID, 0.8, 0.0004, 0.9,
		    FIGURE_OUTSIDE,
		    "it is wrong: age a: selection rate 50.0% (n 100), ratio "
		    "0.67 to b, p <0.001 (Holm over 2 tests), limit at least "
		    "0.80" },
		{ LIMIT_FINDING, LIMIT_SIDE_UNSAID, 0.8, 0.06, 0.9, FIGURE_NEAR,
		    "near its limit: age a: selection rate 50.0% (n 100), "
		    "ratio 0.67 to b, p 0.060 (Holm over 2 tests), beyond the "
		    "limit but not significant, limit at least 0.80" },
		{ LIMIT_FINDING, LIMIT_SIDE_UNSAID, 0.5, 0.01, 0.9, FIGURE_NEAR,
		    NULL },
		{ LIMIT_FINDING, LIMIT_SIDE_UNSAID, 0.5, 0.06, 0.9,
		    FIGURE_WITHIN, NULL },
		{ LIMIT_FINDING, LIMIT_SIDE_UNSAID, 0.5, 0.06, 0.7,
		    FIGURE_NOT_TESTED,
		    "not tested: age a: selection rate is not judged, not "
		    "enough data: too few rows to see a difference" },
		{ LIMIT_FINDING, LIMIT_LOW, 0.8, 0.01, 0.9, FIGURE_OUTSIDE,
		    NULL },
		{ LIMIT_FINDING, LIMIT_HIGH, 0.5, 0.01, 0.9, FIGURE_WITHIN,
		    NULL },
		{ LIMIT_SIGNIFICANCE, LIMIT_SIDE_UNSAID, 0, 0.01, 0.9,
		    FIGURE_OUTSIDE,
		    "it is wrong: age a: selection rate 50.0% (n 100), ratio "
		    "0.67 to b, p 0.010 (Holm over 2 tests), limit not "
		    "significant" },
		{ LIMIT_SIGNIFICANCE, LIMIT_SIDE_UNSAID, 0, 0.06, 0.9,
		    FIGURE_WITHIN, NULL },
		{ LIMIT_SIGNIFICANCE, LIMIT_HIGH, 0, 0.01, 0.9, FIGURE_WITHIN,
		    NULL },
		{ LIMIT_SIGNIFICANCE, LIMIT_SIDE_UNSAID, 0, 0.06, 0.7,
		    FIGURE_NOT_TESTED, NULL },
	};

	for (size_t i = 0; i < sizeof(proofs) / sizeof(proofs[0]); i++)
		weigh(&proofs[i]);
}

/* Without counts nothing is tested, so nothing passes. */
static void
wants_evidence(void)
{
	struct bench b;

	begin(&b, "ratio");
	b.court.policy.judge_by = LIMIT_FINDING;
	b.limit.has_least = true;
	b.limit.least = 0.1;
	judge(&b);
	CHECK_INT(b.verdict->result, VERDICT_UNKNOWN);
	CHECK_STR(b.verdict->message,
	    "not tested: age a: selection rate is not judged, not enough data: "
	    "there are no counts to test it with; 2 groups are not tested");
	end(&b);
	begin(&b, "value");
	b.court.policy.judge_by = LIMIT_FINDING;
	b.limit.has_least = true;
	b.limit.least = 0.05;
	judge(&b);
	CHECK_INT(b.verdict->result, VERDICT_PASS);
	end(&b);
}

int
main(void)
{
	compares_with_any_group();
	finds_the_best_side();
	takes_missing_as_a_group();
	lacks_a_group();
	looks_at_one_side();
	looks_at_one_side_by_interval();
	follows_its_own_rule();
	needs_enough_rows();
	guards_another_reference();
	joins_size_and_evidence();
	wants_evidence();
	return tap_done();
}
