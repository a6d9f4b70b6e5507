#define _GNU_SOURCE /* user_regs_struct */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "publish/listing.h"
#include "publish/manifest.h"
#include "publish/publish.h"
#include "store/ledger.h"
#include "tap.h"

/*
 * Whatever is killed or fails, readers see the old pack or the new one, the
 * ledger is whole, and the next run ends as if nothing had been.  A run is
 * traced and, night after night, killed one system call later, or one call
 * more of those that change files is made to fail.
 */

enum { MOST_POINTS = 200, KEEP = 3, SIGTRACE = SIGTRAP | 0x80 };

struct place {
	char root[64];
	char ledger[96];
	struct arena arena;
	struct diag_list diags;
	size_t n_bad; /* nights after which something was wrong */
};

static void
place_open(struct place *place)
{
	struct stat st;

	*place = (struct place){ .n_bad = 0 };
	snprintf(place->root, sizeof(place->root), "%s/t_kill.XXXXXX",
	    stat("/dev/shm", &st) == 0 ? "/dev/shm" : "/tmp");
	if (mkdtemp(place->root) == NULL)
		abort();
	snprintf(place->ledger, sizeof(place->ledger), "%s/ledger.sqlite",
	    place->root);
	place->diags.arena = &place->arena;
}

static void
place_close(struct place *place)
{
	listing_remove(AT_FDCWD, place->root);
	arena_free(&place->arena);
}

/* What a night puts on record: a finding that is there on even nights. */
static int
record(struct place *place, int night, const struct manifest *outputs)
{
	struct summary_verdict verdict = { .id = "aaaa",
		.rule = "AIV-1A",
		.path = "purpose",
		.result = night % 2 == 0 ? VERDICT_FAIL : VERDICT_PASS,
		.message = "the purpose is not described" };
	struct summary model = { .id = "credit",
		.name = "Credit scoring",
		.version = arena_printf(&place->arena, "%d", night),
		.tier = "High-risk",
		.worst_attribute = "",
		.worst_group = "",
		.verdicts = &verdict,
		.n_verdicts = 1 };
	struct run_info run = { .id =
				    arena_printf(&place->arena, "R-%d", night),
		.time = 1835000000 + night * 86400LL,
		.as_of = 21000 + night,
		.generator = "dossier 1.0.0",
		.pack = "2028.1",
		.policy = "FP-3" };
	struct history history;
	struct ledger_run all = { .run = &run,
		.history = &history,
		.models = &model,
		.n_models = 1,
		.outputs = outputs->leaves,
		.n_outputs = outputs->n };
	struct ledger *ledger;
	int rc = -1;

	if (ledger_open(&ledger, place->ledger, false, &place->diags) == 0 &&
	    ledger_history(
		ledger, run.id, &place->arena, &history, &place->diags) == 0)
		rc = ledger_record(ledger, &all, &place->diags);
	ledger_close(ledger);
	return rc;
}

/* Write the pages of a night: each holds its number. */
static int
write_pages(struct place *place, const struct publish *p, int night)
{
	static const char *const pages[] = { "index.html", "cards/a.html",
		"cards/b.html", "workbooks/a.xlsx" };
	const char *text = arena_printf(&place->arena, "night %d", night);

	for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++)
		if (publish_write(
			p, pages[i], text, strlen(text), &place->diags) == -1)
			return -1;
	return 0;
}

/* A whole run. */
static int
run(struct place *place, int night)
{
	const char *name = arena_printf(&place->arena, "R-%d", night);
	struct manifest manifest;
	struct publish p;
	int rc = -1;

	if (publish_open(&p, place->root, &place->diags) == 0 &&
	    publish_lock(&p, &place->diags) == 0 &&
	    publish_stage(&p, &place->diags) == 0 &&
	    write_pages(place, &p, night) == 0 &&
	    manifest_make(&manifest, &place->arena, p.stage, place->root,
		&place->diags) == 0 &&
	    manifest_write(&manifest, p.stage, place->root, &place->diags) ==
		0 &&
	    record(place, night, &manifest) == 0 &&
	    publish_commit(&p, name, &place->diags) == 0)
		rc = publish_prune(&p, KEEP, &place->diags);
	publish_close(&p);
	return rc;
}

/* Note what is wrong, once a night. */
static bool
wrong(struct place *place, int night, const char *what)
{
	printf("# night %d: %s\n", night, what);
	for (const struct diag *d = place->diags.first; d != NULL; d = d->next)
		printf("#   %s: %s\n", diag_name(d->id), d->detail);
	place->n_bad++;
	return false;
}

