#include "intake/intake.h"

#include "desk.h"
#include "intake/fairness.h"
#include "intake/placeholder.h"
#include "intake/scalar.h"
#include "intake/taking.h"
#include "read/yaml.h"

#define MODEL "model: {id: m1}\n"

/* One case: a model.yaml below MODEL, and the findings it gives. */
struct wrong {
	const char *yaml;
	const char *findings;
};

static void
check_all(struct desk *desk, const struct wrong *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct text yaml = { 0 };

		text_printf(&yaml, "%s%s\n", MODEL, cases[i].yaml);
		CHECK_TAKEN(desk, text_str(&yaml), cases[i].findings);
		text_free(&yaml);
	}
}

#define CHECK_CASES(desk, cases)                                               \
	check_all((desk), (cases), sizeof(cases) / sizeof((cases)[0]))

static void
names_the_record(struct desk *desk)
{
	CHECK_TAKEN(desk,
	    "model:\n  version: 4.2\n  name: Credit scoring\n  id: crs-2\n",
	    "");
	CHECK(desk->record.is_readable);
	CHECK_STR(desk->record.id, "crs-2");
	CHECK_STR(desk->record.name, "Credit scoring");
	CHECK_STR(desk->record.version, "4.2");
	CHECK_STR(desk->record.file, "m/model.yaml");
	CHECK_STR(desk->record.inputs->path, "m/model.yaml");
	CHECK_STR(desk->record.inputs->part, "input");
	CHECK_INT(desk->record.inputs->bytes, 57);
	CHECK_INT(strlen(desk->record.inputs->sha256), 64);
	CHECK(desk->record.inputs->next == NULL);
}

/* Fields come in the order of the vocabulary, with paths and places. */
static void
orders_and_places(struct desk *desk)
{
	const struct field *model;
	const struct field *item;

	CHECK_TAKEN(desk,
	    "data_sets:\n- name: a\n- name: b\n  role: testing\n"
	    "model:\n  version: 4.2\n  id: crs-2\n",
	    "");
	CHECK_STR(desk->record.top->first->path, "model");
	model = desk_field(desk, "model");
	CHECK_STR(model->first->path, "model.id");
	CHECK_STR(model->last->path, "model.version");
	CHECK_INT(model->n, 2);
	CHECK(model->parent == desk->record.top && !model->is_list);
	CHECK_INT(model->first->pos.line, 7);
	CHECK_INT(model->first->pos.column, 7);
	CHECK_INT(model->first->key_pos.column, 3);
	CHECK_STR(model->first->pos.file, "m/model.yaml");
	item = desk_field(desk, "data_sets")->last;
	CHECK(item->parent->is_list && !item->is_list);
	CHECK_INT(item->parent->n, 2);
	CHECK_STR(item->path, "data_sets[2]");
	CHECK_STR(item->first->path, "data_sets[2].name");
	CHECK_STR(item->last->path, "data_sets[2].role");
	CHECK(item->term == item->parent->term);
	CHECK_STR(item->last->term->path, "data_sets.role");
}

static void
reads_each_type(struct desk *desk)
{
	const struct field *set;

	CHECK_TAKEN(desk,
	    MODEL "data_sets:\n- {name: a, role: training, records: 412608, "
		  "period_from: 2024-01-01, personal_data: Yes, sha256: "
		  "9F86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f0"
		  "0a08}\n"
		  "human_oversight: {departures_share: 9e-2}\n"
		  "purpose:\n  users: >-\n    two\n    lines\n"
		  "  functions_supported: |\n    one\n    two\n\n"
		  "  workplace_use: FALSE\n",
	    "");
	set = desk_field(desk, "data_sets")->first;
	CHECK_NUM(field_find(set, "records")->number, 412608, 0);
	CHECK_INT(field_find(set, "period_from")->day, date_make(2024, 1, 1));
	CHECK_NUM(field_find(set, "personal_data")->number, 1, 0);
	CHECK_STR(field_text(set, "personal_data"), "yes");
	CHECK_STR(field_text(set, "role"), "training");
	CHECK_NUM(desk_field(desk, "human_oversight.departures_share")->number,
	    0.09, 1e-15);
	CHECK_STR(field_text(desk->record.top, "purpose.users"), "two lines");
	CHECK_STR(field_text(desk->record.top, "purpose.functions_supported"),
	    "one\ntwo");
	CHECK_STR(field_text(desk->record.top, "purpose.workplace_use"), "no");
	CHECK_NUM(desk_field(desk, "purpose.workplace_use")->number, 0, 0);
}

