#include "compose/arithmetic.h"

#include <math.h>

#include "base/arena.h"
#include "compose/disparity.h"
#include "compose/xml.h"
#include "tap.h"

/* A disparity as a sentence and as the element of a report. */

static struct disparity
sample(void)
{
	return (struct disparity){
		.attribute = "sex",
		.metric = "selection_rate",
		.group = { .group = "female",
		    .n = 5204,
		    .defined = true,
		    .value = 0.564,
		    .has_counts = true,
		    .numerator = 2935,
		    .denominator = 5204,
		    .effective = 5204 },
		.reference = { .group = "male",
		    .n = 5602,
		    .defined = true,
		    .value = 0.714,
		    .has_counts = true,
		    .numerator = 4000,
		    .denominator = 5602,
		    .effective = 5602 },
		.confidence = 0.95,
		.has_difference = true,
		.difference = -0.15,
		.difference_interval = { "Newcombe", -0.168, -0.132 },
		.has_ratio = true,
		.ratio = 0.79,
		.ratio_interval = { "Katz log", 0.768, 0.812 },
		.test = "two-proportion z",
		.p = 1e-9,
		.has_z = true,
		.z = -16.12,
		.adjustment = "Holm",
		.p_adjusted = 3e-9,
		.family = 3,
		.verdict = DISPARITY_FINDING,
		.reason = "the ratio is below 0.8 and significant",
	};
}

static void
says(const struct disparity *d, const char *want)
{
	struct text text = { 0 };

	arithmetic_sentence(&text, d);
	CHECK_STR(text_str(&text), want);
	text_free(&text);
}

static void
tells_all_of_it(void)
{
	struct disparity d = sample();

	says(&d,
	    "Selection rate of female, 56.4% (2,935 of 5,204), against male, "
	    "71.4% (4,000 of 5,602): ratio 0.79 (95% interval 0.77 to 0.81, "
	    "Katz log), difference \u221215.0 points (95% interval \u221216.8 "
	    "to \u221213.2, Newcombe); two-proportion z, \u221216.12 standard "
	    "deviations, p <0.001, adjusted <0.001 (Holm over 3 tests). "
	    "Finding: the "
	    "ratio is below 0.8 and significant.");
}

/* What does not exist is left out, or said to be infinite. */
static void
tells_what_there_is(void)
{
	struct disparity d = sample();

	d.reference.value = 0;
	d.reference.numerator = 0;
	d.ratio = INFINITY;
	d.ratio_interval =
	    (struct disparity_interval){ "Koopman", 2.5, INFINITY };
	d.has_difference = d.has_z = false;
	d.test = "Fisher mid-p";
	d.p = 0.0414;
	d.adjustment = NULL;
	d.verdict = DISPARITY_WATCH;
	d.reason = NULL;
	says(&d,
	    "Selection rate of female, 56.4% (2,935 of 5,204), against male, "
	    "0.0% (0 of 5,602): ratio infinite (95% interval 2.50 to "
	    "infinite, Koopman); Fisher mid-p, p = 0.041. Watch.");
	d = sample();
	d.metric = "roc_auc";
	d.group.has_counts = d.reference.has_counts = false;
	d.group.value = 0.81;
	d.reference.defined = false;
	d.reference.reason = "only one class occurs among the labels";
	d.has_ratio = d.has_difference = false;
	d.test = NULL;
	d.verdict = DISPARITY_NOT_ESTIMABLE;
	d.reason = NULL;
	says(&d,
	    "Area under the ROC curve of female, 0.810 (n 5,204), against "
	    "male, "
	    "not estimable (only one class occurs among the labels). Not "
	    "estimable.");
}

static bool
has(const xmlNode *node, const char *text)
{
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next)
		if (strstr(xml_get(node, (const char *)a->name), text) != NULL)
			return true;
	return false;
}

