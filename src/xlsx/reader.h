#ifndef DOSSIER_XLSX_READER_H
#define DOSSIER_XLSX_READER_H

#include "read/value.h"
#include "xlsx/template.h"

/*
 * Reading the value tree of a template: each question notes its own offence,
 * so that one run names them all, and the caller looks at failed at the end.
 */
struct reader {
	struct arena *arena;
	struct xlsx_template *template;
	struct diag_list *diags;
	bool failed;
};

/* Note an offence at a position. */
void reader_fail(struct reader *reader, struct pos pos, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Check that the value is a map with only these keys; false otherwise. */
bool reader_map(struct reader *reader, const struct value *map,
    const char *const keys[], size_t n);

/* The text under a key, or NULL; must says that it has to be there. */
const char *reader_text(
    struct reader *reader, const struct value *map, const char *key, bool must);

/* The XPath expression under a key, or NULL. */
const struct expr *reader_path(
    struct reader *reader, const struct value *map, const char *key);

/* The text with insertions under a key, or NULL. */
const struct expr *reader_insertions(
    struct reader *reader, const struct value *map, const char *key);

/* yes or no under a key; otherwise, where it is absent. */
bool reader_flag(struct reader *reader, const struct value *map,
    const char *key, bool otherwise);

/* The whole number under a key; otherwise, where it is absent. */
size_t reader_count(struct reader *reader, const struct value *map,
    const char *key, size_t otherwise);

/* The colour "rrggbb" under a key; otherwise, where it is absent. */
uint32_t reader_colour(struct reader *reader, const struct value *map,
    const char *key, uint32_t otherwise);

/* The index in words of the word under a key; 0 where it is absent. */
size_t reader_word(struct reader *reader, const struct value *map,
    const char *key, const char *const words[], size_t n);

/* The texts of the list under a key in the arena; *n of them, maybe 0. */
const char *const *reader_words(
    struct reader *reader, const struct value *map, const char *key, size_t *n);

/* Number of elements of an array. */
#define READER_N(array) (sizeof(array) / sizeof((array)[0]))

#endif
