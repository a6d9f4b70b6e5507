#include "imports.h"

/*
 * Exports of other programs, in small: the shape of each, what is said of it,
 * and the traps of design/metrics.md, section 5, each in a test.
 */

#define GROUPS "a table of groups"

/* Tables of groups. */

/* Numbers of rows as doubles; the columns of metrics may be any. */
static void
reads_one_attribute(void)
{
	gives("sex,count,selection_rate,recall_score\n"
	      "female,10.0,0.5,0.25\nmale,20.0,0.25,0.5\n",
	    GROUPS,
	    "sex female selection_rate 0.5 n 10 5/10 ratio 2 difference 0.25\n"
	    "sex male selection_rate 0.25 n 20 5/20 reference ratio 1"
	    " difference 0\n"
	    "sex female true_positive_rate 0.25 n 10 ratio 0.5"
	    " difference -0.25\n"
	    "sex male true_positive_rate 0.5 n 20 reference ratio 1"
	    " difference 0\n",
	    "");
}

/* Cells that were never observed are rows without numbers. */
static void
leaves_out_what_never_occurs(void)
{
	gives("sex,age,count,fpr\nf,old,10.0,0.5\nf,young,,\nm,old,5,0.5\n",
	    GROUPS,
	    "sex*age f*old false_positive_rate 0.5 n 10 reference ratio 1"
	    " difference 0\n"
	    "sex*age m*old false_positive_rate 0.5 n 5 ratio 1"
	    " difference 0\n",
	    "");
}

/* A "*" of a value is none of a name; an empty value is missing. */
static void
joins_names(void)
{
	gives("sex,a*b,n,fpr\nf*,,10,0.5\n", GROUPS,
	    "sex*a\\*b f\\**(missing) false_positive_rate 0.5 n 10\n", "");
	gives("sex,n,fpr\nf*g,10,0.5\n,3,0.5\n", GROUPS,
	    "sex (missing) false_positive_rate 0.5 n 3\n"
	    "sex f*g false_positive_rate 0.5 n 10 reference ratio 1"
	    " difference 0\n",
	    "");
}

/* Without rows nobody is the largest. */
static void
reads_a_series(void)
{
	gives("sex,selection_rate\nf,0.5\nm,0.25\n", GROUPS,
	    "sex f selection_rate 0.5 n unknown\n"
	    "sex m selection_rate 0.25 n unknown\n",
	    "");
}

static void
wants_a_name(void)
{
	gives("sensitive_feature_0,n,fpr\nf,9,0.5\n", GROUPS,
	    "sensitive_feature_0 f false_positive_rate 0.5 n 9 reference"
	    " ratio 1 difference 0\n",
	    "1:1 EXPORT_NAME fairlearn calls an array so; give"
	    " sensitive_features as a Series with a name, or as a dict\n");
}

/* difference() has the header of by_group, but no groups. */
static void
knows_differences(void)
{
	gives("age,count,selection_rate\nold,399.0,0.0112\n", GROUPS,
	    "age old selection_rate 0.0112 n 399 reference ratio 1"
	    " difference 0\n",
	    "2:11 EXPORT_WHOLE selection_rate 0.0112 of 399 rows is 4.469"
	    " rows; a table of differences between groups is no table of"
	    " groups\n");
	/* Ten decimals are enough for whole rows. */
	gives("age,count,selection_rate\nold,300000,0.3333333333\n", GROUPS,
	    "age old selection_rate 0.3333333333333333 n 300000 100000/300000 "
	    "reference ratio 1"
	    " difference 0\n",
	    "");
}