static const struct wrong wrong_keys[] = {
	{ "purpos: {users: a}",
	    "2:1 KEY_UNKNOWN \"purpos\", did you mean \"purpose\"?\n" },
	{ "purpose: {uses: a, users: b}",
	    "2:11 KEY_UNKNOWN \"uses\", did you mean \"users\"?\n" },
	{ "purpose: {uses: a, userss: b}",
	    "2:11 KEY_UNKNOWN \"uses\", did you mean \"users\"?\n"
	    "2:20 KEY_UNKNOWN \"userss\", did you mean \"users\"?\n" },
	{ "intended_purpose: a",
	    "2:1 KEY_UNKNOWN \"intended_purpose\", "
	    "is it \"purpose.intended_purpose\"?\n" },
	{ "zzzzzzzzzz: a", "2:1 KEY_UNKNOWN \"zzzzzzzzzz\"\n" },
	{ "data_sets: [{role: training}]",
	    "2:13 KEY_REQUIRED data_sets[1].name, "
	    "as in applications-2024-2026\n" },
	{ "data_sets: [{name: TBD}]",
	    "2:20 KEY_REQUIRED data_sets[1].name, "
	    "as in applications-2024-2026\n" },
	{ "data_sets: [{name: {none: no name}}]",
	    "2:20 KEY_REQUIRED data_sets[1].name, "
	    "as in applications-2024-2026\n" },
	{ "fairness: {predictions: {prediction: p}}",
	    "2:25 KEY_REQUIRED fairness.predictions.file, "
	    "as in predictions.csv\n" },
	{ "purpose: {out_of_scope: {none: x, why: y}}",
	    "2:35 KEY_UNKNOWN \"why\" beside \"none\"\n" },
	{ "purpose: {users: {not_applicable: x, decided_of: y}}",
	    "2:38 KEY_UNKNOWN \"decided_of\" beside \"not_applicable\": "
	    "did you mean decided_on\n" },
};

static const struct wrong wrong_kinds[] = {
	{ "roles_held: provider",
	    "2:13 VALUE_TYPE roles_held is a list: "
	    "write [provider]\n" },
	{ "data_sets: {name: a}",
	    "2:12 VALUE_TYPE data_sets is a list: "
	    "begin each entry with \"- \"\n" },
	{ "purpose: {users: [a]}",
	    "2:18 VALUE_TYPE purpose.users is a text, not a list\n" },
	{ "purpose: {users: {a: b}}",
	    "2:18 VALUE_TYPE purpose.users is a text, not a map\n" },
	{ "purpose: for credit",
	    "2:10 VALUE_TYPE purpose is a map of keys, not a text\n" },
	{ "purpose: [a]",
	    "2:10 VALUE_TYPE purpose is a map of keys, not a list\n" },
	{ "data_sets: [[a]]",
	    "2:13 VALUE_TYPE data_sets[1] is a map of keys, not a list\n" },
	{ "purpose: {out_of_scope: {none: [x]}}",
	    "2:32 VALUE_TYPE purpose.out_of_scope is a reason, "
	    "not a list\n" },
	{ "purpose: {users: {not_applicable: x, decided_by: [y]}}",
	    "2:50 VALUE_TYPE decided_by of purpose.users is a name, "
	    "not a list\n" },
};

