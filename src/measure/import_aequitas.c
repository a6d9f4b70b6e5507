#include <math.h>
#include <string.h>

#include "base/num.h"
#include "measure/import_shape.h"

/*
 * Aequitas: the crosstab, long by attribute, with the four counts of each
 * group; the disparities that Bias() adds; the parities that Fairness() adds.
 *
 * Names.  `ppr` is the group's share of all that are selected, and grows with
 * the group; `pprev` is the selection rate.  So "Statistical Parity" there
 * compares shares, and "Impact Parity" selection rates.  The parities are
 * True, False or empty and say nothing that the disparities do not: they are
 * not read.
 *
 * Rows without a value of the attribute are in no group, yet total_entities
 * and k, the number of selected rows, count them: shares are of k.
 */

static bool
has_columns(const struct import_input *in, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (import_column(in, names[i]) == -1)
			return false;
	return in->n_rows > 0;
}

bool
import_fits_aequitas(const struct import_input *in)
{
	static const char *const names[] = { "attribute_name",
		"attribute_value", "tp", "fp", "fn", "tn" };

	return has_columns(in, names, sizeof(names) / sizeof(names[0]));
}

/* The cell of a row in a column, or NULL. */
static const struct import_text *
cell(const struct import_input *in, size_t row, const char *name)
{
	int column = import_column(in, name);

	return column != -1 ? import_cell(in, row, (size_t)column) : NULL;
}

/* A number of a row, or NAN. */
static double
number(const struct import_input *in, size_t row, const char *name)
{
	const struct import_text *text = cell(in, row, name);
	double value;

	return text != NULL &&
		num_read(text->text, strlen(text->text), &value) ?
	    value :
	    NAN;
}

/* A sum that the file has beside its parts. */
static void
check_sum(struct sheet *sheet, const struct import_input *in, size_t row,
    const char *name, double sum)
{
	double said = number(in, row, name);
	char text[NUM_SIZE];

	if (isnan(said) || isnan(sum) || said == sum)
		return;
	num_write(sum, text);
	sheet_bad(sheet, DIAG_METRIC_RECOUNT, cell(in, row, name),
	    arena_printf(sheet->arena, "%s, the counts make %s", name, text));
}

static void
check_sums(struct sheet *sheet, const struct import_input *in, size_t row)
{
	double tp = number(in, row, "tp"), fp = number(in, row, "fp");
	double fn = number(in, row, "fn"), tn = number(in, row, "tn");

	check_sum(sheet, in, row, "group_label_pos", tp + fn);
	check_sum(sheet, in, row, "group_label_neg", fp + tn);
}

/* The share of all that are selected, whose denominator is k. */
static void
take_share(struct sheet *sheet, const struct import_input *in, size_t row,
    struct sheet_group *group, const struct import_text *text)
{
	static const char name[] = "predicted_positive_ratio_k";
	struct figure *figure =
	    sheet_figure(sheet, group, metric_find(name, strlen(name)), text);
	double pp = number(in, row, "tp") + number(in, row, "fp");
	double k = number(in, row, "k");

	if (figure == NULL || !(k > 0) || !(pp >= 0 && pp <= k))
		return;
	figure->has_counts = true;
	figure->numerator = pp;
	figure->denominator = k;
}

/* "fpr" of "fpr_disparity", or NULL. */
static const struct metric *
metric_of(const char *column)
{
	static const char suffix[] = "_disparity";
	size_t n = strlen(column);

	if (n <= strlen(suffix) ||
	    strcmp(column + n - strlen(suffix), suffix) != 0)
		return NULL;
	return metric_find(column, n - strlen(suffix));
}

static void
take_ratio(struct sheet *sheet, const struct import_input *in, size_t row,
    size_t column, struct sheet_group *group)
{
	const char *head = import_cell(in, 0, column)->text;
	const struct metric *metric = metric_of(head);
	const struct import_text *reference;

	if (metric == NULL)
		return;
	reference = cell(in, row,
	    arena_printf(sheet->arena, "%.*s_ref_group_value",
		(int)(strrchr(head, '_') - head), head));
	if (reference != NULL && *reference->text != '\0')
		sheet_ratio(sheet, group, metric, reference->text,
		    import_cell(in, row, column));
}

/* Thresholds are several tables: the one at 0.5 goes before shares of rows. */
static void
take_variant(struct sheet *sheet, const struct import_input *in, size_t row)
{
	const struct import_text *model = cell(in, row, "model_id");
	const struct import_text *threshold = cell(in, row, "score_threshold");
	const char *name = threshold != NULL ? threshold->text : "";
	int rank = strstr(name, "binary") != NULL ? 3 :
	    strcmp(name, "0.5_val") == 0          ? 2 :
	    strstr(name, "_val") != NULL          ? 1 :
						    0;

	sheet_variant(sheet,
	    model != NULL ?
		arena_printf(sheet->arena, "model %s, %s", model->text, name) :
		name,
	    rank, import_cell(in, row, 0)->pos);
}

static void
take_row(struct sheet *sheet, const struct import_input *in, size_t row)
{
	static const char *const figures[] = { "accuracy", "tpr", "tnr", "for",
		"fdr", "fpr", "fnr", "npv", "precision", "pp", "pn", "pprev",
		"tp", "fp", "fn", "tn", "prev" };
	const struct import_text *name = cell(in, row, "attribute_value");
	const struct import_text *text;
	struct sheet_group *group;

	take_variant(sheet, in, row);
	group = sheet_group(sheet, cell(in, row, "attribute_name")->text,
	    name->text, name->pos);
	for (size_t i = 0; i < sizeof(figures) / sizeof(figures[0]); i++)
		if ((text = cell(in, row, figures[i])) != NULL)
			import_state(sheet, group, figures[i], text);
	if ((text = cell(in, row, "group_size")) != NULL)
		sheet_rows(sheet, group, text);
	if ((text = cell(in, row, "total_entities")) != NULL)
		sheet_rows(sheet, sheet_whole(sheet, text->pos), text);
	if ((text = cell(in, row, "ppr")) != NULL)
		take_share(sheet, in, row, group, text);
	check_sums(sheet, in, row);
	for (size_t i = 0; i < in->n_columns; i++)
		take_ratio(sheet, in, row, i, group);
}

int
import_read_aequitas(struct sheet *sheet, const struct import_input *in)
{
	sheet->rest_is_missing = true;
	for (size_t row = 1; row < in->n_rows; row++) {
		if (*cell(in, row, "attribute_name")->text == '\0')
			sheet_bad(sheet, DIAG_CSV_VALUE,
			    cell(in, row, "attribute_name"),
			    "name the attribute");
		else
			take_row(sheet, in, row);
	}
	return 0;
}

/* Fairness().get_group_attribute_fairness() and get_overall_fairness(). */
bool
import_fits_verdicts(const struct import_input *in)
{
	static const char *const names[] = { "attribute_name",
		"Impact Parity" };

	if (in->tree != NULL)
		return value_get(in->tree, "Unsupervised Fairness") != NULL ||
		    value_get(in->tree, "Supervised Fairness") != NULL;
	return has_columns(in, names, sizeof(names) / sizeof(names[0]));
}

/* There are no numbers in it. */
int
import_read_verdicts(struct sheet *sheet, const struct import_input *in)
{
	diag_add(sheet->complaints.diags, DIAG_EXPORT_GROUPS,
	    in->tree != NULL ? in->tree->pos : import_cell(in, 0, 0)->pos,
	    "True and False of Aequitas are no figures; name its crosstab");
	return 0;
}
