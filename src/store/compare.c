#include "store/compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"

#define ABSENT "No finding"

struct comparer {
	const struct history *history;
	const struct run_info *now;
	struct arena *arena;
	struct change *changes; /* on the heap while it grows */
	size_t n;
	size_t size;
};

/* What changes of one model have in common. */
struct subject {
	const struct summary *before; /* or NULL */
	const struct summary *now;    /* or NULL */
	enum cause cause;
};

static struct change *
add(struct comparer *comparer, const struct subject *subject,
    enum change_kind kind, const char *what)
{
	const struct summary *model =
	    subject->now != NULL ? subject->now : subject->before;
	struct change *change;

	if (comparer->n == comparer->size) {
		comparer->size = comparer->size > 0 ? 2 * comparer->size : 32;
		comparer->changes = memory_grow(
		    comparer->changes, comparer->size, sizeof(*change));
	}
	change = &comparer->changes[comparer->n++];
	*change = (struct change){ .kind = kind,
		.what = arena_str(comparer->arena, what),
		.cause = subject->cause,
		.status = STATUS_NOT_APPLICABLE };
	if (model != NULL) {
		change->model = arena_str(comparer->arena, model->id);
		change->model_name = arena_str(comparer->arena, model->name);
	}
	return change;
}

static void
set_words(struct comparer *comparer, struct change *change, const char *before,
    const char *now)
{
	change->before = arena_str(comparer->arena, before);
	change->now = arena_str(comparer->arena, now);
}

/* Why the run as a whole differs from the one before. */
static enum cause
run_cause(const struct comparer *comparer)
{
	const struct run_info *before = &comparer->history->before;
	const struct run_info *now = comparer->now;

	if (strcmp(before->pack, now->pack) != 0)
		return CAUSE_PACK;
	if (strcmp(before->policy, now->policy) != 0)
		return CAUSE_POLICY;
	if (strcmp(before->generator, now->generator) != 0)
		return CAUSE_PRODUCT;
	/* Waivers and limits can change under one version of the policy. */
	return before->as_of == now->as_of ? CAUSE_POLICY : CAUSE_DATE;
}

static enum status
gate_status(enum gate gate)
{
	return gate == GATE_OPEN ? STATUS_MET : STATUS_NOT_MET;
}

/* "Closed, 3 findings block". */
static const char *
gate_text(struct comparer *comparer, const struct summary *model)
{
	const char *word = gate_word(model->gate);

	if (model->gate != GATE_CLOSED)
		return word;
	return arena_printf(comparer->arena, "%s, %u finding%s", word,
	    model->blocking, model->blocking == 1 ? " blocks" : "s block");
}

static void
compare_gate(struct comparer *comparer, const struct subject *subject)
{
	struct change *change;

	if (subject->before->gate == subject->now->gate)
		return;
	change = add(comparer, subject, CHANGE_GATE, "Gate");
	change->status = gate_status(subject->now->gate);
	set_words(comparer, change, gate_text(comparer, subject->before),
	    gate_text(comparer, subject->now));
}

static void
compare_fact(struct comparer *comparer, const struct subject *subject,
    const char *what, const char *before, const char *now)
{
	if (strcmp(before, now) == 0)
		return;
	set_words(
	    comparer, add(comparer, subject, CHANGE_FACT, what), before, now);
}

/* "AIV-2G-SIGNED: evaluation.reports[1].signed_on". */
static const char *
verdict_text(struct comparer *comparer, const struct summary_verdict *verdict)
{
	if (verdict->path[0] == '\0')
		return verdict->rule;
	return arena_printf(
	    comparer->arena, "%s: %s", verdict->rule, verdict->path);
}

/* "Not provided: the intended purpose is not described". */
static const char *
status_text(struct comparer *comparer, const struct summary_verdict *verdict)
{
	const char *word = status_word(verdict->status);

	if (verdict->message[0] == '\0' || !summary_is_open(verdict->result))
		return word;
	return arena_printf(comparer->arena, "%s: %s", word, verdict->message);
}

static enum cause
verdict_cause(const struct subject *subject, const struct summary_verdict *now)
{
	if (now != NULL && now->result == VERDICT_WAIVED &&
	    subject->cause == CAUSE_DATE)
		return CAUSE_POLICY;
	return subject->cause;
}

static bool
is_open(const struct summary_verdict *verdict)
{
	return verdict != NULL && summary_is_open(verdict->result);
}

