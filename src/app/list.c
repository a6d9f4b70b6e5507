#include "app/list.h"

#include <stdio.h>
#include <string.h>

#include "app/explain.h"
#include "base/json_write.h"
#include "base/near.h"
#include "base/text.h"

static const struct pos nowhere = { NULL, 0, 0 };

/* What a rule has to be to be listed. */
struct filter {
	unsigned tiers, duties; /* masks; ~0U: any */
	int severity;           /* enum diag_severity; -1: any */
	date applies_on;        /* or DATE_NONE */
	const char *law;        /* an id or the beginning of ids; or NULL */
};

/* A choice that the user got wrong, with what comes near. */
static int
refuse(struct session *s, const char *option, const char *word,
    const char *const *words, size_t n)
{
	const char *near = near_word(word, words, n);

	diag_add(&s->diags, DIAG_USAGE, nowhere, "--%s: no %s%s%s%s", option,
	    word, near != NULL ? "; did you mean " : "",
	    near != NULL ? near : "", near != NULL ? "?" : "");
	return -1;
}

static int
read_mask(struct session *s, const char *option,
    unsigned (*mask_of)(const char *), const char *const *words, size_t n,
    unsigned *out)
{
	const char *word = options_get(&s->options, option);

	*out = ~0U;
	if (word == NULL)
		return 0;
	*out = mask_of(word);
	return *out != 0 ? 0 : refuse(s, option, word, words, n);
}

static int
read_severity(struct session *s, struct filter *out)
{
	static const char *const words[] = { "note", "warning", "error" };
	const char *word = options_get(&s->options, "severity");

	out->severity = -1;
	for (int i = 0; i < 3 && word != NULL; i++)
		if (strcmp(words[i], word) == 0)
			out->severity = i;
	if (word != NULL && out->severity == -1)
		return refuse(s, "severity", word, words, 3);
	return 0;
}

/* Whether the id is the wanted one, or stands below it. */
static bool
is_below(const char *id, const char *wanted)
{
	size_t n = strlen(wanted);

	return strncmp(id, wanted, n) == 0 && (id[n] == '\0' || id[n] == '.');
}

/* An id of obligations.yaml, or what several begin with. */
static int
read_law(struct session *s, struct filter *out)
{
	const struct catalogue *catalogue = &s->pipeline.catalogue;
	const char **ids;

	out->law = options_get(&s->options, "law");
	if (out->law == NULL)
		return 0;
	ids = arena_array(&s->arena, catalogue->n_obligations, sizeof(*ids));
	for (size_t i = 0; i < catalogue->n_obligations; i++) {
		ids[i] = catalogue->obligations[i].id;
		if (is_below(ids[i], out->law))
			return 0;
	}
	return refuse(s, "law", out->law, ids, catalogue->n_obligations);
}

static int
read_filter(struct session *s, struct filter *out)
{
	size_t n_tiers, n_duties;
	const char *const *tiers = tier_words(&n_tiers);
	const char *const *duties = duty_words(&n_duties);
	const char *day = options_get(&s->options, "applies-on");

	out->applies_on = DATE_NONE;
	if (read_mask(s, "tier", tier_mask, tiers, n_tiers, &out->tiers) ==
		-1 ||
	    read_mask(s, "role", duty_mask, duties, n_duties, &out->duties) ==
		-1 ||
	    read_severity(s, out) == -1 || read_law(s, out) == -1)
		return -1;
	if (day != NULL && !date_read(day, strlen(day), &out->applies_on)) {
		diag_add(&s->diags, DIAG_USAGE, nowhere,
		    "--applies-on: \"%s\" is no date (YYYY-MM-DD)", day);
		return -1;
	}
	return 0;
}

static bool
has_law(const struct rule *rule, const char *wanted)
{
	for (size_t i = 0; i < rule->n_law; i++)
		if (is_below(rule->law_ids[i], wanted))
			return true;
	return false;
}

/* Whether the rule binds on the day, for one of the tiers that are asked. */
static bool
is_in_force(const struct rule *rule, const struct filter *filter)
{
	date day = filter->applies_on;

	if (day == DATE_NONE)
		return true;
	if (rule->until != DATE_NONE && rule->until < day)
		return false;
	for (size_t i = 0; i < TIER_COUNT; i++)
		if ((rule->tiers & filter->tiers & 1U << i) != 0 &&
		    (rule->applies[i] == DATE_NONE || rule->applies[i] <= day))
			return true;
	return false;
}

static bool
is_listed(const struct rule *rule, const struct filter *filter)
{
	return (rule->tiers & filter->tiers) != 0 &&
	    (rule->duties & filter->duties) != 0 &&
	    (filter->severity == -1 ||
		(int)rule->severity == filter->severity) &&
	    (filter->law == NULL || has_law(rule, filter->law)) &&
	    is_in_force(rule, filter);
}

