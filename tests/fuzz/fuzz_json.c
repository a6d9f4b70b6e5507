#include "read/json.h"

#include "base/num.h"
#include "base/text.h"
#include "sound.h"

/* The byte that a value of the kind may begin with. */
static void
check_places(const struct fuzz *fuzz, const struct value *value)
{
	static const char *const starts[] = { [VALUE_NULL] = "n",
		[VALUE_BOOL] = "tf",
		[VALUE_NUMBER] = "-0123456789",
		[VALUE_TEXT] = "\"",
		[VALUE_LIST] = "[",
		[VALUE_MAP] = "{" };
	const char *p = fuzz_at(fuzz, value->pos);
	double number;

	MUST(strchr(starts[value->kind], *p) != NULL);
	if (value->kind == VALUE_NUMBER)
		MUST(num_read(value->text, value->len, &number));
	if (value->key != NULL)
		MUST(*fuzz_at(fuzz, value->key_pos) == '"');
	for (const struct value *v = value->first; v != NULL; v = v->next)
		check_places(fuzz, v);
}

/* Write a tree as JSON. */
static void
put(struct text *out, const struct value *value)
{
	bool map = value->kind == VALUE_MAP;

	if (value->kind == VALUE_NULL)
		text_puts(out, "null");
	else if (value->kind == VALUE_TEXT)
		text_put_json(out, value->text, value->len);
	else if (value->kind < VALUE_LIST)
		text_put(out, value->text, value->len);
	if (value->kind < VALUE_LIST)
		return;
	text_putc(out, map ? '{' : '[');
	for (const struct value *v = value->first; v != NULL; v = v->next) {
		if (v != value->first)
			text_putc(out, ',');
		if (map) {
			text_put_json(out, v->key, strlen(v->key));
			text_putc(out, ':');
		}
		put(out, v);
	}
	text_putc(out, map ? '}' : ']');
}

static void
check_same(const struct value *a, const struct value *b)
{
	const struct value *y = b->first;

	MUST(a->kind == b->kind && a->n == b->n && a->truth == b->truth);
	MUST(a->len == b->len);
	if (a->text != NULL)
		MUST(strcmp(a->text, b->text) == 0);
	if (a->key != NULL)
		MUST(strcmp(a->key, b->key) == 0);
	for (const struct value *x = a->first; x != NULL; x = x->next) {
		check_same(x, y);
		y = y->next;
	}
}

/* What is read, written and read again is the same. */
static void
check_round(const struct value *value)
{
	struct text out = { 0 };
	struct fuzz again;
	const struct value *back;

	put(&out, value);
	fuzz_begin(&again, (const uint8_t *)out.p, out.n);
	back = json_read(&again.arena, &again.source, &again.diags);
	MUST(back != NULL);
	check_same(value, back);
	fuzz_end(&again);
	text_free(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct fuzz fuzz;
	const struct value *value;

	fuzz_begin(&fuzz, p, n);
	value = json_read(&fuzz.arena, &fuzz.source, &fuzz.diags);
	fuzz_outcome(&fuzz, value);
	if (value != NULL) {
		fuzz_value(&fuzz, value, 0);
		fuzz_unique(value);
		check_places(&fuzz, value);
		check_round(value);
	}
	fuzz_end(&fuzz);
	return 0;
}
