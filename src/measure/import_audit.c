#include <ctype.h>
#include <math.h>
#include <string.h>

#include "base/num.h"
#include "measure/import_shape.h"

/*
 * How many people of each category there were and how many of them were
 * selected: the summaries that Local Law 144 of New York City has published,
 *
 *     Race/Ethnicity,# of Applicants,# Selected,Selection Rate,Impact Ratio
 *
 * and tables of one's own.  Every column before the first number is one of
 * names: several are an intersection, attribute and category are names and
 * groups of several tables.  The number of those that scored above the median,
 * with its scoring rate, stands for that of the selected.
 *
 * Rates and ratios are published rounded, "48%" and 0.98, and are held against
 * the counts as far as they are written.  The ratio is to the highest rate of
 * all categories, or of those that are no less than 2 per cent of the rows
 * (6 RCNY 5-301(d)); either will do.
 */

#define SMALL_SHARE 0.02

enum part {
	PART_OTHER,
	PART_VARIANT,
	PART_ATTRIBUTE,
	PART_GROUP,
	PART_ROWS,
	PART_SELECTED,
	PART_REFUSED,
	PART_RATE,
	PART_RATIO
};

/* Names of columns, plain: see plain_name(). */
static const struct {
	const char *name;
	enum part part;
} names[] = {
	{ "audit", PART_VARIANT },
	{ "table", PART_VARIANT },
	{ "model", PART_VARIANT },
	{ "period", PART_VARIANT },
	{ "year", PART_VARIANT },
	{ "data set", PART_VARIANT },
	{ "attribute", PART_ATTRIBUTE },
	{ "group", PART_GROUP },
	{ "category", PART_GROUP },
	{ "attribute value", PART_GROUP },
	{ "n", PART_ROWS },
	{ "count", PART_ROWS },
	{ "total", PART_ROWS },
	{ "applicants", PART_ROWS },
	{ "candidates", PART_ROWS },
	{ "people", PART_ROWS },
	{ "employees", PART_ROWS },
	{ "stops", PART_ROWS },
	{ "selected", PART_SELECTED },
	{ "hired", PART_SELECTED },
	{ "advanced", PART_SELECTED },
	{ "searched", PART_SELECTED },
	{ "searches", PART_SELECTED },
	{ "above median", PART_SELECTED },
	{ "scored above median", PART_SELECTED },
	{ "scoring above median", PART_SELECTED },
	{ "not selected", PART_REFUSED },
	{ "not hired", PART_REFUSED },
	{ "rejected", PART_REFUSED },
	{ "selection rate", PART_RATE },
	{ "scoring rate", PART_RATE },
	{ "impact ratio", PART_RATIO },
};

enum { PLAIN_SIZE = 64, MOST_COLUMNS = 64 };

/* Whether a word says no more than that something is counted. */
static bool
is_filler(const char *word, size_t n)
{
	static const char *const fillers[] = { "n", "no", "num", "number",
		"count", "total", "of", "the" };

	for (size_t i = 0; i < sizeof(fillers) / sizeof(fillers[0]); i++)
		if (strlen(fillers[i]) == n && memcmp(fillers[i], word, n) == 0)
			return true;
	return false;
}

/*
 * A name in small letters and without signs, "# of Applicants (%)" as "of
 * applicants"; "" when it is too long.
 */
static void
plain_name(const char *name, char out[PLAIN_SIZE])
{
	size_t n = 0;

	for (const char *p = name; *p != '\0'; p++) {
		bool is_word = isalnum((unsigned char)*p);

		if (n + 1 >= PLAIN_SIZE) {
			n = 0;
			break;
		}
		if (is_word)
			out[n++] = (char)tolower((unsigned char)*p);
		else if (n > 0 && out[n - 1] != ' ')
			out[n++] = ' ';
	}
	while (n > 0 && out[n - 1] == ' ')
		n--;
	out[n] = '\0';
}

