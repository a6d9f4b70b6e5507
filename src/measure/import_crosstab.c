#include <string.h>

#include "measure/import_shape.h"

/*
 * pandas.crosstab([attributes, label], prediction): "sex,y_true,0,1", rows of
 * group and label, and how many are predicted so.  Margins, "All", are let be.
 */

/* How many columns stand before the predictions. */
static size_t
heads_of(const struct import_input *in)
{
	size_t n = in->n_columns;

	if (n > 0 && strcmp(import_cell(in, 0, n - 1)->text, "All") == 0)
		n--;
	return n >= 4 ? n - 2 : 0;
}

bool
import_fits_crosstab(const struct import_input *in)
{
	enum binary first, second;
	size_t n;

	if (in->n_rows == 0)
		return false;
	n = heads_of(in);
	if (n == 0)
		return false;
	first = import_class(in, import_cell(in, 0, n)->text);
	second = import_class(in, import_cell(in, 0, n + 1)->text);
	return first != BINARY_MISSING && second != BINARY_MISSING &&
	    first != second;
}

static void
take_row(struct sheet *sheet, const struct import_input *in, size_t row)
{
	size_t n = heads_of(in);
	const struct import_text *label = import_cell(in, row, n - 1);
	enum binary truth = import_class(in, label->text);
	struct sheet_group *group;

	if (strcmp(import_cell(in, row, 0)->text, "All") == 0)
		return;
	group =
	    sheet_group(sheet, import_join(sheet, import_cell(in, 0, 0), n - 1),
		import_join(sheet, import_cell(in, row, 0), n - 1),
		import_cell(in, row, 0)->pos);
	if (truth == BINARY_MISSING) {
		group->is_spoilt = sheet_bad(sheet, DIAG_CSV_VALUE, label,
				       "write 0 or 1, as the predictions "
				       "are named") == -1;
		return;
	}
	for (size_t i = n; i < n + 2; i++)
		sheet_count(sheet, group,
		    cell_of(
			truth, import_class(in, import_cell(in, 0, i)->text)),
		    import_cell(in, row, i));
}

int
import_read_crosstab(struct sheet *sheet, const struct import_input *in)
{
	for (size_t row = 1; row < in->n_rows; row++)
		take_row(sheet, in, row);
	/* A label that a group has not has no row. */
	for (size_t i = 0; i < sheet->n_groups; i++) {
		sheet_add(sheet->groups[i], CELL_TN, 0);
		sheet_add(sheet->groups[i], CELL_FP, 0);
		sheet_add(sheet->groups[i], CELL_FN, 0);
		sheet_add(sheet->groups[i], CELL_TP, 0);
	}
	return 0;
}
