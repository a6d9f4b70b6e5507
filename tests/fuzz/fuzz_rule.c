#include "check/catalogue.h"
#include "check/check.h"
#include "check/example.h"
#include "intake/intake.h"
#include "intake/vocabulary.h"
#include "sound.h"

/*
 * Whatever a rule file says, it is a catalogue or refused with a place; and
 * whatever a record says, every rule of a catalogue gives a whole verdict on
 * it, the same each time.  The records are those of the rules' examples.  Run
 * from the top of the project, where schemas/ is.
 */

/* The vocabulary, read once; a fuzzer is called and never ends. */
static const struct vocabulary *
vocabulary(void)
{
	static struct vocabulary loaded;
	static struct arena arena;
	struct diag_list diags = { .arena = &arena };
	struct folder schemas;

	if (loaded.version != NULL)
		return &loaded;
	MUST(folder_open(&schemas, "schemas", "", &diags) == 0);
	MUST(vocabulary_load(&loaded, &arena, &schemas, &diags) == 0);
	folder_close(&schemas);
	return &loaded;
}

static void
check_rule_is_whole(const struct rule *rule)
{
	size_t n = strlen(rule->sentence);

	MUST(rule->id[0] != '\0' && rule->title[0] != '\0');
	MUST(rule->message[0] != '\0');
	MUST(n > 1 && rule->sentence[n - 1] == '.');
	MUST((rule->when == NULL) == (rule->condition == NULL));
	MUST(rule->tiers != 0 && rule->duties != 0);
	MUST(rule->law_text != NULL && rule->provision != NULL);
}

static void
check_verdict_is_whole(const struct verdict *v)
{
	MUST(strlen(v->id) == 12);
	MUST(v->rule != NULL && v->title != NULL && v->provision != NULL);
	MUST(v->law != NULL && v->duty != NULL && v->path != NULL);
	MUST(v->message != NULL && v->message[0] != '\0');
	MUST(v->why != NULL && v->fix != NULL && v->requirement != NULL);
	MUST(v->pos.file != NULL && v->pos.line > 0);
	MUST(v->status < STATUS_COUNT && v->effect <= EFFECT_PASSES);
	if (v->result == VERDICT_PASS || v->result == VERDICT_NOT_APPLICABLE)
		MUST(v->effect == EFFECT_PASSES);
	if (v->result == VERDICT_ERROR)
		MUST(v->effect == EFFECT_BLOCKS);
	if (v->result == VERDICT_FAIL && v->severity == DIAG_ERROR)
		MUST(v->effect == EFFECT_BLOCKS);
	if (v->result == VERDICT_UPCOMING)
		MUST(v->days_left > 0 && v->effect == EFFECT_PASSES);
}

/* Judge the record of an example by the whole catalogue. */
static void
judge(const struct catalogue *catalogue, const struct example *example,
    struct record *record)
{
	struct policy policy;
	struct check_tally tally;

	memset(record, 0, sizeof(*record));
	intake_value(record, vocabulary(), example->record);
	record->id = "example";
	record->is_readable = true;
	example_policy(example, &policy);
	example_figures(example, record, &record->diags);
	tally = check_record(catalogue, record, &policy);
	MUST(tally.n_judged + tally.n_not_applicable + tally.n_unknown +
		tally.n_error >=
	    catalogue->n_rules);
	for (const struct verdict *v = record->verdicts.first; v != NULL;
	     v = v->next)
		check_verdict_is_whole(v);
}

static void
judge_twice(const struct catalogue *catalogue, const struct example *example)
{
	const struct verdict *a, *b;
	struct record first, second;

	judge(catalogue, example, &first);
	judge(catalogue, example, &second);
	MUST(first.verdicts.n == second.verdicts.n);
	a = first.verdicts.first;
	b = second.verdicts.first;
	for (; a != NULL; a = a->next, b = b->next) {
		MUST(strcmp(a->id, b->id) == 0);
		MUST(strcmp(a->message, b->message) == 0);
		MUST(a->result == b->result && a->status == b->status);
	}
	arena_free(&first.arena);
	arena_free(&second.arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	enum { EXAMPLES_MOST = 64 };
	struct fuzz fuzz;
	struct catalogue catalogue;
	size_t judged = 0;
	int rc;

	fuzz_begin(&fuzz, p, n);
	rc = catalogue_read(
	    &catalogue, &fuzz.arena, &fuzz.source, vocabulary(), &fuzz.diags);
	MUST((rc == -1) == (fuzz.diags.n_errors > 0));
	for (const struct diag *d = fuzz.diags.first; d != NULL; d = d->next)
		MUST(d->pos.line == 0 || fuzz_at(&fuzz, d->pos) != NULL);
	for (size_t i = 0; rc == 0 && i < catalogue.n_rules; i++) {
		const struct rule *rule = &catalogue.rules[i];

		check_rule_is_whole(rule);
		MUST(catalogue_rule(&catalogue, rule->id) == rule);
		for (size_t j = 0; j < rule->n_examples; j++)
			if (judged++ < EXAMPLES_MOST)
				judge_twice(&catalogue, &rule->examples[j]);
	}
	fuzz_end(&fuzz);
	return 0;
}
