#include "publish/pack.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"

bool
pack_is_name(const char *name)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789._-";
	size_t n = strlen(name);

	return n > 0 && n < PACK_NAME_SIZE && name[0] != '.' &&
	    name[0] != '-' && strspn(name, allowed) == n;
}

/* Newest first; of the same moment, the higher name first. */
static int
compare_packs(const void *a, const void *b)
{
	const struct pack_entry *left = a;
	const struct pack_entry *right = b;

	if (left->made.tv_sec != right->made.tv_sec)
		return left->made.tv_sec < right->made.tv_sec ? 1 : -1;
	if (left->made.tv_nsec != right->made.tv_nsec)
		return left->made.tv_nsec < right->made.tv_nsec ? 1 : -1;
	return strcmp(right->name, left->name);
}

int
pack_list(struct pack_list *out, struct arena *arena, int runs)
{
	struct listing walk;
	struct stat st;

	if (listing_top(&walk, arena, runs) == -1)
		return -1;
	out->n = 0;
	out->packs = arena_array(arena, walk.n, sizeof(*out->packs));
	for (size_t i = 0; i < walk.n; i++) {
		const char *name = walk.entries[i].path;

		if (walk.entries[i].kind != LISTING_FOLDER ||
		    !pack_is_name(name))
			continue;
		if (fstatat(runs, name, &st, AT_SYMLINK_NOFOLLOW) == -1)
			return -1;
		out->packs[out->n++] = (struct pack_entry){ name, st.st_mtim };
	}
	qsort(out->packs, out->n, sizeof(*out->packs), compare_packs);
	return 0;
}

static void
close_fd(int fd)
{
	if (fd != -1)
		close(fd);
}

/* 1 when the two files have the same bytes, 0 when not, -1 with errno. */
static int
same_file(int a_dir, int b_dir, const struct listing_entry *entry)
{
	char a_hash[HASH_HEX_SIZE], b_hash[HASH_HEX_SIZE];
	unsigned long long a_bytes, b_bytes;
	int a = listing_open(a_dir, entry);
	int b = listing_open(b_dir, entry);
	int rc = -1;

	if (a != -1 && b != -1 && hash_file(a, a_hash, &a_bytes) == 0 &&
	    hash_file(b, b_hash, &b_bytes) == 0)
		rc = strcmp(a_hash, b_hash) == 0 ? 1 : 0;
	close_fd(a);
	close_fd(b);
	return rc;
}

int
pack_same(int a_dir, const struct listing *listed, int b_dir)
{
	struct arena arena = { 0 };
	struct listing walk;
	int rc = listing_read(&walk, &arena, b_dir) == 0 ? 1 : -1;

	if (rc == 1 && walk.n != listed->n)
		rc = 0;
	for (size_t i = 0; rc == 1 && i < listed->n; i++) {
		const struct listing_entry *a = &listed->entries[i];
		const struct listing_entry *b = &walk.entries[i];

		if (strcmp(a->path, b->path) != 0 || a->kind != b->kind)
			rc = 0;
		else if (a->kind == LISTING_FILE)
			rc = same_file(a_dir, b_dir, a);
	}
	arena_free(&arena);
	return rc;
}
