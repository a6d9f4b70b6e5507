#include "measure/complaints.h"

enum { QUOTED = 40 };

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

int
complaint_length(const char *p, size_t n)
{
	size_t length = n < QUOTED ? n : QUOTED;

	while (length < n && length > 0 &&
	    ((unsigned char)p[length] & 0xc0) == 0x80)
		length--;
	return (int)length;
}

void
complaints_end(const struct complaints *complaints)
{
	if (complaints->n > COMPLAINTS_SHOWN)
		diag_add(complaints->diags, complaints->last, complaints->pos,
		    "and %llu more like the %d above",
		    complaints->n - COMPLAINTS_SHOWN, COMPLAINTS_SHOWN);
}
