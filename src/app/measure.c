#include "app/measure.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/command.h"
#include "app/measure_input.h"
#include "app/session.h"
#include "app/terminal.h"
#include "measure/disparity.h"
#include "measure/figures.h"
#include "measure/import.h"
#include "publish/replace.h"
#include "read/csv.h"

/*
 * Metrics of one file of predictions by group, without a record: read, count,
 * print.
 */

static const struct pos nowhere = { NULL, 0, 0 };

static const struct option_spec specs[] = { { "label", 0, "COLUMN",
						"column with what was true" },
	{ "prediction", 0, "COLUMN", "column with what the model said" },
	{ "score", 0, "COLUMN", "column with the score" },
	{ "threshold", 0, "T",
	    "without predictions: selected from this score" },
	{ "weight", 0, "COLUMN", "column with the weight of a row" },
	{ "positive", 0, "VALUE", "the positive label (1, true, yes)" },
	{ "negative", 0, "VALUE", "the negative label (the other one)" },
	{ "by", 0, "LIST", "tables: sex,race,sex*race" },
	{ "control", 0, "LIST", "compare also within the strata of these" },
	{ "kind", 0, "KIND",
	    "binary (labels of yes and no), classes or numbers" },
	{ "bins", 0, "COLUMN:EDGES", "groups of a number: age:18,25,40,65" },
	{ "reference", 0, "ATTRIBUTE:GROUP",
	    "compare with this group, not the largest" },
	{ "missing", 0, "WORD", "group: compare rows without a value as well" },
	{ "metrics", 0, "LIST", "metrics by name, or all" },
	{ "against", 0, "FILE", "what has changed since this file" },
	{ "confidence", 0, "SHARE", "of the intervals (0.95)" },
	{ "min-report", 0, "N", "withhold groups of fewer rows (0)" },
	{ "min-conclude", 0, "N",
	    "no verdict on fewer rows in a rate's denominator (0)" },
	{ "verdict", 0, "RULE", "both, four-fifths, significance or interval" },
	{ "fail-on", 0, "WHAT", "status 1 on: finding, watch or never" },
	{ "seed", 0, "N", "of random numbers (1)" },
	{ "format", 'f', "F[:FILE]",
	    "text, csv, json or counts, to a file or standard output" },
	{ "merge", 0, NULL, "add up counts files" },
	{ "sql", 0, "DIALECT", "print the query that counts in a database" },
	{ "table", 0, "NAME",
	    "the table that --sql is for, or to read of an export" },
	{ "resolution", 0, "STEP",
	    "round the scores of counts: 0.001 (they are exact)" },
	{ "ascii", 0, NULL, "print plain ASCII" },
	{ "quiet", 'q', NULL, "do not say which columns were taken" },
	{ "help", 'h', NULL, "print this help" }, { NULL, 0, NULL, NULL } };

/* One format on its way to one place. */
struct place {
	enum measure_format format;
	const char *path; /* NULL: standard output */
};

enum { PLACES_MOST = 8 };

struct places {
	struct place list[PLACES_MOST];
	size_t n;
};

typedef void put(struct text *out, const struct measurement *m);

static const struct {
	const char *name;
	put *put;
} formats[MEASURE_FORMATS] = {
	[MEASURE_TEXT] = { "text", measure_put_text },
	[MEASURE_CSV] = { "csv", measure_put_csv },
	[MEASURE_JSON] = { "json", measure_put_json },
	[MEASURE_COUNTS] = { "counts", measure_put_counts },
};

