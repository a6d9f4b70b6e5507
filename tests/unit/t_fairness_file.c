#include "in_memory.h"
#include "measure/fairness_file.h"
#include "measure/fairness_guard.h"
#include "measure/fairness_table.h"
#include "measure/predictions.h"
#include "trial.h"

/*
 * Figures of an organisation: what each cell may hold, what follows from it,
 * and what a figure tells of a group that is withheld: nothing.
 */

static void
measure(struct trial *t, const char *csv)
{
	struct source source;
	char *copy = trial_begin(t, &source, csv, strlen(csv));

	t->rc = measure_fairness_file(
	    &t->out, &t->arena, &source, &t->options, &t->diags);
	trial_forget(copy, strlen(csv));
}

/* A file gives these figures and these messages. */
static void
gives(const char *csv, const char *figures, const char *diags)
{
	struct trial t = { .rc = 0 };

	measure(&t, csv);
	CHECK_INT(t.rc, 0);
	check_figures(&t, figures);
	check_diags(&t, diags);
	end(&t);
}

/* A file cannot be measured, for one reason. */
static void
fails(const char *csv, const char *diags)
{
	struct trial t = { .rc = 0 };

	measure(&t, csv);
	CHECK_INT(t.rc, -1);
	CHECK_INT(t.out.n, 0);
	check_diags(&t, diags);
	end(&t);
}

#define SHORT "attribute,group,metric,value,count\n"
#define COUNTS "attribute,group,metric,value,count,numerator,denominator\n"
#define BOUNDS "attribute,group,metric,value,count,lower,upper\n"

/* Figures. */

static void
takes_the_least(void)
{
	gives(SHORT "sex,f,selection_rate,0.25,100\n"
		    "sex,m,selection_rate,0.5,200\n",
	    "sex f selection_rate 0.25 n 100 ratio 0.5 difference -0.25\n"
	    "sex m selection_rate 0.5 n 200 reference ratio 1 difference 0\n",
	    "");
}

/* Columns in any order, n for count, others beside them. */
static void
takes_the_layout_of_references(void)
{
	gives("tool,metric,attribute,group,value,numerator,denominator,n,note\n"
	      "x,tpr,sex,f,0.5,1,2,10,\"a, b\"\n",
	    "sex f true_positive_rate 0.5 n 10 1/2 reference ratio 1"
	    " difference 0\n",
	    "");
}

static void
orders_figures(void)
{
	gives(SHORT "sex,m,accuracy,0.5,9\n"
		    "age,b,accuracy,0.5,7\n"
		    ",,selection_rate,0.5,20\n"
		    "sex,f,accuracy,0.5,8\n"
		    "sex,f,selection_rate,0.5,8\n"
		    "age,(overall),accuracy,0.5,20\n"
		    "age,B,accuracy,0.5,6\n"
		    "age,,accuracy,0.5,1\n",
	    " (overall) selection_rate 0.5 n 20\n"
	    " (overall) accuracy 0.5 n 20\n"
	    "sex f selection_rate 0.5 n 8\n"
	    "sex f accuracy 0.5 n 8 ratio 1 difference 0\n"
	    "sex m accuracy 0.5 n 9 reference ratio 1 difference 0\n"
	    "age (missing) accuracy 0.5 n 1\n"
	    "age B accuracy 0.5 n 6 ratio 1 difference 0\n"
	    "age b accuracy 0.5 n 7 reference ratio 1 difference 0\n",
	    "");
}

static void
knows_other_names_of_metrics(void)
{
	gives(SHORT "sex,f,PPV,0.5,9\nsex,f,f1-score,0.5,9\n"
		    "sex,f,pprev,0.5,9\n",
	    "sex f selection_rate 0.5 n 9 reference ratio 1 difference 0\n"
	    "sex f precision 0.5 n 9 reference ratio 1 difference 0\n"
	    "sex f f1_score 0.5 n 9 reference ratio 1 difference 0\n",
	    "");
}

/* Of several periods the last is read, whatever their order. */
static void
reads_one_period(void)
{
	gives("attribute,group,metric,value,count,period\n"
	      "sex,f,tpr,0.5,5,2025\nsex,f,tpr,0.75,6,2026\n"
	      "sex,f,tpr,0.25,4,2024\n",
	    "sex f true_positive_rate 0.75 n 6 reference ratio 1"
	    " difference 0\n",
	    "2:17 EXPORT_SEVERAL 3 of them: \"2025\", \"2026\", \"2024\";"
	    " read is \"2026\"\n");
	gives("attribute,group,metric,value,count,data_set\n"
	      "sex,f,tpr,0.5,5,test\n",
	    "sex f true_positive_rate 0.5 n 5 reference ratio 1"
	    " difference 0\n",
	    "");
}

