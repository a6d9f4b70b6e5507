#ifndef DOSSIER_APP_SESSION_H
#define DOSSIER_APP_SESSION_H

#include "app/format.h"
#include "app/message.h"
#include "app/options.h"
#include "app/pipeline.h"

/*
 * What commands have in common: options, configuration, rules, and the end
 * that prints what went wrong and gives the exit status.
 */
struct session {
	struct arena arena;
	struct diag_list diags; /* trouble that is no model's */
	struct options options;
	struct config config;
	struct pipeline pipeline;
	struct message_writer errors; /* to standard error, at the end */
	struct text error_text;
	bool has_options; /* the command line was read */
	bool is_quiet, is_verbose;
};

/* Options that every command knows; put before a command's own. */
#define SESSION_OPTIONS                                                        \
	{ "config", 'c', "FILE", "dossier.yaml of the portfolio" },            \
	    { "data", 0, "DIR", "folder that holds schemas/ and templates/" }, \
	    { "profile", 0, "NAME", "how grave rules are: a name or a file" }, \
	    { "as-of", 0, "DATE", "judge on this day (YYYY-MM-DD)" },          \
	    { "quiet", 'q', NULL, "print findings only" },                     \
	    { "verbose", 'v', NULL, "print also what falls due later" },       \
	{                                                                      \
		"help", 'h', NULL, "print this help"                           \
	}

/* Where the configuration is looked for when no option names it. */
enum session_start { SESSION_HERE, SESSION_AT_OPERAND };

/*
 * Read the options, then the configuration, which is looked for from the
 * working folder or the first operand upwards.  Return -1 to go on, or the
 * exit status to end with.  session_close() is due in both cases.
 */
int session_open(struct session *session, const struct option_spec *specs,
    int argc, char **argv, enum session_start start);

/*
 * The same for a command that needs no configuration: read the options only.
 */
int session_open_alone(struct session *session, const struct option_spec *specs,
    int argc, char **argv);

/* Load vocabulary and rules.  Return as above. */
int session_load(struct session *session);

/* The same, with as much of the rules as is said. */
int session_load_as(struct session *session, enum catalogue_depth depth);

/*
 * Read the baseline, where a setting names one, and hold it against the rules.
 * Return as above.
 */
int session_load_baseline(struct session *session);

/*
 * Print what went wrong up to now, so that it stands before what a command
 * prints to standard output.
 */
void session_tell(struct session *session);

/* Print what went wrong, release everything, give the status back. */
int session_close(struct session *session, int status);

/* Whether what is printed to a descriptor may have colours. */
bool session_has_colour(int fd);

/*
 * Fill what formats are told of a run; info and writer, which becomes the one
 * for text, are borrowed by out.
 */
void session_format_run(struct session *session, const struct run_info *info,
    struct format_run *out, struct message_writer *writer);

/* The ledger as a path from the working folder. */
const char *session_ledger(struct session *session);

/* A setting as a path from the working folder. */
const char *session_path(struct session *session, enum setting setting);

#endif
