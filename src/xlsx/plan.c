#include "xlsx/plan.h"

#include <libxml/xpathInternals.h>
#include <stdlib.h>
#include <string.h>

#include "xlsx/cell.h"

struct plan_sheet *
plan_sheet(const struct plan *plan, const char *name)
{
	struct plan_sheet *sheet = plan->sheets;

	while (sheet != NULL && strcmp(sheet->spec->name, name) != 0)
		sheet = sheet->next;
	return sheet;
}

/* What rows('Name') of a template gives. */
static long
rows_of(const void *plan, const char *name)
{
	const struct plan_sheet *sheet = plan_sheet(plan, name);

	return sheet != NULL ? (long)sheet->n_data : -1;
}

static void
set_variable(struct plan *plan, const char *name, const char *value)
{
	xmlXPathRegisterVariable(
	    plan->run.xpath, (const xmlChar *)name, xmlXPathNewCString(value));
}

/* A header that no column before it has: "Group", "Group (2)". */
static const char *
unique_header(
    struct plan *plan, const struct plan_sheet *sheet, const char *header)
{
	const char *unique = header;
	unsigned again = 1;

	for (size_t i = 0; i < sheet->n_columns; i++)
		if (strcmp(sheet->columns[i].header, unique) == 0) {
			again++;
			unique = arena_printf(
			    plan->arena, "%.200s (%u)", header, again);
			i = (size_t)-1;
		}
	return unique;
}

static int
add_column_of(struct plan *plan, struct plan_sheet *sheet,
    const struct xlsx_column *spec, xmlNodePtr node)
{
	struct plan_column *column = &sheet->columns[sheet->n_columns];
	struct text raw = { 0 };
	struct text line = { 0 };
	int rc = -1;

	if (expr_put(&plan->run, spec->key, node, &raw) == -1)
		goto out;
	column->spec = spec;
	column->key = arena_str(plan->arena, text_str(&raw));
	text_clear(&raw);
	if (expr_put(&plan->run, spec->heading, node, &raw) == -1 ||
	    cell_put_line(&line, text_str(&raw), 200) == -1)
		goto out;
	if (line.n == 0)
		text_puts(&line, "Not provided");
	column->header =
	    unique_header(plan, sheet, arena_str(plan->arena, text_str(&line)));
	sheet->n_columns++;
	rc = 0;
out:
	text_free(&raw);
	text_free(&line);
	return rc;
}

static int
plan_columns(struct plan *plan, struct plan_sheet *sheet)
{
	const struct xlsx_sheet *spec = sheet->spec;
	xmlNodePtr **nodes =
	    arena_array(plan->arena, spec->n_columns, sizeof(*nodes));
	size_t *n = arena_array(plan->arena, spec->n_columns, sizeof(*n));
	size_t total = 0;

	for (size_t i = 0; i < spec->n_columns; i++) {
		n[i] = 1;
		if (spec->columns[i].each != NULL &&
		    expr_nodes(&plan->run, spec->columns[i].each, plan->root,
			plan->arena, &nodes[i], &n[i]) == -1)
			return -1;
		total += n[i];
	}
	sheet->columns =
	    arena_array(plan->arena, total, sizeof(*sheet->columns));
	sheet->column_of = arena_array(
	    plan->arena, spec->n_columns, sizeof(*sheet->column_of));
	for (size_t i = 0; i < spec->n_columns; i++) {
		sheet->column_of[i] = sheet->n_columns;
		if (spec->columns[i].each == NULL) {
			struct plan_column *column =
			    &sheet->columns[sheet->n_columns++];

			column->spec = &spec->columns[i];
			column->header = spec->columns[i].header;
			continue;
		}
		for (size_t j = 0; j < n[i]; j++)
			if (add_column_of(plan, sheet, &spec->columns[i],
				nodes[i][j]) == -1)
				return -1;
	}
	return 0;
}

/* A node with the number it is sorted by. */
struct ranked {
	xmlNodePtr node;
	double rank;
	size_t order;
};

