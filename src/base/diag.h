#ifndef DOSSIER_BASE_DIAG_H
#define DOSSIER_BASE_DIAG_H

#include <stddef.h>

#include "base/arena.h"

/*
 * What the program has to say about its input and about the machine.  A
 * finding in the input is added with its position and reading goes on; a
 * failure of the machine is added once, where it is first seen.  The list is
 * always a parameter, never a global.
 */

/* 1-based; 0 means unknown.  The column counts code points. */
struct pos {
	const char *file; /* as shown: below the portfolio's root; or NULL */
	unsigned line;
	unsigned column;
};

enum diag_severity { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR };

/*
 * Identifiers are public: reports, waivers and the manual use them.  Never
 * reuse one.  The sentence is the fixed part of the message; the argument of
 * diag_add() follows it after ": ".  tests/manual.sh compares this table with
 * src/man/dossier-rules.7.
 */
#define DIAG_TABLE(X)                                                          \
	X(FILE_MISSING, ERROR, "file not found")                               \
	X(FILE_READ, ERROR, "file cannot be read")                             \
	X(FILE_KIND, ERROR, "not a regular file")                              \
	X(FILE_LARGE, ERROR, "file is larger than the size limit")             \
	X(FILE_EMPTY, ERROR, "file is empty")                                  \
	X(FILE_OUTSIDE, ERROR, "path leaves the evidence folder")              \
	X(FILE_HASH, ERROR, "file has changed: its SHA-256 differs")           \
	X(TEXT_UTF8, ERROR, "text is not valid UTF-8")                         \
	X(TEXT_CONTROL, ERROR, "control character is not allowed")             \
	X(TEXT_BREAK, ERROR, "hidden line break is not allowed")               \
	X(TEXT_BIDI, WARNING,                                                  \
	    "text holds a character that turns its direction")                 \
	X(YAML_SYNTAX, ERROR, "YAML cannot be parsed")                         \
	X(YAML_TAG, ERROR, "YAML tag is not allowed")                          \
	X(YAML_DOCUMENTS, ERROR, "more than one YAML document")                \
	X(YAML_DUPLICATE, ERROR, "duplicate key")                              \
	X(YAML_KEY, ERROR, "key is not a plain text")                          \
	X(YAML_ALIAS, ERROR, "YAML alias is not allowed here")                 \
	X(YAML_DEPTH, ERROR, "nesting is deeper than the limit")               \
	X(YAML_SIZE, ERROR, "YAML holds more values than the limit")           \
	X(YAML_EMPTY, ERROR, "file is empty: no YAML value")                   \
	X(JSON_SYNTAX, ERROR, "JSON cannot be parsed")                         \
	X(JSON_NUMBER, ERROR, "not a JSON number")                             \
	X(JSON_STRING, ERROR, "not a JSON string")                             \
	X(JSON_DUPLICATE, ERROR, "duplicate key")                              \
	X(JSON_DEPTH, ERROR, "nesting is deeper than the limit")               \
	X(JSON_SIZE, ERROR, "JSON holds more values than the limit")           \
	X(JSON_END, ERROR, "unexpected end of the file: it is truncated")      \
	X(CSV_QUOTE, ERROR, "quoted field is not closed")                      \
	X(CSV_QUOTE_INSIDE, ERROR, "quote inside an unquoted field")           \
	X(CSV_QUOTE_AFTER, ERROR, "text after a closing quote")                \
	X(CSV_WIDTH, ERROR,                                                    \
	    "row has another number of fields than the header")                \
	X(CSV_HEADER, ERROR, "header is not usable")                           \
	X(CSV_ROWS, ERROR, "no rows below the header")                         \
	X(CSV_NUMBER, ERROR, "not a number")                                   \
	X(CSV_VALUE, ERROR, "value is not allowed here")                       \
	X(CSV_COLUMN, ERROR, "column is missing")                              \
	X(CSV_LIMIT, ERROR, "CSV is beyond a limit")                           \
	X(XML_SYNTAX, ERROR, "XML cannot be parsed")                           \
	X(XML_DOCTYPE, ERROR, "DOCTYPE (DTD, entities) is not allowed")        \
	X(XML_ENCODING, ERROR, "XML encoding is not UTF-8")                    \
	X(XML_LIMIT, ERROR, "XML is beyond a limit")                           \
	X(KEY_UNKNOWN, ERROR, "unknown key")                                   \
	X(KEY_REQUIRED, ERROR, "required key is missing")                      \
	X(VALUE_TYPE, ERROR, "value has the wrong type")                       \
	X(VALUE_NUMBER, ERROR, "not a number")                                 \
	X(VALUE_RANGE, ERROR, "number is outside its range")                   \
	X(VALUE_DATE, ERROR, "not a date (YYYY-MM-DD)")                        \
	X(VALUE_CHOICE, ERROR, "value is not one of the list")                 \
	X(VALUE_SLUG, ERROR, "id has a character that is not allowed")         \
	X(VALUE_URL, WARNING,                                                  \
	    "not an https: or mailto: address, shown as text")                 \
	X(VALUE_HASH, ERROR, "not a SHA-256 (64 hexadecimal digits)")          \
	X(ANSWER_UNSIGNED, ERROR, "\"not applicable\" is not signed")          \
	X(MODEL_DUPLICATE, ERROR, "another model has the same id")             \
	X(MODEL_NONE, ERROR, "no model found")                                 \
	X(MODEL_CRASH, ERROR, "the model could not be processed")              \
	X(METRIC_UNKNOWN, ERROR, "unknown metric")                             \
	X(METRIC_VALUE, ERROR, "figure contradicts its counts")                \
	X(METRIC_INTERVAL, ERROR, "interval does not hold its value")          \
	X(RESULT_MODEL, ERROR, "result is of another model or version")        \
	X(RESULT_TWICE, ERROR, "measure is given twice with other values")     \
	X(GROUP_UNKNOWN, ERROR, "no such group")                               \
	X(VOCABULARY, ERROR, "vocabulary entry is wrong")                      \
	X(RULE, ERROR, "rule is wrong")                                        \
	X(RULE_EXAMPLE, ERROR, "example of a rule gives another result")       \
	X(RULE_NONE, ERROR, "no rule was evaluated")                           \
	X(PATTERN, ERROR, "pattern is wrong")                                  \
	X(PATTERN_LIMIT, ERROR, "pattern is too costly: match limit reached")  \
	X(CONFIG, ERROR, "configuration is wrong")                             \
	X(WAIVER, ERROR, "waiver is wrong")                                    \
	X(WAIVER_UNUSED, WARNING, "waiver covers no finding of this run")      \
	X(TEMPLATE, ERROR, "template is wrong")                                \
	X(DOCUMENT, ERROR, "report document is wrong")                         \
	X(WORKBOOK, ERROR, "workbook could not be written")                    \
	X(LEDGER, ERROR, "ledger cannot be used")                              \
	X(CHAIN, ERROR, "ledger has been altered")                             \
	X(LOCKED, ERROR, "another run holds the lock")                         \
	X(PUBLISH, ERROR, "output could not be published")                     \
	X(VERIFY, ERROR, "pack does not match its manifest")                   \
	X(USAGE, ERROR, "wrong usage")                                         \
	X(FINDINGS, ERROR, "more findings than are kept: mend these first")

