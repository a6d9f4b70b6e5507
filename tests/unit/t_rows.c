#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/num.h"
#include "base/text.h"
#include "measure/complaints.h"
#include "measure/predictions.h"
#include "measure/tally.h"
#include "read/scan.h"
#include "tap.h"

/*
 * The fast reader of predictions against a slow one, on random files: quotes,
 * CRLF, marks, long fields, missing values, and bytes that should not be
 * there.  Whatever the size of the pieces and with AVX2 or without, tables
 * and messages are those of a reader that takes one row after the other.
 */

enum { GROUPS = 4000, FILES = 1000 };

struct slow_score {
	double value;
	double weight;
	enum binary label;
};

struct slow_group {
	char *name;
	struct counts counts;
	struct slow_score *scores;
	size_t n_scores;
	unsigned long long n_missing[BINARY_COUNT];
};

struct slow_table {
	struct slow_group groups[GROUPS];
	size_t n;
};

/* What one of the readers found. */
struct found {
	struct arena arena;
	struct diag_list diags;
	int rc;
};

struct slow {
	struct found found;
	struct complaints complaints;
	unsigned long long n_rows, n_bad;
	struct slow_table tables[4];
	struct csv *csv;
};

static const char *const attributes[] = { "sex", "race", "sex*race" };

static unsigned
next_random(unsigned long long *state, unsigned n)
{
	*state = *state * 6364136223846793005ull + 1442695040888963407ull;
	return (unsigned)(*state >> 33) % n;
}

/* The slow reader. */

/* What the slow reader takes from a row. */
struct slow_cells {
	enum cell cell;
	double weight;
	bool has_score;
	double score;
};

static void
count_group(
    struct slow_table *table, const char *name, const struct slow_cells *cells)
{
	struct slow_group *group;

	size_t i = 0;

	while (i < table->n && strcmp(table->groups[i].name, name) != 0)
		i++;
	if (i == table->n) {
		table->groups[i].name = memory_grow(NULL, strlen(name) + 1, 1);
		strcpy(table->groups[i].name, name);
		memset(&table->groups[i].counts, 0, sizeof(struct counts));
		memset(table->groups[i].n_missing, 0,
		    sizeof(table->groups[i].n_missing));
		table->groups[i].scores = NULL;
		table->groups[i].n_scores = 0;
		table->n++;
	}
	group = &table->groups[i];
	counts_add_weighted(&group->counts, cells->cell, cells->weight);
	if (!cells->has_score) {
		group->n_missing[cells->cell / BINARY_COUNT]++;
		return;
	}
	group->scores = memory_grow(
	    group->scores, group->n_scores + 1, sizeof(group->scores[0]));
	group->scores[group->n_scores++] = (struct slow_score){ cells->score,
		cells->weight, (enum binary)(cells->cell / BINARY_COUNT) };
}

static const char *
text_of(struct slow *s, const struct csv_row *row, const char *column)
{
	const struct csv_field *field =
	    &row->fields[csv_column(s->csv, column)];

	return arena_dup(&s->found.arena, field->p, field->n);
}

/* Without the blanks around it. */
static const char *
word_of(struct slow *s, const struct csv_row *row, const char *column)
{
	const char *text = text_of(s, row, column);

	text += strspn(text, " \t");
	for (size_t n = strlen(text);; n--)
		if (n == 0 || (text[n - 1] != ' ' && text[n - 1] != '\t'))
			return arena_dup(&s->found.arena, text, n);
}

static bool
one_of(const char *text, const char *words)
{
	size_t n = strlen(text);

	for (const char *p = words; *p != '\0'; p += strcspn(p, " ")) {
		p += *p == ' ';
		if (strcspn(p, " ") == n && strncmp(p, text, n) == 0)
			return true;
	}
	return false;
}

