#ifndef DOSSIER_APP_TERMINAL_H
#define DOSSIER_APP_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

/* What the terminal behind standard output can show. */

/*
 * Its columns, or what COLUMNS says, or the usual ones where it is none; at
 * least and at most so many.
 */
size_t terminal_width(size_t usual, size_t least, size_t most);

/* Whether LC_ALL, LC_CTYPE or LANG, the first that is set, names UTF-8. */
bool terminal_is_utf8(void);

#endif
