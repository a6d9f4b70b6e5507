#ifndef DOSSIER_CHECK_FINGERPRINT_H
#define DOSSIER_CHECK_FINGERPRINT_H

#include "base/arena.h"
#include "check/naming.h"
#include "model/record.h"

/*
 * What makes a finding the same finding in another run, for the baseline and
 * for tools that compare runs (SARIF partialFingerprints, GitLab): the rule,
 * the model, the field, and what was found there.  No line is in it, no
 * wording, no age and no count that is withheld; so it outlives lines put in,
 * keys in another order, texts folded otherwise and a pack that words its
 * messages anew, and it changes when an answer, a file or a figure does.
 */

enum { FINGERPRINT_DIGITS = 32, FINGERPRINT_CONTENT_DIGITS = 16 };

/*
 * Hash of what stands at a path of the record, 16 digits: the answers below
 * the field, the SHA-256 of files they name, figures and measures; and what
 * stands at the place that contradicts it, where one does.
 */
const char *fingerprint_content(struct record *record, struct naming *naming,
    const char *path, struct pos other);

/*
 * Hash of rule, model, field and content, 32 digits, the terms of a baseline.
 */
const char *fingerprint_of(struct arena *arena, const char *rule,
    const char *model, const char *field, const char *content);

/* Set field, content and fingerprint of each verdict that is a finding. */
void fingerprint_verdicts(struct record *record);

#endif
