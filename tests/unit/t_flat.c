#include "read/flat.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "read/json.h"
#include "read/yaml.h"
#include "tap.h"

static const char yaml[] = "# a file\n"
			   "first: &a\n"
			   "  text: 'quoted: \"so\"'\n"
			   "  long: >-\n"
			   "    two lines\n"
			   "    of prose\n"
			   "  empty:\n"
			   "  blank: ''\n"
			   "again: *a\n"
			   "list: [one, [two, {three: 3}], {}, []]\n"
			   "smörgås: \"räka \\u263a\"\n";
static const char json[] = "{\"a\": true, \"b\": false, \"c\": null,\n"
			   " \"d\": -1.50e3, \"e\": [\"\", \"x\"]}";

/* A text for a tree with everything in it, so that two can be compared. */
static void
describe(struct text *out, const struct value *v)
{
	size_t n = 0;

	text_printf(out, "%d%d%d %s:%u:%u", (int)v->kind, v->truth, v->quoted,
	    v->pos.file, v->pos.line, v->pos.column);
	if (v->key != NULL)
		text_printf(out, " %s@%s:%u:%u", v->key, v->key_pos.file,
		    v->key_pos.line, v->key_pos.column);
	if (v->text != NULL)
		text_printf(out, " %zu'%s'", v->len, v->text);
	text_putc(out, '\n');
	for (const struct value *c = v->first; c != NULL; c = c->next, n++) {
		describe(out, c);
		if (c->next == NULL && c != v->last)
			text_puts(out, "the last child is another\n");
	}
	if (n != v->n)
		text_puts(out, "children are miscounted\n");
}

struct bench {
	struct arena arena;
	struct diag_list diags;
	struct text flat;
	struct text want, got;
};

static void
begin(struct bench *b)
{
	*b = (struct bench){ 0 };
	b->diags.arena = &b->arena;
}

static void
end(struct bench *b)
{
	text_free(&b->flat);
	text_free(&b->want);
	text_free(&b->got);
	arena_free(&b->arena);
}

static struct value *
parse(struct bench *b, const char *bytes, bool is_json)
{
	struct source source;

	source_of_bytes(&source, "f", bytes, strlen(bytes));
	return is_json ? json_read(&b->arena, &source, &b->diags) :
			 yaml_read(&b->arena, &source, &b->diags);
}

static void
comes_back(const char *bytes, bool is_json)
{
	struct bench b;
	const struct value *tree, *again;

	begin(&b);
	tree = parse(&b, bytes, is_json);
	CHECK(tree != NULL);
	if (tree != NULL) {
		flat_write(&b.flat, tree);
		again = flat_read(&b.arena, b.flat.p, b.flat.n, "f");
		CHECK(again != NULL);
		describe(&b.want, tree);
		describe(&b.got, again != NULL ? again : tree->first);
		CHECK_STR(text_str(&b.got), text_str(&b.want));
	}
	end(&b);
}

/* Bytes in a block of just their size, so that a step beyond it is seen. */
static struct value *
read_exact(struct bench *b, const char *p, size_t n)
{
	char *block = memory_grow(NULL, n, 1);
	struct value *tree;

	if (n > 0)
		memcpy(block, p, n);
	tree = flat_read(&b->arena, block, n, "f");
	if (tree != NULL)
		describe(&b->got, tree);
	free(block);
	return tree;
}

static void
is_refused_when_cut(void)
{
	struct bench b;
	size_t refused = 0;

	begin(&b);
	flat_write(&b.flat, parse(&b, yaml, false));
	for (size_t n = 0; n < b.flat.n; n++)
		refused += read_exact(&b, b.flat.p, n) == NULL;
	CHECK_INT(refused, b.flat.n);
	text_putc(&b.flat, '\0');
	CHECK(read_exact(&b, b.flat.p, b.flat.n) == NULL);
	CHECK(read_exact(&b, b.flat.p, b.flat.n - 1) != NULL);
	end(&b);
}

/* Whatever a byte becomes, what is read is a whole tree or nothing. */
static void
survives_other_bytes(void)
{
	struct bench b;
	size_t broken = 0, tried = 0;

	begin(&b);
	flat_write(&b.flat, parse(&b, yaml, false));
	for (size_t i = 0; i < b.flat.n; i++) {
		char kept = b.flat.p[i];

		for (int bit = 0; bit < 8; bit++, tried++) {
			b.flat.p[i] = (char)(kept ^ (1 << bit));
			text_clear(&b.got);
			if (read_exact(&b, b.flat.p, b.flat.n) != NULL)
				broken += strstr(text_str(&b.got),
					      "miscounted") != NULL ||
				    strstr(text_str(&b.got), "another") != NULL;
		}
		b.flat.p[i] = kept;
	}
	CHECK(tried > 8 * sizeof(yaml));
	CHECK_INT(broken, 0);
	end(&b);
}

static struct value *
read_bytes(struct bench *b, const char *p, size_t n)
{
	return flat_read(&b->arena, p, n, "f");
}

#define READ(b, bytes) read_bytes((b), (bytes), sizeof(bytes) - 1)
#define X "\1\1x\0" /* one string, x */
#define K "\1\1k\0"