static void
reads_a_layout_of_ones_own(void)
{
	gives("group,n,fnr\nA,10,0.1\nB,12,0.25\n(overall),22,0.2\n", GROUPS,
	    " (overall) false_negative_rate 0.2 n 22\n"
	    "group A false_negative_rate 0.1 n 10 ratio 0.4"
	    " difference -0.15\n"
	    "group B false_negative_rate 0.25 n 12 reference ratio 1"
	    " difference 0\n",
	    "");
	gives("n,attribute,group,fnr,TPR\n22,,,0.25,0.75\n10,sex,A,,0.5\n",
	    GROUPS,
	    " (overall) true_positive_rate 0.75 n 22\n"
	    " (overall) false_negative_rate 0.25 n 22\n"
	    "sex A true_positive_rate 0.5 n 10 reference ratio 1"
	    " difference 0\n"
	    "sex A false_negative_rate n 10 (the file has no number there)"
	    " reference\n",
	    "");
}

/* A name that nobody knows is left out, and the rest is read. */
static void
leaves_out_unknown_columns(void)
{
	gives("sex,n,fpr,selection_rat,zzzzzzzz\nf,9,0.5,0.5,x\n", GROUPS,
	    "sex f false_positive_rate 0.5 n 9 reference ratio 1"
	    " difference 0\n",
	    "1:11 METRIC_UNKNOWN \"selection_rat\": did you mean"
	    " \"selection_rate\"?\n"
	    "1:25 METRIC_UNKNOWN \"zzzzzzzz\": the column is left out\n");
}

/* Of several periods the last is read. */
static void
reads_one_period(void)
{
	gives("sex,period,n,fpr\nf,2025-Q1,9,0.5\nf,2025-Q3,8,0.25\n"
	      "f,2025-Q2,7,0.75\n",
	    GROUPS,
	    "sex f false_positive_rate 0.25 n 8 reference ratio 1"
	    " difference 0\n",
	    "2:3 EXPORT_SEVERAL 3 of them: \"2025-Q1\", \"2025-Q3\","
	    " \"2025-Q2\"; read is \"2025-Q3\"\n");
}

/* Counts are the truth: 0 of 0 is undefined, whatever fairlearn says. */
static void
recounts(void)
{
	gives("sex,tp,fp,fn,tn,tpr,fpr,acc\nf,0,1,0,3,0.0,0.25,0.75\n", GROUPS,
	    " (overall) selection_rate 0.25 n 4 1/4\n"
	    " (overall) base_rate 0 n 4 0/4\n"
	    " (overall) true_positive_rate n 4 0/0 (0 rows are labelled"
	    " positive)\n"
	    " (overall) false_negative_rate n 4 0/0 (0 rows are labelled"
	    " positive)\n"
	    " (overall) false_positive_rate 0.25 n 4 1/4\n"
	    " (overall) precision 0 n 4 0/1\n"
	    " (overall) accuracy 0.75 n 4 3/4\n"
	    "sex f selection_rate 0.25 n 4 1/4 reference ratio 1"
	    " difference 0\n"
	    "sex f base_rate 0 n 4 0/4 reference difference 0\n"
	    "sex f true_positive_rate n 4 0/0 (0 rows are labelled positive)"
	    " reference\n"
	    "sex f false_negative_rate n 4 0/0 (0 rows are labelled"
	    " positive) reference\n"
	    "sex f false_positive_rate 0.25 n 4 1/4 reference ratio 1"
	    " difference 0\n"
	    "sex f precision 0 n 4 0/1 reference difference 0\n"
	    "sex f accuracy 0.75 n 4 3/4 reference ratio 1 difference 0\n",
	    "");
}

/* What fairlearn writes beside by_group. */

static void
reads_overall(void)
{
	gives(",0\ncount,1000.0\nselection_rate,0.762\nmine,1\n",
	    "fairlearn overall", " (overall) selection_rate 0.762 n 1000\n",
	    "4:1 METRIC_UNKNOWN \"mine\": the row is left out\n");
}

static void
reads_a_summary(void)
{
	tells(",difference,ratio\nselection_rate,0.25,0.5\nmine,1,\n",
	    " (all groups) selection_rate_difference_between_groups 0.25"
	    " n 0\n"
	    " (all groups) selection_rate_ratio_between_groups 0.5 n 0\n"
	    " (all groups) mine_difference_between_groups 1 n 0\n"
	    " (all groups) mine_ratio_between_groups n 0 (the file has no"
	    " number there)\n",
	    "");
}

