#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "app/pipeline.h"
#include "base/near.h"

/* Every command; `dossier run` is the program, the others look at parts. */
static const struct command commands[] = {
	{ "init", "[FOLDER]", "write a model.yaml whose open points are known",
	    command_init },
	{ "run", "", "make the documents of a whole portfolio", command_run },
	{ "check", "PATH...", "judge models and close the gate on findings",
	    command_check },
	{ "measure", "FILE", "metrics by group of predictions, counts, exports",
	    command_measure },
	{ "explain", "NAME", "explain a rule, a provision, a key or a message",
	    command_explain },
	{ "rules", "list|test|coverage|diff|compile",
	    "list or try the rules, show what they cover, compile them",
	    command_rules },
	{ "waivers", "list|check", "list the waivers, or say what they cover",
	    command_waivers },
	{ "baseline", "write|update", "let only new findings close the gate",
	    command_baseline },
	{ "render", "FILE.xml...",
	    "make pages and workbooks again from stored"
	    " report documents",
	    command_render },
	{ "history", "", "list the runs on record", command_history },
	{ "diff", "[RUN [RUN]]", "say what changed between two runs",
	    command_diff },
	{ "verify", "[PACK]", "compare a pack and the ledger with their hashes",
	    command_verify },
	{ "schema", "", "print the schema of model.yaml for editors",
	    command_schema },
	{ "config", "", "show every setting and where it comes from",
	    command_config },
	{ "version", "", "print the version and what the law data are",
	    command_version },
};

enum { COMMANDS = sizeof(commands) / sizeof(commands[0]) };

static int
help(FILE *out, int status)
{
	fputs("usage: dossier COMMAND [OPTION...] [OPERAND...]\n\n", out);
	for (size_t i = 0; i < COMMANDS; i++)
		fprintf(out, "  %-8s %-12s %s\n", commands[i].name,
		    commands[i].operands, commands[i].help);
	fputs("\n`dossier COMMAND --help` lists the options of a command;"
	      " dossier(1) is the manual.\n",
	    out);
	return status;
}

static int
unknown(const char *name)
{
	const char *names[COMMANDS];
	const char *near;

	for (size_t i = 0; i < COMMANDS; i++)
		names[i] = commands[i].name;
	near = near_word(name, names, COMMANDS);
	fprintf(stderr, "dossier: error: unknown command %s", name);
	if (near != NULL)
		fprintf(stderr, "; did you mean %s?", near);
	fputs(" [USAGE]\n", stderr);
	return STATUS_USAGE;
}

int
main(int argc, char **argv)
{
	if (argc < 2)
		return help(stderr, STATUS_USAGE);
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0 ||
	    strcmp(argv[1], "-h") == 0)
		return help(stdout, STATUS_OPEN);
	if (strcmp(argv[1], "--version") == 0)
		return command_version(0, argv + 2);
	for (size_t i = 0; i < COMMANDS; i++)
		if (strcmp(commands[i].name, argv[1]) == 0)
			return commands[i].run(argc - 2, argv + 2);
	return unknown(argv[1]);
}
