#include <errno.h>
#include <libxml/parser.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/command.h"
#include "app/render.h"
#include "app/session.h"
#include "base/text.h"
#include "compose/xml.h"
#include "intake/scalar.h"
#include "intake/schema.h"
#include "publish/manifest.h"
#include "read/xml.h"
#include "read/xml_scan.h"
#include "store/ledger.h"

/*
 * Commands that look at what is there: configuration, version, schema, runs
 * on record, packs; and the one that renders a stored document again.
 */

#define PACK_OPTIONS                                                           \
	{ "output", 'o', "DIR", "output root (default: reports)" },            \
	{                                                                      \
		"ledger", 0, "FILE",                                           \
		    "ledger (default: ledger.db in the output)"                \
	}

static const struct option_spec plain_specs[] = { SESSION_OPTIONS,
	{ NULL, 0, NULL, NULL } };

static const struct option_spec schema_specs[] = { SESSION_OPTIONS,
	{ "format", 'f', "FORMAT", "json (the default) or xsd" },
	{ NULL, 0, NULL, NULL } };

static const struct option_spec pack_specs[] = { SESSION_OPTIONS, PACK_OPTIONS,
	{ NULL, 0, NULL, NULL } };

static const struct option_spec verify_specs[] = { SESSION_OPTIONS,
	PACK_OPTIONS,
	{ "head", 0, "HASH", "the head of the ledger, kept elsewhere" },
	{ NULL, 0, NULL, NULL } };

static const struct pos nowhere = { NULL, 0, 0 };

int
command_config(int argc, char **argv)
{
	struct session s;
	int status = session_open(&s, plain_specs, argc, argv, SESSION_HERE);

	if (status != -1)
		return session_close(&s, status);
	printf("%-24s %-24s %s\n", "setting", "value", "from");
	printf("%-24s %-24s %s\n", "configuration",
	    s.config.file != NULL ? s.config.file : "none",
	    s.config.file != NULL ? "found" : "");
	for (int i = 0; i < SETTING_COUNT; i++)
		printf("%-24s %-24s %s\n", settings_name((enum setting)i),
		    s.config.settings.values[i].text,
		    s.config.settings.values[i].origin);
	return session_close(&s, STATUS_OPEN);
}

int
command_version(int argc, char **argv)
{
	struct session s;
	int status = session_open(&s, plain_specs, argc, argv, SESSION_HERE);
	const struct pack *pack = &s.pipeline.catalogue.pack;
	char day[DATE_SIZE];

	if (status != STATUS_OPEN) /* else the help was told */
		puts("dossier " DOSSIER_VERSION);
	if (status == -1)
		status = session_load(&s);
	if (status != -1)
		return session_close(&s, status);
	date_write(pack->reviewed, day);
	printf("law data: %s %s, %zu rules, reviewed %s\n%s\n", pack->name,
	    pack->version, pack->n_rules, day,
	    pack->edition != NULL ? pack->edition : "");
	return session_close(&s, STATUS_OPEN);
}

int
command_schema(int argc, char **argv)
{
	struct session s;
	int status = session_open(&s, schema_specs, argc, argv, SESSION_HERE);
	const char *format;
	struct text out = { 0 };

	if (status == -1)
		status = session_load(&s);
	if (status != -1)
		return session_close(&s, status);
	format = options_get(&s.options, "format");
	if (format == NULL || strcmp(format, "json") == 0) {
		schema_json(&s.pipeline.vocabulary, &out);
	} else if (strcmp(format, "xsd") == 0) {
		schema_xsd(&s.pipeline.vocabulary, &out);
	} else {
		diag_add(&s.diags, DIAG_USAGE, nowhere,
		    "--format is json or xsd, not %s", format);
		return session_close(&s, STATUS_USAGE);
	}
	fputs(text_str(&out), stdout);
	text_free(&out);
	return session_close(&s, STATUS_OPEN);
}

static void
print_run(const struct run_info *run)
{
	char time[TIME_SIZE];

	time_write(run->time, time);
	printf("%-28s %s  %4u models  %4u blocked  %5u block  %5u warn  "
	       "%u of %u met\n",
	    run->id, time, run->n_models, run->n_blocked, run->n_blocking,
	    run->n_warnings, run->n_met, run->n_applicable);
}

