#include "app/inputs.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/num.h"
#include "compose/xml.h"

enum { DEPTH_MOST = 16 };

static const struct pos nowhere = { NULL, 0, 0 };

static struct input_entry *
add(struct inputs *inputs, const char *path, const char *part)
{
	struct input_entry *entry;

	inputs->entries = arena_room(inputs->arena, inputs->entries, inputs->n,
	    &inputs->size, sizeof(inputs->entries[0]));
	entry = &inputs->entries[inputs->n++];
	*entry = (struct input_entry){ .file = { .path = path, .part = part } };
	return entry;
}

static void
add_file(struct inputs *inputs, const struct input_file *file)
{
	struct input_entry *entry = add(inputs, file->path, file->part);

	entry->file = *file;
	entry->is_used = true;
}

/* A walk through a folder and what it finds. */
struct walk {
	struct inputs *inputs;
	const struct folder *folder; /* that paths are below */
	const char *part;
	const char *shown; /* before the path; "" for none */
	bool is_used;
	struct diag_list *diags;
};

static int
hash_one(const struct walk *walk, const char *path)
{
	struct arena *arena = walk->inputs->arena;
	const char *shown = walk->shown[0] != '\0' ?
	    arena_printf(arena, "%s/%s", walk->shown, path) :
	    path;
	struct input_entry *entry;
	int fd = file_open(walk->folder, path, nowhere, walk->diags);
	int rc;

	if (fd == -1)
		return -1;
	entry = add(walk->inputs, shown, walk->part);
	entry->is_used = walk->is_used;
	rc = hash_file(fd, entry->file.sha256, &entry->file.bytes);
	close(fd);
	if (rc == -1)
		diag_add(walk->diags, DIAG_FILE_READ,
		    (struct pos){ shown, 0, 0 }, "while hashing");
	return rc;
}

static int walk_folder(const struct walk *walk, const char *path, int depth);

static int
walk_entry(const struct walk *walk, int dir, const char *folder,
    const char *name, int depth)
{
	struct arena *arena = walk->inputs->arena;
	const char *path;
	struct stat st;

	if (name[0] == '.' ||
	    fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == -1)
		return 0;
	path = strcmp(folder, ".") == 0 ?
	    arena_str(arena, name) :
	    arena_printf(arena, "%s/%s", folder, name);
	if (S_ISDIR(st.st_mode) && depth < DEPTH_MOST)
		return walk_folder(walk, path, depth + 1);
	return S_ISREG(st.st_mode) ? hash_one(walk, path) : 0;
}