static const struct wrong wrong_values[] = {
	{ "data_sets: [{name: \"a\\nb\"}]",
	    "2:20 VALUE_TYPE \"a\nb\" is more "
	    "than one line "
	    "(data_sets[1].name)\n" },
	{ "data_sets: [{name: a, records: 48,210}]",
	    "2:35 KEY_UNKNOWN \"210\"\n" },
	{ "data_sets: [{name: a, records: '48,210'}]",
	    "2:32 VALUE_NUMBER \"48,210\": write 48210 "
	    "(data_sets[1].records)\n" },
	{ "data_sets: [{name: a, records: 1.5}]",
	    "2:32 VALUE_NUMBER \"1.5\": write a whole number, digits only "
	    "(data_sets[1].records)\n" },
	{ "human_oversight: {departures_share: nan}",
	    "2:37 VALUE_NUMBER \"nan\" (human_oversight.departures_share)\n" },
	{ "human_oversight: {departures_share: 1e999}",
	    "2:37 VALUE_NUMBER \"1e999\" "
	    "(human_oversight.departures_share)\n" },
	{ "human_oversight: {departures_share: 1.5}",
	    "2:37 VALUE_RANGE \"1.5\": at most 1 "
	    "(human_oversight.departures_share)\n" },
	{ "human_oversight: {departures_share: -0.5}",
	    "2:37 VALUE_RANGE \"-0.5\": at least 0 "
	    "(human_oversight.departures_share)\n" },
	{ "data_sets: [{name: a, period_from: 2026-02-30}]",
	    "2:36 VALUE_DATE \"2026-02-30\" (data_sets[1].period_from)\n" },
	{ "data_sets: [{name: a, sha256: abc}]",
	    "2:31 VALUE_HASH \"abc\" (data_sets[1].sha256)\n" },
	{ "provider: {third_country: maybe}",
	    "2:27 VALUE_TYPE \"maybe\": write yes or no "
	    "(provider.third_country)\n" },
	{ "deployer: {kind: privat}",
	    "2:18 VALUE_CHOICE \"privat\", did you mean \"private\"? "
	    "or one of public-body, public-service, private "
	    "(deployer.kind)\n" },
	{ "deployer: {kind: XYZ}",
	    "2:18 VALUE_CHOICE \"XYZ\": one of public-body, public-service, "
	    "private (deployer.kind)\n" },
	{ "risk: {tiers: [zzzzzz]}",
	    "2:16 VALUE_CHOICE \"zzzzzz\": one of prohibited, "
	    "high-risk-annex-iii, high-risk-annex-i, high-risk-annex-i-b "
	    "and 5 more (risk.tiers[1])\n" },
	{ "purpose: {users: {not_applicable: x, decided_on: soon}}",
	    "2:50 VALUE_DATE \"soon\" (purpose.users)\n" },
	{ "risk_management: {risks: [{id: R 1, risk: x}]}",
	    "2:32 VALUE_SLUG \"R 1\": a-z, 0-9, \".\", \"_\", \"-\", "
	    "at most 64 (risk_management.risks[1].id)\n" },
};

static void
finds_slips(struct desk *desk)
{
	CHECK_CASES(desk, wrong_keys);
	CHECK_CASES(desk, wrong_kinds);
	CHECK_CASES(desk, wrong_values);
}

/* A misspelt key is one finding and still an answer. */
static void
takes_a_misspelt_key(struct desk *desk)
{
	desk_take(desk, MODEL "purpos: {intended_purpos: Scores loans}\n");
	CHECK_INT(desk->record.diags.n, 2);
	CHECK_STR(field_text(desk->record.top, "purpose.intended_purpose"),
	    "Scores loans");
	desk_take(desk, MODEL "purpose: {uses: a, users: b}\n");
	CHECK_STR(field_text(desk->record.top, "purpose.users"), "b");
}

static void
keeps_unusable_fields(struct desk *desk)
{
	const struct field *field;

	desk_take(desk,
	    MODEL "roles_held: provider\ndata_sets:\n- {name: a, "
		  "records: many}\n");
	field = desk_field(desk, "roles_held");
	CHECK_INT(field->answer, ANSWER_INVALID);
	CHECK(field->is_list && field->first == NULL);
	field = desk_field(desk, "data_sets")->first;
	CHECK_INT(field->answer, ANSWER_GIVEN);
	field = field_find(field, "records");
	CHECK_INT(field->answer, ANSWER_INVALID);
	CHECK_STR(field->text, "many");
	CHECK(desk->record.is_readable);
}

