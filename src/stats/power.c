#include "stats/power.h"

#include <math.h>

#include "stats/normal.h"

double
power_cohen_h(double rate1, double rate2)
{
	return 2 * (asin(sqrt(rate1)) - asin(sqrt(rate2)));
}

double
power_of(double rate1, double n1, double rate2, double n2, double level)
{
	double shift = power_cohen_h(rate1, rate2) / sqrt(1 / n1 + 1 / n2);
	double limit = -normal_quantile(level / 2);

	return normal_above(limit - shift) + normal_below(-limit - shift);
}

/* The sum of both deviations that a shift must reach, squared. */
static double
needed(double level, double power)
{
	double sum = normal_quantile(power) - normal_quantile(level / 2);

	return sum * sum;
}

bool
power_detectable_fall(
    double rate2, double n1, double n2, double level, double power, double *out)
{
	double h = sqrt(needed(level, power) * (1 / n1 + 1 / n2));
	double angle = asin(sqrt(rate2)) - h / 2;
	double rate1 = sin(angle);

	if (angle < 0)
		return false;
	*out = rate2 - rate1 * rate1;
	return true;
}

double
power_rows_needed(
    double rate1, double rate2, double n2, double level, double power)
{
	double h = power_cohen_h(rate1, rate2);
	double inverse = h * h / needed(level, power) - 1 / n2;

	return inverse > 0 ? ceil(1 / inverse) : HUGE_VAL;
}