/* What `dossier measure` says between groups is none of them. */
static void
reads_what_it_wrote(void)
{
	gives("metric,attribute,group,value,numerator,denominator,n,note\n"
	      "tpr,sex,f,0.5,1,2,10,\nfpr,sex,f,nan,0,0,10,\n"
	      "roc_auc,sex,f,nan,,,10,one class\n"
	      "recall[a],sex,f,0.5,1,2,10,\n"
	      "tpr,sex,not f,0.5,,,,\nwithheld,sex,x,true,,,3,small\n"
	      "tpr_group_min,sex,(all groups),0.5,,,,\n",
	    "sex f recall[a] 0.5 n 10 1/2 reference ratio 1 difference 0\n"
	    "sex f true_positive_rate 0.5 n 10 1/2 reference ratio 1"
	    " difference 0\n"
	    "sex f false_positive_rate n 10 0/0 (0 rows are labelled"
	    " negative) reference\n"
	    "sex f roc_auc n 10 (one class) reference\n",
	    "");
}

/* What counts give is exact; a value within 1e-9 of it is replaced. */
static void
recomputes_values(void)
{
	gives(COUNTS "sex,f,tpr,0.3333333333,9,1,3\n",
	    "sex f true_positive_rate 0.3333333333333333 n 9 1/3 reference"
	    " ratio 1 difference 0\n",
	    "");
	gives(COUNTS "sex,f,tpr,0.33333333,9,1,3\n"
		     "sex,m,tpr,0.3333,9,1,3\n"
		     "sex,d,fpr,0.00000010000001,9,1,10000000\n"
		     "sex,e,fpr,0.001,9,0,8\n",
	    "",
	    "2:11 METRIC_VALUE \"0.33333333\" in column \"value\":"
	    " numerator over denominator is 0.3333333333333333\n"
	    "3:11 METRIC_VALUE \"0.3333\" in column \"value\":"
	    " numerator over denominator is 0.3333333333333333\n"
	    "4:11 METRIC_VALUE \"0.00000010000001\" in column \"value\":"
	    " numerator over denominator is 1e-07\n"
	    "5:11 METRIC_VALUE \"0.001\" in column \"value\":"
	    " numerator over denominator is 0\n");
}

/* 0.1 - 0.3 is -0.19999999999999998 in doubles, 1/10 - 3/10 is not. */
static void
compares_by_counts(void)
{
	gives(COUNTS "sex,f,tpr,0.1,10,1,10\nsex,m,tpr,0.3,30,3,10\n",
	    "sex f true_positive_rate 0.1 n 10 1/10"
	    " ratio 0.3333333333333333 difference -0.2\n"
	    "sex m true_positive_rate 0.3 n 30 3/10 reference ratio 1"
	    " difference 0\n",
	    "");
}

static void
allows_rounding_at_the_ends(void)
{
	gives(SHORT "sex,f,accuracy,1.0000000000000002,5\n"
		    "sex,m,mcc,-1.0000000000000002,4\n",
	    "sex f accuracy 1 n 5 reference ratio 1 difference 0\n"
	    "sex m matthews_correlation -1 n 4\n",
	    "");
}

static void
compares_nothing_with_zero(void)
{
	gives(SHORT "sex,f,fpr,0.5,5\nsex,m,fpr,0,9\n",
	    "sex f false_positive_rate 0.5 n 5 difference 0.5\n"
	    "sex m false_positive_rate 0 n 9 reference difference 0\n",
	    "");
}

/* Undefined is a third state, and needs its evidence. */
static void
takes_what_is_undefined(void)
{
	gives(COUNTS "sex,f,tpr,undefined,5,0,0\n"
		     "sex,m,tpr,,9,0,0\n"
		     "sex,x,tpr,,4,,0\n"
		     "sex,y,treatment_equality_ratio,,4,2,0\n",
	    "sex f true_positive_rate n 5 0/0 (0 rows are labelled positive)\n"
	    "sex m true_positive_rate n 9 0/0 (0 rows are labelled positive)"
	    " reference\n"
	    "sex x true_positive_rate n 4 0/0 (0 rows are labelled positive)\n"
	    "sex y treatment_equality_ratio n 4 2/0"
	    " (there are 0 false positives)\n",
	    "");
	gives(COUNTS "sex,f,tpr,,5,,\nsex,m,tpr,undefined,9,0,1\n"
		     "sex,x,tpr,0,4,0,0\nsex,y,tpr,,4,1,0\n",
	    "",
	    "2:11 CSV_VALUE \"\" in column \"value\": what is undefined has a"
	    " denominator of 0 beside it\n"
	    "3:11 CSV_VALUE \"undefined\" in column \"value\": what is"
	    " undefined has a denominator of 0 beside it\n"
	    "4:11 METRIC_VALUE \"0\" in column \"value\": the denominator is"
	    " 0, so it is \"undefined\"\n"
	    "5:14 METRIC_VALUE \"1\" in column \"numerator\": it is part of"
	    " the denominator, which is 0\n");
}

