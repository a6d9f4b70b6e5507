#include "xlsx/zip.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum {
	LOCAL_SIZE = 30,
	CENTRAL_SIZE = 46,
	END_SIZE = 22,
	NAME_MAX_SIZE = 255,
	PIECE = 32768,
	/* Offset of what a central header shares with the local one. */
	LOCAL_SHARED = 4,
	CENTRAL_SHARED = 6,
	SHARED_SIZE = 26,
	SMALL = 1 << 20 /* a file up to this is read in one go */
};

static uint32_t
get16(const unsigned char *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8;
}

static uint32_t
get32(const unsigned char *p)
{
	return get16(p) | get16(p + 2) << 16;
}

/* Whether exactly n bytes could be read at the offset. */
static int
read_at(const struct zip *zip, void *out, size_t n, uint32_t offset)
{
	unsigned char *p = out;

	if (zip->bytes != NULL) {
		if (offset > zip->size || n > zip->size - offset)
			return 0;
		memcpy(out, zip->bytes + offset, n);
		return 1;
	}
	while (n > 0) {
		ssize_t got = pread(zip->fd, p, n, (off_t)offset);

		if (got <= 0)
			return 0;
		p += got;
		n -= (size_t)got;
		offset += (uint32_t)got;
	}
	return 1;
}

/*
 * The local header repeats the central one: version, flags, method, time,
 * date, CRC, both sizes, length of the name, no extra field; then the name.
 */
static const char *
check_local(const struct zip *zip, struct zip_part *part,
    const unsigned char *central, size_t name_size)
{
	unsigned char local[LOCAL_SIZE + NAME_MAX_SIZE];

	if (!read_at(zip, local, LOCAL_SIZE + name_size, part->offset))
		return "local header is cut off";
	if (get32(local) != 0x04034b50)
		return "local header has no signature";
	if (memcmp(local + LOCAL_SHARED, central + CENTRAL_SHARED,
		SHARED_SIZE) != 0)
		return "local and central header differ";
	if (memcmp(local + LOCAL_SIZE, part->name, name_size) != 0)
		return "names of local and central header differ";
	part->data = part->offset + LOCAL_SIZE + (uint32_t)name_size;
	return NULL;
}

/* Fields that the writer never uses must be as it leaves them. */
static const char *
check_unused(const unsigned char *central)
{
	if (get16(central + 4) != 0 || get16(central + 6) != 20)
		return "unknown version";
	if ((get16(central + 8) & ~6u) != 0)
		return "unknown flags";
	if (get16(central + 12) != 0 || get16(central + 14) != 0x21)
		return "part has a date";
	if (get16(central + 30) != 0 || get16(central + 32) != 0 ||
	    get16(central + 34) != 0 || get16(central + 36) > 1 ||
	    get32(central + 38) != 0)
		return "unknown field in the central header";
	return NULL;
}

/* Read the central header at *at and move there behind it. */
static const char *
take_part(struct zip *zip, struct arena *arena, uint32_t *at, uint32_t end,
    uint32_t expected)
{
	struct zip_part *part = &zip->parts[zip->n_parts];
	unsigned char central[CENTRAL_SIZE];
	char name[NAME_MAX_SIZE];
	const char *why;
	size_t n;

	if (end - *at < CENTRAL_SIZE ||
	    !read_at(zip, central, CENTRAL_SIZE, *at) ||
	    get32(central) != 0x02014b50)
		return "central header is damaged";
	n = get16(central + 28);
	if (n == 0 || n > NAME_MAX_SIZE || end - *at - CENTRAL_SIZE < n ||
	    !read_at(zip, name, n, *at + CENTRAL_SIZE))
		return "name in the central header is damaged";
	why = check_unused(central);
	if (why != NULL)
		return why;
	part->name = arena_dup(arena, name, n);
	part->method = (uint16_t)get16(central + 10);
	part->crc = get32(central + 16);
	part->packed = get32(central + 20);
	part->size = get32(central + 24);
	part->offset = get32(central + 42);
	if (part->offset != expected)
		return "parts do not follow one another";
	why = check_local(zip, part, central, n);
	if (why != NULL)
		return why;
	if (part->packed > end - part->data || part->data > end)
		return "part is cut off";
	zip->n_parts++;
	*at += CENTRAL_SIZE + (uint32_t)n;
	return NULL;
}

static const char *
take_parts(struct zip *zip, struct arena *arena, size_t n, uint32_t start)
{
	uint32_t end = zip->size - END_SIZE;
	uint32_t at = start;
	uint32_t expected = 0;

	zip->parts = arena_array(arena, n, sizeof(*zip->parts));
	for (size_t i = 0; i < n; i++) {
		const char *why = take_part(zip, arena, &at, end, expected);

		if (why != NULL)
			return why;
		expected = zip->parts[i].data + zip->parts[i].packed;
		if (zip_part(zip, zip->parts[i].name) != &zip->parts[i])
			return "two parts have one name";
	}
	if (at != end || expected != start)
		return "something stands between the parts";
	return NULL;
}

