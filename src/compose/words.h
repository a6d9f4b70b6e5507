#ifndef DOSSIER_COMPOSE_WORDS_H
#define DOSSIER_COMPOSE_WORDS_H

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

enum { WORDS_DATE_SIZE = 16, WORDS_SIZE = 80 };

/* "30 Nov 2026"; "" for DATE_NONE. */
void words_date(date day, char out[WORDS_DATE_SIZE]);

/* "21 November 2026 at 02:00 UTC". */
void words_time(int64_t seconds, char out[WORDS_SIZE]);

/* "in 9 days", "today", "tomorrow", "12 days overdue". */
void words_days(long days, char out[WORDS_SIZE]);

/* "5,204"; a fraction (sum of weights) with one decimal. */
void words_count(double n, char out[WORDS_SIZE]);

/* "13 months", "9 days": the age of something in days. */
void words_age(long days, char out[WORDS_SIZE]);

/* "49 KiB". */
void words_bytes(unsigned long long n, char out[WORDS_SIZE]);

/* How a figure is written. */
enum words_kind {
	WORDS_RATE,    /* per cent with 1 decimal */
	WORDS_RATIO,   /* 2 decimals */
	WORDS_MEASURE, /* 3 decimals */
	WORDS_POINTS   /* a difference of rates, in percentage points */
};

/*
 * A figure in words.  A value that would round onto its limit gets as many
 * further decimals as set it apart; limit is NULL where there is none.
 */
void words_figure(enum words_kind kind, double value, const double *limit,
    char out[WORDS_SIZE]);

/* "55.0–57.7" for a rate, "0.837–0.847" for a measure. */
void words_interval(
    enum words_kind kind, double lower, double upper, char out[WORDS_SIZE]);

/* Append "1 finding" or "3 findings". */
void words_number_of(
    struct text *out, size_t n, const char *one, const char *many);

#endif
