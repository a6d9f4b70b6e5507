#ifndef DOSSIER_CHECK_CHAPTER_H
#define DOSSIER_CHECK_CHAPTER_H

#include <stddef.h>

/*
 * Where in the Regulation a provision stands, for headings and for an order
 * that a reader of the law expects: Article 9 before Article 10.
 */

/* A part of the law. */
struct chapter {
	const char *title;
	const char *prefix; /* of ids; articles: the first and last number */
	unsigned first, last;
};

/* The parts of the Regulation in their order; *n of them. */
const struct chapter *law_chapters(size_t *n);

/* The part that the provision of that id stands in. */
size_t law_chapter_of(const char *id);

/*
 * Compare two ids as the law orders them: by chapter, numbers by their value.
 */
int law_compare_ids(const char *a, const char *b);

#endif
