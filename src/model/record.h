#ifndef DOSSIER_MODEL_RECORD_H
#define DOSSIER_MODEL_RECORD_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "model/control.h"
#include "model/disparity.h"
#include "model/evidence.h"
#include "model/figure.h"
#include "model/impact.h"
#include "model/policy.h"
#include "model/unobserved.h"
#include "model/verdict.h"

struct substance;

/*
 * Everything about one model under review; all of it lives in one arena.
 */
struct record {
	struct arena arena;
	const char *folder; /* of its model.yaml, below the portfolio's root */
	const char *file;   /* its model.yaml, as shown */
	const struct source *source; /* of that file; NULL: none was read */
	const char *id; /* from the record; the folder's name if unreadable */
	const char *name;
	const char *version;
	bool is_readable;  /* false: only id, file and diags are usable */
	struct field *top; /* the evidence; an empty section if unreadable */
	struct substance *substance; /* of its texts: check/substance.h */
	struct evidence_file *files;
	struct input_file *inputs; /* every file that was read for it */
	struct figure_table figures;
	struct disparity_table disparities; /* of the figures with counts */
	struct impact_table *impacts;       /* one after the other; or NULL */
	struct control_table controls;
	struct unobserved *unobserved; /* of each intersection; or NULL */
	const char *const *metrics; /* to show, standard names; none: usual */
	size_t n_metrics;
	bool figures_unread;  /* a file of figures could not be taken in */
	bool measures_unread; /* nor a file of measures: see diags */
	struct measure *measures;
	struct verdict_list verdicts;
	struct outlook outlook; /* of the verdicts */
	struct diag_list diags;
};

/* A file that was read: its digest goes into manifest and ledger. */
struct input_file {
	const char *path; /* below the portfolio's root */
	const char *part; /* "input", "pack", "policy", "template" */
	unsigned long long bytes;
	char sha256[HASH_HEX_SIZE];
	struct input_file *next;
};

#endif
