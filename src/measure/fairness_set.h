#ifndef DOSSIER_MEASURE_FAIRNESS_SET_H
#define DOSSIER_MEASURE_FAIRNESS_SET_H

#include "base/intern.h"
#include "measure/complaints.h"
#include "measure/metric.h"
#include "measure/options.h"
#include "model/figure.h"

/* The figures of a file and the groups that they are of; private to it. */

struct fairness_member;

struct fairness_entry {
	size_t attribute; /* number, in the order of the file */
	const struct metric *metric;
	struct figure *figure;
};

/* A group of an attribute, whatever the metric. */
struct fairness_member {
	size_t attribute;
	const struct figure *first; /* that names it in the file */
};

/* Set what comes before attributes, and zero the rest. */
struct fairness_table {
	struct arena *arena;
	const struct measure_options *options;
	struct complaints *complaints;
	const char *name; /* of the file, in the arena */
	struct intern attributes;
	struct intern names; /* of metrics, each of them once */
	const struct metric **metrics;
	size_t metrics_size;
	struct fairness_entry *entries;
	size_t n, size;
	struct fairness_member *members;
	size_t n_members;
};

enum {
	FAIRNESS_ATTRIBUTES = 1000, /* at most */
	FAIRNESS_FIGURES = 200000   /* at most */
};

#endif
