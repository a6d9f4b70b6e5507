#define _XOPEN_SOURCE 700 /* realpath() */
#include "app/config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "app/policy.h"
#include "base/near.h"
#include "base/num.h"
#include "base/text.h"
#include "read/yaml.h"

/* Name in dossier.yaml, name of the option, default. */
static const struct {
	const char *name, *option, *standard;
} table[SETTING_COUNT] = {
	[SETTING_OUTPUT] = { "output", "output", "reports" },
	[SETTING_LEDGER] = { "ledger", "ledger", "ledger.db" },
	[SETTING_KEEP] = { "keep", "keep", "30" },
	[SETTING_AS_OF] = { "as_of", "as-of", "today" },
	[SETTING_FAIL_ON] = { "fail_on", "fail-on", "error" },
	[SETTING_JOBS] = { "jobs", "jobs", "1" },
	[SETTING_LEAD_TIME_DAYS] = { "policy.lead_time_days", "", "0" },
	[SETTING_MIN_REPORT] = { "policy.min_report", "", "30" },
	[SETTING_CONFIDENCE] = { "policy.confidence", "", "0.95" },
	[SETTING_JUDGE_BY] = { "policy.judge_by", "", "value" },
	[SETTING_MAX_AGE_MONTHS] = { "policy.max_age_months", "", "12" },
	[SETTING_POLICY_VERSION] = { "policy.version", "", "default" },
	[SETTING_NAMING_ID] = { "naming.id", "", "" },
	[SETTING_WAIVERS] = { "waivers", "waivers", "" },
	[SETTING_DATA] = { "data", "data", "" },
};

const char *
config_name(enum setting setting)
{
	return table[setting].name;
}

/* "DOSSIER_POLICY_MIN_REPORT" for "policy.min_report". */
static void
environment_name(enum setting setting, char *out, size_t size)
{
	size_t n =
	    (size_t)snprintf(out, size, "DOSSIER_%s", table[setting].name);

	for (size_t i = 8; i < n && i < size; i++) {
		if (out[i] == '.')
			out[i] = '_';
		else if (out[i] >= 'a' && out[i] <= 'z')
			out[i] = (char)(out[i] - 'a' + 'A');
	}
}

static int
setting_of(const char *section, const char *key)
{
	char name[128];

	snprintf(name, sizeof(name), "%s%s%s", section,
	    section[0] != '\0' ? "." : "", key);
	for (int i = 0; i < SETTING_COUNT; i++)
		if (strcmp(table[i].name, name) == 0)
			return i;
	return -1;
}

static void
set_defaults(struct config *config)
{
	for (int i = 0; i < SETTING_COUNT; i++)
		config->settings[i] = (struct setting_value){ table[i].standard,
			"default", { NULL, 0, 0 } };
}

static void
set_from_environment(struct config *config, struct arena *arena)
{
	char name[64];

	for (int i = 0; i < SETTING_COUNT; i++) {
		const char *value;

		environment_name((enum setting)i, name, sizeof(name));
		value = getenv(name);
		if (value != NULL)
			config->settings[i] = (struct setting_value){ value,
				arena_printf(arena, "environment %s", name),
				{ NULL, 0, 0 } };
	}
}

static void
set_from_options(
    struct config *config, struct arena *arena, const struct options *options)
{
	for (int i = 0; i < SETTING_COUNT; i++) {
		const char *value = table[i].option[0] != '\0' ?
		    options_get(options, table[i].option) :
		    NULL;

		if (value != NULL)
			config->settings[i] = (struct setting_value){ value,
				arena_printf(
				    arena, "option --%s", table[i].option),
				{ NULL, 0, 0 } };
	}
}

/* Every key that dossier.yaml may hold in a section. */
static const struct {
	const char *section, *key;
} plain_keys[] = {
	{ "", "organisation" },
	{ "", "models" },
	{ "", "policy" },
	{ "", "naming" },
	{ "organisation", "name" },
	{ "organisation", "unit" },
	{ "organisation", "contact" },
	{ "organisation", "authority" },
	{ "organisation", "confidentiality" },
	{ "policy", "limits" },
	{ "naming", "try_on" },
};

enum { PLAIN_KEYS = sizeof(plain_keys) / sizeof(plain_keys[0]) };

