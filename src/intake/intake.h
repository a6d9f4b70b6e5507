#ifndef DOSSIER_INTAKE_INTAKE_H
#define DOSSIER_INTAKE_INTAKE_H

#include "base/file.h"
#include "model/record.h"
#include "model/term.h"
#include "read/value.h"

/*
 * Taking a model in: its model.yaml becomes a record, typed and checked by
 * the vocabulary; its evidence files are found and hashed; its evaluation
 * results become measures.  Nothing here stops at the first slip, and nothing
 * that is wrong stays silent: it is in record->diags with its place.
 */

#define INTAKE_FILE "model.yaml"

/* Findings that are kept of one model; a thousand are not read in one go. */
enum { INTAKE_FINDINGS = 1000 };

/*
 * Take in record->folder/model.yaml beneath the portfolio's root, or the file
 * record->file there where it is set.  The record is zero otherwise and must
 * not move afterwards.  When the file
 * cannot be read, record->is_readable stays false and the record has no more
 * than file, id (the folder's name), an empty top and diags.
 */
void intake_record(struct record *record, const struct vocabulary *vocabulary,
    const struct folder *root);

/*
 * Take in a fragment of a model.yaml that is in memory, for examples of rules:
 * no file is opened (one counts as found unless its name holds "missing"),
 * and keys that a record needs may be missing.  The value is borrowed for as
 * long as the record lives.
 */
void intake_value(struct record *record, const struct vocabulary *vocabulary,
    const struct value *value);

#endif
