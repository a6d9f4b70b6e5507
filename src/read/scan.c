#include "read/scan.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "read/separators.h"

enum { PLACES = 16 * 1024, SPARE = 128 }; /* fields looked at in one go */

struct scan {
	struct arena *arena;
	const struct scan_input *input;
	size_t taken; /* of the bytes in memory */
	char *buffer;
	size_t size;  /* of the buffer, without its slack */
	size_t start; /* of the first row that was not handed out */
	size_t end;   /* of what was read */
	bool at_end;  /* of the input */
	bool failed;
	bool bidi;     /* it was noted that text turns its direction */
	unsigned line; /* of start */
	struct separators separators;
	unsigned rows_line; /* of the rows in hand */
	struct text scratch;
	struct csv *header;
	const char *header_text;
	size_t header_size;
	unsigned header_lines;
};

/* Read up to n bytes: how many there were, or -1 with errno set. */
static ssize_t
take_bytes(struct scan *scan, char *to, size_t n)
{
	const struct scan_input *input = scan->input;
	size_t left = input->size - scan->taken;
	ssize_t got;

	if (left > 0 || input->fd == -1) {
		n = n < left ? n : left;
		if (n > 0)
			memcpy(to, input->bytes + scan->taken, n);
		scan->taken += n;
		return (ssize_t)n;
	}
	do
		got = read(input->fd, to, n);
	while (got == -1 && errno == EINTR);
	return got;
}

/*
 * Read on behind the rows that were not handed out yet, with more room when
 * they fill the buffer.  Return 0, or -1 with the reason in diags.
 */
static int
read_on(struct scan *scan, struct diag_list *diags)
{
	ssize_t got;

	if (scan->start > 0)
		memmove(scan->buffer, scan->buffer + scan->start,
		    scan->end - scan->start);
	scan->end -= scan->start;
	scan->start = 0;
	if (scan->end == scan->size) {
		if (scan->size >= SCAN_ROW) {
			diag_add(diags, DIAG_CSV_LIMIT,
			    (struct pos){ scan->input->name, scan->line, 1 },
			    "the row is longer than %d MiB; is a quote not "
			    "closed?",
			    SCAN_ROW / (1024 * 1024));
			return -1;
		}
		scan->size *= 2;
		scan->buffer =
		    memory_grow(scan->buffer, scan->size + SEPARATORS_SLACK, 1);
	}
	got =
	    take_bytes(scan, scan->buffer + scan->end, scan->size - scan->end);
	if (got == -1) {
		diag_add(diags, DIAG_FILE_READ,
		    (struct pos){ scan->input->name, 0, 0 }, "%s",
		    strerror(errno));
		return -1;
	}
	scan->end += (size_t)got;
	scan->at_end = got == 0;
	return 0;
}

/* Where the bytes end without the line breaks there, perhaps the last. */
static size_t
trimmed(const struct scan *scan)
{
	size_t end = scan->end;

	if (!scan->at_end && end > scan->start && scan->buffer[end - 1] == '\r')
		end--;
	while (end > scan->start && scan->buffer[end - 1] == '\n') {
		end--;
		if (end > scan->start && scan->buffer[end - 1] == '\r')
			end--;
	}
	return end;
}

/*
 * How many bytes can be looked at.  Line breaks at the end wait for what
 * follows; there is no row between them at the end of the file, whose last
 * row gets one if it does not end in half of one.
 */
static size_t
region(struct scan *scan)
{
	size_t end = trimmed(scan);
	size_t n = end - scan->start;

	memset(scan->buffer + scan->end, 0, SEPARATORS_SLACK);
	if (scan->at_end && n > 0 && scan->buffer[end - 1] != '\r') {
		scan->buffer[end] = '\n';
		return n + 1;
	}
	return n;
}