int
command_history(int argc, char **argv)
{
	struct session s;
	int status = session_open(&s, pack_specs, argc, argv, SESSION_HERE);
	struct ledger *ledger = NULL;
	struct run_list runs = { NULL, 0 };

	if (status != -1)
		return session_close(&s, status);
	status = STATUS_INPUT;
	if (ledger_open(&ledger, session_ledger(&s), true, &s.diags) == 0 &&
	    ledger_runs(ledger, 0, &s.arena, &runs, &s.diags) == 0) {
		for (size_t i = 0; i < runs.n; i++)
			print_run(&runs.runs[i]);
		status = STATUS_OPEN;
	}
	ledger_close(ledger);
	return session_close(&s, status);
}

/* The chain of the ledger, and its head against one kept elsewhere. */
static int
verify_ledger(struct session *s)
{
	const char *want = options_get(&s->options, "head");
	struct ledger_check check = { 0 };
	struct ledger *ledger = NULL;
	int status = STATUS_USAGE;
	int rc = -1;

	if (ledger_open(&ledger, session_ledger(s), true, &s->diags) == 0)
		rc = ledger_verify(ledger, &check, &s->diags);
	ledger_close(ledger);
	if (rc == -1)
		return status;
	status = rc == 0 ? STATUS_OPEN : STATUS_FINDINGS;
	if (want != NULL && strncmp(check.head.hash, want, strlen(want)) != 0) {
		diag_add(&s->diags, DIAG_VERIFY, nowhere,
		    "the head of the ledger is %s, not %s", check.head.hash,
		    want);
		return STATUS_FINDINGS;
	}
	if (status == STATUS_OPEN)
		printf("ledger: chain whole, %zu runs, head %lld %s%s\n",
		    check.n_entries, (long long)check.head.seq, check.head.hash,
		    want != NULL ? "" : "; end not anchored (see --head)");
	return status;
}

static int
verify_pack(struct session *s, const char *path)
{
	switch (manifest_verify(path, &s->diags)) {
	case 0:
		printf("%s: every file matches MANIFEST.sha256\n", path);
		return STATUS_OPEN;
	case 1:
		return STATUS_FINDINGS;
	default:
		return STATUS_USAGE;
	}
}

int
command_verify(int argc, char **argv)
{
	struct session s;
	int status = session_open(&s, verify_specs, argc, argv, SESSION_HERE);
	const char *pack;
	int ledger;

	if (status != -1)
		return session_close(&s, status);
	if (s.options.n_operands > 0)
		return session_close(
		    &s, verify_pack(&s, s.options.operands[0]));
	pack = arena_printf(
	    &s.arena, "%s/current", session_path(&s, SETTING_OUTPUT));
	status = verify_pack(&s, pack);
	ledger = verify_ledger(&s);
	return session_close(&s, ledger > status ? ledger : status);
}

/*
 * Read the bytes of a stored document, which anybody may have written: no
 * DOCTYPE, nothing nested deeply.  Return 0, or -1 with the reason in diags.
 */
static int
read_source(struct session *s, const char *path, struct source *out)
{
	struct folder here = { -1, "" };
	const char *slash = strrchr(path, '/');
	const char *dir = slash != NULL ?
	    arena_dup(&s->arena, path, (size_t)(slash - path)) :
	    ".";
	int rc = -1;

	if (folder_open(&here, *dir != '\0' ? dir : "/", "", &s->diags) == 0 &&
	    source_read(out, &s->arena, &here, slash != NULL ? slash + 1 : path,
		FILE_LIMIT_CSV, nowhere, &s->diags) == 0 &&
	    source_check_text(out, &s->diags) == 0 &&
	    xml_check_encoding(out, &s->diags) == 0)
		rc = xml_check_tags(out, SIZE_MAX, &s->diags);
	folder_close(&here);
	return rc;
}

