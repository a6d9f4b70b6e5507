#ifndef DOSSIER_CHECK_COVERAGE_H
#define DOSSIER_CHECK_COVERAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "check/catalogue.h"

/*
 * How each provision of the law is covered.  The rules say which provisions
 * they serve; what they ask of these follows from their checks.  The key
 * `covered` of obligations.yaml says the same from the other side, for a
 * reader of the law, and for what no rule can ask it gives the reason:
 *
 *     covered: {rules: [AIV-1A, A16-B]}
 *     covered: {judgement: [A9-5]}
 *     covered: {evidence: [A4-EVIDENCE, A4-FRESH]}
 *     covered: {information: penalty}
 *     covered: {information: scope, note: "..."}
 *
 * Both sides are compared, so that neither can drift.
 */

enum coverage_kind {
	COVERAGE_RULES,
	COVERAGE_JUDGEMENT,   /* a reasoned decision, signed and dated */
	COVERAGE_EVIDENCE,    /* a reference that is dated and has a digest */
	COVERAGE_INFORMATION, /* nothing can be asked: see the reason */
	COVERAGE_OPEN,        /* neither rule nor reason */
	COVERAGE_KINDS
};

/* One provision; everything is borrowed from the catalogue. */
struct coverage_row {
	const struct obligation *obligation;
	size_t chapter; /* of the law, see check/chapter.h */
	enum coverage_kind kind;
	const struct rule **rules; /* that name it, in their order */
	size_t n_rules;
	const char *reason;  /* a word of `reasons`, COVERAGE_INFORMATION */
	const char *because; /* its sentence, and the note if there is one */
	bool is_owed;        /* an operator owes it */
	const char *gap;     /* what no rule asks though it is due; or NULL */
};

struct coverage {
	struct coverage_row *rows; /* in the order of the law */
	size_t n;
	size_t n_gaps;
};

/*
 * What the rules of the catalogue cover.  Reasons are known only to a
 * catalogue that was loaded as CATALOGUE_COVERED or whole.
 */
void coverage_of(struct coverage *out, struct arena *arena,
    const struct catalogue *catalogue);

/*
 * Compare with what obligations.yaml says: a rule that is not listed, a listed
 * one that does not exist or does not name the provision, another kind, an
 * unknown reason.  Return 0, or -1 with each in diags at its place.
 */
int coverage_compare(const struct coverage *coverage,
    const struct catalogue *catalogue, struct diag_list *diags);

/*
 * Add what is due and not asked by any rule.  Return 0, or -1 when there is
 * such a gap.
 */
int coverage_gaps(const struct coverage *coverage, struct diag_list *diags);

/*
 * Append the text of an obligations file with every `covered` as the rules
 * have it; reasons stay where no rule names the provision.
 */
void coverage_write(const struct coverage *coverage, struct text *out,
    const char *bytes, size_t size);

/* "rules", "judgement", "evidence", "information", "open". */
const char *coverage_word(enum coverage_kind kind);

#endif
