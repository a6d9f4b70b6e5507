#include "app/measure.h"
#include "app/measure_input.h"
#include "read/csv.h"

/* From files of counts to a measurement. */

/* By which attributes counts are told when no option says it: by each. */
static void
take_attributes(struct measure_request *request, struct arena *arena,
    const struct csv_row *header, size_t n, const char *file,
    struct diag_list *diags)
{
	const char **names = arena_array(arena, n, sizeof(names[0]));
	struct text list = { 0 };

	if (request->columns.n_attributes > 0 || n == 0)
		return;
	for (size_t i = 0; i < n; i++) {
		names[i] =
		    arena_dup(arena, header->fields[i].p, header->fields[i].n);
		text_printf(&list, "%s%s", i > 0 ? "," : "", names[i]);
	}
	request->columns.attributes = names;
	request->columns.n_attributes = n;
	if (!request->is_quiet)
		diag_add(diags, DIAG_COLUMN_TAKEN, (struct pos){ file, 1, 1 },
		    "--by=%s", text_str(&list));
	text_free(&list);
}

bool
measure_counts_take(struct measure_request *request, struct arena *arena,
    const struct source *source, struct diag_list *diags)
{
	struct source header = *source;
	struct diag_list unheard = { .arena = arena };
	struct csv *csv = csv_open(arena, &header, &unheard);
	struct counts_shape shape;

	if (csv == NULL || !counts_shape_of(csv_header(csv), &shape))
		return false;
	take_attributes(request, arena, csv_header(csv), shape.n_attributes,
	    source->name, diags);
	counts_shape_columns(&shape, arena, &request->columns);
	return true;
}

int
measure_counts_text(struct measurement *m, struct measure_request *request,
    const struct text *counts, bool into_counts, struct diag_list *diags)
{
	struct scan_input input;
	struct source source;

	source_of_bytes(&source, m->name, text_str(counts), counts->n);
	input = (struct scan_input){ .name = m->name,
		.fd = -1,
		.bytes = text_str(counts),
		.size = counts->n };
	measure_counts_take(request, m->arena, &source, diags);
	return measure_rows(m, request, &input, into_counts, diags);
}

/* Add a counts file to those before. */
static int
add_file(struct counts_file *counts, const char *path, struct diag_list *diags)
{
	struct measure_input input;
	struct source source;
	int rc = measure_input_open(&input, counts->arena, path, diags);

	if (rc == 0)
		rc = measure_input_whole(&input, &source, diags);
	if (rc == 0)
		rc = counts_file_add(counts, &source);
	measure_input_close(&input);
	return rc;
}

int
measure_counts_merge(struct measurement *m, struct measure_request *request,
    char *const names[], size_t n, bool into_counts, struct diag_list *diags)
{
	struct counts_file counts;
	struct text sum = { 0 };
	int rc;

	counts_file_init(&counts, request->columns.kind, m->arena, diags);
	for (size_t i = 0; i < n; i++)
		if (add_file(&counts, names[i], diags) == -1)
			return -1;
	if (into_counts) {
		counts_file_write(&m->counts, &counts);
		return 0;
	}
	counts_file_write(&sum, &counts);
	rc = measure_counts_text(m, request, &sum, false, diags);
	text_free(&sum);
	return rc;
}
