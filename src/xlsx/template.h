#ifndef DOSSIER_XLSX_TEMPLATE_H
#define DOSSIER_XLSX_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "xlsx/expr.h"

/*
 * A workbook template as it is after reading: what templates/workbook-*.yaml
 * says, with every expression compiled and every reference between its parts
 * (lists, headers, tables, blocks) known to resolve.  Everything lives in the
 * arena that the template was read into.
 */

enum {
	XLSX_HEADER_ROW = 3, /* 0-based: row 4; data begin below it */
	XLSX_HEADER_MAX = 255,
	XLSX_SHEET_ROWS = 1000000, /* data rows of a sheet before the next */
	XLSX_SHEET_LINKS = 60000,
	XLSX_STREAM_ROWS = 20000, /* above, rows leave memory as they come */
	XLSX_COLOURS = 8,         /* entries of the palette */
	XLSX_WIDTH_A4 = 165       /* characters; a wider sheet is on A3 */
};

enum xlsx_kind {
	XLSX_TEXT,
	XLSX_INTEGER,
	XLSX_NUMBER, /* with decimals */
	XLSX_PERCENT,
	XLSX_DATE,
	XLSX_STATUS /* a text with the colours of its word */
};

/* What a column of the sheet of contents says of each sheet. */
enum xlsx_show {
	XLSX_SHOW_NOTHING,
	XLSX_SHOW_NAME, /* a link to it */
	XLSX_SHOW_HOLDS,
	XLSX_SHOW_ROWS,
	XLSX_SHOW_INPUTS /* its yellow columns */
};

/* What stands in a cell; a column's, or one row's own. */
struct xlsx_field {
	enum xlsx_kind kind;
	enum xlsx_show show;
	const struct expr *value;    /* NULL: the empty word */
	const struct expr *decimals; /* NULL: by kind */
	const struct expr *tint;     /* status word that colours the cell */
	const struct expr *percent;  /* where true, a number is XLSX_PERCENT */
	const char *empty;           /* shown when the value is blank */
	const struct expr *source;   /* where the rest of a cut text stands */
	const char *formula;         /* with {Header} and {tblX[Header]}; the
	                                value is then its cached result */
	const char *link_sheet;      /* link to a row of that sheet ... */
	const char *link_column;     /* ... by this column; NULL: to its top */
	const struct expr *link_key; /* NULL: the cell's own text */
	const struct expr *url;
};

struct xlsx_column {
	const char *header;
	const struct expr *each;    /* NULL, or one column a node ... */
	const struct expr *heading; /* ... headed by this, $column ... */
	const struct expr *key;     /* ... bound to this */
	double width;
	struct xlsx_field field;
	bool is_input;
	const char *list; /* of validation, or NULL */
	bool list_stops;  /* a value off the list is refused */
	const char *prompt;
	const char *date_from; /* defined name of the earliest date allowed */
	long max_length;       /* 0: no limit */
	bool bar;              /* a data bar behind the number */
	const char *const *words; /* status words that can occur, or NULL */
	size_t n_words;
};

/* A cell that differs from its column's field. */
struct xlsx_override {
	size_t column; /* index */
	struct xlsx_field field;
	struct xlsx_override *next;
};

/* Rows of a sheet: one, one a node, one a word, or a number of blank ones. */
struct xlsx_block {
	const char *name; /* for charts and defined names, or NULL */
	const struct expr *each;
	size_t repeat;
	const char *const *words; /* $word of each row, or NULL ... */
	const struct expr *word;  /* ... or $word of each node */
	const struct expr *sort;  /* by this number, greatest first */
	size_t at_most;           /* 0: all */
	struct xlsx_override *overrides;
	struct xlsx_block *next;
};

enum xlsx_chart_kind { XLSX_CHART_PLOT, XLSX_CHART_BAR, XLSX_CHART_LINE };

enum { XLSX_CHART_KEYS = 4, XLSX_CHART_SERIES = 8, XLSX_CHART_NONE = -1 };

/* One column drawn: all of a bar or line chart, or a line of a plot. */
struct xlsx_series {
	const char *name;
	int column;
	uint32_t colour;
	bool is_broken;
};

/* Indices of columns; XLSX_CHART_NONE where there is none. */
struct xlsx_chart {
	enum xlsx_chart_kind kind;
	int by[XLSX_CHART_KEYS]; /* one chart for each run of equal values */
	size_t n_by;
	const struct expr *when; /* NULL, or true at a run's first row */
	size_t at_least;         /* rows of a run */
	size_t at_most;          /* charts */
	const char *block;       /* only these rows, or NULL */
	const struct expr *title, *alt, *x_title, *y_title;
	int categories; /* bar, line: labels of the axis; plot: of the points */
	bool is_stacked;
	const struct expr *percent; /* where true, the axis is in per cent */
	struct xlsx_series series[XLSX_CHART_SERIES];
	size_t n_series;
	/* Of a plot: */
	int value, lower, upper, position, helper, limit, reference, result;
	const char *outside; /* word of result that makes a square */
	const struct expr *low, *high;
	struct xlsx_chart *next;
};

struct xlsx_sheet {
	const char *name;
	const char *table;
	const struct expr *when; /* NULL: always */
	const struct expr *title, *note;
	const char *holds; /* for the sheet of contents */
	const char *paper; /* "a4" or "a3" */
	size_t n_printed;  /* columns, from the first; SIZE_MAX: all */
	bool is_contents;  /* its rows are the sheets of the workbook */
	bool is_lists;     /* its columns are the lists of the workbook */
	bool freezes;
	const char *empty; /* in a row of its own when there is no row */
	struct xlsx_column *columns;
	size_t n_columns;
	struct xlsx_block *blocks;
	struct xlsx_chart *charts;
	struct pos pos;
	struct xlsx_sheet *next;
};

/* A list of words for validation, each a column of the sheet of lists. */
struct xlsx_list {
	const char *name; /* also a defined name */
	const char *header;
	const char *const *words; /* fixed ones, before those of each */
	size_t n_words;
	const struct expr *each, *value;
	struct xlsx_list *next;
};

/* Colours of status words. */
struct xlsx_palette {
	uint32_t text, fill;
	bool bold;
	const char *const *words;
	size_t n_words;
	struct xlsx_palette *next;
};

/* A property, custom property or defined name. */
struct xlsx_named {
	const char *name;
	const struct expr *value; /* property */
	const char *sheet;        /* defined name: the cell of a block ... */
	const char *block;
	int column; /* ... in this column */
	struct xlsx_named *next;
};

struct xlsx_template {
	struct expr_set set;
	const char *name; /* of the file */
	struct xlsx_named *properties;
	struct xlsx_named *custom;
	struct xlsx_named *names;
	struct xlsx_palette *palette;
	struct xlsx_list *lists;
	struct xlsx_sheet *sheets;
	size_t sheet_rows;
	size_t stream_rows;
};

/* The index of a column by header, or -1. */
int template_column(const struct xlsx_sheet *sheet, const char *header);

/* The index of the palette's entry that has that word, or -1. */
int template_colour(const struct xlsx_template *template, const char *word);

/* The sheet of that name, or NULL; when several, the first. */
const struct xlsx_sheet *template_sheet(
    const struct xlsx_template *template, const char *name);

/* The sheet that holds that table, or NULL. */
const struct xlsx_sheet *template_table(
    const struct xlsx_template *template, const char *table);

#endif
