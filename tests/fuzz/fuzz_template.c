#include "html/html.h"

#include <fcntl.h>
#include <libxml/parser.h>
#include <sys/stat.h>
#include <unistd.h>

#include "html/markup.h"
#include "sound.h"

/*
 * A template, a line "=====", a document.  Whatever they hold: a page is made
 * or refused, never half; it is made the same again; and it is as well-formed
 * as the template was, so that no document can add or end an element.
 */

static const char line[] = "\n=====\n";

/* A folder with this page and a style sheet; the descriptor of it. */
static int
make_folder(char path[], const char *page, size_t n)
{
	static const char sheet[] = "p{content:string(title)}";
	int dir;
	int fd;

	MUST(mkdtemp(path) != NULL);
	dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	fd = openat(dir, "page.html", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	MUST(write(fd, page, n) == (ssize_t)n);
	close(fd);
	fd = openat(dir, "style.css", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	MUST(write(fd, sheet, strlen(sheet)) == (ssize_t)strlen(sheet));
	close(fd);
	return dir;
}

static void
remove_folder(int dir, const char *path)
{
	unlinkat(dir, "page.html", 0);
	unlinkat(dir, "style.css", 0);
	close(dir);
	rmdir(path);
}

/* The names of all tags, in order; each page is read by our own reader. */
static void
check_page(struct arena *arena, const struct text *page)
{
	struct diag_list diags = { .arena = arena };
	struct source source;
	struct markup markup = { .source = &source, .diags = &diags };
	int more;

	source_of_bytes(&source, "page", text_str(page), page->n);
	while ((more = markup_next(&markup)) == 1) {
		if (markup.kind != MARKUP_START)
			continue;
		MUST(!markup_is(markup.span, "script"));
		MUST(markup_attr(&markup, "style") == NULL);
		MUST(markup_attr(&markup, "onclick") == NULL);
		MUST(markup_attr(&markup, "src") == NULL);
	}
	MUST(more == 0);
}

static void
render(struct arena *arena, struct html_template *page, xmlDoc *doc)
{
	struct diag_list diags = { .arena = arena };
	struct text out = { 0 };
	struct text again = { 0 };
	int rc;

	text_puts(&out, "x");
	rc = html_render(page, doc, &out, &diags);
	MUST((rc == -1) == (diags.n_errors > 0));
	MUST(out.n >= 1 && out.p[0] == 'x');
	if (rc == -1) {
		MUST(out.n == 1);
	} else {
		out.p[0] = ' ';
		check_page(arena, &out);
		text_puts(&again, " ");
		MUST(html_render(page, doc, &again, &diags) == 0);
		MUST(out.n == again.n && memcmp(out.p, again.p, out.n) == 0);
	}
	text_free(&out);
	text_free(&again);
}

static void
try(const char *template, size_t n, const char *xml, size_t n_xml)
{
	char path[] = "/tmp/fuzz.XXXXXX";
	struct arena arena = { 0 };
	struct diag_list diags = { .arena = &arena };
	struct folder folder = { make_folder(path, template, n), "" };
	struct html_template *page =
	    html_load(&arena, &folder, "page.html", &diags);
	xmlDoc *doc = xmlReadMemory(xml, (int)n_xml, "d", NULL,
	    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);

	MUST((page == NULL) == (diags.n_errors > 0));
	for (const struct diag *d = diags.first; d != NULL; d = d->next)
		MUST(d->pos.file != NULL && strlen(d->detail) < 2000);
	if (page != NULL && doc != NULL && doc->intSubset == NULL)
		render(&arena, page, doc);
	xmlFreeDoc(doc);
	html_free(page);
	remove_folder(folder.fd, path);
	arena_free(&arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct fuzz fuzz;
	const char *cut = NULL;
	size_t len = strlen(line);

	if (n > 4096)
		return 0;
	fuzz_begin(&fuzz, p, n);
	for (size_t i = 0; i + len <= n && cut == NULL; i++) {
		if (memcmp(fuzz.bytes + i, line, len) == 0)
			cut = fuzz.bytes + i;
	}
	if (cut != NULL)
		try(fuzz.bytes, (size_t)(cut - fuzz.bytes), cut + len,
		    n - len - (size_t)(cut - fuzz.bytes));
	fuzz_end(&fuzz);
	return 0;
}
