#ifndef DOSSIER_COMPOSE_FAIRNESS_TABLE_H
#define DOSSIER_COMPOSE_FAIRNESS_TABLE_H

#include <libxml/tree.h>
#include <stdbool.h>

#include "compose/fairness_row.h"
#include "model/record.h"

/*
 * A table of the groups of one attribute by one metric, whose rows carry their
 * own strip of the plot.  All tables of a metric share one range.
 */

/* The attribute's label in the record, or its name. */
const char *fairness_label(const struct record *record, const char *name);

/*
 * Whether a page prints the metric without cause: the record names it, or it
 * names none and the metric is a usual one.
 */
bool fairness_prints(const struct record *record, const char *metric);

/* Append the table of a slice, the index-th of the report, from 1. */
void table_compose(xmlNodePtr parent, const struct record *record,
    const struct figure_slice *slice, size_t index);

#endif
