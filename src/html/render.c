#include "html/program.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

/* More than any page asks for: a template that runs away is stopped. */
enum { OPERATION_LIMIT = 50000000, SIZE_LIMIT = 256 * 1024 * 1024 };

/* A loop under way, or a call. */
struct frame {
	size_t back;    /* CALL: where to go on */
	xmlNode *outer; /* the node of outside */
	size_t next;    /* EACH: index of the next node */
	size_t first;   /* and of the first one */
};

/* The state of html_render(). */
struct run {
	struct html_template *page;
	struct text *out;
	struct diag_list *diags;
	xmlNode *node;
	struct frame *frames;
	size_t n_frames;
	size_t size;
	size_t at;
};

static void
push_frame(struct run *run, struct frame frame)
{
	if (run->n_frames == run->size) {
		run->size = run->size > 0 ? run->size * 2 : 32;
		run->frames =
		    memory_grow(run->frames, run->size, sizeof(run->frames[0]));
	}
	run->frames[run->n_frames++] = frame;
}

/* Begin a loop at its first node, or pass it over. */
static int
each(struct run *run, const struct html_op *op)
{
	struct html_nodes *nodes = &run->page->nodes;
	size_t first = nodes->n;

	if (html_expr_nodes(op->expr, &run->page->eval, run->node, nodes) == -1)
		return -1;
	if (nodes->n == first) {
		run->at = op->jump;
		return 0;
	}
	push_frame(run,
	    (struct frame){
		.outer = run->node, .next = first + 1, .first = first });
	run->node = nodes->p[first];
	return 0;
}

/* Go on with the next node of the innermost loop, or leave it. */
static void
next(struct run *run, const struct html_op *op)
{
	struct html_nodes *nodes = &run->page->nodes;
	struct frame *frame = &run->frames[run->n_frames - 1];

	if (frame->next < nodes->n) {
		run->node = nodes->p[frame->next++];
		run->at = op->jump;
		return;
	}
	nodes->n = frame->first;
	run->node = frame->outer;
	run->n_frames--;
}

static void
call(struct run *run, const struct html_op *op)
{
	push_frame(run, (struct frame){ .back = run->at, .outer = run->node });
	run->at = op->jump;
}

/* Write an attribute, or take its name back when it has no value. */
static int
attribute(struct run *run, const struct html_op *op)
{
	struct text *out = run->out;
	size_t before = out->n;
	int rc;

	text_put(out, op->p, op->n);
	rc = html_expr_put(
	    op->expr, &run->page->eval, run->node, op->place, out);
	if (rc == 1)
		text_putc(out, '"');
	else
		text_cut(out, before);
	return rc == -1 ? -1 : 0;
}

static int
text(struct run *run, const struct html_op *op)
{
	int rc = html_expr_put(
	    op->expr, &run->page->eval, run->node, HTML_PLACE_TEXT, run->out);

	if (rc == 0)
		text_put(run->out, op->p, op->n);
	return rc == -1 ? -1 : 0;
}

/* Jump unless the condition is as the operation wants it. */
static int
condition(struct run *run, const struct html_op *op)
{
	int holds = html_expr_test(op->expr, &run->page->eval, run->node);

	if (holds == -1)
		return -1;
	if (holds == (op->kind == HTML_OP_UNLESS))
		run->at = op->jump;
	return 0;
}

/* Append the style sheet with the title in the place of string(title). */
static int
put_sheet(struct run *run, const struct html_op *op)
{
	static const char word[] = "string(title)";
	const char *p = op->p;
	const char *found;

	while ((found = strstr(p, word)) != NULL) {
		text_put(run->out, p, (size_t)(found - p));
		if (op->expr == NULL)
			text_puts(run->out, "\"\"");
		else if (html_expr_put_css(op->expr, &run->page->eval,
			     run->node, run->out) == -1)
			return -1;
		p = found + sizeof(word) - 1;
	}
	text_puts(run->out, p);
	return 0;
}

