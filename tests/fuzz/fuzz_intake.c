#include "intake/intake.h"

#include "intake/fairness.h"
#include "intake/vocabulary.h"
#include "read/yaml.h"
#include "sound.h"

/*
 * Whatever a YAML file says, intake types it or reports it: every field has a
 * term, a path and a place; a given value is of its type; an unusable field
 * has a finding.  Run from the top of the project, where schemas/ is.
 */

/* The vocabulary, read once; a fuzzer is called and never ends. */
static const struct vocabulary *
vocabulary(void)
{
	static struct vocabulary loaded;
	static struct arena arena;
	struct diag_list diags = { .arena = &arena };
	struct folder schemas;

	if (loaded.version != NULL)
		return &loaded;
	MUST(folder_open(&schemas, "schemas", "", &diags) == 0);
	MUST(vocabulary_load(&loaded, &arena, &schemas, &diags) == 0);
	folder_close(&schemas);
	return &loaded;
}

/* What holds of a scalar that was taken. */
static void
check_scalar(const struct field *field)
{
	MUST(field->text != NULL);
	switch (field->term->type) {
	case TERM_NUMBER:
	case TERM_INTEGER:
		MUST(field->number >= field->term->least);
		MUST(field->number <= field->term->most);
		break;
	case TERM_BOOL:
		MUST(field->number == (strcmp(field->text, "yes") == 0));
		break;
	case TERM_DATE:
		MUST(field->day != DATE_NONE);
		break;
	case TERM_LINE:
		MUST(strpbrk(field->text, "\r\n") == NULL);
		break;
	case TERM_FILE:
		MUST(field->file != NULL && field->text[0] != '/');
		break;
	default:
		MUST(field->term->type != TERM_SECTION);
	}
}

static size_t
check_field(const struct field *field)
{
	bool is_branch = field->is_list || field->term->type == TERM_SECTION;
	size_t n_invalid = field->answer == ANSWER_INVALID;
	size_t n = 0;

	MUST(field->path != NULL && field->pos.file != NULL);
	MUST(field->answer == ANSWER_GIVEN || field->first == NULL);
	if (field->answer == ANSWER_GIVEN && !is_branch)
		check_scalar(field);
	if (field->answer == ANSWER_NONE ||
	    field->answer == ANSWER_NOT_APPLICABLE)
		MUST(field->reason != NULL);
	for (const struct field *f = field->first; f != NULL; f = f->next) {
		MUST(f->parent == field);
		MUST((f->next == NULL) == (f == field->last));
		MUST(field->is_list ? f->term == field->term :
				      f->term->parent == field->term);
		n_invalid += check_field(f);
		n++;
	}
	MUST(n == field->n);
	return n_invalid;
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct record record = { .folder = "m", .file = "in" };
	struct fairness fairness;
	struct fuzz fuzz;
	const struct value *value;

	fuzz_begin(&fuzz, p, n);
	value = yaml_read(&fuzz.arena, &fuzz.source, &fuzz.diags);
	if (value != NULL) {
		intake_value(&record, vocabulary(), value);
		MUST(record.id != NULL && record.top != NULL);
		MUST(check_field(record.top) <= record.diags.n_errors);
		fairness_take(&record, &fairness);
		for (const struct measure *m = record.measures; m != NULL;
		     m = m->next)
			MUST(m->name != NULL && m->label != NULL);
		arena_free(&record.arena);
	}
	fuzz_end(&fuzz);
	return 0;
}
