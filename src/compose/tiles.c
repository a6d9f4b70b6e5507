#include <string.h>

#include "compose/find.h"
#include "compose/part.h"
#include "compose/prose.h"
#include "compose/xml.h"

/*
 * Four key figures for the first screen: documentation, fairness limits, the
 * main performance measure, the next date.  Made last, from the parts.
 */

xmlNodePtr
tile_add(xmlNodePtr tiles, const char *key, const char *label)
{
	xmlNodePtr tile = xml_add(tiles, "tile");

	xml_set(tile, "key", key);
	xml_set(tile, "label", label);
	return tile;
}

static void
tile_documents(xmlNodePtr tiles, const struct record *record)
{
	xmlNodePtr tile = tile_add(tiles, "documents", "Requirements met");
	struct counts_by_result c = find_results(record, NULL, NULL);
	struct text detail = { 0 };

	xml_setf(tile, "value", "%zu of %zu", c.met, c.applicable);
	if (c.not_met > 0)
		text_printf(&detail, "%zu not met, ", c.not_met);
	if (c.not_provided > 0)
		text_printf(&detail, "%zu not provided, ", c.not_provided);
	if (c.out_of_date > 0)
		text_printf(&detail, "%zu out of date, ", c.out_of_date);
	if (c.upcoming > 0)
		text_printf(&detail, "%zu due later, ", c.upcoming);
	if (c.other > 0)
		text_printf(&detail, "%zu in review or not tested, ", c.other);
	if (detail.n > 2)
		text_cut(&detail, detail.n - 2);
	xml_set(tile, "detail",
	    detail.n > 0 ? text_str(&detail) : "all that apply today");
	text_free(&detail);
}

static void
tile_fairness(xmlNodePtr tiles, xmlNodePtr report)
{
	xmlNodePtr tile = tile_add(tiles, "fairness", "Fairness limits");
	xmlNodePtr fairness = xml_child(report, "fairness");
	const char *tested = xml_get(fairness, "tested");
	const char *worst = xml_get(fairness, "worst-text");

	if (strcmp(tested, "0") == 0) {
		xml_set(tile, "value", "None tested");
		xml_set(tile, "detail",
		    xml_child(fairness, "table") != NULL ?
			"figures are on file, no limit covers them" :
			"no figures by group are on file");
		return;
	}
	xml_setf(
	    tile, "value", "%s of %s", xml_get(fairness, "within"), tested);
	xml_setf(tile, "detail", "figures within limit%s%s",
	    worst[0] != '\0' ? "; farthest: " : "", worst);
}

static void
tile_performance(xmlNodePtr tiles, xmlNodePtr report)
{
	xmlNodePtr m = xml_child(xml_child(report, "performance"), "measure");
	xmlNodePtr tile;

	if (m == NULL) {
		tile = tile_add(tiles, "performance", "Performance");
		xml_set(tile, "value", "Not provided");
		xml_set(tile, "detail", "no measure is on file");
		xml_set(tile, "class", "mi");
		return;
	}
	tile = tile_add(tiles, "performance", xml_get(m, "label"));
	xml_set(tile, "value", xml_get(m, "value-text"));
	xml_setf(tile, "detail", "limit: %s; %s", xml_get(m, "limit-text"),
	    xml_get(m, "status"));
}

static void
tile_date(xmlNodePtr tiles, xmlNodePtr report)
{
	xmlNodePtr tile = tile_add(tiles, "date", "Next date");
	xmlNodePtr next = xml_child(xml_child(report, "dates"), "date");

	if (next == NULL) {
		xml_set(tile, "value", "None");
		xml_set(tile, "detail", "no date is ahead");
		return;
	}
	xml_set(tile, "value", xml_get(next, "text"));
	xml_setf(tile, "detail", "%s, %s: %s", xml_get(next, "in-text"),
	    xml_get(next, "kind"), xml_get(next, "what"));
}

void
part_tiles(const struct part *part)
{
	xmlNodePtr tiles = xml_add(part->report, "tiles");

	tile_documents(tiles, part->record);
	tile_fairness(tiles, part->report);
	tile_performance(tiles, part->report);
	tile_date(tiles, part->report);
	xmlUnlinkNode(tiles);
	xmlAddNextSibling(xml_child(part->report, "gate"), tiles);
}
