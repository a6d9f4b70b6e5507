#ifndef DOSSIER_COMPOSE_FAIRNESS_SUMMARY_H
#define DOSSIER_COMPOSE_FAIRNESS_SUMMARY_H

#include "base/text.h"
#include "model/record.h"

/*
 * What the comparisons of groups say in a few sentences, for pages that refer
 * to the card and the workbook: how many there are by verdict, the lowest
 * ratio to the highest selection rate, and whether a difference turns round
 * within a control feature.  Nothing where groups were not compared.
 */
void fairness_summarise(struct text *out, const struct record *record);

#endif
