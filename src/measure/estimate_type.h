#ifndef DOSSIER_MEASURE_ESTIMATE_TYPE_H
#define DOSSIER_MEASURE_ESTIMATE_TYPE_H

/* How far a value may be off, for the modules that know: see estimate.h. */

enum estimate_kind {
	ESTIMATE_NONE,
	ESTIMATE_DELONG,
	ESTIMATE_MEAN,
	ESTIMATE_INFLUENCE,
	/*
	 * Of a median, from the distance of two order statistics: Bonett and
	 * Price 2002, Psychological Methods 7, 370-383.
	 */
	ESTIMATE_MEDIAN,
	/* Of a mean over places, when members change them; ranking.h. */
	ESTIMATE_PERMUTATION
};

struct estimate {
	enum estimate_kind kind; /* none: the metric or group has no such */
	double variance;         /* of the value */
	double df;               /* of the variance: effective rows - 1 */
	double effective;        /* rows, as if unweighted */
};

#endif
