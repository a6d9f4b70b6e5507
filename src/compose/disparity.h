#ifndef DOSSIER_COMPOSE_DISPARITY_H
#define DOSSIER_COMPOSE_DISPARITY_H

#include <libxml/tree.h>

#include "model/disparity.h"

/* Disparities in the report document, beside the figures that they are of. */

/* The family of an attribute and metric, or NULL. */
const struct disparity_family *disparity_family_of(
    const struct disparity_table *table, const char *attribute,
    const char *metric);

/* The disparity of a group in its family, or NULL. */
const struct disparity *disparity_of_group(
    const struct disparity_family *family, const char *group);

/* Append the element `disparity` to the row of its group. */
void disparity_compose(xmlNodePtr group, const struct disparity *disparity);

/*
 * Append the element `homogeneity` to the table of its family: a test of the
 * groups that are not withheld.
 */
void disparity_compose_family(
    xmlNodePtr table, const struct disparity_family *family);

/* Append the element `comparison`: verdict and sentence. */
void disparity_compose_line(
    xmlNodePtr parent, const struct disparity *disparity, const char *label);

#endif
