#ifndef DOSSIER_HTML_HTML_H
#define DOSSIER_HTML_HTML_H

#include <libxml/tree.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/text.h"

/*
 * Pages.  A template is a well-formed HTML file that opens in a browser as it
 * is; attributes bind it to a report document.  It is compiled once to a flat
 * list of operations and knows no field of its own.
 *
 *     data-each="a/b"       repeat the element for each node; inside, paths
 *                           begin at the node
 *     data-none="f#id"      beside data-each: the element of that id of the
 *                           file f, when there is no node
 *     data-if="..."         keep the element when it holds; looked at before
 *     data-unless="..."     data-each, with the paths of outside
 *     data-text="..."       replace the content by text
 *     data-else="words"     beside data-text: what to write when it is empty
 *     data-attr-NAME="..."  set the attribute, or remove it when empty
 *     data-include="f#id"   put the element of that id of the file in place
 *                           of this one ("#id": of the same file)
 *     <template>            a group: its content stands without it, or the
 *                           text of its data-text
 *     <link rel="stylesheet" href="f" data-title="...">
 *                           the style sheet, put into the page together with
 *                           a Content-Security-Policy that allows nothing
 *                           but it; string(title) in it becomes the title
 *
 * Expressions: html/expr.h.  Values are escaped for the place they stand in
 * (html/place.h), so that no document can add markup, a script, a style or a
 * link that leads elsewhere than a reader would think.  A template with a
 * script, a style attribute or anything that loads a resource is refused.
 */
struct html_template;

/*
 * Read and compile the file of the templates' folder and what it includes.
 * The template lives in the arena and owns memory besides: html_free() it.
 * Return NULL with every mistake in diags (DIAG_TEMPLATE, file:line:column).
 */
struct html_template *html_load(struct arena *arena,
    const struct folder *templates, const char *file, struct diag_list *diags);

/*
 * Append the page of the document.  The same document gives the same bytes.
 * Return 0, or -1 with the reason in diags and out as it was: the template is
 * not for such a document, an XPath failed, the page is beyond any reason.
 */
int html_render(struct html_template *page, xmlDoc *document, struct text *out,
    struct diag_list *diags);

/*
 * Compare every path of the template with the elements and attributes that n
 * XML schemas declare, so that a misspelt name is an error, not an empty
 * place: plain paths step by step from where they stand, names inside XPath
 * one by one.  Return 0, or -1 with every mistake in diags.
 */
int html_check(const struct html_template *page, xmlDoc *const schemas[],
    size_t n, struct diag_list *diags);

/* Release what a template holds outside its arena; NULL is allowed. */
void html_free(struct html_template *page);

#endif
