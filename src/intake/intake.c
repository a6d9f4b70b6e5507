#include "intake/intake.h"

#include <string.h>

#include "intake/evaluation.h"
#include "intake/files.h"
#include "intake/walk.h"
#include "read/yaml.h"

/* What stands for the id until the record gives its own. */
static const char *
folder_name(const char *folder)
{
	const char *slash = strrchr(folder, '/');

	return slash != NULL ? slash + 1 : folder;
}

/* An empty section in place of a record that could not be read. */
static struct field *
empty_top(struct arena *arena, const struct term *term, struct pos pos)
{
	struct field *top = arena_alloc(arena, sizeof(*top));

	top->term = term;
	top->path = "";
	top->pos = pos;
	top->key_pos = pos;
	top->day = DATE_NONE;
	top->decided_on = DATE_NONE;
	return top;
}

/* Whatever happens, the record can be named and walked. */
static void
begin(struct record *record, const struct vocabulary *vocabulary)
{
	record->diags.arena = &record->arena;
	record->diags.limit = INTAKE_FINDINGS;
	record->id = folder_name(record->folder);
	record->top = empty_top(&record->arena, &vocabulary->top,
	    (struct pos){ record->file, 0, 0 });
}

/* Type the tree, and take from it what names the record. */
static void
take_top(struct record *record, const struct vocabulary *vocabulary,
    const struct value *value, bool is_fragment)
{
	struct taking taking = { &record->arena, &record->diags, is_fragment,
		0 };
	const char *id;

	record->top = walk_section(&taking, &vocabulary->top, value);
	id = field_text(record->top, "model.id");
	if (id != NULL)
		record->id = id;
	record->name = field_text(record->top, "model.name");
	record->version = field_text(record->top, "model.version");
	record->is_readable = record->top->answer == ANSWER_GIVEN;
}

void
intake_record(struct record *record, const struct vocabulary *vocabulary,
    const struct folder *root)
{
	struct arena *arena = &record->arena;
	struct source *source = arena_alloc(arena, sizeof(*source));
	const struct value *value;
	const char *path = record->file != NULL ?
	    record->file :
	    arena_printf(arena, "%s/%s", record->folder, INTAKE_FILE);
	int rc;

	begin(record, vocabulary);
	rc = source_read(source, arena, root, path, FILE_LIMIT_METADATA,
	    (struct pos){ 0 }, &record->diags);
	record->file = source->name;
	record->top->pos.file = source->name;
	if (rc == -1)
		return;
	record->source = source;
	record->inputs = files_input(arena, path, source->size, source->sha256);
	value = yaml_read(arena, source, &record->diags);
	if (value == NULL)
		return;
	take_top(record, vocabulary, value, false);
	files_take(record, root);
	evaluation_take(record, root);
}

void
intake_value(struct record *record, const struct vocabulary *vocabulary,
    const struct value *value)
{
	if (record->folder == NULL)
		record->folder = "example";
	if (record->file == NULL)
		record->file = value->pos.file;
	begin(record, vocabulary);
	take_top(record, vocabulary, value, true);
	files_suppose(record);
	evaluation_take(record, NULL);
}
