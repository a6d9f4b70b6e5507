#include "base/json_write.h"

#include <string.h>

static bool
is_flat(const struct json_writer *writer)
{
	return writer->flat > 0 && writer->depth >= writer->flat;
}

static void
new_line(struct json_writer *writer)
{
	text_putc(writer->out, '\n');
	for (unsigned i = 0; i < writer->depth; i++)
		text_puts(writer->out, "  ");
}

static void
begin(struct json_writer *writer, const char *key)
{
	if (writer->is_filled)
		text_putc(writer->out, ',');
	if (is_flat(writer))
		text_puts(writer->out, writer->is_filled ? " " : "");
	else if (writer->depth > 0)
		new_line(writer);
	writer->is_filled = true;
	if (key == NULL)
		return;
	text_put_json(writer->out, key, strlen(key));
	text_puts(writer->out, ": ");
}

void
json_open(struct json_writer *writer, const char *key, char bracket)
{
	begin(writer, key);
	text_putc(writer->out, bracket);
	writer->depth++;
	writer->is_filled = false;
}

void
json_close(struct json_writer *writer, char bracket)
{
	bool breaks = writer->is_filled && !is_flat(writer);

	writer->depth--;
	if (breaks)
		new_line(writer);
	text_putc(writer->out, bracket);
	writer->is_filled = true;
	if (writer->depth == 0)
		text_putc(writer->out, '\n');
}

void
json_string(struct json_writer *writer, const char *key, const char *value)
{
	if (value == NULL)
		return;
	begin(writer, key);
	text_put_json(writer->out, value, strlen(value));
}

void
json_string_or_null(
    struct json_writer *writer, const char *key, const char *value)
{
	if (value != NULL)
		json_string(writer, key, value);
	else
		json_raw(writer, key, "null");
}

void
json_number(struct json_writer *writer, const char *key, unsigned long value)
{
	begin(writer, key);
	text_printf(writer->out, "%lu", value);
}

void
json_bool(struct json_writer *writer, const char *key, bool truth)
{
	json_raw(writer, key, truth ? "true" : "false");
}

void
json_raw(struct json_writer *writer, const char *key, const char *json)
{
	begin(writer, key);
	text_puts(writer->out, json);
}