/* "2027-12-02", "Annex III 2027-12-02, Annex I 2028-08-02", or "". */
static void
put_days(struct text *out, const struct rule *rule)
{
	char a[DATE_SIZE] = "", b[DATE_SIZE] = "";
	bool has_a = false, has_b = false;

	for (size_t i = 0; i < TIER_COUNT; i++) {
		bool is_b = i == TIER_ANNEX_I || i == TIER_ANNEX_I_B;

		if ((rule->tiers & 1U << i) == 0)
			continue;
		date_write(rule->applies[i], is_b ? b : a);
		has_a |= !is_b;
		has_b |= is_b;
	}
	if (!has_a || !has_b || strcmp(a, b) == 0)
		text_puts(out, has_a ? a : b);
	else
		text_printf(out, "Annex III %s, Annex I %s", a, b);
}

/* A member of a rule, for the formats that name them all. */
struct column {
	const char *name;
	void (*put)(struct text *, const struct rule *);
};

#define TEXT_COLUMN(name, member)                                              \
	static void name(struct text *out, const struct rule *rule)            \
	{                                                                      \
		text_puts(out, rule->member != NULL ? rule->member : "");      \
	}

TEXT_COLUMN(put_id, id)
TEXT_COLUMN(put_title, title)
TEXT_COLUMN(put_sentence, sentence)
TEXT_COLUMN(put_condition, condition)
TEXT_COLUMN(put_law, law_text)
TEXT_COLUMN(put_provision, provision)
TEXT_COLUMN(put_tiers, tier_text)
TEXT_COLUMN(put_duties, duty_text)
TEXT_COLUMN(put_message, message)
TEXT_COLUMN(put_why, why)
TEXT_COLUMN(put_fix, fix)

static void
put_severity(struct text *out, const struct rule *rule)
{
	text_puts(out, diag_severity_word(rule->severity));
}

static void
put_until(struct text *out, const struct rule *rule)
{
	char day[DATE_SIZE];

	date_write(rule->until, day);
	text_puts(out, day);
}

static void
put_place(struct text *out, const struct rule *rule)
{
	text_printf(out, "%s:%u", rule->pos.file, rule->pos.line);
}

static const struct column columns[] = {
	{ "id", put_id },
	{ "severity", put_severity },
	{ "title", put_title },
	{ "asks", put_sentence },
	{ "where", put_condition },
	{ "law", put_law },
	{ "provision", put_provision },
	{ "tiers", put_tiers },
	{ "owed_by", put_duties },
	{ "applies", put_days },
	{ "until", put_until },
	{ "message", put_message },
	{ "why", put_why },
	{ "to_fix", put_fix },
	{ "stated_in", put_place },
};

enum { COLUMNS = sizeof(columns) / sizeof(columns[0]) };

/* A list on its way out. */
struct listing {
	struct text out;
	struct text cell;
	const struct catalogue *catalogue;
	struct arena *arena;
	struct json_writer json;
	const char *file; /* of the rule before */
};

static const char *
cell(struct listing *listing, size_t i, const struct rule *rule)
{
	text_clear(&listing->cell);
	columns[i].put(&listing->cell, rule);
	return text_str(&listing->cell);
}

static void
put_line(struct listing *listing, const struct rule *rule)
{
	text_printf(&listing->out, "%-22s %-7s %s", rule->id,
	    diag_severity_word(rule->severity), rule->title);
	if (rule->provision[0] != '\0')
		text_printf(&listing->out, " (%s)", rule->provision);
	text_putc(&listing->out, '\n');
}

static void
put_csv(struct listing *listing, const struct rule *rule)
{
	for (size_t i = 0; i < COLUMNS; i++) {
		text_puts(&listing->out, i > 0 ? "," : "");
		text_put_csv(&listing->out,
		    rule != NULL ? cell(listing, i, rule) : columns[i].name);
	}
	text_puts(&listing->out, "\r\n");
}

static void
put_json(struct listing *listing, const struct rule *rule)
{
	json_open(&listing->json, NULL, '{');
	for (size_t i = 0; i < COLUMNS; i++)
		json_string(
		    &listing->json, columns[i].name, cell(listing, i, rule));
	json_close(&listing->json, '}');
}

static void
put_html_text(struct listing *listing, const char *text)
{
	text_put_html(&listing->out, text, strlen(text));
}

/* A pair of a description list; nothing where there is nothing to say. */
static void
put_pair(struct listing *listing, const char *name, size_t i,
    const struct rule *rule)
{
	const struct catalogue *catalogue = listing->catalogue;
	const char *value = cell(listing, i, rule);

	if (*value == '\0')
		return;
	if (columns[i].put == put_tiers)
		value = explain_words(listing->arena, catalogue->tiers, value);
	if (columns[i].put == put_duties)
		value = explain_words(listing->arena, catalogue->roles, value);
	text_printf(&listing->out, "<dt>%s</dt><dd>", name);
	put_html_text(listing, value);
	text_puts(&listing->out, "</dd>\n");
}

