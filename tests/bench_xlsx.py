"""The workbook of 300 rows, by dossier and by Python's XlsxWriter.

Both have the same report document in memory and write the same sheet: table,
formats, row heights, validation, colours by status, formulas with results,
protection, paper; dossier reads its workbook back as well.  The least CPU time
of several, in memory where there is a file system for it.  Prints one line;
exits 1 when the ratio is below the budget, 0 also when there is no
XlsxWriter."""

import datetime
import os
import subprocess
import sys
import tempfile
import time

DEBIAN_PYTHON = "/usr/bin/python3"

try:
    import xlsxwriter
except ImportError:
    if sys.executable != DEBIAN_PYTHON and os.path.exists(DEBIAN_PYTHON):
        os.execv(DEBIAN_PYTHON, [DEBIAN_PYTHON] + sys.argv)
    print("workbook of 300 rows: not measured, python3-xlsxwriter is absent")
    sys.exit(0)

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import xlsx_document  # noqa: E402

MAKER = os.path.join(os.environ.get("BUILD", "build"), "tests", "t_xlsx")
ROWS, BUDGET, TIMES = 300, 3.5, 15
CHECK = ('IF(OR({0}="",{0}="Not reviewed"),"OK",IF(AND({0}<>"Accepted",{3}=""),'
         '"Comment needed",IF(OR({1}="",{2}=""),"Reviewer or date missing",'
         '"OK")))')
COLUMNS = [("Rule", 12), ("Provision", 16), ("Requirement", 40), ("Role", 12),
           ("Status", 15), ("Finding", 36), ("How to fix", 36),
           ("Evidence", 20), ("Open since", 12), ("Decision", 18),
           ("Reviewer", 18), ("Reviewed on", 13), ("Comment", 40),
           ("Check", 14)]
PATHS = ["@rule", "@provision", "asked", "@duty-text", "@status", "found",
         "fix", "@evidence", "@open-since"]
PALETTE = {"no": ("9a1b1e", "fde9e8", ["Not met", "Outside limit"]),
           "mi": ("5a2a86", "f2e9fb", ["Not provided"]),
           "wa": ("744600", "fff2d6", ["Out of date", "Waived"]),
           "du": ("0b4c99", "e2eefc", ["Due"]),
           "ok": ("0b5a39", "e2f4ea", ["Met"])}
DECISIONS = ["Not reviewed", "Accepted", "Rejected", "Waived"]


def template():
    lines = ["version: '1'", "properties: {created: '{run/@time}'}",
             "palette:"]
    for key, (text, fill, words) in PALETTE.items():
        lines.append(f"  {key}: {{text: '{text}', fill: '{fill}', words: "
                     f"[{', '.join(words)}]}}")
    lines += ["lists:", "  DecisionList: {header: Decisions, words: ["
              + ", ".join(DECISIONS) + "]}", "sheets:",
              "  - name: Requirements", "    table: tblRequirements",
              "    title: Requirements", "    note: Rows", "    holds: Rows",
              "    paper: a3", "    each: /report/requirements/requirement",
              "    columns:"]
    for i, (header, width) in enumerate(COLUMNS):
        more = ""
        if i < len(PATHS):
            more = f", value: '{PATHS[i]}', empty: None"
        elif header != "Check":
            more = ", input: yes"
        if header == "Status":
            more += ", kind: status"
        if header in ("Open since", "Reviewed on"):
            more += ", kind: date"
        if header == "Decision":
            more += ", list: DecisionList, empty: Not reviewed"
        if header == "Check":
            more = ", text: OK, formula: '" + CHECK.format(
                "{Decision}", "{Reviewer}", "{Reviewed on}", "{Comment}") + "'"
        lines.append(f"      - {{header: {header}, width: {width}{more}}}")
    lines += ["  - name: Lists", "    table: tblLists", "    lists: yes",
              "    title: Lists", "    note: Words", "    holds: Words"]
    return "\n".join(lines) + "\n"


