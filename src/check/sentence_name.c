#include <string.h>

#include "check/sentence.h"

/* What sentences call the keys of a record: by the labels of reports. */

void
sentence_put_term(struct text *text, const struct term *term)
{
	text_printf(text, "\"%s\"", term->label);
}

/* Whether a label says little alone: "Name", "Performed on". */
static bool
is_short(const char *label)
{
	const char *space = strchr(label, ' ');

	return space == NULL || strchr(space + 1, ' ') == NULL;
}

/* The last entry that the path selects of a list, or NULL. */
static const struct selector *
selector_of(const struct path *path, const struct term **list)
{
	for (size_t i = path->selectors != NULL ? path->n : 0; i > 0; i--)
		if (path->selectors[i - 1].key != NULL) {
			*list = path->steps[i - 1];
			return &path->selectors[i - 1];
		}
	return NULL;
}

/*
 * What a path names, by the label that a reader finds in reports; a short one
 * ("Name", "Performed on") with the section it stands in.
 */
void
sentence_put_field(
    const struct path *path, const struct term *item, struct text *text)
{
	const struct term *term = path->term;
	const struct term *section = term->parent, *list;
	const struct selector *selector = selector_of(path, &list);

	if (path->n == 0) {
		text_puts(text, "it");
		return;
	}
	sentence_put_term(text, term);
	if (selector != NULL) {
		text_puts(text, " of the entry of ");
		sentence_put_term(text, list);
		text_puts(text, " that ");
		sentence_put_field(selector->value, item, text);
		text_puts(text, " names");
		return;
	}
	if (!is_short(term->label) || section == NULL || section == item ||
	    section->label == NULL || *section->label == '\0')
		return;
	text_puts(text, " under ");
	sentence_put_term(text, section);
}

const char *
sentence_given(const struct term *term)
{
	return term->type == TERM_BOOL && !term->is_list ? "answered" : "given";
}
