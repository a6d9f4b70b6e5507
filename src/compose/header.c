#include "compose/part.h"
#include "compose/prose.h"
#include "compose/xml.h"
#include "model/summary.h"

static const char *
or_unsaid(const char *text)
{
	return text != NULL ? text : "Not provided";
}

static void
compose_run(xmlNodePtr report, const struct context *context)
{
	xmlNodePtr node = xml_add(report, "run");
	const struct run_info *run = context->run;
	const struct history *history = context->history;
	bool is_first = history == NULL || history->is_first;
	char words[PROSE_SIZE], time[TIME_SIZE], day[PROSE_DATE_SIZE];

	xml_set(node, "id", run->id);
	time_write(run->time, time);
	xml_set(node, "time", time);
	prose_time(run->time, words);
	xml_set(node, "time-text", words);
	xml_set_date(node, "date", date_of_time(run->time));
	xml_set_date(node, "as-of", run->as_of);
	prose_date(run->as_of, day);
	xml_setf(node, "period-text", "As on file on %s", day);
	xml_set(node, "generator", run->generator);
	if (!is_first) {
		xml_set(node, "previous", history->before.id);
		prose_time(history->before.time, words);
		xml_set(node, "previous-text", words);
	}
	xml_set_bool(node, "first", is_first);
}

static void
compose_organisation(xmlNodePtr report, const struct organisation *from)
{
	xmlNodePtr node = xml_add(report, "organisation");

	xml_set(node, "name", or_unsaid(from->name));
	xml_set(node, "unit", from->unit);
	xml_set(node, "contact", from->contact);
	xml_set(node, "authority", or_unsaid(from->authority));
	xml_set(node, "confidentiality", or_unsaid(from->confidentiality));
}

static void
compose_pack(xmlNodePtr report, const struct pack *pack)
{
	xmlNodePtr node = xml_add(report, "pack");

	xml_set(node, "name", pack->name);
	xml_set(node, "version", pack->version);
	xml_set(node, "edition", or_unsaid(pack->edition));
	xml_set_date(node, "reviewed", pack->reviewed);
	xml_set_count(node, "rules", pack->n_rules);
}

static void
compose_policy(xmlNodePtr report, const struct context *context)
{
	const struct policy *policy = context->policy;
	xmlNodePtr node = xml_add(report, "policy");

	xml_set(node, "version", or_unsaid(policy->version));
	xml_set(node, "profile", policy->profile.name);
	xml_set(node, "profile-text", context->profile);
	xml_setf(node, "min-report", "%.0f", policy->min_report);
	xml_set_number(node, "confidence", policy->confidence);
	xml_setf(node, "confidence-text", "%.0f%%", policy->confidence * 100);
	xml_setf(node, "max-age-months", "%d", policy->max_age_months);
	xml_setf(node, "lead-time-days", "%d", policy->lead_time_days);
	if (policy->lead_time_days > 0)
		xml_setf(node, "lead-time-text",
		    "Duties are judged %d days before they apply",
		    policy->lead_time_days);
	else
		xml_set(node, "lead-time-text",
		    "Duties are judged from the day they apply");
}

void
part_put_basis(struct text *out, const struct context *context)
{
	const struct policy *policy = context->policy;
	const struct pack *pack = &context->pack;
	char day[PROSE_DATE_SIZE];

	prose_date(policy->as_of, day);
	text_printf(out, " Judged as of %s by %s (schema pack %s %s)", day,
	    pack->edition != NULL ? pack->edition : "an edition not stated",
	    pack->name, pack->version);
	if (policy->lead_time_days > 0)
		text_printf(out, ", duties %d days before they apply",
		    policy->lead_time_days);
	text_puts(out,
	    ". The gate checks that the documentation is complete and within"
	    " the limits that the organisation has set. It is not a legal"
	    " finding of conformity.");
}

void
part_header(xmlNodePtr report, const struct context *context)
{
	compose_run(report, context);
	compose_organisation(report, &context->organisation);
	compose_pack(report, &context->pack);
	compose_policy(report, context);
}
