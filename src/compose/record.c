#include <stdio.h>

#include "compose/find.h"
#include "compose/part.h"
#include "compose/prose.h"
#include "compose/xml.h"

/*
 * The evidence as it was taken in: an element for each field, named by its
 * key, with its place.  schemas/record.xsd is the contract.
 */

static const char *
answer_word(enum answer answer)
{
	static const char *const words[] = { "given", "placeholder", "none",
		"not-applicable", "invalid" };

	return words[answer];
}

/* The value for a reader, where it is not the value as written. */
static void
set_text(xmlNodePtr node, const struct field *field)
{
	const struct term *term = field->term;
	char words[PROSE_SIZE];

	switch (term->type) {
	case TERM_CHOICE:
		xml_set(node, "text", find_choice_label(field));
		break;
	case TERM_DATE:
		prose_date(field->day, words);
		xml_set(node, "text", words);
		break;
	case TERM_BOOL:
		xml_set(node, "text", field->number > 0 ? "Yes" : "No");
		break;
	case TERM_INTEGER:
		prose_count(field->number, words);
		xml_setf(node, "text", "%s%s%s", words,
		    term->unit != NULL ? " " : "",
		    term->unit != NULL ? term->unit : "");
		break;
	case TERM_NUMBER:
		xml_setf(node, "text", "%s%s%s", field->text,
		    term->unit != NULL ? " " : "",
		    term->unit != NULL ? term->unit : "");
		break;
	default:
		xml_set(node, "text", field->text);
	}
}

static void
set_answer(xmlNodePtr node, const struct field *field)
{
	xml_set(node, "answer", answer_word(field->answer));
	switch (field->answer) {
	case ANSWER_NONE:
		xml_set(node, "text", "None");
		break;
	case ANSWER_NOT_APPLICABLE:
		xml_set(node, "text", "Not applicable");
		break;
	case ANSWER_PLACEHOLDER:
	case ANSWER_INVALID:
		xml_set(node, "text", "Not provided");
		break;
	case ANSWER_GIVEN:
		break;
	}
	xml_set(node, "reason", field->reason);
	xml_set(node, "decided-by", field->decided_by);
	if (field->decided_on != DATE_NONE && field->decided_by != NULL) {
		char iso[DATE_SIZE];

		date_write(field->decided_on, iso);
		xml_set(node, "decided-on", iso);
	}
}

static void
set_file(xmlNodePtr node, const struct evidence_file *file)
{
	if (file == NULL)
		return;
	xml_set(node, "evidence", file->id);
	xml_set(
	    node, "state", file->state == FILE_FOUND ? "found" : "unreadable");
	xml_set(node, "sha256", file->sha256);
	xml_setf(node, "bytes", "%llu", file->bytes);
}

static void compose_field(
    xmlNodePtr parent, const struct field *field, const char *name);

/* The contract wants keys in the order of the vocabulary. */
static void
compose_keys(xmlNodePtr node, const struct field *section)
{
	const struct term *term = section->term->first;

	for (; term != NULL; term = term->next) {
		const struct field *child = section->first;

		while (child != NULL && child->term != term)
			child = child->next;
		if (child != NULL)
			compose_field(node, child, term->key);
	}
}

static void
compose_field(xmlNodePtr parent, const struct field *field, const char *name)
{
	bool is_branch = field->is_list || field->term->type == TERM_SECTION;
	bool has_text = !is_branch &&
	    (field->answer == ANSWER_GIVEN ||
		field->answer == ANSWER_PLACEHOLDER);
	xmlNodePtr node =
	    xml_add_text(parent, name, has_text ? field->text : NULL);

	xml_set(node, "label", field->term->label);
	xml_setf(node, "line", "%u", field->pos.line);
	xml_setf(node, "column", "%u", field->pos.column);
	set_answer(node, field);
	if (!is_branch && field->answer == ANSWER_GIVEN) {
		set_text(node, field);
		set_file(node, field->file);
	}
	if (!field->is_list) {
		compose_keys(node, field);
		return;
	}
	for (const struct field *item = field->first; item != NULL;
	     item = item->next)
		compose_field(node, item, "item");
}

void
part_record(const struct part *part)
{
	compose_keys(xml_add(part->report, "record"), part->record->top);
}