enum diag_id {
#define DIAG_ENUM(id, severity, sentence) DIAG_##id,
	DIAG_TABLE(DIAG_ENUM)
#undef DIAG_ENUM
	    DIAG_COUNT
};

struct diag {
	enum diag_id id;
	struct pos pos;
	const char *detail; /* of this case; "" when there is none */
	struct diag *next;
};

/*
 * Entries in the order they were added; memory is the arena's.  With a limit,
 * the entry that would be one too many is replaced by FINDINGS, an error, and
 * what follows is not kept: input cannot make a report grow without end.
 */
struct diag_list {
	struct arena *arena; /* set before the first diag_add() */
	struct diag *first;
	struct diag *last;
	size_t n;
	size_t n_errors;
	size_t limit; /* of entries kept before FINDINGS; 0: none */
};

/*
 * Add an entry; format gives its detail.  Text of the input may stand in it
 * as it is: the writer makes it safe.  pos.file must outlive the list.
 */
void diag_add(struct diag_list *list, enum diag_id id, struct pos pos,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Append an entry that is in no list, and lives as long as this one. */
void diag_keep(struct diag_list *list, struct diag *diag);

/* The public name of an identifier: "CSV_QUOTE". */
const char *diag_name(enum diag_id id);

/* The fixed sentence of an identifier. */
const char *diag_sentence(enum diag_id id);

/* How grave an identifier is. */
enum diag_severity diag_severity(enum diag_id id);

/* "error", "warning" or "note". */
const char *diag_severity_word(enum diag_severity severity);

#endif
