#include "base/text.h"
#include "measure/tally.h"
#include "tap.h"

/* Rows into groups: names, orders, what is missing, what is too much. */

struct trial {
	struct arena arena;
	struct tally tally;
	bool has_begun;
	struct group_table tables[5]; /* the first: the whole */
};

static void
begin(struct trial *t, bool weighted)
{
	*t = (struct trial){ 0 };
	tally_init(&t->tally, &t->arena, 4, 1, weighted);
}

static void
end(struct trial *t)
{
	arena_free(&t->arena);
}

/* Count a row of a weight with values in the columns 0 and 1. */
static const struct tally_table *
weighted_row(struct trial *t, const char *a, const char *b, enum cell which,
    double weight)
{
	const char *const texts[] = { a, b };
	unsigned char cell = (unsigned char)which;
	uint32_t numbers[2] = { 0 };
	const uint32_t *values[] = { &numbers[0], &numbers[1] };
	struct tally_rows rows = { 1, values, &cell, &weight, NULL, NULL };

	for (uint32_t i = 0; i < t->tally.n_columns; i++)
		numbers[i] =
		    tally_value(&t->tally, i, texts[i], strlen(texts[i]));
	if (!t->has_begun)
		tally_begin(&t->tally);
	t->has_begun = true;
	return tally_rows(&t->tally, &rows);
}

static const struct tally_table *
row(struct trial *t, const char *a, const char *b, enum cell cell)
{
	return weighted_row(t, a, b, cell, 1);
}

/* The groups of a table: "a=2 b=1". */
static void
check_groups(const struct group_table *table, const char *want)
{
	struct text got = { 0 };

	for (size_t i = 0; i < table->n; i++)
		text_printf(&got, "%s%s=%llu%s", i > 0 ? " " : "",
		    table->groups[i].name,
		    counts_rows(&table->groups[i].counts),
		    table->groups[i].is_missing ? "?" : "");
	CHECK_STR(text_str(&got), want);
	text_free(&got);
}

static void
counts_one_column(void)
{
	uint32_t columns[WITHHOLD_COLUMNS] = { 0 };
	struct trial t;

	begin(&t, false);
	columns[0] = tally_column(&t.tally, "sex");
	CHECK_INT(columns[0], 0);
	CHECK_INT(tally_column(&t.tally, "sex"), 0);
	tally_table(&t.tally, "sex", columns, 1);
	row(&t, "m", "", CELL_TP);
	row(&t, "f", "", CELL_FN);
	row(&t, "m", "", CELL_TN);
	row(&t, "", "", CELL_TN);
	tally_finish(&t.tally, t.tables);
	CHECK_STR(t.tables[1].attribute, "sex");
	check_groups(&t.tables[1], "(missing)=1? f=1 m=2");
	CHECK_INT(t.tables[1].groups[2].counts.rows[CELL_TP], 1);
	CHECK_INT(t.tables[1].groups[2].counts.rows[CELL_TN], 1);
	CHECK_INT(t.tables[1].n_missing, 1);
	CHECK_INT(t.tables[1].n_possible, 2);
	CHECK_INT(t.tables[1].n_unobserved, 0);
	CHECK_INT(counts_rows(&t.tables[0].groups[0].counts), 4);
	CHECK(!t.tables[1].groups[0].counts.weighted);
	end(&t);
}

/* Without a missing value there is no group of that name. */
static void
leaves_out_what_is_not_there(void)
{
	uint32_t columns[WITHHOLD_COLUMNS] = { 0 };
	struct trial t;

	begin(&t, false);
	columns[0] = tally_column(&t.tally, "sex");
	tally_table(&t.tally, "sex", columns, 1);
	row(&t, "b", "", CELL_TP);
	row(&t, "B", "", CELL_TP);
	row(&t, "a", "", CELL_TP);
	tally_finish(&t.tally, t.tables);
	check_groups(&t.tables[1], "B=1 a=1 b=1");
	CHECK_INT(t.tables[1].n_missing, 0);
	end(&t);
}

