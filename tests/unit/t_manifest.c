#include "publish/manifest.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "publish/listing.h"
#include "tap.h"

#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define EMPTY "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

/* A pack of a few files, with its manifest. */
struct pack {
	char path[64];
	int dir;
	struct arena arena;
	struct diag_list diags;
};

static void
put(const struct pack *pack, const char *path, const char *text)
{
	if (file_write(pack->dir, path, text, strlen(text)) == -1)
		abort();
}

static void
pack_open(struct pack *pack)
{
	*pack = (struct pack){ .path = "/tmp/t_manifest.XXXXXX" };
	if (mkdtemp(pack->path) == NULL)
		abort();
	pack->diags.arena = &pack->arena;
	pack->dir = open(pack->path, O_RDONLY | O_DIRECTORY);
	if (mkdirat(pack->dir, "cards", 0700) == -1 ||
	    mkdirat(pack->dir, "fria", 0700) == -1)
		abort();
	put(pack, "index.html", "abc");
	put(pack, "cards/b c.html", "");
	put(pack, "cards-2", "abc");
}

static void
pack_close(struct pack *pack)
{
	close(pack->dir);
	listing_remove(AT_FDCWD, pack->path);
	arena_free(&pack->arena);
}

/* Make and write the manifest. */
static int
seal(struct pack *pack)
{
	struct manifest manifest;

	if (manifest_make(&manifest, &pack->arena, pack->dir, pack->path,
		&pack->diags) == -1)
		return -1;
	return manifest_write(&manifest, pack->dir, pack->path, &pack->diags);
}

static const char *
text_of(struct pack *pack)
{
	struct folder folder = { pack->dir, "" };
	struct source source;

	if (source_read(&source, &pack->arena, &folder, MANIFEST_NAME, 1 << 20,
		(struct pos){ "-", 0, 0 }, &pack->diags) == -1)
		return "(none)";
	return source.bytes;
}

/* Write the manifest anew, as given. */
static void
forge(struct pack *pack, const char *text)
{
	unlinkat(pack->dir, MANIFEST_NAME, 0);
	put(pack, MANIFEST_NAME, text);
}

static void
writes_as_sha256sum(void)
{
	struct pack pack;
	struct manifest manifest;

	pack_open(&pack);
	CHECK_INT(seal(&pack), 0);
	CHECK_STR(text_of(&pack),
	    ABC "  cards-2\n" EMPTY "  cards/b c.html\n" ABC "  index.html\n");
	/* It does not list itself, and is not written twice. */
	CHECK_INT(manifest_make(
		      &manifest, &pack.arena, pack.dir, pack.path, &pack.diags),
	    0);
	CHECK_INT(manifest.n, 3);
	CHECK_STR(manifest.leaves[1].path, "cards/b c.html");
	CHECK_STR(manifest.leaves[1].sha256, EMPTY);
	CHECK_INT(manifest.leaves[1].bytes, 0);
	CHECK_INT(manifest.leaves[2].bytes, 3);
	CHECK_INT(
	    manifest_write(&manifest, pack.dir, pack.path, &pack.diags), -1);
	CHECK_INT(pack.diags.last->id, DIAG_PUBLISH);
	CHECK_STR(pack.diags.last->detail, "MANIFEST.sha256: File exists");
	pack_close(&pack);
}

/* Another program reads it: coreutils. */
static void
is_read_by_sha256sum(void)
{
	struct pack pack;
	int status = -1;
	pid_t child;

	pack_open(&pack);
	CHECK_INT(seal(&pack), 0);
	for (int i = 0; i < 2; i++) {
		fflush(stdout);
		child = fork();
		if (child == 0) {
			int null = open("/dev/null", O_WRONLY);

			if (null == -1 || fchdir(pack.dir) == -1)
				_exit(99);
			dup2(null, STDOUT_FILENO);
			dup2(null, STDERR_FILENO);
			execlp("sha256sum", "sha256sum", "-c", "--strict",
			    "--quiet", MANIFEST_NAME, (char *)NULL);
			_exit(98);
		}
		CHECK_INT(waitpid(child, &status, 0), child);
		CHECK(WIFEXITED(status));
		CHECK_INT(WEXITSTATUS(status), i);
		CHECK_INT(unlinkat(pack.dir, "index.html", 0), 0);
		put(&pack, "index.html", "abd");
	}
	pack_close(&pack);
}

