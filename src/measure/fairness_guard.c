#include "measure/fairness_guard.h"

#include <string.h>

#include "measure/options.h"

/* Take the next part off a name: up to a "*" that has no "\" before it. */
static size_t
next_part(const char *name)
{
	size_t n = 0;

	while (name[n] != '\0' && name[n] != '*')
		n += name[n] == '\\' && name[n + 1] != '\0' ? 2 : 1;
	return n;
}

bool
fairness_is_missing(const char *group)
{
	size_t n = next_part(group);

	while (n != strlen(GROUP_MISSING) ||
	    memcmp(group, GROUP_MISSING, n) != 0) {
		if (group[n] == '\0')
			return false;
		group += n + 1;
		n = next_part(group);
	}
	return true;
}

/* The number of n bytes, without the "\\" before a "*" or "\\" of its own. */
static uint32_t
number_of(struct intern *parts, const char *p, size_t n)
{
	char *plain = arena_dup(parts->arena, p, n);
	size_t m = 0;

	for (size_t i = 0; i < n; i++) {
		if (p[i] == '\\' && i + 1 < n)
			i++;
		plain[m++] = p[i];
	}
	return (uint32_t)intern_add(parts, plain, m);
}

size_t
fairness_split(
    struct intern *parts, const char *name, uint32_t out[WITHHOLD_COLUMNS])
{
	size_t count = 0;

	while (count < WITHHOLD_COLUMNS) {
		size_t n = next_part(name);

		out[count++] = number_of(parts, name, n);
		if (name[n] == '\0')
			break;
		name += n + 1;
	}
	return count;
}

/* How many parts a name has. */
static size_t
parts_of(const char *name)
{
	size_t n = 1;

	for (name += next_part(name); *name == '*'; name += next_part(name)) {
		name++;
		n++;
	}
	return n;
}

/* Whether a part of a name stands in it once more. */
static bool
repeats(const char *name)
{
	for (const char *a = name; *a != '\0'; a += *a == '*' ? 1 : 0) {
		size_t n = next_part(a);

		for (const char *b = a + n; *b == '*'; b += next_part(b)) {
			b++;
			if (next_part(b) == n && memcmp(a, b, n) == 0)
				return true;
		}
		a += n;
	}
	return false;
}

bool
fairness_divides(const char *attribute, const char *group)
{
	size_t n = parts_of(attribute);

	return n == 1 ||
	    (n <= WITHHOLD_COLUMNS && parts_of(group) == n &&
		!repeats(attribute));
}
