#ifndef DOSSIER_XLSX_CHART_H
#define DOSSIER_XLSX_CHART_H

#include "xlsx/sheet.h"

/*
 * What the kinds of charts share: a run of rows of a sheet, drawn from the
 * cells of its table, with the numbers of those cells kept in the chart, so
 * that a viewer which does not calculate shows it all the same.
 */

/* Rows, counted from the first data row, that one chart is drawn from. */
struct run {
	struct sheet *sheet;
	const struct xlsx_chart *spec;
	lxw_chart *chart;
	size_t first, last;
};

/* Whether the cell of a column is a number in every row of the run. */
bool run_is_numeric(const struct run *run, int column);

/* Rows and columns of the cells of one axis of a series. */
struct range {
	size_t first_row, last_row;
	int first_column, last_column;
};

/* Add a series over ranges of cells; NULL when there is no memory. */
lxw_chart_series *run_add(
    struct run *run, const struct range *x, const struct range *y);

/* A text as the library can take it, never a formula; the arena's. */
char *run_text(const struct run *run, const char *text);

/* Add the series of a plot of groups with intervals. */
int plot_draw(struct run *run);

#endif
