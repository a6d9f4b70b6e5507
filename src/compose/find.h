#ifndef DOSSIER_COMPOSE_FIND_H
#define DOSSIER_COMPOSE_FIND_H

#include <stdbool.h>

#include "model/context.h"
#include "model/record.h"

/*
 * Questions that several parts of the report ask of a record.
 */

/* Findings by what they do to the gate; diagnostics of the input included. */
struct counts_by_effect {
	size_t blocks, warns, notes, waived, known, upcoming;
};

/* Count the findings of a record. */
struct counts_by_effect find_counts(const struct record *record);

/* Verdicts of a record: met of those that apply. */
struct counts_by_result {
	size_t n, met, not_met, not_provided, out_of_date, upcoming, other;
	size_t applicable; /* all but not applicable */
};

/* Add a verdict to the counts. */
void find_count(struct counts_by_result *counts, const struct verdict *v);

/* Whether a verdict belongs to a count; NULL takes every verdict. */
typedef bool find_filter(const struct verdict *verdict, const void *with);

/* Count the verdicts that the filter takes. */
struct counts_by_result find_results(
    const struct record *record, find_filter *filter, const void *with);

/* A choice's label for a reader, or its text, or "". */
const char *find_choice_label(const struct field *field);

/* The evidence file of a field or of one beside or below it, or NULL. */
const struct evidence_file *find_file(const struct field *field);

/* The entry of `actions` for a rule, or NULL. */
const struct field *find_action(const struct record *record, const char *rule);

/* The first verdict of the lowest status for a point, or NULL. */
const struct verdict *find_worst(
    const struct record *record, const char *point);

/* Whether the verdict is a finding: it is not settled, or it warns. */
bool find_is_finding(const struct verdict *verdict);

#endif
