#ifndef DOSSIER_CHECK_REVISION_H
#define DOSSIER_CHECK_REVISION_H

#include "base/arena.h"
#include "check/law.h"

/*
 * What changed between two states of the rules, as a reader wants it: rule by
 * rule and field by field, with the old word and the new one.
 */

enum revision_kind { REVISION_ADDED, REVISION_REMOVED, REVISION_CHANGED };

struct revision {
	enum revision_kind kind;
	const char *rule; /* id; "" for the pack as a whole */
	const char *title;
	const char *field;  /* REVISION_CHANGED: "severity", "first day ..." */
	const char *before; /* and its values for a reader */
	const char *now;
	struct revision *next;
};

struct revision_list {
	struct revision *first;
	struct revision *last;
	size_t n_added, n_removed;
	size_t n_changed; /* rules, not fields */
};

/*
 * Compare two catalogues: the pack, then the rules in the order of their ids.
 * The list is the arena's and borrows from both.
 */
void revision_compare(struct revision_list *out, struct arena *arena,
    const struct catalogue *before, const struct catalogue *now);

/* Append a change of one field of something that is no rule. */
void revision_add(struct revision_list *list, struct arena *arena,
    const char *field, const char *before, const char *now);

/* "added", "removed", "changed". */
const char *revision_word(enum revision_kind kind);

#endif
