#include "intake/vocabulary.h"

#include "desk.h"
#include "read/yaml.h"

/* A vocabulary of one entry with these members, each "key: value\n". */
#define HEAD "version: \"1\"\nkeys:\n"
#define GOOD "    label: L\n    meaning: M\n    example: E\n"

struct loaded {
	struct arena arena;
	struct diag_list diags;
	struct vocabulary vocabulary;
	int rc;
};

static void
load(struct loaded *loaded, const char *yaml)
{
	struct source source;

	*loaded = (struct loaded){ 0 };
	loaded->diags.arena = &loaded->arena;
	source_of_bytes(&source, "v.yaml", yaml, strlen(yaml));
	loaded->rc = vocabulary_read(
	    &loaded->vocabulary, &loaded->arena, &source, &loaded->diags);
}

/* The text is refused, first at a line with these words. */
static void
refused(const char *yaml, unsigned line, const char *words)
{
	struct loaded loaded;
	const struct diag *first;
	char got[200] = "nothing";
	char want[200];

	load(&loaded, yaml);
	first = loaded.diags.first;
	CHECK_INT(loaded.rc, -1);
	snprintf(want, sizeof(want), "%u VOCABULARY %s", line, words);
	if (first != NULL)
		snprintf(got, sizeof(got), "%u %s %s", first->pos.line,
		    diag_name(first->id), first->detail);
	CHECK_STR(got, want);
	arena_free(&loaded.arena);
}

static void
refuses_entries(void)
{
	refused(HEAD "  - key: Name\n    type: line\n" GOOD, 3,
	    "a key is made of a-z, 0-9 and _, and begins with a-z");
	refused(HEAD "  - key: 2nd\n    type: line\n" GOOD, 3,
	    "a key is made of a-z, 0-9 and _, and begins with a-z");
	refused(HEAD "  - key: none\n    type: line\n" GOOD, 3,
	    "the key has a meaning of its own");
	refused(HEAD "  - type: line\n" GOOD, 3, "\"key\" needs a text");
	refused(HEAD "  - key: a\n    type: lines\n" GOOD, 4,
	    "unknown type \"lines\"");
	refused(HEAD "  - key: a\n    type: list of lines\n" GOOD, 4,
	    "unknown type \"lines\"");
	refused(HEAD "  - key: a\n" GOOD, 3, "\"type\" needs a text");
	refused(HEAD "  - key: a\n    type: line\n    lable: x\n" GOOD, 5,
	    "unknown key \"lable\": did you mean \"label\"?");
	refused(HEAD "  - key: a\n    type: line\n    quite-other: x\n" GOOD, 5,
	    "unknown key \"quite-other\"");
	refused(HEAD "  - key: a\n    type: line\n    required: maybe\n" GOOD,
	    5, "\"required\" is yes or no");
	refused(HEAD "  - a\n", 3, "an entry is a map");
	refused(HEAD "  - key: a\n    type: line\n" GOOD
		     "  - key: a\n    type: text\n" GOOD,
	    8, "key \"a\" stands here twice");
}

static void
refuses_missing_words(void)
{
	refused(HEAD "  - key: a\n    type: line\n    meaning: M\n"
		     "    example: E\n",
	    3, "\"label\" needs a text");
	refused(HEAD "  - key: a\n    type: line\n    label: L\n"
		     "    example: E\n",
	    3, "\"meaning\" needs a text");
	refused(HEAD "  - key: a\n    type: line\n    label: L\n"
		     "    meaning: M\n",
	    3, "\"example\" needs a text");
	refused(HEAD "  - key: a\n    type: line\n    label: [L]\n"
		     "    meaning: M\n    example: E\n",
	    5, "\"label\" needs a text");
}

