#ifndef DOSSIER_MODEL_POLICY_H
#define DOSSIER_MODEL_POLICY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/diag.h"
#include "model/disparity.h"
#include "model/verdict.h"

/*
 * What the operator of the gate has decided, from dossier.yaml: it binds the
 * models, and no model can loosen it.
 */

/* How a limit is judged. */
enum limit_rule {
	LIMIT_RULE_UNSAID,  /* as the policy says, and there: by the value */
	LIMIT_VALUE,        /* the value misses it */
	LIMIT_INTERVAL,     /* the whole interval misses it */
	LIMIT_FINDING,      /* the value misses it, and significantly */
	LIMIT_SIGNIFICANCE, /* whatever the size, if it is significant */
	LIMIT_FOUR_FIFTHS   /* the ratio to the best group is below 0.8 */
};

/* On which side of the reference, or of a range, what is bad lies. */
enum limit_side { LIMIT_SIDE_UNSAID, LIMIT_LOW, LIMIT_HIGH, LIMIT_BOTH };

/* Groups that a limit may compare with, beside a group by its name. */
#define REFERENCE_BEST "best"       /* by the metric */
#define REFERENCE_LARGEST "largest" /* in rows */
#define REFERENCE_OVERALL "overall" /* the whole file */

/* A limit on a figure between or within groups. */
struct fairness_limit {
	const char *metric;    /* standard name */
	const char *attribute; /* or "*": every attribute */
	const char *compare;   /* "ratio", "difference" or "value" */
	/* A group, or one of the words above; NULL: the record's. */
	const char *reference;
	enum limit_rule rule;
	enum limit_side side; /* unsaid: every side with a limit */
	/* The same where a rule needs one: what the metric says. */
	enum limit_side worse;
	bool has_least, has_most; /* difference: limits on its size */
	double least, most;
	bool has_warn_least, has_warn_most;
	double warn_least, warn_most; /* the warning band begins here */
	struct pos pos;
	struct pos metric_pos; /* of its name */
	/* Comparisons with its reference, for rules that test; or NULL. */
	struct disparity_table *evidence;
	/* How to name its metric where the rows have classes; or NULL. */
	const char *hint;
};

/* A finding that may pass for a time, by a decision that is on file. */
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

/* A finding that was known when the baseline was written. */
struct baseline_entry {
	const char *model;
	const char *rule;
	const char *field;   /* with items by name, see check/naming.h */
	const char *content; /* hash of what was found there */
	enum effect effect;  /* that it had: a warning does not cover a block */
	date since;
	const char *message; /* for the reader */
	struct pos pos;
};

/* Zero where there is none. */
struct baseline {
	const char *pack; /* "eu-ai-act 2026.3": what it was written with */
	date written_on;
	const char *reason;
	struct baseline_entry *entries; /* sorted, see check/baseline.h */
	size_t n;
};

/* What an entry of a profile makes of rules. */
struct profile_rule {
	const char *profile;
	const char *rule;  /* id or glob */
	int was;           /* only rules stated with that severity; -1: all */
	bool only_lawless; /* only rules that no provision asks for */
	enum diag_severity severity;
	const char *reason;      /* or NULL */
	const char *approved_by; /* or NULL */
	struct pos pos;
};

/* How grave rules are here, by name; name is NULL where there is none. */
struct profile {
	const char *name;
	const char *title;
	const char *reason;
	struct profile_rule *rules; /* of several for a rule the last counts */
	size_t n;
};

/* The most that a finding weighs while its duty has not begun. */
enum early { EARLY_ERROR, EARLY_WARNING, EARLY_NOTE };

/* What a waiver is on a day. */
enum waiver_state {
	WAIVER_NOT_YET, /* approved on a later day */
	WAIVER_IN_FORCE,
	WAIVER_ENDING, /* in force, but within the policy's warning days */
	WAIVER_ENDED   /* or without a last day, which makes it none */
};

/* What becomes of a waiver whose approver owns the model. */
enum waiver_owner {
	WAIVER_OWNER_WARN,
	WAIVER_OWNER_ALLOW,
	WAIVER_OWNER_FORBID /* it covers nothing */
};

/* Rules that no waiver, baseline or profile may touch: ids, or globs. */
struct rule_pattern {
	const char *text;
	struct pos pos;
};

struct policy {
	const char *version;    /* "FP-3" */
	date as_of;             /* the day the law is judged on */
	int lead_time_days;     /* a duty is judged so long before it applies */
	enum early early;       /* and weighs no more than this till then */
	double min_report;      /* groups below are withheld; 30 */
	double min_conclude;    /* rows a figure is of, to be judged; 0: any */
	bool missing_is_group;  /* compare "(missing)" with the others */
	double confidence;      /* 0.95 */
	const char *adjustment; /* of p-values for their number: "holm" */
	enum limit_rule judge_by;   /* of limits that do not say it */
	int max_age_months;         /* of evidence; 12 */
	enum diag_severity fail_on; /* DIAG_ERROR: the default */
	bool never_fail;            /* --fail-on=never */
	bool is_strict;             /* what could not be judged warns */
	struct fairness_limit *limits;
	size_t n_limits;
	bool shows_four_fifths; /* tables of impact ratios: 29 CFR 1607.4(D) */
	bool shows_local_law_144; /* and 6 RCNY 5-300 */
	struct waiver *waivers;
	size_t n_waivers;
	int waiver_months;    /* longest life of a waiver; 12 */
	int waiver_warn_days; /* its end is announced so long before; 30 */
	enum waiver_owner waiver_owner;
	struct rule_pattern *not_waivable; /* beside those of the pack */
	size_t n_not_waivable;
	struct baseline baseline;
	struct profile profile;
};

/* The rule of a word such as "four-fifths"; UNSAID when there is none. */
enum limit_rule limit_rule_of(const char *word);

/* The side of "low", "high" or "both"; UNSAID when it is none of these. */
enum limit_side limit_side_of(const char *word);

/* The rule that a limit is judged by: its own, else the policy's. */
enum limit_rule limit_rule_in(
    const struct policy *policy, const struct fairness_limit *limit);

/* Whether a rule tests, and so needs evidence. */
bool limit_rule_tests(enum limit_rule rule);

/* What a waiver is on the day of the policy. */
enum waiver_state waiver_state(
    const struct waiver *waiver, const struct policy *policy);

/* Whether it covers findings in that state. */
bool waiver_covers(enum waiver_state state);

/* "Not yet in force", "In force", "Ends soon", "Ended". */
const char *waiver_state_word(enum waiver_state state);

/* Days from the policy's day to its last one; negative when it has ended. */
long waiver_days_left(const struct waiver *waiver, const struct policy *policy);

#endif
