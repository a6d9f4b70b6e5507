#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "measure/predictions.h"
#include "read/scan.h"

/*
 * Rows a second.  `bench_rows make FILE N` writes predictions that look like
 * those of a model of credits; `bench_rows count FILE [plain]` measures them
 * by three attributes and an intersection, and prints the seconds of the
 * processor; plain: without the instructions that not every processor has.
 */

static unsigned
next_random(unsigned long long *state)
{
	*state = *state * 6364136223846793005ull + 1442695040888963407ull;
	return (unsigned)(*state >> 33);
}

static int
make(const char *path, unsigned long n)
{
	static const char *const races[] = { "White", "Black", "Asian",
		"Hispanic", "Other", "African-American" };
	unsigned long long state = 42;
	FILE *out = fopen(path, "w");

	if (out == NULL)
		return 1;
	fprintf(out, "id,y_true,y_pred,score,weight,sex,race,age\n");
	for (unsigned long i = 1; i <= n; i++) {
		unsigned score = next_random(&state) % 1000001;

		fprintf(out, "%lu,%u,%d,%u.%06u,%u.%u,%s,%s,%u\n", i,
		    next_random(&state) % 3 == 0, score >= 500000,
		    score / 1000000, score % 1000000,
		    next_random(&state) % 3 + 1, next_random(&state) % 10,
		    next_random(&state) % 2 ? "female" : "male",
		    races[next_random(&state) % 6],
		    18 + next_random(&state) % 70);
	}
	return fclose(out) == 0 ? 0 : 1;
}

static int
count(int argc, char *argv[])
{
	static const char *const attributes[] = { "sex", "race", "age",
		"sex*race" };
	const struct prediction_columns columns = { .label = "y_true",
		.prediction = "y_pred",
		.attributes = attributes,
		.n_attributes = 4 };
	const struct measure_options options = { .confidence = 0.95 };
	struct arena arena = { 0 };
	struct diag_list diags = { .arena = &arena };
	struct folder root = { -1, "" };
	struct scan_input input = { .name = argv[2] };
	struct predictions out;

	input.is_plain = argc == 4 && strcmp(argv[3], "plain") == 0;
	if (folder_open(&root, "/", "", &diags) == -1)
		return 1;
	input.fd =
	    file_open(&root, argv[2] + 1, (struct pos){ NULL, 0, 0 }, &diags);
	if (input.fd == -1 ||
	    measure_prediction_rows(
		&out, &arena, &input, &columns, &options, &diags) == -1)
		return 1;
	printf("%llu rows, %.3f s\n", out.n_rows,
	    (double)clock() / CLOCKS_PER_SEC);
	folder_close(&root);
	arena_free(&arena);
	return 0;
}

int
main(int argc, char *argv[])
{
	if (argc == 4 && strcmp(argv[1], "make") == 0)
		return make(argv[2], strtoul(argv[3], NULL, 10));
	if (argc >= 3 && strcmp(argv[1], "count") == 0)
		return count(argc, argv);
	return 2;
}