static enum binary
answer(const char *text)
{
	if (text[0] == '\0' || one_of(text, "NA N/A NaN nan null None"))
		return BINARY_MISSING;
	if (one_of(text, "1 1.0 true TRUE yes"))
		return BINARY_YES;
	return one_of(text, "0 0.0 false no") ? BINARY_NO : BINARY_COUNT;
}

static void
complain(struct slow *s, const struct csv_row *row, const char *column,
    enum diag_id id, const char *allowed)
{
	const struct csv_field *f = &row->fields[csv_column(s->csv, column)];
	struct pos pos = { "in.csv", f->line, f->column };

	if (complaint(&s->complaints, id, pos))
		diag_add(&s->found.diags, id, pos,
		    "\"%.*s\" in column \"%s\": %s",
		    complaint_length(f->p, f->n), f->p, column, allowed);
}

/* Complain of a bad answer; whether it is one. */
static bool
bad_answer(struct slow *s, const struct csv_row *row, const char *column)
{
	if (answer(word_of(s, row, column)) != BINARY_COUNT)
		return false;
	complain(s, row, column, DIAG_CSV_VALUE,
	    "write 1 (1.0, true, yes) or 0 (0.0, false, no), or leave it "
	    "empty");
	return true;
}

static bool
bad_score(struct slow *s, const struct csv_row *row, struct slow_cells *cells)
{
	const char *text = word_of(s, row, "s");

	if (text[0] == '.')
		text = arena_printf(&s->found.arena, "0%s", text);
	cells->has_score = num_read(text, strlen(text), &cells->score);
	if (cells->has_score || answer(text) == BINARY_MISSING)
		return false;
	complain(s, row, "s", DIAG_CSV_NUMBER,
	    "write a decimal number, such as 0.73, or leave it empty");
	return true;
}

static bool
bad_weight(struct slow *s, const struct csv_row *row, double *weight)
{
	const char *text = word_of(s, row, "w");

	if (num_read(text, strlen(text), weight) && *weight >= 0 &&
	    *weight <= 1e9)
		return false;
	complain(
	    s, row, "w", DIAG_CSV_NUMBER, "a weight is 0 or from 1e-9 to 1e9");
	return true;
}

static bool
bad_name(struct slow *s, const struct csv_row *row, const char *column)
{
	if (!one_of(text_of(s, row, column), "(missing) (overall)"))
		return false;
	complain(s, row, column, DIAG_CSV_VALUE,
	    "this name is reserved; leave a missing value empty");
	return true;
}

static void
put_part(struct text *name, const char *value)
{
	if (value[0] == '\0')
		text_puts(name, "(missing)");
	for (const char *p = value; *p != '\0'; p++) {
		if (*p == '*' || *p == '\\')
			text_putc(name, '\\');
		text_putc(name, *p);
	}
}

static void
slow_row(struct slow *s, const struct csv_row *row)
{
	const char *sex = text_of(s, row, "sex"), *race;
	bool bad = bad_answer(s, row, "y");
	struct text name = { 0 };
	struct slow_cells cells = { .weight = 0 };

	bad |= bad_answer(s, row, "p");
	bad |= bad_score(s, row, &cells);
	bad |= bad_weight(s, row, &cells.weight);
	if (bad_name(s, row, "sex") || bad_name(s, row, "race") || bad) {
		s->n_bad++;
		return;
	}
	race = text_of(s, row, "race");
	cells.cell =
	    cell_of(answer(word_of(s, row, "y")), answer(word_of(s, row, "p")));
	put_part(&name, sex);
	text_putc(&name, '*');
	put_part(&name, race);
	count_group(&s->tables[0], "(overall)", &cells);
	count_group(&s->tables[1], sex[0] ? sex : "(missing)", &cells);
	count_group(&s->tables[2], race[0] ? race : "(missing)", &cells);
	count_group(&s->tables[3], text_str(&name), &cells);
	text_free(&name);
}

