#include <stdlib.h>
#include <time.h>

#include "check/noise.h"
#include "court.h"

/* What is asked of every field alike. */

#define REASON                                                                 \
	"rationale: The risk that remains is low and watched every month."

static void
knows_days_that_have_not_come(void)
{
	static const struct trial trials[] = {
		{ "risk: {placed_on: 2028-09-01}", "pass", NULL, NULL },
		{ "risk: {placed_on: 2028-09-02}", "fail", "Not met", NULL },
		{ "evaluation: {planned_on: 2030-01-01}", "(none)", NULL,
		    NULL },
		{ "evaluation: {tested_on: 2028-08-31, planned_on: "
		  "2030-01-01}",
		    "pass", NULL, NULL },
		{ "residual: {not_applicable: No risk remains., decided_by: "
		  "E. Dahl, decided_on: 2028-09-02}",
		    "fail", NULL, NULL },
		{ "model: {name: Score}", "not-applicable", NULL, NULL },
	};

	for (size_t i = 0; i < sizeof(trials) / sizeof(trials[0]); i++) {
		struct trial trial = trials[i];

		if (strcmp(trial.result, "(none)") == 0)
			trial.result = "not-applicable";
		court_trials("{throughout: dates}", &trial, 1);
	}
}

static void
wants_whole_signatures(void)
{
	static const struct trial trials[] = {
		{ "residual: {decided_by: \"E. Dahl, chair\", decided_on: "
		  "2028-08-01}",
		    "pass", NULL, NULL },
		{ "residual: {decided_by: \"E. Dahl, chair\"}", "fail",
		    "Not provided", NULL },
		{ "residual: {decided_by: \"E. Dahl, chair\", decided_on: "
		  "TBD}",
		    "fail", "Not provided", NULL },
		{ "residual: {decided_on: 2028-08-01}", "fail", "Not provided",
		    NULL },
		{ "residual: {decided_by: TBD, decided_on: 2028-08-01}", "fail",
		    "Not provided", NULL },
		{ "residual: {" REASON "}", "not-applicable", NULL, NULL },
		{ "residual: {decided_by: Eva Dahl, decided_on: 2028-08-01}",
		    "fail", "Not met", NULL },
		{ "residual: {decided_by: E. Dahl, decided_on: 2028-08-01}",
		    "fail", NULL, NULL },
		{ "residual: {decided_by: Model Risk Committee, decided_on: "
		  "2028-08-01}",
		    "pass", NULL, NULL },
		{ "residual: {decided_by: Abteilung Risikosteuerung, "
		  "decided_on: 2028-08-01}",
		    "pass", NULL, NULL },
		{ "residual: {decided_by: Dahl (Vorsitz), decided_on: "
		  "2028-08-01}",
		    "pass", NULL, NULL },
	};

	TRIALS("{throughout: signatures}", trials);
}

static void
tells_entries_apart(void)
{
	static const struct trial trials[] = {
		{ "attributes: [{name: age}, {name: sex}]", "pass", NULL,
		    NULL },
		{ "attributes: [{name: age}, {name: sex}, {name: age}]", "fail",
		    NULL, "see model.yaml:1:21" },
		{ "data_sets: [{name: a}, {name: a}]", "not-applicable", NULL,
		    NULL },
	};

	TRIALS("{throughout: names}", trials);
}

#define FIRST                                                                  \
	"Officers of the bank look at every score and decide on each "         \
	"application within two working days."