static enum part
part_of(const char *name)
{
	char plain[PLAIN_SIZE];
	const char *p = plain;

	plain_name(name, plain);
	for (;;) {
		size_t n = strcspn(p, " ");

		for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
			if (strcmp(names[i].name, p) == 0)
				return names[i].part;
		if (p[n] == '\0' || (!is_filler(p, n) && n > 0))
			return PART_OTHER;
		p += n + 1;
	}
}

/* Which column holds what. */
struct layout {
	const struct import_input *in;
	enum part parts[MOST_COLUMNS];
	int rows, selected, refused, attribute, group; /* or -1 */
	size_t keys[MOST_COLUMNS];
	size_t n_keys;
};

static bool
is_number_part(enum part part)
{
	return part >= PART_ROWS;
}

/* Note the one column of a part; false when there are two. */
static bool
take_one(int *column, size_t i)
{
	if (*column != -1)
		return false;
	*column = (int)i;
	return true;
}

static bool
lay_out(struct layout *l, const struct import_input *in)
{
	bool has_number = false, is_single = true;

	*l =
	    (struct layout){ in, { PART_OTHER }, -1, -1, -1, -1, -1, { 0 }, 0 };
	if (in->n_rows == 0 || in->n_columns > MOST_COLUMNS)
		return false;
	for (size_t i = 0; i < in->n_columns; i++) {
		enum part part = part_of(import_cell(in, 0, i)->text);

		l->parts[i] = part;
		has_number |= is_number_part(part);
		if (part == PART_ROWS)
			is_single &= take_one(&l->rows, i);
		else if (part == PART_SELECTED)
			is_single &= take_one(&l->selected, i);
		else if (part == PART_REFUSED)
			is_single &= take_one(&l->refused, i);
		else if (part == PART_ATTRIBUTE)
			is_single &= take_one(&l->attribute, i);
		else if (part == PART_GROUP)
			is_single &= take_one(&l->group, i);
		if (!has_number && part != PART_VARIANT)
			l->keys[l->n_keys++] = i;
	}
	return is_single && l->n_keys > 0 && l->selected != -1 &&
	    (l->rows != -1 || l->refused != -1);
}

/* Numbers as people write them: "1,390", "48%". */
struct written {
	double value;
	double rounding; /* half a unit of its last digit */
};

/* Take a number apart: false when it is none. */
static bool
read_written(const char *text, struct written *out)
{
	char digits[PLAIN_SIZE];
	const char *point;
	size_t n = 0;
	bool is_percent;

	for (const char *p = text; *p != '\0'; p++) {
		bool is_group =
		    *p == ',' && n > 0 && strspn(p + 1, "0123456789") == 3;

		if (n + 2 >= PLAIN_SIZE)
			return false;
		if (*p == '.' && n == 0)
			digits[n++] = '0';
		if (!is_group && *p != ' ')
			digits[n++] = *p;
	}
	is_percent = n > 0 && digits[n - 1] == '%';
	n -= is_percent;
	digits[n] = '\0';
	if (!num_read(digits, n, &out->value))
		return false;
	point = strchr(digits, '.');
	out->rounding =
	    0.5 * pow(10, point != NULL ? -(double)strlen(point + 1) : 0);
	if (is_percent) {
		out->value /= 100;
		out->rounding /= 100;
	}
	return true;
}

/* Whether a cell has nothing: a dash as well. */
static bool
is_nothing(const char *text)
{
	return strspn(text, " -") == strlen(text) ||
	    strcmp(text, "\u2013") == 0 || strcmp(text, "\u2014") == 0 ||
	    strcmp(text, "N/A") == 0 || strcmp(text, "NA") == 0;
}

/* A count as it would be written for a program. */
static struct import_text
count_text(struct sheet *sheet, const struct import_text *cell)
{
	struct import_text text = *cell;
	struct written written;
	char number[NUM_SIZE];

	if (is_nothing(cell->text))
		text.text = "";
	else if (strchr(cell->text, '%') == NULL &&
	    read_written(cell->text, &written)) {
		num_write(written.value, number);
		text.text = arena_str(sheet->arena, number);
	}
	return text;
}

