#include "measure/predictions.h"

#include <string.h>

#include "base/near.h"
#include "base/num.h"
#include "base/text.h"
#include "measure/complaints.h"
#include "measure/intern.h"
#include "read/csv.h"

enum { COLUMNS_MOST = 64 }; /* different columns that attributes name */

static const char missing_name[] = "(missing)";

/* A column that attributes are made of: its values, numbered. */
struct column {
	const char *name;
	int index; /* in the file */
	struct intern values;
	size_t missing; /* number of "(missing)", or SIZE_MAX: not seen */
};

/* A table while it is counted: combinations of values, numbered. */
struct counting {
	struct group_table *table;
	size_t columns[WITHHOLD_COLUMNS]; /* indices into the columns */
	struct intern keys;               /* the parts as bytes */
	struct group *groups;             /* keys.n of them, size allocated */
	size_t size;
};

/* Everything that one pass through the file needs. */
struct pass {
	struct predictions *out;
	struct arena *arena;
	const struct prediction_columns *asked;
	const struct measure_options *options;
	struct diag_list *diags;
	struct complaints complaints;
	const char *name; /* of the source, in the arena */
	struct csv *csv;
	int label, prediction, score, weight; /* columns, or -1 */
	const char *positive, *negative;      /* exact texts, or NULL */
	struct column columns[COLUMNS_MOST];
	size_t n_columns;
	struct counting *counting; /* out->n_tables */
	struct counts whole;
};

/* The column of the file whose name is nearest, or NULL. */
static const char *
near_column(struct pass *pass, const char *name)
{
	const struct csv_row *header = csv_header(pass->csv);
	const char **names =
	    arena_array(pass->arena, header->n, sizeof(*names));

	for (size_t i = 0; i < header->n; i++)
		names[i] = arena_dup(
		    pass->arena, header->fields[i].p, header->fields[i].n);
	return near_word(name, names, header->n);
}

/* A column that is asked for by name; -2 when the file has no such one. */
static int
find_column(struct pass *pass, const char *name)
{
	int index = name != NULL ? csv_column(pass->csv, name) : -1;
	const char *near;

	if (name == NULL || index != -1)
		return index;
	near = near_column(pass, name);
	diag_add(pass->diags, DIAG_CSV_COLUMN, (struct pos){ pass->name, 1, 1 },
	    "%s%s%s%s", name, near != NULL ? "; did you mean " : "",
	    near != NULL ? near : "", near != NULL ? "?" : "");
	return -2;
}

/* The column of an attribute, added when it is new; SIZE_MAX: no such one. */
static size_t
add_column(struct pass *pass, const char *name)
{
	struct column *column;
	int index;

	for (size_t i = 0; i < pass->n_columns; i++)
		if (strcmp(pass->columns[i].name, name) == 0)
			return i;
	index = find_column(pass, name);
	if (index < 0 || pass->n_columns == COLUMNS_MOST)
		return SIZE_MAX;
	column = &pass->columns[pass->n_columns];
	*column = (struct column){ .name = name,
		.index = index,
		.values.arena = pass->arena,
		.missing = SIZE_MAX };
	return pass->n_columns++;
}

static int
too_many_parts(struct pass *pass, const char *attribute)
{
	diag_add(pass->diags, DIAG_CSV_LIMIT, (struct pos){ pass->name, 1, 1 },
	    "%s: an intersection has at most %d different columns", attribute,
	    WITHHOLD_COLUMNS);
	return -1;
}

/* Take an attribute apart at its stars. */
static int
begin_table(struct pass *pass, size_t i)
{
	struct counting *counting = &pass->counting[i];
	struct group_table *table = &pass->out->tables[i];
	const char *p = pass->asked->attributes[i];

	counting->table = table;
	counting->keys.arena = pass->arena;
	table->attribute = arena_str(pass->arena, p);
	while (table->n_columns < WITHHOLD_COLUMNS) {
		size_t n = strcspn(p, "*");
		size_t column = add_column(pass, arena_dup(pass->arena, p, n));

		if (column == SIZE_MAX)
			return -1;
		for (size_t j = 0; j < table->n_columns; j++)
			if (counting->columns[j] == column)
				return too_many_parts(pass, table->attribute);
		counting->columns[table->n_columns] = column;
		table->columns[table->n_columns++] = (uint32_t)column;
		if (p[n] == '\0')
			return 0;
		p += n + 1;
	}
	return too_many_parts(pass, table->attribute);
}

