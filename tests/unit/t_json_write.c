#include <string.h>

#include "base/json_write.h"
#include "tap.h"

static void
begins_each_member_on_a_line(void)
{
	struct text out = { 0 };
	struct json_writer w = { .out = &out };

	json_open(&w, NULL, '{');
	json_string(&w, "a", "x");
	json_string(&w, "left out", NULL);
	json_number(&w, "n", 4294967296UL);
	json_open(&w, "list", '[');
	json_bool(&w, NULL, true);
	json_bool(&w, NULL, false);
	json_raw(&w, NULL, "null");
	json_close(&w, ']');
	json_open(&w, "empty", '[');
	json_close(&w, ']');
	json_close(&w, '}');
	CHECK_STR(text_str(&out),
	    "{\n  \"a\": \"x\",\n  \"n\": 4294967296,\n  \"list\": [\n"
	    "    true,\n    false,\n    null\n  ],\n  \"empty\": []\n}\n");
	text_free(&out);
}

static void
keeps_deep_values_on_a_line(void)
{
	struct text out = { 0 };
	struct json_writer w = { .out = &out, .flat = 2 };

	json_open(&w, NULL, '[');
	for (unsigned i = 0; i < 2; i++) {
		json_open(&w, NULL, '{');
		json_number(&w, "i", i);
		json_open(&w, "deep", '{');
		json_string(&w, "s", "");
		json_close(&w, '}');
		json_close(&w, '}');
	}
	json_close(&w, ']');
	CHECK_STR(text_str(&out),
	    "[\n  {\"i\": 0, \"deep\": {\"s\": \"\"}},\n"
	    "  {\"i\": 1, \"deep\": {\"s\": \"\"}}\n]\n");
	text_free(&out);
}

static void
escapes_keys_and_values(void)
{
	struct text out = { 0 };
	struct json_writer w = { .out = &out, .flat = 1 };

	json_open(&w, NULL, '{');
	json_string(&w, "\"\\", "\n\x1b\xe2\x80\xae\xff]]>");
	json_close(&w, '}');
	CHECK_STR(text_str(&out),
	    "{\"\\\"\\\\\": \"\\n\\u001b\\u202e\\ufffd]]>\"}\n");
	text_free(&out);
}

static void
writes_nothing_inside(void)
{
	struct text out = { 0 };
	struct json_writer w = { .out = &out };

	json_open(&w, NULL, '[');
	json_close(&w, ']');
	CHECK_STR(text_str(&out), "[]\n");
	text_free(&out);
}

int
main(void)
{
	begins_each_member_on_a_line();
	keeps_deep_values_on_a_line();
	escapes_keys_and_values();
	writes_nothing_inside();
	return tap_done();
}