static void
tells_answers_apart(struct desk *desk)
{
	const struct field *top;
	const struct field *field;

	CHECK_TAKEN(desk,
	    MODEL "incidents: {none: No incident since 2024}\n"
		  "purpose:\n"
		  "  intended_purpose: 'To be completed'\n"
		  "  users:\n"
		  "  out_of_scope: TBD\n"
		  "  foreseeable_misuse: {none: TODO}\n"
		  "  affected_persons: {none: }\n"
		  "  workplace_use: {not_applicable: no staff, "
		  "decided_by: S. Holm, decided_on: 2026-09-01}\n"
		  "  functions_supported: {not_applicable: alone, "
		  "decided_by: TBD, decided_on: }\n"
		  "gpai:\n"
		  "ai_literacy: ~\n"
		  "deployer: {name: null, address: 'null'}\n"
		  "data_sets: [TBD]\n",
	    "");
	top = desk->record.top;
	field = field_find(top, "incidents");
	CHECK_INT(field->answer, ANSWER_NONE);
	CHECK_STR(field->reason, "No incident since 2024");
	CHECK(field->is_list && field->n == 0);
	field = field_find(top, "purpose.intended_purpose");
	CHECK_INT(field->answer, ANSWER_PLACEHOLDER);
	CHECK_STR(field->text, "To be completed");
	field = field_find(top, "purpose.users");
	CHECK_INT(field->answer, ANSWER_PLACEHOLDER);
	CHECK_STR(field->text, "");
	CHECK_INT(field_find(top, "purpose.out_of_scope")->answer,
	    ANSWER_PLACEHOLDER);
	field = field_find(top, "purpose.foreseeable_misuse");
	CHECK_INT(field->answer, ANSWER_PLACEHOLDER);
	CHECK_STR(field->text, "TODO");
	CHECK_INT(field_find(top, "purpose.affected_persons")->answer,
	    ANSWER_PLACEHOLDER);
	field = field_find(top, "purpose.workplace_use");
	CHECK_INT(field->answer, ANSWER_NOT_APPLICABLE);
	CHECK_STR(field->reason, "no staff");
	CHECK_STR(field->decided_by, "S. Holm");
	CHECK_INT(field->decided_on, date_make(2026, 9, 1));
	field = field_find(top, "purpose.functions_supported");
	CHECK_INT(field->answer, ANSWER_NOT_APPLICABLE);
	CHECK(field->decided_by == NULL && field->decided_on == DATE_NONE);
	CHECK_INT(field_find(top, "gpai")->answer, ANSWER_PLACEHOLDER);
	CHECK_INT(field_find(top, "ai_literacy")->answer, ANSWER_PLACEHOLDER);
	field = field_find(top, "deployer.name");
	CHECK_INT(field->answer, ANSWER_PLACEHOLDER);
	CHECK_STR(field->text, "");
	CHECK_STR(field_text(top, "deployer.address"), "null");
	field = field_find(top, "data_sets");
	CHECK_INT(field->answer, ANSWER_GIVEN);
	CHECK_INT(field->first->answer, ANSWER_PLACEHOLDER);
}

static void
knows_placeholders(void)
{
	static const char *const yes[] = { "", " ", "-", "--", "?", "...",
		"TBD", "tbc", "TBA.", "ToDo", "to do", "n/a", "N.A.", "NA",
		"xxx",
		("lorem ipsum dolor sit amet, consectetur adipiscing "
		 "elit, sed do eiusmod tempor"),
		"to be completed", "To be determined by legal",
		"TBD: after the pilot", " TODO\n", "placeholder", "FIXME",
		"[TBD]", "<to be completed>", "{{ todo }}", "[ ]", "(n/a)" };
	static const char *const no[] = { "none", "no", "x", "todos", "TBDX",
		"nab", "Todo lists are sorted by due date", "a-b", "n/a1", "xx",
		"0", "42", "[5.b]", "<none>", "(x)",
		("to be completed by trained officers "
		 "within two working days of receipt of the file") };

	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		if (!CHECK(placeholder_is(yes[i])))
			printf("# %s\n", yes[i]);
	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		if (!CHECK(!placeholder_is(no[i])))
			printf("# %s\n", no[i]);
}

static void
knows_slugs_and_addresses(void)
{
	char slug[66] = { 0 };

	memset(slug, 'a', 64);
	CHECK(scalar_is_slug(slug));
	slug[64] = 'a';
	CHECK(!scalar_is_slug(slug));
	CHECK(scalar_is_slug("0.a_b-c"));
	CHECK(!scalar_is_slug("") && !scalar_is_slug(".a"));
	CHECK(!scalar_is_slug("a/b") && !scalar_is_slug("A"));
	CHECK(scalar_is_address("https://a.example/x?y=%20#z"));
	CHECK(scalar_is_address("http://a.example"));
	CHECK(scalar_is_address("mailto:a@b.example"));
	CHECK(!scalar_is_address("https://"));
	CHECK(!scalar_is_address("javascript:alert(1)"));
	CHECK(!scalar_is_address("HTTPS://a\"onclick=x"));
	CHECK(!scalar_is_address("https://a b"));
	CHECK(!scalar_is_address("www.example"));
}

