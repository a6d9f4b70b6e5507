"""Workbooks, read back by another program: openpyxl, and LibreOffice where it
is there.  Prints TAP.  The workbooks are made by build/tests/t_xlsx."""

import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile
import warnings
import zipfile

DEBIAN_PYTHON = "/usr/bin/python3"  # the one that has Debian's packages

try:
    import openpyxl
    from openpyxl.utils import get_column_letter
except ImportError:
    if sys.executable != DEBIAN_PYTHON and os.path.exists(DEBIAN_PYTHON):
        os.execv(DEBIAN_PYTHON, [DEBIAN_PYTHON] + sys.argv)
    print("ok 1 # SKIP python3-openpyxl is not installed\n1..1")
    sys.exit(0)

warnings.filterwarnings("ignore", module="openpyxl")
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import tap  # noqa: E402
import xlsx_document  # noqa: E402

MAKER = os.path.join(os.environ.get("BUILD", "build"), "tests", "t_xlsx")
TEMPLATES = {"model": "templates/workbook-model.yaml",
             "portfolio": "templates/workbook-portfolio.yaml"}
SHEETS = {
    "model": "Cover Contents Summary Requirements Findings Performance"
             " Fairness Disparities Impact Control Unobserved Trend Data Risks FRIA AnnexIV Waivers Changes SignOff"
             " Evidence Manifest Notes Lists".split(),
    "portfolio": "Cover Contents Summary Models Coverage Findings Dates"
                 " Fairness Metrics Runs Waivers Rules Provisions"
                 " Questions Manifest Notes Lists".split()}
YELLOW = "FFFFFBE6"
HOSTILE = [
    "=1+2", "+SUM(A1:A9)", "-1+1", "@x", "=cmd|' /C calc'!A0", "\t=1+1",
    "=HYPERLINK(\"https://evil.example\",\"x\")", "_x0041_x", "{=1}",
    "'=1", "<f>1</f>", "\"><c/>", "&amp;", "\u202eabc", "https://a.example",
    "javascript:alert(1)", "internal:Cover!A1", "a\nb", "tblFindings[Rule]",
    "=" * 40, "\U0001f600", "../../../etc/passwd", "Not met", "]]>"]


def make(folder, kind, report, name, env=None):
    """Write a workbook; its path, or None with what was said on stderr."""
    document = os.path.join(folder, name + ".xml")
    xlsx_document.write(report, document)
    result = subprocess.run(
        [MAKER, TEMPLATES[kind], document, folder, name + ".xlsx"],
        stderr=subprocess.PIPE, env={**os.environ, **(env or {})}, text=True)
    if result.returncode != 0:
        print("# " + result.stderr)
        return None
    return os.path.join(folder, name + ".xlsx")


def data_rows(sheet):
    return sheet.iter_rows(min_row=5, max_row=sheet.max_row)


def headers(sheet):
    return [cell.value for cell in sheet[4]]


def is_input(cell):
    return cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb == YELLOW


def table_of(sheet):
    return list(sheet.tables.values())[0]


def empty_cells(book):
    for sheet in book:
        for row in data_rows(sheet):
            for cell in row:
                if cell.value is None and not is_input(cell):
                    yield f"{sheet.title}!{cell.coordinate}"


def wrong_locks(book):
    for sheet in book:
        if not sheet.protection.sheet or sheet.protection.password:
            yield f"{sheet.title} is not protected, or by a password"
        for row in data_rows(sheet):
            for cell in row:
                if cell.protection.locked == is_input(cell):
                    yield f"{sheet.title}!{cell.coordinate}"


def wrong_tables(book):
    seen = set()
    for sheet in book:
        if len(sheet.tables) != 1:
            yield f"{sheet.title} has {len(sheet.tables)} tables"
            continue
        table = table_of(sheet)
        last = get_column_letter(len(headers(sheet)))
        if not table.name.startswith("tbl") or table.name in seen:
            yield f"{sheet.title}: name {table.name}"
        seen.add(table.name)
        if table.ref != f"A4:{last}{sheet.max_row}":
            yield f"{sheet.title}: {table.ref}"
        if table.tableStyleInfo.name != "TableStyleLight1":
            yield f"{sheet.title}: {table.tableStyleInfo.name}"
        if [c.name for c in table.tableColumns] != headers(sheet):
            yield f"{sheet.title}: headers differ from the table's"
        if len(set(headers(sheet))) != len(headers(sheet)):
            yield f"{sheet.title}: two headers are the same"


