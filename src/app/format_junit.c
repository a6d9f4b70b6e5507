#include <stdlib.h>
#include <string.h>

#include "app/format.h"
#include "base/date.h"
#include "compose/xml.h"
#include "model/context.h"

/*
 * A JUnit report: a suite for each model, a test case for each rule that was
 * judged, with every finding of the rule in it.  What closes the gate is a
 * failure, or an error where the rule could not be judged or the input not be
 * read; what does not close it is a skipped test that says why.  Names hold no
 * place, so that services know a test again.
 */

enum outcome { PASSED, SKIPPED, FAILED, ERRED };

/* What one line of the document says of a rule. */
struct entry {
	const char *rule;
	const char *title;
	const char *result;            /* of a requirement */
	const struct finding *finding; /* NULL: a requirement */
	size_t order;
};

/* All entries of a rule: n of them from first. */
struct test_case {
	const struct entry *first;
	size_t n;
	enum outcome outcome;
	const struct entry *decides; /* the entry that the outcome is of */
};

struct suite {
	struct entry *entries;
	size_t n_entries;
	struct test_case *cases;
	size_t n_cases;
	size_t counts[ERRED + 1];
};

static int
compare(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = strcmp(x->rule, y->rule);

	if (order != 0)
		return order;
	return x->order < y->order ? -1 : x->order > y->order;
}

/* Every finding, and every requirement that has none. */
static void
collect(struct suite *suite, struct arena *arena, const struct judged *judged)
{
	const xmlNode *list = judged->doc != NULL ?
	    xml_child(xml_root(judged->doc), "requirements") :
	    NULL;
	const xmlNode *first =
	    list != NULL ? xml_child(list, "requirement") : NULL;
	size_t most = judged->n;

	for (const xmlNode *r = first; r != NULL; r = xml_next(r))
		most++;
	suite->entries = arena_array(arena, most, sizeof(*suite->entries));
	for (size_t i = 0; i < judged->n; i++) {
		const struct finding *f = &judged->findings[i];

		suite->entries[suite->n_entries++] =
		    (struct entry){ f->rule, f->title, f->result, f, i };
	}
	for (const xmlNode *r = first; r != NULL; r = xml_next(r))
		if (xml_get(r, "finding")[0] == '\0') {
			suite->entries[suite->n_entries] =
			    (struct entry){ xml_get(r, "rule"),
				    xml_get(r, "title"), xml_get(r, "result"),
				    NULL, suite->n_entries };
			suite->n_entries++;
		}
	if (suite->n_entries > 1)
		qsort(suite->entries, suite->n_entries, sizeof(struct entry),
		    compare);
}

static enum outcome
outcome_of(const struct entry *entry)
{
	if (entry->finding == NULL)
		return strcmp(entry->result, "pass") == 0 ? PASSED : SKIPPED;
	if (!entry->finding->closes)
		return SKIPPED;
	return strcmp(entry->result, "error") == 0 ? ERRED : FAILED;
}

/* The worst entry of a rule decides; of equals the first. */
static void
make_cases(struct suite *suite, struct arena *arena)
{
	struct test_case *last = NULL;

	suite->cases =
	    arena_array(arena, suite->n_entries, sizeof(*suite->cases));
	for (size_t i = 0; i < suite->n_entries; i++) {
		const struct entry *entry = &suite->entries[i];
		enum outcome outcome = outcome_of(entry);

		if (last == NULL ||
		    strcmp(last->first->rule, entry->rule) != 0) {
			last = &suite->cases[suite->n_cases++];
			*last = (struct test_case){ entry, 0, outcome, entry };
		} else if (outcome > last->outcome) {
			last->outcome = outcome;
			last->decides = entry;
		}
		last->n++;
	}
	for (size_t i = 0; i < suite->n_cases; i++)
		suite->counts[suite->cases[i].outcome]++;
}

static void
put_attribute(struct text *out, const char *name, const char *value)
{
	struct text shown = { 0 };

	text_put_shown(&shown, value, strlen(value));
	text_printf(out, " %s=\"", name);
	text_put_html(out, text_str(&shown), shown.n);
	text_putc(out, '"');
	text_free(&shown);
}

static void
put_property(struct text *out, const char *name, const char *value)
{
	if (value == NULL || value[0] == '\0')
		return;
	text_puts(out, "      <property");
	put_attribute(out, "name", name);
	put_attribute(out, "value", value);
	text_puts(out, "/>\n");
}

