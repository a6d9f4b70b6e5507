#ifndef DOSSIER_MEASURE_VARIANT_H
#define DOSSIER_MEASURE_VARIANT_H

#include "base/diag.h"
#include "base/intern.h"

/*
 * The tables that one file holds of the same groups: of several periods, data
 * sets, models or thresholds.  A report has room for one of them; which, and
 * that there were others, is told.
 */

struct variant {
	int rank;
	struct pos pos; /* where it is met first */
};

/* Set names.arena, and wanted if one is asked for, and zero the rest. */
struct variants {
	const char *wanted; /* by name; or NULL */
	struct intern names;
	struct variant *list; /* names.n of them */
	size_t size;
};

/*
 * The number of a variant: "" where a file does not tell them apart.  One of
 * higher rank is chosen before others.
 */
size_t variant_add(
    struct variants *variants, const char *name, int rank, struct pos pos);

/*
 * The number of the variant that is read: the one that is wanted, if there is
 * such; else of highest rank, and of these the
 * last by name, which is the latest where names are dates.  There is at least
 * one.
 */
size_t variant_choose(const struct variants *variants);

/* Tell what is read and what is not, where there are several or another. */
void variant_report(const struct variants *variants, struct diag_list *diags);

#endif
