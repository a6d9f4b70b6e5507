#include "publish/manifest.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "publish/listing.h"

/* Lines of a manifest are "HASH", two blanks, "PATH". */
enum { HASH_LEN = HASH_HEX_SIZE - 1, GAP = 2 };

static int
fail(struct diag_list *diags, const char *name, const char *path)
{
	diag_add(diags, DIAG_PUBLISH, (struct pos){ name, 0, 0 }, "%s: %s",
	    path, strerror(errno));
	return -1;
}

/* sha256sum escapes a backslash and a line break; our names have neither. */
static bool
is_plain(const char *path)
{
	for (; *path != '\0'; path++)
		if ((unsigned char)*path < 0x20 || *path == '\\')
			return false;
	return true;
}

static int
hash_entry(struct tree_leaf *leaf, int dir, const struct listing_entry *entry)
{
	int fd = listing_open(dir, entry);
	int rc;

	if (fd == -1)
		return -1;
	leaf->path = entry->path;
	rc = hash_file(fd, leaf->sha256, &leaf->bytes);
	close(fd);
	return rc;
}

/* Add the entry to the manifest, if it is a file of the pack. */
static int
take_entry(struct manifest *out, int dir, const struct listing_entry *entry,
    const char *name, struct diag_list *diags)
{
	if (entry->kind == LISTING_FOLDER ||
	    strcmp(entry->path, MANIFEST_NAME) == 0)
		return 0;
	if (entry->kind == LISTING_OTHER) {
		diag_add(diags, DIAG_PUBLISH, (struct pos){ name, 0, 0 },
		    "%s: not a regular file", entry->path);
		return -1;
	}
	if (!is_plain(entry->path)) {
		diag_add(diags, DIAG_PUBLISH, (struct pos){ name, 0, 0 },
		    "%s: file name is not allowed", entry->path);
		return -1;
	}
	if (hash_entry(&out->leaves[out->n], dir, entry) == -1)
		return fail(diags, name, entry->path);
	out->n++;
	return 0;
}

int
manifest_make(struct manifest *out, struct arena *arena, int dir,
    const char *name, struct diag_list *diags)
{
	struct listing walk;

	*out = (struct manifest){ 0 };
	if (listing_read(&walk, arena, dir) == -1)
		return fail(diags, name, "folder cannot be listed");
	out->leaves = arena_array(arena, walk.n, sizeof(*out->leaves));
	for (size_t i = 0; i < walk.n; i++)
		if (take_entry(out, dir, &walk.entries[i], name, diags) == -1)
			return -1;
	return 0;
}

int
manifest_write(const struct manifest *manifest, int dir, const char *name,
    struct diag_list *diags)
{
	struct text lines = { 0 };
	int rc = 0;

	for (size_t i = 0; i < manifest->n; i++)
		text_printf(&lines, "%s  %s\n", manifest->leaves[i].sha256,
		    manifest->leaves[i].path);
	if (file_write(dir, MANIFEST_NAME, text_str(&lines), lines.n) == -1)
		rc = fail(diags, name, MANIFEST_NAME);
	text_free(&lines);
	return rc;
}

/* Read one line, without its line break, into a leaf. */
static int
read_line(struct tree_leaf *leaf, struct arena *arena, const char *p, size_t n)
{
	unsigned char hash[HASH_SIZE];

	if (n <= HASH_LEN + GAP || memchr(p, '\0', n) != NULL ||
	    p[HASH_LEN] != ' ' || p[HASH_LEN + 1] != ' ')
		return -1;
	memcpy(leaf->sha256, p, HASH_LEN);
	leaf->sha256[HASH_LEN] = '\0';
	leaf->path = arena_dup(arena, p + HASH_LEN + GAP, n - HASH_LEN - GAP);
	return hash_read(leaf->sha256, hash);
}

/* Read the lines; they must be in order, so that no path stands twice. */
static int
parse(struct manifest *out, struct arena *arena, const struct source *source,
    struct diag_list *diags)
{
	const char *p = source->bytes;
	const char *end = p + source->size;
	size_t lines = 0;

	for (const char *q = p; q < end; q++)
		lines += *q == '\n';
	out->n = 0;
	out->leaves = arena_array(arena, lines, sizeof(*out->leaves));
	while (p < end) {
		const char *stop = memchr(p, '\n', (size_t)(end - p));
		struct tree_leaf *leaf = &out->leaves[out->n];

		if (stop == NULL ||
		    read_line(leaf, arena, p, (size_t)(stop - p)) == -1 ||
		    (out->n > 0 && tree_leaf_compare(leaf - 1, leaf) >= 0)) {
			diag_add(diags, DIAG_VERIFY,
			    (struct pos){
				source->name, (unsigned)out->n + 1, 1 },
			    "line is not \"SHA-256  path\" in order");
			return -1;
		}
		out->n++;
		p = stop + 1;
	}
	return 0;
}

/* Walk two sorted lists side by side; return how many differences there are. */
static size_t
compare(const struct manifest *want, const struct manifest *have,
    const char *path, struct diag_list *diags)
{
	const struct pos pos = { path, 0, 0 };
	size_t n = 0, w = 0, h = 0;

	while (w < want->n || h < have->n) {
		const struct tree_leaf *a = &want->leaves[w];
		const struct tree_leaf *b = &have->leaves[h];
		int order = w == want->n ? 1 :
		    h == have->n         ? -1 :
					   tree_leaf_compare(a, b);

		if (order < 0)
			diag_add(diags, DIAG_VERIFY, pos, "file is missing: %s",
			    a->path);
		else if (order > 0)
			diag_add(diags, DIAG_VERIFY, pos,
			    "file is not in the manifest: %s", b->path);
		else if (strcmp(a->sha256, b->sha256) != 0)
			diag_add(diags, DIAG_VERIFY, pos,
			    "file has changed: %s: SHA-256 is %s, was %s",
			    a->path, b->sha256, a->sha256);
		n += order != 0 || strcmp(a->sha256, b->sha256) != 0;
		w += order <= 0;
		h += order >= 0;
	}
	return n;
}

int
manifest_verify(const char *path, struct diag_list *diags)
{
	struct folder folder;
	struct source source;
	struct manifest want, have;
	int rc = -1;

	if (folder_open(&folder, path, path, diags) == -1)
		return -1;
	if (source_read(&source, diags->arena, &folder, MANIFEST_NAME,
		FILE_LIMIT_METADATA, (struct pos){ NULL, 0, 0 }, diags) == -1)
		goto out;
	if (parse(&want, diags->arena, &source, diags) == -1) {
		rc = 1;
		goto out;
	}
	if (manifest_make(&have, diags->arena, folder.fd, path, diags) == -1)
		goto out;
	rc = compare(&want, &have, path, diags) > 0 ? 1 : 0;
out:
	folder_close(&folder);
	return rc;
}
