#ifndef DOSSIER_READ_SEPARATORS_H
#define DOSSIER_READ_SEPARATORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Where the fields of CSV end.  64 bytes at a time are turned into masks of
 * one bit a byte (delimiters, line breaks, quotes, what is not plain ASCII), and
 * the bits outside quotes into a list of places.  With AVX2 where the machine
 * has it, else with 64-bit words: the results are the same.
 */

enum { SEPARATORS_SLACK = 64 }; /* bytes that must be readable at the end */

#define SEPARATORS_NONE SIZE_MAX

/* Set size, at, delimiter and is_plain; the rest is an answer. */
struct separators {
	uint32_t *at; /* size places; at[0] is the one before the first byte */
	size_t size;
	char delimiter; /* of fields: csv_delimiter() */
	bool is_plain;  /* never use AVX2 */

	size_t n;        /* places of delimiters and line breaks behind at[0] */
	size_t n_breaks; /* of these, line breaks */
	size_t end;      /* bytes looked at: all but when the list is full */
	size_t error;    /* the first byte that cannot stand there, or NONE */
	size_t bidi;     /* the first that turns the direction, or NONE */
	bool has_quotes;
	bool in_quotes; /* at the end */

	uint64_t inside;      /* private: all bits set inside quotes */
	uint64_t is_boundary; /* 1: the last byte was a separator or quote */
	uint64_t after_close; /* 1: the last byte was a closing quote */
	uint64_t after_cr;    /* 1: it was a carriage return */
	size_t checked;       /* characters were looked at up to here */
};

/*
 * List the separators of n bytes that begin with a row; SEPARATORS_SLACK more
 * must be readable.  n is below 2^31.  The search ends early when the list is
 * full, with room left for less than 64, and at the first error: text that
 * source_check_text() would refuse, a quote where none may be, a carriage
 * return without line feed.  A character that the end cuts off is no error.
 */
void separators_find(struct separators *s, const char *p, size_t n);

#endif
