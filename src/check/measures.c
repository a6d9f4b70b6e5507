#include <string.h>

#include "check/bound.h"
#include "check/limits.h"
#include "check/say.h"

#define SECTION "evaluation"
#define MEASURES SECTION ".measures"

/* The performance measures of a record against their own limits. */

static const char *
measure_text(struct judge *judge, const struct measure *measure,
    const struct bound *bound, const struct bound_result *result)
{
	struct text text = { 0 };

	text_puts(
	    &text, measure->label != NULL ? measure->label : measure->name);
	if (measure->data_set != NULL && *measure->data_set != '\0')
		text_printf(&text, " on %s", measure->data_set);
	text_putc(&text, ' ');
	bound_put(&text, bound->kind, measure->value, &result->limit);
	text_puts(&text, ", limit ");
	bound_put_range(&text, bound);
	if (result->crosses)
		text_puts(&text, ", interval crosses limit");
	return say_keep(judge->arena, &text);
}

static void
review_measure(
    struct judge *judge, struct measure *measure, struct outcome *out)
{
	struct bound bound = { .kind = bound_kind_of(measure->name),
		.has_least = measure->has_least,
		.has_most = measure->has_most,
		.least = measure->least,
		.most = measure->most };
	struct quantity quantity = { measure->value, measure->has_interval,
		measure->lower, measure->upper };
	struct bound_result result = bound_compare(
	    &bound, &quantity, judge->policy->judge_by == LIMIT_INTERVAL);
	struct outcome part = { .path = "", .is_figure = true };

	measure->result = result.result;
	part.kind = result.result == FIGURE_OUTSIDE ? OUTCOME_FAIL :
	    result.result == FIGURE_NEAR            ? OUTCOME_NEAR :
						      OUTCOME_PASS;
	part.pos = measure->origin;
	part.path = arena_printf(judge->arena, "measures.%s%s%s", measure->name,
	    measure->data_set != NULL ? "." : "",
	    measure->data_set != NULL ? measure->data_set : "");
	if (part.kind != OUTCOME_PASS)
		part.reason = measure_text(judge, measure, &bound, &result);
	limits_emit(judge, &part, out);
}

/* Where the measures stand, or should. */
static void
point_at_measures(const struct judge *judge, struct outcome *out)
{
	const struct field *section = field_find(judge->record->top, SECTION);
	const struct field *list = field_find(judge->record->top, MEASURES);

	section = list != NULL ? list : section;
	out->path = MEASURES;
	out->pos = section != NULL ? section->key_pos :
				     (struct pos){ judge->record->file, 1, 1 };
}

void
judge_measures(
    struct judge *judge, const struct check *check, struct outcome *out)
{
	size_t n = 0;

	(void)check;
	out->kind = OUTCOME_PASS;
	out->is_figure = true;
	for (struct measure *m = judge->record->measures; m != NULL;
	     m = m->next)
		if (m->has_least || m->has_most) {
			review_measure(judge, m, out);
			n++;
		}
	if (n > 0)
		return;
	limits_settle_missing(judge, judge->record->measures_unread, out);
	out->is_whole = out->kind == OUTCOME_ABSENT;
	point_at_measures(judge, out);
	out->reason = judge->record->measures == NULL ?
	    "no performance measure is on file" :
	    "no performance measure has a limit";
}
