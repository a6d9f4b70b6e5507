#!/usr/bin/env python3
"""Every provision of schemas/eu-ai-act/obligations.yaml agrees with the table
of the law, tests/law/obligations.csv, and with the shared one if it is here;
what it says of its rules agrees with the rules, and `dossier rules coverage`
prints that and nothing else."""
import csv
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

import tap

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
YAML = os.path.join(ROOT, "schemas", "eu-ai-act", "obligations.yaml")
COPY = os.path.join(ROOT, "tests", "law", "obligations.csv")
SHARED = os.path.join(os.environ.get("DOSSIER_SHARED", os.path.join(ROOT, "..", "shared")),
                      "law", "obligations.csv")


def scalar(text):
    """The value of a plain or double-quoted scalar."""
    if text.startswith('"'):
        return text[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    return text


def listed(text):
    return "|".join(text.strip("[]").split(", "))


def applies(text):
    """One date, or the two of a map joined by a bar, Annex III first."""
    if not text.startswith("{"):
        return text
    days = dict(pair.split(": ") for pair in text.strip("{}").split(", "))
    return days["annex-iii"] + "|" + days["annex-i"]


class Reader:
    """The entries of the file, which is written in one fixed form."""

    def __init__(self, path):
        self.path = path
        self.tables = {"sources": {}, "reasons": {}}
        self.entries = []
        self.folded = None  # key of the text that goes on in the next lines
        table = None
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file.read().split("\n"), 1):
                if not line or line.startswith("#"):
                    continue
                if not line.startswith(" "):
                    table = self.tables.get(line.rstrip(":"))
                elif table is not None:
                    key, _, value = line.strip().partition(": ")
                    table[key] = scalar(value)
                else:
                    self.take(number, line)

    def take(self, number, line):
        if line.startswith("  - "):
            self.entries.append({"line": number})
            self.folded = None
        if line.startswith("      "):
            if self.folded is None:
                sys.exit(f"{self.path}:{number}: no text goes on here")
            entry = self.entries[-1]
            entry[self.folded] = (entry[self.folded] + " " + line.strip()).strip()
            return
        key, _, value = line.strip().removeprefix("- ").partition(": ")
        if key in self.entries[-1]:
            sys.exit(f"{self.path}:{number}: {key} stands twice")
        self.entries[-1][key] = "" if value == ">-" else value
        self.folded = key if value == ">-" or key == "covered" else None


def read_rules():
    """Ids of rules, each with the provisions of its law, in their order."""
    rules = {}
    for path in sorted(glob.glob(os.path.join(ROOT, "schemas", "eu-ai-act", "[0-9]*.yaml"))):
        with open(path, encoding="utf-8") as file:
            text = (re.split(r"^rules:$", file.read(), flags=re.M) + [""])[1]
        for part in re.split(r"^  - id: ", text, flags=re.M)[1:]:
            law = re.search(r"^    law:\s+\[([^]]*)\]", part, flags=re.M)
            rules[part.split("\n", 1)[0]] = law.group(1).replace(",", " ").split()
    return rules


def covered(entry):
    """(how, rules or reason) of an entry."""
    text = entry.get("covered", "")
    match = re.fullmatch(r"\{(rules|judgement|evidence): \[([A-Z0-9, -]+)\]\}", text)
    if match:
        return match.group(1), match.group(2).split(", ")
    match = re.fullmatch(r'\{information: ([a-z-]+)(, note: "[^"]{10,}")?\}', text)
    return ("information", match.group(1)) if match else ("open", text)


def differences(reader, rules):
    """Rules and `covered` name each other, in both directions."""
    known = {entry["id"] for entry in reader.entries}
    for rule, law in rules.items():
        for provision in law:
            if provision not in known:
                yield f"{rule}: no provision {provision}"
    for entry in reader.entries:
        how, what = covered(entry)
        naming = [rule for rule, law in rules.items() if entry["id"] in law]
        if how == "information":
            if naming:
                yield f"{entry['id']}: information, but {naming[0]} names it"
            if what not in reader.tables["reasons"]:
                yield f"{entry['id']}: no reason {what}"
        elif how == "open":
            if naming or what != "{}":
                yield f"{entry['id']}: covered is {what}"
        elif what != naming:
            yield f"{entry['id']}: covered by {what}, named by {naming}"


