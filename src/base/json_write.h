#ifndef DOSSIER_BASE_JSON_WRITE_H
#define DOSSIER_BASE_JSON_WRITE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

/*
 * JSON (RFC 8259) as a person reads it: one member or item a line, and from a
 * depth on one value a line.  Commas, indentation and escaping are this
 * module's; what is opened must be closed.
 */
struct json_writer {
	struct text *out;
	unsigned depth;
	unsigned flat;  /* from this depth on one line; 0: never */
	bool is_filled; /* something stands in the object or array */
};

/* Open an object '{' or an array '['; key is NULL in an array. */
void json_open(struct json_writer *writer, const char *key, char bracket);

/* Close it: '}' or ']'. */
void json_close(struct json_writer *writer, char bracket);

/* A string; NULL leaves the member out. */
void json_string(
    struct json_writer *writer, const char *key, const char *value);

/* A string, or null for NULL. */
void json_string_or_null(
    struct json_writer *writer, const char *key, const char *value);

/* A whole number. */
void json_number(
    struct json_writer *writer, const char *key, unsigned long value);

/* true or false. */
void json_bool(struct json_writer *writer, const char *key, bool truth);

/* A member or item that is JSON already. */
void json_raw(struct json_writer *writer, const char *key, const char *json);

#endif