/* Write the policy and the one style element it allows, by its hash. */
static int
style(struct run *run, const struct html_op *op)
{
	static const char head[] =
	    "<meta http-equiv=\"Content-Security-Policy\" content=\""
	    "default-src 'none'; style-src 'sha256-";
	static const char tail[] =
	    "'; base-uri 'none'; form-action 'none'\">\n<style>";
	enum { BASE64_SIZE = (HASH_SIZE + 2) / 3 * 4 };
	unsigned char hash[HASH_SIZE];
	char base64[BASE64_SIZE + 1];
	size_t hole;
	size_t start;

	text_puts(run->out, head);
	hole = run->out->n;
	for (size_t i = 0; i < BASE64_SIZE; i++)
		text_putc(run->out, ' ');
	text_puts(run->out, tail);
	start = run->out->n;
	if (put_sheet(run, op) == -1)
		return -1;
	hash_bytes(run->out->p + start, run->out->n - start, hash);
	hash_base64(hash, sizeof(hash), base64);
	memcpy(run->out->p + hole, base64, BASE64_SIZE);
	text_puts(run->out, "</style>");
	return 0;
}

/* Run one operation; 1, 0 at the end of the page, -1 when it fails. */
static int
step(struct run *run, const struct html_op *op)
{
	switch (op->kind) {
	case HTML_OP_COPY:
		return 1;
	case HTML_OP_TEXT:
		return text(run, op) == -1 ? -1 : 1;
	case HTML_OP_ATTR:
		return attribute(run, op) == -1 ? -1 : 1;
	case HTML_OP_IF:
	case HTML_OP_UNLESS:
		return condition(run, op) == -1 ? -1 : 1;
	case HTML_OP_EACH:
		return each(run, op) == -1 ? -1 : 1;
	case HTML_OP_NEXT:
		next(run, op);
		return 1;
	case HTML_OP_GOTO:
		run->at = op->jump;
		return 1;
	case HTML_OP_CALL:
		call(run, op);
		return 1;
	case HTML_OP_STYLE:
		return style(run, op) == -1 ? -1 : 1;
	case HTML_OP_RETURN:
		break;
	}
	if (run->n_frames == 0)
		return 0;
	run->at = run->frames[--run->n_frames].back;
	return 1;
}

/* Run the page to its end. */
static int
run_all(struct run *run)
{
	size_t start = run->out->n;

	for (size_t n = 0; n < OPERATION_LIMIT; n++) {
		const struct html_op *op = &run->page->ops[run->at++];
		int rc;

		if (op->n_before > 0)
			text_put(run->out, op->before, op->n_before);
		rc = step(run, op);
		if (rc == -1)
			diag_add(run->diags, DIAG_TEMPLATE, html_op_pos(op),
			    "XPath cannot be evaluated: %s", op->expr->source);
		if (rc != 1)
			return rc;
		if (run->out->n - start > SIZE_LIMIT)
			break;
	}
	diag_add(run->diags, DIAG_TEMPLATE,
	    (struct pos){ run->page->file, 0, 0 }, "%s",
	    "page is beyond any size: a loop runs away");
	return -1;
}

int
html_render(struct html_template *page, xmlDoc *document, struct text *out,
    struct diag_list *diags)
{
	struct run run = { .page = page,
		.out = out,
		.diags = diags,
		.node = (xmlNode *)document };
	size_t before = out->n;
	int rc;

	html_eval_begin(&page->eval);
	rc = run_all(&run);
	if (rc == 0 && out->n == before) {
		diag_add(diags, DIAG_DOCUMENT, (struct pos){ page->file, 0, 0 },
		    "%s", "the template is for another kind of document");
		rc = -1;
	}
	if (rc == -1)
		text_cut(out, before);
	page->nodes.n = 0;
	free(run.frames);
	return rc;
}
