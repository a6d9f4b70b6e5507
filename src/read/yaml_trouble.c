#include "read/yaml_trouble.h"

#include <stdbool.h>
#include <string.h>

/* What libyaml says, and what it means. */
struct meaning {
	const char *problem;
	enum diag_id id;
	bool at_context; /* report the place where the trouble began */
	bool about_key;  /* a key that is too long gives this problem, too */
	const char *detail;
};

#define SYNTAX(problem, detail)                                                \
	{                                                                      \
		problem, DIAG_YAML_SYNTAX, false, false, detail                \
	}
#define SYNTAX_FROM(problem, detail)                                           \
	{                                                                      \
		problem, DIAG_YAML_SYNTAX, true, false, detail                 \
	}
#define SYNTAX_KEY(at_context, problem, detail)                                \
	{                                                                      \
		problem, DIAG_YAML_SYNTAX, at_context, true, detail            \
	}

static const struct meaning meanings[] = {
	SYNTAX_KEY(true, "could not find expected ':'",
	    "\":\" is missing after this text, or quotes around it"),
	SYNTAX_KEY(false, "mapping values are not allowed in this context",
	    "unexpected \":\"; put a text that holds one in quotes"),
	SYNTAX("found unexpected ':'",
	    "unexpected \":\"; put a text that holds one in quotes"),
	SYNTAX("found a tab character that violates indentation",
	    "a tab cannot indent; use spaces"),
	SYNTAX("found a tab character where an indentation space is expected",
	    "a tab cannot indent; use spaces"),
	SYNTAX_FROM(
	    "found unexpected end of stream", "the closing quote is missing"),
	SYNTAX_FROM("found unexpected document indicator",
	    "the closing quote is missing before a line of --- or ..."),
	SYNTAX("did not find expected key",
	    "expected a key here; check the indentation and the quotes"),
	SYNTAX("did not find expected '-' indicator",
	    "expected a list item (-) here; check the indentation"),
	SYNTAX("did not find expected ',' or ']'", "expected a comma or ]"),
	SYNTAX("did not find expected ',' or '}'", "expected a comma or }"),
	SYNTAX("did not find expected node content", "expected a value here"),
	SYNTAX("block sequence entries are not allowed in this context",
	    "a list item (-) cannot begin here; give it a line of its own"),
	SYNTAX("mapping keys are not allowed in this context",
	    "a key cannot begin here; check the indentation"),
	SYNTAX("found unknown escape character",
	    "unknown escape; write \\\\ for a backslash in double quotes"),
	SYNTAX("did not find expected hexdecimal number",
	    "hexadecimal digits are missing in an escape"),
	SYNTAX("found invalid Unicode character escape code",
	    "the escape stands for no character"),
	SYNTAX("found an indentation indicator equal to 0",
	    "the number after | or > is from 1 to 9"),
	SYNTAX("did not find expected <document start>",
	    "text after the end of the value; check the indentation"),
	SYNTAX("found incompatible YAML document",
	    "%YAML names a version that is not 1.1; leave the line out"),
	{ "did not find expected alphabetic or numeric character",
	    DIAG_YAML_ALIAS, false, false,
	    "a name is missing; put a text that begins with & or * in quotes" },
	{ "found undefined tag handle", DIAG_YAML_TAG, false, false,
	    "put a text that begins with ! in quotes" },
};

#undef SYNTAX
#undef SYNTAX_FROM
#undef SYNTAX_KEY

static const struct meaning *
find_meaning(const char *problem)
{
	for (size_t i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++)
		if (strcmp(meanings[i].problem, problem) == 0)
			return &meanings[i];
	return NULL;
}

/* The bytes of a line: *n from the start of it, without its line feed. */
static const char *
find_line(const struct source *source, unsigned line, size_t *n)
{
	const char *p = source->bytes;
	const char *end = p + source->size;
	const char *stop;

	while (
	    --line > 0 && (stop = memchr(p, '\n', (size_t)(end - p))) != NULL)
		p = stop + 1;
	stop = memchr(p, '\n', (size_t)(end - p));
	*n = (size_t)((stop != NULL ? stop : end) - p);
	return p;
}

