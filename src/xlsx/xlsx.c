#include "xlsx/xlsx.h"

#include <fcntl.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "read/yaml.h"
#include "xlsx/cell.h"
#include "xlsx/load.h"
#include "xlsx/sheet.h"
#include "xlsx/value.h"

struct xlsx_template *
xlsx_load(struct arena *arena, struct source *source,
    const struct xlsx_names *names, struct diag_list *diags)
{
	const struct value *root = yaml_read(arena, source, diags);

	return root != NULL ? template_read(arena, root, names, diags) : NULL;
}

void
xlsx_free(struct xlsx_template *template)
{
	if (template != NULL)
		expr_free(&template->set);
}

/* A property's text on one line of at most 255 characters. */
static char *
property(struct book *book, struct plan *plan, const struct xlsx_named *named)
{
	struct text raw = { 0 };
	struct text line = { 0 };
	char *result = NULL;

	if (expr_put(&plan->run, named->value, plan->root, &raw) == 0 &&
	    cell_put_line(&line, text_str(&raw), XLSX_HEADER_MAX) == 0)
		result = arena_str(book->arena, text_str(&line));
	text_free(&raw);
	text_free(&line);
	return result;
}

/* Seconds since 1970 of "2026-11-30T02:00:00Z"; -1 when it is none. */
static time_t
read_time(const char *s)
{
	date day;
	long clock[3];

	if (strlen(s) != TIME_SIZE - 1 || s[10] != 'T' || s[19] != 'Z' ||
	    !date_read(s, DATE_SIZE - 1, &day))
		return -1;
	for (size_t i = 0; i < 3; i++)
		clock[i] = (s[11 + i * 3] - '0') * 10 + s[12 + i * 3] - '0';
	return (time_t)day * 86400 + clock[0] * 3600 + clock[1] * 60 + clock[2];
}

static int
set_property(struct book *book, lxw_doc_properties *properties,
    const struct xlsx_named *named, char *value)
{
	const struct {
		const char *name;
		char **field;
	} table[] = { { "title", &properties->title },
		{ "subject", &properties->subject },
		{ "author", &properties->author },
		{ "company", &properties->company },
		{ "category", &properties->category },
		{ "keywords", &properties->keywords },
		{ "comments", &properties->comments },
		{ "status", &properties->status } };

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (strcmp(table[i].name, named->name) == 0) {
			*table[i].field = value;
			return 0;
		}
	properties->created = read_time(value);
	if (properties->created > 0)
		return 0;
	diag_add(book->diags, DIAG_WORKBOOK, expr_pos(named->value),
	    "time of creation is not YYYY-MM-DDTHH:MM:SSZ: %s", value);
	return -1;
}

static int
set_properties(struct book *book, struct plan *plan)
{
	lxw_doc_properties properties = { 0 };

	for (const struct xlsx_named *p = plan->template->properties; p != NULL;
	     p = p->next) {
		char *value = property(book, plan, p);

		if (value == NULL ||
		    set_property(book, &properties, p, value) == -1)
			return -1;
	}
	if (properties.created == 0) {
		diag_add(book->diags, DIAG_WORKBOOK,
		    (struct pos){ plan->template->name, 0, 0 },
		    "the template sets no time of creation");
		return -1;
	}
	if (book_check(book,
		workbook_set_properties(book->workbook, &properties),
		"properties") == -1)
		return -1;
	for (const struct xlsx_named *p = plan->template->custom; p != NULL;
	     p = p->next) {
		const char *value = property(book, plan, p);

		if (value == NULL ||
		    book_check(book,
			workbook_set_custom_property_string(book->workbook,
			    p->name, *value != '\0' ? value : "None"),
			p->name) == -1)
			return -1;
	}
	return 0;
}

static int
define(struct book *book, const char *name, const struct text *range)
{
	return book_check(book,
	    workbook_define_name(book->workbook, name, text_str(range)), name);
}

/* A list's name is the range of its words on the sheet of lists. */
static int
define_lists(struct book *book, const struct plan *plan)
{
	const struct plan_sheet *sheet = plan->sheets;
	struct text range = { 0 };
	size_t at = 0;
	int rc = 0;

	while (sheet != NULL && !sheet->spec->is_lists)
		sheet = sheet->next;
	for (const struct xlsx_list *p = plan->template->lists;
	     p != NULL && sheet != NULL && rc == 0; p = p->next, at++) {
		lxw_col_t column = (lxw_col_t)at;
		char name[LXW_MAX_COL_NAME_LENGTH];

		lxw_col_to_name(name, column, 1);
		text_clear(&range);
		text_printf(&range, "='%s'!%s$%d:%s$%zu", sheet->name, name,
		    XLSX_HEADER_ROW + 2, name,
		    XLSX_HEADER_ROW + 1 + plan->n_words[at]);
		rc = define(book, p->name, &range);
	}
	text_free(&range);
	return rc;
}

