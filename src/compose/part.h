#ifndef DOSSIER_COMPOSE_PART_H
#define DOSSIER_COMPOSE_PART_H

#include <libxml/tree.h>

#include "base/text.h"
#include "model/context.h"
#include "model/record.h"

/*
 * The parts of the report document of one model, each in a file of its own,
 * in the order of schemas/dossier.xsd.  Every function appends its element to
 * the report and cannot fail.
 */

/* What every part is made from. */
struct part {
	xmlNodePtr report;
	struct record *record;
	const struct context *context;
};

/* run, organisation, pack, policy: the same for all reports of a run. */
void part_header(xmlNodePtr report, const struct context *context);

/*
 * What the gate judged by, in sentences for its verdict: law, day, lead time,
 * and what it does not say.
 */
void part_put_basis(struct text *out, const struct context *context);

/* inputs: how many files, and the root of their tree. */
void part_inputs(const struct part *part);

/* model and gate, from the record and its verdicts. */
void part_model(const struct part *part);

/* tiles: four key figures. */
void part_tiles(const struct part *part);

/* Append a tile, for a model or the portfolio. */
xmlNodePtr tile_add(xmlNodePtr tiles, const char *key, const char *label);

/* attention and findings. */
void part_findings(const struct part *part);

/* requirements: every rule that applies. */
void part_requirements(const struct part *part);

/* record: the evidence as it was taken in. */
void part_record(const struct part *part);

/* performance: measures against their limits. */
void part_performance(const struct part *part);

/* fairness: a table for each attribute and metric. */
void part_fairness(const struct part *part);

/* annex-iv: the 23 points. */
void part_annex_iv(const struct part *part);

/* article-27: scope test, elements, harms with their figures. */
void part_article_27(const struct part *part);

/* coverage: requirements met by group of provisions. */
void part_coverage(const struct part *part);

/* dates ahead: legal, waivers, reviews, own targets, certificates. */
void part_dates(const struct part *part);

/* what, duties and open of a legal date: how many duties begin, are not met. */
void part_set_duties(xmlNodePtr node, size_t n, size_t open);

/* outlook: the next day on which a result changes, and what changes then. */
void part_outlook(const struct part *part);

/* The same in a line, in the record's arena; the outlook must not be empty. */
const char *part_outlook_text(const struct part *part);

/* changes since the run before. */
void part_changes(const struct part *part);

/* waivers of this model. */
void part_waivers(const struct part *part);

/* evidence: the files that the record names. */
void part_evidence(const struct part *part);

/* files: everything the document rests on. */
void part_files(const struct part *part);

/* trend: values over runs. */
void part_trend(const struct part *part);

#endif