static void
refuses_what_a_type_has_not(void)
{
	static const char values[] =
	    "\"values\" belongs to a choice, and a choice needs them";
	static const char keys[] =
	    "\"keys\" belongs to a section, and a section needs them or a "
	    "\"shape\"";

	refused(HEAD "  - key: a\n    type: choice\n" GOOD, 3, values);
	refused(HEAD "  - key: a\n    type: line\n    values: {a: A}\n" GOOD, 5,
	    values);
	refused(HEAD "  - key: a\n    type: choice\n    values: [a]\n" GOOD, 5,
	    "\"values\" is a map of word: label");
	refused(HEAD
	    "  - key: a\n    type: choice\n    values: {A b: A}\n" GOOD,
	    5, "a word is made of a-z, 0-9, . and -, with a label");
	refused(HEAD "  - key: a\n    type: choice\n    values: {a: }\n" GOOD,
	    5, "a word is made of a-z, 0-9, . and -, with a label");
	refused(HEAD "  - key: a\n    type: section\n" GOOD, 3, keys);
	refused(
	    HEAD "  - key: a\n    type: line\n    keys: []\n" GOOD, 5, keys);
	refused(HEAD "  - key: a\n    type: section\n    keys: []\n" GOOD, 5,
	    "\"keys\" is a list of entries");
	refused(HEAD "  - key: a\n    type: line\n    unit: m\n" GOOD, 3,
	    "only a number has a unit or a range");
	refused(HEAD "  - key: a\n    type: date\n" GOOD, 3,
	    "\"tense\" belongs to a date, and a date needs it");
	refused(HEAD "  - key: a\n    type: line\n    tense: past\n" GOOD, 3,
	    "\"tense\" belongs to a date, and a date needs it");
	refused(HEAD "  - key: a\n    type: date\n    tense: soon\n" GOOD, 3,
	    "\"tense\" is past or open");
	refused(HEAD "  - key: a\n    type: text\n    dated: b\n" GOOD, 3,
	    "only a line names who signs");
	refused(HEAD "  - key: a\n    type: line\n    function: b\n" GOOD, 3,
	    "\"function\" belongs to \"dated\"");
	refused(HEAD "  - key: a\n    type: line\n    unique: maybe\n" GOOD, 5,
	    "\"unique\" is yes or no");
	refused(HEAD "  - key: a\n    type: line\n    least: 1\n" GOOD, 3,
	    "only a number has a unit or a range");
	refused(HEAD "  - key: a\n    type: number\n    most: much\n" GOOD, 5,
	    "\"most\" is a number");
	refused(HEAD
	    "  - key: a\n    type: number\n    least: 2\n    most: 1\n" GOOD,
	    3, "\"least\" is above \"most\"");
	refused(HEAD "  - key: a\n    type: line\n    law: x\n" GOOD, 5,
	    "\"law\" is a list of obligation ids");
	refused(HEAD "  - key: a\n    type: line\n    law: [[x]]\n" GOOD, 5,
	    "an obligation id is a text");
}

static void
refuses_the_frame(void)
{
	refused("version: \"1\"\n", 1, "\"keys\" is missing");
	refused(
	    "keys: []\nversion: \"1\"\n", 1, "\"keys\" is a list of entries");
	refused("[a]\n", 1, "the vocabulary is a map");
	refused(HEAD "  - key: a\n    type: line\n" GOOD "more: x\n", 8,
	    "unknown key \"more\"");
}

/* What is no YAML is the reader's to report. */
static void
refuses_broken_yaml(void)
{
	struct loaded loaded;

	load(&loaded, "keys: [\n");
	CHECK_INT(loaded.rc, -1);
	CHECK_INT(loaded.diags.n_errors, 1);
	CHECK_STR(diag_name(loaded.diags.first->id), "YAML_SYNTAX");
	CHECK(vocabulary_find(&loaded.vocabulary, "model") == NULL);
	arena_free(&loaded.arena);
}

static void
reports_every_slip(void)
{
	struct loaded loaded;

	load(&loaded, HEAD "  - key: A\n    type: lines\n    label: L\n");
	CHECK_INT(loaded.rc, -1);
	CHECK_INT(loaded.diags.n_errors, 4);
	arena_free(&loaded.arena);
}

static void
reads_an_entry(void)
{
	struct loaded loaded;
	const struct term *term;

	load(&loaded,
	    HEAD
	    "  - key: top\n    type: list of section\n    label: T\n"
	    "    meaning: M\n    keys:\n"
	    "      - {key: share, type: number, required: yes, unit: '%', "
	    "least: 0, most: 1.5, label: L, meaning: M, example: '1', "
	    "law: [a.1, b.2]}\n"
	    "      - {key: kind, type: list of choice, label: L, meaning: M, "
	    "example: '[b]', values: {a: Aye, 2: Bee}}\n");
	CHECK_INT(loaded.rc, 0);
	CHECK_STR(loaded.vocabulary.version, "1");
	term = vocabulary_find(&loaded.vocabulary, "top.share");
	CHECK_INT(term->type, TERM_NUMBER);
	CHECK(term->is_required && !term->is_list);
	CHECK_STR(term->unit, "%");
	CHECK_NUM(term->least, 0, 0);
	CHECK_NUM(term->most, 1.5, 0);
	CHECK_INT(term->n_law, 2);
	CHECK_STR(term->law[1], "b.2");
	CHECK_STR(term->path, "top.share");
	CHECK(term->parent->is_list && term->parent->type == TERM_SECTION);
	term = vocabulary_find(&loaded.vocabulary, "top.kind");
	CHECK(term->is_list && !term->is_required);
	CHECK_INT(term->n_values, 2);
	CHECK_STR(term->values[1], "2");
	CHECK_STR(term->value_labels[1], "Bee");
	CHECK_INT(term->index, 1);
	arena_free(&loaded.arena);
}

