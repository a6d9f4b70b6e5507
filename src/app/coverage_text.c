#include "app/coverage.h"

#include <string.h>

#include "check/chapter.h"

/*
 * The table for a terminal: cells are wrapped within their columns, chapters
 * have headings, and counts by chapter and by kind stand at the end.
 */

enum { COLUMNS = 6, GAP = 2, INDENT = 2, TITLE_WIDTH = 44 };

#define PLAIN "\033[0m"
#define BOLD "\033[1m"

static const size_t widths[COLUMNS - 1] = { 25, 15, 13, 10, 11 };
static const int count_widths[] = { 7, 11, 10, 13, 7, 7 };
static const char *const heads[COLUMNS] = { "provision", "owed by", "tier",
	"from", "gate", "covered by" };
static const char *const colours[COVERAGE_KINDS] = { "\033[32m", "\033[34m",
	"\033[36m", "\033[2m", "\033[1;31m" };
static const char *const openers[COVERAGE_KINDS] = { "",
	"judgement: ", "evidence: ", "", "" };

struct printer {
	FILE *out;
	size_t last; /* width of the last column */
	bool has_colour;
	struct arena arena;
};

/* Bytes of the next line of a cell: broken behind a space, bar or hyphen. */
static size_t
line_of(const char *cell, size_t width, bool breaks_words)
{
	size_t end = 0;

	for (size_t i = 0; cell[i] != '\0'; i++) {
		if (cell[i] == '|')
			return i + 1;
		if (i == width)
			return end > 0 ? end : width;
		if (cell[i] == ' ' || (cell[i] == '-' && breaks_words))
			end = i + 1;
	}
	return strlen(cell);
}

/* Print one line of a cell and step over it; return its width. */
static size_t
print_part(struct printer *p, const char **cell, size_t width, bool breaks)
{
	size_t n = line_of(*cell, width, breaks), shown = n;

	while (shown > 0 &&
	    ((*cell)[shown - 1] == ' ' || (*cell)[shown - 1] == '|'))
		shown--;
	fprintf(p->out, "%.*s", (int)shown, *cell);
	*cell += n;
	while (**cell == ' ')
		*cell += 1;
	return shown;
}

/* The last cell that still says something; COLUMNS: none. */
static size_t
last_of(const char *const cells[COLUMNS])
{
	size_t i = COLUMNS;

	while (i > 0 && cells[i - 1][0] == '\0')
		i--;
	return i > 0 ? i - 1 : COLUMNS;
}

static void
print_last(struct printer *p, const char **cell, const char *colour)
{
	bool has_colour = p->has_colour && colour != NULL;

	fputs(has_colour ? colour : "", p->out);
	print_part(p, cell, p->last, false);
	fputs(has_colour ? PLAIN : "", p->out);
}

/* A row of cells, as many lines as the longest needs. */
static void
print_cells(struct printer *p, const char *cells[COLUMNS], const char *colour)
{
	for (size_t last; (last = last_of(cells)) < COLUMNS;) {
		size_t pad = INDENT;

		for (size_t i = 0; i < COLUMNS - 1 && i <= last; i++) {
			fprintf(p->out, "%*s", (int)pad, "");
			pad = widths[i] + GAP -
			    print_part(p, &cells[i], widths[i], true);
		}
		if (last == COLUMNS - 1) {
			fprintf(p->out, "%*s", (int)pad, "");
			print_last(p, &cells[last], colour);
		}
		putc('\n', p->out);
	}
}

static const char *
subject_of(const struct coverage_row *row)
{
	const char *paraphrase = row->obligation->paraphrase;
	const char *colon =
	    paraphrase != NULL ? strstr(paraphrase, ": ") : NULL;

	return colon != NULL ? colon + 2 : row->obligation->provision;
}

/* Many rows of a form share one reference: then what is asked tells them. */
static const char *
name_of(const struct coverage *coverage, size_t i)
{
	const struct coverage_row *row = &coverage->rows[i];
	const char *name = row->obligation->provision;

	if ((i > 0 && strcmp(row[-1].obligation->provision, name) == 0) ||
	    (i + 1 < coverage->n &&
		strcmp(row[1].obligation->provision, name) == 0))
		return subject_of(row);
	return name;
}

static void
print_row(struct printer *p, const struct coverage *coverage, size_t i)
{
	const struct coverage_row *row = &coverage->rows[i];
	const struct value *entry = row->obligation->entry;
	struct arena *arena = &p->arena;
	const char *by =
	    row->n_rules > 0 ? coverage_rules(arena, row, ", ") : row->because;
	const char *cells[COLUMNS] = { name_of(coverage, i),
		coverage_list(arena, entry, "holders", ", "),
		coverage_list(arena, entry, "tiers", ", "),
		coverage_applies(arena, entry), row->obligation->gate,
		arena_printf(arena, "%s%s", openers[row->kind],
		    by != NULL ? by : row->gap) };

	if (cells[4] == NULL)
		cells[4] = "";
	print_cells(p, cells, colours[row->kind]);
	if (row->gap == NULL || by == NULL)
		return;
	cells[5] = arena_printf(arena, "GAP: %s", row->gap);
	print_cells(p, cells, colours[COVERAGE_OPEN]);
}

