#!/usr/bin/env python3
"""What is withheld stays unknown to a reader who adds, subtracts and bounds.

Random tables are measured with a minimum.  A reader takes every count that the
outputs print, of groups, margins, strata and law tables, as equations in the
combinations of values; then no withheld number may follow, and none may be
bounded below the minimum.  And whatever else is printed, of whatever shape,
may not depend on it: rows that change places within what is withheld change no
byte."""
import csv
import glob
import io
import itertools
import json
import os
import random
import re
import sys
import tempfile
import zipfile

from tap import ROOT, SANITIZED, check, done, dossier

PRIME = (1 << 61) - 1
MISSING = "(missing)"
WHOLE = "(overall)"
# Rows by their labels and predictions; those of a rate are its numerator and denominator.
ANY, SELECTED, REFUSED = ("01", "01"), ("01", "1"), ("01", "0")
POSITIVE, NEGATIVE = ("1", "01"), ("0", "01")
TP, FN, FP, TN = ("1", "1"), ("1", "0"), ("0", "1"), ("0", "0")
RATES = {"selection_rate": (SELECTED, ANY), "base_rate": (POSITIVE, ANY), "true_positive_rate": (TP, POSITIVE),
         "false_negative_rate": (FN, POSITIVE), "false_positive_rate": (FP, NEGATIVE),
         "true_negative_rate": (TN, NEGATIVE), "precision": (TP, SELECTED), "false_discovery_rate": (FP, SELECTED),
         "negative_predictive_value": (TN, REFUSED), "false_omission_rate": (FN, REFUSED),
         "missing_score_rate": (("", ""), ANY), "mean_prediction": (SELECTED, ANY)}


class World:
    """Rows, and which tables are asked for."""

    def __init__(self, dice, kind="binary"):
        self.columns = ["a", "b", "c"][:dice.choice((2, 2, 3))]
        self.values = [[f"{c}{i}" for i in range(dice.randint(2, 4))] + [""] * (dice.random() < 0.3) for c in self.columns]
        weights = [[dice.choice((1, 3, 12)) for _ in v] for v in self.values]
        self.rows = []
        for _ in range(dice.choice((12, 40, 40, 120))):
            atom = tuple(dice.choices(v, w)[0] for v, w in zip(self.values, weights))
            score = dice.randrange(100)
            self.rows.append((atom, str(int(dice.random() < 0.4)), str(int(score > 55)), score / 100))
        sets = [s for n in (1, 2, 3) for s in itertools.combinations(range(len(self.columns)), n)]
        self.tables = dice.sample(sets, dice.randint(1, min(4, len(sets))))
        self.control = dice.choice((None, None, "c")) if len(self.columns) == 3 else None
        if self.control and any(2 in t or len(t) > 2 for t in self.tables):
            self.control = None
        self.minimum = dice.choice((2, 3, 5, 8))
        self.more = dice.choice(([], ["--missing=group"], ["--metrics=all"]))
        self.weights = [1] * len(self.rows)
        if kind == "weighted":
            self.more = [*self.more, "--weight=weight"]
            self.weights = [dice.choice((0.5, 1, 2.25)) for _ in self.rows]
        elif kind != "binary":
            self.more = [*self.more, "--kind=" + kind]
            values = {"classes": "uvw", "numbers": ("1.5", "2", "7.25", "40")}[kind]
            self.rows = [(atom, dice.choice(values), dice.choice(values), "") for atom, *_ in self.rows]

    def text(self):
        head = ",".join([*self.columns, "y_true", "y_pred", "score", "weight"])
        return head + "\n" + "".join(",".join([*atom, y, p, str(s), str(w)]) + "\n"
                                     for (atom, y, p, s), w in zip(self.rows, self.weights))

    def group(self, table, atom):
        return "*".join(atom[i] or MISSING for i in table)

    def name(self, table):
        return "*".join(self.columns[i] for i in table)

    def options(self):
        more = self.more + ([f"--control={self.control}"] if self.control else [])
        return ["--by=" + ",".join(map(self.name, self.tables)), f"--min-report={self.minimum}", "-q", *more]

    def all_tables(self):
        """With those that a control makes."""
        more = [(*t, 2) for t in self.tables] if self.control else []
        return [*self.tables, *more]


