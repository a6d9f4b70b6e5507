#include "app/explain.h"

#include <string.h>

#include "app/yaml.h"
#include "check/terms.h"
#include "intake/vocabulary.h"
#include "read/json.h"
#include "read/yaml.h"
#include "tap.h"

/*
 * Everything that can be explained is explained: it fits a terminal, it is
 * JSON, and the examples that are shown are those that were tested.
 */

enum { COLUMNS = 80, LABEL = 12 };

struct explain_test {
	struct arena arena;
	struct diag_list diags;
	struct vocabulary vocabulary;
	struct catalogue catalogue;
	struct explainer explainer;
};

static void
begin(struct explain_test *test)
{
	struct catalogue_source from;
	struct folder schemas;

	*test = (struct explain_test){ 0 };
	test->diags.arena = &test->arena;
	CHECK(folder_open(&schemas, "schemas", "", &test->diags) == 0);
	CHECK(vocabulary_load(&test->vocabulary, &test->arena, &schemas,
		  &test->diags) == 0);
	from = (struct catalogue_source){ &schemas, &test->vocabulary,
		CATALOGUE_WHOLE };
	CHECK(catalogue_load_from(
		  &test->catalogue, &test->arena, &from, &test->diags) == 0);
	folder_close(&schemas);
	test->explainer = (struct explainer){ &test->catalogue,
		&test->vocabulary, date_make(2026, 11, 21) };
}

/* Whether a wide line could not be broken: one word behind its label. */
static bool
is_one_word(const char *line, size_t n)
{
	size_t from = n > LABEL ? LABEL : 0;

	while (from < n && line[from] == ' ')
		from++;
	return memchr(line + from, ' ', n - from) == NULL;
}

/* The first line that is too wide for its words or ends in a blank, or NULL. */
static const char *
bad_line(struct arena *arena, const char *text)
{
	while (*text != '\0') {
		size_t n = strcspn(text, "\n"), columns = 0;

		for (size_t i = 0; i < n; i++)
			columns += ((unsigned char)text[i] & 0xC0) != 0x80;
		if (n > 0 &&
		    (text[n - 1] == ' ' ||
			(columns > COLUMNS && !is_one_word(text, n))))
			return arena_dup(arena, text, n);
		text += n + (text[n] != '\0');
	}
	return NULL;
}

/* Both forms of a card are sound; what a reader sees begins with its id. */
static void
is_sound(struct explain_test *test, const struct card *card)
{
	struct arena arena = { 0 };
	struct diag_list diags = { .arena = &arena };
	struct text text = { 0 }, json = { 0 };
	struct source source;
	const struct value *top;
	const char *line;

	card_put_text(card, &text);
	line = bad_line(&arena, text_str(&text));
	if (line != NULL)
		CHECK_STR(line, "a line that fits");
	if (strncmp(text_str(&text), card->id, strlen(card->id)) != 0)
		CHECK_STR(text_str(&text), card->id);
	card_put_json(card, &json);
	source_of_bytes(&source, "card.json", text_str(&json), json.n);
	top = json_read(&arena, &source, &diags);
	if (top == NULL || diags.n > 0 ||
	    strcmp(value_text(top, "id"), card->id) != 0)
		CHECK_STR(text_str(&json), "JSON with the id");
	text_free(&text);
	text_free(&json);
	arena_free(&arena);
	(void)test;
}

static bool
has_row(const struct card *card, const char *name)
{
	for (const struct card_row *r = card->first; r != NULL; r = r->next)
		if (strcmp(r->name, name) == 0)
			return true;
	return false;
}

/* Words for people: no key, no pattern, brackets that close, one full stop. */
static bool
is_sentence(const char *text)
{
	size_t n = strlen(text);
	int depth = 0;

	for (const char *p = text; *p != '\0'; p++) {
		depth += *p == '(' ? 1 : *p == ')' ? -1 : 0;
		if (depth < 0)
			return false;
	}
	return depth == 0 && n > 15 && text[n - 1] == '.' &&
	    strchr(text, '_') == NULL && strstr(text, "(?") == NULL &&
	    strstr(text, "  ") == NULL && strstr(text, "\"\"") == NULL &&
	    ((text[0] >= 'A' && text[0] <= 'Z') || text[0] == '"' ||
		text[0] == '(');
}

