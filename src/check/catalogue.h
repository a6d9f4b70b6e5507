#ifndef DOSSIER_CHECK_CATALOGUE_H
#define DOSSIER_CHECK_CATALOGUE_H

#include "check/law.h"

#include "base/arena.h"
#include "base/file.h"
#include "check/rule.h"
#include "model/context.h"
#include "model/record.h"
#include "model/term.h"

#define CATALOGUE_FOLDER "eu-ai-act"

/* How much is read; judging needs no more than the first. */
enum catalogue_depth {
	CATALOGUE_BRIEF,   /* as the next, and no sentence is made */
	CATALOGUE_OUTLINE, /* see check/outline.h */
	CATALOGUE_COVERED, /* the provisions whole, rules without examples */
	CATALOGUE_WHOLE
};

/* Where the law is read from, and how much. */
struct catalogue_source {
	const struct folder *schemas;
	const struct vocabulary *vocabulary;
	enum catalogue_depth depth;
};

/*
 * Read every *.yaml of eu-ai-act/ beneath the folder of the schemas:
 * obligations.yaml and pack.yaml if present, and all others that have `rules`,
 * in the order of the bytes of their names.  Everything lives in the arena;
 * terms of the vocabulary are kept.  Return 0, or -1 with every fault in
 * diags: RULE with file, line and column.
 */
int catalogue_load(struct catalogue *out, struct arena *arena,
    const struct folder *schemas, const struct vocabulary *vocabulary,
    struct diag_list *diags);

/* The same from a source that says how much of it is read. */
int catalogue_load_from(struct catalogue *out, struct arena *arena,
    const struct catalogue_source *from, struct diag_list *diags);

/*
 * The same from one source in memory with `rules` and perhaps `obligations`
 * and `pack`: for tests and for trying a rule.  The source is borrowed.
 */
int catalogue_read(struct catalogue *out, struct arena *arena,
    struct source *source, const struct vocabulary *vocabulary,
    struct diag_list *diags);

#endif
