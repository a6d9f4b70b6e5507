#include "intake/schema.h"

/*
 * The types that every key shares.  A key that was not answered well has its
 * text as written, so content is a string throughout, and `answer` says what
 * it is worth.
 */
static const char head[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<!--\n"
    "  The element record of a report document: what model.yaml says, key\n"
    "  by key.  Made from vocabulary.yaml by \"dossier schema\", format xsd;\n"
    "  do not edit.\n"
    "\n"
    "  An element stands for a key that model.yaml has.  Keys of a section\n"
    "  come in the order of the vocabulary; entries of a list are elements\n"
    "  named item.  The content of a plain value is its text as written.\n"
    "\n"
    "  label         the key's name for a reader\n"
    "  line, column  place in model.yaml, from 1\n"
    "  answer        given; placeholder (\"TBD\": counts as not provided);\n"
    "                none (asked and answered: there are none);\n"
    "                not-applicable; invalid (unusable, see findings)\n"
    "  reason        of none and not-applicable\n"
    "  decided-by    of not-applicable, as is decided-on\n"
    "  text          the value for a reader where that is not the content:\n"
    "                label of a choice, date in words, Yes or No, number\n"
    "                with its unit\n"
    "  unit          of a number\n"
    "  evidence      of a file: its id in the list of evidence (E1), its\n"
    "                state, sha256 and bytes\n"
    "-->\n"
    "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"\n"
    "    elementFormDefault=\"qualified\">\n"
    "\n"
    "  <xs:simpleType name=\"record-answer\">\n"
    "    <xs:restriction base=\"xs:string\">\n"
    "      <xs:enumeration value=\"given\"/>\n"
    "      <xs:enumeration value=\"placeholder\"/>\n"
    "      <xs:enumeration value=\"none\"/>\n"
    "      <xs:enumeration value=\"not-applicable\"/>\n"
    "      <xs:enumeration value=\"invalid\"/>\n"
    "    </xs:restriction>\n"
    "  </xs:simpleType>\n"
    "\n"
    "  <xs:simpleType name=\"record-state\">\n"
    "    <xs:restriction base=\"xs:string\">\n"
    "      <xs:enumeration value=\"found\"/>\n"
    "      <xs:enumeration value=\"unreadable\"/>\n"
    "    </xs:restriction>\n"
    "  </xs:simpleType>\n"
    "\n"
    "  <xs:attributeGroup name=\"record-answered\">\n"
    "    <xs:attribute name=\"label\" type=\"xs:string\"/>\n"
    "    <xs:attribute name=\"line\" type=\"xs:nonNegativeInteger\"/>\n"
    "    <xs:attribute name=\"column\" type=\"xs:nonNegativeInteger\"/>\n"
    "    <xs:attribute name=\"answer\" type=\"record-answer\"\n"
    "        use=\"required\"/>\n"
    "    <xs:attribute name=\"reason\" type=\"xs:string\"/>\n"
    "    <xs:attribute name=\"decided-by\" type=\"xs:string\"/>\n"
    "    <xs:attribute name=\"decided-on\" type=\"xs:date\"/>\n"
    "    <xs:attribute name=\"text\" type=\"xs:string\"/>\n"
    "  </xs:attributeGroup>\n"
    "\n"
    "  <xs:complexType name=\"record-value\">\n"
    "    <xs:simpleContent>\n"
    "      <xs:extension base=\"xs:string\">\n"
    "        <xs:attributeGroup ref=\"record-answered\"/>\n"
    "        <xs:attribute name=\"unit\" type=\"xs:string\"/>\n"
    "      </xs:extension>\n"
    "    </xs:simpleContent>\n"
    "  </xs:complexType>\n"
    "\n"
    "  <xs:complexType name=\"record-file\">\n"
    "    <xs:simpleContent>\n"
    "      <xs:extension base=\"xs:string\">\n"
    "        <xs:attributeGroup ref=\"record-answered\"/>\n"
    "        <xs:attribute name=\"evidence\" type=\"xs:string\"/>\n"
    "        <xs:attribute name=\"state\" type=\"record-state\"/>\n"
    "        <xs:attribute name=\"sha256\" type=\"xs:string\"/>\n"
    "        <xs:attribute name=\"bytes\" type=\"xs:nonNegativeInteger\"/>\n"
    "      </xs:extension>\n"
    "    </xs:simpleContent>\n"
    "  </xs:complexType>\n"
    "\n"
    "  <xs:complexType name=\"record-list\">\n"
    "    <xs:sequence>\n"
    "      <xs:element name=\"item\" type=\"record-value\"\n"
    "          minOccurs=\"0\" maxOccurs=\"unbounded\"/>\n"
    "    </xs:sequence>\n"
    "    <xs:attributeGroup ref=\"record-answered\"/>\n"
    "  </xs:complexType>\n"
    "\n"
    "  <xs:complexType name=\"record-file-list\">\n"
    "    <xs:sequence>\n"
    "      <xs:element name=\"item\" type=\"record-file\"\n"
    "          minOccurs=\"0\" maxOccurs=\"unbounded\"/>\n"
    "    </xs:sequence>\n"
    "    <xs:attributeGroup ref=\"record-answered\"/>\n"
    "  </xs:complexType>\n"
    "\n";

static void
put_indent(struct text *out, unsigned depth)
{
	for (unsigned i = 0; i < depth; i++)
		text_puts(out, "  ");
}

/* A line of its own, indented. */
static void
put_line(struct text *out, unsigned depth, const char *line)
{
	put_indent(out, depth);
	text_puts(out, line);
	text_putc(out, '\n');
}

/* An optional element of a type that is declared above. */
static void
put_plain(struct text *out, unsigned depth, const struct term *term)
{
	const char *type =
	    term->type == TERM_FILE ? "record-file" : "record-value";

	if (term->is_list)
		type = term->type == TERM_FILE ? "record-file-list" :
						 "record-list";
	put_indent(out, depth);
	text_printf(out,
	    "<xs:element name=\"%s\" type=\"%s\" minOccurs=\"0\"/>\n",
	    term->key, type);
}

static void put_section(
    struct text *out, unsigned depth, const struct term *term);

/* The terms below a section, as the content of a complex type. */
static void
put_content(struct text *out, unsigned depth, const struct term *section)
{
	put_line(out, depth, "<xs:complexType>");
	put_line(out, depth + 1, "<xs:sequence>");
	for (const struct term *t = section->first; t != NULL; t = t->next) {
		if (t->type == TERM_SECTION)
			put_section(out, depth + 2, t);
		else
			put_plain(out, depth + 2, t);
	}
	put_line(out, depth + 1, "</xs:sequence>");
	if (section->parent != NULL)
		put_line(out, depth + 1,
		    "<xs:attributeGroup ref=\"record-answered\"/>");
	put_line(out, depth, "</xs:complexType>");
}

/* A list of sections: its items hold what a section holds. */
static void
put_section_list(struct text *out, unsigned depth, const struct term *term)
{
	put_line(out, depth, "<xs:complexType>");
	put_line(out, depth + 1, "<xs:sequence>");
	put_line(out, depth + 2,
	    "<xs:element name=\"item\" minOccurs=\"0\""
	    " maxOccurs=\"unbounded\">");
	put_content(out, depth + 3, term);
	put_line(out, depth + 2, "</xs:element>");
	put_line(out, depth + 1, "</xs:sequence>");
	put_line(
	    out, depth + 1, "<xs:attributeGroup ref=\"record-answered\"/>");
	put_line(out, depth, "</xs:complexType>");
}

static void
put_section(struct text *out, unsigned depth, const struct term *term)
{
	put_indent(out, depth);
	text_printf(
	    out, "<xs:element name=\"%s\" minOccurs=\"0\">\n", term->key);
	if (term->is_list)
		put_section_list(out, depth + 1, term);
	else
		put_content(out, depth + 1, term);
	put_line(out, depth, "</xs:element>");
}

void
schema_xsd(const struct vocabulary *vocabulary, struct text *out)
{
	text_puts(out, head);
	put_line(out, 1, "<xs:element name=\"record\">");
	put_content(out, 2, &vocabulary->top);
	put_line(out, 1, "</xs:element>");
	text_puts(out, "</xs:schema>\n");
}