/* The night of the pack that current shows, or -1 if it is a mixture. */
static int
shown_night(struct place *place)
{
	const char *path =
	    arena_printf(&place->arena, "%s/current", place->root);
	struct folder folder;
	struct manifest manifest;
	struct source source;
	int night = -1;

	if (manifest_verify(path, &place->diags) != 0 ||
	    folder_open(&folder, path, "", &place->diags) == -1)
		return -1;
	if (manifest_make(&manifest, &place->arena, folder.fd, path,
		&place->diags) == 0 &&
	    manifest.n == 4 &&
	    source_read(&source, &place->arena, &folder, "cards/b.html", 100,
		(struct pos){ "-", 0, 0 }, &place->diags) == 0)
		night = (int)strtol(source.bytes + 6, NULL, 10);
	for (size_t i = 0; night >= 0 && i < manifest.n; i++)
		if (strcmp(manifest.leaves[i].sha256, source.sha256) != 0)
			night = -1;
	folder_close(&folder);
	return night;
}

/* How many runs the ledger has; -1 when it is not whole. */
static int
recorded(struct place *place)
{
	struct ledger_check check;
	struct ledger *ledger;
	int rc = -1;

	/* Opened for writing, as a killed run may have to be undone. */
	if (ledger_open(&ledger, place->ledger, false, &place->diags) == 0)
		rc = ledger_verify(ledger, &check, &place->diags);
	ledger_close(ledger);
	return rc == 0 ? (int)check.n_entries : -1;
}

static bool
has_leftovers(struct place *place)
{
	DIR *dir = opendir(place->root);
	const struct dirent *item;
	bool found = false;

	while (dir != NULL && (item = readdir(dir)) != NULL)
		found = found || strncmp(item->d_name, ".staging", 8) == 0 ||
		    strcmp(item->d_name, ".next") == 0 ||
		    strcmp(item->d_name, "ledger.sqlite-journal") == 0;
	if (dir != NULL)
		closedir(dir);
	return found;
}

/*
 * Look at what a disturbed run has left, then run undisturbed and look again.
 * is_done: the disturbed run said that it has ended well.
 */
static bool
check(struct place *place, int night, bool is_done)
{
	int shown = shown_night(place);
	int n = recorded(place);

	if (shown != night && (shown != night - 1 || is_done))
		return wrong(place, night, "current is not what it should be");
	if (n != night + 1 && (n != night || is_done || shown == night))
		return wrong(place, night, "ledger is not what it should be");
	if (run(place, night) == -1)
		return wrong(place, night, "cannot be repeated");
	if (shown_night(place) != night || recorded(place) != night + 1)
		return wrong(place, night, "was repeated in vain");
	if (has_leftovers(place))
		return wrong(place, night, "has left something");
	return true;
}

/* Start a run that stops at each system call. */
static pid_t
start(struct place *place, int night)
{
	pid_t child;
	int status;

	fflush(stdout);
	child = fork();
	if (child == 0) {
		if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) == -1)
			_exit(99);
		raise(SIGSTOP);
		_exit(run(place, night) == 0 ? 0 : 1);
	}
	if (child == -1 || waitpid(child, &status, 0) == -1)
		abort();
	if (!WIFSTOPPED(status))
		return -1;
	if (ptrace(PTRACE_SETOPTIONS, child, NULL, PTRACE_O_TRACESYSGOOD) == -1)
		abort();
	return child;
}

/* Let it go on to the next entry or exit of a call; false when it ended. */
static bool
go_on(pid_t child, int *status)
{
	int signal = 0;

	do {
		if (ptrace(PTRACE_SYSCALL, child, NULL, signal) == -1 ||
		    waitpid(child, status, 0) == -1)
			abort();
		signal = WIFSTOPPED(*status) ? WSTOPSIG(*status) : 0;
	} while (WIFSTOPPED(*status) && signal != SIGTRACE);
	return WIFSTOPPED(*status);
}

/* Run and kill at the n-th stop.  Return whether it came so far. */
static bool
run_and_kill(struct place *place, int night, unsigned n)
{
	pid_t child = start(place, night);
	int status = 0;

	for (unsigned i = 0; i < n; i++)
		if (!go_on(child, &status))
			return false;
	if (kill(child, SIGKILL) == -1 || waitpid(child, &status, 0) == -1)
		abort();
	return true;
}

static unsigned
count_stops(struct place *place, int night)
{
	pid_t child = start(place, night);
	unsigned n = 0;
	int status;

	while (go_on(child, &status))
		n++;
	return n;
}

static void
survives_a_kill(void)
{
	struct place place;
	unsigned stride, n_killed = 0;
	int night = 0;

	place_open(&place);
	CHECK_INT(run(&place, night++), 0);
	stride = count_stops(&place, night++) / MOST_POINTS + 1;
	for (unsigned n = 1;; n += stride) {
		if (!run_and_kill(&place, night, n)) {
			CHECK(check(&place, night, true));
			break;
		}
		n_killed++;
		if (!check(&place, night, false))
			break;
		night++;
	}
	printf("# killed at %u points\n", n_killed);
	CHECK_INT(place.n_bad, 0);
	CHECK(n_killed >= MOST_POINTS / 2);
	place_close(&place);
}

