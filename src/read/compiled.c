#include "read/compiled.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "read/flat.h"

enum {
	ORDER = 0x01020304, /* of the bytes in a number, as written here */
	SLOTS = 1024,       /* at most */
	NAME_SIZE = 32
};

/* What the file begins with; the slots follow, then the trees. */
struct head {
	char magic[8];
	uint32_t order;
	uint32_t n; /* slots */
	char writer[40];
	unsigned char check[HASH_SIZE]; /* SHA-256 of head and slots, here 0 */
};

_Static_assert(sizeof(struct head) == 88, "a head has no holes");
_Static_assert(sizeof(struct compiled_slot) == 80, "a slot has no holes");

static void
begin_head(struct head *head, size_t n)
{
	*head = (struct head){ .magic = "DOSSIER2",
		.order = ORDER,
		.n = (uint32_t)n,
		.writer = DOSSIER_VERSION };
}

/* Put the digest of head and slots, which lie together, into the head. */
static void
seal(unsigned char *p, size_t n)
{
	unsigned char *check = p + offsetof(struct head, check);
	unsigned char hash[HASH_SIZE];

	memset(check, 0, HASH_SIZE);
	hash_bytes(p, n, hash);
	memcpy(check, hash, HASH_SIZE);
}

/* Read just n bytes at an offset. */
static int
read_at(int fd, void *p, size_t n, uint64_t offset)
{
	size_t done = 0;

	while (done < n) {
		ssize_t now = pread(
		    fd, (char *)p + done, n - done, (off_t)(offset + done));

		if (now == -1 && errno == EINTR)
			continue;
		if (now <= 0)
			return -1;
		done += (size_t)now;
	}
	return 0;
}

/* Head and slots, or -1 when they are not just what we write. */
static int
read_slots(struct compiled *out, struct arena *arena)
{
	struct head head, want;
	struct stat st;
	unsigned char *p;
	size_t n;

	if (fstat(out->fd, &st) == -1 ||
	    read_at(out->fd, &head, sizeof(head), 0) == -1 || head.n > SLOTS)
		return -1;
	begin_head(&want, head.n);
	if (memcmp(&head, &want, offsetof(struct head, check)) != 0)
		return -1;
	n = sizeof(head) + head.n * sizeof(*out->slots);
	p = arena_alloc(arena, n);
	if (read_at(out->fd, p, n, 0) == -1)
		return -1;
	seal(p, n);
	if (memcmp(p, &head, sizeof(head)) != 0)
		return -1;
	out->slots =
	    arena_array(arena, head.n > 0 ? head.n : 1, sizeof(*out->slots));
	memcpy(out->slots, p + sizeof(head), n - sizeof(head));
	out->n = head.n;
	out->size = (uint64_t)st.st_size;
	return 0;
}

void
compiled_open(
    struct compiled *out, struct arena *arena, const struct folder *folder)
{
	struct diag_list ignored = { .arena = arena };

	*out = (struct compiled){ .fd = -1 };
	out->fd = file_open(folder, COMPILED_FILE, (struct pos){ 0 }, &ignored);
	if (out->fd != -1 && read_slots(out, arena) == -1)
		compiled_close(out);
}

void
compiled_close(struct compiled *compiled)
{
	if (compiled->fd != -1)
		close(compiled->fd);
	*compiled = (struct compiled){ .fd = -1 };
}

/* The bytes of a tree, or NULL when they are not those that were written. */
static const char *
tree_bytes(const struct compiled *compiled, struct arena *arena,
    const struct compiled_slot *slot)
{
	unsigned char hash[HASH_SIZE];
	char *p;

	if (slot->offset > compiled->size ||
	    slot->size > compiled->size - slot->offset ||
	    slot->size > FILE_LIMIT_METADATA)
		return NULL;
	p = arena_alloc(arena, slot->size);
	if (read_at(compiled->fd, p, slot->size, slot->offset) == -1)
		return NULL;
	hash_bytes(p, slot->size, hash);
	return memcmp(hash, slot->tree, sizeof(hash)) == 0 ? p : NULL;
}

