#ifndef DOSSIER_CHECK_RULE_H
#define DOSSIER_CHECK_RULE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/diag.h"
#include "base/text.h"
#include "check/path.h"
#include "check/pattern.h"
#include "model/term.h"
#include "model/verdict.h"
#include "read/value.h"

/*
 * A rule of schemas/eu-ai-act/ as the engine holds it: who it binds and from
 * when, what it asks as a tree of typed checks, and the words for a reader.
 * Everything was checked when it was read, so that judging cannot fail on the
 * rule itself.
 */

/* The few names that the engine knows; all others are the vocabulary's. */
#define FIELD_TIERS "risk.tiers"  /* list of choice: the words of tiers */
#define FIELD_ROLES "roles_held"  /* list of choice: the words of duties */
#define KEY_RATIONALE "rationale" /* of a signed judgement */
#define KEY_REASON "reason"
#define KEY_DECISION "decision" /* or KEY_ANSWER */
#define KEY_ANSWER "answer"
#define KEY_BY "_by"    /* end of the key that names who signed */
#define KEY_ON "_on"    /* end of the key that says when it was decided */
#define KEY_NAME "name" /* of an attribute, in `attribute-has` */

/* The tiers of a record; a rule's set of them is a mask of bits. */
enum tier {
	TIER_PROHIBITED,
	TIER_ANNEX_III,
	TIER_ANNEX_I,
	TIER_ANNEX_I_B,
	TIER_NOT_HIGH_RISK,
	TIER_TRANSPARENCY,
	TIER_MINIMAL,
	TIER_GPAI,
	TIER_GPAI_SYSTEMIC,
	TIER_UNDECLARED, /* the record says none; only `all` matches */
	TIER_COUNT
};

/* The mask of a tier word of a rule ("high-risk", "all"); 0 when unknown. */
unsigned tier_mask(const char *word);

/* The tier of a word of the record; TIER_COUNT when there is none. */
enum tier tier_of(const char *word);

/* The bit of a role ("provider"); 0 when unknown.  "any" is every bit. */
unsigned duty_mask(const char *word);

/* The closed list of tiers, for suggestions and for the manual; *n words. */
const char *const *tier_words(size_t *n);

/* The same of duty holders. */
const char *const *duty_words(size_t *n);

/* A number, a date, a text or the value of another field. */
struct operand {
	enum { OPERAND_NONE, OPERAND_VALUE, OPERAND_PATH } kind;
	struct path path;
	const char *text; /* as written */
	double number;
	date day;
};

enum relation {
	RELATION_SAME,
	RELATION_DIFFERENT,
	RELATION_BELOW,
	RELATION_ABOVE,
	RELATION_AT_MOST,
	RELATION_AT_LEAST,
	RELATION_CONTAINING /* the other text stands in it, as whole words */
};

enum { MAX_AGE_POLICY = -1 }; /* max_age: policy */

/* What a `date` check asks of the day of judgement. */
enum past { PAST_ANY, PAST_YES, PAST_NO };

/* What `figures` and `measures` ask. */
enum figures {
	FIGURES_LIMITS,
	FIGURES_DEFINED,
	FIGURES_ATTRIBUTE_HAS,
	FIGURES_WITHIN,
	FIGURES_DECLARED,
	FIGURES_ROWS_AT_MOST, /* right: the number of rows */
	FIGURES_ROWS_AT_LEAST /* nine tenths of it */
};

/*
 * Words that are looked for in texts.  Its patterns are compiled in use, and
 * only looked for where one of the words near stands.
 */
struct mention {
	const struct path *in;
	size_t n_in;
	const char *const *near; /* in small letters */
	size_t n_near;
	struct pattern *pattern;
	struct pattern *unless;    /* makes a sentence harmless; or NULL */
	struct pattern *not_after; /* the same before the words; or NULL */
};

struct survey; /* check/throughout.h */

/* What a check looks at beside its field; few do, so it stands apart. */
struct others {
	struct path list;             /* ref: where the items are */
	struct operand from, until;   /* date: on_or_after, on_or_before */
	struct operand right;         /* compare */
	struct path attribute, group; /* FIGURES_WITHIN: who is meant */
};

