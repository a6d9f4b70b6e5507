#include "base/text.h"
#include "compose/part.h"
#include "compose/prose.h"
#include "compose/xml.h"

/*
 * The outlook of a model: the next day on which a result changes if nobody
 * does anything, and what becomes of each that does.
 */

static const char *
word_before(const struct turn *turn)
{
	return turn->is_new ? "none" : result_word(turn->from);
}

static const char *
word_after(const struct turn *turn)
{
	return turn->is_gone ? "none" : result_word(turn->to);
}

static void
compose_turn(xmlNodePtr parent, const struct turn *turn)
{
	xmlNodePtr node = xml_add(parent, "turn");

	xml_set(node, "rule", turn->rule);
	xml_set(node, "title", turn->title);
	xml_set(node, "path", turn->path);
	xml_set(node, "from", word_before(turn));
	xml_set(node, "to", word_after(turn));
	xml_set(node, "from-status",
	    turn->is_new ? "None" : status_word(turn->from_status));
	xml_set(node, "to-status",
	    turn->is_gone ? "None" : status_word(turn->to_status));
	xml_set(node, "effect",
	    turn->is_gone ? "passes" : effect_word(turn->to_effect));
	xml_set(node, "message", turn->message);
}

void
part_outlook(const struct part *part)
{
	const struct outlook *outlook = &part->record->outlook;
	xmlNodePtr node = xml_add(part->report, "outlook");
	char day[DATE_SIZE], words[PROSE_SIZE];
	long days;

	xml_set_count(node, "n", outlook->n);
	if (outlook->n == 0)
		return;
	days = (long)outlook->day - (long)part->context->policy->as_of;
	date_write(outlook->day, day);
	xml_set(node, "day", day);
	prose_date(outlook->day, words);
	xml_set(node, "text", words);
	xml_setf(node, "in-days", "%ld", days);
	prose_days(days, words);
	xml_set(node, "in-text", words);
	for (const struct turn *t = outlook->first; t != NULL; t = t->next)
		compose_turn(node, t);
}

const char *
part_outlook_text(const struct part *part)
{
	const struct outlook *outlook = &part->record->outlook;
	const struct turn *first = outlook->first;
	struct arena *arena = &part->record->arena;
	const char *text;

	text = arena_printf(arena, "%s (%s): ", first->title, first->rule);
	if (first->is_gone)
		text = arena_printf(arena, "%sno longer asked", text);
	else if (first->is_new)
		text = arena_printf(
		    arena, "%sbecomes %s", text, status_word(first->to_status));
	else
		text = arena_printf(arena, "%sfrom %s to %s", text,
		    status_word(first->from_status),
		    status_word(first->to_status));
	if (outlook->n == 1)
		return text;
	return arena_printf(arena, "%s; %zu more %s", text, outlook->n - 1,
	    outlook->n == 2 ? "result changes" : "results change");
}
