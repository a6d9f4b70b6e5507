#ifndef DOSSIER_APP_MESSAGE_H
#define DOSSIER_APP_MESSAGE_H

#include <stdbool.h>

#include "app/finding.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/text.h"

/*
 * Findings in words, for a terminal and a log.  One finding is one first line,
 *
 *     file:line:col: error: what is wrong, and the remedy [RULE-ID]
 *
 * followed by the line of the input with a caret, the provision and the way
 * to mend it.  Text of the input is made visible, never obeyed.
 */

/* Where and how to write. */
struct message_writer {
	struct text *out;
	const struct folder *root; /* to quote lines of the input from */
	const char *prefix;        /* put before file names: "samples" or "" */
	bool is_brief;             /* first lines only */
	bool has_colour;
	struct source quoted; /* the file that was quoted last */
	struct arena arena;   /* of quoted */
};

/* Release what the writer holds. */
void message_close(struct message_writer *writer);

/* Write every diagnostic of a list. */
void message_diags(struct message_writer *writer, const struct diag_list *list);

/* Write one verdict, which is not yet in a document. */
void message_verdict(
    struct message_writer *writer, const struct verdict *verdict);

/*
 * Write findings, of a model the gravest first and then by place; what merely
 * falls due or was waived is left out unless is_verbose.  Return how many were
 * written.
 */
size_t message_findings(struct message_writer *writer,
    const struct judged *judged, bool is_verbose);

#endif
