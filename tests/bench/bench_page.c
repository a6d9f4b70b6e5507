#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "html/html.h"

/*
 * How long a page takes: bench_page TEMPLATE DOCUMENT... renders each document
 * again and again and prints, for the largest page, its bytes and the least
 * microseconds of CPU that one rendering took.
 */

enum { TIMES = 3000 };

static double
now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

struct result {
	size_t bytes;
	double us;
};

static struct result
measure(struct html_template *page, xmlDocPtr doc, struct diag_list *diags)
{
	struct result best = { 0, 1e9 };
	struct text out = { 0 };

	for (int i = 0; i < TIMES; i++) {
		double start = now_us(), us;

		text_clear(&out);
		if (html_render(page, doc, &out, diags) == -1)
			exit(1);
		us = now_us() - start;
		best.us = us < best.us ? us : best.us;
	}
	best.bytes = out.n;
	text_free(&out);
	return best;
}

int
main(int argc, char **argv)
{
	struct arena arena = { 0 };
	struct diag_list diags = { .arena = &arena };
	struct folder folder;
	struct html_template *page = NULL;
	struct result largest = { 0, 0 };

	if (argc < 3 ||
	    folder_open(&folder, "templates", "templates", &diags) == -1)
		return 2;
	page = html_load(&arena, &folder, argv[1], &diags);
	if (page == NULL)
		return 1;
	for (int i = 2; i < argc; i++) {
		xmlDocPtr doc = xmlReadFile(
		    argv[i], NULL, XML_PARSE_NONET | XML_PARSE_NOBLANKS);
		struct result result;

		if (doc == NULL)
			return 1;
		result = measure(page, doc, &diags);
		if (result.bytes > largest.bytes)
			largest = result;
		xmlFreeDoc(doc);
	}
	printf("%zu %.2f\n", largest.bytes, largest.us);
	html_free(page);
	folder_close(&folder);
	arena_free(&arena);
	return 0;
}
