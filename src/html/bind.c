#include "html/bind.h"

#include <string.h>

#include "base/near.h"

static const char *const binding_names[] = { "data-each", "data-if",
	"data-unless", "data-text", "data-else", "data-include", "data-none",
	"data-title" };

enum { N_BINDINGS = sizeof(binding_names) / sizeof(binding_names[0]) };

bool
html_begins(struct markup_span span, const char *word)
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
		if (html_begins(*span, known[i].text)) {
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
size_t
html_emit_expr(struct html_compiler *compiler, struct html_op op,
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
is_one_of(struct markup_span name, const char *const words[], size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (markup_is(name, words[i]))
			return true;
	}
	return false;
}

bool
html_is_void(struct markup_span name)
{
	static const char *const names[] = { "area", "br", "col", "hr", "link",
		"meta", "wbr" };

	return is_one_of(name, names, sizeof(names) / sizeof(names[0]));
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

/* Whether the bindings can stand together on the element. */
static void
check_bindings(
    struct html_compiler *compiler, const struct html_bindings *bindings)
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
	if (bindings->text != NULL && html_is_void(tag->span))
		html_compile_fail(compiler, bindings->text->name.p,
		    "this element holds no text");
}

struct html_bindings
html_bindings_take(struct html_compiler *compiler)
{
	const struct markup *tag = &compiler->markup;
	struct html_bindings out = {
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
		if (html_begins(name, "data-") &&
		    !html_begins(name, "data-attr-"))
			fail_unknown(compiler, name);
	}
	check_bindings(compiler, &out);
	return out;
}

/* Emit the operations that decide whether and how often. */
void
html_blocks_open(struct html_compiler *compiler,
    const struct html_bindings *bindings, struct html_open *open)
{
	const struct {
		const struct markup_attr *attr;
		enum html_op_kind kind;
	} blocks[] = { { bindings->only_if, HTML_OP_IF },
		{ bindings->unless, HTML_OP_UNLESS },
		{ bindings->each, HTML_OP_EACH } };

	for (size_t i = 0; i < sizeof(blocks) / sizeof(blocks[0]); i++) {
		if (blocks[i].attr != NULL)
			open->blocks[open->n_blocks++] =
			    html_emit_expr(compiler,
				(struct html_op){ .kind = blocks[i].kind },
				blocks[i].attr);
	}
	if (bindings->none != NULL)
		open->none = *bindings->none;
}

/* Emit the call of the fragment that the attribute names. */
void
html_emit_call(struct html_compiler *compiler, const struct markup_attr *attr)
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
	html_emit_call(compiler, &open->none);
	compiler->ops[over].jump = compiler->n_ops;
}

/*
 * End what html_blocks_open() began: set the jumps to here.  What is to be copied
 * inside a condition must not wait for the operation behind it.
 */
void
html_blocks_close(struct html_compiler *compiler, const struct html_open *open)
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
