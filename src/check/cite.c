#include "check/cite.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"

/* A reference that ends with "(a)": what stands before, and that end. */
struct reference {
	const char *whole;
	size_t stem;     /* bytes before the end; 0: it has no such end */
	const char *end; /* "(a)" */
};

static struct reference
take_apart(const char *whole)
{
	const char *open = strrchr(whole, '(');
	size_t n = strlen(whole);

	if (open == NULL || open == whole || whole[n - 1] != ')')
		return (struct reference){ whole, 0, whole };
	return (struct reference){ whole, (size_t)(open - whole), open };
}

static bool
has_stem_of(const struct reference *a, const struct reference *b)
{
	return a->stem > 0 && a->stem == b->stem &&
	    strncmp(a->whole, b->whole, a->stem) == 0;
}

/* Whether "(b)" follows on "(a)", or "(3)" on "(2)". */
static bool
follows(const struct reference *next, const struct reference *last)
{
	char a, b;

	if (!has_stem_of(next, last) || strlen(last->end) != 3 ||
	    strlen(next->end) != 3)
		return false;
	a = last->end[1];
	b = next->end[1];
	return b == a + 1 && ((a >= 'a' && b <= 'z') || (a >= '1' && b <= '9'));
}

/* The references without those that stand before; the number of them. */
static size_t
take_once(struct reference *out, const char *const references[], size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		size_t j = 0;

		while (j < kept && strcmp(out[j].whole, references[i]) != 0)
			j++;
		if (j == kept)
			out[kept++] = take_apart(references[i]);
	}
	return kept;
}

const char *
cite(struct arena *arena, const char *const references[], size_t n)
{
	struct reference *list = arena_array(arena, n, sizeof(*list));
	struct text text = { 0 };
	const char *cited;

	n = take_once(list, references, n);
	for (size_t i = 0, last; i < n; i = last + 1) {
		bool shares = i > 0 && has_stem_of(&list[i], &list[i - 1]);

		last = i;
		while (last + 1 < n && follows(&list[last + 1], &list[last]))
			last++;
		if (last < i + 2)
			last = i; /* two are no run */
		text_printf(&text, "%s%s", i > 0 ? ", " : "",
		    shares ? list[i].end : list[i].whole);
		if (last > i)
			text_printf(&text, " to %s", list[last].end);
	}
	cited = arena_dup(arena, text_str(&text), text.n);
	text_free(&text);
	return cited;
}