#define SHAPES                                                                 \
	"version: \"1\"\nshapes:\n  note: {keys: [{key: by, type: line, "      \
	"label: B, meaning: M, example: E}, {key: why, type: text, label: W, " \
	"meaning: M, example: E, law: [c.3]}]}\nkeys:\n"

/* A section of a shape has its keys, and they serve what the section serves. */
static void
reads_a_shape(void)
{
	struct loaded loaded;
	const struct term *term;

	load(&loaded,
	    SHAPES "  - {key: a, type: section, shape: note, label: L, "
		   "meaning: M, law: [a.1]}\n"
		   "  - {key: b, type: list of section, shape: note, label: L, "
		   "meaning: M, law: [b.2]}\n");
	CHECK_INT(loaded.rc, 0);
	term = vocabulary_find(&loaded.vocabulary, "a.by");
	CHECK_STR(term->path, "a.by");
	CHECK_STR(term->law[0], "a.1");
	term = vocabulary_find(&loaded.vocabulary, "b.by");
	CHECK_STR(term->path, "b.by");
	CHECK_STR(term->law[0], "b.2");
	CHECK(term->parent->is_list);
	CHECK_STR(vocabulary_find(&loaded.vocabulary, "b.why")->law[0], "c.3");
	arena_free(&loaded.arena);
}

static void
refuses_shapes(void)
{
	refused(SHAPES "  - key: a\n    type: section\n    shape: nota\n"
		       "    label: L\n    meaning: M\n",
	    7, "\"shapes\" has no keys for \"nota\"");
	refused(SHAPES "  - key: a\n    type: line\n    shape: note\n" GOOD, 5,
	    "\"keys\" belongs to a section, and a section needs them or a "
	    "\"shape\"");
	refused("version: \"1\"\nshapes:\n  note:\n    keys:\n"
		"      - {key: x, type: section, shape: note, label: L, "
		"meaning: M}\n"
		"keys:\n  - {key: a, type: section, shape: note, label: L, "
		"meaning: M}\n",
	    5, "a shape holds no other shape");
}

static void
finds_paths(const struct vocabulary *vocabulary)
{
	CHECK_STR(
	    vocabulary_find(vocabulary, "purpose.intended_purpose")->label,
	    "Intended purpose");
	CHECK_STR(vocabulary_find(vocabulary, "data_sets.name")->key, "name");
	CHECK(vocabulary_find(vocabulary, "") == &vocabulary->top);
	CHECK(vocabulary_find(vocabulary, "purpose.intended") == NULL);
	CHECK(
	    vocabulary_find(vocabulary, "purpose.intended_purpose.x") == NULL);
	CHECK(vocabulary_find(vocabulary, "purpos") == NULL);
	CHECK(vocabulary_find(vocabulary, "purposes") == NULL);
	CHECK(vocabulary_find(vocabulary, "nothing.at.all") == NULL);
}

/* Each key is found where it stands, and the index is in order. */
static size_t
check_index(const struct term *section)
{
	size_t n = 0;
	size_t i = 0;
	bool found = true;
	bool sorted = true;

	for (const struct term *t = section->first; t != NULL; t = t->next) {
		found &= term_child(section, t->key, strlen(t->key)) == t &&
		    t->index == i && t->parent == section;
		if (i > 0)
			sorted &=
			    strcmp(section->keys[i - 1], section->keys[i]) < 0;
		i++;
		n += 1 + check_index(t);
	}
	if (!found || !sorted || i != section->n)
		CHECK_STR(section->path, "a section whose index is right");
	return n;
}

/*
 * Write an example of every term: what the reference manual shows works.  The
 * key of one term, if given, is written without its second letter.
 */
