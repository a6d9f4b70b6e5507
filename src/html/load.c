#include "html/compile.h"

#include <stdlib.h>
#include <string.h>

enum { TEMPLATE_LIMIT = 1024 * 1024, NAME_LIMIT = 255 };

struct pos
html_op_pos(const struct html_op *op)
{
	return source_pos(op->source, op->offset);
}

/* The opened file of that name, read once; NULL with the reason in diags. */
static const struct source *
open_source(struct html_compiler *compiler, const char *file, struct pos pos)
{
	struct source *source;

	for (size_t i = 0; i < compiler->n_sources; i++) {
		const char *name = compiler->sources[i]->name;
		size_t n = strlen(name);
		size_t len = strlen(file);

		if (n >= len && strcmp(name + n - len, file) == 0 &&
		    (n == len || name[n - len - 1] == '/'))
			return compiler->sources[i];
	}
	if (compiler->n_sources == HTML_FRAGMENT_LIMIT)
		return NULL;
	source = arena_alloc(compiler->arena, sizeof(*source));
	if (source_read(source, compiler->arena, compiler->folder, file,
		TEMPLATE_LIMIT, pos, compiler->diags) == -1 ||
	    source_check_text(source, compiler->diags) == -1)
		return NULL;
	compiler->sources[compiler->n_sources++] = source;
	return source;
}

/* The position of an attribute's value in the file being compiled. */
static struct pos
value_pos(struct html_compiler *compiler, const struct markup_attr *attr)
{
	const struct source *source = compiler->markup.source;

	return source_pos(source, markup_offset(source, attr->value.p));
}

/* The source an include names: before "#", or the file itself. */
static const struct source *
named_source(
    struct html_compiler *compiler, const struct markup_attr *attr, size_t n)
{
	const char *file;

	if (n == 0)
		return compiler->markup.source;
	file = arena_dup(compiler->arena, attr->value.p, n);
	if (n > NAME_LIMIT || strchr(file, '/') != NULL) {
		html_compile_fail(compiler, attr->value.p,
		    "not a file of the templates' folder");
		return NULL;
	}
	return open_source(compiler, file, value_pos(compiler, attr));
}

size_t
html_fragment_wanted(
    struct html_compiler *compiler, const struct markup_attr *attr)
{
	const char *p = attr->value.p;
	const char *hash = memchr(p, '#', attr->value.n);
	struct html_fragment fragment = { 0 };
	size_t n = compiler->n_fragments;

	if (hash == NULL) {
		html_compile_fail(compiler, p, "not of the form file#id");
		return HTML_FRAGMENT_LIMIT;
	}
	fragment.source = named_source(compiler, attr, (size_t)(hash - p));
	if (fragment.source == NULL)
		return HTML_FRAGMENT_LIMIT;
	fragment.id = arena_dup(
	    compiler->arena, hash + 1, attr->value.n - (size_t)(hash - p) - 1);
	for (size_t i = 0; i < n; i++) {
		if (compiler->fragments[i].source == fragment.source &&
		    strcmp(compiler->fragments[i].id, fragment.id) == 0)
			return i;
	}
	if (n == HTML_FRAGMENT_LIMIT) {
		html_compile_fail(compiler, p, "too many fragments");
		return HTML_FRAGMENT_LIMIT;
	}
	fragment.wanted = compiler->markup.source;
	fragment.offset = markup_offset(fragment.wanted, p);
	compiler->fragments[compiler->n_fragments++] = fragment;
	return n;
}

