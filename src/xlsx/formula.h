#ifndef DOSSIER_XLSX_FORMULA_H
#define DOSSIER_XLSX_FORMULA_H

#include <stdbool.h>

#include "base/text.h"

/*
 * Formulas of a template name cells by braces, so that a name that leads
 * nowhere is found when the template is read: {Status} is the cell of that
 * column in the same row, {tblFindings[Effect]} a whole column of a table.
 */

/* A name in braces; table is "" for a cell of the same row. */
struct formula_name {
	char table[64];
	char header[128];
};

/*
 * Walk over a formula: append what stands before the next name to out, if it
 * is given, fill name and move *at behind it.  Return 1, 0 at the end, or -1
 * when a name is not well-formed.
 */
int formula_next(const char **at, struct text *out, struct formula_name *name);

#endif
