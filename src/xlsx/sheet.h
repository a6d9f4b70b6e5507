#ifndef DOSSIER_XLSX_SHEET_H
#define DOSSIER_XLSX_SHEET_H

#include "xlsx/book.h"

/*
 * Writing one sheet from top to bottom, and dressing it: table, lists,
 * colours, protection, paper.
 */

/* What a chart needs to know of a cell that was written. */
struct kept {
	bool is_number;
	double number;
	const char *text; /* of a text cell; the arena's */
};

enum { SHEET_KEPT = 5000 }; /* rows that charts can be drawn from */

struct sheet {
	struct book *book;
	struct plan *plan;
	const struct plan_sheet *planned;
	lxw_worksheet *worksheet;
	struct readback_sheet *want;
	struct kept *kept;  /* rows times columns, or NULL without charts */
	size_t n_kept;      /* rows */
	double *tops;       /* points above each kept row, or NULL */
	size_t last_column; /* of table and charts, 0-based */
	size_t last_row;
};

/* What was written in a cell; rows count from the first data row. */
const struct kept *sheet_kept(
    const struct sheet *sheet, size_t row, size_t column);

/*
 * Add the planned sheet to the workbook and write it, charts and all; want
 * counts what was sent.  Return 0, or -1 with the reason in diags.
 */
int sheet_write(struct book *book, struct plan *plan,
    const struct plan_sheet *planned, struct readback_sheet *want);

/* The style of a column's header: to the right above numbers. */
struct book_style sheet_header_style(const struct xlsx_column *spec);

/* Table, validation, colours, panes, protection, paper: after the cells. */
int dress_sheet(struct sheet *sheet);

/*
 * Draw the charts of the sheet beside its table; last_column and last_row
 * are moved to hold them.  Return 0, or -1 with the reason in diags.
 */
int chart_write(struct sheet *sheet);

#endif