/* Compare a verdict before and now, of which one may be missing. */
static void
compare_verdict(struct comparer *comparer, const struct subject *subject,
    const struct summary_verdict *before, const struct summary_verdict *now)
{
	const struct summary_verdict *any = now != NULL ? now : before;
	enum change_kind kind = CHANGE_FINDING;
	struct change *change;

	if (!is_open(before) && !is_open(now))
		return;
	if (!is_open(before))
		kind = CHANGE_FINDING_NEW;
	else if (!is_open(now))
		kind = CHANGE_FINDING_CLOSED;
	else if (before->status == now->status && before->effect == now->effect)
		return;
	change = add(comparer, subject, kind, verdict_text(comparer, any));
	change->verdict = arena_str(comparer->arena, any->id);
	change->cause = verdict_cause(subject, now);
	change->status = now != NULL ? now->status : STATUS_MET;
	set_words(comparer, change,
	    before != NULL ? status_text(comparer, before) : ABSENT,
	    now != NULL ? status_text(comparer, now) : ABSENT);
}

/* Walk the verdicts before and now side by side. */
static void
compare_verdicts(struct comparer *comparer, const struct subject *subject)
{
	const struct summary *before = subject->before, *now = subject->now;
	size_t b = 0, n = 0;

	while (b < before->n_verdicts || n < now->n_verdicts) {
		int order = b == before->n_verdicts ?
		    1 :
		    n == now->n_verdicts ?
		    -1 :
		    strcmp(before->verdicts[b].id, now->verdicts[n].id);

		/* Of a model that cannot be read, the old findings stay. */
		if (order >= 0 || now->gate != GATE_UNREADABLE)
			compare_verdict(comparer, subject,
			    order <= 0 ? &before->verdicts[b] : NULL,
			    order >= 0 ? &now->verdicts[n] : NULL);
		b += order <= 0;
		n += order >= 0;
	}
}

/* Where a figure lies; two results of one zone are no change. */
static enum status
figure_status(enum figure_result result)
{
	switch (result) {
	case FIGURE_WITHIN:
		return STATUS_WITHIN_LIMIT;
	case FIGURE_NEAR:
		return STATUS_NEAR_LIMIT;
	case FIGURE_OUTSIDE:
		return STATUS_OUTSIDE_LIMIT;
	case FIGURE_NOT_TESTED:
		return STATUS_NOT_TESTED;
	default:
		return STATUS_NOT_APPLICABLE;
	}
}

/* "Outside limit: 0.214, ratio 0.71". */
static const char *
figure_text(struct comparer *comparer, const struct summary_figure *figure)
{
	const char *word = status_word(figure_status(figure->result));
	char value[NUM_SIZE], ratio[NUM_SIZE];

	if (isnan(figure->value))
		return word;
	num_write_fixed(figure->value, 3, value);
	if (isnan(figure->ratio))
		return arena_printf(comparer->arena, "%s: %s", word, value);
	num_write_fixed(figure->ratio, 2, ratio);
	return arena_printf(
	    comparer->arena, "%s: %s, ratio %s", word, value, ratio);
}

static void
compare_figure(struct comparer *comparer, const struct subject *subject,
    const struct summary_figure *before, const struct summary_figure *now)
{
	enum status old = figure_status(before->result);
	enum status new = figure_status(now->result);
	const char *what = metric_label(now->metric);
	struct change *change;

	if (old == new || old == STATUS_NOT_APPLICABLE ||
	    new == STATUS_NOT_APPLICABLE)
		return;
	if (now->attribute[0] != '\0')
		what = arena_printf(comparer->arena, "%s, %s: %s", what,
		    now->attribute, now->group);
	else if (now->group[0] != '\0')
		what =
		    arena_printf(comparer->arena, "%s, %s", what, now->group);
	change = add(comparer, subject, CHANGE_FIGURE, what);
	change->status = new;
	set_words(comparer, change, figure_text(comparer, before),
	    figure_text(comparer, now));
}

static void
compare_figures(struct comparer *comparer, const struct subject *subject)
{
	for (size_t i = 0; i < subject->now->n_figures; i++) {
		const struct summary_figure *now = &subject->now->figures[i];
		const struct summary_figure *before = summary_figure(
		    subject->before, now->attribute, now->group, now->metric);

		if (before != NULL)
			compare_figure(comparer, subject, before, now);
	}
}

static void
compare_both(struct comparer *comparer, struct subject *subject)
{
	const struct summary *before = subject->before, *now = subject->now;

	subject->cause = strcmp(before->inputs, now->inputs) != 0 ?
	    CAUSE_DATA :
	    run_cause(comparer);
	compare_gate(comparer, subject);
	compare_verdicts(comparer, subject);
	if (now->gate == GATE_UNREADABLE)
		return; /* what it says of itself cannot be relied on */
	compare_fact(
	    comparer, subject, "Version", before->version, now->version);
	compare_fact(comparer, subject, "Risk tier", before->tier, now->tier);
	compare_figures(comparer, subject);
}