bool
import_fits_audit(const struct import_input *in)
{
	struct layout l;

	if (!lay_out(&l, in))
		return false;
	/* "hired" of 0 and 1 beside "n" is a frequency table. */
	for (size_t row = 1; row < in->n_rows; row++) {
		const char *text =
		    import_cell(in, row, (size_t)l.selected)->text;

		if (strcmp(text, "0") != 0 && strcmp(text, "1") != 0)
			return true;
	}
	return in->n_rows == 1;
}

static bool
is_one_of(const char *text, const char *const words[], size_t n)
{
	char plain[PLAIN_SIZE];

	plain_name(text, plain);
	for (size_t i = 0; i < n; i++)
		if (strcmp(words[i], plain) == 0)
			return true;
	return false;
}

/* Rows that sum others up, and people of no known category. */
static bool
is_total(const char *text)
{
	static const char *const words[] = { "total", "all", "overall",
		"grand total", "all applicants", "all candidates" };

	return is_one_of(text, words, sizeof(words) / sizeof(words[0]));
}

static bool
is_unknown(const char *text)
{
	static const char *const words[] = { "unknown", "missing",
		"not specified", "not provided", "not disclosed", "undisclosed",
		"declined to answer", "prefer not to say", "decline to state" };

	return is_one_of(text, words, sizeof(words) / sizeof(words[0]));
}

static struct sheet_group *
group_of(struct sheet *sheet, const struct layout *l, size_t row)
{
	struct import_text heads[MOST_COLUMNS], cells[MOST_COLUMNS];
	struct pos pos = import_cell(l->in, row, l->keys[0])->pos;
	bool is_long = l->attribute != -1 && l->group != -1;
	size_t n_totals = 0;

	for (size_t i = 0; i < l->n_keys; i++) {
		size_t column = is_long ? (size_t)l->group : l->keys[i];

		heads[i] = *import_cell(l->in, 0, column);
		cells[i] = *import_cell(l->in, row, column);
		n_totals += is_total(cells[i].text);
		if (is_unknown(cells[i].text))
			cells[i].text = "";
	}
	if (n_totals == l->n_keys)
		return sheet_whole(sheet, pos);
	if (is_long)
		return sheet_group(sheet,
		    import_cell(l->in, row, (size_t)l->attribute)->text,
		    cells[0].text, pos);
	if (n_totals > 0) /* of one column: what the others sum to */
		return NULL;
	return sheet_group(sheet, import_join(sheet, heads, l->n_keys),
	    import_join(sheet, cells, l->n_keys), pos);
}

static const struct import_text *
cell_of_part(const struct layout *l, size_t row, int column)
{
	return import_cell(l->in, row, (size_t)column);
}

/* The two counts of a row: selected, and not. */
static void
take_counts(struct sheet *sheet, const struct layout *l, size_t row,
    struct sheet_group *group)
{
	const struct import_text *cell = cell_of_part(l, row, l->selected);
	struct import_text text = count_text(sheet, cell);

	sheet_count(sheet, group, CELL_SELECTED, &text);
	if (l->rows != -1) {
		text = count_text(sheet, cell_of_part(l, row, l->rows));
		sheet_rows(sheet, group, &text);
	}
	if (l->refused != -1) {
		text = count_text(sheet, cell_of_part(l, row, l->refused));
		sheet_count(sheet, group, CELL_REFUSED, &text);
	} else if (group->has_n && !group->is_spoilt) {
		double rest = group->n - group->weights[CELL_SELECTED];

		if (rest >= 0 && rest == floor(rest)) {
			sheet_add(
			    group, CELL_REFUSED, (unsigned long long)rest);
			return;
		}
		group->is_spoilt = true;
		sheet_bad(sheet, DIAG_METRIC_RECOUNT, cell,
		    "more than there are people");
	}
	group->is_spoilt |= !group->has[CELL_REFUSED];
}

