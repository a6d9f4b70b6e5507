#ifndef DOSSIER_HTML_COMPILE_H
#define DOSSIER_HTML_COMPILE_H

#include "html/compiler.h"

/*
 * Compile the file from the offset on: all of it, or one element when
 * fragment is set.  Return 0, or -1 when the markup itself is wrong; other
 * mistakes go to diags and reading goes on.
 */
int html_compile(
    struct html_compiler *compiler, const struct source *source, size_t offset);

#endif