/* Every finding of the rule: its line, how to mend it, what else to know. */
static void
put_findings(struct text *out, const struct test_case *test)
{
	struct text body = { 0 };

	for (size_t i = 0; i < test->n; i++) {
		const struct finding *f = test->first[i].finding;

		if (f == NULL)
			continue;
		finding_put_line(&body, f);
		if (f->fix[0] != '\0') {
			text_puts(&body, "\n  to fix: ");
			text_put_shown(&body, f->fix, strlen(f->fix));
		}
		if (f->provision[0] != '\0')
			text_printf(&body, "\n  asked by: %s", f->provision);
		text_putc(&body, '\n');
	}
	text_put_html(out, text_str(&body), body.n);
	text_free(&body);
}

/* Why a test counts as skipped. */
static void
put_reason(struct text *out, const struct entry *entry)
{
	const struct finding *f = entry->finding;

	if (f == NULL) {
		text_puts(out,
		    strcmp(entry->result, "not-applicable") == 0 ?
			"not applicable" :
			"another rule tells of it");
		return;
	}
	text_printf(out, "%s: %s", diag_severity_word(f->severity), f->message);
	if (f->suppression != SUPPRESSED_NOT || f->days_left[0] != '\0') {
		text_puts(out, "; ");
		finding_put_note(out, f);
	}
}

static void
put_outcome(struct text *out, const struct test_case *test)
{
	static const char *const names[] = { "", "skipped", "failure",
		"error" };
	const struct entry *entry = test->decides;
	struct text reason = { 0 };

	if (test->outcome == SKIPPED)
		put_reason(&reason, entry);
	else
		text_puts(&reason, entry->finding->message);
	text_printf(out, "      <%s", names[test->outcome]);
	put_attribute(out, "message", text_str(&reason));
	if (test->outcome != SKIPPED)
		put_attribute(out, "type",
		    entry->finding->status[0] != '\0' ? entry->finding->status :
							entry->finding->result);
	text_putc(out, '>');
	put_findings(out, test);
	text_printf(out, "</%s>\n", names[test->outcome]);
	text_free(&reason);
}

static void
put_case(struct text *out, const struct test_case *test, const char *class)
{
	struct text name = { 0 };

	text_printf(&name, "%s: %s", test->first->rule, test->first->title);
	text_puts(out, "    <testcase");
	put_attribute(out, "name", text_str(&name));
	put_attribute(out, "classname", class);
	text_puts(out, " time=\"0\"");
	if (test->outcome == PASSED) {
		text_puts(out, "/>\n");
	} else {
		text_puts(out, ">\n");
		put_outcome(out, test);
		text_puts(out, "    </testcase>\n");
	}
	text_free(&name);
}

static void
put_suite_start(struct output *output, const struct suite *suite,
    const char *name, const char *package)
{
	struct text *out = &output->text;
	char time[TIME_SIZE];

	time_write(output->run->info->time, time);
	time[strcspn(time, "Z")] = '\0'; /* the format wants no zone */
	text_puts(out, "  <testsuite");
	put_attribute(out, "name", name);
	put_attribute(out, "package", package);
	text_printf(out,
	    " id=\"%zu\" timestamp=\"%s\" hostname=\"localhost\" tests=\"%zu\""
	    " failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\" time=\"0\">\n",
	    output->n_models, time, suite->n_cases, suite->counts[FAILED],
	    suite->counts[ERRED], suite->counts[SKIPPED]);
}

static void
put_properties(struct output *output, const struct judged *judged)
{
	const struct run_info *info = output->run->info;
	struct text *out = &output->text;
	char day[DATE_SIZE];

	text_puts(out, "    <properties>\n");
	date_write(info->as_of, day);
	put_property(out, "generator", info->generator);
	put_property(out, "pack", info->pack);
	put_property(out, "as-of", day);
	put_property(out, "model", judged->name);
	put_property(out, "version", judged->version);
	put_property(out, "tier", judged->tier);
	put_property(out, "file", judged->place);
	text_puts(out, "    </properties>\n");
}

static void
put_suite(struct output *output, const struct judged *judged)
{
	const char *name = judged->doc != NULL ? judged->id : "dossier";
	struct arena scratch = { 0 };
	struct suite suite = { 0 };

	collect(&suite, &scratch, judged);
	make_cases(&suite, &scratch);
	put_suite_start(output, &suite, name,
	    judged->doc != NULL ? judged->place : "dossier");
	put_properties(output, judged);
	for (size_t i = 0; i < suite.n_cases; i++)
		put_case(&output->text, &suite.cases[i], name);
	text_puts(&output->text,
	    "    <system-out/>\n    <system-err/>\n  </testsuite>\n");
	arena_free(&scratch);
}

static void
begin(struct output *output)
{
	text_puts(&output->text,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
}

/* Trouble beside the models has a suite of its own, where there is any. */
static void
end(struct output *output, const struct judged *run,
    const struct gate_total *gate)
{
	(void)gate;
	if (run->n > 0)
		put_suite(output, run);
	text_puts(&output->text, "</testsuites>\n");
}

const struct format format_junit = { "junit", begin, put_suite, end };
