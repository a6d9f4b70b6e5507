#include "check/chapter.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* The last takes what no other does. */
static const struct chapter chapters[] = {
	{ "Chapter I: general provisions", "art-", 1, 4 },
	{ "Chapter II: prohibited practices", "art-", 5, 5 },
	{ "Chapter III, Section 1: high-risk systems", "art-", 6, 7 },
	{ "Chapter III, Section 2: requirements", "art-", 8, 15 },
	{ "Chapter III, Section 3: duties of operators", "art-", 16, 27 },
	{ "Chapter III, Sections 4 and 5: conformity", "art-", 28, 49 },
	{ "Chapter IV: transparency", "art-", 50, 50 },
	{ "Chapter V: general-purpose models", "art-", 51, 56 },
	{ "Chapter VI: innovation, real-world testing", "art-", 57, 63 },
	{ "Chapters VII and VIII: EU database", "art-", 64, 71 },
	{ "Chapter IX: monitoring, incidents, remedies", "art-", 72, 94 },
	{ "Chapter X: codes of conduct", "art-", 95, 96 },
	{ "Chapters XI and XII: penalties", "art-", 97, 101 },
	{ "Chapter XIII: final provisions", "art-", 102, 113 },
	{ "Annex I: product law", "annex-i.", 0, 0 },
	{ "Annex III: high-risk uses", "annex-iii.", 0, 0 },
	{ "Annex IV: technical documentation", "annex-iv.", 0, 0 },
	{ "Annex V: declaration of conformity", "annex-v.", 0, 0 },
	{ "Annex VI: internal control", "annex-vi.", 0, 0 },
	{ "Annex VII: notified body", "annex-vii.", 0, 0 },
	{ "Annex VIII: registration", "annex-viii.", 0, 0 },
	{ "Annex IX: register of real-world tests", "annex-ix.", 0, 0 },
	{ "Annex XI: documentation of models", "annex-xi.", 0, 0 },
	{ "Annex XII: downstream providers", "annex-xii.", 0, 0 },
	{ "Annex XIII: systemic risk", "annex-xiii.", 0, 0 },
	{ "Code of Practice: documentation form", "cop-mdf.", 0, 0 },
	{ "Template: summary of training content", "gpai-summary.", 0, 0 },
	{ "Other provisions", "", 0, 0 },
};

enum { CHAPTERS = sizeof(chapters) / sizeof(chapters[0]) };

const struct chapter *
law_chapters(size_t *n)
{
	*n = CHAPTERS;
	return chapters;
}

static bool
is_in(const struct chapter *chapter, const char *id)
{
	size_t n = strlen(chapter->prefix);
	unsigned long number;

	if (strncmp(id, chapter->prefix, n) != 0)
		return false;
	if (chapter->last == 0)
		return true;
	number = strtoul(id + n, NULL, 10);
	return number >= chapter->first && number <= chapter->last;
}

size_t
law_chapter_of(const char *id)
{
	size_t i = 0;

	while (i < CHAPTERS - 1 && !is_in(&chapters[i], id))
		i++;
	return i;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

int
law_compare_ids(const char *a, const char *b)
{
	size_t x = law_chapter_of(a), y = law_chapter_of(b);

	if (x != y)
		return x < y ? -1 : 1;
	while (*a != '\0' && *b != '\0') {
		char *after_a, *after_b;
		unsigned long m, n;

		if (!is_digit(*a) || !is_digit(*b)) {
			if (*a != *b)
				break;
			a++;
			b++;
			continue;
		}
		m = strtoul(a, &after_a, 10);
		n = strtoul(b, &after_b, 10);
		if (m != n)
			return m < n ? -1 : 1;
		a = after_a;
		b = after_b;
	}
	return (unsigned char)*a - (unsigned char)*b;
}
