#ifndef DOSSIER_MEASURE_METRIC_TYPE_H
#define DOSSIER_MEASURE_METRIC_TYPE_H

#include "measure/group.h"

/* What a metric is, for the formulas and for the catalogue of them. */

enum metric_kind {
	METRIC_RATE, /* share of the rows in the denominator: has an interval */
	METRIC_SHARE,    /* the same, of the rows of the whole file */
	METRIC_QUOTIENT, /* of counts, but no share of rows */
	METRIC_DERIVED,  /* of several rates */
	METRIC_COUNT,    /* of rows, or the sum of their weights */
	METRIC_SCORE,    /* of the scores of a group */
	METRIC_CLASS,    /* of true and predicted class, and of nothing else */
	METRIC_NUMBER,   /* of true and predicted number */
	METRIC_RANK      /* of places by score among the rows of the file */
};

/* Which way is better for whom the model judges rightly; not for whom. */
enum metric_direction { METRIC_NEITHER, METRIC_HIGHER, METRIC_LOWER };

/* The value of a metric in one group. */
struct metric_value {
	bool defined;
	bool has_counts; /* numerator and denominator are known */
	bool is_share;   /* of the effective rows: has an interval */
	double value;    /* when defined */
	double numerator, denominator;
	double effective;   /* rows behind the denominator, as if unweighted */
	const char *reason; /* when undefined; a literal */
};

/* What a formula is given. */
struct metric_input {
	const struct metric *metric;
	const struct group *group;
	const struct group *whole; /* of the file: a group of all rows */
};

/*
 * Fill out, which is empty.  When it leaves out->reason NULL though the value
 * is undefined, the reason is metric->empty.
 */
typedef void metric_formula(
    const struct metric_input *in, struct metric_value *out);

struct metric {
	const char *name; /* its label: metric_label() of model/figure.h */
	enum metric_kind kind;
	enum metric_direction direction;
	double least, most; /* range of the value; may be infinite */
	cell_factors numerator;
	cell_factors denominator;   /* of a formula: the rows it is of */
	const char *empty;          /* reason when the denominator is 0 */
	metric_formula *formula;    /* NULL: numerator / denominator */
	metric_formula *of_classes; /* the same for several classes; or NULL */
	/* Of one that metric_resolve() made; else empty. */
	const struct metric *base; /* the entry of the catalogue */
	const char *class;         /* against the rest; or the true one */
	const char *predicted;     /* of a cell of the confusion */
	unsigned number;           /* also of entries with a number */
};

#endif
