#include <string.h>

#include "base/text.h"
#include "check/read.h"

/* What stands in schema files beside rules. */

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const char *const condition_keys[] = { "id", "says", "denies", "check" };

const char *
read_provision(struct arena *arena, const char *reference)
{
	static const char point[] = ", point ", art[] = "Art. ";
	struct text text = { 0 };
	const char *p = reference, *shown;

	while (*p != '\0') {
		size_t n = strcspn(p, ",A");

		text_put(&text, p, n);
		p += n;
		if (strncmp(p, point, sizeof(point) - 1) == 0) {
			text_putc(&text, ' ');
			p += sizeof(point) - 1;
		} else if (strncmp(p, art, sizeof(art) - 1) == 0) {
			text_puts(&text, "Article ");
			p += sizeof(art) - 1;
		} else if (*p != '\0') {
			text_putc(&text, *p++);
		}
	}
	shown = arena_dup(arena, text_str(&text), text.n);
	text_free(&text);
	return shown;
}

int
read_obligation(
    struct parser *parser, const struct value *entry, struct obligation *out)
{
	const struct value *id = value_get(entry, "id");
	const struct value *reference = value_get(entry, "reference");

	out->entry = entry;
	out->pos = entry->pos;
	if (id == NULL || reference == NULL)
		return parse_offend(parser, entry->pos,
		    "an obligation needs the keys \"id\" and \"reference\"");
	out->id = parse_text(parser, id);
	out->reference = parse_text(parser, reference);
	if (out->id == NULL || out->reference == NULL)
		return -1;
	out->provision = read_provision(parser->arena, out->reference);
	out->paraphrase = value_text(entry, "paraphrase");
	out->gate = value_text(entry, "gate");
	return 0;
}

int
read_pack(struct parser *parser, const struct value *map, struct pack *out)
{
	const struct value *reviewed = value_get(map, "reviewed");

	out->name = value_text(map, "name");
	out->version = value_text(map, "version");
	out->edition = value_text(map, "edition");
	out->reviewed = DATE_NONE;
	if (out->name == NULL || out->version == NULL || reviewed == NULL)
		return parse_offend(parser, map->pos,
		    "the pack needs name, version and reviewed");
	return parse_date(parser, reviewed, &out->reviewed);
}

int
read_condition(
    struct parser *parser, const struct value *entry, struct condition *out)
{
	const char **texts[] = { &out->id, &out->says, &out->denies };
	const struct value *v[COUNT(condition_keys)];
	int rc =
	    parse_keys(parser, entry, condition_keys, COUNT(condition_keys), v);

	out->pos = entry->pos;
	for (size_t i = 0; i < COUNT(condition_keys) && rc == 0; i++) {
		if (v[i] == NULL)
			return parse_offend(parser, entry->pos,
			    "a condition needs the key \"%s\"",
			    condition_keys[i]);
		if (i < COUNT(texts))
			*texts[i] = parse_text(parser, v[i]);
		else
			out->check = parse_check(parser, v[i]);
		if (i < COUNT(texts) ? *texts[i] == NULL : out->check == NULL)
			rc = -1;
	}
	for (size_t i = 0; i < parser->n_conditions && rc == 0; i++)
		if (strcmp(parser->conditions[i].id, out->id) == 0)
			rc = parse_offend(parser, entry->pos,
			    "two conditions have the id \"%.60s\"", out->id);
	return rc;
}
