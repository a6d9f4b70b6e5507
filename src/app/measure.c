#include "app/measure.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/command.h"
#include "app/measure_input.h"
#include "app/session.h"
#include "app/terminal.h"
#include "publish/replace.h"

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
	{ "count", 0, "COLUMN", "column with the rows that a line stands for" },
	{ "positive", 0, "VALUE",
	    "the positive answer (1, true, yes); twice: of label, prediction" },
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
	{ "replicates", 0, "N", "of a bootstrap (2000)" },
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

void
measure_put_counts(struct text *out, const struct measurement *m)
{
	text_put(out, m->counts.p, m->counts.n);
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

		if (place->format == MEASURE_JSON && m->sha256 == NULL)
			m->sha256 = measure_input_digest(m->arena, m->file);
		m->width = is_screen ? terminal_width(80, 40, 200) : 80;
		m->has_colour = is_screen && session_has_colour(STDOUT_FILENO);
		formats[place->format].put(&text, m);
		if (!is_screen &&
		    replace_file(place->path, text.p, text.n, diags) == -1)
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
	if (request->grid > 0 && (!*into_counts || request->is_merged)) {
		diag_add(diags, DIAG_USAGE, nowhere,
		    "--resolution rounds the scores of rows that become "
		    "counts: --format=counts or --sql=DIALECT");
		return -1;
	}
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
	else if (measure_make(
		     &m, &request, &s.options, into_counts, &s.diags) == 0) {
		session_tell(&s);
		status = print(&m, &places, &s.diags) == -1 ? STATUS_OUTPUT :
		    measure_fails(&m)                       ? STATUS_FINDINGS :
							      STATUS_OPEN;
	}
	text_free(&m.counts);
	return session_close(&s, status);
}
