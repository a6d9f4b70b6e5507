#ifndef DOSSIER_COMPOSE_COVERAGE_H
#define DOSSIER_COMPOSE_COVERAGE_H

#include <stddef.h>

/*
 * Groups of provisions: the columns of the coverage matrix.  A requirement
 * belongs to the first group that one of its obligations falls under.
 */

struct provision_group {
	const char *id;           /* "art-9" */
	const char *label;        /* "Article 9" */
	const char *prefixes[12]; /* of obligation ids, NULL-ended */
};

/* All groups, in the order of the matrix; *n of them. */
const struct provision_group *coverage_groups(size_t *n);

/* The group of a list of obligation ids ("annex-iv.2.g, art-9.8"). */
const struct provision_group *coverage_group_of(const char *law);

#endif
