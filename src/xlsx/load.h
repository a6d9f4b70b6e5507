#ifndef DOSSIER_XLSX_LOAD_H
#define DOSSIER_XLSX_LOAD_H

#include "read/value.h"
#include "xlsx/template.h"

/*
 * Read a template from its value tree.  Return NULL with every offence in
 * diags.
 */
struct xlsx_template *template_read(struct arena *arena,
    const struct value *root, const struct xlsx_names *names,
    struct diag_list *diags);

#endif
