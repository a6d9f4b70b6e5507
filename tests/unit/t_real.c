#include <math.h>

#include "base/real.h"
#include "tap.h"

/* To the last digit but one of the C library's, which is as near. */
static void
is_near(double got, double want)
{
	CHECK(fabs(got - want) <= 2e-16 * fabs(want));
}

int
main(void)
{
	for (double x = -690; x < 690; x += 11.3)
		is_near(real_exp(x), exp(x));
	for (double x = 1e-300; x < 1e300; x *= 7.7e5)
		is_near(real_log(x), log(x));
	for (double x = 0x1p-60; x < 1; x *= 3.3) {
		is_near(real_exp(x), exp(x));
		is_near(real_exp(-x), exp(-x));
		is_near(real_log(1 + x), log(1 + x));
	}
	CHECK_NUM(real_exp(0), 1, 0);
	CHECK_NUM(real_log(1), 0, 0);
	/* To 20 digits 2.71828182845904523536, 2.30258509299404568402. */
	CHECK_NUM(real_exp(1), 2.718281828459045235, 0);
	CHECK_NUM(real_log(10), 2.302585092994045684, 0);
	CHECK(real_exp(-1000) == 0 && isinf(real_exp(1000)));
	CHECK(isinf(real_log(0)) && isnan(real_log(-1)));
	CHECK(isnan(real_exp(NAN)) && isinf(real_log(INFINITY)));
	return tap_done();
}
