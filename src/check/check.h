#ifndef DOSSIER_CHECK_CHECK_H
#define DOSSIER_CHECK_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "check/catalogue.h"
#include "model/policy.h"
#include "model/record.h"

/*
 * Every rule over one record, on the policy's day: what the law asks of this
 * model, whether it is there, and what to write where if it is not.
 */

/* What became of the rules of a catalogue on one record. */
struct check_tally {
	size_t n_judged; /* gave pass, fail, waived, manual or upcoming */
	size_t n_not_applicable; /* tier, role or condition does not match */
	size_t n_unknown;        /* not tested */
	size_t n_error;          /* could not be evaluated */
	/*
	 * The first day behind the policy's on which anything may be judged in
	 * another way; DATE_NONE when there is none.
	 */
	date turns_on;
};

/*
 * Judge the record by every rule: append verdicts to record->verdicts, one
 * for each rule that binds it and one for each item or limit that a rule finds
 * at fault, in the order of rules, then of items; then those on its waivers.
 * Nothing is appended for rules of other tiers and roles, nor for a record
 * that is not readable.  Results of figures and measures are set.  A pattern
 * that reaches its limit is also in record->diags.  The verdicts live in the
 * record's arena and keep pointers into catalogue and policy.
 */
struct check_tally check_record(const struct catalogue *catalogue,
    struct record *record, const struct policy *policy);

/* What became of a rule before waivers and other rules had a say in it. */
struct check_given {
	struct verdict *first;
	struct verdict **end;
	date
	    turns_on; /* from then on it may be judged in another way; or NONE */
	bool is_known;
};

/* What judging a record on one day leaves for another; zero it first. */
struct check_memory {
	struct check_given *rules; /* of the catalogue, in its order */
	unsigned covered;          /* mask of the transitions that held */
};

/*
 * The same as check_record(), in less time on a later day: rules that cannot
 * come out in another way yet are not judged again.  The memory is of the same
 * record, catalogue and policy but for its day, and each call adds to it; what
 * it holds lives in the arenas of the records of these calls.
 */
struct check_tally check_record_again(const struct catalogue *catalogue,
    struct record *record, const struct policy *policy,
    struct check_memory *memory);

/*
 * Judge the record by one rule, with the policy's waivers, and append the same
 * verdicts.  Return the worst result; VERDICT_NOT_APPLICABLE when the rule does
 * not bind the record, and then nothing is appended.  For examples and
 * `explain`.
 */
enum verdict_result check_rule(const struct rule *rule, struct record *record,
    const struct policy *policy);

/* Whether the rule's tiers and duties include one of the record's. */
bool check_binds(const struct rule *rule, const struct record *record);

#endif
