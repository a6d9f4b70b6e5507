#!/usr/bin/env python3
"""`dossier measure` on made data in the shape of well-known sets, beside an
independent computation (measure_truth.py), and what may make no difference."""
import csv
import io
import math
import os
import random
import tempfile

import measure_truth as mt
from tap import check, done, dossier, skip

UTF8 = {"LC_ALL": "C.UTF-8"}


class Data:
    def __init__(self, head, rows):
        self.head, self.rows = head, rows

    def text(self, end="\n", quote=csv.QUOTE_MINIMAL):
        out = io.StringIO()
        writer = csv.writer(out, lineterminator=end, quoting=quote)
        writer.writerow(self.head)
        writer.writerows(self.rows)
        return out.getvalue()

    def column(self, name):
        return [row[self.head.index(name)] for row in self.rows]

    def parsed(self, by, score=None, weight=None, positive=None):
        n = len(self.rows)
        return [mt.Row(*cells) for cells in zip(
            [g or "(missing)" for g in self.column(by)],
            [mt.answer(t, positive) for t in self.column("y")],
            [mt.answer(t, positive) for t in self.column("p")],
            [mt.number(t) for t in self.column(score)] if score else [None] * n,
            [mt.number(t) for t in self.column(weight)] if weight else [mt.Fraction(1)] * n)]


def recidivism(r):
    """Ten scores with many ties on the edges of bins, and tiny groups."""
    races = ["African-American"] * 51 + ["Caucasian"] * 34 + ["Hispanic"] * 9 + ["Other"] * 5 + ["Asian"]
    rows = [["Native American", "1", "0", "0.3"]]
    for _ in range(500):
        race = r.choice(races)
        decile = min(10, max(1, round(r.gauss(6 if race[1] == "f" else 4, 2.6))))
        rows.append([race, str(int(r.random() < .12 + .07 * decile)), str(int(decile >= 5)), str(decile / 10)])
    return Data(["race", "y", "p", "s"], rows)


def census(r):
    """A blank behind each comma, survey weights, and words for labels."""
    rows = []
    for _ in range(400):
        z = r.gauss(0, 1)
        rows.append([r.choice([" Male", " Male", " Female", " ?", ""]), " >50K" if z > .7 else " <=50K",
                     " >50K" if z + r.gauss(0, 1) > .8 else " <=50K",
                     f" {r.random():.3f}", f" {r.randint(12285, 1484705)}"])
    return Data(["sex", "y", "p", "s", "w"], rows)


def odd(r):
    """Names, words, numbers and missing values as they come."""
    names = ["A"] * 8 + ["B"] * 4 + ["Zoë-Łódź", 'quoted, "q"', "star*a", "back\\slash", " blank ", "", "one label"]
    rows = []
    for _ in range(400):
        name = r.choice(names)
        rows.append([name, "0" if name == "one label" else r.choice(["1", "0", "1.0", "true", "FALSE", "no", "NA", ""]),
                     r.choice(["1", "0", "Yes", "false", "None", " 1 "]),
                     r.choice(["0", "1", "0.5", ".3", "3E-1", "1.", repr(r.random()), "1e-20", "NaN", ""]),
                     r.choice(["0", "1", "0.125", "2.5", "3"])])
    return Data(["g", "y", "p", "s", "w"], rows)


def run(folder, text, *args):
    path = os.path.join(folder, "rows.csv")
    with open(path, "w", encoding="utf-8", newline="") as f:
        f.write(text)
    return dossier("measure", "-q", "--label=y", "--prediction=p", *args, path, env=UTF8)


def is_near(text, want, ulps, relative):
    if want is None:
        return text == "nan"
    if isinstance(want, str):
        return text == want
    got, want = float(text), float(want)
    return got == want or abs(got - want) <= max(ulps * math.ulp(want), relative * abs(want))


def compare(what, out, by, truth, ulps, relative):
    got = {}
    for row in csv.DictReader(io.StringIO(out)):
        if row["attribute"] == by:
            got.setdefault((row["metric"], row["group"]), row["value"])
    absent = [key for key in truth if key not in got]
    wrong = [(key, got[key], want) for key, want in truth.items()
             if key in got and not is_near(got[key], want, ulps, relative)]
    check(not absent and len(truth) > 100, f"{what}: all {len(truth)} values are there", absent[:9])
    check(not wrong, f"{what}: they are right", *wrong[:9])


