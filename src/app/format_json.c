#include <stddef.h>

#include "app/format.h"
#include "base/json_write.h"
#include "compose/xml.h"
#include "model/context.h"

/*
 * Findings for programs: one JSON object with a version of its own, the same
 * on standard output and as findings.json of a pack.
 */

/* A member of a finding and where it stands in the structure. */
struct member {
	const char *name;
	size_t offset;
	enum { MEMBER_TEXT, MEMBER_DIGITS, MEMBER_NUMBER } kind;
};

#define MEMBER(name, member, kind)                                             \
	{                                                                      \
		name, offsetof(struct finding, member), kind                   \
	}

static const struct member members[] = {
	MEMBER("id", id, MEMBER_TEXT),
	MEMBER("fingerprint", fingerprint, MEMBER_TEXT),
	MEMBER("rule", rule, MEMBER_TEXT),
	MEMBER("result", result, MEMBER_TEXT),
	MEMBER("status", status, MEMBER_TEXT),
	MEMBER("effect", effect, MEMBER_TEXT),
	MEMBER("severity", graveness, MEMBER_TEXT),
	MEMBER("title", title, MEMBER_TEXT),
	MEMBER("message", message, MEMBER_TEXT),
	MEMBER("provision", provision, MEMBER_TEXT),
	MEMBER("path", path, MEMBER_TEXT),
	MEMBER("file", at.place, MEMBER_TEXT),
	MEMBER("line", at.line, MEMBER_NUMBER),
	MEMBER("column", at.column, MEMBER_NUMBER),
	MEMBER("other_file", other.place, MEMBER_TEXT),
	MEMBER("other_line", other.line, MEMBER_NUMBER),
	MEMBER("other_column", other.column, MEMBER_NUMBER),
	MEMBER("fix", fix, MEMBER_TEXT),
	MEMBER("owner", owner, MEMBER_TEXT),
	MEMBER("wanted_by", wanted_by, MEMBER_TEXT),
	MEMBER("first_seen", first_seen, MEMBER_TEXT),
	MEMBER("days_left", days_left, MEMBER_DIGITS),
	MEMBER("tuned", tuned, MEMBER_TEXT),
	MEMBER("known_since", known_since, MEMBER_TEXT),
	MEMBER("waiver", waiver, MEMBER_TEXT),
	MEMBER("waived_until", waived_until, MEMBER_TEXT),
};

enum {
	MEMBERS = sizeof(members) / sizeof(members[0]),
	FLAT = 5 /* depth inside a finding, which stands on one line */
};

static void
put_text(struct json_writer *w, const char *name, const char *value)
{
	json_string_or_null(
	    w, name, value != NULL && value[0] != '\0' ? value : NULL);
}

static void
put_member(struct json_writer *w, const struct member *member,
    const struct finding *finding)
{
	const char *at = (const char *)finding + member->offset;
	const char *text;

	if (member->kind == MEMBER_NUMBER) {
		unsigned number = *(const unsigned *)(const void *)at;

		if (number > 0)
			json_number(w, member->name, number);
		else
			json_raw(w, member->name, "null");
		return;
	}
	text = *(const char *const *)(const void *)at;
	if (member->kind == MEMBER_DIGITS && text[0] != '\0')
		json_raw(w, member->name, text);
	else
		put_text(w, member->name, text);
}

static void
put_findings(struct json_writer *w, const struct judged *judged)
{
	json_open(w, "findings", '[');
	for (size_t i = 0; i < judged->n; i++) {
		json_open(w, NULL, '{');
		for (size_t j = 0; j < MEMBERS; j++)
			put_member(w, &members[j], &judged->findings[i]);
		json_close(w, '}');
	}
	json_close(w, ']');
}

/* The next day on which a result changes by itself; null when none does. */
static void
put_next(struct json_writer *w, const xmlNode *outlook)
{
	static const char *const keys[] = { "rule", "path", "from", "to",
		"effect", "message" };
	xmlNodePtr turn = xml_child(outlook, "turn");

	if (turn == NULL) {
		json_raw(w, "next_change", "null");
		return;
	}
	json_open(w, "next_change", '{');
	json_string(w, "day", xml_get(outlook, "day"));
	json_raw(w, "in_days", xml_get(outlook, "in-days"));
	json_open(w, "changes", '[');
	for (; turn != NULL; turn = xml_next(turn)) {
		json_open(w, NULL, '{');
		for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
			json_string(w, keys[i], xml_get(turn, keys[i]));
		json_close(w, '}');
	}
	json_close(w, ']');
	json_close(w, '}');
}

static void
begin(struct output *output)
{
	const struct run_info *info = output->run->info;
	struct json_writer *w = arena_alloc(&output->arena, sizeof(*w));
	char day[DATE_SIZE];

	*w = (struct json_writer){ .out = &output->text, .flat = FLAT };
	output->state = w;
	date_write(info->as_of, day);
	json_open(w, NULL, '{');
	json_raw(w, "version", "1");
	put_text(w, "generator", info->generator);
	put_text(w, "as_of", day);
	put_text(w, "pack", info->pack);
	json_open(w, "models", '[');
}

static void
model(struct output *output, const struct judged *judged)
{
	static const char *const counts[] = { "blocking", "warnings", "waived",
		"known", "upcoming" };
	const xmlNode *report = xml_root(judged->doc);
	const xmlNode *gate = xml_child(report, "gate");
	struct json_writer *w = output->state;

	json_open(w, NULL, '{');
	put_text(w, "id", judged->id);
	put_text(w, "name", judged->name);
	put_text(w, "version", judged->version);
	put_text(w, "file", judged->place);
	put_text(w, "tier", judged->tier);
	put_text(w, "gate", xml_get(xml_child(report, "model"), "gate"));
	for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++)
		json_raw(w, counts[i], xml_get(gate, counts[i]));
	put_next(w, xml_child(report, "outlook"));
	put_findings(w, judged);
	json_close(w, '}');
}

static void
end(struct output *output, const struct judged *run,
    const struct gate_total *gate)
{
	struct json_writer *w = output->state;

	json_close(w, ']');
	put_findings(w, run);
	json_string_or_null(
	    w, "next_change", gate->next.n > 0 ? gate->next.day : NULL);
	json_string(w, "gate", gate->is_open ? "open" : "closed");
	json_number(w, "status", (unsigned long)gate->status);
	json_close(w, '}');
}

const struct format format_json = { "json", begin, model, end };
