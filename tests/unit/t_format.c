#include "app/format.h"
#include "tap.h"

static const struct option_spec specs[] = { FORMAT_OPTION,
	{ "quiet", 'q', NULL, "less" }, { NULL, 0, NULL, NULL } };

enum { MOST = 4 };

/* Read formats; what was wrong is in diags. */
static int
read_formats(struct outputs *out, struct diag_list *diags,
    const char *const words[], bool has_default)
{
	static char copies[MOST][64];
	static char *argv[MOST];
	struct options options;
	int argc = 0;

	for (; words[argc] != NULL; argc++) {
		snprintf(copies[argc], sizeof(copies[argc]), "%s", words[argc]);
		argv[argc] = copies[argc];
	}
	if (options_read(&options, specs, argc, argv, diags) == -1)
		return -1;
	return outputs_read(out, &options, has_default, diags);
}

static void
reads_formats(void)
{
	static const char *const none[] = { "-q", NULL };
	static const char *const several[] = { "--format=sarif:a:b",
		"-fjunit:x", "--format=json:-", NULL };
	struct arena arena = { 0 };
	struct diag_list diags = { .arena = &arena };
	struct outputs outputs = { 0 };

	CHECK_INT(read_formats(&outputs, &diags, none, true), 0);
	CHECK_INT(outputs.n, 1);
	CHECK(outputs.list[0].format == &format_text);
	CHECK(outputs.list[0].path == NULL);
	CHECK(outputs_take_stdout(&outputs));
	CHECK_INT(read_formats(&outputs, &diags, none, false), 0);
	CHECK_INT(outputs.n, 0);
	CHECK(!outputs_take_stdout(&outputs));
	CHECK_INT(read_formats(&outputs, &diags, several, true), 0);
	CHECK_INT(outputs.n, 3);
	CHECK_STR(outputs.list[0].path, "a:b");
	CHECK(outputs.list[1].format == &format_junit);
	CHECK_STR(outputs.list[1].path, "x");
	CHECK(outputs.list[2].path == NULL);
	CHECK_INT(diags.n, 0);
	arena_free(&arena);
}

static void
refuses(const char *a, const char *b, const char *want)
{
	const char *const words[] = { a, b, NULL };
	struct arena arena = { 0 };
	struct diag_list diags = { .arena = &arena };
	struct outputs outputs = { 0 };

	CHECK_INT(read_formats(&outputs, &diags, words, true), -1);
	CHECK_INT(diags.n, 1);
	CHECK_STR(diags.first != NULL ? diags.first->detail : "", want);
	arena_free(&arena);
}

static void
refuses_what_makes_no_sense(void)
{
	refuses("--format=gitlub", NULL,
	    "--format is text, json, sarif, junit, github or gitlab, not "
	    "gitlub; did you mean github?");
	refuses("--format=sar", NULL,
	    "--format is text, json, sarif, junit, github or gitlab, not sar");
	refuses("--format=sarif:", NULL,
	    "--format=sarif: names no file; leave the colon out for standard "
	    "output");
	refuses("--format=json", "--format=sarif",
	    "json and sarif both go to standard output; name a file for one "
	    "of them: --format=sarif:FILE");
	refuses("--format=json:x", "--format=sarif:x",
	    "json and sarif both go to x; name a file for one of them: "
	    "--format=sarif:FILE");
}

static void
counts_and_says(void)
{
	struct summary open = { .gate = GATE_OPEN, .warnings = 2 };
	struct summary closed = { .gate = GATE_CLOSED, .blocking = 1 };
	struct gate_total total = { 0 };
	struct text t = { 0 };

	gate_settle(&total, -1);
	CHECK(total.is_open);
	gate_count(&total, &open, 0);
	CHECK(total.is_open);
	format_put_gate(&t, &total);
	CHECK_STR(text_str(&t),
	    "dossier: gate open: 0 of 1 model blocked, 0 findings block, 2 "
	    "warnings\n");
	gate_count(&total, &closed, 1);
	CHECK(!total.is_open);
	CHECK_INT(total.status, 1);
	text_clear(&t);
	format_put_gate(&t, &total);
	CHECK_STR(text_str(&t),
	    "dossier: gate closed: 1 of 2 models blocked, 1 finding block, 2 "
	    "warnings\n");
	gate_settle(&total, 4);
	gate_settle(&total, 3);
	CHECK_INT(total.status, 4);
	total = (struct gate_total){ .status = 3 };
	text_clear(&t);
	format_put_gate(&t, &total);
	CHECK_STR(text_str(&t), "dossier: gate closed: nothing was judged\n");
	text_free(&t);
}

int
main(void)
{
	reads_formats();
	refuses_what_makes_no_sense();
	counts_and_says();
	return tap_done();
}
