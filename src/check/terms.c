#include "check/terms.h"

void
terms_visit(const struct check *check,
    void (*use)(void *context, const struct term *term), void *context)
{
	const struct term *terms[8];

	if (check == NULL)
		return;
	terms[0] = check->field.term;
	terms[1] = check->others->list.term;
	terms[2] = check->key;
	terms[3] = check->others->from.path.term;
	terms[4] = check->others->until.path.term;
	terms[5] = check->others->right.path.term;
	terms[6] = check->others->attribute.term;
	terms[7] = check->others->group.term;
	for (size_t i = 0; i < sizeof(terms) / sizeof(terms[0]); i++)
		if (terms[i] != NULL)
			use(context, terms[i]);
	terms_visit(check->where, use, context);
	for (const struct check *c = check->first; c != NULL; c = c->next)
		terms_visit(c, use, context);
}

/* A term that is looked for. */
struct quest {
	const struct term *term;
	bool is_found;
};

static void
compare(void *context, const struct term *term)
{
	struct quest *quest = context;

	quest->is_found |= quest->term == term;
}

bool
terms_name(const struct check *check, const struct term *term)
{
	struct quest quest = { term, false };

	terms_visit(check, compare, &quest);
	return quest.is_found;
}

bool
terms_of_rule(const struct rule *rule, const struct term *term)
{
	return terms_name(rule->when, term) || terms_name(rule->check, term);
}
