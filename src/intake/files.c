#include "intake/files.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/text.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A field that names a file. */
struct naming {
	struct field *field;
	const char *path; /* normalised, below the root */
	size_t order;
};

/* All of them; memory is the caller's to free. */
struct namings {
	struct naming *p;
	size_t n;
	size_t size;
};

/* A file and the fields that name it, next to each other in namings. */
struct group {
	struct naming *first;
	size_t n;
};

/* Which key beside a file says of when it is. */
static const struct {
	const char *file;
	const char *date;
} date_keys[] = {
	{ "file", "date" },
	{ "file", "signed_on" },
	{ "evidence", "date" },
	{ "results", "performed_on" },
	{ "record", "assessed_on" },
	{ "document", "assessment_date" },
	{ "mandate", "mandate_date" },
	{ "public_summary", "public_summary_date" },
};

/* Every field below that names a file, in the order of the tree. */
static void
collect(struct namings *namings, struct field *field)
{
	if (field->term->type == TERM_FILE && !field->is_list &&
	    field->answer == ANSWER_GIVEN) {
		if (namings->n == namings->size) {
			namings->size = 2 * namings->size + 16;
			namings->p = memory_grow(
			    namings->p, namings->size, sizeof(*namings->p));
		}
		namings->p[namings->n] =
		    (struct naming){ field, NULL, namings->n };
		namings->n++;
	}
	for (struct field *f = field->first; f != NULL; f = f->next)
		collect(namings, f);
}

/* Find the path below the root; one that leaves it makes the field unusable. */
static void
resolve(struct record *record, struct namings *namings)
{
	size_t n = 0;

	for (size_t i = 0; i < namings->n; i++) {
		struct naming *naming = &namings->p[i];
		struct text joined = { 0 };
		struct text path = { 0 };

		text_printf(
		    &joined, "%s/%s", record->folder, naming->field->text);
		if (path_normalise(&path, text_str(&joined)) == 0) {
			naming->path = arena_str(&record->arena, path.p);
			namings->p[n++] = *naming;
		} else {
			diag_add(&record->diags, DIAG_FILE_OUTSIDE,
			    naming->field->pos, "%s", naming->field->text);
			naming->field->answer = ANSWER_INVALID;
		}
		text_free(&joined);
		text_free(&path);
	}
	namings->n = n;
}

static int
compare_paths(const void *a, const void *b)
{
	const struct naming *x = a;
	const struct naming *y = b;
	int order = strcmp(x->path, y->path);

	if (order != 0)
		return order;
	return x->order < y->order ? -1 : x->order > y->order;
}

static int
compare_groups(const void *a, const void *b)
{
	const struct group *x = a;
	const struct group *y = b;

	return x->first->order < y->first->order ? -1 : 1;
}

/* One group a path, in the order of first naming; the caller frees them. */
static struct group *
group_by_path(struct namings *namings, size_t *n)
{
	struct group *groups =
	    memory_grow(NULL, namings->n + 1, sizeof(*groups));

	*n = 0;
	if (namings->n > 0)
		qsort(
		    namings->p, namings->n, sizeof(*namings->p), compare_paths);
	for (size_t i = 0; i < namings->n; i++) {
		struct naming *naming = &namings->p[i];

		if (i > 0 && strcmp(naming[-1].path, naming->path) == 0)
			groups[*n - 1].n++;
		else
			groups[(*n)++] = (struct group){ naming, 1 };
	}
	qsort(groups, *n, sizeof(*groups), compare_groups);
	return groups;
}

/* The section in which a file stands, also when it is an item of a list. */
static const struct field *
section_of(const struct field *field)
{
	return field->parent->is_list ? field->parent->parent : field->parent;
}

/* The given field under a key beside a file, or NULL. */
static const struct field *
beside(const struct field *field, const char *key)
{
	const struct field *found =
	    field->parent != NULL ? field_find(section_of(field), key) : NULL;

	return found != NULL && found->answer == ANSWER_GIVEN ? found : NULL;
}

static date
date_beside(const struct field *field)
{
	for (size_t i = 0; i < COUNT(date_keys); i++) {
		const struct field *found;

		if (strcmp(date_keys[i].file, field->term->key) != 0)
			continue;
		found = beside(field, date_keys[i].date);
		if (found != NULL && found->day != DATE_NONE)
			return found->day;
	}
	return DATE_NONE;
}

/* What of the file a group knows: who names it, for what, of when. */
static void
describe(
    struct arena *arena, struct evidence_file *file, const struct group *group)
{
	struct text serves = { 0 };

	file->dated = DATE_NONE;
	for (size_t i = 0; i < group->n; i++) {
		struct field *field = group->first[i].field;

		field->file = file;
		text_puts(&serves, i > 0 ? ", " : "");
		text_puts(&serves, field->path);
		if (file->dated == DATE_NONE)
			file->dated = date_beside(field);
	}
	file->serves = arena_str(arena, text_str(&serves));
	text_free(&serves);
}

/* Whether the list "a, b" holds the word. */
static bool
holds(const struct text *list, const char *word)
{
	size_t n = strlen(word);
	const char *p = text_str(list);

	while ((p = strstr(p, word)) != NULL) {
		if ((p == list->p || p[-1] == ' ') &&
		    (p[n] == '\0' || p[n] == ','))
			return true;
		p += n;
	}
	return false;
}

