#include "intake/evaluation.h"

#include "desk.h"
#include "intake/results.h"

#define HEAD                                                                   \
	"model: {id: crs-2, version: 4.2.0}\n"                                 \
	"evaluation:\n  data_set: q3\n"

/* The results stand in m/e.json; the record names them and no more. */
static const char *
take_json(struct desk *desk, const char *json)
{
	desk_write(desk, "m/e.json", json);
	return desk_take(desk, HEAD "  results: [e.json]\n");
}

static const char *
take_csv(struct desk *desk, const char *csv)
{
	desk_write(desk, "m/e.csv", csv);
	return desk_take(desk, HEAD "  results: [e.csv]\n");
}

/* All measures in one line: name@data_set=value[lower,upper]n>=least<=most. */
static void
check_measures(const struct desk *desk, const char *want)
{
	struct text got = { 0 };

	for (const struct measure *m = desk->record.measures; m != NULL;
	     m = m->next) {
		text_printf(&got, "%s%s@%s=%g", got.n > 0 ? " " : "", m->name,
		    m->data_set != NULL ? m->data_set : "", m->value);
		if (m->has_interval)
			text_printf(&got, "[%g,%g]", m->lower, m->upper);
		if (m->n > 0)
			text_printf(&got, "n%g", m->n);
		if (m->has_least)
			text_printf(&got, ">=%g", m->least);
		if (m->has_most)
			text_printf(&got, "<=%g", m->most);
		text_puts(&got,
		    m->result == FIGURE_WITHIN      ? "+" :
			m->result == FIGURE_OUTSIDE ? "-" :
						      "");
	}
	CHECK_STR(text_str(&got), want);
	text_free(&got);
}

static void
takes_the_record(struct desk *desk)
{
	const struct measure *m;

	CHECK_TAKEN(desk,
	    HEAD
	    "  measures:\n"
	    "  - {name: roc_auc, value: 0.842, lower: 0.837, upper: 0.847, "
	    "n: 48210, least: 0.8, previous: 0.845}\n"
	    "  - {name: brier, label: Brier score, value: 0.13, most: 0.12, "
	    "data_set: q2, stress: yes}\n"
	    "  - {name: f1, value: 0.5}\n",
	    "");
	check_measures(desk,
	    "roc_auc@q3=0.842[0.837,0.847]n48210>=0.8+ "
	    "brier@q2=0.13<=0.12- f1@q3=0.5");
	m = desk->record.measures;
	CHECK_STR(m->label, "Area under the ROC curve");
	CHECK(m->has_previous && !m->is_stress);
	CHECK_NUM(m->previous, 0.845, 0);
	CHECK_INT(m->origin.line, 5);
	CHECK_STR(m->origin.file, "m/model.yaml");
	CHECK_STR(m->next->label, "Brier score");
	CHECK(m->next->is_stress && !m->next->has_previous);
	CHECK_INT(m->next->next->result, FIGURE_NO_LIMIT);
}

static void
takes_json(struct desk *desk)
{
	CHECK_FINDINGS(take_json(desk,
			   "{\"model\": \"crs-2\", \"version\": \"4.2.0\",\n"
			   " \"data_set\": \"q4\", \"note\": \"x\",\n"
			   " \"metrics\": {\"roc_auc\": 0.84,\n"
			   "  \"f1\": {\"value\": 0.5, \"lower\": 0.4, "
			   "\"upper\": 0.6, \"n\": 90, \"least\": 0.6}}}\n"),
	    "");
	check_measures(desk, "roc_auc@q4=0.84 f1@q4=0.5[0.4,0.6]n90>=0.6-");
	CHECK_STR(desk->record.measures->origin.file, "m/e.json");
	CHECK_INT(desk->record.measures->origin.line, 3);
	CHECK_INT(desk->record.files->state, FILE_FOUND);
	CHECK_FINDINGS(take_json(desk,
			   "{\"measures\": [{\"name\": \"f1\", "
			   "\"value\": 5e-1, \"data_set\": \"q1\"}]}"),
	    "");
	check_measures(desk, "f1@q1=0.5");
}

static void
takes_csv(struct desk *desk)
{
	CHECK_FINDINGS(take_csv(desk,
			   "name,value,lower,upper,n,data_set,least,most\n"
			   "roc_auc,0.84,0.83,0.85,100,q4,0.8,\n"
			   "brier,0.1,,,,,,0.2\n"),
	    "");
	check_measures(
	    desk, "roc_auc@q4=0.84[0.83,0.85]n100>=0.8+ brier@q3=0.1<=0.2+");
	CHECK_INT(desk->record.measures->next->origin.line, 3);
}

