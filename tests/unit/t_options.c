#include "app/options.h"

#include "tap.h"

static const struct option_spec specs[] = {
	{ "config", 'c', "FILE", "configuration" },
	{ "quiet", 'q', NULL, "less" },
	{ "verbose", 'v', NULL, "more" },
	{ "jobs", 'j', "N", "workers" },
	{ NULL, 0, NULL, NULL },
};

enum { MOST = 8 };

/* Read words, and keep what was said in diags. */
static int
read_words(struct options *out, struct diag_list *diags, const char *a,
    const char *b, const char *c)
{
	static char copies[MOST][64];
	static char *argv[MOST];
	const char *words[] = { a, b, c };
	int argc = 0;

	for (size_t i = 0; i < 3 && words[i] != NULL; i++) {
		snprintf(copies[i], sizeof(copies[i]), "%s", words[i]);
		argv[argc++] = copies[i];
	}
	return options_read(out, specs, argc, argv, diags);
}

static void
reads_long_and_short(void)
{
	struct arena arena = { 0 };
	struct diag_list diags = { .arena = &arena };
	struct options o;

	CHECK_INT(read_words(&o, &diags, "--config=a.yaml", "-q", "m"), 0);
	CHECK_STR(options_get(&o, "config"), "a.yaml");
	CHECK_STR(options_get(&o, "quiet"), "");
	CHECK(options_get(&o, "verbose") == NULL);
	CHECK_INT(o.n_operands, 1);
	CHECK_STR(o.operands[0], "m");
	CHECK_INT(read_words(&o, &diags, "--config", "b", NULL), 0);
	CHECK_STR(options_get(&o, "config"), "b");
	CHECK_INT(read_words(&o, &diags, "-qvj8", NULL, NULL), 0);
	CHECK_STR(options_get(&o, "jobs"), "8");
	CHECK_STR(options_get(&o, "verbose"), "");
	CHECK_INT(read_words(&o, &diags, "-j", "4", NULL), 0);
	CHECK_STR(options_get(&o, "jobs"), "4");
	CHECK_INT(diags.n, 0);
	arena_free(&arena);
}

static void
the_last_one_counts(void)
{
	struct arena arena = { 0 };
	struct diag_list diags = { .arena = &arena };
	struct options o;

	CHECK_INT(read_words(&o, &diags, "-j1", "--jobs=2", NULL), 0);
	CHECK_STR(options_get(&o, "jobs"), "2");
	arena_free(&arena);
}

static void
operands_may_look_like_options(void)
{
	struct arena arena = { 0 };
	struct diag_list diags = { .arena = &arena };
	struct options o;

	CHECK_INT(read_words(&o, &diags, "--", "-q", "--jobs"), 0);
	CHECK_INT(o.n_operands, 2);
	CHECK_STR(o.operands[0], "-q");
	CHECK_INT(read_words(&o, &diags, "-", NULL, NULL), 0);
	CHECK_STR(o.operands[0], "-");
	arena_free(&arena);
}

static void
refuses(const char *a, const char *b, const char *words)
{
	struct arena arena = { 0 };
	struct diag_list diags = { .arena = &arena };
	struct options o;

	CHECK_INT(read_words(&o, &diags, a, b, NULL), -1);
	CHECK_INT(diags.n, 1);
	CHECK(
	    diags.first != NULL && strstr(diags.first->detail, words) != NULL);
	arena_free(&arena);
}

static void
tells_what_is_wrong(void)
{
	refuses("--confg=x", NULL, "did you mean --config?");
	refuses("--con", "x", "unknown option --con");
	refuses("--quiet=yes", NULL, "takes no value");
	refuses("--config", NULL, "needs a value: --config=FILE");
	refuses("-x", NULL, "unknown option -x");
}

int
main(void)
{
	reads_long_and_short();
	the_last_one_counts();
	operands_may_look_like_options();
	tells_what_is_wrong();
	return tap_done();
}