static void
take_row(struct sheet *sheet, const struct layout *l, size_t row)
{
	struct sheet_group *group;

	for (size_t i = 0; i < l->in->n_columns; i++)
		if (l->parts[i] == PART_VARIANT)
			sheet_variant(sheet, import_cell(l->in, row, i)->text,
			    0, import_cell(l->in, row, i)->pos);
	group = group_of(sheet, l, row);
	if (group == NULL)
		return;
	if (group->has[CELL_SELECTED]) {
		sheet_bad(sheet, DIAG_CSV_VALUE,
		    import_cell(l->in, row, l->keys[0]),
		    "this category stands above already");
		return;
	}
	take_counts(sheet, l, row, group);
}

/* Of a group: its rate, and the rows behind it. */
static double
rate_of(const struct sheet_group *group)
{
	double n = group->weights[CELL_SELECTED] + group->weights[CELL_REFUSED];

	return n > 0 ? group->weights[CELL_SELECTED] / n : NAN;
}

static bool
is_counted(const struct sheet_group *group)
{
	return !group->is_spoilt && group->has[CELL_SELECTED] &&
	    group->has[CELL_REFUSED];
}

/* The highest rate of the categories beside a group; too small ones left out. */
static double
best_rate(const struct sheet *sheet, const struct sheet_group *group,
    double least_share)
{
	double rows = 0, best = 0;

	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < sheet->n_groups; i++) {
			const struct sheet_group *g = sheet->groups[i];

			if (g->variant != group->variant || !is_counted(g) ||
			    strcmp(g->attribute, group->attribute) != 0 ||
			    strcmp(g->name, GROUP_MISSING) == 0)
				continue;
			if (pass == 0)
				rows += g->n;
			else if (g->n >= least_share * rows)
				best = fmax(best, rate_of(g));
		}
	return best;
}

/* Hold a published number against what the counts make it. */
static void
check(struct sheet *sheet, const struct import_text *cell, double counted,
    double other, const char *what)
{
	struct written said;
	char number[NUM_SIZE];

	if (is_nothing(cell->text) || isnan(counted))
		return;
	if (!read_written(cell->text, &said)) {
		sheet_bad(sheet, DIAG_CSV_NUMBER, cell,
		    "write a number such as 0.564 or 56.4%");
		return;
	}
	if (fabs(said.value - counted) <= said.rounding + 1e-9 ||
	    fabs(said.value - other) <= said.rounding + 1e-9)
		return;
	num_write(counted, number);
	sheet_bad(sheet, DIAG_METRIC_RECOUNT, cell,
	    arena_printf(
		sheet->arena, "%s, the counts make it %s", what, number));
}

static void
check_row(struct sheet *sheet, const struct layout *l, size_t row)
{
	const struct sheet_group *group;

	for (size_t i = 0; i < l->in->n_columns; i++)
		if (l->parts[i] == PART_VARIANT)
			sheet_variant(sheet, import_cell(l->in, row, i)->text,
			    0, import_cell(l->in, row, i)->pos);
	group = group_of(sheet, l, row);
	if (group == NULL || !is_counted(group))
		return;
	for (size_t i = 0; i < l->in->n_columns; i++) {
		const struct import_text *cell = import_cell(l->in, row, i);
		double rate = rate_of(group);

		if (l->parts[i] == PART_RATE)
			check(sheet, cell, rate, rate, l->in->cells[i].text);
		if (l->parts[i] == PART_RATIO && *group->attribute != '\0')
			check(sheet, cell, rate / best_rate(sheet, group, 0),
			    rate / best_rate(sheet, group, SMALL_SHARE),
			    l->in->cells[i].text);
	}
}

int
import_read_audit(struct sheet *sheet, const struct import_input *in)
{
	struct layout l;

	lay_out(&l, in);
	sheet->has_no_labels = sheet->rest_is_missing = true;
	for (size_t row = 1; row < in->n_rows; row++)
		take_row(sheet, &l, row);
	for (size_t row = 1; row < in->n_rows; row++)
		check_row(sheet, &l, row);
	return 0;
}