def as_row(entry, sources):
    name, _, anchor = scalar(entry["source"]).partition("#")
    return {
        "id": entry["id"],
        "reference": scalar(entry["reference"]),
        "paraphrase": scalar(entry["paraphrase"]),
        "duty_holder": listed(entry["holders"]),
        "tier": listed(entry["tiers"]),
        "applies_from": applies(entry["applies"]),
        "gate": entry["gate"],
        "source_url": sources[name] + ("#" + anchor if anchor else ""),
    }


def compare(table, rows):
    """Print what differs; the number of differences."""
    with open(table, encoding="utf-8", newline="") as file:
        wanted = {row["id"]: row for row in csv.DictReader(file)}
    bad = 0
    for lost in sorted(wanted.keys() - rows.keys()):
        print(f"# {lost}: not in obligations.yaml")
        bad += 1
    for extra in sorted(rows.keys() - wanted.keys()):
        print(f"# {extra}: not in {os.path.basename(table)}")
        bad += 1
    for key in sorted(rows.keys() & wanted.keys()):
        for column, value in wanted[key].items():
            if rows[key].get(column) != value:
                print(f"# {key}: {column}: {rows[key].get(column)!r}, wanted {value!r}")
                bad += 1
    return bad


def reasons_fit(reader):
    """A reason is one for what it is given for."""
    for entry in reader.entries:
        how, what = covered(entry)
        words, number = entry["paraphrase"], entry["id"]
        if how != "information":
            continue
        if what == "deleted" and not words.strip('"').startswith("DELETED"):
            yield f"{number} is not deleted"
        if words.strip('"').startswith("DELETED") and what != "deleted":
            yield f"{number} is deleted, not {what}"
        if what == "penalty" and not number.startswith(("art-99.", "art-101.")):
            yield f"{number} is no penalty"
        if what == "date" and not number.startswith("art-113."):
            yield f"{number} is no date of application"
        if entry["holders"] == "[commission]" and what != "public-body":
            yield f"{number} is a duty of the Commission, not {what}"
        if what in ("deleted", "penalty", "date", "presumption") and \
                entry["holders"] != "[none]":
            yield f"{number} is owed by {entry['holders']}, and said to be a {what}"
        if what not in ("deleted", "penalty", "date", "voluntary") and \
                "note" not in entry["covered"] and entry["holders"] != "[commission]":
            yield f"{number}: {what} without a note"


def wanted_table(reader, rules):
    """What the program must print of each provision, as we read the files."""
    for entry in reader.entries:
        how, what = covered(entry)
        reason = reader.tables["reasons"].get(what) if how == "information" else None
        note = re.search(r'note: "(.*)"\}$', entry.get("covered", ""))
        yield {"id": entry["id"], "reference": scalar(entry["reference"]),
               "paraphrase": scalar(entry["paraphrase"]),
               "holders": listed(entry["holders"]).split("|"),
               "tiers": listed(entry["tiers"]).split("|"),
               "applies_from": applies(entry["applies"]).split("|"), "gate": entry["gate"],
               "covered": how,
               "rules": [rule for rule, law in rules.items() if entry["id"] in law],
               "reason": f"{reason}: {note.group(1)}" if note else reason}


def run_coverage(form, data=ROOT):
    return tap.dossier("rules", "coverage", "--data=" + data, "--format=" + form)


def check_formats(reader, rules):
    """The table in its formats against the files."""
    r = run_coverage("json")
    table = json.loads(r.stdout)
    got = {row["id"]: row for row in table["provisions"]}
    wrong = [f"{row['id']}: {key}: {got.get(row['id'], {}).get(key)!r}, not {value!r}"
             for row in wanted_table(reader, rules) for key, value in row.items()
             if got.get(row["id"], {}).get(key) != value]
    tap.check(not wrong and len(got) == 500, "json says of each what the files say", *wrong)
    gaps = [row for row in table["provisions"] if row["gap"]]
    tap.check(not gaps, "whatever is due of an operator is asked by a rule",
              *[f"{row['id']}: {row['gap']}" for row in gaps])
    tap.check(r.returncode == (1 if gaps else 0), "the status is 1 when there are gaps", r.stderr)
    tap.check(r.stderr.count("[COVERAGE_GAP]") == len(gaps) == table["counts"]["gaps"],
              "each gap is one message")
    tap.check(sum(table["counts"][how] for how in
                  ("rules", "judgement", "evidence", "information", "open")) == 500,
              "the counts add up")
    flat = list(csv.DictReader(run_coverage("csv").stdout.splitlines()))
    tap.check([row["id"] for row in flat] == [row["id"] for row in table["provisions"]] and
              all(row["rules"].split("|") == (got[row["id"]]["rules"] or [""]) and
                  row["paraphrase"] == got[row["id"]]["paraphrase"] and
                  row["reason"] == (got[row["id"]]["reason"] or "") for row in flat),
              "csv says the same in the same order")
    with open(YAML, encoding="utf-8") as file:
        tap.check(run_coverage("yaml").stdout == file.read(), "obligations.yaml is as the rules"
                  " have it; if not: make coverage")
    tap.check(run_coverage("xml").returncode == 2, "another format is wrong usage")