def test_truth(folder):
    for what, data, by, weight, positive in [
            ("recidivism", recidivism(random.Random(1)), "race", None, None),
            ("census", census(random.Random(2)), "sex", None, " >50K"),
            ("census, weighted", census(random.Random(2)), "sex", "w", " >50K"),
            ("odd names", odd(random.Random(3)), "g", None, None),
            ("odd names, weighted", odd(random.Random(4)), "g", "w", None)]:
        r = run(folder, data.text(), f"--by={by}", "--score=s", "--format=csv",
                *([f"--weight={weight}"] if weight else []), *([f"--positive={positive}"] if positive else []))
        check(r.returncode == 0 and r.stderr == "", f"{what}: nothing is wrong with it", r.stderr)
        rows = data.parsed(by, "s", weight, positive)
        compare(what, r.stdout, by, mt.truth(rows, True), 1, 0)
        if mt.scipy is not None and not weight:
            compare(what + ", statistics", r.stdout, by, mt.statistics(rows), 0, 1e-9)
    if mt.scipy is None:
        skip("python3-scipy is not installed")


def test_same(folder):
    """Order, line ends, quotes, a mark at the beginning, counts."""
    data = odd(random.Random(5))
    for args in (["--by=g", "--score=s", "--format=csv"], ["--by=g", "--score=", "--weight=w", "--format=csv"]):
        want = run(folder, data.text(), *args).stdout
        check(len(want) > 1000, "there is something to compare", want)
        shuffled = Data(data.head, random.Random(6).sample(data.rows, len(data.rows)))
        turned = Data(data.head[::-1], [row[::-1] for row in data.rows])
        for what, text in [("in another order", shuffled.text()), ("with columns in another order", turned.text()),
                           ("with CR LF", data.text("\r\n")), ("without a last line end", data.text()[:-1]),
                           ("quoted, behind a byte order mark", "\ufeff" + data.text(quote=csv.QUOTE_ALL))]:
            check(run(folder, text, *args).stdout == want, f"{' '.join(args[1:])}: rows {what} are the same")
    counts = run(folder, data.text(), *args[:-1], "--format=counts").stdout
    path = os.path.join(folder, "counts.csv")
    with open(path, "w", encoding="utf-8") as f:
        f.write(counts)
    r = dossier("measure", "-q", "--by=g", "--format=csv", path, env=UTF8)
    check(r.stdout == want, "counts of the rows are the same", r.stderr)


def test_kinds(folder):
    """Beside classes and numbers a score says where rows stand, no more."""
    r = random.Random(7)
    rows = [[r.choice("ab"), str(r.randrange(4)), str(r.randrange(4)), f"{r.random():.2f}"] for _ in range(60)]
    text = Data(["g", "y", "p", "s"], rows).text()
    got = {}
    for kind in ("classes", "numbers"):
        out = run(folder, text, f"--kind={kind}", "--score=s", "--by=g", "--format=csv").stdout
        got[kind] = {(x["metric"], x["attribute"], x["group"]): x["value"] for x in csv.DictReader(io.StringIO(out))}
        scores = [mt.Fraction(row[3]) for row in rows]
        check(is_near(got[kind]["mean_score", "", "(overall)"], sum(scores) / 60, 1, 0), f"{kind}: the mean score",
              got[kind]["mean_score", "", "(overall)"])
        none = {"brier_score", "roc_auc", "log_loss", "selection_rate", "mean_score_negatives", "Overall Fairness"}
        check(not [key for key in got[kind] if key[0] in none], f"{kind}: nothing of two values")
    same = [key for key in got["classes"] if key[0].split("_")[0] in ("exposure", "skew", "scoring")]
    check(len(same) > 10 and all(got["classes"][key] == got["numbers"][key] for key in same),
          "places are the same whatever the label is", len(same))


with tempfile.TemporaryDirectory() as temporary:
    test_truth(temporary)
    test_same(temporary)
    test_kinds(temporary)
done()
