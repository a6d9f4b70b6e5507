#ifndef DOSSIER_MODEL_SUMMARY_H
#define DOSSIER_MODEL_SUMMARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/hash.h"
#include "model/figure.h"
#include "model/verdict.h"

/*
 * What is left of a model when its own arena is gone: enough for the portfolio
 * report, for the ledger, and for the next run to tell what changed.  Strings
 * are borrowed from whoever made the structure.
 */

enum gate { GATE_OPEN, GATE_CLOSED, GATE_UNREADABLE };

/* One verdict.  "Not kept" members are for the portfolio report only. */
struct summary_verdict {
	const char *id; /* struct verdict's, stable over runs */
	const char *rule;
	const char *path; /* field, or "" */
	enum verdict_result result;
	enum status status;
	enum effect effect;
	const char *message;
	date first_seen;    /* the day of the run that first had it */
	unsigned runs_open; /* runs in a row, the latest included */
	const char *title;  /* this and what follows: not kept */
	const char *provision;
	const char *fix;
	struct pos pos;
};

/*
 * One figure of a group, or a measure of the whole (attribute "", group the
 * data set).  NAN stands for what is undefined or must not be shown: the
 * count of a withheld group is never stored.
 */
struct summary_figure {
	const char *attribute;
	const char *group;
	const char *metric;
	double n;
	double value;
	double ratio;
	enum figure_result result;
};

/* One model in one run.  Strings may be "" but not NULL, where kept. */
struct summary {
	const char *id;
	const char *name;
	const char *version;
	const char *tier; /* for a reader: "High-risk (Annex III)" */
	enum gate gate;
	unsigned blocking; /* findings that block, that warn */
	unsigned warnings;
	unsigned met; /* documents on file, of those asked for */
	unsigned applicable;
	const char *worst_attribute; /* of the fairness limits; "" if none */
	const char *worst_group;
	double worst_ratio;               /* or NAN */
	char document[HASH_HEX_SIZE];     /* SHA-256 of its report document */
	char inputs[HASH_HEX_SIZE];       /* tree hash of its input files */
	struct summary_verdict *verdicts; /* in order, see summary_sort() */
	size_t n_verdicts;
	struct summary_figure *figures; /* in order */
	size_t n_figures;
	unsigned known;        /* findings in the baseline; not kept */
	const char *provision; /* this and what follows: not kept */
	const char *role;
	const char *owner;
	date next_date; /* or DATE_NONE */
	const char *next_what;
};

/* A run as a whole. */
struct run_info {
	int64_t seq; /* place in the ledger, from 0; -1 when not recorded */
	const char *id;
	int64_t time; /* seconds since the epoch, UTC */
	date as_of;   /* the day the law is judged on */
	const char *generator;
	const char *pack;           /* version of the schema pack */
	const char *policy;         /* version of the policy */
	char inputs[HASH_HEX_SIZE]; /* tree hash of all inputs, all outputs */
	char outputs[HASH_HEX_SIZE];
	size_t n_inputs, n_outputs;
	unsigned n_models, n_blocked;
	unsigned n_blocking, n_warnings; /* findings of all models */
	unsigned n_met, n_applicable;    /* documents of all models */
	int status;                      /* exit status */
};

/* The run before, and the way there. */
struct history {
	bool is_first;          /* there is no run before: the rest is empty */
	struct run_info before; /* the run that is compared with */
	struct summary *models; /* its models, in order */
	size_t n_models;
	struct run_info *trend; /* at most the last 30 runs, oldest first */
	size_t n_trend;
};

/* Why something changed; several may be true, the first that is, is given. */
enum cause {
	CAUSE_DATA,    /* the files of the model changed */
	CAUSE_PACK,    /* another version of the schema pack */
	CAUSE_POLICY,  /* another policy, or a waiver */
	CAUSE_PRODUCT, /* another version of this program */
	CAUSE_DATE     /* a day passed: a duty began, evidence aged */
};

enum change_kind {
	CHANGE_RUN, /* pack, policy or product; model is NULL */
	CHANGE_MODEL_NEW,
	CHANGE_MODEL_REMOVED,
	CHANGE_GATE,
	CHANGE_FACT, /* version or risk tier */
	CHANGE_FINDING_NEW,
	CHANGE_FINDING_CLOSED,
	CHANGE_FINDING, /* another status or effect */
	CHANGE_FIGURE   /* moved across a limit */
};

/* One change, in words for a reader. */
struct change {
	enum change_kind kind;
	const char *model; /* id and name, or NULL */
	const char *model_name;
	const char *what; /* "Gate", "AIV-2G: evaluation.reports[1]" */
	const char *before;
	const char *now;
	enum cause cause;
	enum status status;  /* of what is now, for its colour */
	const char *verdict; /* id of the verdict, or NULL */
};

/* Changes of the run first, then worst first, then by model and subject. */
struct change_list {
	struct change *changes;
	size_t n;
};

/*
 * Put models in the order of their ids, verdicts of their ids, figures of
 * attribute, group and metric.  Of several with one key one stays.
 * Return the number of models left.
 */
size_t summary_sort(struct summary *models, size_t n);

/* The model in the run before, or NULL: new, or history is NULL. */
const struct summary *history_model(
    const struct history *history, const char *id);

/* The verdict of a sorted summary, or NULL; summary may be NULL. */
const struct summary_verdict *summary_verdict(
    const struct summary *summary, const char *id);

/* The figure of a sorted summary, or NULL; summary may be NULL. */
const struct summary_figure *summary_figure(const struct summary *summary,
    const char *attribute, const char *group, const char *metric);

/*
 * Whether the verdict says something that is not settled: the ledger keeps
 * only these.  Passed and not applicable is settled.
 */
bool summary_is_open(enum verdict_result result);

/*
 * Since when a verdict is open, given the model in the run before (or NULL)
 * and the time of this run: fills in first_seen and runs_open.
 */
void summary_set_open(struct summary_verdict *verdict,
    const struct summary *before, int64_t time);

/* "Open", "Closed", "Failed, unreadable". */
const char *gate_word(enum gate gate);

/* "data", "pack", "policy", "product", "date". */
const char *cause_word(enum cause cause);

#endif
