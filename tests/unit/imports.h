#ifndef DOSSIER_TESTS_UNIT_IMPORTS_H
#define DOSSIER_TESTS_UNIT_IMPORTS_H

#include "measure/import.h"
#include "trial.h"

/* What measure_import() makes of a file. */

static inline struct import
import(struct trial *t, const char *bytes)
{
	struct import out;
	struct source source;
	char *copy = trial_begin(t, &source, bytes, strlen(bytes));

	t->rc =
	    measure_import(&out, &t->arena, &source, &t->options, &t->diags);
	trial_forget(copy, strlen(bytes));
	t->out = out.figures;
	return out;
}

/* A file has this shape, and gives these figures and messages. */
static inline void
gives(const char *bytes, const char *shape, const char *figures,
    const char *diags)
{
	struct trial t = { .rc = 0 };
	struct import out = import(&t, bytes);

	CHECK_INT(t.rc, 0);
	CHECK_STR(out.shape, shape);
	check_figures(&t, figures);
	check_diags(&t, diags);
	end(&t);
}

/* The same, of what is said between groups. */
static inline void
tells(const char *bytes, const char *between, const char *diags)
{
	struct trial t = { .rc = 0 };
	struct import out = import(&t, bytes);

	CHECK_INT(t.rc, 0);
	CHECK_INT(out.figures.n, 0);
	t.out = out.between;
	check_figures(&t, between);
	check_diags(&t, diags);
	end(&t);
}

static inline void
fails(const char *bytes, const char *diags)
{
	struct trial t = { .rc = 0 };

	import(&t, bytes);
	CHECK_INT(t.rc, -1);
	CHECK_INT(t.out.n, 0);
	check_diags(&t, diags);
	end(&t);
}

#endif