/* Go past a comment of a style sheet; the end when it is not closed. */
static size_t
skip_comment(const struct source *source, size_t i)
{
	for (i += 2; i + 1 < source->size; i++) {
		if (source->bytes[i] == '*' && source->bytes[i + 1] == '/')
			return i + 2;
	}
	return source->size;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Whether a blank between the two bytes means nothing in a style sheet. */
static bool
is_needless(char before, char after)
{
	static const char around[] = "{};,\n";

	return before == '\0' || strchr(around, before) != NULL ||
	    after == '\0' || strchr("{};,", after) != NULL;
}

/* Append a style sheet without comments and needless blanks. */
static void
squeeze(const struct source *source, struct text *out)
{
	const char *p = source->bytes;
	char quote = '\0';

	for (size_t i = 0; i < source->size;) {
		char last = out->n > 0 ? out->p[out->n - 1] : '\0';

		if (quote == '\0' && p[i] == '/' && p[i + 1] == '*') {
			i = skip_comment(source, i);
			continue;
		}
		if (quote == '\0' && is_blank(p[i])) {
			while (i < source->size && is_blank(p[i]))
				i++;
			if (!is_needless(last, i < source->size ? p[i] : '\0'))
				text_putc(out, ' ');
			continue;
		}
		if (p[i] == '"' || p[i] == '\'')
			quote = quote == '\0' ? p[i] :
			    quote == p[i]     ? '\0' :
						quote;
		text_putc(out, p[i++]);
	}
}

const char *
html_style_sheet(struct html_compiler *compiler, const struct markup_attr *attr)
{
	const struct source *source =
	    named_source(compiler, attr, attr->value.n);
	struct text out = { 0 };
	const char *kept = NULL;
	const char *angle;

	if (source == NULL || source == compiler->markup.source)
		return NULL;
	angle = memchr(source->bytes, '<', source->size);
	if (angle != NULL) {
		diag_add(compiler->diags, DIAG_TEMPLATE,
		    source_pos(source, markup_offset(source, angle)), "%s",
		    "\"<\" in a style sheet could end it: write \\3c");
		return NULL;
	}
	squeeze(source, &out);
	kept = arena_dup(compiler->arena, text_str(&out), out.n);
	text_free(&out);
	return kept;
}

/* The offset of the element of that id; -1 when there is none. */
static int
find_element(const struct source *source, const char *id,
    struct diag_list *diags, size_t *offset)
{
	struct markup markup = { .source = source, .diags = diags };
	int more;

	while ((more = markup_next(&markup)) == 1) {
		const struct markup_attr *attr = markup_attr(&markup, "id");

		if (markup.kind == MARKUP_START && attr != NULL &&
		    markup_is(attr->value, id)) {
			*offset = markup.start;
			return 1;
		}
	}
	return more;
}

/* Compile the fragment of that index. */
static int
compile_fragment(struct html_compiler *compiler, size_t i)
{
	struct html_fragment *fragment = &compiler->fragments[i];
	size_t offset = 0;
	int found = find_element(
	    fragment->source, fragment->id, compiler->diags, &offset);

	if (found == 0)
		diag_add(compiler->diags, DIAG_TEMPLATE,
		    source_pos(fragment->wanted, fragment->offset),
		    "%s has no element of that id: %s", fragment->source->name,
		    fragment->id);
	if (found != 1)
		return -1;
	compiler->fragment = true;
	fragment->first = compiler->n_ops;
	return html_compile(compiler, fragment->source, offset);
}

/* Compile the page and then every fragment that comes to be known. */
static int
compile_all(struct html_compiler *compiler, const struct source *source)
{
	if (html_compile(compiler, source, 0) == -1)
		return -1;
	for (size_t i = 0; i < compiler->n_fragments; i++) {
		if (compile_fragment(compiler, i) == -1)
			return -1;
	}
	return 0;
}

/* How far the search for a fragment that includes itself has come. */
enum walk { WALK_NEW, WALK_OPEN, WALK_DONE };

/* Follow the calls from the operation on; -1 where they come back. */
static int
find_cycle(struct html_compiler *compiler, size_t at, enum walk *walks)
{
	for (; compiler->ops[at].kind != HTML_OP_RETURN; at++) {
		const struct html_op *op = &compiler->ops[at];

		if (op->kind != HTML_OP_CALL || walks[op->jump] == WALK_DONE)
			continue;
		if (walks[op->jump] == WALK_OPEN) {
			diag_add(compiler->diags, DIAG_TEMPLATE,
			    html_op_pos(op), "%s", "fragment includes itself");
			return -1;
		}
		walks[op->jump] = WALK_OPEN;
		if (find_cycle(compiler, compiler->fragments[op->jump].first,
			walks) == -1)
			return -1;
		walks[op->jump] = WALK_DONE;
	}
	return 0;
}

/* Let each call jump to the first operation of its fragment. */
static int
link_calls(struct html_compiler *compiler)
{
	enum walk walks[HTML_FRAGMENT_LIMIT] = { WALK_NEW };

	if (find_cycle(compiler, 0, walks) == -1)
		return -1;
	for (size_t i = 0; i < compiler->n_ops; i++) {
		struct html_op *op = &compiler->ops[i];

		if (op->kind == HTML_OP_CALL)
			op->jump = compiler->fragments[op->jump].first;
	}
	return 0;
}

struct html_template *
html_load(struct arena *arena, const struct folder *templates, const char *file,
    struct diag_list *diags)
{
	struct html_template *page = arena_alloc(arena, sizeof(*page));
	struct html_compiler *compiler = arena_alloc(arena, sizeof(*compiler));
	size_t before = diags->n_errors;
	const struct source *source;
	struct html_op *ops;

	page->file = arena_str(arena, file);
	page->eval.arena = arena;
	compiler->arena = arena;
	compiler->folder = templates;
	compiler->diags = diags;
	compiler->eval = &page->eval;
	source = open_source(compiler, page->file, (struct pos){ 0 });
	if (source == NULL || compile_all(compiler, source) == -1 ||
	    diags->n_errors > before || link_calls(compiler) == -1) {
		html_free(page);
		page = NULL;
		goto out;
	}
	ops = arena_array(arena, compiler->n_ops, sizeof(*ops));
	memcpy(ops, compiler->ops, compiler->n_ops * sizeof(*ops));
	page->ops = ops;
	page->n_ops = compiler->n_ops;
out:
	text_free(&compiler->literal);
	free(compiler->ops);
	return page;
}

void
html_free(struct html_template *page)
{
	if (page == NULL)
		return;
	html_eval_free(&page->eval);
	free(page->nodes.p);
	page->nodes = (struct html_nodes){ 0 };
}
