#include "app/options.h"

#include <stdio.h>
#include <string.h>

#include "base/near.h"

static const struct pos nowhere = { NULL, 0, 0 };

/* Where the help of an option begins, and where its lines end. */
enum { HELP_COLUMN = 32, HELP_WIDTH = 79 };

static const struct option_spec *
find_name(const struct option_spec *specs, const char *name, size_t n)
{
	for (; specs->name != NULL; specs++)
		if (strncmp(specs->name, name, n) == 0 &&
		    specs->name[n] == '\0')
			return specs;
	return NULL;
}

static const struct option_spec *
find_letter(const struct option_spec *specs, char letter)
{
	for (; specs->name != NULL; specs++)
		if (specs->letter == letter)
			return specs;
	return NULL;
}

static int
unknown(const struct option_spec *specs, const char *given, size_t length,
    struct diag_list *diags)
{
	const char *name = arena_dup(diags->arena, given, length);
	const char *names[OPTIONS_MOST];
	const char *near;
	size_t n = 0;

	for (; specs->name != NULL && n < OPTIONS_MOST; specs++)
		names[n++] = specs->name;
	near = near_word(name, names, n);
	diag_add(diags, DIAG_USAGE, nowhere, "unknown option --%s%s%s%s", name,
	    near != NULL ? "; did you mean --" : "", near ? near : "",
	    near != NULL ? "?" : "");
	return -1;
}

static int
keep(struct options *out, const struct option_spec *spec, const char *value,
    struct diag_list *diags)
{
	if (out->n_given == OPTIONS_MOST) {
		diag_add(diags, DIAG_USAGE, nowhere, "too many options");
		return -1;
	}
	out->given[out->n_given++] = (struct option_given){ spec, value };
	return 0;
}

/* What the option being read may take from the arguments behind it. */
struct rest {
	int argc;
	char **argv;
	int *i;
};

static int
read_value(struct options *out, const struct option_spec *spec,
    const char *attached, const struct rest *rest, struct diag_list *diags)
{
	if (spec->value == NULL && attached != NULL) {
		diag_add(diags, DIAG_USAGE, nowhere,
		    "option --%s takes no value", spec->name);
		return -1;
	}
	if (spec->value == NULL || attached != NULL)
		return keep(out, spec, attached != NULL ? attached : "", diags);
	if (*rest->i + 1 >= rest->argc) {
		diag_add(diags, DIAG_USAGE, nowhere,
		    "option --%s needs a value: --%s=%s", spec->name,
		    spec->name, spec->value);
		return -1;
	}
	*rest->i += 1;
	return keep(out, spec, rest->argv[*rest->i], diags);
}

static int
read_long(struct options *out, const struct option_spec *specs,
    const struct rest *rest, struct diag_list *diags)
{
	const char *name = rest->argv[*rest->i] + 2;
	size_t n = strcspn(name, "=");
	const struct option_spec *spec = find_name(specs, name, n);

	if (spec == NULL)
		return unknown(specs, name, n, diags);
	return read_value(
	    out, spec, name[n] == '=' ? name + n + 1 : NULL, rest, diags);
}

static int
read_short(struct options *out, const struct option_spec *specs,
    const struct rest *rest, struct diag_list *diags)
{
	const char *p = rest->argv[*rest->i] + 1;

	for (; *p != '\0'; p++) {
		const struct option_spec *spec = find_letter(specs, *p);

		if (spec == NULL) {
			diag_add(diags, DIAG_USAGE, nowhere,
			    "unknown option -%c", *p);
			return -1;
		}
		if (spec->value != NULL)
			return read_value(out, spec,
			    p[1] != '\0' ? p + 1 : NULL, rest, diags);
		if (keep(out, spec, "", diags) == -1)
			return -1;
	}
	return 0;
}

int
options_read(struct options *out, const struct option_spec *specs, int argc,
    char **argv, struct diag_list *diags)
{
	struct rest rest = { argc, argv, NULL };
	bool is_over = false;
	int n = 0;

	*out = (struct options){ .operands = argv };
	for (int i = 0; i < argc; i++) {
		const char *arg = argv[i];

		rest.i = &i;
		if (is_over || arg[0] != '-' || arg[1] == '\0')
			argv[n++] = argv[i];
		else if (strcmp(arg, "--") == 0)
			is_over = true;
		else if (arg[1] == '-') {
			if (read_long(out, specs, &rest, diags) == -1)
				return -1;
		} else if (read_short(out, specs, &rest, diags) == -1) {
			return -1;
		}
	}
	out->n_operands = (size_t)n;
	return 0;
}

const char *
options_get(const struct options *options, const char *name)
{
	for (size_t i = options->n_given; i > 0; i--)
		if (strcmp(options->given[i - 1].spec->name, name) == 0)
			return options->given[i - 1].value;
	return NULL;
}

/* Words from HELP_COLUMN on, wrapped; used says how far the line is. */
static void
print_wrapped(const char *words, size_t used)
{
	size_t at = used < HELP_COLUMN ? HELP_COLUMN - 1 : used;

	while (*words != '\0') {
		size_t n = strcspn(words, " ");

		if (at + 1 + n > HELP_WIDTH) {
			printf("\n%*s", HELP_COLUMN - 1, "");
			at = HELP_COLUMN - 1;
		}
		printf(" %.*s", (int)n, words);
		at += n + 1;
		words += n + (words[n] == ' ');
	}
	putchar('\n');
}

void
options_help(const struct option_spec *specs)
{
	for (; specs->name != NULL; specs++) {
		char left[HELP_COLUMN * 2];

		snprintf(left, sizeof(left), "%s%c%s--%s%s%s",
		    specs->letter ? "-" : " ",
		    specs->letter ? specs->letter : ' ',
		    specs->letter ? ", " : "  ", specs->name,
		    specs->value != NULL ? "=" : "",
		    specs->value != NULL ? specs->value : "");
		printf("  %-*s", HELP_COLUMN - 3, left);
		print_wrapped(specs->help, strlen(left) + 2);
	}
}
