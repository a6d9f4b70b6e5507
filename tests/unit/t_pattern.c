#include "check/pattern.h"

#include <stdlib.h>
#include <time.h>

#include "base/file.h"
#include "read/yaml.h"
#include "tap.h"

static const struct pos here = { "rules.yaml", 3, 7 };

struct bench {
	struct arena arena;
	struct diag_list diags;
};

static void
begin(struct bench *bench)
{
	*bench = (struct bench){ 0 };
	bench->diags.arena = &bench->arena;
}

/* Match once: the answer, with one diagnostic exactly when it is -1. */
static int
match(const char *pattern, const char *subject, size_t n)
{
	struct bench bench;
	struct pattern *compiled;
	int rc = -2;

	begin(&bench);
	compiled = pattern_compile(&bench.arena, pattern, here, &bench.diags);
	if (CHECK(compiled != NULL))
		rc = pattern_match(compiled, subject, n, here, &bench.diags);
	CHECK_INT(bench.diags.n, rc == -1 ? 1 : 0);
	if (rc == -1)
		CHECK_INT(bench.diags.first->id, DIAG_PATTERN_LIMIT);
	arena_free(&bench.arena);
	return rc;
}

static int
match_str(const char *pattern, const char *subject)
{
	return match(pattern, subject, strlen(subject));
}

static void
matches_the_whole_subject(void)
{
	CHECK_INT(match_str("[a-z]+", "abc"), 1);
	CHECK_INT(match_str("[a-z]+", "abc1"), 0);
	CHECK_INT(match_str("[a-z]+", "1abc"), 0);
	CHECK_INT(match_str("a|ab", "ab"), 1);
	CHECK_INT(match_str("", ""), 1);
	CHECK_INT(match_str("", "x"), 0);
}

static void
does_not_let_a_newline_end_it(void)
{
	CHECK_INT(match_str("[a-z]+$", "abc\n"), 0);
	CHECK_INT(match_str("^[a-z]+$", "abc"), 1);
	CHECK_INT(match_str(".*", "a\nb"), 0);
	CHECK_INT(match_str("(?s).*", "a\nb"), 1);
}

static void
counts_characters_not_bytes(void)
{
	CHECK_INT(match_str(".", "\xc3\xa6"), 1);
	CHECK_INT(match_str("..", "\xc3\xa6"), 0);
	CHECK_INT(match_str("\\p{L}+", "bl\xc3\xa5"), 1);
}

static void
takes_bytes_behind_a_nul(void)
{
	CHECK_INT(match("a.b", "a\0b", 3), 1);
	CHECK_INT(match("a", "a\0b", 3), 0);
}

static void
says_where_a_pattern_is_wrong(void)
{
	struct bench bench;

	begin(&bench);
	CHECK(
	    pattern_compile(&bench.arena, "ab(c", here, &bench.diags) == NULL);
	CHECK_INT(bench.diags.n, 1);
	CHECK_INT(bench.diags.first->id, DIAG_PATTERN);
	CHECK_INT(bench.diags.first->pos.line, 3);
	CHECK(strstr(bench.diags.first->detail, "byte 5") != NULL);
	CHECK(strstr(bench.diags.first->detail, "parenthes") != NULL);
	arena_free(&bench.arena);
}

static void
refuses(const char *pattern)
{
	struct bench bench;

	begin(&bench);
	if (!CHECK(pattern_compile(&bench.arena, pattern, here, &bench.diags) ==
		NULL))
		printf("# %.60s\n", pattern);
	CHECK_INT(bench.diags.n, 1);
	arena_free(&bench.arena);
}

static void
refuses_what_costs_too_much_to_compile(void)
{
	char *longest = malloc(PATTERN_MAX + 2);

	memset(longest, 'a', PATTERN_MAX + 1);
	longest[PATTERN_MAX + 1] = '\0';
	refuses(longest);
	longest[PATTERN_MAX] = '\0';
	CHECK_INT(match_str(longest, longest), 1);
	free(longest);
	refuses("((a{1000}){1000}){1000}");
	refuses("a\\Cb");
	refuses("\xff");
}

/* The limit is an answer of its own: never "no match". */
static void
reports_a_limit(void)
{
	const char *subject = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!";
	clock_t start = clock();

	CHECK_INT(match_str("^(a|a?)+$", subject), -1);
	CHECK_INT(
	    match_str("(a+)+b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!b"), -1);
	CHECK_INT(match_str("(a+)+b", subject), 0); /* it holds no b at all */
	CHECK((double)(clock() - start) / CLOCKS_PER_SEC < 2);
}

static void
cannot_be_given_more_by_the_pattern(void)
{
	CHECK_INT(match_str("(*LIMIT_MATCH=4000000000)(a+)+b",
		      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!b"),
	    -1);
}

static void
reports_a_long_subject(void)
{
	char *subject = malloc(PATTERN_SUBJECT_MAX + 1);

	memset(subject, 'a', PATTERN_SUBJECT_MAX + 1);
	CHECK_INT(match("a*", subject, PATTERN_SUBJECT_MAX), 1);
	CHECK_INT(match("a*", subject, PATTERN_SUBJECT_MAX + 1), -1);
	free(subject);
}

static void
reports_bad_utf8_in_a_subject(void)
{
	CHECK_INT(match(".*", "a\xff", 2), -1);
	CHECK_INT(match(".*", "\xc3", 1), -1);
}

static void
keeps_its_text(void)
{
	struct bench bench;
	struct pattern *pattern;
	char text[] = "a+";

	begin(&bench);
	pattern = pattern_compile(&bench.arena, text, here, &bench.diags);
	text[0] = 'b';
	CHECK_STR(pattern_text(pattern), "a+");
	arena_free(&bench.arena);
}

/* The hostile configuration of the corpus. */
static void
stops_the_pattern_of_the_corpus(void)
{
	static const char config[] =
	    "naming:\n"
	    "  id: \"^(a|a?)+$\"\n"
	    "  try_on: \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\"\n";
	struct bench bench;
	struct source source;
	const struct value *naming;

	begin(&bench);
	source_of_bytes(&source, "config.yaml", config, sizeof(config) - 1);
	naming =
	    value_get(yaml_read(&bench.arena, &source, &bench.diags), "naming");
	CHECK_INT(
	    match_str(value_text(naming, "id"), value_text(naming, "try_on")),
	    -1);
	arena_free(&bench.arena);
}

int
main(void)
{
	matches_the_whole_subject();
	does_not_let_a_newline_end_it();
	counts_characters_not_bytes();
	takes_bytes_behind_a_nul();
	says_where_a_pattern_is_wrong();
	refuses_what_costs_too_much_to_compile();
	reports_a_limit();
	cannot_be_given_more_by_the_pattern();
	reports_a_long_subject();
	reports_bad_utf8_in_a_subject();
	keeps_its_text();
	stops_the_pattern_of_the_corpus();
	return tap_done();
}