def wrong_layout(book):
    for sheet in book:
        if not sheet["A1"].value or not sheet["A2"].value:
            yield f"{sheet.title}: no title or note"
        if any(cell.value is not None for cell in sheet[3]):
            yield f"{sheet.title}: row 3 is not empty"
        title = sheet["A1"].font
        if (title.sz, title.b, title.name) != (16, True, "Arial"):
            yield f"{sheet.title}: title is {title.sz} {title.name}"
        for cell in sheet[4]:
            if (cell.fill.fgColor.rgb, cell.font.color.rgb, cell.font.b) != (
                    "FF1A2330", "FFFFFFFF", True):
                yield f"{sheet.title}!{cell.coordinate}: header format"
        free = sheet.title in ("Cover", "Summary")
        if sheet.freeze_panes != (None if free else "B5"):
            yield f"{sheet.title}: panes {sheet.freeze_panes}"
        if bool(table_of(sheet).autoFilter) == free:
            yield f"{sheet.title}: filter"
        if sheet.sheet_state != "visible" or sheet.merged_cells.ranges:
            yield f"{sheet.title}: hidden or merged"
        for kind in (sheet.row_dimensions, sheet.column_dimensions):
            if any(d.hidden for d in kind.values()):
                yield f"{sheet.title}: hidden row or column"
        for row in range(5, sheet.max_row + 1):
            height = sheet.row_dimensions[row].height or 15
            if not 15 <= height <= 150:
                yield f"{sheet.title}: row {row} is {height} high"


def wrong_paper(book):
    for sheet in book:
        width = sum(sheet.column_dimensions[get_column_letter(i + 1)].width
                    for i in range(len(headers(sheet))))
        if sheet.page_setup.orientation != "landscape":
            yield f"{sheet.title}: {sheet.page_setup.orientation}"
        if width > 165 and str(sheet.page_setup.paperSize) != "8":
            yield f"{sheet.title}: {width} characters on A4"
        if sheet.page_setup.fitToHeight not in (0, "0", False) or \
                not sheet.sheet_properties.pageSetUpPr.fitToPage:
            yield f"{sheet.title}: does not fit one page wide"
        if sheet.print_title_rows not in ("4:4", "$4:$4"):
            yield f"{sheet.title}: repeats {sheet.print_title_rows}"
        if not sheet.print_area:
            yield f"{sheet.title}: no print area"
        if "&A" not in (sheet.oddFooter.left.text or "") or \
                "Page &P of &N" not in (sheet.oddFooter.right.text or ""):
            yield f"{sheet.title}: footer"


def wrong_links(book, path):
    base = os.path.dirname(path)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                link = cell.hyperlink
                if link is None:
                    continue
                where = f"{sheet.title}!{cell.coordinate}"
                if link.location:
                    name, _, place = link.location.partition("!")
                    target = name.strip("'")
                    if target not in book.sheetnames:
                        yield f"{where}: no sheet {target}"
                    elif book[target][place].value is None:
                        yield f"{where}: nothing at {link.location}"
                elif not re.match(r"(https:|mailto:|\.\.\\)", link.target):
                    yield f"{where}: {link.target} from {base}"


def wrong_lists(book):
    names = {d.name: d.attr_text for d in book.defined_names.definedName}
    for name, text in names.items():
        sheet, _, place = text.partition("!")
        cells = book[sheet.strip("'")][place.replace("$", "")]
        cells = cells if isinstance(cells, tuple) else ((cells,),)
        if any(cell.value is None for row in cells for cell in row):
            yield f"{name} is {text}"
    for sheet in book:
        for rule in sheet.data_validations.dataValidation:
            if rule.type in ("list", "date") and rule.formula1 not in names:
                yield f"{sheet.title}: {rule.type} {rule.formula1}"


def wrong_formulas(book, cached):
    """Formulas are the template's, and their cached results are right."""
    for sheet in book:
        for row in data_rows(sheet):
            for cell in row:
                if cell.data_type != "f":
                    continue
                where = f"{sheet.title}!{cell.coordinate}"
                shown = cached[sheet.title][cell.coordinate].value
                count = re.match(r"=COUNTIFS\((tbl\w+)\[([^]]+)\],(.*)\)$",
                                 cell.value)
                if shown is None:
                    yield f"{where}: no result"
                elif count:
                    want = count_if(book, cached, sheet, cell, count)
                    if want is not None and want != shown:
                        yield f"{where}: {shown} is not {want}"
                elif not re.match(r"=(IF\(OR|[A-Z]+\d+-[A-Z]+\d+$)",
                                  cell.value):
                    yield f"{where}: {cell.value}"


def count_if(book, cached, sheet, cell, match):
    table, header, word = match.groups()
    if word.startswith('"'):
        word = word.strip('"')
    elif re.match(r"[A-Z]+\d+$", word):
        word = sheet[word].value
    else:
        return None
    for other in book:
        if table_of(other).name == table:
            column = headers(other).index(header)
            return sum(row[column].value == word
                       for row in data_rows(cached[other.title]))
    return -1


