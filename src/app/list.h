#ifndef DOSSIER_APP_LIST_H
#define DOSSIER_APP_LIST_H

#include "app/session.h"

/* Options of `rules list`, behind those of the session. */
#define LIST_OPTIONS                                                           \
	{ "tier", 0, "WORD", "list: rules for this tier" },                    \
	    { "role", 0, "WORD", "list: rules for this role" },                \
	    { "severity", 0, "WORD", "list: error, warning or note" },         \
	    { "applies-on", 0, "DATE", "list: rules in force on this day" },   \
	{                                                                      \
		"law", 0, "ID",                                                \
		    "list: rules on a provision, such as art-27 or art-27.1.c" \
	}

/*
 * Print the rules that the options leave, in the order of their files: a line
 * each, csv, json, or as an HTML page to be read by people who know the law.
 * Return the exit status.
 */
int rules_list(struct session *session);

#endif
