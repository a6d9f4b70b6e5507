#include "compose/plot.h"

#include <math.h>

#include "base/num.h"
#include "compose/xml.h"

void
axis_hold(struct axis *axis, double value)
{
	if (!isfinite(value))
		return;
	if (axis->high < axis->low) {
		axis->low = value;
		axis->high = value;
		return;
	}
	axis->low = fmin(axis->low, value);
	axis->high = fmax(axis->high, value);
}

/* Number of ticks from the one at or below low to the one at or above high. */
static double
ticks(const struct axis *axis, double step)
{
	return ceil(axis->high / step - 1e-9) - floor(axis->low / step + 1e-9) +
	    1;
}

void
axis_close(struct axis *axis, double least, double most)
{
	static const double steps[] = { 0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5,
		1, 2, 5 };
	const size_t n = sizeof(steps) / sizeof(steps[0]);
	double scale = 1;
	size_t i = 0;

	if (axis->high < axis->low)
		axis_hold(axis, isfinite(least) ? least : 0);
	while (ticks(axis, steps[i] * scale) > axis->most) {
		scale *= i + 1 == n ? 10 : 1;
		i = i + 1 == n ? n - 3 : i + 1;
	}
	axis->step = steps[i] * scale;
	axis->low = floor(axis->low / axis->step + 1e-9) * axis->step;
	axis->high = ceil(axis->high / axis->step - 1e-9) * axis->step;
	if (axis->high <= axis->low)
		axis->high = axis->low + axis->step;
	axis->low = fmax(axis->low, least);
	axis->high = fmin(axis->high, most);
	if (axis->high <= axis->low)
		axis->low = axis->high - axis->step;
}

double
axis_at(const struct axis *axis, double value, double width)
{
	double x = (value - axis->low) / (axis->high - axis->low) * width;

	return fmin(fmax(x, 0), width);
}

static size_t
count_ticks(const struct axis *axis)
{
	return (size_t)lround((axis->high - axis->low) / axis->step) + 1;
}

static double
tick_value(const struct axis *axis, size_t i)
{
	return axis->low + (double)i * axis->step;
}

xmlNodePtr
axis_compose(xmlNodePtr parent, const char *name, const struct axis *axis,
    const char *label, enum prose_kind kind)
{
	xmlNodePtr node = xml_add(parent, name);
	double scale = kind == PROSE_RATE ? 100 : 1;
	double step = axis->step * scale;
	unsigned decimals = step >= 1 ? 0 : step >= 0.1 ? 1 : 2;

	xml_set(node, "label", label);
	xml_set_number(node, "low", axis->low);
	xml_set_number(node, "high", axis->high);
	for (size_t i = 0; i < count_ticks(axis); i++) {
		char text[NUM_SIZE];

		num_write_fixed(tick_value(axis, i) * scale, decimals, text);
		xml_set(xml_add(node, "tick"), "text", text);
	}
	return node;
}

void
axis_grid(const struct axis *axis, double width, struct text *out)
{
	for (size_t i = 0; i < count_ticks(axis); i++)
		text_printf(out, "M%.1f 0V40",
		    axis_at(axis, tick_value(axis, i), width));
}
