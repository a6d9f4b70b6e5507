#ifndef DOSSIER_TESTS_UNIT_DESK_H
#define DOSSIER_TESTS_UNIT_DESK_H

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "intake/intake.h"
#include "intake/vocabulary.h"
#include "tap.h"

/*
 * What the tests of intake share: the vocabulary of schemas/, a portfolio in
 * a folder of its own with one model in m/, and what comes of taking it in.
 */

enum { DESK_FILES = 16 };

struct desk {
	struct arena arena;
	struct diag_list diags;
	struct vocabulary vocabulary;
	char path[32];
	struct folder root;
	const char *files[DESK_FILES];
	size_t n_files;
	struct record record;
	struct text findings; /* "line:column ID detail", one a line */
};

static inline void
desk_begin(struct desk *desk)
{
	struct folder schemas;

	*desk = (struct desk){ .path = "/tmp/t_intake.XXXXXX" };
	desk->diags.arena = &desk->arena;
	CHECK(folder_open(&schemas, "schemas", "", &desk->diags) == 0);
	CHECK(vocabulary_load(&desk->vocabulary, &desk->arena, &schemas,
		  &desk->diags) == 0);
	folder_close(&schemas);
	CHECK(mkdtemp(desk->path) != NULL);
	CHECK(folder_open(&desk->root, desk->path, "", &desk->diags) == 0);
	CHECK(mkdirat(desk->root.fd, "m", 0700) == 0);
	CHECK(mkdirat(desk->root.fd, "m/documents", 0700) == 0);
}

/* Write a file below the portfolio's root. */
static inline void
desk_write(struct desk *desk, const char *path, const char *content)
{
	FILE *f;
	int fd;
	size_t i = 0;

	fd = openat(desk->root.fd, path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	f = fdopen(fd, "w");
	if (f == NULL || fputs(content, f) == EOF || fclose(f) == EOF)
		abort();
	while (i < desk->n_files && strcmp(desk->files[i], path) != 0)
		i++;
	if (i == DESK_FILES)
		abort();
	desk->files[i] = path;
	desk->n_files += i == desk->n_files;
}

static inline void
desk_forget(struct desk *desk)
{
	arena_free(&desk->record.arena);
	desk->record = (struct record){ 0 };
	text_clear(&desk->findings);
}

static inline void
desk_put_findings(struct desk *desk)
{
	for (const struct diag *d = desk->record.diags.first; d != NULL;
	     d = d->next)
		text_printf(&desk->findings, "%u:%u %s %s\n", d->pos.line,
		    d->pos.column, diag_name(d->id), d->detail);
}

/* Take in m/model.yaml with this content; the findings as text. */
static inline const char *
desk_take(struct desk *desk, const char *yaml)
{
	desk_forget(desk);
	desk_write(desk, "m/model.yaml", yaml);
	desk->record.folder = "m";
	intake_record(&desk->record, &desk->vocabulary, &desk->root);
	desk_put_findings(desk);
	return text_str(&desk->findings);
}

static inline const struct field *
desk_field(const struct desk *desk, const char *path)
{
	return field_find(desk->record.top, path);
}

static inline void
desk_end(struct desk *desk)
{
	desk_forget(desk);
	for (size_t i = 0; i < desk->n_files; i++)
		unlinkat(desk->root.fd, desk->files[i], 0);
	unlinkat(desk->root.fd, "m/documents", AT_REMOVEDIR);
	unlinkat(desk->root.fd, "m", AT_REMOVEDIR);
	folder_close(&desk->root);
	CHECK(rmdir(desk->path) == 0);
	arena_free(&desk->arena);
	text_free(&desk->findings);
}

/* Compare texts of several lines; only what differs is printed. */
static inline void
desk_same(const char *got, const char *want, const char *file, int line)
{
	if (!tap_check(strcmp(got, want) == 0, file, line, "findings"))
		printf("# got:\n%s# want:\n%s", got, want);
}

#define CHECK_FINDINGS(got, want) desk_same((got), (want), __FILE__, __LINE__)

/* The findings that m/model.yaml with this content gives. */
#define CHECK_TAKEN(desk, yaml, want)                                          \
	CHECK_FINDINGS(desk_take((desk), (yaml)), (want))

#endif
