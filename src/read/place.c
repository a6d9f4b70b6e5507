#include "read/place.h"

void
place_init(struct place *place, const struct source *source)
{
	*place = (struct place){ source, 0, 1, 1 };
}

struct pos
place_at(struct place *place, size_t offset)
{
	const char *bytes = place->source->bytes;

	if (offset < place->offset)
		return source_pos(place->source, offset);
	if (offset > place->source->size)
		offset = place->source->size;
	for (size_t i = place->offset; i < offset; i++) {
		if (bytes[i] == '\n') {
			place->line++;
			place->column = 1;
		} else if (((unsigned char)bytes[i] & 0xc0) != 0x80) {
			place->column++;
		}
	}
	place->offset = offset;
	return (struct pos){ place->source->name, place->line, place->column };
}
