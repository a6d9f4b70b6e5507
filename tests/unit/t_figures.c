#include "crowd.h"
#include "measure/complaints.h"
#include "measure/figures.h"
#include "tap.h"

/* From a table to figures: order, comparison, intervals, hiding. */

struct trial {
	struct arena arena;
	struct diag_list diags;
	struct figure_table out;
	struct measure_options options;
	struct group groups[4];
	struct group_table table;
	struct group whole;
	struct figure_maker maker;
};

static void
add_group(struct trial *t, const char *name, unsigned tp, unsigned fp,
    unsigned fn, unsigned tn)
{
	crowd_add(
	    &t->table, &t->whole, name, (const unsigned[]){ tp, fp, fn, tn });
}

static void
begin(struct trial *t, const char *const metrics[], size_t n)
{
	*t = (struct trial){ 0 };
	t->diags.arena = &t->arena;
	t->options = (struct measure_options){
		.confidence = 0.95, .metrics = metrics, .n_metrics = n
	};
	t->table =
	    (struct group_table){ .attribute = "sex", .groups = t->groups };
	t->maker = (struct figure_maker){ .out = &t->out,
		.arena = &t->arena,
		.options = &t->options,
		.whole = &t->whole,
		.origin = { "f.csv", 0, 0 } };
	figures_choose(&t->maker, &t->diags);
}

static void
end(struct trial *t)
{
	arena_free(&t->arena);
}

static const struct figure *
nth(const struct trial *t, size_t n)
{
	const struct figure *f = t->out.first;

	while (n-- > 0 && f != NULL)
		f = f->next;
	return f;
}

static const char *const two_metrics[] = { "accuracy", "precision" };
static const char *const one_metric[] = { "selection_rate" };

static void
orders_by_metric_and_group(void)
{
	struct trial t;

	begin(&t, two_metrics, 2);
	add_group(&t, "f", 1, 1, 0, 0);
	add_group(&t, "m", 2, 0, 0, 2);
	t.table.reference = &t.groups[1];
	figures_add(&t.maker, &t.table);
	CHECK_INT(t.out.n, 4);
	CHECK_STR(nth(&t, 0)->metric, "precision");
	CHECK_STR(nth(&t, 0)->group, "f");
	CHECK_STR(nth(&t, 1)->group, "m");
	CHECK_STR(nth(&t, 2)->metric, "accuracy");
	CHECK(t.out.last == nth(&t, 3));
	CHECK_STR(nth(&t, 2)->attribute, "sex");
	CHECK_STR(nth(&t, 2)->origin.file, "f.csv");
	CHECK_STR(nth(&t, 2)->reference, "m");
	CHECK(nth(&t, 3)->is_reference && !nth(&t, 2)->is_reference);
	CHECK_NUM(nth(&t, 2)->ratio, 0.5, 0);
	CHECK_NUM(nth(&t, 3)->ratio, 1, 0);
	CHECK_NUM(nth(&t, 3)->difference, 0, 0);
	CHECK_NUM(nth(&t, 2)->n, 2, 0);
	end(&t);
}

/* 7/10 over 3/10 is 7/3, though the doubles 0.7 / 0.3 say otherwise. */
static void
rounds_once(void)
{
	struct trial t;

	begin(&t, one_metric, 1);
	add_group(&t, "f", 7, 0, 3, 0);
	add_group(&t, "m", 3, 0, 7, 0);
	t.table.reference = &t.groups[1];
	figures_add(&t.maker, &t.table);
	CHECK(nth(&t, 0)->ratio == 7.0 / 3.0);
	CHECK(nth(&t, 0)->difference == 0.4);
	CHECK(0.7 - 0.3 != 0.4);
	end(&t);
}

static void
compares_only_what_is_defined(void)
{
	static const char *const metrics[] = { "true_positive_rate" };
	struct trial t;

	begin(&t, metrics, 1);
	add_group(&t, "a", 0, 1, 0, 3);
	add_group(&t, "b", 0, 1, 4, 0);
	add_group(&t, "c", 2, 1, 2, 0);
	t.table.reference = &t.groups[1];
	figures_add(&t.maker, &t.table);
	CHECK_INT(nth(&t, 0)->state, FIGURE_UNDEFINED);
	CHECK_STR(nth(&t, 0)->reason, "0 rows are labelled positive");
	CHECK(!nth(&t, 0)->has_ratio && !nth(&t, 0)->has_difference);
	CHECK(!nth(&t, 0)->has_interval);
	CHECK(nth(&t, 0)->has_counts);
	CHECK(!nth(&t, 1)->has_ratio);
	CHECK(!nth(&t, 2)->has_ratio && nth(&t, 2)->has_difference);
	CHECK_NUM(nth(&t, 2)->difference, 0.5, 0);
	CHECK_NUM(nth(&t, 2)->ratio, 0, 0);
	end(&t);
}

