#define _XOPEN_SOURCE 700 /* realpath() */
#include "app/configure.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/limit.h"
#include "app/policy.h"
#include "app/profile.h"
#include "app/waivers.h"
#include "base/text.h"
#include "read/yaml.h"

enum { JOBS_MOST = 64 };

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
	static const char *const everything[] = { "." };
	const char **models;
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
	models = arena_array(arena, list->n, sizeof(char *));
	config->models = models;
	config->n_models = list->n;
	for (const struct value *v = list->first; v != NULL; v = v->next) {
		if (v->text == NULL) {
			diag_add(
			    diags, DIAG_CONFIG, v->pos, "a folder is one text");
			return -1;
		}
		models[i++] = v->text;
	}
	return 0;
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
	settings_from_section(&config->settings, arena, top, "", diags);
	settings_from_section(
	    &config->settings, arena, policy, "policy", diags);
	settings_from_section(&config->settings, arena,
	    value_get(top, "naming"), "naming", diags);
	set_organisation(config, value_get(top, "organisation"));
	if (set_models(config, arena, value_get(top, "models"), diags) == -1)
		return -1;
	if (waivers_read_refused(&config->policy, arena,
		value_get(policy, "not_waivable"), diags) == -1)
		return -1;
	if (policy_read_tables(
		&config->policy, value_get(policy, "tables"), diags) == -1)
		return -1;
	return limit_read_list(
	    &config->policy, arena, value_get(policy, "limits"), diags);
}

static bool
is_file(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

/* Look for dossier.yaml in the folder of start and in those above it. */
static const char *
search_upwards(struct arena *arena, const char *start)
{
	const char *dir =
	    config_is_folder(start) ? start : config_folder_of(arena, start);

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
		config->root_path = config_folder_of(arena, config->file);
	else
		config->root_path = config_is_folder(start) ?
		    start :
		    config_folder_of(arena, start);
	if (folder_open(&config->root, config->root_path, "", diags) == -1)
		return -1;
	config->root_real = realpath(config->root_path, NULL);
	return 0;
}

/* The waivers file, where a setting names one. */
static int
read_waivers(
    struct config *config, struct arena *arena, struct diag_list *diags)
{
	const struct setting_value *setting =
	    &config->settings.values[SETTING_WAIVERS];
	struct source source;

	if (setting->text[0] == '\0')
		return 0;
	if (config_read(config, arena, SETTING_WAIVERS, &source, diags) == -1)
		return -1;
	return waivers_read(&config->policy, arena, &source, diags);
}

/* From settings to what they mean. */
static int
settle(struct config *config, struct arena *arena, struct diag_list *diags)
{
	static const double jobs[] = { 1, JOBS_MOST }, keep[] = { 0, 1e6 };
	const struct settings *settings = &config->settings;
	size_t errors = diags->n_errors;

	if (profile_read(config, arena, diags) == -1)
		return -1;
	config->jobs =
	    (int)settings_number(settings, SETTING_JOBS, jobs, diags);
	config->keep =
	    (size_t)settings_number(settings, SETTING_KEEP, keep, diags);
	policy_settle(&config->policy, settings, diags);
	if (diags->n_errors > errors)
		return -1;
	return read_waivers(config, arena, diags);
}

int
config_open(struct config *out, struct arena *arena,
    const struct options *options, const char *start, struct diag_list *diags)
{
	size_t n = diags->n_errors;
	const char *slash;

	*out = (struct config){ .root.fd = -1 };
	settings_begin(&out->settings);
	if (set_models(out, arena, NULL, diags) == -1 ||
	    open_root(out, arena, options, start, diags) == -1)
		return -1;
	if (out->file != NULL) {
		slash = strrchr(out->file, '/');
		if (read_file(out, arena, slash != NULL ? slash + 1 : out->file,
			diags) == -1)
			return -1;
	}
	settings_from_caller(&out->settings, arena, options);
	if (settle(out, arena, diags) == -1)
		return -1;
	return diags->n_errors > n ? -1 : 0;
}