/* Cells that are refused. */

static void
refuses_what_is_no_number(void)
{
	gives(SHORT "sex,f,tpr,nan,5\nsex,f,tpr,inf,5\nsex,f,tpr,50%,5\n"
		    "sex,f,tpr,\"0,5\",5\nsex,f,tpr,0.5,many\nsex,f,tpr,0.5,\n",
	    "",
	    "2:11 CSV_NUMBER \"nan\" in column \"value\": write a number such"
	    " as 0.564, or \"undefined\" beside a denominator of 0\n"
	    "3:11 CSV_NUMBER \"inf\" in column \"value\": write a number such"
	    " as 0.564, or \"undefined\" beside a denominator of 0\n"
	    "4:11 CSV_NUMBER \"50%\" in column \"value\": write a share from"
	    " 0 to 1 without a percent sign\n"
	    "5:11 CSV_NUMBER \"0,5\" in column \"value\": write a number such"
	    " as 0.564, or \"undefined\" beside a denominator of 0\n"
	    "6:15 CSV_NUMBER \"many\" in column \"count\": write a number such"
	    " as 0.564\n"
	    "7:15 CSV_NUMBER \"\" in column \"count\": write a number such as"
	    " 0.564\n");
}

static void
refuses_what_cannot_be(void)
{
	gives(COUNTS "sex,f,tpr,1.1,5,,\nsex,f,mcc,-1.1,5,,\n"
		     "sex,f,tpr,0.5,-5,,\nsex,f,tpr,0.5,5,-1,2\n"
		     "sex,f,tpr,0.5,0,,\nsex,f,tpr,0.5,2e15,,\n"
		     "sex,f,tpr,1,5,1e-300,1e-300\n",
	    "",
	    "2:11 METRIC_VALUE \"1.1\" in column \"value\":"
	    " true_positive_rate is at most 1\n"
	    "3:11 METRIC_VALUE \"-1.1\" in column \"value\":"
	    " matthews_correlation is at least -1\n"
	    "4:15 CSV_VALUE \"-5\" in column \"count\":"
	    " write 0 or a number from 1e-9 to 1e15\n"
	    "5:17 CSV_VALUE \"-1\" in column \"numerator\":"
	    " write 0 or a number from 1e-9 to 1e15\n"
	    "6:11 METRIC_VALUE \"0.5\" in column \"value\":"
	    " a group of 0 rows has no value\n"
	    "7:15 CSV_VALUE \"2e15\" in column \"count\":"
	    " write 0 or a number from 1e-9 to 1e15\n"
	    "8:15 CSV_VALUE \"1e-300\" in column \"numerator\":"
	    " write 0 or a number from 1e-9 to 1e15\n");
}

static void
refuses_halves(void)
{
	gives(COUNTS "sex,f,tpr,0.5,5,1,\nsex,f,tpr,0.5,5,,2\n", "",
	    "2:17 CSV_VALUE \"1\" in column \"numerator\":"
	    " give the denominator too\n"
	    "3:18 CSV_VALUE \"2\" in column \"denominator\":"
	    " give the numerator too\n");
	gives(BOUNDS "sex,f,tpr,0.5,5,0.4,\nsex,f,tpr,0.5,5,,0.6\n", "",
	    "2:17 CSV_VALUE \"0.4\" in column \"lower\":"
	    " give both ends of the interval, or neither\n"
	    "3:18 CSV_VALUE \"0.6\" in column \"upper\":"
	    " give both ends of the interval, or neither\n");
}

