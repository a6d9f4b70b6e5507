#ifndef DOSSIER_APP_SARIF_RULES_H
#define DOSSIER_APP_SARIF_RULES_H

#include "app/finding.h"
#include "base/json_write.h"
#include "check/law.h"

/*
 * The rules that results of a SARIF file name, in the order in which they are
 * first named: rules of the catalogue, diagnostics, and what the program finds
 * of its own.
 */

struct sarif_rule {
	const char *id;
	const char *title;       /* the arena's */
	const struct rule *rule; /* NULL: not of the catalogue */
	const char *fix;         /* of a diagnostic; or "" */
	enum diag_severity severity;
};

struct sarif_rules {
	const struct catalogue *catalogue;
	struct arena *arena;
	struct sarif_rule *list;
	size_t n, size;
	size_t *known; /* a rule of the catalogue: its index and 1, or 0 */
};

/* Begin an empty list in the arena. */
void sarif_rules_open(struct sarif_rules *rules, struct arena *arena,
    const struct catalogue *catalogue);

/* The index of a finding's rule, which is added where it is new. */
size_t sarif_rules_index(
    struct sarif_rules *rules, const struct finding *finding);

/* Write the member "rules": reportingDescriptor objects. */
void sarif_rules_write(
    const struct sarif_rules *rules, struct json_writer *writer);

#endif
