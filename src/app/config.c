#define _XOPEN_SOURCE 700 /* realpath() */
#include "app/config.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

bool
config_is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

const char *
config_folder_of(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return ".";
	return slash == path ? "/" :
			       arena_dup(arena, path, (size_t)(slash - path));
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
		if (folder_open(&folder, config_folder_of(arena, value->text),
			slash != NULL ? config_folder_of(arena, value->text) :
					"",
			diags) == -1)
			return -1;
	}
	rc = source_read(
	    out, arena, &folder, path, FILE_LIMIT_METADATA, value->pos, diags);
	if (folder.fd != config->root.fd)
		folder_close(&folder);
	if (rc == 0)
		config_keep_input(config, arena, out, path);
	return rc;
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
	return config_folder_of(
	    arena, config_folder_of(arena, arena_str(arena, path)));
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
	if (told[0] == '\0' && !config_is_folder(path) && base != NULL)
		path = arena_printf(arena, "%s/share/dossier/%s", base, name);
	if (told[0] == '\0' && !config_is_folder(path))
		path = arena_printf(arena, "%s/%s", DOSSIER_DATADIR, name);
	return folder_open(out, path, name, diags);
}
