#ifndef DOSSIER_APP_SCAFFOLD_H
#define DOSSIER_APP_SCAFFOLD_H

#include "base/text.h"
#include "check/catalogue.h"
#include "model/policy.h"
#include "model/term.h"

/*
 * A model.yaml to begin with.  What is open in it is not guessed: the facts
 * that are known are judged by the rules, and each key that a finding names
 * becomes an open point, so that the scaffold and the gate cannot disagree.
 * A key that a rule would look at is there as a comment.
 */

/* A key whose value is known from the start, as YAML writes it. */
struct scaffold_fact {
	const struct term *term; /* no list of sections lies above it */
	const char *value;
};

/* A rule that looks at a key. */
struct scaffold_ask {
	const struct rule *rule;
	bool is_finding; /* it fails, or a person must decide */
	date applies;    /* the day its duty begins, or DATE_NONE */
	bool is_ahead;   /* that day lies behind the day of judgement */
	bool is_asked;   /* by its check; else by its condition alone */
	bool is_waiting; /* for its condition, which does not hold yet */
	struct scaffold_ask *next;
};

/* A key of the vocabulary on its way into the scaffold; a tree like that. */
struct scaffold_key {
	const struct term *term;
	const char *value; /* given; or NULL */
	bool is_open;      /* a finding names it */
	bool is_used;      /* a rule that binds looks at it, or below it */
	bool has_live;     /* it or a key below is given or open */
	struct scaffold_ask *asks; /* in the order of rules */
	struct scaffold_key *parent, *first, *next;
};

struct scaffold {
	struct arena *arena;
	const struct vocabulary *vocabulary;
	const struct catalogue *catalogue;
	const struct policy *policy;
	const char *schema; /* JSON Schema as seen from the file, or NULL */
	bool is_brief;      /* write what is given or open only */
	struct scaffold_key *top;
	size_t n_open, n_findings;
};

/*
 * Judge the facts under out->policy and mark every key.  The members up to
 * schema are set by the caller.  Return 0, or -1 when a fact cannot be read,
 * with the reasons in diags.
 */
int scaffold_make(struct scaffold *out, const struct scaffold_fact *facts,
    size_t n_facts, struct diag_list *diags);

/* Append the scaffold as YAML with comments. */
void scaffold_write(const struct scaffold *scaffold, struct text *out);

#endif
