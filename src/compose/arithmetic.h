#ifndef DOSSIER_COMPOSE_ARITHMETIC_H
#define DOSSIER_COMPOSE_ARITHMETIC_H

#include "base/text.h"
#include "compose/prose.h"
#include "model/disparity.h"

/*
 * A disparity in words: the sentence that an auditor copies, and its pieces
 * for the cells of tables.  What is withheld is not in any of them.
 */

/* Whether nothing of the disparity may be told. */
bool arithmetic_is_hidden(const struct disparity *disparity);

/* "0.041", "<0.001". */
void arithmetic_p(double p, char out[PROSE_SIZE]);

/* "2,935 of 5,204", or "None" where there are no counts. */
void arithmetic_counts(const struct disparity_side *side, char out[PROSE_SIZE]);

/* "0.77 to 0.81" in the words of the kind; "None" where there is none. */
void arithmetic_interval(enum prose_kind kind,
    const struct disparity_interval *interval, char out[PROSE_SIZE]);

/* How values of the metric are written, and differences between them. */
enum prose_kind arithmetic_value_kind(const char *metric);
enum prose_kind arithmetic_difference_kind(const char *metric);

/*
 * Append "Selection rate of female, 56.4% (2,935 of 5,204), against male, 71.4%
 * (4,000 of 5,602): ratio 0.79 (95% interval 0.77 to 0.81, Katz log),
 * difference ...; two-proportion z, ... standard deviations, p <0.001, adjusted
 * <0.001 (Holm over 3 tests). Finding: large and significant."
 */
void arithmetic_sentence(struct text *out, const struct disparity *disparity);

#endif