static void
refuses_unknown_metrics(void)
{
	gives(SHORT "sex,f,selection_rat,0.5,5\nsex,f,qwertyuiop,0.5,5\n"
		    "sex,f,,0.5,5\n",
	    "",
	    "2:7 METRIC_UNKNOWN \"selection_rat\" in column \"metric\":"
	    " did you mean \"selection_rate\"?\n"
	    "3:7 METRIC_UNKNOWN \"qwertyuiop\" in column \"metric\":"
	    " one that is known is \"selection_rate\"\n"
	    "4:7 METRIC_UNKNOWN \"\" in column \"metric\":"
	    " one that is known is \"selection_rate\"\n");
}

/* A figure that stands twice, under whatever name, is taken once. */
static void
refuses_doubles(void)
{
	gives(SHORT "sex,f,tpr,0.5,5\nsex,f,recall,0.6,5\nsex,f,fpr,0.6,5\n",
	    "sex f true_positive_rate 0.5 n 5 reference ratio 1 difference 0\n"
	    "sex f false_positive_rate 0.6 n 5 reference ratio 1"
	    " difference 0\n",
	    "3:14 CSV_VALUE true_positive_rate of sex f stands twice,"
	    " first in line 2\n");
}

/* The count is the rows of the group: there is one of it. */
static void
refuses_other_rows(void)
{
	gives(SHORT "sex,f,tpr,0.5,5\nsex,f,fpr,0.6,4\nsex,m,fpr,0.6,4\n"
		    ",,tpr,0.5,9\nx,(overall),fpr,0.5,10\n",
	    " (overall) true_positive_rate 0.5 n 9\n"
	    "sex f true_positive_rate 0.5 n 5 reference ratio 1 difference 0\n"
	    "sex m false_positive_rate 0.6 n 4\n",
	    "3:11 METRIC_VALUE the group has 4 rows here and 5 in line 2;"
	    " count is the rows of the group, whatever the metric\n"
	    "6:17 METRIC_VALUE the group has 10 rows here and 9 in line 5;"
	    " count is the rows of the group, whatever the metric\n");
}

static void
refuses_odd_intersections(void)
{
	static const char remedy[] =
	    "an intersection as \"sex*age\" has groups as \"female*youth\","
	    " and up to 3 different columns\n";
	struct text want = { 0 };

	text_printf(
	    &want, "2:9 CSV_VALUE \"f\" in column \"group\": %s", remedy);
	text_printf(
	    &want, "3:9 CSV_VALUE \"f*y*z\" in column \"group\": %s", remedy);
	text_printf(
	    &want, "4:9 CSV_VALUE \"f*m\" in column \"group\": %s", remedy);
	text_printf(
	    &want, "5:9 CSV_VALUE \"1*2*3*4\" in column \"group\": %s", remedy);
	gives(SHORT "sex*age,f,tpr,0.5,5\nsex*age,f*y*z,tpr,0.5,5\n"
		    "sex*sex,f*m,tpr,0.5,5\na*b*c*d,1*2*3*4,tpr,0.5,5\n",
	    "", text_str(&want));
	text_free(&want);
}

static void
refuses_files(void)
{
	static const char remedy[] =
	    "; a file of figures has attribute, group, metric, value and"
	    " count\n";
	struct text want = { 0 };

	text_printf(&want,
	    "1:1 CSV_COLUMN \"group\"%s1:1 CSV_COLUMN \"count\"%s", remedy,
	    remedy);
	fails("attribute,metric,value\na,b,c\n", text_str(&want));
	text_free(&want);
	fails("", "0:0 FILE_EMPTY \n");
	fails(SHORT, "1:1 CSV_ROWS a row is a figure\n");
	fails(SHORT "a,b\n", "2:1 CSV_WIDTH 2 fields, the header has 5\n");
}

/* Messages about cells end; what was right with other rows stays. */
static void
complains_only_so_often(void)
{
	struct trial t = { .rc = 0 };
	struct text csv = { 0 };

	text_puts(&csv, SHORT);
	for (unsigned i = 0; i < 30; i++)
		text_puts(&csv, "sex,f,tpr,nan,5\n");
	text_puts(&csv, "sex,f,tpr,0.5,5\n");
	for (unsigned i = 0; i < 5; i++)
		text_puts(&csv, "sex,f,tpr,0.5,5\n");
	measure(&t, text_str(&csv));
	CHECK_INT(t.rc, 0);
	CHECK_INT(t.out.n, 1);
	CHECK_INT(t.diags.n, COMPLAINTS_SHOWN + 1);
	CHECK_STR(t.diags.last->detail, "and 15 more like the 20 above");
	end(&t);
	text_free(&csv);
}

