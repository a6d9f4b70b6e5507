#include "html/compile.h"

#include <string.h>

#include "html/bind.h"
#include "html/place.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Append literal text, each run of blanks as one of them. */
static void
put_collapsed(struct text *out, struct markup_span span)
{
	for (size_t i = 0; i < span.n;) {
		bool line = false;

		if (!is_blank(span.p[i])) {
			text_putc(out, span.p[i++]);
			continue;
		}
		for (; i < span.n && is_blank(span.p[i]); i++)
			line |= span.p[i] == '\n';
		text_putc(out, line ? '\n' : ' ');
	}
}

/* The innermost open element, or NULL. */
static struct html_open *
innermost(struct html_compiler *compiler)
{
	return compiler->n_open > 0 ? &compiler->open[compiler->n_open - 1] :
				      NULL;
}

static bool
is_mute(struct html_compiler *compiler)
{
	return compiler->n_open > 0 && innermost(compiler)->mute;
}

/* Write an attribute that the template itself gives. */
static void
put_static(struct html_compiler *compiler, const struct markup_attr *attr)
{
	struct text *out = &compiler->literal;
	enum html_place place = html_place_of(attr->name.p, attr->name.n);

	if (place == HTML_PLACE_FORBIDDEN ||
	    (place == HTML_PLACE_URL &&
		!html_url_is_fixed(attr->value.p, attr->value.n)))
		html_compile_fail(compiler, attr->name.p,
		    "attribute is not allowed in a template");
	text_putc(out, ' ');
	text_put(out, attr->name.p, attr->name.n);
	text_puts(out, "=\"");
	for (size_t i = 0; i < attr->value.n; i++) {
		if (attr->value.p[i] == '"')
			text_puts(out, "&quot;");
		else
			text_putc(out, attr->value.p[i]);
	}
	text_putc(out, '"');
}

/* Emit an attribute that is bound. */
static void
emit_bound(struct html_compiler *compiler, const struct markup_attr *attr)
{
	size_t skip = strlen("data-attr-");
	const char *name = attr->name.p + skip;
	size_t n = attr->name.n - skip;
	struct html_op op = { .kind = HTML_OP_ATTR };

	op.place = html_place_of(name, n);
	if (n == 0 || !markup_is_name_start(*name) ||
	    op.place == HTML_PLACE_FORBIDDEN) {
		html_compile_fail(compiler, attr->name.p,
		    "attribute is not allowed in a template");
		return;
	}
	op.p = arena_printf(compiler->arena, " %.*s=\"", (int)n, name);
	op.n = n + 3;
	html_emit_expr(compiler, op, attr);
}

/* Whether the tag binds the attribute of that name. */
static bool
is_bound(const struct markup *tag, struct markup_span name)
{
	size_t skip = strlen("data-attr-");

	for (size_t i = 0; i < tag->n_attrs; i++) {
		struct markup_span other = tag->attrs[i].name;

		if (html_begins(other, "data-attr-") &&
		    other.n - skip == name.n &&
		    memcmp(other.p + skip, name.p, name.n) == 0)
			return true;
	}
	return false;
}

/* Write the start tag: its own attributes, then the bound ones in place. */
static void
put_start_tag(struct html_compiler *compiler)
{
	const struct markup *tag = &compiler->markup;
	bool named = compiler->fragment && compiler->n_open == 0;

	if (compiler->n_open == 0 && !compiler->fragment &&
	    markup_is(tag->span, "html"))
		text_puts(&compiler->literal, "<!doctype html>\n");
	text_putc(&compiler->literal, '<');
	text_put(&compiler->literal, tag->span.p, tag->span.n);
	for (size_t i = 0; i < tag->n_attrs; i++) {
		const struct markup_attr *attr = &tag->attrs[i];

		if (html_begins(attr->name, "data-attr-"))
			emit_bound(compiler, attr);
		else if (!html_begins(attr->name, "data-") &&
		    !is_bound(tag, attr->name) &&
		    !(named && markup_is(attr->name, "id")))
			put_static(compiler, attr);
	}
}

/* Emit what stands for <link rel="stylesheet">. */
static void
emit_style(struct html_compiler *compiler)
{
	const struct markup *tag = &compiler->markup;
	const struct markup_attr *rel = markup_attr(tag, "rel");
	const struct markup_attr *href = markup_attr(tag, "href");
	const struct markup_attr *title = markup_attr(tag, "data-title");
	struct html_op op = { .kind = HTML_OP_STYLE };

	if (rel == NULL || !markup_is(rel->value, "stylesheet") ||
	    href == NULL) {
		html_compile_fail(compiler, tag->span.p,
		    "only a style sheet of the templates' folder may be "
		    "linked");
		return;
	}
	op.p = html_style_sheet(compiler, href);
	if (op.p == NULL)
		return;
	op.n = strlen(op.p);
	if (title != NULL)
		html_emit_expr(compiler, op, title);
	else
		html_emit(compiler, op);
}

/* Whether an element inside content that is replaced has bindings. */
static void
check_mute(struct html_compiler *compiler)
{
	const struct markup *tag = &compiler->markup;

	for (size_t i = 0; i < tag->n_attrs; i++) {
		if (html_begins(tag->attrs[i].name, "data-"))
			html_compile_fail(compiler, tag->attrs[i].name.p,
			    "binding inside content that is replaced");
	}
}

