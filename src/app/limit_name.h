#ifndef DOSSIER_APP_LIMIT_NAME_H
#define DOSSIER_APP_LIMIT_NAME_H

#include "base/arena.h"

/*
 * Comparisons of groups that have names of their own, as a limit may have
 * them: "demographic_parity_difference", "precision_ratio_between_groups".
 * Each holds exactly when no group is further from the one with the highest
 * value (or from the whole) than the limit allows.
 */
struct limit_name {
	const char *metrics[2]; /* each must keep the limit */
	size_t n;               /* 0: it is no such name */
	const char *compare;    /* "difference" or "ratio" */
	const char *reference;  /* NULL: that of the attribute */
};

/* Take a name apart; case, blanks and hyphens do not matter. */
struct limit_name limit_name_of(struct arena *arena, const char *name);

#endif
