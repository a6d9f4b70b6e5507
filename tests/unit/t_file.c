#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/text.h"
#include "tap.h"

/*
 * A folder of its own with evidence/ in it, which is the folder that is read,
 * and secret.txt beside it, which must never be.
 */
struct scene {
	char top[64];
	struct folder folder;
	struct arena arena;
	struct diag_list diags;
};

/* Write a file below the scene's top. */
static void
put(const struct scene *scene, const char *path, const char *text)
{
	char whole[512];
	FILE *f;

	snprintf(whole, sizeof(whole), "%s/%s", scene->top, path);
	f = fopen(whole, "w");
	if (f == NULL || fputs(text, f) == EOF || fclose(f) == EOF)
		CHECK_STR(path, "a file that can be written");
}

static void
link_to(const struct scene *scene, const char *target, const char *path)
{
	char whole[512];

	snprintf(whole, sizeof(whole), "%s/%s", scene->top, path);
	CHECK(symlink(target, whole) == 0);
}

static void
scene_begin(struct scene *scene)
{
	char path[512];

	*scene = (struct scene){ .top = "/tmp/dossier-t-file-XXXXXX" };
	scene->diags.arena = &scene->arena;
	CHECK(mkdtemp(scene->top) != NULL);
	snprintf(path, sizeof(path), "%s/evidence", scene->top);
	mkdir(path, 0700);
	CHECK_INT(
	    folder_open(&scene->folder, path, "models", &scene->diags), 0);
	snprintf(path, sizeof(path), "%s/evidence/sub", scene->top);
	mkdir(path, 0700);
	put(scene, "secret.txt", "secret");
	put(scene, "evidence/a.txt", "hello\n");
	put(scene, "evidence/sub/b.txt", "below");
	put(scene, "evidence/empty", "");
}

static void
scene_end(struct scene *scene)
{
	static const char *const paths[] = { "evidence/sub/b.txt",
		"evidence/sub/up", "evidence/sub", "evidence/a.txt",
		"evidence/empty", "evidence/out", "evidence/abs",
		"evidence/loop", "evidence/parent", "evidence/fifo",
		"evidence/socket", "evidence/written", "evidence", "secret.txt",
		"" };
	char path[512];

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", scene->top, paths[i]);
		remove(path);
	}
	folder_close(&scene->folder);
	arena_free(&scene->arena);
}

/* Read with a limit; the text, or the name of what was wrong. */
static const char *
read_limited(struct scene *scene, const char *path, size_t limit)
{
	size_t n = scene->diags.n;
	struct source source;

	if (source_read(&source, &scene->arena, &scene->folder, path, limit,
		(struct pos){ 0 }, &scene->diags) == 0)
		return source.bytes;
	CHECK_INT(scene->diags.n, n + 1);
	return diag_name(scene->diags.last->id);
}

static const char *
read_path(struct scene *scene, const char *path)
{
	return read_limited(scene, path, 1000);
}

static void
reads_files(struct scene *scene)
{
	struct source source;
	struct pos pos = { "model.yaml", 3, 9 };

	CHECK_STR(read_path(scene, "a.txt"), "hello\n");
	CHECK_STR(read_path(scene, "./sub//b.txt"), "below");
	CHECK_STR(read_path(scene, "sub/../a.txt"), "hello\n");
	CHECK_STR(read_path(scene, "empty"), "");
	CHECK_INT(source_read(&source, &scene->arena, &scene->folder,
		      "sub/b.txt", 5, pos, &scene->diags),
	    0);
	CHECK_STR(source.name, "models/sub/b.txt");
	CHECK_INT(source.size, 5);
	CHECK(!source.text_checked);
	CHECK_INT(source.bytes[5], 0);
	CHECK(strncmp(source.sha256, "8ada24bf6bf3", 12) == 0);
	CHECK_INT(source_read(&source, &scene->arena, &scene->folder, "none", 5,
		      pos, &scene->diags),
	    -1);
	CHECK_STR(scene->diags.last->pos.file, "model.yaml");
	CHECK_INT(scene->diags.last->pos.line, 3);
}

