#define _XOPEN_SOURCE 700 /* realpath() */
#include "app/config.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/policy.h"
#include "app/waivers.h"
#include "base/text.h"
#include "read/yaml.h"

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

/* Keep the digest of a file that was read. */
static void
keep_input(struct config *config, struct arena *arena,
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
	keep_input(config, arena, &source, name);
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
	return policy_read_limits(
	    &config->policy, arena, value_get(policy, "limits"), diags);
}

enum { JOBS_MOST = 64 };

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

/*
 * A path of the command line as one below the root, so that it is shown and
 * quoted as files of the portfolio are; NULL when it lies elsewhere.
 */
static const char *
below_root(const struct config *config, struct arena *arena, const char *path)
{
	char *real = realpath(path, NULL);
	size_t n = config->root_real != NULL ? strlen(config->root_real) : 0;
	const char *below = NULL;

	if (real != NULL && n > 1 && strncmp(real, config->root_real, n) == 0 &&
	    real[n] == '/')
		below = arena_str(arena, real + n + 1);
	free(real);
	return below;
}

int
config_read(struct config *config, struct arena *arena, enum setting setting,
    struct source *out, struct diag_list *diags)
{
	const struct setting_value *value = &config->settings.values[setting];
	const char *path = value->text;
	struct folder folder = { config->root.fd, config->root.name };
	int rc;

	if (value->pos.file == NULL)
		path = below_root(config, arena, value->text);
	if (path == NULL) {
		const char *slash = strrchr(value->text, '/');

		path = slash != NULL ? slash + 1 : value->text;
		if (folder_open(&folder, folder_of(arena, value->text),
			slash != NULL ? folder_of(arena, value->text) : "",
			diags) == -1)
			return -1;
	}
	rc = source_read(
	    out, arena, &folder, path, FILE_LIMIT_METADATA, value->pos, diags);
	if (folder.fd != config->root.fd)
		folder_close(&folder);
	if (rc == 0)
		keep_input(config, arena, out, path);
	return rc;
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
	const char *told = settings_text(&config->settings, SETTING_DATA);
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