static int
define_names(struct book *book, const struct plan *plan)
{
	struct text range = { 0 };
	int rc = 0;

	for (const struct xlsx_named *p = plan->template->names;
	     p != NULL && rc == 0; p = p->next) {
		const struct plan_sheet *sheet = plan_sheet(plan, p->sheet);
		char name[LXW_MAX_COL_NAME_LENGTH];

		for (size_t i = 0; sheet != NULL && i < sheet->n_blocks; i++) {
			const struct plan_block *block = &sheet->blocks[i];

			if (block->spec->name == NULL ||
			    strcmp(block->spec->name, p->block) != 0)
				continue;
			lxw_col_to_name(
			    name, (lxw_col_t)sheet->column_of[p->column], 1);
			text_clear(&range);
			text_printf(&range, "='%s'!%s$%zu", sheet->name, name,
			    XLSX_HEADER_ROW + 2 + block->first);
			rc = define(book, p->name, &range);
			break;
		}
	}
	text_free(&range);
	return rc;
}

/* Formats of the status words, in the order of the palette. */
static void
make_palette(struct book *book, const struct plan *plan)
{
	size_t i = 0;

	for (const struct xlsx_palette *p = plan->template->palette; p != NULL;
	     p = p->next, i++) {
		book->words[i] = workbook_add_format(book->workbook);
		format_set_font_color(book->words[i], p->text);
		format_set_bg_color(book->words[i], p->fill);
		if (p->bold)
			format_set_bold(book->words[i]);
	}
}

static int
fill_book(struct book *book, struct plan *plan)
{
	struct readback_sheet *want;

	for (const struct plan_sheet *p = plan->sheets; p != NULL; p = p->next)
		book->want.n_sheets++;
	want = arena_array(book->arena, book->want.n_sheets, sizeof(*want));
	book->want.sheets = want;
	make_palette(book, plan);
	if (set_properties(book, plan) == -1)
		return -1;
	for (const struct plan_sheet *p = plan->sheets; p != NULL; p = p->next)
		if (sheet_write(book, plan, p, want++) == -1)
			return -1;
	if (define_names(book, plan) == -1)
		return -1;
	return define_lists(book, plan);
}

/*
 * Closing writes the file and releases the workbook, also when it fails and
 * also when the workbook is half filled.
 */
static int
make_file(
    struct book *book, struct plan *plan, const char *path, const char *folder)
{
	lxw_workbook_options options = { .constant_memory = book->is_streamed,
		.tmpdir = arena_str(book->arena, folder) };
	int rc;

	book->workbook = workbook_new_opt(path, &options);
	if (book->workbook == NULL)
		return book_check(
		    book, LXW_ERROR_MEMORY_MALLOC_FAILED, "workbook");
	rc = fill_book(book, plan);
	if (rc == -1) {
		lxw_workbook_free(book->workbook);
		return -1;
	}
	return book_check(
	    book, workbook_close(book->workbook), "closing the workbook");
}

/*
 * The library asks for a quarter of a mebibyte for each part and gives it
 * back.  Kept by the allocator instead of the kernel, it costs a fifth less
 * time.
 */
static void
keep_memory(void)
{
	mallopt(M_MMAP_THRESHOLD, 8 * 1024 * 1024);
	mallopt(M_TRIM_THRESHOLD, 16 * 1024 * 1024);
}

int
xlsx_write(const struct xlsx_template *template, xmlDocPtr doc,
    const char *folder, const char *name, struct diag_list *diags)
{
	struct arena arena = { 0 };
	struct plan plan = { 0 };
	struct book book = { .name = name, .diags = diags, .arena = &arena };
	int dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int rc = -1;

	if (dir == -1) {
		book_check(&book, LXW_ERROR_CREATING_XLSX_FILE, folder);
		goto out;
	}
	keep_memory();
	if (plan_begin(&plan, &arena, template, doc, diags) == -1)
		goto out;
	book.is_streamed = plan.n_rows > template->stream_rows;
	rc = make_file(
	    &book, &plan, arena_printf(&arena, "%s/%s", folder, name), folder);
	if (rc == 0)
		rc = readback_check(dir, name, &book.want, diags);
	if (rc == -1)
		unlinkat(dir, name, 0);
out:
	plan_end(&plan);
	if (dir != -1)
		close(dir);
	arena_free(&arena);
	return rc;
}
