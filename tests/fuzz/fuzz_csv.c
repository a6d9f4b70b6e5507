#include "read/csv.h"

#include "base/text.h"
#include "sound.h"

/*
 * A second reader of CSV, as slow and as simple as can be: one byte after the
 * other through a table of states.  The scanner must find the same fields at
 * the same places, or the same offence.
 */

enum state { START, PLAIN, QUOTED, QUOTE };

/* Where the slow reader is. */
struct slow {
	const char *p;
	const char *end;
	char delimiter;    /* of fields */
	struct pos pos;    /* of p */
	struct text field; /* the last one */
	struct pos field_pos;
	enum diag_id id; /* of the offence; DIAG_COUNT: none */
	struct pos id_pos;
	bool last; /* the field ended its row */
};

/* Go over one byte. */
static void
step(struct slow *slow)
{
	char c = *slow->p++;

	if (c == '\n') {
		slow->pos.line++;
		slow->pos.column = 1;
	} else if (slow->p == slow->end ||
	    ((unsigned char)*slow->p & 0xc0) != 0x80) {
		slow->pos.column++;
	}
}

static bool
offend(struct slow *slow, enum diag_id id, struct pos pos)
{
	slow->id = id;
	slow->id_pos = pos;
	return false;
}

/* The next field: false at an offence. */
static bool
slow_field(struct slow *slow)
{
	enum state state = START;

	text_clear(&slow->field);
	slow->field_pos = slow->pos;
	slow->last = true;
	for (; slow->p < slow->end; step(slow)) {
		char c = *slow->p;
		bool crlf =
		    c == '\r' && slow->p + 1 < slow->end && slow->p[1] == '\n';

		if (state == QUOTED && c != '"') {
			text_putc(&slow->field, c);
		} else if (state == QUOTED) {
			state = QUOTE;
		} else if (c == '"' && state == QUOTE) {
			text_putc(&slow->field, c);
			state = QUOTED;
		} else if (c == '"' && state == START) {
			state = QUOTED;
		} else if (c == slow->delimiter || c == '\n' || crlf) {
			slow->last = c != slow->delimiter;
			step(slow);
			if (crlf)
				step(slow);
			return true;
		} else if (c == '\r') {
			return offend(slow, DIAG_TEXT_BREAK, slow->pos);
		} else if (state == QUOTE) {
			return offend(slow, DIAG_CSV_QUOTE_AFTER, slow->pos);
		} else if (c == '"') {
			return offend(slow, DIAG_CSV_QUOTE_INSIDE, slow->pos);
		} else {
			text_putc(&slow->field, c);
			state = PLAIN;
		}
	}
	return state != QUOTED || offend(slow, DIAG_CSV_QUOTE, slow->field_pos);
}

/* The first of these bytes that is outside quotes in the first row, or NUL. */
static char
first_outside(const char *p, const char *end, const char *bytes)
{
	unsigned n_quotes = 0;

	for (; p < end && (*p != '\n' || n_quotes % 2 == 1); p++) {
		n_quotes += *p == '"';
		if (n_quotes % 2 == 0 && *p != '\0' &&
		    strchr(bytes, *p) != NULL)
			return *p;
	}
	return '\0';
}

static void
slow_init(struct slow *slow, const struct source *source)
{
	const char *end = source->bytes + source->size;

	while (end > source->bytes && end[-1] == '\n')
		end -= end - 1 > source->bytes && end[-2] == '\r' ? 2 : 1;
	*slow = (struct slow){ .p = source->bytes,
		.end = end,
		.pos = { source->name, 1, 1 },
		.delimiter = first_outside(source->bytes, end, ","),
		.id = DIAG_COUNT };
	if (slow->delimiter == '\0')
		slow->delimiter = first_outside(source->bytes, end, ";\t|");
	if (slow->delimiter == '\0')
		slow->delimiter = ',';
}

static bool
same_pos(struct pos a, struct pos b)
{
	return a.line == b.line && a.column == b.column;
}

/* The row is what the slow reader gives next. */
static void
check_row(struct slow *slow, const struct csv_row *row)
{
	MUST(slow->pos.line == row->line);
	for (size_t i = 0; i < row->n; i++) {
		const struct csv_field *field = &row->fields[i];
		struct pos pos = { NULL, field->line, field->column };

		MUST(slow->p <= slow->end && slow_field(slow));
		MUST(slow->last == (i + 1 == row->n));
		MUST(slow->field.n == field->n);
		MUST(field->n == 0 ||
		    memcmp(slow->field.p, field->p, field->n) == 0);
		MUST(same_pos(slow->field_pos, pos));
	}
}

/* The slow reader, too, finds this wrong with the row that comes next. */
static void
check_offence(struct slow *slow, const struct diag *diag, size_t width)
{
	struct pos start = slow->pos;
	size_t n = 0;

	do
		n++;
	while (slow_field(slow) && !slow->last);
	if (slow->id == DIAG_COUNT) {
		MUST(diag->id == DIAG_CSV_WIDTH && n != width);
		MUST(same_pos(diag->pos, start));
	} else {
		MUST(diag->id == slow->id);
		MUST(same_pos(diag->pos, slow->id_pos));
	}
}

/* A header that is refused: by its names, or as any row. */
static void
check_no_header(struct fuzz *fuzz)
{
	const struct diag *diag = fuzz->diags.last;
	struct slow slow;

	MUST(fuzz->diags.n_errors == 1);
	slow_init(&slow, &fuzz->source);
	if (!fuzz->source.text_checked || diag->id == DIAG_CSV_HEADER ||
	    diag->id == DIAG_CSV_LIMIT)
		return;
	if (diag->id == DIAG_FILE_EMPTY)
		MUST(slow.p == slow.end);
	else
		check_offence(&slow, diag, 0);
	text_free(&slow.field);
}

static void
compare(struct fuzz *fuzz)
{
	struct csv *csv = csv_open(&fuzz->arena, &fuzz->source, &fuzz->diags);
	struct csv_row row;
	struct slow slow;
	int rc;

	if (csv == NULL) {
		check_no_header(fuzz);
		return;
	}
	slow_init(&slow, &fuzz->source);
	check_row(&slow, csv_header(csv));
	while ((rc = csv_next(csv, &row, &fuzz->diags)) == 1)
		check_row(&slow, &row);
	MUST((rc == -1) == (fuzz->diags.n_errors == 1));
	if (rc == 0)
		MUST(slow.p == slow.end);
	else
		check_offence(&slow, fuzz->diags.last, csv_header(csv)->n);
	text_free(&slow.field);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct fuzz fuzz;
	const struct value *value;

	fuzz_begin(&fuzz, p, n);
	compare(&fuzz);
	fuzz_end(&fuzz);
	fuzz_begin(&fuzz, p, n);
	value = csv_read(&fuzz.arena, &fuzz.source, &fuzz.diags);
	fuzz_outcome(&fuzz, value);
	if (value != NULL) {
		fuzz_value(&fuzz, value, 0);
		fuzz_unique(value);
	}
	fuzz_end(&fuzz);
	return 0;
}
