#include <string.h>

#include "html/program.h"
#include "html/schema.h"
#include "html/xpath.h"

/* Where a path stands in the contract. */
struct where {
	enum { WHERE_UNKNOWN, WHERE_DOCUMENT, WHERE_ELEMENT } kind;
	const xmlNode *element;     /* its declaration */
	const struct where *parent; /* NULL above the document */
	const char *name;           /* for messages */
};

/* The state of html_check(). */
struct checker {
	const struct html_template *page;
	struct html_schema schema;
	struct diag_list *diags;
	const struct html_op *op; /* for messages */
	bool failed;
};

static const struct where unknown = { WHERE_UNKNOWN, NULL, NULL, "?" };

/* Add that a name is not declared there, with what was perhaps meant. */
static void
fail_name(struct checker *checker, const struct where *where, bool attribute,
    const char *name)
{
	const char *near = html_schema_near(
	    &checker->schema, checker->diags->arena, attribute, name);
	struct text detail = { 0 };

	text_printf(&detail, "%s has no %s %s",
	    where->kind == WHERE_ELEMENT      ? where->name :
		where->kind == WHERE_DOCUMENT ? "the document" :
						"the contract",
	    attribute ? "attribute" : "element", name);
	if (near != NULL && strcmp(near, name) != 0)
		text_printf(&detail, ": did you mean %s?", near);
	diag_add(checker->diags, DIAG_TEMPLATE, html_op_pos(checker->op), "%s",
	    text_str(&detail));
	text_free(&detail);
	checker->failed = true;
}

static const struct where *
make_where(struct checker *checker, const struct where *parent,
    const xmlNode *element, const char *name)
{
	struct where *where =
	    arena_alloc(checker->diags->arena, sizeof(*where));

	where->kind = element != NULL ? WHERE_ELEMENT : WHERE_DOCUMENT;
	where->element = element;
	where->parent = parent;
	where->name = name;
	return where;
}

/* Check the name of an attribute at a place. */
static void
check_attribute(
    struct checker *checker, const struct where *where, const char *name)
{
	bool found = where->kind == WHERE_UNKNOWN ?
	    html_schema_names(&checker->schema, true, name) :
	    where->kind == WHERE_ELEMENT &&
		html_schema_attribute(&checker->schema, where->element, name);

	if (!found)
		fail_name(checker, where, true, name);
}

/* Go down to the children of a name, NULL for any. */
static const struct where *
go_down(struct checker *checker, const struct where *where, const char *name)
{
	const xmlNode *child;

	if (name == NULL)
		return &unknown;
	if (where->kind == WHERE_UNKNOWN) {
		if (!html_schema_names(&checker->schema, false, name))
			fail_name(checker, where, false, name);
		return &unknown;
	}
	child = html_schema_child(&checker->schema, where->element, name);
	if (child != NULL)
		return make_where(checker, where, child, name);
	fail_name(checker, where, false, name);
	return &unknown;
}

static const struct where *
go_up(const struct where *where)
{
	return where->parent != NULL ? where->parent : &unknown;
}

/* Check the names in the predicates of a step that led there. */
static void
check_predicates(struct checker *checker, const struct html_step *step,
    const struct where *where)
{
	for (size_t i = 0; i < step->n_predicates; i++) {
		const struct html_predicate *predicate = &step->predicates[i];

		if (predicate->of == HTML_STEP_ATTRIBUTE)
			check_attribute(checker, where, predicate->name);
		else if (predicate->of == HTML_STEP_CHILD)
			go_down(checker, where, predicate->name);
	}
}