/* The obligations that ask for the fields; the section's where one has none. */
static void
collect_law(
    struct arena *arena, struct evidence_file *file, const struct group *group)
{
	const struct term *last = NULL;
	struct text law = { 0 };

	for (size_t i = 0; i < group->n; i++) {
		const struct term *term = group->first[i].field->term;

		while (term->n_law == 0 && term->parent != NULL)
			term = term->parent;
		for (size_t j = 0; term != last && j < term->n_law; j++) {
			if (holds(&law, term->law[j]))
				continue;
			text_puts(&law, law.n > 0 ? ", " : "");
			text_puts(&law, term->law[j]);
		}
		last = term;
	}
	file->law = arena_str(arena, text_str(&law));
	text_free(&law);
}

/* The file is of no use: say so in the words of its finding. */
static void
mark_unreadable(struct evidence_file *file, const struct diag_list *diags)
{
	file->state = FILE_UNREADABLE;
	file->trouble = diag_sentence(diags->last->id);
	file->is_told = diags->last->id == DIAG_FILE_HASH;
}

/* The place behind the last input. */
static struct input_file **
tail_of(struct record *record)
{
	struct input_file **tail = &record->inputs;

	while (*tail != NULL)
		tail = &(*tail)->next;
	return tail;
}

/*
 * Hash and count the file; one that cannot be read, or is empty, is marked.
 * Return where the next input goes.
 */
static struct input_file **
hash_evidence(struct record *record, struct evidence_file *file,
    const struct folder *root, struct input_file **tail)
{
	struct diag_list *diags = &record->diags;
	int fd = file_open(root, file->path, file->pos, diags);

	if (fd == -1) {
		mark_unreadable(file, diags);
		return tail;
	}
	if (hash_file(fd, file->sha256, &file->bytes) == -1) {
		diag_add(diags, DIAG_FILE_READ, file->pos, "%s: %s", file->path,
		    strerror(errno));
		mark_unreadable(file, diags);
	} else {
		*tail = files_input(
		    &record->arena, file->path, file->bytes, file->sha256);
		tail = &(*tail)->next;
		if (file->bytes == 0) {
			diag_add(diags, DIAG_FILE_EMPTY, file->pos, "%s",
			    file->path);
			mark_unreadable(file, diags);
		}
	}
	close(fd);
	return tail;
}

/* Whether a digest beside the file can be of no other. */
static bool
is_only_file(const struct term *file)
{
	for (const struct term *t = file->parent->first; t != NULL; t = t->next)
		if (t != file && t->type == TERM_FILE)
			return false;
	return !file->is_list;
}

/* Compare the digest that stands beside a file. */
static void
compare_digest(struct diag_list *diags, const struct naming *naming)
{
	struct evidence_file *file = naming->field->file;
	const struct field *digest = beside(naming->field, "sha256");

	if (digest == NULL || !is_only_file(naming->field->term) ||
	    strcasecmp(digest->text, file->sha256) == 0)
		return;
	diag_add(diags, DIAG_FILE_HASH, digest->pos,
	    "%s is now %.12s..., not "
	    "%.12s...",
	    file->link, file->sha256, digest->text);
	mark_unreadable(file, diags);
}

/* A new file of the record, behind the ones it has. */
static struct evidence_file *
add_file(struct record *record, const struct group *group, size_t number,
    struct evidence_file *last)
{
	const struct naming *naming = group->first;
	struct evidence_file *file = arena_alloc(&record->arena, sizeof(*file));

	file->id = arena_printf(&record->arena, "E%zu", number);
	file->path = naming->path;
	file->link = naming->field->text;
	file->pos = naming->field->pos;
	describe(&record->arena, file, group);
	collect_law(&record->arena, file, group);
	if (last != NULL)
		last->next = file;
	else
		record->files = file;
	return file;
}

void
files_take(struct record *record, const struct folder *root)
{
	struct input_file **tail = tail_of(record);
	struct namings namings = { 0 };
	struct evidence_file *file = NULL;
	struct group *groups;
	size_t n;

	collect(&namings, record->top);
	resolve(record, &namings);
	groups = group_by_path(&namings, &n);
	for (size_t i = 0; i < n; i++) {
		file = add_file(record, &groups[i], i + 1, file);
		tail = hash_evidence(record, file, root, tail);
		for (size_t j = 0; j < groups[i].n && file->state == FILE_FOUND;
		     j++)
			compare_digest(&record->diags, &groups[i].first[j]);
	}
	free(groups);
	free(namings.p);
}

void
files_suppose(struct record *record)
{
	struct namings namings = { 0 };
	struct evidence_file *file = NULL;
	struct group *groups;
	size_t n;

	collect(&namings, record->top);
	for (size_t i = 0; i < namings.n; i++)
		namings.p[i].path = namings.p[i].field->text;
	groups = group_by_path(&namings, &n);
	for (size_t i = 0; i < n; i++) {
		file = add_file(record, &groups[i], i + 1, file);
		if (strstr(file->path, "missing") != NULL) {
			file->state = FILE_UNREADABLE;
			file->trouble = diag_sentence(DIAG_FILE_MISSING);
		}
	}
	free(groups);
	free(namings.p);
}

struct input_file *
files_input(struct arena *arena, const char *path, unsigned long long bytes,
    const char *sha256)
{
	struct input_file *input = arena_alloc(arena, sizeof(*input));

	input->path = path;
	input->part = "input";
	input->bytes = bytes;
	memcpy(input->sha256, sha256, HASH_HEX_SIZE);
	return input;
}
