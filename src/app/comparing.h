#ifndef DOSSIER_APP_COMPARING_H
#define DOSSIER_APP_COMPARING_H

#include "measure/predictions.h"
#include "model/policy.h"
#include "model/record.h"

/*
 * Comparisons of the groups that a file's rows were counted in: those that
 * pages show, and those that limits are judged by.
 */

/*
 * Compare the groups of every table by every metric that the figures are of,
 * into record->disparities.  The limit on the size is that of the policy on
 * the ratio, else four fifths.
 */
void comparing_show(struct record *record, const struct predictions *counted,
    const struct policy *policy);

/* The tables of impact ratios that the policy asks for, into the record. */
void comparing_impacts(struct record *record, const struct predictions *counted,
    const struct policy *policy);

/* What combinations no row has, of each intersection, into the record. */
void comparing_unobserved(
    struct record *record, const struct predictions *counted);

/*
 * Compare the groups of each attribute within the values of a control feature,
 * by every rate that the figures are of, into record->controls: wherever a
 * table of the feature and the attribute, "channel*sex", is among those
 * counted.  asked holds the tables of the attributes alone.
 */
void comparing_control(struct record *record, const struct predictions *counted,
    const struct predictions *asked, const struct policy *policy,
    const char *feature);

/*
 * Give each limit on a metric of one class against the rest that names no
 * class, or none of the rows, a hint that tells their names.
 */
void comparing_name_classes(struct record *record,
    const struct predictions *counted, struct policy *policy);

/*
 * Give each limit whose rule tests the comparisons with its reference.  They
 * hold what is hidden of groups that only guard others, and are for the limit
 * alone.
 */
void comparing_prove(struct record *record, const struct predictions *counted,
    struct policy *policy);

#endif
