#ifndef DOSSIER_MEASURE_MARGINS_H
#define DOSSIER_MEASURE_MARGINS_H

#include "base/arena.h"
#include "base/intern.h"
#include "measure/withhold_table.h"

/*
 * What a reader of several tables can add up: a node for each number that is
 * published or could be, and an equation wherever one is the sum of others.
 *
 * Nodes are the whole file, the groups of the tables, the margins that two
 * tables share ("sex" of "sex*age" and "sex*race"), and joint groups, which
 * nobody published ("sex*age*race" of these two).  The latter matter since
 * some are known not to exist: where "female*youth" has no row, no
 * "female*youth*..." has any.
 *
 * Where the groups of a table have fewer rows than a sum of them that another
 * table or the whole file shows, the rest is a node as well: a reader who sees
 * all of them knows how many rows nobody lists, and what they are like.
 */

enum {
	MARGIN_COLUMNS = 6,  /* of a joint group, at most */
	MARGIN_JOINTS = 4096 /* joint groups, at most */
};

/* A set of columns, in ascending order; the rest of columns[] is 0. */
struct column_set {
	uint32_t columns[MARGIN_COLUMNS];
	uint32_t n;
};

/* Key of a node: its set of columns and a value of each. */
struct node_key {
	uint32_t set;
	uint32_t parts[MARGIN_COLUMNS];
};

/* A number that a reader knows, or would like to. */
struct node {
	struct node_key key;
	double n;          /* rows; of a joint group unknown, and 0 */
	size_t source;     /* table whose groups n sums, when not published */
	bool is_published; /* a group of a table, or the whole */
	bool is_exempt;    /* "(missing)" of one column */
	bool is_rest;      /* rows of a sum that no group lists */
	bool is_hidden;    /* for the user: published, but not shown */
	size_t column;     /* for the user */
};

struct member {
	struct node *node;
	struct member *next;
};

/* sum is the sum of the parts. */
struct equation {
	struct node *sum;
	struct member *parts;
};

/* Zero it before use. */
struct margins {
	struct arena arena;
	struct column_set *sets;
	size_t n_sets;
	struct node *nodes;
	size_t n_nodes;
	struct equation *equations;
	size_t n_equations;
	struct intern keys;  /* private: of nodes */
	struct intern pairs; /* private: of equations */
};

/*
 * Make the nodes and equations of tables and whole, and set the node of each
 * group.  Joint groups are left out where tables join more than MARGIN_COLUMNS
 * columns or MARGIN_JOINTS groups, or where most_steps are not enough to solve
 * the system with them.  Everything is released by margins_free().
 */
void margins_make(struct margins *margins, struct withhold_group *whole,
    struct withhold_table tables[], size_t n, double most_steps);

/* Release what margins_make() made. */
void margins_free(struct margins *margins);

/* How many columns the set of a node has. */
size_t margins_width(const struct margins *margins, const struct node *node);

#endif
