#include "app/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/near.h"
#include "base/num.h"

/* Name in dossier.yaml, name of the option, default. */
static const struct {
	const char *name, *option, *standard;
} table[SETTING_COUNT] = {
	[SETTING_OUTPUT] = { "output", "output", "reports" },
	[SETTING_LEDGER] = { "ledger", "ledger", "ledger.db" },
	[SETTING_KEEP] = { "keep", "keep", "30" },
	[SETTING_AS_OF] = { "as_of", "as-of", "today" },
	[SETTING_FAIL_ON] = { "fail_on", "fail-on", "error" },
	[SETTING_STRICT] = { "strict", "strict", "no" },
	[SETTING_JOBS] = { "jobs", "jobs", "1" },
	[SETTING_LEAD_TIME_DAYS] = { "policy.lead_time_days", "", "0" },
	[SETTING_MIN_REPORT] = { "policy.min_report", "", "30" },
	[SETTING_MIN_CONCLUDE] = { "policy.min_conclude", "", "0" },
	[SETTING_MISSING] = { "policy.missing", "", "apart" },
	[SETTING_CONFIDENCE] = { "policy.confidence", "", "0.95" },
	[SETTING_ADJUSTMENT] = { "policy.adjustment", "", "holm" },
	[SETTING_JUDGE_BY] = { "policy.judge_by", "", "value" },
	[SETTING_MAX_AGE_MONTHS] = { "policy.max_age_months", "", "12" },
	[SETTING_POLICY_VERSION] = { "policy.version", "", "default" },
	[SETTING_NAMING_ID] = { "naming.id", "", "" },
	[SETTING_WAIVERS] = { "waivers", "waivers", "" },
	[SETTING_BASELINE] = { "baseline", "baseline", "" },
	[SETTING_PROFILE] = { "profile", "profile", "" },
	[SETTING_EARLY] = { "policy.early", "", "error" },
	[SETTING_WAIVER_MONTHS] = { "policy.waiver_months", "", "12" },
	[SETTING_WAIVER_WARN_DAYS] = { "policy.waiver_warn_days", "", "30" },
	[SETTING_WAIVER_OWNER] = { "policy.waiver_by_owner", "", "warn" },
	[SETTING_DATA] = { "data", "data", "" },
};

const char *
settings_name(enum setting setting)
{
	return table[setting].name;
}

/* "DOSSIER_POLICY_MIN_REPORT" for "policy.min_report". */
static void
environment_name(enum setting setting, char *out, size_t size)
{
	size_t n =
	    (size_t)snprintf(out, size, "DOSSIER_%s", table[setting].name);

	for (size_t i = 8; i < n && i < size; i++) {
		if (out[i] == '.')
			out[i] = '_';
		else if (out[i] >= 'a' && out[i] <= 'z')
			out[i] = (char)(out[i] - 'a' + 'A');
	}
}

static int
setting_of(const char *section, const char *key)
{
	char name[128];

	snprintf(name, sizeof(name), "%s%s%s", section,
	    section[0] != '\0' ? "." : "", key);
	for (int i = 0; i < SETTING_COUNT; i++)
		if (strcmp(table[i].name, name) == 0)
			return i;
	return -1;
}

void
settings_reset(struct settings *settings, enum setting setting)
{
	settings->values[setting] =
	    (struct setting_value){ table[setting].standard, "default",
		    { NULL, 0, 0 } };
}

void
settings_begin(struct settings *settings)
{
	for (int i = 0; i < SETTING_COUNT; i++)
		settings_reset(settings, (enum setting)i);
}

static void
set_from_environment(struct settings *settings, struct arena *arena)
{
	char name[64];

	for (int i = 0; i < SETTING_COUNT; i++) {
		const char *value;

		environment_name((enum setting)i, name, sizeof(name));
		value = getenv(name);
		if (value != NULL)
			settings->values[i] = (struct setting_value){ value,
				arena_printf(arena, "environment %s", name),
				{ NULL, 0, 0 } };
	}
}

static void
set_from_options(struct settings *settings, struct arena *arena,
    const struct options *options)
{
	for (int i = 0; i < SETTING_COUNT; i++) {
		const char *value = table[i].option[0] != '\0' ?
		    options_get(options, table[i].option) :
		    NULL;

		if (value != NULL)
			settings->values[i] =
			    (struct setting_value){ value[0] != '\0' ? value :
								       "yes",
				    arena_printf(
					arena, "option --%s", table[i].option),
				    { NULL, 0, 0 } };
	}
}

