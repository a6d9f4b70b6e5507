#ifndef DOSSIER_CHECK_PATTERN_H
#define DOSSIER_CHECK_PATTERN_H

#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"

/*
 * Regular expressions of rules and of the configuration, by PCRE2.  A pattern
 * must match the whole subject; it is UTF-8; its cost is bounded, and whatever
 * keeps it from an answer is a finding, never "no match": a limit that could
 * be taken for an answer would be a way through the gate.
 */

enum {
	PATTERN_MAX = 4096,          /* bytes of a pattern */
	PATTERN_SUBJECT_MAX = 65536, /* bytes of a subject */
	PATTERN_MATCH_LIMIT = 100000,
	PATTERN_DEPTH_LIMIT = 1000,
	PATTERN_HEAP_LIMIT = 8192 /* KiB */
};

/* A pattern; it lives in the arena it was made in. */
struct pattern;

/* A text that is searched. */
struct subject {
	const char *p;
	size_t n;
	struct pos pos; /* of findings on it */
};

/* Bytes of a subject. */
struct span {
	size_t begin, end;
};

/*
 * Compile a pattern into the arena.  Return NULL with the reason, and the
 * byte of the offence, in diags at pos.
 */
struct pattern *pattern_compile(struct arena *arena, const char *text,
    struct pos pos, struct diag_list *diags);

/*
 * Whether the whole subject of n bytes matches: 1 yes, 0 no, or -1 when that
 * could not be found out within the limits, with PATTERN_LIMIT at pos in
 * diags.
 */
int pattern_match(const struct pattern *pattern, const char *subject, size_t n,
    struct pos pos, struct diag_list *diags);

/*
 * A pattern that is looked for anywhere in a text, whatever the case of its
 * letters.  It is compiled when it is first used: most are never.
 */
struct pattern *pattern_defer(
    struct arena *arena, const char *text, struct pos pos);

/* Compile it now.  Return 0, or -1 with the reason in diags. */
int pattern_ready(struct pattern *pattern, struct diag_list *diags);

/*
 * Look for it from byte from of the subject on: 1 found, with the bytes in
 * *out; 0 not there; -1 when that could not be found out, with the reason in
 * diags.
 */
int pattern_find(struct pattern *pattern, const struct subject *subject,
    size_t from, struct span *out, struct diag_list *diags);

/* The pattern as it was written. */
const char *pattern_text(const struct pattern *pattern);

#endif
