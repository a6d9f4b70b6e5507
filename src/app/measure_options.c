#include <math.h>
#include <string.h>

#include "app/measure_control.h"
#include "base/num.h"
#include "measure/disparity.h"

static const struct pos nowhere = { NULL, 0, 0 };

/* Words divided by commas, from all options of one name. */
struct words {
	const char **list;
	size_t n;
};

/* Take a word without blanks around it, nor around its stars. */
static const char *
trim(struct arena *arena, const char *p, size_t n)
{
	char *word = arena_alloc(arena, n + 1);
	size_t k = 0;

	for (size_t i = 0; i < n; i++) {
		bool is_outer = k == 0 || word[k - 1] == '*';
		size_t next = i + strspn(p + i, " ");

		if (p[i] == ' ' && (is_outer || next >= n || p[next] == '*'))
			continue;
		word[k++] = p[i];
	}
	word[k] = '\0';
	return word;
}

static void
split(struct words *out, struct arena *arena, const struct options *options,
    const char *name)
{
	size_t most = 0;

	*out = (struct words){ 0 };
	for (size_t i = 0; i < options->n_given; i++)
		if (strcmp(options->given[i].spec->name, name) == 0)
			most += strlen(options->given[i].value) + 1;
	out->list = arena_array(arena, most, sizeof(out->list[0]));
	for (size_t i = 0; i < options->n_given; i++) {
		const char *p = options->given[i].value;

		if (strcmp(options->given[i].spec->name, name) != 0)
			continue;
		while (*p != '\0') {
			size_t n = strcspn(p, ",");
			const char *word = trim(arena, p, n);

			if (word[0] != '\0')
				out->list[out->n++] = word;
			p += p[n] == ',' ? n + 1 : n;
		}
	}
}

/* Keep the first of equal words. */
static void
drop_repeated(struct words *words)
{
	size_t n = 0;

	for (size_t i = 0; i < words->n; i++) {
		size_t k = 0;

		while (k < n && strcmp(words->list[k], words->list[i]) != 0)
			k++;
		if (k == n)
			words->list[n++] = words->list[i];
	}
	words->n = n;
}

/* An option that is a number within bounds; left alone when not given. */
static int
read_number(const struct options *options, const char *name, double least,
    double most, double *out, struct diag_list *diags)
{
	const char *value = options_get(options, name);
	char low[NUM_SIZE], high[NUM_SIZE];

	if (value == NULL)
		return 0;
	if (num_read(value, strlen(value), out) && *out >= least &&
	    *out <= most)
		return 0;
	num_write(least, low);
	num_write(most, high);
	if (isinf(most))
		diag_add(diags, DIAG_USAGE, nowhere, "--%s is a number, not %s",
		    name, value);
	else
		diag_add(diags, DIAG_USAGE, nowhere,
		    "--%s is a number from %s to %s, not %s", name, low, high,
		    value);
	return -1;
}

static int
read_replicates(
    unsigned *out, const struct options *options, struct diag_list *diags)
{
	enum { LEAST = 100, MOST = 1000000 };
	const char *value = options_get(options, "replicates");
	unsigned long long n;

	if (value == NULL)
		return 0;
	if (!num_read_count(value, strlen(value), &n) || n < LEAST ||
	    n > MOST) {
		diag_add(diags, DIAG_USAGE, nowhere,
		    "--replicates is a whole number from %d to %d, not %s",
		    LEAST, MOST, value);
		return -1;
	}
	*out = (unsigned)n;
	return 0;
}

static int
read_seed(uint64_t *out, const struct options *options, struct diag_list *diags)
{
	const char *value = options_get(options, "seed");
	unsigned long long seed;

	if (value == NULL)
		return 0;
	if (!num_read_count(value, strlen(value), &seed)) {
		diag_add(diags, DIAG_USAGE, nowhere,
		    "--seed is a whole number, not %s", value);
		return -1;
	}
	*out = seed;
	return 0;
}