const char *
zip_open(struct zip *zip, struct arena *arena, int fd)
{
	unsigned char end[END_SIZE];
	struct stat st;
	size_t n;
	uint32_t start;

	memset(zip, 0, sizeof(*zip));
	zip->fd = fd;
	if (fstat(fd, &st) == -1 || st.st_size < END_SIZE ||
	    st.st_size > INT32_MAX)
		return "file is too short or too long";
	zip->size = (uint32_t)st.st_size;
	if (zip->size <= SMALL) {
		unsigned char *bytes = arena_alloc(arena, zip->size);

		if (!read_at(zip, bytes, zip->size, 0))
			return "file cannot be read";
		zip->bytes = bytes;
	}
	if (!read_at(zip, end, END_SIZE, zip->size - END_SIZE) ||
	    get32(end) != 0x06054b50)
		return "end of the directory is missing: file is cut off";
	n = get16(end + 8);
	start = get32(end + 16);
	if (get32(end + 4) != 0 || get16(end + 10) != n || n == 0 ||
	    n > ZIP_PARTS || get16(end + 20) != 0)
		return "end of the directory is damaged";
	if (start > zip->size - END_SIZE ||
	    get32(end + 12) != zip->size - END_SIZE - start)
		return "directory has another size";
	return take_parts(zip, arena, n, start);
}

/* Inflating of one part. */
struct inflating {
	z_stream stream;
	unsigned char *in;  /* PIECE bytes, as they come */
	unsigned char *out; /* PIECE bytes, as they are handed over */
	uint32_t crc;
	uint64_t size;
	int (*put)(void *state, const char *p, size_t n);
	void *state;
};

static const char *
hand_over(struct inflating *inflating, const unsigned char *p, size_t n)
{
	inflating->crc = (uint32_t)crc32(inflating->crc, p, (uInt)n);
	inflating->size += n;
	return inflating->put(inflating->state, (const char *)p, n) == 0 ?
	    NULL :
	    "content is refused";
}

/* Inflate what is in the buffer; *ended tells of the end of the stream. */
static const char *
inflate_piece(struct inflating *inflating, int *ended)
{
	z_stream *stream = &inflating->stream;

	while (stream->avail_in > 0 && !*ended) {
		const char *why;
		int rc;

		stream->next_out = inflating->out;
		stream->avail_out = PIECE;
		rc = inflate(stream, Z_NO_FLUSH);
		if (rc != Z_OK && rc != Z_STREAM_END)
			return "compressed bytes are damaged";
		*ended = rc == Z_STREAM_END;
		why = hand_over(
		    inflating, inflating->out, PIECE - stream->avail_out);
		if (why != NULL)
			return why;
	}
	return stream->avail_in > 0 ? "bytes follow the compressed ones" : NULL;
}

static const char *
read_pieces(const struct zip *zip, const struct zip_part *part,
    struct inflating *inflating)
{
	uint32_t left = part->packed;
	uint32_t at = part->data;
	int ended = part->method == 0;

	while (left > 0) {
		uint32_t n = left < PIECE ? left : PIECE;
		const char *why;

		if (!read_at(zip, inflating->in, n, at))
			return "file cannot be read";
		inflating->stream.next_in = inflating->in;
		inflating->stream.avail_in = n;
		why = part->method == 0 ?
		    hand_over(inflating, inflating->in, n) :
		    inflate_piece(inflating, &ended);
		if (why != NULL)
			return why;
		left -= n;
		at += n;
	}
	if (!ended)
		return "compressed bytes are cut off";
	if (inflating->size != part->size)
		return "part has another size";
	return inflating->crc == part->crc ? NULL : "CRC-32 differs";
}

const char *
zip_read(const struct zip *zip, const struct zip_part *part,
    int (*put)(void *state, const char *p, size_t n), void *state)
{
	unsigned char in[PIECE], out[PIECE]; /* too large to be zeroed */
	struct inflating inflating = {
		.in = in, .out = out, .put = put, .state = state
	};
	const char *why;

	if (part->method != 0 && part->method != 8)
		return "unknown method of compression";
	if (part->method == 8 &&
	    inflateInit2(&inflating.stream, -MAX_WBITS) != Z_OK)
		return "no memory to inflate";
	why = read_pieces(zip, part, &inflating);
	if (part->method == 8)
		inflateEnd(&inflating.stream);
	return why;
}

const struct zip_part *
zip_part(const struct zip *zip, const char *name)
{
	for (size_t i = 0; i < zip->n_parts; i++)
		if (strcmp(zip->parts[i].name, name) == 0)
			return &zip->parts[i];
	return NULL;
}
