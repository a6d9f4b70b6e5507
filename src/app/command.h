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
	int (*run)(int argc, char **argv);
};

int command_run(int argc, char **argv);
int command_check(int argc, char **argv);
int command_rules(int argc, char **argv);
int command_explain(int argc, char **argv);
int command_render(int argc, char **argv);
int command_history(int argc, char **argv);
int command_verify(int argc, char **argv);
int command_schema(int argc, char **argv);
int command_config(int argc, char **argv);
int command_version(int argc, char **argv);

#endif