/* Two lines of names and one of the index stand above the groups. */
static void
reads_quantiles(void)
{
	tells(",0.025,0.975\n,fpr,fpr\nrace,,\nA,0.25,0.75\n",
	    "race A false_positive_rate_quantile_0.025 0.25 n 0\n"
	    "race A false_positive_rate_quantile_0.975 0.75 n 0\n",
	    "");
	gives(",0.5\n,fpr\nrace,\nA,0.25\n", "fairlearn by_group_ci",
	    "race A false_positive_rate 0.25 n unknown\n", "");
}

/* Aequitas. */

#define CROSSTAB                                                               \
	"model_id,score_threshold,k,attribute_name,attribute_value,tpr,for,"   \
	"ppr,pprev,fp,fn,tn,tp,group_label_pos,group_label_neg,group_size,"    \
	"total_entities"

/* Of the figures of two groups only those of two metrics. */
static const char *const shares[] = { "selection_rate",
	"predicted_positive_ratio_k" };

static void
gives_shares(const char *bytes, const char *figures, const char *diags)
{
	struct trial t = { .options = { .metrics = shares, .n_metrics = 1 } };
	struct import out = import(&t, bytes);

	CHECK_INT(t.rc, 0);
	CHECK_STR(out.shape, "a crosstab of Aequitas");
	check_figures(&t, figures);
	check_diags(&t, diags);
	end(&t);
}

/* `ppr` is a share of all that are selected, `pprev` the rate. */
static void
tells_ppr_from_pprev(void)
{
	gives_shares("k,attribute_name,attribute_value,ppr,pprev,fp,fn,tn,tp,"
		     "ppr_disparity,pprev_disparity,ppr_ref_group_value,"
		     "pprev_ref_group_value,Statistical Parity\n"
		     "4,sex,f,0.25,0.25,0,0,3,1,0.3333333333333333,0.5,m,m,"
		     "False\n"
		     "4,sex,m,0.75,0.5,1,1,2,2,1.0,1.0,m,m,True\n",
	    " (overall) selection_rate 0.4 n 10 4/10\n"
	    "sex f selection_rate 0.25 n 4 1/4 ratio 0.5"
	    " difference -0.25\n"
	    "sex m selection_rate 0.5 n 6 3/6 reference ratio 1"
	    " difference 0\n"
	    "sex f predicted_positive_ratio_k 0.25 n 4 1/4"
	    " ratio 0.3333333333333333 difference -0.5\n"
	    "sex m predicted_positive_ratio_k 0.75 n 6 3/4 reference ratio 1"
	    " difference 0\n",
	    "");
}

/* Rows without a value are in k and in no group: shares are of k. */
static void
keeps_shares_of_all(void)
{
	gives_shares(CROSSTAB "\n"
			      "0,binary 0/1,5,sex,f,1.0,0.0,0.2,0.25,0,0,3,1,"
			      "1,3,4,8\n",
	    "sex f selection_rate 0.25 n 4 1/4 reference ratio 1"
	    " difference 0\n"
	    "sex f true_positive_rate 1 n 4 1/1 reference ratio 1"
	    " difference 0\n"
	    "sex f false_omission_rate 0 n 4 0/3 reference difference 0\n"
	    "sex f predicted_positive_ratio_k 0.2 n 4 1/5 reference ratio 1"
	    " difference 0\n",
	    "");
}

/* A share is that of its two counts, though others are missing. */
static void
divides_shares(void)
{
	gives_shares("k,attribute_name,attribute_value,ppr,fp,fn,tn,tp\n"
		     "4,sex,f,0.25,0,,3,2\n4,sex,m,,1,,3,1\n",
	    "sex f predicted_positive_ratio_k 0.5 n unknown 2/4\n"
	    "sex m predicted_positive_ratio_k 0.5 n unknown 2/4\n",
	    "2:9 METRIC_RECOUNT predicted_positive_ratio_k of \"f\" is 0.25,"
	    " the counts make it 0.5\n"
	    "3:9 METRIC_RECOUNT predicted_positive_ratio_k of \"m\" is not"
	    " given, the counts make it 0.5\n");
}

