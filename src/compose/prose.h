#ifndef DOSSIER_COMPOSE_PROSE_H
#define DOSSIER_COMPOSE_PROSE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/text.h"

/*
 * How numbers and dates read: rounded once, here, so that page, workbook and
 * findings say the same.  Rates as "56.4%", ratios with 2 decimals, measures
 * with 3, p-values and shares never rounded to nothing, minus as U+2212,
 * ranges with an en dash, thousands with a comma.
 */

enum { PROSE_DATE_SIZE = 16, PROSE_SIZE = 80 };

/* "30 Nov 2026"; "" for DATE_NONE. */
void prose_date(date day, char out[PROSE_DATE_SIZE]);

/* "21 November 2026 at 02:00 UTC". */
void prose_time(int64_t seconds, char out[PROSE_SIZE]);

/* "in 9 days", "today", "tomorrow", "12 days overdue". */
void prose_days(long days, char out[PROSE_SIZE]);

/* "5,204"; a fraction (sum of weights) with one decimal. */
void prose_count(double n, char out[PROSE_SIZE]);

/* "13 months", "9 days": the age of something in days. */
void prose_age(long days, char out[PROSE_SIZE]);

/* "49 KiB". */
void prose_bytes(unsigned long long n, char out[PROSE_SIZE]);

/* How a figure is written. */
enum prose_kind {
	PROSE_RATE,    /* per cent with 1 decimal */
	PROSE_RATIO,   /* 2 decimals */
	PROSE_MEASURE, /* 3 decimals */
	PROSE_POINTS   /* a difference of rates, in percentage points */
};

/*
 * A figure in words.  A value that would round onto its limit gets as many
 * further decimals as set it apart; limit is NULL where there is none.
 */
void prose_figure(enum prose_kind kind, double value, const double *limit,
    char out[PROSE_SIZE]);

/* "55.0–57.7" for a rate, "0.837–0.847" for a measure. */
void prose_interval(
    enum prose_kind kind, double lower, double upper, char out[PROSE_SIZE]);

/* Append "1 finding" or "3 findings". */
void prose_number_of(
    struct text *out, size_t n, const char *one, const char *many);

#endif