def check_text(reader):
    """The table for people: every id or reference, no line too wide."""
    text = tap.dossier("rules", "coverage", "--data=" + ROOT, env={"COLUMNS": "130"}).stdout
    lines = text.split("\n")
    tap.check(max(map(len, lines)) <= 130, "no line is wider than the terminal")
    tap.check(not [line for line in lines if line != line.rstrip()], "no line ends in blanks")
    lost = [rule for rule in read_rules() if rule not in text and read_rules()[rule]]
    tap.check(not lost, "every rule with a provision is in it", *lost)
    total = re.search(r"^  All +([0-9 ]+)$", text, flags=re.M)
    numbers = [int(word) for word in total.group(1).split()] if total else [0]
    tap.check(sum(numbers[:4]) <= numbers[4] == 500, "it ends in sums", total)


def check_page(reader):
    """The manual page has every provision and is well-formed mdoc."""
    page = run_coverage("man").stdout
    lost = [entry["id"] for entry in reader.entries if f'Pq "{entry["id"]}"' not in page]
    tap.check(not lost, "the manual page has every provision", *lost)
    if shutil.which("mandoc") is None:
        tap.skip("mandoc is missing")
        tap.skip("mandoc is missing")
        return
    with tempfile.NamedTemporaryFile("w", suffix=".7", encoding="utf-8") as file:
        file.write(page)
        file.flush()
        lint = subprocess.run(["mandoc", "-Tlint", "-Wwarning", file.name], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        shown = subprocess.run(["mandoc", "-Tutf8", "-Owidth=900", file.name], text=True,
                               stdout=subprocess.PIPE, check=False).stdout
    tap.check(lint.returncode == 0, "the manual page is well-formed", lint.stdout)
    shown = re.sub(".\b", "", shown)
    rules = read_rules()
    lost = [rule for rule, law in rules.items() if law and rule not in shown]
    lost += [entry["id"] for entry in reader.entries
             if re.sub(r"\s+", " ", scalar(entry["paraphrase"])) not in shown]
    tap.check(not lost, "it shows every rule and every paraphrase", *lost)


def check_portfolio():
    """A run says of every provision what the table says."""
    wanted = {row["id"]: row for row in json.loads(run_coverage("json").stdout)["provisions"]}
    with tap.Samples() as samples:
        tap.dossier("run", "--config=" + samples.file("dossier.yaml"),
                    "--output=" + samples.file("out"))
        tree = ET.parse(samples.file("out", "current", "data", "portfolio.xml")).getroot()
    duties = tree.findall("law/duty")
    tap.check([duty.get("id") for duty in duties] == list(wanted),
              "the portfolio has every provision in the order of the law")
    wrong = [duty.get("id") for duty in duties
             if duty.get("covered") != wanted[duty.get("id")]["covered"] or
             duty.get("covered-by") != (", ".join(wanted[duty.get("id")]["rules"]) or
                                        wanted[duty.get("id")]["reason"] or "") or
             (duty.get("gap") == "yes") != bool(wanted[duty.get("id")]["gap"])]
    tap.check(not wrong, "and says how it is covered", *wrong)
    n_models = len(tree.findall("models/model"))
    literacy = next(duty for duty in duties if duty.get("id") == "art-4.1")
    tap.check(0 < int(literacy.get("models")) <= n_models and
              sum(int(word) for word in re.findall(r"[0-9]+", literacy.get("states"))) ==
              int(literacy.get("models")), "the states of its models add up",
              ET.tostring(literacy))


class Pack:
    """A copy of schemas/ that is changed."""

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="dossier-test-")
        shutil.copytree(os.path.join(ROOT, "schemas"), os.path.join(self.folder, "schemas"))
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder)

    def path(self, name):
        return os.path.join(self.folder, "schemas", "eu-ai-act", name)

    def change(self, name, old, new):
        with open(self.path(name), encoding="utf-8") as file:
            text = file.read()
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text.replace(old, new))
        return text[:text.index(old)].count("\n") + 1

    def files(self):
        for path in sorted(glob.glob(self.path("[0-9]*.yaml"))):
            with open(path, encoding="utf-8") as file:
                yield os.path.basename(path), file.read()

    def rewrite(self):
        text = run_coverage("yaml", self.folder).stdout
        with open(self.path("obligations.yaml"), "w", encoding="utf-8") as file:
            file.write(text)