/* Whether a document is of a kind, and its id one that can name files. */
static bool
is_report(const xmlDoc *doc)
{
	const xmlNode *root = xml_root(doc);
	const char *kind = xml_get(root, "kind");
	const char *id = xml_get(xml_child(root, "model"), "id");

	return strcmp((const char *)root->name, "report") == 0 &&
	    (strcmp(kind, "portfolio") == 0 ||
		(strcmp(kind, "model") == 0 && scalar_is_slug(id)));
}

/* Read a stored document; NULL with the reason in diags. */
static xmlDocPtr
read_document(struct session *s, const char *path)
{
	struct source source;
	xmlDocPtr doc;

	if (read_source(s, path, &source) == -1)
		return NULL;
	doc = xmlReadMemory(source.bytes, (int)source.size, path, "UTF-8",
	    XML_PARSE_NONET | XML_PARSE_NOBLANKS | XML_PARSE_NOERROR |
		XML_PARSE_NOWARNING);
	if (doc != NULL && is_report(doc))
		return doc;
	/* libxml2 has said that it cannot be read, and this says where. */
	if (doc == NULL && xml_read(&s->arena, &source, &s->diags) == NULL)
		return NULL;
	diag_add(&s->diags, DIAG_DOCUMENT, (struct pos){ path, 0, 0 },
	    "not a report document of dossier");
	xmlFreeDoc(doc);
	return NULL;
}

static int
render_file(struct session *s, struct renderer *renderer,
    const struct render_target *target, const char *path)
{
	xmlDocPtr doc = read_document(s, path);
	int rc;

	if (doc == NULL)
		return -1;
	if (strcmp(xml_get(xml_root(doc), "kind"), "model") == 0)
		rc = render_model(renderer, doc, target, &s->diags);
	else
		rc = render_portfolio(renderer, doc, target, &s->diags);
	xmlFreeDoc(doc);
	return rc;
}

/* The folders of a pack in a folder of the user's, made where missing. */
static int
open_target(struct session *s, struct render_target *out)
{
	static const char *const folders[] = { "", "/data", "/cards", "/fria",
		"/annex-iv", "/workbooks" };
	const char *output = session_path(s, SETTING_OUTPUT);
	struct folder folder;

	if (strcmp(s->config.settings.values[SETTING_OUTPUT].origin,
		"default") == 0)
		output = "rendered";
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		if (mkdir(arena_printf(&s->arena, "%s%s", output, folders[i]),
			0750) == -1 &&
		    errno != EEXIST) {
			diag_add(&s->diags, DIAG_PUBLISH,
			    (struct pos){ output, 0, 0 }, "%s",
			    strerror(errno));
			return -1;
		}
	if (folder_open(&folder, output, output, &s->diags) == -1)
		return -1;
	*out = (struct render_target){ folder.fd, output };
	return 0;
}

static int
render_files(struct session *s, struct renderer *renderer)
{
	struct render_target target;
	int rc = 0;

	if (open_target(s, &target) == -1)
		return -1;
	for (size_t i = 0; i < s->options.n_operands && rc == 0; i++)
		rc = render_file(s, renderer, &target, s->options.operands[i]);
	close(target.dir);
	if (rc == 0)
		printf("%s\n", target.path);
	return rc;
}

int
command_render(int argc, char **argv)
{
	struct session s;
	int status = session_open(&s, pack_specs, argc, argv, SESSION_HERE);
	struct folder templates = { -1, "" };
	struct renderer *renderer = NULL;

	if (status == -1)
		status = session_load(&s);
	if (status != -1)
		return session_close(&s, status);
	if (s.options.n_operands == 0) {
		diag_add(&s.diags, DIAG_USAGE, nowhere,
		    "render takes report documents, such as data/crs-2.xml");
		return session_close(&s, STATUS_USAGE);
	}
	status = STATUS_USAGE;
	if (config_data(
		&templates, &s.config, &s.arena, "templates", &s.diags) == 0)
		renderer = render_open(
		    &s.arena, &templates, &s.pipeline.schemas, &s.diags);
	if (renderer != NULL)
		status = render_files(&s, renderer) == 0 ? STATUS_OPEN :
							   STATUS_OUTPUT;
	render_close(renderer);
	folder_close(&templates);
	return session_close(&s, status);
}