/* A value that no row was counted with is no group. */
static void
forgets_values_without_rows(void)
{
	uint32_t columns[WITHHOLD_COLUMNS] = { 0 };
	struct trial t;

	begin(&t, false);
	columns[0] = tally_column(&t.tally, "sex");
	tally_table(&t.tally, "sex", columns, 1);
	tally_value(&t.tally, 0, "x", 1);
	row(&t, "y", "", CELL_TP);
	tally_finish(&t.tally, t.tables);
	check_groups(&t.tables[1], "y=1");
	end(&t);
}

static void
counts_nothing(void)
{
	uint32_t columns[WITHHOLD_COLUMNS] = { 0 };
	struct trial t;

	begin(&t, false);
	columns[0] = tally_column(&t.tally, "sex");
	tally_table(&t.tally, "sex", columns, 1);
	tally_finish(&t.tally, t.tables);
	CHECK_INT(t.tables[1].n, 0);
	CHECK_INT(t.tables[1].n_possible, 0);
	CHECK_INT(t.tables[1].n_unobserved, 0);
	CHECK(group_table_largest(&t.tables[1], true) == NULL);
	end(&t);
}

static void
joins_columns(void)
{
	uint32_t both[WITHHOLD_COLUMNS] = { 0 }, turned[WITHHOLD_COLUMNS];
	struct trial t;

	begin(&t, false);
	both[0] = tally_column(&t.tally, "sex");
	both[1] = tally_column(&t.tally, "age");
	turned[0] = both[1];
	turned[1] = both[0];
	tally_table(&t.tally, "sex*age", both, 2);
	tally_table(&t.tally, "age*sex", turned, 2);
	tally_table(&t.tally, "age", both + 1, 1);
	row(&t, "m", "old", CELL_TP);
	row(&t, "f", "young", CELL_TP);
	row(&t, "", "young", CELL_TP);
	row(&t, "f", "", CELL_TP);
	row(&t, "", "", CELL_TP);
	row(&t, "f", "young", CELL_FP);
	tally_finish(&t.tally, t.tables);
	check_groups(&t.tables[1],
	    "(missing)*(missing)=1? (missing)*young=1? f*(missing)=1? "
	    "f*young=2 m*old=1");
	check_groups(&t.tables[2],
	    "(missing)*(missing)=1? (missing)*f=1? old*m=1 "
	    "young*(missing)=1? young*f=2");
	check_groups(&t.tables[3], "(missing)=2? old=1 young=3");
	CHECK_INT(t.tables[1].n_possible, 4);
	CHECK_INT(t.tables[1].n_unobserved, 2);
	CHECK_INT(t.tables[1].n_missing, 3);
	CHECK_INT(t.tables[2].n_columns, 2);
	CHECK_INT(t.tables[2].columns[0], turned[0]);
	end(&t);
}

/* The parts of a group tell the same value in every table. */
static void
numbers_values_alike(void)
{
	uint32_t both[WITHHOLD_COLUMNS] = { 0 };
	const struct group *joined, *single;
	struct trial t;

	begin(&t, false);
	both[0] = tally_column(&t.tally, "sex");
	both[1] = tally_column(&t.tally, "age");
	tally_table(&t.tally, "sex*age", both, 2);
	tally_table(&t.tally, "age", both + 1, 1);
	row(&t, "m", "old", CELL_TP);
	row(&t, "f", "young", CELL_TP);
	tally_finish(&t.tally, t.tables);
	joined = group_table_find(&t.tables[1], "f*young");
	single = group_table_find(&t.tables[2], "young");
	CHECK_INT(joined->parts[1], single->parts[0]);
	CHECK(group_table_find(&t.tables[1], "f*old") == NULL);
	end(&t);
}