/* No number of what is withheld stands anywhere. */
static void
withholds(void)
{
	for (int side = 0; side < 2; side++) {
		struct disparity d = sample();
		xmlDocPtr doc = xmlNewDoc((const xmlChar *)"1.0");
		xmlNodePtr root = xmlNewNode(NULL, (const xmlChar *)"group");
		xmlNodePtr node;

		xmlDocSetRootElement(doc, root);
		d.is_withheld = side == 0;
		d.is_reference_withheld = side == 1;
		says(&d, "Selection rate of female against male is withheld.");
		disparity_compose(root, &d);
		node = xml_child(root, "disparity");
		CHECK_STR(xml_get(node, "verdict"), "Withheld");
		CHECK_STR(xml_get(node, "hidden"), "yes");
		CHECK(!has(node, "0.79") && !has(node, "16") &&
		    !has(node, "0.001") && !has(node, "5,204") &&
		    !has(node, "Finding"));
		xmlFreeDoc(doc);
	}
}

static void
makes_an_element(void)
{
	struct disparity d = sample();
	xmlDocPtr doc = xmlNewDoc((const xmlChar *)"1.0");
	xmlNodePtr root = xmlNewNode(NULL, (const xmlChar *)"group");
	xmlNodePtr node;

	xmlDocSetRootElement(doc, root);
	d.has_power = true;
	d.power = 0.999;
	d.has_shortfall = true;
	d.shortfall = 40;
	d.has_rows_needed = true;
	d.rows_needed = INFINITY;
	d.group.effective = 4100.5;
	disparity_compose(root, &d);
	node = xml_child(root, "disparity");
	CHECK_STR(xml_get(node, "verdict"), "Finding");
	CHECK_STR(xml_get(node, "class"), "no");
	CHECK_STR(xml_get(node, "counts"), "2,935 of 5,204");
	CHECK_STR(xml_get(node, "reference-counts"), "4,000 of 5,602");
	CHECK_STR(xml_get(node, "ratio"), "0.79");
	CHECK_STR(xml_get(node, "ratio-interval"), "0.77 to 0.81");
	CHECK_STR(xml_get(node, "difference-method"), "Newcombe");
	CHECK_STR(xml_get(node, "p-text"), "<0.001");
	CHECK_STR(xml_get(node, "family"), "3");
	CHECK_STR(xml_get(node, "power-text"), "99.9%");
	CHECK_STR(xml_get(node, "shortfall"), "40");
	CHECK_STR(xml_get(node, "rows-needed"), "");
	CHECK_STR(xml_get(node, "rows-needed-text"), "Infinite");
	CHECK_STR(xml_get(node, "flip-one-text"), "None");
	CHECK_STR(xml_get(node, "effective"), "4100.5");
	xmlFreeDoc(doc);
}

static void
finds_its_family(void)
{
	struct disparity a = sample();
	struct disparity_family g = { .attribute = "sex",
		.metric = "precision",
		.test = "chi-square",
		.n_groups = 3,
		.chi2 = 7.25,
		.df = 2,
		.p = 0.0266,
		.has_cramers_v = true,
		.cramers_v = 0.0712,
		.first = &a,
		.last = &a,
		.n = 1 };
	struct disparity_family f = {
		.attribute = "sex", .metric = "selection_rate", .next = &g
	};
	struct disparity_table table = { &f, &g, 2 };
	xmlDocPtr doc = xmlNewDoc((const xmlChar *)"1.0");
	xmlNodePtr root = xmlNewNode(NULL, (const xmlChar *)"table");

	xmlDocSetRootElement(doc, root);
	CHECK(disparity_family_of(&table, "sex", "precision") == &g);
	CHECK(disparity_family_of(&table, "age", "precision") == NULL);
	CHECK(disparity_of_group(&g, "female") == &a);
	CHECK(disparity_of_group(&g, "male") == NULL);
	CHECK(disparity_of_group(NULL, "male") == NULL);
	disparity_compose_family(root, &f);
	CHECK(xml_child(root, "homogeneity") == NULL);
	disparity_compose_family(root, &g);
	CHECK_STR(xml_get(xml_child(root, "homogeneity"), "text"),
	    "Any difference between 3 groups at all: chi-square, 7.25 on 2 "
	    "degrees of freedom, p = 0.027, Cram\u00e9r's V 0.071.");
	xmlFreeDoc(doc);
}

int
main(void)
{
	tells_all_of_it();
	tells_what_there_is();
	withholds();
	makes_an_element();
	finds_its_family();
	return tap_done();
}
