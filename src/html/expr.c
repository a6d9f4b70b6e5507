#include "html/expr.h"

#include <libxml/xpathInternals.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "html/xpath.h"

enum { PARTS = 16, XPATH_OPERATIONS = 5000000 };

/* libxml2 tells its errors here; ours come from the return values. */
static void
ignore_error(void *data, xmlErrorPtr error)
{
	(void)data;
	(void)error;
}

/* The XPath context, made when it is first asked for. */
static xmlXPathContext *
context_of(struct html_eval *eval)
{
	if (eval->context == NULL) {
		eval->context = xmlXPathNewContext(NULL);
		eval->context->error = ignore_error;
		eval->context->opLimit = XPATH_OPERATIONS;
		xmlXPathContextSetCache(eval->context, 1, -1, 0);
	}
	return eval->context;
}

void
html_eval_begin(struct html_eval *eval)
{
	if (eval->context != NULL)
		eval->context->opCount = 0;
}

void
html_eval_free(struct html_eval *eval)
{
	while (eval->owners != NULL) {
		xmlXPathFreeCompExpr(eval->owners->xpath);
		eval->owners->xpath = NULL;
		eval->owners = eval->owners->next;
	}
	if (eval->context != NULL)
		xmlXPathFreeContext(eval->context);
	text_free(&eval->scratch);
	*eval = (struct html_eval){ 0 };
}

static const char *
parse_xpath(struct html_expr *out, struct html_eval *eval)
{
	xmlXPathContext *context = context_of(eval);

	const char *wrong = html_xpath_check(out->source);

	out->kind = HTML_EXPR_XPATH;
	if (wrong != NULL)
		return wrong;
	out->xpath = xmlXPathCtxtCompile(context, (const xmlChar *)out->source);
	if (out->xpath == NULL)
		return "not an XPath expression";
	out->next = eval->owners;
	eval->owners = out;
	return NULL;
}

/* The end of the value that begins at p: its "}" outside quotes, or NULL. */
static const char *
value_end(const char *p, const char *end)
{
	char quote = '\0';

	for (; p < end; p++) {
		if (quote != '\0')
			quote = *p == quote ? '\0' : quote;
		else if (*p == '\'' || *p == '"')
			quote = *p;
		else if (*p == '}')
			return p;
	}
	return NULL;
}

/* Parse one value or one literal of a pattern at *p and go past it. */
static const char *
parse_part(struct html_part *part, struct html_eval *eval, const char **p,
    const char *end)
{
	struct html_expr *value;
	const char *stop;
	const char *wrong;

	if (**p != '{') {
		stop = memchr(*p, '{', (size_t)(end - *p));
		stop = stop != NULL ? stop : end;
		part->n = (size_t)(stop - *p);
		part->literal = arena_dup(eval->arena, *p, part->n);
		*p = stop;
		return NULL;
	}
	stop = value_end(*p + 1, end);
	if (stop == NULL)
		return "\"{\" is not closed";
	if (memchr(*p + 1, '{', (size_t)(stop - *p) - 1) != NULL)
		return "\"{\" inside a value";
	value = arena_alloc(eval->arena, sizeof(*value));
	wrong = html_expr_parse(value, eval, *p + 1, (size_t)(stop - *p) - 1);
	part->value = value;
	*p = stop + 1;
	return wrong;
}

static const char *
parse_pattern(struct html_expr *out, struct html_eval *eval, size_t n)
{
	struct html_part parts[PARTS] = { 0 };
	const char *p = out->source;
	const char *end = p + n;
	struct html_part *kept;

	out->kind = HTML_EXPR_PATTERN;
	while (p < end) {
		const char *wrong;

		if (out->n_parts == PARTS)
			return "pattern has too many parts";
		wrong = parse_part(&parts[out->n_parts++], eval, &p, end);
		if (wrong != NULL)
			return wrong;
	}
	kept = arena_array(eval->arena, out->n_parts, sizeof(parts[0]));
	memcpy(kept, parts, out->n_parts * sizeof(parts[0]));
	out->parts = kept;
	return NULL;
}