static void
keeps_to_the_limit(struct scene *scene)
{
	CHECK_STR(read_limited(scene, "a.txt", 6), "hello\n");
	CHECK_STR(read_limited(scene, "a.txt", 5), "FILE_LARGE");
	CHECK_STR(read_limited(scene, "empty", 0), "");
	CHECK_STR(read_limited(scene, "a.txt", 0), "FILE_LARGE");
}

static void
stays_in_the_folder(struct scene *scene)
{
	static const char *const paths[] = { "../secret.txt",
		"sub/../../secret.txt", "/etc/hostname", "..",
		"../evidence/a.txt", "a.txt/../../secret.txt", "", ".",
		"sub/.." };

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		CHECK_STR(read_path(scene, paths[i]), "FILE_OUTSIDE");
	CHECK_STR(read_path(scene, "none.txt"), "FILE_MISSING");
	CHECK_STR(read_path(scene, "a.txt/x"), "FILE_MISSING");
}

/* A path longer than any file system takes. */
static void
refuses_long_paths(struct scene *scene)
{
	struct text path = { 0 };

	for (int i = 0; i < 3000; i++)
		text_puts(&path, "x/");
	CHECK_STR(read_path(scene, text_str(&path)), "FILE_OUTSIDE");
	text_free(&path);
}

static void
follows_no_link_out(struct scene *scene)
{
	char secret[128];

	snprintf(secret, sizeof(secret), "%s/secret.txt", scene->top);
	link_to(scene, "../secret.txt", "evidence/out");
	link_to(scene, secret, "evidence/abs");
	link_to(scene, "loop", "evidence/loop");
	link_to(scene, "..", "evidence/parent");
	link_to(scene, "../..", "evidence/sub/up");
	CHECK_STR(read_path(scene, "out"), "FILE_OUTSIDE");
	CHECK_STR(read_path(scene, "abs"), "FILE_OUTSIDE");
	CHECK_STR(read_path(scene, "loop"), "FILE_OUTSIDE");
	CHECK(strcmp(read_path(scene, "parent/secret.txt"), "secret") != 0);
	CHECK(strcmp(read_path(scene, "sub/up/secret.txt"), "secret") != 0);
}

/* Neither a FIFO that nobody writes to nor a folder makes it wait. */
static void
wants_regular_files(struct scene *scene)
{
	char path[512];
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(path, sizeof(path), "%s/evidence/fifo", scene->top);
	CHECK_INT(mkfifo(path, 0600), 0);
	CHECK_STR(read_path(scene, "fifo"), "FILE_KIND");
	CHECK(strstr(scene->diags.last->detail, "FIFO") != NULL);
	CHECK_STR(read_path(scene, "sub"), "FILE_KIND");
	snprintf(address.sun_path, sizeof(address.sun_path),
	    "%.64s/evidence/socket", scene->top);
	if (fd != -1 &&
	    bind(fd, (const struct sockaddr *)&address, sizeof(address)) == 0)
		CHECK_STR(read_path(scene, "socket"), "FILE_READ");
	else
		tap_skip("no socket can be made here");
	if (fd != -1)
		close(fd);
}

static void
opens_for_reading_in_pieces(struct scene *scene)
{
	char byte = 0;
	int fd = file_open(
	    &scene->folder, "a.txt", (struct pos){ 0 }, &scene->diags);

	CHECK(fd != -1);
	CHECK_INT(read(fd, &byte, 1), 1);
	CHECK_INT(byte, 'h');
	close(fd);
	CHECK_INT(
	    file_open(&scene->folder, "sub", (struct pos){ 0 }, &scene->diags),
	    -1);
	CHECK_STR(scene->diags.last->pos.file, "sub");
}

