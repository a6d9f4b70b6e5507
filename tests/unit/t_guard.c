#include "imports.h"
#include "measure/figures.h"
#include "measure/guard.h"

/*
 * What several files tell together: each promise of measure/guard.h.  Groups
 * below 10 rows are small.
 */

enum { MOST = 4, MIN_REPORT = 10 };

struct files {
	struct arena arena;
	struct diag_list diags;
	struct import read[MOST];
	size_t n;
};

static void
add(struct files *files, const char *bytes)
{
	const struct measure_options options = { .confidence = 0.95 };
	struct source source;

	files->diags.arena = &files->arena;
	source_of_bytes(&source, "in.csv", bytes, strlen(bytes));
	CHECK_INT(measure_import(&files->read[files->n++], &files->arena,
		      &source, &options, &files->diags),
	    0);
}

/* Guard them together, and see the figures of all. */
static void
shows(struct files *files, const char *figures, const char *diags)
{
	struct guard_source sources[MOST];
	struct trial t = { .rc = 0 };

	for (size_t i = 0; i < files->n; i++)
		sources[i] = (struct guard_source){ &files->read[i].figures,
			&files->read[i].whole, files->read[i].tables,
			files->read[i].n_tables };
	CHECK_INT(guard_sources(sources, files->n, &files->arena, MIN_REPORT,
		      &files->diags),
	    0);
	for (size_t i = 0; i < files->n; i++)
		figure_join(&t.out, &files->read[i].figures);
	t.diags = files->diags;
	check_figures(&t, figures);
	check_diags(&t, diags);
	arena_free(&files->arena);
}

#define HIDDEN "n hidden (fewer than 10 rows)\n"
#define GUARDS "n hidden (guards a group that is smaller)\n"

/* f*y follows from f - f*o, so with the second file f*o is hidden too. */
static void
hides_what_two_files_tell(void)
{
	static const char cells[] = "sex,age,n,fpr\nf,o,97,0.5\nf,y,3,0.5\n"
				    "m,o,50,0.5\nm,y,60,0.5\n";
	struct files alone = { .n = 0 }, both = { .n = 0 };

	add(&alone, cells);
	shows(&alone,
	    "sex*age f*o false_positive_rate 0.5 n 97 reference ratio 1"
	    " difference 0\n"
	    "sex*age f*y false_positive_rate " HIDDEN
	    "sex*age m*o false_positive_rate " GUARDS
	    "sex*age m*y false_positive_rate 0.5 n 60 ratio 1"
	    " difference 0\n",
	    "");
	add(&both, cells);
	add(&both, "sex,n,fpr\nf,100,0.5\nm,110,0.5\n");
	shows(&both,
	    "sex*age f*o false_positive_rate n hidden (guards a group that is"
	    " smaller) reference\n"
	    "sex*age f*y false_positive_rate " HIDDEN
	    "sex*age m*o false_positive_rate 0.5 n 50\n"
	    "sex*age m*y false_positive_rate 0.5 n 60\n"
	    "sex f false_positive_rate 0.5 n 100 ratio 1 difference 0\n"
	    "sex m false_positive_rate 0.5 n 110 reference ratio 1"
	    " difference 0\n",
	    "");
}

/* What one file hides of a group, another does not show. */
static void
hides_in_every_file(void)
{
	struct files files = { .n = 0 };

	add(&files, "sex,n,fpr\nf,100,0.5\nm,9,0.5\nx,20,0.5\n");
	add(&files, "sex,n,fnr\nf,100,0.5\nx,20,0.5\n");
	add(&files, "sex,fdr\nf,0.5\n");
	shows(&files,
	    "sex f false_positive_rate 0.5 n 100 reference ratio 1"
	    " difference 0\n"
	    "sex m false_positive_rate " HIDDEN
	    "sex x false_positive_rate " GUARDS
	    "sex f false_negative_rate 0.5 n 100 reference ratio 1"
	    " difference 0\n"
	    "sex x false_negative_rate " GUARDS
	    "sex f false_discovery_rate n hidden (the number of its rows is"
	    " not stated)\n",
	    "");
}

/* Another number of rows is another population. */
static void
guards_other_rows_apart(void)
{
	struct files files = { .n = 0 };

	add(&files, "sex,n,fpr\nf,100,0.5\nm,9,0.5\nx,20,0.5\n");
	add(&files, "sex,n,fpr\nf,100,0.5\nm,90,0.5\nx,20,0.5\n");
	shows(&files,
	    "sex f false_positive_rate 0.5 n 100 reference ratio 1"
	    " difference 0\n"
	    "sex m false_positive_rate " HIDDEN
	    "sex x false_positive_rate " GUARDS
	    "sex f false_positive_rate 0.5 n 100 reference ratio 1"
	    " difference 0\n"
	    "sex m false_positive_rate 0.5 n 90 ratio 1 difference 0\n"
	    "sex x false_positive_rate 0.5 n 20 ratio 1 difference 0\n",
	    "");
}