/* The bytes of a line from a position on. */
static const char *
find_rest(const struct source *source, struct pos pos, size_t *n)
{
	const char *p = find_line(source, pos.line, n);

	for (unsigned column = 1; column<pos.column && * n> 0; column++)
		do {
			p++;
			--*n;
		} while (*n > 0 && ((unsigned char)*p & 0xc0) == 0x80);
	return p;
}

/* Bytes of the key that a text begins with: up to its colon or its end. */
static size_t
key_length(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] == ':' && (i + 1 == n || p[i + 1] == ' '))
			return i;
	return n;
}

/*
 * Whether the trouble is a key too long to be one; its place in *pos.  For
 * libyaml, the colon of such a key is missing or comes unexpected.
 */
static bool
is_long_key(const struct yaml_trouble *trouble, const struct source *source,
    struct pos *pos)
{
	const char *p;
	size_t n;

	if (strcmp(trouble->context, "while scanning a simple key") == 0) {
		*pos = trouble->context_pos;
	} else {
		*pos = trouble->problem_pos;
		p = find_line(source, pos->line, &n);
		pos->column = 1;
		while (n > 0 && strchr(" -?", *p) != NULL) {
			pos->column++;
			p++;
			n--;
		}
	}
	p = find_rest(source, *pos, &n);
	return key_length(p, n) > YAML_KEY_BYTES;
}

/* A character that no value can begin with. */
static void
report_start(
    struct pos pos, const struct source *source, struct diag_list *diags)
{
	size_t n;
	const char *p = find_rest(source, pos, &n);

	if (n > 0 && *p == '\t')
		diag_add(diags, DIAG_YAML_SYNTAX, pos,
		    "a tab cannot indent; use spaces");
	else
		diag_add(diags, DIAG_YAML_SYNTAX, pos,
		    "a value cannot begin with \"%.*s\"; put it in quotes",
		    n > 0 ? 1 : 0, p);
}

/* A problem that is not in the table, by what libyaml was busy with. */
static void
report_rest(const struct yaml_trouble *trouble, struct diag_list *diags)
{
	struct pos pos = trouble->problem_pos;

	if (strstr(trouble->context, "directive") != NULL)
		diag_add(diags, DIAG_YAML_SYNTAX, pos,
		    "a line that begins with %% is wrong; leave it out");
	else if (strstr(trouble->context, "tag") != NULL)
		diag_add(diags, DIAG_YAML_TAG, pos,
		    "put a text that begins with ! in quotes");
	else if (strstr(trouble->context, "block scalar") != NULL)
		diag_add(diags, DIAG_YAML_SYNTAX, pos,
		    "expected the end of the line after | or >");
	else
		diag_add(diags, DIAG_YAML_SYNTAX, pos,
		    "unexpected text; check the indentation and the quotes");
}

/* The position, or the end of the text when only blanks follow it. */
static struct pos
before_blanks(const struct source *source, struct pos pos)
{
	size_t n = source->size;
	struct pos end;

	while (n > 0 && strchr(" \t\r\n", source->bytes[n - 1]) != NULL)
		n--;
	end = source_pos(source, n);
	if (pos.line > end.line ||
	    (pos.line == end.line && pos.column > end.column))
		return end;
	return pos;
}

void
yaml_report(const struct yaml_trouble *trouble, const struct source *source,
    struct diag_list *diags)
{
	static const char odd[] = "found character that cannot start any token";
	const struct meaning *meaning = find_meaning(trouble->problem);
	bool about_key = meaning != NULL && meaning->about_key;
	struct pos pos = trouble->problem_pos;

	if (about_key && is_long_key(trouble, source, &pos)) {
		diag_add(diags, DIAG_YAML_KEY, pos, "longer than %d bytes",
		    YAML_KEY_BYTES);
	} else if (meaning != NULL) {
		pos = meaning->at_context && trouble->context[0] != '\0' ?
		    trouble->context_pos :
		    trouble->problem_pos;
		diag_add(diags, meaning->id, before_blanks(source, pos), "%s",
		    meaning->detail);
	} else if (strcmp(trouble->problem, odd) == 0) {
		report_start(pos, source, diags);
	} else {
		report_rest(trouble, diags);
	}
}
