#include "check/rule.h"

#include <string.h>

#define BIT(tier) (1U << (tier))

enum { HIGH_RISK = BIT(TIER_ANNEX_III) | BIT(TIER_ANNEX_I) };

/* The words of rules; those of records first, in the order of enum tier. */
static const char *const tiers[] = { "prohibited", "high-risk-annex-iii",
	"high-risk-annex-i", "high-risk-annex-i-b", "not-high-risk-6-3",
	"transparency", "minimal", "gpai", "gpai-systemic", "high-risk",
	"annex-iii", "annex-i", "all" };

enum { TIERS_OF_RECORDS = TIER_UNDECLARED };

static const unsigned more_masks[] = { HIGH_RISK, BIT(TIER_ANNEX_III),
	BIT(TIER_ANNEX_I), BIT(TIER_COUNT) - 1 };

static const char *const duties[] = { "provider", "deployer", "importer",
	"distributor", "authorised-representative", "product-manufacturer",
	"component-supplier", "gpai-provider", "gpai-authorised-representative",
	"any" };

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static size_t
find(const char *word, const char *const words[], size_t n)
{
	size_t i = 0;

	while (i < n && strcmp(word, words[i]) != 0)
		i++;
	return i;
}

unsigned
tier_mask(const char *word)
{
	size_t i = find(word, tiers, COUNT(tiers));

	if (i == COUNT(tiers))
		return 0;
	return i < TIERS_OF_RECORDS ? BIT(i) : more_masks[i - TIERS_OF_RECORDS];
}

enum tier
tier_of(const char *word)
{
	size_t i = find(word, tiers, TIERS_OF_RECORDS);

	return i < TIERS_OF_RECORDS ? (enum tier)i : TIER_COUNT;
}

unsigned
duty_mask(const char *word)
{
	size_t i = find(word, duties, COUNT(duties));

	if (i == COUNT(duties))
		return 0;
	return i + 1 == COUNT(duties) ? ~0U : BIT(i);
}

const char *const *
tier_words(size_t *n)
{
	*n = COUNT(tiers);
	return tiers;
}

const char *const *
duty_words(size_t *n)
{
	*n = COUNT(duties);
	return duties;
}