#define LABEL(P, S)                                                            \
	"{\"precision\": " P ", \"recall\": 0.5, \"f1-score\": 0.25, "         \
	"\"support\": " S "}"

/* The report of scikit-learn, whose accuracy is a number among maps. */
static void
takes_a_report(struct desk *desk)
{
	CHECK_FINDINGS(
	    take_json(desk,
		"{\"0\": " LABEL("0.75", "6") ",\n\"1\": " LABEL("0.125",
		    "4.0") ",\n\"accuracy\": 0.5,\n"
			   "\"weighted avg\": " LABEL("0.5", "10") "}"),
	    "");
	check_measures(desk,
	    "precision[0]@q3=0.75n6 recall[0]@q3=0.5n6 f1_score[0]@q3=0.25n6"
	    " precision@q3=0.125n4 recall@q3=0.5n4 f1_score@q3=0.25n4"
	    " accuracy@q3=0.5n10 precision_weighted@q3=0.5n10"
	    " recall_weighted@q3=0.5n10 f1_score_weighted@q3=0.25n10");
	CHECK_INT(desk->record.measures->origin.line, 1);
	/* An accuracy alone is no report; a wrong type is found. */
	CHECK_FINDINGS(take_json(desk, "{\"accuracy\": 0.5}"),
	    "1:2 KEY_UNKNOWN \"accuracy\"; measures stand below metrics\n1:1 "
	    "KEY_REQUIRED metrics, as in \"metrics\": {\"roc_auc\": 0.84}\n");
	CHECK_FINDINGS(take_json(desk, "{\"1\": " LABEL("\"x\"", "4") "}"),
	    "1:21 VALUE_NUMBER \"x\" (evaluation.measures[1].value)\n");
	check_measures(desk, "recall@q3=0.5n4 f1_score@q3=0.25n4");
}

/* Limits stated before the test stand in the record, values in the file. */
static void
joins_limits_and_values(struct desk *desk)
{
	desk_write(desk, "m/e.json",
	    "{\"metrics\": {\"roc_auc\": 0.84, "
	    "\"brier\": 0.3, \"f1\": 0.5}}");
	CHECK_TAKEN(desk,
	    HEAD "  results: [e.json]\n"
		 "  measures:\n"
		 "  - {name: roc_auc, least: 0.8, previous: 0.83}\n"
		 "  - {name: brier, most: 0.12}\n"
		 "  - {name: f1, value: 0.5, least: 0.4}\n",
	    "");
	check_measures(
	    desk, "roc_auc@q3=0.84>=0.8+ brier@q3=0.3<=0.12- f1@q3=0.5>=0.4+");
	CHECK(desk->record.measures->has_previous);
	CHECK_STR(desk->record.measures->origin.file, "m/e.json");
}

/* What the file does not know, the record adds. */
static void
adds_what_is_known(struct desk *desk)
{
	const struct measure *m;

	desk_write(desk, "m/e.json",
	    "{\"metrics\": {\"f1\": {\"value\": 0.5, \"lower\": 0.4, "
	    "\"upper\": 0.6, \"n\": 90, \"previous\": 0.45}}}");
	CHECK_TAKEN(desk,
	    HEAD "  results: [e.json]\n"
		 "  measures: [{name: f1, label: F one, value: 0.5, "
		 "least: 0.4}]\n",
	    "");
	check_measures(desk, "f1@q3=0.5[0.4,0.6]n90>=0.4+");
	m = desk->record.measures;
	CHECK_STR(m->label, "F one");
	CHECK(m->has_previous);
	CHECK_NUM(m->previous, 0.45, 0);
}

/* Measures come in the order they are stated, whatever their names. */
static void
keeps_the_order(struct desk *desk)
{
	desk_write(desk, "m/e.csv", "name,value\nz,1\nb,2\ny,3\n");
	CHECK_TAKEN(desk,
	    HEAD "  results: [e.csv]\n"
		 "  measures: [{name: x, value: 4}, {name: a, value: 5}]\n",
	    "");
	check_measures(desk, "x@q3=4 a@q3=5 z@q3=1 b@q3=2 y@q3=3");
}

/* The bytes that are parsed are those that were hashed. */
static void
notices_a_changed_file(struct desk *desk)
{
	struct results results = { 0 };
	const struct field *field;

	take_json(desk, "{\"metrics\": {\"f1\": 1}}");
	field = desk_field(desk, "evaluation.results")->first;
	desk_write(desk, "m/e.json", "{\"metrics\": {\"f1\": 2}}");
	CHECK_INT(
	    results_read(&results, &desk->record, field, &desk->root), -1);
	CHECK_STR(diag_name(desk->record.diags.last->id), "FILE_HASH");
	CHECK(results.measures == NULL);
	CHECK_INT(field->file->state, FILE_UNREADABLE);
}

