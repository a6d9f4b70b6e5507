#include "read/csv.h"

#include <string.h>

/*
 * A field is handed out where it lies in the source, but for the rare one
 * with a doubled quote, which is written to a scratch that each row reuses.
 */

enum { FIRST_FIELDS = 32, SCRATCH = 4096 };

struct csv {
	struct arena *arena;
	const struct source *source;
	const char *p;   /* the next byte */
	const char *end; /* behind the last row: no line break is left there */
	char delimiter;
	const char *mark; /* columns are counted up to here */
	unsigned mark_column;
	unsigned line; /* of p */
	bool failed;
	struct csv_row header;
	struct csv_field *fields; /* of the current row */
	size_t size;              /* room in fields */
	size_t n; /* fields of the row, which may be more than there is room */
	char *scratch;
	size_t scratch_size;
	size_t scratch_used;
};

/* What ended a field. */
enum stop { STOP_ERROR, STOP_FIELD, STOP_ROW };

static struct pos
pos_of(const struct csv *csv, const char *p)
{
	return source_pos(csv->source, (size_t)(p - csv->source->bytes));
}

/* The column of p, which is on the current line at or behind the mark. */
static unsigned
column_of(struct csv *csv, const char *p)
{
	unsigned column = csv->mark_column;

	for (const char *q = csv->mark; q < p; q++)
		column += ((unsigned char)*q & 0xc0) != 0x80;
	csv->mark = p;
	csv->mark_column = column;
	return column;
}

/* A new line begins at p. */
static void
begin_line(struct csv *csv, const char *p)
{
	csv->line++;
	csv->mark = p;
	csv->mark_column = 1;
}

/*
 * Keep a field of the row.  Beyond the width of the header it is only
 * counted; the header itself grows up to its limit.
 */
static int
keep_field(
    struct csv *csv, const struct csv_field *field, struct diag_list *diags)
{
	struct csv_field *grown;

	if (csv->n == CSV_COLUMNS && csv->header.fields == NULL) {
		diag_add(diags, DIAG_CSV_LIMIT,
		    (struct pos){
			csv->source->name, field->line, field->column },
		    "more than %d columns", CSV_COLUMNS);
		return -1;
	}
	if (csv->n == csv->size && csv->header.fields == NULL) {
		grown = arena_array(csv->arena, csv->size * 2, sizeof(*grown));
		memcpy(grown, csv->fields, csv->n * sizeof(*grown));
		csv->fields = grown;
		csv->size *= 2;
	}
	if (csv->n < csv->size)
		csv->fields[csv->n] = *field;
	csv->n++;
	return 0;
}

char
csv_delimiter(const char *p, size_t n)
{
	bool in_quotes = false;
	char found = '\0';

	for (const char *end = p + n; p < end; p++) {
		if (*p == '"')
			in_quotes = !in_quotes;
		else if (in_quotes)
			continue;
		else if (*p == '\n')
			break;
		else if (*p == ',')
			return ',';
		else if (found == '\0' &&
		    (*p == ';' || *p == '\t' || *p == '|'))
			found = *p;
	}
	return found != '\0' ? found : ',';
}

static const char *
delimiter_name(char delimiter)
{
	switch (delimiter) {
	case ';':
		return "a semicolon";
	case '\t':
		return "a tab";
	case '|':
		return "a vertical bar";
	default:
		return "a comma";
	}
}

/* Behind a field: take the delimiter or line break there. */
static enum stop
take_stop(struct csv *csv, struct diag_list *diags)
{
	if (csv->p == csv->end)
		return STOP_ROW;
	if (*csv->p == csv->delimiter) {
		csv->p++;
		return STOP_FIELD;
	}
	if (*csv->p == '\r') {
		if (csv->p + 1 == csv->end || csv->p[1] != '\n') {
			diag_add(diags, DIAG_TEXT_BREAK, pos_of(csv, csv->p),
			    "U+000D, a carriage return without a line feed");
			return STOP_ERROR;
		}
		csv->p++;
	}
	csv->p++;
	begin_line(csv, csv->p);
	return STOP_ROW;
}

/* Room in the scratch for n bytes of the current row. */
static char *
scratch_alloc(struct csv *csv, size_t n)
{
	char *p;

	if (csv->scratch_size - csv->scratch_used < n) {
		csv->scratch_size = csv->scratch_size * 2 + SCRATCH + n;
		csv->scratch = arena_alloc(csv->arena, csv->scratch_size);
		csv->scratch_used = 0;
	}
	p = csv->scratch + csv->scratch_used;
	csv->scratch_used += n;
	return p;
}