static void
slow_read(struct slow *s, const struct text *file)
{
	struct source source;
	struct csv_row row;

	memset(s, 0, sizeof(*s));
	s->found.diags.arena = &s->found.arena;
	s->complaints.diags = &s->found.diags;
	s->found.rc = -1;
	source_of_bytes(&source, "in.csv", file->p, file->n);
	s->csv = csv_open(&s->found.arena, &source, &s->found.diags);
	if (s->csv == NULL || csv_column(s->csv, "y") == -1 ||
	    csv_column(s->csv, "p") == -1 || csv_column(s->csv, "w") == -1 ||
	    csv_column(s->csv, "s") == -1 || csv_column(s->csv, "sex") == -1 ||
	    csv_column(s->csv, "race") == -1)
		return;
	while ((s->found.rc = csv_next(s->csv, &row, &s->found.diags)) == 1) {
		s->n_rows++;
		slow_row(s, &row);
	}
	complaints_end(&s->complaints);
	if (s->found.rc == 0 && s->n_rows == 0)
		s->found.rc = -1;
	if (s->tables[3].n > PREDICTION_COMBINATIONS)
		s->found.rc = -1;
}

static void
slow_end(struct slow *s)
{
	for (size_t i = 0; i < 4; i++)
		for (size_t k = 0; k < s->tables[i].n; k++) {
			free(s->tables[i].groups[k].name);
			free(s->tables[i].groups[k].scores);
		}
	arena_free(&s->found.arena);
}

/* Files. */

struct style {
	unsigned n_groups;
	bool is_worse;  /* with values that are refused */
	char delimiter; /* of fields */
};

static void
put_value(struct text *file, unsigned long long *state,
    const struct style *style, unsigned n_groups)
{
	static const char *const values[] = { "f", "m", "", "female",
		"African-American", "exactly16 bytes!", "seventeen bytes!!",
		"\"quoted\"", "\"a,b\"", "\"two\nlines\"", "\"a \"\"b\"\"\"",
		"\"\"\"\"", "\"\"", "\u00e9t\u00e9", "\U0001f600", "(other)",
		"a*b\\c", "\"a longer one, with, commas and \"\"quotes\"\"\"",
		"\"\r\n\"", "tab\there", "NA", "\"f\"", "(missing)" };
	unsigned k = next_random(state, 40);

	if (k == 22 && next_random(state, 4))
		text_puts(file, "x");
	else if (k < sizeof(values) / sizeof(values[0]) &&
	    (values[k][0] == '"' ||
		strchr(values[k], style->delimiter) == NULL))
		text_puts(file, values[k]);
	else if (k < 38)
		text_printf(file, "group %u", next_random(state, n_groups));
	else
		for (unsigned i = next_random(state, 300); i > 0; i--)
			text_putc(file, (char)('a' + i % 26));
}

static void
put_answer(struct text *file, unsigned long long *state, unsigned worse)
{
	static const char *const answers[] = { "0", "1", "0", "1", "0", "1",
		"true", "no", "1.0", "0.0", "\"1\"", "\"0\"", "", "NA", "NaN",
		"\"\"", "yes", "2", "perhaps not", "10" };

	text_puts(file, answers[next_random(state, worse ? 20 : 17)]);
}

static void
put_score(struct text *file, unsigned long long *state, unsigned worse)
{
	static const char *const scores[] = { "", "NaN", "0.5", "1", "-0", "0",
		"\"0.25\"", "1e-5", "0.30000000000000004", "-2.5",
		"123456789012345.6", "0.1234567890123456789", ".5", "..5",
		"x" };
	unsigned k = next_random(state, 30);

	if (k < (worse ? 15 : 13))
		text_puts(file, scores[k]);
	else
		text_printf(file, "0.%03u", next_random(state, 1000));
}