static size_t
count_breaks(const char *p, size_t n)
{
	const char *end = p + n;
	size_t count = 0;

	while ((p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
		count++;
		p++;
	}
	return count;
}

/* The rows of the places found, up to the first of another width. */
static void
count_rows(const struct scan *scan, struct scan_rows *rows)
{
	const struct separators *s = &scan->separators;
	const uint32_t *at = s->at;
	size_t most = s->n / rows->width, n = 0;

	if (most > SCAN_BATCH)
		most = SCAN_BATCH;
	while (n < most && rows->bytes[at[(n + 1) * rows->width]] == '\n')
		n++;
	/* Each row ends in a break and there are no others: fields between. */
	if (n == s->n_breaks) {
		rows->n = n;
		return;
	}
	for (rows->n = 0; rows->n < n; rows->n++)
		for (size_t k = 1; k < rows->width; k++)
			if (rows->bytes[at[rows->n * rows->width + k]] == '\n')
				return;
}

static struct pos
pos_of(const struct scan *scan, const char *bytes, size_t at)
{
	struct pos pos = { scan->input->name, scan->rows_line, 1 };
	size_t line = at;

	pos.line += (unsigned)count_breaks(bytes, at);
	while (line > 0 && bytes[line - 1] != '\n')
		line--;
	for (; line < at; line++)
		pos.column += ((unsigned char)bytes[line] & 0xc0) != 0x80;
	return pos;
}

/* Hand the rows out. */
static void
pass_rows(
    struct scan *scan, const struct scan_rows *rows, struct diag_list *diags)
{
	const struct separators *s = &scan->separators;
	size_t n = s->at[rows->n * rows->width] + (size_t)1;

	scan->rows_line = scan->line;
	if (s->bidi < n && !scan->bidi) {
		unsigned code = 0;

		utf8_next(rows->bytes + s->bidi, n - s->bidi, &code);
		diag_add(diags, DIAG_TEXT_BIDI,
		    pos_of(scan, rows->bytes, s->bidi),
		    "U+%04X, shown by its number", code);
		scan->bidi = true;
	}
	scan->line +=
	    (unsigned)(s->has_quotes ? count_breaks(rows->bytes, n) : rows->n);
	scan->start += n;
	if (scan->start > scan->end)
		scan->start = scan->end;
}

/* The first line break from a place on that is outside quotes, or SIZE_MAX. */
static size_t
break_from(const struct scan *scan, size_t at, bool in_quotes)
{
	for (size_t i = scan->start + at; i < scan->end; i++) {
		if (scan->buffer[i] == '"')
			in_quotes = !in_quotes;
		else if (scan->buffer[i] == '\n' && !in_quotes)
			return i - scan->start;
	}
	return SIZE_MAX;
}

/* Where the row at the start ends, as far as it is needed; or SIZE_MAX. */
static size_t
row_end(const struct scan *scan)
{
	const struct separators *s = &scan->separators;
	const char *row = scan->buffer + scan->start;
	const char *feed;

	for (size_t i = 1; i <= s->n; i++)
		if (row[s->at[i]] == '\n')
			return s->at[i];
	if (s->error == SEPARATORS_NONE)
		return break_from(scan, s->end, s->in_quotes);
	feed = memchr(row + s->error, '\n', scan->end - scan->start - s->error);
	return feed != NULL ? (size_t)(feed - row) : SIZE_MAX;
}

/*
 * Say what is wrong with the row of n bytes at the start: the reader of
 * csv.h is shown it behind the header and says it in its words.
 */
static int
report_row(struct scan *scan, size_t n, bool has_end, struct diag_list *diags)
{
	struct diag_list found = { .arena = diags->arena };
	struct text text = { 0 };
	struct source source;
	struct csv_row row;
	struct csv *csv;
	int rc = -1;

	scan->failed = true;
	text_put(&text, scan->header_text, scan->header_size);
	text_putc(&text, '\n');
	text_put(&text, scan->buffer + scan->start, n);
	if (has_end)
		text_puts(&text, "\n-");
	source_of_bytes(&source, scan->input->name, text.p, text.n);
	csv = csv_open(scan->arena, &source, &found);
	if (csv != NULL)
		rc = csv_next(csv, &row, &found);
	assert(rc == -1 && found.n_errors > 0);
	for (struct diag *d = found.first; d != NULL; d = d->next) {
		struct pos pos = d->pos;

		pos.line += scan->line - scan->header_lines - 1;
		if (d->id != DIAG_TEXT_BIDI || !scan->bidi)
			diag_add(diags, d->id, pos, "%s", d->detail);
	}
	text_free(&text);
	return -1;
}

/* Find rows in what was read: 1, 0 when there are none yet, -1. */
static int
look(struct scan *scan, struct scan_rows *rows, struct diag_list *diags)
{
	struct separators *s = &scan->separators;
	size_t n = region(scan);
	bool is_full;
	size_t end;

	if (n == 0)
		return 0;
	rows->bytes = scan->buffer + scan->start;
	rows->ends = s->at;
	separators_find(s, rows->bytes, n);
	count_rows(scan, rows);
	if (rows->n > 0) {
		pass_rows(scan, rows, diags);
		return 1;
	}
	is_full = s->end < n && s->error == SEPARATORS_NONE;
	if (s->error == SEPARATORS_NONE && s->n_breaks == 0 && !is_full &&
	    !scan->at_end)
		return 0;
	end = row_end(scan);
	if (end != SIZE_MAX)
		return report_row(scan, end, true, diags);
	return scan->at_end ?
	    report_row(scan, trimmed(scan) - scan->start, false, diags) :
	    0;
}

/* A byte-order mark is no text. */
static int
skip_mark(struct scan *scan, struct diag_list *diags)
{
	while (scan->end < 3 && !scan->at_end)
		if (read_on(scan, diags) == -1)
			return -1;
	if (scan->end >= 3 && memcmp(scan->buffer, "\xef\xbb\xbf", 3) == 0)
		scan->start = 3;
	return 0;
}

/*
 * Read until the first row is there: its length, without its end, and whether
 * it has one.  Line breaks at the end of the file belong to no row.
 */
static int
find_header(
    struct scan *scan, size_t *n, bool *has_end, struct diag_list *diags)
{
	size_t here;

	for (;;) {
		here = region(scan);
		scan->separators.delimiter =
		    csv_delimiter(scan->buffer + scan->start, here);
		separators_find(
		    &scan->separators, scan->buffer + scan->start, here);
		*n = row_end(scan);
		here = trimmed(scan) - scan->start;
		*has_end = *n < here;
		if (!*has_end)
			*n = here;
		if (*has_end || scan->at_end)
			return 0;
		if (read_on(scan, diags) == -1)
			return -1;
	}
}

/* Show the first row to the reader of csv.h. */
static int
take_header(struct scan *scan, struct diag_list *diags)
{
	struct arena *arena = scan->arena;
	size_t n = 0, n_before = diags->n;
	struct source source;
	bool has_end = false;
	char *text;

	if (skip_mark(scan, diags) == -1 ||
	    find_header(scan, &n, &has_end, diags) == -1)
		return -1;
	text = arena_alloc(arena, n + sizeof("\n-"));
	memcpy(text, scan->buffer + scan->start, n);
	memcpy(text + n, "\n-", sizeof("\n-"));
	source_of_bytes(&source, scan->input->name, text, has_end ? n + 2 : n);
	scan->header = csv_open(arena, &source, diags);
	if (scan->header == NULL)
		return -1;
	scan->bidi = diags->n > n_before;
	scan->header_lines = 1 + (unsigned)count_breaks(text, n);
	scan->line = scan->header_lines + 1;
	scan->start += n + (has_end ? 1 : 0);
	scan->header_text = text;
	scan->header_size = n > 0 && text[n - 1] == '\r' ? n - 1 : n;
	return 0;
}

struct scan *
scan_open(struct arena *arena, const struct scan_input *input,
    struct diag_list *diags)
{
	struct scan *scan = arena_alloc(arena, sizeof(*scan));
	struct separators *s = &scan->separators;

	scan->arena = arena;
	scan->input = input;
	scan->line = 1;
	scan->size = input->piece > 0 ? input->piece : SCAN_PIECE;
	scan->buffer = memory_grow(NULL, scan->size + SEPARATORS_SLACK, 1);
	s->is_plain = input->is_plain;
	s->size = PLACES;
	s->at = memory_grow(NULL, s->size, sizeof(s->at[0]));
	if (take_header(scan, diags) == -1) {
		scan_close(scan);
		return NULL;
	}
	if (s->size > SCAN_BATCH * scan_header(scan)->n + SPARE)
		s->size = SCAN_BATCH * scan_header(scan)->n + SPARE;
	return scan;
}

void
scan_close(struct scan *scan)
{
	if (scan == NULL)
		return;
	free(scan->buffer);
	free(scan->separators.at);
	text_free(&scan->scratch);
	scan->buffer = NULL;
	scan->separators.at = NULL;
}

const struct csv_row *
scan_header(const struct scan *scan)
{
	return csv_header(scan->header);
}

int
scan_column(const struct scan *scan, const char *name)
{
	return csv_column(scan->header, name);
}

int
scan_next(struct scan *scan, struct scan_rows *rows, struct diag_list *diags)
{
	rows->width = scan_header(scan)->n;
	rows->n = 0;
	while (!scan->failed) {
		int rc = look(scan, rows, diags);

		if (rc != 0)
			return rc;
		if (scan->at_end)
			return 0;
		scan->failed = read_on(scan, diags) == -1;
	}
	return -1;
}

/* One quote for each two of n bytes. */
static void
undouble(struct text *to, const char *p, size_t n)
{
	const char *end = p + n;

	while (p < end) {
		const char *quote = memchr(p, '"', (size_t)(end - p));
		size_t run = (size_t)((quote != NULL ? quote + 1 : end) - p);

		text_put(to, p, run);
		p += quote != NULL ? run + 1 : run;
	}
}

struct csv_field
scan_field(
    struct scan *scan, const struct scan_rows *rows, size_t row, size_t column)
{
	const uint32_t *ends = &rows->ends[row * rows->width + column];
	uint32_t start = ends[0] + 1;
	struct csv_field field = { .p = rows->bytes + start,
		.n = ends[1] - start };

	if (column + 1 == rows->width && field.n > 0 &&
	    field.p[field.n - 1] == '\r')
		field.n--;
	if (field.n == 0 || field.p[0] != '"')
		return field;
	field.p++;
	field.n -= 2;
	if (memchr(field.p, '"', field.n) == NULL)
		return field;
	scan->scratch.n = 0;
	undouble(&scan->scratch, field.p, field.n);
	field.p = text_str(&scan->scratch);
	field.n = scan->scratch.n;
	return field;
}

struct pos
scan_pos(const struct scan *scan, const struct scan_rows *rows, size_t row,
    size_t column)
{
	uint32_t start = rows->ends[row * rows->width + column] + 1;

	return pos_of(scan, rows->bytes, start);
}
