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
 * diag_add() follows it after ": ".  The last text says how to mend it.
 * tests/t_manual.sh and tests/t_explain.py compare this table with
 * src/man/dossier-rules.7.
 */
#define DIAG_TABLE(X)                                                          \
	X(FILE_MISSING, ERROR, "file not found",                               \
	    "Put the file at the path that is named, or correct the "          \
	    "path. Paths in model.yaml begin at its folder.")                  \
	X(FILE_READ, ERROR, "file cannot be read",                             \
	    "Give the user that runs the program the right to read the "       \
	    "file; look at the disk.")                                         \
	X(FILE_KIND, ERROR, "not a regular file",                              \
	    "Only regular files are read: no folder, FIFO, socket or "         \
	    "device.")                                                         \
	X(FILE_LARGE, ERROR, "file is larger than the size limit",             \
	    "YAML, JSON and XML may have 16 MiB, CSV and evidence files "      \
	    "256 MiB. Split or shorten the file.")                             \
	X(FILE_EMPTY, ERROR, "file is empty",                                  \
	    "Write the file, or take its name out of the record.")             \
	X(FILE_OUTSIDE, ERROR, "path leaves the evidence folder",              \
	    "Evidence must lie below the folder of dossier.yaml; no "          \
	    "path and no link may lead out of it.")                            \
	X(FILE_HASH, ERROR, "file has changed: its SHA-256 differs",           \
	    "The file is not the one that was recorded. Look what "            \
	    "changed; have it signed again or write the new digest.")          \
	X(TEXT_UTF8, ERROR, "text is not valid UTF-8",                         \
	    "Save the file as UTF-8.")                                         \
	X(TEXT_CONTROL, ERROR, "control character is not allowed",             \
	    "Take the character out; only tab and line ends may stand "        \
	    "in a text file.")                                                 \
	X(TEXT_BREAK, ERROR, "hidden line break is not allowed",               \
	    "Take out the line separator (U+0085, U+2028, U+2029, or a "       \
	    "lone carriage return): editors do not show it.")                  \
	X(TEXT_BIDI, WARNING,                                                  \
	    "text holds a character that turns its direction",                 \
	    "Take out the mark that turns the direction of text, or "          \
	    "accept that it is shown by its number.")                          \
	X(YAML_SYNTAX, ERROR, "YAML cannot be parsed",                         \
	    "Mend the YAML at the place that is named; often an "              \
	    "indentation or a missing quote.")                                 \
	X(YAML_TAG, ERROR, "YAML tag is not allowed",                          \
	    "Take the tag (!...) out; types come from the vocabulary.")        \
	X(YAML_DOCUMENTS, ERROR, "more than one YAML document",                \
	    "Keep one document in a file: take out the second ---.")           \
	X(YAML_DUPLICATE, ERROR, "duplicate key", "Keep one of the two keys.") \
	X(YAML_KEY, ERROR, "key is not a plain text",                          \
	    "Write the key as a plain text of at most 1,024 bytes.")           \
	X(YAML_ALIAS, ERROR, "YAML alias is not allowed here",                 \
	    "Write the value out instead of the alias.")                       \
	X(YAML_DEPTH, ERROR, "nesting is deeper than the limit",               \
	    "Nest at most 64 levels deep.")                                    \
	X(YAML_SIZE, ERROR, "YAML holds more values than the limit",           \
	    "Keep at most 1,000,000 values in a file.")                        \
	X(YAML_EMPTY, ERROR, "file is empty: no YAML value",                   \
	    "Write the record; the least is model: {id: NAME}.")               \
	X(JSON_SYNTAX, ERROR, "JSON cannot be parsed",                         \
	    "Mend the JSON at the place that is named; comments and "          \
	    "trailing commas are not JSON.")                                   \
	X(JSON_NUMBER, ERROR, "not a JSON number",                             \
	    "Write a decimal number: no NaN, no infinity, no leading "         \
	    "zero.")                                                           \
	X(JSON_STRING, ERROR, "not a JSON string",                             \
	    "Mend the escape, or close the string.")                           \
	X(JSON_DUPLICATE, ERROR, "duplicate key", "Keep one of the two keys.") \
	X(JSON_DEPTH, ERROR, "nesting is deeper than the limit",               \
	    "Nest at most 64 levels deep.")                                    \
	X(JSON_SIZE, ERROR, "JSON holds more values than the limit",           \
	    "Keep at most 1,000,000 values in a file.")                        \
	X(JSON_END, ERROR, "unexpected end of the file: it is truncated",      \
	    "The file was cut: export it again.")                              \
	X(CSV_QUOTE, ERROR, "quoted field is not closed",                      \
	    "Close the quoted field.")                                         \
	X(CSV_QUOTE_INSIDE, ERROR, "quote inside an unquoted field",           \
	    "Quote the whole field and double the quotes inside it.")          \
	X(CSV_QUOTE_AFTER, ERROR, "text after a closing quote",                \
	    "Put a comma, or what else divides the fields, behind the "        \
	    "closing quote.")                                                  \
	X(CSV_WIDTH, ERROR,                                                    \
	    "row has another number of fields than the header",                \
	    "Give the row as many fields as the header has; quote "            \
	    "fields that hold commas.")                                        \
	X(CSV_HEADER, ERROR, "header is not usable",                           \
	    "Give each column a name of its own in the first row.")            \
	X(CSV_ROWS, ERROR, "no rows below the header",                         \
	    "The file has a header only: export it again.")                    \
	X(CSV_NUMBER, ERROR, "not a number",                                   \
	    "Write a decimal number with a point: 0.564, not 56.4%.")          \
	X(CSV_VALUE, ERROR, "value is not allowed here",                       \
	    "Write one of the values that the message allows.")                \
	X(CSV_COLUMN, ERROR, "column is missing",                              \
	    "Add the column, or correct the name under fairness in "           \
	    "model.yaml.")                                                     \
	X(CSV_LIMIT, ERROR, "CSV is beyond a limit",                           \
	    "Use fewer groups: bins for numbers, fewer intersections.")        \
	X(XML_SYNTAX, ERROR, "XML cannot be parsed",                           \
	    "Mend the XML at the place that is named.")                        \
	X(XML_DOCTYPE, ERROR, "DOCTYPE (DTD, entities) is not allowed",        \
	    "Take the DOCTYPE out: no entities are expanded.")                 \
	X(XML_ENCODING, ERROR, "XML encoding is not UTF-8",                    \
	    "Save the file as UTF-8.")                                         \
	X(XML_LIMIT, ERROR, "XML is beyond a limit",                           \
	    "At most 256 attributes an element and 64 levels.")                \
	X(KEY_UNKNOWN, ERROR, "unknown key",                                   \
	    "Correct the key as suggested; `dossier explain SECTION` "         \
	    "lists the keys of a section.")                                    \
	X(KEY_REQUIRED, ERROR, "required key is missing",                      \
	    "Add the key that is named.")                                      \
	X(VALUE_TYPE, ERROR, "value has the wrong type",                       \
	    "Write the kind of value that the message names; a list "          \
	    "stands in brackets: [a, b].")                                     \
	X(VALUE_NUMBER, ERROR, "not a number",                                 \
	    "Write digits only, without a unit; decimals with a point.")       \
	X(VALUE_RANGE, ERROR, "number is outside its range",                   \
	    "Write a number inside the range; shares go from 0 to 1.")         \
	X(VALUE_DATE, ERROR, "not a date (YYYY-MM-DD)",                        \
	    "Write the date as 2026-11-30.")                                   \
	X(VALUE_CHOICE, ERROR, "value is not one of the list",                 \
	    "Write one of the words of the list; `dossier explain KEY` "       \
	    "has them all, with their meaning.")                               \
	X(VALUE_SLUG, ERROR, "id has a character that is not allowed",         \
	    "Use a to z, 0 to 9, full stop, hyphen and underscore, at "        \
	    "most 64 characters, a letter or digit first.")                    \
	X(VALUE_URL, WARNING,                                                  \
	    "not an https: or mailto: address, shown as text",                 \
	    "Write an address that begins with https: or mailto:.")            \
	X(VALUE_HASH, ERROR, "not a SHA-256 (64 hexadecimal digits)",          \
	    "Write the 64 digits that sha256sum prints.")                      \
	X(ANSWER_UNSIGNED, ERROR, "\"not applicable\" is not signed",          \
	    "Write decided_by and decided_on beside not_applicable and "       \
	    "its reason: somebody stands for it.")                             \
	X(MODEL_DUPLICATE, ERROR, "another model has the same id",             \
	    "Give one of the two models another id.")                          \
	X(MODEL_NONE, ERROR, "no model found",                                 \
	    "Name a folder with a model.yaml below it, or the file.")          \
	X(MODEL_CRASH, ERROR, "the model could not be processed",              \
	    "A defect of the program or a limit of the machine; the "          \
	    "other models have their reports. Please report the input.")       \
	X(METRIC_UNKNOWN, ERROR, "unknown metric",                             \
	    "Use a standard name, such as selection_rate; see the "            \
	    "suggestion.")                                                     \
	X(METRIC_VALUE, ERROR, "figure contradicts its counts",                \
	    "Correct the value or its counts; the value is compared "          \
	    "with numerator over denominator.")                                \
	X(METRIC_INTERVAL, ERROR, "interval does not hold its value",          \
	    "Correct the bounds, or leave them out.")                          \
	X(METRIC_RECOUNT, ERROR, "figure is not what its counts give",         \
	    "Export the file again, or correct the counts in it; the "         \
	    "figure shown is the one that the counts give.")                   \
	X(EXPORT_SHAPE, ERROR, "file has no shape that is known",              \
	    "Export it as the message says, or write a CSV with the "          \
	    "columns attribute, group, n and one for each metric.")            \
	X(EXPORT_SEVERAL, WARNING, "file holds several tables of its groups",  \
	    "Name a file with one period, data set or threshold, or "          \
	    "accept that one of the tables is read.")                          \
	X(EXPORT_GROUPS, WARNING, "file holds no figure of a group",           \
	    "Name the export that has a row for each group beside it.")        \
	X(EXPORT_NAME, WARNING, "attribute has no name",                       \
	    "Give the attribute its name where the file is exported, or "      \
	    "to dossier measure by --by=NAME.")                                \
	X(EXPORT_WHOLE, WARNING, "share is not one of whole rows",             \
	    "See whether the file is a table of differences or ratios; "       \
	    "weighted shares are not of whole rows either.")                   \
	X(RESULT_MODEL, ERROR, "result is of another model or version",        \
	    "Evaluate the version on record, or correct model and "            \
	    "version in the file.")                                            \
	X(RESULT_TWICE, ERROR, "measure is given twice with other values",     \
	    "Keep one of the two values.")                                     \
	X(COLUMN_TAKEN, NOTE, "columns are taken by their names",              \
	    "Name the columns with the options if they are others; "           \
	    "--quiet keeps silent about it.")                                  \
	X(COLUMN_COUNT, NOTE, "column looks like a number of rows",            \
	    "Name it with --count where each line stands for so many rows; "   \
	    "--quiet keeps silent about it.")                                  \
	X(NUMBERS_ROUNDED, NOTE, "numbers are rounded",                        \
	    "Write scores with fewer digits, or ask for fewer groups, or "     \
	    "make counts without --resolution, to have figures of scores to "  \
	    "the last digit.")                                                 \
	X(GROUP_UNKNOWN, ERROR, "no such group",                               \
	    "Correct reference_group under fairness.attributes, or "           \
	    "--reference: it is the text that stands in the file. A run "      \
	    "compares with the largest group till then.")                      \
	X(VOCABULARY, ERROR, "vocabulary entry is wrong",                      \
	    "Mend schemas/vocabulary.yaml at the place that is named.")        \
	X(RULE, ERROR, "rule is wrong",                                        \
	    "Mend the rule at the place that is named.")                       \
	X(RULE_EXAMPLE, ERROR, "example of a rule gives another result",       \
	    "Mend the rule or its example; see dossier rules test.")           \
	X(COVERAGE, ERROR, "covered is not what the rules say",                \
	    "Run make coverage. The key covered of a provision and the "       \
	    "key law of the rules must name each other.")                      \
	X(COVERAGE_GAP, ERROR, "no rule asks what is due",                     \
	    "Write a rule that names the provision in its law.")               \
	X(RULES_NONE, ERROR, "no rules are loaded",                            \
	    "Name the folder that holds schemas/ and templates/ with "         \
	    "--data; a gate without rules is no pass.")                        \
	X(RULE_NONE, ERROR, "no rule was evaluated",                           \
	    "State risk.tiers and roles_held, so that rules can apply. "       \
	    "A run in which nothing was evaluated is no pass.")                \
	X(PATTERN, ERROR, "pattern is wrong",                                  \
	    "Mend the regular expression (PCRE2).")                            \
	X(PATTERN_LIMIT, ERROR, "pattern is too costly: match limit reached",  \
	    "Write the pattern without nested repetition; a limit is "         \
	    "never taken for an answer.")                                      \
	X(CONFIG, ERROR, "configuration is wrong",                             \
	    "Correct the setting; dossier config shows where each came "       \
	    "from.")                                                           \
	X(WAIVER, ERROR, "waiver is wrong",                                    \
	    "A waiver needs id, rule, model, reason, approved_by, "            \
	    "approved_on and expires_on; the rule must be one that may be "    \
	    "waived; see WAIVERS in dossier(1).")                              \
	X(WAIVER_UNUSED, WARNING, "waiver covers no finding of this run",      \
	    "It names a model that is not there: take it out, or correct "     \
	    "the name.")                                                       \
	X(PROFILE, ERROR, "profile is wrong",                                  \
	    "Mend the profile at the place that is named; PROFILES in "        \
	    "dossier(1) tells what it may hold.")                              \
	X(BASELINE, ERROR, "baseline is wrong",                                \
	    "Write it anew with dossier baseline write; do not edit it "       \
	    "but to take entries out.")                                        \
	X(BASELINE_UNUSED, NOTE, "baseline entry is of nothing",               \
	    "Take it out: dossier baseline update.")                           \
	X(BASELINE_UNREAD, WARNING, "model could not be read",                 \
	    "Mend the record first; dossier check tells what is wrong.")       \
	X(TEMPLATE, ERROR, "template is wrong",                                \
	    "Mend the template at the place that is named.")                   \
	X(DOCUMENT, ERROR, "report document is wrong",                         \
	    "Use a report document (data/ID.xml) of this version.")            \
	X(WORKBOOK, ERROR, "workbook could not be written",                    \
	    "Look at the disk and its free space; no incomplete "              \
	    "workbook is published.")                                          \
	X(LEDGER, ERROR, "ledger cannot be used",                              \
	    "Look at the file and its folder; the ledger must be a "           \
	    "regular file on a local disk, of this program and not of a "      \
	    "newer version.")                                                  \
	X(CHAIN, ERROR, "ledger has been altered",                             \
	    "The ledger was changed by other means than this program: "        \
	    "compare with a copy and with heads kept elsewhere.")              \
	X(LOCKED, ERROR, "another run holds the lock",                         \
	    "Wait for the other run.")                                         \
	X(PUBLISH, ERROR, "output could not be published",                     \
	    "Look at the output folder: rights, free space, names. What "      \
	    "was published before is still in place.")                         \
	X(OUTPUT, ERROR, "output could not be written",                        \
	    "Look at the file that --format names, its folder, rights and "    \
	    "free space; what was there before is unchanged.")                 \
	X(VERIFY, ERROR, "pack does not match its manifest",                   \
	    "A file of the pack is missing, changed or added: restore "        \
	    "the pack.")                                                       \
	X(USAGE, ERROR, "wrong usage", "See dossier COMMAND --help.")          \
	X(FINDINGS, ERROR, "more findings than are kept: mend these first",    \
	    "Mend what is listed, and run again.")

enum diag_id {
#define DIAG_ENUM(id, severity, sentence, remedy) DIAG_##id,
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

/* How what it reports is mended, in whole sentences. */
const char *diag_remedy(enum diag_id id);

/* The identifier of a public name; DIAG_COUNT when there is none. */
enum diag_id diag_of_name(const char *name);

/* How grave an identifier is. */
enum diag_severity diag_severity(enum diag_id id);

/* "error", "warning" or "note". */
const char *diag_severity_word(enum diag_severity severity);

#endif
