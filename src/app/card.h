#ifndef DOSSIER_APP_CARD_H
#define DOSSIER_APP_CARD_H

#include "base/arena.h"
#include "base/text.h"

/*
 * What is told about one thing, as rows: for a reader in two columns of a
 * terminal, for a program as JSON.  Both come from the same rows, so neither
 * knows more than the other.
 */

enum card_kind {
	CARD_TEXT, /* prose, wrapped */
	CARD_ITEM, /* one of several of the same name */
	CARD_CODE  /* lines as they are */
};

/* A row; texts are borrowed. */
struct card_row {
	enum card_kind kind;
	const char *name; /* of the member in JSON: "to_fix" */
	const char *head; /* id or word before the text; or NULL */
	const char *text;
	const char *link; /* address; or NULL */
	struct card_row *next;
};

struct card {
	struct arena *arena;
	const char *kind; /* "rule", "provision", "key", "message" */
	const char *id;
	const char *title;
	struct card_row *first, *last;
};

/* Append a row of prose; nothing where the text is NULL or empty. */
void card_text(struct card *card, const char *name, const char *text);

/* Append one of several rows of a name: a word, what it is, an address. */
void card_item(struct card *card, const char *name, const char *head,
    const char *text, const char *link);

/* Append lines as they are. */
void card_code(struct card *card, const char *name, const char *lines);

/* Append the card for a terminal of 80 columns. */
void card_put_text(const struct card *card, struct text *out);

/* Append the card as one JSON object. */
void card_put_json(const struct card *card, struct text *out);

#endif
