#include "read/compiled.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "read/flat.h"
#include "read/yaml.h"
#include "tap.h"

static const char first[] = "a: 1\nb: [x, 'y']\n";
static const char second[] = "rules:\n  - {id: A, why: because}\n";

/* A folder with two files and their trees. */
struct shelf {
	char path[32];
	struct folder folder;
	struct arena arena;
	struct diag_list diags;
	struct compiled compiled;
};

static void
put(const struct shelf *shelf, const char *name, const void *p, size_t n)
{
	unlinkat(shelf->folder.fd, name, 0);
	if (file_write(shelf->folder.fd, name, p, n) == -1)
		abort();
}

static void
add(struct compilation *out, struct shelf *shelf, const char *name)
{
	struct source source;
	const struct value *tree;

	if (source_read(&source, &shelf->arena, &shelf->folder, name,
		FILE_LIMIT_METADATA, (struct pos){ 0 }, &shelf->diags) == -1)
		abort();
	tree = yaml_read(&shelf->arena, &source, &shelf->diags);
	if (tree == NULL)
		abort();
	compilation_add(out, &source, tree);
}

static int
compile(struct shelf *shelf)
{
	struct compilation out = { .arena = &shelf->arena };
	int rc;

	add(&out, shelf, "a.yaml");
	add(&out, shelf, "b.yaml");
	rc = compilation_write(&out, &shelf->folder, &shelf->diags);
	compilation_free(&out);
	return rc;
}

static void
open_shelf(struct shelf *shelf)
{
	*shelf = (struct shelf){ .path = "/tmp/t_compiled.XXXXXX" };
	shelf->diags.arena = &shelf->arena;
	shelf->compiled.fd = -1;
	if (mkdtemp(shelf->path) == NULL ||
	    folder_open(&shelf->folder, shelf->path, "shown", &shelf->diags) ==
		-1)
		abort();
	put(shelf, "a.yaml", first, sizeof(first) - 1);
	put(shelf, "b.yaml", second, sizeof(second) - 1);
	CHECK_INT(compile(shelf), 0);
}

static void
close_shelf(struct shelf *shelf)
{
	compiled_close(&shelf->compiled);
	unlinkat(shelf->folder.fd, "a.yaml", 0);
	unlinkat(shelf->folder.fd, "b.yaml", 0);
	unlinkat(shelf->folder.fd, COMPILED_FILE, 0);
	folder_close(&shelf->folder);
	CHECK_INT(rmdir(shelf->path), 0); /* nothing is left behind */
	arena_free(&shelf->arena);
}

/* The tree of a file as it is had from the folder now, or NULL. */
static const struct value *
tree(struct shelf *shelf, const char *name)
{
	compiled_close(&shelf->compiled);
	compiled_open(&shelf->compiled, &shelf->arena, &shelf->folder);
	return compiled_tree(
	    &shelf->compiled, &shelf->arena, &shelf->folder, name);
}

static void
finds_what_was_compiled(void)
{
	struct shelf shelf;
	const struct value *a, *b;

	open_shelf(&shelf);
	a = tree(&shelf, "a.yaml");
	b = tree(&shelf, "b.yaml");
	CHECK(a != NULL && b != NULL);
	CHECK_STR(value_text(a, "a"), "1");
	CHECK_STR(value_get(a, "b")->last->text, "y");
	CHECK(value_get(a, "b")->last->quoted);
	CHECK_STR(a->pos.file, "shown/a.yaml");
	CHECK_INT(value_get(a, "b")->last->pos.line, 2);
	CHECK_INT(value_get(a, "b")->last->pos.column, 8);
	CHECK_STR(value_text(value_get(b, "rules")->first, "why"), "because");
	CHECK(tree(&shelf, "c.yaml") == NULL);
	CHECK_INT(shelf.diags.n, 0);
	close_shelf(&shelf);
}

/* What matters is what is in the file, not its name, age or place. */
static void
sees_an_edit(void)
{
	struct shelf shelf;

	open_shelf(&shelf);
	put(&shelf, "a.yaml", "a: 2\nb: [x, 'y']\n", sizeof(first) - 1);
	CHECK(tree(&shelf, "a.yaml") == NULL);
	CHECK(tree(&shelf, "b.yaml") != NULL);
	put(&shelf, "a.yaml", second, sizeof(second) - 1);
	CHECK_STR(
	    value_text(value_get(tree(&shelf, "a.yaml"), "rules")->first, "id"),
	    "A");
	put(&shelf, "a.yaml", first, sizeof(first) - 1);
	CHECK(tree(&shelf, "a.yaml") != NULL);
	CHECK_INT(compile(&shelf), 0);
	CHECK(tree(&shelf, "a.yaml") != NULL);
	unlinkat(shelf.folder.fd, COMPILED_FILE, 0);
	CHECK(tree(&shelf, "a.yaml") == NULL);
	close_shelf(&shelf);
}

/* The file of trees in memory. */
static struct source
image_of(struct shelf *shelf)
{
	struct source image;

	if (source_read(&image, &shelf->arena, &shelf->folder, COMPILED_FILE,
		FILE_LIMIT_METADATA, (struct pos){ 0 }, &shelf->diags) == -1)
		abort();
	return image;
}

