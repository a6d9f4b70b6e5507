#define _XOPEN_SOURCE 700 /* realpath() */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/command.h"
#include "app/scaffold.h"
#include "app/session.h"
#include "base/near.h"
#include "intake/intake.h"
#include "intake/vocabulary.h"

/*
 * A model.yaml to begin with: the keys that tier and role ask for, open.
 */

#define SCHEMA_FILE "model.schema.json"

enum { FACTS_MOST = OPTIONS_MOST + 3, ABOVE_MOST = 8 };

static const struct option_spec specs[] = { SESSION_OPTIONS,
	{ "tier", 0, "WORD",
	    "several with commas; see dossier explain risk.tiers" },
	{ "role", 0, "WORD",
	    "several with commas; see dossier explain roles_held" },
	{ "id", 0, "NAME", "model id (default: the name of the folder)" },
	{ "set", 0, "KEY=VALUE", "any other key that is known" },
	{ "brief", 0, NULL, "write what is open only, not what may be added" },
	{ "force", 0, NULL, "replace the file that is there" },
	{ NULL, 0, NULL, NULL } };

static const struct pos nowhere = { NULL, 0, 0 };

/* A command line on its way to a scaffold. */
struct init {
	struct session session;
	const char *folder; /* where the file goes; NULL: standard output */
	struct scaffold_fact facts[FACTS_MOST];
	size_t n_facts;
};

static void
add_fact(struct init *init, const char *path, const char *value)
{
	const struct term *term =
	    vocabulary_find(&init->session.pipeline.vocabulary, path);

	for (size_t i = 0; i < init->n_facts; i++)
		if (init->facts[i].term == term) {
			init->facts[i].value = value;
			return;
		}
	init->facts[init->n_facts++] = (struct scaffold_fact){ term, value };
}

/* Every value of an option that may be given several times, as a list. */
static void
add_words(struct init *init, const char *option, const char *path)
{
	const struct options *options = &init->session.options;
	struct text list = { 0 };

	for (size_t i = 0; i < options->n_given; i++)
		if (strcmp(options->given[i].spec->name, option) == 0)
			text_printf(&list, "%s%s", list.n > 0 ? ", " : "",
			    options->given[i].value);
	if (list.n > 0)
		add_fact(init, path,
		    arena_printf(
			&init->session.arena, "[%s]", text_str(&list)));
	text_free(&list);
}

/* Whether a value can be put under a key before its list has entries. */
static bool
is_below_list(const struct term *term)
{
	for (term = term->parent; term != NULL; term = term->parent)
		if (term->is_list)
			return true;
	return false;
}

/* One --set KEY=VALUE. */
static int
add_set(struct init *init, const char *given)
{
	struct session *s = &init->session;
	size_t n = strcspn(given, "=");
	const char *path = arena_dup(&s->arena, given, n);
	const struct term *term =
	    vocabulary_find(&s->pipeline.vocabulary, path);

	if (given[n] == '\0' || given[n + 1] == '\0')
		diag_add(&s->diags, DIAG_USAGE, nowhere,
		    "--set needs KEY=VALUE, such as "
		    "provider.third_country=yes");
	else if (term == NULL || term->parent == NULL)
		diag_add(&s->diags, DIAG_USAGE, nowhere,
		    "--set: no key %s in the vocabulary", path);
	else if (term->type == TERM_SECTION || is_below_list(term))
		diag_add(&s->diags, DIAG_USAGE, nowhere,
		    "--set takes a key with a value, and none inside a list: "
		    "%s",
		    path);
	else {
		add_fact(init, path, given + n + 1);
		return 0;
	}
	return -1;
}

static int
add_sets(struct init *init)
{
	const struct options *options = &init->session.options;
	int rc = 0;

	for (size_t i = 0; i < options->n_given; i++)
		if (strcmp(options->given[i].spec->name, "set") == 0 &&
		    add_set(init, options->given[i].value) == -1)
			rc = -1;
	return rc;
}

/* The folder's name made an id: "Invoice Sorter" is invoice-sorter. */
static const char *
id_of(struct init *init)
{
	struct session *s = &init->session;
	const char *given = options_get(&s->options, "id");
	char real[PATH_MAX];
	char *name, *p;

	if (given != NULL)
		return given;
	if (init->folder == NULL ||
	    (realpath(init->folder, real) == NULL &&
		snprintf(real, sizeof(real), "%s", init->folder) < 0))
		return "my-model";
	name = arena_str(&s->arena, basename(real));
	for (p = name; *p != '\0'; p++)
		*p = isalnum((unsigned char)*p) ?
		    (char)tolower((unsigned char)*p) :
		    '-';
	return isalnum((unsigned char)name[0]) ? name : "my-model";
}