/* How comparisons are judged, and what then fails. */
static int
read_verdict(struct measure_request *out, const struct options *options,
    struct diag_list *diags)
{
	const char *rule = options_get(options, "verdict");
	const char *fail_on = options_get(options, "fail-on");
	enum disparity_verdict verdict = DISPARITY_VERDICTS;

	if (rule != NULL)
		out->compare.rule = disparity_rule_find(rule);
	if (out->compare.rule == DISPARITY_RULES) {
		diag_add(diags, DIAG_USAGE, nowhere,
		    "--verdict is both, four-fifths, significance or interval, "
		    "not %s",
		    rule);
		return -1;
	}
	if (fail_on != NULL && strcmp(fail_on, "never") != 0 &&
	    (!disparity_verdict_find(fail_on, strlen(fail_on), &verdict) ||
		(verdict != DISPARITY_FINDING && verdict != DISPARITY_WATCH))) {
		diag_add(diags, DIAG_USAGE, nowhere,
		    "--fail-on is finding, watch or never, not %s", fail_on);
		return -1;
	}
	out->fail_on = verdict;
	return 0;
}

/* The numbers that comparisons need. */
static int
read_comparison(struct measure_request *out, const struct options *options,
    struct diag_list *diags)
{
	disparity_defaults(&out->compare);
	if (read_number(options, "min-conclude", 0, 1e9,
		&out->compare.min_conclude, diags) == -1 ||
	    read_replicates(&out->compare.replicates, options, diags) == -1 ||
	    read_seed(&out->compare.seed, options, diags) == -1)
		return -1;
	out->compare.confidence = out->options.confidence;
	out->compare.min_report = out->options.min_report;
	out->compare.missing_is_group = out->options.missing_is_group;
	return read_verdict(out, options, diags);
}

/* The steps of a unit that scores of counts are rounded to. */
static int
read_resolution(struct measure_request *out, const struct options *options,
    struct diag_list *diags)
{
	double resolution = 0;

	if (read_number(options, "resolution", 1e-9, 1, &resolution, diags) ==
	    -1)
		return -1;
	if (resolution == 0)
		return 0;
	out->grid = rint(1 / resolution);
	if (fabs(out->grid * resolution - 1) < 1e-9)
		return 0;
	diag_add(diags, DIAG_USAGE, nowhere,
	    "--resolution is one part of so many, such as 0.001 or 0.05, not "
	    "%s",
	    options_get(options, "resolution"));
	return -1;
}

/* "sex:male" of an attribute that is asked for. */
static int
read_references(struct measure_request *out, struct arena *arena,
    const struct options *options, struct diag_list *diags)
{
	struct measure_reference *list =
	    arena_array(arena, options->n_given, sizeof(list[0]));
	size_t n = 0;

	for (size_t i = 0; i < options->n_given; i++) {
		const char *value = options->given[i].value;
		const char *colon;

		if (strcmp(options->given[i].spec->name, "reference") != 0)
			continue;
		colon = strchr(value, ':');
		if (colon == NULL || colon[1] == '\0') {
			diag_add(diags, DIAG_USAGE, nowhere,
			    "--reference=%s: write ATTRIBUTE:GROUP, such as "
			    "sex:male",
			    value);
			return -1;
		}
		list[n++] = (struct measure_reference){
			.attribute =
			    trim(arena, value, (size_t)(colon - value)),
			.group = colon + 1,
		};
	}
	out->options.references = list;
	out->options.n_references = n;
	return 0;
}

