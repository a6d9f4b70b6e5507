#include "check/catalogue.h"
#include "check/check.h"
#include "check/example.h"
#include "intake/intake.h"
#include "intake/vocabulary.h"
#include "tap.h"

/*
 * Every example of every rule of schemas/ gives the result that stands beside
 * it; every rule has one that passes and one that fails; and no rule reads or
 * reports badly.  Run from the top of the project.
 */

struct bench {
	struct arena arena;
	struct diag_list diags;
	struct folder folder;
	struct vocabulary vocabulary;
	struct catalogue catalogue;
};

static bool
begin(struct bench *b)
{
	int rc;

	*b = (struct bench){ .folder = { .fd = -1 } };
	b->diags.arena = &b->arena;
	if (!CHECK_INT(
		folder_open(&b->folder, "schemas", "schemas", &b->diags), 0))
		return false;
	rc = vocabulary_load(&b->vocabulary, &b->arena, &b->folder, &b->diags);
	CHECK_INT(rc, 0);
	if (rc == 0)
		rc = catalogue_load_from(&b->catalogue, &b->arena,
		    &(struct catalogue_source){
			&b->folder, &b->vocabulary, CATALOGUE_WHOLE },
		    &b->diags);
	CHECK_INT(rc, 0);
	for (const struct diag *d = b->diags.first; d != NULL; d = d->next)
		printf("# %s:%u:%u: %s\n", d->pos.file, d->pos.line,
		    d->pos.column, d->detail);
	return rc == 0;
}

static void
end(struct bench *b)
{
	folder_close(&b->folder);
	arena_free(&b->arena);
}

/* Whether a text can be shown to people. */
static bool
reads_well(const char *text)
{
	return strstr(text, "(null)") == NULL && strstr(text, "  ") == NULL &&
	    strchr(text, '\n') == NULL;
}

static void
show(const struct example *example, const struct record *record)
{
	printf("# %s:%u\n", example->pos.file, example->pos.line);
	for (const struct verdict *v = record->verdicts.first; v != NULL;
	     v = v->next)
		printf("#   %s %s: %s\n", result_word(v->result), v->path,
		    v->message);
	for (const struct diag *d = record->diags.first; d != NULL; d = d->next)
		printf("#   %s\n", d->detail);
}

static void
try_example(
    struct bench *b, const struct rule *rule, const struct example *example)
{
	struct record record = { 0 };
	struct policy policy;
	bool whole = true;

	intake_value(&record, &b->vocabulary, example->record);
	record.id = "example";
	example_policy(example, &policy);
	CHECK_INT(example_figures(example, &record, &record.diags), 0);
	if (!CHECK_STR(result_word(check_rule(rule, &record, &policy)),
		result_word(example->result)))
		show(example, &record);
	for (const struct verdict *v = record.verdicts.first; v != NULL;
	     v = v->next)
		whole = whole && reads_well(v->message) && reads_well(v->fix) &&
		    strstr(v->message, "{") == NULL && v->message[0] != '\0' &&
		    v->fix[0] != '\0' && v->pos.line > 0;
	if (!CHECK(whole))
		show(example, &record);
	arena_free(&record.arena);
}

/* A rule that no example can fail would be none. */
static void
has_both_sides(const struct rule *rule)
{
	bool passes = false, fails = false;

	for (size_t i = 0; i < rule->n_examples; i++) {
		enum verdict_result result = rule->examples[i].result;

		passes = passes || result == VERDICT_PASS;
		fails = fails || result == VERDICT_FAIL ||
		    result == VERDICT_MANUAL || result == VERDICT_UPCOMING;
	}
	if (!CHECK(passes && fails))
		printf("# rule %s\n", rule->id);
}

static void
says_what_it_asks(const struct rule *rule)
{
	size_t n = strlen(rule->sentence);

	if (!CHECK(n > 10 && rule->sentence[n - 1] == '.' &&
		reads_well(rule->sentence) && rule->sentence[0] != ' '))
		printf("# %s: %s\n", rule->id, rule->sentence);
}

int
main(void)
{
	struct bench b;

	if (begin(&b)) {
		CHECK(b.catalogue.n_rules > 300);
		for (size_t i = 0; i < b.catalogue.n_rules; i++) {
			const struct rule *rule = &b.catalogue.rules[i];

			has_both_sides(rule);
			says_what_it_asks(rule);
			for (size_t j = 0; j < rule->n_examples; j++)
				try_example(&b, rule, &rule->examples[j]);
		}
	}
	end(&b);
	return tap_done();
}