def run(world, folder, form):
    path = os.path.join(folder, "rows.csv")
    with open(path, "w", encoding="utf-8") as f:
        f.write(world.text())
    return dossier("measure", path, "--replicates=100", "--format=" + form, *world.options(), env={"COLUMNS": "200"})


def published(world, folder):
    """The three outputs, without the digest of what was read."""
    out = {form: run(world, folder, form).stdout for form in ("csv", "json", "text")}
    out["json"] = re.sub(r'"sha256": "[0-9a-f]*",', "", out["json"])
    return out


class Marks:
    """Which groups a reader sees, and the numbers that are told of them."""

    def __init__(self, world, out):
        self.doc = json.loads(out["json"])
        self.n, self.shown, self.listed = {}, set(), set()
        for table in [{"attribute": "", "groups": self.doc["whole"]}, *self.doc["tables"]]:
            for g in table["groups"]:
                key = (table["attribute"], g["group"])
                self.listed.add(key)
                if "n" in g:
                    self.n[key] = g["n"]
                if not g.get("withheld"):
                    self.shown.add(key)


class Reader:
    """Sums of rows, of selected rows and so on over sets of combinations, as they are published."""

    def __init__(self, world, out, marks):
        self.world, self.marks, self.wrong = world, marks, []
        self.atoms = [a for a in itertools.product(*world.values)
                      if all((world.name(t), world.group(t, a)) in marks.listed for t in world.all_tables())]
        self.tables = {world.name(t): t for t in world.all_tables()}
        self.at, self.sums = "", {}  # (what, atoms): value
        self.read_csv(out["csv"])
        self.read_json()
        self.read_text(out["text"])

    def members(self, attribute, group):
        if group in (WHOLE, "(all groups)"):
            return frozenset(self.atoms)
        if group.startswith("not "):  # the groups that are shown, all but the reference
            shown = [k for k in self.marks.shown if k[0] == attribute and k[1] != group[4:]
                     and (MISSING not in k[1] or "--missing=group" in self.world.more)]
            return frozenset().union(*(self.members(*k) for k in shown))
        return frozenset(a for a in self.atoms if self.world.group(self.tables[attribute], a) == group)

    def missing(self, attribute):
        return frozenset(a for a in self.atoms if any(a[i] == "" for i in self.tables[attribute]))

    def take(self, what, atoms, value):
        value = float(value)
        truth = sum(1 for a, y, p, _ in self.world.rows if a in atoms and y in what[0] and p in what[1])
        if value != truth and len(self.wrong) < 3:
            self.wrong.append(f"{self.world.options()}: {self.at} {what} of {sorted(atoms)} is {truth}, not {value}")
        self.sums[what, atoms] = int(value)

    def rate(self, metric, atoms, numerator, denominator):
        self.at = metric
        for what, value in zip(RATES.get(metric, ()), (numerator, denominator)):
            if value not in ("", None):
                self.take(what, atoms, value)

    def read_csv(self, text):
        for line in csv.DictReader(io.StringIO(text)):
            metric, attribute, group = line["metric"], line["attribute"], line["group"]
            if metric == "unknown_category_count":
                self.take(ANY, self.missing(attribute), line["value"])
            if " vs " in group or group == "(all groups)" or (attribute and attribute not in self.tables):
                continue
            atoms = self.members(attribute, group)
            if line["n"] and (metric in RATES or metric == "count"):
                self.take(ANY, atoms, line["n"])
            self.rate(metric, atoms, line["numerator"], line["denominator"])
            if metric == "share_of_all_selected" and line["numerator"]:
                self.take(SELECTED, atoms, line["numerator"])
                self.take(SELECTED, frozenset(self.atoms), line["denominator"])
            if metric.endswith("_share_of_data"):
                self.take(ANY, atoms, line["numerator"])
                self.take(ANY, frozenset(self.atoms) - self.missing(attribute), line["denominator"])

    def read_json(self):
        doc = self.marks.doc
        if "n_rows" in doc:
            self.take(ANY, frozenset(self.atoms), doc["n_rows"])
        for table in doc["tables"]:
            name = table["attribute"]
            if "n_missing" in table:
                self.take(ANY, self.missing(name), table["n_missing"])
            for g in table["groups"]:
                for m in g.get("metrics", ()):
                    self.rate(m["metric"], self.members(name, g["group"]), m.get("numerator"), m.get("denominator"))
            for family in table["comparisons"]:
                for side in (p[s] for p in family["pairs"] for s in ("group", "reference") if s in p):
                    atoms = self.members(name, side["group"])
                    if "n" in side:
                        self.take(ANY, atoms, side["n"])
                    self.rate(family["metric"], atoms, side.get("numerator"), side.get("denominator"))

    def read_text(self, text):
        attribute = None
        for line in text.splitlines():
            attribute = line if line in self.tables else attribute
            together = re.match(r"  withheld groups together: ([\d ,\u202f]+)$", line)
            if together:
                hidden = [k for k in self.marks.listed if k[0] == attribute and k not in self.marks.n]
                self.take(ANY, frozenset().union(*(self.members(*k) for k in hidden)),
                          re.sub(r"\D", "", together[1]))

    def span(self, what):
        """The published sums of one kind, modulo a prime, in echelon form by pivot."""
        rows = {}
        for kind, atoms in self.sums:
            row = {a: 1 for a in atoms}
            if kind == what and self.reduce(rows, row):
                pivot = min(row)
                scale = pow(row[pivot], -1, PRIME)
                rows[pivot] = {a: v * scale % PRIME for a, v in row.items()}
        return rows

    @staticmethod
    def reduce(rows, row):
        """Take from a row what the span has of it; whether anything is left."""
        while True:
            pivot = next((a for a in sorted(row) if a in rows), None)
            if pivot is None:
                return bool(row)
            factor = row[pivot]
            for a, v in rows[pivot].items():
                left = (row.get(a, 0) - factor * v) % PRIME
                row.pop(a, None)
                if left:
                    row[a] = left

    def follows(self, what, hidden):
        rows = self.span(what)
        return [k for k in hidden if not self.reduce(rows, {a: 1 for a in self.members(*k)})]

    def at_most(self, key):
        """The rows a hidden group may have: of each sum that holds it the other groups take one at least."""
        own, most = self.members(*key), len(self.world.rows)
        for (what, atoms), value in self.sums.items():
            if what != ANY or not own <= atoms:
                continue
            for name in self.tables:
                others = [k for k in self.marks.listed if k[0] == name and k != key and
                          self.members(*k) <= atoms - own]
                most = min(most, value - sum(self.marks.n.get(k, 1) for k in others))
        return most


