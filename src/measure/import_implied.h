#ifndef DOSSIER_MEASURE_IMPORT_IMPLIED_H
#define DOSSIER_MEASURE_IMPORT_IMPLIED_H

#include "measure/import_sheet.h"

/*
 * Counts that the figures of a group imply.  A rate v of n rows says that its
 * numerator is v times its denominator, which is linear in the four counts;
 * with the number of rows three rates that do not follow from one another
 * determine them, and since counts are whole, they are found exactly as long
 * as the rounding of the rates moves none by half a row.
 *
 * Counts are taken when they are whole, not negative, and give back more of
 * the rates that are stated than any others would, so that one that is wrong is
 * found.  Rates of
 * weighted rows give no whole counts and are left as they are, and so are
 * those that are rounded so much that other counts would give them, too.
 *
 * Where a group does not have as much, a rate of all its rows still tells its
 * own two counts, which are set beside the figure.
 */
void sheet_imply(struct sheet *sheet, size_t variant);

/*
 * Make the tables of the groups whose counts are known, and the whole: that of
 * the file, or what the groups of the attribute with most rows sum to, if all
 * of them are known.
 */
void sheet_tables(struct sheet *sheet, size_t variant, struct import *out);

/*
 * Where counts are sums of weights, set the two of each rate that they give
 * beside its figure, or add the figure.  How many rows there are, and how
 * unequal their weights, is not known: such rates have no interval and are not
 * tested.
 */
void sheet_weigh(struct sheet *sheet, size_t variant);

#endif
