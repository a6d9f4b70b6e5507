#include "check/path.h"

#include <string.h>

#include "base/near.h"
#include "base/text.h"

enum { STEPS_MAX = 32 };

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
	struct selector selectors[STEPS_MAX];
	bool selects;
	size_t n;
	const struct term *at;
	const char *offence; /* NULL while all is well */
	bool is_heard;       /* or an offence need not be in words */
};

static void
step(struct walk *walk, struct arena *arena, const char *key, size_t n)
{
	const struct term *next = term_child(walk->at, key, n);
	const char *word, *near;

	if (next != NULL && walk->n < STEPS_MAX) {
		walk->steps[walk->n++] = walk->at = next;
		return;
	}
	if (!walk->is_heard) {
		walk->offence = "";
		return;
	}
	word = arena_dup(arena, key, n);
	near = suggest(arena, walk->at, word);
	walk->offence = arena_printf(arena,
	    "no key \"%s\" %s%s in the vocabulary%s%s%s", word,
	    walk->at->path != NULL && *walk->at->path != '\0' ? "under " : "",
	    walk->at->path != NULL ? walk->at->path : "",
	    near != NULL ? "; did you mean \"" : "", near != NULL ? near : "",
	    near != NULL ? "\"?" : "");
}

/* "key=path]": the item of the list under the last step. */
static void
select_item(struct walk *walk, struct arena *arena,
    const struct path_scope *scope, const char *text)
{
	struct selector *selector = &walk->selectors[walk->n - 1];
	size_t n_key = strcspn(text, "=]"), n = strcspn(text, "]");
	const struct term *key = term_child(walk->at, text, n_key);
	struct path *value = arena_alloc(arena, sizeof(*value));

	if (text[n_key] == '=' && text[n] == ']' && walk->at->is_list &&
	    key != NULL &&
	    path_compile(value, arena, scope,
		arena_dup(arena, text + n_key + 1, n - n_key - 1),
		(struct pos){ 0 }, NULL) == 0) {
		*selector = (struct selector){ key, value };
		walk->selects = true;
		return;
	}
	walk->offence = arena_printf(arena,
	    "\"[%s\" selects no item of %s: [KEY=PATH] is wanted", text,
	    walk->at->path);
}

static void
walk_text(struct walk *walk, struct arena *arena,
    const struct path_scope *scope, const char *text)
{
	while (walk->offence == NULL) {
		size_t n = strcspn(text, ".[");

		step(walk, arena, text, n);
		text += n;
		if (walk->offence == NULL && *text == '[') {
			select_item(walk, arena, scope, text + 1);
			text += strcspn(text, "]");
			text += *text == ']' ? 1 : 0;
		}
		if (walk->offence != NULL || *text == '\0')
			return;
		if (walk->at->is_list && !scope->through_lists &&
		    walk->selectors[walk->n - 1].key == NULL)
			walk->offence = arena_printf(arena,
			    "\"%s\" is a list: use each: {in: %s, ...}",
			    walk->at->path, walk->at->path);
		text++;
	}
}

/* The selectors of the steps, or NULL where there are none. */
static const struct selector *
keep_selectors(const struct walk *walk, struct arena *arena)
{
	struct selector *kept;

	if (!walk->selects)
		return NULL;
	kept = arena_array(arena, walk->n, sizeof(*kept));
	memcpy(kept, walk->selectors, walk->n * sizeof(*kept));
	return kept;
}

int
path_compile(struct path *out, struct arena *arena,
    const struct path_scope *scope, const char *text, struct pos pos,
    struct diag_list *diags)
{
	struct walk walk = { .at = &scope->vocabulary->top,
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
		walk_text(&walk, arena, scope, text + (*text == '/' ? 1 : 0));
	if (walk.offence != NULL) {
		if (diags != NULL)
			diag_add(diags, DIAG_RULE, pos, "%s", walk.offence);
		return -1;
	}
	steps = arena_array(arena, walk.n, sizeof(*steps));
	for (size_t i = 0; i < walk.n; i++)
		steps[i] = walk.steps[i];
	out->steps = steps;
	out->selectors = keep_selectors(&walk, arena);
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

/* The item whose key says what the selector's value says, or NULL. */
static const struct field *
selected(const struct selector *selector, const struct field *list,
    const struct field *top, const struct field *item)
{
	struct sight value = path_follow(selector->value, top, item);

	if (value.field == NULL || value.field->answer != ANSWER_GIVEN ||
	    value.field->text == NULL)
		return NULL;
	for (const struct field *f = list->first; f != NULL; f = f->next) {
		const struct field *key = below(f, selector->key);

		if (key != NULL && key->answer == ANSWER_GIVEN &&
		    key->text != NULL &&
		    strcmp(key->text, value.field->text) == 0)
			return f;
	}
	return NULL;
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
		if (path->selectors == NULL || path->selectors[i].key == NULL ||
		    sight.field->answer != ANSWER_GIVEN)
			continue;
		sight.field =
		    selected(&path->selectors[i], sight.field, top, item);
		if (sight.field == NULL)
			return sight;
		sight.nearest = sight.field;
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
