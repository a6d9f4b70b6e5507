#ifndef DOSSIER_APP_RENDER_H
#define DOSSIER_APP_RENDER_H

#include <libxml/tree.h>

#include "base/arena.h"
#include "base/file.h"

/*
 * From a report document to its files: pages and workbooks by the templates
 * of templates/, and the document itself.
 */

struct renderer;

/* Where the files of a pack go. */
struct render_target {
	int dir; /* the staging folder, with the folders of a pack in it */
	const char *path; /* the same as a path, for the workbook library */
};

/*
 * Load every template and compare its paths with the contract of the report
 * document, so that a misspelt name is an error and not an empty place.
 * Return NULL with the reasons in diags.
 */
struct renderer *render_open(struct arena *arena,
    const struct folder *templates, const struct folder *schemas,
    struct diag_list *diags);

/* Release what lies outside the arena; NULL is allowed. */
void render_close(struct renderer *renderer);

/*
 * Write all files of a model: data/, cards/, fria/, annex-iv/, workbooks/.
 * Return 0, or -1 with the reason in diags.
 */
int render_model(struct renderer *renderer, xmlDocPtr doc,
    const struct render_target *target, struct diag_list *diags);

/* Remove what render_model() wrote for an id, whole or in part. */
void render_remove(const struct render_target *target, const char *id);

/* Write index.html, data/portfolio.xml and workbooks/portfolio.xlsx. */
int render_portfolio(struct renderer *renderer, xmlDocPtr doc,
    const struct render_target *target, struct diag_list *diags);

#endif