static void
explains_all(struct explain_test *test)
{
	size_t n = 0;

	for (size_t i = 0; i < test->catalogue.n_rules; i++, n++) {
		struct card card = { .arena = &test->arena };
		const struct rule *rule = &test->catalogue.rules[i];

		explain_rule(&test->explainer, rule, &card);
		is_sound(test, &card);
		if (!has_row(&card, "asks") || !has_row(&card, "passes") ||
		    !has_row(&card, "fails") || !has_row(&card, "applies") ||
		    !has_row(&card, "owed_by"))
			CHECK_STR(rule->id, "a rule that is told in full");
		if (!is_sentence(rule->sentence))
			CHECK_STR(rule->sentence, "a sentence for people");
	}
	for (size_t i = 0; i < test->catalogue.n_obligations; i++, n++) {
		struct card card = { .arena = &test->arena };

		explain_provision(
		    &test->explainer, &test->catalogue.obligations[i], &card);
		is_sound(test, &card);
		if (card.first->link == NULL)
			CHECK_STR(card.id, "a provision with its address");
	}
	for (int i = 0; i < DIAG_COUNT; i++, n++) {
		struct card card = { .arena = &test->arena };

		explain_message((enum diag_id)i, &card);
		is_sound(test, &card);
	}
	CHECK(n > 900);
}

static size_t
explain_keys(struct explain_test *test, const struct term *section)
{
	size_t n = 0;

	for (const struct term *t = section->first; t != NULL; t = t->next) {
		struct card card = { .arena = &test->arena };

		explain_key(&test->explainer, t, &card);
		is_sound(test, &card);
		n += 1 + explain_keys(test, t);
	}
	return n;
}

static bool
is_same(const struct value *a, const struct value *b)
{
	const struct value *x = a->first, *y = b->first;

	if (a->kind == VALUE_NULL || b->kind == VALUE_NULL)
		return (a->text == NULL || strcmp(a->text, "null") == 0) &&
		    (b->text == NULL || strcmp(b->text, "null") == 0);
	if (a->kind != b->kind || a->n != b->n ||
	    (a->text != NULL && strcmp(a->text, b->text) != 0))
		return false;
	for (; x != NULL; x = x->next, y = y->next)
		if ((x->key != NULL && strcmp(x->key, y->key) != 0) ||
		    !is_same(x, y))
			return false;
	return true;
}

static bool
comes_back(const struct value *value)
{
	struct arena arena = { 0 };
	struct diag_list diags = { .arena = &arena };
	struct text text = { 0 };
	struct source source;
	const struct value *back;
	bool ok;

	yaml_put(&text, value, 0);
	source_of_bytes(&source, "back.yaml", text_str(&text), text.n);
	back = yaml_read(&arena, &source, &diags);
	ok = value->n == 0 || (back != NULL && is_same(value, back));
	if (!ok)
		printf("# %s\n", text_str(&text));
	text_free(&text);
	arena_free(&arena);
	return ok;
}

/* An example that is shown says what the example that was tried says. */
static void
shows_what_was_tried(const struct explain_test *test)
{
	for (size_t i = 0; i < test->catalogue.n_rules; i++) {
		const struct rule *rule = &test->catalogue.rules[i];

		for (size_t j = 0; j < rule->n_examples; j++)
			if (!comes_back(rule->examples[j].record))
				CHECK_STR(rule->id, "an example come back");
	}
}

static void
writes_odd_values(void)
{
	static const char *const texts[] = {
		"{a: \"x: y\", b: \"# no\", c: \" edge \", d: \"\"}",
		"{a: \"two\\nlines\", b: \"a  b\", c: \"'\\\"\\\\\"}",
		"{a: [], b: {}, c: [[1, 2], [3]], d: [{e: f}, {}]}",
		"{a: [\"x, y\", \"z]\"], b: [\"-\", \"? x\"], c: \"*x\"}",
		"[a, b, {c: [d]}]",
		"{long: \"aaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbb cccccccccccccccccc "
		"ddddddddddddddd eeeeeeeeeeee ffffffffff: ggggggg # hhhhh\"}",
		"{long: \"- aaaaaaaaaaaaaa bbbbbbbbbbbbbbbbb "
		"cccccccccccccccccc "
		"ddddddddddddddd eeeeeeeeeeee ffffffffff: ggggggg # hhhhh\"}",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct arena arena = { 0 };
		struct diag_list diags = { .arena = &arena };
		struct source source;
		const struct value *value;

		source_of_bytes(
		    &source, "odd.yaml", texts[i], strlen(texts[i]));
		value = yaml_read(&arena, &source, &diags);
		CHECK(value != NULL && comes_back(value));
		arena_free(&arena);
	}
}

