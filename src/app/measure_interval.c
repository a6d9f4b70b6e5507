#include "app/measure_interval.h"

#include <string.h>

#include "app/measure_show.h"

void
measure_interval(const struct measurement *m, const struct metric *metric,
    const struct group *group, const struct metric_value *value,
    struct uncertainty *out)
{
	const struct uncertainty_options options = {
		m->request->options.confidence, m->request->compare.replicates,
		m->request->compare.seed
	};

	uncertainty_measure(metric, group, m->whole, value, &options, out);
}

void
interval_put_method(struct text *out, const char *method, unsigned replicates,
    unsigned long long seed)
{
	text_puts(out, method);
	if (replicates == 0)
		return;
	text_puts(out, ", ");
	show_count(out, replicates);
	text_printf(out, " replicates, seed %llu", seed);
}

/* "; by chance alone 0.046 in female, 0.031 in male" */
static void
put_chance(struct text *out, const struct metric *metric,
    const struct group *group, double chance, bool is_first)
{
	text_puts(out,
	    is_first ? "; were every score the true probability, chance alone "
		       "would make it " :
		       ", ");
	show_value(out, metric, chance);
	text_printf(out, " in %s", group->name);
}

void
interval_put_notes(struct text *out, const struct measurement *m,
    const struct metric *metric, const struct group *const groups[], size_t n)
{
	const char *method = NULL, *reason = NULL;
	unsigned replicates = 0;
	struct text chance = { 0 };

	for (size_t i = 0; i < n; i++) {
		struct metric_value value;
		struct uncertainty u;

		if (!measure_is_shown(groups[i]))
			continue;
		metric_measure(metric, groups[i], m->whole, &value);
		measure_interval(m, metric, groups[i], &value, &u);
		if (u.method != NULL && strcmp(u.method, "Wilson") != 0) {
			method = u.method;
			replicates = u.replicates;
		}
		reason = u.reason != NULL ? u.reason : reason;
		if (u.has_chance)
			put_chance(&chance, metric, groups[i], u.chance,
			    chance.n == 0);
	}
	if (method != NULL) {
		text_puts(out, "Intervals: ");
		interval_put_method(
		    out, method, replicates, m->request->compare.seed);
	}
	if (reason != NULL)
		text_printf(out, "%s%s: %s", method != NULL ? "; " : "",
		    method != NULL ? "elsewhere none" : "No interval", reason);
	text_put(out, text_str(&chance), chance.n);
	text_free(&chance);
}
