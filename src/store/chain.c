#include "store/chain.h"

#include <string.h>

/* Append the names of a table's columns one by one; returns what is left. */
static const char *
put_column(struct text *out, const char *columns)
{
	size_t n = strcspn(columns, ",");

	text_put_json(out, columns, n);
	columns += n;
	return columns + strspn(columns, ", ");
}

static void
put_cell(struct text *out, const struct cell *cell)
{
	char hex[HASH_HEX_SIZE];

	switch (cell->type) {
	case CELL_INT:
		text_printf(out, "%lld", (long long)cell->whole);
		break;
	case CELL_TEXT:
		text_put_json(out, cell->p, cell->n);
		break;
	case CELL_BLOB:
		cell_hash(cell, hex);
		text_put_json(out, hex, strlen(hex));
		break;
	default: /* STRICT and NOT NULL leave nothing else */
		text_puts(out, "null");
	}
}

void
chain_body(
    struct text *out, const struct row *run, const struct chain_roots *roots)
{
	const char *columns = tables[TABLE_RUN].columns;
	char hex[HASH_HEX_SIZE];

	text_putc(out, '{');
	for (unsigned i = 0; i < run->n; i++) {
		columns = put_column(out, columns);
		text_putc(out, ':');
		put_cell(out, &run->cells[i]);
		text_putc(out, ',');
	}
	text_puts(out, "\"changes\":{");
	for (unsigned i = 0; i < N_LOGS; i++) {
		hash_write(roots->roots[i], hex);
		text_printf(out, "%s\"%s\":\"%s\"", i > 0 ? "," : "",
		    tables[i].name, hex);
	}
	text_puts(out, "}}");
}

void
chain_hash(const struct chain_entry *entry, unsigned char out[HASH_SIZE])
{
	struct text bytes = { 0 };

	text_putc(&bytes, 0);
	text_put(&bytes, (const char *)entry->prev, HASH_SIZE);
	table_put_number(&bytes, (uint64_t)entry->seq);
	table_put_number(&bytes, entry->kind_size);
	text_put(&bytes, entry->kind, entry->kind_size);
	table_put_number(&bytes, entry->body_size);
	text_put(&bytes, entry->body, entry->body_size);
	hash_bytes(bytes.p, bytes.n, out);
	text_free(&bytes);
}
