#define _XOPEN_SOURCE 700 /* realpath() */
#include "app/finding.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/text.h"
#include "compose/xml.h"

/* Attributes of a finding in the document that are taken as they are. */
static const struct {
	const char *name;
	size_t offset;
} attributes[] = {
	{ "fingerprint", offsetof(struct finding, fingerprint) },
	{ "id", offsetof(struct finding, id) },
	{ "rule", offsetof(struct finding, rule) },
	{ "title", offsetof(struct finding, title) },
	{ "provision", offsetof(struct finding, provision) },
	{ "result", offsetof(struct finding, result) },
	{ "status", offsetof(struct finding, status) },
	{ "effect", offsetof(struct finding, effect) },
	{ "severity", offsetof(struct finding, graveness) },
	{ "path", offsetof(struct finding, path) },
	{ "owner", offsetof(struct finding, owner) },
	{ "wanted-by", offsetof(struct finding, wanted_by) },
	{ "first-seen", offsetof(struct finding, first_seen) },
	{ "days-left", offsetof(struct finding, days_left) },
	{ "tuned", offsetof(struct finding, tuned) },
	{ "baseline", offsetof(struct finding, known_since) },
	{ "waiver", offsetof(struct finding, waiver) },
	{ "waived-by", offsetof(struct finding, waived_by) },
	{ "waived-until", offsetof(struct finding, waived_until) },
};

enum { ATTRIBUTES = sizeof(attributes) / sizeof(attributes[0]) };

static const char **
text_of(struct finding *finding, size_t i)
{
	return (const char **)(void *)((char *)finding + attributes[i].offset);
}

static unsigned
number_of(const xmlNode *node, const char *name)
{
	return (unsigned)strtoul(xml_get(node, name), NULL, 10);
}

static enum diag_severity
severity_of(const char *effect)
{
	if (strcmp(effect, "blocks") == 0)
		return DIAG_ERROR;
	return strcmp(effect, "warns") == 0 ? DIAG_WARNING : DIAG_NOTE;
}

/* The reason of the waiver of that id, as the document has it. */
static const char *
reason_of(const xmlNode *finding, const char *waiver)
{
	const xmlNode *report = finding->parent->parent;
	const xmlNode *list = xml_child(report, "waivers");

	if (waiver[0] == '\0' || list == NULL)
		return "";
	for (xmlNodePtr w = xml_child(list, "waiver"); w != NULL;
	     w = xml_next(w))
		if (strcmp(xml_get(w, "id"), waiver) == 0)
			return xml_get(w, "reason");
	return "";
}

static enum suppression
suppression_of(const struct finding *finding)
{
	if (finding->known_since[0] != '\0')
		return SUPPRESSED_BASELINE;
	return strcmp(finding->result, "waived") == 0 ? SUPPRESSED_WAIVED :
							SUPPRESSED_NOT;
}

/* Whether it closes the gate; where nothing does, whether it would. */
static bool
closes(const struct finding *finding, const struct policy *policy)
{
	if (finding->suppression != SUPPRESSED_NOT)
		return false;
	if (policy == NULL || policy->never_fail)
		return finding->severity == DIAG_ERROR;
	return finding->severity >= policy->fail_on;
}

static const char *
place_of(
    const char *file, struct arena *arena, const struct finding_scope *scope)
{
	if (file == NULL || file[0] == '/' || scope->prefix[0] == '\0' ||
	    faccessat(scope->root->fd, file, F_OK, 0) == -1)
		return file;
	return arena_printf(arena, "%s/%s", scope->prefix, file);
}

/* Findings of a model mostly lie in one file: its place is made once. */
static void
set_places(
    struct judged *out, struct arena *arena, const struct finding_scope *scope)
{
	const struct spot *last = NULL;

	for (size_t i = 0; i < 2 * out->n; i++) {
		struct finding *f = &out->findings[i / 2];
		struct spot *spot = i % 2 == 0 ? &f->at : &f->other;

		if (spot->file == NULL)
			continue;
		if (last != NULL && strcmp(last->file, spot->file) == 0)
			spot->place = last->place;
		else
			spot->place = place_of(spot->file, arena, scope);
		last = spot;
	}
}

