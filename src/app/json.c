#include "app/json.h"

#include <string.h>

#include "compose/xml.h"

/* A member of a finding: its name, and the attribute or child it is made of. */
struct member {
	const char *name;
	const char *from;
	enum { MEMBER_TEXT, MEMBER_NUMBER, MEMBER_CHILD } kind;
};

static const struct member finding_members[] = {
	{ "id", "id", MEMBER_TEXT },
	{ "rule", "rule", MEMBER_TEXT },
	{ "result", "result", MEMBER_TEXT },
	{ "status", "status", MEMBER_TEXT },
	{ "effect", "effect", MEMBER_TEXT },
	{ "severity", "severity", MEMBER_TEXT },
	{ "title", "title", MEMBER_TEXT },
	{ "message", "message", MEMBER_CHILD },
	{ "provision", "provision", MEMBER_TEXT },
	{ "path", "path", MEMBER_TEXT },
	{ "file", "file", MEMBER_TEXT },
	{ "line", "line", MEMBER_NUMBER },
	{ "column", "column", MEMBER_NUMBER },
	{ "other_file", "other-file", MEMBER_TEXT },
	{ "other_line", "other-line", MEMBER_NUMBER },
	{ "other_column", "other-column", MEMBER_NUMBER },
	{ "fix", "fix", MEMBER_CHILD },
	{ "owner", "owner", MEMBER_TEXT },
	{ "wanted_by", "wanted-by", MEMBER_TEXT },
	{ "first_seen", "first-seen", MEMBER_TEXT },
	{ "days_left", "days-left", MEMBER_NUMBER },
	{ "waiver", "waiver", MEMBER_TEXT },
	{ "waived_until", "waived-until", MEMBER_TEXT },
};

static const struct member model_members[] = {
	{ "id", "id", MEMBER_TEXT },
	{ "name", "name", MEMBER_TEXT },
	{ "version", "version", MEMBER_TEXT },
	{ "file", "file", MEMBER_TEXT },
	{ "tier", "tier", MEMBER_TEXT },
	{ "gate", "gate", MEMBER_TEXT },
};

static const struct member gate_members[] = {
	{ "blocking", "blocking", MEMBER_NUMBER },
	{ "warnings", "warnings", MEMBER_NUMBER },
	{ "waived", "waived", MEMBER_NUMBER },
	{ "upcoming", "upcoming", MEMBER_NUMBER },
};

static void
put_string(struct text *out, const char *name, const char *value)
{
	text_put_json(out, name, strlen(name));
	text_puts(out, ": ");
	if (value != NULL && value[0] != '\0')
		text_put_json(out, value, strlen(value));
	else
		text_puts(out, "null");
}

static void
put_member(struct text *out, const struct member *member, const xmlNode *node)
{
	const char *value = member->kind == MEMBER_CHILD ?
	    xml_text(xml_child(node, member->from)) :
	    xml_get(node, member->from);

	if (member->kind == MEMBER_NUMBER && value[0] != '\0') {
		text_put_json(out, member->name, strlen(member->name));
		text_printf(out, ": %s", value);
	} else {
		put_string(out, member->name, value);
	}
}

static void
put_members(struct text *out, const struct member *members, size_t n,
    const xmlNode *node)
{
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			text_puts(out, ", ");
		put_member(out, &members[i], node);
	}
}

#define MEMBERS(table) (table), sizeof(table) / sizeof((table)[0])

void
json_begin(struct text *out, const char *generator, const char *as_of,
    const char *pack)
{
	text_puts(out, "{\n  \"version\": 1,\n  ");
	put_string(out, "generator", generator);
	text_puts(out, ",\n  ");
	put_string(out, "as_of", as_of);
	text_puts(out, ",\n  ");
	put_string(out, "pack", pack);
	text_puts(out, ",\n  \"models\": [");
}

void
json_model(struct text *out, const xmlDoc *doc, bool is_first)
{
	const xmlNode *report = xml_root(doc);
	const xmlNode *findings = xml_child(report, "findings");
	const char *between = "\n";

	text_puts(out, is_first ? "\n    {" : ",\n    {");
	put_members(out, MEMBERS(model_members), xml_child(report, "model"));
	text_puts(out, ",\n     ");
	put_members(out, MEMBERS(gate_members), xml_child(report, "gate"));
	text_puts(out, ",\n     \"findings\": [");
	for (xmlNodePtr f = xml_child(findings, "finding"); f != NULL;
	     f = xml_next(f)) {
		text_printf(out, "%s      {", between);
		put_members(out, MEMBERS(finding_members), f);
		text_puts(out, "}");
		between = ",\n";
	}
	text_puts(out, between[0] == ',' ? "\n     ]}" : "]}");
}

void
json_end(struct text *out, bool gate_open, int status)
{
	text_printf(out, "\n  ],\n  \"gate\": \"%s\",\n  \"status\": %d\n}\n",
	    gate_open ? "open" : "closed", status);
}