static void
lays_out_a_card(void)
{
	struct arena arena = { 0 };
	struct card card = {
		.arena = &arena, .kind = "k", .id = "ID", .title = "A title"
	};
	struct text out = { 0 };

	card_text(&card, "to_fix", "Write it.");
	card_text(&card, "why", NULL);
	card_text(&card, "why", "");
	card_item(&card, "law", "Article 1", "first", "https://a.example/#1");
	card_item(&card, "law", "Article 20", NULL, "https://a.example/#1");
	card_item(&card, "law", NULL, "bare", "https://a.example/#2");
	card_code(&card, "passes", "  a: b\n    \x1b: c\n");
	card_put_text(&card, &out);
	CHECK_STR(text_str(&out),
	    "ID  A title\n\n"
	    "To fix      Write it.\n"
	    "Law         Article 1   first\n"
	    "            Article 20\n"
	    "            bare\n"
	    "Source      https://a.example/#1\n"
	    "            https://a.example/#2\n"
	    "\nPasses:\n"
	    "  a: b\n"
	    "    \\x1b: c\n");
	text_clear(&out);
	card_put_json(&card, &out);
	CHECK(strstr(text_str(&out), "\"to_fix\": \"Write it.\"") != NULL);
	CHECK(strstr(text_str(&out), "\"why\"") == NULL);
	CHECK(
	    strstr(text_str(&out),
		"{\"name\": \"Article 20\", \"text\": null, \"link\"") != NULL);
	text_free(&out);
	arena_free(&arena);
}

/* Days are counted from the day of judgement. */
static void
counts_days(struct explain_test *test)
{
	static const struct {
		int year, month, day;
		const char *words;
	} days[] = {
		{ 2027, 12, 1, "from 2027-12-02, in 1 day" },
		{ 2027, 12, 2, "since 2027-12-02" },
		{ 2027, 12, 3, "since 2027-12-02" },
		{ 2027, 11, 30, "from 2027-12-02, in 2 days" },
	};
	const struct rule *rule = catalogue_rule(&test->catalogue, "A27-C");

	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		struct explainer at = { &test->catalogue, &test->vocabulary,
			date_make(days[i].year, days[i].month, days[i].day) };
		struct card card = { .arena = &test->arena };
		const struct card_row *row;

		explain_rule(&at, rule, &card);
		for (row = card.first; strcmp(row->name, "applies") != 0;)
			row = row->next;
		CHECK_STR(row->text, days[i].words);
	}
}

static void
knows_what_rules_look_at(const struct explain_test *test)
{
	const struct rule *rule = catalogue_rule(&test->catalogue, "A22-1");
	const struct vocabulary *v = &test->vocabulary;

	CHECK(
	    terms_of_rule(rule, vocabulary_find(v, "provider.third_country")));
	CHECK(!terms_of_rule(rule, vocabulary_find(v, "model.name")));
	rule = catalogue_rule(&test->catalogue, "A5-SCREEN");
	CHECK(terms_name(rule->when, vocabulary_find(v, "risk.tiers")));
	CHECK(!terms_name(rule->check, vocabulary_find(v, "risk.tiers")));
	CHECK(terms_name(rule->check,
	    vocabulary_find(v, "risk.prohibited_practices.points.point")));
	CHECK(!terms_name(NULL, vocabulary_find(v, "risk.tiers")));
}

int
main(void)
{
	struct explain_test test;

	begin(&test);
	explains_all(&test);
	CHECK(explain_keys(&test, &test.vocabulary.top) > 500);
	shows_what_was_tried(&test);
	writes_odd_values();
	lays_out_a_card();
	counts_days(&test);
	knows_what_rules_look_at(&test);
	arena_free(&test.arena);
	return tap_done();
}
