#ifndef DOSSIER_MEASURE_OPTIONS_H
#define DOSSIER_MEASURE_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "model/figure.h"

/* What both readers of fairness evidence are told by policy and manifest. */

/* The group that the others of an attribute are compared with. */
struct measure_reference {
	const char *attribute; /* "sex", "sex*age" */
	const char *group;
	struct pos pos; /* where it is named, or file NULL: by an option */
};

struct measure_options {
	double min_report; /* groups of fewer rows are withheld; 0: none */
	double confidence; /* of the intervals: 0.95 */
	const char *const *metrics; /* standard names; NULL: the default set */
	size_t n_metrics;
	const char *const *also; /* beside these, where rows give them */
	size_t n_also;
	const struct measure_reference *references; /* else the largest group */
	size_t n_references;
	bool missing_is_group; /* compare "(missing)" with the others */
	/* Of exports: the positive class; NULL: 1, true, yes, positive. */
	const char *positive;
	/* Of exports with several tables: the one to read, by name; or NULL. */
	const char *variant;
};

#endif
