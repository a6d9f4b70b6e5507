#include "imports.h"

/* Exports of other programs in JSON, in small, and their traps. */

static const char *const rates[] = { "selection_rate" };

/* The figures and messages of a file, with little that is not said in it. */
static void
says(const char *bytes, const char *shape, const char *figures,
    const char *diags)
{
	struct trial t = { .options = { .metrics = rates, .n_metrics = 1 } };
	struct import out = import(&t, bytes);

	CHECK_INT(t.rc, 0);
	CHECK_STR(out.shape, shape);
	check_figures(&t, figures);
	check_diags(&t, diags);
	end(&t);
}

/* Data frames. */

static const char no_name[] =
    "1:1 EXPORT_NAME to_json() leaves the name of the attribute out; export"
    " with to_csv()\n";

static void
reads_frames(void)
{
	static const char figures[] =
	    "group f false_positive_rate 0.5 n 10 ratio 2 difference 0.25\n"
	    "group m false_positive_rate 0.25 n 20 reference ratio 1"
	    " difference 0\n";

	says("{\"f\": {\"count\": 10.0, \"fpr\": 0.5},"
	     " \"m\": {\"count\": 20, \"fpr\": 0.25}}",
	    "a data frame by group", figures, no_name);
	says("{\"count\": {\"f\": 10.0, \"m\": 20},"
	     " \"fpr\": {\"f\": 0.5, \"m\": 0.25}}",
	    "a data frame by metric", figures, no_name);
}

/* pandas writes null for NaN; what nobody knows is left out. */
static void
bears_null(void)
{
	struct text want = { 0 };

	text_printf(&want,
	    "%s1:34 METRIC_UNKNOWN \"mine\": the number is left out\n"
	    "1:52 CSV_NUMBER \"true\": write a number such as 0.564\n",
	    no_name);
	says("{\"f\": {\"count\": 10, \"fpr\": null, \"mine\": 1, \"fnr\":"
	     " true}}",
	    "a data frame by group",
	    "group f false_positive_rate n 10 (the file has no number"
	    " there) reference\n",
	    text_str(&want));
	text_free(&want);
}

/* Classification reports. */

#define REPORT "a classification report"
#define LABEL(P, R, F, S)                                                      \
	"{\"precision\": " P ", \"recall\": " R ", \"f1-score\": " F           \
	", \"support\": " S "}"

/* Recall and support are counts: 2 of 4, and 5 of 6. */
static void
counts_a_report(void)
{
	says("{\"0\": " LABEL("0.7142857142857143", "0.8333333333333334",
		 "0.7692307692307693",
		 "6") ", \"1\": " LABEL("0.6666666666666666", "0.5",
		 "0.5714285714285714", "4") ", \"accuracy\": 0.7}",
	    REPORT,
	    " (overall) selection_rate 0.3 n 10 3/10\n"
	    " (overall) true_positive_rate 0.5 n 10 2/4\n"
	    " (overall) true_negative_rate 0.8333333333333334 n 10 5/6\n"
	    " (overall) precision 0.6666666666666666 n 10 2/3\n"
	    " (overall) negative_predictive_value 0.7142857142857143 n 10"
	    " 5/7\n"
	    " (overall) accuracy 0.7 n 10 7/10\n"
	    " (overall) f1_score 0.5714285714285714 n 10 4/7\n",
	    "");
}

/* Nobody selected: precision is 0 there, and undefined here. */
static void
undoes_zero_division(void)
{
	says("{\"False\": " LABEL(
		 "0.6", "1.0", "0.75", "6") ", \"True\": " LABEL("0.0", "0.0",
		 "0.0", "4.0") ", \"accuracy\": 0.6}",
	    REPORT,
	    " (overall) selection_rate 0 n 10 0/10\n"
	    " (overall) true_positive_rate 0 n 10 0/4\n"
	    " (overall) true_negative_rate 1 n 10 6/6\n"
	    " (overall) precision n 10 0/0 (0 labelled rows are selected)\n"
	    " (overall) negative_predictive_value 0.6 n 10 6/10\n"
	    " (overall) accuracy 0.6 n 10 6/10\n"
	    " (overall) f1_score 0 n 10 0/4\n",
	    "");
}