/* Which of the two files have a tree; -1 when one is another tree. */
static int
had(struct shelf *shelf)
{
	static const char *const names[] = { "a.yaml", "b.yaml" };
	static const char *const texts[] = { first, second };
	int n = 0;

	for (size_t i = 0; i < 2; i++) {
		const struct value *got = tree(shelf, names[i]);
		struct text a = { 0 }, b = { 0 };
		struct source source;
		bool same;

		if (got == NULL)
			continue;
		source_of_bytes(&source, "shown/x", texts[i], strlen(texts[i]));
		flat_write(&a, got);
		flat_write(
		    &b, yaml_read(&shelf->arena, &source, &shelf->diags));
		same = a.n == b.n && memcmp(a.p, b.p, a.n) == 0;
		text_free(&a);
		text_free(&b);
		if (!same)
			return -1;
		n++;
	}
	return n;
}

/* Cut at any length it gives what it gave, or nothing. */
static void
ignores_a_cut_file(void)
{
	struct shelf shelf;
	struct source image;
	size_t whole = 0, wrong = 0;

	open_shelf(&shelf);
	image = image_of(&shelf);
	CHECK_INT(had(&shelf), 2);
	for (size_t n = 0; n < image.size; n++) {
		int trees;

		put(&shelf, COMPILED_FILE, image.bytes, n);
		trees = had(&shelf);
		wrong += trees == -1;
		whole += trees == 2;
	}
	CHECK_INT(wrong, 0);
	CHECK_INT(whole, 0);
	CHECK_INT(shelf.diags.n, 0);
	close_shelf(&shelf);
}

/* With any byte changed at least one tree is gone, and none is another. */
static void
ignores_an_altered_file(void)
{
	struct shelf shelf;
	struct source image;
	size_t whole = 0, wrong = 0;
	char *bytes;

	open_shelf(&shelf);
	image = image_of(&shelf);
	bytes = arena_dup(&shelf.arena, image.bytes, image.size);
	for (size_t i = 0; i < image.size; i++) {
		int trees;

		bytes[i] = (char)(image.bytes[i] ^ (1 << i % 8));
		put(&shelf, COMPILED_FILE, bytes, image.size);
		bytes[i] = image.bytes[i];
		trees = had(&shelf);
		wrong += trees == -1;
		whole += trees == 2;
	}
	CHECK_INT(wrong, 0);
	CHECK_INT(whole, 0);
	put(&shelf, COMPILED_FILE, bytes, image.size);
	CHECK_INT(had(&shelf), 2);
	close_shelf(&shelf);
}

/* What is no file of ours: a text, a folder, a link to elsewhere. */
static void
ignores_a_foreign_file(void)
{
	static const char text[] = "DOSSIER2 is what this file begins with, "
				   "and it goes on for quite a while, so that "
				   "there is room enough for a head";
	struct shelf shelf;

	open_shelf(&shelf);
	put(&shelf, COMPILED_FILE, text, sizeof(text));
	CHECK_INT(had(&shelf), 0);
	put(&shelf, COMPILED_FILE, "", 0);
	CHECK_INT(had(&shelf), 0);
	unlinkat(shelf.folder.fd, COMPILED_FILE, 0);
	CHECK_INT(mkdirat(shelf.folder.fd, COMPILED_FILE, 0700), 0);
	CHECK_INT(had(&shelf), 0);
	CHECK_INT(compile(&shelf), -1);
	CHECK_INT(shelf.diags.last->id, DIAG_PUBLISH);
	unlinkat(shelf.folder.fd, COMPILED_FILE, AT_REMOVEDIR);
	CHECK_INT(symlinkat("/etc/passwd", shelf.folder.fd, COMPILED_FILE), 0);
	CHECK_INT(had(&shelf), 0);
	CHECK_INT(compile(&shelf), 0);
	CHECK_INT(had(&shelf), 2);
	close_shelf(&shelf);
}

/* Who may read the folder may read the trees. */
static void
is_as_readable_as_its_folder(void)
{
	struct shelf shelf;
	struct stat st;

	open_shelf(&shelf);
	CHECK_INT(fstatat(shelf.folder.fd, COMPILED_FILE, &st, 0), 0);
	CHECK_INT(st.st_mode & 0777, 0600);
	CHECK_INT(fchmod(shelf.folder.fd, 0755), 0);
	CHECK_INT(compile(&shelf), 0);
	CHECK_INT(fstatat(shelf.folder.fd, COMPILED_FILE, &st, 0), 0);
	CHECK_INT(st.st_mode & 0777, 0644);
	close_shelf(&shelf);
}

/* While others write, a reader always finds all trees. */
static void
is_whole_at_any_time(void)
{
	enum { WRITERS = 3, TIMES = 40 };
	struct shelf shelf;
	pid_t children[WRITERS];
	size_t torn = 0;

	open_shelf(&shelf);
	fflush(stdout);
	for (size_t i = 0; i < WRITERS; i++) {
		children[i] = fork();
		if (children[i] != 0)
			continue;
		for (size_t j = 0; j < TIMES; j++)
			if (compile(&shelf) == -1)
				_exit(1);
		_exit(0);
	}
	for (size_t j = 0; j < TIMES; j++)
		torn += had(&shelf) != 2;
	CHECK_INT(torn, 0);
	for (size_t i = 0; i < WRITERS; i++) {
		int status = -1;

		CHECK_INT(waitpid(children[i], &status, 0), children[i]);
		CHECK_INT(status, 0);
	}
	close_shelf(&shelf);
}

int
main(void)
{
	finds_what_was_compiled();
	sees_an_edit();
	ignores_a_cut_file();
	ignores_an_altered_file();
	ignores_a_foreign_file();
	is_as_readable_as_its_folder();
	is_whole_at_any_time();
	return tap_done();
}
