#ifndef DOSSIER_COMPOSE_COMPOSE_H
#define DOSSIER_COMPOSE_COMPOSE_H

#include <libxml/tree.h>
#include <stdbool.h>

#include "model/context.h"
#include "model/record.h"
#include "model/summary.h"

/*
 * The report document: one libxml2 tree for each model and one for the
 * portfolio, under the contract of schemas/dossier.xsd.  Every page, workbook
 * and export is made from it and from nothing else, so they cannot disagree.
 * The caller frees a document with xmlFreeDoc().
 */

/*
 * Compose the document of a model from its record and verdicts.  The element
 * changes is empty until compose_changes() fills it.
 */
xmlDocPtr compose_model(struct record *record, const struct context *context);

/*
 * The same with no more than a gate says: the model, its findings and waivers,
 * and requirements where they are listed.  It is no document of the contract.
 */
xmlDocPtr compose_gate(struct record *record, const struct context *context,
    bool with_requirements);

/* Fill the element changes of a document, once. */
void compose_changes(xmlDocPtr doc, const struct context *context,
    const struct change_list *list);

/*
 * What portfolio and ledger need of a model, from its document.  Strings are
 * copied into the arena.
 */
void compose_summary(
    struct arena *arena, const xmlDoc *doc, struct summary *out);

/*
 * The portfolio's document is made model by model, so that no more than one
 * model's document need be in memory.
 */
struct portfolio;

/* Begin the document of the portfolio; it and its pieces use the arena. */
struct portfolio *compose_portfolio_begin(
    struct arena *arena, const struct context *context);

/* Add a model by its document, which the caller may free afterwards. */
void compose_portfolio_add(
    struct portfolio *portfolio, const xmlDoc *doc, const struct summary *sum);

/* What is no model's. */
struct portfolio_rest {
	const struct input_file *inputs; /* configuration, pack, templates */
	const struct input_file *unused; /* found, but named by no model */
	const struct diag_list *diags;   /* trouble of configuration or pack */
};

/*
 * End the document: the order of models, key figures, dates, runs, rules,
 * files.  changes stays empty as above.  The portfolio is used up.
 */
xmlDocPtr compose_portfolio_end(
    struct portfolio *portfolio, const struct portfolio_rest *rest);

/*
 * The document as bytes: UTF-8, indented, the same for the same document.
 * The caller frees it with text_free().
 */
struct text compose_bytes(xmlDocPtr doc);

#endif
