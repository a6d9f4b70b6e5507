#include "compose/plot.h"

#include "compose/xml.h"
#include "tap.h"

static struct axis
axis_of(double low, double high, double least, double most)
{
	struct axis axis = AXIS_EMPTY(PLOT_TICKS);

	axis_hold(&axis, low);
	axis_hold(&axis, high);
	axis_close(&axis, least, most);
	return axis;
}

static void
rounds_outwards_to_whole_ticks(void)
{
	struct axis axis = axis_of(0.55, 0.722, 0, 1);

	CHECK_NUM(axis.low, 0.55, 1e-9);
	CHECK_NUM(axis.high, 0.75, 1e-9);
	CHECK_NUM(axis.step, 0.05, 1e-12);
	axis = axis_of(0.012, 0.98, 0, 1);
	CHECK_NUM(axis.low, 0, 1e-12);
	CHECK_NUM(axis.high, 1, 1e-12);
	axis = axis_of(0.79, 1.05, 0, HUGE_VAL);
	CHECK(axis.low <= 0.79 && axis.high >= 1.05);
}

static void
never_leaves_its_bounds(void)
{
	struct axis axis = axis_of(0.999, 1, 0, 1);

	CHECK_NUM(axis.high, 1, 1e-12);
	CHECK(axis.low < axis.high);
	axis = axis_of(0, 0, 0, 1);
	CHECK_NUM(axis.low, 0, 1e-12);
	CHECK(axis.high > 0);
}

static void
an_empty_axis_can_be_drawn(void)
{
	struct axis axis = AXIS_EMPTY(PLOT_TICKS);

	axis_close(&axis, 0, 1);
	CHECK(axis.high > axis.low);
	CHECK(axis.step > 0);
}

/* A mean of incomes, and the interval of one that is not known at all. */
static void
holds_any_number(void)
{
	struct axis axis = AXIS_EMPTY(PLOT_TICKS);
	struct text grid = { 0 };

	axis_hold(&axis, HUGE_VAL);
	axis_hold(&axis, -2.5e9);
	axis_hold(&axis, -HUGE_VAL);
	axis_hold(&axis, 7e12);
	axis_close(&axis, -HUGE_VAL, HUGE_VAL);
	CHECK(axis.low <= -2.5e9 && axis.high >= 7e12);
	CHECK(axis.high - axis.low <= axis.step * PLOT_TICKS);
	axis_grid(&axis, PLOT_WIDTH, &grid);
	CHECK(grid.n < 200);
	text_free(&grid);
	CHECK_NUM(axis_at(&axis, HUGE_VAL, PLOT_WIDTH), PLOT_WIDTH, 0);
	CHECK_NUM(axis_at(&axis, -HUGE_VAL, PLOT_WIDTH), 0, 0);
	axis = AXIS_EMPTY(PLOT_TICKS);
	axis_close(&axis, -HUGE_VAL, HUGE_VAL);
	CHECK(axis.low <= 0 && axis.high > axis.low);
}

static void
places_values(void)
{
	struct axis axis = axis_of(0.5, 0.8, 0, 1);

	CHECK_NUM(axis_at(&axis, 0.5, PLOT_WIDTH), 0, 1e-9);
	CHECK_NUM(axis_at(&axis, 0.8, PLOT_WIDTH), 300, 1e-9);
	CHECK_NUM(axis_at(&axis, 0.564, PLOT_WIDTH), 64, 1e-9);
	CHECK_NUM(axis_at(&axis, 0.2, PLOT_WIDTH), 0, 1e-9);
	CHECK_NUM(axis_at(&axis, 0.9, PLOT_WIDTH), 300, 1e-9);
}

/* Property: whatever is held lies on the axis, and ticks are few. */
static void
holds_whatever_it_was_given(void)
{
	bool inside = true, few = true;

	for (int i = 0; i < 1000; i++) {
		double low = (i * 37 % 1000) / 1000.0;
		double high = low + (i * 91 % 1000) / 1000.0 * (1 - low);
		struct axis axis = axis_of(low, high, 0, 1);
		double ticks = (axis.high - axis.low) / axis.step + 1;

		inside = inside && axis.low <= low + 1e-9 &&
		    axis.high >= high - 1e-9;
		few = few && ticks < 8.5;
	}
	CHECK(inside);
	CHECK(few);
}

static void
composes_ticks(void)
{
	xmlDocPtr doc = xmlNewDoc((const xmlChar *)"1.0");
	xmlNodePtr root = xmlNewDocNode(doc, NULL, (const xmlChar *)"r", NULL);
	struct axis axis = axis_of(0.5, 0.8, 0, 1);
	struct text grid = { 0 };
	xmlNodePtr node, tick;

	xmlDocSetRootElement(doc, root);
	node = axis_compose(root, "axis", &axis, "Rate, %", PROSE_RATE);
	CHECK_STR(xml_get(node, "label"), "Rate, %");
	tick = xml_child(node, "tick");
	CHECK_STR(xml_get(tick, "text"), "50");
	while (xml_next(tick) != NULL)
		tick = xml_next(tick);
	CHECK_STR(xml_get(tick, "text"), "80");
	axis_grid(&axis, PLOT_WIDTH, &grid);
	CHECK(strncmp(text_str(&grid), "M0.0 0V40", 9) == 0);
	CHECK(strstr(text_str(&grid), "M300.0 0V40") != NULL);
	text_free(&grid);
	xmlFreeDoc(doc);
}

int
main(void)
{
	rounds_outwards_to_whole_ticks();
	never_leaves_its_bounds();
	an_empty_axis_can_be_drawn();
	holds_any_number();
	places_values();
	holds_whatever_it_was_given();
	composes_ticks();
	return tap_done();
}
