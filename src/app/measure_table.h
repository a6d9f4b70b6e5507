#ifndef DOSSIER_APP_MEASURE_TABLE_H
#define DOSSIER_APP_MEASURE_TABLE_H

#include "app/measure.h"

/*
 * A table of `dossier measure` for people: names, counts, values, bars and
 * intervals in the columns of a terminal.
 */

enum { TABLE_GAP = 2, TABLE_INDENT = 2 };

/* A row of a table: a group, or a metric of the whole file. */
struct table_row {
	const char *name;
	const struct group *group;
	const struct metric *metric;
	bool is_reference, is_hidden;
	struct metric_value value;
	bool has_interval;
	struct text counts, interval_text;
};

struct table {
	const struct measurement *m;
	const char *title;
	struct table_row *rows;
	size_t n;
	size_t name, counts, interval, bar; /* columns; 0: none */
	double scale;                       /* the end of the bars; 0: none */
};

/*
 * Measure the metric of each row in its group, hide what must be hidden, and
 * print the rows below a head.
 */
void table_put_measured(struct text *out, struct table *t);

/* Print rows that are filled already; their texts are released. */
void table_put(struct text *out, struct table *t);

/* Let the bars of filled rows end at a round number, if they can have bars. */
void table_scale(struct table *t);

/* Words in bold where there is colour. */
void table_put_bold(
    struct text *out, const struct measurement *m, const char *s);

/* A sentence below a table, its verdict in colour. */
void table_put_sentence(
    struct text *out, const struct measurement *m, const struct text *line);

/*
 * The comparisons of a metric, and whether there is any difference; also
 * within the strata of controls where there is a table.
 */
void measure_put_family(struct text *out, const struct measurement *m,
    const struct group_table *table, const struct metric *metric,
    const struct disparity_family *family);

#endif