/* Follow a path through the contract; the place it leads to. */
static const struct where *
follow(struct checker *checker, const struct html_path *path,
    const struct where *where)
{
	for (size_t i = 0; i < path->n; i++) {
		const struct html_step *step = &path->steps[i];

		switch (step->kind) {
		case HTML_STEP_ROOT:
			where = make_where(checker, NULL, NULL, "");
			break;
		case HTML_STEP_SELF:
			break;
		case HTML_STEP_PARENT:
			where = go_up(where);
			break;
		case HTML_STEP_CHILD:
			where = go_down(checker, where, step->name);
			check_predicates(checker, step, where);
			break;
		case HTML_STEP_ATTRIBUTE:
			check_attribute(checker, where, step->name);
			where = &unknown;
			break;
		}
	}
	return where;
}

/* Follow a path and what stands behind "??" in it. */
static const struct where *
follow_all(struct checker *checker, const struct html_path *path,
    const struct where *where)
{
	const struct where *first = follow(checker, path, where);

	while ((path = path->otherwise) != NULL) {
		if (follow(checker, path, where)->element != first->element)
			first = &unknown;
	}
	return first;
}

/* Check every name of an XPath, wherever it may stand. */
static void
check_words(struct checker *checker, const char *xpath)
{
	struct html_words words = { .at = xpath };

	while (html_words_next(&words)) {
		bool attribute = words.kind == HTML_WORD_ATTRIBUTE;
		const char *name =
		    arena_dup(checker->diags->arena, words.p, words.n);

		if ((attribute || words.kind == HTML_WORD_ELEMENT) &&
		    !html_schema_names(&checker->schema, attribute, name))
			fail_name(checker, &unknown, attribute, name);
	}
}

/* The path an XPath in parentheses is when its predicates are left out. */
static const char *
bare_path(struct checker *checker, const char *xpath, struct html_path *path)
{
	struct text bare = { 0 };
	unsigned depth = 0;
	const char *wrong;

	for (const char *p = xpath; *p != '\0'; p++) {
		depth -= *p == ']';
		depth += *p == '[';
		if (depth == 0 && strchr("()] ", *p) == NULL)
			text_putc(&bare, *p);
	}
	wrong = html_path_parse(
	    path, checker->diags->arena, text_str(&bare), bare.n);
	text_free(&bare);
	return wrong;
}

/* Check an expression; the place its nodes stand at. */
static const struct where *
check_expr(struct checker *checker, const struct html_expr *expr,
    const struct where *where)
{
	struct html_path path;

	switch (expr->kind) {
	case HTML_EXPR_PATH:
		return follow_all(checker, &expr->path, where);
	case HTML_EXPR_XPATH:
		check_words(checker, expr->source);
		if (checker->op->kind == HTML_OP_EACH &&
		    bare_path(checker, expr->source, &path) == NULL)
			return follow_all(checker, &path, where);
		return &unknown;
	case HTML_EXPR_PATTERN:
		for (size_t i = 0; i < expr->n_parts; i++) {
			if (expr->parts[i].value != NULL)
				check_expr(
				    checker, expr->parts[i].value, where);
		}
		break;
	}
	return &unknown;
}

/*
 * Check from an operation on, to the end of the loop or of the fragment it
 * stands in; the operation behind that.
 */
static size_t
check_from(struct checker *checker, size_t at, const struct where *where)
{
	for (;;) {
		const struct html_op *op = &checker->page->ops[at++];
		const struct where *there = where;

		checker->op = op;
		if (op->kind == HTML_OP_NEXT || op->kind == HTML_OP_RETURN)
			return at;
		if (op->expr != NULL)
			there = check_expr(checker, op->expr, where);
		if (op->kind == HTML_OP_EACH)
			at = check_from(checker, at, there);
		if (op->kind == HTML_OP_CALL)
			check_from(checker, op->jump, where);
	}
}

int
html_check(const struct html_template *page, xmlDoc *const schemas[], size_t n,
    struct diag_list *diags)
{
	struct checker checker = {
		.page = page, .schema = { schemas, n }, .diags = diags
	};

	check_from(&checker, 0, make_where(&checker, NULL, NULL, ""));
	return checker.failed ? -1 : 0;
}