def reads(worlds):
    told, wrong, hidden_n, hidden = [], [], 0, 0
    for world, out, marks, *_ in worlds:
        reader = Reader(world, out, marks)
        wrong += reader.wrong
        secret = sorted(k for k in marks.listed if k not in marks.n and k[0])
        figures = sorted(k for k in marks.listed if k not in marks.shown and k[0])
        hidden_n, hidden = hidden_n + len(secret), hidden + len(figures)
        told += [f"{world.options()}: rows of {k}" for k in reader.follows(ANY, secret)]
        told += [f"{world.options()}: {k} has few" for k in secret if reader.at_most(k) < world.minimum]
        for what in {w for w, _ in reader.sums if w != ANY}:
            told += [f"{world.options()}: {what} of {k}" for k in reader.follows(what, figures)]
    check(not wrong, "every sum that is read is that of the rows", *wrong[:5])
    check(not told, f"and none of {hidden_n} hidden numbers of rows, or of counts in {hidden} groups, follows", *told[:9])


def swapped(world, marks, dice):
    """The same world with two rows changed for each other where nobody sees it, or None."""
    def key(table, atom):
        return world.name(table), world.group(table, atom)

    pairs = list(itertools.combinations(range(len(world.rows)), 2))
    dice.shuffle(pairs)
    for i, k in pairs[:300]:
        (x, *mine), (y, *other) = world.rows[i], world.rows[k]
        if mine[:2] == other[:2] or x == y or world.weights[i] != world.weights[k]:
            continue
        if all(key(t, x) == key(t, y) or not {key(t, x), key(t, y)} & marks.shown for t in world.all_tables()):
            twin = World.__new__(World)
            twin.__dict__.update(world.__dict__, rows=list(world.rows))
            twin.rows[i], twin.rows[k] = (x, *other), (y, *mine)
            return twin
    return None