#ifdef __x86_64__
/* How often a run syncs: before, between and after its two renames. */
struct syncs {
	unsigned n[3];
};

static void
count_syncs(struct place *place, int night, struct syncs *syncs)
{
	pid_t child = start(place, night);
	struct user_regs_struct regs;
	unsigned step = 0;
	int status;

	*syncs = (struct syncs){ { 0 } };
	while (go_on(child, &status)) {
		if (ptrace(PTRACE_GETREGS, child, NULL, &regs) == -1)
			abort();
		if (regs.orig_rax == SYS_renameat && step < 2)
			step++;
		if (regs.orig_rax == SYS_fsync)
			syncs->n[step]++;
		/* Only what comes after the last write counts. */
		if (regs.orig_rax == SYS_write || regs.orig_rax == SYS_pwrite64)
			syncs->n[step] = 0;
		if (!go_on(child, &status))
			break;
	}
}

/*
 * A kill does not lose what was written, a power cut does: five files, five
 * folders and the pack itself must be on the disk before the first rename,
 * the folders of the rename before the second, the link after it.
 */
static void
syncs_in_time(void)
{
	struct place place;
	struct syncs syncs;

	place_open(&place);
	CHECK_INT(run(&place, 0), 0);
	count_syncs(&place, 1, &syncs);
	CHECK(syncs.n[0] >= 5 + 5 + 1);
	CHECK(syncs.n[1] >= 2);
	CHECK(syncs.n[2] >= 1);
	CHECK_INT(shown_night(&place), 1);
	place_close(&place);
}

/* Calls that change files, or make sure that they are changed. */
static bool
is_change(unsigned long long call)
{
	static const unsigned long long calls[] = { SYS_write, SYS_pwrite64,
		SYS_fsync, SYS_fdatasync, SYS_ftruncate, SYS_openat,
		SYS_mkdirat, SYS_mkdir, SYS_rename, SYS_renameat, SYS_unlink,
		SYS_unlinkat, SYS_rmdir, SYS_symlinkat, SYS_close, SYS_flock,
		SYS_getdents64, SYS_newfstatat, SYS_readlinkat };

	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		if (calls[i] == call)
			return true;
	return false;
}

/*
 * Run and let the n-th call that changes something fail.  Return the exit
 * status of the run; -1 when it never came so far.
 */
static int
run_and_fail(struct place *place, int night, unsigned n)
{
	static const int errors[] = { EIO, ENOSPC, EINTR, EMFILE };
	pid_t child = start(place, night);
	struct user_regs_struct regs;
	bool is_hit = false;
	int status = 0;

	while (go_on(child, &status)) { /* at the entry of a call */
		bool fails = false;

		if (ptrace(PTRACE_GETREGS, child, NULL, &regs) == -1)
			abort();
		if (!is_hit && is_change(regs.orig_rax) && --n == 0) {
			fails = is_hit = true;
			regs.orig_rax = (unsigned long long)-1;
			ptrace(PTRACE_SETREGS, child, NULL, &regs);
		}
		if (!go_on(child, &status)) /* at its exit */
			break;
		if (fails) {
			int error = errors[night % 4];

			ptrace(PTRACE_GETREGS, child, NULL, &regs);
			regs.rax = (unsigned long long)-error;
			ptrace(PTRACE_SETREGS, child, NULL, &regs);
		}
	}
	if (!is_hit)
		return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static void
survives_a_failing_call(void)
{
	struct place place;
	unsigned n_failed = 0, n_told = 0;
	int night = 0;

	place_open(&place);
	CHECK_INT(run(&place, night++), 0);
	for (unsigned n = 1; n < 1000; n++, night++) {
		int status = run_and_fail(&place, night, n);

		if (status == -1)
			break;
		n_failed++;
		n_told += status == 1;
		if (status > 1)
			wrong(&place, night, "ended by a signal");
		if (!check(&place, night, status == 0))
			break;
	}
	printf("# %u calls failed, %u runs with them\n", n_failed, n_told);
	CHECK_INT(place.n_bad, 0);
	CHECK(n_failed > 80);
	CHECK(n_told > 50);
	place_close(&place);
}
#endif

/* Whether a process may be traced here; some containers forbid it. */
static bool
can_trace(void)
{
	int status = -1;
	pid_t child = fork();

	if (child == 0)
		_exit(ptrace(PTRACE_TRACEME, 0, NULL, NULL) == -1 ? 1 : 0);
	return child != -1 && waitpid(child, &status, 0) == child &&
	    status == 0;
}

int
main(void)
{
	if (!can_trace()) {
		tap_skip("processes may not be traced here");
		return tap_done();
	}
	if (TAP_SLOWNESS == 1) /* what is killed has no more to tell */
		survives_a_kill();
#ifdef __x86_64__
	syncs_in_time();
	survives_a_failing_call();
#endif
	return tap_done();
}
