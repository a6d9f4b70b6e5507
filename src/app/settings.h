#ifndef DOSSIER_APP_SETTINGS_H
#define DOSSIER_APP_SETTINGS_H

#include <stdbool.h>

#include "app/options.h"
#include "base/arena.h"
#include "read/value.h"

/*
 * Single values that a run is told: option over environment (DOSSIER_*) over
 * dossier.yaml over default, each with where it came from.
 */

/* The table with names, options and defaults is in settings.c. */
enum setting {
	SETTING_OUTPUT,
	SETTING_LEDGER,
	SETTING_KEEP,
	SETTING_AS_OF,
	SETTING_FAIL_ON,
	SETTING_STRICT,
	SETTING_JOBS,
	SETTING_LEAD_TIME_DAYS,
	SETTING_MIN_REPORT,
	SETTING_MIN_CONCLUDE,
	SETTING_MISSING,
	SETTING_CONFIDENCE,
	SETTING_ADJUSTMENT,
	SETTING_JUDGE_BY,
	SETTING_MAX_AGE_MONTHS,
	SETTING_POLICY_VERSION,
	SETTING_NAMING_ID,
	SETTING_WAIVERS,
	SETTING_BASELINE,
	SETTING_PROFILE,
	SETTING_EARLY,
	SETTING_WAIVER_MONTHS,
	SETTING_WAIVER_WARN_DAYS,
	SETTING_WAIVER_OWNER,
	SETTING_DATA,
	SETTING_COUNT
};

/* A value and where it came from. */
struct setting_value {
	const char *text;
	const char *origin; /* "default", "dossier.yaml:12", ... */
	struct pos pos;     /* in dossier.yaml; else file is NULL */
};

struct settings {
	struct setting_value values[SETTING_COUNT];
};

/* Give one setting its default again. */
void settings_reset(struct settings *settings, enum setting setting);

/* Begin with the defaults. */
void settings_begin(struct settings *settings);

/*
 * Take the settings of one section of dossier.yaml ("" is its top); a key that
 * is neither a setting nor one of the others is an error with a suggestion.
 */
void settings_from_section(struct settings *settings, struct arena *arena,
    const struct value *map, const char *section, struct diag_list *diags);

/*
 * Take the settings of a profile, those of the section policy, where nothing
 * else has said them; map may be NULL.
 */
void settings_from_profile(struct settings *settings, struct arena *arena,
    const struct value *map, const char *profile, struct diag_list *diags);

/* Take DOSSIER_* of the environment, then the options. */
void settings_from_caller(struct settings *settings, struct arena *arena,
    const struct options *options);

/* Name of a setting as dossier.yaml writes it: "policy.min_report". */
const char *settings_name(enum setting setting);

/* The text of a setting. */
const char *settings_text(
    const struct settings *settings, enum setting setting);

/*
 * A setting as a number from least to most; anything else is an error, and
 * least.
 */
double settings_number(const struct settings *settings, enum setting setting,
    const double range[2], struct diag_list *diags);

/* Report a setting that is not what it must be, with the remedy. */
void settings_wrong(const struct settings *settings, enum setting setting,
    const char *remedy, struct diag_list *diags);

#endif
