#ifndef DOSSIER_HTML_PLACE_H
#define DOSSIER_HTML_PLACE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

/*
 * Where a value is written decides how: what is text in one place is a
 * command in another.  Every value of the report document reaches a page
 * through one of these functions.
 */
enum html_place {
	HTML_PLACE_TEXT,      /* between tags */
	HTML_PLACE_ATTRIBUTE, /* in a quoted attribute */
	HTML_PLACE_ID,        /* id, and attributes that list ids */
	HTML_PLACE_URL,       /* href */
	HTML_PLACE_NUMBER,    /* geometry of a drawing: a number */
	HTML_PLACE_GEOMETRY,  /* geometry of a drawing: path data, points */
	HTML_PLACE_FORBIDDEN  /* scripts, styles, what loads a resource */
};

/* What the place of an attribute is; n bytes of name. */
enum html_place html_place_of(const char *name, size_t n);

/* Whether elements of that name may not stand in a template. */
bool html_place_forbids(const char *element, size_t n);

/*
 * Whether a whole address that came from data may stand in href: https:,
 * mailto:, a fragment, or relative without "..", each without a blank, a
 * control character or a backslash.
 */
bool html_url_is_safe(const char *p, size_t n);

/*
 * Whether an address that a template writes is one a page may hold: https:,
 * mailto:, or without a scheme.
 */
bool html_url_is_fixed(const char *p, size_t n);

/*
 * Append a piece of data behind a beginning of an address that the template
 * wrote: all but letters, digits, "-._~" and "/" is percent-encoded, blanks
 * become "_" where the address is a fragment so that it meets its id.
 */
void html_url_put_part(
    struct text *out, const char *p, size_t n, bool fragment);

/* Whether the address leads upwards: a segment is "..", encoded or not. */
bool html_url_climbs(const char *p, size_t n);

/* Append a piece of an id: blanks become "_". */
void html_id_put_part(struct text *out, const char *p, size_t n);

/* Whether it is a decimal number, or (geometry) path data of SVG. */
bool html_geometry_is_safe(enum html_place place, const char *p, size_t n);

/* Append as a CSS string with its quotes, safe inside a style element. */
void html_css_put_string(struct text *out, const char *p, size_t n);

#endif
