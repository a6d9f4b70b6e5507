#ifndef DOSSIER_MODEL_FAIRNESS_H
#define DOSSIER_MODEL_FAIRNESS_H

#include <stdbool.h>
#include <stddef.h>

#include "model/evidence.h"
#include "model/policy.h"

/*
 * What the section `fairness` of a record asks to be measured: attributes,
 * files of figures, a file of predictions, and limits of the model's own.
 * Everything borrows from the record's arena.
 */

struct fairness_attribute {
	const char *name;      /* column or attribute: "sex", "sex*age" */
	const char *label;     /* for a reader; the name if unsaid */
	const char *reference; /* reference group, or NULL: the largest */
	struct pos reference_pos;
	const char **edges; /* of bins of a column of numbers, ascending */
	size_t n_edges;
	struct pos pos;
};

/* A tidy file of figures; file->state says whether it can be read. */
struct fairness_file {
	const struct evidence_file *file;
	struct pos pos; /* where model.yaml names it */
};

/* What labels and predictions are. */
enum fairness_kind { FAIRNESS_BINARY, FAIRNESS_CLASSES, FAIRNESS_NUMBERS };

/* A file of predictions and what its columns are called. */
struct fairness_predictions {
	const struct evidence_file *file;
	struct pos pos;
	enum fairness_kind kind;
	const char *label;      /* column of the true outcome, or NULL */
	const char *prediction; /* column of the decision, or NULL */
	const char *score;      /* column of the score, or NULL */
	bool has_threshold;
	double threshold;     /* score from which a row counts as selected */
	const char *weight;   /* column, or NULL */
	const char *positive; /* value that counts as positive, or NULL */
	const char *data_set; /* or NULL */
};

/* A metric that the record names, by whatever name. */
struct fairness_metric {
	const char *name;
	struct pos pos;
};

struct fairness {
	struct fairness_attribute *attributes;
	size_t n_attributes;
	struct fairness_file *files;
	size_t n_files;
	struct fairness_predictions *predictions; /* or NULL */
	const char **control; /* columns of features to hold fast */
	size_t n_control;
	struct fairness_metric *metrics; /* to show; none: the usual ones */
	size_t n_metrics;
	struct fairness_limit *limits; /* the model's own: only stricter */
	size_t n_limits;
};

#endif
