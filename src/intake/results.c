#include "intake/results.h"

#include <string.h>
#include <strings.h>

#include "base/near.h"
#include "intake/report.h"
#include "intake/vocabulary.h"
#include "intake/walk.h"
#include "read/csv.h"
#include "read/json.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The keys of a JSON file of results. */
static const char *const keys[] = { "model", "version", "data_set", "metrics",
	"measures", "performed_on", "note" };

/* While one file is read. */
struct reading {
	struct record *record;
	struct arena *arena;
	struct diag_list *diags;
	const struct term *term; /* evaluation.measures */
};

static bool
has_suffix(const char *name, const char *suffix)
{
	size_t n = strlen(name);
	size_t n_suffix = strlen(suffix);

	return n > n_suffix && strcasecmp(name + n - n_suffix, suffix) == 0;
}

/* Copy a value so that it can be a child of another map. */
static struct value *
copy_value(struct arena *arena, const struct value *value, const char *key)
{
	struct value *copy = arena_alloc(arena, sizeof(*copy));

	*copy = *value;
	copy->key = key;
	copy->next = NULL;
	return copy;
}

/*
 * name: 0.84, or name: {value: 0.84, ...}, as {name: .., value: ..}.  A map
 * keeps its own children behind the name.
 */
static struct value *
measure_of(struct reading *reading, const struct value *metric)
{
	struct arena *arena = reading->arena;
	struct value *item = value_new(arena, VALUE_MAP, metric->pos);
	struct value *name = value_new(arena, VALUE_TEXT, metric->key_pos);

	name->key = "name";
	name->key_pos = metric->key_pos;
	name->text = metric->key;
	name->len = strlen(metric->key);
	value_add(item, name);
	if (metric->kind != VALUE_MAP) {
		value_add(item, copy_value(arena, metric, "value"));
		return item;
	}
	for (const struct value *v = metric->first; v != NULL; v = v->next) {
		if (strcmp(v->key, "name") == 0)
			diag_add(reading->diags, DIAG_JSON_DUPLICATE,
			    v->key_pos, "\"name\" of \"%.*s\"",
			    value_shown(metric->key), metric->key);
		else
			value_add(item, copy_value(arena, v, v->key));
	}
	return item;
}

/* {name: value, ...} as a list of measures; anything else as it is. */
static const struct value *
list_of(struct reading *reading, const struct value *metrics)
{
	struct value *list;

	if (metrics->kind != VALUE_MAP)
		return metrics;
	list = value_new(reading->arena, VALUE_LIST, metrics->pos);
	for (const struct value *v = metrics->first; v != NULL; v = v->next)
		value_add(list, measure_of(reading, v));
	return list;
}

/* Results must be of the model and version that the record describes. */
static int
check_subject(
    struct reading *reading, const struct value *value, const char *expected)
{
	if (value == NULL || expected == NULL)
		return 0;
	if (value->text != NULL && strcmp(value->text, expected) == 0)
		return 0;
	diag_add(reading->diags, DIAG_RESULT_MODEL, value->pos,
	    "%s \"%.*s\", the record says \"%s\"", value->key,
	    value->text != NULL ? value_shown(value->text) : 0,
	    value->text != NULL ? value->text : "", expected);
	return -1;
}

/*
 * The version that results must be of: the one on record, or the one that was
 * evaluated; that these are the same is for the rules to ask.
 */
static const char *
version_of(const struct record *record, const struct value *stated)
{
	const char *tested =
	    field_text(record->top, "evaluation.model_version");
	bool is_tested = tested != NULL && stated != NULL &&
	    stated->text != NULL && strcmp(stated->text, tested) == 0;

	return is_tested ? tested : record->version;
}

static void
check_keys(struct reading *reading, const struct value *map)
{
	for (const struct value *v = map->first; v != NULL; v = v->next) {
		const char *near;
		size_t i = 0;

		while (i < COUNT(keys) && strcmp(keys[i], v->key) != 0)
			i++;
		if (i < COUNT(keys))
			continue;
		near = map->n < TAKING_GUESSES ?
		    near_word(v->key, keys, COUNT(keys)) :
		    NULL;
		diag_add(reading->diags, DIAG_KEY_UNKNOWN, v->key_pos,
		    near != NULL ? "\"%.*s\", did you mean \"%s\"?" :
				   "\"%.*s\"%s; measures stand below metrics",
		    value_shown(v->key), v->key, near != NULL ? near : "");
	}
}

