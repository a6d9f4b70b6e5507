#include <strings.h>

#include "app/measure.h"
#include "measure/import.h"
#include "read/csv.h"

/*
 * Which columns of a file of rows are label, prediction and score where no
 * option says so: those with a name that is usual for one.
 */

/* Names by which a column is known without an option. */
struct usual {
	const char *what; /* the option */
	const char *const *names;
	size_t n;
};

static const char *const labels[] = { "y_true", "ytrue", "label", "labels",
	"label_value", "target", "truth", "ground_truth", "actual", "observed",
	"outcome", "true_label" };
static const char *const predictions[] = { "y_pred", "ypred", "prediction",
	"predictions", "predicted", "pred", "predicted_label", "y_hat", "yhat",
	"decision" };
static const char *const scores[] = { "score", "scores", "y_score", "y_prob",
	"y_proba", "probability", "proba", "prob", "predicted_score",
	"prediction_score", "risk_score" };

#define USUAL(OPTION, NAMES)                                                   \
	{                                                                      \
		OPTION, NAMES, sizeof(NAMES) / sizeof(NAMES[0])                \
	}

static bool
is_usual(const struct usual *usual, const char *name)
{
	for (size_t i = 0; i < usual->n; i++)
		if (strcasecmp(usual->names[i], name) == 0)
			return true;
	return false;
}

/* The one column with a usual name; NULL when there are none or several. */
static const char *
guess(struct arena *arena, const struct csv_row *header,
    const struct usual *usual)
{
	const char *found = NULL;

	for (size_t i = 0; i < header->n; i++) {
		const char *name =
		    arena_dup(arena, header->fields[i].p, header->fields[i].n);

		if (!is_usual(usual, name))
			continue;
		if (found != NULL)
			return NULL;
		found = name;
	}
	return found;
}

/* Choose a column, unless it is chosen already, and note how. */
static void
take(const char **column, const struct usual *usual, struct arena *arena,
    struct csv *csv, struct text *taken)
{
	if (*column != NULL)
		return;
	*column = guess(arena, csv_header(csv), usual);
	if (*column != NULL)
		text_printf(taken, "%s--%s=%s", taken->n > 0 ? " " : "",
		    usual->what, *column);
}

/* The names of the header, for a message. */
static const char *
list_columns(struct arena *arena, const struct csv_row *header)
{
	struct text list = { 0 };
	const char *kept;

	for (size_t i = 0; i < header->n; i++) {
		if (i > 0)
			text_puts(&list, ", ");
		text_put(&list, header->fields[i].p, header->fields[i].n);
	}
	kept = arena_dup(arena, text_str(&list), list.n);
	text_free(&list);
	return kept;
}

void
measure_settle(struct prediction_columns *columns)
{
	const char **const names[] = { &columns->label, &columns->prediction,
		&columns->score, &columns->weight, &columns->count };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (*names[i] != NULL && (*names[i])[0] == '\0')
			*names[i] = NULL;
}

/* Tell of a column that may say how many rows a line stands for. */
static void
note_count(const struct measure_request *request, const struct csv_row *header,
    struct pos pos, struct diag_list *diags)
{
	static const char *const counts[] = { "n", "count", "counts", "freq",
		"frequency", "n_rows" };
	static const struct usual usual = USUAL("count", counts);
	const char *found = guess(diags->arena, header, &usual);

	if (found == NULL || request->columns.count != NULL ||
	    request->is_quiet)
		return;
	diag_add(diags, DIAG_COLUMN_COUNT, pos,
	    "\"%s\": every line is one row; where it stands for so many: "
	    "--count=%s",
	    found, found);
}

int
measure_guess(struct measure_request *request, struct arena *arena,
    struct source *source, struct diag_list *diags)
{
	struct prediction_columns *columns = &request->columns;
	static const struct usual of_labels = USUAL("label", labels);
	static const struct usual of_predictions =
	    USUAL("prediction", predictions);
	static const struct usual of_scores = USUAL("score", scores);
	struct pos pos = { source->name, 1, 1 };
	struct csv *csv = csv_open(arena, source, diags);
	struct text taken = { 0 };
	bool is_named = columns->prediction != NULL && /* no more is meant */
	    columns->prediction[0] != '\0';

	if (csv == NULL)
		return -1;
	take(&columns->label, &of_labels, arena, csv, &taken);
	if (columns->score == NULL || columns->score[0] == '\0')
		take(&columns->prediction, &of_predictions, arena, csv, &taken);
	if (!is_named)
		take(&columns->score, &of_scores, arena, csv, &taken);
	if (taken.n > 0 && !request->is_quiet)
		diag_add(diags, DIAG_COLUMN_TAKEN, pos, "%s", text_str(&taken));
	text_free(&taken);
	note_count(request, csv_header(csv), pos, diags);
	measure_settle(columns);
	if (columns->label != NULL || columns->prediction != NULL ||
	    columns->score != NULL)
		return 0;
	diag_add(diags, DIAG_CSV_COLUMN, pos,
	    "no column is plainly the label or the prediction; say which with "
	    "--label and --prediction; there are %s; known beside predictions "
	    "and counts are %s",
	    list_columns(arena, csv_header(csv)), measure_import_known());
	return -1;
}