static int
gather_facts(struct init *init)
{
	if (add_sets(init) == -1)
		return -1;
	add_fact(init, "model.id", id_of(init));
	add_words(init, "role", FIELD_ROLES);
	add_words(init, "tier", FIELD_TIERS);
	return 0;
}

/* The JSON Schema beside the file or in a folder above it, or NULL. */
static const char *
find_schema(struct init *init)
{
	struct arena *arena = &init->session.arena;
	const char *up = "";
	struct stat st;

	for (int i = 0; init->folder != NULL && i < ABOVE_MOST; i++) {
		if (stat(arena_printf(
			     arena, "%s/%s" SCHEMA_FILE, init->folder, up),
			&st) == 0 &&
		    S_ISREG(st.st_mode))
			return arena_printf(arena, "%s" SCHEMA_FILE, up);
		up = arena_printf(arena, "../%s", up);
	}
	return NULL;
}

static int
make(struct init *init, struct text *out, struct scaffold *scaffold)
{
	struct session *s = &init->session;

	*scaffold = (struct scaffold){ .arena = &s->arena,
		.vocabulary = &s->pipeline.vocabulary,
		.catalogue = &s->pipeline.catalogue,
		.policy = &s->config.policy,
		.schema = find_schema(init),
		.is_brief =
		    options_get(&init->session.options, "brief") != NULL };
	if (scaffold_make(scaffold, init->facts, init->n_facts, &s->diags) ==
	    -1)
		return STATUS_USAGE;
	scaffold_write(scaffold, out);
	return STATUS_OPEN;
}

/* Make the folder and those above it. */
static int
make_folder(struct init *init)
{
	char *path = arena_str(&init->session.arena, init->folder);

	for (char *p = path + 1; *p != '\0'; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		if (mkdir(path, 0777) == -1 && errno != EEXIST)
			return -1;
		*p = '/';
	}
	return mkdir(path, 0777) == -1 && errno != EEXIST ? -1 : 0;
}

/* Write the whole file or none; what is there stays unless --force. */
static int
write_file(struct init *init, const char *path, const struct text *text)
{
	struct session *s = &init->session;
	bool forced = options_get(&s->options, "force") != NULL;
	int fd = -1;
	int rc = -1;
	ssize_t n = 0;

	if (make_folder(init) == -1)
		goto out;
	fd = open(path,
	    O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC |
		(forced ? O_TRUNC : O_EXCL),
	    0666);
	if (fd == -1)
		goto out;
	for (size_t done = 0; done < text->n; done += (size_t)n) {
		n = write(fd, text->p + done, text->n - done);
		if (n == -1)
			goto out;
	}
	rc = 0;
out:
	if (rc == -1)
		diag_add(&s->diags, DIAG_PUBLISH, (struct pos){ path, 0, 0 },
		    "%s%s", strerror(errno),
		    errno == EEXIST ? "; --force replaces it" : "");
	if (fd != -1 && close(fd) == -1 && rc == 0)
		rc = -1;
	return rc;
}

static int
put_out(
    struct init *init, const struct scaffold *scaffold, const struct text *text)
{
	struct session *s = &init->session;
	const char *path;

	if (init->folder == NULL) {
		fwrite(text->p, 1, text->n, stdout);
		return STATUS_OPEN;
	}
	path = arena_printf(&s->arena, "%s/" INTAKE_FILE, init->folder);
	if (write_file(init, path, text) == -1)
		return STATUS_OUTPUT;
	if (!s->is_quiet)
		printf("%s: %zu open points\n", path, scaffold->n_open);
	return STATUS_OPEN;
}

static int
run(struct init *init)
{
	struct session *s = &init->session;
	struct scaffold scaffold;
	struct text text = { 0 };
	int status;

	if (s->options.n_operands > 1) {
		diag_add(&s->diags, DIAG_USAGE, nowhere,
		    "init takes one folder, or - for standard output");
		return STATUS_USAGE;
	}
	init->folder =
	    s->options.n_operands == 0 ? "." : s->options.operands[0];
	if (strcmp(init->folder, "-") == 0)
		init->folder = NULL;
	if (gather_facts(init) == -1)
		return STATUS_USAGE;
	status = make(init, &text, &scaffold);
	if (status == STATUS_OPEN)
		status = put_out(init, &scaffold, &text);
	text_free(&text);
	return status;
}

int
command_init(int argc, char **argv)
{
	struct init init = { .n_facts = 0 };
	int status =
	    session_open(&init.session, specs, argc, argv, SESSION_HERE);

	if (status == -1)
		status = session_load(&init.session);
	if (status == -1)
		status = run(&init);
	return session_close(&init.session, status);
}