static const struct field *
walk_measures(struct reading *reading, const struct value *list)
{
	struct taking taking = { reading->arena, reading->diags, false, 0 };

	return walk_list(&taking, reading->term, list);
}

/* What stands below "metrics" or "measures", or NULL and the reason. */
static const struct value *
find_metrics(struct reading *reading, const struct value *top)
{
	const struct value *metrics = value_get(top, "metrics");
	const struct value *measures = value_get(top, "measures");

	if (metrics != NULL && measures != NULL) {
		diag_add(reading->diags, DIAG_JSON_DUPLICATE, measures->key_pos,
		    "\"measures\" beside \"metrics\"");
		return NULL;
	}
	if (metrics == NULL && measures == NULL)
		diag_add(reading->diags, DIAG_KEY_REQUIRED, top->pos,
		    "metrics, as in \"metrics\": {\"roc_auc\": 0.84}");
	return metrics != NULL ? metrics : measures;
}

static int
read_json(struct reading *reading, struct results *out, struct source *source)
{
	const struct value *top =
	    json_read(reading->arena, source, reading->diags);
	const struct value *metrics, *report;

	if (top == NULL)
		return -1;
	if (top->kind != VALUE_MAP) {
		diag_add(reading->diags, DIAG_VALUE_TYPE, top->pos,
		    "results are a map with metrics, not %s",
		    value_kind_word(top->kind));
		return -1;
	}
	report = report_measures(reading->arena, top);
	if (report != NULL) {
		out->measures = walk_measures(reading, report);
		return 0;
	}
	check_keys(reading, top);
	if (check_subject(reading, value_get(top, "model"),
		field_text(reading->record->top, "model.id")) == -1 ||
	    check_subject(reading, value_get(top, "version"),
		version_of(reading->record, value_get(top, "version"))) == -1)
		return -1;
	out->data_set = value_text(top, "data_set");
	metrics = find_metrics(reading, top);
	if (metrics == NULL)
		return -1;
	out->measures = walk_measures(reading, list_of(reading, metrics));
	return 0;
}

/* A wrong column is one finding, not one a row. */
static int
check_columns(struct reading *reading, const struct value *row)
{
	int rc = 0;

	for (const struct value *v = row->first; v != NULL; v = v->next) {
		const char *near;

		if (term_child(reading->term, v->key, strlen(v->key)) != NULL)
			continue;
		near = near_word(v->key, reading->term->keys, reading->term->n);
		diag_add(reading->diags, DIAG_KEY_UNKNOWN,
		    (struct pos){ v->pos.file, 1, 0 },
		    near != NULL ? "column \"%.*s\", did you mean \"%s\"?" :
				   "column \"%.*s\"%s",
		    value_shown(v->key), v->key, near != NULL ? near : "");
		rc = -1;
	}
	return rc;
}

static int
read_csv(struct reading *reading, struct results *out, struct source *source)
{
	const struct value *rows =
	    csv_read(reading->arena, source, reading->diags);

	if (rows == NULL || check_columns(reading, rows->first) == -1)
		return -1;
	out->measures = walk_measures(reading, rows);
	return 0;
}

static int
read_source(struct reading *reading, struct results *out, struct source *source,
    const struct field *field)
{
	const struct evidence_file *file = field->file;

	if (strcmp(source->sha256, file->sha256) != 0) {
		diag_add(reading->diags, DIAG_FILE_HASH, field->pos,
		    "%s changed while it was read", file->path);
		return -1;
	}
	if (has_suffix(file->path, ".json"))
		return read_json(reading, out, source);
	if (has_suffix(file->path, ".csv"))
		return read_csv(reading, out, source);
	diag_add(reading->diags, DIAG_VALUE_TYPE, field->pos,
	    "%s: results are .json or .csv", field->text);
	return -1;
}

int
results_read(struct results *out, struct record *record,
    const struct field *field, const struct folder *root)
{
	struct reading reading = { record, &record->arena, &record->diags,
		NULL };
	struct evidence_file *file = field->file;
	struct source source;

	reading.term = term_child(
	    field->parent->term->parent, "measures", strlen("measures"));
	if (reading.term == NULL || !reading.term->is_list)
		return -1;
	if (source_read(&source, &record->arena, root, file->path,
		FILE_LIMIT_METADATA, field->pos, &record->diags) == 0 &&
	    read_source(&reading, out, &source, field) == 0)
		return 0;
	file->state = FILE_UNREADABLE;
	file->trouble = diag_sentence(record->diags.last->id);
	file->is_told = record->diags.last->id >= DIAG_FILE_HASH;
	return -1;
}
