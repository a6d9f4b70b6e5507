#ifndef DOSSIER_CHECK_KINDS_H
#define DOSSIER_CHECK_KINDS_H

#include "check/kind.h"

/*
 * The closed list of checks that a rule may use; to add one is to add a line
 * to the table in kinds.c.
 */
extern const struct kind_list check_kinds;

#endif
