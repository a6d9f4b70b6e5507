#include "read/flat.h"

#include <string.h>

#include "base/intern.h"

/* The byte that a value begins with. */
enum {
	FLAG_KIND = 7,
	FLAG_QUOTED = 8,
	FLAG_TRUTH = 16,
	FLAG_TEXT = 32,
	FLAGS = 63
};

/* A value takes no less, nor does a string. */
enum { VALUE_BYTES = 3, STRING_BYTES = 2 };

/* A tree on its way: the strings that were met, and the values' bytes. */
struct writer {
	struct intern strings;
	struct text values;
};

static void
put_number(struct text *out, size_t n)
{
	while (n > 0x7f) {
		text_putc(out, (char)(n | 0x80));
		n >>= 7;
	}
	text_putc(out, (char)n);
}

/* The string's number, which it gets when it is met for the first time. */
static void
put_string(struct writer *writer, const char *p, size_t n)
{
	put_number(&writer->values, intern_add(&writer->strings, p, n));
}

static void
put_pos(struct text *out, struct pos pos)
{
	put_number(out, pos.line);
	put_number(out, pos.column);
}

static void
put_value(struct writer *writer, const struct value *value, bool is_keyed)
{
	struct text *out = &writer->values;
	unsigned flags = (unsigned)value->kind;

	flags |= value->quoted ? FLAG_QUOTED : 0;
	flags |= value->truth ? FLAG_TRUTH : 0;
	flags |= value->text != NULL ? FLAG_TEXT : 0;
	text_putc(out, (char)flags);
	put_pos(out, value->pos);
	if (is_keyed) {
		put_pos(out, value->key_pos);
		put_string(writer, value->key, strlen(value->key));
	}
	if (value->text != NULL)
		put_string(writer, value->text, value->len);
	if (value->kind < VALUE_LIST)
		return;
	put_number(out, value->n);
	for (const struct value *v = value->first; v != NULL; v = v->next)
		put_value(writer, v, value->kind == VALUE_MAP);
}

static void
put_strings(struct text *out, const struct intern *strings)
{
	put_number(out, strings->n);
	for (size_t i = 0; i < strings->n; i++) {
		put_number(out, strings->entries[i].n);
		text_put(out, strings->entries[i].p, strings->entries[i].n + 1);
	}
}

static size_t
count(const struct value *value)
{
	size_t n = 1;

	for (const struct value *v = value->first; v != NULL; v = v->next)
		n += count(v);
	return n;
}

void
flat_write(struct text *out, const struct value *tree)
{
	struct arena arena = { 0 };
	struct writer writer = { .strings.arena = &arena };

	put_value(&writer, tree, false);
	put_strings(out, &writer.strings);
	put_number(out, count(tree));
	text_put(out, writer.values.p, writer.values.n);
	text_free(&writer.values);
	arena_free(&arena);
}

struct string {
	const char *p;
	size_t len;
};

/* The bytes that are left, and the values that are to come of them. */
struct reader {
	const char *p;
	const char *end;
	const char *file;
	struct string *strings; /* n_strings, of which values named n_used */
	size_t n_strings;
	size_t n_used;
	struct value *values;
	size_t n;
};

static int
take_number(struct reader *reader, unsigned *out)
{
	unsigned n = 0;

	for (unsigned shift = 0; shift < 28; shift += 7) {
		unsigned char c;

		if (reader->p == reader->end)
			return -1;
		c = (unsigned char)*reader->p++;
		n |= (c & 0x7fU) << shift;
		if (c < 0x80) {
			*out = n;
			return 0;
		}
	}
	return -1;
}

static int
take_pos(struct reader *reader, struct pos *out)
{
	out->file = reader->file;
	if (take_number(reader, &out->line) == -1)
		return -1;
	return take_number(reader, &out->column);
}

