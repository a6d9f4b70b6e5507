#ifndef DOSSIER_APP_MEASURE_H
#define DOSSIER_APP_MEASURE_H

#include <stdbool.h>
#include <stdint.h>

#include "app/options.h"
#include "base/text.h"
#include "measure/counts_file.h"
#include "measure/disparity_type.h"
#include "measure/imported.h"
#include "measure/predictions.h"
#include "model/disparity.h"

/*
 * `dossier measure`: metrics of one file of predictions by group, without a
 * record or a portfolio.  The command fills a struct measurement, and each
 * format prints it.
 */

enum measure_format {
	MEASURE_TEXT,
	MEASURE_CSV,
	MEASURE_JSON,
	MEASURE_COUNTS,
	MEASURE_FORMATS
};

/* What the options ask for; strings are argv's or the arena's. */
struct measure_request {
	struct prediction_columns columns;
	struct measure_options options; /* metrics: NULL for the usual ones */
	bool all_metrics;
	const char *const *controls; /* columns that make strata */
	size_t n_controls;
	struct disparity_options compare;
	enum disparity_verdict fail_on; /* DISPARITY_VERDICTS: never */
	const char *sql;                /* dialect; or NULL */
	const char *against;            /* a file of another time; or NULL */
	double grid;    /* scores of counts are multiples of 1 / grid; or 0 */
	bool is_merged; /* add up counts files */
	bool is_ascii, is_quiet;
};

/* What was measured.  Everything lives in the arena. */
struct measurement {
	struct arena *arena;
	const struct measure_request *request;
	const char *file;   /* as given; "-" is standard input */
	const char *name;   /* of the file in messages and titles */
	const char *sha256; /* or NULL */
	struct text counts; /* a counts file, where one is asked for */
	struct predictions data;
	const struct group *whole; /* all rows of the file */
	bool has_labels, has_predictions;
	/* An export of another program, and what it alone knows; else NULL. */
	const struct import *export;
	bool is_belied;        /* a number of it is not what its counts give */
	bool whole_is_unknown; /* whole is what its groups sum to, or empty */
	const struct figure *const *stated; /* by attribute, metric, group */
	size_t n_stated;
	struct disparity_table stated_disparities;
	/* What text and JSON show, and all that rows give. */
	const struct metric *const *metrics;
	size_t n_metrics;
	const struct metric *const *known;
	size_t n_known;
	struct disparity_table disparities; /* of the metrics that are shown */
	const struct measurement *then;     /* the other file, or NULL */
	struct disparity_table changes;     /* since then */
	size_t width;                       /* of the terminal */
	bool is_ascii, has_colour;
};

/*
 * Read the files that the options name and fill the measurement, whose arena
 * is set; with into_counts, its counts alone.  Return 0, or -1 with the reason
 * in diags.
 */
int measure_make(struct measurement *m, struct measure_request *request,
    const struct options *options, bool into_counts, struct diag_list *diags);

/* Whether a verdict is as bad as --fail-on says, or the file is belied. */
bool measure_fails(const struct measurement *m);

/*
 * Read what the options say of columns, tables and metrics.  Return 0, or -1
 * with DIAG_USAGE.
 */
int measure_request_read(struct measure_request *out, struct arena *arena,
    const struct options *options, struct diag_list *diags);

/* A column that was given the empty name is none: set it NULL. */
void measure_settle(struct prediction_columns *columns);

/*
 * Choose the columns that no option names by their names in the header, and
 * say so unless quiet; one with the empty name is none.  Return 0, or -1 with the reason in diags when there is neither
 * prediction nor score nor label.
 */
int measure_guess(struct measure_request *request, struct arena *arena,
    struct source *source, struct diag_list *diags);

/* Whether the figures of a group may be shown. */
static inline bool
measure_is_shown(const struct group *group)
{
	return !group->is_withheld;
}

/*
 * Whether it is known, and may be told, how many rows have no value of an
 * attribute.
 */