static void
checks_a_report(void)
{
	/* Another precision than the counts give, and another average. */
	says(
	    "{\"0\": " LABEL("1.0", "0.5", "0.5", "2") ",\n\"1\": " LABEL("0.7",
		"1.0", "0.8", "2") ",\n\"accuracy\": 0.75,"
				   "\n\"macro avg\": {\"precision\": 0.9}}",
	    REPORT,
	    " (overall) selection_rate 0.75 n 4 3/4\n"
	    " (overall) true_positive_rate 1 n 4 2/2\n"
	    " (overall) true_negative_rate 0.5 n 4 1/2\n"
	    " (overall) precision 0.6666666666666666 n 4 2/3\n"
	    " (overall) negative_predictive_value 1 n 4 1/1\n"
	    " (overall) accuracy 0.75 n 4 3/4\n"
	    " (overall) f1_score 0.8 n 4 4/5\n"
	    " (overall) precision_macro 0.9 n 4\n",
	    "4:28 METRIC_RECOUNT \"0.9\": macro avg of precision is 0.85\n"
	    "2:20 METRIC_RECOUNT precision of \"(overall)\" is 0.7, the"
	    " counts make it 0.6666666666666666\n");
	/* No whole rows: somebody rounded, or weighted. */
	says("{\"0\": " LABEL("0.5", "0.5", "0.5", "2") ", \"1\": " LABEL(
		 "0.5", "0.3", "0.4", "2") ", \"accuracy\": 0.4}",
	    REPORT,
	    " (overall) true_positive_rate 0.3 n 4\n"
	    " (overall) true_negative_rate 0.5 n 4\n"
	    " (overall) precision 0.5 n 4\n"
	    " (overall) negative_predictive_value 0.5 n 4\n"
	    " (overall) accuracy 0.4 n 4\n"
	    " (overall) f1_score 0.4 n 4\n",
	    "1:107 EXPORT_WHOLE \"0.3\": times support it is no number of"
	    " rows\n1:156 EXPORT_WHOLE accuracy 0.4 of 4 rows is 1.600 rows;"
	    " a table of differences between groups is no table of groups\n");
}

/* A label without a recall has no counts. */
static void
bears_holes(void)
{
	says("{\"0\": {\"precision\": 0.5, \"support\": 2}, \"1\": " LABEL(
		 "0.5", "0.5", "0.5", "2") ", \"accuracy\": 0.5}",
	    REPORT,
	    " (overall) true_positive_rate 0.5 n 4\n"
	    " (overall) precision 0.5 n 4\n"
	    " (overall) negative_predictive_value 0.5 n 4\n"
	    " (overall) accuracy 0.5 n 4\n"
	    " (overall) f1_score 0.5 n 4\n",
	    "");
}

/* Labels that are no yes and no are each held against the rest. */
static void
reads_labels(void)
{
	says(
	    "{\"good\": " LABEL("0.5", "0.25", "0.75", "4") ", \"bad\": " LABEL(
		"1.0", "0.5", "0.5", "2") ", \"micro avg\": "
					  "{\"precision\": 0.5}}",
	    REPORT,
	    " (overall) recall[bad] 0.5 n unknown 1/2\n"
	    " (overall) recall[good] 0.25 n unknown 1/4\n"
	    " (overall) precision[bad] 1 n unknown\n"
	    " (overall) precision[good] 0.5 n unknown\n"
	    " (overall) f1_score[bad] 0.5 n unknown\n"
	    " (overall) f1_score[good] 0.75 n unknown\n"
	    " (overall) precision_micro 0.5 n unknown\n",
	    "");
}

static void
reads_reports_by_group(void)
{
	says("{\"f\": {\"0\": " LABEL("1", "1.0", "1", "6") ", \"1\": " LABEL(
		 "1", "1.0", "1", "4") ", \"accuracy\": 1}}",
	    "classification reports by group",
	    " (overall) selection_rate 0.4 n 10 4/10\n"
	    "group f selection_rate 0.4 n 10 4/10 reference ratio 1"
	    " difference 0\n"
	    "group f true_positive_rate 1 n 10 4/4 reference ratio 1"
	    " difference 0\n"
	    "group f true_negative_rate 1 n 10 6/6 reference ratio 1"
	    " difference 0\n"
	    "group f precision 1 n 10 4/4 reference ratio 1 difference 0\n"
	    "group f negative_predictive_value 1 n 10 6/6 reference ratio 1"
	    " difference 0\n"
	    "group f accuracy 1 n 10 10/10 reference ratio 1 difference 0\n"
	    "group f f1_score 1 n 10 8/8 reference ratio 1 difference 0\n",
	    "1:1 EXPORT_NAME the groups are the keys of a map; the attribute"
	    " is taken to be \"group\"\n");
}