/* The figures of 5 rows in no group would follow from those of the rest. */
static void
guards_rows_in_no_group(void)
{
	struct files files = { .n = 0 };

	add(&files, "group,n,fpr\n(overall),105,0.5\nf,60,0.5\nm,40,0.5\n");
	shows(&files,
	    " (overall) false_positive_rate 0.5 n 105\n"
	    "group f false_positive_rate 0.5 n 60 reference ratio 1"
	    " difference 0\n"
	    "group m false_positive_rate n 40 (guards a group that is"
	    " smaller)\n",
	    "");
}

/* Nor may it be told what an intersection leaves out of a margin. */
static void
guards_rows_that_no_part_lists(void)
{
	struct files files = { .n = 0 };

	add(&files,
	    "attribute,group,n,fpr\nsex,f,100,0.5\nsex,m,110,0.5\n"
	    "sex*age,f*o,97,0.5\nsex*age,m*o,50,0.5\nsex*age,m*y,60,0.5\n");
	shows(&files,
	    "sex f false_positive_rate 0.5 n 100 ratio 1 difference 0\n"
	    "sex m false_positive_rate 0.5 n 110 reference ratio 1"
	    " difference 0\n"
	    "sex*age f*o false_positive_rate n hidden (guards a group that is"
	    " smaller) reference\n"
	    "sex*age m*o false_positive_rate 0.5 n 50\n"
	    "sex*age m*y false_positive_rate 0.5 n 60\n",
	    "");
}

/* They are no group, whatever a group is called. */
static void
tells_the_rest_from_names(void)
{
	struct files files = { .n = 0 };

	add(&files,
	    "attribute,group,n,fpr\n,,112,0.5\na*b,*,9,0.5\na*b,x*y,50,0.5\n");
	shows(&files,
	    " (overall) false_positive_rate 0.5 n 112\n"
	    "a*b * false_positive_rate " HIDDEN
	    "a*b x*y false_positive_rate n hidden (guards a group that is"
	    " smaller) reference\n",
	    "");
}

static void
reports_too_many_rows(void)
{
	struct files files = { .n = 0 };

	add(&files, "group,n,fpr\n(overall),90,0.5\nf,60,0.5\nm,40,0.5\n");
	shows(&files,
	    " (overall) false_positive_rate 0.5 n 90\n"
	    "group f false_positive_rate 0.5 n 60 reference ratio 1"
	    " difference 0\n"
	    "group m false_positive_rate 0.5 n 40 ratio 1 difference 0\n",
	    "3:6 METRIC_VALUE the groups of group have 100 rows, the whole"
	    " 90\n");
}

static void
hides_a_small_whole(void)
{
	struct files files = { .n = 0 };

	add(&files, "group,n,fpr\n(overall),9,0.5\n");
	shows(&files, " (overall) false_positive_rate " HIDDEN, "");
}

/* The counts of a group are marked like its figures. */
static void
marks_tables(void)
{
	static const char counts[] = "attribute_name,attribute_value,fp,fn,"
				     "tn,tp\nsex,f,1,1,1,1\nsex,m,9,9,9,9\n"
				     "sex,x,3,3,3,3\n";
	struct files files = { .n = 0 };
	struct guard_source source;
	const struct group *groups;

	add(&files, counts);
	source = (struct guard_source){ &files.read[0].figures,
		&files.read[0].whole, files.read[0].tables, 1 };
	CHECK_INT(
	    guard_sources(&source, 1, &files.arena, MIN_REPORT, &files.diags),
	    0);
	groups = files.read[0].tables[0].groups;
	CHECK(groups[0].is_withheld && groups[0].n_is_withheld);
	CHECK(!groups[1].is_withheld && !groups[1].n_is_withheld);
	CHECK(groups[2].is_withheld && groups[2].n_is_withheld);
	CHECK(!files.read[0].whole.groups[0].is_withheld);
	CHECK_STR(files.read[0].tables[0].reference->name, "m");
	arena_free(&files.arena);
}

/* Nothing is hidden where there is no minimum; no source is none. */
static void
hides_nothing_unasked(void)
{
	struct files files = { .n = 0 };
	struct guard_source source;

	add(&files, "sex,n,fpr\nf,1,0.5\n");
	source = (struct guard_source){ .figures = &files.read[0].figures };
	CHECK_INT(guard_sources(&source, 1, &files.arena, 0, &files.diags), 0);
	CHECK_INT(files.read[0].figures.first->state, FIGURE_DEFINED);
	CHECK_INT(
	    guard_sources(NULL, 0, &files.arena, MIN_REPORT, &files.diags), 0);
	arena_free(&files.arena);
}

int
main(void)
{
	hides_what_two_files_tell();
	hides_in_every_file();
	guards_other_rows_apart();
	guards_rows_in_no_group();
	guards_rows_that_no_part_lists();
	tells_the_rest_from_names();
	reports_too_many_rows();
	hides_a_small_whole();
	marks_tables();
	hides_nothing_unasked();
	return tap_done();
}
