#include "read/yaml_place.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The byte of a position, or the size of the source. */
static size_t
offset_of(const struct source *source, struct pos pos)
{
	const char *p = source->bytes, *end = p + source->size;
	unsigned code;

	for (unsigned i = 1; i < pos.line && p < end; i++) {
		const char *feed = memchr(p, '\n', (size_t)(end - p));

		p = feed != NULL ? feed + 1 : end;
	}
	for (unsigned i = 1; i < pos.column && p < end; i++) {
		size_t n = utf8_next(p, (size_t)(end - p), &code);

		p += n > 0 ? n : 1;
	}
	return (size_t)(p - source->bytes);
}

/* Past an opening quote, or the line of a block's "|" or ">". */
static size_t
skip_opening(const struct source *source, size_t at)
{
	const char *p = source->bytes + at;
	const char *feed;

	if (*p == '"' || *p == '\'')
		return at + 1;
	if (*p != '|' && *p != '>')
		return at;
	feed = memchr(p, '\n', source->size - at);
	return feed != NULL ? (size_t)(feed - source->bytes) + 1 : at;
}

static size_t
skip_blanks(const struct source *source, size_t at)
{
	while (at < source->size && is_blank(source->bytes[at]))
		at++;
	return at;
}

struct pos
yaml_place(const struct source *source, struct pos start, const char *text,
    size_t offset)
{
	size_t at = offset_of(source, start);
	char quote = at < source->size ? source->bytes[at] : '\0';

	at = at < source->size ? skip_opening(source, at) : at;
	for (size_t i = 0;; i++, at++) {
		if (i <= offset && is_blank(text[i])) {
			at--;
			continue;
		}
		at = skip_blanks(source, at);
		if (at >= source->size || source->bytes[at] != text[i])
			return start;
		if (i >= offset)
			break;
		if (quote == '\'' && text[i] == '\'')
			at++;
	}
	return source_pos(source, at);
}