static void
put_row(struct text *file, unsigned long long *state, const struct style *style)
{
	bool worse = style->is_worse;

	put_answer(file, state, worse);
	text_putc(file, style->delimiter);
	put_value(file, state, style, style->n_groups);
	text_putc(file, style->delimiter);
	put_score(file, state, worse);
	text_putc(file, style->delimiter);
	put_answer(file, state, worse);
	text_putc(file, style->delimiter);
	if (worse && next_random(state, 50) == 0)
		text_puts(file, "-1");
	else
		text_printf(file, "%u.%u", next_random(state, 9),
		    next_random(state, 1000));
	text_putc(file, style->delimiter);
	put_value(file, state, style, 3);
	text_printf(file, "%c%u", style->delimiter, next_random(state, 100000));
}

/* One byte is replaced by one that may not stand there. */
static void
spoil(struct text *file, unsigned long long *state)
{
	static const char bytes[] =
	    "\"\"\"\",,;\t|\n\n\r\r\x80\xc3\xff\x01\x7f";
	size_t at = next_random(state, (unsigned)file->n);

	file->p[at] = bytes[next_random(state, sizeof(bytes))];
}

static void
make_file(struct text *file, unsigned long long *state)
{
	static const char *const headers[] = { "y,sex,s,p,w,race,id",
		"y,\"sex\",\"s\",p,w,race,\"i\nd\"" };
	unsigned n = next_random(state, 120);
	struct style style = { .is_worse = next_random(state, 3) == 0,
		.n_groups = next_random(state, 4) ? 9 : 1000,
		.delimiter = ",,,;\t|"[next_random(state, 6)] };
	bool crlf = next_random(state, 4) == 0;

	text_clear(file);
	if (next_random(state, 5) == 0)
		text_puts(file, "\xef\xbb\xbf");
	for (const char *p = headers[next_random(state, 3) == 0]; *p != '\0';
	     p++)
		text_putc(file, *p == ',' ? style.delimiter : *p);
	for (unsigned i = 0; i < n; i++) {
		text_puts(file, crlf ? "\r\n" : "\n");
		put_row(file, state, &style);
	}
	for (unsigned i = next_random(state, 4); i > 0; i--)
		text_puts(file, crlf ? "\r\n" : "\n");
	if (next_random(state, 3) == 0)
		spoil(file, state);
}

/* The fast reader, and what it must agree on. */

static void
put_diag(struct text *to, const struct diag *d)
{
	text_printf(to, "%s:%u:%u %s %s\n", d->pos.file, d->pos.line,
	    d->pos.column, diag_name(d->id), d->detail);
}

static bool
is_text_error(enum diag_id id)
{
	return id == DIAG_TEXT_UTF8 || id == DIAG_TEXT_CONTROL ||
	    id == DIAG_TEXT_BREAK;
}

/*
 * The same messages; but where the text is refused the slow reader sees
 * nothing else of the file, and the fast one what stands before.
 */
static bool
same_diags(const struct found *fast, const struct found *slow)
{
	struct text a = { 0 }, b = { 0 };
	const struct diag *first = slow->diags.first;
	bool same;

	if (slow->diags.n == 1 && is_text_error(first->id))
		for (const struct diag *d = fast->diags.first; d != NULL;
		     d = d->next)
			if (d->id != first->id && d->pos.line < first->pos.line)
				return true;
	for (const struct diag *d = slow->diags.first; d != NULL; d = d->next)
		put_diag(&b, d);
	for (const struct diag *d = fast->diags.first; d != NULL; d = d->next)
		put_diag(&a, d);
	same = strcmp(text_str(&a), text_str(&b)) == 0;
	if (!same)
		printf("# fast:\n%s# slow:\n%s", text_str(&a), text_str(&b));
	text_free(&a);
	text_free(&b);
	return same;
}

static bool
same_counts(const struct counts *a, const struct counts *b)
{
	return memcmp(a->rows, b->rows, sizeof(a->rows)) == 0 &&
	    memcmp(a->weight, b->weight, sizeof(a->weight)) == 0 &&
	    memcmp(a->square, b->square, sizeof(a->square)) == 0;
}

