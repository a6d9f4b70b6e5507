#ifndef DOSSIER_MODEL_UNOBSERVED_H
#define DOSSIER_MODEL_UNOBSERVED_H

#include <stddef.h>

/* Combinations of an intersection that no row has. */
struct unobserved {
	const char *attribute;
	unsigned long long n_possible; /* combinations of the values seen */
	unsigned long long n;          /* of these, without a row */
	const char **names;            /* of the first */
	size_t n_names;
	struct unobserved *next;
};

#endif