def wrong_dates(book):
    for sheet in book:
        for row in data_rows(sheet):
            for cell in row:
                if re.fullmatch(r"\d{4}-\d\d-\d\d", str(cell.value)):
                    yield f"{sheet.title}!{cell.coordinate}: {cell.value}"


def conventions(folder, kind, report):
    path = make(folder, kind, report, kind)
    tap.check(path is not None, f"{kind}: workbook is written")
    if path is None:
        return
    book = openpyxl.load_workbook(path)
    cached = openpyxl.load_workbook(path, data_only=True)
    tap.check(book.sheetnames == SHEETS[kind], f"{kind}: sheets",
              book.sheetnames)
    tap.none(empty_cells(book), f"{kind}: no empty machine cell")
    tap.none(wrong_locks(book), f"{kind}: yellow cells alone are unlocked")
    tap.none(wrong_tables(book), f"{kind}: one table a sheet")
    tap.none(wrong_layout(book), f"{kind}: title, note, header, panes")
    tap.none(wrong_paper(book), f"{kind}: paper and print titles")
    tap.none(wrong_links(book, path), f"{kind}: links resolve")
    tap.none(wrong_lists(book), f"{kind}: lists and names resolve")
    tap.none(wrong_formulas(book, cached), f"{kind}: formulas and results")
    tap.none(wrong_dates(book), f"{kind}: dates are dates")
    rows = {row[0].value: row[2].value for row in data_rows(book["Contents"])}
    wrong = [name for name in book.sheetnames
             if rows[name] not in (book[name].max_row - 4,
                                   0 if book[name].max_row == 5 else None)]
    tap.none(wrong, f"{kind}: contents tell the rows of each sheet")
    properties(kind, path, book)
    charts(kind, path)


def properties(kind, path, book):
    tap.check(book.properties.created.isoformat() == "2026-11-30T02:00:00",
              f"{kind}: created at the time of the run")
    tap.check(all([book.properties.title, book.properties.subject,
                   book.properties.creator, book.properties.keywords,
                   book.properties.description]), f"{kind}: properties")
    with zipfile.ZipFile(path) as parts:
        custom = parts.read("docProps/custom.xml").decode()
    names = re.findall(r'name="(\w+)"', custom)
    tap.check(names == ["RunId", "SchemaPack", "PolicyVersion",
                        "TemplateVersion", "InputTree"],
              f"{kind}: custom properties", names)


def charts(kind, path):
    """Every chart has a title, axis titles and a text that replaces it."""
    with zipfile.ZipFile(path) as parts:
        names = [n for n in parts.namelist() if "charts/chart" in n]
        bodies = {n: parts.read(n).decode() for n in names}
        drawings = "".join(parts.read(n).decode() for n in parts.namelist()
                           if n.startswith("xl/drawings/drawing"))
    tap.check(len(names) == (6 if kind == "model" else 3),
              f"{kind}: charts", names)
    tap.none([n for n, b in bodies.items() if b.count("<c:title>") < 2],
             f"{kind}: charts and axes have titles")
    tap.check(drawings.count(' descr="') == len(names),
              f"{kind}: charts have alternative texts")
    tap.none([n for n, b in bodies.items() if "<c:v>" not in b],
             f"{kind}: charts keep their values")
    series = "".join(bodies.values())
    tap.check("<c:f>" in series and "#REF" not in series,
              f"{kind}: charts are fed from cells")


def hostile(folder, kind, report):
    """No text of a document becomes a formula or an address."""
    path = make(folder, kind, xlsx_document.poison(report, HOSTILE),
                kind + "-hostile")
    tap.check(path is not None, f"{kind}: hostile texts are written")
    if path is None:
        return
    book = openpyxl.load_workbook(path)
    found = set()
    formulas = set()
    links = set()
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    formulas.add(re.sub(r"\d+", "", cell.value)[:12])
                else:
                    found.add(cell.value)
                if cell.hyperlink and cell.hyperlink.target:
                    links.add(cell.hyperlink.target)
    own = re.compile(r"=(COUNTIFS\(tb|IF\(OR\([A-Z]=\"\"|[A-Z]-[A-Z]$)")
    tap.none([formula for formula in formulas if not own.match(formula)],
             f"{kind}: formulas are the template's own")
    tap.none([link for link in links
              if not re.match(r"(https:|mailto:|\.\.\\)", link)
              or ".." in link[3:]], f"{kind}: addresses are of listed kinds")
    for text in ("=1+2", "+SUM(A1:A9)", "-1+1", "@x", "_x0041_x", "U+202Eabc",
                 "\U0001f600", "]]>"):
        tap.check(text in found, f"{kind}: {text!r} is read as it was")
    with zipfile.ZipFile(path) as parts:
        relations = "".join(parts.read(n).decode() for n in parts.namelist()
                            if n.endswith(".rels"))
    tap.check("javascript" not in relations and "passwd" not in relations,
              f"{kind}: no hostile target")