/* Rows and weights of the slow group with this score and label. */
static unsigned long long
slow_rows(const struct slow_group *group, double value, enum binary label,
    double *weight)
{
	struct sum sum = { { 0 } };
	unsigned long long n = 0;

	for (size_t i = 0; i < group->n_scores; i++) {
		const struct slow_score *score = &group->scores[i];

		if (score->value != value || score->label != label)
			continue;
		sum_add(&sum, score->weight);
		n++;
	}
	*weight = sum_value(&sum);
	return n;
}

static bool
same_scores(const struct distribution *fast, const struct slow_group *slow)
{
	unsigned long long n = 0;
	double weight;

	if (fast->resolution != 0 ||
	    memcmp(fast->n_missing, slow->n_missing, sizeof(slow->n_missing)))
		return false;
	for (size_t i = 0; i < fast->n; i++) {
		if (i > 0 && fast->value[i] <= fast->value[i - 1])
			return false;
		for (int label = 0; label < BINARY_COUNT; label++) {
			n += fast->rows[i][label];
			if (slow_rows(slow, fast->value[i], (enum binary)label,
				&weight) != fast->rows[i][label] ||
			    weight != fast->weight[i][label])
				return false;
		}
	}
	return n == slow->n_scores;
}

static bool
same_table(const struct group_table *fast, const struct slow_table *slow)
{
	if (fast->n != slow->n)
		return false;
	for (size_t i = 0; i < slow->n; i++) {
		const struct group *group =
		    group_table_find(fast, slow->groups[i].name);

		if (group == NULL ||
		    !same_counts(&group->counts, &slow->groups[i].counts) ||
		    !same_scores(group->scores, &slow->groups[i]))
			return false;
	}
	return true;
}

static bool
same_tables(const struct predictions *out, const struct slow *slow)
{
	if (out->n_rows != slow->n_rows || out->n_bad != slow->n_bad)
		return false;
	if (slow->n_bad < slow->n_rows &&
	    !same_table(&out->whole, &slow->tables[0]))
		return false;
	for (size_t i = 0; i < out->n_tables; i++)
		if (!same_table(&out->tables[i], &slow->tables[i + 1]))
			return false;
	return out->n_tables == 3;
}

/* Read the file in pieces of this size; whether all is as the slow one has. */
static bool
try_pieces(const struct text *file, const struct slow *slow, size_t piece,
    bool is_plain)
{
	static const struct measure_options options = { .confidence = 0.95 };
	const struct prediction_columns columns = { .label = "y",
		.prediction = "p",
		.score = "s",
		.weight = "w",
		.attributes = attributes,
		.n_attributes = 3 };
	struct scan_input input = { .name = "in.csv",
		.fd = -1,
		.bytes = file->p,
		.size = file->n,
		.piece = piece,
		.is_plain = is_plain };
	struct found found = { .rc = 0 };
	struct predictions out;
	bool same;

	found.diags.arena = &found.arena;
	found.rc = measure_prediction_rows(
	    &out, &found.arena, &input, &columns, &options, &found.diags);
	same = found.rc == slow->found.rc;
	if (same && found.rc == 0)
		same = same_tables(&out, slow);
	/* What else ends the reading is said in words that are not asked. */
	if (slow->found.rc == 0 || slow->found.diags.n > 0)
		same = same_diags(&found, &slow->found) && same;
	arena_free(&found.arena);
	return same;
}

static void
show(const struct text *file, unsigned number, size_t piece)
{
	char name[64];
	FILE *out;

	snprintf(name, sizeof(name), "/tmp/t_rows.%u.csv", number);
	out = fopen(name, "w");
	if (out != NULL) {
		fwrite(file->p, 1, file->n, out);
		fclose(out);
	}
	printf("# file %u in pieces of %zu bytes: %s\n", number, piece, name);
}

