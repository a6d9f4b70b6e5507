#include "xlsx/func.h"

#include <libxml/xpathInternals.h>
#include <math.h>
#include <string.h>

#include "base/date.h"
#include "base/num.h"
#include "base/text.h"

/* Take the last argument off XPath's stack as a string; xmlFree() it. */
static xmlChar *
pop_text(xmlXPathParserContextPtr ctxt)
{
	return xmlXPathPopString(ctxt);
}

static void
push_text(xmlXPathParserContextPtr ctxt, const char *s)
{
	valuePush(ctxt, xmlXPathNewCString(s));
}

static bool
is_blank(const char *s)
{
	return s[strspn(s, " \t\r\n")] == '\0';
}

/* choose(test, a, b): a or b keeps its type. */
static void
func_choose(xmlXPathParserContextPtr ctxt, int nargs)
{
	xmlXPathObjectPtr yes, no;

	CHECK_ARITY(3);
	no = valuePop(ctxt);
	yes = valuePop(ctxt);
	if (xmlXPathPopBoolean(ctxt)) {
		valuePush(ctxt, yes);
		xmlXPathFreeObject(no);
	} else {
		valuePush(ctxt, no);
		xmlXPathFreeObject(yes);
	}
}

static void
func_date(xmlXPathParserContextPtr ctxt, int nargs)
{
	static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May",
		"Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	char shown[DATE_SIZE + 16];
	xmlChar *s;
	const char *p;
	date day;
	int year, month, day_of_month;

	CHECK_ARITY(1);
	s = pop_text(ctxt);
	if (s == NULL)
		return;
	p = (const char *)s;
	if (strlen(p) >= DATE_SIZE - 1 && date_read(p, DATE_SIZE - 1, &day)) {
		date_parts(day, &year, &month, &day_of_month);
		snprintf(shown, sizeof(shown), "%d %s %d", day_of_month,
		    months[month - 1], year);
		push_text(ctxt, shown);
	} else
		push_text(ctxt, p);
	xmlFree(s);
}

static void
push_fixed(xmlXPathParserContextPtr ctxt, double factor, const char *unit)
{
	char digits[NUM_SIZE + 1];
	double decimals = xmlXPathPopNumber(ctxt);
	double value = xmlXPathPopNumber(ctxt);

	if (!(decimals >= 0 && decimals <= 12) || !isfinite(value)) {
		push_text(ctxt, "");
		return;
	}
	num_write_fixed(value * factor, (unsigned)decimals, digits);
	strncat(digits, unit, sizeof(digits) - 1 - strlen(digits));
	push_text(ctxt, digits);
}

static void
func_fixed(xmlXPathParserContextPtr ctxt, int nargs)
{
	CHECK_ARITY(2);
	push_fixed(ctxt, 1, "");
}

static void
func_percent(xmlXPathParserContextPtr ctxt, int nargs)
{
	CHECK_ARITY(2);
	push_fixed(ctxt, 100, "%");
}

static void
func_join(xmlXPathParserContextPtr ctxt, int nargs)
{
	struct text joined = { 0 };
	xmlChar *between;
	xmlNodeSetPtr nodes;

	CHECK_ARITY(2);
	between = pop_text(ctxt);
	nodes = xmlXPathPopNodeSet(ctxt);
	if (between == NULL)
		goto out;
	for (int i = 0; nodes != NULL && i < nodes->nodeNr; i++) {
		xmlChar *s = xmlXPathCastNodeToString(nodes->nodeTab[i]);

		if (i > 0)
			text_puts(&joined, (const char *)between);
		text_puts(&joined, (const char *)s);
		xmlFree(s);
	}
	push_text(ctxt, text_str(&joined));
out:
	xmlXPathFreeNodeSet(nodes);
	xmlFree(between);
	text_free(&joined);
}

static void
func_pick(xmlXPathParserContextPtr ctxt, int nargs)
{
	xmlChar *found = NULL;

	for (int i = 0; i < nargs; i++) {
		xmlChar *s = pop_text(ctxt);

		if (s != NULL && !is_blank((const char *)s)) {
			xmlFree(found);
			found = s;
		} else
			xmlFree(s);
	}
	push_text(ctxt, found != NULL ? (const char *)found : "");
	xmlFree(found);
}

static void
func_rows(xmlXPathParserContextPtr ctxt, int nargs)
{
	const struct func_book *book = ctxt->context->userData;
	xmlChar *sheet;
	long rows;

	CHECK_ARITY(1);
	sheet = pop_text(ctxt);
	if (sheet == NULL)
		return;
	rows = book->rows != NULL ?
	    book->rows(book->plan, (const char *)sheet) :
	    -1;
	xmlFree(sheet);
	if (rows < 0)
		XP_ERROR(XPATH_INVALID_OPERAND)
	valuePush(ctxt, xmlXPathNewFloat((double)rows));
}

void
func_register(xmlXPathContextPtr xpath, struct func_book *book)
{
	static const struct {
		const char *name;
		xmlXPathFunction call;
	} table[] = { { "choose", func_choose }, { "date", func_date },
		{ "fixed", func_fixed }, { "join", func_join },
		{ "percent", func_percent }, { "pick", func_pick },
		{ "rows", func_rows } };

	xpath->userData = book;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		xmlXPathRegisterFunc(
		    xpath, (const xmlChar *)table[i].name, table[i].call);
}
