#include "app/limit_name.h"

#include <ctype.h>
#include <string.h>

#include "measure/metric.h"
#include "model/policy.h"

/* Endings, the longer ones first. */
static const struct {
	const char *ending, *compare, *reference;
} endings[] = {
	{ "_difference_between_groups", "difference", REFERENCE_BEST },
	{ "_ratio_between_groups", "ratio", REFERENCE_BEST },
	{ "_difference_to_overall", "difference", REFERENCE_OVERALL },
	{ "_ratio_to_overall", "ratio", REFERENCE_OVERALL },
	{ "_difference", "difference", NULL },
	{ "_ratio", "ratio", NULL },
};

/* Beginnings that are no metric; all compare with the highest value. */
static const struct {
	const char *name, *metrics[2];
} ideas[] = {
	{ "demographic_parity", { "selection_rate" } },
	{ "equal_opportunity", { "true_positive_rate" } },
	{ "equalized_odds", { "true_positive_rate", "false_positive_rate" } },
	{ "impact", { "selection_rate" } },
	{ "four_fifths_impact", { "selection_rate" } },
	{ "selection_impact", { "selection_rate" } },
};

/* "Equalized-odds ratio" as "equalized_odds_ratio". */
static char *
plain(struct arena *arena, const char *name)
{
	char *copy = arena_str(arena, name);

	for (char *p = copy; *p != '\0'; p++)
		*p =
		    (char)(*p == ' ' || *p == '-' ? '_' :
						    tolower((unsigned char)*p));
	return copy;
}

/* The metrics of what stands before an ending. */
static void
take_beginning(struct limit_name *out, struct arena *arena, const char *start)
{
	const struct metric *metric;

	for (size_t i = 0; i < sizeof(ideas) / sizeof(ideas[0]); i++) {
		if (strcmp(ideas[i].name, start) != 0)
			continue;
		memcpy(out->metrics, ideas[i].metrics, sizeof(out->metrics));
		out->n = out->metrics[1] != NULL ? 2 : 1;
		if (out->reference == NULL)
			out->reference = REFERENCE_BEST;
		return;
	}
	metric = metric_resolve(arena, start, strlen(start), NULL);
	if (metric == NULL)
		return;
	out->metrics[0] = metric->name;
	out->n = 1;
}

struct limit_name
limit_name_of(struct arena *arena, const char *name)
{
	struct limit_name out = { .n = 0 };
	char *copy = plain(arena, name);
	const size_t n = strlen(copy);

	if (metric_resolve(arena, name, strlen(name), NULL) != NULL)
		return out;
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		const size_t ending = strlen(endings[i].ending);

		if (n <= ending ||
		    strcmp(copy + n - ending, endings[i].ending) != 0)
			continue;
		copy[n - ending] = '\0';
		out.compare = endings[i].compare;
		out.reference = endings[i].reference;
		take_beginning(&out, arena, copy);
		return out;
	}
	return out;
}
