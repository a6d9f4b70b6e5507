#include "model/disparity.h"
#include "tap.h"

/* Every verdict has a word of its own and is found by it. */
int
main(void)
{
	enum disparity_verdict got = DISPARITY_FINDING;

	for (unsigned i = 0; i < DISPARITY_VERDICTS; i++) {
		const char *word =
		    disparity_verdict_word((enum disparity_verdict)i);

		CHECK(disparity_verdict_find(word, strlen(word), &got));
		CHECK_INT(got, i);
	}
	CHECK(!disparity_verdict_find("find", 4, &got));
	CHECK(!disparity_verdict_find("", 0, &got));
	CHECK_STR(disparity_verdict_class(DISPARITY_FINDING), "no");
	CHECK_STR(disparity_verdict_class(DISPARITY_WATCH), "wa");
	CHECK_STR(disparity_verdict_class(DISPARITY_NO_FINDING), "ok");
	CHECK_STR(disparity_verdict_class(DISPARITY_NOT_ENOUGH_DATA), "na");
	return tap_done();
}