static int
compare_ranked(const void *a, const void *b)
{
	const struct ranked *x = a;
	const struct ranked *y = b;

	if (x->rank != y->rank)
		return x->rank > y->rank ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

static int
sort_block(struct plan *plan, struct plan_block *block)
{
	struct ranked *ranked =
	    arena_array(plan->arena, block->n, sizeof(*ranked));
	struct text t = { 0 };

	for (size_t i = 0; i < block->n; i++) {
		text_clear(&t);
		if (block->words != NULL)
			set_variable(plan, "word", block->words[i]);
		if (expr_put(&plan->run, block->spec->sort, block->nodes[i],
			&t) == -1) {
			text_free(&t);
			return -1;
		}
		ranked[i].node = block->nodes[i];
		ranked[i].rank =
		    xmlXPathStringEvalNumber((const xmlChar *)text_str(&t));
		if (xmlXPathIsNaN(ranked[i].rank))
			ranked[i].rank = 0;
		ranked[i].order = i;
	}
	text_free(&t);
	qsort(ranked, block->n, sizeof(*ranked), compare_ranked);
	for (size_t i = 0; i < block->n; i++)
		block->nodes[i] = ranked[i].node;
	return 0;
}

/* $word of each node of a block. */
static int
read_words(struct plan *plan, struct plan_block *block)
{
	const char **words = arena_array(plan->arena, block->n, sizeof(*words));
	struct text t = { 0 };
	int rc = 0;

	for (size_t i = 0; i < block->n && rc == 0; i++) {
		text_clear(&t);
		rc = expr_put(
		    &plan->run, block->spec->word, block->nodes[i], &t);
		words[i] = arena_str(plan->arena, text_str(&t));
	}
	text_free(&t);
	block->words = words;
	return rc;
}

static int
plan_block(struct plan *plan, struct plan_block *block)
{
	const struct xlsx_block *spec = block->spec;

	block->n = spec->repeat;
	block->words = spec->words;
	if (spec->each == NULL)
		return 0;
	if (expr_nodes(&plan->run, spec->each, plan->root, plan->arena,
		&block->nodes, &block->n) == -1)
		return -1;
	if (spec->word != NULL && read_words(plan, block) == -1)
		return -1;
	if (spec->sort != NULL && sort_block(plan, block) == -1)
		return -1;
	if (spec->sort != NULL && spec->word != NULL &&
	    read_words(plan, block) == -1)
		return -1;
	if (spec->at_most != 0 && block->n > spec->at_most)
		block->n = spec->at_most;
	return 0;
}

static int
plan_blocks(struct plan *plan, struct plan_sheet *sheet)
{
	size_t n = 0;

	for (const struct xlsx_block *p = sheet->spec->blocks; p != NULL;
	     p = p->next)
		n++;
	sheet->blocks = arena_array(plan->arena, n, sizeof(*sheet->blocks));
	for (const struct xlsx_block *p = sheet->spec->blocks; p != NULL;
	     p = p->next) {
		struct plan_block *block = &sheet->blocks[sheet->n_blocks++];

		block->spec = p;
		block->first = sheet->n_data;
		if (plan_block(plan, block) == -1)
			return -1;
		sheet->n_data += block->n;
	}
	return 0;
}

static int
plan_list(struct plan *plan, const struct xlsx_list *list, size_t at)
{
	xmlNodePtr *nodes = NULL;
	size_t n = 0;
	const char **words;
	struct text raw = { 0 };
	struct text t = { 0 };
	int rc = -1;

	if (list->each != NULL &&
	    expr_nodes(&plan->run, list->each, plan->root, plan->arena, &nodes,
		&n) == -1)
		return -1;
	words = arena_array(plan->arena, list->n_words + n, sizeof(*words));
	for (size_t i = 0; i < list->n_words; i++)
		words[plan->n_words[at]++] = list->words[i];
	for (size_t i = 0; i < n; i++) {
		size_t j = 0;

		text_clear(&raw);
		text_clear(&t);
		if (expr_put(&plan->run, list->value, nodes[i], &raw) == -1 ||
		    cell_put_line(&t, text_str(&raw), 200) == -1)
			goto out;
		while (j < plan->n_words[at] &&
		    strcmp(words[j], text_str(&t)) != 0)
			j++;
		if (j == plan->n_words[at] && t.n > 0)
			words[plan->n_words[at]++] =
			    arena_str(plan->arena, text_str(&t));
	}
	plan->lists[at] = words;
	rc = 0;
out:
	text_free(&raw);
	text_free(&t);
	return rc;
}

static int
plan_lists(struct plan *plan)
{
	size_t at = 0;

	for (const struct xlsx_list *p = plan->template->lists; p != NULL;
	     p = p->next)
		plan->n_lists++;
	plan->lists =
	    arena_array(plan->arena, plan->n_lists, sizeof(*plan->lists));
	plan->n_words =
	    arena_array(plan->arena, plan->n_lists, sizeof(*plan->n_words));
	for (const struct xlsx_list *p = plan->template->lists; p != NULL;
	     p = p->next)
		if (plan_list(plan, p, at++) == -1)
			return -1;
	return 0;
}

/*
 * Cut a sheet into parts of at most so many rows; each but the first gets a
 * number behind its name.
 */
static void
split_sheet(struct plan *plan, struct plan_sheet *sheet)
{
	size_t most = plan->template->sheet_rows;
	size_t rest = sheet->n_rows;
	unsigned part = 1;

	if (rest <= most)
		return;
	sheet->is_part = true;
	sheet->n_rows = most;
	while ((rest -= sheet->n_rows) > 0) {
		struct plan_sheet *more =
		    arena_alloc(plan->arena, sizeof(*more));

		part++;
		*more = *sheet;
		more->is_later_part = true;
		more->first = sheet->first + sheet->n_rows;
		more->n_rows = rest < most ? rest : most;
		more->name =
		    arena_printf(plan->arena, "%s%u", sheet->spec->name, part);
		more->table =
		    arena_printf(plan->arena, "%s%u", sheet->spec->table, part);
		sheet->next = more;
		sheet = more;
	}
}

static struct plan_sheet *
new_sheet(struct plan *plan, const struct xlsx_sheet *spec)
{
	struct plan_sheet *sheet = arena_alloc(plan->arena, sizeof(*sheet));

	sheet->spec = spec;
	sheet->name = spec->name;
	sheet->table = spec->table;
	return sheet;
}

static int
plan_sheets(struct plan *plan)
{
	struct plan_sheet **end = &plan->sheets;

	for (const struct xlsx_sheet *spec = plan->template->sheets;
	     spec != NULL; spec = spec->next) {
		int is_there = spec->when == NULL ?
		    1 :
		    expr_true(&plan->run, spec->when, plan->root);

		if (is_there == -1)
			return -1;
		if (is_there == 0)
			continue;
		*end = new_sheet(plan, spec);
		if (plan_columns(plan, *end) == -1 ||
		    plan_blocks(plan, *end) == -1)
			return -1;
		end = &(*end)->next;
	}
	return 0;
}

/* Count the rows that follow from what is planned, and cut what is long. */
static void
finish_sheets(struct plan *plan)
{
	size_t n_sheets = 0;
	size_t most_words = 0;
	struct plan_sheet *next;

	for (size_t i = 0; i < plan->n_lists; i++)
		if (plan->n_words[i] > most_words)
			most_words = plan->n_words[i];
	for (struct plan_sheet *p = plan->sheets; p != NULL; p = p->next)
		n_sheets++;
	for (struct plan_sheet *p = plan->sheets; p != NULL; p = next) {
		next = p->next;
		if (p->spec->is_contents)
			p->n_data = n_sheets;
		if (p->spec->is_lists)
			p->n_data = most_words;
		p->n_rows = p->n_data > 0 ? p->n_data : 1;
		plan->n_rows += p->n_rows;
		p->next = NULL;
		split_sheet(plan, p);
		while (p->next != NULL)
			p = p->next;
		p->next = next;
	}
}

int
plan_begin(struct plan *plan, struct arena *arena,
    const struct xlsx_template *template, xmlDocPtr doc,
    struct diag_list *diags)
{
	memset(plan, 0, sizeof(*plan));
	plan->template = template;
	plan->arena = arena;
	plan->run.diags = diags;
	plan->run.book.rows = rows_of;
	plan->run.book.plan = plan;
	plan->root = xmlDocGetRootElement(doc);
	if (plan->root == NULL || expr_begin(&plan->run, doc) == -1) {
		diag_add(diags, DIAG_DOCUMENT,
		    (struct pos){ template->name, 0, 0 }, "it is empty");
		return -1;
	}
	set_variable(plan, "column", "");
	set_variable(plan, "word", "");
	if (plan_lists(plan) == -1 || plan_sheets(plan) == -1)
		return -1;
	finish_sheets(plan);
	return 0;
}

void
plan_end(struct plan *plan)
{
	expr_end(&plan->run);
}

struct plan_row
plan_row(const struct plan *plan, const struct plan_sheet *sheet, size_t index)
{
	struct plan_row row = { .node = plan->root, .index = index };

	row.position = row.size = 1;
	if (sheet->spec->is_contents || sheet->spec->is_lists)
		return row;
	for (size_t i = 0; i < sheet->n_blocks; i++) {
		const struct plan_block *block = &sheet->blocks[i];

		if (index < block->first || index >= block->first + block->n)
			continue;
		row.block = block;
		row.position = index - block->first + 1;
		row.size = block->n;
		if (block->nodes != NULL)
			row.node = block->nodes[index - block->first];
		if (block->words != NULL)
			row.word = block->words[index - block->first];
		return row;
	}
	row.is_empty = true;
	return row;
}

const struct xlsx_field *
plan_field(
    const struct plan_sheet *sheet, const struct plan_row *row, size_t column)
{
	const struct xlsx_column *spec = sheet->columns[column].spec;
	const struct xlsx_override *override =
	    row->block != NULL ? row->block->spec->overrides : NULL;

	for (; override != NULL; override = override->next)
		if (&sheet->spec->columns[override->column] == spec)
			return &override->field;
	return &spec->field;
}

void
plan_at(struct plan *plan, const struct plan_sheet *sheet,
    const struct plan_row *row, size_t column)
{
	if (sheet->columns[column].key != NULL)
		set_variable(plan, "column", sheet->columns[column].key);
	if (row->word != NULL)
		set_variable(plan, "word", row->word);
	plan->run.xpath->contextSize = (int)row->size;
	plan->run.xpath->proximityPosition = (int)row->position;
}
