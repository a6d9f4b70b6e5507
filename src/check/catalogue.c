#include "check/catalogue.h"

#include <stdlib.h>
#include <string.h>

#include "base/near.h"
#include "check/kinds.h"
#include "check/outline.h"
#include "check/parse.h"
#include "check/read.h"
#include "check/transition.h"
#include "read/compiled.h"
#include "read/yaml.h"

static const char *const file_keys[] = { "rules", "conditions", "obligations",
	"pack", "sources", "reasons", "transitions" };

#define PROVISIONS_FILE "obligations.yaml"
#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* What is under way while a catalogue is read. */
struct load {
	struct catalogue *out;
	struct parser parser;
	enum catalogue_depth depth;
	struct compiled compiled; /* outlines */
	struct value **files;     /* the trees of all files, in order */
	size_t n_files;
};

/* Entries of all files under a key, which must be lists. */
static int
count_entries(struct load *load, const char *key, size_t *n)
{
	int rc = 0;

	*n = 0;
	for (size_t i = 0; i < load->n_files; i++) {
		const struct value *list = value_get(load->files[i], key);

		if (list != NULL && list->kind != VALUE_LIST)
			rc = parse_offend(&load->parser, list->pos,
			    "%s are a list, not %s", key,
			    value_kind_word(list->kind));
		else if (list != NULL)
			*n += list->n;
	}
	return rc;
}

static int
sort_obligations(struct load *load, struct obligation *all, size_t n)
{
	const struct obligation **sorted =
	    arena_array(load->parser.arena, n, sizeof(*sorted));
	int rc = 0;

	for (size_t i = 0; i < n; i++)
		sorted[i] = &all[i];
	if (n > 1)
		qsort(sorted, n, sizeof(*sorted), law_compare_obligations);
	for (size_t i = 1; i < n; i++)
		if (strcmp(sorted[i]->id, sorted[i - 1]->id) == 0)
			rc = parse_offend(&load->parser, sorted[i]->pos,
			    "two obligations have the id \"%s\"",
			    sorted[i]->id);
	load->out->obligations = all;
	load->out->n_obligations = n;
	load->out->obligations_by_id = sorted;
	return rc;
}

static int
take_obligations(struct load *load)
{
	struct obligation *all;
	size_t n, filled = 0;
	int rc = count_entries(load, "obligations", &n);

	if (rc == -1)
		return -1;
	all = arena_array(load->parser.arena, n, sizeof(*all));
	for (size_t i = 0; i < load->n_files; i++) {
		const struct value *list =
		    value_get(load->files[i], "obligations");
		const struct value *sources =
		    value_get(load->files[i], "sources");

		if (sources != NULL)
			load->out->sources = sources;
		for (const struct value *v = list != NULL ? list->first : NULL;
		     v != NULL; v = v->next) {
			if (read_obligation(&load->parser, v, &all[filled]) ==
			    0)
				filled++;
			else
				rc = -1;
		}
	}
	if (sort_obligations(load, all, filled) == -1)
		rc = -1;
	return rc;
}

static int
take_transitions(struct load *load)
{
	struct transition *all;
	size_t n;
	int rc = count_entries(load, "transitions", &n);

	if (rc == -1)
		return -1;
	all = arena_array(load->parser.arena, n, sizeof(*all));
	load->out->transitions = all;
	for (size_t i = 0; i < load->n_files; i++) {
		const struct value *list =
		    value_get(load->files[i], "transitions");

		if (list != NULL && n > TRANSITIONS_MOST)
			return parse_offend(&load->parser, list->pos,
			    "more than %d transitions", TRANSITIONS_MOST);
		for (const struct value *v = list != NULL ? list->first : NULL;
		     v != NULL; v = v->next)
			if (transition_read(&load->parser, v,
				&all[load->out->n_transitions++]) == -1)
				rc = -1;
	}
	return rc;
}

static int
sort_rules(struct load *load, struct rule *all, size_t n)
{
	const struct rule **sorted =
	    arena_array(load->parser.arena, n, sizeof(*sorted));
	int rc = 0;

	for (size_t i = 0; i < n; i++)
		sorted[i] = &all[i];
	if (n > 1)
		qsort(sorted, n, sizeof(*sorted), law_compare_rules);
	for (size_t i = 1; i < n; i++)
		if (strcmp(sorted[i]->id, sorted[i - 1]->id) == 0)
			rc = parse_offend(&load->parser, sorted[i]->pos,
			    "two rules have the id \"%s\"", sorted[i]->id);
	load->out->rules = all;
	load->out->n_rules = n;
	load->out->rules_by_id = sorted;
	return rc;
}

