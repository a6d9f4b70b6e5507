#include "intake/taking.h"

#include "base/near.h"

const char *
taking_guess(struct taking *taking, const char *word,
    const char *const *candidates, size_t n)
{
	if (taking->n_guessed >= TAKING_GUESSES)
		return NULL;
	taking->n_guessed++;
	return near_word(word, candidates, n);
}

void
taking_refuse(struct field *field)
{
	field->answer = ANSWER_INVALID;
	field->first = NULL;
	field->last = NULL;
	field->n = 0;
}
