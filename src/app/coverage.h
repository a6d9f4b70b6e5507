#ifndef DOSSIER_APP_COVERAGE_H
#define DOSSIER_APP_COVERAGE_H

#include <stdio.h>

#include "app/session.h"
#include "check/coverage.h"

/*
 * The table of every provision and how it is covered: for a terminal, for
 * other programs, for the manual, and back into obligations.yaml.
 */

/*
 * Print the table in the session's format.  Return STATUS_OPEN, or
 * STATUS_FINDINGS when something due is asked by no rule, or STATUS_USAGE when
 * rules and obligations.yaml differ.  As a page or as obligations.yaml it is
 * written as the rules have it, whatever it lacks.
 */
int rules_coverage(struct session *session);

/* The table and its counts for a terminal of that many columns. */
void coverage_print(
    const struct coverage *coverage, FILE *out, size_t width, bool has_colour);

/* Append the table as the manual page dossier-coverage(7). */
void coverage_write_man(struct text *out, struct arena *arena,
    const struct coverage *coverage, date reviewed);

/* The days from which it applies: "2027-12-02|2028-08-02". */
const char *coverage_applies(struct arena *arena, const struct value *entry);

/* A list of an entry, joined: "provider, deployer". */
const char *coverage_list(struct arena *arena, const struct value *entry,
    const char *key, const char *between);

/* The rules of a row, joined. */
const char *coverage_rules(
    struct arena *arena, const struct coverage_row *row, const char *between);

#endif
