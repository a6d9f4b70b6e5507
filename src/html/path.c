#include "html/path.h"

#include <string.h>

/* The place of the compiler in its expression. */
struct cursor {
	const char *p;
	const char *end;
	struct arena *arena;
};

static bool
is_name_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_name(char c)
{
	return is_name_start(c) || is_digit(c) || c == '-' || c == '.';
}

/* Take the character if it is next. */
static bool
take(struct cursor *at, char c)
{
	if (at->p == at->end || *at->p != c)
		return false;
	at->p++;
	return true;
}

/* Take a name; NULL where there is none. */
static const char *
take_name(struct cursor *at)
{
	const char *start = at->p;

	if (at->p == at->end || !is_name_start(*at->p))
		return NULL;
	while (at->p < at->end && is_name(*at->p))
		at->p++;
	return arena_dup(at->arena, start, (size_t)(at->p - start));
}

/* Take a quoted value; NULL where there is none. */
static const char *
take_literal(struct cursor *at)
{
	const char *end;
	const char *value;

	if (at->p == at->end || (*at->p != '\'' && *at->p != '"'))
		return NULL;
	end = memchr(at->p + 1, *at->p, (size_t)(at->end - at->p) - 1);
	if (end == NULL)
		return NULL;
	value = arena_dup(at->arena, at->p + 1, (size_t)(end - at->p) - 1);
	at->p = end + 1;
	return value;
}

/* Take the word with the blanks before it; false where it is not next. */
static bool
take_word(struct cursor *at, const char *word)
{
	const char *p = at->p;
	size_t n = strlen(word);

	while (p < at->end && *p == ' ')
		p++;
	if ((size_t)(at->end - p) < n || memcmp(p, word, n) != 0)
		return false;
	at->p = p + n;
	return true;
}

/* Take the number of a position, 1 to 9,999, and the end of its brackets. */
static const char *
take_position(struct cursor *at, struct html_predicate *out)
{
	while (at->p < at->end && is_digit(*at->p) && out->position < 1000)
		out->position = out->position * 10 + (size_t)(*at->p++ - '0');
	if (out->position == 0)
		return "positions count from 1";
	return take(at, ']') ? NULL : "\"[\" is not closed";
}

/* Take what follows "[". */
static const char *
take_predicate(struct cursor *at, struct html_predicate *out)
{
	*out = (struct html_predicate){ .kind = HTML_PREDICATE_POSITION };
	if (at->p < at->end && is_digit(*at->p))
		return take_position(at, out);
	if (take_word(at, "position()")) {
		out->kind = HTML_PREDICATE_UP_TO;
		if (!take_word(at, "<="))
			return "only \"<=\" may follow position()";
		while (take(at, ' '))
			continue;
		return take_position(at, out);
	}
	out->kind = HTML_PREDICATE_EXISTS;
	if (take(at, '@'))
		out->of = HTML_STEP_ATTRIBUTE;
	else
		out->of = take(at, '.') ? HTML_STEP_SELF : HTML_STEP_CHILD;
	if (out->of != HTML_STEP_SELF) {
		out->name = take_name(at);
		if (out->name == NULL)
			return "no name behind \"[\"";
	}
	if (take(at, ']'))
		return NULL;
	out->kind =
	    take(at, '!') ? HTML_PREDICATE_DIFFERENT : HTML_PREDICATE_EQUAL;
	if (!take(at, '='))
		return "only \"=\" and \"!=\" may stand in a plain path: "
		       "write it in parentheses";
	out->value = take_literal(at);
	if (out->value == NULL)
		return "no quoted value behind \"=\"";
	return take(at, ']') ? NULL : "\"[\" is not closed";
}

static const char *
take_predicates(struct cursor *at, struct html_step *step)
{
	while (take(at, '[')) {
		const char *wrong;

		if (step->n_predicates == HTML_PREDICATES)
			return "too many predicates: write it in parentheses";
		wrong =
		    take_predicate(at, &step->predicates[step->n_predicates++]);
		if (wrong != NULL)
			return wrong;
	}
	return NULL;
}

static const char *
take_step(struct cursor *at, struct html_step *step)
{
	if (take(at, '.')) {
		step->kind = take(at, '.') ? HTML_STEP_PARENT : HTML_STEP_SELF;
		return NULL;
	}
	step->kind = take(at, '@') ? HTML_STEP_ATTRIBUTE : HTML_STEP_CHILD;
	if (step->kind == HTML_STEP_CHILD && take(at, '*'))
		return take_predicates(at, step);
	step->name = take_name(at);
	if (step->name == NULL)
		return "not a path";
	if (step->kind == HTML_STEP_ATTRIBUTE)
		return NULL;
	return take_predicates(at, step);
}

/* Whether the last of n steps may follow the one before it. */
static const char *
check_order(const struct html_step *steps, size_t n)
{
	const struct html_step *last = &steps[n - 1];
	const struct html_step *before = n > 1 ? last - 1 : NULL;

	if (before == NULL)
		return NULL;
	if (before->kind == HTML_STEP_ATTRIBUTE)
		return "nothing is below an attribute";
	if (last->kind == HTML_STEP_PARENT && before->kind != HTML_STEP_PARENT)
		return "\"..\" may stand at the beginning only";
	return NULL;
}

/* Take the comparison that may end a path. */
static const char *
take_comparison(struct cursor *at, struct html_path *path)
{
	bool different = take(at, '!');
	const char *literal;

	if (!take(at, '='))
		return different ? "no \"=\" behind \"!\"" : NULL;
	literal = take_literal(at);
	if (literal == NULL)
		return "no quoted value behind \"=\"";
	if (different)
		path->different = literal;
	else
		path->equal = literal;
	return NULL;
}

/* Take the steps of a path, up to its comparison. */
static const char *
take_steps(struct cursor *at, struct html_path *out)
{
	struct html_step steps[HTML_STEPS] = { 0 };
	struct html_step *kept;
	const char *wrong;

	if (take(at, '/'))
		steps[out->n++].kind = HTML_STEP_ROOT;
	do {
		if (out->n == HTML_STEPS)
			return "path has too many steps";
		wrong = take_step(at, &steps[out->n++]);
		if (wrong == NULL)
			wrong = check_order(steps, out->n);
		if (wrong != NULL)
			return wrong;
	} while (take(at, '/'));
	kept = arena_array(at->arena, out->n, sizeof(steps[0]));
	memcpy(kept, steps, out->n * sizeof(steps[0]));
	out->steps = kept;
	if (out->n == 1 && steps[0].kind == HTML_STEP_ATTRIBUTE)
		out->attribute = steps[0].name;
	return NULL;
}

/* Take "??" with the blanks around it; false where there is none. */
static bool
take_otherwise(struct cursor *at)
{
	if (!take_word(at, "??"))
		return false;
	while (take(at, ' '))
		continue;
	return true;
}

const char *
html_path_parse(
    struct html_path *out, struct arena *arena, const char *p, size_t n)
{
	struct cursor at = { p, p + n, arena };
	struct html_path *path = out;

	for (;;) {
		const char *wrong;
		struct html_path *next;

		*path = (struct html_path){ 0 };
		wrong = take_steps(&at, path);
		if (wrong == NULL)
			wrong = take_comparison(&at, path);
		if (wrong != NULL)
			return wrong;
		if (!take_otherwise(&at))
			return at.p == at.end ? NULL : "not a path";
		next = arena_alloc(arena, sizeof(*next));
		path->otherwise = next;
		path = next;
	}
}

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