/* Compare a model before and now, of which one may be missing. */
static void
compare_model(struct comparer *comparer, const struct summary *before,
    const struct summary *now)
{
	struct subject subject = { before, now, CAUSE_DATA };
	struct change *change;

	if (before != NULL && now != NULL) {
		compare_both(comparer, &subject);
	} else if (now != NULL) {
		change = add(comparer, &subject, CHANGE_MODEL_NEW, "New model");
		change->status = gate_status(now->gate);
		set_words(comparer, change, "Not in the portfolio",
		    gate_text(comparer, now));
	} else {
		change = add(
		    comparer, &subject, CHANGE_MODEL_REMOVED, "Removed model");
		set_words(comparer, change, gate_text(comparer, before),
		    "Not in the portfolio");
	}
}

static void
compare_version(struct comparer *comparer, enum cause cause, const char *before,
    const char *now)
{
	static const char *const names[] = { [CAUSE_PACK] = "Schema pack",
		[CAUSE_POLICY] = "Policy",
		[CAUSE_PRODUCT] = "Program" };
	struct subject subject = { NULL, NULL, cause };

	if (strcmp(before, now) == 0)
		return;
	set_words(comparer, add(comparer, &subject, CHANGE_RUN, names[cause]),
	    before, now);
}

static void
compare_run(struct comparer *comparer)
{
	const struct run_info *before = &comparer->history->before;
	const struct run_info *now = comparer->now;

	compare_version(comparer, CAUSE_PACK, before->pack, now->pack);
	compare_version(comparer, CAUSE_POLICY, before->policy, now->policy);
	compare_version(
	    comparer, CAUSE_PRODUCT, before->generator, now->generator);
}

/* Changes of the run first, then worst first, then by model and subject. */
static int
compare_changes(const void *a, const void *b)
{
	const struct change *left = a;
	const struct change *right = b;
	int order;

	if ((left->kind == CHANGE_RUN) != (right->kind == CHANGE_RUN))
		return left->kind == CHANGE_RUN ? -1 : 1;
	if (left->kind == CHANGE_RUN)
		return (left->cause > right->cause) -
		    (left->cause < right->cause);
	if (left->status != right->status)
		return left->status < right->status ? -1 : 1;
	order = strcmp(left->model, right->model);
	if (order == 0 && left->kind != right->kind)
		order = left->kind < right->kind ? -1 : 1;
	if (order == 0)
		order = strcmp(left->what, right->what);
	if (order == 0 && left->verdict != NULL && right->verdict != NULL)
		order = strcmp(left->verdict, right->verdict);
	return order;
}

/* Sort what was found and hand it over. */
static void
finish(struct comparer *comparer, struct change_list *out)
{
	out->n = comparer->n;
	out->changes =
	    arena_array(comparer->arena, out->n, sizeof(*out->changes));
	if (out->n > 0) {
		qsort(comparer->changes, out->n, sizeof(*out->changes),
		    compare_changes);
		memcpy(out->changes, comparer->changes,
		    out->n * sizeof(*out->changes));
	}
	free(comparer->changes);
}

void
ledger_compare_model(const struct history *history, const struct run_info *now,
    const struct summary *model, struct arena *arena, struct change_list *out)
{
	struct comparer comparer = {
		.history = history, .now = now, .arena = arena
	};

	if (history != NULL && !history->is_first)
		compare_model(
		    &comparer, history_model(history, model->id), model);
	finish(&comparer, out);
}

/* Walk the models before and now side by side. */
static void
compare_models(
    struct comparer *comparer, const struct summary *models, size_t n_models)
{
	const struct history *history = comparer->history;
	size_t b = 0, n = 0;

	while (b < history->n_models || n < n_models) {
		int order = b == history->n_models ? 1 :
		    n == n_models                  ? -1 :
				    strcmp(history->models[b].id, models[n].id);

		compare_model(comparer, order <= 0 ? &history->models[b] : NULL,
		    order >= 0 ? &models[n] : NULL);
		b += order <= 0;
		n += order >= 0;
	}
}

void
ledger_compare(const struct history *history, const struct compare_run *now,
    struct arena *arena, struct change_list *out)
{
	struct comparer comparer = {
		.history = history, .now = now->run, .arena = arena
	};

	if (history != NULL && !history->is_first) {
		compare_run(&comparer);
		compare_models(&comparer, now->models, now->n_models);
	}
	finish(&comparer, out);
}
