#include "app/measure_compared.h"

/* A number that may not be there. */
static void
put_some(struct json_writer *w, const char *key, double value, bool is_there)
{
	if (is_there)
		json_put_number(w, key, value);
}

static void
put_interval(struct json_writer *w, const char *key,
    const struct disparity_interval *interval)
{
	if (interval->method == NULL)
		return;
	json_open(w, key, '{');
	json_string(w, "method", interval->method);
	json_put_number(w, "lower", interval->lower);
	json_put_number(w, "upper", interval->upper);
	json_close(w, '}');
}

static void
put_side(
    struct json_writer *w, const char *key, const struct disparity_side *side)
{
	json_open(w, key, '{');
	json_string(w, "group", side->group);
	json_put_number(w, "n", side->n);
	put_some(w, "value", side->value, side->defined);
	if (!side->defined)
		json_string(w, "undefined", side->reason);
	put_some(w, "numerator", side->numerator, side->has_counts);
	put_some(w, "denominator", side->denominator, side->has_counts);
	put_some(w, "effective", side->effective, side->effective > 0);
	put_some(w, "shrunken", side->shrunken, side->has_shrunken);
	json_close(w, '}');
}

static void
put_test(struct json_writer *w, const struct disparity *d)
{
	put_some(w, "replicates", d->replicates, d->replicates > 0);
	json_string(w, "no_test", d->no_test);
	if (d->test == NULL)
		return;
	json_string(w, "test", d->test);
	put_some(w, "z", d->z, d->has_z);
	json_put_number(w, "p", d->p);
	json_string(w, "adjustment", d->adjustment);
	put_some(w, "p_adjusted", d->p_adjusted, d->adjustment != NULL);
	json_put_number(w, "family", (double)d->family);
	put_some(w, "p_all", d->p_pack, d->pack > 0);
	put_some(w, "tests_all", (double)d->pack, d->pack > 0);
}

static void
put_numbers(struct json_writer *w, const struct disparity *d)
{
	put_side(w, "group", &d->group);
	put_side(w, "reference", &d->reference);
	put_some(w, "difference", d->difference, d->has_difference);
	put_interval(w, "difference_interval", &d->difference_interval);
	put_some(w, "ratio", d->ratio, d->has_ratio);
	put_interval(w, "ratio_interval", &d->ratio_interval);
	put_test(w, d);
	put_some(w, "power", d->power, d->has_power);
	put_some(w, "power_ratio", d->power_ratio, d->has_power);
	put_some(w, "detectable", d->detectable, d->has_detectable);
	put_some(w, "rows_needed", d->rows_needed, d->has_rows_needed);
	put_some(w, "shortfall", d->shortfall, d->has_shortfall);
	put_some(w, "flip_one", d->flip_one, d->has_flip_one);
	if (d->has_flip_one)
		json_bool(w, "flips", d->flips);
	if (d->has_limit)
		json_bool(w, "beyond_limit", d->is_beyond);
}

static void
put_disparity(struct json_writer *w, const struct disparity *d)
{
	json_open(w, NULL, '{');
	if (d->is_withheld || d->is_reference_withheld) {
		json_open(w, "group", '{');
		json_string(w, "group", d->group.group);
		json_close(w, '}');
		json_bool(w, "withheld", true);
	} else {
		put_numbers(w, d);
		json_string(w, "verdict", disparity_verdict_word(d->verdict));
		json_string(w, "reason", d->reason);
	}
	json_close(w, '}');
}

void
json_put_family(struct json_writer *w, const struct disparity_family *family)
{
	json_open(w, NULL, '{');
	json_string(w, "metric", family->metric);
	json_string(w, "reference", family->reference);
	if (family->test != NULL) {
		json_string(w, "test", family->test);
		json_put_number(w, "groups_tested", (double)family->n_groups);
		json_put_number(w, "chi2", family->chi2);
		json_put_number(w, "df", family->df);
		json_put_number(w, "p", family->p);
		put_some(w, "replicates", family->replicates,
		    family->replicates > 0);
		put_some(
		    w, "cramers_v", family->cramers_v, family->has_cramers_v);
	}
	json_string(w, "adjustment", family->adjustment);
	json_put_number(w, "tests", (double)family->n_tests);
	json_open(w, "pairs", '[');
	for (const struct disparity *d = family->first; d != NULL; d = d->next)
		put_disparity(w, d);
	json_close(w, ']');
	json_close(w, '}');
}