const char *
html_expr_parse(
    struct html_expr *out, struct html_eval *eval, const char *p, size_t n)
{
	const char *wrong;

	*out = (struct html_expr){ 0 };
	out->source = arena_dup(eval->arena, p, n);
	if (n == 0)
		return "empty expression";
	wrong = html_path_parse(&out->path, eval->arena, p, n);
	if (wrong == NULL)
		return NULL;
	if (memchr(p, '{', n) != NULL)
		return parse_pattern(out, eval, n);
	if (p[0] == '(')
		return parse_xpath(out, eval);
	return wrong;
}

/* Evaluate at the node; NULL when it fails.  The caller frees the object. */
static xmlXPathObject *
evaluate(const struct html_expr *expr, struct html_eval *eval, xmlNode *node)
{
	xmlXPathContext *context = context_of(eval);

	context->doc = node->doc;
	context->node = node;
	return xmlXPathCompiledEval(expr->xpath, context);
}

int
html_expr_test(
    const struct html_expr *expr, struct html_eval *eval, xmlNode *node)
{
	xmlXPathObject *result;
	int holds;

	if (expr->kind == HTML_EXPR_PATH)
		return html_path_first(&expr->path, node) != NULL;
	result = evaluate(expr, eval, node);
	if (result == NULL)
		return -1;
	holds = xmlXPathCastToBoolean(result) ? 1 : 0;
	xmlXPathFreeObject(result);
	return holds;
}

int
html_expr_nodes(const struct html_expr *expr, struct html_eval *eval,
    xmlNode *node, struct html_nodes *out)
{
	xmlXPathObject *result;
	int rc = -1;

	if (expr->kind == HTML_EXPR_PATH) {
		html_path_all(&expr->path, node, out);
		return 0;
	}
	result = evaluate(expr, eval, node);
	if (result == NULL || result->type != XPATH_NODESET)
		goto out;
	for (int i = 0; i < xmlXPathNodeSetGetLength(result->nodesetval); i++)
		html_nodes_add(out, xmlXPathNodeSetItem(result->nodesetval, i));
	rc = 0;
out:
	xmlXPathFreeObject(result);
	return rc;
}

/* How a piece is appended. */
typedef void put_function(struct text *out, const char *p, size_t n);

/* How the pieces of a pattern are appended. */
struct writer {
	put_function *literal; /* what the template wrote */
	put_function *value;
};

/* Append the text of a path or an XPath; -1 when XPath fails. */
static int
put_value(const struct html_expr *expr, struct html_eval *eval, xmlNode *node,
    put_function *put, struct text *out)
{
	xmlXPathObject *result;
	xmlChar *string;

	if (expr->kind == HTML_EXPR_PATH) {
		xmlNode *first = html_path_first(&expr->path, node);

		if (first != NULL)
			html_node_text(first, put, out);
		return 0;
	}
	result = evaluate(expr, eval, node);
	if (result == NULL)
		return -1;
	string = xmlXPathCastToString(result);
	put(out, (const char *)string, strlen((const char *)string));
	xmlFree(string);
	xmlXPathFreeObject(result);
	return 0;
}

/* The parts of an expression: a pattern's own, or the one value it is. */
struct parts {
	struct html_part own;
	const struct html_part *p;
	size_t n;
};

static void
parts_of(struct parts *parts, const struct html_expr *expr)
{
	parts->own = (struct html_part){ .value = expr };
	parts->p = expr->kind == HTML_EXPR_PATTERN ? expr->parts : &parts->own;
	parts->n = expr->kind == HTML_EXPR_PATTERN ? expr->n_parts : 1;
}

