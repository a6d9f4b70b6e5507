#ifndef DOSSIER_MODEL_CONTROL_H
#define DOSSIER_MODEL_CONTROL_H

#include <stdbool.h>
#include <stddef.h>

/*
 * A group against its reference within each value of a control feature, so
 * that a difference is not due to that feature.  Made by measure/control.h;
 * the statistics are those of stats/strata.h.
 */

/* Both rates within one value of the control feature. */
struct control_stratum {
	const char *name;
	double k, n; /* of the group; rows as if unweighted */
	double reference_k, reference_n;
};

struct control {
	const char *attribute, *metric;
	const char *feature; /* that is held fast: "priors" */
	const char *group, *reference;
	struct control_stratum *strata; /* by name; with rows of both sides */
	size_t n_strata;
	size_t n_withheld;  /* strata left out, since a side is withheld */
	size_t n_one_sided; /* and since only one side has rows */
	bool has_odds_ratio;
	double crude_odds_ratio; /* of these strata in one; may be infinite */
	double odds_ratio;       /* common to them: Mantel and Haenszel */
	double lower, upper, confidence;
	bool has_test;
	double chi2, p; /* Cochran, Mantel and Haenszel */
	bool has_equality;
	double equality_p; /* the odds ratio is the same: Breslow and Day */
	bool turns; /* Simpson: within the strata it is the other way round */
	struct control *next;
};

struct control_table {
	struct control *first, *last;
	size_t n;
};

#endif
