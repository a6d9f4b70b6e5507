#include "base/near.h"

#include "tap.h"

static const char *const keys[] = { "name", "owner", "risk_tier", "provider",
	"intended_purpose", "deployer", "date" };

static const char *
nearest(const char *word)
{
	return near_word(word, keys, sizeof(keys) / sizeof(keys[0]));
}

static void
finds_one_slip(void)
{
	CHECK_STR(nearest("name"), "name");
	CHECK_STR(nearest("nmae"), "name");
	CHECK_STR(nearest("nam"), "name");
	CHECK_STR(nearest("names"), "name");
	CHECK_STR(nearest("ownr"), "owner");
	CHECK_STR(nearest("risk-tier"), "risk_tier");
	CHECK_STR(nearest("prvoider"), "provider");
}

static void
finds_more_in_long_words(void)
{
	CHECK_STR(nearest("inteded_purpse"), "intended_purpose");
	CHECK_STR(nearest("intendedpurpos"), "intended_purpose");
	CHECK_STR(nearest("risktir"), "risk_tier");
	CHECK(nearest("intnddpurps") == NULL);
}

/* Many words are a beginning with more behind it. */
static void
takes_a_beginning(void)
{
	CHECK_STR(nearest("intended"), "intended_purpose");
	CHECK_STR(nearest("risk"), "risk_tier");
	CHECK(nearest("ris") == NULL);
	CHECK(nearest("tended") == NULL);
}

/* No suggestion is better than a silly one. */
static void
says_nothing_when_far(void)
{
	CHECK(nearest("colour") == NULL);
	CHECK(nearest("mane") == NULL);
	CHECK(nearest("ow") == NULL);
	CHECK(nearest("") == NULL);
	CHECK(near_word("name", keys, 0) == NULL);
}

/* What is near is named, else what there is, up to a number. */
static void
advises(void)
{
	const char *many[25];
	struct arena arena = { 0 };

	for (size_t i = 0; i < 25; i++)
		many[i] = i < 19 ? "long" : "longer";
	CHECK_STR(
	    near_advice(&arena, "nam", keys, 7), "; did you mean \"name\"?");
	CHECK_STR(
	    near_advice(&arena, "colour", keys, 2), "; there are name, owner");
	CHECK_STR(near_advice(&arena, "colour", keys, 0), "");
	CHECK_STR(strrchr(near_advice(&arena, "zebra", many, 25), ','),
	    ", longer and 5 more");
	arena_free(&arena);
}

/* Any letter is one slip from any other: that is no likeness. */
static void
wants_short_words_to_begin_alike(void)
{
	static const char *const letters[] = { "x", "y", "ag", "sex" };

	CHECK(near_word("a", letters, 2) == NULL);
	CHECK_STR(near_word("a", letters, 4), "ag");
	CHECK_STR(near_word("X", letters, 4), "x");
	CHECK(near_word("zg", letters, 4) == NULL);
	CHECK_STR(near_word("az", letters, 4), "ag");
	CHECK_STR(near_word("bex", letters, 4), "sex");
}

static void
prefers_the_nearest_then_the_first(void)
{
	static const char *const close[] = { "abcdef", "abcxef", "abcdeg" };

	CHECK_STR(near_word("abcdeg", close, 3), "abcdeg");
	CHECK_STR(near_word("abcdxf", close, 3), "abcdef");
	CHECK_STR(near_word("abczef", close, 3), "abcdef");
}

/* A transposition is one slip; words beyond the table's size are left out. */
static void
counts_as_damerau(void)
{
	static const char *const one[] = { "ab" };
	char longest[66];
	const char *word[] = { longest };

	CHECK_STR(near_word("ba", one, 1), "ab");
	memset(longest, 'x', 65);
	longest[65] = '\0';
	CHECK(near_word(longest, word, 1) == NULL);
	longest[64] = '\0';
	CHECK_STR(near_word(longest, word, 1), longest);
}

int
main(void)
{
	finds_one_slip();
	finds_more_in_long_words();
	takes_a_beginning();
	says_nothing_when_far();
	wants_short_words_to_begin_alike();
	prefers_the_nearest_then_the_first();
	counts_as_damerau();
	advises();
	return tap_done();
}
