#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sound.h"
#include "store/ledger.h"

/*
 * The input is a list of patches to a sound ledger of two runs: three bytes
 * each, the offset (halved, high byte first) and what is written there.  The
 * ledger is then refused, or found altered, or says what it said before.
 */

static struct {
	char path[64];
	char *bytes; /* of the sound ledger */
	size_t size;
	struct ledger_head head;
} good;

/* Add a run of one model with one finding and one figure. */
static void
add_run(int night, struct diag_list *diags)
{
	struct summary_verdict verdict = { .id = "aaaa",
		.rule = "AIV-1A",
		.path = "purpose",
		.result = night == 0 ? VERDICT_FAIL : VERDICT_PASS,
		.message = "the purpose is not described" };
	struct summary_figure figure = { "sex", "female", "selection_rate", 400,
		0.25 + night, 0.875, FIGURE_WITHIN };
	struct summary model = { .id = "credit",
		.name = "Credit scoring",
		.version = "1.2",
		.tier = "High-risk",
		.worst_attribute = "sex",
		.worst_group = "female",
		.verdicts = &verdict,
		.n_verdicts = 1,
		.figures = &figure,
		.n_figures = 1 };
	struct run_info info = { .id = night == 0 ? "R-0" : "R-1",
		.time = 1835000000 + night * 86400LL,
		.as_of = 21000 + night,
		.generator = "dossier 1.0.0",
		.pack = "2028.1",
		.policy = "FP-3" };
	struct tree_leaf input = { "model.yaml", 700, "" };
	struct history history;
	struct ledger_run run = { .run = &info,
		.history = &history,
		.models = &model,
		.n_models = 1,
		.inputs = &input,
		.n_inputs = 1 };
	struct ledger *ledger;

	hash_hex("x", 1, input.sha256);
	MUST(ledger_open(&ledger, good.path, false, diags) == 0);
	MUST(ledger_history(ledger, info.id, diags->arena, &history, diags) ==
	    0);
	MUST(ledger_record(ledger, &run, diags) == 0);
	MUST(ledger_head(ledger, -1, &good.head, diags) == 1);
	ledger_close(ledger);
}

static void
make_good(void)
{
	struct arena arena = { 0 };
	struct diag_list diags = { .arena = &arena };
	struct stat st;
	int fd;

	snprintf(good.path, sizeof(good.path), "/dev/shm/fuzz_ledger.%ld",
	    (long)getpid());
	unlink(good.path);
	add_run(0, &diags);
	add_run(1, &diags);
	fd = open(good.path, O_RDONLY);
	MUST(fd != -1 && fstat(fd, &st) == 0);
	good.size = (size_t)st.st_size;
	good.bytes = malloc(good.size);
	MUST(good.bytes != NULL);
	MUST(read(fd, good.bytes, good.size) == st.st_size);
	close(fd);
	unlink(good.path);
	arena_free(&arena);
}

/* Write the ledger with the patches in it. */
static void
write_patched(const uint8_t *p, size_t n)
{
	char *bytes = malloc(good.size);
	int fd = open(good.path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	MUST(bytes != NULL && fd != -1);
	memcpy(bytes, good.bytes, good.size);
	for (size_t i = 0; i + 2 < n; i += 3) {
		size_t at = 2 * ((size_t)p[i] << 8 | p[i + 1]);

		bytes[at % good.size] = (char)p[i + 2];
	}
	MUST(write(fd, bytes, good.size) == (ssize_t)good.size);
	close(fd);
	free(bytes);
}

static void
check(bool read_only)
{
	struct arena arena = { 0 };
	struct diag_list diags = { .arena = &arena };
	struct history history;
	struct ledger_check found;
	struct run_list runs;
	struct ledger *ledger;
	int rc;

	if (ledger_open(&ledger, good.path, read_only, &diags) == -1) {
		MUST(diags.n_errors == 1);
		arena_free(&arena);
		return;
	}
	rc = ledger_verify(ledger, &found, &diags);
	MUST((rc == 0) == (diags.n_errors == 0));
	if (rc == 0) {
		MUST(found.n_entries == 2);
		MUST(strcmp(found.head.hash, good.head.hash) == 0);
	}
	(void)ledger_runs(ledger, 0, &arena, &runs, &diags);
	if (ledger_history(ledger, "R-1", &arena, &history, &diags) == 0 &&
	    rc == 0)
		MUST(
		    history.n_models == 1 && history.models[0].n_verdicts == 1);
	ledger_close(ledger);
	arena_free(&arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	if (good.bytes == NULL)
		make_good();
	write_patched(p, n);
	check(true);
	check(false);
	unlink(good.path);
	return 0;
}