static void
writes_new_files(struct scene *scene)
{
	struct stat st;

	umask(0);
	CHECK_INT(file_write(scene->folder.fd, "written", "a\0b", 3), 0);
	CHECK_INT(fstatat(scene->folder.fd, "written", &st, 0), 0);
	CHECK_INT(st.st_size, 3);
	CHECK_INT(st.st_mode & 0777, 0640);
	errno = 0;
	CHECK_INT(file_write(scene->folder.fd, "written", "x", 1), -1);
	CHECK_INT(errno, EEXIST);
	CHECK_INT(file_write(scene->folder.fd, "out", "x", 1), -1);
	CHECK_INT(file_write(scene->folder.fd, "none/x", "x", 1), -1);
	CHECK_INT(errno, ENOENT);
}

static void
opens_folders(struct scene *scene)
{
	struct folder folder;

	CHECK_INT(folder_open(&folder, "/none/such", "", &scene->diags), -1);
	CHECK_STR(diag_name(scene->diags.last->id), "FILE_MISSING");
	CHECK_INT(folder.fd, -1);
	folder_close(&folder);
	CHECK_INT(folder_open(&folder, "/etc/hostname", "", &scene->diags), -1);
	CHECK_STR(diag_name(scene->diags.last->id), "FILE_READ");
}

static void
counts_positions(void)
{
	static const char bytes[] = "a\xf0\x9f\x98\x80"
				    "b\r\n\xc3\xa9x";
	struct source source;
	struct pos pos;

	source_of_bytes(&source, "in", bytes, sizeof(bytes) - 1);
	pos = source_pos(&source, 5);
	CHECK_INT(pos.line, 1);
	CHECK_INT(pos.column, 3);
	pos = source_pos(&source, 10);
	CHECK_INT(pos.line, 2);
	CHECK_INT(pos.column, 2);
	CHECK_STR(pos.file, "in");
	CHECK_INT(source_pos(&source, 0).column, 1);
	CHECK_INT(source_pos(&source, 9999).column, 3);
}

static void
check_text(const char *p, size_t n, const char *want)
{
	struct arena arena = { 0 };
	struct diag_list diags = { .arena = &arena };
	struct source source;
	struct text got = { 0 };
	int rc;

	source_of_bytes(&source, "in", p, n);
	rc = source_check_text(&source, &diags);
	text_puts(&got, rc == 0 ? "ok" : "refused");
	for (const struct diag *d = diags.first; d != NULL; d = d->next)
		text_printf(&got, " %s %u:%u %s", diag_name(d->id), d->pos.line,
		    d->pos.column, d->detail);
	CHECK_STR(text_str(&got), want);
	CHECK_INT(source.text_checked, rc == 0);
	text_free(&got);
	arena_free(&arena);
}

#define CHECK_TEXT(bytes, want) check_text((bytes), sizeof(bytes) - 1, (want))

static void
checks_text(void)
{
	CHECK_TEXT("", "ok");
	CHECK_TEXT("a\tb\r\nc \xf0\x9f\x98\x80\n", "ok");
	CHECK_TEXT("a\0b", "refused TEXT_CONTROL 1:2 U+0000");
	CHECK_TEXT("\xf0\x9f\x98\x80\x1b", "refused TEXT_CONTROL 1:2 U+001B");
	CHECK_TEXT("a\n\x7f", "refused TEXT_CONTROL 2:1 U+007F");
	CHECK_TEXT("\xc2\x9b", "refused TEXT_CONTROL 1:1 U+009B");
	CHECK_TEXT("a\xc2\x85", "refused TEXT_BREAK 1:2 U+0085");
	CHECK_TEXT("a\xe2\x80\xa8", "refused TEXT_BREAK 1:2 U+2028");
	CHECK_TEXT("a\xe2\x80\xa9", "refused TEXT_BREAK 1:2 U+2029");
	CHECK_TEXT("\xef\xb7\x90", "refused TEXT_CONTROL 1:1 U+FDD0");
	CHECK_TEXT("\xef\xbf\xbf", "refused TEXT_CONTROL 1:1 U+FFFF");
	CHECK_TEXT("\xf0\x9f\xbf\xbe", "refused TEXT_CONTROL 1:1 U+1FFFE");
	CHECK_TEXT("ok\nR\xe9mi", "refused TEXT_UTF8 2:2 byte 0xe9");
	CHECK_TEXT("\xed\xa0\x80", "refused TEXT_UTF8 1:1 byte 0xed");
	CHECK_TEXT("cut \xe2\x82", "refused TEXT_UTF8 1:5 byte 0xe2");
	CHECK_TEXT("\xff\xfe"
		   "a",
	    "refused TEXT_UTF8 1:1 byte 0xff");
	CHECK_TEXT("a\xe2\x80\xae"
		   "b\xe2\x81\xa6",
	    "ok TEXT_BIDI 1:2 U+202E, shown by its number");
}

