#ifndef DOSSIER_APP_FINDING_H
#define DOSSIER_APP_FINDING_H

#include <libxml/tree.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/text.h"
#include "model/policy.h"
#include "model/verdict.h"

/*
 * The one list of findings that every format prints: of a model, from its
 * report document, or of the run itself, from what went wrong beside the
 * models.  So no two formats can disagree.
 */

/* Why a finding does not count although it stands. */
enum suppression { SUPPRESSED_NOT, SUPPRESSED_WAIVED, SUPPRESSED_BASELINE };

/* A place in a file; 0 is not known. */
struct spot {
	const char *file;  /* below the portfolio's root; or NULL */
	const char *place; /* the same from the repository's root */
	unsigned line, column;
};

/* Texts are never NULL but where said; "" is nothing. */
struct finding {
	const char *fingerprint; /* unique in its list; no line is in it */
	const char *id;
	const char *rule;
	const char *title;
	const char *message;
	const char *why;
	const char *fix;
	const char *provision;
	const char *result;    /* "fail", "unknown", ... */
	const char *status;    /* "Not met", ... */
	const char *effect;    /* "blocks", "warns", "passes" */
	const char *graveness; /* "error", ...: how grave the rule is */
	const char *path;      /* of the field */
	struct spot at;
	struct spot other; /* of what contradicts it */
	const char *owner, *wanted_by, *first_seen;
	const char *days_left;   /* until the duty applies */
	const char *tuned;       /* by which profile its weight changed */
	const char *known_since; /* in the baseline */
	const char *waiver, *waived_by, *waived_until, *waived_for;
	enum diag_severity severity; /* what it does to the gate */
	enum suppression suppression;
	bool closes; /* the gate */
};

/* One model and its findings, the gravest first. */
struct judged {
	const xmlDoc *doc; /* NULL: the run itself */
	const char *id, *name, *version, *tier;
	const char *file, *place; /* as of a finding */
	struct finding *findings;
	size_t n;
};

/* What making the list needs to know. */
struct finding_scope {
	const struct folder *root;   /* of the portfolio */
	const char *prefix;          /* from the repository to it; or "" */
	const struct policy *policy; /* what closes the gate; or NULL */
};

/*
 * The findings of a model's report document.  Texts are borrowed from it, the
 * rest is the arena's.
 */
void finding_read(struct judged *out, struct arena *arena, const xmlDoc *doc,
    const struct finding_scope *scope);

/* A verdict that is not yet in a document, as far as a message needs it. */
void finding_of_verdict(struct finding *out, const struct verdict *verdict);

/* The findings of a run: each diagnostic is one. */
void finding_of_diags(struct judged *out, struct arena *arena,
    const struct diag_list *diags, const struct finding_scope *scope);

/*
 * Append the finding as one line without its end, "place:line:column: error:
 * what is wrong [RULE]", made safe for a log.
 */
void finding_put_line(struct text *out, const struct finding *finding);

/*
 * Append what a reader should know beside the fault, where there is something:
 * a waiver, the days left until the duty applies.
 */
void finding_put_note(struct text *out, const struct finding *finding);

/*
 * The path from the root of the repository, the nearest folder above the
 * working folder that has .git, to the folder of the portfolio; "" when they
 * are one or when it lies elsewhere.  Without a repository the working folder
 * stands for it.
 */
const char *finding_prefix(struct arena *arena, const char *root_real);

#endif
