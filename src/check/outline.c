#include "check/outline.h"

#include <string.h>

#include "read/yaml.h"

enum { KEY_INDENT = 4 }; /* of the keys of a rule in our files */

/* Bytes of the line at p, its line feed among them. */
static size_t
line_length(const char *p, const char *end)
{
	const char *feed = memchr(p, '\n', (size_t)(end - p));

	return (size_t)((feed != NULL ? feed + 1 : end) - p);
}

/* The keys of such blocks, as our files write them. */
static const char *const block_keys[] = {
	"    examples:", "    covered:", "    holders:", "    tiers:"
};

static bool
is_block_key(const char *line, size_t n)
{
	for (size_t i = 0; i < sizeof(block_keys) / sizeof(block_keys[0]); i++)
		if (n > strlen(block_keys[i]) &&
		    memcmp(line, block_keys[i], strlen(block_keys[i])) == 0)
			return true;
	return false;
}

/* Whether a line is blank or stands deeper than the keys of an entry. */
static bool
is_below_key(const char *line, size_t n)
{
	size_t i = 0;

	while (i < n && line[i] == ' ')
		i++;
	return i > KEY_INDENT || i == n || line[i] == '\n';
}

/*
 * Empty the lines of the blocks, so that they cost nothing and all others keep
 * their numbers.
 */
static void
drop_blocks(struct arena *arena, struct source *source)
{
	const char *p = source->bytes, *end = p + source->size;
	char *out = arena_alloc(arena, source->size + 1);
	bool is_inside = false;
	size_t filled = 0;

	for (size_t n; p < end; p += n) {
		n = line_length(p, end);
		is_inside =
		    is_block_key(p, n) || (is_inside && is_below_key(p, n));
		if (is_inside) {
			out[filled++] = '\n';
			continue;
		}
		memcpy(out + filled, p, n);
		filled += n;
	}
	source->bytes = out;
	source->size = filled;
}

struct value *
outline_read(
    struct arena *arena, const struct source *source, struct diag_list *diags)
{
	struct source outline = *source;

	drop_blocks(arena, &outline);
	return yaml_read(arena, &outline, diags);
}
