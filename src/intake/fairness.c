#include "intake/fairness.h"

#include <string.h>

/* The given list at a path, or NULL. */
static const struct field *
find_list(const struct record *record, const char *path)
{
	const struct field *list = field_find(record->top, path);

	return list != NULL && list->answer == ANSWER_GIVEN ? list : NULL;
}

/* Edges as they are written, since groups are named by them. */
static void
take_edges(struct record *record, const struct field *item,
    struct fairness_attribute *out)
{
	const struct field *list = field_find(item, "bins");
	const struct field *last = NULL;

	if (list == NULL || list->answer != ANSWER_GIVEN || list->n == 0)
		return;
	out->edges = arena_array(&record->arena, list->n, sizeof(*out->edges));
	for (const struct field *f = list->first; f != NULL; f = f->next) {
		if (f->answer != ANSWER_GIVEN)
			continue;
		if (last != NULL && f->number <= last->number)
			diag_add(&record->diags, DIAG_VALUE_RANGE, f->pos,
			    "edges of bins ascend (%s)", f->path);
		else
			out->edges[out->n_edges++] = f->text;
		last = f;
	}
}

static void
take_attributes(struct record *record, struct fairness *out)
{
	const struct field *list = find_list(record, "fairness.attributes");

	if (list == NULL)
		return;
	out->attributes =
	    arena_array(&record->arena, list->n, sizeof(*out->attributes));
	for (const struct field *f = list->first; f != NULL; f = f->next) {
		const char *name = field_text(f, "name");
		const char *label = field_text(f, "label");
		const struct field *group = field_find(f, "reference_group");

		if (name == NULL)
			continue;
		out->attributes[out->n_attributes++] =
		    (struct fairness_attribute){
			    .name = name,
			    .label = label != NULL ? label : name,
			    .reference = field_text(f, "reference_group"),
			    .reference_pos =
				group != NULL ? group->pos : f->pos,
			    .pos = f->pos,
		    };
		take_edges(record, f, &out->attributes[out->n_attributes - 1]);
	}
}

static void
take_files(struct record *record, struct fairness *out)
{
	const struct field *list = find_list(record, "fairness.files");

	if (list == NULL)
		return;
	out->files = arena_array(&record->arena, list->n, sizeof(*out->files));
	for (const struct field *f = list->first; f != NULL; f = f->next)
		if (f->file != NULL)
			out->files[out->n_files++] =
			    (struct fairness_file){ f->file, f->pos };
}

static void
take_metrics(struct record *record, struct fairness *out)
{
	const struct field *list = find_list(record, "fairness.metrics");

	if (list == NULL)
		return;
	out->metrics =
	    arena_array(&record->arena, list->n, sizeof(*out->metrics));
	for (const struct field *f = list->first; f != NULL; f = f->next)
		if (f->answer == ANSWER_GIVEN)
			out->metrics[out->n_metrics++] =
			    (struct fairness_metric){ f->text, f->pos };
}

static void
take_control(struct record *record, struct fairness *out)
{
	const struct field *list = find_list(record, "fairness.control");

	if (list == NULL)
		return;
	out->control =
	    arena_array(&record->arena, list->n, sizeof(*out->control));
	for (const struct field *f = list->first; f != NULL; f = f->next)
		if (f->answer == ANSWER_GIVEN)
			out->control[out->n_control++] = f->text;
}

static enum fairness_kind
kind_of(const char *word)
{
	if (word != NULL && strcmp(word, "classes") == 0)
		return FAIRNESS_CLASSES;
	if (word != NULL && strcmp(word, "numbers") == 0)
		return FAIRNESS_NUMBERS;
	return FAIRNESS_BINARY;
}

/* Whether a key of the section was found unusable, which is told there. */
static bool
is_spoilt(const struct field *section)
{
	for (const struct field *f = section->first; f != NULL; f = f->next)
		if (f->answer == ANSWER_INVALID)
			return true;
	return false;
}

static void
take_predictions(struct record *record, struct fairness *out)
{
	const struct field *section =
	    field_find(record->top, "fairness.predictions");
	const struct field *file =
	    section != NULL ? field_find(section, "file") : NULL;
	struct fairness_predictions *p;

	if (file == NULL || file->file == NULL)
		return;
	p = arena_alloc(&record->arena, sizeof(*p));
	p->file = file->file;
	p->pos = file->pos;
	p->kind = kind_of(field_text(section, "kind"));
	p->label = field_text(section, "label");
	p->prediction = field_text(section, "prediction");
	p->score = field_text(section, "score");
	p->has_threshold = field_number(section, "threshold", &p->threshold);
	p->weight = field_text(section, "weight");
	p->positive = field_text(section, "positive");
	p->data_set = field_text(section, "data_set");
	record->figures_unread = record->figures_unread || is_spoilt(section);
	if (p->prediction != NULL || (p->score != NULL && p->has_threshold)) {
		out->predictions = p;
		return;
	}
	record->figures_unread = true;
	if (is_spoilt(section))
		return;
	diag_add(&record->diags, DIAG_KEY_REQUIRED, section->pos,
	    "%s.prediction, or score and threshold", section->path);
}

/* A limit binds on one side at least, and its sides leave room. */
static bool
is_usable(struct record *record, const struct field *item,
    const struct fairness_limit *limit)
{
	if (limit->metric == NULL || limit->compare == NULL)
		return false;
	if (!limit->has_least && !limit->has_most &&
	    (limit->rule == LIMIT_RULE_UNSAID || limit->rule == LIMIT_VALUE ||
		limit->rule == LIMIT_INTERVAL)) {
		diag_add(&record->diags, DIAG_KEY_REQUIRED, item->pos,
		    "%s.least or %s.most", item->path, item->path);
		return false;
	}
	if (limit->has_least && limit->has_most && limit->least > limit->most) {
		diag_add(&record->diags, DIAG_VALUE_RANGE, item->pos,
		    "least is above most (%s)", item->path);
		return false;
	}
	return true;
}

/* The word under a key of an item, or "". */
static const char *
take_word(const struct field *item, const char *key)
{
	const char *word = field_text(item, key);

	return word != NULL ? word : "";
}

static void
take_limits(struct record *record, struct fairness *out)
{
	const struct field *list = find_list(record, "fairness.limits");

	if (list == NULL)
		return;
	out->limits =
	    arena_array(&record->arena, list->n, sizeof(*out->limits));
	for (const struct field *f = list->first; f != NULL; f = f->next) {
		struct fairness_limit *limit = &out->limits[out->n_limits];
		const char *attribute = field_text(f, "attribute");

		*limit = (struct fairness_limit){
			.metric = field_text(f, "metric"),
			.attribute = attribute != NULL ? attribute : "*",
			.compare = field_text(f, "compare"),
			.reference = field_text(f, "reference"),
			.rule = limit_rule_of(take_word(f, "rule")),
			.side = limit_side_of(take_word(f, "direction")),
			.pos = f->pos,
		};
		if (limit->metric != NULL)
			limit->metric_pos = field_find(f, "metric")->pos;
		limit->has_least = field_number(f, "least", &limit->least);
		limit->has_most = field_number(f, "most", &limit->most);
		if (is_usable(record, f, limit))
			out->n_limits++;
	}
}

void
fairness_take(struct record *record, struct fairness *out)
{
	*out = (struct fairness){ 0 };
	take_attributes(record, out);
	take_files(record, out);
	take_predictions(record, out);
	take_metrics(record, out);
	take_control(record, out);
	take_limits(record, out);
}