/* A string in place; its length and its NUL are proved. */
static int
take_string(struct reader *reader, struct string *out)
{
	unsigned n;

	if (take_number(reader, &n) == -1 ||
	    (size_t)(reader->end - reader->p) <= n || reader->p[n] != '\0' ||
	    value_refused_char(reader->p, n) != VALUE_NO_CHAR)
		return -1;
	*out = (struct string){ reader->p, n };
	reader->p += n + 1;
	return 0;
}

static int
take_strings(struct reader *reader, struct arena *arena)
{
	unsigned n;

	if (take_number(reader, &n) == -1 ||
	    n > (size_t)(reader->end - reader->p) / STRING_BYTES)
		return -1;
	reader->n_strings = n;
	reader->strings = arena_array(arena, n, sizeof(*reader->strings));
	for (unsigned i = 0; i < n; i++)
		if (take_string(reader, &reader->strings[i]) == -1)
			return -1;
	return 0;
}

/* A string that a value names; one not named before is the next. */
static int
take_named(struct reader *reader, const char **out, size_t *len)
{
	unsigned i;

	if (take_number(reader, &i) == -1 || i > reader->n_used ||
	    i >= reader->n_strings)
		return -1;
	reader->n_used += i == reader->n_used ? 1 : 0;
	*out = reader->strings[i].p;
	*len = reader->strings[i].len;
	return 0;
}

static struct value *take_value(
    struct reader *reader, bool is_keyed, unsigned depth);

static int
take_children(struct reader *reader, struct value *parent, unsigned depth)
{
	unsigned n;

	if (depth == VALUE_DEPTH || take_number(reader, &n) == -1)
		return -1;
	while (n-- > 0) {
		struct value *child =
		    take_value(reader, parent->kind == VALUE_MAP, depth + 1);

		if (child == NULL)
			return -1;
		value_add(parent, child);
	}
	return 0;
}

/* Whether a kind has a text; both with and without are read of null. */
static bool
is_whole(unsigned flags)
{
	unsigned kind = flags & FLAG_KIND;
	bool has_text = (flags & FLAG_TEXT) != 0;

	if ((flags & ~(unsigned)FLAGS) != 0 || kind > VALUE_MAP)
		return false;
	if (kind == VALUE_TEXT || kind == VALUE_NUMBER)
		return has_text;
	return kind < VALUE_LIST || !has_text;
}

static struct value *
take_value(struct reader *reader, bool is_keyed, unsigned depth)
{
	struct value *value = reader->values;
	unsigned flags;
	size_t len;

	if (reader->n == 0 || take_number(reader, &flags) == -1 ||
	    !is_whole(flags) || take_pos(reader, &value->pos) == -1)
		return NULL;
	reader->values++;
	reader->n--;
	value->kind = (enum value_kind)(flags & FLAG_KIND);
	value->quoted = (flags & FLAG_QUOTED) != 0;
	value->truth = (flags & FLAG_TRUTH) != 0;
	if (is_keyed &&
	    (take_pos(reader, &value->key_pos) == -1 ||
		take_named(reader, &value->key, &len) == -1))
		return NULL;
	if ((flags & FLAG_TEXT) != 0 &&
	    take_named(reader, &value->text, &value->len) == -1)
		return NULL;
	if (value->kind >= VALUE_LIST &&
	    take_children(reader, value, depth) == -1)
		return NULL;
	return value;
}

struct value *
flat_read(struct arena *arena, const char *p, size_t n, const char *file)
{
	struct reader reader = { .p = p, .end = p + n, .file = file };
	struct value *tree;
	unsigned values;

	if (take_strings(&reader, arena) == -1 ||
	    take_number(&reader, &values) == -1 || values > VALUE_COUNT ||
	    values > n / VALUE_BYTES)
		return NULL;
	reader.values = arena_array(arena, values, sizeof(*reader.values));
	reader.n = values;
	tree = take_value(&reader, false, 0);
	if (tree == NULL || reader.p != reader.end || reader.n != 0 ||
	    reader.n_used != reader.n_strings)
		return NULL;
	return tree;
}
