#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "app/pipeline.h"
#include "base/near.h"

/* Every command; `dossier run` is the program, the others look at parts. */
static const struct command commands[] = {
	{ "init", "[FOLDER]", "write a model.yaml whose open points are known",
	    "--tier=high-risk-annex-iii --role=deployer models/hiring",
	    command_init },
	{ "run", "", "make the documents of a whole portfolio",
	    "--config=dossier.yaml --output=reports", command_run },
	{ "check", "[PATH...]", "judge models and close the gate on findings",
	    "--format=github --format=sarif:gate.sarif models", command_check },
	{ "measure", "FILE", "metrics by group of predictions, counts, exports",
	    "loans.csv --label=repaid --prediction=paid --by=sex",
	    command_measure },
	{ "explain", "NAME", "explain a rule, a provision, a key or a message",
	    "AIV-2G-SIGNED", command_explain },
	{ "rules", "list|test|coverage|diff|compile",
	    "list or try the rules, show what they cover, compile them",
	    "list --role=deployer --law=art-27", command_rules },
	{ "waivers", "list|check", "list the waivers, or say what they cover",
	    "check", command_waivers },
	{ "baseline", "write|update", "let only new findings close the gate",
	    "write --output=baseline.yaml --reason='Plan RA-7'",
	    command_baseline },
	{ "render", "FILE.xml...",
	    "make pages and workbooks again from stored"
	    " report documents",
	    "reports/current/data/*.xml --output=again", command_render },
	{ "history", "", "list the runs on record", "--output=reports",
	    command_history },
	{ "diff", "[RUN [RUN]]", "say what changed between two runs",
	    "--output=reports", command_diff },
	{ "verify", "[PACK]", "compare a pack and the ledger with their hashes",
	    "--output=reports", command_verify },
	{ "schema", "", "print the schema of model.yaml for editors",
	    ">model.schema.json", command_schema },
	{ "config", "", "show every setting and where it comes from",
	    "--config=dossier.yaml", command_config },
	{ "version", "", "print the version and what the law data are", "",
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

/* Whether the help of a command is asked for. */
static bool
wants_help(int argc, char **argv)
{
	for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], "--help") == 0 ||
		    strcmp(argv[i], "-h") == 0)
			return true;
	return false;
}

/* A command; its help is told around the list of its options. */
static int
run(const struct command *command, int argc, char **argv)
{
	bool is_help = wants_help(argc, argv);
	int status;

	if (is_help)
		printf("usage: dossier %s [OPTION...]%s%s\n%c%s.\n",
		    command->name, command->operands[0] != '\0' ? " " : "",
		    command->operands,
		    (char)toupper((unsigned char)command->help[0]),
		    command->help + 1);
	if (is_help && command->example[0] != '\0')
		printf("example: dossier %s %s\n", command->name,
		    command->example);
	if (is_help)
		putchar('\n');
	status = command->run(argc, argv);
	if (is_help && status == STATUS_OPEN)
		fputs("\nexit status: 0 done, gate open; 1 gate closed;"
		      " 2 wrong usage or configuration;\n  3 input unreadable"
		      " or nothing judged; 4 no output; 5 internal;"
		      " 75 locked.\nThe manual is dossier(1).\n",
		    stdout);
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
			return run(&commands[i], argc - 2, argv + 2);
	return unknown(argv[1]);
}
