#include "measure/import_sheet.h"

#include <math.h>
#include <string.h>
#include <strings.h>

#include "base/num.h"
#include "base/text.h"
#include "measure/figures.h"

enum { FIRST_ITEMS = 64 };

void
sheet_variant(struct sheet *sheet, const char *name, int rank, struct pos pos)
{
	sheet->variants.names.arena = sheet->arena;
	sheet->variant = variant_add(&sheet->variants, name, rank, pos);
}

/* Room for one more item in an array of the arena. */
static void *
room(struct arena *arena, void *items, size_t n, size_t *size, size_t width)
{
	void *grown;

	if (n < *size)
		return items;
	*size = n > 0 ? n * 2 : FIRST_ITEMS;
	grown = arena_array(arena, *size, width);
	if (n > 0)
		memcpy(grown, items, n * width);
	return grown;
}

/* What tells groups apart: variant, attribute and name. */
static void
put_key(struct text *out, const struct sheet *sheet, const char *attribute,
    const char *group)
{
	text_put(out, (const char *)&sheet->variant, sizeof(sheet->variant));
	text_put(out, attribute, strlen(attribute) + 1);
	text_puts(out, group);
}

struct sheet_group *
sheet_find(const struct sheet *sheet, const char *attribute, const char *group)
{
	struct text key = { 0 };
	size_t i;

	put_key(&key, sheet, attribute, group);
	i = intern_find(&sheet->keys, text_str(&key), key.n);
	text_free(&key);
	return i != SIZE_MAX ? sheet->groups[i] : NULL;
}

/* Make a group, which is not there yet. */
static struct sheet_group *
add_group(struct sheet *sheet, const char *attribute, const char *group,
    struct pos pos)
{
	struct sheet_group *made = arena_alloc(sheet->arena, sizeof(*made));
	struct text key = { 0 };

	sheet->groups = room(sheet->arena, sheet->groups, sheet->n_groups,
	    &sheet->groups_size, sizeof(sheet->groups[0]));
	made->attribute = arena_str(sheet->arena, attribute);
	made->name = arena_str(sheet->arena, group);
	made->variant = sheet->variant;
	made->pos = pos;
	made->number = sheet->n_groups;
	sheet->groups[sheet->n_groups++] = made;
	sheet->keys.arena = sheet->arena;
	put_key(&key, sheet, attribute, group);
	intern_add(&sheet->keys, text_str(&key), key.n);
	text_free(&key);
	return made;
}

struct sheet_group *
sheet_group(struct sheet *sheet, const char *attribute, const char *group,
    struct pos pos)
{
	struct sheet_group *found;

	if (sheet->variants.names.n == 0)
		sheet_variant(sheet, "", 0, pos);
	if (*group == '\0')
		group = GROUP_MISSING;
	if (strcmp(group, GROUP_OVERALL) == 0)
		attribute = "";
	else if (*attribute == '\0')
		attribute = "group";
	found = sheet_find(sheet, attribute, group);
	if (found != NULL)
		return found;
	if (sheet->n_groups < SHEET_GROUPS)
		return add_group(sheet, attribute, group, pos);
	sheet->is_full = true;
	return sheet->groups[sheet->n_groups - 1];
}

struct sheet_group *
sheet_whole(struct sheet *sheet, struct pos pos)
{
	return sheet_group(sheet, "", GROUP_OVERALL, pos);
}

int
sheet_bad(struct sheet *sheet, enum diag_id id, const struct import_text *text,
    const char *remedy)
{
	const char *p = text->text != NULL ? text->text : "null";

	if (complaint(&sheet->complaints, id, text->pos))
		diag_add(sheet->complaints.diags, id, text->pos, "\"%.*s\": %s",
		    complaint_length(p, strlen(p)), p, remedy);
	return -1;
}

/* Words for a number that is not there, in any case. */
static bool
is_nothing(const char *text)
{
	static const char *const words[] = { "", "nan", "na", "n/a", "<na>",
		"null", "none", "undefined", "inf", "infinity" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcasecmp(text, words[i]) == 0)
			return true;
	return false;
}

int
sheet_number(struct sheet *sheet, const struct import_text *text, double *out)
{
	if (text->text == NULL || is_nothing(text->text))
		return 0;
	if (num_read(text->text, strlen(text->text), out))
		return 1;
	return sheet_bad(
	    sheet, DIAG_CSV_NUMBER, text, "write a number such as 0.564");
}

bool
sheet_is_near(double a, double b)
{
	return fabs(a - b) <= 1e-9 * fmax(1, fmax(fabs(a), fabs(b)));
}

/* A number that stands for another one than the number before it. */
static void
contradict(struct sheet *sheet, const struct import_text *text,
    const struct sheet_group *group, const char *what, struct pos before)
{
	struct text said = { 0 };

	text_printf(&said, "%s of \"%.*s\" differ from line %u", what,
	    complaint_length(group->name, strlen(group->name)), group->name,
	    before.line);
	sheet_bad(sheet, DIAG_CSV_VALUE, text, text_str(&said));
	text_free(&said);
}

