#ifndef DOSSIER_BASE_REAL_H
#define DOSSIER_BASE_REAL_H

/*
 * Functions of the C library that round differently from processor to
 * processor, as they use fused operations where there are such.  These are
 * made of additions, multiplications and divisions alone, through numbers of
 * twice the digits (dd.h), so that every machine finds the same bits; the
 * result is the nearest double but for one in many thousand cases.  Arguments
 * and results that are no normal numbers are those of the C library.
 */

double real_log(double x);
double real_exp(double x);

#endif