/* The digest of a file beneath the folder; nothing is said when it fails. */
static int
hash_source(struct arena *arena, const struct folder *folder, const char *path,
    unsigned char out[HASH_SIZE])
{
	struct diag_list ignored = { .arena = arena };
	int fd = file_open(folder, path, (struct pos){ 0 }, &ignored);
	char hash[HASH_HEX_SIZE];
	unsigned long long bytes;
	int rc;

	if (fd == -1)
		return -1;
	rc = hash_file(fd, hash, &bytes);
	close(fd);
	return rc == 0 ? hash_read(hash, out) : -1;
}

struct value *
compiled_tree(const struct compiled *compiled, struct arena *arena,
    const struct folder *folder, const char *path)
{
	unsigned char hash[HASH_SIZE];
	const struct compiled_slot *slot = compiled->slots;
	const char *p = NULL;
	size_t i = 0;

	if (compiled->n == 0 || hash_source(arena, folder, path, hash) == -1)
		return NULL;
	while (
	    i < compiled->n && memcmp(slot[i].source, hash, sizeof(hash)) != 0)
		i++;
	if (i < compiled->n)
		p = tree_bytes(compiled, arena, &slot[i]);
	if (p == NULL)
		return NULL;
	return flat_read(
	    arena, p, slot[i].size, folder_shown(arena, folder, path));
}

void
compilation_add(struct compilation *compilation, const struct source *source,
    const struct value *tree)
{
	struct compiled_slot *slot;
	size_t start = compilation->trees.n;

	compilation->slots = arena_room(compilation->arena, compilation->slots,
	    compilation->n, &compilation->room, sizeof(compilation->slots[0]));
	flat_write(&compilation->trees, tree);
	slot = &compilation->slots[compilation->n++];
	slot->offset = start;
	slot->size = compilation->trees.n - start;
	hash_bytes(compilation->trees.p + start, slot->size, slot->tree);
	if (hash_read(source->sha256, slot->source) == -1)
		compilation->n--;
}

/* Everything that goes into the file; offsets count from its start. */
static void
assemble(struct text *out, const struct compilation *compilation)
{
	size_t start =
	    sizeof(struct head) + compilation->n * sizeof(struct compiled_slot);
	struct head head;

	begin_head(&head, compilation->n);
	text_put(out, (const char *)&head, sizeof(head));
	for (size_t i = 0; i < compilation->n; i++) {
		struct compiled_slot slot = compilation->slots[i];

		slot.offset += start;
		text_put(out, (const char *)&slot, sizeof(slot));
	}
	seal((unsigned char *)out->p, out->n);
	text_put(out, text_str(&compilation->trees), compilation->trees.n);
}

/* Write under another name, readable for whom the folder is, and rename. */
static int
put_file(int dir, const struct text *bytes)
{
	char name[NAME_SIZE];
	struct stat st;

	snprintf(name, sizeof(name), "%s.%ld", COMPILED_FILE, (long)getpid());
	unlinkat(dir, name, 0);
	if (file_write(dir, name, bytes->p, bytes->n) == 0 &&
	    fstat(dir, &st) == 0 &&
	    fchmodat(dir, name, (st.st_mode & 0444) | 0600, 0) == 0 &&
	    renameat(dir, name, dir, COMPILED_FILE) == 0)
		return 0;
	unlinkat(dir, name, 0);
	return -1;
}

int
compilation_write(const struct compilation *compilation,
    const struct folder *folder, struct diag_list *diags)
{
	struct text bytes = { 0 };
	int rc;

	assemble(&bytes, compilation);
	rc = put_file(folder->fd, &bytes);
	if (rc == -1)
		diag_add(diags, DIAG_PUBLISH,
		    (struct pos){ COMPILED_FILE, 0, 0 }, "%s", strerror(errno));
	text_free(&bytes);
	return rc;
}

void
compilation_free(struct compilation *compilation)
{
	text_free(&compilation->trees);
}
