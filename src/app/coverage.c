#include "app/coverage.h"

#include <string.h>
#include <unistd.h>

#include "app/terminal.h"
#include "base/json_write.h"
#include "base/num.h"
#include "check/chapter.h"

enum { WIDTH_USUAL = 120, WIDTH_LEAST = 100, WIDTH_MOST = 200 };

/* Append a text, with what stands between it and the one before. */
static void
join(struct text *out, const char *between, const char *word)
{
	if (out->n > 0)
		text_puts(out, between);
	text_puts(out, word != NULL ? word : "");
}

/* Move a text that was built into the arena. */
static const char *
keep(struct arena *arena, struct text *text)
{
	const char *kept = arena_dup(arena, text_str(text), text->n);

	text_free(text);
	return kept;
}

const char *
coverage_applies(struct arena *arena, const struct value *entry)
{
	const struct value *applies = value_get(entry, "applies");
	struct text text = { 0 };

	if (applies == NULL)
		return "";
	if (applies->text != NULL)
		return applies->text;
	for (const struct value *v = applies->first; v != NULL; v = v->next)
		join(&text, "|", v->text);
	return keep(arena, &text);
}

const char *
coverage_list(struct arena *arena, const struct value *entry, const char *key,
    const char *between)
{
	const struct value *list = value_get(entry, key);
	struct text text = { 0 };

	for (const struct value *v = list != NULL ? list->first : NULL;
	     v != NULL; v = v->next)
		join(&text, between, v->text);
	return keep(arena, &text);
}

const char *
coverage_rules(
    struct arena *arena, const struct coverage_row *row, const char *between)
{
	struct text text = { 0 };

	for (size_t i = 0; i < row->n_rules; i++)
		join(&text, between, row->rules[i]->id);
	return keep(arena, &text);
}

static const char *
chapter_title(const struct coverage_row *row)
{
	size_t n;

	return law_chapters(&n)[row->chapter].title;
}

static const char *
or_empty(const char *text)
{
	return text != NULL ? text : "";
}

static void
write_csv(
    struct text *out, struct arena *arena, const struct coverage *coverage)
{
	text_puts(out,
	    "id,reference,paraphrase,chapter,duty_holder,tier,applies_from,"
	    "gate,covered,rules,reason,gap\r\n");
	for (size_t i = 0; i < coverage->n; i++) {
		const struct coverage_row *row = &coverage->rows[i];
		const struct obligation *o = row->obligation;
		const char *fields[] = { o->id, o->reference,
			or_empty(o->paraphrase), chapter_title(row),
			coverage_list(arena, o->entry, "holders", "|"),
			coverage_list(arena, o->entry, "tiers", "|"),
			coverage_applies(arena, o->entry), or_empty(o->gate),
			coverage_word(row->kind),
			coverage_rules(arena, row, "|"), or_empty(row->because),
			or_empty(row->gap) };

		for (size_t j = 0; j < sizeof(fields) / sizeof(fields[0]);
		     j++) {
			if (j > 0)
				text_putc(out, ',');
			text_put_csv(out, fields[j]);
		}
		text_puts(out, "\r\n");
	}
}

/* An array of words that are joined by bars. */
static void
put_words(struct json_writer *w, struct arena *arena, const char *key,
    const char *joined)
{
	json_open(w, key, '[');
	while (*joined != '\0') {
		size_t n = strcspn(joined, "|");

		json_string(w, NULL, arena_dup(arena, joined, n));
		joined += n;
		joined += *joined == '|' ? 1 : 0;
	}
	json_close(w, ']');
}

static void
put_row(
    struct json_writer *w, struct arena *arena, const struct coverage_row *row)
{
	const struct obligation *o = row->obligation;

	json_open(w, NULL, '{');
	json_string(w, "id", o->id);
	json_string_or_null(w, "reference", o->reference);
	json_string_or_null(w, "paraphrase", o->paraphrase);
	json_string_or_null(w, "chapter", chapter_title(row));
	put_words(w, arena, "holders",
	    coverage_list(arena, o->entry, "holders", "|"));
	put_words(
	    w, arena, "tiers", coverage_list(arena, o->entry, "tiers", "|"));
	put_words(w, arena, "applies_from", coverage_applies(arena, o->entry));
	json_string_or_null(w, "gate", o->gate);
	json_string(w, "covered", coverage_word(row->kind));
	put_words(w, arena, "rules", coverage_rules(arena, row, "|"));
	json_string_or_null(w, "reason", row->because);
	json_string_or_null(w, "gap", row->gap);
	json_close(w, '}');
}