/* TensorFlow Model Analysis. */

#define TFMA "a view of TensorFlow Model Analysis"
#define SLICE(NAME, METRICS)                                                   \
	"{\"slice\": \"" NAME "\", \"metrics\": {\"\": {\"\": {" METRICS "}}}" \
	"}"

/* Bounds beside a value, "NaN" for none, and joined features. */
static void
reads_slices(void)
{
	struct trial t = { .rc = 0 };

	says("[" SLICE("Overall",
		 "\"example_count\": {\"doubleValue\": 30.0}, \"accuracy\":"
		 " {\"doubleValue\": 0.5}") ", " SLICE("a_X_b:x*_X_y",
		 "\"example_count\": {\"doubleValue\": 10},"
		 " \"precision\": {\"doubleValue\": \"NaN\"}") ", " SLICE("sex:"
									  "a_X_"
									  "b",
		 "\"fpr\": {\"doubleValue\": 0.5}") "]",
	    TFMA,
	    " (overall) accuracy 0.5 n 30\n"
	    "a*b x\\**y precision n 10 (the file has no number there)"
	    " reference\n"
	    "sex a_X_b false_positive_rate 0.5 n unknown\n",
	    "");
	import(&t,
	    "[" SLICE("Overall",
		"\"accuracy\": {\"boundedValue\": {\"lowerBound\": 0.25,"
		" \"upperBound\": 0.75, \"value\": 0.5}}") "]");
	CHECK_INT(t.out.n, 1);
	CHECK_NUM(t.out.first->lower, 0.25, 0);
	CHECK_NUM(t.out.first->upper, 0.75, 0);
	CHECK_STR(t.out.first->interval_method, "as given");
	end(&t);
	says("[" SLICE("Overall",
		 "\"accuracy\": {\"boundedValue\": {\"lowerBound\": 0.6,"
		 " \"upperBound\": 0.75, \"value\": 0.5}}") "]",
	    TFMA, " (overall) accuracy 0.5 n unknown\n",
	    "1:89 METRIC_INTERVAL \"0.6\": the value is on the other side of"
	    " it\n");
}

/* Of several thresholds the one at 0.5; what has none is of all. */
static void
reads_a_threshold(void)
{
	says("[" SLICE("sex:f",
		 "\"f/positive_rate@0.1\": {\"doubleValue\": 0.1},"
		 "\"f/positive_rate@0.5\": {\"doubleValue\": 0.5},"
		 "\"f/positive_rate@0.9\": {\"doubleValue\": 0.9},"
		 "\"accuracy\": {\"doubleValue\": 0.25},"
		 "\"example_count\": {\"doubleValue\": 8}") "]",
	    TFMA,
	    "sex f selection_rate 0.5 n 8 4/8 reference ratio 1 difference 0\n"
	    "sex f accuracy 0.25 n 8 2/8 reference ratio 1 difference 0\n",
	    "1:43 EXPORT_SEVERAL 3 of them: \"at 0.1\", \"at 0.5\","
	    " \"at 0.9\"; read is \"at 0.5\"\n");
}

static void
refuses_odd_slices(void)
{
	says("[" SLICE("Overall", "") ", " SLICE("a_X_b:x", "") ", " SLICE(
		 ":x", "") ", {\"metrics\": 1}, {\"slice\": [], "
			   "\"metrics\": {\"\": 1}}]",
	    TFMA, "",
	    "1:61 CSV_VALUE \"a_X_b:x\": a slice is \"Overall\" or"
	    " \"feature:value\"\n"
	    "1:110 CSV_VALUE \":x\": a slice is \"Overall\" or"
	    " \"feature:value\"\n"
	    "1:144 CSV_VALUE \"null\": a slice is \"Overall\" or"
	    " \"feature:value\"\n"
	    "1:170 CSV_VALUE \"null\": a slice is \"Overall\" or"
	    " \"feature:value\"\n");
}

/* AIF360. */

#define AIF360 "an explainer of AIF360"
static const char no_sides[] =
    "1:1 EXPORT_NAME AIF360 does not say what divides the unprivileged from"
    " the privileged; the attribute is taken to be \"group\"\n";