static void
quotes_whole_characters(void)
{
	static const char umlauts[] = "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"
				      "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"
				      "\xc3\xa4\xc3\xa4";
	struct trial t = { .rc = 0 };
	struct text csv = { 0 };
	struct text want = { 0 };

	text_printf(
	    &csv, SHORT "sex,f,tpr,x%s%s%s,5\n", umlauts, umlauts, umlauts);
	measure(&t, text_str(&csv));
	text_printf(&want, "\"x%s%.18s\" in", umlauts, umlauts);
	CHECK_INT(t.diags.n, 1);
	CHECK(strncmp(t.diags.last->detail, text_str(&want), want.n) == 0);
	end(&t);
	text_free(&csv);
	text_free(&want);
}

/* Intervals. */

static const struct figure *
only(const struct trial *t)
{
	CHECK_INT(t->rc, 0);
	CHECK_INT(t->diags.n, 0);
	CHECK_INT(t->out.n, 1);
	return t->out.first;
}

/* Wilson's for 15 of 148, z = 1.959964, worked out by hand. */
static void
computes_an_interval(void)
{
	struct trial t = { .rc = 0 };
	const struct figure *f;

	measure(&t, COUNTS "sex,f,tpr,,200,15,148\n");
	CHECK_INT(t.diags.n, 1);
	end(&t);
	measure(&t, COUNTS "sex,f,tpr,0.10135135135135136,200,15,148\n");
	f = only(&t);
	CHECK(f->has_interval);
	CHECK_STR(f->interval_method, "Wilson");
	CHECK_NUM(f->lower, 0.0624, 1e-4);
	CHECK_NUM(f->upper, 0.1605, 1e-4);
	CHECK_NUM(f->confidence, 0.95, 0);
	end(&t);
}

/* Without counts: where the denominator is every row, and else none. */
static void
computes_only_what_it_can(void)
{
	static const struct {
		const char *csv;
		bool has_interval;
	} cases[] = {
		{ SHORT "sex,f,selection_rate,0.5,100\n", true },
		{ SHORT "sex,f,base_rate,0.5,100\n", true },
		{ SHORT "sex,f,accuracy,0.5,100\n", true },
		{ SHORT "sex,f,error_rate,0.5,100\n", true },
		{ SHORT "sex,f,tpr,0.5,100\n", false },
		{ SHORT "sex,f,precision,0.5,100\n", false },
		{ SHORT "sex,f,f1,0.5,100\n", false },
		{ SHORT "sex,f,mcc,0.5,100\n", false },
		{ COUNTS "sex,f,f1,0.5,100,50,100\n", false },
		{ COUNTS "sex,f,ppr,0.5,100,50,100\n", true },
		{ COUNTS "sex,f,threat_score,0.5,100,50,100\n", true },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct trial t = { .rc = 0 };
		const struct figure *f;

		measure(&t, cases[i].csv);
		f = only(&t);
		CHECK(f->has_interval == cases[i].has_interval);
		CHECK(!f->has_interval ||
		    fabs(f->lower - 0.40383153) + fabs(f->upper - 0.59616847) <
			1e-8);
		end(&t);
	}
}

static void
keeps_the_confidence(void)
{
	struct trial t = { .options = { .confidence = 0.8 } };
	const struct figure *f;

	measure(&t, SHORT "sex,f,accuracy,0.5,100\n");
	f = only(&t);
	CHECK_NUM(f->confidence, 0.8, 0);
	CHECK_NUM(f->upper - f->lower, 0.127, 1e-3);
	end(&t);
}

static void
takes_a_given_interval(void)
{
	struct trial t = { .rc = 0 };
	const struct figure *f;

	measure(&t, BOUNDS "sex,f,tpr,0.5,100,0.4,0.65\n");
	f = only(&t);
	CHECK(f->has_interval);
	CHECK_STR(f->interval_method, "as given");
	CHECK_NUM(f->lower, 0.4, 0);
	CHECK_NUM(f->upper, 0.65, 0);
	end(&t);
	/* The last digit of somebody's arithmetic. */
	measure(&t, BOUNDS "sex,f,tpr,0,100,1e-18,0.1\n");
	f = only(&t);
	CHECK_NUM(f->lower, 0, 0);
	end(&t);
	gives(BOUNDS "sex,f,tpr,0.5,100,0.6,0.7\nsex,f,tpr,0.5,100,0.3,0.4\n"
		     "sex,f,tpr,0.5,100,0.7,0.3\nsex,f,tpr,0.5,100,x,0.3\n",
	    "",
	    "2:19 METRIC_INTERVAL \"0.6\" in column \"lower\":"
	    " it lies above the value\n"
	    "3:23 METRIC_INTERVAL \"0.4\" in column \"upper\":"
	    " it lies below the value\n"
	    "4:19 METRIC_INTERVAL \"0.7\" in column \"lower\":"
	    " it lies above the value\n"
	    "5:19 CSV_NUMBER \"x\" in column \"lower\":"
	    " write a number such as 0.564\n");
}

