#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "app/session.h"
#include "base/json_write.h"
#include "store/compare.h"
#include "store/ledger.h"

/*
 * `dossier diff`: what changed between two runs on record, and why, by what
 * the ledger kept of them.
 */

static const struct option_spec specs[] = { SESSION_OPTIONS,
	{ "output", 'o', "DIR", "output root (default: reports)" },
	{ "ledger", 0, "FILE", "ledger (default: ledger.db in the output)" },
	{ "format", 'f', "FORMAT", "text or json (default: text)" },
	{ NULL, 0, NULL, NULL } };

static const struct pos nowhere = { NULL, 0, 0 };

struct comparison {
	struct session session;
	struct ledger *ledger;
	struct run_list runs; /* newest first */
	struct history before, now;
	bool is_json;
};

static int
offend(struct comparison *c, const char *what, const char *word)
{
	diag_add(&c->session.diags, DIAG_USAGE, nowhere, "%s%s%s", what,
	    word[0] != '\0' ? ": " : "", word);
	return -1;
}

/* The place of a run by its id or by how that begins; -1 with the reason. */
static long
find_run(struct comparison *c, const char *id)
{
	size_t n = strlen(id);
	long found = -1;

	for (size_t i = 0; i < c->runs.n; i++) {
		if (strncmp(c->runs.runs[i].id, id, n) != 0)
			continue;
		if (c->runs.runs[i].id[n] == '\0')
			return (long)i;
		if (found != -1)
			return offend(c,
			    "several runs begin so (see dossier history)", id);
		found = (long)i;
	}
	if (found == -1)
		offend(c, "no such run (see dossier history)", id);
	return found;
}

/* What the ledger knows of a run is what the run behind it was told. */
static int
load(struct comparison *c, long at, struct history *out)
{
	return ledger_history(c->ledger,
	    at > 0 ? c->runs.runs[at - 1].id : NULL, &c->session.arena, out,
	    &c->session.diags);
}

static int
load_runs(struct comparison *c)
{
	struct session *s = &c->session;
	long before = 1, now = 0;

	if (ledger_open(&c->ledger, session_ledger(s), true, &s->diags) == -1 ||
	    ledger_runs(c->ledger, 0, &s->arena, &c->runs, &s->diags) == -1)
		return -1;
	if (s->options.n_operands > 2)
		return offend(c, "diff takes at most two runs", "");
	if (c->runs.n < 2)
		return offend(c, "there are no two runs to compare", "");
	if (s->options.n_operands > 0)
		before = find_run(c, s->options.operands[0]);
	if (s->options.n_operands > 1)
		now = find_run(c, s->options.operands[1]);
	if (before == -1 || now == -1)
		return -1;
	return load(c, before, &c->before) == 0 && load(c, now, &c->now) == 0 ?
	    0 :
	    -1;
}

static const char *
or_none(const char *text)
{
	return text != NULL && text[0] != '\0' ? text : "nothing";
}

static void
put_text(struct text *out, const struct change *change)
{
	if (change->model != NULL) {
		text_put_shown(out, change->model, strlen(change->model));
		text_puts(out, ": ");
	}
	text_put_shown(
	    out, or_none(change->what), strlen(or_none(change->what)));
	text_puts(out, "\n    ");
	text_put_shown(
	    out, or_none(change->before), strlen(or_none(change->before)));
	text_puts(out, " becomes ");
	text_put_shown(out, or_none(change->now), strlen(or_none(change->now)));
	text_printf(out, " (%s)\n", cause_word(change->cause));
}

static void
put_change(struct json_writer *w, const struct change *change)
{
	json_open(w, NULL, '{');
	json_string_or_null(w, "model", change->model);
	json_string_or_null(w, "what", change->what);
	json_string_or_null(w, "before", change->before);
	json_string_or_null(w, "now", change->now);
	json_string(w, "cause", cause_word(change->cause));
	json_string_or_null(w, "finding", change->verdict);
	json_close(w, '}');
}

static void
put_json(struct text *out, const struct comparison *c,
    const struct change_list *list)
{
	struct json_writer w = { .out = out, .flat = 3 };

	json_open(&w, NULL, '{');
	json_number(&w, "version", 1);
	json_string(&w, "before", c->before.before.id);
	json_string(&w, "now", c->now.before.id);
	json_open(&w, "changes", '[');
	for (size_t i = 0; i < list->n; i++)
		put_change(&w, &list->changes[i]);
	json_close(&w, ']');
	json_close(&w, '}');
}

static void
print(const struct comparison *c, const struct change_list *list)
{
	struct text out = { 0 };

	if (c->is_json) {
		put_json(&out, c, list);
	} else {
		text_printf(&out, "%s to %s: %zu %s\n", c->before.before.id,
		    c->now.before.id, list->n,
		    list->n == 1 ? "change" : "changes");
		for (size_t i = 0; i < list->n; i++)
			put_text(&out, &list->changes[i]);
	}
	fputs(text_str(&out), stdout);
	text_free(&out);
}

static int
compare(struct comparison *c)
{
	const char *format = options_get(&c->session.options, "format");
	struct change_list list = { NULL, 0 };
	struct compare_run now;

	c->is_json = format != NULL && strcmp(format, "json") == 0;
	if (format != NULL && !c->is_json && strcmp(format, "text") != 0) {
		offend(c, "diff prints text or json, not", format);
		return STATUS_USAGE;
	}
	if (load_runs(c) == -1)
		return STATUS_USAGE;
	now = (struct compare_run){ &c->now.before, c->now.models,
		c->now.n_models };
	ledger_compare(&c->before, &now, &c->session.arena, &list);
	print(c, &list);
	return list.n > 0 ? STATUS_FINDINGS : STATUS_OPEN;
}

int
command_diff(int argc, char **argv)
{
	struct comparison c = { .ledger = NULL };
	int status = session_open(&c.session, specs, argc, argv, SESSION_HERE);

	if (status == -1)
		status = compare(&c);
	ledger_close(c.ledger);
	return session_close(&c.session, status);
}
