#ifndef DOSSIER_XLSX_XLSX_H
#define DOSSIER_XLSX_XLSX_H

#include <libxml/tree.h>

#include "base/file.h"
#include "xlsx/expr.h"

/*
 * Workbooks: a template (templates/workbook-*.yaml) laid over a report
 * document.  Nothing here knows what a model is; what a sheet shows is
 * written in the template.  The same template and document give the same
 * bytes, whatever the time, time zone or locale.
 *
 * The library that writes the file can crash when memory ends and can lose
 * parts of it when a disk fills up: call xlsx_write() in a worker process;
 * it reads every part back before it says that all is well.
 */

struct xlsx_template;

/*
 * Read a template, its names checked against those that the contract of the
 * document declares.  Return NULL with every offence in diags.  It lives in
 * the arena and borrows the source; end it with xlsx_free() before the arena.
 */
struct xlsx_template *xlsx_load(struct arena *arena, struct source *source,
    const struct xlsx_names *names, struct diag_list *diags);

/* Release what libxml2 holds for a template; NULL is allowed. */
void xlsx_free(struct xlsx_template *template);

/*
 * Write the workbook folder/name.  Temporary files go into the same folder,
 * which should be on the disk that the workbook is published from.  Return 0
 * when the file is there and read back, which it need not have reached the
 * disk for; or -1 with the reason in diags, and no file.
 */
int xlsx_write(const struct xlsx_template *template, xmlDocPtr doc,
    const char *folder, const char *name, struct diag_list *diags);

#endif
