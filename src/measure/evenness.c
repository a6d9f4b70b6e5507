#include "measure/evenness.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/dd.h"
#include "base/real.h"
#include "measure/ranking.h"
#include "stats/random.h"

enum {
	EVERY = 64, /* places one by one */
	PARTS = 16,
	MOST_PLACES = 1024,
	MOST_DRAWS = 2000000, /* of all replicates */
	LEAST_REPLICATES = 199
};

/* The places that are looked at, and the discounts from the last one on. */
struct grid {
	double place[MOST_PLACES], weight[MOST_PLACES];
	double weights;
	size_t n;
};

static void
make_grid(struct grid *grid, double rows)
{
	double place = 0;

	grid->n = 0;
	grid->weights = 0;
	while (place < rows && grid->n < MOST_PLACES) {
		double step = fmax(1, floor(place / PARTS));

		if (place < EVERY)
			step = 1;
		step = fmin(step, rows - place);
		grid->weight[grid->n] =
		    dd_value(ranking_discounts(place + 1, step));
		place += step;
		grid->place[grid->n] = place;
		grid->weights += grid->weight[grid->n++];
	}
}

/* Groups and the ranking that is drawn of them. */
struct lot {
	const double *rows;
	double *left, *taken;
	size_t n;
	double all;
};

static double
divergence(const struct lot *lot, double place)
{
	double sum = 0;

	for (size_t k = 0; k < lot->n; k++)
		if (lot->taken[k] > 0)
			sum += lot->taken[k] / place *
			    real_log(lot->taken[k] / place * lot->all /
				lot->rows[k]);
	return sum;
}

/* Take so many rows of those that are left, each as likely. */
static void
draw(struct lot *lot, struct random *random, double rows)
{
	double left = 0;

	for (size_t k = 0; k < lot->n; k++)
		left += lot->left[k];
	for (size_t k = 0; k < lot->n && rows > 0; k++) {
		double mine;

		left -= lot->left[k];
		mine = random_hypergeometric(random, lot->left[k], left, rows);
		lot->left[k] -= mine;
		lot->taken[k] += mine;
		rows -= mine;
	}
}

/* The divergence of a ranking in random order. */
static double
draw_ranking(struct lot *lot, const struct grid *grid, struct random *random)
{
	double sum = 0, before = 0, place = 0;

	for (size_t k = 0; k < lot->n; k++) {
		lot->left[k] = lot->rows[k];
		lot->taken[k] = 0;
	}
	for (size_t i = 0; i < grid->n; i++) {
		double step = grid->place[i] - place, here;

		place = grid->place[i];
		draw(lot, random, step);
		here = divergence(lot, place);
		sum +=
		    grid->weight[i] * (step > 1 ? (before + here) / 2 : here);
		before = here;
	}
	return sum / grid->weights;
}

bool
evenness_test(const double rows[], size_t n, double ndkl, unsigned replicates,
    uint64_t seed, struct evenness *out)
{
	struct random random = { seed };
	struct lot lot = { .rows = rows, .n = n };
	struct grid grid;
	unsigned above = 0, fewer;
	size_t n_groups = 0;

	for (size_t k = 0; k < n; k++) {
		lot.all += rows[k];
		n_groups += rows[k] > 0;
	}
	if (n_groups < 2 || n > EVENNESS_GROUPS || replicates == 0)
		return false;
	make_grid(&grid, lot.all);
	fewer = (unsigned)(MOST_DRAWS / (n * grid.n));
	fewer = fewer > LEAST_REPLICATES ? fewer : LEAST_REPLICATES;
	out->replicates = replicates < fewer ? replicates : fewer;
	lot.left = memory_grow(NULL, 2 * n, sizeof(*lot.left));
	lot.taken = lot.left + n;
	out->by_chance = 0;
	for (unsigned i = 0; i < out->replicates; i++) {
		double value = draw_ranking(&lot, &grid, &random);

		above += value >= ndkl * (1 - 1e-12);
		out->by_chance += value / out->replicates;
	}
	free(lot.left);
	out->p = (1.0 + above) / (1.0 + out->replicates);
	return true;
}
