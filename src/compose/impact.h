#ifndef DOSSIER_COMPOSE_IMPACT_H
#define DOSSIER_COMPOSE_IMPACT_H

#include <libxml/tree.h>

#include "model/impact.h"

/* A table of impact ratios in the report document. */

/* The rule that a table is worded by. */
enum impact_wording { IMPACT_FOUR_FIFTHS, IMPACT_LOCAL_LAW_144 };

/* Append the element `impact`; the label is the attribute's for a reader. */
void impact_compose(xmlNodePtr parent, const struct impact_table *table,
    enum impact_wording wording, const char *label, size_t index);

#endif
