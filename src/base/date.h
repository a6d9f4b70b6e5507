#ifndef DOSSIER_BASE_DATE_H
#define DOSSIER_BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Calendar dates of the proleptic Gregorian calendar, kept as the number of
 * days since 1970-01-01, and times in UTC.  No time zone and no locale is
 * ever asked.
 */

enum { DATE_SIZE = 11, TIME_SIZE = 21 };

/* Days since 1970-01-01; DATE_NONE when there is no date. */
typedef int32_t date;

#define DATE_NONE INT32_MIN

/* Read exactly YYYY-MM-DD, years 1900 to 2999, a day that exists. */
bool date_read(const char *p, size_t n, date *out);

/* Write YYYY-MM-DD; DATE_NONE gives "". */
void date_write(date day, char out[DATE_SIZE]);

/* The parts of a date: year, month 1 to 12, day 1 to 31. */
void date_parts(date day, int *year, int *month, int *day_of_month);

/* The date of the given parts, which must exist. */
date date_make(int year, int month, int day_of_month);

/* The same day so many months later, or the last day of a shorter month. */
date date_add_months(date day, int months);

/* The UTC day of a time in seconds since the epoch. */
date date_of_time(int64_t seconds);

/* Write YYYY-MM-DDTHH:MM:SSZ for a time in seconds since the epoch. */
void time_write(int64_t seconds, char out[TIME_SIZE]);

/* Read exactly YYYY-MM-DDTHH:MM:SSZ, as time_write() writes it. */
bool time_read(const char *p, size_t n, int64_t *seconds);

#endif