/* An address that is none warns and stays a text. */
static void
warns_of_addresses(struct desk *desk)
{
	CHECK_TAKEN(desk, "model: {id: m1, link: 'javascript:alert(1)'}\n",
	    "1:23 VALUE_URL \"javascript:alert(1)\"\n");
	CHECK_INT(desk->record.diags.n_errors, 0);
	CHECK_STR(
	    field_text(desk->record.top, "model.link"), "javascript:alert(1)");
}

static void
asks_for_the_id(struct desk *desk)
{
	CHECK_TAKEN(desk, "model: {name: x}\n",
	    "1:8 KEY_REQUIRED model.id, as in crs-2\n");
	CHECK_STR(desk->record.id, "m");
	CHECK_STR(desk->record.name, "x");
	CHECK_TAKEN(desk, "roles_held: [provider]\n",
	    "1:1 KEY_REQUIRED model, as in model: {id: ...}\n");
	CHECK_TAKEN(desk, "model: {id: a/../../b}\n",
	    "1:13 VALUE_SLUG \"a/../../b\": a-z, 0-9, \".\", \"_\", \"-\", "
	    "at most 64 (model.id)\n");
	CHECK_STR(desk->record.id, "m");
	CHECK_TAKEN(desk, "model: {id: TBD}\n",
	    "1:13 KEY_REQUIRED model.id, as in crs-2\n");
}

static void
survives_unreadable_files(struct desk *desk)
{
	desk_take(desk, "model: [\n");
	CHECK(!desk->record.is_readable);
	CHECK_INT(desk->record.diags.n_errors, 1);
	CHECK_STR(desk->record.id, "m");
	CHECK_STR(desk->record.file, "m/model.yaml");
	CHECK_INT(desk->record.top->n, 0);
	CHECK(desk->record.inputs != NULL);
	CHECK_TAKEN(desk, "- a\n",
	    "1:1 VALUE_TYPE a record is a map of keys, not a list\n");
	CHECK(!desk->record.is_readable);
	desk_forget(desk);
	desk->record.folder = "elsewhere/crs-9";
	intake_record(&desk->record, &desk->vocabulary, &desk->root);
	CHECK_STR(diag_name(desk->record.diags.first->id), "FILE_MISSING");
	CHECK_STR(desk->record.id, "crs-9");
	CHECK(desk->record.inputs == NULL && !desk->record.is_readable);
	CHECK(desk->record.top != NULL && desk->record.top->first == NULL);
}

#define HELLO "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"

static void
finds_evidence(struct desk *desk)
{
	const struct evidence_file *file;

	desk_write(desk, "m/documents/r.md", "hello\n");
	desk_write(desk, "shared.md", "shared\n");
	CHECK_TAKEN(desk,
	    MODEL "evidence:\n"
		  "- {title: a, file: documents/../documents//r.md, "
		  "date: 2026-01-02, sha256: " HELLO "}\n"
		  "quality_management: {document: ../shared.md}\n"
		  "risk_management: {document: documents/r.md}\n",
	    "");
	file = desk->record.files;
	CHECK_STR(file->id, "E1");
	CHECK_STR(file->path, "m/documents/r.md");
	CHECK_STR(file->link, "documents/r.md");
	CHECK_INT(file->state, FILE_FOUND);
	CHECK_INT(file->bytes, 6);
	CHECK_STR(file->sha256, HELLO);
	CHECK_INT(file->dated, date_make(2026, 1, 2));
	CHECK_STR(file->serves, "risk_management.document, evidence[1].file");
	CHECK_STR(file->law, "art-9.1, annex-iv.5");
	CHECK_INT(file->pos.line, 5);
	CHECK(desk_field(desk, "risk_management.document")->file == file);
	CHECK(field_find(desk_field(desk, "evidence")->first, "file")->file ==
	    file);
	file = file->next;
	CHECK_STR(file->id, "E2");
	CHECK_STR(file->path, "shared.md");
	CHECK_INT(file->dated, DATE_NONE);
	CHECK(file->next == NULL);
	CHECK_STR(desk->record.inputs->next->path, "m/documents/r.md");
	CHECK_STR(desk->record.inputs->next->sha256, HELLO);
	CHECK_STR(desk->record.inputs->next->next->path, "shared.md");
	CHECK(desk->record.inputs->next->next->next == NULL);
}

