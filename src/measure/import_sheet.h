#ifndef DOSSIER_MEASURE_IMPORT_SHEET_H
#define DOSSIER_MEASURE_IMPORT_SHEET_H

#include "measure/complaints.h"
#include "measure/import_input.h"
#include "measure/imported.h"
#include "measure/metric.h"
#include "measure/options.h"
#include "measure/variant.h"

/*
 * What the readers of the shapes write down, each in the order of its file:
 * groups, with their rows and counts, figures of groups, and what is said
 * between groups.  Nothing is judged before the file is read to its end.
 * Private to the import.
 */

enum { SHEET_GROUPS = 10000 }; /* at most */

struct sheet_group {
	const char *attribute; /* "" of the whole */
	const char *name;
	size_t number; /* among the groups of the sheet */
	size_t variant;
	bool has_n;
	double n;
	struct pos pos, n_pos;
	bool has[CELL_COUNT];
	bool is_spoilt; /* a count of it cannot be read */
	unsigned long long cells[CELL_COUNT];
	double weights[CELL_COUNT]; /* the same, or sums of weights */
	bool has_pairs;             /* of several classes: sheet->pairs */
	const struct confusion *confusion; /* made of them; or NULL */
	struct group *group;       /* when all of its counts are known */
	const struct group *whole; /* and those of the file; or NULL */
};

/* Rows of a true and a predicted class: import_classes.h. */
struct sheet_pair {
	struct sheet_group *group;
	const char *label, *prediction;
	unsigned long long n;
};

struct sheet_figure {
	struct sheet_group *group;
	const struct metric *metric;
	struct figure *figure; /* state, value, interval, counts, origin */
	bool is_said;          /* the file has it, and not we */
	bool is_forgotten;     /* said before */
};

/* group / reference, or group - reference, as the file has it. */
struct sheet_ratio {
	bool is_difference;
	struct sheet_group *group;
	const struct metric *metric;
	const char *reference;
	struct import_text said;
};

/* Set arena, options, complaints.diags, name, and zero the rest. */
struct sheet {
	struct arena *arena;
	const struct measure_options *options;
	struct complaints complaints;
	const char *name; /* of the file */
	struct variants variants;
	size_t variant; /* of groups that are met from now on */
	struct intern keys;
	struct sheet_group **groups;
	size_t n_groups, groups_size;
	bool has_synonyms; /* a metric may stand under two names */
	bool may_weigh;    /* counts may be sums of weights */
	/* Groups count rows that are selected and that are not, no labels. */
	bool has_no_labels;
	/* Rows in no group of an attribute are those without a value of it. */
	bool rest_is_missing;
	bool is_weighted; /* and some are: no whole numbers */
	bool is_full;     /* there are more than SHEET_GROUPS */
	struct sheet_figure *figures;
	size_t n_figures, figures_size;
	struct sheet_ratio *ratios;
	size_t n_ratios, ratios_size;
	struct sheet_pair *pairs;
	size_t n_pairs, pairs_size;
	struct figure_table between; /* between groups, as stated */
};

/* From now on the file speaks of this variant; see variant_add(). */
void sheet_variant(
    struct sheet *sheet, const char *name, int rank, struct pos pos);

/*
 * The group of an attribute in the present variant, made when it is met for
 * the first time.  An empty group is "(missing)", an empty attribute "group",
 * and "(overall)" the whole of every attribute.  Names are kept.
 */
struct sheet_group *sheet_group(struct sheet *sheet, const char *attribute,
    const char *group, struct pos pos);

/* The group of the present variant that is met already, or NULL. */
struct sheet_group *sheet_find(
    const struct sheet *sheet, const char *attribute, const char *group);

/* The whole file in the present variant. */
struct sheet_group *sheet_whole(struct sheet *sheet, struct pos pos);

/* Complain of a scalar; always -1. */
int sheet_bad(struct sheet *sheet, enum diag_id id,
    const struct import_text *text, const char *remedy);

/*
 * Read a number: 1, or 0 when the export has none there (null, empty, "NaN"
 * and its like), or -1 with the reason in diags.
 */
int sheet_number(
    struct sheet *sheet, const struct import_text *text, double *out);

/* Whether two numbers differ by no more than 1e-9 of the larger, or of 1. */
bool sheet_is_near(double a, double b);

/* State the rows of a group, which may be written "310.0". */
void sheet_rows(struct sheet *sheet, struct sheet_group *group,
    const struct import_text *text);

/*
 * State how many rows of a group are in a cell; where sheet->may_weigh what is
 * no whole number makes weights of all.
 */
void sheet_count(struct sheet *sheet, struct sheet_group *group, enum cell cell,
    const struct import_text *text);

/* Add to the rows of a group in a cell, which is then known. */
void sheet_add(struct sheet_group *group, enum cell cell, unsigned long long n);

/*
 * State a figure; one without a number is undefined.  Return it, for what else
 * the export knows of it, or NULL when it is unusable.
 */
struct figure *sheet_figure(struct sheet *sheet, struct sheet_group *group,
    const struct metric *metric, const struct import_text *text);

/*
 * State the ratio of a group to a reference group of its attribute.  Return
 * it, for one that is a difference.
 */
struct sheet_ratio *sheet_ratio(struct sheet *sheet, struct sheet_group *group,
    const struct metric *metric, const char *reference,
    const struct import_text *text);

/*
 * State something between groups, under the name that it shall have; group is
 * "(all groups)" or "x vs y".  Names are kept.
 */
void sheet_between(struct sheet *sheet, const char *attribute,
    const char *group, const char *metric, const struct import_text *text);

/*
 * Choose a variant, recount what has counts, and fill out->figures,
 * out->between and the tables.  Return 0, or -1 with the reason in diags.
 */
int sheet_finish(struct sheet *sheet, struct import *out);

#endif
