#ifndef DOSSIER_XLSX_PARTS_H
#define DOSSIER_XLSX_PARTS_H

#include "xlsx/reader.h"

/*
 * The parts of template_read(), in the order in which they run.
 */

/* Read one entry of "sheets"; charts too.  Return NULL when it is no map. */
struct xlsx_sheet *sheet_read(struct reader *reader, const struct value *map);

/* Read one entry of "charts" of a sheet whose columns are known. */
struct xlsx_chart *chart_read(struct reader *reader,
    const struct xlsx_sheet *sheet, const struct value *map);

/*
 * Check what can be checked only when all is read: that links, lists,
 * formulas and defined names lead somewhere, that names occur once.
 */
void template_check(struct reader *reader);

#endif
