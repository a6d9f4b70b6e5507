#ifndef DOSSIER_TESTS_UNIT_CROWD_H
#define DOSSIER_TESTS_UNIT_CROWD_H

#include "measure/group.h"

/*
 * Groups made by hand: append one with these cells to a table that has room,
 * and add its rows to the whole.
 */
static inline struct group *
crowd_add(struct group_table *table, struct group *whole, const char *name,
    const unsigned cells[4])
{
	static const enum cell order[] = { CELL_TP, CELL_FP, CELL_FN, CELL_TN };
	struct group *group = &table->groups[table->n++];

	group->name = name;
	for (size_t i = 0; i < 4; i++)
		group->counts.rows[order[i]] = cells[i];
	counts_merge(&whole->counts, &group->counts);
	return group;
}

#endif
