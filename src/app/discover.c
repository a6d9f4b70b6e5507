#define _XOPEN_SOURCE 700 /* realpath() */
#include "app/discover.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEPTH_MOST = 16 };

static const char model_name[] = "model.yaml";

/* A search below the root. */
struct search {
	struct model_files *out;
	struct arena *arena;
	struct diag_list *diags;
};

static void
keep(struct search *search, const char *path)
{
	struct model_files *out = search->out;
	const char *slash = strrchr(path, '/');

	out->files = arena_room(search->arena, out->files, out->n, &out->size,
	    sizeof(out->files[0]));
	out->files[out->n].path = path;
	out->files[out->n].folder = slash == NULL ?
	    "." :
	    arena_dup(search->arena, path, (size_t)(slash - path));
	out->n++;
}

static const char *
join(struct arena *arena, const char *folder, const char *name)
{
	if (strcmp(folder, ".") == 0)
		return arena_str(arena, name);
	return arena_printf(arena, "%s/%s", folder, name);
}

static int search_folder(struct search *search, int parent, const char *name,
    const char *path, int depth);

/* One entry of a folder: a record, a folder to go down into, or nothing. */
static int
search_entry(struct search *search, int dir, const char *path, const char *name,
    int depth)
{
	struct stat st;

	if (name[0] == '.' ||
	    fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == -1)
		return 0;
	if (S_ISREG(st.st_mode) && strcmp(name, model_name) == 0)
		keep(search, join(search->arena, path, name));
	if (S_ISDIR(st.st_mode) && depth < DEPTH_MOST)
		return search_folder(search, dir, name,
		    join(search->arena, path, name), depth + 1);
	return 0;
}

static int
search_folder(struct search *search, int parent, const char *name,
    const char *path, int depth)
{
	int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd != -1 ? fdopendir(fd) : NULL;
	struct dirent *entry;
	int rc = 0;

	if (dir == NULL) {
		diag_add(search->diags,
		    errno == ENOENT ? DIAG_FILE_MISSING : DIAG_FILE_READ,
		    (struct pos){ path, 0, 0 }, "%s", strerror(errno));
		if (fd != -1)
			close(fd);
		return -1;
	}
	while (rc == 0 && (entry = readdir(dir)) != NULL)
		rc = search_entry(search, fd, path, entry->d_name, depth);
	closedir(dir);
	return rc;
}

static int
compare(const void *a, const void *b)
{
	const struct model_file *x = a, *y = b;

	return strcmp(x->path, y->path);
}

/* Sort, and keep each once. */
static int
finish(struct search *search, const char *where)
{
	struct model_files *out = search->out;
	size_t n = 0;

	if (out->n == 0) {
		diag_add(search->diags, DIAG_MODEL_NONE,
		    (struct pos){ where, 0, 0 },
		    "a model is a folder with a %s", model_name);
		return -1;
	}
	qsort(out->files, out->n, sizeof(*out->files), compare);
	for (size_t i = 0; i < out->n; i++)
		if (n == 0 || compare(&out->files[n - 1], &out->files[i]) != 0)
			out->files[n++] = out->files[i];
	out->n = n;
	return 0;
}

int
discover_models(struct model_files *out, const struct config *config,
    struct arena *arena, struct diag_list *diags)
{
	struct search search = { out, arena, diags };

	*out = (struct model_files){ NULL, 0, 0 };
	for (size_t i = 0; i < config->n_models; i++)
		if (search_folder(&search, config->root.fd, config->models[i],
			config->models[i], 0) == -1)
			return -1;
	return finish(&search, config->root_path);
}

/* The path below the root, "." for the root itself, or NULL. */
static const char *
below_root(const struct config *config, struct arena *arena, const char *path)
{
	char *real = realpath(path, NULL);
	size_t n = config->root_real != NULL ? strlen(config->root_real) : 0;
	const char *result = NULL;

	if (real == NULL || n == 0)
		goto out;
	if (strcmp(real, config->root_real) == 0)
		result = ".";
	else if (strncmp(real, config->root_real, n) == 0 && real[n] == '/')
		result = arena_str(arena, real + n + 1);
	else if (strcmp(config->root_real, "/") == 0)
		result = arena_str(arena, real + 1);
out:
	free(real);
	return result;
}

static int
search_path(
    struct search *search, const struct config *config, const char *path)
{
	const char *below = below_root(config, search->arena, path);
	struct pos pos = { path, 0, 0 };
	struct stat st;

	if (stat(path, &st) == -1) {
		diag_add(search->diags, DIAG_FILE_MISSING, pos, "%s",
		    strerror(errno));
		return -1;
	}
	if (below == NULL) {
		diag_add(search->diags, DIAG_FILE_OUTSIDE, pos,
		    "it is not below the portfolio's folder %s",
		    config->root_path);
		return -1;
	}
	if (S_ISDIR(st.st_mode))
		return search_folder(search, config->root.fd, below, below, 0);
	keep(search, below);
	return 0;
}

int
discover_paths(struct model_files *out, const struct config *config,
    struct arena *arena, char *const paths[], size_t n, struct diag_list *diags)
{
	struct search search = { out, arena, diags };

	*out = (struct model_files){ NULL, 0, 0 };
	for (size_t i = 0; i < n; i++)
		if (search_path(&search, config, paths[i]) == -1)
			return -1;
	return finish(&search, paths[0]);
}