/* One file for several duties serves each of them once. */
static void
gathers_duties(struct desk *desk)
{
	desk_write(desk, "m/documents/r.md", "hello\n");
	CHECK_TAKEN(desk,
	    MODEL "evidence: [{title: a, file: documents/r.md}]\n"
		  "evaluation: {test_reports: [{title: t, "
		  "file: documents/r.md}]}\n"
		  "fairness: {predictions: {file: documents/r.md, score: s, "
		  "threshold: 1}}\n"
		  "declaration: {file: documents/r.md}\n",
	    "");
	CHECK_STR(desk->record.files->law,
	    "annex-iv.2.g, annex-iv.8, annex-viii.a.11, art-47.1");
	CHECK_STR(desk->record.files->serves,
	    "evaluation.test_reports[1].file, fairness.predictions.file, "
	    "declaration.file, evidence[1].file");
	CHECK(desk->record.files->next == NULL);
}

static void
dates_evidence(struct desk *desk)
{
	desk_write(desk, "m/documents/r.md", "hello\n");
	CHECK_TAKEN(desk,
	    MODEL "evaluation:\n  test_reports:\n"
		  "  - {title: t, file: documents/r.md, signed_on: "
		  "2026-03-04}\n",
	    "");
	CHECK_INT(desk->record.files->dated, date_make(2026, 3, 4));
	CHECK_TAKEN(desk,
	    MODEL "provider: {authorised_representative: {mandate: "
		  "documents/r.md, mandate_date: 2026-05-06}}\n",
	    "");
	CHECK_INT(desk->record.files->dated, date_make(2026, 5, 6));
}

static void
reports_bad_evidence(struct desk *desk)
{
	const struct evidence_file *file;

	desk_write(desk, "m/documents/r.md", "hello\n");
	desk_write(desk, "m/documents/empty.md", "");
	CHECK_TAKEN(desk,
	    MODEL "evidence:\n"
		  "- {title: a, file: documents/no.md}\n"
		  "- {title: b, file: ../../etc/passwd}\n"
		  "- {title: c, file: /etc/passwd}\n"
		  "- {title: d, file: documents}\n"
		  "- {title: e, file: documents/empty.md}\n"
		  "- {title: f, file: documents/r.md, sha256: "
		  "0000b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f"
		  "6be03}\n",
	    "5:20 FILE_OUTSIDE \"/etc/passwd\": write it relative to the "
	    "folder of model.yaml (evidence[3].file)\n"
	    "4:20 FILE_OUTSIDE ../../etc/passwd\n"
	    "3:20 FILE_MISSING m/documents/no.md\n"
	    "6:20 FILE_KIND m/documents\n"
	    "7:20 FILE_EMPTY m/documents/empty.md\n"
	    "8:44 FILE_HASH documents/r.md is now 5891b5b522d5..., "
	    "not 0000b5b522d5...\n");
	file = desk->record.files;
	CHECK_INT(file->state, FILE_UNREADABLE);
	CHECK_STR(file->trouble, "file not found");
	CHECK_STR(file->next->trouble, "not a regular file");
	CHECK_STR(file->next->next->trouble, "file is empty");
	file = file->next->next->next;
	CHECK_INT(file->state, FILE_UNREADABLE);
	CHECK_STR(file->trouble, diag_sentence(DIAG_FILE_HASH));
	CHECK_STR(file->sha256, HELLO);
	CHECK(file->next == NULL);
	CHECK_INT(field_find(desk_field(desk, "evidence")->first->next, "file")
		      ->answer,
	    ANSWER_INVALID);
}

