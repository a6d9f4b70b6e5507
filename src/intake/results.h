#ifndef DOSSIER_INTAKE_RESULTS_H
#define DOSSIER_INTAKE_RESULTS_H

#include "base/file.h"
#include "model/record.h"

/*
 * One file of evaluation results, JSON or CSV, as a list of fields by the
 * term `evaluation.measures`: the same keys, types and findings as in
 * model.yaml itself.
 */
struct results {
	const struct field *measures; /* a list; NULL where there are none */
	const char *data_set;         /* of entries that state none; or NULL */
};

/*
 * Read the file that a field of evaluation.results names.  Its bytes must
 * be those that were hashed.  Return 0, or -1 with the reason in
 * record->diags and the evidence file marked unreadable where it is: not a
 * format we read, not parsed, or of another model or version.
 */
int results_read(struct results *out, struct record *record,
    const struct field *field, const struct folder *root);

#endif
