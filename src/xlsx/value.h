#ifndef DOSSIER_XLSX_VALUE_H
#define DOSSIER_XLSX_VALUE_H

#include "xlsx/plan.h"

/*
 * What one cell of a planned sheet holds, before it is written: a text, a
 * number or nothing, with its formula and its link.
 */

struct cell_value {
	bool is_number;
	double number;
	struct text text; /* safe; empty: a blank cell */
	enum xlsx_kind kind;
	unsigned decimals;
	int colour;          /* of the palette, or -1 */
	struct text formula; /* empty: none */
	struct text url;     /* empty: none */
	struct text raw;     /* scratch */
};

/* Release the buffers. */
void value_free(struct cell_value *value);

/*
 * Fill in the cell of a column in a row; the value's buffers are used again.
 * Return 0, or -1 with the reason in diags: an expression that cannot be
 * evaluated, a number that is not finite, a text that XML cannot carry.
 */
int value_make(struct plan *plan, const struct plan_sheet *sheet,
    const struct plan_row *row, size_t column, struct cell_value *value);

/* Append the name of a cell, "B12", of 0-based row and column. */
void value_put_cell(struct text *out, size_t row, size_t column);

#endif