/* x/0 is 10.0 there, and nothing here; 0/0 is empty. */
static void
knows_the_fill(void)
{
	gives_shares("attribute_name,attribute_value,pprev,fp,fn,tn,tp,"
		     "pprev_disparity,pprev_ref_group_value\n"
		     "sex,f,0.25,0,0,3,1,10.0,m\nsex,m,0,0,0,5,0,,m\n",
	    " (overall) selection_rate 0.1111111111111111 n 9 1/9\n"
	    "sex f selection_rate 0.25 n 4 1/4 difference 0.25\n"
	    "sex m selection_rate 0 n 5 0/5 reference difference 0\n",
	    "");
}

/* What the counts do not give is named with both numbers. */
static void
reports_what_differs(void)
{
	gives_shares("attribute_name,attribute_value,pprev,fp,fn,tn,tp,"
		     "group_label_pos,group_size,pprev_disparity,"
		     "pprev_ref_group_value\n"
		     "sex,f,0.5,0,0,3,1,2,5,0.6,m\n"
		     "sex,m,0.5000000001,1,1,2,2,3,6,1,m\n",
	    " (overall) selection_rate 0.4 n 10 4/10\n"
	    "sex f selection_rate 0.25 n 4 1/4 ratio 0.5"
	    " difference -0.25\n"
	    "sex m selection_rate 0.5 n 6 3/6 reference ratio 1"
	    " difference 0\n",
	    "2:19 METRIC_RECOUNT \"2\": group_label_pos, the counts make 1\n"
	    "2:21 METRIC_RECOUNT 5 rows, the counts make 4\n"
	    "2:7 METRIC_RECOUNT selection_rate of \"f\" is 0.5, the counts"
	    " make it 0.25\n"
	    "2:23 METRIC_RECOUNT \"0.6\": selection_rate of \"f\" over \"m\""
	    " is 0.5\n");
	gives_shares("attribute_name,attribute_value,pprev,tpr,fp,fn,tn,tp\n"
		     "sex,f,,0.5,0,0,3,0\n",
	    " (overall) selection_rate 0 n 3 0/3\n"
	    "sex f selection_rate 0 n 3 0/3 reference difference 0\n"
	    "sex f true_positive_rate n 3 0/0 (0 rows are labelled positive)"
	    " reference\n",
	    "2:8 METRIC_RECOUNT true_positive_rate of \"f\" is 0.5, the"
	    " counts leave it undefined: 0 rows are labelled positive\n"
	    "2:7 METRIC_RECOUNT selection_rate of \"f\" is not given, the"
	    " counts make it 0\n");
}

/* A table for each threshold; a threshold of the score goes first. */
static void
reads_one_threshold(void)
{
	gives_shares("score_threshold,attribute_name,attribute_value,fp,fn,tn,"
		     "tp\n"
		     "0.1_pct,sex,f,0,0,3,1\n0.5_val,sex,f,1,0,2,1\n"
		     "0.9_val,sex,f,0,1,3,0\n",
	    " (overall) selection_rate 0.5 n 4 2/4\n"
	    "sex f selection_rate 0.5 n 4 2/4 reference ratio 1"
	    " difference 0\n",
	    "2:1 EXPORT_SEVERAL 3 of them: \"0.1_pct\", \"0.5_val\","
	    " \"0.9_val\"; read is \"0.5_val\"\n");
}

static void
takes_no_verdict_for_a_figure(void)
{
	static const char remedy[] = " EXPORT_GROUPS True and False of"
				     " Aequitas are no figures; name its"
				     " crosstab\n";
	struct text want = { 0 };

	text_printf(&want, "1:1%s", remedy);
	tells("model_id,attribute_name,Statistical Parity,Impact Parity\n"
	      "0,sex,True,\n",
	    "", text_str(&want));
	tells("{\"Unsupervised Fairness\": false, \"Supervised Fairness\":"
	      " true, \"Overall Fairness\": \"Undefined\"}",
	    "", text_str(&want));
	text_free(&want);
}

