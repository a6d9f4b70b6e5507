#ifndef DOSSIER_TESTS_UNIT_TAP_H
#define DOSSIER_TESTS_UNIT_TAP_H

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/*
 * The test harness: a program a module.  Each CHECK is one line of TAP, so
 * that tests/run.sh can count them; main() ends with `return tap_done();`.
 */

struct tap {
	unsigned n;
	unsigned n_failed;
};

static struct tap tap; /* the one mutable variable of a test program */

/* What repeats itself may do so less often where sanitizers watch each time. */
#ifdef __SANITIZE_ADDRESS__
enum { TAP_SLOWNESS = 5 };
#else
enum { TAP_SLOWNESS = 1 };
#endif

static inline bool
tap_check(bool ok, const char *file, int line, const char *what)
{
	tap.n++;
	if (!ok)
		tap.n_failed++;
	printf("%s %u - %s:%d: %s\n", ok ? "ok" : "not ok", tap.n, file, line,
	    what);
	return ok;
}

static inline bool
tap_check_str(const char *got, const char *want, const char *file, int line)
{
	bool same = got == want ||
	    (got != NULL && want != NULL && strcmp(got, want) == 0);

	if (!tap_check(same, file, line, want != NULL ? want : "(null)"))
		printf("# got:  %s\n# want: %s\n", got != NULL ? got : "(null)",
		    want != NULL ? want : "(null)");
	return same;
}

static inline bool
tap_check_int(long long got, long long want, const char *file, int line)
{
	char what[64];

	snprintf(what, sizeof(what), "%lld is %lld", got, want);
	return tap_check(got == want, file, line, what);
}

/* Equal to a relative tolerance; two NaNs are equal. */
static inline bool
tap_check_num(
    double got, double want, double tolerance, const char *file, int line)
{
	char what[96];
	double scale = fabs(want) > 1 ? fabs(want) : 1;
	bool same = (isnan(got) && isnan(want)) || got == want ||
	    fabs(got - want) <= tolerance * scale;

	snprintf(what, sizeof(what), "%.17g is %.17g", got, want);
	return tap_check(same, file, line, what);
}

#define CHECK(x) tap_check((x), __FILE__, __LINE__, #x)
#define CHECK_STR(got, want) tap_check_str((got), (want), __FILE__, __LINE__)
#define CHECK_INT(got, want)                                                   \
	tap_check_int((long long)(got), (long long)(want), __FILE__, __LINE__)
#define CHECK_NUM(got, want, tolerance)                                        \
	tap_check_num((got), (want), (tolerance), __FILE__, __LINE__)

static inline void
tap_skip(const char *why)
{
	tap.n++;
	printf("ok %u # SKIP %s\n", tap.n, why);
}

static inline int
tap_done(void)
{
	printf("1..%u\n", tap.n);
	return tap.n_failed > 0 ? 1 : 0;
}

#endif
