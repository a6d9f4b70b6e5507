#include "app/policy.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/limit.h"
#include "base/num.h"
#include "stats/adjust.h"

int
policy_read_tables(
    struct policy *policy, const struct value *list, struct diag_list *diags)
{
	size_t errors = diags->n_errors;

	if (list == NULL)
		return 0;
	if (list->kind != VALUE_LIST) {
		diag_add(diags, DIAG_CONFIG, list->pos,
		    "tables is a list of four-fifths and local-law-144");
		return -1;
	}
	for (const struct value *v = list->first; v != NULL; v = v->next) {
		const char *word = v->text != NULL ? v->text : "";

		if (strcmp(word, "four-fifths") == 0)
			policy->shows_four_fifths = true;
		else if (strcmp(word, "local-law-144") == 0)
			policy->shows_local_law_144 = true;
		else
			diag_add(diags, DIAG_VALUE_CHOICE, v->pos,
			    "a table is four-fifths or local-law-144, not %s",
			    word);
	}
	return diags->n_errors > errors ? -1 : 0;
}

bool
policy_warnings_close(const struct policy *policy)
{
	return !policy->never_fail && policy->fail_on <= DIAG_WARNING;
}

int64_t
policy_time(void)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	unsigned long long seconds;

	if (epoch != NULL && num_read_count(epoch, strlen(epoch), &seconds))
		return (int64_t)seconds;
	return (int64_t)time(NULL);
}

static void
settle_as_of(struct policy *policy, const struct settings *settings,
    struct diag_list *diags)
{
	const char *text = settings_text(settings, SETTING_AS_OF);

	if (strcmp(text, "today") == 0)
		policy->as_of = date_of_time(policy_time());
	else if (!date_read(text, strlen(text), &policy->as_of))
		settings_wrong(settings, SETTING_AS_OF,
		    "a date such as 2027-12-02, or today, is expected", diags);
}

static void
settle_fail_on(struct policy *policy, const struct settings *settings,
    struct diag_list *diags)
{
	const char *text = settings_text(settings, SETTING_FAIL_ON);

	policy->fail_on = DIAG_ERROR;
	if (strcmp(text, "warning") == 0)
		policy->fail_on = DIAG_WARNING;
	else if (strcmp(text, "note") == 0)
		policy->fail_on = DIAG_NOTE;
	else if (strcmp(text, "never") == 0)
		policy->never_fail = true;
	else if (strcmp(text, "error") != 0)
		settings_wrong(settings, SETTING_FAIL_ON,
		    "error, warning, note or never is expected", diags);
}

/* A strict gate closes on warnings at least. */
static void
settle_strict(struct policy *policy, const struct settings *settings,
    struct diag_list *diags)
{
	const char *text = settings_text(settings, SETTING_STRICT);

	policy->is_strict =
	    strcmp(text, "yes") == 0 || strcmp(text, "true") == 0;
	if (!policy->is_strict && strcmp(text, "no") != 0 &&
	    strcmp(text, "false") != 0)
		settings_wrong(
		    settings, SETTING_STRICT, "yes or no is expected", diags);
	if (policy->is_strict && policy->never_fail)
		settings_wrong(settings, SETTING_STRICT,
		    "a strict gate cannot be one that never closes: leave "
		    "this or fail_on out",
		    diags);
	if (policy->is_strict && policy->fail_on > DIAG_WARNING)
		policy->fail_on = DIAG_WARNING;
}

static void
settle_judge_by(struct policy *policy, const struct settings *settings,
    struct diag_list *diags)
{
	const char *text = settings_text(settings, SETTING_JUDGE_BY);

	policy->judge_by = limit_rule_of(text);
	if (policy->judge_by == LIMIT_RULE_UNSAID ||
	    policy->judge_by == LIMIT_FOUR_FIFTHS)
		settings_wrong(settings, SETTING_JUDGE_BY,
		    "value, interval, finding or significance is expected",
		    diags);
}

static void
settle_adjustment(struct policy *policy, const struct settings *settings,
    struct diag_list *diags)
{
	const char *text = settings_text(settings, SETTING_ADJUSTMENT);

	if (strcmp(text, "bh") == 0)
		text = "benjamini-hochberg";
	policy->adjustment = text;
	if (adjust_find(text) == ADJUST_COUNT)
		settings_wrong(settings, SETTING_ADJUSTMENT,
		    "holm, bh, bonferroni or none is expected", diags);
}

static void
settle_missing(struct policy *policy, const struct settings *settings,
    struct diag_list *diags)
{
	const char *text = settings_text(settings, SETTING_MISSING);

	policy->missing_is_group = strcmp(text, "group") == 0;
	if (!policy->missing_is_group && strcmp(text, "apart") != 0)
		settings_wrong(settings, SETTING_MISSING,
		    "apart or group is expected", diags);
}

static void
settle_waiver_owner(struct policy *policy, const struct settings *settings,
    struct diag_list *diags)
{
	static const char *const words[] = { "warn", "allow", "forbid" };
	const char *text = settings_text(settings, SETTING_WAIVER_OWNER);
	size_t i = 0;

	while (i < 3 && strcmp(words[i], text) != 0)
		i++;
	if (i < 3)
		policy->waiver_owner = (enum waiver_owner)i;
	else
		settings_wrong(settings, SETTING_WAIVER_OWNER,
		    "warn, allow or forbid is expected", diags);
}

static void
settle_early(struct policy *policy, const struct settings *settings,
    struct diag_list *diags)
{
	static const char *const words[] = { "error", "warning", "note" };
	const char *text = settings_text(settings, SETTING_EARLY);
	size_t i = 0;

	while (i < 3 && strcmp(words[i], text) != 0)
		i++;
	if (i < 3)
		policy->early = (enum early)i;
	else
		settings_wrong(settings, SETTING_EARLY,
		    "error, warning or note is expected", diags);
}

void
policy_settle(struct policy *policy, const struct settings *settings,
    struct diag_list *diags)
{
	static const double days[] = { 0, 3650 }, rows[] = { 0, 1e6 },
			    share[] = { 0.5, 0.9999 }, months[] = { 1, 600 },
			    life[] = { 1, 60 };

	policy->version = settings_text(settings, SETTING_POLICY_VERSION);
	policy->lead_time_days =
	    (int)settings_number(settings, SETTING_LEAD_TIME_DAYS, days, diags);
	policy->min_report =
	    settings_number(settings, SETTING_MIN_REPORT, rows, diags);
	policy->min_conclude =
	    settings_number(settings, SETTING_MIN_CONCLUDE, rows, diags);
	policy->confidence =
	    settings_number(settings, SETTING_CONFIDENCE, share, diags);
	policy->max_age_months = (int)settings_number(
	    settings, SETTING_MAX_AGE_MONTHS, months, diags);
	policy->waiver_months =
	    (int)settings_number(settings, SETTING_WAIVER_MONTHS, life, diags);
	policy->waiver_warn_days = (int)settings_number(
	    settings, SETTING_WAIVER_WARN_DAYS, days, diags);
	settle_waiver_owner(policy, settings, diags);
	settle_early(policy, settings, diags);
	settle_as_of(policy, settings, diags);
	settle_fail_on(policy, settings, diags);
	settle_strict(policy, settings, diags);
	settle_judge_by(policy, settings, diags);
	settle_missing(policy, settings, diags);
	settle_adjustment(policy, settings, diags);
}