def says(pack, what, *parts):
    """Both commands refuse the pack, with these parts in one message."""
    for command in "test", "coverage":
        r = tap.dossier("rules", command, "--data=" + pack.folder)
        tap.check(r.returncode == 2 and
                  any(all(part in line for part in parts) for line in r.stderr.split("\n")),
                  f"rules {command}: {what}", r.returncode, r.stderr[:2000])


RULE = """
  - id: TRY-1
    title: A rule for the test
    law: [art-99.3]
    tier: [all]
    duty: [any]
    severity: note
    check: {present: model.name}
    message: "no name"
    examples: []
"""


def check_changes():
    """Each kind of drift is found at its place, and `make coverage` mends it."""
    with Pack() as pack:
        with open(pack.path("95-voluntary.yaml"), "a", encoding="utf-8") as file:
            file.write(RULE)
        says(pack, "a rule for what has a reason is found", "obligations.yaml:", "art-99.3",
             "TRY-1", "[COVERAGE]")
        pack.rewrite()
        r = tap.dossier("rules", "test", "--data=" + pack.folder)
        tap.check(r.returncode == 0, "after writing anew all is well", r.stderr)
    with Pack() as pack:
        line = pack.change("obligations.yaml", "AIV-1A, AIV-1A-PROVIDER",
                           "AIV-1Z, AIV-1A-PROVIDER")
        says(pack, "a listed rule that does not exist is found",
             f"obligations.yaml:{line}:", 'no rule "AIV-1Z"', "did you mean")
        says(pack, "a rule that is not listed is found", f"obligations.yaml:{line}:",
             "the rule AIV-1A (schemas/eu-ai-act/30-annex-iv.yaml:", "is not listed")
        pack.rewrite()
        r = tap.dossier("rules", "test", "--data=" + pack.folder)
        tap.check(r.returncode == 0, "after writing anew all is well", r.stderr)
    with Pack() as pack:
        rule = next(rule for rule, law in read_rules().items() if law == ["annex-v.3"] or
                    (law and law[0] == "annex-v.3"))
        name, text = next((name, text) for name, text in pack.files() if f"  - id: {rule}\n" in text)
        at = text.index("annex-v.3", text.index(f"  - id: {rule}\n"))
        with open(pack.path(name), "w", encoding="utf-8") as file:
            file.write(text[:at] + "annex-v.4" + text[at + len("annex-v.3"):])
        pack.rewrite()
        r = tap.dossier("rules", "test", "--data=" + pack.folder)
        tap.check(r.returncode == 2 and "[COVERAGE_GAP]" in r.stderr and "annex-v.3," in r.stderr,
                  "what lost its last rule is found", r.stderr)
        r = tap.dossier("rules", "coverage", "--data=" + pack.folder)
        tap.check(r.returncode == 1 and r.stderr.count("[COVERAGE_GAP]") == 1 and
                  " 1 with\n" in r.stdout, "and the table ends with status 1", r.stderr)


def main():
    reader = Reader(YAML)
    entries, sources = reader.entries, reader.tables["sources"]
    rows = {entry["id"]: as_row(entry, sources) for entry in entries}
    tap.check(len(entries) == 500 and len(rows) == 500, "500 provisions, each once")
    tap.check(compare(COPY, rows) == 0, "agrees with tests/law/obligations.csv")
    if os.path.exists(SHARED):
        tap.check(compare(SHARED, rows) == 0, "agrees with the shared table")
    else:
        tap.skip("the shared table is not here")
    rules = read_rules()
    tap.check(len(rules) > 300, "rules are read")
    wrong = list(differences(reader, rules))
    tap.check(not wrong, "rules and covered name each other; if not: make coverage", *wrong)
    wrong = list(reasons_fit(reader))
    tap.check(not wrong, "reasons fit what they are given for", *wrong)
    idle = reader.tables["reasons"].keys() - {covered(entry)[1] for entry in entries
                                              if covered(entry)[0] == "information"}
    tap.check(not idle, "each reason is given for something", *idle)
    check_formats(reader, rules)
    check_text(reader)
    check_page(reader)
    check_portfolio()
    check_changes()
    tap.done()


main()