static void
refuses_bad_counts(void)
{
	gives_shares("attribute_name,attribute_value,pprev,fp,fn,tn,tp\n"
		     "sex,f,0.5,-1,0,3,1\nsex,m,0.5,1e308,0,3,1\n"
		     "sex,x,0.5,0.5,0,3,1\nsex,y,0.5,,0,3,1\n,z,0.5,1,0,3,1\n"
		     "sex,f,0.5,-1,0,3,1\n",
	    "sex f selection_rate 0.5 n unknown\n"
	    "sex m selection_rate 0.5 n unknown\n"
	    "sex x selection_rate 0.5 n unknown\n"
	    "sex y selection_rate 0.5 n unknown\n",
	    "2:11 CSV_VALUE \"-1\": write a whole number of rows\n"
	    "3:11 CSV_VALUE \"1e308\": write a whole number of rows\n"
	    "4:11 CSV_VALUE \"0.5\": write a whole number of rows\n"
	    "6:1 CSV_VALUE \"\": name the attribute\n"
	    "7:11 CSV_VALUE \"-1\": write a whole number of rows\n"
	    "7:7 CSV_VALUE selection_rate of sex f stands twice, first in"
	    " line 2\n");
}

/* Cross tables. */

/* Group, label, and how many are predicted 0 and 1; margins are let be. */
static void
reads_a_crosstab(void)
{
	static const char figures[] =
	    " (overall) selection_rate 0.4 n 10 4/10\n"
	    "sex f selection_rate 0.25 n 4 1/4 ratio 0.5"
	    " difference -0.25\n"
	    "sex m selection_rate 0.5 n 6 3/6 reference ratio 1"
	    " difference 0\n";
	struct trial t = { .options = { .metrics = shares, .n_metrics = 1 } };
	struct import out = import(&t,
	    "sex,y_true,0,1,All\nf,0,3,0,3\nf,1,0,1,1\nm,0,2,1,3\n"
	    "m,1,1,2,3\nAll,,6,4,10\n");

	CHECK_STR(out.shape, "a pandas crosstab");
	check_figures(&t, figures);
	check_diags(&t, "");
	CHECK_INT(out.n_tables, 1);
	CHECK_STR(out.tables[0].attribute, "sex");
	CHECK_INT(out.tables[0].groups[0].counts.rows[CELL_TN], 3);
	CHECK_INT(out.tables[0].groups[1].counts.rows[CELL_FN], 1);
	CHECK_INT(group_rows(&out.whole.groups[0]), 10);
	end(&t);
}

/* A label that a group does not have has no row in the table. */
static void
fills_a_crosstab(void)
{
	struct trial t = { .options = { .metrics = shares, .n_metrics = 1 } };

	import(&t, "sex,age,y,False,True\nf,o,False,3,1\nm,o,maybe,1,1\n");
	check_figures(&t,
	    "sex*age f*o selection_rate 0.25 n 4 1/4 reference ratio 1"
	    " difference 0\n");
	check_diags(&t,
	    "3:5 CSV_VALUE \"maybe\": write 0 or 1, as the predictions are"
	    " named\n");
	end(&t);
}

static void
names_what_has_no_name(void)
{
	struct trial t = { .options = { .metrics = shares, .n_metrics = 1 } };

	import(&t, ",y,0,1\nf,0,3,1\n(overall),0,6,2\n");
	check_figures(&t,
	    " (overall) selection_rate 0.25 n 8 2/8\n"
	    "group f selection_rate 0.25 n 4 1/4 reference ratio 1"
	    " difference 0\n");
	end(&t);
}

/* What is no export. */

static void
refuses_prose(void)
{
	fails("              precision    recall  f1-score   support\n\n",
	    "1:1 EXPORT_SHAPE the text of classification_report() is rounded"
	    " to two decimals; export it with output_dict=True as JSON\n");
	fails("Disparate impact (probability of x / probability of y): 0.9\n",
	    "1:1 EXPORT_SHAPE the text of AIF360 has no counts; export it with"
	    " MetricJSONExplainer\n");
}

