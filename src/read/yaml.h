#ifndef DOSSIER_READ_YAML_H
#define DOSSIER_READ_YAML_H

#include "base/file.h"
#include "read/value.h"

/*
 * YAML 1.1 as libyaml's events give it, less what lets a file say something
 * that its reader does not see: one document, no tags, no duplicate keys
 * (compared after unescaping), no key that is not a scalar, no escaped
 * control characters; aliases within a budget of 100,000 nodes, no cycle, no
 * undefined or redefined anchor, at most 256 anchors; depth 64.  The bytes
 * must have passed source_check_text() or are checked here first.
 *
 * Return the tree in the arena, or NULL with the reason in diags.
 */
struct value *yaml_read(
    struct arena *arena, struct source *source, struct diag_list *diags);

#endif
