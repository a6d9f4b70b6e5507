#include <string.h>

#include "base/text.h"
#include "base/tree.h"
#include "compose/part.h"
#include "compose/prose.h"
#include "compose/xml.h"

/*
 * Files: the evidence that the record names, and everything that the document
 * rests on, each with its digest.
 */

static void
set_digest(xmlNodePtr node, unsigned long long bytes, const char *sha256)
{
	char words[PROSE_SIZE];

	prose_bytes(bytes, words);
	xml_setf(node, "bytes", "%llu", bytes);
	xml_set(node, "bytes-text", sha256[0] != '\0' ? words : "None");
	xml_set(node, "sha256", sha256[0] != '\0' ? sha256 : "None");
	xml_setf(node, "sha12", "%.12s", sha256[0] != '\0' ? sha256 : "None");
}

/* The kind of a document, from the ending of its name. */
static const char *
kind_of(const char *path)
{
	static const struct {
		const char *ending, *kind;
	} kinds[] = {
		{ ".md", "Text" },
		{ ".txt", "Text" },
		{ ".pdf", "PDF document" },
		{ ".csv", "Table (CSV)" },
		{ ".json", "Data (JSON)" },
		{ ".yaml", "Record (YAML)" },
		{ ".xml", "Data (XML)" },
		{ ".png", "Picture" },
		{ ".jpg", "Picture" },
		{ ".docx", "Text document" },
		{ ".xlsx", "Workbook" },
	};
	const char *dot = strrchr(path, '.');

	for (size_t i = 0; dot != NULL && i < sizeof(kinds) / sizeof(*kinds);
	     i++)
		if (strcmp(dot, kinds[i].ending) == 0)
			return kinds[i].kind;
	return "File";
}

static void
set_age(xmlNodePtr node, const struct part *part, date dated)
{
	if (dated == DATE_NONE)
		return;
	xml_set_date(node, "dated", dated);
	xml_setf(node, "age-days", "%ld",
	    (long)part->context->policy->as_of - (long)dated);
}

static void
compose_file(xmlNodePtr parent, const struct part *part,
    const struct evidence_file *file)
{
	xmlNodePtr node = xml_add(parent, "file");
	bool found = file->state == FILE_FOUND;

	xml_set(node, "id", file->id);
	xml_set(node, "path", file->path);
	xml_set(node, "kind", kind_of(file->path));
	set_age(node, part, file->dated);
	set_digest(node, file->bytes, file->sha256);
	xml_set(node, "serves", file->serves != NULL ? file->serves : "None");
	xml_set(node, "state", found ? "Found" : "Unreadable");
	xml_set(node, "class", found ? "ok" : "mi");
	xml_set(node, "trouble", file->trouble);
	xml_set(node, "part", "input");
}

void
part_evidence(const struct part *part)
{
	xmlNodePtr node = xml_add(part->report, "evidence");
	size_t n = 0, found = 0;

	for (const struct evidence_file *f = part->record->files; f != NULL;
	     f = f->next) {
		compose_file(node, part, f);
		found += f->state == FILE_FOUND;
		n++;
	}
	xml_set_count(node, "n", n);
	xml_set_count(node, "found", found);
}

/* Hash of the tree over the files read for this document. */
static void
tree_of_inputs(struct record *record, char out[HASH_HEX_SIZE], size_t *n)
{
	struct tree_leaf *leaves;
	size_t i = 0;

	*n = 0;
	for (const struct input_file *f = record->inputs; f != NULL;
	     f = f->next)
		*n += 1;
	leaves = arena_array(&record->arena, *n, sizeof(*leaves));
	for (const struct input_file *f = record->inputs; f != NULL;
	     f = f->next, i++) {
		leaves[i].path = f->path;
		leaves[i].bytes = f->bytes;
		memcpy(leaves[i].sha256, f->sha256, HASH_HEX_SIZE);
	}
	tree_root(leaves, *n, out);
}

void
part_inputs(const struct part *part)
{
	xmlNodePtr node = xml_add(part->report, "inputs");
	char root[HASH_HEX_SIZE];
	size_t n;

	tree_of_inputs(part->record, root, &n);
	xml_set_count(node, "n", n);
	xml_set(node, "tree-sha256", root);
}

void
part_files(const struct part *part)
{
	xmlNodePtr node = xml_add(part->report, "files");
	size_t n = 0;

	for (const struct input_file *f = part->record->inputs; f != NULL;
	     f = f->next) {
		xmlNodePtr child = xml_add(node, "file");

		xml_set(child, "path", f->path);
		set_digest(child, f->bytes, f->sha256);
		xml_set(child, "state", "Read");
		xml_set(child, "class", "ok");
		xml_set(child, "part", f->part);
		n++;
	}
	xml_set_count(node, "n", n);
	xml_set(node, "tree",
	    "Merkle tree hash of RFC 6962 over the inputs in the order of"
	    " their paths; a leaf is the text \"SHA256 BYTES PATH\".");
}

/* The finding that a waiver covers, or NULL. */
static const struct verdict *
waived_verdict(const struct record *record, const struct waiver *waiver)
{
	const struct verdict *v = record->verdicts.first;

	while (v != NULL &&
	    (v->result != VERDICT_WAIVED || strcmp(v->waiver, waiver->id) != 0))
		v = v->next;
	return v;
}

static void
compose_waiver(
    xmlNodePtr parent, const struct part *part, const struct waiver *waiver)
{
	xmlNodePtr node = xml_add(parent, "waiver");
	const struct verdict *v = waived_verdict(part->record, waiver);
	const struct policy *policy = part->context->policy;
	enum waiver_state state = waiver_state(waiver, policy);
	bool is_idle = v == NULL && waiver_covers(state);

	xml_set(node, "id", waiver->id);
	xml_set(node, "rule", waiver->rule);
	xml_set(node, "finding", v != NULL ? v->id : "None");
	xml_set(node, "reason", waiver->reason);
	xml_set(node, "approved-by", waiver->approved_by);
	xml_set_date(node, "approved-on", waiver->approved_on);
	xml_set_date(node, "ends-on", waiver->expires_on);
	xml_setf(node, "days-left", "%ld", waiver_days_left(waiver, policy));
	xml_set(node, "state", is_idle ? "Not used" : waiver_state_word(state));
	xml_set(node, "class", waiver_covers(state) && !is_idle ? "wa" : "na");
	xml_set(node, "model", part->record->id);
}

void
part_waivers(const struct part *part)
{
	const struct policy *policy = part->context->policy;
	xmlNodePtr node = xml_add(part->report, "waivers");
	size_t n = 0;

	for (size_t i = 0; i < policy->n_waivers; i++) {
		const struct waiver *waiver = &policy->waivers[i];

		if (strcmp(waiver->model, part->record->id) != 0)
			continue;
		compose_waiver(node, part, waiver);
		n++;
	}
	xml_set_count(node, "n", n);
}