static struct spot
read_spot(
    const xmlNode *node, const char *file, const char *line, const char *column)
{
	const char *name = xml_get(node, file);

	return (struct spot){ name[0] != '\0' ? name : NULL, NULL,
		number_of(node, line), number_of(node, column) };
}

static void
read_node(struct finding *out, const xmlNode *node, const struct judged *model,
    const struct policy *policy)
{
	for (size_t i = 0; i < ATTRIBUTES; i++)
		*text_of(out, i) = xml_get(node, attributes[i].name);
	out->message = xml_text(xml_child(node, "message"));
	out->why = xml_text(xml_child(node, "why"));
	out->fix = xml_text(xml_child(node, "fix"));
	out->at = read_spot(node, "file", "line", "column");
	out->other =
	    read_spot(node, "other-file", "other-line", "other-column");
	if (out->at.file == NULL)
		out->at.file = model->file;
	out->waived_for = reason_of(node, out->waiver);
	out->severity = severity_of(out->effect);
	out->suppression = suppression_of(out);
	out->closes = closes(out, policy);
}

static int
compare_fingerprints(const void *a, const void *b)
{
	const struct finding *x = *(struct finding *const *)a;
	const struct finding *y = *(struct finding *const *)b;
	int order = strcmp(x->fingerprint, y->fingerprint);

	return order != 0 ? order : x < y ? -1 : x > y;
}

/* The same twice in one model is told apart by its order. */
static void
make_unique(struct judged *out, struct arena *arena)
{
	struct finding **sorted = arena_array(arena, out->n, sizeof(*sorted));
	const char *first = "";
	unsigned count = 0;

	for (size_t i = 0; i < out->n; i++)
		sorted[i] = &out->findings[i];
	if (out->n > 1)
		qsort(sorted, out->n, sizeof(*sorted), compare_fingerprints);
	for (size_t i = 0; i < out->n; i++) {
		struct finding *f = sorted[i];

		count = strcmp(f->fingerprint, first) == 0 ? count + 1 : 1;
		if (count == 1)
			first = f->fingerprint;
		else
			f->fingerprint =
			    arena_printf(arena, "%s:%u", first, count);
	}
}

void
finding_read(struct judged *out, struct arena *arena, const xmlDoc *doc,
    const struct finding_scope *scope)
{
	const xmlNode *model = xml_child(xml_root(doc), "model");
	const xmlNode *list = xml_child(xml_root(doc), "findings");
	size_t most = number_of(list, "n");

	*out = (struct judged){ .doc = doc,
		.id = xml_get(model, "id"),
		.name = xml_get(model, "name"),
		.version = xml_get(model, "version"),
		.file = xml_get(model, "file"),
		.tier = xml_get(model, "tier") };
	out->place = place_of(out->file, arena, scope);
	out->findings = arena_array(arena, most, sizeof(*out->findings));
	for (xmlNodePtr f = xml_child(list, "finding"); f != NULL;
	     f = xml_next(f)) {
		if (out->n == most)
			break;
		read_node(&out->findings[out->n++], f, out, scope->policy);
	}
	set_places(out, arena, scope);
	make_unique(out, arena);
}

void
finding_of_verdict(struct finding *out, const struct verdict *verdict)
{
	*out = (struct finding){ .suppression = SUPPRESSED_NOT };
	for (size_t i = 0; i < ATTRIBUTES; i++)
		*text_of(out, i) = "";
	out->rule = verdict->rule;
	out->message = verdict->message;
	out->why = verdict->why;
	out->fix = verdict->fix;
	out->provision = verdict->provision;
	out->effect = effect_word(verdict->effect);
	out->severity = severity_of(out->effect);
	out->at.file = verdict->pos.file;
	out->at.line = verdict->pos.line;
	out->at.column = verdict->pos.column;
}