static void
agrees_with_a_slow_reader(void)
{
	static struct slow slow;
	unsigned long long state = 1;
	struct text file = { 0 };
	unsigned n_wrong = 0, n_read = 0;

	for (unsigned i = 0; i < FILES; i++) {
		size_t pieces[] = { 0, 0, 1 + next_random(&state, 90),
			1 + next_random(&state, 5000) };

		make_file(&file, &state);
		slow_read(&slow, &file);
		n_read += slow.found.rc == 0;
		for (size_t k = 0; k < 4; k++)
			if (!try_pieces(&file, &slow, pieces[k], k % 2 == 0)) {
				n_wrong++;
				show(&file, i, pieces[k]);
			}
		slow_end(&slow);
	}
	CHECK_INT(n_wrong, 0);
	CHECK(n_read > FILES / 2 && n_read < FILES);
	text_free(&file);
}

/* Read what comes from a descriptor, which is closed. */
static int
read_from(struct found *found, struct predictions *out, int fd)
{
	static const struct measure_options options = { .confidence = 0.95 };
	static const struct prediction_columns columns = { .label = "y",
		.prediction = "p" };
	struct scan_input input = {
		.name = "in.csv", .fd = fd, .bytes = "y,p\n1,1\n", .size = 8
	};

	memset(found, 0, sizeof(*found));
	found->diags.arena = &found->arena;
	found->rc = measure_prediction_rows(
	    out, &found->arena, &input, &columns, &options, &found->diags);
	if (fd != -1)
		close(fd);
	return found->rc;
}

static void
reads_descriptors(void)
{
	static const char csv[] = "1,1\n0,1\n";
	struct predictions out;
	struct found found;
	int ends[2];

	CHECK(pipe(ends) == 0);
	CHECK_INT(write(ends[1], csv, strlen(csv)), (long)strlen(csv));
	close(ends[1]);
	CHECK_INT(read_from(&found, &out, ends[0]), 0);
	CHECK_INT(out.n_rows, 3);
	arena_free(&found.arena);
	CHECK_INT(
	    read_from(&found, &out, open(".", O_RDONLY | O_DIRECTORY)), -1);
	CHECK_INT(found.diags.first->id, DIAG_FILE_READ);
	arena_free(&found.arena);
}

/* A quote that nobody closes must not eat the memory. */
static void
bounds_rows(void)
{
	struct text file = { 0 };
	struct predictions out;
	struct found found;
	FILE *csv = tmpfile();

	text_puts(&file, "1,\"");
	for (size_t i = 0; i < SCAN_ROW; i++)
		text_putc(&file, 'x');
	if (!CHECK(csv != NULL))
		return;
	fwrite(file.p, 1, file.n, csv);
	rewind(csv);
	CHECK_INT(read_from(&found, &out, dup(fileno(csv))), -1);
	CHECK_INT(found.diags.n, 1);
	CHECK_INT(found.diags.first->id, DIAG_CSV_LIMIT);
	CHECK_INT(found.diags.first->pos.line, 3);
	arena_free(&found.arena);
	fclose(csv);
	text_free(&file);
}

/* A field of some megabytes is a field. */
static void
takes_long_rows(void)
{
	struct text file = { 0 };
	struct predictions out;
	struct found found;
	FILE *csv = tmpfile();

	text_puts(&file, "0,\"");
	for (size_t i = 0; i < 3000000; i++)
		text_putc(&file, i % 100 == 0 ? '\n' : 'x');
	text_puts(&file, "\"\n2,1\n");
	if (!CHECK(csv != NULL))
		return;
	fwrite(file.p, 1, file.n, csv);
	rewind(csv);
	CHECK_INT(read_from(&found, &out, dup(fileno(csv))), 0);
	CHECK_INT(out.n_rows, 3);
	CHECK_INT(out.n_bad, 2);
	CHECK_INT(found.diags.last->pos.line, 30004);
	arena_free(&found.arena);
	fclose(csv);
	text_free(&file);
}

int
main(void)
{
	agrees_with_a_slow_reader();
	reads_descriptors();
	bounds_rows();
	takes_long_rows();
	return tap_done();
}
