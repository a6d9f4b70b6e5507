#ifndef DOSSIER_APP_BASELINE_H
#define DOSSIER_APP_BASELINE_H

#include "base/file.h"
#include "base/text.h"
#include "check/law.h"
#include "model/policy.h"

/*
 * The baseline file: strict to read, and always written the same way, sorted
 * and one value a line, so that a review sees what came and what went.
 */

/*
 * Read a baseline.  Return 0, or -1 with every mistake and its place in diags.
 */
int baseline_read(struct baseline *out, struct arena *arena,
    struct source *source, struct diag_list *diags);

/*
 * Hold it against the rules: none of them may be protected.  Return 0, or -1
 * with every mistake in diags.
 */
int baseline_hold(const struct baseline *baseline,
    const struct catalogue *catalogue, struct diag_list *diags);

/* Append the file to a text; its entries are sorted. */
void baseline_put(struct text *out, const struct baseline *baseline);

/*
 * Add BASELINE_UNUSED for each entry whose model is none of the n ids, or
 * whose rule does not exist.
 */
void baseline_of_nothing(const struct baseline *baseline,
    const struct catalogue *catalogue, const char *const ids[], size_t n,
    struct diag_list *diags);

/* Whether a reason says something: -1 with the mistake in diags. */
int baseline_check_reason(
    const char *reason, struct pos pos, struct diag_list *diags);

#endif