/* The conditions of all files, which the rules of every file may use. */
static int
take_conditions(struct load *load)
{
	struct condition *all;
	size_t n;
	int rc = count_entries(load, "conditions", &n);

	if (rc == -1)
		return -1;
	all = arena_array(load->parser.arena, n, sizeof(*all));
	load->parser.conditions = all;
	for (size_t i = 0; i < load->n_files; i++) {
		const struct value *list =
		    value_get(load->files[i], "conditions");

		for (const struct value *v = list != NULL ? list->first : NULL;
		     v != NULL; v = v->next) {
			size_t at = load->parser.n_conditions;

			if (read_condition(&load->parser, v, &all[at]) == 0)
				load->parser.n_conditions++;
			else
				rc = -1;
		}
	}
	return rc;
}

static int
take_rules(struct load *load)
{
	struct rule *all;
	size_t n, filled = 0;
	int rc = count_entries(load, "rules", &n);

	if (rc == -1)
		return -1;
	all = arena_array(load->parser.arena, n, sizeof(*all));
	for (size_t i = 0; i < load->n_files; i++) {
		const struct value *list = value_get(load->files[i], "rules");

		for (const struct value *v = list != NULL ? list->first : NULL;
		     v != NULL; v = v->next) {
			if (read_rule(
				&load->parser, load->out, v, &all[filled]) == 0)
				transition_bind(&all[filled++],
				    load->out->transitions,
				    load->out->n_transitions);
			else
				rc = -1;
		}
	}
	if (sort_rules(load, all, filled) == -1)
		rc = -1;
	load->out->pack.n_rules = filled;
	return rc;
}

static int
take_pack(struct load *load)
{
	load->out->pack.reviewed = DATE_NONE;
	for (size_t i = 0; i < load->n_files; i++) {
		const struct value *map = value_get(load->files[i], "pack");

		if (map != NULL)
			return read_pack(&load->parser, map, &load->out->pack);
	}
	return 0;
}

/* The reasons for what no rule asks; each a sentence. */
static int
take_reasons(struct load *load)
{
	for (size_t i = 0; i < load->n_files; i++) {
		const struct value *map = value_get(load->files[i], "reasons");

		if (map != NULL && map->kind != VALUE_MAP)
			return parse_offend(&load->parser, map->pos,
			    "reasons are a map, not %s",
			    value_kind_word(map->kind));
		if (map != NULL)
			load->out->reasons = map;
	}
	return 0;
}

/*
 * pack.yaml names the rules that nobody may set aside; a name that fits none
 * would leave them open to it.
 */
static int
protect_rules(struct load *load)
{
	int rc = 0;

	for (size_t i = 0; i < load->n_files; i++) {
		const struct value *pack = value_get(load->files[i], "pack");
		const struct value *list = value_get(pack, "not_waivable");
		const char *const *words = NULL;
		size_t n = 0;

		if (list != NULL &&
		    parse_words(&load->parser, list, &words, &n) == -1)
			rc = -1;
		for (size_t j = 0; j < n; j++)
			if (catalogue_protect(load->out, words[j]) == 0)
				rc = parse_offend(&load->parser, list->pos,
				    "no rule \"%.60s\"", words[j]);
	}
	return rc;
}

/*
 * The field that says a tier or a role: a list of choices whose every word
 * the engine knows, or rules for it would never match.
 */
static const struct term *
find_list(struct load *load, const char *text, unsigned (*mask)(const char *))
{
	struct pos pos = { "vocabulary.yaml", 0, 0 };
	struct path path;

	if (path_compile(&path, load->parser.arena, &load->parser.scope, text,
		pos, load->parser.diags) == -1)
		return NULL;
	if (!path.term->is_list || path.term->type != TERM_CHOICE) {
		parse_offend(&load->parser, pos,
		    "\"%s\" is not a list of choices", text);
		return NULL;
	}
	for (size_t i = 0; i < path.term->n_values; i++)
		if (mask(path.term->values[i]) == 0) {
			parse_offend(&load->parser, pos,
			    "no rule knows the word \"%s\" of \"%s\"",
			    path.term->values[i], text);
			return NULL;
		}
	return path.term;
}

static unsigned
record_tier_mask(const char *word)
{
	return tier_of(word) < TIER_COUNT ? 1U : 0U;
}

/* A file that has none of our keys is not ours, unless by a slip. */
static int
check_file(struct load *load, const struct value *file)
{
	if (file->kind != VALUE_MAP)
		return parse_offend(&load->parser, file->pos,
		    "a map with the key \"rules\" is wanted");
	for (const struct value *v = file->first; v != NULL; v = v->next) {
		const char *near =
		    near_word(v->key, file_keys, COUNT(file_keys));

		if (near != NULL && strcmp(near, v->key) != 0)
			return parse_offend(&load->parser, v->key_pos,
			    "unknown key \"%s\"; did you mean \"%s\"?", v->key,
			    near);
	}
	return 0;
}

