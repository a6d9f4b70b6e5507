#include "base/text.h"
#include "in_memory.h"
#include "measure/counts_file.h"
#include "tap.h"

/*
 * Counts files: what is added, what is refused, and that counts make the
 * tables which their rows make.
 */

struct trial {
	struct arena arena;
	struct diag_list diags;
	struct counts_file file;
};

static void
begin(struct trial *t)
{
	*t = (struct trial){ 0 };
	t->diags.arena = &t->arena;
	counts_file_init(&t->file, &t->arena, &t->diags);
}

static int
add(struct trial *t, const char *csv)
{
	struct source source;

	source_of_bytes(&source, "in.csv", csv, strlen(csv));
	return counts_file_add(&t->file, &source);
}

/* The file as it is written. */
static const char *
written(struct trial *t)
{
	struct text text = { 0 };
	const char *kept;

	counts_file_write(&text, &t->file);
	kept = arena_dup(&t->arena, text_str(&text), text.n);
	text_free(&text);
	return kept;
}

static void
adds_and_orders(void)
{
	struct trial t;

	begin(&t);
	CHECK_INT(add(&t,
		      "sex,age,label,prediction,n\n"
		      "m,old,1,1,3\nf,,0,1,2\nm,old,1,1,4\nf,old,,0,0\n"),
	    0);
	CHECK_INT(add(&t, "age,sex,label,prediction,n\nold,m,0,,5\n"), 0);
	CHECK_STR(written(&t),
	    "sex,age,label,prediction,n\n"
	    "f,,0,1,2\n"
	    "m,old,0,,5\n"
	    "m,old,1,1,7\n");
	CHECK(t.file.has_labels && t.file.has_predictions);
	arena_free(&t.arena);
}

static void
keeps_weights(void)
{
	struct trial t;

	begin(&t);
	CHECK_INT(add(&t,
		      "label,prediction,n,weight,weight_square\n"
		      "1,1,2,0.75,0.3125\n1,1,1,2,4\n"),
	    0);
	CHECK_STR(written(&t),
	    "label,prediction,n,weight,weight_square\n"
	    "1,1,3,2.75,4.3125\n");
	arena_free(&t.arena);
	begin(&t);
	CHECK_INT(add(&t,
		      "label,prediction,n,weight,weight_square\n"
		      "1,1,3,3e9,3e18\n1,1,2,1e9,1e18\n"),
	    0);
	CHECK_STR(written(&t),
	    "label,prediction,n,weight,weight_square\n"
	    "1,1,5,4000000000,4e+18\n");
	arena_free(&t.arena);
}

static void
refuses(void)
{
	static const char *const wrong[] = { "sex,label,n\nf,1,1\n",
		"sex,label,prediction,n\nf,maybe,1,1\n",
		"sex,label,prediction,n\nf,1,1,-1\n",
		"sex,label,prediction,n\nf,1,1,1.5\n",
		"sex,label,prediction,n\n(overall),1,1,1\n",
		"label,label,prediction,n\nf,1,1,1\n",
		"n,label,prediction,n,weight,weight_square\n1,1,1,1,1,1\n",
		"sex,label,prediction,n,weight,weight_square\nf,1,1,1,x,1\n",
		"label,prediction,n,weight,weight_square\n1,1,1,2e9,1\n",
		"label,prediction,n,weight,weight_square\n1,1,1,1,2e18\n",
		("label,prediction,n,weight,weight_square\n"
		 "1,1,10000000001,1,1\n"),
		"label,prediction,n\n1,1,9007199254740992\n1,0,1\n" };

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct trial t;

		begin(&t);
		CHECK_INT(add(&t, wrong[i]), -1);
		CHECK_INT(t.diags.n_errors, 1);
		arena_free(&t.arena);
	}
}

static void
does_not_mix(void)
{
	struct trial t;

	begin(&t);
	CHECK_INT(add(&t, "sex,label,prediction,n\nf,1,1,1\n"), 0);
	CHECK_INT(add(&t, "label,prediction,n\n1,1,1\n"), -1);
	CHECK_INT(add(&t, "sex,age,label,prediction,n\nf,old,1,1,1\n"), -1);
	CHECK_INT(add(&t,
		      "sex,label,prediction,n,weight,weight_square\n"
		      "f,1,1,1,1,1\n"),
	    -1);
	arena_free(&t.arena);
}

/* The rows of the counts below. */
static const char rows[] = "sex,age,y,p\n"
			   "f,old,1,1\nf,old,1,0\nf,,0,0\nm*,old,,1\n"
			   "m*,young,1,1\nm*,young,1,1\n,old,0,\n";

static const char *const tables[] = { "sex", "sex*age" };

static const struct prediction_columns columns = {
	.label = "y", .prediction = "p", .attributes = tables, .n_attributes = 2
};

static const struct measure_options options = { .confidence = 0.95 };

static void
same_groups(const struct group_table *a, const struct group_table *b)
{
	CHECK_INT(a->n, b->n);
	CHECK_INT(a->n_missing, b->n_missing);
	CHECK_INT(a->n_possible, b->n_possible);
	CHECK_INT(a->n_unobserved, b->n_unobserved);
	for (size_t i = 0; i < a->n && i < b->n; i++) {
		CHECK_STR(a->groups[i].name, b->groups[i].name);
		CHECK(memcmp(a->groups[i].counts.rows, b->groups[i].counts.rows,
			  sizeof(a->groups[i].counts.rows)) == 0);
		CHECK_INT(a->groups[i].is_missing, b->groups[i].is_missing);
	}
}

static void
makes_the_tables_of_rows(void)
{
	struct predictions direct, counted;
	const struct scan_input input = in_memory(rows, sizeof(rows) - 1);
	struct trial t;

	begin(&t);
	CHECK_INT(measure_prediction_rows(
		      &direct, &t.arena, &input, &columns, &options, &t.diags),
	    0);
	CHECK_INT(counts_file_rows(&t.file, &input, &columns), 0);
	CHECK_INT(
	    counts_file_tables(&counted, &t.file, "in.csv", &columns, &options),
	    0);
	CHECK_INT(counted.n_rows, 7);
	CHECK_INT(counted.n_no_label, direct.n_no_label);
	CHECK_INT(counted.n_no_prediction, direct.n_no_prediction);
	CHECK_INT(counted.n_tables, 2);
	same_groups(&direct.whole, &counted.whole);
	for (size_t i = 0; i < 2; i++) {
		same_groups(&direct.tables[i], &counted.tables[i]);
		CHECK_STR(counted.tables[i].reference->name,
		    direct.tables[i].reference->name);
	}
	arena_free(&t.arena);
}

int
main(void)
{
	adds_and_orders();
	keeps_weights();
	refuses();
	does_not_mix();
	makes_the_tables_of_rows();
	return tap_done();
}