static int
begin(struct pass *pass, struct source *source)
{
	const struct prediction_columns *asked = pass->asked;
	struct predictions *out = pass->out;

	pass->csv = csv_open(pass->arena, source, pass->diags);
	if (pass->csv == NULL)
		return -1;
	pass->label = find_column(pass, asked->label);
	pass->prediction = find_column(pass, asked->prediction);
	pass->score =
	    asked->prediction == NULL ? find_column(pass, asked->score) : -1;
	pass->weight = find_column(pass, asked->weight);
	if (pass->label == -2 || pass->prediction == -2 || pass->score == -2 ||
	    pass->weight == -2)
		return -1;
	pass->positive = asked->positive;
	pass->negative = asked->negative;
	out->n_tables = asked->n_attributes;
	out->tables =
	    arena_array(pass->arena, out->n_tables, sizeof(*out->tables));
	pass->counting =
	    arena_array(pass->arena, out->n_tables, sizeof(*pass->counting));
	for (size_t i = 0; i < out->n_tables; i++)
		if (begin_table(pass, i) == -1)
			return -1;
	return 0;
}

static bool
is_text(const struct csv_field *field, const char *text)
{
	size_t n = strlen(text);

	return field->n == n && memcmp(field->p, text, n) == 0;
}

static bool
is_missing(const struct csv_field *field)
{
	static const char *const words[] = { "", "NA", "N/A", "NaN", "nan",
		"null", "None" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (is_text(field, words[i]))
			return true;
	return false;
}

/* Equal to a lower-case word, in any case. */
static bool
is_word(const struct csv_field *field, const char *word)
{
	size_t i = 0;

	for (; i < field->n && word[i] != '\0'; i++) {
		char c = field->p[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (c != word[i])
			return false;
	}
	return i == field->n && word[i] == '\0';
}

/* 1, 0, or -1 for a cell that follows the usual spellings. */
static int
usual_answer(const struct csv_field *field)
{
	static const char *const yes[] = { "1", "1.0", "true", "yes" };
	static const char *const no[] = { "0", "0.0", "false", "no" };

	for (size_t i = 0; i < 4; i++) {
		if (is_word(field, yes[i]))
			return 1;
		if (is_word(field, no[i]))
			return 0;
	}
	return -1;
}

/* The same for texts that were told; the first other one is negative. */
static int
told_answer(struct pass *pass, const struct csv_field *field)
{
	if (is_text(field, pass->positive))
		return 1;
	if (pass->negative == NULL)
		pass->negative = arena_dup(pass->arena, field->p, field->n);
	return is_text(field, pass->negative) ? 0 : -1;
}

static struct pos
pos_of(const struct pass *pass, const struct csv_field *field)
{
	return (struct pos){ pass->name, field->line, field->column };
}

static int
complain(struct pass *pass, enum diag_id id, const struct csv_field *field,
    const char *remedy)
{
	struct pos pos = pos_of(pass, field);

	if (complaint(&pass->complaints, id, pos))
		diag_add(pass->diags, id, pos, "\"%.*s\": %s",
		    (int)(field->n < 40 ? field->n : 40), field->p, remedy);
	return -1;
}

/* A label or prediction; -1 when the row cannot be counted. */
static int
read_answer(struct pass *pass, const struct csv_field *field, enum binary *out)
{
	int answer;

	if (is_missing(field)) {
		*out = BINARY_MISSING;
		return 0;
	}
	answer = pass->positive != NULL ? told_answer(pass, field) :
					  usual_answer(field);
	if (answer == -1)
		return complain(pass, DIAG_CSV_VALUE, field,
		    pass->positive != NULL ?
			"only two different values are allowed, and empty" :
			"allowed are 0, 1, false, true, no, yes, and empty; "
			"else"
			" tell the positive value");
	*out = answer == 1 ? BINARY_YES : BINARY_NO;
	return 0;
}

static int
read_number(struct pass *pass, const struct csv_field *field, double *out)
{
	if (num_read(field->p, field->n, out))
		return 0;
	return complain(pass, DIAG_CSV_NUMBER, field, "a number is expected");
}

/* What the model said: its decision, or its score against the threshold. */
static int
read_prediction(struct pass *pass, const struct csv_row *row, enum binary *out)
{
	double score;

	*out = BINARY_MISSING;
	if (pass->prediction >= 0)
		return read_answer(pass, &row->fields[pass->prediction], out);
	if (pass->score < 0 || is_missing(&row->fields[pass->score]))
		return 0;
	if (read_number(pass, &row->fields[pass->score], &score) == -1)
		return -1;
	*out = score >= pass->asked->threshold ? BINARY_YES : BINARY_NO;
	return 0;
}

static int
read_weight(struct pass *pass, const struct csv_row *row, double *out)
{
	const struct csv_field *field;

	*out = 1;
	if (pass->weight < 0)
		return 0;
	field = &row->fields[pass->weight];
	if (read_number(pass, field, out) == -1)
		return -1;
	if (*out == 0 ||
	    (*out >= COUNTS_WEIGHT_LEAST && *out <= COUNTS_WEIGHT_MOST))
		return 0;
	return complain(
	    pass, DIAG_CSV_VALUE, field, "a weight is 0 or from 1e-9 to 1e9");
}

/* The number of a column's value in this row. */
static size_t
value_of(struct column *column, const struct csv_row *row)
{
	const struct csv_field *field = &row->fields[column->index];
	size_t value;

	if (field->n > 0)
		return intern_add(&column->values, field->p, field->n);
	/* The empty string is a value of its own: a file may say "(missing)". */
	value = intern_add(&column->values, "", 0);
	column->missing = value;
	return value;
}

static int
too_many_groups(struct pass *pass, const struct group_table *table, size_t most)
{
	diag_add(pass->diags, DIAG_CSV_LIMIT, (struct pos){ pass->name, 1, 1 },
	    "%s has more than %zu groups; numbers need bins", table->attribute,
	    most);
	return -1;
}

/* A new group of a table. */
static int
add_group(struct pass *pass, struct counting *counting,
    const uint32_t parts[WITHHOLD_COLUMNS])
{
	size_t most = counting->table->n_columns > 1 ? PREDICTION_COMBINATIONS :
						       PREDICTION_GROUPS;
	size_t n = counting->keys.n;

	if (n > most)
		return too_many_groups(pass, counting->table, most);
	if (n > counting->size) {
		size_t size = counting->size > 0 ? counting->size * 2 : 16;
		struct group *groups =
		    arena_array(pass->arena, size, sizeof(*groups));

		if (n > 1)
			memcpy(groups, counting->groups,
			    (n - 1) * sizeof(*groups));
		counting->groups = groups;
		counting->size = size;
	}
	memcpy(counting->groups[n - 1].parts, parts,
	    sizeof(counting->groups[n - 1].parts));
	return 0;
}

/* Count the row in one table; values are those of all columns. */
static int
count_in(struct pass *pass, struct counting *counting,
    const size_t values[COLUMNS_MOST], enum cell cell, double weight)
{
	uint32_t parts[WITHHOLD_COLUMNS] = { 0, 0, 0 };
	size_t n = counting->keys.n;
	size_t key;

	for (size_t i = 0; i < counting->table->n_columns; i++)
		parts[i] = (uint32_t)values[counting->columns[i]];
	key = intern_add(&counting->keys, (const char *)parts, sizeof(parts));
	if (key == n && add_group(pass, counting, parts) == -1)
		return -1;
	if (pass->weight >= 0)
		counts_add_weighted(
		    &counting->groups[key].counts, cell, weight);
	else
		counts_add(&counting->groups[key].counts, cell);
	return 0;
}

static int
count_row(struct pass *pass, const struct csv_row *row)
{
	enum binary label = BINARY_MISSING, prediction;
	size_t values[COLUMNS_MOST];
	enum cell cell;
	double weight;

	pass->out->n_rows++;
	if ((pass->label >= 0 &&
		read_answer(pass, &row->fields[pass->label], &label) == -1) ||
	    read_prediction(pass, row, &prediction) == -1 ||
	    read_weight(pass, row, &weight) == -1) {
		pass->out->n_bad++;
		return 0;
	}
	pass->out->n_no_label += label == BINARY_MISSING;
	pass->out->n_no_prediction += prediction == BINARY_MISSING;
	cell = cell_of(label, prediction);
	if (pass->weight >= 0)
		counts_add_weighted(&pass->whole, cell, weight);
	else
		counts_add(&pass->whole, cell);
	for (size_t i = 0; i < pass->n_columns; i++)
		values[i] = value_of(&pass->columns[i], row);
	for (size_t i = 0; i < pass->out->n_tables; i++)
		if (count_in(pass, &pass->counting[i], values, cell, weight) ==
		    -1)
			return -1;
	return 0;
}

static int
count_rows(struct pass *pass)
{
	struct csv_row row;
	int rc;

	while ((rc = csv_next(pass->csv, &row, pass->diags)) == 1)
		if (count_row(pass, &row) == -1)
			return -1;
	complaints_end(&pass->complaints);
	if (rc == -1)
		return -1;
	if (pass->out->n_rows > 0)
		return 0;
	diag_add(pass->diags, DIAG_CSV_ROWS, (struct pos){ pass->name, 1, 1 },
	    "predictions");
	return -1;
}

/* One value in the name of an intersection's group. */
static void
put_part(
    struct text *out, const struct column *column, size_t value, bool is_joined)
{
	const struct intern_entry *entry = &column->values.entries[value];

	if (value == column->missing) {
		text_puts(out, missing_name);
		return;
	}
	for (size_t i = 0; i < entry->n; i++) {
		if (is_joined && (entry->p[i] == '*' || entry->p[i] == '\\'))
			text_putc(out, '\\');
		text_putc(out, entry->p[i]);
	}
}

static void
name_group(const struct pass *pass, const struct counting *counting,
    struct group *group)
{
	size_t n = counting->table->n_columns;
	struct text name = { 0 };

	for (size_t i = 0; i < n; i++) {
		const struct column *column =
		    &pass->columns[counting->columns[i]];

		if (i > 0)
			text_putc(&name, '*');
		put_part(&name, column, group->parts[i], n > 1);
		if (group->parts[i] == column->missing)
			group->is_missing = true;
	}
	group->name = arena_str(pass->arena, text_str(&name));
	text_free(&name);
}

/* Values of a column that are not missing. */
static size_t
count_values(const struct column *column)
{
	return column->values.n - (column->missing != SIZE_MAX ? 1 : 0);
}

static void
end_table(struct pass *pass, struct counting *counting)
{
	struct group_table *table = counting->table;
	unsigned long long observed = 0;

	table->groups = counting->groups;
	table->n = counting->keys.n;
	table->n_possible = 1;
	for (size_t i = 0; i < table->n; i++) {
		struct group *group = &table->groups[i];

		name_group(pass, counting, group);
		if (group->is_missing)
			table->n_missing += counts_rows(&group->counts);
		else
			observed++;
	}
	for (size_t i = 0; i < table->n_columns; i++)
		table->n_possible *=
		    count_values(&pass->columns[counting->columns[i]]);
	table->n_unobserved = table->n_possible - observed;
	group_table_sort(table);
}

static void
end_whole(struct pass *pass)
{
	struct group_table *whole = &pass->out->whole;

	whole->attribute = "";
	whole->groups = arena_alloc(pass->arena, sizeof(*whole->groups));
	whole->groups[0].name = "(overall)";
	whole->groups[0].counts = pass->whole;
	whole->n = 1;
	whole->n_possible = 1;
}

static struct withhold_group
guard_of(const struct group *group)
{
	struct withhold_group guard = {
		.n = (double)counts_rows(&group->counts),
		.is_missing = group->is_missing,
	};

	memcpy(guard.parts, group->parts, sizeof(guard.parts));
	return guard;
}

static void
guard_table(struct arena *arena, const struct group_table *table,
    struct withhold_table *out)
{
	out->n_columns = table->n_columns;
	memcpy(out->columns, table->columns, sizeof(out->columns));
	out->n = table->n;
	out->groups = arena_array(arena, table->n, sizeof(*out->groups));
	for (size_t i = 0; i < table->n; i++)
		out->groups[i] = guard_of(&table->groups[i]);
}

/* Hide small groups, and those that would give them away. */
static int
withhold(struct pass *pass)
{
	struct predictions *out = pass->out;
	struct withhold_table *tables =
	    arena_array(pass->arena, out->n_tables, sizeof(*tables));
	struct withhold_group whole = guard_of(&out->whole.groups[0]);

	for (size_t i = 0; i < out->n_tables; i++)
		guard_table(pass->arena, &out->tables[i], &tables[i]);
	if (!withhold_small(
		&whole, tables, out->n_tables, pass->options->min_report)) {
		diag_add(pass->diags, DIAG_CSV_LIMIT,
		    (struct pos){ pass->name, 1, 1 },
		    "too many groups to hide small ones safely; ask for fewer"
		    " intersections");
		return -1;
	}
	out->whole.groups[0].is_withheld = whole.is_withheld;
	out->whole.groups[0].n_is_withheld = whole.n_is_withheld;
	for (size_t i = 0; i < out->n_tables; i++)
		for (size_t j = 0; j < out->tables[i].n; j++) {
			struct group *group = &out->tables[i].groups[j];

			group->is_withheld = tables[i].groups[j].is_withheld;
			group->n_is_withheld =
			    tables[i].groups[j].n_is_withheld;
		}
	return 0;
}

/* The group that the options name for the attribute, else the largest. */
static void
choose_reference(struct pass *pass, struct group_table *table)
{
	const struct measure_options *options = pass->options;

	for (size_t i = 0; i < options->n_references; i++) {
		const struct measure_reference *r = &options->references[i];

		if (strcmp(r->attribute, table->attribute) != 0)
			continue;
		table->reference = group_table_find(table, r->group);
		if (table->reference != NULL)
			return;
		diag_add(pass->diags, DIAG_GROUP_UNKNOWN,
		    (struct pos){ pass->name, 1, 1 },
		    "%s has no group \"%s\"; the largest is the reference",
		    table->attribute, r->group);
	}
	table->reference =
	    group_table_largest(table, options->missing_is_group);
}

static int
make_figures(struct pass *pass)
{
	struct predictions *out = pass->out;
	struct figure_maker maker = { .out = &out->figures,
		.arena = pass->arena,
		.options = pass->options,
		.whole = &out->whole.groups[0].counts,
		.origin = { pass->name, 0, 0 } };

	figures_choose(&maker, pass->diags);
	figures_add(&maker, &out->whole);
	for (size_t i = 0; i < out->n_tables; i++) {
		choose_reference(pass, &out->tables[i]);
		figures_add(&maker, &out->tables[i]);
	}
	return 0;
}

int
measure_predictions(struct predictions *out, struct arena *arena,
    struct source *source, const struct prediction_columns *columns,
    const struct measure_options *options, struct diag_list *diags)
{
	struct pass *pass = arena_alloc(arena, sizeof(*pass));

	*out = (struct predictions){ 0 };
	pass->out = out;
	pass->arena = arena;
	pass->asked = columns;
	pass->options = options;
	pass->diags = diags;
	pass->complaints.diags = diags;
	pass->name = arena_str(arena, source->name);
	if (begin(pass, source) == -1 || count_rows(pass) == -1)
		return -1;
	end_whole(pass);
	for (size_t i = 0; i < out->n_tables; i++)
		end_table(pass, &pass->counting[i]);
	if (options->min_report > 0 && withhold(pass) == -1)
		return -1;
	return make_figures(pass);
}
