#ifndef DOSSIER_APP_OPTIONS_H
#define DOSSIER_APP_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"

/*
 * The command line: GNU long options, a few short ones, no abbreviations; an
 * unknown option gets a suggestion.
 */

/* One option of a command. */
struct option_spec {
	const char *name;  /* "as-of" */
	char letter;       /* 'q', or 0 */
	const char *value; /* name of its value for the help, or NULL */
	const char *help;
};

/* One option that was given. */
struct option_given {
	const struct option_spec *spec;
	const char *value; /* or NULL */
};

enum { OPTIONS_MOST = 64 };

/* What was given after the name of the command. */
struct options {
	struct option_given given[OPTIONS_MOST];
	size_t n_given;
	char **operands; /* point into argv */
	size_t n_operands;
};

/*
 * Take argv apart by the specs, which end with a NULL name.  Operands and
 * options may mix; "--" ends the options.  Return 0, or -1 with DIAG_USAGE.
 * argv is reordered in place and borrowed.
 */
int options_read(struct options *out, const struct option_spec *specs, int argc,
    char **argv, struct diag_list *diags);

/* The value of the last such option, "" for one without value, or NULL. */
const char *options_get(const struct options *options, const char *name);

/* Print the help of the options. */
void options_help(const struct option_spec *specs);

#endif
