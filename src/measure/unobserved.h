#ifndef DOSSIER_MEASURE_UNOBSERVED_H
#define DOSSIER_MEASURE_UNOBSERVED_H

#include "measure/group.h"

/*
 * Names of combinations that have no row, at most so many: of the values that
 * the groups of an intersection have, each column's in the order in which the
 * groups show them, without those that are missing.  Return how many; 0 also
 * where looking for them would take long.
 */
size_t unobserved_names(const char **names, struct arena *arena,
    const struct group_table *table, size_t most);

#endif
