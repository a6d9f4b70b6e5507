#include "intake/scalar.h"

#include <string.h>

#include "base/num.h"
#include "base/text.h"
#include "intake/vocabulary.h"

enum { SLUG_LENGTH = 64, LIST_SHOWN = 60 };

/* Report a value that its type refuses, quoted, with what would do. */
static void
refuse(struct taking *taking, struct field *field, enum diag_id id,
    const char *remedy)
{
	diag_add(taking->diags, id, field->pos, "\"%.*s\"%s (%s)",
	    value_shown(field->text), field->text, remedy, field->path);
	taking_refuse(field);
}

/* The text without line breaks at its end, which block scalars leave. */
static const char *
trimmed(struct taking *taking, const struct value *value)
{
	size_t n = value->len;

	while (
	    n > 0 && (value->text[n - 1] == '\n' || value->text[n - 1] == '\r'))
		n--;
	if (n == value->len)
		return value->text;
	return arena_dup(taking->arena, value->text, n);
}

static void
take_line(struct taking *taking, struct field *field)
{
	if (field->text[strcspn(field->text, "\r\n")] != '\0')
		refuse(
		    taking, field, DIAG_VALUE_TYPE, " is more than one line");
}

bool
scalar_is_slug(const char *text)
{
	size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789._-");

	return text[n] == '\0' && n > 0 && n <= SLUG_LENGTH &&
	    strchr("._-", text[0]) == NULL;
}

static void
take_slug(struct taking *taking, struct field *field)
{
	if (!scalar_is_slug(field->text))
		refuse(taking, field, DIAG_VALUE_SLUG,
		    ": a-z, 0-9, \".\", \"_\", \"-\", at most 64");
}

/*
 * "48,210", "48 210", "48_210": the number without what divides its
 * thousands, if it is one then, to be suggested.
 */
static bool
undivided(const char *text, struct text *out)
{
	double number;

	for (const char *p = text; *p != '\0'; p++)
		if (strchr(", _'", *p) == NULL)
			text_putc(out, *p);
	return out->n < strlen(text) &&
	    num_read(text_str(out), out->n, &number);
}

static void
refuse_number(struct taking *taking, struct field *field)
{
	struct text plain = { 0 };
	struct text remedy = { 0 };

	if (undivided(field->text, &plain))
		text_printf(&remedy, ": write %s", text_str(&plain));
	else if (field->term->type == TERM_INTEGER)
		text_puts(&remedy, ": write a whole number, digits only");
	refuse(taking, field, DIAG_VALUE_NUMBER, text_str(&remedy));
	text_free(&plain);
	text_free(&remedy);
}

static void
check_range(struct taking *taking, struct field *field)
{
	const struct term *term = field->term;
	char bound[NUM_SIZE];
	bool low = field->number < term->least;

	if (!low && field->number <= term->most)
		return;
	num_write(low ? term->least : term->most, bound);
	refuse(taking, field, DIAG_VALUE_RANGE,
	    arena_printf(
		taking->arena, ": at %s %s", low ? "least" : "most", bound));
}

static void
take_number(struct taking *taking, struct field *field)
{
	if (num_read(field->text, strlen(field->text), &field->number))
		check_range(taking, field);
	else
		refuse_number(taking, field);
}

static void
take_integer(struct taking *taking, struct field *field)
{
	unsigned long long count;

	if (num_read_count(field->text, strlen(field->text), &count)) {
		field->number = (double)count;
		check_range(taking, field);
	} else {
		refuse_number(taking, field);
	}
}

/* The spellings of YAML 1.1, so that every YAML editor agrees. */
static void
take_bool(struct taking *taking, struct field *field)
{
	static const char *const words[] = { "no", "No", "NO", "false", "False",
		"FALSE", "yes", "Yes", "YES", "true", "True", "TRUE" };

	for (size_t i = 0; i < 12; i++) {
		if (strcmp(field->text, words[i]) == 0) {
			field->number = i < 6 ? 0 : 1;
			field->text = i < 6 ? "no" : "yes";
			return;
		}
	}
	refuse(taking, field, DIAG_VALUE_TYPE, ": write yes or no");
}

