#ifndef DOSSIER_BASE_TEXT_H
#define DOSSIER_BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * A string that grows, counts and may hold NUL bytes, and the escaping of
 * input for each place it can be written to.  The writer escapes, never the
 * caller: text_put_html() is the only way input reaches HTML, text_put_json()
 * JSON, text_put_shown() a terminal or a log.
 */
struct text {
	char *p; /* owned; NULL while empty */
	size_t n;
	size_t size;
};

/* Release the buffer and leave an empty text. */
void text_free(struct text *text);

/* Forget the content and keep the buffer. */
void text_clear(struct text *text);

/* Take away what stands behind the first n bytes. */
void text_cut(struct text *text, size_t n);

/* The content as a C string; valid until the text changes. */
const char *text_str(const struct text *text);

/* Append one byte. */
void text_putc(struct text *text, char c);

/* Append a C string. */
void text_puts(struct text *text, const char *s);

/* Append n bytes. */
void text_put(struct text *text, const char *p, size_t n);

/* Append as printf does. */
void text_printf(struct text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Append as vprintf does. */
void text_vprintf(struct text *text, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

/*
 * Append n bytes of UTF-8 for an HTML text or a quoted attribute: & < > " '
 * escaped; control characters and bidirectional overrides shown as "U+202E".
 */
void text_put_html(struct text *text, const char *p, size_t n);

/* Append a text as a field of CSV (RFC 4180), quoted where it must be. */
void text_put_csv(struct text *text, const char *field);

/* Append n bytes of UTF-8 as a JSON string with its quotes. */
void text_put_json(struct text *text, const char *p, size_t n);

/*
 * Append n bytes for a terminal or a log: one line, control characters, bad
 * UTF-8 and bidirectional overrides made visible ("\x1b", "U+202E"), commands
 * to the runner of a build broken up ("U+0023#[error]").
 */
void text_put_shown(struct text *text, const char *p, size_t n);

/*
 * Length in bytes of the UTF-8 sequence at p (n bytes left), its code point
 * in *code; 0 when the bytes are not well-formed UTF-8 (RFC 3629).
 */
size_t utf8_next(const char *p, size_t n, unsigned *code);

/* How many bytes at p are plain ASCII, from the blank to the tilde. */
size_t utf8_plain(const char *p, size_t n);

/* Whether the code point turns or isolates the direction of text. */
bool utf8_is_bidi(unsigned code);

#endif