static void
finds_copies(void)
{
	static const struct trial trials[] = {
		{ "purpose: {intended_purpose: \"" FIRST "\", users: Officers "
		  "who decide on each application of the bank every day.}",
		    "pass", NULL, NULL },
		{ "purpose: {intended_purpose: \"" FIRST "\"}\n"
		  "residual: {rationale: \"" FIRST "\"}",
		    "fail", NULL, "see model.yaml:1:29" },
		/* Case, marks, numbers and white space are no difference. */
		{ "purpose: {intended_purpose: \"" FIRST "\"}\n"
		  "residual: {rationale: \"OFFICERS of the bank -- look at "
		  "every (12) score, and decide on each   application within "
		  "two working days!\"}",
		    "fail", NULL, NULL },
		/* Nor is a word at the end of a long text. */
		{ "purpose: {intended_purpose: \"" FIRST "\"}\n"
		  "residual: {rationale: \"Officers of the bank look at every "
		  "score and decide on each application within two working "
		  "weeks.\"}",
		    "fail", NULL, NULL },
		/* Half of a text is. */
		{ "purpose: {intended_purpose: \"" FIRST "\"}\n"
		  "residual: {rationale: \"Officers of the bank look at every "
		  "score and then ask their supervisor to sign it.\"}",
		    "pass", NULL, NULL },
		/* Two entries of a list may say the same, four do not. */
		{ "data_sets: [{summary: \"" FIRST "\"}, {summary: \"" FIRST
		  "\"}, {summary: \"" FIRST "\"}]",
		    "pass", NULL, NULL },
		{ "data_sets: [{summary: \"" FIRST "\"}, {summary: \"" FIRST
		  "\"}, {summary: \"" FIRST "\"}, {summary: \"" FIRST "\"}]",
		    "fail", NULL, NULL },
	};

	TRIALS("{throughout: copies}", trials);
}

static void
tells_a_group_once(void)
{
	struct court court;
	struct record record;
	size_t n = 0;

	court_open_check(&court, "{throughout: copies}");
	court_record(&court, &record,
	    "purpose: {intended_purpose: \"" FIRST "\", users: \"" FIRST
	    "\"}\nresidual: {rationale: \"" FIRST "\"}");
	court_judge(&court, &record);
	for (const struct verdict *v = record.verdicts.first; v != NULL;
	     v = v->next)
		n += v->result == VERDICT_FAIL;
	CHECK_INT(n, 1);
	CHECK_STR(record.verdicts.first->path, "purpose.users");
	arena_free(&record.arena);
	court_close(&court);
}

/* Many long texts cost their length, not its square. */
static void
is_quick(void)
{
	struct court court;
	struct record record;
	struct text text = { 0 };
	clock_t start;

	text_puts(&text, "data_sets:\n");
	for (unsigned i = 0; i < 4000; i++)
		text_printf(
		    &text, "  - {name: n%u, summary: \"" FIRST "\"}\n", i);
	court_open_check(&court, "{throughout: copies}");
	court_record(&court, &record, text_str(&text));
	start = clock();
	CHECK_INT(court_judge(&court, &record)->result, VERDICT_FAIL);
	CHECK((double)(clock() - start) / CLOCKS_PER_SEC < 1);
	arena_free(&record.arena);
	court_close(&court);
	text_free(&text);
}