/* A limit without data set holds for each set that is measured. */
static void
spreads_limits(struct desk *desk)
{
	desk_write(desk, "m/e.csv",
	    "name,value,data_set,least\nauc,0.9,a,\nauc,0.7,b,\n"
	    "auc,0.6,c,0.5\n");
	CHECK_TAKEN(desk,
	    HEAD "  results: [e.csv]\n"
		 "  measures: [{name: auc, least: 0.8}]\n",
	    "");
	check_measures(desk, "auc@a=0.9>=0.8+ auc@b=0.7>=0.8- auc@c=0.6>=0.5+");
	CHECK_TAKEN(desk,
	    HEAD "  results: [e.csv]\n"
		 "  measures: [{name: auc, least: 0.8, data_set: d}]\n",
	    "5:14 KEY_REQUIRED value of auc, here or in a file of "
	    "evaluation.results\n");
	check_measures(desk, "auc@a=0.9 auc@b=0.7 auc@c=0.6>=0.5+");
}

static void
misses_values(struct desk *desk)
{
	CHECK_TAKEN(desk, HEAD "  measures: [{name: auc, least: 0.8}]\n",
	    "4:14 KEY_REQUIRED value of auc, here or in a file of "
	    "evaluation.results\n");
	check_measures(desk, "");
	CHECK_FINDINGS(take_json(desk, "{\"metrics\": {\"f1\": null}}"),
	    "1:20 KEY_REQUIRED value of f1, here or in a file of "
	    "evaluation.results\n");
	check_measures(desk, "");
}

static void
refuses_two_values(struct desk *desk)
{
	desk_write(desk, "m/e.json", "{\"metrics\": {\"f1\": 0.5}}");
	CHECK_TAKEN(desk,
	    HEAD "  results: [e.json]\n"
		 "  measures: [{name: f1, value: 0.9}]\n",
	    "1:20 RESULT_TWICE f1 0.5, elsewhere 0.9\n");
	check_measures(desk, "f1@q3=0.9");
	CHECK_TAKEN(desk,
	    HEAD "  results: [e.json]\n"
		 "  measures: [{name: f1, value: 0.9, stress: yes}]\n",
	    "");
	check_measures(desk, "f1@q3=0.9 f1@q3=0.5");
}

static void
refuses_other_models(struct desk *desk)
{
	CHECK_FINDINGS(
	    take_json(desk, "{\"model\": \"crs-1\", \"metrics\": {\"f1\": 1}}"),
	    "1:11 RESULT_MODEL model \"crs-1\", the record says \"crs-2\"\n");
	check_measures(desk, "");
	CHECK_INT(desk->record.files->state, FILE_UNREADABLE);
	CHECK_STR(desk->record.files->trouble,
	    "result is of another model or version");
	CHECK_FINDINGS(
	    take_json(desk, "{\"version\": \"4.1\", \"metrics\": {\"f1\": 1}}"),
	    "1:13 RESULT_MODEL version \"4.1\", "
	    "the record says \"4.2.0\"\n");
	CHECK_FINDINGS(
	    take_json(desk, "{\"model\": {}, \"metrics\": {\"f1\": 1}}"),
	    "1:11 RESULT_MODEL model \"\", the record says \"crs-2\"\n");
}

static void
refuses_contradictions(struct desk *desk)
{
	CHECK_TAKEN(desk,
	    HEAD "  measures:\n"
		 "  - {name: a, value: 0.9, lower: 0.5, upper: 0.6}\n"
		 "  - {name: b, value: 0.9, lower: 0.5}\n"
		 "  - {name: c, value: 0.9, upper: 0.95}\n"
		 "  - {name: d, value: 0.9, least: 0.95, most: 0.5}\n"
		 "  - {name: e, value: high}\n",
	    "9:22 VALUE_NUMBER \"high\" (evaluation.measures[5].value)\n"
	    "5:5 METRIC_INTERVAL a 0.9, from 0.5 to 0.6\n"
	    "6:5 KEY_REQUIRED evaluation.measures[2].upper, "
	    "the other end of the interval\n"
	    "7:5 KEY_REQUIRED evaluation.measures[3].lower, "
	    "the other end of the interval\n"
	    "8:5 VALUE_RANGE least 0.95 is above most 0.5\n");
	check_measures(desk, "d@q3=0.9");
}

