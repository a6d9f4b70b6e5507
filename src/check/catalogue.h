#ifndef DOSSIER_CHECK_CATALOGUE_H
#define DOSSIER_CHECK_CATALOGUE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/file.h"
#include "check/rule.h"
#include "model/context.h"
#include "model/record.h"
#include "model/term.h"

/*
 * The law as data: every rule and every provision of the schema pack.  What
 * the engine judges by stands here and nowhere else.  It is checked hard when
 * it is read, since a rule that silently never fails is worse than none.
 */
struct catalogue {
	struct pack pack;
	const struct rule *rules; /* in the order of files and within them */
	size_t n_rules;
	const struct obligation *obligations; /* in the order of the file */
	size_t n_obligations;
	const struct term *tiers;  /* FIELD_TIERS */
	const struct term *roles;  /* FIELD_ROLES */
	struct input_file *inputs; /* files read, with their digests */
	const struct rule *const *rules_by_id;
	const struct obligation *const *obligations_by_id;
};

#define CATALOGUE_FOLDER "eu-ai-act"

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

/*
 * The same with the examples of rules, which catalogue_load() leaves unread:
 * they are a third of the text and judging does not need them.
 */
int catalogue_load_examples(struct catalogue *out, struct arena *arena,
    const struct folder *schemas, const struct vocabulary *vocabulary,
    struct diag_list *diags);

/*
 * The same from one source in memory with `rules` and perhaps `obligations`
 * and `pack`: for tests and for trying a rule.  The source is borrowed.
 */
int catalogue_read(struct catalogue *out, struct arena *arena,
    struct source *source, const struct vocabulary *vocabulary,
    struct diag_list *diags);

/* The rule of that id, or NULL. */
const struct rule *catalogue_rule(
    const struct catalogue *catalogue, const char *id);

/* The id of a rule that resembles the given one, or NULL. */
const char *catalogue_near(
    const struct catalogue *catalogue, struct arena *arena, const char *id);

/* The obligation of that id, or NULL. */
const struct obligation *catalogue_obligation(
    const struct catalogue *catalogue, const char *id);

#endif