/* An undefined reference leaves nothing to compare with. */
static void
compares_with_no_undefined_reference(void)
{
	static const char *const metrics[] = { "precision" };
	struct trial t;

	begin(&t, metrics, 1);
	add_group(&t, "a", 0, 0, 1, 3);
	add_group(&t, "b", 1, 1, 0, 0);
	t.table.reference = &t.groups[0];
	figures_add(&t.maker, &t.table);
	CHECK(!nth(&t, 1)->has_ratio && !nth(&t, 1)->has_difference);
	CHECK_INT(nth(&t, 1)->state, FIGURE_DEFINED);
	end(&t);
}

static void
compares_without_counts(void)
{
	struct figure a = { .value = 0.25 }, b = { .value = 0.5 };
	struct figure c = { .value = -0.5 };

	figure_compare(&a, &b);
	CHECK(a.has_ratio && a.has_difference);
	CHECK_NUM(a.ratio, 0.5, 0);
	CHECK_NUM(a.difference, -0.25, 0);
	/* A ratio of or to what is below 0 says nothing. */
	figure_compare(&c, &b);
	CHECK(!c.has_ratio && c.has_difference);
	CHECK_NUM(c.difference, -1, 0);
	figure_compare(&b, &c);
	CHECK(!b.has_ratio);
}

static void
leaves_missing_out(void)
{
	struct trial t;

	begin(&t, one_metric, 1);
	add_group(&t, GROUP_MISSING, 9, 0, 9, 0);
	add_group(&t, "a", 1, 0, 1, 0);
	t.groups[0].is_missing = true;
	CHECK(group_table_largest(&t.table, false) == &t.groups[1]);
	CHECK(group_table_largest(&t.table, true) == &t.groups[0]);
	t.table.reference = &t.groups[1];
	figures_add(&t.maker, &t.table);
	CHECK(!nth(&t, 0)->has_ratio && !nth(&t, 0)->has_difference);
	CHECK_NUM(nth(&t, 0)->value, 0.5, 0);
	t.options.missing_is_group = true;
	t.out = (struct figure_table){ 0 };
	figures_add(&t.maker, &t.table);
	CHECK(nth(&t, 0)->has_ratio);
	end(&t);
}

static void
gives_intervals_to_rates(void)
{
	static const char *const metrics[] = { "selection_rate", "f1_score",
		"mcc", "balanced_accuracy", "treatment_equality_ratio",
		"predicted_positive_ratio_k", "jaccard" };
	struct trial t;

	begin(&t, metrics, 7);
	add_group(&t, "a", 5, 1, 2, 4);
	add_group(&t, "b", 4, 0, 0, 0);
	t.options.confidence = 0.9;
	figures_add(&t.maker, &t.table);
	for (const struct figure *f = t.out.first; f != NULL; f = f->next) {
		bool is_drawn = strcmp(f->metric, "mcc") == 0 ||
		    strcmp(f->metric, "balanced_accuracy") == 0;

		if (!is_drawn)
			CHECK_INT(f->has_interval, f->state == FIGURE_DEFINED);
		CHECK((f->interval_method != NULL) == f->has_interval);
		if (f->has_interval)
			CHECK(f->lower <= f->value && f->value <= f->upper);
		CHECK_NUM(f->confidence, 0.9, 0);
	}
	CHECK_STR(nth(&t, 12)->metric, "predicted_positive_ratio_k");
	end(&t);
}

/* Areas and means have a variance by formula, and hence an interval. */
static void
gives_intervals_to_areas_and_means(void)
{
	static const char *const metrics[] = { "roc_auc", "mean_score",
		"average_precision" };
	static const double values[] = { 0.2, 0.4, 0.8 };
	static const unsigned long long rows[][BINARY_COUNT] = { { 0, 3, 1 },
		{ 0, 2, 2 }, { 0, 1, 3 } };
	static const struct distribution scores = {
		.n = 3, .value = values, .rows = rows
	};
	struct trial t;

	begin(&t, metrics, 3);
	add_group(&t, "a", 3, 3, 3, 3);
	t.groups[0].scores = &scores;
	figures_add(&t.maker, &t.table);
	CHECK_INT(t.out.n, 3);
	CHECK_STR(nth(&t, 0)->interval_method, "DeLong, logit");
	CHECK(nth(&t, 0)->lower < nth(&t, 0)->value);
	CHECK(nth(&t, 0)->upper > nth(&t, 0)->value);
	CHECK(nth(&t, 0)->upper < 1);
	CHECK_STR(nth(&t, 1)->metric, "average_precision");
	CHECK_STR(nth(&t, 1)->interval_method, "influence values, logit");
	/* Variance 0.56/9 of 12 rows; t with 11 degrees is 2.20099. */
	CHECK_STR(nth(&t, 2)->interval_method, "Student's t");
	CHECK_NUM(nth(&t, 2)->upper - nth(&t, 2)->value,
	    2.200985160082949 * sqrt(0.56 / 9 / 11), 1e-12);
	end(&t);
}

