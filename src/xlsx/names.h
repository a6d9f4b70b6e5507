#ifndef DOSSIER_XLSX_NAMES_H
#define DOSSIER_XLSX_NAMES_H

#include <stddef.h>

#include "base/diag.h"

/*
 * Names that the contract of the document declares: elements as they are,
 * attributes as "@name".  n = 0 leaves names unchecked.
 */
struct xlsx_names {
	const char *const *names;
	size_t n;
};

/*
 * Check that an XPath expression names only elements and attributes that the
 * contract declares and functions that exist.  Return 0, or -1 with each
 * offence in diags at pos, with the nearest declared name.
 */
int names_check(const char *path, const struct xlsx_names *names,
    struct pos pos, struct diag_list *diags);

#endif