static int
walk_folder(const struct walk *walk, const char *path, int depth)
{
	int fd =
	    openat(walk->folder->fd, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd != -1 ? fdopendir(fd) : NULL;
	struct dirent *entry;
	int rc = 0;

	if (dir == NULL) {
		diag_add(walk->diags, DIAG_FILE_READ,
		    (struct pos){ path, 0, 0 }, "folder");
		if (fd != -1)
			close(fd);
		return -1;
	}
	while (rc == 0 && (entry = readdir(dir)) != NULL)
		rc = walk_entry(walk, fd, path, entry->d_name, depth);
	closedir(dir);
	return rc;
}

static int
compare(const void *a, const void *b)
{
	const struct input_entry *x = a, *y = b;

	return strcmp(x->file.path, y->file.path);
}

/* Sort by path, and keep each once. */
static void
finish(struct inputs *inputs)
{
	size_t n = 0;

	if (inputs->n > 0)
		qsort(inputs->entries, inputs->n, sizeof(*inputs->entries),
		    compare);
	for (size_t i = 0; i < inputs->n; i++) {
		struct input_entry *entry = &inputs->entries[i];

		if (n > 0 && compare(&inputs->entries[n - 1], entry) == 0)
			inputs->entries[n - 1].is_used |= entry->is_used;
		else
			inputs->entries[n++] = *entry;
	}
	inputs->n = n;
}

/* The folders of models hold evidence; only there can files be unused. */
static int
collect_models(struct inputs *out, const struct config *config,
    const struct model_files *models, struct diag_list *diags)
{
	struct walk walk = { out, &config->root, "input", "", false, diags };

	for (size_t i = 0; i < models->n; i++) {
		const char *folder = models->files[i].folder;
		const char *before = i > 0 ? models->files[i - 1].folder : NULL;

		if (strcmp(folder, ".") == 0 ||
		    (before != NULL && strcmp(before, folder) == 0))
			continue;
		if (walk_folder(&walk, folder, 0) == -1)
			return -1;
	}
	return 0;
}

int
inputs_collect(struct inputs *out, const struct config *config,
    const struct pipeline *pipeline, const struct model_files *models,
    struct arena *arena, struct diag_list *diags)
{
	struct walk walk = { out, &pipeline->schemas, "pack", "schemas", true,
		diags };

	*out = (struct inputs){ .arena = arena, .templates.fd = -1 };
	if (config_data(&out->templates, config, arena, "templates", diags) ==
	    -1)
		return -1;
	if (collect_models(out, config, models, diags) == -1 ||
	    walk_folder(&walk, ".", 0) == -1)
		return -1;
	walk.folder = &out->templates;
	walk.part = "template";
	walk.shown = "templates";
	if (walk_folder(&walk, ".", 0) == -1)
		return -1;
	for (const struct input_file *f = config->inputs; f != NULL;
	     f = f->next)
		add_file(out, f);
	finish(out);
	return 0;
}

static struct input_entry *
find(const struct inputs *inputs, const char *path)
{
	struct input_entry key = { .file.path = path };

	if (inputs->n == 0)
		return NULL;
	return bsearch(&key, inputs->entries, inputs->n, sizeof(key), compare);
}

void
inputs_mark_used(struct inputs *inputs, const xmlDoc *doc)
{
	const xmlNode *files = xml_child(xml_root(doc), "files");
	bool has_new = false;

	for (xmlNodePtr f = xml_child(files, "file"); f != NULL;
	     f = xml_next(f)) {
		struct input_entry *entry = find(inputs, xml_get(f, "path"));
		const char *bytes = xml_get(f, "bytes");

		if (entry == NULL) {
			has_new = true;
			entry = add(inputs,
			    arena_str(inputs->arena, xml_get(f, "path")),
			    "input");
			num_read_count(
			    bytes, strlen(bytes), &entry->file.bytes);
			memcpy(entry->file.sha256, xml_get(f, "sha256"),
			    HASH_HEX_SIZE);
		}
		entry->is_used = true;
	}
	if (has_new)
		finish(inputs);
}

struct tree_leaf *
inputs_leaves(const struct inputs *inputs, struct arena *arena)
{
	struct tree_leaf *leaves =
	    arena_array(arena, inputs->n, sizeof(*leaves));

	for (size_t i = 0; i < inputs->n; i++) {
		const struct input_file *file = &inputs->entries[i].file;

		leaves[i].path = file->path;
		leaves[i].bytes = file->bytes;
		memcpy(leaves[i].sha256, file->sha256, HASH_HEX_SIZE);
	}
	return leaves;
}

void
inputs_root(
    const struct inputs *inputs, struct arena *arena, char out[HASH_HEX_SIZE])
{
	tree_root(inputs_leaves(inputs, arena), inputs->n, out);
}

static struct input_file *
list(const struct inputs *inputs, struct arena *arena, bool is_used)
{
	struct input_file *first = NULL;

	for (size_t i = inputs->n; i > 0; i--) {
		const struct input_entry *entry = &inputs->entries[i - 1];
		struct input_file *file;

		if (entry->is_used != is_used)
			continue;
		file = arena_alloc(arena, sizeof(*file));
		*file = entry->file;
		file->next = first;
		first = file;
	}
	return first;
}

struct input_file *
inputs_used(const struct inputs *inputs, struct arena *arena)
{
	return list(inputs, arena, true);
}

struct input_file *
inputs_unused(const struct inputs *inputs, struct arena *arena)
{
	return list(inputs, arena, false);
}

void
inputs_close(struct inputs *inputs)
{
	folder_close(&inputs->templates);
}
