#include "read/yaml.h"

#include "sound.h"

/*
 * Where a value stands, the file shows it: a plain text by its first byte, an
 * alias or anchor by its mark, a quoted text by its quote.
 */
static void
check_places(const struct fuzz *fuzz, const struct value *value)
{
	const char *p = fuzz_at(fuzz, value->pos);

	if (value->kind == VALUE_TEXT && !value->quoted)
		MUST(*p == value->text[0] || *p == '&' || *p == '*');
	if (value->kind == VALUE_TEXT && value->quoted)
		MUST(strchr("'\"|>&*", *p) != NULL);
	if (value->kind == VALUE_TEXT)
		MUST(memchr(value->text, '\r', value->len) == NULL);
	for (const struct value *v = value->first; v != NULL; v = v->next)
		check_places(fuzz, v);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct fuzz fuzz;
	const struct value *value;

	fuzz_begin(&fuzz, p, n);
	value = yaml_read(&fuzz.arena, &fuzz.source, &fuzz.diags);
	fuzz_outcome(&fuzz, value);
	if (value != NULL) {
		MUST(value->kind != VALUE_NULL);
		fuzz_value(&fuzz, value, 0);
		fuzz_unique(value);
		check_places(&fuzz, value);
	}
	fuzz_end(&fuzz);
	return 0;
}
