#include "check/substance.h"

#include <stdlib.h>
#include <time.h>

#include "check/words.h"
#include "court.h"

/* What says something, and what only looks as if it did. */

static void
counts_words(void)
{
	static const struct {
		const char *text;
		size_t n;
	} cases[] = {
		{ "", 0 },
		{ "   \n\t ", 0 },
		{ "one", 1 },
		{ "one two  three\nfour", 4 },
		{ "well-known, isn't it?", 3 },
		{ "- one - two -", 2 },
		{ "(one) [two] \"three\"", 3 },
		{ "a/b", 2 },
		{ "2026 12.5 3", 0 },
		{ "12 months v2", 2 },
		{ "xxx aaaa ----- ...", 0 },
		{ "aa bb", 2 },
		{ "XxX", 0 },
		{ "bl\xc3\xa5 b\xc3\xa6r gr\xc3\xb8t", 3 },
		{ "na\xc3\xafve\xc2\xa0text", 2 },
		{ "\xce\xb1\xce\xb2\xce\xb3 \xd0\xb0\xd0\xb1\xd0\xb2", 2 },
		{ "caf\x65\xcc\x81 noir", 2 },
		{ "l\xe2\x80\x99\x61utre \xe2\x80\x94 un", 2 },
		{ "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e", 3 },
		{ "\xe6\x97\xa5 x\xe6\x9c\xac", 3 },
		{ "\xf0\x9f\x98\x80 \xe2\x9c\x93", 0 },
		{ "a\xff\xfe b", 2 },
	};
	struct arena arena = { 0 };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		if (!CHECK_INT(words_count(cases[i].text), cases[i].n))
			printf("# text: %s\n", cases[i].text);
		CHECK_INT(words_of(&arena, cases[i].text).n, cases[i].n);
	}
	arena_free(&arena);
}

static void
forgets_case_and_marks(void)
{
	struct arena arena = { 0 };
	struct words a = words_of(&arena, "The M\xc3\x98LLER file,  (2026).");
	struct words b = words_of(&arena, "the m\xc3\xb8ller FILE 7");
	struct words c = words_of(&arena, "the file m\xc3\xb8ller");

	CHECK_STR(a.plain, "the m\xc3\xb8ller file");
	CHECK(words_hash(&a) == words_hash(&b));
	CHECK(words_hash(&a) != words_hash(&c));
	arena_free(&arena);
}

static void
finds_words_in_words(void)
{
	struct arena arena = { 0 };
	struct words whole = words_of(&arena, "one two three two four");
	static const struct {
		const char *part;
		bool found;
	} cases[] = {
		{ "one two", true },
		{ "two four", true },
		{ "two three two four", true },
		{ "three four", false },
		{ "one two three two four five", false },
		{ "", false },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct words part = words_of(&arena, cases[i].part);

		CHECK_INT(words_contain(&whole, &part), cases[i].found);
	}
	arena_free(&arena);
}

static void
counts_how_words_spread(void)
{
	struct arena arena = { 0 };
	struct words words = words_of(&arena, "a b a c A");
	struct words none = words_of(&arena, "");
	size_t most, different;

	words_spread(&arena, &words, &most, &different);
	CHECK_INT(most, 3);
	CHECK_INT(different, 3);
	words_spread(&arena, &none, &most, &different);
	CHECK_INT(most, 0);
	CHECK_INT(different, 0);
	arena_free(&arena);
}

#define LONG_ENOUGH                                                            \
	"Rank loan applications for a credit officer, who reads the reasons "  \
	"and decides on each of them."

static void
wants_words(void)
{
	static const struct trial trials[] = {
		{ "purpose: {intended_purpose: \"" LONG_ENOUGH "\"}", "pass",
		    "Met", NULL },
		{ "purpose: {intended_purpose: Rank loans}", "fail", "Not met",
		    "it is wrong: 2 words, at least 12 are wanted" },
		{ "purpose: {intended_purpose: Loans}", "fail", "Not met",
		    "1 word, at least 12 are wanted" },
		{ "purpose: {}", "fail", "Not provided", NULL },
		{ "purpose: {intended_purpose: TBD}", "fail", "Not provided",
		    "\"TBD\" is a placeholder" },
		{ "purpose: {intended_purpose: {none: no purpose}}", "pass",
		    NULL, NULL },
		{ "purpose: {intended_purpose: {not_applicable: x, decided_by: "
		  "y, decided_on: 2028-01-01}}",
		    "not-applicable", NULL, NULL },
		{ "purpose: {intended_purpose: [a]}", "unknown", NULL, NULL },
	};

	TRIALS("{substance: {field: purpose.intended_purpose, words: 12}}",
	    trials);
}

