#include "app/format.h"

/* Findings for people: src/app/message.h. */

static void
begin(struct output *output)
{
	struct message_writer *writer =
	    arena_alloc(&output->arena, sizeof(*writer));

	*writer = *output->run->messages;
	writer->out = &output->text;
	writer->quoted = (struct source){ 0 };
	writer->arena = (struct arena){ 0 };
	writer->has_colour = writer->has_colour && output->path == NULL;
	output->state = writer;
}

static void
model(struct output *output, const struct judged *judged)
{
	message_findings(output->state, judged, output->run->is_verbose);
}

/* What is no model's goes to standard error, so only a file tells it here. */
static void
end(struct output *output, const struct judged *run,
    const struct gate_total *gate)
{
	struct message_writer *writer = output->state;

	if (output->path != NULL)
		message_findings(writer, run, true);
	if (!output->run->is_quiet)
		format_put_next(&output->text, gate);
	if (!output->run->is_quiet)
		format_put_gate(&output->text, gate);
	message_close(writer);
}

const struct format format_text = { "text", begin, model, end };
