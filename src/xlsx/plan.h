#ifndef DOSSIER_XLSX_PLAN_H
#define DOSSIER_XLSX_PLAN_H

#include "xlsx/template.h"

/*
 * A template laid over a document: which sheets there are, which columns,
 * which node stands behind which row.  All of it is known before the first
 * cell is written, so that a sheet can tell its number of rows, link into
 * another and be written from top to bottom.
 */

/* A column of a planned sheet. */
struct plan_column {
	const struct xlsx_column *spec;
	const char *header; /* as it is shown */
	const char *key;    /* value of $column, or NULL */
};

/* The rows of a block. */
struct plan_block {
	const struct xlsx_block *spec;
	xmlNodePtr *nodes;        /* NULL: the root, for each row */
	const char *const *words; /* $word of each row, or NULL */
	size_t n;
	size_t first; /* index of its first row */
};

/* Where a value of a column stands, for links. */
struct plan_place {
	const char *value;
	size_t row; /* index */
};

/* Places of one column, in order of value; built when first asked for. */
struct plan_index {
	int column;
	struct plan_place *places;
	size_t n;
	struct plan_index *next;
};

struct plan_sheet {
	const struct xlsx_sheet *spec;
	const char *name;  /* "Findings", or "Findings2" for what overflows */
	const char *table; /* the same */
	struct plan_column *columns;
	size_t n_columns;
	size_t *column_of; /* planned index of a template's column */
	struct plan_block *blocks;
	size_t n_blocks;
	size_t n_data; /* rows that stand for something, over all parts */
	size_t first;  /* index of the first row of this part */
	size_t n_rows; /* of this part */
	bool is_part;  /* one of several sheets */
	bool is_later_part;
	struct plan_index *indices;
	struct plan_sheet *next;
};

struct plan {
	const struct xlsx_template *template;
	struct arena *arena;
	struct expr_run run;
	xmlNodePtr root;
	struct plan_sheet *sheets;
	size_t n_rows;
	const char *const **lists; /* words of each list, in order */
	size_t *n_words;
	size_t n_lists;
};

/* A row of a planned sheet. */
struct plan_row {
	const struct plan_block *block; /* NULL: contents, lists, nothing */
	xmlNodePtr node;
	size_t index;          /* within all rows of the sheet */
	const char *word;      /* of the block, or NULL */
	size_t position, size; /* among the nodes of its block, from 1 */
	bool is_empty;         /* the row that says that there is none */
};

/*
 * Plan a workbook; the template and the document must outlive the plan.
 * Return 0, or -1 with the reason in diags.  End it in both cases.
 */
int plan_begin(struct plan *plan, struct arena *arena,
    const struct xlsx_template *template, xmlDocPtr doc,
    struct diag_list *diags);

/* Release what libxml2 holds; an empty plan is allowed. */
void plan_end(struct plan *plan);

/* The row at an index of a sheet. */
struct plan_row plan_row(
    const struct plan *plan, const struct plan_sheet *sheet, size_t index);

/* The field of a column in a row: the row's own or the column's. */
const struct xlsx_field *plan_field(
    const struct plan_sheet *sheet, const struct plan_row *row, size_t column);

/*
 * Make $column, $word and position() those of a column and a row; the
 * expressions of a field are evaluated after this.
 */
void plan_at(struct plan *plan, const struct plan_sheet *sheet,
    const struct plan_row *row, size_t column);

/* The planned sheet of a name, the first of its parts; NULL when absent. */
struct plan_sheet *plan_sheet(const struct plan *plan, const char *name);

/*
 * Where the row stands whose template column holds exactly that value: its
 * sheet and 0-based row there.  Return 1, 0 when there is none, or -1 with
 * the reason in diags.
 */
int plan_find(struct plan *plan, struct plan_sheet *sheet, int column,
    const char *value, const struct plan_sheet **out, size_t *row);

#endif
