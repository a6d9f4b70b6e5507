#ifndef DOSSIER_STORE_CHAIN_H
#define DOSSIER_STORE_CHAIN_H

#include "base/hash.h"
#include "base/text.h"
#include "store/table.h"

#define CHAIN_KIND "run" /* of every entry, for now */

/*
 * The two formulas that recording and verifying share; see ledger.h.
 */

/* The tree hashes of the rows that a run added to each log table. */
struct chain_roots {
	unsigned char roots[N_LOGS][HASH_SIZE];
};

/* An entry of the chain as it is stored. */
struct chain_entry {
	int64_t seq;
	const char *kind;
	size_t kind_size;
	const char *body;
	size_t body_size;
	unsigned char prev[HASH_SIZE];
};

/* Append the body of the entry of a run: JSON, one line, fixed order. */
void chain_body(
    struct text *out, const struct row *run, const struct chain_roots *roots);

/* The hash of an entry. */
void chain_hash(const struct chain_entry *entry, unsigned char out[HASH_SIZE]);

#endif
