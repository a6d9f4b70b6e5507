#include "xlsx/expr.h"

#include <libxml/xpathInternals.h>
#include <string.h>

/* Operations that one evaluation may take. */
enum { EXPR_OPERATIONS = 100000000 };

/* A compiled XPath expression. */
struct expr_path {
	const char *source;
	xmlXPathCompExprPtr compiled;
	unsigned ups;          /* steps "../" before what is plain */
	const char *attribute; /* of a plain path, or NULL */
	const char *child;     /* of a plain path, or NULL */
	struct expr_path *next;
};

/* A literal or an insertion. */
struct piece {
	const char *literal; /* NULL for an insertion */
	struct expr_path *path;
	struct piece *next;
};

struct expr {
	const char *source;
	struct pos pos;
	struct piece *first;
};

/* Errors are reported by their caller, with the template's position. */
static void
silent(void *state, xmlErrorPtr error)
{
	(void)state;
	(void)error;
}

/*
 * Most expressions are "@name", "name" or "../@name": these run without XPath.
 */
static void
read_plain(struct expr_path *path, const char *source, struct arena *arena)
{
	static const char letters[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "0123456789-_.";
	const char *p = source;
	bool is_attribute;

	while (strncmp(p, "../", 3) == 0) {
		path->ups++;
		p += 3;
	}
	is_attribute = *p == '@';
	p += is_attribute;
	if (*p == '\0' || p[strspn(p, letters)] != '\0' ||
	    strspn(p, "0123456789-.") > 0)
		return;
	if (is_attribute)
		path->attribute = arena_str(arena, p);
	else
		path->child = arena_str(arena, p);
}

static struct expr_path *
compile(struct expr_set *set, const char *source, struct pos pos,
    struct diag_list *diags)
{
	struct expr_path *path;
	xmlXPathContextPtr xpath;

	if (names_check(source, set->names, pos, diags) == -1)
		return NULL;
	path = arena_alloc(set->arena, sizeof(*path));
	path->source = source;
	xpath = xmlXPathNewContext(NULL);
	if (xpath == NULL)
		goto bad;
	xpath->error = silent;
	path->compiled = xmlXPathCtxtCompile(xpath, (const xmlChar *)source);
	xmlXPathFreeContext(xpath);
	if (path->compiled == NULL)
		goto bad;
	read_plain(path, source, set->arena);
	path->next = set->paths;
	set->paths = path;
	return path;
bad:
	diag_add(
	    diags, DIAG_TEMPLATE, pos, "not an XPath expression: %s", source);
	return NULL;
}

static struct expr *
expr_new(struct expr_set *set, const char *source, struct pos pos)
{
	struct expr *expr = arena_alloc(set->arena, sizeof(*expr));

	expr->source = source;
	expr->pos = pos;
	return expr;
}

struct expr *
expr_path(struct expr_set *set, const char *source, struct pos pos,
    struct diag_list *diags)
{
	struct expr *expr = expr_new(set, source, pos);

	expr->first = arena_alloc(set->arena, sizeof(*expr->first));
	expr->first->path = compile(set, source, pos, diags);
	return expr->first->path != NULL ? expr : NULL;
}

/* The literal at *p, up to an insertion or the end, braces undoubled. */
static const char *
take_literal(struct expr_set *set, const char **p)
{
	char *literal = arena_alloc(set->arena, strlen(*p) + 1);
	size_t n = 0;
	const char *s = *p;

	for (; *s != '\0'; s++) {
		if ((*s == '{' || *s == '}') && s[1] == *s)
			s++;
		else if (*s == '{' || *s == '}')
			break;
		literal[n++] = *s;
	}
	*p = s;
	return literal;
}

/* The end of the insertion that begins at p; braces in quotes are text. */
static const char *
find_end(const char *p)
{
	char quote = '\0';

	for (; *p != '\0'; p++) {
		if (quote != '\0') {
			if (*p == quote)
				quote = '\0';
		} else if (*p == '"' || *p == '\'')
			quote = *p;
		else if (*p == '}')
			return p;
	}
	return NULL;
}

static struct expr_path *
take_insertion(struct expr_set *set, const char **p, struct pos pos,
    struct diag_list *diags)
{
	const char *end = **p == '{' ? find_end(*p + 1) : NULL;
	const char *source;

	if (end == NULL) {
		diag_add(
		    diags, DIAG_TEMPLATE, pos, "brace is not closed: %s", *p);
		return NULL;
	}
	source = arena_dup(set->arena, *p + 1, (size_t)(end - *p) - 1);
	*p = end + 1;
	return compile(set, source, pos, diags);
}

struct expr *
expr_text(struct expr_set *set, const char *source, struct pos pos,
    struct diag_list *diags)
{
	struct expr *expr = expr_new(set, source, pos);
	struct piece **end = &expr->first;
	const char *p = source;

	while (*p != '\0') {
		struct piece *piece = arena_alloc(set->arena, sizeof(*piece));

		if ((*p == '{' || *p == '}') && p[1] != *p) {
			piece->path = take_insertion(set, &p, pos, diags);
			if (piece->path == NULL)
				return NULL;
		} else
			piece->literal = take_literal(set, &p);
		*end = piece;
		end = &piece->next;
	}
	return expr;
}

void
expr_free(struct expr_set *set)
{
	for (struct expr_path *p = set->paths; p != NULL; p = p->next)
		xmlXPathFreeCompExpr(p->compiled);
	set->paths = NULL;
}

int
expr_begin(struct expr_run *run, xmlDocPtr doc)
{
	run->xpath = xmlXPathNewContext(doc);
	if (run->xpath == NULL)
		return -1;
	run->xpath->error = silent;
	run->xpath->opLimit = EXPR_OPERATIONS;
	func_register(run->xpath, &run->book);
	return 0;
}

void
expr_end(struct expr_run *run)
{
	xmlXPathFreeContext(run->xpath);
	run->xpath = NULL;
}

static xmlXPathObjectPtr
evaluate(const struct expr_run *run, const struct expr *expr,
    const struct expr_path *path, xmlNodePtr node)
{
	xmlXPathObjectPtr object;

	run->xpath->node = node;
	run->xpath->opCount = 0;
	object = xmlXPathCompiledEval(path->compiled, run->xpath);
	if (object == NULL)
		diag_add(run->diags, DIAG_TEMPLATE, expr->pos,
		    "expression cannot be evaluated: %s", path->source);
	return object;
}

static void
put_nodes(const xmlNode *node, struct text *out)
{
	for (; node != NULL; node = node->next) {
		if (node->type == XML_ELEMENT_NODE)
			put_nodes(node->children, out);
		else if ((node->type == XML_TEXT_NODE ||
			     node->type == XML_CDATA_SECTION_NODE) &&
		    node->content != NULL)
			text_puts(out, (const char *)node->content);
	}
}

/* The first node that a plain path leads to from an element. */
static void
put_plain(const struct expr_path *path, xmlNodePtr node, struct text *out)
{
	const xmlAttr *attr;
	const xmlNode *child;

	for (unsigned i = 0; i < path->ups && node != NULL; i++)
		node = node->parent;
	if (node == NULL)
		return;
	if (path->attribute != NULL) {
		attr = node->type == XML_ELEMENT_NODE ?
		    xmlHasProp(node, (const xmlChar *)path->attribute) :
		    NULL;
		put_nodes(attr != NULL ? attr->children : NULL, out);
		return;
	}
	child = node->children;
	while (child != NULL &&
	    (child->type != XML_ELEMENT_NODE ||
		strcmp((const char *)child->name, path->child) != 0))
		child = child->next;
	put_nodes(child != NULL ? child->children : NULL, out);
}

static int
put_path(const struct expr_run *run, const struct expr *expr,
    const struct expr_path *path, xmlNodePtr node, struct text *out)
{
	xmlXPathObjectPtr object;
	xmlChar *s;

	if ((path->attribute != NULL || path->child != NULL) &&
	    node->type == XML_ELEMENT_NODE) {
		put_plain(path, node, out);
		return 0;
	}
	object = evaluate(run, expr, path, node);
	if (object == NULL)
		return -1;
	s = xmlXPathCastToString(object);
	xmlXPathFreeObject(object);
	if (s != NULL)
		text_puts(out, (const char *)s);
	xmlFree(s);
	return 0;
}

int
expr_put(const struct expr_run *run, const struct expr *expr, xmlNodePtr node,
    struct text *out)
{
	for (const struct piece *p = expr->first; p != NULL; p = p->next) {
		if (p->literal != NULL)
			text_puts(out, p->literal);
		else if (put_path(run, expr, p->path, node, out) == -1)
			return -1;
	}
	return 0;
}

int
expr_each_piece(const struct expr_run *run, const struct expr *expr,
    xmlNodePtr node, int (*put)(void *state, const char *piece, bool is_data),
    void *state)
{
	struct text value = { 0 };
	int rc = 0;

	for (const struct piece *p = expr->first; p != NULL && rc == 0;
	     p = p->next) {
		text_clear(&value);
		if (p->literal != NULL)
			rc = put(state, p->literal, false);
		else if (put_path(run, expr, p->path, node, &value) == -1)
			rc = -1;
		else
			rc = put(state, text_str(&value), true);
	}
	text_free(&value);
	return rc;
}

int
expr_true(const struct expr_run *run, const struct expr *expr, xmlNodePtr node)
{
	xmlXPathObjectPtr object = evaluate(run, expr, expr->first->path, node);
	int truth;

	if (object == NULL)
		return -1;
	truth = xmlXPathCastToBoolean(object);
	xmlXPathFreeObject(object);
	return truth;
}

int
expr_nodes(const struct expr_run *run, const struct expr *expr, xmlNodePtr node,
    struct arena *arena, xmlNodePtr **out, size_t *n)
{
	xmlXPathObjectPtr object = evaluate(run, expr, expr->first->path, node);
	int rc = -1;

	*out = NULL;
	*n = 0;
	if (object == NULL)
		return -1;
	if (object->type != XPATH_NODESET) {
		diag_add(run->diags, DIAG_TEMPLATE, expr->pos,
		    "expression selects no nodes: %s", expr->source);
		goto out;
	}
	if (object->nodesetval != NULL && object->nodesetval->nodeNr > 0) {
		xmlXPathNodeSetSort(object->nodesetval);
		*n = (size_t)object->nodesetval->nodeNr;
		*out = arena_array(arena, *n, sizeof(**out));
		memcpy(*out, object->nodesetval->nodeTab, *n * sizeof(**out));
	}
	rc = 0;
out:
	xmlXPathFreeObject(object);
	return rc;
}

const char *
expr_source(const struct expr *expr)
{
	return expr->source;
}

struct pos
expr_pos(const struct expr *expr)
{
	return expr->pos;
}