/* Each byte at each place beside others, since eight are looked at at once. */
static void
checks_every_byte(void)
{
	struct arena arena = { 0 };
	struct diag_list diags = { .arena = &arena };
	char bytes[24];
	unsigned wrong = 0;

	for (int b = 0; b < 256; b++)
		for (size_t at = 0; at < sizeof(bytes); at++) {
			bool good = b == '\t' || b == '\n' || b == '\r' ||
			    (b >= 0x20 && b < 0x7f);
			struct source source;

			memset(bytes, at % 2 != 0 ? '~' : ' ', sizeof(bytes));
			bytes[at] = (char)b;
			source_of_bytes(&source, "in", bytes, sizeof(bytes));
			wrong +=
			    (source_check_text(&source, &diags) == 0) != good;
			if (!good)
				wrong += diags.last->pos.column != at + 1;
		}
	CHECK_INT(wrong, 0);
	arena_free(&arena);
}

/* A file that is not as long as it says is not taken. */
static void
wants_a_steady_size(struct scene *scene)
{
	struct folder proc;
	struct source source;

	if (folder_open(&proc, "/proc/self", "", &scene->diags) == -1) {
		tap_skip("no /proc here");
		return;
	}
	CHECK_INT(source_read(&source, &scene->arena, &proc, "status", 100000,
		      (struct pos){ 0 }, &scene->diags),
	    -1);
	CHECK_STR(diag_name(scene->diags.last->id), "FILE_READ");
	CHECK(strstr(scene->diags.last->detail, "being written") != NULL);
	folder_close(&proc);
}

/* One byte-order mark goes, once, however often the text is checked. */
static void
strips_one_mark(void)
{
	static const char bytes[] = "\xef\xbb\xbf\xef\xbb\xbfx";
	struct arena arena = { 0 };
	struct diag_list diags = { .arena = &arena };
	struct source source;

	source_of_bytes(&source, "in", bytes, sizeof(bytes) - 1);
	CHECK_INT(source_check_text(&source, &diags), 0);
	CHECK_INT(source.size, 4);
	CHECK_INT(source_check_text(&source, &diags), 0);
	CHECK_INT(source.size, 4);
	CHECK_INT(source_pos(&source, 3).column, 2);
	source_of_bytes(&source, "in", "\xef\xbb", 2);
	CHECK_INT(source_check_text(&source, &diags), -1);
	arena_free(&arena);
}

int
main(void)
{
	struct scene scene;

	scene_begin(&scene);
	reads_files(&scene);
	keeps_to_the_limit(&scene);
	stays_in_the_folder(&scene);
	refuses_long_paths(&scene);
	follows_no_link_out(&scene);
	wants_regular_files(&scene);
	opens_for_reading_in_pieces(&scene);
	writes_new_files(&scene);
	opens_folders(&scene);
	wants_a_steady_size(&scene);
	scene_end(&scene);
	CHECK_INT(access(scene.top, F_OK), -1);
	counts_positions();
	checks_text();
	checks_every_byte();
	strips_one_mark();
	return tap_done();
}