/* Wilson's interval of 5 in 10, from his formula by hand. */
static void
gives_the_right_interval(void)
{
	struct figure f = { .value = 0.5 };

	figure_interval(&f, 10, 0.95);
	CHECK_STR(f.interval_method, "Wilson");
	CHECK_NUM(f.confidence, 0.95, 0);
	CHECK_NUM(f.lower, 0.23659309051256497, 1e-12);
	CHECK_NUM(f.upper, 0.76340690948743503, 1e-12);
	f = (struct figure){ .value = 0.5 };
	figure_interval(&f, 0, 0.95);
	CHECK(!f.has_interval);
	CHECK(f.interval_method == NULL);
}

static void
hides_groups(void)
{
	struct trial t;

	begin(&t, one_metric, 1);
	add_group(&t, "a", 1, 0, 1, 0);
	add_group(&t, "b", 40, 0, 0, 0);
	add_group(&t, "c", 50, 0, 0, 0);
	t.options.min_report = 30;
	t.table.reference = &t.groups[2];
	t.groups[0].is_withheld = t.groups[0].n_is_withheld = true;
	t.groups[1].is_withheld = true;
	figures_add(&t.maker, &t.table);
	CHECK_INT(nth(&t, 0)->state, FIGURE_WITHHELD);
	CHECK_STR(nth(&t, 0)->reason, "fewer than 30 rows");
	CHECK(nth(&t, 0)->n_is_withheld);
	CHECK_NUM(nth(&t, 0)->n, 0, 0);
	CHECK_STR(nth(&t, 1)->reason, "guards a group that is smaller");
	CHECK(!nth(&t, 1)->n_is_withheld);
	CHECK_NUM(nth(&t, 1)->n, 40, 0);
	CHECK(!nth(&t, 1)->has_counts && !nth(&t, 1)->has_interval);
	CHECK(!nth(&t, 1)->has_ratio && !nth(&t, 1)->has_difference);
	CHECK_STR(nth(&t, 1)->group, "b");
	CHECK_STR(nth(&t, 1)->reference, "c");
	CHECK_INT(nth(&t, 2)->state, FIGURE_DEFINED);
	end(&t);
}

/* What is hidden is hidden in the comparisons of others, too. */
static void
compares_with_no_hidden_reference(void)
{
	struct trial t;

	begin(&t, one_metric, 1);
	add_group(&t, "a", 1, 0, 1, 0);
	add_group(&t, "b", 40, 0, 10, 0);
	t.table.reference = &t.groups[0];
	t.groups[0].is_withheld = true;
	figures_add(&t.maker, &t.table);
	CHECK(!nth(&t, 1)->has_ratio && !nth(&t, 1)->has_difference);
	CHECK_NUM(nth(&t, 1)->ratio, 0, 0);
	CHECK_NUM(nth(&t, 1)->difference, 0, 0);
	CHECK_NUM(nth(&t, 1)->value, 0.8, 0);
	CHECK(nth(&t, 0)->is_reference);
	end(&t);
}

static void
keeps_the_place_in_the_list(void)
{
	struct figure_table table = { 0 };
	struct figure a = { .metric = "a", .n = 3 }, b = { .metric = "b" };
	const struct concealment why = { .min_report = 30,
		.is_withheld = true };
	struct arena arena = { 0 };

	figure_append(&table, &a);
	CHECK(table.first == &a && table.last == &a);
	figure_append(&table, &b);
	figure_conceal(&a, &arena, &why);
	CHECK_INT(table.n, 2);
	CHECK(a.next == &b && b.next == NULL);
	CHECK_NUM(a.n, 3, 0);
	CHECK_STR(a.metric, "a");
	CHECK_STR(a.reason, "fewer than 30 rows");
	CHECK(a.hidden == NULL);
	arena_free(&arena);
}