static void
read_diag(struct finding *out, struct arena *arena, const struct diag *diag,
    const struct policy *policy)
{
	static const char *const effects[] = { "passes", "warns", "blocks" };
	const char *name = diag_name(diag->id);
	char hex[HASH_HEX_SIZE];
	struct text key = { 0 };

	for (size_t i = 0; i < ATTRIBUTES; i++)
		*text_of(out, i) = "";
	text_printf(&key, "%s|%s", name, diag->detail);
	hash_hex(text_str(&key), key.n, hex);
	text_free(&key);
	out->fingerprint = arena_dup(arena, hex, 32);
	out->id = arena_dup(arena, hex, 12);
	out->rule = name;
	out->title = diag_sentence(diag->id);
	out->message = diag->detail[0] == '\0' ?
	    out->title :
	    arena_printf(arena, "%s: %s", out->title, diag->detail);
	out->why = out->waived_for = "";
	out->fix = diag_remedy(diag->id);
	out->severity = diag_severity(diag->id);
	out->graveness = diag_severity_word(out->severity);
	out->effect = effects[out->severity];
	out->result = "error";
	out->at = (struct spot){ diag->pos.file, NULL, diag->pos.line,
		diag->pos.column };
	out->other = (struct spot){ NULL, NULL, 0, 0 };
	out->closes = closes(out, policy);
}

void
finding_of_diags(struct judged *out, struct arena *arena,
    const struct diag_list *diags, const struct finding_scope *scope)
{
	*out = (struct judged){ .id = "",
		.name = "",
		.version = "",
		.file = "",
		.place = "",
		.tier = "" };
	out->findings = arena_array(arena, diags->n, sizeof(*out->findings));
	for (const struct diag *d = diags->first; d != NULL; d = d->next)
		read_diag(&out->findings[out->n++], arena, d, scope->policy);
	set_places(out, arena, scope);
	make_unique(out, arena);
}

void
finding_put_line(struct text *out, const struct finding *finding)
{
	const struct spot *at = &finding->at;
	const char *place = at->place != NULL ? at->place : "dossier";

	text_put_shown(out, place, strlen(place));
	if (at->line > 0)
		text_printf(
		    out, ":%u:%u", at->line, at->column > 0 ? at->column : 1);
	text_printf(out, ": %s: ", diag_severity_word(finding->severity));
	text_put_shown(out, finding->message, strlen(finding->message));
	text_printf(out, " [%s]", finding->rule);
}

void
finding_put_note(struct text *out, const struct finding *finding)
{
	if (finding->suppression == SUPPRESSED_BASELINE)
		text_printf(out, "known since %s: it stands in the baseline",
		    finding->known_since);
	else if (finding->suppression == SUPPRESSED_WAIVED)
		text_printf(out, "waived by %s until %s (%s)",
		    finding->waived_by, finding->waived_until, finding->waiver);
	else if (finding->days_left[0] != '\0')
		text_printf(
		    out, "the duty applies in %s days", finding->days_left);
	if (finding->tuned[0] != '\0')
		text_printf(
		    out, "%s%s", out->n > 0 ? "; " : "", finding->tuned);
}

/* The part of the path behind the folder; NULL when it is not below. */
static const char *
below(const char *folder, const char *path)
{
	size_t n = strlen(folder);

	if (strncmp(folder, path, n) != 0)
		return NULL;
	if (path[n] == '\0')
		return "";
	if (path[n] == '/')
		return path + n + 1;
	return n == 1 ? path + 1 : NULL; /* the folder is "/" */
}

/* Cut the path to the nearest folder that holds a repository. */
static void
find_repository(char *path)
{
	struct text at = { 0 };

	text_puts(&at, path);
	while (at.n > 0) {
		size_t n = at.n;

		text_puts(&at, "/.git");
		if (access(text_str(&at), F_OK) == 0) {
			path[n] = '\0';
			break;
		}
		while (n > 0 && at.p[n - 1] != '/')
			n--;
		text_cut(&at, n > 0 ? n - 1 : 0);
	}
	text_free(&at);
}

const char *
finding_prefix(struct arena *arena, const char *root_real)
{
	char *base = realpath(".", NULL);
	const char *prefix = NULL;

	if (base != NULL && root_real != NULL) {
		find_repository(base);
		prefix = below(base, root_real);
	}
	prefix = prefix != NULL ? arena_str(arena, prefix) : "";
	free(base);
	return prefix;
}
