#ifndef DOSSIER_COMPOSE_PORTFOLIO_H
#define DOSSIER_COMPOSE_PORTFOLIO_H

#include "compose/compose.h"

/*
 * The portfolio's document while it is made: shared by the two files that
 * fill it model by model and bring it to its end.
 */

/* Counts of fairness and performance that add up over models. */
enum { TALLIES = 7 };

struct tally_name {
	const char *part, *name;
};

extern const struct tally_name portfolio_tallies[TALLIES];

/* A model's row with what decides its place. */
struct row {
	xmlNodePtr node;
	struct summary sum;
};

/* The models a provision binds, by the worst status of each. */
struct provision_tally {
	const struct provision_line *line;
	enum status now; /* of the model being added; STATUS_COUNT: none */
	size_t n[STATUS_COUNT];
};

struct portfolio {
	struct arena *arena;
	const struct context *context;
	xmlDocPtr doc;
	xmlNodePtr report;
	xmlNodePtr findings, performance, fairness, coverage, dates, waivers,
	    models;
	struct row *rows;
	size_t n_rows, size;
	size_t n_dates, n_waivers;
	size_t tallies[TALLIES];            /* summed over models */
	struct provision_tally *provisions; /* by id */
};

/* Begin to count; the context has the provisions, or none are counted. */
void portfolio_law_begin(struct portfolio *portfolio);

/* Count a model, by its document. */
void portfolio_law_add(struct portfolio *portfolio, const xmlNode *report);

/* Append the element law: every provision, how covered, and its models. */
void portfolio_law_end(struct portfolio *portfolio);

#endif
