#include <string.h>

#include "app/format.h"
#include "app/sarif_rules.h"
#include "base/json_write.h"
#include "compose/xml.h"
#include "model/context.h"

/*
 * SARIF 2.1.0 (OASIS) for code scanning.  Results come first and the rules
 * that they name last, so that a run of any size streams.
 */

#define SCHEMA                                                                 \
	"https://docs.oasis-open.org/sarif/sarif/v2.1.0/"                      \
	"errata01/os/schemas/sarif-schema-2.1.0.json"
#define BASE "%SRCROOT%"

enum {
	FLAT_RESULT = 5, /* a result on one line */
	FLAT_RULE = 7    /* a rule on one line */
};

struct sarif {
	struct json_writer writer;
	struct sarif_rules rules; /* that results name */
};

static void
put_text(struct json_writer *w, const char *key, const char *text)
{
	if (text == NULL || text[0] == '\0')
		return;
	json_open(w, key, '{');
	json_string(w, "text", text);
	json_close(w, '}');
}

static void
put_member(struct json_writer *w, const char *key, const char *value)
{
	if (value != NULL && value[0] != '\0')
		json_string(w, key, value);
}

/* A relative reference (RFC 3986) whose every odd byte is encoded. */
static void
put_uri(struct json_writer *w, const char *path)
{
	static const char plain[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	    "0123456789-._~/";
	struct text uri = { 0 };

	for (const char *p = path; *p != '\0'; p++) {
		if (strchr(plain, *p) != NULL)
			text_putc(&uri, *p);
		else
			text_printf(&uri, "%%%02X", (unsigned char)*p);
	}
	json_string(w, "uri", text_str(&uri));
	text_free(&uri);
}

static void
put_location(struct json_writer *w, const struct spot *spot)
{
	json_open(w, "physicalLocation", '{');
	json_open(w, "artifactLocation", '{');
	put_uri(w, spot->place);
	if (spot->place[0] != '/')
		json_string(w, "uriBaseId", BASE);
	json_close(w, '}');
	if (spot->line > 0) {
		json_open(w, "region", '{');
		json_number(w, "startLine", spot->line);
		if (spot->column > 0)
			json_number(w, "startColumn", spot->column);
		json_close(w, '}');
	}
	json_close(w, '}');
}

/* Where it is, in the file and in the record. */
static void
put_locations(
    struct json_writer *w, const struct finding *f, const struct judged *model)
{
	struct text name = { 0 };

	json_open(w, "locations", '[');
	json_open(w, NULL, '{');
	put_location(w, &f->at);
	if (model->doc != NULL) {
		text_printf(&name, "%s%s%s", model->id,
		    f->path[0] != '\0' ? ":" : "", f->path);
		json_open(w, "logicalLocations", '[');
		json_open(w, NULL, '{');
		json_string(w, "fullyQualifiedName", text_str(&name));
		put_member(w, "name", f->path);
		json_string(
		    w, "kind", f->path[0] != '\0' ? "member" : "object");
		json_close(w, '}');
		json_close(w, ']');
	}
	json_close(w, '}');
	json_close(w, ']');
	if (f->other.place != NULL) {
		json_open(w, "relatedLocations", '[');
		json_open(w, NULL, '{');
		put_location(w, &f->other);
		put_text(w, "message", "what contradicts it");
		json_close(w, '}');
		json_close(w, ']');
	}
	text_free(&name);
}

static void
put_message(struct json_writer *w, const struct finding *f)
{
	struct text text = { 0 };

	text_puts(&text, f->message);
	if (f->fix[0] != '\0')
		text_printf(&text, "\nTo fix: %s", f->fix);
	if (f->provision[0] != '\0')
		text_printf(&text, "\nAsked by: %s", f->provision);
	put_text(w, "message", text_str(&text));
	text_free(&text);
}

static void
put_suppression(struct json_writer *w, const struct finding *f)
{
	struct text why = { 0 };

	json_open(w, "suppressions", '[');
	if (f->suppression != SUPPRESSED_NOT) {
		finding_put_note(&why, f);
		if (f->waived_for[0] != '\0')
			text_printf(&why, ": %s", f->waived_for);
		json_open(w, NULL, '{');
		json_string(w, "kind", "external");
		json_string(w, "status", "accepted");
		json_string(w, "justification", text_str(&why));
		json_close(w, '}');
	}
	json_close(w, ']');
	text_free(&why);
}

/*
 * What weighs on the gate is a failure with its level.  A rule that a fact is
 * missing for, or a person's decision, and that does not weigh is left open
 * or to review; SARIF gives these no level.
 */
static void
put_level(struct json_writer *w, const struct finding *f)
{
	const char *kind = "fail";

	if (f->closes || f->severity != DIAG_NOTE)
		kind = "fail";
	else if (strcmp(f->result, "unknown") == 0)
		kind = "open";
	else if (strcmp(f->result, "manual") == 0)
		kind = "review";
	json_string(w, "kind", kind);
	json_string(w, "level",
	    strcmp(kind, "fail") == 0 ? diag_severity_word(f->severity) :
					"none");
}

static void
put_properties(
    struct json_writer *w, const struct finding *f, const struct judged *model)
{
	json_open(w, "properties", '{');
	put_member(w, "model", model->id);
	put_member(w, "modelVersion", model->version);
	put_member(w, "field", f->path);
	put_member(w, "result", f->result);
	put_member(w, "status", f->status);
	put_member(w, "provision", f->provision);
	put_member(w, "owner", f->owner);
	put_member(w, "wantedBy", f->wanted_by);
	if (f->days_left[0] != '\0')
		json_raw(w, "daysLeft", f->days_left);
	put_member(w, "knownSince", f->known_since);
	put_member(w, "waiver", f->waiver);
	put_member(w, "waivedUntil", f->waived_until);
	json_bool(w, "closesGate", f->closes);
	json_close(w, '}');
}

/*
 * GitHub knows an alert again by primaryLocationLineHash and would otherwise
 * make it of the lines around the place, which change while the fault stays.
 */
static void
put_fingerprints(struct json_writer *w, const struct finding *f)
{
	json_open(w, "partialFingerprints", '{');
	json_string(w, "dossierFinding/v1", f->fingerprint);
	json_string(w, "primaryLocationLineHash", f->fingerprint);
	json_close(w, '}');
}

static void
put_result(
    struct output *output, const struct finding *f, const struct judged *model)
{
	struct sarif *sarif = output->state;
	struct json_writer *w = &sarif->writer;

	json_open(w, NULL, '{');
	json_string(w, "ruleId", f->rule);
	json_number(w, "ruleIndex", sarif_rules_index(&sarif->rules, f));
	put_level(w, f);
	put_message(w, f);
	put_locations(w, f, model);
	put_fingerprints(w, f);
	put_suppression(w, f);
	put_properties(w, f, model);
	json_close(w, '}');
}

static void
begin(struct output *output)
{
	struct sarif *sarif = arena_alloc(&output->arena, sizeof(*sarif));
	struct json_writer *w = &sarif->writer;

	sarif_rules_open(&sarif->rules, &output->arena, output->run->catalogue);
	*w = (struct json_writer){ .out = &output->text, .flat = FLAT_RESULT };
	output->state = sarif;
	json_open(w, NULL, '{');
	json_string(w, "$schema", SCHEMA);
	json_string(w, "version", "2.1.0");
	json_open(w, "runs", '[');
	json_open(w, NULL, '{');
	json_string(w, "columnKind", "unicodeCodePoints");
	json_open(w, "originalUriBaseIds", '{');
	json_open(w, BASE, '{');
	put_text(w, "description", "The root of the repository.");
	json_close(w, '}');
	json_close(w, '}');
	json_open(w, "results", '[');
}

static void
model(struct output *output, const struct judged *judged)
{
	for (size_t i = 0; i < judged->n; i++)
		put_result(output, &judged->findings[i], judged);
}

/* What is found in a file is a result; the rest is told of the run. */
static void
put_run(struct output *output, const struct judged *run)
{
	for (size_t i = 0; i < run->n; i++)
		if (run->findings[i].at.place != NULL)
			put_result(output, &run->findings[i], run);
}

static void
put_notification(struct json_writer *w, const struct finding *f)
{
	json_open(w, NULL, '{');
	put_text(w, "message", f->message);
	json_string(w, "level", diag_severity_word(f->severity));
	json_open(w, "descriptor", '{');
	json_string(w, "id", f->rule);
	json_close(w, '}');
	json_close(w, '}');
}

static void
put_invocation(struct output *output, const struct judged *run,
    const struct gate_total *gate)
{
	struct sarif *sarif = output->state;
	struct json_writer *w = &sarif->writer;
	struct text line = { 0 };
	char time[TIME_SIZE];

	time_write(output->run->info->time, time);
	format_put_gate(&line, gate);
	text_cut(&line, line.n - 1);
	json_open(w, "invocations", '[');
	json_open(w, NULL, '{');
	json_bool(w, "executionSuccessful", gate->status <= 1);
	json_number(w, "exitCode", (unsigned long)gate->status);
	json_string(w, "exitCodeDescription", text_str(&line));
	json_string(w, "endTimeUtc", time);
	json_open(w, "toolExecutionNotifications", '[');
	for (size_t i = 0; i < run->n; i++)
		if (run->findings[i].at.place == NULL)
			put_notification(w, &run->findings[i]);
	json_close(w, ']');
	json_close(w, '}');
	json_close(w, ']');
	text_free(&line);
}

/* The program, the rules, and the state of the law that they are of. */
static void
put_tool(struct output *output)
{
	const struct pack *pack = &output->run->catalogue->pack;
	struct sarif *sarif = output->state;
	struct json_writer *w = &sarif->writer;
	char day[DATE_SIZE] = "";

	if (pack->name != NULL)
		date_write(pack->reviewed, day);
	w->flat = FLAT_RULE;
	json_open(w, "tool", '{');
	json_open(w, "driver", '{');
	json_string(w, "name", "dossier");
	json_string(w, "version", DOSSIER_VERSION);
	json_string(w, "semanticVersion", DOSSIER_VERSION);
	sarif_rules_write(&sarif->rules, w);
	json_close(w, '}');
	if (pack->name != NULL) {
		json_open(w, "extensions", '[');
		json_open(w, NULL, '{');
		json_string(w, "name", pack->name);
		put_member(w, "fullName", pack->edition);
		put_member(w, "version", pack->version);
		put_member(w, "releaseDateUtc", day);
		json_close(w, '}');
		json_close(w, ']');
	}
	json_close(w, '}');
	w->flat = FLAT_RESULT;
}

static void
end(struct output *output, const struct judged *run,
    const struct gate_total *gate)
{
	const struct run_info *info = output->run->info;
	struct sarif *sarif = output->state;
	struct json_writer *w = &sarif->writer;
	char day[DATE_SIZE];

	put_run(output, run);
	json_close(w, ']');
	put_tool(output);
	put_invocation(output, run, gate);
	date_write(info->as_of, day);
	json_open(w, "properties", '{');
	put_member(w, "asOf", day);
	put_member(w, "pack", info->pack);
	put_member(w, "policy", info->policy);
	json_close(w, '}');
	json_close(w, '}');
	json_close(w, ']');
	json_close(w, '}');
}

const struct format format_sarif = { "sarif", begin, model, end };