void
sheet_rows(struct sheet *sheet, struct sheet_group *group,
    const struct import_text *text)
{
	double n;

	if (sheet_number(sheet, text, &n) != 1)
		return;
	if (n != 0 && !(n >= 1e-9 && n <= 1e15)) {
		sheet_bad(sheet, DIAG_CSV_VALUE, text,
		    "write 0 or a number from 1e-9 to 1e15");
		return;
	}
	if (group->has_n && group->n != n) {
		contradict(sheet, text, group, "rows", group->n_pos);
		return;
	}
	group->has_n = true;
	group->n = n;
	group->n_pos = text->pos;
}

void
sheet_count(struct sheet *sheet, struct sheet_group *group, enum cell cell,
    const struct import_text *text)
{
	unsigned long long count;
	double n;
	int rc = sheet_number(sheet, text, &n);

	if (rc == 1 && n >= 0 && n <= 1e15 && n != floor(n) && sheet->may_weigh)
		sheet->is_weighted = true;
	else if (rc == 1 && !(n >= 0 && n <= 1e15 && n == floor(n)))
		rc = sheet_bad(sheet, DIAG_CSV_VALUE, text,
		    "write a whole number of rows");
	if (rc != 1) {
		group->is_spoilt = true;
		return;
	}
	count = (unsigned long long)n;
	if (group->has[cell] && group->weights[cell] != n)
		contradict(sheet, text, group, "counts", group->pos);
	group->has[cell] = true;
	group->cells[cell] = count;
	group->weights[cell] = n;
}

void
sheet_add(struct sheet_group *group, enum cell cell, unsigned long long n)
{
	group->has[cell] = true;
	group->cells[cell] += n;
	group->weights[cell] += (double)n;
}

/* Whether a value may be one of the metric. */
static bool
is_possible(struct sheet *sheet, const struct metric *metric, double value,
    const struct import_text *text)
{
	char number[NUM_SIZE];
	bool is_low = value < metric->least - 1e-9;

	if (!is_low && value <= metric->most + 1e-9)
		return true;
	num_write(is_low ? metric->least : metric->most, number);
	sheet_bad(sheet, DIAG_METRIC_VALUE, text,
	    arena_printf(sheet->arena, "%s is at %s %s", metric->name,
		is_low ? "least" : "most", number));
	return false;
}

struct figure *
sheet_figure(struct sheet *sheet, struct sheet_group *group,
    const struct metric *metric, const struct import_text *text)
{
	struct figure *figure;
	double value = 0;
	int rc = sheet_number(sheet, text, &value);

	if (rc == -1 || (rc == 1 && !is_possible(sheet, metric, value, text)))
		return NULL;
	figure = arena_alloc(sheet->arena, sizeof(*figure));
	figure->origin = text->pos;
	figure->value = fmax(metric->least, fmin(value, metric->most));
	figure->confidence = sheet->options->confidence;
	if (rc == 0) {
		figure->value = 0;
		figure->state = FIGURE_UNDEFINED;
		figure->reason = "the file has no number there";
	}
	sheet->figures = room(sheet->arena, sheet->figures, sheet->n_figures,
	    &sheet->figures_size, sizeof(sheet->figures[0]));
	sheet->figures[sheet->n_figures++] =
	    (struct sheet_figure){ .group = group,
		    .metric = metric,
		    .figure = figure,
		    .is_said = true };
	return figure;
}

struct sheet_ratio *
sheet_ratio(struct sheet *sheet, struct sheet_group *group,
    const struct metric *metric, const char *reference,
    const struct import_text *text)
{
	struct sheet_ratio *ratio;

	sheet->ratios = room(sheet->arena, sheet->ratios, sheet->n_ratios,
	    &sheet->ratios_size, sizeof(sheet->ratios[0]));
	ratio = &sheet->ratios[sheet->n_ratios++];
	*ratio = (struct sheet_ratio){ .group = group,
		.metric = metric,
		.reference = arena_str(sheet->arena, reference),
		.said = *text };
	return ratio;
}

void
sheet_between(struct sheet *sheet, const char *attribute, const char *group,
    const char *metric, const struct import_text *text)
{
	struct figure *figure;
	double value = 0;
	int rc = sheet_number(sheet, text, &value);

	if (rc == -1)
		return;
	figure = arena_alloc(sheet->arena, sizeof(*figure));
	figure->attribute = arena_str(sheet->arena, attribute);
	figure->group = arena_str(sheet->arena, group);
	figure->metric = arena_str(sheet->arena, metric);
	figure->origin = text->pos;
	figure->value = value;
	if (rc == 0) {
		figure->state = FIGURE_UNDEFINED;
		figure->reason = "the file has no number there";
	}
	figure_append(&sheet->between, figure);
}