static void
put_examples(struct text *out, const struct term *section, unsigned depth,
    const struct term *slip)
{
	for (const struct term *t = section->first; t != NULL; t = t->next) {
		bool is_item = section->is_list && t == section->first;

		for (unsigned i = is_item ? 1 : 0; i < depth; i++)
			text_puts(out, "  ");
		text_puts(out, is_item ? "- " : "");
		if (t == slip)
			text_printf(out, "%c%s:", t->key[0], t->key + 2);
		else
			text_printf(out, "%s:", t->key);
		if (t->type == TERM_SECTION) {
			text_puts(out, "\n");
			put_examples(
			    out, t, depth + 1 + (t->is_list ? 1 : 0), slip);
			continue;
		}
		text_putc(out, ' ');
		if (t->is_list)
			text_puts(out, t->example);
		else
			text_put_json(out, t->example, strlen(t->example));
		text_putc(out, '\n');
	}
}

static bool
all_given(const struct field *field)
{
	for (const struct field *f = field->first; f != NULL; f = f->next)
		if (!all_given(f))
			return false;
	return field->answer == ANSWER_GIVEN &&
	    (field->is_list || field->term->type != TERM_SECTION ||
		field->n == field->term->n);
}

/* Take the examples in; the record's arena is the caller's to free. */
static void
take_examples(struct record *record, const struct vocabulary *vocabulary,
    const struct term *slip)
{
	struct text yaml = { 0 };
	struct source source;
	struct value *value;

	put_examples(&yaml, &vocabulary->top, 0, slip);
	record->diags.arena = &record->arena;
	source_of_bytes(&source, "examples",
	    arena_dup(&record->arena, yaml.p, yaml.n), yaml.n);
	value = yaml_read(&record->arena, &source, &record->diags);
	if (value == NULL)
		abort();
	intake_value(record, vocabulary, value);
	text_free(&yaml);
}

static void
examples_are_good(const struct vocabulary *vocabulary)
{
	struct record record = { 0 };

	take_examples(&record, vocabulary, NULL);
	for (const struct diag *d = record.diags.first; d != NULL; d = d->next)
		CHECK_STR(d->detail, "no finding in an example");
	CHECK(all_given(record.top));
	arena_free(&record.arena);
}

/* Whether a slip in the key is one finding, and costs no answer. */
static bool
is_mended(const struct vocabulary *vocabulary, const struct term *term)
{
	struct record record = { 0 };
	const struct diag *diag;
	bool ok;

	take_examples(&record, vocabulary, term);
	diag = record.diags.first;
	ok = record.diags.n == 1 && diag->id == DIAG_KEY_UNKNOWN &&
	    strstr(diag->detail, term->key) != NULL && all_given(record.top);
	arena_free(&record.arena);
	return ok;
}

/* A letter is lost in each key in turn; short keys have too little left. */
static size_t
slips_are_mended(
    const struct vocabulary *vocabulary, const struct term *section)
{
	size_t n = 0;

	for (const struct term *t = section->first; t != NULL; t = t->next) {
		if (t->type == TERM_SECTION)
			n += slips_are_mended(vocabulary, t);
		if (strlen(t->key) < 4)
			continue;
		n++;
		if (!is_mended(vocabulary, t))
			CHECK_STR(t->path, "a key whose slip is mended");
	}
	return n;
}

static void
names_types(void)
{
	CHECK_STR(term_type_word(TERM_BOOL), "yes-no");
	CHECK_STR(term_type_word(TERM_SECTION), "section");
	CHECK_STR(term_type_noun(TERM_DATE), "a date");
}

/* The vocabulary that is delivered, and one that is not there. */
static void
loads_the_real_one(void)
{
	struct desk desk;
	struct vocabulary vocabulary;

	desk_begin(&desk);
	CHECK_INT(
	    vocabulary_load(&vocabulary, &desk.arena, &desk.root, &desk.diags),
	    -1);
	CHECK_STR(diag_name(desk.diags.last->id), "FILE_MISSING");
	finds_paths(&desk.vocabulary);
	CHECK(check_index(&desk.vocabulary.top) > 450);
	examples_are_good(&desk.vocabulary);
	CHECK(slips_are_mended(&desk.vocabulary, &desk.vocabulary.top) > 400);
	desk_end(&desk);
}

int
main(void)
{
	refuses_entries();
	refuses_missing_words();
	refuses_what_a_type_has_not();
	refuses_the_frame();
	refuses_broken_yaml();
	reports_every_slip();
	reads_an_entry();
	reads_a_shape();
	refuses_shapes();
	names_types();
	loads_the_real_one();
	return tap_done();
}
