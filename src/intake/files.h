#ifndef DOSSIER_INTAKE_FILES_H
#define DOSSIER_INTAKE_FILES_H

#include "base/file.h"
#include "model/record.h"

/*
 * The evidence files that fields of a record name: resolved against the
 * model's folder, beneath the portfolio's root, opened, hashed in pieces and
 * counted once a file, however many fields name it.
 */

/*
 * Find the files of every field of record->top, into record->files and
 * record->inputs.  What is wrong is in record->diags: a path that leaves the
 * root makes its field unusable; a file that is missing, cannot be read, is
 * empty or differs from the digest beside it is FILE_UNREADABLE.
 */
void files_take(struct record *record, const struct folder *root);

/*
 * The same without a file system, for examples: a file counts as found unless
 * its name holds "missing".
 */
void files_suppose(struct record *record);

/* A new entry for record->inputs in the arena; the path is borrowed. */
struct input_file *files_input(struct arena *arena, const char *path,
    unsigned long long bytes, const char *sha256);

#endif