/* References. */

static void
chooses_the_reference(void)
{
	static const struct measure_reference references[] = {
		{ .attribute = "sex", .group = "f" },
		{ .attribute = "age", .group = "x" }
	};
	struct trial t = { .options = {
			       .references = references, .n_references = 2 } };

	measure(
	    &t, SHORT "sex,f,tpr,0.5,5\nsex,m,tpr,0.25,9\nage,o,tpr,0.5,3\n");
	CHECK_INT(t.rc, 0);
	check_figures(&t,
	    "sex f true_positive_rate 0.5 n 5 reference ratio 1 difference 0\n"
	    "sex m true_positive_rate 0.25 n 9 ratio 0.5 difference -0.25\n"
	    "age o true_positive_rate 0.5 n 3 reference ratio 1"
	    " difference 0\n");
	check_diags(
	    &t, "1:1 GROUP_UNKNOWN \"age\" has no group \"x\"; there are o\n");
	end(&t);
}

#define NAMED "attribute,group,metric,value,count,reference\n"

/* A file may name it, too; the manifest is asked first. */
static void
takes_the_reference_of_the_file(void)
{
	static const struct measure_reference references[] = {
		{ .attribute = "sex", .group = "m" }
	};
	static const char csv[] =
	    NAMED "sex,m,tpr,0.25,9,\nsex,f,tpr,0.5,5,f\n,,tpr,0.25,9,f\n";
	struct trial t = { .rc = 0 };

	gives(csv,
	    " (overall) true_positive_rate 0.25 n 9\n"
	    "sex f true_positive_rate 0.5 n 5 reference ratio 1 difference 0\n"
	    "sex m true_positive_rate 0.25 n 9 ratio 0.5 difference -0.25\n",
	    "");
	t.options.references = references;
	t.options.n_references = 1;
	measure(&t, csv);
	CHECK_INT(t.diags.n, 0);
	CHECK(t.out.last->is_reference);
	CHECK_STR(t.out.last->reference, "m");
	end(&t);
}

/* Of equally large ones the first by name, and never "(missing)". */
static void
chooses_among_equals(void)
{
	gives(SHORT "sex,x,tpr,0.5,5\nsex,m,tpr,0.5,5\nsex,,tpr,0.5,50\n",
	    "sex (missing) true_positive_rate 0.5 n 50\n"
	    "sex m true_positive_rate 0.5 n 5 reference ratio 1 difference 0\n"
	    "sex x true_positive_rate 0.5 n 5 ratio 1 difference 0\n",
	    "");
}

static void
compares_the_missing_if_told(void)
{
	struct trial t = { .options = { .missing_is_group = true } };

	measure(&t, SHORT "sex,m,tpr,0.5,5\nsex,,tpr,0.5,50\n");
	check_figures(&t,
	    "sex (missing) true_positive_rate 0.5 n 50 reference ratio 1"
	    " difference 0\n"
	    "sex m true_positive_rate 0.5 n 5 ratio 1 difference 0\n");
	end(&t);
}

/* A reference without this metric compares nothing. */
static void
compares_only_what_there_is(void)
{
	gives(SHORT "sex,f,tpr,0.5,5\nsex,m,fpr,0.5,9\n",
	    "sex f true_positive_rate 0.5 n 5\n"
	    "sex m false_positive_rate 0.5 n 9 reference ratio 1"
	    " difference 0\n",
	    "");
}

/* Withholding. */

static void
withholds(double min_report, const char *csv, const char *figures)
{
	struct trial t = { .options = { .min_report = min_report } };

	measure(&t, csv);
	CHECK_INT(t.rc, 0);
	check_figures(&t, figures);
	check_diags(&t, "");
	end(&t);
}

static void
withholds_small_groups(void)
{
	withholds(10,
	    SHORT "sex,f,tpr,0.5,100\nsex,m,tpr,0.5,200\nsex,x,tpr,0.5,9\n"
		  "sex,y,tpr,0.5,50\n",
	    "sex f true_positive_rate 0.5 n 100 ratio 1 difference 0\n"
	    "sex m true_positive_rate 0.5 n 200 reference ratio 1"
	    " difference 0\n"
	    "sex x true_positive_rate n hidden (fewer than 10 rows)\n"
	    "sex y true_positive_rate n hidden (guards a group that is"
	    " smaller)\n");
}