static void
refuses_what_it_does_not_know(void)
{
	static const char known[] =
	    "1:1 EXPORT_SHAPE known are tables of groups, of people and"
	    " selected, and exports of fairlearn, Aequitas, AIF360, TensorFlow"
	    " Model Analysis, Evidently, scikit-learn, pandas.crosstab and"
	    " Responsible AI dashboards\n";

	fails("a,b\n1,2\n", known);
	fails("fpr\n1\n",
	    "1:1 EXPORT_SHAPE no column has the names of the groups; export"
	    " with to_csv(path), which writes the index\n");
	fails("{}", known);
	fails("[]", known);
	fails("{\"a\": [1]}", known);
	fails("", "0:0 FILE_EMPTY \n");
	fails("group,n,fnr\n", "1:1 CSV_ROWS a table of groups\n");
	fails("group,n,fnr\nA,10,0.1\nB,12\n",
	    "3:1 CSV_WIDTH 2 fields, the header has 3\n");
	fails("{\"a\":", "1:6 JSON_END \n");
}

/* The signs of an editor or a system change nothing. */
static void
bears_marks(void)
{
	gives("\xef\xbb\xbfsex,n,fpr\r\nf,9,0.5\r\n", GROUPS,
	    "sex f false_positive_rate 0.5 n 9 reference ratio 1"
	    " difference 0\n",
	    "");
}

static void
refuses_bad_cells(void)
{
	gives("sex,n,fpr\na,ten,0.1\nb,9,1.5\nc,9,50%\nd,-1,0.5\ne,9,1e308\n"
	      "f,9,NaN\nf,8,0.5\n",
	    GROUPS,
	    "sex a false_positive_rate 0.1 n unknown\n"
	    "sex d false_positive_rate 0.5 n unknown\n"
	    "sex f false_positive_rate n 9 (the file has no number there)"
	    " reference\n",
	    "2:3 CSV_NUMBER \"ten\": write a number such as 0.564\n"
	    "3:5 METRIC_VALUE \"1.5\": false_positive_rate is at most 1\n"
	    "4:5 CSV_NUMBER \"50%\": write a number such as 0.564\n"
	    "5:3 CSV_VALUE \"-1\": write 0 or a number from 1e-9 to 1e15\n"
	    "6:5 METRIC_VALUE \"1e308\": false_positive_rate is at most 1\n"
	    "8:3 CSV_VALUE \"8\": rows of \"f\" differ from line 7\n"
	    "8:5 CSV_VALUE false_positive_rate of sex f stands twice, first in"
	    " line 7\n");
}

/* A group whose rows nobody states may be a small one. */
static void
withholds_what_has_no_rows(void)
{
	struct trial t = { .options = { .min_report = 10 } };

	import(&t, "group,fpr\n(overall),0.5\nf,0.5\nm,0.25\n");
	check_figures(&t,
	    " (overall) false_positive_rate 0.5 n unknown\n"
	    "group f false_positive_rate n hidden (the number of its rows is"
	    " not stated)\n"
	    "group m false_positive_rate n hidden (the number of its rows is"
	    " not stated)\n");
	end(&t);
}

int
main(void)
{
	reads_one_attribute();
	leaves_out_what_never_occurs();
	joins_names();
	reads_a_series();
	wants_a_name();
	knows_differences();
	reads_a_layout_of_ones_own();
	leaves_out_unknown_columns();
	reads_one_period();
	recounts();
	reads_overall();
	reads_a_summary();
	reads_quantiles();
	tells_ppr_from_pprev();
	keeps_shares_of_all();
	divides_shares();
	knows_the_fill();
	reports_what_differs();
	reads_one_threshold();
	takes_no_verdict_for_a_figure();
	refuses_bad_counts();
	reads_a_crosstab();
	fills_a_crosstab();
	names_what_has_no_name();
	refuses_prose();
	refuses_what_it_does_not_know();
	bears_marks();
	refuses_bad_cells();
	withholds_what_has_no_rows();
	return tap_done();
}
