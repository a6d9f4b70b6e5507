#ifndef DOSSIER_XLSX_FUNC_H
#define DOSSIER_XLSX_FUNC_H

#include <libxml/xpath.h>

/* The workbook that rows() is asked of. */
struct func_book {
	/* Data rows of a sheet by name, -1 when there is no such sheet. */
	long (*rows)(const void *plan, const char *sheet);
	const void *plan;
};

/*
 * Give the functions that xlsx/expr.h lists to an XPath context; book must
 * outlive the context.
 */
void func_register(xmlXPathContextPtr xpath, struct func_book *book);

#endif
