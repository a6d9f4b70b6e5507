#include "app/compile.h"

#include <stdio.h>

#include "check/outline.h"
#include "intake/vocabulary.h"
#include "read/compiled.h"
#include "read/yaml.h"

/*
 * Add one file.  What is read from a tree says nothing, so a file of which its
 * reader has something to say is left out.
 */
static int
add_file(struct compilation *out, struct session *s, const char *path,
    bool is_outline)
{
	struct source source;
	size_t before = s->diags.n;
	const struct value *tree;

	if (source_read(&source, &s->arena, &s->pipeline.schemas, path,
		FILE_LIMIT_METADATA, (struct pos){ 0 }, &s->diags) == -1)
		return -1;
	tree = is_outline ? outline_read(&s->arena, &source, &s->diags) :
			    yaml_read(&s->arena, &source, &s->diags);
	if (tree != NULL && s->diags.n == before)
		compilation_add(out, &source, tree);
	return tree != NULL ? 0 : -1;
}

static int
add_all(struct compilation *out, struct session *s)
{
	struct name_list rules;

	if (add_file(out, s, VOCABULARY_FILE, false) == -1 ||
	    folder_list(&rules, &s->arena, &s->pipeline.schemas,
		CATALOGUE_FOLDER, ".yaml", &s->diags) == -1)
		return -1;
	for (size_t i = 0; i < rules.n; i++)
		if (add_file(out, s,
			arena_printf(&s->arena, "%s/%s", CATALOGUE_FOLDER,
			    rules.names[i]),
			true) == -1)
			return -1;
	return 0;
}

int
compile_schemas(struct session *session)
{
	struct compilation out = { .arena = &session->arena };
	int status = STATUS_INPUT;

	if (add_all(&out, session) == 0)
		status = compilation_write(&out, &session->pipeline.schemas,
			     &session->diags) == 0 ?
		    STATUS_OPEN :
		    STATUS_OUTPUT;
	if (status == STATUS_OPEN && !session->is_quiet)
		printf("%zu files compiled into schemas/%s\n", out.n,
		    COMPILED_FILE);
	compilation_free(&out);
	return status;
}
