#include "check/cite.h"
#include "tap.h"

/* What neighbours share is said once; a run is told by its ends. */

static void
cites(void)
{
	static const struct {
		const char *references[8];
		size_t n;
		const char *cited;
	} trials[] = {
		{ { NULL }, 0, "" },
		{ { "Article 4(1)" }, 1, "Article 4(1)" },
		{ { "Annex IV 2(g)", "Article 27(1)(c)" }, 2,
		    "Annex IV 2(g), Article 27(1)(c)" },
		{ { "Article 26(5)", "Article 26(6)" }, 2,
		    "Article 26(5), (6)" },
		{ { "Article 5(1)(a)", "Article 5(1)(b)", "Article 5(1)(c)",
		      "Article 5(1)(ba)", "Article 5(1)(bb)",
		      "Article 5(1a)(a)" },
		    6, "Article 5(1)(a) to (c), (ba), (bb), Article 5(1a)(a)" },
		{ { "Article 5(1)(a)", "Article 5(1)(b)", "Article 5(1)(d)",
		      "Article 5(1)(e)", "Article 5(1)(f)" },
		    5, "Article 5(1)(a), (b), (d) to (f)" },
		/* A run stays within its stem, and 9 is not followed by 10. */
		{ { "Article 16(a)", "Article 17(b)", "Article 18(c)" }, 3,
		    "Article 16(a), Article 17(b), Article 18(c)" },
		{ { "Article 3(8)", "Article 3(9)", "Article 3(10)" }, 3,
		    "Article 3(8), (9), (10)" },
		/* No end in parentheses, and the same twice. */
		{ { "Article 50(4) 1st subpara.",
		      "Article 50(4) 2nd subpara." },
		    2,
		    "Article 50(4) 1st subpara., Article 50(4) 2nd subpara." },
		{ { "Annex IV 3", "Annex IV 3", "Annex IV 4" }, 3,
		    "Annex IV 3, Annex IV 4" },
		{ { "(a)", "(b)", "(c)" }, 3, "(a), (b), (c)" },
		{ { "", "Article 4(1)" }, 2, ", Article 4(1)" },
	};

	for (size_t i = 0; i < sizeof(trials) / sizeof(*trials); i++) {
		struct arena arena = { 0 };

		CHECK_STR(cite(&arena, trials[i].references, trials[i].n),
		    trials[i].cited);
		arena_free(&arena);
	}
}

int
main(void)
{
	cites();
	return tap_done();
}