def same_bytes(worlds, kinds):
    n, told = 0, []
    for world, out, marks, dice, folder in worlds:
        twin = swapped(world, marks, dice)
        if twin is None:
            continue
        n += 1
        again = published(twin, folder)
        for form in out:
            for a, b in zip(out[form].splitlines(), again[form].splitlines()):
                if a != b and len(told) < 5:
                    told.append(f"{world.options()} {form}: {a[:300]} / {b[:300]}")
            if out[form].count("\n") != again[form].count("\n"):
                told.append(f"{world.options()} {form}: another number of lines")
    check(n >= (3 if SANITIZED else 10), f"{kinds}: in {n} worlds rows changed places within what is withheld")
    check(not told, "and no output differs by a byte", *told)


RECORD = """model: {{id: m, version: "1", name: M}}
fairness:
  attributes: [{}]
  control: [{}]
  predictions: {{file: rows.csv, label: y_true, prediction: y_pred, score: score}}
"""


def pages(world, folder):
    """Every part of what a run publishes of a record with these rows."""
    with tempfile.TemporaryDirectory(dir=folder) as top:
        os.mkdir(os.path.join(top, "m"))
        attributes = ", ".join(f'{{name: "{world.name(t)}"}}' for t in world.tables)
        for name, text in (("m/model.yaml", RECORD.format(attributes, world.control or "")), ("m/rows.csv", world.text()),
                           ("dossier.yaml", f"policy:\n  min_report: {world.minimum}\n"
                            "  tables: [four-fifths, local-law-144]\n")):
            with open(os.path.join(top, name), "w", encoding="utf-8") as f:
                f.write(text)
        r = dossier("run", "--data=" + ROOT, "m", cwd=top)
        found = {"messages": r.stdout + r.stderr}
        for path in glob.glob(os.path.join(top, "reports", "current", "**"), recursive=True):
            name = os.path.relpath(path, top)
            if path.endswith(".xlsx"):
                with zipfile.ZipFile(path) as book:
                    found.update((name + ":" + part, book.read(part).decode("utf-8", "replace"))
                                 for part in book.namelist())
            elif os.path.isfile(path):
                with open(path, encoding="utf-8", errors="replace") as f:
                    found[name] = f.read()
    # Digests, of what was read too, and names of runs with a process in them.
    return {name: re.sub(r"[0-9a-f]{12,}|[0-9T-]+Z-[0-9a-f]+|sha256-[\w/+=]+", "", text) for name, text in found.items()}


def same_pages(worlds):
    n, told, most = 0, [], 2 if SANITIZED else 5
    for world, _, marks, dice, folder in worlds:
        twin = swapped(world, marks, dice)
        if twin is None or n == most:
            continue
        one, other = pages(world, folder), pages(twin, folder)
        n += "reports/current/data/m.xml" in one and "Withheld" in one["reports/current/cards/m.html"]
        for name in sorted({*one, *other}):
            for a, b in zip(one.get(name, "").splitlines(), other.get(name, "").splitlines()):
                if a != b and len(told) < 9:
                    at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), 0)
                    told.append(f"{world.options()} {name}: {a[max(0, at - 90):at + 90]}")
    check(n == most, f"{n} records are published of rows some of which are withheld")
    check(not told, "and no page, workbook or message differs either", *told)


def main():
    dice = random.Random(20261121)
    with tempfile.TemporaryDirectory() as folder:
        worlds = []
        for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 12 if SANITIZED else 40):
            world = World(dice)
            out = published(world, folder)
            worlds.append((world, out, Marks(world, out), dice, folder))
        reads(worlds)
        same_bytes(worlds, "binary")
        others = []
        for kind in ("weighted", "classes", "numbers") * (2 if SANITIZED else 5):
            world = World(dice, kind)
            out = published(world, folder)
            others.append((world, out, Marks(world, out), dice, folder))
        same_bytes(others, "weights, classes and numbers")
        same_pages(worlds)
    done()


main()
