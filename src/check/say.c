#include "check/say.h"

#include <ctype.h>

#include "model/figure.h"

const char *
say_keep(struct arena *arena, struct text *text)
{
	const char *kept = arena_dup(arena, text_str(text), text->n);

	text_free(text);
	return kept;
}

void
say_metric(struct text *text, const char *metric)
{
	const char *label = metric_label(metric);

	if (isupper((unsigned char)label[0]) &&
	    !isupper((unsigned char)label[1]))
		text_putc(text, (char)tolower((unsigned char)*label++));
	text_puts(text, label);
}
