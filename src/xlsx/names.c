#include "xlsx/names.h"

#include <stdbool.h>
#include <string.h>

#include "base/near.h"

enum { NAME_SIZE = 128 };

/* Functions and node tests of XPath 1.0, and those of expr.h. */
static const char *const functions[] = { "boolean", "ceiling", "choose",
	"comment", "concat", "contains", "count", "date", "false", "fixed",
	"floor", "id", "join", "lang", "last", "local-name", "name",
	"namespace-uri", "node", "normalize-space", "not", "number", "percent",
	"pick", "position", "processing-instruction", "round", "rows",
	"starts-with", "string", "string-length", "substring",
	"substring-after", "substring-before", "sum", "text", "translate",
	"true" };

static const char *const operators[] = { "and", "div", "mod", "or" };

/* What stands before a name decides what the name is. */
enum before {
	BEFORE_START, /* an operator, a bracket, or nothing: an operand comes */
	BEFORE_OPERAND,
	BEFORE_ATTRIBUTE,
	BEFORE_VARIABLE
};

struct scan {
	const char *p;
	enum before before;
	const struct xlsx_names *names;
	struct pos pos;
	struct diag_list *diags;
	int rc;
};

static bool
is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' ||
	    (unsigned char)c >= 0x80;
}

static bool
is_name_start(char c)
{
	return is_name_char(c) && c != '-' && c != '.' &&
	    !(c >= '0' && c <= '9');
}

static bool
is_among(const char *const words[], size_t n, const char *word)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(words[i], word) == 0)
			return true;
	return false;
}

static void
offence(struct scan *scan, const char *kind, const char *word, const char *near)
{
	scan->rc = -1;
	if (near != NULL)
		diag_add(scan->diags, DIAG_TEMPLATE, scan->pos,
		    "unknown %s \"%s\"; did you mean \"%s\"?", kind, word,
		    near);
	else
		diag_add(scan->diags, DIAG_TEMPLATE, scan->pos,
		    "unknown %s \"%s\"", kind, word);
}

static void
check_function(struct scan *scan, const char *word)
{
	size_t n = sizeof(functions) / sizeof(functions[0]);

	if (!is_among(functions, n, word))
		offence(scan, "function", word, near_word(word, functions, n));
}

/* key is the name as the contract lists it: "item" or "@id". */
static void
check_declared(struct scan *scan, const char *key)
{
	const struct xlsx_names *names = scan->names;

	if (names == NULL || names->n == 0 ||
	    is_among(names->names, names->n, key))
		return;
	offence(scan, key[0] == '@' ? "attribute" : "element", key,
	    near_word(key, names->names, names->n));
}

static const char *
skip_blanks(const char *p)
{
	while (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r')
		p++;
	return p;
}

static void
take_name(struct scan *scan)
{
	char name[NAME_SIZE + 1] = "@";
	size_t n = 0;
	const char *after;

	while (is_name_char(scan->p[n]))
		n++;
	if (n >= NAME_SIZE) {
		offence(scan, "name", "(too long)", NULL);
		scan->p += n;
		return;
	}
	memcpy(name + 1, scan->p, n);
	name[n + 1] = '\0';
	scan->p += n;
	after = skip_blanks(scan->p);
	if (scan->before == BEFORE_OPERAND &&
	    is_among(operators, sizeof(operators) / sizeof(operators[0]),
		name + 1)) {
		scan->before = BEFORE_START;
		return;
	}
	if (after[0] == ':' && after[1] == ':') {
		scan->before = strcmp(name + 1, "attribute") == 0 ?
		    BEFORE_ATTRIBUTE :
		    BEFORE_START;
		scan->p = after + 2;
		return;
	}
	if (*after == '(')
		check_function(scan, name + 1);
	else if (scan->before == BEFORE_ATTRIBUTE)
		check_declared(scan, name);
	else if (scan->before != BEFORE_VARIABLE)
		check_declared(scan, name + 1);
	scan->before = BEFORE_OPERAND;
}

static void
take_literal(struct scan *scan)
{
	const char *end = strchr(scan->p + 1, *scan->p);

	scan->p = end != NULL ? end + 1 : scan->p + strlen(scan->p);
	scan->before = BEFORE_OPERAND;
}

/*
 * After "*" in operand place (a wildcard), ")", "]" and "." stands an
 * operand; after every other sign one is awaited.
 */
static void
take_sign(struct scan *scan)
{
	bool is_wildcard = *scan->p == '*' && scan->before != BEFORE_OPERAND;

	if (*scan->p == '@')
		scan->before = BEFORE_ATTRIBUTE;
	else if (*scan->p == '$')
		scan->before = BEFORE_VARIABLE;
	else if (is_wildcard || strchr(")].", *scan->p) != NULL)
		scan->before = BEFORE_OPERAND;
	else
		scan->before = BEFORE_START;
	scan->p++;
}

int
names_check(const char *path, const struct xlsx_names *names, struct pos pos,
    struct diag_list *diags)
{
	struct scan scan = {
		.p = path, .names = names, .pos = pos, .diags = diags
	};

	for (;;) {
		scan.p = skip_blanks(scan.p);
		if (*scan.p == '\0')
			return scan.rc;
		if (*scan.p == '"' || *scan.p == '\'')
			take_literal(&scan);
		else if (is_name_start(*scan.p))
			take_name(&scan);
		else if (*scan.p >= '0' && *scan.p <= '9') {
			scan.p += strspn(scan.p, "0123456789.");
			scan.before = BEFORE_OPERAND;
		} else
			take_sign(&scan);
	}
}
