#ifndef DOSSIER_CHECK_OUTLINE_H
#define DOSSIER_CHECK_OUTLINE_H

#include "base/file.h"
#include "read/value.h"

/*
 * Read a file of rules without their examples, or of provisions without whom
 * they bind and how they are covered: nearly half of the text, which judging
 * does not need.  All else keeps its place.  Such a block is found by its
 * look: the key as our files indent it, and what stands deeper; one of another
 * look is simply read.  The source is borrowed and left as it is.  Return the
 * tree in the arena, or NULL with the reason in diags.
 */
struct value *outline_read(
    struct arena *arena, const struct source *source, struct diag_list *diags);

#endif