# Columns that tell nothing of a document that has everything, and why.
QUIET = {
    ("Summary", "Status"), ("Summary", "Go to"), ("Summary", "Rest"),
    ("Risks", "Provider risk"),  # the register says "Is one"
    ("FRIA", "Status"),          # questions that are answered have none
    ("FRIA", "Evidence"),        # the contract names none
    ("FRIA", "Source"),
    ("Metrics", "Period"),       # the contract has none
    ("Dates", "Provision"), ("AnnexIV", "Section"), ("Lists", None)}


def everything(folder, kind):
    """
    A document that holds all that the contract declares leaves no column at
    its word for nothing: so no path of a template leads nowhere.
    """
    report = xlsx_document.everything("schemas")
    path = make(folder, kind, report, kind + "-all")
    tap.check(path is not None, f"{kind}: a document of everything is written")
    if path is None:
        return
    book = openpyxl.load_workbook(path)
    words = {"Not provided", "None", "Not applicable", "Withheld",
             "Not tested", None}
    offences = []
    for sheet in book:
        if sheet.title in ("Notes", "Lists", "Contents"):
            continue
        if sheet.title == "Cover":
            offences += [f"Cover: {row[0].value}" for row in data_rows(sheet)
                         if row[1].value in words]
            continue
        for i, header in enumerate(headers(sheet)):
            column = [row[i] for row in data_rows(sheet)]
            if (sheet.title, header) in QUIET or is_input(column[0]):
                continue
            if all(cell.value in words for cell in column):
                offences.append(f"{sheet.title}: {header}")
    tap.none(offences, f"{kind}: every column finds its value")


def same_bytes(folder, kind, report):
    """Another time zone, locale, umask and folder give the same bytes."""
    other = os.path.join(folder, "other-" + kind)
    os.makedirs(other)
    locales = subprocess.run(["locale", "-a"], capture_output=True,
                             text=True).stdout.split()
    comma = [name for name in locales if name.startswith(("de_", "fr_"))]
    first = make(folder, kind, report, kind + "-1")
    before = os.umask(0o077)
    second = make(other, kind, report, kind + "-1",
                  {"TZ": "Pacific/Chatham",
                   "LC_ALL": comma[0] if comma else "C"})
    os.umask(before)
    same = first and second and \
        open(first, "rb").read() == open(second, "rb").read()
    tap.check(bool(same), f"{kind}: two builds are the same, byte for byte")
    left = [name for name in os.listdir(other) if not name.startswith(kind)]
    tap.none(left, f"{kind}: nothing else is left in the folder")


def opens(folder, kind):
    """LibreOffice opens the workbook and prints each sheet."""
    if not shutil.which("soffice"):
        tap.skip("LibreOffice is not installed")
        return
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile",
         "--headless", "--convert-to", "pdf", "--outdir", folder,
         os.path.join(folder, kind + ".xlsx")],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)
    pdf = os.path.join(folder, kind + ".pdf")
    if not shutil.which("pdftotext"):
        tap.check(os.path.exists(pdf), f"{kind}: LibreOffice prints it")
        return
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"],
                          capture_output=True, text=True).stdout
    printed = {line.split()[0] for line in text.splitlines()
               if re.search(r"Page \d+ of \d+\s*$", line)}
    tap.check(printed == set(SHEETS[kind]),
              f"{kind}: LibreOffice prints every sheet",
              set(SHEETS[kind]) ^ printed)
    tap.check("#REF!" not in text and "#NAME?" not in text and
              "Err:" not in text, f"{kind}: no formula is broken")


def main():
    if not os.path.exists(MAKER):
        tap.skip(f"{MAKER} is not built")
        tap.done()
    with tempfile.TemporaryDirectory() as folder:
        for kind, build in (("model", xlsx_document.model),
                            ("portfolio", xlsx_document.portfolio)):
            conventions(folder, kind, build())
            hostile(folder, kind, build())
            everything(folder, kind)
            same_bytes(folder, kind, build())
            opens(folder, kind)
        for path in sorted(glob.glob("reports/current/workbooks/*.xlsx")):
            name = os.path.basename(path)
            book = openpyxl.load_workbook(path)
            tap.none(empty_cells(book), f"{name}: no empty machine cell")
            tap.none(wrong_tables(book), f"{name}: one table a sheet")
            tap.none(wrong_links(book, path), f"{name}: links resolve")
    tap.done()


if __name__ == "__main__":
    main()
