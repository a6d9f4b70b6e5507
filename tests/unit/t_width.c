#include <string.h>

#include "base/width.h"
#include "tap.h"

/* Columns of letters, wide letters, pictures and marks. */

static size_t
width(const char *text)
{
	return width_of_text(text, strlen(text));
}

int
main(void)
{
	CHECK_INT(width(""), 0);
	CHECK_INT(width("abc"), 3);
	CHECK_INT(width("\xc3\xa9t\xc3\xa9"), 3);
	CHECK_INT(width("e\xcc\x81"), 1);
	CHECK_INT(width("\xe6\x97\xa5\xe6\x9c\xac"), 4);
	CHECK_INT(width("\xed\x95\x9c"), 2);
	CHECK_INT(width("\xef\xbc\xa1"), 2);
	CHECK_INT(width("\xf0\x9f\x98\x80"), 2);
	CHECK_INT(width("\xf0\xa0\x80\x80"), 2);
	CHECK_INT(width("\xe2\x80\x8b"), 0);
	CHECK_INT(width("\xff\xfe"), 2);
	CHECK_INT(width_of(0x2014), 1);
	CHECK_INT(width_of(0x02ff), 1);
	CHECK_INT(width_of(0x0300), 0);
	CHECK_INT(width_of(0x036f), 0);
	CHECK_INT(width_of(0x0370), 1);
	CHECK_INT(width_of(0x10ffff), 1);
	return tap_done();
}
