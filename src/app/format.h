#ifndef DOSSIER_APP_FORMAT_H
#define DOSSIER_APP_FORMAT_H

#include <stdbool.h>

#include "app/finding.h"
#include "app/message.h"
#include "app/options.h"
#include "base/text.h"
#include "check/law.h"
#include "model/summary.h"
#include "publish/replace.h"

/*
 * What a gate has to say, in the formats of those who listen: people, other
 * programs, code scanning, test reports, the services that run builds.  A
 * format is a row of a table in format.c; several may be asked for at once,
 * and each prints the same findings, model by model, so that a run of any
 * size needs the memory of one.  A file appears whole or not at all.
 */

/* What all formats of a run are told; everything is borrowed. */
struct format_run {
	const struct run_info *info;
	const struct catalogue *catalogue;
	struct finding_scope scope;
	struct message_writer *messages; /* for text, on standard output */
	bool is_quiet, is_verbose;
};

enum { NEXT_SIZE = 192 };

/* The next day on which a result of any model changes by itself. */
struct gate_next {
	char day[DATE_SIZE]; /* "" when there is none */
	long in_days;
	size_t n;             /* results that change */
	char what[NEXT_SIZE]; /* the first of them, in words */
};

/* What the gate came to. */
struct gate_total {
	bool is_open;
	int status; /* exit status so far */
	size_t n_models, n_blocked;
	size_t n_errors, n_warnings; /* findings that block, that warn */
	bool warnings_close;         /* by the policy */
	size_t n_known;              /* that the baseline holds */
	size_t n_due;                /* duties that begin later, not met */
	struct gate_next next;
};

/* Count one model, and the exit status that it brings. */
void gate_count(
    struct gate_total *total, const struct summary *sum, int status);

/* Take in the outlook of a model's document. */
void gate_look_ahead(struct gate_total *total, const xmlDoc *doc);

/* Take in a status of the run (-1: none) and say whether the gate is open. */
void gate_settle(struct gate_total *total, int status);

struct output;

/* One format.  Each function appends to output->text. */
struct format {
	const char *name;
	void (*begin)(struct output *output);
	void (*model)(struct output *output, const struct judged *model);
	/* run: trouble that is no model's */
	void (*end)(struct output *output, const struct judged *run,
	    const struct gate_total *gate);
};

/* One format on its way to one place. */
struct output {
	const struct format *format;
	const char *path; /* NULL: standard output */
	const struct format_run *run;
	struct text text;    /* not yet written */
	struct arena arena;  /* of what the format keeps */
	void *state;         /* the format's own; the arena's */
	size_t n_models;     /* so far */
	const char *trouble; /* what end() could not write; or NULL */
	struct replacement file;
	bool has_failed; /* and was reported */
};

enum { OUTPUTS_MOST = 16 };

struct outputs {
	struct output list[OUTPUTS_MOST];
	size_t n;
	bool has_begun;
	struct format_run run;
};

/* For tables of options: their values are format[:file]. */
#define FORMAT_OPTION                                                          \
	{                                                                      \
		"format", 'f', "F[:FILE]",                                     \
		    "text, json, sarif, junit, github or gitlab, to a"         \
		    " file or standard output; may be given several times"     \
	}

/*
 * Take what the options --format ask for; none is text where has_default.
 * Return 0, or -1 with DIAG_USAGE: unknown, twice to one place.
 */
int outputs_read(struct outputs *outputs, const struct options *options,
    bool has_default, struct diag_list *diags);

/*
 * Add one more format to a file, for the program's own use.  path must outlive
 * the structure.
 */
void outputs_add(
    struct outputs *outputs, const struct format *format, const char *path);

/* Begin every format.  run must stay until outputs_close(). */
void outputs_begin(struct outputs *outputs, const struct format_run *run,
    struct diag_list *diags);

/* Print one model.  What cannot be written is in diags, once a file. */
void outputs_model(
    struct outputs *outputs, const xmlDoc *doc, struct diag_list *diags);

/*
 * Print what went wrong beside the models, and the end, and sync every file.
 * Return 0, or -1 with the reasons in diags.
 */
int outputs_end(struct outputs *outputs, const struct gate_total *gate,
    const struct diag_list *trouble, struct diag_list *diags);

/*
 * Put every file in its place.  Return 0, or -1 with the reason in diags: then
 * no file has changed but those that were in place before the one that failed.
 */
int outputs_commit(struct outputs *outputs, struct diag_list *diags);

/* Remove what was not finished, release everything. */
void outputs_close(struct outputs *outputs);

/* Whether standard output is taken by a format for programs. */
bool outputs_take_stdout(const struct outputs *outputs);

/* Whether a format is among them. */
bool outputs_have(const struct outputs *outputs, const struct format *format);

/* For people: when the next result changes, and which; nothing if none does. */
void format_put_next(struct text *out, const struct gate_total *gate);

/* The one line for people that says what the gate came to. */
void format_put_gate(struct text *out, const struct gate_total *gate);

/* The formats, each in a file of its own. */
extern const struct format format_text, format_json, format_sarif, format_junit,
    format_github, format_gitlab;

#endif
