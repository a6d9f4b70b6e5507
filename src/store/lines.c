#include "store/lines.h"

#include "store/wording.h"

static bool
fill_model(struct row *row, const struct lines *lines, const void *item)
{
	const struct summary *model = item;

	row_text(row, model->id);
	row_int(row, lines->seq);
	row_text(row, model->name);
	row_text(row, model->version);
	row_text(row, model->tier);
	row_text(row, wording_gate(model->gate));
	row_int(row, model->blocking);
	row_int(row, model->warnings);
	row_int(row, model->met);
	row_int(row, model->applicable);
	row_text(row, model->worst_attribute);
	row_text(row, model->worst_group);
	row_real(row, model->worst_ratio);
	row_hash(row, model->document);
	row_hash(row, model->inputs);
	return true;
}

static bool
fill_verdict(struct row *row, const struct lines *lines, const void *item)
{
	const struct summary_verdict *verdict = item;

	if (!summary_is_open(verdict->result))
		return false;
	row_text(row, lines->model);
	row_text(row, verdict->id);
	row_int(row, lines->seq);
	row_int(row, lines->seq - (int64_t)verdict->runs_open + 1);
	row_text(row, verdict->rule);
	row_text(row, verdict->path);
	row_text(row, result_word(verdict->result));
	row_text(row, status_word(verdict->status));
	row_text(row, effect_word(verdict->effect));
	row_text(row, verdict->message);
	return true;
}

static bool
fill_figure(struct row *row, const struct lines *lines, const void *item)
{
	const struct summary_figure *figure = item;

	row_text(row, lines->model);
	row_text(row, figure->attribute);
	row_text(row, figure->group);
	row_text(row, figure->metric);
	row_int(row, lines->seq);
	row_real(row, figure->n);
	row_real(row, figure->value);
	row_real(row, figure->ratio);
	row_text(row, wording_figure(figure->result));
	return true;
}

static bool
fill_file(struct row *row, const struct lines *lines, const void *item)
{
	const struct tree_leaf *leaf = item;

	row_text(row, leaf->path);
	row_int(row, lines->seq);
	row_int(row, (int64_t)leaf->bytes);
	row_hash(row, leaf->sha256);
	return true;
}

struct lines
lines_models(const struct summary *models, size_t n, int64_t seq)
{
	return (struct lines){ models, n, sizeof(*models), fill_model, NULL,
		seq, 0 };
}

struct lines
lines_verdicts(const struct summary *model, int64_t seq)
{
	if (model == NULL)
		return (struct lines){ .fill = fill_verdict };
	return (struct lines){ model->verdicts, model->n_verdicts,
		sizeof(*model->verdicts), fill_verdict, model->id, seq, 0 };
}

struct lines
lines_figures(const struct summary *model, int64_t seq)
{
	if (model == NULL)
		return (struct lines){ .fill = fill_figure };
	return (struct lines){ model->figures, model->n_figures,
		sizeof(*model->figures), fill_figure, model->id, seq, 0 };
}

struct lines
lines_files(const struct tree_leaf *leaves, size_t n, int64_t seq)
{
	return (struct lines){ leaves, n, sizeof(*leaves), fill_file, NULL, seq,
		0 };
}

bool
lines_next(struct lines *lines, struct row *row)
{
	while (lines->next < lines->n) {
		const char *item =
		    (const char *)lines->items + lines->size * lines->next++;

		row->n = 0;
		if (lines->fill(row, lines, item))
			return true;
	}
	return false;
}

static const char *
time_text(struct arena *arena, int64_t seconds)
{
	char text[TIME_SIZE];

	time_write(seconds, text);
	return arena_str(arena, text);
}

static const char *
date_text(struct arena *arena, date day)
{
	char text[DATE_SIZE];

	date_write(day, text);
	return arena_str(arena, text);
}

void
lines_run(struct row *row, const struct run_info *info, struct arena *arena)
{
	row->n = 0;
	row_int(row, info->seq);
	row_text(row, info->id);
	row_text(row, time_text(arena, info->time));
	row_text(row, date_text(arena, info->as_of));
	row_text(row, info->generator);
	row_text(row, info->pack);
	row_text(row, info->policy);
	row_hash(row, info->inputs);
	row_int(row, (int64_t)info->n_inputs);
	row_hash(row, info->outputs);
	row_int(row, (int64_t)info->n_outputs);
	row_int(row, info->n_models);
	row_int(row, info->n_blocked);
	row_int(row, info->n_blocking);
	row_int(row, info->n_warnings);
	row_int(row, info->n_met);
	row_int(row, info->n_applicable);
	row_int(row, info->status);
}