static void
refuses_bad_json(struct desk *desk)
{
	CHECK_FINDINGS(take_json(desk, "[1]"),
	    "1:1 VALUE_TYPE results are a map with metrics, not a list\n");
	CHECK_FINDINGS(take_json(desk, "{\"model\": \"crs-2\"}"),
	    "1:1 KEY_REQUIRED metrics, as in \"metrics\": "
	    "{\"roc_auc\": 0.84}\n");
	CHECK_FINDINGS(take_json(desk, "{\"metrics\": {}, \"measures\": []}"),
	    "1:17 JSON_DUPLICATE \"measures\" beside \"metrics\"\n");
	CHECK_FINDINGS(take_json(desk, "{\"metricz\": 1, \"metrics\": {}}"),
	    "1:2 KEY_UNKNOWN \"metricz\", did you mean \"metrics\"?\n");
	CHECK_FINDINGS(take_json(desk, "{\"accuracies\": 1, \"metrics\": {}}"),
	    "1:2 KEY_UNKNOWN \"accuracies\"; measures stand below metrics\n");
	CHECK_FINDINGS(
	    take_json(desk,
		"{\"metrics\": {\"f1\": {\"name\": \"f2\", \"value\": 1}}}"),
	    "1:21 JSON_DUPLICATE \"name\" of \"f1\"\n");
	CHECK_FINDINGS(
	    take_json(desk, "{\"metrics\": {\"f1\": {\"valeu\": 1}}}"),
	    "1:21 KEY_UNKNOWN \"valeu\", did you mean \"value\"?\n");
	check_measures(desk, "f1@q3=1");
	CHECK_FINDINGS(take_json(desk, "{\"metrics\": 1}"),
	    "1:13 VALUE_TYPE evaluation.measures is a list: write [1]\n");
	take_json(desk, "{\"metrics\": {\"f1\": NaN}}");
	CHECK_STR(diag_name(desk->record.diags.first->id), "JSON_NUMBER");
	CHECK_INT(desk->record.files->state, FILE_UNREADABLE);
	check_measures(desk, "");
}

static void
refuses_bad_csv(struct desk *desk)
{
	CHECK_FINDINGS(take_csv(desk, "nam,value,zzz\nf1,1,2\nf2,2,3\n"),
	    "1:0 KEY_UNKNOWN column \"nam\", did you mean \"name\"?\n"
	    "1:0 KEY_UNKNOWN column \"zzz\"\n");
	check_measures(desk, "");
	CHECK_FINDINGS(take_csv(desk, "name,value\nf1,nan\nf2,inf\nf3,0.5\n"),
	    "2:4 VALUE_NUMBER \"nan\" (evaluation.measures[1].value)\n"
	    "3:4 VALUE_NUMBER \"inf\" (evaluation.measures[2].value)\n");
	check_measures(desk, "f3@q3=0.5");
	CHECK_FINDINGS(take_csv(desk, "value,n\n0.5,1\n"),
	    "2:1 KEY_REQUIRED evaluation.measures[1].name, as in roc_auc\n");
	take_csv(desk, "name,value\n");
	CHECK_STR(diag_name(desk->record.diags.first->id), "CSV_ROWS");
	desk_write(desk, "m/e.txt", "f1 0.5\n");
	CHECK_TAKEN(desk, HEAD "  results: [e.txt]\n",
	    "4:13 VALUE_TYPE e.txt: results are .json or .csv\n");
	CHECK_TAKEN(
	    desk, HEAD "  results: [no.csv]\n", "4:13 FILE_MISSING m/no.csv\n");
}

/* A hundred thousand measures of one name cost no more than of many. */
static void
stays_linear(struct desk *desk)
{
	struct text csv = { 0 };
	const struct measure *m;
	size_t n = 0;

	text_puts(&csv, "name,value,data_set,least\nauc,,,0.5\n");
	for (unsigned i = 0; i < 100000; i++)
		text_printf(&csv, "auc,0.5,s%u,\n", i);
	CHECK_FINDINGS(take_csv(desk, text_str(&csv)), "");
	for (m = desk->record.measures; m != NULL; m = m->next)
		n += m->result == FIGURE_WITHIN;
	CHECK_INT(n, 100000);
	text_free(&csv);
}

int
main(void)
{
	struct desk desk;

	desk_begin(&desk);
	takes_the_record(&desk);
	takes_json(&desk);
	takes_csv(&desk);
	takes_a_report(&desk);
	joins_limits_and_values(&desk);
	adds_what_is_known(&desk);
	keeps_the_order(&desk);
	notices_a_changed_file(&desk);
	spreads_limits(&desk);
	misses_values(&desk);
	refuses_two_values(&desk);
	refuses_other_models(&desk);
	refuses_contradictions(&desk);
	refuses_bad_json(&desk);
	refuses_bad_csv(&desk);
	stays_linear(&desk);
	desk_end(&desk);
	return tap_done();
}
