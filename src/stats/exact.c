#include "stats/exact.h"

#include <float.h>
#include <math.h>

#include "stats/special.h"

/* Tables that should be as likely differ by rounding; this much, at most. */
#define TIE 1e-12

/* Four margins: how many of the selected can lie in the group. */
struct margins {
	double selected, others; /* of both */
	double rows;             /* of the group */
	double least, most;      /* selected in it */
};

static double
likelihood(const struct margins *m, double x)
{
	return hypergeometric_term(x, m->selected, m->others, m->rows);
}

/* How much likelier x + 1 is than x. */
static double
step_up(const struct margins *m, double x)
{
	return (m->selected - x) * (m->rows - x) /
	    ((x + 1) * (m->others - m->rows + x + 1));
}

/* The probability of x and all beyond it, away from the mode. */
static double
tail(const struct margins *m, double x, bool upward)
{
	double term = 1, sum = 1;

	if (x < m->least || x > m->most)
		return 0;
	for (double at = x; upward ? at < m->most : at > m->least;
	     at += upward ? 1 : -1) {
		term *= upward ? step_up(m, at) : 1 / step_up(m, at - 1);
		sum += term;
		if (term < sum * (DBL_EPSILON / 64))
			break;
	}
	return likelihood(m, x) * sum;
}

/*
 * The table nearest to the mode, on its side of it, that is no likelier than
 * bound; one beyond the last when all are.
 */
static double
mirror(const struct margins *m, double mode, double bound, bool above)
{
	double near = mode, far = above ? m->most + 1 : m->least - 1;

	while (fabs(far - near) > 1) {
		double middle =
		    near + (above ? 1 : -1) * floor(fabs(far - near) / 2);

		*(likelihood(m, middle) > bound ? &near : &far) = middle;
	}
	return far;
}

/* The probability of a table if it is as likely as the one at hand. */
static double
tie(const struct margins *m, double x, double own)
{
	double p = x < m->least || x > m->most ? 0 : likelihood(m, x);

	return fabs(p - own) <= own * TIE ? p : 0;
}

struct exact
exact_two_rates(const struct two_rates *r)
{
	struct margins m = { .selected = r->k1 + r->k2,
		.others = r->n1 + r->n2 - r->k1 - r->k2,
		.rows = r->n1 };
	double mode = floor(
	    (m.selected + 1) * (m.rows + 1) / (m.selected + m.others + 2));
	double own = likelihood(&m, r->k1), bound = own * (1 + TIE);
	bool above = r->k1 > mode;
	struct exact out = { 1, 1 };
	double far;

	m.least = fmax(0, m.rows - m.others);
	m.most = fmin(m.rows, m.selected);
	mode = fmin(m.most, fmax(m.least, mode));
	if (r->k1 == mode || likelihood(&m, mode) <= bound) {
		out.mid_p = 1 -
		    (own + tie(&m, r->k1 - 1, own) + tie(&m, r->k1 + 1, own)) /
			2;
		return out;
	}
	far = mirror(&m, mode, bound, !above);
	out.p = fmin(1, tail(&m, r->k1, above) + tail(&m, far, !above));
	out.mid_p = out.p - (own + tie(&m, far, own)) / 2;
	return out;
}
