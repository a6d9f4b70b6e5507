#ifndef DOSSIER_MODEL_POLICY_H
#define DOSSIER_MODEL_POLICY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/diag.h"

/*
 * What the operator of the gate has decided, from dossier.yaml: it binds the
 * models, and no model can loosen it.
 */

/* A limit on a figure between or within groups. */
struct fairness_limit {
	const char *metric;       /* standard name */
	const char *attribute;    /* or "*": every attribute */
	const char *compare;      /* "ratio", "difference" or "value" */
	bool has_least, has_most; /* difference: limits on its size */
	double least, most;
	bool has_warn_least, has_warn_most;
	double warn_least, warn_most; /* the warning band begins here */
	struct pos pos;
};

/* A limit on a performance measure of every model of a tier. */
struct waiver {
	const char *id;
	const char *rule;
	const char *model;
	const char *path; /* field, or NULL: every field of the rule */
	const char *reason;
	const char *approved_by;
	date approved_on;
	date expires_on; /* last day in force */
	struct pos pos;
};

struct policy {
	const char *version;    /* "FP-3" */
	date as_of;             /* the day the law is judged on */
	int lead_time_days;     /* a duty is judged so long before it applies */
	double min_report;      /* groups below are withheld; 30 */
	double confidence;      /* 0.95 */
	bool judge_by_interval; /* limits judged by the interval, not value */
	int max_age_months;     /* of evidence; 12 */
	enum diag_severity fail_on; /* DIAG_ERROR: the default */
	bool never_fail;            /* --fail-on=never */
	struct fairness_limit *limits;
	size_t n_limits;
	struct waiver *waivers;
	size_t n_waivers;
};

#endif
