#include <string.h>

#include "app/measure.h"
#include "app/measure_input.h"
#include "app/terminal.h"
#include "measure/disparity.h"
#include "measure/figures.h"
#include "measure/import.h"

/* From a file to a measurement: read, count, compare. */

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
		.origin = { m->name, 0, 0 } };

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
bool
measure_fails(const struct measurement *m)
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
	m->data.n_rows = counts.n_rows;
	m->data.n_bad = counts.n_bad;
	counts_file_write(&m->counts, &counts);
	return 0;
}

int
measure_rows_text(struct measurement *m, struct measure_request *request,
    bool into_counts, struct diag_list *diags)
{
	const struct scan_input input = { .name = m->name,
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

/* What is known of a group that others are to be compared with. */
struct found {
	bool attribute, group;
};

static struct found
find_reference(
    const struct measurement *m, const struct measure_reference *named)
{
	struct found found = { 0 };

	for (size_t i = 0; i < m->data.n_tables; i++) {
		const struct group_table *table = &m->data.tables[i];

		if (strcmp(table->attribute, named->attribute) != 0)
			continue;
		found.attribute = true;
		found.group = group_table_find(table, named->group) != NULL;
	}
	for (size_t i = 0; i < m->n_stated; i++) {
		const struct figure *f = m->stated[i];

		if (strcmp(f->attribute, named->attribute) != 0)
			continue;
		found.attribute = true;
		found.group |= strcmp(f->group, named->group) == 0;
	}
	return found;
}

/*
 * Whether the groups that are to be compared with exist: comparing with others
 * would not be what was asked.  A group that its table has not was reported
 * when that was made.
 */
static int
check_references(const struct measurement *m,
    const struct measure_options *options, struct diag_list *diags)
{
	int rc = 0;

	for (size_t i = 0; i < options->n_references; i++) {
		const struct measure_reference *named = &options->references[i];
		const struct found found = find_reference(m, named);

		if (!found.attribute)
			diag_add(diags, DIAG_GROUP_UNKNOWN,
			    (struct pos){ m->name, 1, 1 },
			    "\"%s\" of \"%s\": no table is by that",
			    named->group, named->attribute);
		if (!found.group)
			rc = -1;
	}
	return rc;
}

/* What can be counted and what is only stated; -1 when there is neither. */
static int
conclude_export(struct measurement *m, const struct measure_options *asked,
    struct diag_list *diags)
{
	if (group_rows(m->whole) > 0)
		choose_metrics(m, diags);
	if (m->whole_is_unknown) {
		drop_shares(&m->metrics, &m->n_metrics, m->arena);
		drop_shares(&m->known, &m->n_known, m->arena);
	}
	measure_compare_stated(m);
	if (check_references(m, asked, diags) == -1)
		return -1;
	compare(m);
	if (group_rows(m->whole) > 0 || m->n_stated > 0 ||
	    m->export->between.n > 0)
		return 0;
	for (const struct diag *d = diags->first; d != NULL; d = d->next)
		if (d->id == DIAG_EXPORT_GROUPS)
			return -1;
	diag_add(diags, DIAG_EXPORT_GROUPS, (struct pos){ m->name, 0, 0 },
	    "the file is %s", m->export->shape);
	return -1;
}

/* Whether labels, or predictions, are all of one kind. */
static bool
is_one_sided(const struct measurement *m)
{
	static const cell_factors positive = {
		[CELL_POSITIVE] = 1, [CELL_FN] = 1, [CELL_TP] = 1
	};
	static const cell_factors negative = {
		[CELL_NEGATIVE] = 1, [CELL_FP] = 1, [CELL_TN] = 1
	};
	static const cell_factors selected = {
		[CELL_SELECTED] = 1, [CELL_FP] = 1, [CELL_TP] = 1
	};
	static const cell_factors refused = {
		[CELL_REFUSED] = 1, [CELL_FN] = 1, [CELL_TN] = 1
	};
	const struct counts *counts = &m->whole->counts;

	return (m->has_labels &&
		   (counts_rows_of(counts, positive) == 0 ||
		       counts_rows_of(counts, negative) == 0)) ||
	    (m->has_predictions &&
		(counts_rows_of(counts, selected) == 0 ||
		    counts_rows_of(counts, refused) == 0));
}

/* Whether answers were refused, or names of groups. */
static bool
has_bad_words(const struct diag_list *diags)
{
	for (const struct diag *d = diags->first; d != NULL; d = d->next)
		if (d->id == DIAG_CSV_VALUE)
			return true;
	return false;
}

/*
 * Whether so many rows cannot be read that what is left is no sample of the
 * file: most of them; or one in twenty for their words, where all that are
 * left have one answer.
 */
static bool
is_remnant(const struct measurement *m, const struct diag_list *diags)
{
	const double n = (double)m->data.n_rows, bad = (double)m->data.n_bad;

	if (bad == 0 || bad > n / 2)
		return bad > 0;
	return bad > n / 20 && has_bad_words(diags) && m->whole != NULL &&
	    m->request->columns.kind == PREDICTION_BINARY && is_one_sided(m);
}

static int
refuse_remnant(const struct measurement *m, struct diag_list *diags)
{
	const bool is_word = has_bad_words(diags);
	const char *what = m->data.n_bad == m->data.n_rows ?
	    "no row can be counted" :
	    arena_printf(m->arena,
		"%llu of %llu rows cannot be read, and the others are no "
		"sample of the file",
		m->data.n_bad, m->data.n_rows);

	diag_add(diags, is_word ? DIAG_CSV_VALUE : DIAG_CSV_NUMBER,
	    (struct pos){ m->name, 0, 0 }, "%s%s", what,
	    is_word ? "; which answer is the positive one? --positive=VALUE" :
		      "");
	return -1;
}

/* Read files, and count their rows into tables or counts. */
static int
read_files(struct measurement *m, struct measure_request *request,
    char *const names[], size_t n, bool into_counts, struct diag_list *diags)
{
	m->request = request;
	m->file = names[0];
	m->name = measure_input_name(names[0]);
	if (request->is_merged) {
		if (measure_counts_merge(
			m, request, names, n, into_counts, diags) == -1)
			return -1;
	} else if (read_file(m, request, names[0], into_counts, diags) == -1) {
		return -1;
	}
	if (is_stated(m))
		return 0;
	if (into_counts)
		return is_remnant(m, diags) ? refuse_remnant(m, diags) : 0;
	m->has_labels = m->data.has_labels;
	m->has_predictions = m->data.has_predictions;
	m->whole = &m->data.whole.groups[0];
	if (is_remnant(m, diags))
		return refuse_remnant(m, diags);
	if (group_rows(m->whole) > 0)
		return 0;
	diag_add(diags, DIAG_CSV_VALUE, (struct pos){ m->name, 0, 0 },
	    "no row can be counted");
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
	request->options.n_references = 0; /* groups are held against now */
	*then = (struct measurement){ .arena = m->arena };
	if (!is_stated(m) &&
	    read_files(then, request, &name, 1, false, diags) == -1)
		return -1;
	if (is_stated(m) || is_stated(then)) {
		diag_add(diags, DIAG_USAGE,
		    (struct pos){ is_stated(m) ? m->name : then->name, 0, 0 },
		    "an export has no rows that --against could compare; name "
		    "files of rows or of counts");
		return -1;
	}
	then->sha256 = measure_input_digest(m->arena, then->file);
	against_compare(m, then);
	return 0;
}

int
measure_make(struct measurement *m, struct measure_request *request,
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
		return conclude_export(m, &asked.options, diags);
	if (!is_stated(m)) {
		if (check_references(m, &asked.options, diags) == -1)
			return -1;
		choose_metrics(m, diags);
		compare(m);
	}
	return asked.against != NULL ? measure_against(m, &asked, diags) : 0;
}