/* Texts that are long enough and say nothing. */
static void
sees_through_filler(void)
{
	static const struct trial trials[] = {
		{ "purpose: {intended_purpose: \"TBD by the risk team, see "
		  "ticket\"}",
		    "fail", "Not provided", "is a placeholder" },
		{ "purpose: {intended_purpose: \"To be completed before the "
		  "audit of the model\"}",
		    "fail", "Not provided", "is a placeholder" },
		{ "purpose: {intended_purpose: \"As an AI language model, I "
		  "have no view of the purpose for which officers use this "
		  "system in their work.\"}",
		    "fail", NULL, "placeholder" },
		{ "purpose: {intended_purpose: \"Ask a language model that an "
		  "officer can question about loans and their terms.\"}",
		    "pass", NULL, NULL },
		{ "purpose: {intended_purpose: \"Lorem ipsum dolor sit amet, "
		  "consectetur adipiscing elit, sed do eiusmod tempor "
		  "incididunt ut labore et dolore magna aliqua\"}",
		    "fail", "Not provided", "is a placeholder" },
		{ "purpose: {intended_purpose: \"model model model model model "
		  "model model model model\"}",
		    "fail", "Not met", "it repeats one word" },
		{ "purpose: {intended_purpose: \"good model good model fine "
		  "good model fine fine good\"}",
		    "fail", "Not met", "only 3 different words" },
		{ "purpose: {intended_purpose: \"what the system is meant to "
		  "do for whom in which context\"}",
		    "fail", "Not met", "it repeats the question" },
		{ "purpose: {intended_purpose: \"Estimate the chance that an "
		  "applicant for a consumer loan defaults within twelve months "
		  "of the day.\"}",
		    "fail", "Not met", "it is the example of the vocabulary" },
		{ "purpose: {intended_purpose: \"The threshold is to be "
		  "determined by each deployer, who is told how in chapter "
		  "four of the instructions.\"}",
		    "pass", NULL, NULL },
		{ "purpose: {intended_purpose: \"What the system is meant to "
		  "do is to rank applications for a loan officer in a bank\"}",
		    "pass", NULL, NULL },
	};

	TRIALS(
	    "{substance: {field: purpose.intended_purpose, words: 7}}", trials);
}

static void
sees_through_a_label(void)
{
	static const struct trial trials[] = {
		{ "purpose: {users: Users}", "fail", "Not met",
		    "it repeats the name of the field" },
		{ "purpose: {users: \"Users.\"}", "fail", NULL, "name of" },
		{ "purpose: {users: Credit officers}", "pass", NULL, NULL },
		{ "purpose: {users: Nurses}", "pass", NULL, NULL },
	};

	TRIALS("{substance: {field: purpose.users, words: 1}}", trials);
}

/* The same text in another field: the later one is told. */
static void
sees_a_pasted_text(void)
{
	static const char check[] =
	    "{all: [{substance: {field: purpose.intended_purpose, words: 7}}, "
	    "{substance: {field: purpose.users, words: 7}}]}";
	static const struct trial trials[] = {
		{ "purpose:\n"
		  "  intended_purpose: " LONG_ENOUGH "\n"
		  "  users: " LONG_ENOUGH "\n",
		    "fail", "Not met",
		    "it is the text of purpose.intended_purpose; see "
		    "model.yaml:2:21" },
		{ "purpose:\n"
		  "  intended_purpose: " LONG_ENOUGH "\n"
		  "  users: Loan officers of the bank who decide on "
		  "applications.\n",
		    "pass", NULL, NULL },
	};
	static const struct trial entries[] = {
		{ "data_sets:\n"
		  "  - summary: " LONG_ENOUGH "\n"
		  "  - summary: " LONG_ENOUGH "\n",
		    "pass", NULL, NULL },
		{ "purpose: {users: \"" LONG_ENOUGH "\"}\n"
		  "data_sets: [{summary: \"" LONG_ENOUGH "\"}]\n",
		    "fail", NULL,
		    "it is the text of purpose.users; see model.yaml:1:18" },
	};

	TRIALS(check, trials);
	TRIALS("{each: {in: data_sets, check: {substance: {field: summary, "
	       "words: 5}}}}",
	    entries);
}

static void
adds_up_lists(void)
{
	static const struct trial trials[] = {
		{ "purpose: {out_of_scope: [Insurance pricing, Job "
		  "applications]}",
		    "pass", NULL, NULL },
		{ "purpose: {out_of_scope: [Insurance pricing]}", "fail",
		    "Not met", "2 words, at least 4" },
		{ "purpose: {out_of_scope: [Insurance pricing, TBD]}", "fail",
		    "Not met", "2 words, at least 4" },
		{ "purpose: {out_of_scope: [Insurance pricing, to be added, "
		  "and more of it]}",
		    "pass", "Met", NULL },
	};

	TRIALS("{substance: {field: purpose.out_of_scope, words: 4}}", trials);
}

/* As a condition, or within not, it is a question about what is there. */
static void
is_a_question_in_not(void)
{
	static const struct trial trials[] = {
		{ "purpose: {}", "pass", NULL, NULL },
		{ "purpose: {users: TBD}", "pass", NULL, NULL },
		{ "purpose: {users: lorem ipsum dolor sit}", "pass", NULL,
		    NULL },
		{ "purpose: {users: Loan officers}", "fail", NULL, NULL },
	};

	TRIALS("{not: {substance: {field: purpose.users, words: 2}}}", trials);
}

/* Many long texts cost their length, not its square. */
static void
is_quick(void)
{
	static const char rule[] = "{each: {in: data_sets, check: {substance: "
				   "{field: summary, words: 5}}}}";
	struct court court;
	struct record record;
	struct text text = { 0 };
	clock_t start;

	text_puts(&text, "data_sets:\n");
	for (unsigned i = 0; i < 4000; i++)
		text_printf(&text,
		    "  - {name: n%u, summary: \"%s In year %c%c%c it was "
		    "new.\"}\n",
		    i, LONG_ENOUGH, (char)('a' + i % 26),
		    (char)('a' + i / 26 % 26), (char)('a' + i / 676));
	court_open_check(&court, rule);
	court_record(&court, &record, text_str(&text));
	start = clock();
	CHECK_INT(court_judge(&court, &record)->result, VERDICT_PASS);
	CHECK((double)(clock() - start) / CLOCKS_PER_SEC < 1);
	arena_free(&record.arena);
	court_close(&court);
	text_free(&text);
}

int
main(void)
{
	counts_words();
	forgets_case_and_marks();
	finds_words_in_words();
	counts_how_words_spread();
	wants_words();
	sees_through_filler();
	sees_through_a_label();
	sees_a_pasted_text();
	adds_up_lists();
	is_a_question_in_not();
	is_quick();
	return tap_done();
}
