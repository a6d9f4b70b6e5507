#ifndef DOSSIER_MEASURE_COMPLAINTS_H
#define DOSSIER_MEASURE_COMPLAINTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"

/*
 * A column that is wrong once is wrong in every row.  Messages about cells
 * are counted, and after the first few only counted.
 */

enum { COMPLAINTS_SHOWN = 20 };

/* Zero it but for the list. */
struct complaints {
	struct diag_list *diags;
	unsigned long long n;
	enum diag_id last; /* private: of the first one that was not shown */
	struct pos pos;
};

/*
 * Whether the next message, of this kind and at this place, is to be shown;
 * it is counted.  The caller adds it to diags if so.
 */
bool complaint(struct complaints *complaints, enum diag_id id, struct pos pos);

/*
 * How many of n bytes of input to quote in a message, for "%.*s": at most 40,
 * and whole characters.
 */
int complaint_length(const char *p, size_t n);

/* Add "and N more" when some were not shown. */
void complaints_end(const struct complaints *complaints);

#endif
