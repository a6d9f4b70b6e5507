#include "check/path.h"

#include <string.h>

#include "base/near.h"
#include "base/text.h"

enum { STEPS_MAX = 32 };

static const struct term *
child(const struct term *parent, const char *key, size_t n)
{
	const struct term *term = parent->first;

	while (term != NULL &&
	    (term->key[0] != key[0] || strncmp(term->key, key, n) != 0 ||
		term->key[n] != '\0'))
		term = term->next;
	return term;
}

/* The key below parent that resembles the given one most, or NULL. */
static const char *
suggest(struct arena *arena, const struct term *parent, const char *key)
{
	const char **keys;
	size_t n = 0;

	for (const struct term *t = parent->first; t != NULL; t = t->next)
		n++;
	keys = arena_array(arena, n + 1, sizeof(*keys));
	n = 0;
	for (const struct term *t = parent->first; t != NULL; t = t->next)
		keys[n++] = t->key;
	return near_word(key, keys, n);
}

/* What a walk over the text of a path has come to. */
struct walk {
	const struct term *steps[STEPS_MAX];
	size_t n;
	const struct term *at;
	bool through_lists;
	const char *offence; /* NULL while all is well */
	bool is_heard;       /* or an offence need not be in words */
};

static void
step(struct walk *walk, struct arena *arena, const char *key, size_t n)
{
	const char *word = arena_dup(arena, key, n);
	const struct term *next = child(walk->at, key, n);
	const char *near;

	if (next != NULL && walk->n < STEPS_MAX) {
		walk->steps[walk->n++] = walk->at = next;
		return;
	}
	if (!walk->is_heard) {
		walk->offence = "";
		return;
	}
	near = suggest(arena, walk->at, word);
	walk->offence = arena_printf(arena,
	    "no key \"%s\" %s%s in the vocabulary%s%s%s", word,
	    walk->at->path != NULL && *walk->at->path != '\0' ? "under " : "",
	    walk->at->path != NULL ? walk->at->path : "",
	    near != NULL ? "; did you mean \"" : "", near != NULL ? near : "",
	    near != NULL ? "\"?" : "");
}

static void
walk_text(struct walk *walk, struct arena *arena, const char *text)
{
	while (walk->offence == NULL) {
		size_t n = strcspn(text, ".");

		step(walk, arena, text, n);
		if (walk->offence != NULL || text[n] == '\0')
			return;
		if (walk->at->is_list && !walk->through_lists)
			walk->offence = arena_printf(arena,
			    "\"%s\" is a list: use each: {in: %s, ...}",
			    walk->at->path, walk->at->path);
		text += n + 1;
	}
}

int
path_compile(struct path *out, struct arena *arena,
    const struct path_scope *scope, const char *text, struct pos pos,
    struct diag_list *diags)
{
	struct walk walk = { .at = &scope->vocabulary->top,
		.through_lists = scope->through_lists,
		.is_heard = diags != NULL };
	const struct term **steps;

	memset(out, 0, sizeof(*out));
	out->text = text;
	out->is_absolute = scope->item == NULL || *text == '/';
	if (!out->is_absolute)
		walk.at = scope->item;
	if (scope->item == NULL && strcmp(text, ".") == 0)
		walk.offence = "only inside each is there an item to name";
	else if (strcmp(text, ".") != 0)
		walk_text(&walk, arena, text + (*text == '/' ? 1 : 0));
	if (walk.offence != NULL) {
		if (diags != NULL)
			diag_add(diags, DIAG_RULE, pos, "%s", walk.offence);
		return -1;
	}
	steps = arena_array(arena, walk.n, sizeof(*steps));
	for (size_t i = 0; i < walk.n; i++)
		steps[i] = walk.steps[i];
	out->steps = steps;
	out->n = walk.n;
	out->term = walk.at;
	return 0;
}

static const struct field *
below(const struct field *field, const struct term *term)
{
	const struct field *found = field->first;

	while (found != NULL && found->term != term)
		found = found->next;
	return found;
}

struct sight
path_follow(
    const struct path *path, const struct field *top, const struct field *item)
{
	const struct field *start = path->is_absolute ? top : item;
	struct sight sight = { start, start, 0 };

	for (size_t i = 0; i < path->n; i++) {
		if (sight.nearest->answer != ANSWER_GIVEN)
			return sight;
		sight.field = below(sight.nearest, path->steps[i]);
		if (sight.field == NULL)
			return sight;
		sight.nearest = sight.field;
		sight.depth = i + 1;
	}
	return sight;
}

const char *
path_show(
    struct arena *arena, const struct path *path, const struct sight *sight)
{
	const char *head = sight->nearest->path;
	struct text text = { 0 };
	const char *shown;

	if (head != NULL && sight->depth == path->n)
		return head;
	text_puts(&text, head != NULL ? head : "");
	for (size_t i = sight->depth; i < path->n; i++) {
		if (text.n > 0)
			text_putc(&text, '.');
		text_puts(&text, path->steps[i]->key);
	}
	shown = arena_dup(arena, text_str(&text), text.n);
	text_free(&text);
	return shown;
}
