#include "app/measure_input.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { PIECE = 65536 };

static const struct pos nowhere = { NULL, 0, 0 };

/* Open a file below the folder that it lies in. */
static int
open_file(struct arena *arena, const char *path, struct diag_list *diags)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash != NULL ? slash + 1 : path;
	const char *dir = ".";
	struct folder folder;
	int fd;

	if (slash != NULL)
		dir = arena_dup(
		    arena, path, slash == path ? 1 : (size_t)(slash - path));
	if (folder_open(&folder, dir, slash != NULL ? dir : "", diags) == -1)
		return -1;
	fd = file_open(&folder, name, nowhere, diags);
	folder_close(&folder);
	return fd;
}

/* Read one more piece: 1, 0 at the end, or -1 with the reason in diags. */
static int
read_piece(struct measure_input *input, struct diag_list *diags)
{
	char piece[PIECE];
	ssize_t n = read(input->scan.fd, piece, sizeof(piece));

	if (n == -1) {
		diag_add(diags, DIAG_FILE_READ,
		    (struct pos){ input->scan.name, 0, 0 }, "%s",
		    strerror(errno));
		return -1;
	}
	text_put(&input->bytes, piece, (size_t)n);
	return n > 0 ? 1 : 0;
}

/* Bytes of so many rows with their ends; 0 when they are not there yet. */
static size_t
rows_length(const struct text *bytes, unsigned rows)
{
	bool is_quoted = false;

	for (size_t i = 0; i < bytes->n; i++) {
		if (bytes->p[i] == '"')
			is_quoted = !is_quoted;
		else if (bytes->p[i] == '\n' && !is_quoted && --rows == 0)
			return i + 1;
	}
	return 0;
}

/* Whether the header is not there yet, or other rows that few bytes hold. */
static bool
lacks_head(const struct measure_input *input)
{
	return rows_length(&input->bytes, 1) == 0 ||
	    (input->bytes.n < PIECE &&
		rows_length(&input->bytes, MEASURE_HEAD_ROWS) == 0);
}

/* A source of the first bytes that were read, or of all of them. */
static void
take_head(struct source *out, struct arena *arena,
    const struct measure_input *input, unsigned rows)
{
	size_t n = rows_length(&input->bytes, rows);

	if (n == 0)
		n = input->bytes.n;
	source_of_bytes(
	    out, input->scan.name, arena_dup(arena, input->scan.bytes, n), n);
}

const char *
measure_input_name(const char *path)
{
	return strcmp(path, "-") == 0 ? "standard input" : path;
}

int
measure_input_open(struct measure_input *input, struct arena *arena,
    const char *path, struct diag_list *diags)
{
	int rc = 1;

	*input = (struct measure_input){ .scan.fd = STDIN_FILENO };
	input->scan.name = measure_input_name(path);
	if (strcmp(path, "-") != 0)
		input->scan.fd = open_file(arena, path, diags);
	if (input->scan.fd == -1)
		return -1;
	while (rc == 1 && input->bytes.n < SCAN_ROW && lacks_head(input))
		rc = read_piece(input, diags);
	if (rc == -1)
		return -1;
	input->scan.bytes = text_str(&input->bytes);
	input->scan.size = input->bytes.n;
	take_head(&input->header, arena, input, 1);
	take_head(&input->head, arena, input, MEASURE_HEAD_ROWS);
	return 0;
}

int
measure_input_whole(
    struct measure_input *input, struct source *out, struct diag_list *diags)
{
	int rc = 1;

	while (rc == 1 && input->bytes.n <= FILE_LIMIT_CSV)
		rc = read_piece(input, diags);
	if (rc == 1)
		diag_add(diags, DIAG_FILE_LARGE,
		    (struct pos){ input->scan.name, 0, 0 }, "%s", "");
	source_of_bytes(
	    out, input->scan.name, text_str(&input->bytes), input->bytes.n);
	return rc == 0 ? 0 : -1;
}

void
measure_input_close(struct measure_input *input)
{
	if (input->scan.fd > STDIN_FILENO)
		close(input->scan.fd);
	text_free(&input->bytes);
}

const char *
measure_input_digest(struct arena *arena, const char *path)
{
	char *hex = arena_alloc(arena, HASH_HEX_SIZE);
	unsigned long long bytes;
	int fd, rc;

	if (strcmp(path, "-") == 0)
		return NULL;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd == -1)
		return NULL;
	rc = hash_file(fd, hex, &bytes);
	close(fd);
	return rc == 0 ? hex : NULL;
}