static bool
is_plain_key(const char *section, const char *key)
{
	for (size_t i = 0; i < PLAIN_KEYS; i++)
		if (strcmp(plain_keys[i].section, section) == 0 &&
		    strcmp(plain_keys[i].key, key) == 0)
			return true;
	return false;
}

static void
report_unknown(
    const char *section, const struct value *value, struct diag_list *diags)
{
	const char *names[PLAIN_KEYS + SETTING_COUNT];
	size_t n = 0, skip = strlen(section);
	const char *near;

	for (size_t i = 0; i < PLAIN_KEYS; i++)
		if (strcmp(plain_keys[i].section, section) == 0)
			names[n++] = plain_keys[i].key;
	for (size_t i = 0; i < SETTING_COUNT; i++) {
		const char *name = table[i].name;

		if (skip == 0 && strchr(name, '.') == NULL)
			names[n++] = name;
		else if (skip > 0 && strncmp(name, section, skip) == 0 &&
		    name[skip] == '.')
			names[n++] = name + skip + 1;
	}
	near = near_word(value->key, names, n);
	diag_add(diags, DIAG_KEY_UNKNOWN, value->key_pos, "%s%s%s%s",
	    value->key, near != NULL ? "; did you mean " : "",
	    near != NULL ? near : "", near != NULL ? "?" : "");
}

/* Settings of one section of dossier.yaml; unknown keys are findings. */
static void
set_from_section(struct config *config, struct arena *arena,
    const struct value *map, const char *section, struct diag_list *diags)
{
	const struct value *v = map != NULL ? map->first : NULL;

	for (; v != NULL; v = v->next) {
		int setting = setting_of(section, v->key);

		if (setting == -1) {
			if (!is_plain_key(section, v->key))
				report_unknown(section, v, diags);
			continue;
		}
		if (v->text == NULL) {
			diag_add(diags, DIAG_CONFIG, v->pos,
			    "%s must be a single value", v->key);
			continue;
		}
		config->settings[setting] = (struct setting_value){ v->text,
			arena_printf(arena, "%s:%u", v->pos.file, v->pos.line),
			v->pos };
	}
}

static void
set_organisation(struct config *config, const struct value *map)
{
	config->organisation = (struct organisation){ value_text(map, "name"),
		value_text(map, "unit"), value_text(map, "contact"),
		value_text(map, "authority"),
		value_text(map, "confidentiality") };
}

static int
set_models(struct config *config, struct arena *arena, const struct value *list,
    struct diag_list *diags)
{
	static const char *everything[] = { "." };
	size_t i = 0;

	config->models = everything;
	config->n_models = 1;
	if (list == NULL)
		return 0;
	if (list->kind != VALUE_LIST || list->n == 0) {
		diag_add(diags, DIAG_CONFIG, list->pos,
		    "models is a list of folders: [models]");
		return -1;
	}
	config->models = arena_array(arena, list->n, sizeof(char *));
	config->n_models = list->n;
	for (const struct value *v = list->first; v != NULL; v = v->next) {
		if (v->text == NULL) {
			diag_add(
			    diags, DIAG_CONFIG, v->pos, "a folder is one text");
			return -1;
		}
		config->models[i++] = v->text;
	}
	return 0;
}

void
config_keep_input(struct config *config, struct arena *arena,
    const struct source *source, const char *path)
{
	struct input_file *file = arena_alloc(arena, sizeof(*file));

	file->path = path;
	file->part = "policy";
	file->bytes = source->size;
	memcpy(file->sha256, source->sha256, sizeof(file->sha256));
	file->next = config->inputs;
	config->inputs = file;
}

static int
read_file(struct config *config, struct arena *arena, const char *name,
    struct diag_list *diags)
{
	struct pos nowhere = { NULL, 0, 0 };
	const struct value *top, *policy;
	struct source source;

	if (source_read(&source, arena, &config->root, name,
		FILE_LIMIT_METADATA, nowhere, diags) == -1)
		return -1;
	config_keep_input(config, arena, &source, name);
	top = yaml_read(arena, &source, diags);
	if (top == NULL)
		return -1;
	if (top->kind != VALUE_MAP) {
		diag_add(diags, DIAG_CONFIG, top->pos, "a map is expected");
		return -1;
	}
	policy = value_get(top, "policy");
	set_from_section(config, arena, top, "", diags);
	set_from_section(config, arena, policy, "policy", diags);
	set_from_section(
	    config, arena, value_get(top, "naming"), "naming", diags);
	set_organisation(config, value_get(top, "organisation"));
	if (set_models(config, arena, value_get(top, "models"), diags) == -1)
		return -1;
	return policy_read_limits(
	    &config->policy, arena, value_get(policy, "limits"), diags);
}