static void
escapes_joined_names(void)
{
	uint32_t both[WITHHOLD_COLUMNS] = { 0 };
	struct trial t;

	begin(&t, false);
	both[0] = tally_column(&t.tally, "a");
	both[1] = tally_column(&t.tally, "b");
	tally_table(&t.tally, "a*b", both, 2);
	tally_table(&t.tally, "a", both, 1);
	row(&t, "x*", "y", CELL_TP);
	row(&t, "x", "*y", CELL_TP);
	row(&t, "x\\", "*y", CELL_TP);
	tally_finish(&t.tally, t.tables);
	check_groups(&t.tables[1], "x*\\*y=1 x\\**y=1 x\\\\*\\*y=1");
	check_groups(&t.tables[2], "x=1 x*=1 x\\=1");
	end(&t);
}

static void
weighs(void)
{
	static const cell_factors all = { [CELL_TP] = 1, [CELL_TN] = 1 };
	uint32_t columns[WITHHOLD_COLUMNS] = { 0 };
	struct trial t;

	begin(&t, true);
	columns[0] = tally_column(&t.tally, "sex");
	tally_table(&t.tally, "sex", columns, 1);
	CHECK(weighted_row(&t, "f", "", CELL_TP, 0.1) == NULL);
	CHECK(weighted_row(&t, "f", "", CELL_TN, 0.2) == NULL);
	tally_finish(&t.tally, t.tables);
	CHECK(t.tables[1].groups[0].counts.weighted);
	CHECK_INT(counts_rows(&t.tables[1].groups[0].counts), 2);
	CHECK_NUM(counts_total(&t.tables[1].groups[0].counts, all), 0.3, 1e-15);
	CHECK_NUM(counts_total(&t.tables[0].groups[0].counts, all), 0.3, 1e-15);
	end(&t);
}

/* More groups than are allowed are told by the row that brings them. */
static void
stops_at_its_limit(void)
{
	uint32_t both[WITHHOLD_COLUMNS] = { 0 };
	const struct tally_table *full = NULL;
	struct trial t;
	char value[16];
	int n = 0;

	begin(&t, false);
	both[0] = tally_column(&t.tally, "id");
	both[1] = tally_column(&t.tally, "age");
	tally_table(&t.tally, "id", both, 1);
	for (; full == NULL && n <= 2 * PREDICTION_GROUPS; n++) {
		snprintf(value, sizeof(value), "%d", n);
		full = row(&t, value, "", CELL_TP);
	}
	CHECK_INT(n, PREDICTION_GROUPS + 1);
	CHECK_STR(full->attribute, "id");
	end(&t);

	begin(&t, false);
	both[0] = tally_column(&t.tally, "id");
	both[1] = tally_column(&t.tally, "age");
	tally_table(&t.tally, "id*age", both, 2);
	full = NULL;
	for (n = 0; full == NULL && n <= 2 * PREDICTION_GROUPS; n++) {
		snprintf(value, sizeof(value), "%d", n);
		full = row(&t, value, "old", CELL_TP);
	}
	CHECK_INT(n, PREDICTION_COMBINATIONS + 1);
	end(&t);
}

/* Memory grows with the groups, not with the rows. */
static void
needs_no_memory_for_rows(void)
{
	uint32_t both[WITHHOLD_COLUMNS] = { 0 };
	struct trial t;
	size_t before;

	begin(&t, false);
	both[0] = tally_column(&t.tally, "sex");
	both[1] = tally_column(&t.tally, "age");
	tally_table(&t.tally, "sex", both, 1);
	tally_table(&t.tally, "sex*age", both, 2);
	row(&t, "f", "old", CELL_TP);
	row(&t, "m", "young", CELL_TP);
	before = t.arena.total;
	for (int i = 0; i < 100000; i++)
		row(&t, i % 2 ? "f" : "m", i % 2 ? "old" : "young", CELL_FP);
	CHECK_INT(t.arena.total, before);
	tally_finish(&t.tally, t.tables);
	CHECK_INT(t.tables[0].groups[0].counts.rows[CELL_FP], 100000);
	end(&t);
}

int
main(void)
{
	counts_one_column();
	leaves_out_what_is_not_there();
	forgets_values_without_rows();
	counts_nothing();
	joins_columns();
	numbers_values_alike();
	escapes_joined_names();
	weighs();
	stops_at_its_limit();
	needs_no_memory_for_rows();
	return tap_done();
}
