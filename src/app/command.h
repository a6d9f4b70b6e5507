#ifndef DOSSIER_APP_COMMAND_H
#define DOSSIER_APP_COMMAND_H

/*
 * The commands of dossier.  Each takes the arguments behind its name and
 * returns the exit status; src/man/dossier.1 is their manual.
 */

struct command {
	const char *name;
	const char *operands; /* for the help: "PATH..." */
	const char *help;     /* one line */
	const char *example;  /* what may stand behind the name */
	int (*run)(int argc, char **argv);
};

/* Make the documents of the whole portfolio. */
int command_run(int argc, char **argv);

/* Judge models and close the gate on findings. */
int command_check(int argc, char **argv);

/* Print metrics by group of a file of predictions. */
int command_measure(int argc, char **argv);

/* Write a model.yaml to begin with. */
int command_init(int argc, char **argv);

/* List the rules, or run their examples. */
int command_rules(int argc, char **argv);

/* Say what a rule asks, why, and how to meet it. */
int command_explain(int argc, char **argv);

/* List the waivers, or say what each covers. */
int command_waivers(int argc, char **argv);

/* Write down what is known, or take out what is mended. */
int command_baseline(int argc, char **argv);

/* Make pages and workbooks again from stored documents. */
int command_render(int argc, char **argv);

/* List the runs on record. */
int command_history(int argc, char **argv);

/* Say what changed between two runs on record. */
int command_diff(int argc, char **argv);

/* Compare a pack and the ledger with their hashes. */
int command_verify(int argc, char **argv);

/* Print the schema of model.yaml. */
int command_schema(int argc, char **argv);

/* Show every setting and where it comes from. */
int command_config(int argc, char **argv);

/* Print the version and what the law data are. */
int command_version(int argc, char **argv);

#endif