def formats(book):
    cell = {"font_name": "Arial", "font_size": 10, "font_color": "#1a2330",
            "valign": "top", "bottom": 1, "bottom_color": "#c8d0da"}
    yellow = {**cell, "bg_color": "#fffbe6", "border": 1, "locked": False}
    return {
        "title": book.add_format({"bold": True, "font_size": 16}),
        "head": book.add_format({"bold": True, "font_color": "white",
                                 "bg_color": "#1a2330", "text_wrap": True}),
        "text": book.add_format({**cell, "text_wrap": True}),
        "date": book.add_format({**cell, "num_format": "d mmm yyyy"}),
        "input": book.add_format({**yellow, "text_wrap": True})}


def height_of(texts):
    lines = 1
    for text, (_, width) in zip(texts, COLUMNS):
        lines = max(lines, -(-len(text) // width))
    return min(15 * lines, 150)


def write_row(sheet, form, row, requirement):
    texts = []
    for path in PATHS:
        if path[0] == "@":
            texts.append(requirement.get(path[1:]) or "None")
        else:
            texts.append(requirement.findtext(path) or "None")
    sheet.set_row(row, height_of(texts))
    for column, text in enumerate(texts):
        if column == 8 and text != "None":
            sheet.write_datetime(
                row, column, datetime.datetime.fromisoformat(text),
                form["date"])
        else:
            sheet.write_string(row, column, text, form["text"])
    sheet.write_string(row, 9, DECISIONS[0], form["input"])
    for column in (10, 11, 12):
        sheet.write_blank(row, column, None, form["input"])
    n = row + 1
    sheet.write_formula(
        row, 13, "=" + CHECK.format(f"J{n}", f"K{n}", f"L{n}", f"M{n}"),
        form["text"], "OK")


def peer(report, path):
    requirements = report.findall("requirements/requirement")
    book = xlsxwriter.Workbook(path)
    form = formats(book)
    sheet = book.add_worksheet("Requirements")
    for i, (_, width) in enumerate(COLUMNS):
        sheet.set_column(i, i, width)
    sheet.write_string(0, 0, "Requirements", form["title"])
    sheet.write_string(1, 0, "Rows")
    last = 3 + len(requirements)
    sheet.add_table(3, 0, last, 13, {
        "name": "tblRequirements", "style": "Table Style Light 1",
        "columns": [{"header": header, "header_format": form["head"]}
                    for header, _ in COLUMNS]})
    for row, requirement in enumerate(requirements, 4):
        write_row(sheet, form, row, requirement)
    sheet.data_validation(4, 9, last, 9, {
        "validate": "list", "source": "=DecisionList"})
    for text, fill, words in PALETTE.values():
        colours = book.add_format({"font_color": "#" + text,
                                   "bg_color": "#" + fill})
        for word in words:
            sheet.conditional_format(4, 4, last, 4, {
                "type": "cell", "criteria": "==", "value": f'"{word}"',
                "format": colours})
    sheet.freeze_panes(4, 1)
    sheet.protect()
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)
    sheet.print_area(0, 0, last, 13)
    lists = book.add_worksheet("Lists")
    for i, word in enumerate(DECISIONS):
        lists.write_string(4 + i, 0, word)
    book.define_name("DecisionList", "=Lists!$A$5:$A$8")
    book.close()


def best(call):
    """The least of several times, in milliseconds."""
    least = None
    for _ in range(TIMES):
        start = time.process_time()
        call()
        spent = (time.process_time() - start) * 1000
        least = spent if least is None else min(least, spent)
    return least


def main():
    if not os.path.exists(MAKER):
        print(f"workbook of 300 rows: not measured, {MAKER} is absent")
        return 0
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        report = xlsx_document.model(ROWS)
        xlsx_document.write(report, os.path.join(folder, "document.xml"))
        with open(os.path.join(folder, "book.yaml"), "w",
                  encoding="utf-8") as out:
            out.write(template())
        ours = float(subprocess.run(
            [os.path.abspath(MAKER), "book.yaml", "document.xml", folder,
             "ours.xlsx", str(TIMES)], check=True, text=True, cwd=folder,
            stdout=subprocess.PIPE).stdout)
        theirs = best(lambda: peer(report, os.path.join(folder, "p.xlsx")))
    ratio = theirs / ours
    print(f"workbook of {ROWS} rows: {ours:.1f} ms, XlsxWriter "
          f"{theirs:.1f} ms, ratio {ratio:.1f} (at least {BUDGET})")
    return 0 if ratio >= BUDGET else 1


if __name__ == "__main__":
    sys.exit(main())