/* One node of the tree; which members are used depends on the kind. */
struct check {
	const struct check_kind *kind;
	struct pos pos;
	struct path field;           /* also `in` of each, `left` of compare */
	const struct others *others; /* never NULL */
	const struct term *key;      /* covers, ref: of the items; or NULL */
	const char *const *values;   /* one-of, none-of, covers */
	size_t n_values;
	size_t words; /* substance */
	const struct pattern *pattern;
	const char *means;       /* matches: the pattern in words; or NULL */
	struct mention *mention; /* no-mention */
	bool has_least, has_most;
	double least, most;
	enum past past;
	int max_age_months;         /* 0: any age; or MAX_AGE_POLICY */
	int max_age_days;           /* 0: any age */
	int plus_days, plus_months; /* added to from and until */
	enum relation relation;
	const struct survey *survey; /* throughout */
	enum figures figures;
	const char *metric;
	struct check *first;       /* all, any, not, each: checks below */
	const struct check *where; /* each: which items; or NULL: all */
	const struct condition *condition; /* holds: first is its check */
	struct check *next;
	const struct term *item; /* the item's term inside each, or NULL */
};

/* A check that has a name, since many rules apply only where it holds. */
struct condition {
	const char *id;
	const char *says;   /* a clause: "an assessment is owed" */
	const char *denies; /* its opposite */
	struct check *check;
	struct pos pos;
};

/* Asked by `dossier rules test`; the record is for intake to take in. */
struct example {
	enum verdict_result result; /* the worst that the rule must give */
	struct pos pos;
	date as_of;
	int lead_time_days;          /* 0 unless said */
	int max_age_months;          /* 12 unless said */
	const struct value *record;  /* a map like a model.yaml */
	const struct value *figures; /* list, see check/example.h; or NULL */
};

/* A row of obligations.yaml. */
struct obligation {
	const char *id;        /* "annex-iv.1.a" */
	const char *reference; /* "Annex IV, point 1(a)" */
	const char *provision; /* for a reader: "Annex IV 1(a)" */
	const char *paraphrase;
	const char *gate;          /* or NULL */
	const struct value *entry; /* all of it, as written */
	struct pos pos;
};

#define DATE_NEVER INT32_MAX /* of a transition: the duty does not begin */

/*
 * A transition: of a tier whose duty begins on the day `begins`, it begins on
 * the day `applies` for a record on which the condition holds.  Article 111.
 */
struct transition {
	const char *id;
	struct pos pos;
	date begins[TIER_COUNT]; /* DATE_NONE: the tier is not concerned */
	const char *const *of;   /* only duties of these provisions; or all */
	size_t n_of;
	const struct check *when;
	date applies;       /* or DATE_NEVER */
	const char *reason; /* for a reader */
};

struct rule {
	const char *id;
	const char *title;
	struct pos pos;
	const struct obligation *const *law; /* NULL entry: no such file */
	const char *const *law_ids;
	size_t n_law;
	const char *law_text;  /* ids joined by ", " */
	const char *provision; /* references joined by ", ", for a reader */
	const char *point;     /* obligation whose row it feeds; or NULL */
	unsigned tiers;        /* mask of enum tier */
	const char *tier_text; /* as written, joined by ", " */
	unsigned duties;       /* mask of roles */
	const char *duty_text;
	date applies[TIER_COUNT];             /* DATE_NONE: always */
	date until;                           /* last day, or DATE_NONE */
	const struct transition *transitions; /* of the catalogue */
	size_t n_transitions;
	unsigned concerned; /* mask: those that move it */
	enum diag_severity severity;
	enum diag_severity stated_severity; /* before any profile */
	const char *tuned;                  /* by which profile; or NULL */
	bool is_protected;          /* not to be waived, baselined or relaxed */
	enum status status;         /* STATUS_COUNT when the rule says none */
	const struct path *against; /* what a failure contradicts; or NULL */
	const struct check *when;   /* or NULL */
	const struct check *check;
	const char *message;
	const char *absent;    /* said where nothing is given; or NULL */
	const char *why;       /* or NULL */
	const char *fix;       /* or NULL */
	const char *sentence;  /* what is asked; NULL: see is_brief */
	const char *condition; /* when it is asked, or NULL */
	const struct example *examples;
	size_t n_examples;
};

#endif
