#ifndef DOSSIER_READ_JSON_SCAN_H
#define DOSSIER_READ_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "read/place.h"
#include "read/value.h"

/*
 * The words of JSON (RFC 8259): strings, numbers, true, false and null, each
 * with its place, and what to say where something else stands.  Used by
 * json.c, which knows lists and maps.  The text must be checked UTF-8.
 */

struct json_scan {
	struct arena *arena;
	struct source *source;
	struct diag_list *diags;
	struct place place;
	const char *p; /* the next byte */
	const char *end;
	size_t depth;
	size_t n_values;
};

/* A string of the file, unescaped, in the arena. */
struct json_string {
	const char *p;
	size_t n;
	struct pos pos;
};

/* Where a byte of the text stands. */
struct pos json_pos(struct json_scan *scan, const char *p);

void json_skip_blanks(struct json_scan *scan);

/* The text is over too early: say so at its end.  Return -1. */
int json_report_end(struct json_scan *scan);

/* Say that something else comes next than what is expected.  Return -1. */
int json_report(struct json_scan *scan, const char *expected);

/*
 * Take the string whose opening quote comes next.  Return 0, or -1 with the
 * reason in diags: it is not closed, or holds what a string must not.
 */
int json_take_string(struct json_scan *scan, struct json_string *out);

/* Whether a digit stands at p, which may be the end. */
bool json_is_digit(const struct json_scan *scan, const char *p);

/* Take the number that comes next; NULL with the reason in diags. */
struct value *json_take_number(struct json_scan *scan);

/* Take the string that comes next as a value; NULL with the reason. */
struct value *json_take_text(struct json_scan *scan);

/* Take true, false or null; NULL with the reason when none comes next. */
struct value *json_take_word(struct json_scan *scan);

#endif