/* Make one quote of each two in the n bytes of a field. */
static void
undouble(struct csv *csv, struct csv_field *field)
{
	const char *p = field->p;
	const char *end = p + field->n;
	char *start = scratch_alloc(csv, field->n);
	char *to = start;

	while (p < end) {
		const char *quote = memchr(p, '"', (size_t)(end - p));
		size_t n = (size_t)((quote != NULL ? quote + 1 : end) - p);

		memcpy(to, p, n);
		to += n;
		p += quote != NULL ? n + 1 : n;
	}
	field->p = start;
	field->n = (size_t)(to - start);
}

/* Count the lines that a quoted field runs over. */
static void
count_lines(struct csv *csv, const char *p, const char *end)
{
	while ((p = memchr(p, '\n', (size_t)(end - p))) != NULL)
		begin_line(csv, ++p);
}

/* The quoted field at p. */
static enum stop
quoted_field(struct csv *csv, struct csv_field *field, struct diag_list *diags)
{
	const char *start = csv->p + 1;
	const char *p = start;
	bool doubled = false;
	const char *quote;

	for (;;) {
		quote = memchr(p, '"', (size_t)(csv->end - p));
		if (quote == NULL) {
			diag_add(diags, DIAG_CSV_QUOTE, pos_of(csv, start - 1),
			    "the field that begins here");
			return STOP_ERROR;
		}
		if (quote + 1 == csv->end || quote[1] != '"')
			break;
		doubled = true;
		p = quote + 2;
	}
	field->p = start;
	field->n = (size_t)(quote - start);
	csv->p = quote + 1;
	count_lines(csv, start, quote);
	if (csv->p < csv->end && *csv->p != csv->delimiter && *csv->p != '\r' &&
	    *csv->p != '\n') {
		diag_add(diags, DIAG_CSV_QUOTE_AFTER, pos_of(csv, csv->p),
		    "expected %s or the end of the line; a quote inside "
		    "a quoted field is doubled",
		    delimiter_name(csv->delimiter));
		return STOP_ERROR;
	}
	if (doubled)
		undouble(csv, field);
	return take_stop(csv, diags);
}

/* The field at p, which does not begin with a quote. */
static enum stop
plain_field(struct csv *csv, struct csv_field *field, struct diag_list *diags)
{
	const char *p = csv->p;

	while (p < csv->end && *p != csv->delimiter && *p != '\n' &&
	    *p != '\r' && *p != '"')
		p++;
	if (p < csv->end && *p == '"') {
		diag_add(diags, DIAG_CSV_QUOTE_INSIDE, pos_of(csv, p),
		    "put the whole field in quotes and double this one");
		return STOP_ERROR;
	}
	field->p = csv->p;
	field->n = (size_t)(p - csv->p);
	csv->p = p;
	return take_stop(csv, diags);
}

/* Read a row into csv->fields: 1, 0 at the end, -1 with the reason. */
static int
read_row(struct csv *csv, struct diag_list *diags)
{
	enum stop stop;

	csv->n = 0;
	csv->scratch_used = 0;
	if (csv->p == csv->end)
		return 0;
	do {
		struct csv_field field = { .line = csv->line,
			.column = column_of(csv, csv->p) };

		if (csv->p < csv->end && *csv->p == '"')
			stop = quoted_field(csv, &field, diags);
		else
			stop = plain_field(csv, &field, diags);
		if (stop == STOP_ERROR || keep_field(csv, &field, diags) == -1)
			return -1;
	} while (stop == STOP_FIELD);
	return 1;
}

/* The header as a map, to find a name that is there twice. */
static struct value *
header_map(const struct csv *csv)
{
	struct value *map = value_new(csv->arena, VALUE_MAP, (struct pos){ 0 });

	for (size_t i = 0; i < csv->header.n; i++) {
		const struct csv_field *field = &csv->header.fields[i];
		struct pos pos = { csv->source->name, field->line,
			field->column };
		struct value *name = value_new(csv->arena, VALUE_TEXT, pos);

		name->key = arena_dup(csv->arena, field->p, field->n);
		name->key_pos = pos;
		value_add(map, name);
	}
	return map;
}

static int
check_header(const struct csv *csv, struct diag_list *diags)
{
	const struct value *map = header_map(csv);
	const struct value *twin;
	size_t i = 0;

	for (const struct value *v = map->first; v != NULL; v = v->next) {
		i++;
		if (v->key[0] == '\0') {
			diag_add(diags, DIAG_CSV_HEADER, v->pos,
			    "column %zu has no name", i);
			return -1;
		}
	}
	twin = value_duplicate(map);
	if (twin == NULL)
		return 0;
	diag_add(diags, DIAG_CSV_HEADER, twin->pos,
	    "two columns are named \"%.*s\"", value_shown(twin->key),
	    twin->key);
	return -1;
}

/* Where the last row ends: before the empty lines at the end. */
static const char *
trim_end(const struct source *source)
{
	const char *end = source->bytes + source->size;

	while (end > source->bytes && end[-1] == '\n') {
		end--;
		if (end > source->bytes && end[-1] == '\r')
			end--;
	}
	return end;
}

