#include <string.h>

#include "check/parse.h"
#include "check/sentence.h"
#include "check/words.h"

/* How a check on what texts speak of is read, and said. */

enum { PATHS_MOST = 64, SAID_MOST = 12 };

/* What lies between the words of a sentence, and one word with it. */
#define BETWEEN "[^\\w.;:!?]++"
#define GAP "(?:" BETWEEN "\\w++)"

static struct mention *
mention_of(struct parser *parser, struct check *out)
{
	if (out->mention == NULL)
		out->mention =
		    arena_alloc(parser->arena, sizeof(*out->mention));
	return out->mention;
}

int
option_in(struct parser *parser, const struct value *value, struct check *out)
{
	struct mention *mention = mention_of(parser, out);
	struct path_scope scope = parser->scope;
	const char *const *words;
	struct path *paths;
	size_t n;

	if (parse_words(parser, value, &words, &n) == -1)
		return -1;
	if (n > PATHS_MOST)
		return parse_offend(
		    parser, value->pos, "more than %d texts", PATHS_MOST);
	scope.through_lists = true;
	paths = arena_array(parser->arena, n, sizeof(*paths));
	for (size_t i = 0; i < n; i++)
		if (path_compile(&paths[i], parser->arena, &scope, words[i],
			value->pos, parser->diags) == -1)
			return -1;
	mention->in = paths;
	mention->n_in = n;
	return 0;
}

/* They are compared with a text in small letters. */
int
option_near(struct parser *parser, const struct value *value, struct check *out)
{
	struct mention *mention = mention_of(parser, out);

	if (parse_words(parser, value, &mention->near, &mention->n_near) == -1)
		return -1;
	for (size_t i = 0; i < mention->n_near; i++)
		if (strcmp(words_fold(parser->arena, mention->near[i]),
			mention->near[i]) != 0)
			return parse_offend(parser, value->pos,
			    "\"%.40s\" is not in small letters",
			    mention->near[i]);
	return 0;
}

/*
 * A phrase as PCRE2 has it: a blank stands for any blanks, three full stops
 * for at most eight words of the same sentence.
 */
static void
put_phrase(struct text *out, const char *phrase)
{
	static const char dots[] = " ... ";

	while (*phrase != '\0') {
		size_t n = strcspn(phrase, " ");

		text_put(out, phrase, n);
		phrase += n;
		if (strncmp(phrase, dots, sizeof(dots) - 1) == 0) {
			text_puts(out, GAP "{0,8}?" BETWEEN);
			phrase += sizeof(dots) - 1;
		} else if (*phrase == ' ') {
			text_puts(out, "(?:\\s+)");
			phrase++;
		}
	}
}

/* Phrases as one pattern, made now and looked at when it is used. */
static int
take_phrases(struct parser *parser, const struct value *value, const char *end,
    struct pattern **out)
{
	const char *const *phrases;
	struct text text = { 0 };
	size_t n;

	if (parse_words(parser, value, &phrases, &n) == -1)
		return -1;
	text_puts(&text, "\\b(?:");
	for (size_t i = 0; i < n; i++) {
		text_puts(&text, i > 0 ? "|" : "");
		put_phrase(&text, phrases[i]);
	}
	text_printf(&text, ")\\b%s", end);
	*out = pattern_defer(parser->arena, text_str(&text), value->pos);
	text_free(&text);
	return parser->is_thorough ? pattern_ready(*out, parser->diags) : 0;
}

int
option_phrases(
    struct parser *parser, const struct value *value, struct check *out)
{
	return take_phrases(
	    parser, value, "", &mention_of(parser, out)->pattern);
}

int
option_unless(
    struct parser *parser, const struct value *value, struct check *out)
{
	return take_phrases(
	    parser, value, "", &mention_of(parser, out)->unless);
}

int
option_not_after(
    struct parser *parser, const struct value *value, struct check *out)
{
	return take_phrases(parser, value, GAP "{0,5}\\W*$",
	    &mention_of(parser, out)->not_after);
}

int
accept_mention(struct parser *parser, const struct check *check)
{
	for (size_t i = 0; i < check->mention->n_in; i++) {
		const struct path *path = &check->mention->in[i];

		if (path->term->type != TERM_TEXT &&
		    path->term->type != TERM_LINE)
			return parse_offend(parser, check->pos,
			    "\"%s\" is not a text", path->text);
	}
	return 0;
}

/* What stands before the i-th of n names. */
static void
put_join(struct text *text, size_t i, size_t n, const char *last)
{
	if (i > 0)
		text_puts(text, i + 1 == n ? last : ", ");
}

void
say_no_mention(const struct check *check, bool negated, struct text *text)
{
	const struct mention *mention = check->mention;
	size_t n = mention->n_near < SAID_MOST ? mention->n_near : SAID_MOST;

	text_puts(text, negated ? "one of " : "none of ");
	for (size_t i = 0; i < mention->n_in; i++) {
		put_join(text, i, mention->n_in, " and ");
		sentence_put_term(text, mention->in[i].term);
	}
	text_puts(text, " speaks of ");
	for (size_t i = 0; i < n; i++) {
		text_puts(text, i > 0 ? ", " : "");
		text_printf(text, "\"%s\"", mention->near[i]);
	}
	text_puts(text, " or the like");
}