static void
take_date(struct taking *taking, struct field *field)
{
	if (!date_read(field->text, strlen(field->text), &field->day)) {
		field->day = DATE_NONE;
		refuse(taking, field, DIAG_VALUE_DATE, "");
	}
}

bool
scalar_is_choice(const struct term *term, const char *text, size_t *i)
{
	for (*i = 0; *i < term->n_values; ++*i)
		if (strcmp(term->values[*i], text) == 0)
			return true;
	return false;
}

/* The words of a choice, so many as a message holds. */
static void
put_choices(struct text *out, const struct term *term)
{
	size_t start = out->n;

	for (size_t i = 0; i < term->n_values; i++) {
		if (out->n - start > LIST_SHOWN) {
			text_printf(out, " and %zu more", term->n_values - i);
			return;
		}
		text_puts(out, i > 0 ? ", " : "");
		text_puts(out, term->values[i]);
	}
}

static void
take_choice(struct taking *taking, struct field *field)
{
	const struct term *term = field->term;
	struct text remedy = { 0 };
	const char *near;
	size_t i;

	if (scalar_is_choice(term, field->text, &i))
		return;
	near = taking_guess(taking, field->text, term->values, term->n_values);
	if (near != NULL)
		text_printf(&remedy, ", did you mean \"%s\"?", near);
	text_puts(&remedy, near != NULL ? " or one of " : ": one of ");
	put_choices(&remedy, term);
	refuse(taking, field, DIAG_VALUE_CHOICE, text_str(&remedy));
	text_free(&remedy);
}

/* Whether the file exists and where it lies is found out later. */
static void
take_file(struct taking *taking, struct field *field)
{
	if (field->text[0] == '/')
		refuse(taking, field, DIAG_FILE_OUTSIDE,
		    ": write it relative to the folder of model.yaml");
	else
		take_line(taking, field);
}

bool
scalar_is_address(const char *text)
{
	static const char *const schemes[] = { "https://", "http://",
		"mailto:" };
	size_t n = 0;

	for (size_t i = 0; i < 3 && n == 0; i++)
		if (strncmp(text, schemes[i], strlen(schemes[i])) == 0)
			n = strlen(schemes[i]);
	return n > 0 && text[n] != '\0' &&
	    text[strcspn(text, " \t\r\n\"'<>\\`{}|^")] == '\0';
}

/* An address that is none is shown as text, so it only warns. */
static void
take_url(struct taking *taking, struct field *field)
{
	if (!scalar_is_address(field->text))
		diag_add(taking->diags, DIAG_VALUE_URL, field->pos, "\"%.*s\"",
		    value_shown(field->text), field->text);
}

static void
take_hash(struct taking *taking, struct field *field)
{
	size_t n = strspn(field->text, "0123456789abcdefABCDEF");

	if (n != HASH_HEX_SIZE - 1 || field->text[n] != '\0')
		refuse(taking, field, DIAG_VALUE_HASH, "");
}

static void
take_text(struct taking *taking, struct field *field)
{
	(void)taking;
	(void)field;
}

void
scalar_take(
    struct taking *taking, struct field *field, const struct value *value)
{
	static void (*const takes[])(struct taking *, struct field *) = {
		[TERM_TEXT] = take_text,
		[TERM_LINE] = take_line,
		[TERM_SLUG] = take_slug,
		[TERM_NUMBER] = take_number,
		[TERM_INTEGER] = take_integer,
		[TERM_BOOL] = take_bool,
		[TERM_DATE] = take_date,
		[TERM_CHOICE] = take_choice,
		[TERM_FILE] = take_file,
		[TERM_URL] = take_url,
		[TERM_HASH] = take_hash,
	};

	if (value->text == NULL) {
		diag_add(taking->diags, DIAG_VALUE_TYPE, field->pos,
		    "%s is %s, not %s", field->path,
		    term_type_noun(field->term->type),
		    value_kind_word(value->kind));
		taking_refuse(field);
		return;
	}
	field->text = trimmed(taking, value);
	takes[field->term->type](taking, field);
}