/* Limits see what guards another group, not what is small itself. */
static void
keeps_what_is_hidden_for_others(void)
{
	struct trial t;
	const struct figure *hidden;

	begin(&t, one_metric, 1);
	add_group(&t, "a", 1, 0, 1, 0);
	add_group(&t, "b", 30, 0, 10, 0);
	add_group(&t, "c", 50, 0, 0, 0);
	t.options.min_report = 30;
	t.table.reference = &t.groups[2];
	t.groups[0].is_withheld = t.groups[0].n_is_withheld = true;
	t.groups[1].is_withheld = true;
	figures_add(&t.maker, &t.table);
	CHECK(nth(&t, 0)->hidden == NULL);
	CHECK(nth(&t, 2)->hidden == NULL);
	hidden = nth(&t, 1)->hidden;
	CHECK(hidden != NULL && hidden->next == NULL);
	CHECK_INT(hidden->state, FIGURE_DEFINED);
	CHECK_NUM(hidden->value, 0.75, 0);
	CHECK_NUM(hidden->ratio, 0.75, 0);
	end(&t);
	begin(&t, one_metric, 1);
	add_group(&t, "a", 30, 0, 10, 0);
	add_group(&t, "b", 90, 0, 10, 0);
	t.options.min_report = 30;
	t.table.reference = &t.groups[0];
	t.groups[0].is_withheld = true;
	figures_add(&t.maker, &t.table);
	CHECK(!nth(&t, 1)->has_ratio && !nth(&t, 1)->has_difference);
	CHECK_NUM(nth(&t, 1)->value, 0.9, 0);
	CHECK_NUM(nth(&t, 1)->hidden->ratio, 1.2, 1e-15);
	end(&t);
}

static void
sorts_and_finds(void)
{
	struct trial t;

	begin(&t, one_metric, 1);
	add_group(&t, "b", 1, 0, 0, 0);
	add_group(&t, "a", 1, 0, 0, 0);
	add_group(&t, "B", 2, 0, 0, 0);
	group_table_sort(&t.table);
	CHECK_STR(t.groups[0].name, "B");
	CHECK_STR(t.groups[1].name, "a");
	CHECK_STR(t.groups[2].name, "b");
	CHECK(group_table_find(&t.table, "a") == &t.groups[1]);
	CHECK(group_table_find(&t.table, "c") == NULL);
	CHECK(group_table_largest(&t.table, false) == &t.groups[0]);
	t.groups[0].counts.rows[CELL_TP] = 1;
	CHECK(group_table_largest(&t.table, false) == &t.groups[0]);
	end(&t);
}

static void
labels_every_metric(void)
{
	for (size_t i = 0; i < metric_count(); i++) {
		const char *name = metric_at(i)->name;

		CHECK(strcmp(metric_label(name), name) != 0);
		CHECK(metric_label(name)[0] >= 'A' &&
		    metric_label(name)[0] <= 'Z');
		CHECK(strchr(metric_label(name), '_') == NULL);
	}
	CHECK_STR(metric_label("selection_rate"), "Selection rate");
	CHECK_STR(metric_label("of_our_own"), "of_our_own");
}

static void
counts_complaints(void)
{
	struct arena arena = { 0 };
	struct diag_list diags = { .arena = &arena };
	struct complaints complaints = { .diags = &diags };
	struct pos pos = { "f", 1, 1 };

	for (unsigned i = 0; i < COMPLAINTS_SHOWN; i++)
		CHECK(complaint(&complaints, DIAG_CSV_NUMBER, pos));
	complaints_end(&complaints);
	CHECK_INT(diags.n, 0);
	pos.line = 77;
	CHECK(!complaint(&complaints, DIAG_CSV_VALUE, pos));
	pos.line = 78;
	CHECK(!complaint(&complaints, DIAG_CSV_NUMBER, pos));
	complaints_end(&complaints);
	CHECK_INT(diags.n, 1);
	CHECK_INT(diags.first->id, DIAG_CSV_VALUE);
	CHECK_INT(diags.first->pos.line, 77);
	CHECK_STR(diags.first->detail, "and 2 more like the 20 above");
	arena_free(&arena);
}

static void
quotes_at_most_40_bytes(void)
{
	static const char digits[] =
	    "0123456789012345678901234567890123456789x";
	static const char wide[] =
	    "012345678901234567890123456789012345678\xe2\x82\xac!";

	CHECK_INT(complaint_length("", 0), 0);
	CHECK_INT(complaint_length("abc", 3), 3);
	CHECK_INT(complaint_length(digits, 40), 40);
	CHECK_INT(complaint_length(digits, 41), 40);
	CHECK_INT(complaint_length(wide, sizeof(wide) - 1), 39);
	CHECK_INT(complaint_length(wide + 2, sizeof(wide) - 3), 40);
}

int
main(void)
{
	orders_by_metric_and_group();
	rounds_once();
	compares_only_what_is_defined();
	compares_with_no_undefined_reference();
	compares_without_counts();
	leaves_missing_out();
	gives_intervals_to_rates();
	gives_intervals_to_areas_and_means();
	gives_the_right_interval();
	hides_groups();
	compares_with_no_hidden_reference();
	keeps_the_place_in_the_list();
	keeps_what_is_hidden_for_others();
	sorts_and_finds();
	labels_every_metric();
	counts_complaints();
	quotes_at_most_40_bytes();
	return tap_done();
}