/* A link that leads out of the portfolio is not followed. */
static void
follows_no_link_out(struct desk *desk)
{
	desk_write(desk, "m/documents/r.md", "hello\n");
	CHECK(symlinkat("/etc/passwd", desk->root.fd, "m/documents/l.md") == 0);
	CHECK_TAKEN(desk, MODEL "risk_management: {document: documents/l.md}\n",
	    "2:29 FILE_OUTSIDE m/documents/l.md\n");
	CHECK_INT(desk->record.files->state, FILE_UNREADABLE);
	unlinkat(desk->root.fd, "m/documents/l.md", 0);
}

/* Examples of rules: fragments, without files. */
static void
takes_fragments(struct desk *desk)
{
	static const char yaml[] = "data_sets: [{role: training}]\n"
				   "evidence: [{file: a.md}, "
				   "{file: missing.md}]\n"
				   "evaluation: {measures: [{name: roc_auc, "
				   "value: 0.7, least: 0.8}]}\n";
	struct record record = { 0 };
	struct source source;
	struct value *value;

	record.diags.arena = &record.arena;
	source_of_bytes(&source, "rule.yaml", yaml, strlen(yaml));
	value = yaml_read(&record.arena, &source, &record.diags);
	intake_value(&record, &desk->vocabulary, value);
	CHECK_INT(record.diags.n, 0);
	CHECK_STR(record.file, "rule.yaml");
	CHECK_INT(record.files->state, FILE_FOUND);
	CHECK_STR(record.files->link, "a.md");
	CHECK_INT(record.files->next->state, FILE_UNREADABLE);
	CHECK_STR(record.measures->name, "roc_auc");
	CHECK_INT(record.measures->result, FIGURE_OUTSIDE);
	CHECK(record.is_readable);
	arena_free(&record.arena);
}

/* However many keys are unknown, suggestions and findings have an end. */
static void
limits_suggestions(struct desk *desk)
{
	struct text yaml = { 0 };
	const struct diag *d;
	size_t n_guessed = 0;

	text_puts(&yaml, MODEL);
	for (unsigned i = 0; i < 20000; i++)
		text_printf(&yaml, "purpos%u: x\n", i);
	desk_take(desk, text_str(&yaml));
	CHECK_INT(desk->record.diags.n, INTAKE_FINDINGS + 1);
	CHECK(strstr(desk->record.diags.first->detail, "did you mean") != NULL);
	CHECK_INT(desk->record.diags.last->id, DIAG_FINDINGS);
	CHECK_INT(desk->record.diags.last->pos.line, 1001);
	for (d = desk->record.diags.first; d != NULL; d = d->next)
		n_guessed += strstr(d->detail, "did you mean") != NULL;
	CHECK_INT(n_guessed, TAKING_GUESSES);
	text_free(&yaml);
}

static void
takes_fairness(struct desk *desk)
{
	struct fairness fairness;

	desk_write(desk, "m/f.csv", "x\n");
	desk_write(desk, "m/p.csv", "x\n");
	CHECK_TAKEN(desk,
	    MODEL "fairness:\n"
		  "  attributes:\n"
		  "  - {name: sex, reference_group: male}\n"
		  "  - {name: age, label: Age at application, "
		  "bins: [18, 25.50, 1e2]}\n"
		  "  files: [f.csv]\n"
		  "  metrics: [selection_rate, TBD, f1]\n"
		  "  predictions: {file: p.csv, label: repaid, score: s, "
		  "threshold: 0.34, weight: w, positive: yes, data_set: q}\n"
		  "  limits:\n"
		  "  - {metric: selection_rate, compare: ratio, least: 0.85}\n"
		  "  - {metric: f1, attribute: sex, compare: difference, "
		  "most: 0.05}\n",
	    "");
	fairness_take(&desk->record, &fairness);
	CHECK_INT(desk->record.diags.n, 0);
	CHECK_INT(fairness.n_attributes, 2);
	CHECK_STR(fairness.attributes[0].label, "sex");
	CHECK_STR(fairness.attributes[0].reference, "male");
	CHECK_STR(fairness.attributes[1].label, "Age at application");
	CHECK(fairness.attributes[1].reference == NULL);
	CHECK_INT(fairness.attributes[0].n_edges, 0);
	CHECK_INT(fairness.attributes[1].n_edges, 3);
	CHECK_STR(fairness.attributes[1].edges[1], "25.50");
	CHECK_INT(fairness.n_files, 1);
	CHECK_STR(fairness.files[0].file->path, "m/f.csv");
	CHECK_INT(fairness.n_metrics, 2);
	CHECK_STR(fairness.metrics[1].name, "f1");
	CHECK_STR(fairness.predictions->file->path, "m/p.csv");
	CHECK_STR(fairness.predictions->label, "repaid");
	CHECK(fairness.predictions->prediction == NULL);
	CHECK(fairness.predictions->has_threshold);
	CHECK_NUM(fairness.predictions->threshold, 0.34, 0);
	CHECK_STR(fairness.predictions->positive, "yes");
	CHECK_INT(fairness.predictions->kind, FAIRNESS_BINARY);
	CHECK_INT(fairness.n_limits, 2);
	CHECK_STR(fairness.limits[0].attribute, "*");
	CHECK(fairness.limits[0].has_least && !fairness.limits[0].has_most);
	CHECK_STR(fairness.limits[1].compare, "difference");
	CHECK_NUM(fairness.limits[1].most, 0.05, 0);
	CHECK_INT(fairness.limits[1].pos.line, 11);
}

