#define _XOPEN_SOURCE 700
#include <fcntl.h>
#include <libxml/parser.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/finding.h"
#include "tap.h"

static const char report[] =
    "<report kind='model'>"
    "<model id='m' name='M' version='1' file='a/model.yaml' tier='minimal'/>"
    "<findings n='5'>"
    "<finding id='1' fingerprint='f1' rule='R-1' title='T' effect='blocks'"
    " severity='error' result='fail' status='Not met' path='model.name'"
    " file='a/model.yaml' line='3' column='7' provision='Article 11'"
    " other-file='a/b.csv' other-line='2' other-column='1'>"
    "<message>it is wrong</message><why>because</why><fix>mend it</fix>"
    "</finding>"
    "<finding id='2' fingerprint='f2' rule='R-2' title='T' effect='warns'"
    " severity='warning' result='unknown' status='Not tested'>"
    "<message>not known</message></finding>"
    "<finding id='3' fingerprint='f3' rule='R-3' title='T' effect='passes'"
    " severity='error' result='waived' status='Waived' waiver='W-1'"
    " waived-by='A. B.' waived-until='2027-01-31' file='a/model.yaml'"
    " line='9' column='1'><message>waived</message></finding>"
    "<finding id='4' fingerprint='f2' rule='R-2' title='T' effect='passes'"
    " severity='note' result='upcoming' status='Due' days-left='12'"
    " file='a/model.yaml' line='9' column='1'><message>due</message>"
    "</finding>"
    "<finding id='5' fingerprint='f2' rule='R-2' title='T' effect='passes'"
    " severity='note' result='manual' status='In review'"
    " file='a/model.yaml' line='9' column='1'><message>open</message>"
    "</finding>"
    "</findings>"
    "<waivers n='1'><waiver id='W-1' reason='It is booked.'/></waivers>"
    "</report>";

static xmlDocPtr
parse(void)
{
	return xmlReadMemory(
	    report, sizeof(report) - 1, "report", NULL, XML_PARSE_NONET);
}

static void
reads_a_document(void)
{
	struct finding_scope scope = { NULL, "", NULL };
	struct arena arena = { 0 };
	struct judged model;
	xmlDocPtr doc = parse();
	const struct finding *f;

	finding_read(&model, &arena, doc, &scope);
	CHECK_STR(model.id, "m");
	CHECK_STR(model.place, "a/model.yaml");
	CHECK_INT(model.n, 5);
	f = &model.findings[0];
	CHECK_STR(f->rule, "R-1");
	CHECK_STR(f->message, "it is wrong");
	CHECK_STR(f->fix, "mend it");
	CHECK_STR(f->at.place, "a/model.yaml");
	CHECK_INT(f->at.line, 3);
	CHECK_INT(f->at.column, 7);
	CHECK_STR(f->other.place, "a/b.csv");
	CHECK_INT(f->other.line, 2);
	CHECK_INT(f->severity, DIAG_ERROR);
	CHECK(f->closes);
	f = &model.findings[1];
	CHECK_STR(f->at.file, "a/model.yaml");
	CHECK_INT(f->at.line, 0);
	CHECK(f->other.file == NULL);
	CHECK_STR(f->fix, "");
	CHECK_INT(f->severity, DIAG_WARNING);
	CHECK(!f->closes);
	xmlFreeDoc(doc);
	arena_free(&arena);
}

static void
tells_the_same_apart(void)
{
	struct finding_scope scope = { NULL, "", NULL };
	struct arena arena = { 0 };
	struct judged model;
	xmlDocPtr doc = parse();

	finding_read(&model, &arena, doc, &scope);
	CHECK_STR(model.findings[0].fingerprint, "f1");
	CHECK_STR(model.findings[1].fingerprint, "f2");
	CHECK_STR(model.findings[3].fingerprint, "f2:2");
	CHECK_STR(model.findings[4].fingerprint, "f2:3");
	xmlFreeDoc(doc);
	arena_free(&arena);
}

/* How many findings close the gate of a policy. */
static size_t
count_closing(enum diag_severity fail_on, bool never)
{
	struct policy policy = { .fail_on = fail_on, .never_fail = never };
	struct finding_scope scope = { NULL, "", &policy };
	struct arena arena = { 0 };
	struct judged model;
	xmlDocPtr doc = parse();
	size_t n = 0;

	finding_read(&model, &arena, doc, &scope);
	for (size_t i = 0; i < model.n; i++)
		n += model.findings[i].closes;
	xmlFreeDoc(doc);
	arena_free(&arena);
	return n;
}

static void
closes_by_the_policy(void)
{
	CHECK_INT(count_closing(DIAG_ERROR, false), 1);
	CHECK_INT(count_closing(DIAG_WARNING, false), 2);
	/* The waived one never does. */
	CHECK_INT(count_closing(DIAG_NOTE, false), 4);
	/* What would close a gate that never does. */
	CHECK_INT(count_closing(DIAG_NOTE, true), 1);
}

