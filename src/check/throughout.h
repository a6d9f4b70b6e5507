#ifndef DOSSIER_CHECK_THROUGHOUT_H
#define DOSSIER_CHECK_THROUGHOUT_H

#include "check/judge.h"
#include "check/rule.h"

/*
 * What is asked of every field of a record alike, whatever stands there: what
 * kind of field it is the vocabulary says, so that a new key is never
 * forgotten.  Each place at fault is an outcome of its own.
 */

/* One such question; the list is in throughout.c. */
struct survey {
	const char *name; /* "dates", as rules write it */
	const char *says; /* a clause: "no day ... lies in the future" */
	const char *denies;
	/* Report every place at fault; *n counts the places looked at. */
	void (*run)(struct judge *, struct outcome *out, size_t *n);
};

/* Add what was found at one place to what was found so far. */
void survey_report(
    struct judge *judge, struct outcome *part, struct outcome *out);

/* A field that is there and wrong. */
struct outcome survey_fault(const struct field *field);

/* The field of that term in a section, or NULL. */
const struct field *survey_child(
    const struct field *section, const struct term *term);

/* Days of what has happened that have not come yet. */
void survey_dates(struct judge *, struct outcome *out, size_t *n);
/* Names of who signed without day or function, and days without a name. */
void survey_signatures(struct judge *, struct outcome *out, size_t *n);
/* Entries of a list that are called the same. */
void survey_names(struct judge *, struct outcome *out, size_t *n);
/* Texts that are nearly the same at different points. */
void survey_copies(struct judge *, struct outcome *out, size_t *n);
/* Texts that were typed to fill a field. */
void survey_noise(struct judge *, struct outcome *out, size_t *n);

#endif