static void
write_json(
    struct text *out, struct arena *arena, const struct coverage *coverage)
{
	struct json_writer w = { .out = out, .flat = 3 };
	size_t counts[COVERAGE_KINDS] = { 0 };

	json_open(&w, NULL, '{');
	json_open(&w, "provisions", '[');
	for (size_t i = 0; i < coverage->n; i++) {
		counts[coverage->rows[i].kind]++;
		put_row(&w, arena, &coverage->rows[i]);
	}
	json_close(&w, ']');
	json_open(&w, "counts", '{');
	json_number(&w, "provisions", coverage->n);
	json_number(&w, "gaps", coverage->n_gaps);
	for (size_t i = 0; i < COVERAGE_KINDS; i++)
		json_number(
		    &w, coverage_word((enum coverage_kind)i), counts[i]);
	json_close(&w, '}');
	json_close(&w, '}');
}

/* The obligations file again, read anew as bytes. */
static int
write_yaml(struct session *s, struct text *out, const struct coverage *coverage)
{
	const char *name = coverage->n > 0 ?
	    strrchr(coverage->rows[0].obligation->pos.file, '/') :
	    NULL;
	const char *path = arena_printf(
	    &s->arena, CATALOGUE_FOLDER "%s", name != NULL ? name : "");
	struct source source;

	if (source_read(&source, &s->arena, &s->pipeline.schemas, path,
		FILE_LIMIT_METADATA, (struct pos){ NULL, 0, 0 },
		&s->diags) == -1)
		return -1;
	coverage_write(coverage, out, source.bytes, source.size);
	return 0;
}

/* Write in the format that is asked for; -1 with the reason in diags. */
static int
write_table(struct session *s, const struct coverage *coverage)
{
	const char *format = options_get(&s->options, "format");
	struct text out = { 0 };
	int rc = 0;

	if (format == NULL || strcmp(format, "text") == 0)
		coverage_print(coverage, stdout,
		    terminal_width(WIDTH_USUAL, WIDTH_LEAST, WIDTH_MOST),
		    isatty(STDOUT_FILENO) && getenv("NO_COLOR") == NULL);
	else if (strcmp(format, "csv") == 0)
		write_csv(&out, &s->arena, coverage);
	else if (strcmp(format, "json") == 0)
		write_json(&out, &s->arena, coverage);
	else if (strcmp(format, "man") == 0)
		coverage_write_man(&out, &s->arena, coverage,
		    s->pipeline.catalogue.pack.reviewed);
	else if (strcmp(format, "yaml") == 0)
		rc = write_yaml(s, &out, coverage);
	else {
		diag_add(&s->diags, DIAG_USAGE, (struct pos){ NULL, 0, 0 },
		    "the table is written as text, csv, json, man or yaml, not "
		    "%s",
		    format);
		rc = -1;
	}
	fwrite(text_str(&out), 1, out.n, stdout);
	text_free(&out);
	return rc;
}

/* Whether a file is made for later use, rather than a question answered. */
static bool
makes_file(const char *format)
{
	return format != NULL &&
	    (strcmp(format, "yaml") == 0 || strcmp(format, "man") == 0);
}

int
rules_coverage(struct session *session)
{
	const struct catalogue *catalogue = &session->pipeline.catalogue;
	struct coverage coverage;

	session->errors.is_brief = true;
	coverage_of(&coverage, &session->arena, catalogue);
	if (write_table(session, &coverage) == -1)
		return STATUS_USAGE;
	if (makes_file(options_get(&session->options, "format")))
		return STATUS_OPEN;
	if (coverage_compare(&coverage, catalogue, &session->diags) == -1)
		return STATUS_USAGE;
	return coverage_gaps(&coverage, &session->diags) == 0 ? STATUS_OPEN :
								STATUS_FINDINGS;
}
