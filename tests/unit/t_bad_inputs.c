#define _GNU_SOURCE /* strcasestr() */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/num.h"
#include "read/csv.h"
#include "read/json.h"
#include "read/xml.h"
#include "read/yaml.h"
#include "tap.h"

/*
 * Every hostile file of tests/bad-inputs/ that a reader must judge, with the
 * outcome, line and words that its index asks for.  Run from the root of the
 * project.  What only the vocabulary, the configuration or a renderer can
 * judge is read here and judged by their tests.
 */

#define BAD_INPUTS "tests/bad-inputs"

enum { SECONDS = 10 }; /* far more than the index allows, not to flake */

/* Legal for a reader; the offence is seen by what comes behind it. */
static const char *const later[] = { "id-path.yaml", "redos.config.yaml" };

struct bench {
	struct arena arena;
	struct diag_list diags;
	struct folder stored; /* tests/bad-inputs */
	struct folder made;   /* what gen.py writes */
	char made_path[64];
	bool has_made;
};

static const char *
ending(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot != NULL ? dot + 1 : "";
}

/* The whole way of a file: open, size, bytes, reader. */
static struct value *
read_file(struct bench *bench, const struct folder *folder, const char *path)
{
	const char *kind = ending(path);
	size_t limit = strcmp(kind, "csv") == 0 ? (size_t)FILE_LIMIT_CSV :
						  (size_t)FILE_LIMIT_METADATA;
	struct source source;

	if (source_read(&source, &bench->arena, folder, path, limit,
		(struct pos){ 0 }, &bench->diags) == -1)
		return NULL;
	if (strcmp(kind, "csv") == 0)
		return csv_read(&bench->arena, &source, &bench->diags);
	if (strcmp(kind, "json") == 0)
		return json_read(&bench->arena, &source, &bench->diags);
	if (strcmp(kind, "xml") == 0)
		return xml_read(&bench->arena, &source, &bench->diags);
	return yaml_read(&bench->arena, &source, &bench->diags);
}

/* Whether the message of the entry holds one of the words of a|b|c. */
static bool
mentions(const struct diag *diag, const char *words)
{
	char message[512];
	char word[64];

	snprintf(message, sizeof(message), "%s: %s", diag_sentence(diag->id),
	    diag->detail);
	while (*words != '\0') {
		size_t n = strcspn(words, "|");

		snprintf(word, sizeof(word), "%.*s", (int)n, words);
		if (strcasestr(message, word) != NULL)
			return true;
		words += n + (words[n] == '|' ? 1 : 0);
	}
	return false;
}

static bool
is_later(const char *name)
{
	for (size_t i = 0; i < sizeof(later) / sizeof(later[0]); i++)
		if (strcmp(later[i], name) == 0)
			return true;
	return false;
}

/* Refused with one error, on the line and in the words of the row. */
static bool
is_refused(const struct bench *bench, const struct value *row)
{
	const struct diag *diag = bench->diags.last;
	const char *line = value_text(row, "line");
	unsigned long long number = 0;

	if (diag == NULL || bench->diags.n_errors != 1)
		return false;
	if (line[0] != '\0' &&
	    (!num_read_count(line, strlen(line), &number) ||
		diag->pos.line != number))
		return false;
	return mentions(diag, value_text(row, "message_mentions_any_of"));
}

/* A mark of direction is read, and noted at its line. */
static bool
is_neutralised(const struct bench *bench, const struct value *row)
{
	const char *line = value_text(row, "line");

	if (line[0] == '\0')
		return bench->diags.n == 0;
	return bench->diags.n == 1 && bench->diags.n_errors == 0 &&
	    bench->diags.first->pos.line == (unsigned)(line[0] - '0') &&
	    mentions(
		bench->diags.first, value_text(row, "message_mentions_any_of"));
}

/* The figures of a fairness file that is well-formed, but holds no number. */
static bool
holds_text_for_a_number(const struct value *rows, const struct value *row)
{
	const char *n = value_text(rows->first, "n");
	double number;

	return n != NULL && !num_read(n, strlen(n), &number) &&
	    value_get(rows->first, "n")->pos.line ==
	    (unsigned)(value_text(row, "line")[0] - '0');
}

