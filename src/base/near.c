#include "base/near.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "base/text.h"

enum { LONGEST = 64, FARTHEST = 3, BEGINNING = 4 };

static unsigned
least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* One cell of the distance table, from the two rows above. */
static unsigned
cell(const char *a, const char *b, size_t i, size_t j,
    unsigned rows[3][LONGEST + 1])
{
	unsigned *now = rows[i % 3];
	const unsigned *above = rows[(i + 2) % 3];
	const unsigned *second = rows[(i + 1) % 3];
	unsigned cost = a[i - 1] == b[j - 1] ? 0 : 1;
	unsigned d = least(above[j] + 1, now[j - 1] + 1);

	d = least(d, above[j - 1] + cost);
	if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
		d = least(d, second[j - 2] + 1);
	return d;
}

static unsigned
distance(const char *a, const char *b)
{
	unsigned rows[3][LONGEST + 1];
	size_t na = strlen(a), nb = strlen(b);

	if (na > LONGEST || nb > LONGEST)
		return LONGEST;
	for (size_t j = 0; j <= nb; j++)
		rows[0][j] = (unsigned)j;
	for (size_t i = 1; i <= na; i++) {
		rows[i % 3][0] = (unsigned)i;
		for (size_t j = 1; j <= nb; j++)
			rows[i % 3][j] = cell(a, b, i, j, rows);
	}
	return rows[na % 3][nb];
}

static char
lower(char c)
{
	return (char)tolower((unsigned char)c);
}

/*
 * Of one or two letters a slip changes too much, unless the first is right or
 * two were swapped.
 */
static bool
is_alike(const char *word, size_t len, const char *candidate)
{
	if (len > 2 || (len > 0 && lower(word[0]) == lower(candidate[0])))
		return true;
	return len == 2 && word[0] == candidate[1] && word[1] == candidate[0];
}

const char *
near_word(const char *word, const char *const candidates[], size_t n)
{
	size_t len = strlen(word);
	unsigned third = len > LONGEST ? LONGEST : (unsigned)len / 3;
	unsigned best = least(FARTHEST, third > 0 ? third : 1);
	const char *found = NULL;

	for (size_t i = 0; i < n; i++) {
		size_t other = strlen(candidates[i]);
		unsigned d;

		/* So many letters must at least be put in or left out. */
		if ((len > other ? len - other : other - len) > best)
			continue;
		d = distance(word, candidates[i]);
		if (!is_alike(word, len, candidates[i]))
			continue;
		if (d < best || (d == best && found == NULL)) {
			best = d;
			found = candidates[i];
		}
	}
	for (size_t i = 0;
	     i < n && found == NULL && len >= BEGINNING && len <= LONGEST; i++)
		if (strncmp(word, candidates[i], len) == 0)
			found = candidates[i];
	return found;
}

const char *
near_advice(struct arena *arena, const char *word,
    const char *const candidates[], size_t n)
{
	enum { LISTED = 20 };
	const char *near = near_word(word, candidates, n);
	struct text list = { 0 };
	const char *advice;

	if (near != NULL)
		return arena_printf(arena, "; did you mean \"%s\"?", near);
	for (size_t i = 0; i < n && i < LISTED; i++)
		text_printf(&list, "%s%s", i > 0 ? ", " : "; there are ",
		    candidates[i]);
	if (n > LISTED)
		text_printf(&list, " and %zu more", n - LISTED);
	advice = arena_str(arena, text_str(&list));
	text_free(&list);
	return advice;
}
