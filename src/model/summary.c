#include "model/summary.h"

#include <stdlib.h>
#include <string.h>

static int
compare_models(const void *a, const void *b)
{
	const struct summary *left = a;
	const struct summary *right = b;

	return strcmp(left->id, right->id);
}

static int
compare_verdicts(const void *a, const void *b)
{
	const struct summary_verdict *left = a;
	const struct summary_verdict *right = b;

	return strcmp(left->id, right->id);
}

static int
compare_figures(const void *a, const void *b)
{
	const struct summary_figure *left = a;
	const struct summary_figure *right = b;
	int order = strcmp(left->attribute, right->attribute);

	if (order == 0)
		order = strcmp(left->group, right->group);
	if (order == 0)
		order = strcmp(left->metric, right->metric);
	return order;
}

/* Sort n items and drop what has the key of the one before it. */
static size_t
sort_unique(void *items, size_t n, size_t size,
    int (*compare)(const void *, const void *))
{
	char *p = items;
	size_t kept = n > 0 ? 1 : 0;

	if (n > 0)
		qsort(items, n, size, compare);
	for (size_t i = 1; i < n; i++) {
		if (compare(p + (kept - 1) * size, p + i * size) == 0)
			continue;
		if (kept != i)
			memcpy(p + kept * size, p + i * size, size);
		kept++;
	}
	return kept;
}

size_t
summary_sort(struct summary *models, size_t n)
{
	n = sort_unique(models, n, sizeof(*models), compare_models);
	for (size_t i = 0; i < n; i++) {
		struct summary *model = &models[i];

		model->n_verdicts =
		    sort_unique(model->verdicts, model->n_verdicts,
			sizeof(*model->verdicts), compare_verdicts);
		model->n_figures = sort_unique(model->figures, model->n_figures,
		    sizeof(*model->figures), compare_figures);
	}
	return n;
}

const struct summary *
history_model(const struct history *history, const char *id)
{
	struct summary key = { .id = id };

	if (history == NULL || history->n_models == 0)
		return NULL;
	return bsearch(&key, history->models, history->n_models, sizeof(key),
	    compare_models);
}

const struct summary_verdict *
summary_verdict(const struct summary *summary, const char *id)
{
	struct summary_verdict key = { .id = id };

	if (summary == NULL || summary->n_verdicts == 0)
		return NULL;
	return bsearch(&key, summary->verdicts, summary->n_verdicts,
	    sizeof(key), compare_verdicts);
}

const struct summary_figure *
summary_figure(const struct summary *summary, const char *attribute,
    const char *group, const char *metric)
{
	struct summary_figure key = { attribute, group, metric, 0, 0, 0,
		FIGURE_NO_LIMIT };

	if (summary == NULL || summary->n_figures == 0)
		return NULL;
	return bsearch(&key, summary->figures, summary->n_figures, sizeof(key),
	    compare_figures);
}

bool
summary_is_open(enum verdict_result result)
{
	return result != VERDICT_PASS && result != VERDICT_NOT_APPLICABLE;
}

void
summary_set_open(
    struct summary_verdict *verdict, const struct summary *before, int64_t time)
{
	const struct summary_verdict *old =
	    summary_verdict(before, verdict->id);

	if (old != NULL && summary_is_open(old->result)) {
		verdict->first_seen = old->first_seen;
		verdict->runs_open = old->runs_open + 1;
	} else {
		verdict->first_seen = date_of_time(time);
		verdict->runs_open = 1;
	}
}

const char *
gate_word(enum gate gate)
{
	static const char *const words[] = { "Open", "Closed",
		"Failed, unreadable" };

	return words[gate];
}

const char *
cause_word(enum cause cause)
{
	static const char *const words[] = { "data", "pack", "policy",
		"product", "date" };

	return words[cause];
}
