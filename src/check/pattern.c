#define PCRE2_CODE_UNIT_WIDTH 8

#include "check/pattern.h"

#include <pcre2.h>
#include <string.h>

struct pattern {
	struct arena *arena;
	pcre2_code *code; /* NULL: not yet compiled */
	const char *text;
	struct pos pos;
	uint32_t options;
};

#define WHOLE (PCRE2_ANCHORED | PCRE2_ENDANCHORED)
#define ANYWHERE (PCRE2_CASELESS | PCRE2_UCP)

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
compile(const struct pattern *pattern, int *error, size_t *offset)
{
	pcre2_general_context *memory =
	    pcre2_general_context_create(take, leave, pattern->arena);
	pcre2_compile_context *context = pcre2_compile_context_create(memory);

	pcre2_set_max_pattern_length(context, PATTERN_MAX);
	return pcre2_compile((PCRE2_SPTR)pattern->text, strlen(pattern->text),
	    PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C |
		pattern->options,
	    error, offset, context);
}

static struct pattern *
make(struct arena *arena, const char *text, struct pos pos, uint32_t options)
{
	struct pattern *pattern = arena_alloc(arena, sizeof(*pattern));

	pattern->arena = arena;
	pattern->text = arena_str(arena, text);
	pattern->pos = pos;
	pattern->options = options;
	return pattern;
}

int
pattern_ready(struct pattern *pattern, struct diag_list *diags)
{
	unsigned char reason[REASON_SIZE];
	size_t offset = 0;
	int error = 0;

	if (pattern->code != NULL)
		return 0;
	pattern->code = compile(pattern, &error, &offset);
	if (pattern->code != NULL)
		return 0;
	if (pcre2_get_error_message(error, reason, sizeof(reason)) < 0)
		reason[0] = '\0';
	diag_add(diags, DIAG_PATTERN, pattern->pos, "%s (at byte %zu of %.60s)",
	    (const char *)reason, offset + 1, pattern->text);
	return -1;
}

struct pattern *
pattern_compile(struct arena *arena, const char *text, struct pos pos,
    struct diag_list *diags)
{
	struct pattern *pattern = make(arena, text, pos, WHOLE);

	return pattern_ready(pattern, diags) == 0 ? pattern : NULL;
}

struct pattern *
pattern_defer(struct arena *arena, const char *text, struct pos pos)
{
	return make(arena, text, pos, ANYWHERE);
}

/*
 * PCRE2's own answer: the number of captures, PCRE2_ERROR_NOMATCH, or what
 * kept it from one.
 */
static int
run(const struct pattern *pattern, const struct subject *subject, size_t from,
    struct span *out)
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
	rc = pcre2_match(pattern->code, (PCRE2_SPTR)subject->p, subject->n,
	    from, 0, data, context);
	if (rc >= 0)
		*out = (struct span){ pcre2_get_ovector_pointer(data)[0],
			pcre2_get_ovector_pointer(data)[1] };
out:
	pcre2_match_data_free(data);
	pcre2_match_context_free(context);
	pcre2_general_context_free(memory);
	return rc;
}

/* 1, 0, or -1 with the reason in diags. */
static int
search(const struct pattern *pattern, const struct subject *subject,
    size_t from, struct span *out, struct diag_list *diags)
{
	unsigned char reason[REASON_SIZE];
	int rc;

	if (subject->n > PATTERN_SUBJECT_MAX) {
		diag_add(diags, DIAG_PATTERN_LIMIT, subject->pos,
		    "the text has %zu bytes, of at most %d", subject->n,
		    PATTERN_SUBJECT_MAX);
		return -1;
	}
	rc = run(pattern, subject, from, out);
	if (rc >= 0)
		return 1;
	if (rc == PCRE2_ERROR_NOMATCH)
		return 0;
	if (pcre2_get_error_message(rc, reason, sizeof(reason)) < 0)
		reason[0] = '\0';
	diag_add(diags, DIAG_PATTERN_LIMIT, subject->pos, "%s, in %.60s",
	    (const char *)reason, pattern->text);
	return -1;
}

int
pattern_match(const struct pattern *pattern, const char *subject, size_t n,
    struct pos pos, struct diag_list *diags)
{
	struct subject whole = { subject, n, pos };
	struct span span;

	return search(pattern, &whole, 0, &span, diags);
}

int
pattern_find(struct pattern *pattern, const struct subject *subject,
    size_t from, struct span *out, struct diag_list *diags)
{
	if (pattern_ready(pattern, diags) == -1)
		return -1;
	return search(pattern, subject, from, out, diags);
}

const char *
pattern_text(const struct pattern *pattern)
{
	return pattern->text;
}
