#ifndef DOSSIER_COMPOSE_CONTROL_H
#define DOSSIER_COMPOSE_CONTROL_H

#include <libxml/tree.h>
#include <stdbool.h>

#include "base/text.h"
#include "model/control.h"

/* Comparisons within the values of a control feature, for the report. */

/* Append the sentence that an auditor copies. */
void control_sentence(struct text *out, const struct control *control);

/*
 * Append the element `control` with its strata; the label is the attribute's
 * for a reader, and is_shown says whether a page prints it.
 */
void control_compose(xmlNodePtr parent, const struct control *control,
    const char *label, bool is_shown);

#endif
