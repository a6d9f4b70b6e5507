#include <string.h>

#include "base/num.h"
#include "base/text.h"
#include "measure/import_shape.h"

/*
 * MetricJSONExplainer of AIF360: a list of {metric, message, num..., ...}.
 * There are two groups, unprivileged and privileged, and no name of what
 * divides them; a value stands only at the end of the message.  The counts
 * beside it are what is read, and the value is held against them.
 *
 * Name trap: numPositives is the number of rows that are selected where the
 * metric compares selection rates, and of rows that are labelled positive
 * where it compares rates of errors.
 */

enum side { UNPRIVILEGED, PRIVILEGED, WHOLE, N_SIDES };

static const char *const suffixes[N_SIDES] = { "Unprivileged", "Privileged",
	"" };

/* Counts that tell of selection alone, and their names. */
static const struct {
	const char *metric, *selected, *rows;
} selections[] = {
	{ "Statistical Parity Difference", "numPositives", "numInstances" },
	{ "Mean Difference", "numPositives", "numInstances" },
	{ "Disparate Impact", "numPositivePredictions", "num" },
};

bool
import_fits_aif360(const struct import_input *in)
{
	const struct value *first =
	    in->tree != NULL && in->tree->kind == VALUE_LIST ? in->tree->first :
							       NULL;

	return first != NULL && value_text(first, "metric") != NULL &&
	    value_text(first, "message") != NULL;
}

static struct sheet_group *
group_of(struct sheet *sheet, enum side side, struct pos pos)
{
	if (side == WHOLE)
		return sheet_whole(sheet, pos);
	return sheet_group(sheet, "group",
	    side == PRIVILEGED ? "privileged" : "unprivileged", pos);
}

/* A count of a side: whole, and written as a double. */
static bool
count_of(struct sheet *sheet, const struct value *map, const char *name,
    enum side side, unsigned long long *out)
{
	const struct value *value = value_get(
	    map, arena_printf(sheet->arena, "%s%s", name, suffixes[side]));
	struct import_text text;
	double n;

	if (value == NULL)
		return false;
	text = import_scalar(value);
	if (sheet_number(sheet, &text, &n) != 1)
		return false;
	if (!(n >= 0 && n <= 1e15 && n == (double)(unsigned long long)n)) {
		sheet_bad(sheet, DIAG_CSV_VALUE, &text,
		    "write a whole number of rows");
		return false;
	}
	*out = (unsigned long long)n;
	return true;
}

/* Whether a figure of the group is there already. */
static bool
has_figure(const struct sheet *sheet, const struct sheet_group *group,
    const struct metric *metric)
{
	for (size_t i = 0; i < sheet->n_figures; i++)
		if (sheet->figures[i].group == group &&
		    sheet->figures[i].metric == metric)
			return true;
	return false;
}

/* The share of rows that are selected, as a figure with counts. */
static void
take_selection(
    struct sheet *sheet, const struct value *map, size_t i, enum side side)
{
	const struct metric *metric = metric_find("selection_rate", 14);
	unsigned long long selected, rows;
	struct sheet_group *group;
	struct figure *figure;
	char number[NUM_SIZE];
	struct import_text text = { number, map->pos };

	if (!count_of(sheet, map, selections[i].selected, side, &selected) ||
	    !count_of(sheet, map, selections[i].rows, side, &rows))
		return;
	group = group_of(sheet, side, map->pos);
	num_write((double)rows, number);
	sheet_rows(sheet, group, &text);
	if (rows == 0 || selected > rows || has_figure(sheet, group, metric))
		return;
	num_write((double)selected / (double)rows, number);
	figure = sheet_figure(sheet, group, metric, &text);
	figure->has_counts = true;
	figure->numerator = (double)selected;
	figure->denominator = (double)rows;
}

/* Set a cell, or say what contradicts it. */
static void
set(struct sheet *sheet, const struct value *map, struct sheet_group *group,
    enum cell cell, unsigned long long n)
{
	char number[NUM_SIZE];
	const struct import_text text = { number, map->pos };

	num_write((double)n, number);
	sheet_count(sheet, group, cell, &text);
}

/* A cell and its rest of a total, where both are given. */
static void
take_pair(struct sheet *sheet, const struct value *map, enum side side,
    const char *part, const char *total, const enum cell cells[2])
{
	unsigned long long n, all;
	struct sheet_group *group;

	if (!count_of(sheet, map, part, side, &n) ||
	    !count_of(sheet, map, total, side, &all))
		return;
	group = group_of(sheet, side, map->pos);
	if (n > all) {
		group->is_spoilt = true;
		diag_add(sheet->complaints.diags, DIAG_CSV_VALUE, map->pos,
		    "%s%s is above %s%s", part, suffixes[side], total,
		    suffixes[side]);
		return;
	}
	set(sheet, map, group, cells[0], n);
	set(sheet, map, group, cells[1], all - n);
}