static void
put_html(struct listing *listing, const struct rule *rule)
{
	static const struct {
		const char *name;
		void (*put)(struct text *, const struct rule *);
	} pairs[] = { { "Where", put_condition }, { "Law", put_provision },
		{ "Tiers", put_tiers }, { "Owed by", put_duties },
		{ "Applies from", put_days }, { "Until", put_until },
		{ "Why", put_why }, { "To fix", put_fix } };

	if (listing->file == NULL ||
	    strcmp(listing->file, rule->pos.file) != 0) {
		text_puts(&listing->out, "<h2>");
		put_html_text(listing, rule->pos.file);
		text_puts(&listing->out, "</h2>\n");
		listing->file = rule->pos.file;
	}
	text_puts(&listing->out, "<article id=\"");
	put_html_text(listing, rule->id);
	text_puts(&listing->out, "\"><h3>");
	put_html_text(listing, rule->title);
	text_puts(&listing->out, " <code>");
	put_html_text(listing, rule->id);
	text_printf(&listing->out, "</code> <small>%s</small></h3>\n<p>",
	    diag_severity_word(rule->severity));
	put_html_text(listing, rule->sentence);
	text_puts(&listing->out, "</p>\n<dl>\n");
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		for (size_t j = 0; j < COLUMNS; j++)
			if (columns[j].put == pairs[i].put)
				put_pair(listing, pairs[i].name, j, rule);
	text_puts(&listing->out, "</dl></article>\n");
}

static void
begin_html(struct listing *listing)
{
	char day[DATE_SIZE];

	date_write(listing->catalogue->pack.reviewed, day);
	text_puts(&listing->out,
	    "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
	    "<meta name=\"viewport\" content=\"width=device-width\">"
	    "<title>Rules of dossier</title>\n<style>body{font:16px/1.5 "
	    "sans-serif;max-width:46em;margin:2em auto;padding:0 1em;"
	    "color:#1a1a1a;background:#fff}article{border-top:1px solid "
	    "#767676;"
	    "break-inside:avoid}dl{display:grid;grid-template-columns:8em 1fr;"
	    "gap:.2em 1em}dd{margin:0}dt,small{color:#595959}</style></head>\n"
	    "<body><main><h1>Rules of dossier</h1>\n<p>");
	put_html_text(listing, listing->catalogue->pack.edition);
	text_printf(&listing->out,
	    "; pack %s, reviewed on %s. The wording is our own; only the "
	    "Official Journal is authentic.</p>\n",
	    listing->catalogue->pack.version, day);
}

/* How a format begins, writes a rule, and ends. */
struct list_format {
	const char *name;
	void (*begin)(struct listing *);
	void (*put)(struct listing *, const struct rule *);
	void (*end)(struct listing *);
};

static void
begin_csv(struct listing *listing)
{
	put_csv(listing, NULL);
}

static void
begin_json(struct listing *listing)
{
	listing->json = (struct json_writer){ .out = &listing->out, .flat = 2 };
	json_open(&listing->json, NULL, '[');
}

static void
end_json(struct listing *listing)
{
	json_close(&listing->json, ']');
}

static void
end_html(struct listing *listing)
{
	text_puts(&listing->out, "</main></body></html>\n");
}

static const struct list_format formats[] = {
	{ "text", NULL, put_line, NULL },
	{ "csv", begin_csv, put_csv, NULL },
	{ "json", begin_json, put_json, end_json },
	{ "html", begin_html, put_html, end_html },
};

enum { FORMATS = sizeof(formats) / sizeof(formats[0]) };

static const struct list_format *
find_format(struct session *s)
{
	const char *name = options_get(&s->options, "format");

	for (size_t i = 0; i < FORMATS; i++)
		if (name == NULL || strcmp(formats[i].name, name) == 0)
			return &formats[i];
	diag_add(&s->diags, DIAG_USAGE, nowhere,
	    "--format of a list is text, csv, json or html, not %s", name);
	return NULL;
}

int
rules_list(struct session *s)
{
	const struct catalogue *catalogue = &s->pipeline.catalogue;
	const struct list_format *format = find_format(s);
	struct listing listing = { .catalogue = catalogue, .arena = &s->arena };
	struct filter filter;

	if (format == NULL || read_filter(s, &filter) == -1)
		return STATUS_USAGE;
	if (format->begin != NULL)
		format->begin(&listing);
	for (size_t i = 0; i < catalogue->n_rules; i++)
		if (is_listed(&catalogue->rules[i], &filter))
			format->put(&listing, &catalogue->rules[i]);
	if (format->end != NULL)
		format->end(&listing);
	fwrite(listing.out.p, 1, listing.out.n, stdout);
	text_free(&listing.out);
	text_free(&listing.cell);
	return STATUS_OPEN;
}
