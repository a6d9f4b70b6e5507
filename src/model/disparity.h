#ifndef DOSSIER_MODEL_DISPARITY_H
#define DOSSIER_MODEL_DISPARITY_H

#include <stdbool.h>
#include <stddef.h>

/*
 * A disparity: one metric of one group against that of the reference group,
 * with all that a reader needs to judge it: both counts, the difference and
 * the ratio with their intervals, a test with the size of its family, how much
 * these rows could have shown at all, and a verdict that joins size and
 * evidence.  Made by measure/disparity.h; design/metrics.md, section 4.
 *
 * What does not exist is marked: by a flag, or by a method that is NULL.
 */

/* Their words: disparity_verdict_word(). */
enum disparity_verdict {
	/* The metric is undefined in the group or in the reference. */
	DISPARITY_NOT_ESTIMABLE,
	/* The rows are too few to tell a disparity from none. */
	DISPARITY_NOT_ENOUGH_DATA,
	/* Neither large nor significant, and it would have been seen. */
	DISPARITY_NO_FINDING,
	/* Large or significant, but not both. */
	DISPARITY_WATCH,
	/* Large and significant. */
	DISPARITY_FINDING,
	DISPARITY_VERDICTS
};

/* One of the two that are compared. */
struct disparity_side {
	const char *group;
	double n; /* rows, whatever they weigh */
	bool defined;
	const char *reason; /* when undefined */
	double value;       /* when defined */
	bool has_counts;    /* value is numerator / denominator */
	double numerator, denominator;
	double effective; /* denominator as of unweighted rows */
	/* The value drawn toward that of all rows, for small groups. */
	bool has_shrunken;
	double shrunken;
};

/* An interval at disparity->confidence; upper may be infinite. */
struct disparity_interval {
	const char *method; /* "Newcombe", "Katz log", ...; NULL: none */
	double lower, upper;
};

struct disparity {
	const char *attribute; /* "sex", "sex*age" */
	const char *metric;    /* standard name */
	struct disparity_side group, reference;
	double confidence;

	bool has_difference; /* group - reference */
	double difference;
	struct disparity_interval difference_interval;
	bool has_ratio; /* group / reference */
	double ratio;   /* infinite: the reference is 0, the group is not */
	struct disparity_interval ratio_interval;

	/* The test of "no difference", two-sided. */
	const char *test; /* "two-proportion z", "Fisher mid-p"; NULL: none */
	const char *no_test; /* why there is neither test nor interval */
	unsigned replicates; /* of the bootstrap that both are of; else 0 */
	unsigned long long seed;
	double p;
	bool has_z;
	double z;               /* difference in standard deviations */
	const char *adjustment; /* "Holm": how p became p_adjusted */
	double p_adjusted;      /* within attribute and metric */
	size_t family;          /* tests of that family */
	double p_pack;          /* Benjamini-Hochberg over all tests */
	size_t pack;            /* number of these; 0: not adjusted */

	/* What these rows could have shown; of rates only. */
	bool has_power;
	double power;       /* to see a ratio of power_ratio */
	double power_ratio; /* 0.8 */
	bool has_detectable;
	double detectable; /* smallest difference seen with power 0.8 */
	/* More rows in the group for power 0.8; infinite: no number will do. */
	bool has_rows_needed;
	double rows_needed;

	/* Selections: one more in the group, one less in the reference. */
	bool has_flip_one;
	double flip_one; /* the ratio then */
	bool flips;      /* and so it reaches the limit */
	bool has_shortfall;
	double shortfall; /* selections the group lacks to reach the limit */

	bool has_limit;   /* there is a limit on the size */
	bool is_beyond;   /* the size is beyond it */
	bool is_better;   /* the group fares better, the reference worse */
	bool is_withheld; /* counts and values are hidden: a small group */
	bool is_reference_withheld;
	enum disparity_verdict verdict;
	const char *rule;   /* that made the verdict: "both" */
	const char *reason; /* of the verdict: a clause */
	struct disparity *next;
};

/* All groups of an attribute, by one metric. */
struct disparity_family {
	const char *attribute;
	const char *metric;
	const char *reference; /* group, or NULL: there is none */
	size_t n_groups;       /* with a defined value, in the test */
	/* Whether there is any difference at all between these groups. */
	const char *test; /* "chi-square", "Monte Carlo"; NULL: none */
	double chi2;
	double df;
	double p;
	unsigned long long seed; /* of the Monte Carlo test */
	unsigned replicates;     /* of it; else 0 */
	bool has_cramers_v;
	double cramers_v;
	const char *adjustment;       /* "Holm" */
	size_t n_tests;               /* the adjustment is over so many */
	enum disparity_verdict worst; /* of the disparities */
	struct disparity *first;      /* by name of group */
	struct disparity *last;
	size_t n;
	struct disparity_family *next;
};

/* All families of a file, in the order of tables and metrics. */
struct disparity_table {
	struct disparity_family *first;
	struct disparity_family *last;
	size_t n;
};

/* "finding", "watch", "no finding", "not enough data", "not estimable". */
const char *disparity_verdict_word(enum disparity_verdict verdict);

/* The CSS class of a verdict: no, wa, ok, na. */
const char *disparity_verdict_class(enum disparity_verdict verdict);

/* Find a verdict by its word; false when nobody calls one so. */
bool disparity_verdict_find(
    const char *word, size_t n, enum disparity_verdict *out);

#endif
