#include "app/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

size_t
terminal_width(size_t usual, size_t least, size_t most)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size = { 0 };
	size_t width = usual;

	if (columns != NULL && columns[0] != '\0')
		width = strtoul(columns, NULL, 10);
	else if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 &&
	    size.ws_col > 0)
		width = size.ws_col;
	if (width < least)
		return least;
	return width < most ? width : most;
}

bool
terminal_is_utf8(void)
{
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *value = getenv(names[i]);
		const char *set = value != NULL ? strchr(value, '.') : NULL;

		if (value == NULL || value[0] == '\0')
			continue;
		return set != NULL &&
		    (strncasecmp(set, ".utf-8", 6) == 0 ||
			strncasecmp(set, ".utf8", 5) == 0);
	}
	return false;
}
