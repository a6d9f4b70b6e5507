#include "store/wording.h"

#include <string.h>

const char *
wording_gate(enum gate gate)
{
	static const char *const words[] = { "open", "closed", "unreadable" };

	return words[gate];
}

const char *
wording_figure(enum figure_result result)
{
	static const char *const words[] = { "no limit", "reference", "within",
		"near", "outside", "not tested" };

	return words[result];
}

bool
wording_read_gate(const char *word, enum gate *out)
{
	for (enum gate i = GATE_OPEN; i <= GATE_UNREADABLE; i++) {
		*out = i;
		if (strcmp(word, wording_gate(i)) == 0)
			return true;
	}
	return false;
}

bool
wording_read_figure(const char *word, enum figure_result *out)
{
	for (enum figure_result i = FIGURE_NO_LIMIT; i <= FIGURE_NOT_TESTED;
	     i++) {
		*out = i;
		if (strcmp(word, wording_figure(i)) == 0)
			return true;
	}
	return false;
}

bool
wording_read_result(const char *word, enum verdict_result *out)
{
	for (enum verdict_result i = VERDICT_PASS; i <= VERDICT_ERROR; i++) {
		*out = i;
		if (strcmp(word, result_word(i)) == 0)
			return true;
	}
	return false;
}

bool
wording_read_status(const char *word, enum status *out)
{
	for (enum status i = STATUS_NOT_MET; i < STATUS_COUNT; i++) {
		*out = i;
		if (strcmp(word, status_word(i)) == 0)
			return true;
	}
	return false;
}

bool
wording_read_effect(const char *word, enum effect *out)
{
	for (enum effect i = EFFECT_BLOCKS; i <= EFFECT_PASSES; i++) {
		*out = i;
		if (strcmp(word, effect_word(i)) == 0)
			return true;
	}
	return false;
}
