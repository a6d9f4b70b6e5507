#ifndef DOSSIER_CHECK_OUTLOOK_H
#define DOSSIER_CHECK_OUTLOOK_H

#include "check/check.h"
#include "model/policy.h"
#include "model/record.h"

/*
 * The next day on which any result of a record changes if nobody does
 * anything: duties that begin, evidence that grows too old, clocks that run
 * out, waivers that end.
 *
 * Judging tells the first day on which one of the comparisons with the date
 * that it made comes out otherwise.  Before that day nothing can change; on it
 * the record is judged again, and so on until something has.
 */

/*
 * Set record->outlook from the verdicts that check_record_again() gave on the
 * policy's day; turns_on is of its tally, and the memory, which is of no use
 * any more then, is what it filled.  Nothing else of the record changes.  The
 * changes live in the record's arena.
 */
void outlook_find(const struct catalogue *catalogue, struct record *record,
    const struct policy *policy, date turns_on, struct check_memory *memory);

#endif