/* Every key that dossier.yaml may hold in a section. */
static const struct {
	const char *section, *key;
} plain_keys[] = {
	{ "", "organisation" },
	{ "", "models" },
	{ "", "policy" },
	{ "", "naming" },
	{ "organisation", "name" },
	{ "organisation", "unit" },
	{ "organisation", "contact" },
	{ "organisation", "authority" },
	{ "organisation", "confidentiality" },
	{ "policy", "limits" },
	{ "policy", "tables" },
	{ "policy", "not_waivable" },
	{ "naming", "try_on" },
};

enum { PLAIN_KEYS = sizeof(plain_keys) / sizeof(plain_keys[0]) };

static bool
is_plain_key(const char *section, const char *key)
{
	for (size_t i = 0; i < PLAIN_KEYS; i++)
		if (strcmp(plain_keys[i].section, section) == 0 &&
		    strcmp(plain_keys[i].key, key) == 0)
			return true;
	return false;
}

static void
report_unknown(
    const char *section, const struct value *value, struct diag_list *diags)
{
	const char *names[PLAIN_KEYS + SETTING_COUNT];
	size_t n = 0, skip = strlen(section);
	const char *near;

	for (size_t i = 0; i < PLAIN_KEYS; i++)
		if (strcmp(plain_keys[i].section, section) == 0)
			names[n++] = plain_keys[i].key;
	for (size_t i = 0; i < SETTING_COUNT; i++) {
		const char *name = table[i].name;

		if (skip == 0 && strchr(name, '.') == NULL)
			names[n++] = name;
		else if (skip > 0 && strncmp(name, section, skip) == 0 &&
		    name[skip] == '.')
			names[n++] = name + skip + 1;
	}
	near = near_word(value->key, names, n);
	diag_add(diags, DIAG_KEY_UNKNOWN, value->key_pos, "%s%s%s%s",
	    value->key, near != NULL ? "; did you mean " : "",
	    near != NULL ? near : "", near != NULL ? "?" : "");
}

/* Settings of one section of dossier.yaml; unknown keys are findings. */
void
settings_from_section(struct settings *settings, struct arena *arena,
    const struct value *map, const char *section, struct diag_list *diags)
{
	const struct value *v = map != NULL ? map->first : NULL;

	for (; v != NULL; v = v->next) {
		int setting = setting_of(section, v->key);

		if (setting == -1) {
			if (!is_plain_key(section, v->key))
				report_unknown(section, v, diags);
			continue;
		}
		if (v->text == NULL) {
			diag_add(diags, DIAG_CONFIG, v->pos,
			    "%s must be a single value", v->key);
			continue;
		}
		settings->values[setting] = (struct setting_value){ v->text,
			arena_printf(arena, "%s:%u", v->pos.file, v->pos.line),
			v->pos };
	}
}

void
settings_from_profile(struct settings *settings, struct arena *arena,
    const struct value *map, const char *profile, struct diag_list *diags)
{
	const struct value *v = map != NULL ? map->first : NULL;

	for (; v != NULL; v = v->next) {
		int setting =
		    v->key != NULL ? setting_of("policy", v->key) : -1;
		struct setting_value *value;

		if (setting == -1 && v->key != NULL)
			report_unknown("policy", v, diags);
		else if (v->text == NULL || v->key == NULL)
			diag_add(diags, DIAG_PROFILE, v->pos,
			    "a setting is a single value under its key");
		else if (value = &settings->values[setting],
		    strcmp(value->origin, "default") == 0)
			*value = (struct setting_value){ v->text,
				arena_printf(arena, "profile %s", profile),
				v->pos };
	}
}

void
settings_from_caller(struct settings *settings, struct arena *arena,
    const struct options *options)
{
	set_from_environment(settings, arena);
	set_from_options(settings, arena, options);
}

const char *
settings_text(const struct settings *settings, enum setting setting)
{
	return settings->values[setting].text;
}

void
settings_wrong(const struct settings *settings, enum setting setting,
    const char *remedy, struct diag_list *diags)
{
	const struct setting_value *value = &settings->values[setting];

	diag_add(diags, DIAG_CONFIG, value->pos, "%s (%s) is \"%s\": %s",
	    settings_name(setting), value->origin, value->text, remedy);
}

double
settings_number(const struct settings *settings, enum setting setting,
    const double range[2], struct diag_list *diags)
{
	const char *text = settings_text(settings, setting);
	char remedy[96];
	double value;

	if (num_read(text, strlen(text), &value) && value >= range[0] &&
	    value <= range[1])
		return value;
	snprintf(remedy, sizeof(remedy), "a number from %g to %g is expected",
	    range[0], range[1]);
	settings_wrong(settings, setting, remedy, diags);
	return range[0];
}
