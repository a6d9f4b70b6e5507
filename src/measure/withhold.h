#ifndef DOSSIER_MEASURE_WITHHOLD_H
#define DOSSIER_MEASURE_WITHHOLD_H

#include "measure/withhold_table.h"

/*
 * Withholding of small groups.  A group of fewer rows than the minimum is not
 * shown; but a table whose total is shown gives a single hidden group away by
 * subtraction, so others must be hidden with it.
 *
 * What a reader can do.  Every count is additive: the whole file is the sum of
 * the groups of "sex", and the group "female" of "sex" is the sum of the
 * groups "female*..." of "sex*age".  A reader who sees some of the numbers in
 * these equations has a linear system in the others.  Which groups exist is
 * shown, so each of them has a row, and that the rest has none.
 *
 * What is promised.  When withhold_small() has returned true,
 *  1. no hidden group is settled by the system of all such equations between
 *     the file, the tables, the margins that two tables share, and the joint
 *     groups that may have rows as far as the tables tell;
 *  2. in each equation whose sum is shown, the hidden groups together have at
 *     least the minimum of rows: their sum, which does follow, is itself no
 *     small group;
 *  3. a hidden group of few rows could have the minimum of them as far as the
 *     system, and that no group is empty, can tell: ten groups of one row
 *     would follow from their sum; and
 *  4. no equation alone settles a hidden group for a reader who knows which
 *     are small, from a word of the report or from what a limit on it says.
 * And where the whole file is hidden every group is, since shares of all rows
 * would tell of it.
 * Of 3 and 4 the number of rows is meant, and not what is left when it is
 * shown.
 *
 * The argument: a hidden number follows from the shown ones by addition and
 * subtraction exactly when its unit vector lies in the row space of the
 * system, which is what linear_settled() tells; as long as one does, the
 * smallest shown group of its equations is hidden too.  This ends, since each
 * step hides a group more, and with everything hidden nothing follows.  How
 * large a hidden group can be is a linear program, which simplex_reaches()
 * solves; it ends in the same way.
 *
 * What is not promised.  Joint groups are left out where intersections that
 * hang together have more than 6 columns, 4,096 joint groups, or a system that
 * would take long to solve; what follows from empty combinations of two tables
 * alone is then not found.  Where the linear programs would take long they are
 * broken off, and 3 holds of each equation alone.  With a minimum of 2 to be
 * small is to have 1 row, and 4 cannot hold.  Of what is counted in a group
 * nothing more is promised than 1: counts are not negative, so the sum of two
 * hidden ones bounds each of them, and a sum of 0 settles both; a shown group
 * of which nobody is selected tells the same about each of its members.
 *
 * "(missing)" of a single attribute is no group of people: its number of
 * rows stays shown, however small, unless it must guard another group.  Its
 * figures are withheld like any.
 */

/*
 * Mark the groups of all tables that are shown together, and the whole file
 * they divide, whose n alone is read.  The order of tables and groups decides
 * between groups of the same size: sort first.  Return false when the tables
 * are too many and too large to prove the promise; the marks mean nothing then.
 */
bool withhold_small(struct withhold_group *whole,
    struct withhold_table tables[], size_t n, double min_report);

#endif
