#include "html/compile.h"

#include <string.h>

#include "base/near.h"
#include "html/place.h"

/* The bindings of a start tag; NULL where there is none. */
struct bindings {
	const struct markup_attr *each;
	const struct markup_attr *only_if;
	const struct markup_attr *unless;
	const struct markup_attr *text;
	const struct markup_attr *otherwise;
	const struct markup_attr *include;
	const struct markup_attr *none;
	size_t n_others; /* attributes that are none of these */
};

static const char *const binding_names[] = { "data-each", "data-if",
	"data-unless", "data-text", "data-else", "data-include", "data-none",
	"data-title" };

enum { N_BINDINGS = sizeof(binding_names) / sizeof(binding_names[0]) };

static bool
begins(struct markup_span span, const char *word)
{
	return span.n >= strlen(word) &&
	    memcmp(span.p, word, strlen(word)) == 0;
}

void
html_compile_fail(
    struct html_compiler *compiler, const char *p, const char *what)
{
	const struct source *source = compiler->markup.source;

	diag_add(compiler->diags, DIAG_TEMPLATE,
	    source_pos(source, markup_offset(source, p)), "%s", what);
}

/* Append an operation and return its index. */
static size_t
append(struct html_compiler *compiler, struct html_op op)
{
	if (compiler->n_ops == compiler->size) {
		compiler->size = compiler->size > 0 ? compiler->size * 2 : 256;
		compiler->ops = memory_grow(
		    compiler->ops, compiler->size, sizeof(compiler->ops[0]));
	}
	compiler->ops[compiler->n_ops] = op;
	return compiler->n_ops++;
}

size_t
html_emit(struct html_compiler *compiler, struct html_op op)
{
	struct text *text = &compiler->literal;

	if (text->n > 0) {
		op.before = arena_dup(compiler->arena, text->p, text->n);
		op.n_before = text->n;
		text_clear(text);
	}
	return append(compiler, op);
}

/* The character a reference stands for; '\0' for others. */
static char
reference(struct markup_span *span)
{
	static const struct {
		const char *text;
		char c;
	} known[] = { { "&lt;", '<' }, { "&gt;", '>' }, { "&amp;", '&' },
		{ "&quot;", '"' }, { "&apos;", '\'' } };

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (begins(*span, known[i].text)) {
			span->p += strlen(known[i].text);
			span->n -= strlen(known[i].text);
			return known[i].c;
		}
	}
	return '\0';
}

/* The value of an attribute with its references replaced; the caller frees. */
static int
decode(struct html_compiler *compiler, const struct markup_attr *attr,
    struct text *out)
{
	struct markup_span left = attr->value;

	while (left.n > 0) {
		char c = *left.p;

		if (c == '&') {
			c = reference(&left);
			if (c == '\0') {
				html_compile_fail(compiler, left.p,
				    "only &lt; &gt; &amp; &quot; &apos; may "
				    "stand in an expression");
				return -1;
			}
			text_putc(out, c);
			continue;
		}
		text_putc(out, c);
		left.p++;
		left.n--;
	}
	return 0;
}

/* Emit an operation with the expression of the attribute; its index. */
static size_t
emit_expr(struct html_compiler *compiler, struct html_op op,
    const struct markup_attr *attr)
{
	struct html_expr *expr = arena_alloc(compiler->arena, sizeof(*expr));
	bool writes = op.kind == HTML_OP_TEXT || op.kind == HTML_OP_ATTR ||
	    op.kind == HTML_OP_STYLE;
	struct text value = { 0 };
	const char *wrong = NULL;

	if (decode(compiler, attr, &value) == 0)
		wrong = html_expr_parse(
		    expr, compiler->eval, text_str(&value), value.n);
	if (wrong == NULL && expr->kind == HTML_EXPR_PATTERN && !writes)
		wrong = "a pattern is neither true nor a node";
	if (wrong != NULL)
		html_compile_fail(compiler, attr->value.p, wrong);
	text_free(&value);
	op.expr = expr;
	op.source = compiler->markup.source;
	op.offset = markup_offset(op.source, attr->value.p);
	return html_emit(compiler, op);
}

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