struct csv *
csv_open_any(
    struct arena *arena, struct source *source, struct diag_list *diags)
{
	struct csv *csv;
	struct csv_row header;

	if (source_check_text(source, diags) == -1)
		return NULL;
	csv = arena_alloc(arena, sizeof(*csv));
	*csv = (struct csv){ .arena = arena,
		.source = source,
		.p = source->bytes,
		.end = trim_end(source),
		.mark = source->bytes,
		.mark_column = 1,
		.line = 1,
		.delimiter = csv_delimiter(source->bytes, source->size),
		.fields =
		    arena_array(arena, FIRST_FIELDS, sizeof(struct csv_field)),
		.size = FIRST_FIELDS };
	if (csv->p == csv->end) {
		diag_add(diags, DIAG_FILE_EMPTY,
		    (struct pos){ source->name, 0, 0 }, "%s", "");
		return NULL;
	}
	if (read_row(csv, diags) == -1)
		return NULL;
	header = (struct csv_row){ 1, csv->n, csv->fields };
	csv->header = header;
	csv->scratch_size = csv->scratch_used = 0;
	csv->size = header.n;
	csv->fields = arena_array(arena, header.n, sizeof(struct csv_field));
	return csv;
}

struct csv *
csv_open(struct arena *arena, struct source *source, struct diag_list *diags)
{
	struct csv *csv = csv_open_any(arena, source, diags);

	return csv != NULL && check_header(csv, diags) == 0 ? csv : NULL;
}

const struct csv_row *
csv_header(const struct csv *csv)
{
	return &csv->header;
}

int
csv_column(const struct csv *csv, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 0; i < csv->header.n; i++)
		if (csv->header.fields[i].n == n &&
		    memcmp(csv->header.fields[i].p, name, n) == 0)
			return (int)i;
	return -1;
}

int
csv_next(struct csv *csv, struct csv_row *row, struct diag_list *diags)
{
	unsigned line = csv->line;
	int rc = csv->failed ? -1 : read_row(csv, diags);

	if (rc == 1 && csv->n != csv->header.n) {
		diag_add(diags, DIAG_CSV_WIDTH,
		    (struct pos){ csv->source->name, line, 1 },
		    "%zu field%s, the header has %zu", csv->n,
		    csv->n == 1 ? "" : "s", csv->header.n);
		rc = -1;
	}
	if (rc == -1)
		csv->failed = true;
	else
		*row = (struct csv_row){ line, csv->n, csv->fields };
	return rc;
}

/* A row as a map; keys are shared by all rows. */
static struct value *
row_map(
    const struct csv *csv, const struct csv_row *row, const char *const *keys)
{
	struct pos pos = { csv->source->name, row->line, 1 };
	struct value *map = value_new(csv->arena, VALUE_MAP, pos);

	for (size_t i = 0; i < row->n; i++) {
		const struct csv_field *field = &row->fields[i];
		struct value *value;

		pos.line = field->line;
		pos.column = field->column;
		value = value_new(csv->arena, VALUE_TEXT, pos);
		value->key = keys[i];
		value->key_pos = pos;
		value->text = arena_dup(csv->arena, field->p, field->n);
		value->len = field->n;
		value_add(map, value);
	}
	return map;
}

/* Read the rows below the header into the list. */
static int
read_rows(struct csv *csv, struct value *list, struct diag_list *diags)
{
	const size_t n = csv->header.n;
	const char **keys = arena_array(csv->arena, n, sizeof(*keys));
	size_t n_values = 0;
	struct csv_row row;
	int rc;

	for (size_t i = 0; i < n; i++)
		keys[i] = arena_dup(csv->arena, csv->header.fields[i].p,
		    csv->header.fields[i].n);
	while ((rc = csv_next(csv, &row, diags)) == 1) {
		n_values += n + 1;
		if (n_values > VALUE_COUNT) {
			diag_add(diags, DIAG_CSV_LIMIT,
			    (struct pos){ csv->source->name, row.line, 1 },
			    "more than %d values", VALUE_COUNT);
			return -1;
		}
		value_add(list, row_map(csv, &row, keys));
	}
	return rc;
}

struct value *
csv_read(struct arena *arena, struct source *source, struct diag_list *diags)
{
	struct pos start = { source->name, 1, 1 };
	struct csv *csv = csv_open(arena, source, diags);
	struct value *list;

	if (csv == NULL)
		return NULL;
	list = value_new(arena, VALUE_LIST, start);
	if (read_rows(csv, list, diags) == -1)
		return NULL;
	if (list->n > 0)
		return list;
	diag_add(diags, DIAG_CSV_ROWS, start, "%s", "");
	return NULL;
}
