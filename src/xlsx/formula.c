#include "xlsx/formula.h"

#include <string.h>

static bool
copy(char *out, size_t size, const char *p, size_t n)
{
	if (n == 0 || n >= size)
		return false;
	memcpy(out, p, n);
	out[n] = '\0';
	return true;
}

int
formula_next(const char **at, struct text *out, struct formula_name *name)
{
	const char *p = *at;
	size_t n = strcspn(p, "{}");
	const char *end, *bracket;

	if (out != NULL)
		text_put(out, p, n);
	*at = p + n;
	p = *at;
	if (*p == '\0')
		return 0;
	end = *p == '{' ? strchr(p, '}') : NULL;
	if (end == NULL)
		return -1;
	*at = end + 1;
	p++;
	bracket = memchr(p, '[', (size_t)(end - p));
	name->table[0] = '\0';
	if (bracket == NULL)
		return copy(name->header, sizeof(name->header), p,
			   (size_t)(end - p)) ?
		    1 :
		    -1;
	if (end[-1] != ']' ||
	    !copy(name->table, sizeof(name->table), p, (size_t)(bracket - p)) ||
	    !copy(name->header, sizeof(name->header), bracket + 1,
		(size_t)(end - bracket) - 2))
		return -1;
	return 1;
}
