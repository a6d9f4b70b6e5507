#ifndef DOSSIER_STATS_KOLMOGOROV_H
#define DOSSIER_STATS_KOLMOGOROV_H

/*
 * The probability that the two-sided statistic of Kolmogorov and Smirnov of n
 * rows is above d.  By the methods, and in the regions, that Simard and
 * L'Ecuyer (Journal of Statistical Software 39/11, 2011) recommend: exactly up
 * to 140 rows or where it is small, else by the expansion of Pelz and Good
 * (Journal of the Royal Statistical Society B 38, 1976, pp. 152-156).
 * n is a whole number of at least 1.
 */
double kolmogorov_above(double d, double n);

#endif