/* Everything from the trees of the files. */
static int
build(struct load *load)
{
	struct catalogue *out = load->out;
	int rc = 0;

	out->tiers = find_list(load, FIELD_TIERS, record_tier_mask);
	out->roles = find_list(load, FIELD_ROLES, duty_mask);
	if (out->tiers == NULL || out->roles == NULL)
		rc = -1;
	for (size_t i = 0; i < load->n_files; i++)
		if (check_file(load, load->files[i]) == -1)
			rc = -1;
	if (take_pack(load) == -1 || take_obligations(load) == -1)
		rc = -1;
	if (take_reasons(load) == -1 || take_conditions(load) == -1 ||
	    take_transitions(load) == -1 || take_rules(load) == -1)
		rc = -1;
	if (rc == 0)
		rc = protect_rules(load);
	return rc;
}

static void
begin(struct load *load, struct catalogue *out, struct arena *arena,
    const struct vocabulary *vocabulary, struct diag_list *diags)
{
	memset(out, 0, sizeof(*out));
	memset(load, 0, sizeof(*load));
	load->out = out;
	load->parser = (struct parser){ .arena = arena,
		.diags = diags,
		.scope = { .vocabulary = vocabulary },
		.kinds = &check_kinds };
}

/* Whether a file is wanted with what judging leaves unread. */
static bool
is_wanted_whole(const struct load *load, const char *name)
{
	return load->depth == CATALOGUE_WHOLE ||
	    (load->depth == CATALOGUE_COVERED &&
		strcmp(name, PROVISIONS_FILE) == 0);
}

/* One file, compiled or as it is; NULL when it cannot be read. */
static struct value *
read_one(
    const struct load *load, const struct folder *schemas, const char *name)
{
	struct arena *arena = load->parser.arena;
	struct diag_list *diags = load->parser.diags;
	const char *path = arena_printf(arena, "%s/%s", CATALOGUE_FOLDER, name);
	struct value *tree = NULL;
	bool is_whole = is_wanted_whole(load, name);
	struct source source;

	if (!is_whole)
		tree = compiled_tree(&load->compiled, arena, schemas, path);
	if (tree != NULL)
		return tree;
	if (source_read(&source, arena, schemas, path, FILE_LIMIT_METADATA,
		(struct pos){ NULL, 0, 0 }, diags) == -1)
		return NULL;
	if (is_whole)
		return yaml_read(arena, &source, diags);
	return outline_read(arena, &source, diags);
}

static int
read_files(struct load *load, const struct folder *schemas,
    const struct name_list *list)
{
	int rc = 0;

	load->files =
	    arena_array(load->parser.arena, list->n, sizeof(*load->files));
	for (size_t i = 0; i < list->n; i++) {
		struct value *file = read_one(load, schemas, list->names[i]);

		if (file == NULL)
			rc = -1;
		else
			load->files[load->n_files++] = file;
	}
	return rc;
}

static int
load_folder(struct load *load, const struct folder *schemas)
{
	struct name_list list;
	int rc;

	if (folder_list(&list, load->parser.arena, schemas, CATALOGUE_FOLDER,
		".yaml", load->parser.diags) == -1)
		return -1;
	compiled_open(&load->compiled, load->parser.arena, schemas);
	rc = read_files(load, schemas, &list);
	compiled_close(&load->compiled);
	if (build(load) == -1)
		rc = -1;
	if (rc == 0 && load->out->n_rules == 0) {
		diag_add(load->parser.diags, DIAG_RULES_NONE,
		    (struct pos){ CATALOGUE_FOLDER, 0, 0 },
		    "no file in it has rules");
		rc = -1;
	}
	return rc;
}

int
catalogue_load(struct catalogue *out, struct arena *arena,
    const struct folder *schemas, const struct vocabulary *vocabulary,
    struct diag_list *diags)
{
	return catalogue_load_from(out, arena,
	    &(struct catalogue_source){
		schemas, vocabulary, CATALOGUE_OUTLINE },
	    diags);
}

int
catalogue_load_from(struct catalogue *out, struct arena *arena,
    const struct catalogue_source *from, struct diag_list *diags)
{
	struct load load;

	begin(&load, out, arena, from->vocabulary, diags);
	load.depth = from->depth;
	load.parser.is_brief = from->depth == CATALOGUE_BRIEF;
	load.parser.is_thorough = from->depth == CATALOGUE_WHOLE;
	return load_folder(&load, from->schemas);
}

int
catalogue_read(struct catalogue *out, struct arena *arena,
    struct source *source, const struct vocabulary *vocabulary,
    struct diag_list *diags)
{
	struct load load;
	struct value *file;

	begin(&load, out, arena, vocabulary, diags);
	load.parser.is_thorough = true;
	file = yaml_read(arena, source, diags);
	if (file == NULL)
		return -1;
	load.files = &file;
	load.n_files = 1;
	return build(&load);
}
