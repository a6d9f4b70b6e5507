#define PCRE2_CODE_UNIT_WIDTH 8

#include "check/pattern.h"

#include <pcre2.h>
#include <string.h>

struct pattern {
	pcre2_code *code;
	const char *text;
};

enum { REASON_SIZE = 160 };

static void *
take(size_t n, void *arena)
{
	return arena_alloc(arena, n);
}

/* The arena gives everything back in one piece. */
static void
leave(void *p, void *arena)
{
	(void)p;
	(void)arena;
}

static pcre2_code *
compile(struct arena *arena, const char *text, int *error, size_t *offset)
{
	pcre2_general_context *memory =
	    pcre2_general_context_create(take, leave, arena);
	pcre2_compile_context *context = pcre2_compile_context_create(memory);

	pcre2_set_max_pattern_length(context, PATTERN_MAX);
	return pcre2_compile((PCRE2_SPTR)text, strlen(text),
	    PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C |
		PCRE2_ANCHORED | PCRE2_ENDANCHORED,
	    error, offset, context);
}

struct pattern *
pattern_compile(struct arena *arena, const char *text, struct pos pos,
    struct diag_list *diags)
{
	struct pattern *pattern = arena_alloc(arena, sizeof(*pattern));
	unsigned char reason[REASON_SIZE];
	size_t offset = 0;
	int error = 0;

	pattern->text = arena_str(arena, text);
	pattern->code = compile(arena, pattern->text, &error, &offset);
	if (pattern->code != NULL)
		return pattern;
	if (pcre2_get_error_message(error, reason, sizeof(reason)) < 0)
		reason[0] = '\0';
	diag_add(diags, DIAG_PATTERN, pos, "%s (at byte %zu of %.60s)",
	    (const char *)reason, offset + 1, text);
	return NULL;
}

/*
 * PCRE2's own answer: the number of captures, PCRE2_ERROR_NOMATCH, or what
 * kept it from one.
 */
static int
run(const struct pattern *pattern, const char *subject, size_t n)
{
	pcre2_general_context *memory =
	    pcre2_general_context_create(NULL, NULL, NULL);
	pcre2_match_context *context = NULL;
	pcre2_match_data *data = NULL;
	int rc = PCRE2_ERROR_NOMEMORY;

	if (memory == NULL)
		goto out;
	context = pcre2_match_context_create(memory);
	data = pcre2_match_data_create(1, memory);
	if (context == NULL || data == NULL)
		goto out;
	pcre2_set_match_limit(context, PATTERN_MATCH_LIMIT);
	pcre2_set_depth_limit(context, PATTERN_DEPTH_LIMIT);
	pcre2_set_heap_limit(context, PATTERN_HEAP_LIMIT);
	rc = pcre2_match(
	    pattern->code, (PCRE2_SPTR)subject, n, 0, 0, data, context);
out:
	pcre2_match_data_free(data);
	pcre2_match_context_free(context);
	pcre2_general_context_free(memory);
	return rc;
}

int
pattern_match(const struct pattern *pattern, const char *subject, size_t n,
    struct pos pos, struct diag_list *diags)
{
	unsigned char reason[REASON_SIZE];
	int rc;

	if (n > PATTERN_SUBJECT_MAX) {
		diag_add(diags, DIAG_PATTERN_LIMIT, pos,
		    "the text has %zu bytes, of at most %d", n,
		    PATTERN_SUBJECT_MAX);
		return -1;
	}
	rc = run(pattern, subject, n);
	if (rc >= 0)
		return 1;
	if (rc == PCRE2_ERROR_NOMATCH)
		return 0;
	if (pcre2_get_error_message(rc, reason, sizeof(reason)) < 0)
		reason[0] = '\0';
	diag_add(diags, DIAG_PATTERN_LIMIT, pos, "%s, in %.60s",
	    (const char *)reason, pattern->text);
	return -1;
}

const char *
pattern_text(const struct pattern *pattern)
{
	return pattern->text;
}