static void
notes_waivers_and_days(void)
{
	struct finding_scope scope = { NULL, "", NULL };
	struct arena arena = { 0 };
	struct judged model;
	xmlDocPtr doc = parse();
	struct text t = { 0 };

	finding_read(&model, &arena, doc, &scope);
	finding_put_note(&t, &model.findings[0]);
	CHECK_STR(text_str(&t), "");
	finding_put_note(&t, &model.findings[2]);
	CHECK_STR(text_str(&t), "waived by A. B. until 2027-01-31 (W-1)");
	CHECK_STR(model.findings[2].waived_for, "It is booked.");
	CHECK_INT(model.findings[2].suppression, SUPPRESSED_WAIVED);
	text_clear(&t);
	finding_put_note(&t, &model.findings[3]);
	CHECK_STR(text_str(&t), "the duty applies in 12 days");
	text_clear(&t);
	finding_put_line(&t, &model.findings[0]);
	CHECK_STR(text_str(&t), "a/model.yaml:3:7: error: it is wrong [R-1]");
	text_clear(&t);
	finding_put_line(&t, &model.findings[1]);
	CHECK_STR(text_str(&t), "a/model.yaml: warning: not known [R-2]");
	text_free(&t);
	xmlFreeDoc(doc);
	arena_free(&arena);
}

static void
takes_diagnostics(void)
{
	struct finding_scope scope = { NULL, "", NULL };
	struct arena arena = { 0 };
	struct diag_list diags = { .arena = &arena };
	struct text t = { 0 };
	struct judged run;

	diag_add(&diags, DIAG_MODEL_NONE, (struct pos){ NULL, 0, 0 }, "%s", "");
	diag_add(&diags, DIAG_CONFIG, (struct pos){ "dossier.yaml", 2, 4 },
	    "x\nis ##[error]y");
	finding_of_diags(&run, &arena, &diags, &scope);
	CHECK(run.doc == NULL);
	CHECK_INT(run.n, 2);
	CHECK_STR(run.findings[0].message, "no model found");
	CHECK(run.findings[0].at.place == NULL);
	CHECK(run.findings[0].fix[0] != '\0');
	CHECK(strcmp(run.findings[0].id, run.findings[1].id) != 0);
	finding_put_line(&t, &run.findings[0]);
	CHECK_STR(text_str(&t), "dossier: error: no model found [MODEL_NONE]");
	text_clear(&t);
	finding_put_line(&t, &run.findings[1]);
	CHECK_STR(text_str(&t),
	    "dossier.yaml:2:4: error: configuration is wrong: "
	    "x\\nis U+0023#[error]y [CONFIG]");
	text_free(&t);
	arena_free(&arena);
}

static void
make_folder(const char *path)
{
	if (mkdir(path, 0700) == -1)
		exit(1);
}

/* The prefix of a portfolio, seen from a working folder; both below top. */
static const char *
prefix_from(
    struct arena *arena, const char *top, const char *cwd, const char *root)
{
	if (chdir(arena_printf(arena, "%s/%s", top, cwd)) == -1)
		exit(1);
	return finding_prefix(arena, arena_printf(arena, "%s/%s", top, root));
}

static void
begins_at_the_repository(void)
{
	static const char *const folders[] = { "r", "r/.git", "r/p", "r/p/m",
		"rp" };
	char top[] = "/tmp/dossier-finding-XXXXXX";
	struct arena arena = { 0 };

	if (mkdtemp(top) == NULL || chdir(top) == -1)
		exit(1);
	for (size_t i = 0; i < 5; i++)
		make_folder(folders[i]);
	CHECK_STR(prefix_from(&arena, top, "r", "r/p"), "p");
	CHECK_STR(prefix_from(&arena, top, "r/p", "r/p"), "p");
	CHECK_STR(prefix_from(&arena, top, "r/p/m", "r/p"), "p");
	CHECK_STR(prefix_from(&arena, top, "r/p/m", "r"), "");
	/* Outside: a name that begins alike is no folder above. */
	CHECK_STR(prefix_from(&arena, top, "r", "rp"), "");
	CHECK_STR(finding_prefix(&arena, NULL), "");
	/* Without a repository the working folder stands for it. */
	if (chdir(top) == -1 || rmdir("r/.git") == -1)
		exit(1);
	CHECK_STR(prefix_from(&arena, top, "r", "r/p/m"), "p/m");
	CHECK_STR(prefix_from(&arena, top, "r/p", "r/p"), "");
	CHECK_STR(prefix_from(&arena, top, "r/p", "rp"), "");
	if (chdir(top) == -1)
		exit(1);
	for (size_t i = 5; i > 0; i--)
		rmdir(folders[i - 1]);
	CHECK_INT(rmdir(top), 0);
	arena_free(&arena);
}

static void
puts_the_prefix_before_own_files(void)
{
	struct folder root = { open("/", O_RDONLY | O_DIRECTORY), "" };
	struct finding_scope scope = { &root, "sub", NULL };
	struct arena arena = { 0 };
	struct diag_list diags = { .arena = &arena };
	struct judged run;

	diag_add(&diags, DIAG_CONFIG, (struct pos){ "tmp", 1, 1 }, "x");
	diag_add(&diags, DIAG_CONFIG, (struct pos){ "no-such", 1, 1 }, "x");
	diag_add(&diags, DIAG_CONFIG, (struct pos){ "/tmp", 1, 1 }, "x");
	finding_of_diags(&run, &arena, &diags, &scope);
	CHECK_STR(run.findings[0].at.place, "sub/tmp");
	CHECK_STR(run.findings[1].at.place, "no-such");
	CHECK_STR(run.findings[2].at.place, "/tmp");
	folder_close(&root);
	arena_free(&arena);
}

int
main(void)
{
	reads_a_document();
	tells_the_same_apart();
	closes_by_the_policy();
	notes_waivers_and_days();
	takes_diagnostics();
	begins_at_the_repository();
	puts_the_prefix_before_own_files();
	return tap_done();
}
