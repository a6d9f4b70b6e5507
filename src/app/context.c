#include "app/context.h"

#include "app/profile.h"

#include <string.h>

#include "app/coverage.h"
#include "app/explain.h"
#include "base/date.h"
#include "check/chapter.h"

/* "1(a)" of "Annex IV, point 1(a)"; "(c)" of "Art. 27(1)(c)". */
static const char *
number_of(const struct obligation *obligation)
{
	const char *point = strstr(obligation->reference, "point ");
	const char *bracket = strrchr(obligation->reference, '(');

	if (point != NULL)
		return point + 6;
	return bracket != NULL ? bracket : obligation->reference;
}

/* What follows a heading such as "Development: " or "FRIA: ". */
static const char *
subject_of(struct arena *arena, const struct obligation *obligation)
{
	const char *colon = strstr(obligation->paraphrase, ": ");
	char *subject;

	subject = arena_str(arena,
	    colon != NULL && colon - obligation->paraphrase < 16 ?
		colon + 2 :
		obligation->paraphrase);
	if (subject[0] >= 'a' && subject[0] <= 'z')
		subject[0] = (char)(subject[0] - 'a' + 'A');
	return subject;
}

static bool
is_point(const struct obligation *obligation)
{
	return strncmp(obligation->id, "annex-iv.", 9) == 0 ||
	    strncmp(obligation->id, "art-27.1.", 9) == 0;
}

static void
set_points(
    struct context *out, struct arena *arena, const struct catalogue *catalogue)
{
	struct point *points =
	    arena_array(arena, catalogue->n_obligations, sizeof(*points));
	size_t n = 0;

	for (size_t i = 0; i < catalogue->n_obligations; i++) {
		const struct obligation *o = &catalogue->obligations[i];

		if (!is_point(o))
			continue;
		points[n++] = (struct point){ o->id, number_of(o),
			subject_of(arena, o), o->provision };
	}
	out->points = points;
	out->n_points = n;
}

static void
set_rules(
    struct context *out, struct arena *arena, const struct catalogue *catalogue)
{
	struct rule_line *lines =
	    arena_array(arena, catalogue->n_rules, sizeof(*lines));

	for (size_t i = 0; i < catalogue->n_rules; i++) {
		const struct rule *rule = &catalogue->rules[i];

		lines[i] =
		    (struct rule_line){ rule->id, rule->title, rule->provision,
			    arena_printf(arena, "%s; %s",
				explain_words(
				    arena, catalogue->tiers, rule->tier_text),
				explain_words(
				    arena, catalogue->roles, rule->duty_text)),
			    rule->sentence,
			    rule->severity == DIAG_ERROR       ? "blocks" :
				rule->severity == DIAG_WARNING ? "warns" :
								 "note",
			    rule->applies[TIER_ANNEX_III] };
	}
	out->rules = lines;
	out->n_rules = catalogue->n_rules;
}

void
context_make_gate(struct context *out, const struct pipeline *pipeline,
    const struct run_info *run)
{
	*out = (struct context){
		.organisation = pipeline->config->organisation,
		.pack = pipeline->catalogue.pack,
		.policy = &pipeline->config->policy,
		.run = run,
	};
}

void
context_make(struct context *out, struct arena *arena,
    const struct pipeline *pipeline, const struct run_info *run,
    const struct history *history)
{
	context_make_gate(out, pipeline, run);
	out->history = history;
	out->profile = profile_text(
	    &pipeline->config->policy.profile, &pipeline->catalogue, arena);
	set_points(out, arena, &pipeline->catalogue);
	set_rules(out, arena, &pipeline->catalogue);
}

/* The days of an entry: one, or of Annex III and of Annex I systems. */
static void
set_days(struct provision_line *line, const struct value *applies)
{
	const char *first = NULL, *second = NULL;

	line->applies_from = line->annex_i_from = DATE_NONE;
	if (applies == NULL)
		return;
	first = applies->kind == VALUE_MAP ? value_text(applies, "annex-iii") :
					     applies->text;
	second = value_text(applies, "annex-i");
	if (first != NULL)
		date_read(first, strlen(first), &line->applies_from);
	if (second != NULL)
		date_read(second, strlen(second), &line->annex_i_from);
}

static void
set_provision(struct provision_line *line, struct arena *arena,
    const struct coverage_row *row)
{
	const struct obligation *o = row->obligation;
	size_t n;

	*line = (struct provision_line){ .id = o->id,
		.chapter = law_chapters(&n)[row->chapter].title,
		.provision = o->provision,
		.paraphrase = o->paraphrase,
		.holders = coverage_list(arena, o->entry, "holders", ", "),
		.tiers = coverage_list(arena, o->entry, "tiers", ", "),
		.gate = o->gate,
		.covered = coverage_word(row->kind),
		.covered_by = row->n_rules > 0 ?
		    coverage_rules(arena, row, ", ") :
		    row->because,
		.is_gap = row->gap != NULL };
	set_days(line, value_get(o->entry, "applies"));
}

void
context_add_provisions(
    struct context *out, struct arena *arena, const struct catalogue *catalogue)
{
	struct provision_line *lines;
	struct coverage coverage;

	coverage_of(&coverage, arena, catalogue);
	lines = arena_array(arena, coverage.n, sizeof(*lines));
	for (size_t i = 0; i < coverage.n; i++)
		set_provision(&lines[i], arena, &coverage.rows[i]);
	out->provisions = lines;
	out->n_provisions = coverage.n;
}
