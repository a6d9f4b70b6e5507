#include "measure/complaints.h"

bool
complaint(struct complaints *complaints, enum diag_id id, struct pos pos)
{
	complaints->n++;
	if (complaints->n <= COMPLAINTS_SHOWN)
		return true;
	if (complaints->n == COMPLAINTS_SHOWN + 1) {
		complaints->last = id;
		complaints->pos = pos;
	}
	return false;
}

void
complaints_end(const struct complaints *complaints)
{
	if (complaints->n > COMPLAINTS_SHOWN)
		diag_add(complaints->diags, complaints->last, complaints->pos,
		    "and %llu more like the %d above",
		    complaints->n - COMPLAINTS_SHOWN, COMPLAINTS_SHOWN);
}
