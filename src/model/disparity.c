#include "model/disparity.h"

#include <string.h>

static const struct {
	const char *word, *class;
} verdicts[DISPARITY_VERDICTS] = {
	[DISPARITY_NOT_ESTIMABLE] = { "not estimable", "na" },
	[DISPARITY_NOT_ENOUGH_DATA] = { "not enough data", "na" },
	[DISPARITY_NO_FINDING] = { "no finding", "ok" },
	[DISPARITY_WATCH] = { "watch", "wa" },
	[DISPARITY_FINDING] = { "finding", "no" },
};

const char *
disparity_verdict_word(enum disparity_verdict verdict)
{
	return verdicts[verdict].word;
}

const char *
disparity_verdict_class(enum disparity_verdict verdict)
{
	return verdicts[verdict].class;
}

bool
disparity_verdict_find(const char *word, size_t n, enum disparity_verdict *out)
{
	for (unsigned i = 0; i < DISPARITY_VERDICTS; i++)
		if (strlen(verdicts[i].word) == n &&
		    memcmp(verdicts[i].word, word, n) == 0) {
			*out = (enum disparity_verdict)i;
			return true;
		}
	return false;
}
