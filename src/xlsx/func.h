#ifndef DOSSIER_XLSX_FUNC_H
#define DOSSIER_XLSX_FUNC_H

#include "xlsx/expr.h"

/*
 * Give the functions that expr.h lists to an XPath context; run is what
 * rows() asks and must outlive the context.
 */
void func_register(xmlXPathContextPtr xpath, struct expr_run *run);

#endif
