#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include "app/work.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "compose/compose.h"
#include "store/compare.h"

/* What changed, which needs the model's own summary. */
static void
add_changes(const struct work *work, struct arena *arena, xmlDocPtr doc)
{
	const struct context *context = work->context;
	struct change_list changes = { NULL, 0 };
	struct summary sum;

	compose_summary(arena, doc, &sum);
	summary_sort(&sum, 1);
	ledger_compare_model(
	    context->history, context->run, &sum, arena, &changes);
	compose_changes(doc, context, &changes);
}

/* Compose and render a record that has been judged. */
static int
finish_record(
    const struct work *work, struct record *record, struct diag_list *diags)
{
	xmlDocPtr doc = compose_model(record, work->context);
	int rc;

	add_changes(work, &record->arena, doc);
	rc = render_model(work->renderer, doc, work->target, diags);
	xmlFreeDoc(doc);
	return rc;
}

/* What went wrong with the files of a model, for the log. */
static void
print_diags(const struct diag_list *diags)
{
	for (const struct diag *d = diags->first; d != NULL; d = d->next)
		fprintf(stderr, "dossier: %s: %s: %s [%s]\n",
		    d->pos.file != NULL ? d->pos.file : "output",
		    diag_sentence(d->id), d->detail, diag_name(d->id));
}

static void
process(const struct work *work, size_t i)
{
	const struct model_file *file = &work->models->files[i];
	struct work_item *item = &work->items[i];
	bool has_crashed = item->state == WORK_CRASHED;
	struct record record = { 0 };
	struct arena scratch = { 0 };
	struct diag_list diags = { .arena = &scratch };

	/* What dies a second time is not tried a third time. */
	item->state = has_crashed ? WORK_FAILED : WORK_RUNNING;
	if (has_crashed)
		pipeline_crashed(
		    work->pipeline, &record, file->path, file->folder);
	else
		pipeline_model(
		    work->pipeline, &record, file->path, file->folder);
	if (item->is_duplicate)
		pipeline_duplicate(&record, i);
	snprintf(item->id, sizeof(item->id), "%s", record.id);
	item->status =
	    pipeline_status(&record, &work->pipeline->config->policy);
	if (finish_record(work, &record, &diags) == 0) {
		item->state = WORK_DONE;
	} else {
		item->state = WORK_FAILED;
		print_diags(&diags);
	}
	arena_free(&scratch);
	arena_free(&record.arena);
}

/* The models of one worker: every jobs-th from its number on. */
static void
work_shard(const struct work *work, size_t shard)
{
	for (size_t i = shard; i < work->models->n; i += (size_t)work->jobs)
		if (work->items[i].state == WORK_TODO ||
		    work->items[i].state == WORK_CRASHED)
			process(work, i);
}

/* The model that a dead worker left half done is done without its input. */
static void
mark_crashed(const struct work *work, size_t shard)
{
	for (size_t i = shard; i < work->models->n; i += (size_t)work->jobs)
		if (work->items[i].state == WORK_RUNNING) {
			render_remove(work->target, work->items[i].id);
			work->items[i].state = WORK_CRASHED;
		}
}

static pid_t
start(const struct work *work, size_t shard)
{
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid != 0)
		return pid;
	work_shard(work, shard);
	fflush(NULL);
	_exit(0);
}

/* Wait for a worker; 0 when it ended well, 1 when it died. */
static int
reap(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) == -1)
		if (errno != EINTR)
			return 1;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : 1;
}

static int
cannot_fork(struct diag_list *diags)
{
	diag_add(diags, DIAG_MODEL_CRASH, (struct pos){ NULL, 0, 0 },
	    "no worker process could be started: %s", strerror(errno));
	return -1;
}

/* Run all shards; dead ones are started again behind what killed them. */
static int
run_shards(struct work *work, struct diag_list *diags)
{
	size_t n = (size_t)work->jobs;
	pid_t pids[64];
	int rc = 0;

	for (size_t i = 0; i < n; i++)
		pids[i] = start(work, i);
	for (size_t i = 0; i < n; i++) {
		while (pids[i] > 0 && reap(pids[i]) != 0) {
			mark_crashed(work, i);
			pids[i] = start(work, i);
		}
		if (pids[i] == -1)
			rc = cannot_fork(diags);
	}
	return rc;
}

static int
check_items(const struct work *work, struct diag_list *diags)
{
	for (size_t i = 0; i < work->models->n; i++) {
		if (work->items[i].state == WORK_DONE)
			continue;
		diag_add(diags, DIAG_PUBLISH,
		    (struct pos){ work->models->files[i].path, 0, 0 },
		    "the model's files could not be written");
		return -1;
	}
	return 0;
}

/* An item and its place, to bring equal ids together. */
struct named {
	const char *id;
	size_t i;
};

static int
compare_names(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int order = strcmp(x->id, y->id);

	return order != 0 ? order : x->i < y->i ? -1 : 1;
}

/* Do a model again, as a duplicate or as what the other is one of. */
static void
do_again(const struct work *work, size_t i, bool is_duplicate)
{
	work->items[i].state = WORK_TODO;
	work->items[i].is_duplicate = is_duplicate;
}

/*
 * Of models with one id the first by path keeps it, whichever worker came
 * first.  Return how many are to be done again.
 */
static size_t
find_duplicates(const struct work *work)
{
	size_t n = work->models->n, found = 0;
	struct named *list = memory_grow(NULL, n, sizeof(*list));

	for (size_t i = 0; i < n; i++)
		list[i] = (struct named){ work->items[i].id, i };
	qsort(list, n, sizeof(*list), compare_names);
	for (size_t i = 1; i < n; i++) {
		if (strcmp(list[i - 1].id, list[i].id) != 0)
			continue;
		render_remove(work->target, list[i].id);
		do_again(work, list[i].i, true);
		found++;
		if (!work->items[list[i - 1].i].is_duplicate)
			do_again(work, list[i - 1].i, false);
	}
	free(list);
	return found;
}

/* The items are in memory that workers share. */
static size_t
shared_size(const struct work *work)
{
	return work->models->n * sizeof(*work->items) + 1;
}

int
work_run(struct work *work, struct diag_list *diags)
{
	void *shared = mmap(NULL, shared_size(work), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (shared == MAP_FAILED)
		return cannot_fork(diags);
	work->items = shared;
	if (run_shards(work, diags) == -1)
		return -1;
	if (find_duplicates(work) > 0 && run_shards(work, diags) == -1)
		return -1;
	return check_items(work, diags);
}

void
work_end(struct work *work)
{
	if (work->items != NULL)
		munmap(work->items, shared_size(work));
	work->items = NULL;
}
