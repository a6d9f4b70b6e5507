#ifndef DOSSIER_MODEL_CONTEXT_H
#define DOSSIER_MODEL_CONTEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "model/policy.h"

/*
 * What every report of one run has in common.  All of it is set before the
 * first model is taken in and is read-only from then on, so that worker
 * processes inherit it.
 */

/* Whose portfolio it is; NULL members were not given. */
struct organisation {
	const char *name;
	const char *unit;
	const char *contact;
	const char *authority; /* addressee of the portfolio workbook */
	const char *confidentiality;
};

/* The schema pack in use. */
struct pack {
	const char *name;    /* "eu-ai-act" */
	const char *version; /* "2026.3" */
	const char *edition;
	date reviewed;
	size_t n_rules;
};

/* A row that a table of provisions always shows, met or not. */
struct point {
	const char *id; /* obligation: "annex-iv.1.a" */
	const char *no; /* "1(a)" */
	const char *subject;
	const char *provision; /* "Annex IV 1(a)" */
};

/* A rule as the portfolio workbook lists it. */
struct rule_line {
	const char *id;
	const char *title;
	const char *provision;
	const char *applies_to;
	const char *tested;
	const char *effect;
	date applies_from; /* or DATE_NONE */
};

/* A provision of the law and how it is covered, in the order of the law. */
struct provision_line {
	const char *id;
	const char *chapter;
	const char *provision;
	const char *paraphrase;
	const char *holders;    /* "provider, deployer" */
	const char *tiers;      /* "high-risk" */
	date applies_from;      /* the first day, of all routes */
	date annex_i_from;      /* of Annex I systems, if that differs */
	const char *gate;       /* what a program can see: "presence" */
	const char *covered;    /* "rules", "judgement", "evidence", ... */
	const char *covered_by; /* ids of rules, or the reason */
	bool is_gap;            /* due, and asked by no rule */
};

struct run_info;
struct history;

struct context {
	struct organisation organisation;
	struct pack pack;
	const struct policy *policy;
	const char *profile; /* what it is and relaxes; or NULL */
	const struct run_info *run;
	const struct history *history; /* of the run before; NULL: first run */
	const struct point *points;    /* Annex IV, then Article 27(1) */
	size_t n_points;
	const struct rule_line *rules;
	size_t n_rules;
	const struct provision_line *provisions; /* for the portfolio only */
	size_t n_provisions;
};

#endif
