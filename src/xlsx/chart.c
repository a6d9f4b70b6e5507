#include "xlsx/sheet.h"

int
chart_write(struct sheet *sheet)
{
	(void)sheet;
	return 0;
}
