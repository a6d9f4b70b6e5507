#ifndef DOSSIER_CHECK_FINGERPRINT_H
#define DOSSIER_CHECK_FINGERPRINT_H

#include "base/arena.h"
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
 * The path of a field with items by what they are called instead of where
 * they stand: "data_sets[loans-2025].name" for "data_sets[2].name".  An item
 * is called by its key id, else name, else the first of its keys that holds a
 * word; a second of one name gets "#2"; one without keeps its number.
 */
const char *fingerprint_field(
    struct arena *arena, const struct field *top, const char *path);

/*
 * Hash of what stands at a path of the record, 16 digits: the answers below
 * the field, the SHA-256 of files they name, figures and measures; and what
 * stands at the place that contradicts it, where one does.
 */
const char *fingerprint_content(const struct record *record,
    struct arena *arena, const char *path, struct pos other);

/*
 * Hash of rule, model, field and content, 32 digits, the terms of a baseline.
 */
const char *fingerprint_of(struct arena *arena, const char *rule,
    const char *model, const char *field, const char *content);

/* Set field, content and fingerprint of each verdict that is a finding. */
void fingerprint_verdicts(struct record *record);

#endif
