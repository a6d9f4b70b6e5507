#ifndef DOSSIER_APP_JSON_H
#define DOSSIER_APP_JSON_H

#include <libxml/tree.h>
#include <stdbool.h>

#include "base/text.h"

/*
 * Findings for programs: one JSON object with a version of its own, the same
 * for `dossier check --format=json` and for findings.json of a pack.  Made
 * from report documents, as every output.
 */

/* Begin the object: generator, day, pack of any document; models follow. */
void json_begin(struct text *out, const char *generator, const char *as_of,
    const char *pack);

/* A model's entry with its findings; is_first puts no comma before it. */
void json_model(struct text *out, const xmlDoc *doc, bool is_first);

/* End the object with the gate's word and the exit status. */
void json_end(struct text *out, bool gate_open, int status);

#endif