static void
names_each_difference(void)
{
	struct pack pack;
	const struct diag *diag;

	pack_open(&pack);
	CHECK_INT(seal(&pack), 0);
	CHECK_INT(manifest_verify(pack.path, &pack.diags), 0);
	CHECK_INT(pack.diags.n, 0);
	CHECK_INT(unlinkat(pack.dir, "cards-2", 0), 0);
	CHECK_INT(unlinkat(pack.dir, "index.html", 0), 0);
	put(&pack, "index.html", "");
	put(&pack, "fria/new.html", "abc");
	put(&pack, "zzz", "abc");
	CHECK_INT(manifest_verify(pack.path, &pack.diags), 1);
	CHECK_INT(pack.diags.n, 4);
	diag = pack.diags.first;
	CHECK_INT(diag->id, DIAG_VERIFY);
	CHECK_STR(diag->pos.file, pack.path);
	CHECK_STR(diag->detail, "file is missing: cards-2");
	diag = diag->next;
	CHECK_STR(diag->detail, "file is not in the manifest: fria/new.html");
	diag = diag->next;
	CHECK_STR(diag->detail,
	    "file has changed: index.html: SHA-256 is " EMPTY ", was " ABC);
	diag = diag->next;
	CHECK_STR(diag->detail, "file is not in the manifest: zzz");
	pack_close(&pack);
}

static void
sees_each_flipped_byte(void)
{
	struct pack pack;
	const char *text;
	size_t n, n_seen = 0;

	pack_open(&pack);
	CHECK_INT(seal(&pack), 0);
	text = text_of(&pack);
	n = strlen(text);
	for (size_t i = 0; i < n; i++) {
		char *other = arena_str(&pack.arena, text);

		other[i] ^= 1;
		forge(&pack, other);
		n_seen += manifest_verify(pack.path, &pack.diags) == 1;
	}
	CHECK_INT(n_seen, n);
	forge(&pack, text);
	CHECK_INT(manifest_verify(pack.path, &pack.diags), 0);
	pack_close(&pack);
}

static void
refuses_what_is_no_manifest(void)
{
	static const char *const bad[] = { ABC, ABC "\n", ABC "  \n",
		ABC " index.html\n", ABC " *index.html\n",
		ABC "  cards-2\n" ABC "  cards-2\n",
		ABC "  index.html\n" ABC "  cards-2\n", "\n", ABC "  cards-2" };
	struct pack pack;

	pack_open(&pack);
	CHECK_INT(manifest_verify(pack.path, &pack.diags), -1);
	CHECK_INT(pack.diags.last->id, DIAG_FILE_MISSING);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		forge(&pack, bad[i]);
		CHECK_INT(manifest_verify(pack.path, &pack.diags), 1);
		CHECK_STR(pack.diags.last->detail,
		    "line is not \"SHA-256  path\" in order");
	}
	CHECK_INT(pack.diags.last->pos.line, 1);
	forge(&pack, ABC "  cards-2\nx");
	CHECK_INT(manifest_verify(pack.path, &pack.diags), 1);
	CHECK_INT(pack.diags.last->pos.line, 2);
	forge(&pack, "");
	CHECK_INT(manifest_verify(pack.path, &pack.diags), 1);
	CHECK_INT(manifest_verify("/tmp/t_manifest-none", &pack.diags), -1);
	pack_close(&pack);
}

static void
refuses_what_cannot_be_listed(void)
{
	struct pack pack;

	pack_open(&pack);
	put(&pack, "a\nb", "");
	CHECK_INT(seal(&pack), -1);
	CHECK_STR(pack.diags.last->detail, "a\nb: file name is not allowed");
	CHECK_INT(unlinkat(pack.dir, "a\nb", 0), 0);
	put(&pack, "a\\b", "");
	CHECK_INT(seal(&pack), -1);
	CHECK_INT(unlinkat(pack.dir, "a\\b", 0), 0);
	CHECK_INT(symlinkat("/etc/passwd", pack.dir, "l"), 0);
	CHECK_INT(seal(&pack), -1);
	CHECK_STR(pack.diags.last->detail, "l: not a regular file");
	CHECK_INT(unlinkat(pack.dir, "l", 0), 0);
	CHECK_INT(seal(&pack), 0);
	/* Nor can a link be slipped in afterwards. */
	CHECK_INT(unlinkat(pack.dir, "index.html", 0), 0);
	CHECK_INT(symlinkat("cards-2", pack.dir, "index.html"), 0);
	CHECK_INT(manifest_verify(pack.path, &pack.diags), -1);
	pack_close(&pack);
}

int
main(void)
{
	writes_as_sha256sum();
	is_read_by_sha256sum();
	names_each_difference();
	sees_each_flipped_byte();
	refuses_what_is_no_manifest();
	refuses_what_cannot_be_listed();
	return tap_done();
}