static void
print_heading(struct printer *p, const char *title)
{
	fprintf(p->out, "\n%s%s%s\n", p->has_colour ? BOLD : "", title,
	    p->has_colour ? PLAIN : "");
}

static void
print_rows(struct printer *p, const struct coverage *coverage)
{
	const char *cells[COLUMNS];
	size_t n;
	const struct chapter *chapters = law_chapters(&n);

	memcpy(cells, heads, sizeof(cells));
	print_cells(p, cells, NULL);
	for (size_t i = 0; i < coverage->n; i++) {
		const struct coverage_row *row = &coverage->rows[i];

		if (i == 0 || row->chapter != row[-1].chapter)
			print_heading(p, chapters[row->chapter].title);
		print_row(p, coverage, i);
	}
}

/* A line of counts: how many rows, by how they are covered. */
struct tally {
	const char *title;
	size_t counts[COVERAGE_KINDS];
	size_t n, n_gaps;
};

static void
count(struct tally *tally, const struct coverage_row *row)
{
	tally->counts[row->kind]++;
	tally->n++;
	tally->n_gaps += row->gap != NULL;
}

static void
print_tally(struct printer *p, const struct tally *tally)
{
	if (tally->n == 0)
		return;
	fprintf(p->out, "%*s%-*s", INDENT, "", TITLE_WIDTH, tally->title);
	for (size_t i = 0; i < COVERAGE_OPEN; i++)
		fprintf(p->out, "%*zu", count_widths[i], tally->counts[i]);
	fprintf(p->out, "%*zu%*zu\n", count_widths[COVERAGE_OPEN], tally->n,
	    count_widths[COVERAGE_OPEN + 1], tally->n_gaps);
}

static void
print_tally_head(struct printer *p, const char *what)
{
	print_heading(p, what);
	fprintf(p->out, "%*s", INDENT + TITLE_WIDTH, "");
	for (size_t i = 0; i < COVERAGE_OPEN; i++)
		fprintf(p->out, "%*s", count_widths[i],
		    coverage_word((enum coverage_kind)i));
	fprintf(p->out, "%*s%*s\n", count_widths[COVERAGE_OPEN], "all",
	    count_widths[COVERAGE_OPEN + 1], "gaps");
}

static void
print_by_chapter(struct printer *p, const struct coverage *coverage)
{
	size_t n;
	const struct chapter *chapters = law_chapters(&n);
	struct tally all = { .title = "All" };

	print_tally_head(p, "By chapter");
	for (size_t i = 0; i < n; i++) {
		struct tally tally = { .title = chapters[i].title };

		for (size_t j = 0; j < coverage->n; j++)
			if (coverage->rows[j].chapter == i) {
				count(&tally, &coverage->rows[j]);
				count(&all, &coverage->rows[j]);
			}
		print_tally(p, &tally);
	}
	print_tally(p, &all);
}

/* By what a program can see, for those that operators owe and for others. */
static void
print_by_gate(struct printer *p, const struct coverage *coverage)
{
	static const struct {
		const char *title, *gate;
		bool is_owed;
	} kinds[] = {
		{ "owed by an operator: presence", "presence", true },
		{ "owed by an operator: value", "value", true },
		{ "owed by an operator: evidence", "evidence", true },
		{ "owed by an operator: judgement", "judgement", true },
		{ "owed by an operator: information", "information", true },
		{ "not owed: value", "value", false },
		{ "not owed: judgement", "judgement", false },
		{ "not owed: information", "information", false },
	};

	print_tally_head(p, "By kind");
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct tally tally = { .title = kinds[i].title };

		for (size_t j = 0; j < coverage->n; j++) {
			const struct coverage_row *row = &coverage->rows[j];
			const char *gate = row->obligation->gate;

			if (row->is_owed == kinds[i].is_owed && gate != NULL &&
			    strcmp(gate, kinds[i].gate) == 0)
				count(&tally, row);
		}
		print_tally(p, &tally);
	}
}

void
coverage_print(
    const struct coverage *coverage, FILE *out, size_t width, bool has_colour)
{
	struct printer p = {
		.out = out, .last = width - INDENT, .has_colour = has_colour
	};

	for (size_t i = 0; i + 1 < COLUMNS; i++)
		p.last -= widths[i] + GAP;
	print_rows(&p, coverage);
	print_by_chapter(&p, coverage);
	print_by_gate(&p, coverage);
	fprintf(out, "\n%zu provisions, %zu without gap, %zu with\n",
	    coverage->n, coverage->n - coverage->n_gaps, coverage->n_gaps);
	arena_free(&p.arena);
}