static void
take_counts(struct sheet *sheet, const struct value *map)
{
	static const struct {
		const char *part, *total;
		enum cell cells[2];
	} pairs[] = {
		{ "numTruePositives", "numPositives", { CELL_TP, CELL_FN } },
		{ "numFalseNegatives", "numPositives", { CELL_FN, CELL_TP } },
		{ "numTrueNegatives", "numNegatives", { CELL_TN, CELL_FP } },
		{ "numFalsePositives", "numNegatives", { CELL_FP, CELL_TN } },
	};
	const char *metric = value_text(map, "metric");

	for (size_t i = 0; i < sizeof(selections) / sizeof(selections[0]); i++)
		if (strcmp(metric, selections[i].metric) == 0) {
			for (enum side side = 0; side < N_SIDES; side++)
				take_selection(sheet, map, i, side);
			return;
		}
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		for (enum side side = 0; side < N_SIDES; side++)
			take_pair(sheet, map, side, pairs[i].part,
			    pairs[i].total, pairs[i].cells);
}

/* The value at the end of a message, behind its last colon. */
static struct import_text
value_of(const struct value *map)
{
	const struct value *message = value_get(map, "message");
	struct import_text text = { NULL, map->pos };
	const char *colon;

	if (message == NULL || message->text == NULL)
		return text;
	text.pos = message->pos;
	colon = strrchr(message->text, ':');
	if (colon != NULL)
		text.text = colon + 1 + strspn(colon + 1, " ");
	return text;
}

/* n bytes of a metric's name in lower case, "_" for blanks. */
static const char *
slug(struct sheet *sheet, const char *name)
{
	char *result = arena_str(sheet->arena, name);

	for (char *p = result; *p != '\0'; p++) {
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p - 'A' + 'a');
		else if (*p == ' ' || *p == '-')
			*p = '_';
	}
	return result;
}

/* "True Positive Rate" of "True Positive Rate Difference", or NULL. */
static const struct metric *
compared(const char *name, bool *is_difference)
{
	static const struct {
		const char *suffix;
		bool is_difference;
	} words[] = { { " Difference", true }, { " Ratio", false } };

	if (strcmp(name, "Disparate Impact") == 0) {
		*is_difference = false;
		return metric_find("selection_rate", 14);
	}
	if (strcmp(name, "Statistical Parity Difference") == 0 ||
	    strcmp(name, "Mean Difference") == 0) {
		*is_difference = true;
		return metric_find("selection_rate", 14);
	}
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t n = strlen(name), m = strlen(words[i].suffix);

		if (n <= m || strcmp(name + n - m, words[i].suffix) != 0)
			continue;
		*is_difference = words[i].is_difference;
		return metric_find(name, n - m);
	}
	return NULL;
}

/* Hold the value against the counts, and keep what is between groups. */
static void
take_message(struct sheet *sheet, const struct value *map)
{
	const char *name = value_text(map, "metric");
	const struct import_text text = value_of(map);
	const struct metric *metric;
	bool is_difference = false;

	if (text.text == NULL)
		return;
	metric = compared(name, &is_difference);
	if (metric != NULL)
		sheet_ratio(sheet, group_of(sheet, UNPRIVILEGED, map->pos),
		    metric, "privileged", &text)
		    ->is_difference = is_difference;
	if (metric == NULL &&
	    (metric = metric_find(name, strlen(name))) != NULL) {
		sheet_figure(
		    sheet, sheet_whole(sheet, text.pos), metric, &text);
		return;
	}
	if (strncmp(name, "Number Of ", 10) != 0)
		sheet_between(sheet, "group", "unprivileged vs privileged",
		    slug(sheet, name), &text);
}

/* Whether the list has the same metric before; each is read once. */
static bool
is_repeated(const struct value *list, const struct value *map)
{
	const char *metric = value_text(map, "metric");

	for (const struct value *v = list->first; v != map; v = v->next)
		if (value_text(v, "metric") != NULL &&
		    strcmp(value_text(v, "metric"), metric) == 0)
			return true;
	return false;
}

int
import_read_aif360(struct sheet *sheet, const struct import_input *in)
{
	enum { MOST = 1000 };
	size_t n = 0;

	import_unnamed(sheet, in->tree->pos,
	    "AIF360 does not say what divides the unprivileged from the "
	    "privileged; the attribute is taken to be \"group\"");
	for (const struct value *v = in->tree->first; v != NULL && n++ < MOST;
	     v = v->next) {
		if (value_text(v, "metric") == NULL || is_repeated(in->tree, v))
			continue;
		take_counts(sheet, v);
		take_message(sheet, v);
	}
	return 0;
}
