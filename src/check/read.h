#ifndef DOSSIER_CHECK_READ_H
#define DOSSIER_CHECK_READ_H

#include "check/law.h"
#include "check/parse.h"
#include "check/rule.h"

/* From the entries of schema files to rules, conditions, obligations and pack. */

/*
 * Read one entry of `rules`.  Laws are looked up in the catalogue.  Return 0,
 * or -1 with every fault in diags.
 */
int read_rule(struct parser *parser, const struct catalogue *catalogue,
    const struct value *entry, struct rule *out);

/*
 * Read a day for every tier, or a map from tiers to days; the other tiers have
 * DATE_NONE.  Return 0, or -1 with every fault in diags.
 */
int read_days(
    struct parser *parser, const struct value *value, date days[TIER_COUNT]);

/* Read one entry of `obligations`; its other keys are kept as written. */
int read_obligation(
    struct parser *parser, const struct value *entry, struct obligation *out);

/*
 * Read one entry of `conditions`; those that the parser knows may be used in
 * it.  Return 0, or -1 with the reason in diags.
 */
int read_condition(
    struct parser *parser, const struct value *entry, struct condition *out);

/* Read the map under `pack`; other keys than ours are allowed. */
int read_pack(struct parser *parser, const struct value *map, struct pack *out);

/*
 * A reference as reports print it: "Annex IV, point 2(g)" gives "Annex IV
 * 2(g)", "Art. 27(1)(c)" gives "Article 27(1)(c)".
 */
const char *read_provision(struct arena *arena, const char *reference);

#endif