static void
reports_bad_fairness(struct desk *desk)
{
	struct fairness fairness;

	desk_write(desk, "m/p.csv", "x\n");
	desk_take(desk,
	    MODEL "fairness:\n"
		  "  predictions: {file: p.csv, score: s}\n"
		  "  limits:\n"
		  "  - {metric: f1, compare: ratio}\n"
		  "  - {metric: f1, compare: ratio, least: 2, most: 1}\n"
		  "  - {metric: f1, compare: ration, least: 2}\n");
	fairness_take(&desk->record, &fairness);
	text_clear(&desk->findings);
	desk_put_findings(desk);
	CHECK_FINDINGS(text_str(&desk->findings),
	    "7:27 VALUE_CHOICE \"ration\", did you mean \"ratio\"? or one of "
	    "ratio, difference, value (fairness.limits[3].compare)\n"
	    "3:16 KEY_REQUIRED fairness.predictions.prediction, "
	    "or score and threshold\n"
	    "5:5 KEY_REQUIRED fairness.limits[1].least or "
	    "fairness.limits[1].most\n"
	    "6:5 VALUE_RANGE least is above most (fairness.limits[2])\n");
	CHECK(fairness.predictions == NULL);
	CHECK_INT(fairness.n_limits, 0);
	desk_take(desk,
	    MODEL "fairness:\n"
		  "  predictions: {file: p.csv, kind: numbers, prediction: p}\n"
		  "  attributes: [{name: age, bins: [30, 20, 40]}]\n");
	fairness_take(&desk->record, &fairness);
	text_clear(&desk->findings);
	desk_put_findings(desk);
	CHECK_FINDINGS(text_str(&desk->findings),
	    "4:39 VALUE_RANGE edges of bins ascend "
	    "(fairness.attributes[1].bins[2])\n");
	CHECK_INT(fairness.predictions->kind, FAIRNESS_NUMBERS);
	CHECK_INT(fairness.attributes[0].n_edges, 2);
	desk_take(desk, MODEL "fairness: {attributes: [{name: TBD}]}\n");
	fairness_take(&desk->record, &fairness);
	CHECK_INT(fairness.n_attributes, 0);
	desk_take(desk, MODEL);
	fairness_take(&desk->record, &fairness);
	CHECK_INT(fairness.n_attributes + fairness.n_files, 0);
	CHECK_INT(desk->record.diags.n, 0);
}

int
main(void)
{
	struct desk desk;

	desk_begin(&desk);
	names_the_record(&desk);
	orders_and_places(&desk);
	reads_each_type(&desk);
	finds_slips(&desk);
	takes_a_misspelt_key(&desk);
	keeps_unusable_fields(&desk);
	tells_answers_apart(&desk);
	knows_placeholders();
	knows_slugs_and_addresses();
	warns_of_addresses(&desk);
	asks_for_the_id(&desk);
	survives_unreadable_files(&desk);
	finds_evidence(&desk);
	gathers_duties(&desk);
	dates_evidence(&desk);
	reports_bad_evidence(&desk);
	follows_no_link_out(&desk);
	takes_fragments(&desk);
	limits_suggestions(&desk);
	takes_fairness(&desk);
	reports_bad_fairness(&desk);
	desk_end(&desk);
	return tap_done();
}