static bool
is_same_place(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* "csv", "json:out/groups.json", "text:-". */
static int
add_place(struct places *places, const char *value, struct diag_list *diags)
{
	size_t n = strcspn(value, ":");
	const char *path = value[n] == ':' ? value + n + 1 : NULL;
	int format = 0;

	while (format < MEASURE_FORMATS &&
	    (strlen(formats[format].name) != n ||
		strncmp(formats[format].name, value, n) != 0))
		format++;
	if (path != NULL && strcmp(path, "-") == 0)
		path = NULL;
	if (format == MEASURE_FORMATS || (path != NULL && path[0] == '\0') ||
	    places->n == PLACES_MOST) {
		diag_add(diags, DIAG_USAGE, nowhere,
		    "--format is text, csv, json or counts, and a file behind "
		    "a colon if any, not %s",
		    value);
		return -1;
	}
	for (size_t i = 0; i < places->n; i++)
		if (is_same_place(places->list[i].path, path)) {
			diag_add(diags, DIAG_USAGE, nowhere,
			    "two formats go to %s; name a file for one of "
			    "them: --format=%s:FILE",
			    path != NULL ? path : "standard output",
			    formats[format].name);
			return -1;
		}
	places->list[places->n++] =
	    (struct place){ (enum measure_format)format, path };
	return 0;
}

static int
read_places(struct places *places, const struct options *options,
    struct diag_list *diags)
{
	places->n = 0;
	for (size_t i = 0; i < options->n_given; i++)
		if (strcmp(options->given[i].spec->name, "format") == 0 &&
		    add_place(places, options->given[i].value, diags) == -1)
			return -1;
	if (places->n == 0)
		places->list[places->n++] =
		    (struct place){ MEASURE_TEXT, NULL };
	return 0;
}

/* The metrics that rows give, beside those of the options if any. */
static void
choose(struct measurement *m, const struct measure_options *options,
    const struct metric *const **list, size_t *n_list, struct diag_list *diags)
{
	struct figure_maker maker = { .arena = m->arena,
		.options = options,
		.whole = m->whole,
		.has_labels = m->has_labels,
		.has_predictions = m->has_predictions,
		.origin = { m->file, 0, 0 } };

	figures_choose(&maker, diags);
	*list = maker.metrics;
	*n_list = maker.n_metrics;
}

/* What is shown, and all that is known: every metric that the rows give. */
static void
choose_metrics(struct measurement *m, struct diag_list *diags)
{
	struct measure_options all = m->request->options;
	size_t n = metric_count();
	const char **names = arena_array(m->arena, n, sizeof(names[0]));

	for (size_t i = 0; i < n; i++)
		names[i] = metric_at(i)->name;
	all.metrics = names;
	all.n_metrics = 0;
	all.also = names;
	all.n_also = n;
	choose(m, &all, &m->known, &m->n_known, diags);
	if (m->request->all_metrics) {
		m->metrics = m->known;
		m->n_metrics = m->n_known;
		return;
	}
	choose(m, &m->request->options, &m->metrics, &m->n_metrics, diags);
}

/* Compare the groups by every metric that is shown. */
static void
compare(struct measurement *m)
{
	struct disparity_table *tables[] = { &m->disparities,
		&m->stated_disparities };
	struct disparity_maker maker = { .out = &m->disparities,
		.arena = m->arena,
		.options = &m->request->compare,
		.whole = m->whole };

	for (size_t i = 0; i < m->data.n_tables; i++)
		for (size_t k = 0; k < m->n_metrics; k++)
			disparity_add(
			    &maker, &m->data.tables[i], m->metrics[k]);
	disparity_adjust_pack(tables, sizeof(tables) / sizeof(tables[0]));
}

bool
measure_missing_is_shown(
    const struct measurement *m, const struct group_table *table)
{
	unsigned long long n = 0;

	for (size_t i = 0; i < table->n; i++) {
		n += group_rows(&table->groups[i]);
		if (table->groups[i].is_missing &&
		    table->groups[i].n_is_withheld)
			return false;
	}
	return !m->whole_is_unknown && n == group_rows(m->whole);
}

const struct disparity_family *
measure_family(const struct measurement *m, const struct group_table *table,
    const struct metric *metric)
{
	const struct disparity_family *f = m->disparities.first;

	while (f != NULL &&
	    (strcmp(f->attribute, table->attribute) != 0 ||
		strcmp(f->metric, metric->name) != 0))
		f = f->next;
	return f;
}

static bool
has_worse(const struct disparity_table *table, enum disparity_verdict verdict)
{
	for (const struct disparity_family *f = table->first; f != NULL;
	     f = f->next)
		if (f->worst >= verdict)
			return true;
	return false;
}

/*
 * Whether a verdict is as grave as what must fail; and a number of an export
 * that its counts belie is.
 */
static bool
fails(const struct measurement *m)
{
	if (m->is_belied && m->request->fail_on != DISPARITY_VERDICTS)
		return true;
	return has_worse(&m->disparities, m->request->fail_on) ||
	    has_worse(&m->stated_disparities, m->request->fail_on) ||
	    has_worse(&m->changes, m->request->fail_on);
}

/*
 * Whether a file has the shape of an export, and neither option nor header
 * names two columns of predictions.
 */
static bool
is_export(const struct measure_input *input,
    const struct measure_request *request, struct arena *arena)
{
	struct measure_request quiet = { .columns = request->columns,
		.is_quiet = true };
	struct prediction_columns *c = &quiet.columns;
	struct source header = input->header;
	struct diag_list unheard = { .arena = arena };

	if (c->label != NULL || c->prediction != NULL || c->score != NULL ||
	    !measure_import_fits(arena, &input->head, &request->options))
		return false;
	return measure_guess(&quiet, arena, &header, &unheard) == -1 ||
	    (c->label != NULL) + (c->prediction != NULL) + (c->score != NULL) <
	    2;
}

int
measure_rows(struct measurement *m, struct measure_request *request,
    const struct scan_input *input, bool into_counts, struct diag_list *diags)
{
	struct counts_file counts;

	if (!into_counts)
		return measure_prediction_rows(&m->data, m->arena, input,
		    &request->columns, &request->options, diags);
	counts_file_init(&counts, request->columns.kind, m->arena, diags);
	counts.grid = request->grid;
	if (counts_file_rows(&counts, input, &request->columns) == -1)
		return -1;
	counts_file_write(&m->counts, &counts);
	return 0;
}

int
measure_rows_text(struct measurement *m, struct measure_request *request,
    bool into_counts, struct diag_list *diags)
{
	const struct scan_input input = { .name = m->file,
		.fd = -1,
		.bytes = m->export->rows,
		.size = m->export->rows_size };
	const struct prediction_columns own = m->export->columns;
	struct prediction_columns *c = &request->columns;

	if (c->kind == PREDICTION_BINARY)
		c->kind = own.kind;
	c->label = own.label;
	c->prediction = own.prediction;
	c->score = own.score;
	if (c->n_attributes == 0) {
		c->attributes = own.attributes;
		c->n_attributes = own.n_attributes;
	}
	return measure_rows(m, request, &input, into_counts, diags);
}

/* Read one file, of predictions or of counts. */
static int
read_file(struct measurement *m, struct measure_request *request,
    const char *path, bool into_counts, struct diag_list *diags)
{
	const struct prediction_columns *c = &request->columns;
	struct measure_input input;
	int rc = measure_input_open(&input, m->arena, path, diags);

	if (rc == 0 && c->label == NULL && c->prediction == NULL &&
	    c->score == NULL &&
	    measure_counts_take(request, m->arena, &input.header, diags)) {
		rc = measure_rows(m, request, &input.scan, into_counts, diags);
	} else if (rc == 0 && is_export(&input, request, m->arena)) {
		rc = measure_export(m, request, &input, into_counts, diags);
	} else if (rc == 0) {
		rc = measure_guess(request, m->arena, &input.header, diags);
		if (rc == 0)
			rc = measure_rows(
			    m, request, &input.scan, into_counts, diags);
	}
	measure_input_close(&input);
	return rc;
}

/* Whether it is an export of another tool, without rows. */
static bool
is_stated(const struct measurement *m)
{
	return m->export != NULL && m->export->rows == NULL;
}

/* Leave out shares of the whole file, which is not known. */
static void
drop_shares(const struct metric *const **list, size_t *n, struct arena *arena)
{
	const struct metric **kept =
	    arena_array(arena, *n, sizeof(const struct metric *));
	size_t n_kept = 0;

	for (size_t i = 0; i < *n; i++)
		if ((*list)[i]->kind != METRIC_SHARE)
			kept[n_kept++] = (*list)[i];
	*list = kept;
	*n = n_kept;
}

/* What can be counted and what is only stated; -1 when there is neither. */
static int
conclude_export(struct measurement *m, struct diag_list *diags)
{
	if (group_rows(m->whole) > 0)
		choose_metrics(m, diags);
	if (m->whole_is_unknown) {
		drop_shares(&m->metrics, &m->n_metrics, m->arena);
		drop_shares(&m->known, &m->n_known, m->arena);
	}
	measure_compare_stated(m);
	compare(m);
	if (group_rows(m->whole) > 0 || m->n_stated > 0 ||
	    m->export->between.n > 0)
		return 0;
	for (const struct diag *d = diags->first; d != NULL; d = d->next)
		if (d->id == DIAG_EXPORT_GROUPS)
			return -1;
	diag_add(diags, DIAG_EXPORT_GROUPS, (struct pos){ m->file, 0, 0 },
	    "%s is %s", m->file, m->export->shape);
	return -1;
}

/* Read files, and count their rows into tables or counts. */
/* Report references of attributes that no table is of. */
static void
report_references(const struct measurement *m, struct diag_list *diags)
{
	const struct measure_options *options = &m->request->options;

	for (size_t i = 0; i < options->n_references; i++) {
		const struct measure_reference *named = &options->references[i];
		size_t k = 0;

		while (k < m->data.n_tables &&
		    strcmp(m->data.tables[k].attribute, named->attribute) != 0)
			k++;
		if (k == m->data.n_tables)
			diag_add(diags, DIAG_GROUP_UNKNOWN,
			    (struct pos){ m->file, 1, 1 },
			    "\"%s\" of \"%s\": no table is by that",
			    named->group, named->attribute);
	}
}

/* Whether cells were refused that are none of two answers. */
static bool
has_bad_answers(const struct diag_list *diags)
{
	for (const struct diag *d = diags->first; d != NULL; d = d->next)
		if (d->id == DIAG_CSV_VALUE)
			return true;
	return false;
}

static int
read_files(struct measurement *m, struct measure_request *request,
    char *const names[], size_t n, bool into_counts, struct diag_list *diags)
{
	m->request = request;
	m->file = names[0];
	if (request->is_merged) {
		if (measure_counts_merge(
			m, request, names, n, into_counts, diags) == -1)
			return -1;
	} else if (read_file(m, request, names[0], into_counts, diags) == -1) {
		return -1;
	}
	if (into_counts || is_stated(m))
		return 0;
	m->has_labels = m->data.has_labels;
	m->has_predictions = m->data.has_predictions;
	m->whole = &m->data.whole.groups[0];
	if (group_rows(m->whole) > 0)
		return 0;
	diag_add(diags, DIAG_CSV_VALUE, (struct pos){ m->file, 0, 0 },
	    "no row can be counted%s",
	    has_bad_answers(diags) ?
		"; which answer is the positive one? --positive=VALUE" :
		"");
	return -1;
}

/* Read the other file, whose columns are as the options name them. */
static int
measure_against(struct measurement *m, const struct measure_request *asked,
    struct diag_list *diags)
{
	struct measure_request *request =
	    arena_alloc(m->arena, sizeof(*request));
	struct measurement *then = arena_alloc(m->arena, sizeof(*then));
	char *name = arena_str(m->arena, asked->against);

	*request = *asked;
	*then = (struct measurement){ .arena = m->arena };
	if (!is_stated(m) &&
	    read_files(then, request, &name, 1, false, diags) == -1)
		return -1;
	if (is_stated(m) || is_stated(then)) {
		diag_add(diags, DIAG_USAGE,
		    (struct pos){ is_stated(m) ? m->file : name, 0, 0 },
		    "an export has no rows that --against could compare; name "
		    "files of rows or of counts");
		return -1;
	}
	if (strcmp(then->file, "-") != 0)
		then->sha256 = measure_input_digest(m->arena, then->file);
	against_compare(m, then);
	return 0;
}

static int
measure(struct measurement *m, struct measure_request *request,
    const struct options *options, bool into_counts, struct diag_list *diags)
{
	const struct measure_request asked = *request;

	m->is_ascii = request->is_ascii || !terminal_is_utf8();
	if (read_files(m, request, options->operands, options->n_operands,
		into_counts, diags) == -1)
		return -1;
	if (into_counts)
		return 0;
	if (is_stated(m) && asked.against == NULL)
		return conclude_export(m, diags);
	if (!is_stated(m)) {
		report_references(m, diags);
		choose_metrics(m, diags);
		compare(m);
	}
	return asked.against != NULL ? measure_against(m, &asked, diags) : 0;
}

void
measure_put_counts(struct text *out, const struct measurement *m)
{
	text_put(out, m->counts.p, m->counts.n);
}

/* Write a text to a file that appears whole. */
static int
write_file(const struct text *text, const char *path, struct diag_list *diags)
{
	struct replacement file = { .fd = -1 };
	int rc = -1;

	if (replace_open(&file, path, diags) == 0 &&
	    replace_write(&file, text->p, text->n, diags) == 0 &&
	    replace_finish(&file, diags) == 0)
		rc = replace_commit(&file, diags);
	replace_close(&file);
	return rc;
}

static int
print(
    struct measurement *m, const struct places *places, struct diag_list *diags)
{
	int rc = 0;

	for (size_t i = 0; i < places->n; i++) {
		const struct place *place = &places->list[i];
		struct text text = { 0 };
		bool is_screen = place->path == NULL;

		if (place->format == MEASURE_JSON && strcmp(m->file, "-") != 0)
			m->sha256 = measure_input_digest(m->arena, m->file);
		m->width = is_screen ? terminal_width(80, 40, 200) : 80;
		m->has_colour = is_screen && session_has_colour(STDOUT_FILENO);
		formats[place->format].put(&text, m);
		if (!is_screen && write_file(&text, place->path, diags) == -1)
			rc = -1;
		if (is_screen &&
		    fwrite(text_str(&text), 1, text.n, stdout) < text.n) {
			diag_add(diags, DIAG_OUTPUT, nowhere,
			    "standard output: %s", strerror(errno));
			rc = -1;
		}
		text_free(&text);
	}
	return rc;
}

/* Whether counts are asked for: alone, and with nothing withheld. */
static int
check_counts(const struct places *places, const struct measure_request *request,
    bool *into_counts, struct diag_list *diags)
{
	*into_counts = false;
	for (size_t i = 0; i < places->n; i++)
		if (places->list[i].format == MEASURE_COUNTS)
			*into_counts = true;
	if (!*into_counts)
		return 0;
	if (request->against != NULL) {
		diag_add(diags, DIAG_USAGE, nowhere,
		    "--against compares what counts make: name a counts file "
		    "instead of making one");
		return -1;
	}
	if (places->n == 1 && request->options.min_report <= 0)
		return 0;
	diag_add(diags, DIAG_USAGE, nowhere,
	    places->n > 1 ? "--format=counts goes alone" :
			    "--format=counts tells every count: it cannot "
			    "withhold any, so leave --min-report out");
	return -1;
}

/* Read the command line; -1 with DIAG_USAGE. */
static int
read_request(struct session *s, struct places *places,
    struct measure_request *request, bool *into_counts)
{
	if (read_places(places, &s->options, &s->diags) == -1 ||
	    measure_request_read(request, &s->arena, &s->options, &s->diags) ==
		-1)
		return -1;
	if (request->sql != NULL && s->options.n_operands == 0)
		return 0;
	if (request->sql != NULL || s->options.n_operands == 0 ||
	    (s->options.n_operands > 1 && !request->is_merged)) {
		diag_add(&s->diags, DIAG_USAGE, nowhere,
		    request->sql != NULL ?
			"--sql reads no file" :
			"name one file, of predictions, counts or an export, "
			"or - for standard input");
		return -1;
	}
	if (request->is_merged && request->columns.n_attributes == 0 &&
	    options_get(&s->options, "format") == NULL)
		places->list[0].format = MEASURE_COUNTS;
	return check_counts(places, request, into_counts, &s->diags);
}

/* Print the query: the exit status. */
static int
print_query(struct session *s, struct measure_request *request)
{
	struct text query = { 0 };
	int rc;

	measure_settle(&request->columns);
	rc = measure_put_sql(&query, &s->arena, request,
	    options_get(&s->options, "table"), &s->diags);
	if (rc == 0)
		fputs(text_str(&query), stdout);
	text_free(&query);
	return rc == 0 ? STATUS_OPEN : STATUS_USAGE;
}

int
command_measure(int argc, char **argv)
{
	struct session s;
	struct measurement m = { 0 };
	struct measure_request request;
	struct places places;
	bool into_counts;
	int status = session_open_alone(&s, specs, argc, argv);

	m.arena = &s.arena;
	if (status != -1)
		return session_close(&s, status);
	s.errors.is_brief = true;
	status = STATUS_INPUT;
	if (read_request(&s, &places, &request, &into_counts) == -1)
		status = STATUS_USAGE;
	else if (request.sql != NULL)
		status = print_query(&s, &request);
	else if (measure(&m, &request, &s.options, into_counts, &s.diags) ==
	    0) {
		session_tell(&s);
		status = print(&m, &places, &s.diags) == -1 ? STATUS_OUTPUT :
		    fails(&m)                               ? STATUS_FINDINGS :
							      STATUS_OPEN;
	}
	text_free(&m.counts);
	return session_close(&s, status);
}
