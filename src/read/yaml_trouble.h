#ifndef DOSSIER_READ_YAML_TROUBLE_H
#define DOSSIER_READ_YAML_TROUBLE_H

#include "base/file.h"

/*
 * What the YAML parser has to say about a syntax error, turned into what the
 * author of the file can use: what is wrong, where it begins, how to mend it.
 */

enum { YAML_KEY_BYTES = 1024 }; /* of a key, as YAML says */

/* A complaint of libyaml: its words and its two places. */
struct yaml_trouble {
	const char *problem; /* "" when there is none, as for context */
	const char *context; /* what it was busy with */
	struct pos problem_pos;
	struct pos context_pos; /* where that began; known with a context */
};

/* Add one entry that says what is wrong. */
void yaml_report(const struct yaml_trouble *trouble,
    const struct source *source, struct diag_list *diags);

#endif