static bool
is_one_of(struct markup_span name, const char *const words[], size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (markup_is(name, words[i]))
			return true;
	}
	return false;
}

static bool
is_void(struct markup_span name)
{
	static const char *const names[] = { "area", "br", "col", "hr", "link",
		"meta", "wbr" };

	return is_one_of(name, names, sizeof(names) / sizeof(names[0]));
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

/* The binding is not one we know: say which one it may be. */
static void
fail_unknown(struct html_compiler *compiler, struct markup_span name)
{
	const char *word = arena_dup(compiler->arena, name.p, name.n);
	const char *near = near_word(word, binding_names, N_BINDINGS);

	html_compile_fail(compiler, name.p,
	    near == NULL ? "unknown binding" :
			   arena_printf(compiler->arena,
			       "unknown binding: did you mean %s?", near));
}

/* Sort the attributes of the start tag into bindings and others. */
static struct bindings
take_bindings(struct html_compiler *compiler)
{
	const struct markup *tag = &compiler->markup;
	struct bindings out = {
		.each = markup_attr(tag, "data-each"),
		.only_if = markup_attr(tag, "data-if"),
		.unless = markup_attr(tag, "data-unless"),
		.text = markup_attr(tag, "data-text"),
		.otherwise = markup_attr(tag, "data-else"),
		.include = markup_attr(tag, "data-include"),
		.none = markup_attr(tag, "data-none"),
	};

	for (size_t i = 0; i < tag->n_attrs; i++) {
		struct markup_span name = tag->attrs[i].name;

		if (is_one_of(name, binding_names, N_BINDINGS))
			continue;
		out.n_others++;
		if (begins(name, "data-") && !begins(name, "data-attr-"))
			fail_unknown(compiler, name);
	}
	return out;
}

/* Whether the bindings can stand together on the element. */
static void
check_bindings(struct html_compiler *compiler, const struct bindings *bindings)
{
	const struct markup *tag = &compiler->markup;
	bool group = markup_is(tag->span, "template");
	size_t n_id = markup_attr(tag, "id") != NULL ? 1 : 0;
	const struct markup_attr *title = markup_attr(tag, "data-title");

	if (bindings->otherwise != NULL && bindings->text == NULL)
		html_compile_fail(compiler, bindings->otherwise->name.p,
		    "data-else stands without data-text");
	if (title != NULL && !markup_is(tag->span, "link"))
		html_compile_fail(compiler, title->name.p,
		    "data-title stands only on the style sheet");
	if (bindings->none != NULL && bindings->each == NULL)
		html_compile_fail(compiler, bindings->none->name.p,
		    "data-none stands without data-each");
	if (bindings->include != NULL &&
	    (bindings->text != NULL || bindings->n_others > 0))
		html_compile_fail(compiler, bindings->include->name.p,
		    "an element that is replaced has no other attribute");
	if (group && bindings->n_others > n_id)
		html_compile_fail(
		    compiler, tag->span.p, "a group has no attribute but id");
	if (bindings->text != NULL && is_void(tag->span))
		html_compile_fail(compiler, bindings->text->name.p,
		    "this element holds no text");
}

/* Emit the operations that decide whether and how often. */
static void
open_blocks(struct html_compiler *compiler, const struct bindings *bindings,
    struct html_open *open)
{
	const struct {
		const struct markup_attr *attr;
		enum html_op_kind kind;
	} blocks[] = { { bindings->only_if, HTML_OP_IF },
		{ bindings->unless, HTML_OP_UNLESS },
		{ bindings->each, HTML_OP_EACH } };

	for (size_t i = 0; i < sizeof(blocks) / sizeof(blocks[0]); i++) {
		if (blocks[i].attr != NULL)
			open->blocks[open->n_blocks++] = emit_expr(compiler,
			    (struct html_op){ .kind = blocks[i].kind },
			    blocks[i].attr);
	}
	if (bindings->none != NULL)
		open->none = *bindings->none;
}

/* Emit the call of the fragment that the attribute names. */
static void
emit_call(struct html_compiler *compiler, const struct markup_attr *attr)
{
	struct html_op op = { .kind = HTML_OP_CALL,
		.source = compiler->markup.source };

	op.offset = markup_offset(op.source, attr->value.p);
	op.jump = html_fragment_wanted(compiler, attr);
	html_emit(compiler, op);
}

/*
 * End a loop.  With data-none the page goes on behind a call that is reached
 * only when there was no node:  EACH body NEXT GOTO | CALL |
 */
static void
close_loop(
    struct html_compiler *compiler, const struct html_open *open, size_t each)
{
	size_t over;

	html_emit(compiler,
	    (struct html_op){ .kind = HTML_OP_NEXT, .jump = each + 1 });
	if (open->none.name.n == 0) {
		compiler->ops[each].jump = compiler->n_ops;
		return;
	}
	over = html_emit(compiler, (struct html_op){ .kind = HTML_OP_GOTO });
	compiler->ops[each].jump = compiler->n_ops;
	emit_call(compiler, &open->none);
	compiler->ops[over].jump = compiler->n_ops;
}

/*
 * End what open_blocks() began: set the jumps to here.  What is to be copied
 * inside a condition must not wait for the operation behind it.
 */
static void
close_blocks(struct html_compiler *compiler, const struct html_open *open)
{
	for (size_t i = open->n_blocks; i > 0; i--) {
		size_t block = open->blocks[i - 1];

		if (compiler->ops[block].kind == HTML_OP_EACH) {
			close_loop(compiler, open, block);
			continue;
		}
		if (compiler->literal.n > 0)
			html_emit(
			    compiler, (struct html_op){ .kind = HTML_OP_COPY });
		compiler->ops[block].jump = compiler->n_ops;
	}
}

/* Write an attribute that the template itself gives. */
static void
put_static(struct html_compiler *compiler, const struct markup_attr *attr)
{
	struct text *out = &compiler->literal;
	bool refused =
	    html_place_of(attr->name.p, attr->name.n) == HTML_PLACE_FORBIDDEN;

	if (refused ||
	    (markup_is(attr->name, "href") &&
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
	if (n == 0 || op.place == HTML_PLACE_FORBIDDEN) {
		html_compile_fail(compiler, attr->name.p,
		    "attribute is not allowed in a template");
		return;
	}
	op.p = arena_printf(compiler->arena, " %.*s=\"", (int)n, name);
	op.n = n + 3;
	emit_expr(compiler, op, attr);
}

/* Whether the tag binds the attribute of that name. */
static bool
is_bound(const struct markup *tag, struct markup_span name)
{
	size_t skip = strlen("data-attr-");

	for (size_t i = 0; i < tag->n_attrs; i++) {
		struct markup_span other = tag->attrs[i].name;

		if (begins(other, "data-attr-") && other.n - skip == name.n &&
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

		if (begins(attr->name, "data-attr-"))
			emit_bound(compiler, attr);
		else if (!begins(attr->name, "data-") &&
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
		emit_expr(compiler, op, title);
	else
		html_emit(compiler, op);
}

/* Whether an element inside content that is replaced has bindings. */
static void
check_mute(struct html_compiler *compiler)
{
	const struct markup *tag = &compiler->markup;

	for (size_t i = 0; i < tag->n_attrs; i++) {
		if (begins(tag->attrs[i].name, "data-"))
			html_compile_fail(compiler, tag->attrs[i].name.p,
			    "binding inside content that is replaced");
	}
}

/* Write what stands between and around the tags of an element. */
static void
open_content(struct html_compiler *compiler, const struct bindings *bindings,
    struct html_open *open)
{
	struct html_op text = { .kind = HTML_OP_TEXT };

	if (bindings->include != NULL) {
		emit_call(compiler, bindings->include);
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
	emit_expr(compiler, text, bindings->text);
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
	if (tag->closed && !is_void(open->name) && !open->drawing) {
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
		close_blocks(compiler, open);
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
		struct bindings bindings = take_bindings(compiler);

		check_bindings(compiler, &bindings);
		open_blocks(compiler, &bindings, &open);
		open_content(compiler, &bindings, &open);
	}
	if (tag->closed || is_void(tag->span)) {
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
	close_blocks(compiler, open);
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
