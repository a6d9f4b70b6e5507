#include "compose/coverage.h"

#include <string.h>

#include "compose/find.h"
#include "compose/part.h"
#include "compose/xml.h"

static const struct provision_group groups[] = {
	{ "art-4", "Article 4", { "art-4.", NULL } },
	{ "art-5", "Article 5", { "art-5.", "art-5a", NULL } },
	{ "art-6", "Articles 6 and 25",
	    { "art-6.", "annex-i.", "annex-iii.", "art-2.", "art-25.",
		"art-80.", NULL } },
	{ "art-9", "Article 9", { "art-9.", NULL } },
	{ "art-10", "Articles 4a and 10", { "art-10.", "art-4a.", NULL } },
	{ "annex-iv", "Article 11 and Annex IV",
	    { "annex-iv.", "art-11.", NULL } },
	{ "art-12", "Articles 12 and 19", { "art-12.", "art-19.", NULL } },
	{ "art-13", "Article 13", { "art-13.", NULL } },
	{ "art-14", "Article 14", { "art-14.", NULL } },
	{ "art-15", "Articles 15 and 42", { "art-15.", "art-42.", NULL } },
	{ "art-16", "Articles 16 to 22",
	    { "art-16.", "art-17.", "art-18.", "art-20.", "art-21.", "art-22.",
		"art-63.", NULL } },
	{ "art-23", "Articles 23 and 24", { "art-23.", "art-24.", NULL } },
	{ "art-26", "Articles 26 and 86", { "art-26.", "art-86.", NULL } },
	{ "art-27", "Article 27", { "art-27.", NULL } },
	{ "art-43", "Articles 40 to 49",
	    { "art-40.", "art-43.", "art-44.", "art-47.", "art-48.", "art-49.",
		"annex-v", "art-71.", "annex-vi", "annex-ix.", "art-60.",
		NULL } },
	{ "art-50", "Article 50", { "art-50.", "art-111.4", NULL } },
	{ "art-53", "Articles 51 to 55",
	    { "art-51.", "art-52.", "art-53.", "art-54.", "art-55.", "annex-xi",
		"cop-mdf.", "gpai-summary.", "art-111.3", NULL } },
	{ "art-72", "Articles 72 to 77",
	    { "art-72.", "art-73.", "art-75.", "art-77.", NULL } },
	{ "other", "Record as a whole", { "", NULL } },
};

enum { GROUPS = sizeof(groups) / sizeof(groups[0]) };

const struct provision_group *
coverage_groups(size_t *n)
{
	*n = GROUPS;
	return groups;
}

static bool
is_in(const struct provision_group *group, const char *law)
{
	for (size_t i = 0; group->prefixes[i] != NULL; i++)
		if (strncmp(law, group->prefixes[i],
			strlen(group->prefixes[i])) == 0)
			return true;
	return false;
}

const struct provision_group *
coverage_group_of(const char *law)
{
	size_t i = 0;

	while (!is_in(&groups[i], law != NULL ? law : ""))
		i++;
	return &groups[i];
}

/* What became of the rules of a group. */
struct cover {
	struct counts_by_result counts;
	const struct verdict *worst; /* status of those that apply; or NULL */
};

static void
count_groups(const struct record *record, struct cover covers[GROUPS])
{
	for (const struct verdict *v = record->verdicts.first; v != NULL;
	     v = v->next) {
		struct cover *cover =
		    &covers[coverage_group_of(v->law) - groups];

		find_count(&cover->counts, v);
		if (v->result != VERDICT_NOT_APPLICABLE &&
		    (cover->worst == NULL || v->status < cover->worst->status))
			cover->worst = v;
	}
}

void
part_coverage(const struct part *part)
{
	xmlNodePtr node = xml_add(part->report, "coverage");
	struct cover covers[GROUPS] = { 0 };

	count_groups(part->record, covers);
	for (size_t i = 0; i < GROUPS; i++) {
		struct counts_by_result counts = covers[i].counts;
		const struct verdict *worst = covers[i].worst;
		xmlNodePtr child = xml_add(node, "provision");

		xml_set(child, "id", groups[i].id);
		xml_set(child, "label", groups[i].label);
		xml_set_count(child, "met", counts.met);
		xml_set_count(child, "applicable", counts.applicable);
		if (counts.applicable > 0)
			xml_setf(child, "text", "%zu of %zu", counts.met,
			    counts.applicable);
		else
			xml_set(child, "text", "Not applicable");
		xml_set(child, "class",
		    worst != NULL ? status_class(worst->status) : "na");
		xml_set(child, "status",
		    worst != NULL ? status_word(worst->status) :
				    "Not applicable");
	}
}
