#include "base/diag.h"

#include "tap.h"

static void
keeps_order_and_counts(void)
{
	struct arena arena = { 0 };
	struct diag_list list = { .arena = &arena };
	struct pos pos = { "a.yaml", 3, 7 };

	CHECK(list.first == NULL);
	diag_add(&list, DIAG_CSV_QUOTE, pos, "%s %d", "x", 1);
	diag_add(&list, DIAG_TEXT_BIDI, (struct pos){ 0 }, "%s", "");
	diag_add(&list, DIAG_USAGE, pos, "100%% of it");
	CHECK_INT(list.n, 3);
	CHECK_INT(list.n_errors, 2);
	CHECK_INT(list.first->id, DIAG_CSV_QUOTE);
	CHECK_STR(list.first->detail, "x 1");
	CHECK_STR(list.first->pos.file, "a.yaml");
	CHECK_INT(list.first->pos.line, 3);
	CHECK_INT(list.first->pos.column, 7);
	CHECK_STR(list.first->next->detail, "");
	CHECK(list.first->next->pos.file == NULL);
	CHECK(list.last == list.first->next->next);
	CHECK_STR(list.last->detail, "100% of it");
	CHECK(list.last->next == NULL);
	arena_free(&arena);
}

static void
names_each_identifier(void)
{
	CHECK_STR(diag_name(DIAG_FILE_MISSING), "FILE_MISSING");
	CHECK_STR(diag_sentence(DIAG_FILE_MISSING), "file not found");
	CHECK_STR(diag_name(DIAG_USAGE), "USAGE");
	CHECK_INT(diag_severity(DIAG_TEXT_BIDI), DIAG_WARNING);
	CHECK_INT(diag_severity(DIAG_YAML_TAG), DIAG_ERROR);
	CHECK_STR(diag_severity_word(DIAG_ERROR), "error");
	CHECK_STR(diag_severity_word(DIAG_WARNING), "warning");
	CHECK_STR(diag_severity_word(DIAG_NOTE), "note");
}

/* Messages begin in lower case (or a name), and end without a full stop. */
static bool
is_sentence(const char *s)
{
	size_t n = strlen(s);

	return n > 3 && n < 64 && s[n - 1] != '.' && s[n - 1] != ' ' &&
	    strchr(s, '\n') == NULL;
}

static void
keeps_the_table_sound(void)
{
	for (int i = 0; i < DIAG_COUNT; i++) {
		enum diag_id id = (enum diag_id)i;
		int same = 0;

		if (!is_sentence(diag_sentence(id)))
			CHECK_STR(diag_sentence(id), "a sound sentence");
		CHECK(diag_of_name(diag_name(id)) == id);
		if (strlen(diag_remedy(id)) < 15 ||
		    diag_remedy(id)[strlen(diag_remedy(id)) - 1] != '.')
			CHECK_STR(diag_remedy(id), "a whole sentence");
		for (int j = 0; j < DIAG_COUNT; j++)
			same += strcmp(diag_name(id),
				    diag_name((enum diag_id)j)) == 0;
		if (same != 1)
			CHECK_STR(diag_name(id), "a name given once");
	}
	CHECK(DIAG_COUNT > 50);
	CHECK(diag_of_name("NO_SUCH") == DIAG_COUNT);
}

static void
takes_long_details(void)
{
	struct arena arena = { 0 };
	struct diag_list list = { .arena = &arena };

	diag_add(&list, DIAG_USAGE, (struct pos){ 0 }, "%100000d", 1);
	CHECK_INT(strlen(list.first->detail), 100000);
	arena_free(&arena);
}

static void
stops_at_its_limit(void)
{
	struct arena arena = { 0 };
	struct diag_list list = { .arena = &arena, .limit = 2 };

	for (unsigned i = 1; i <= 5; i++)
		diag_add(&list, DIAG_WAIVER_UNUSED, (struct pos){ "f", i, 1 },
		    "%u", i);
	CHECK_INT(list.n, 3);
	CHECK_INT(list.n_errors, 1);
	CHECK_STR(list.first->next->detail, "2");
	CHECK_INT(list.last->id, DIAG_FINDINGS);
	CHECK_STR(list.last->detail, "2");
	CHECK_INT(list.last->pos.line, 3);
	CHECK(list.last->next == NULL);
	arena_free(&arena);
}

int
main(void)
{
	keeps_order_and_counts();
	names_each_identifier();
	keeps_the_table_sound();
	takes_long_details();
	stops_at_its_limit();
	return tap_done();
}