/* numPositives are selected rows in one metric, labels in another. */
static void
reads_an_explainer(void)
{
	says("[{\"metric\": \"Statistical Parity Difference\", \"message\":"
	     " \"S (a - b): -0.25\", \"numPositivesUnprivileged\": 1.0,"
	     " \"numInstancesUnprivileged\": 4.0,"
	     " \"numPositivesPrivileged\": 3.0,"
	     " \"numInstancesPrivileged\": 6.0},"
	     "{\"metric\": \"Average Odds Difference\", \"message\":"
	     " \"A (0 = b): 0.08\", \"numFalsePositivesUnprivileged\": 0,"
	     " \"numNegativesUnprivileged\": 3,"
	     " \"numTruePositivesUnprivileged\": 1,"
	     " \"numPositivesUnprivileged\": 1,"
	     " \"numFalsePositivesPrivileged\": 1,"
	     " \"numNegativesPrivileged\": 3,"
	     " \"numTruePositivesPrivileged\": 2,"
	     " \"numPositivesPrivileged\": 3}]",
	    AIF360,
	    " (overall) selection_rate 0.4 n 10 4/10\n"
	    "group privileged selection_rate 0.5 n 6 3/6 reference ratio 1"
	    " difference 0\n"
	    "group unprivileged selection_rate 0.25 n 4 1/4 ratio 0.5"
	    " difference -0.25\n",
	    no_sides);
}

/* A value is at the end of its message, and must be that of the counts. */
static void
checks_a_message(void)
{
	struct text want = { 0 };

	text_printf(&want,
	    "%s1:44 METRIC_RECOUNT \"0.75\": selection_rate of"
	    " \"unprivileged\" over \"privileged\" is 0.5\n",
	    no_sides);
	says("[{\"metric\": \"Disparate Impact\", \"message\": \"D (a / b):"
	     " 0.75\", \"numPositivePredictionsUnprivileged\": 1.0,"
	     " \"numUnprivileged\": 4.0,"
	     " \"numPositivePredictionsPrivileged\": 3.0,"
	     " \"numPrivileged\": 6.0}]",
	    AIF360,
	    "group privileged selection_rate 0.5 n 6 3/6 reference ratio 1"
	    " difference 0\n"
	    "group unprivileged selection_rate 0.25 n 4 1/4 ratio 0.5"
	    " difference -0.25\n",
	    text_str(&want));
	text_free(&want);
}

static void
keeps_what_is_between(void)
{
	tells("[{\"metric\": \"Theil Index\", \"message\": \"T: 0.25\"},"
	      "{\"metric\": \"Number Of Positives\", \"message\": \"N: 1\"},"
	      "{\"metric\": \"Theil Index\", \"message\": \"T: 0.5\"},"
	      "{\"metric\": 1, \"message\": 2}]",
	    "group unprivileged vs privileged theil_index 0.25 n 0\n",
	    no_sides);
}

static void
refuses_odd_counts(void)
{
	struct text want = { 0 };

	text_printf(&want,
	    "%s1:2 CSV_VALUE numTruePositives is above numPositives\n"
	    "1:89 CSV_VALUE \"-1\": write a whole number of rows\n",
	    no_sides);
	says("[{\"metric\": \"Accuracy\", \"message\": \"A: 0.5\","
	     " \"numTruePositives\": 5, \"numTrueNegatives\": -1,"
	     " \"numPositives\": 4, \"numNegatives\": 4}]",
	    AIF360, " (overall) accuracy 0.5 n unknown\n", text_str(&want));
	text_free(&want);
}

/* Evidently. */

#define EVIDENTLY "a report of Evidently"
#define METRIC(TYPE, REST, VALUE)                                              \
	"{\"metric_name\": \"\", \"config\": {\"type\": \"evidently:x:" TYPE   \
	"\"" REST "}, \"value\": " VALUE "}"

static void
reads_metrics(void)
{
	says("{\"metrics\": [" METRIC("Recall", "", "0.5") ", " METRIC(
		 "TPR", "", "0.5") ", " METRIC("F1Score", "",
		 "0.25") ", " METRIC("PrecisionByLabel", "",
		 "{\"a\": 0.75}") ", " METRIC("GroupByMetric",
		 ", \"metric\": {\"type\": \"evidently:x:Accuracy\"},"
		 " \"column_name\": \"sex\", \"label\": \"f\"",
		 "0.125") "], \"tests\": []}",
	    EVIDENTLY,
	    " (overall) true_positive_rate 0.5 n unknown\n"
	    " (overall) precision[a] 0.75 n unknown\n"
	    " (overall) f1_score 0.25 n unknown\n"
	    "sex f accuracy 0.125 n unknown\n",
	    "");
}