bool measure_missing_is_shown(
    const struct measurement *m, const struct group_table *table);

/* The comparisons of an attribute by a metric that is shown, or NULL. */
const struct disparity_family *measure_family(const struct measurement *m,
    const struct group_table *table, const struct metric *metric);

enum { UNOBSERVED_MOST = 20 }; /* combinations without a row are named */

/*
 * Lines of CSV: the intervals of a group's metrics; the comparisons with the
 * reference; the tables of impact ratios.
 */
void lines_put_intervals(struct text *out, const struct measurement *m,
    const struct group_table *table, const struct group *group);
void lines_put_comparisons(struct text *out, const struct measurement *m,
    const struct group_table *table);
void lines_put_impact(struct text *out, const struct measurement *m,
    const struct group_table *table);

/*
 * Read an export of another program into a measurement: the tables of groups
 * whose counts are known, those that are asked for by name or all of them, and
 * beside them what is only stated.  into_counts: into a counts file, where one
 * table has them.  Return 0, or -1 with the reason.
 */
struct measure_input;
int measure_export(struct measurement *m, struct measure_request *request,
    struct measure_input *input, bool into_counts, struct diag_list *diags);

/*
 * Count rows into tables, or into counts where these are asked for.  Return 0,
 * or -1 with the reason.
 */
int measure_rows(struct measurement *m, struct measure_request *request,
    const struct scan_input *input, bool into_counts, struct diag_list *diags);

/*
 * Take the columns, and the attributes where no option names them, from a
 * header that is one of counts; false: it is none.
 */
bool measure_counts_take(struct measure_request *request, struct arena *arena,
    const struct source *source, struct diag_list *diags);

/*
 * Add up the counts files that are named, and measure the sum as if it were
 * one of them, or only keep it where counts are asked for.  Return 0, or -1
 * with the reason.
 */
int measure_counts_merge(struct measurement *m, struct measure_request *request,
    char *const names[], size_t n, bool into_counts, struct diag_list *diags);

/*
 * Measure a counts file that is at hand, or only keep it where counts are
 * asked for.  Return 0, or -1 with the reason.
 */
int measure_counts_text(struct measurement *m, struct measure_request *request,
    const struct text *counts, bool into_counts, struct diag_list *diags);

/* The same of the rows that an export carries. */
int measure_rows_text(struct measurement *m, struct measure_request *request,
    bool into_counts, struct diag_list *diags);

/* How many figures, from the first on, are of one attribute and metric. */
size_t measure_stated_run(const struct figure *const figures[], size_t n);

/* Compare the groups of figures that are stated. */
void measure_compare_stated(struct measurement *m);

/*
 * What an export alone knows, in each format: figures without rows to count,
 * and what it says between groups; nothing where there is none.
 */
void measure_put_stated_text(struct text *out, const struct measurement *m);
void measure_put_stated_csv(struct text *out, const struct measurement *m);
struct json_writer;
void measure_put_stated_json(
    struct json_writer *w, const struct measurement *m);

/*
 * Compare what was measured with what another file holds, by the metrics that
 * are shown.  It keeps the other, whose data must be read.
 */
void against_compare(struct measurement *now, struct measurement *then);

/* A table for people. */
void measure_put_text(struct text *out, const struct measurement *m);

/* One number a row; see dossier(1), FORMATS. */
void measure_put_csv(struct text *out, const struct measurement *m);

/* The counts; see measure/counts_file.h. */
void measure_put_counts(struct text *out, const struct measurement *m);

/*
 * The query that makes a counts file of a table in a database, in the dialect
 * that the request names.  Return 0, or -1 with DIAG_USAGE.
 */
int measure_put_sql(struct text *out, struct arena *arena,
    const struct measure_request *request, const char *table,
    struct diag_list *diags);

/* One document; see dossier(1), FORMATS. */
void measure_put_json(struct text *out, const struct measurement *m);

#endif
