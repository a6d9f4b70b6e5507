#ifndef DOSSIER_INTAKE_SCHEMA_H
#define DOSSIER_INTAKE_SCHEMA_H

#include "base/text.h"
#include "model/term.h"

/*
 * What other programs may know of model.yaml, written from the vocabulary so
 * that it cannot say anything else than our own reader.
 */

/*
 * Append the JSON Schema (draft 2020-12) of model.yaml, for editors.  It
 * refuses what intake refuses, as far as a schema can say it: whether a file
 * exists, and whether a day does, it cannot.  Both YAML 1.1 and 1.2 readers
 * are allowed for: a version 4.2 may arrive as a number.
 */
void schema_json(const struct vocabulary *vocabulary, struct text *out);

/*
 * Append the XML Schema (1.0) that declares the element `record` of report
 * documents: schemas/record.xsd, which schemas/dossier.xsd includes.
 */
void schema_xsd(const struct vocabulary *vocabulary, struct text *out);

#endif