/* A withheld reference compares nobody: its value would follow. */
static void
hides_the_reference(void)
{
	static const struct measure_reference references[] = {
		{ .attribute = "sex", .group = "x" }
	};
	struct trial t = { .options = { .min_report = 10,
			       .references = references,
			       .n_references = 1 } };

	measure(&t,
	    SHORT "sex,f,tpr,0.5,100\nsex,m,tpr,0.5,20\nsex,x,tpr,0.25,9\n");
	check_figures(&t,
	    "sex f true_positive_rate 0.5 n 100\n"
	    "sex m true_positive_rate n hidden (guards a group that is"
	    " smaller)\n"
	    "sex x true_positive_rate n hidden (fewer than 10 rows)"
	    " reference\n");
	end(&t);
}

static void
hides_a_small_whole(void)
{
	withholds(10, SHORT ",,tpr,0.5,8\nsex,f,tpr,0.5,3\nsex,m,tpr,0.5,5\n",
	    " (overall) true_positive_rate n hidden (fewer than 10 rows)\n"
	    "sex f true_positive_rate n hidden (fewer than 10 rows)\n"
	    "sex m true_positive_rate n hidden (fewer than 10 rows)"
	    " reference\n");
}

static void
shows_the_rows_without_value(void)
{
	withholds(10,
	    SHORT "sex,f,tpr,0.5,100\nsex,m,tpr,0.5,20\nsex,,tpr,0.25,9\n",
	    "sex (missing) true_positive_rate n 9 (fewer than 10 rows)\n"
	    "sex f true_positive_rate 0.5 n 100 reference ratio 1"
	    " difference 0\n"
	    "sex m true_positive_rate n 20 (guards a group that is"
	    " smaller)\n");
}

/* The groups of "sex" are linked to those of "age*sex", "\*" and all. */
static void
links_intersections(void)
{
	withholds(10,
	    SHORT "sex,f*g,tpr,0.5,100\nsex,m,tpr,0.5,200\n"
		  "age*sex,o*f\\*g,tpr,0.5,4\nage*sex,y*f\\*g,tpr,0.5,96\n"
		  "age*sex,o*m,tpr,0.5,80\nage*sex,y*m,tpr,0.5,120\n",
	    "sex f*g true_positive_rate 0.5 n 100 ratio 1 difference 0\n"
	    "sex m true_positive_rate 0.5 n 200 reference ratio 1"
	    " difference 0\n"
	    "age*sex o*f\\*g true_positive_rate n hidden"
	    " (fewer than 10 rows)\n"
	    "age*sex o*m true_positive_rate 0.5 n 80 ratio 1 difference 0\n"
	    "age*sex y*f\\*g true_positive_rate n hidden"
	    " (guards a group that is smaller)\n"
	    "age*sex y*m true_positive_rate 0.5 n 120 reference ratio 1"
	    " difference 0\n");
}

static void
takes_names_apart(void)
{
	CHECK(fairness_divides("", "(overall)"));
	CHECK(fairness_divides("sex", "f*m"));
	CHECK(fairness_divides("sex*age", "f*o"));
	CHECK(fairness_divides("sex*age", "*"));
	CHECK(fairness_divides("sex*age", "f\\*x*o"));
	CHECK(!fairness_divides("sex*age", "f\\*o"));
	CHECK(!fairness_divides("sex*age", ""));
	CHECK(fairness_divides("a*b*c", "1*2*3"));
	CHECK(!fairness_divides("a*b*a", "1*2*3"));
	CHECK(!fairness_divides("a*b*c*d", "1*2*3*4"));
	CHECK(fairness_is_missing("(missing)"));
	CHECK(fairness_is_missing("f*(missing)"));
	CHECK(fairness_is_missing("(missing)*o"));
	CHECK(!fairness_is_missing("(missing) x"));
	CHECK(!fairness_is_missing("f\\*(missing)"));
	CHECK(!fairness_is_missing(""));
}

/* Limits. */

