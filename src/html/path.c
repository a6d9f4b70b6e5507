#include "html/path.h"

#include <string.h>

void
html_nodes_add(struct html_nodes *nodes, xmlNode *node)
{
	if (nodes->n == nodes->size) {
		nodes->size = nodes->size > 0 ? nodes->size * 2 : 64;
		nodes->p =
		    memory_grow(nodes->p, nodes->size, sizeof(nodes->p[0]));
	}
	nodes->p[nodes->n++] = node;
}

/* Most names differ in their first two letters: those are looked at here. */
static bool
same_name(const xmlChar *a, const char *b)
{
	return (char)a[0] == b[0] && (char)a[1] == b[1] &&
	    strcmp((const char *)a, b) == 0;
}

static bool
has_name(const xmlNode *node, const char *name)
{
	return name == NULL || same_name(node->name, name);
}

/* The next element of that name among the siblings from here, or NULL. */
static xmlNode *
find_element(xmlNode *node, const char *name)
{
	while (node != NULL &&
	    (node->type != XML_ELEMENT_NODE || !has_name(node, name)))
		node = node->next;
	return node;
}

static xmlNode *
find_attribute(const xmlNode *node, const char *name)
{
	if (node->type != XML_ELEMENT_NODE)
		return NULL;
	for (xmlAttr *attr = node->properties; attr; attr = attr->next) {
		if (same_name(attr->name, name))
			return (xmlNode *)attr;
	}
	return NULL;
}

/* Elements and documents have children that count; attributes have not. */
static xmlNode *
first_child(const xmlNode *node)
{
	return node->type == XML_ATTRIBUTE_NODE ? NULL : node->children;
}

static bool
is_text(const xmlNode *node)
{
	return node->type == XML_TEXT_NODE ||
	    node->type == XML_CDATA_SECTION_NODE;
}

/* The node after this one in document order, inside top; NULL at the end. */
static const xmlNode *
next_inside(const xmlNode *node, const xmlNode *top)
{
	if (node->type == XML_ELEMENT_NODE && node->children != NULL)
		return node->children;
	while (node != top && node->next == NULL)
		node = node->parent;
	return node != top ? node->next : NULL;
}

void
html_node_text(const xmlNode *node,
    void (*put)(struct text *out, const char *p, size_t n), struct text *out)
{
	const xmlNode *at = node->children;

	while (at != NULL) {
		if (is_text(at) && at->content != NULL)
			put(out, (const char *)at->content,
			    strlen((const char *)at->content));
		at = next_inside(at, node);
	}
}

bool
html_node_is(const xmlNode *node, const char *word)
{
	const xmlNode *at = node->children;

	while (at != NULL) {
		if (is_text(at) && at->content != NULL) {
			const char *p = (const char *)at->content;
			size_t n = strlen(p);

			if (strncmp(p, word, n) != 0)
				return false;
			word += n;
		}
		at = next_inside(at, node);
	}
	return *word == '\0';
}

/* Whether any element of that name below the node is, or is not, the value. */
static bool
any_child(const xmlNode *node, const struct html_predicate *predicate)
{
	xmlNode *child = find_element(first_child(node), predicate->name);

	while (child != NULL) {
		if (predicate->kind == HTML_PREDICATE_EXISTS ||
		    html_node_is(child, predicate->value) ==
			(predicate->kind == HTML_PREDICATE_EQUAL))
			return true;
		child = find_element(child->next, predicate->name);
	}
	return false;
}

static bool
holds(const struct html_predicate *predicate, const xmlNode *node)
{
	const xmlNode *of = node;

	if (predicate->of == HTML_STEP_CHILD)
		return any_child(node, predicate);
	if (predicate->of == HTML_STEP_ATTRIBUTE)
		of = find_attribute(node, predicate->name);
	if (of == NULL || predicate->kind == HTML_PREDICATE_EXISTS)
		return of != NULL;
	return html_node_is(of, predicate->value) ==
	    (predicate->kind == HTML_PREDICATE_EQUAL);
}

/* Whether a node passes; counts are those of the candidates so far. */
static bool
passes(const struct html_step *step, const xmlNode *node, size_t *counts)
{
	for (size_t i = 0; i < step->n_predicates; i++) {
		const struct html_predicate *predicate = &step->predicates[i];
		bool passed;

		counts[i]++;
		if (predicate->kind == HTML_PREDICATE_POSITION)
			passed = counts[i] == predicate->position;
		else if (predicate->kind == HTML_PREDICATE_UP_TO)
			passed = counts[i] <= predicate->position;
		else
			passed = holds(predicate, node);
		if (!passed)
			return false;
	}
	return true;
}

/* What the search looks for and has found. */
struct search {
	const struct html_path *path;
	struct html_nodes *all; /* NULL: the first will do */
	xmlNode *first;
};

static bool visit(struct search *search, size_t i, xmlNode *node);

static bool
visit_children(struct search *search, size_t i, xmlNode *node)
{
	const struct html_step *step = &search->path->steps[i];
	size_t counts[HTML_PREDICATES] = { 0 };
	xmlNode *child = find_element(first_child(node), step->name);

	while (child != NULL) {
		if (passes(step, child, counts) && visit(search, i + 1, child))
			return true;
		child = find_element(child->next, step->name);
	}
	return false;
}

/* Whether the node has the text that the path compares with. */
static bool
compares(const struct html_path *path, const xmlNode *node)
{
	if (path->equal != NULL && !html_node_is(node, path->equal))
		return false;
	return path->different == NULL || !html_node_is(node, path->different);
}

/* Take a node the steps led to; true when enough has been found. */
static bool
arrive(struct search *search, xmlNode *node)
{
	if (!compares(search->path, node))
		return false;
	search->first = node;
	if (search->all != NULL)
		html_nodes_add(search->all, node);
	return search->all == NULL;
}

/* Go on from step i at the node; true when enough has been found. */
static bool
visit(struct search *search, size_t i, xmlNode *node)
{
	const struct html_step *step = search->path->steps + i;

	if (node == NULL)
		return false;
	if (i == search->path->n)
		return arrive(search, node);
	switch (step->kind) {
	case HTML_STEP_ROOT:
		return visit(search, i + 1, (xmlNode *)node->doc);
	case HTML_STEP_SELF:
		return visit(search, i + 1, node);
	case HTML_STEP_PARENT:
		return visit(search, i + 1, node->parent);
	case HTML_STEP_ATTRIBUTE:
		return visit(search, i + 1, find_attribute(node, step->name));
	default:
		return visit_children(search, i, node);
	}
}

/* The same for the path that is asked most, without a search. */
static xmlNode *
first_attribute(const struct html_path *path, xmlNode *from)
{
	xmlNode *node =
	    from != NULL ? find_attribute(from, path->attribute) : NULL;

	return node != NULL && compares(path, node) ? node : NULL;
}

xmlNode *
html_path_first(const struct html_path *path, xmlNode *from)
{
	struct search search = { 0 };

	for (; path != NULL && search.first == NULL; path = path->otherwise) {
		search.path = path;
		if (path->attribute != NULL)
			search.first = first_attribute(path, from);
		else
			visit(&search, 0, from);
	}
	return search.first;
}

void
html_path_all(
    const struct html_path *path, xmlNode *from, struct html_nodes *out)
{
	struct search search = { .path = path, .all = out };

	while (search.path != NULL) {
		visit(&search, 0, from);
		if (search.first != NULL)
			return;
		search.path = search.path->otherwise;
	}
}