static int
read_metrics(struct measure_request *out, struct arena *arena,
    const struct options *options, struct diag_list *diags)
{
	struct words words;

	split(&words, arena, options, "metrics");
	if (words.n == 1 && strcmp(words.list[0], "all") == 0) {
		out->all_metrics = true;
		return 0;
	}
	for (size_t i = 0; i < words.n; i++) {
		const char *name = words.list[i];
		const char *near;

		if (metric_resolve(arena, name, strlen(name), NULL) != NULL)
			continue;
		near = metric_near(name);
		diag_add(diags, DIAG_USAGE, nowhere,
		    "--metrics: no metric is called %s%s%s%s", name,
		    near != NULL ? "; did you mean " : "",
		    near != NULL ? near : "", near != NULL ? "?" : "");
		return -1;
	}
	if (words.n > 0) {
		out->options.metrics = words.list;
		out->options.n_metrics = words.n;
	}
	return 0;
}

static int
read_missing(struct measure_request *out, const struct options *options,
    struct diag_list *diags)
{
	const char *value = options_get(options, "missing");

	out->options.missing_is_group =
	    value != NULL && strcmp(value, "group") == 0;
	if (value == NULL || out->options.missing_is_group ||
	    strcmp(value, "apart") == 0)
		return 0;
	diag_add(diags, DIAG_USAGE, nowhere,
	    "--missing is group or apart, "
	    "not %s",
	    value);
	return -1;
}

/* What labels and predictions are. */
static int
read_kind(struct measure_request *out, const struct options *options,
    struct diag_list *diags)
{
	static const char *const words[] = { [PREDICTION_BINARY] = "binary",
		[PREDICTION_CLASSES] = "classes",
		[PREDICTION_NUMBERS] = "numbers" };
	const char *value = options_get(options, "kind");

	if (value == NULL)
		return 0;
	for (int i = 0; i <= PREDICTION_NUMBERS; i++)
		if (strcmp(words[i], value) == 0) {
			out->columns.kind = (enum prediction_kind)i;
			return 0;
		}
	diag_add(diags, DIAG_USAGE, nowhere,
	    "--kind is binary, classes or numbers, not %s", value);
	return -1;
}

/* Whether words are ascending numbers, one at least. */
static bool
is_ascending(const char *const words[], size_t n)
{
	double last = -HUGE_VAL, value;

	for (size_t i = 0; i < n; i++) {
		if (!num_read(words[i], strlen(words[i]), &value) ||
		    value <= last)
			return false;
		last = value;
	}
	return n > 0;
}

/* "age:18,25,40,65", each option one column. */
static int
read_bins(struct measure_request *out, struct arena *arena,
    const struct options *options, struct diag_list *diags)
{
	struct prediction_bins *list =
	    arena_array(arena, options->n_given, sizeof(list[0]));

	for (size_t i = 0; i < options->n_given; i++) {
		const char *value = options->given[i].value;
		struct options one = { .n_given = 1 };
		struct words edges;
		const char *colon;

		if (strcmp(options->given[i].spec->name, "bins") != 0)
			continue;
		colon = strchr(value, ':');
		one.given[0] = options->given[i];
		one.given[0].value = colon != NULL ? colon + 1 : "";
		split(&edges, arena, &one, "bins");
		if (!is_ascending(edges.list, edges.n)) {
			diag_add(diags, DIAG_USAGE, nowhere,
			    "--bins=%s: write COLUMN:EDGE,EDGE..., ascending "
			    "numbers, such as age:18,25,40,65",
			    value);
			return -1;
		}
		list[out->columns.n_bins++] = (struct prediction_bins){
			.column = trim(arena, value, (size_t)(colon - value)),
			.edges = edges.list,
			.n = edges.n
		};
	}
	out->columns.bins = list;
	return 0;
}

/*
 * The words of an option that is given once, for label and prediction, or
 * twice, first for the label.
 */
static int
read_words(const char **label, const char **prediction,
    const struct options *options, const char *name, struct diag_list *diags)
{
	size_t n = 0;

	for (size_t i = 0; i < options->n_given; i++) {
		if (strcmp(options->given[i].spec->name, name) != 0)
			continue;
		if (n < 2)
			*(n == 0 ? label : prediction) =
			    options->given[i].value;
		n++;
	}
	if (n <= 2)
		return 0;
	diag_add(diags, DIAG_USAGE, nowhere,
	    "--%s is given once, or twice: of the label, and of the "
	    "prediction",
	    name);
	return -1;
}

