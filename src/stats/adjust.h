#ifndef DOSSIER_STATS_ADJUST_H
#define DOSSIER_STATS_ADJUST_H

#include <stddef.h>

/*
 * Adjustment of p values for the number of tests.  An adjusted p below the
 * level is significant.  Values are adjusted in place; n may be 0.
 */

enum adjustment {
	ADJUST_NONE,
	/* p times n. */
	ADJUST_BONFERRONI,
	/* Holm, Scandinavian Journal of Statistics 6, 1979, pp. 65-70. */
	ADJUST_HOLM,
	/*
	 * The false discovery rate of independent tests (Benjamini and
	 * Hochberg, Journal of the Royal Statistical Society B 57, 1995, pp.
	 * 289-300).
	 */
	ADJUST_BENJAMINI_HOCHBERG,
	/*
	 * The same of tests that depend on each other in any way (Benjamini
	 * and Yekutieli, Annals of Statistics 29, 2001, pp. 1165-1188).
	 */
	ADJUST_BENJAMINI_YEKUTIELI,
	ADJUST_COUNT
};

/* Adjust the values that are pointed to; equal ones become equal. */
void adjust(enum adjustment how, double *const p[], size_t n);

/* "Holm"; NULL for none. */
const char *adjust_label(enum adjustment how);

/* By the name that a policy uses ("holm"), or ADJUST_COUNT. */
enum adjustment adjust_find(const char *name);

#endif