/* Write what stands between and around the tags of an element. */
static void
open_content(struct html_compiler *compiler,
    const struct html_bindings *bindings, struct html_open *open)
{
	struct html_op text = { .kind = HTML_OP_TEXT };

	if (bindings->include != NULL) {
		html_emit_call(compiler, bindings->include);
		open->silent = true;
		open->mute = true;
		return;
	}
	if (markup_is(open->name, "link")) {
		emit_style(compiler);
		open->silent = true;
		return;
	}
	open->silent = markup_is(open->name, "template");
	if (!open->silent) {
		bool empty = compiler->markup.closed && open->drawing;

		put_start_tag(compiler);
		text_puts(&compiler->literal, empty ? "/>" : ">");
	}
	if (bindings->text == NULL)
		return;
	if (bindings->otherwise != NULL)
		text.p = arena_dup(compiler->arena,
		    bindings->otherwise->value.p, bindings->otherwise->value.n);
	text.n = text.p != NULL ? bindings->otherwise->value.n : 0;
	html_emit_expr(compiler, text, bindings->text);
	open->mute = true;
}

/* Whether the element may stand here at all. */
static int
check_element(struct html_compiler *compiler, const struct html_open *open)
{
	const struct markup *tag = &compiler->markup;

	if (html_place_forbids(open->name.p, open->name.n))
		html_compile_fail(compiler, open->name.p,
		    "element is not allowed in a template");
	if (tag->closed && !html_is_void(open->name) && !open->drawing) {
		html_compile_fail(compiler, open->name.p,
		    "only void elements and parts of a drawing may end in "
		    "\"/>\"");
		return -1;
	}
	if (compiler->n_open == HTML_OPEN_LIMIT) {
		html_compile_fail(
		    compiler, open->name.p, "elements are nested too deep");
		return -1;
	}
	return 0;
}

static void
close_element(struct html_compiler *compiler, const struct html_open *open)
{
	if (!is_mute(compiler))
		html_blocks_close(compiler, open);
}

static int
start_element(struct html_compiler *compiler)
{
	const struct markup *tag = &compiler->markup;
	struct html_open open = { .name = tag->span };
	const struct html_open *outer = innermost(compiler);

	if (outer != NULL) {
		open.mute = outer->mute;
		open.drawing = outer->drawing;
		open.exact = outer->exact;
	}
	open.drawing |= markup_is(tag->span, "svg");
	open.exact |= markup_is(tag->span, "pre");
	if (check_element(compiler, &open) == -1)
		return -1;
	if (open.mute) {
		check_mute(compiler);
	} else {
		struct html_bindings bindings = html_bindings_take(compiler);

		html_blocks_open(compiler, &bindings, &open);
		open_content(compiler, &bindings, &open);
	}
	if (tag->closed || html_is_void(tag->span)) {
		close_element(compiler, &open);
		return 0;
	}
	compiler->open[compiler->n_open++] = open;
	return 0;
}

/* Take the end tag of the innermost element. */
static int
end_element(struct html_compiler *compiler)
{
	struct markup_span name = compiler->markup.span;
	struct html_open *open = innermost(compiler);
	struct text *out = &compiler->literal;

	if (open == NULL || open->name.n != name.n ||
	    memcmp(open->name.p, name.p, name.n) != 0) {
		html_compile_fail(
		    compiler, name.p, "end tag closes another element");
		return -1;
	}
	compiler->n_open--;
	if (is_mute(compiler))
		return 0;
	if (!open->silent) {
		text_puts(out, "</");
		text_put(out, name.p, name.n);
		text_putc(out, '>');
	}
	html_blocks_close(compiler, open);
	return 0;
}

/* Take text between tags; outside the page only blanks may stand. */
static int
take_text(struct html_compiler *compiler)
{
	struct markup_span span = compiler->markup.span;
	const struct html_open *open = innermost(compiler);

	if (open == NULL) {
		for (size_t i = 0; i < span.n; i++) {
			if (is_blank(span.p[i]))
				continue;
			html_compile_fail(
			    compiler, span.p + i, "text outside the page");
			return -1;
		}
		return 0;
	}
	if (open->mute)
		return 0;
	if (open->exact)
		text_put(&compiler->literal, span.p, span.n);
	else
		put_collapsed(&compiler->literal, span);
	return 0;
}

static int
take_piece(struct html_compiler *compiler)
{
	switch (compiler->markup.kind) {
	case MARKUP_START:
		return start_element(compiler);
	case MARKUP_END:
		return end_element(compiler);
	default:
		return take_text(compiler);
	}
}

int
html_compile(
    struct html_compiler *compiler, const struct source *source, size_t offset)
{
	int more;

	compiler->markup = (struct markup){
		.source = source, .diags = compiler->diags, .at = offset
	};
	compiler->n_open = 0;
	while ((more = markup_next(&compiler->markup)) == 1) {
		if (take_piece(compiler) == -1)
			return -1;
		if (compiler->fragment && compiler->n_open == 0)
			break;
	}
	if (more == 0 && compiler->n_open > 0) {
		html_compile_fail(compiler, innermost(compiler)->name.p,
		    "element is not closed");
		return -1;
	}
	if (more == -1)
		return -1;
	html_emit(compiler, (struct html_op){ .kind = HTML_OP_RETURN });
	return 0;
}
