#ifndef DOSSIER_CHECK_JUDGE_H
#define DOSSIER_CHECK_JUDGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "check/rule.h"
#include "model/record.h"

/*
 * Judging: a tree of checks over a record gives an outcome, which says where
 * it was decided and by what.  Only one thing in the record is written to:
 * the results of figures and measures against their limits.
 */

enum outcome_kind {
	OUTCOME_NOT_APPLICABLE, /* signed as such, or nothing to look at */
	OUTCOME_PASS,
	OUTCOME_NEAR,    /* within its limit, in the warning band */
	OUTCOME_UNKNOWN, /* a fact is absent or unusable */
	OUTCOME_MANUAL,  /* a person has not yet decided */
	OUTCOME_ABSENT,  /* not provided */
	OUTCOME_FAIL,    /* present but wrong */
	OUTCOME_ERROR    /* the check could not be carried out */
};

/* Texts are NULL where they mean nothing; all live in the judge's arena. */
struct outcome {
	enum outcome_kind kind;
	bool is_collected; /* stands in the judge's list already */
	bool is_guard;     /* FAIL of not, no, none-of, covers: a condition */
	bool is_aged;      /* FAIL of a date by its age */
	bool is_figure;    /* of limits: within, near, outside */
	bool is_reported;  /* intake has a finding on it, which says it all */
	bool is_whole;     /* the reason is all of the message */
	bool is_joint;     /* ABSENT: of all, more than one part is */
	const struct field *field; /* where it was decided; or NULL */
	const struct term *term;   /* what was asked for; or NULL */
	const char *path;          /* of it, with indices; "" for none */
	struct pos pos;       /* of the value, or of where it should stand */
	struct pos other_pos; /* of what it was held against; file NULL */
	const char *reason;   /* always said */
	const char *found;    /* said where the message has no placeholder */
	const char *value, *other, *missing; /* placeholders of messages */
	const char *count, *limit, *age;
	const char *unit; /* of limit and age: "months"; or NULL */
	struct outcome *next;
};

/* One record under judgement.  Zero it, then judge_open(). */
struct judge {
	struct record *record;
	const struct policy *policy;
	struct arena *arena;
	struct diag_list *diags;  /* PATTERN_LIMIT */
	const struct field *item; /* where paths start */
	bool in_when;             /* an absent fact makes the answer unknown */
	bool in_not;   /* an absent field is an answer, not a fault */
	bool collects; /* each failing item becomes an outcome */
	const struct term *against; /* the rule's other side; or NULL */
	struct pos against_pos;     /* where the condition found it */
	struct outcome *first;      /* collected, in their order */
	struct outcome *last;
	date turns_on; /* see judge_turn(); or DATE_NONE */
};

/* Prepare to judge a record. */
void judge_open(
    struct judge *judge, struct record *record, const struct policy *policy);

/*
 * Note that what was just judged depends on the date: from this day on it may
 * be judged in another way.  The earliest such day behind the day of judgement
 * is kept; until then every comparison comes out as it did.
 */
void judge_turn(struct judge *judge, date day);

/* Judge one check of the tree. */
void judge_check(
    struct judge *judge, const struct check *check, struct outcome *out);

/* Whether the kind is one that keeps a duty from being met. */
bool outcome_is_open(enum outcome_kind kind);

/* Append a copy of the outcome to the judge's list. */
void judge_collect(struct judge *judge, const struct outcome *outcome);

/*
 * Look a path up.  Return ANSWER_GIVEN or ANSWER_NONE with *field set, or
 * any other answer with out->kind and out->reason settled; is_question says
 * that absence itself is the answer (present, substance, count).
 */
enum answer judge_look(struct judge *judge, const struct path *path,
    bool is_question, struct outcome *out, const struct field **field);

/* Whether the field or anything below it says something. */
bool judge_holds(const struct field *field);

/* The key that a "not applicable" lacks to count, or NULL: none, or no such. */
const char *judge_unsigned(const struct field *field);

/* A scalar as text for a message, shortened. */
const char *judge_show(struct arena *arena, const struct field *field);

/*
 * The evaluators of the table in kind.c: each judges the check and settles
 * out->kind, and whatever of the rest a message can use.
 */

/* An answer is given, or signed as not applicable. */
void judge_present(struct judge *, const struct check *, struct outcome *);
/* The text says something of its own. */
void judge_substance(struct judge *, const struct check *, struct outcome *);
/* The fact is answered yes. */
void judge_yes(struct judge *, const struct check *, struct outcome *);
/* The fact is answered no. */
void judge_no(struct judge *, const struct check *, struct outcome *);
/* The word, or an item of the list, is in the set. */
void judge_one_of(struct judge *, const struct check *, struct outcome *);
/* Neither the word nor an item of the list is in the set. */
void judge_none_of(struct judge *, const struct check *, struct outcome *);
/* The whole text matches the pattern. */
void judge_matches(struct judge *, const struct check *, struct outcome *);
/* No text speaks of what is looked for. */
void judge_no_mention(struct judge *, const struct check *, struct outcome *);
/* The number lies in its range. */
void judge_number(struct judge *, const struct check *, struct outcome *);
/* The day lies where it must, on the day of judgement. */
void judge_date(struct judge *, const struct check *, struct outcome *);
/* The list has as many items as it must. */
void judge_count(struct judge *, const struct check *, struct outcome *);
/* Every word of the set is among the items. */
void judge_covers(struct judge *, const struct check *, struct outcome *);
/* Left and right stand to each other as asked. */
void judge_compare(struct judge *, const struct check *, struct outcome *);
/* The file was found. */
void judge_file(struct judge *, const struct check *, struct outcome *);
/* The value names an item that exists. */
void judge_ref(struct judge *, const struct check *, struct outcome *);
/* A person has decided, signed and dated it. */
void judge_manual(struct judge *, const struct check *, struct outcome *);
/* Figures by group keep the limits of the policy. */
void judge_figures(struct judge *, const struct check *, struct outcome *);
/* Measures keep the limits set before the test. */
void judge_measures(struct judge *, const struct check *, struct outcome *);
/* What is asked of every field alike holds. */
void judge_throughout(struct judge *, const struct check *, struct outcome *);
/* Every item passes. */
void judge_each(struct judge *, const struct check *, struct outcome *);
/* A named condition, which is about the record as a whole. */
void judge_condition(struct judge *, const struct check *, struct outcome *);
/* Every check passes; an unknown one makes it unknown. */
void judge_all(struct judge *, const struct check *, struct outcome *);
/* One check passes; an unknown one may yet. */
void judge_any(struct judge *, const struct check *, struct outcome *);
/* The check does not pass. */
void judge_not(struct judge *, const struct check *, struct outcome *);

#endif
