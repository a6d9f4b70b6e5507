#include "app/coverage.h"

#include <string.h>

#include "check/chapter.h"

/*
 * The table as a manual page, dossier-coverage(7), in mdoc.  It is made with
 * the program and installed with it, so that it cannot fall behind the rules.
 */

static const char *const months[] = { "January", "February", "March", "April",
	"May", "June", "July", "August", "September", "October", "November",
	"December" };

static const char *const said[COVERAGE_KINDS] = { "By rules",
	"By a signed judgement", "By dated evidence", "Not asked", "Open" };

static const char head[] =
    ".Dt DOSSIER-COVERAGE 7\n"
    ".Os\n"
    ".Sh NAME\n"
    ".Nm dossier-coverage\n"
    ".Nd how dossier covers each provision of the EU AI Act\n"
    ".Sh DESCRIPTION\n"
    "Every provision that\n"
    ".Xr dossier 1\n"
    "knows of, in the order of the law: who owes it, for which tiers, from\n"
    "which day, what a program can see of it, and by which rules it is asked.\n"
    "Where no rule can ask it, the reason stands instead.\n"
    ".Dl dossier explain RULE\n"
    "tells what a rule asks, and\n"
    ".Dl dossier rules coverage\n"
    "prints this page as a table.\n"
    ".Pp\n"
    "A provision covered by a judgement has rules that together ask a "
    "decision,\n"
    "its reason, who took it and when; one covered by evidence has rules that\n"
    "ask a file and its date, to which the run adds the digest of the file.\n"
    "Nothing here says that a system conforms to the law.\n";

/* Append a text that roff takes as text, whatever it begins with or holds. */
static void
put_roff(struct text *out, const char *words)
{
	if (words[0] == '.' || words[0] == '\'')
		text_puts(out, "\\&");
	for (; *words != '\0'; words++) {
		if (*words == '\\')
			text_puts(out, "\\e");
		else if (*words == '"')
			text_puts(out, "\\(dq");
		else
			text_putc(out, *words);
		/* An abbreviation or not: no sentence of roff ends here. */
		if (words[0] == '.' && words[1] == ' ')
			text_puts(out, "\\&");
	}
}

static void
put_day(struct text *out, date reviewed)
{
	char day[DATE_SIZE];

	date_write(reviewed, day);
	if (day[0] == '\0')
		text_puts(out, ".Dd $Mdocdate$\n");
	else
		text_printf(out, ".Dd %s %d, %.4s\n",
		    months[(day[5] - '0') * 10 + day[6] - '0' - 1],
		    (day[8] - '0') * 10 + day[9] - '0', day);
}

static void
put_counts(struct text *out, const struct coverage *coverage)
{
	size_t counts[COVERAGE_KINDS] = { 0 };

	for (size_t i = 0; i < coverage->n; i++)
		counts[coverage->rows[i].kind]++;
	text_printf(out,
	    ".Pp\nOf %zu provisions %zu are covered by rules, %zu by a signed "
	    "judgement, %zu by dated evidence;\n%zu cannot be asked",
	    coverage->n, counts[COVERAGE_RULES], counts[COVERAGE_JUDGEMENT],
	    counts[COVERAGE_EVIDENCE], counts[COVERAGE_INFORMATION]);
	if (coverage->n_gaps > 0)
		text_printf(out,
		    ".\nFor %zu something that is due is asked by no rule yet",
		    coverage->n_gaps);
	text_puts(out, ".\n");
}

/* Who owes it, for which tiers, from when, and what can be seen. */
static void
put_facts(struct text *out, struct arena *arena, const struct coverage_row *row)
{
	const struct value *entry = row->obligation->entry;
	const char *days = coverage_applies(arena, entry);
	const char *bar = strchr(days, '|');

	text_puts(out, "Owed by: ");
	put_roff(out, coverage_list(arena, entry, "holders", ", "));
	text_puts(out, "; tier: ");
	put_roff(out, coverage_list(arena, entry, "tiers", ", "));
	if (bar != NULL)
		text_printf(out, "; from %.*s, for Annex I systems from %s",
		    (int)(bar - days), days, bar + 1);
	else
		text_printf(out, "; from %s", days);
	text_puts(out, "; to be seen: ");
	put_roff(out,
	    row->obligation->gate != NULL ? row->obligation->gate : "nothing");
	text_puts(out, ".\n");
}

static void
put_row(struct text *out, struct arena *arena, const struct coverage_row *row)
{
	const struct obligation *o = row->obligation;
	const char *by =
	    row->n_rules > 0 ? coverage_rules(arena, row, ", ") : row->because;

	text_puts(out, ".It Sy \"");
	put_roff(out, o->provision);
	text_puts(out, "\" Pq \"");
	put_roff(out, o->id);
	text_puts(out, "\"\n");
	put_roff(out, o->paraphrase != NULL ? o->paraphrase : o->reference);
	text_puts(out, ".\n.br\n");
	put_facts(out, arena, row);
	text_printf(out, ".br\n%s: ", said[row->kind]);
	put_roff(out, by != NULL ? by : row->gap);
	text_puts(out, ".\n");
	if (row->gap == NULL || by == NULL)
		return;
	text_puts(out, ".br\nGap: ");
	put_roff(out, row->gap);
	text_puts(out, ".\n");
}

void
coverage_write_man(struct text *out, struct arena *arena,
    const struct coverage *coverage, date reviewed)
{
	size_t n;
	const struct chapter *chapters = law_chapters(&n);

	put_day(out, reviewed);
	text_puts(out, head);
	put_counts(out, coverage);
	for (size_t i = 0; i < coverage->n; i++) {
		const struct coverage_row *row = &coverage->rows[i];

		if (i == 0 || row->chapter != row[-1].chapter)
			text_printf(out, "%s.Ss %s\n.Bl -tag -width Ds\n",
			    i > 0 ? ".El\n" : "", chapters[row->chapter].title);
		put_row(out, arena, row);
	}
	text_puts(out, coverage->n > 0 ? ".El\n" : "");
	text_puts(out, ".Sh SEE ALSO\n.Xr dossier 1 ,\n.Xr dossier-rules 7\n");
}