static void
refuses_too_much(void)
{
	struct trial t = { .rc = 0 };
	struct text csv = { 0 };

	text_puts(&csv, SHORT);
	for (unsigned i = 0; i <= FAIRNESS_ATTRIBUTES; i++)
		text_printf(&csv, "a%u,f,tpr,0.5,5\n", i);
	measure(&t, text_str(&csv));
	CHECK_INT(t.rc, -1);
	check_diags(&t, "1:1 CSV_LIMIT too many attributes\n");
	end(&t);
	text_clear(&csv);
	text_puts(&csv, SHORT);
	for (unsigned i = 0; i <= FAIRNESS_FIGURES; i++)
		text_printf(&csv, "a,%u,tpr,0.5,5\n", i);
	measure(&t, text_str(&csv));
	CHECK_INT(t.rc, -1);
	check_diags(&t, "1:1 CSV_LIMIT too many figures\n");
	end(&t);
	text_free(&csv);
}

/* The order of rows decides nothing but that of attributes. */
static void
ignores_the_order_of_rows(void)
{
	static const char *const rows[] = { "sex,f,tpr,0.5,100\n",
		"sex,m,tpr,0.25,20\n", "sex,x,tpr,0.75,9\n",
		"sex,f,fpr,0.1,100\n", ",,tpr,0.5,129\n" };
	enum { ROWS = sizeof(rows) / sizeof(rows[0]) };
	struct text first = { 0 }, got = { 0 }, csv = { 0 };

	for (size_t shift = 0; shift < ROWS; shift++) {
		struct trial t = { .options = { .min_report = 10 } };

		text_clear(&csv);
		text_clear(&got);
		text_puts(&csv, SHORT);
		for (size_t i = 0; i < ROWS; i++)
			text_puts(&csv, rows[(i * 2 + shift) % ROWS]);
		measure(&t, text_str(&csv));
		for (const struct figure *f = t.out.first; f != NULL;
		     f = f->next)
			put_figure(shift == 0 ? &first : &got, f);
		if (shift > 0)
			CHECK_STR(text_str(&got), text_str(&first));
		end(&t);
	}
	text_free(&first);
	text_free(&got);
	text_free(&csv);
}

/* What predictions give, written as a file, gives the same. */
static void
agrees_with_predictions(void)
{
	static const char rows[] = "y,p,sex\n1,1,f\n0,1,f\n1,0,m\n1,1,m\n"
				   "0,0,m\n0,0,x\n";
	static const char *const attributes[] = { "sex" };
	struct prediction_columns columns = { .label = "y",
		.prediction = "p",
		.attributes = attributes,
		.n_attributes = 1 };
	struct text csv = { 0 }, want = { 0 };
	struct trial t = { .options = { .confidence = 0.95 } };
	struct predictions out;
	const struct scan_input input = in_memory(rows, strlen(rows));

	t.diags.arena = &t.arena;
	CHECK_INT(measure_prediction_rows(
		      &out, &t.arena, &input, &columns, &t.options, &t.diags),
	    0);
	text_puts(&csv, COUNTS);
	for (const struct figure *f = out.figures.first; f != NULL;
	     f = f->next) {
		put_figure(&want, f);
		text_printf(
		    &csv, "%s,%s,%s,", f->attribute, f->group, f->metric);
		if (f->state == FIGURE_DEFINED)
			put_number(&csv, "", f->value);
		put_number(&csv, ",", f->n);
		put_number(&csv, ",", f->numerator);
		put_number(&csv, ",", f->denominator);
		text_putc(&csv, '\n');
	}
	measure(&t, text_str(&csv));
	CHECK_INT(t.rc, 0);
	check_figures(&t, text_str(&want));
	check_diags(&t, "");
	end(&t);
	text_free(&csv);
	text_free(&want);
}

int
main(void)
{
	takes_the_least();
	takes_the_layout_of_references();
	orders_figures();
	knows_other_names_of_metrics();
	reads_one_period();
	reads_what_it_wrote();
	recomputes_values();
	compares_by_counts();
	allows_rounding_at_the_ends();
	compares_nothing_with_zero();
	takes_what_is_undefined();
	refuses_what_is_no_number();
	refuses_what_cannot_be();
	refuses_halves();
	refuses_unknown_metrics();
	refuses_doubles();
	refuses_other_rows();
	refuses_odd_intersections();
	refuses_files();
	complains_only_so_often();
	quotes_whole_characters();
	computes_an_interval();
	computes_only_what_it_can();
	keeps_the_confidence();
	takes_a_given_interval();
	chooses_the_reference();
	takes_the_reference_of_the_file();
	chooses_among_equals();
	compares_the_missing_if_told();
	compares_only_what_there_is();
	withholds_small_groups();
	hides_the_reference();
	hides_a_small_whole();
	shows_the_rows_without_value();
	links_intersections();
	takes_names_apart();
	refuses_too_much();
	ignores_the_order_of_rows();
	agrees_with_predictions();
	return tap_done();
}