static bool
is_file(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

static bool
is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* The folder part of a path; "." when there is none. */
static const char *
folder_of(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return ".";
	return slash == path ? "/" :
			       arena_dup(arena, path, (size_t)(slash - path));
}

/* Look for dossier.yaml in the folder of start and in those above it. */
static const char *
search_upwards(struct arena *arena, const char *start)
{
	const char *dir = is_folder(start) ? start : folder_of(arena, start);

	for (int depth = 0; depth < 16; depth++) {
		const char *file = arena_printf(arena, "%s/dossier.yaml", dir);

		if (is_file(file))
			return strcmp(dir, ".") == 0 ? "dossier.yaml" : file;
		dir = strcmp(dir, ".") == 0 ? ".." :
					      arena_printf(arena, "%s/..", dir);
	}
	return NULL;
}

/* "a/b/../.." says less than "." does. */
static const char *
short_path(struct arena *arena, const char *path)
{
	struct text out = { 0 };
	const char *result = path;

	if (path[0] != '/' && strstr(path, "..") != NULL &&
	    path_normalise(&out, path) == 0)
		result = arena_str(arena, out.n > 0 ? text_str(&out) : ".");
	text_free(&out);
	return result;
}

static int
open_root(struct config *config, struct arena *arena,
    const struct options *options, const char *start, struct diag_list *diags)
{
	const char *file = options_get(options, "config");

	if (file == NULL)
		file = getenv("DOSSIER_CONFIG");
	if (file == NULL)
		file = search_upwards(arena, start);
	config->file = file != NULL ? short_path(arena, file) : NULL;
	if (config->file != NULL)
		config->root_path = folder_of(arena, config->file);
	else
		config->root_path =
		    is_folder(start) ? start : folder_of(arena, start);
	if (folder_open(&config->root, config->root_path, "", diags) == -1)
		return -1;
	config->root_real = realpath(config->root_path, NULL);
	return 0;
}

int
config_open(struct config *out, struct arena *arena,
    const struct options *options, const char *start, struct diag_list *diags)
{
	size_t n = diags->n_errors;
	const char *slash;

	*out = (struct config){ .root.fd = -1 };
	set_defaults(out);
	if (set_models(out, arena, NULL, diags) == -1 ||
	    open_root(out, arena, options, start, diags) == -1)
		return -1;
	if (out->file != NULL) {
		slash = strrchr(out->file, '/');
		if (read_file(out, arena, slash != NULL ? slash + 1 : out->file,
			diags) == -1)
			return -1;
	}
	set_from_environment(out, arena);
	set_from_options(out, arena, options);
	if (policy_settle(out, arena, diags) == -1)
		return -1;
	return diags->n_errors > n ? -1 : 0;
}

void
config_close(struct config *config)
{
	folder_close(&config->root);
	free(config->root_real);
	config->root_real = NULL;
}

/* The folder two above the program's file, or NULL. */
static const char *
beside_program(struct arena *arena)
{
	char path[4096];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);

	if (n <= 0)
		return NULL;
	path[n] = '\0';
	return folder_of(arena, folder_of(arena, arena_str(arena, path)));
}

int
config_data(struct folder *out, const struct config *config,
    struct arena *arena, const char *name, struct diag_list *diags)
{
	const char *told = config->settings[SETTING_DATA].text;
	const char *base = beside_program(arena);
	const char *path;

	if (told[0] != '\0')
		path = arena_printf(arena, "%s/%s", told, name);
	else
		path = arena_printf(arena, "%s/%s", base ? base : ".", name);
	if (told[0] == '\0' && !is_folder(path) && base != NULL)
		path = arena_printf(arena, "%s/share/dossier/%s", base, name);
	if (told[0] == '\0' && !is_folder(path))
		path = arena_printf(arena, "%s/%s", DOSSIER_DATADIR, name);
	return folder_open(out, path, name, diags);
}