/* What a drift's number is stands in its method. */
static void
keeps_drift(void)
{
	tells("{\"metrics\": [" METRIC("ValueDrift",
		  ", \"column\": \"age\", \"method\": \"K-S p_value\"",
		  "0.03") ", " METRIC("DriftedColumnsCount", "",
		  "{\"count\": 1.0, \"share\": 0.5}") "]}",
	    "age (all groups) ValueDrift (K-S p_value) 0.03 n 0\n"
	    " (all groups) DriftedColumnsCount count 1 n 0\n"
	    " (all groups) DriftedColumnsCount share 0.5 n 0\n",
	    "");
}

/* Dashboards. */

#define DASHBOARD "a Responsible AI dashboard"
#define ROWS                                                                   \
	"{\"schemaType\": \"dashboardDictionary\", \"trueY\": [1,0,1,0,1],"    \
	" \"modelNames\": [\"m1\"],"                                           \
	" \"precomputedFeatureBins\": [{\"featureBinName\": \"sex\","          \
	" \"binVector\": [0,0,1,1,null], \"binLabels\": [\"f\", \"m\"]}],"

static void
counts_a_dashboard(void)
{
	says(ROWS "\"predictedY\": [[1,1,0,0,1]], \"precomputedMetrics\":"
		  " [[{\"accuracy_score\": {\"global\": 0.6,"
		  " \"bins\": [0.5, 0.25]}}]]}",
	    DASHBOARD,
	    " (overall) selection_rate 0.6 n 5 3/5\n"
	    " (overall) accuracy 0.6 n 5 3/5\n"
	    "sex (missing) selection_rate 1 n 1 1/1\n"
	    "sex f selection_rate 1 n 2 2/2 reference ratio 1"
	    " difference 0\n"
	    "sex m selection_rate 0 n 2 0/2 ratio 0 difference -1\n"
	    "sex (missing) accuracy 1 n 1 1/1\n"
	    "sex f accuracy 0.5 n 2 1/2 reference ratio 1 difference 0\n"
	    "sex m accuracy 0.5 n 2 1/2 ratio 1 difference 0\n",
	    "1:293 METRIC_RECOUNT accuracy of \"m\" is 0.25, the counts make"
	    " it 0.5\n");
}

/* Classes, numbers and scores are measured as such. */
static void
takes_other_kinds(void)
{
	struct trial t = { .rc = 0 };
	struct import out =
	    import(&t, ROWS "\"predictedY\": [[1,1,0,2,1], [1,1,1,1,1]]}");

	CHECK_INT(out.columns.kind, PREDICTION_CLASSES);
	CHECK_INT(out.whole.groups[0].confusion->n, 3);
	check_diags(&t,
	    "1:219 EXPORT_SEVERAL 2 of them: \"m1\", \"model 2\"; read is"
	    " \"m1\"\n");
	end(&t);
	out = import(&t, ROWS "\"predictedY\": [[0.9,0.1,0.75,null,1]]}");
	CHECK_STR(out.columns.score, "predictedY");
	CHECK_INT(out.whole.groups[0].scores->n, 4);
	check_diags(&t, "");
	end(&t);
	out = import(&t,
	    ROWS "\"predictionType\": \"regression\","
		 " \"predictedY\": [[3,1,0.75,2,1]]}");
	CHECK_INT(out.columns.kind, PREDICTION_NUMBERS);
	CHECK_INT(out.whole.groups[0].regression->n, 5);
	check_diags(&t, "");
	end(&t);
}

static void
refuses_odd_dashboards(void)
{
	fails("{\"schemaType\": \"dashboardDictionary\"}",
	    "1:1 EXPORT_SHAPE a dashboard has trueY, predictedY and"
	    " precomputedFeatureBins\n");
	fails(ROWS "\"predictedY\": [[1,1,0,0]]}",
	    "1:206 EXPORT_SHAPE trueY and predictedY are lists of as many"
	    " rows\n");
	fails(ROWS "\"predictedY\": [[1,1,0,[],1]]}",
	    "1:213 EXPORT_SHAPE write a class or a number for each row\n");
}

int
main(void)
{
	reads_frames();
	bears_null();
	counts_a_report();
	undoes_zero_division();
	checks_a_report();
	bears_holes();
	reads_labels();
	reads_reports_by_group();
	reads_slices();
	reads_a_threshold();
	refuses_odd_slices();
	reads_an_explainer();
	checks_a_message();
	keeps_what_is_between();
	refuses_odd_counts();
	reads_metrics();
	keeps_drift();
	counts_a_dashboard();
	takes_other_kinds();
	refuses_odd_dashboards();
	return tap_done();
}
