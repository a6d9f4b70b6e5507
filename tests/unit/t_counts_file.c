#include "base/text.h"
#include "in_memory.h"
#include "measure/counts_file.h"
#include "measure/predictions.h"
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
	counts_file_init(&t->file, PREDICTION_BINARY, &t->arena, &t->diags);
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

/* What the rows of a file make, read by these columns. */
static void
measure(struct trial *t, const char *csv, const struct prediction_columns *by,
    struct predictions *out)
{
	const struct scan_input input = in_memory(csv, strlen(csv));

	CHECK_INT(measure_prediction_rows(
		      out, &t->arena, &input, by, &options, &t->diags),
	    0);
}

/* Count rows: the file of counts. */
static const char *
count(struct trial *t, const char *csv, const struct prediction_columns *by)
{
	const struct scan_input input = in_memory(csv, strlen(csv));

	CHECK_INT(counts_file_rows(&t->file, &input, by), 0);
	return written(t);
}

/* The columns of a file of counts, for the same tables. */
static struct prediction_columns
columns_of_counts(struct trial *t, const struct prediction_columns *by)
{
	struct prediction_columns counted = *by;

	counts_shape_columns(
	    &(struct counts_shape){ .has_score = t->file.has_score,
		.is_weighted = t->file.is_weighted },
	    &t->arena, &counted);
	return counted;
}

static void
makes_the_tables_of_rows(void)
{
	struct predictions direct, counted;
	struct prediction_columns of_counts;
	const char *counts;
	struct trial t;

	begin(&t);
	measure(&t, rows, &columns, &direct);
	counts = count(&t, rows, &columns);
	of_counts = columns_of_counts(&t, &columns);
	measure(&t, counts, &of_counts, &counted);
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

/* Rows with a score, of which the third has too many digits to round. */
static const char scored[] = "sex,y,s,w\n"
			     "f,1,0.7504,2\nf,1,0.7496,0.5\nf,,3e300,1\n"
			     "m,0,,1\nm,0,0.50,1\nm,0,0.5,4\n";

static void
counts_scores(void)
{
	static const char *const by[] = { "sex" };
	struct prediction_columns c = { .label = "y",
		.score = "s",
		.weight = "w",
		.threshold = 0.75,
		.attributes = by,
		.n_attributes = 1 };
	struct predictions direct, counted;
	struct trial t;
	const char *counts;

	begin(&t);
	measure(&t, scored, &c, &direct);
	counts = count(&t, scored, &c);
	CHECK_STR(counts,
	    "sex,label,prediction,score,n,weight,weight_square\n"
	    "f,,1,3e+300,1,1,1\n"
	    "f,1,0,0.7496,1,0.5,0.25\n"
	    "f,1,1,0.7504,1,2,4\n"
	    "m,0,,,1,1,1\n"
	    "m,0,0,0.5,2,5,17\n");
	c = columns_of_counts(&t, &c);
	measure(&t, counts, &c, &counted);
	same_groups(&direct.tables[0], &counted.tables[0]);
	for (size_t i = 0; i < 2; i++) {
		const struct distribution *a =
		    direct.tables[0].groups[i].scores;
		const struct distribution *b =
		    counted.tables[0].groups[i].scores;

		CHECK_INT(a->n, b->n);
		CHECK(memcmp(a->value, b->value, a->n * sizeof(double)) == 0);
		CHECK(memcmp(a->rows, b->rows, a->n * sizeof(a->rows[0])) == 0);
		CHECK(memcmp(a->weight, b->weight,
			  a->n * sizeof(a->weight[0])) == 0);
		CHECK_INT(a->n_missing[1], b->n_missing[1]);
	}
	arena_free(&t.arena);
}

/* A rounded score keeps the selection of the one that was. */
static void
rounds_scores(void)
{
	static const struct prediction_columns c = {
		.label = "y", .score = "s", .threshold = 0.75
	};
	struct trial t;

	begin(&t);
	t.file.grid = 100;
	CHECK_STR(count(&t, scored, &c),
	    "label,prediction,score_rounded_100,n\n"
	    ",1,3e+300,1\n"
	    "0,,,1\n"
	    "0,0,0.5,2\n"
	    "1,0,0.75,1\n"
	    "1,1,0.75,1\n");
	arena_free(&t.arena);
}

/* Classes are text, numbers are told apart as numbers. */
static void
counts_other_kinds(void)
{
	static const char other[] = "y,p\n7,7.0\n7.0,7\nNA,1\n";
	struct prediction_columns c = {
		.kind = PREDICTION_NUMBERS, .label = "y", .prediction = "p"
	};
	struct trial t;

	begin(&t);
	t.file.kind = PREDICTION_NUMBERS;
	CHECK_STR(count(&t, other, &c), "label,prediction,n\n,1,1\n7,7,2\n");
	CHECK_INT(add(&t, "label,prediction,n\n7.00,7,3\n"), 0);
	CHECK_STR(written(&t), "label,prediction,n\n,1,1\n7,7,5\n");
	arena_free(&t.arena);
	begin(&t);
	c.kind = t.file.kind = PREDICTION_CLASSES;
	CHECK_STR(count(&t, other, &c),
	    "label,prediction,n\n,1,1\n7,7.0,1\n7.0,7,1\n");
	CHECK_INT(add(&t, "label,prediction,n\n\"a,b\",7,3\nNA,1,1\n"), 0);
	CHECK_STR(written(&t),
	    "label,prediction,n\n,1,2\n7,7.0,1\n7.0,7,1\n\"a,b\",7,3\n");
	arena_free(&t.arena);
}

/* A header is that of counts when it ends so, whatever stands before. */
static void
knows_its_shape(void)
{
	static const struct {
		const char *header;
		bool is_counts, has_score, is_weighted;
		size_t n_attributes;
	} cases[] = { { "label,prediction,n\n", true, false, false, 0 },
		{ "score,label,prediction,n\n", true, false, false, 1 },
		{ "a,b,label,prediction,score,n\n", true, true, false, 2 },
		{ "a,label,prediction,score,n,weight,weight_square\n", true,
		    true, true, 1 },
		{ "label,prediction,n,weight,weight_square\n", true, false,
		    true, 0 },
		{ "a,label,prediction,score_rounded_1000,n\n", true, true,
		    false, 1 },
		{ "a,label,prediction,score_rounded_0,n\n", false, false, false,
		    0 },
		{ "a,label,prediction,score_rounded_x,n\n", false, false, false,
		    0 },
		{ "label,prediction,n,weight\n", false, false, false, 0 },
		{ "label,score,n\n", false, false, false, 0 },
		{ "label,prediction,n,x\n", false, false, false, 0 } };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct counts_shape shape;
		struct source source;
		struct trial t;
		bool is_counts;

		begin(&t);
		source_of_bytes(&source, "in.csv", cases[i].header,
		    strlen(cases[i].header));
		is_counts = counts_shape_of(
		    csv_header(csv_open(&t.arena, &source, &t.diags)), &shape);
		CHECK_INT(is_counts, cases[i].is_counts);
		if (is_counts) {
			CHECK_INT(shape.has_score, cases[i].has_score);
			CHECK_INT(shape.is_weighted, cases[i].is_weighted);
			CHECK_INT(shape.n_attributes, cases[i].n_attributes);
		}
		arena_free(&t.arena);
	}
}

int
main(void)
{
	adds_and_orders();
	keeps_weights();
	refuses();
	does_not_mix();
	makes_the_tables_of_rows();
	counts_scores();
	rounds_scores();
	counts_other_kinds();
	knows_its_shape();
	return tap_done();
}