/* A line that stands for several rows has no weight of one. */
static int
check_count(const struct measure_request *request, struct diag_list *diags)
{
	const struct prediction_columns *c = &request->columns;

	if (c->count == NULL || (c->weight == NULL && request->sql == NULL))
		return 0;
	diag_add(diags, DIAG_USAGE, nowhere,
	    "--count goes with no %s: write counts as --format=counts does",
	    c->weight != NULL ? "--weight" : "--sql");
	return -1;
}

/* Words for two answers go with two answers. */
static int
read_answers(struct prediction_columns *columns, const struct options *options,
    struct diag_list *diags)
{
	if (read_words(&columns->positive, &columns->positive_prediction,
		options, "positive", diags) == -1 ||
	    read_words(&columns->negative, &columns->negative_prediction,
		options, "negative", diags) == -1)
		return -1;
	if (columns->negative_prediction != NULL &&
	    columns->positive_prediction == NULL)
		columns->positive_prediction = columns->positive;

	if (columns->negative != NULL && columns->positive == NULL) {
		diag_add(diags, DIAG_USAGE, nowhere,
		    "--negative=%s goes with --positive=VALUE",
		    columns->negative);
		return -1;
	}
	if (columns->positive == NULL || columns->kind == PREDICTION_BINARY)
		return 0;
	diag_add(diags, DIAG_USAGE, nowhere,
	    "--positive=%s is one of two answers; leave out --kind=%s, or "
	    "--positive",
	    columns->positive,
	    columns->kind == PREDICTION_NUMBERS ? "numbers" : "classes");
	return -1;
}

int
measure_request_read(struct measure_request *out, struct arena *arena,
    const struct options *options, struct diag_list *diags)
{
	struct words by, controls;

	*out = (struct measure_request){ .options.confidence = 0.95,
		.options.variant = options_get(options, "table"),
		.columns = { .label = options_get(options, "label"),
		    .prediction = options_get(options, "prediction"),
		    .score = options_get(options, "score"),
		    .weight = options_get(options, "weight"),
		    .count = options_get(options, "count"),
		    .threshold = 0.5 },
		.sql = options_get(options, "sql"),
		.against = options_get(options, "against"),
		.is_merged = options_get(options, "merge") != NULL,
		.is_ascii = options_get(options, "ascii") != NULL,
		.is_quiet = options_get(options, "quiet") != NULL };
	split(&by, arena, options, "by");
	drop_repeated(&by);
	out->columns.attributes = by.list;
	out->columns.n_attributes = by.n;
	split(&controls, arena, options, "control");
	drop_repeated(&controls);
	out->controls = controls.list;
	out->n_controls = controls.n;
	control_attributes(&out->columns, arena, controls.list, controls.n);
	if (read_number(options, "threshold", -HUGE_VAL, HUGE_VAL,
		&out->columns.threshold, diags) == -1 ||
	    read_number(options, "confidence", 0.5, 0.9999,
		&out->options.confidence, diags) == -1 ||
	    read_number(options, "min-report", 0, 1e9, &out->options.min_report,
		diags) == -1)
		return -1;
	if (read_kind(out, options, diags) == -1 ||
	    read_bins(out, arena, options, diags) == -1 ||
	    read_references(out, arena, options, diags) == -1 ||
	    read_metrics(out, arena, options, diags) == -1 ||
	    read_missing(out, options, diags) == -1 ||
	    read_resolution(out, options, diags) == -1)
		return -1;
	if (read_answers(&out->columns, options, diags) == -1 ||
	    check_count(out, diags) == -1)
		return -1;
	out->options.positive = out->columns.positive;
	return read_comparison(out, options, diags);
}