static void
hears_noise(void)
{
	static const char *const noise[] = { "asdf asdf jkl", "qwerty",
		"qwertz asdfgh", "Lorem ipsum dolor sit amet", "azerty",
		"poiuytrewq", "asdfasdf", "fghj dfgh", "blablabla",
		"lalalala lalala", "dfgkj sdfkljh wrt", "bcdfg hjklm npqrst",
		"very very very very good", "Users: xxx", "XXXX to be said",
		"Your text here", "[describe the users]", "<insert name here>",
		"Owner: {{owner}}", "Type here", "wird noch ergänzt",
		"à compléter", "do uzupełnienia", "προς συμπλήρωση",
		"blah blah blah and so on",
		"Click or tap here to enter text." };
	static const char *const sound[] = { "Credit officers",
		"Der Wert wird monatlich geprüft", "Wert", "Angstschweiß",
		"Kreditsachbearbeiter der Filialen",
		"Le dossier à compléter par le client est lu par un agent",
		"Strč prst skrz krk a pak zmrzl vlk",
		"Wszystkie wnioski są sprawdzane przez dwie osoby",
		"Szczebrzeszyn", "Οι υπάλληλοι ελέγχουν κάθε αίτηση",
		"Служителите проверяват всяко заявление", "XGBoost, GRU, LSTM",
		"HTTPS, TLS, SSH, SQL, CSRF", "4.2.0", "crs-2", "v12", "Hertz",
		"Poor people", "Typewriters", "mmap",
		"La tutela dei dati è affidata al titolare",
		"Nemzeti adatvédelmi hatóság", "Põhiõigused", "kkkk-2024",
		"Annex XXX", "A list [1] of sources [2]", "a < b and b > c",
		"Murmur and tartar", "Barbara", "cocoa", "Sisi", "no no",
		"JSON {\"a\": 1}", "Officers enter your income and press send",
		"The text that follows replaces the example text of the form",
		"日本語の文章です", "fjord, krydd og vgs", "pH, kW, MWh, GHz" };
	struct arena arena = { 0 };

	for (size_t i = 0; i < sizeof(noise) / sizeof(noise[0]); i++) {
		struct words words = words_of(&arena, noise[i]);

		if (!CHECK(noise_of(&arena, noise[i], &words) != NULL))
			printf("# text: %s\n", noise[i]);
	}
	for (size_t i = 0; i < sizeof(sound) / sizeof(sound[0]); i++) {
		struct words words = words_of(&arena, sound[i]);
		const char *reason = noise_of(&arena, sound[i], &words);

		if (!CHECK(reason == NULL))
			printf("# text: %s\n# %s\n", sound[i], reason);
	}
	arena_free(&arena);
}

/* The rule about the field tells of it, and what follows is not told. */
static void
tells_a_fault_once(void)
{
	static const char rules[] =
	    "rules:\n"
	    "  - id: R-PLACED\n    title: A\n    law: []\n    tier: [all]\n"
	    "    duty: [any]\n    severity: error\n    message: wrong\n"
	    "    check: {date: {field: risk.placed_on, past: yes}}\n"
	    "  - id: R-ORDER\n    title: B\n    law: []\n    tier: [all]\n"
	    "    duty: [any]\n    severity: error\n    message: wrong\n"
	    "    check: {compare: {left: evaluation.tested_on, is: at-least, "
	    "right: risk.placed_on}}\n"
	    "  - id: R-DATES\n    title: C\n    law: []\n    tier: [all]\n"
	    "    duty: [any]\n    severity: error\n    message: wrong\n"
	    "    check: {throughout: dates}\n";
	static const struct {
		const char *record;
		const char *told;
	} cases[] = {
		{ "risk: {placed_on: 2029-01-01}\n"
		  "evaluation: {tested_on: 2028-01-01}",
		    "R-PLACED " },
		{ "risk: {placed_on: 2028-03-01}\n"
		  "evaluation: {tested_on: 2028-01-01}",
		    "R-ORDER " },
		{ "risk: {placed_on: 2028-03-01}\n"
		  "evaluation: {tested_on: 2029-01-01}",
		    "R-DATES " },
	};
	struct court court;

	court_open(&court, rules);
	CHECK_INT(court.rc, 0);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct record record;
		struct text told = { 0 };

		court_record(&court, &record, cases[i].record);
		court_judge(&court, &record);
		for (const struct verdict *v = record.verdicts.first; v != NULL;
		     v = v->next)
			if (v->effect != EFFECT_PASSES)
				text_printf(&told, "%s ", v->rule);
		CHECK_STR(text_str(&told), cases[i].told);
		text_free(&told);
		arena_free(&record.arena);
	}
	court_close(&court);
}

int
main(void)
{
	knows_days_that_have_not_come();
	wants_whole_signatures();
	tells_entries_apart();
	finds_copies();
	tells_a_group_once();
	is_quick();
	hears_noise();
	tells_a_fault_once();
	return tap_done();
}