/* Append all parts; 1, 0 when no value had any text, or -1. */
static int
put_parts(const struct html_expr *expr, struct html_eval *eval, xmlNode *node,
    const struct writer *writer, struct text *out)
{
	struct parts parts;
	int any = 0;

	parts_of(&parts, expr);
	for (size_t i = 0; i < parts.n; i++) {
		const struct html_part *part = &parts.p[i];
		size_t before = out->n;

		if (part->literal != NULL) {
			writer->literal(out, part->literal, part->n);
			continue;
		}
		if (put_value(part->value, eval, node, writer->value, out) ==
		    -1)
			return -1;
		any |= out->n > before;
	}
	return any;
}

static void
put_url_part(struct text *out, const char *p, size_t n)
{
	html_url_put_part(out, p, n, false);
}

static void
put_fragment_part(struct text *out, const char *p, size_t n)
{
	html_url_put_part(out, p, n, true);
}

static const struct writer write_raw = { text_put, text_put };
static const struct writer write_html = { text_put_html, text_put_html };
static const struct writer write_id = { text_put_html, html_id_put_part };
static const struct writer write_url = { text_put_html, put_url_part };
static const struct writer write_fragment = { text_put_html,
	put_fragment_part };

/* Append an address; 0 when it is not safe. */
static int
put_url(const struct html_expr *expr, struct html_eval *eval, xmlNode *node,
    struct text *out)
{
	struct html_part first = { 0 };
	size_t start = out->n;
	struct text *whole = &eval->scratch;
	int rc;

	if (expr->kind == HTML_EXPR_PATTERN)
		first = expr->parts[0];
	if (first.literal != NULL) {
		start += first.n;
		rc = put_parts(expr, eval, node,
		    memchr(first.literal, '#', first.n) ? &write_fragment :
							  &write_url,
		    out);
		if (rc == 1 && html_url_climbs(out->p + start, out->n - start))
			rc = 0;
		return rc;
	}
	text_clear(whole);
	rc = put_parts(expr, eval, node, &write_raw, whole);
	if (rc == 1 && !html_url_is_safe(whole->p, whole->n))
		rc = 0;
	if (rc == 1)
		text_put_html(out, whole->p, whole->n);
	return rc;
}

/* Append geometry; 0 when a value is not. */
static int
put_geometry(const struct html_expr *expr, struct html_eval *eval,
    xmlNode *node, enum html_place place, struct text *out)
{
	struct text *whole = &eval->scratch;
	int rc;

	text_clear(whole);
	rc = put_parts(expr, eval, node, &write_raw, whole);
	if (rc == 1 && !html_geometry_is_safe(place, whole->p, whole->n))
		rc = 0;
	if (rc == 1)
		text_put(out, whole->p, whole->n);
	return rc;
}

/* Append the text of a plain path: what is asked most, without parts. */
static int
put_plain(const struct html_expr *expr, xmlNode *node, struct text *out)
{
	size_t start = out->n;
	xmlNode *first = html_path_first(&expr->path, node);

	if (first == NULL)
		return 0;
	html_node_text(first, text_put_html, out);
	return out->n > start;
}

int
html_expr_put(const struct html_expr *expr, struct html_eval *eval,
    xmlNode *node, enum html_place place, struct text *out)
{
	size_t start = out->n;
	int rc;

	if (place == HTML_PLACE_URL)
		rc = put_url(expr, eval, node, out);
	else if (place == HTML_PLACE_NUMBER || place == HTML_PLACE_GEOMETRY)
		rc = put_geometry(expr, eval, node, place, out);
	else if (place == HTML_PLACE_ID)
		rc = put_parts(expr, eval, node, &write_id, out);
	else if (expr->kind == HTML_EXPR_PATH)
		return put_plain(expr, node, out);
	else
		rc = put_parts(expr, eval, node, &write_html, out);
	if (rc != 1)
		text_cut(out, start);
	return rc;
}

int
html_expr_put_css(const struct html_expr *expr, struct html_eval *eval,
    xmlNode *node, struct text *out)
{
	struct text *whole = &eval->scratch;

	text_clear(whole);
	if (put_parts(expr, eval, node, &write_raw, whole) == -1)
		return -1;
	html_css_put_string(out, text_str(whole), whole->n);
	return 0;
}
