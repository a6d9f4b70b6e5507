#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "app/compile.h"
#include "app/coverage.h"
#include "app/list.h"
#include "app/rules_diff.h"
#include "app/session.h"
#include "check/check.h"
#include "check/example.h"
#include "intake/intake.h"

/*
 * The rules themselves: listed, and tried on their own examples.
 */

static const struct option_spec specs[] = { SESSION_OPTIONS,
	{ "format", 0, "FORMAT",
	    "list: text, csv, json or html; coverage: text, csv, json, man or "
	    "yaml" },
	LIST_OPTIONS, { NULL, 0, NULL, NULL } };

/* One example: 0 when the rule gives what it promises. */
static int
try_example(
    struct session *s, const struct rule *rule, const struct example *example)
{
	struct policy policy;
	struct record record = { .file = "example", .folder = "example" };
	enum verdict_result result;

	example_policy(example, &policy);
	intake_value(&record, &s->pipeline.vocabulary, example->record);
	example_figures(example, &record, &record.diags);
	result = check_rule(rule, &record, &policy);
	if (record.diags.n_errors > 0)
		diag_add(&s->diags, DIAG_RULE_EXAMPLE, example->pos,
		    "%s: its record is wrong: %s: %s", rule->id,
		    diag_sentence(record.diags.first->id),
		    arena_str(&s->arena, record.diags.first->detail));
	else if (result != example->result)
		diag_add(&s->diags, DIAG_RULE_EXAMPLE, example->pos,
		    "%s gives %s, not %s", rule->id, result_word(result),
		    result_word(example->result));
	arena_free(&record.arena);
	return result == example->result ? 0 : -1;
}

static int
test_rules(struct session *s)
{
	const struct catalogue *catalogue = &s->pipeline.catalogue;
	size_t n = 0, n_failed = 0, n_bare = 0;
	struct coverage coverage;

	coverage_of(&coverage, &s->arena, catalogue);
	coverage_compare(&coverage, catalogue, &s->diags);
	coverage_gaps(&coverage, &s->diags);
	for (size_t i = 0; i < catalogue->n_rules; i++) {
		const struct rule *rule = &catalogue->rules[i];

		n_bare += rule->n_examples == 0;
		for (size_t j = 0; j < rule->n_examples; j++, n++)
			n_failed +=
			    try_example(s, rule, &rule->examples[j]) == -1;
	}
	printf("%zu rules, %zu examples: %zu passed, %zu failed; %zu rules"
	       " without example\n",
	    catalogue->n_rules, n, n - n_failed, n_failed, n_bare);
	return n_failed == 0 && s->diags.n_errors == 0 ? STATUS_OPEN :
							 STATUS_USAGE;
}

int
command_rules(int argc, char **argv)
{
	struct session session;
	int status = session_open(&session, specs, argc, argv, SESSION_HERE);
	const char *what;

	if (status == -1)
		status = session_load_as(&session, CATALOGUE_WHOLE);
	if (status != -1)
		return session_close(&session, status);
	what = session.options.n_operands > 0 ? session.options.operands[0] :
						"list";
	if (strcmp(what, "list") == 0)
		return session_close(&session, rules_list(&session));
	if (strcmp(what, "test") == 0)
		return session_close(&session, test_rules(&session));
	if (strcmp(what, "compile") == 0)
		return session_close(&session, compile_schemas(&session));
	if (strcmp(what, "coverage") == 0)
		return session_close(&session, rules_coverage(&session));
	if (strcmp(what, "diff") == 0)
		return session_close(&session, rules_diff(&session));
	diag_add(&session.diags, DIAG_USAGE, (struct pos){ NULL, 0, 0 },
	    "rules list, test, coverage, diff or compile, not %s", what);
	return session_close(&session, STATUS_USAGE);
}