/* What is said often is there once. */
static void
keeps_strings_once(void)
{
	static const char often[] = "- {word: same}\n- {word: same}\n"
				    "- {word: same, same: word}\n";
	struct bench b;
	const struct value *tree;

	begin(&b);
	flat_write(&b.flat, parse(&b, often, false));
	tree = flat_read(&b.arena, b.flat.p, b.flat.n, "f");
	CHECK(tree != NULL && tree->n == 3);
	if (tree != NULL) {
		const struct value *last = tree->last;

		CHECK_STR(last->last->text, "word");
		CHECK(last->last->text == tree->first->first->key);
		CHECK(last->last->key == tree->first->first->text);
	}
	CHECK(memcmp(b.flat.p, "\2\4word\0\4same\0\10", 14) == 0);
	end(&b);
}

/* Each of these is a good file but for one thing. */
static void
refuses(void)
{
	struct bench b;

	begin(&b);
	CHECK(READ(&b, X "\1\43\1\1\0") != NULL);
	CHECK_STR(READ(&b, X "\1\43\1\1\0")->text, "x");
	CHECK(READ(&b, X "\2\43\1\1\0") == NULL);        /* a value too few */
	CHECK(READ(&b, X "\0\43\1\1\0") == NULL);        /* none announced */
	CHECK(READ(&b, X "\1\46\1\1\0") == NULL);        /* no such kind */
	CHECK(READ(&b, X "\1\103\1\1\0") == NULL);       /* no such flag */
	CHECK(READ(&b, X "\1\3\1\1\0") == NULL);         /* text without text */
	CHECK(READ(&b, X "\1\45\1\1\0\0") == NULL);      /* a map with text */
	CHECK(READ(&b, "\1\1xy\1\43\1\1\0") == NULL);    /* not ended */
	CHECK(READ(&b, "\1\2\0x\0\1\43\1\1\0") == NULL); /* NUL inside */
	CHECK(READ(&b, "\1\1\33\0\1\43\1\1\0") == NULL); /* escape */
	CHECK(READ(&b, "\1\1\377\0\1\43\1\1\0") == NULL);   /* not UTF-8 */
	CHECK(READ(&b, X "\1\43\1\1\1") == NULL);           /* no such string */
	CHECK(READ(&b, "\0\1\43\1\1\0") == NULL);           /* none at all */
	CHECK(READ(&b, "\2\1x\0\1y\0\1\43\1\1\0") == NULL); /* not all named */
	CHECK(READ(&b, "\2\1x\0\1y\0\1\43\1\1\1") == NULL); /* out of order */
	CHECK(READ(&b, "\177\1x\0\1\43\1\1\0") == NULL); /* more than can be */
	CHECK(READ(&b, "\0\1\4\1\1\0") != NULL);         /* an empty list */
	CHECK(READ(&b, "\0\1\4\1\1\1") == NULL); /* of one, without it */
	CHECK(READ(&b, K "\2\5\1\1\1\0\1\1\1\1\0") != NULL);
	CHECK(READ(&b, K "\2\5\1\1\1\0\1\1\1\1\1") == NULL);
	CHECK(READ(&b, X "\377\377\377\377\17\43\1\1\0") == NULL);
	CHECK(READ(&b, X "\1\43\377\377\377\177\1\0") != NULL);
	CHECK(READ(&b, X "\1\43\377\377\377\377\1\1\0") == NULL);
	CHECK(READ(&b, "") == NULL);
	end(&b);
}

/* A list of a list of ...: as many levels as every reader takes, no more. */
static void
keeps_the_depth(void)
{
	struct bench b;
	struct value *inner = NULL;

	begin(&b);
	for (size_t i = 0; i < VALUE_DEPTH; i++) {
		struct value *list =
		    value_new(&b.arena, VALUE_LIST, (struct pos){ "f", 1, 1 });

		if (inner != NULL)
			value_add(list, inner);
		inner = list;
	}
	flat_write(&b.flat, inner);
	CHECK(flat_read(&b.arena, b.flat.p, b.flat.n, "f") != NULL);
	text_clear(&b.flat);
	{
		struct value *list =
		    value_new(&b.arena, VALUE_LIST, (struct pos){ "f", 1, 1 });

		value_add(list, inner);
		flat_write(&b.flat, list);
	}
	CHECK(flat_read(&b.arena, b.flat.p, b.flat.n, "f") == NULL);
	end(&b);
}

/* A number of more than one byte, at each length that it can have. */
static void
counts_far(void)
{
	static const unsigned lines[] = { 0, 127, 128, 16383, 16384, 2097151,
		2097152, 268435455 };
	struct bench b;

	begin(&b);
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct value *list = value_new(&b.arena, VALUE_LIST,
		    (struct pos){ "f", lines[i], lines[i] });
		const struct value *again;

		text_clear(&b.flat);
		flat_write(&b.flat, list);
		again = flat_read(&b.arena, b.flat.p, b.flat.n, "g");
		CHECK(again != NULL);
		CHECK_INT(again->pos.line, lines[i]);
		CHECK_INT(again->pos.column, lines[i]);
		CHECK_STR(again->pos.file, "g");
	}
	end(&b);
}

int
main(void)
{
	comes_back(yaml, false);
	comes_back(json, true);
	is_refused_when_cut();
	survives_other_bytes();
	keeps_strings_once();
	refuses();
	keeps_the_depth();
	counts_far();
	return tap_done();
}