static bool
is_as_expected(const struct bench *bench, const struct value *row,
    const struct value *value)
{
	const char *name = value_text(row, "file");
	const char *expected = value_text(row, "expected");

	if (is_later(name))
		return value != NULL && bench->diags.n == 0;
	if (strcmp(name, "text-in-number.csv") == 0)
		return value != NULL && holds_text_for_a_number(value, row);
	if (strcmp(expected, "accept") == 0)
		return value != NULL && bench->diags.n == 0;
	if (strcmp(expected, "neutralise") == 0)
		return value != NULL && is_neutralised(bench, row);
	return value == NULL && is_refused(bench, row);
}

static void
show(const struct bench *bench)
{
	for (const struct diag *d = bench->diags.first; d != NULL; d = d->next)
		printf("# %u:%u %s: %s [%s]\n", d->pos.line, d->pos.column,
		    diag_sentence(d->id), d->detail, diag_name(d->id));
}

static void
check_row(struct bench *bench, const struct value *row)
{
	static const char generated[] = "gen.py:";
	const char *name = value_text(row, "file");
	bool made = strncmp(name, generated, sizeof(generated) - 1) == 0;
	const struct folder *folder = made ? &bench->made : &bench->stored;
	const char *path = made ? name + sizeof(generated) - 1 : name;
	struct timespec a, b;
	const struct value *value;

	if (made && !bench->has_made) {
		tap_skip("python3 is not here to generate files");
		return;
	}
	bench->diags = (struct diag_list){ .arena = &bench->arena };
	clock_gettime(CLOCK_MONOTONIC, &a);
	value = read_file(bench, folder, path);
	clock_gettime(CLOCK_MONOTONIC, &b);
	if (!tap_check(
		is_as_expected(bench, row, value), __FILE__, __LINE__, name))
		show(bench);
	if (b.tv_sec - a.tv_sec > SECONDS)
		tap_check(false, __FILE__, __LINE__, "read in time");
}

/* No carriage return, no mark at the start, nothing lost. */
static void
check_controls(struct bench *bench)
{
	const struct value *value =
	    read_file(bench, &bench->stored, "crlf.yaml");
	const struct value *model = value_get(value, "model");

	CHECK_STR(value_text(model, "id"), "sample-crlf");
	CHECK_STR(value_text(model, "note"), "one\ntwo\n");
	value = read_file(bench, &bench->stored, "bom-utf8.yaml");
	CHECK_STR(value_text(value_get(value, "model"), "id"), "sample-bom");
	if (!bench->has_made)
		return;
	value = read_file(bench, &bench->made, "long-text.yaml");
	CHECK_INT(value_get(value_get(value, "model"), "summary")->len, 35000);
}

/* Let gen.py write into a folder of its own. */
static void
generate(struct bench *bench)
{
	char command[256];
	FILE *pipe;

	bench->made.fd = -1;
	snprintf(bench->made_path, sizeof(bench->made_path),
	    "/tmp/dossier-t-bad-XXXXXX");
	if (mkdtemp(bench->made_path) == NULL)
		return;
	snprintf(command, sizeof(command),
	    "python3 " BAD_INPUTS "/gen.py %s 2>&1", bench->made_path);
	pipe = popen(command, "r");
	if (pipe == NULL || pclose(pipe) != 0)
		return;
	bench->has_made =
	    folder_open(&bench->made, bench->made_path, "", &bench->diags) == 0;
}

static void
clean(struct bench *bench)
{
	static const char *const names[] = { "deep-flow.yaml",
		"one-scalar.yaml", "deep.json", "attrs.cdx.xml",
		"long-text.yaml", "fs/fifo.yaml", "fs", "" };
	char path[128];

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(
		    path, sizeof(path), "%s/%s", bench->made_path, names[i]);
		remove(path);
	}
	folder_close(&bench->made);
	folder_close(&bench->stored);
	arena_free(&bench->arena);
}

int
main(void)
{
	struct bench bench = { 0 };
	const struct value *index = NULL;

	bench.diags.arena = &bench.arena;
	bench.made.fd = -1;
	if (folder_open(&bench.stored, BAD_INPUTS, "", &bench.diags) == 0)
		index = read_file(&bench, &bench.stored, "index.csv");
	CHECK(index != NULL);
	if (index == NULL)
		return tap_done();
	generate(&bench);
	CHECK(index->n >= 38);
	for (const struct value *row = index->first; row != NULL;
	     row = row->next)
		check_row(&bench, row);
	check_controls(&bench);
	clean(&bench);
	CHECK_INT(access(bench.made_path, F_OK), -1);
	return tap_done();
}
