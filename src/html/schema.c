#include "html/schema.h"

#include <string.h>

#include "base/near.h"

enum { DEPTH_LIMIT = 32, NEAR_LIMIT = 8192 };

static const char *
attribute_of(const xmlNode *node, const char *name)
{
	for (xmlAttr *attr = node->properties; attr; attr = attr->next) {
		if (strcmp((const char *)attr->name, name) == 0 &&
		    attr->children != NULL)
			return (const char *)attr->children->content;
	}
	return NULL;
}

static bool
is_node(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE &&
	    strcmp((const char *)node->name, name) == 0;
}

/* Whether the node declares something of that name. */
static bool
declares(const xmlNode *node, const char *kind, const char *name)
{
	const char *own = attribute_of(node, "name");

	return is_node(node, kind) && own != NULL && strcmp(own, name) == 0;
}

/* The part of a qualified name that is behind its prefix. */
static const char *
local_name(const char *name)
{
	const char *colon = strchr(name, ':');

	return colon != NULL ? colon + 1 : name;
}

/* The global declaration of that kind and name, or NULL. */
static const xmlNode *
find_global(
    const struct html_schema *schema, const char *kind, const char *name)
{
	for (size_t i = 0; i < schema->n; i++) {
		const xmlNode *root =
		    xmlDocGetRootElement(schema->documents[i]);
		const xmlNode *node = root != NULL ? root->children : NULL;

		for (; node != NULL; node = node->next) {
			if (declares(node, kind, local_name(name)))
				return node;
		}
	}
	return NULL;
}

/* What is looked for inside a declaration. */
struct search {
	const struct html_schema *schema;
	const char *kind; /* "element" or "attribute" */
	const char *name;
};

static const xmlNode *search_inside(
    const struct search *search, const xmlNode *node, unsigned depth);

/* Go on in the global declaration that an attribute of the node names. */
static const xmlNode *
search_named(const struct search *search, const xmlNode *node,
    const char *attribute, const char *kind, unsigned depth)
{
	const char *name = attribute_of(node, attribute);
	const xmlNode *global;

	if (name == NULL || depth == DEPTH_LIMIT)
		return NULL;
	global = find_global(search->schema, kind, name);
	return global != NULL ? search_inside(search, global, depth + 1) : NULL;
}

/* Whether the node is the declaration; a reference leads to the global one. */
static const xmlNode *
match(const struct search *search, const xmlNode *node)
{
	const char *ref = attribute_of(node, "ref");

	if (!is_node(node, search->kind))
		return NULL;
	if (declares(node, search->kind, search->name))
		return node;
	if (ref == NULL || strcmp(local_name(ref), search->name) != 0)
		return NULL;
	return find_global(search->schema, search->kind, search->name);
}

/* Look at one node inside a type. */
static const xmlNode *
search_node(const struct search *search, const xmlNode *node, unsigned depth)
{
	const xmlNode *found = match(search, node);

	if (found != NULL || is_node(node, "element") ||
	    is_node(node, "attribute"))
		return found;
	if (is_node(node, "group"))
		return search_named(search, node, "ref", "group", depth);
	if (is_node(node, "attributeGroup"))
		return search_named(
		    search, node, "ref", "attributeGroup", depth);
	if (is_node(node, "extension"))
		found =
		    search_named(search, node, "base", "complexType", depth);
	return found != NULL ? found : search_inside(search, node, depth);
}

/* Look through what stands inside a node. */
static const xmlNode *
search_inside(const struct search *search, const xmlNode *node, unsigned depth)
{
	const xmlNode *found = NULL;

	if (depth == DEPTH_LIMIT)
		return NULL;
	for (node = node->children; node && !found; node = node->next) {
		if (node->type == XML_ELEMENT_NODE)
			found = search_node(search, node, depth + 1);
	}
	return found;
}

/* Look through the type of an element, named or its own. */
static const xmlNode *
search_element(const struct search *search, const xmlNode *element)
{
	if (attribute_of(element, "type") != NULL)
		return search_named(search, element, "type", "complexType", 0);
	return search_inside(search, element, 0);
}

const xmlNode *
html_schema_child(
    const struct html_schema *schema, const xmlNode *below, const char *name)
{
	const struct search search = { schema, "element", name };

	if (below == NULL)
		return find_global(schema, "element", name);
	return search_element(&search, below);
}

bool
html_schema_attribute(
    const struct html_schema *schema, const xmlNode *element, const char *name)
{
	const struct search search = { schema, "attribute", name };

	return search_element(&search, element) != NULL;
}

/* The node after this one in document order; NULL at the end. */
static const xmlNode *
next_node(const xmlNode *node)
{
	if (node->type == XML_ELEMENT_NODE && node->children != NULL)
		return node->children;
	while (node != NULL && node->next == NULL)
		node = node->parent;
	return node != NULL ? node->next : NULL;
}

bool
html_schema_names(
    const struct html_schema *schema, bool attribute, const char *name)
{
	const char *kind = attribute ? "attribute" : "element";

	for (size_t i = 0; i < schema->n; i++) {
		const xmlNode *node = schema->documents[i]->children;

		for (; node != NULL; node = next_node(node)) {
			if (declares(node, kind, name))
				return true;
		}
	}
	return false;
}

const char *
html_schema_near(const struct html_schema *schema, struct arena *arena,
    bool attribute, const char *name)
{
	const char **names = arena_array(arena, NEAR_LIMIT, sizeof(*names));
	const char *kind = attribute ? "attribute" : "element";
	size_t n = 0;

	for (size_t i = 0; i < schema->n; i++) {
		const xmlNode *node = schema->documents[i]->children;

		for (; node != NULL; node = next_node(node)) {
			if (is_node(node, kind) && n < NEAR_LIMIT &&
			    attribute_of(node, "name") != NULL)
				names[n++] = attribute_of(node, "name");
		}
	}
	return near_word(name, names, n);
}
