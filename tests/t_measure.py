#!/usr/bin/env python3
"""`dossier measure`: its numbers against those of independent tools, its
formats, and what it may not tell.  The reference values are read in place from
../shared/fairness-reference, and skipped where that is absent."""
import collections
import csv
import io
import json
import math
import os
import random
import shutil
import subprocess
import tempfile

try:
    import sqlite3
except ImportError:
    sqlite3 = None

from tap import EPOCH, PROGRAM, ROOT, check, done, dossier, skip

SHARED = os.path.join(ROOT, os.environ.get("DOSSIER_SHARED", "../shared"))
REFERENCE = os.path.join(SHARED, "fairness-reference")
UTF8 = {"LC_ALL": "C.UTF-8", "COLUMNS": "80"}

# Tools whose definitions we share.  Where fairlearn says 0 for 0/0 and
# aequitas 10 for x/0, we say undefined: those are left out by value.
EXACT = {"exact", "exact-weighted"}
PLAIN = {"exact", "scipy", "statsmodels", "sklearn", "formula", "ll144", "fairlearn", "aequitas", "aif360"}
WEIGHTED = {"exact-weighted", "fairlearn-weighted", "aif360-weighted"}


def measure(*args, **kw):
    env = dict(UTF8, **kw.pop("env", {}))
    return dossier("measure", *args, env=env, **kw)


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


def ours(*args):
    r = measure("--format=csv", "-q", *args)
    if r.returncode != 0:
        check(False, f"measure {args}", r.stderr)
        return {}
    return {(x["metric"], x["attribute"].replace("*", "|"), x["group"].replace("*", "|")): x
            for x in rows_of(r.stdout)}


def ulps(a, b):
    return abs(a - b) / math.ulp(max(abs(a), abs(b))) if a != b else 0.0


def is_close(tool, mine, theirs):
    if mine["value"].replace("*", "|") == theirs["value"]:
        return True
    try:
        a, b = float(mine["value"]), float(theirs["value"])
    except ValueError:
        return False
    if math.isnan(a) or math.isnan(b):
        return math.isnan(a) and math.isnan(b)
    if tool in EXACT:
        return ulps(a, b) <= 1
    return a == b or abs(a - b) <= 1e-9 * max(abs(a), abs(b)) or abs(a - b) < 1e-12


def is_edge(tool, theirs, mine):
    """Where another tool puts a number for what does not exist."""
    return tool not in EXACT and mine["value"] in ("nan", "inf") and \
        theirs["value"] in ("0", "1", "10", "nan", "inf", "false", "true", "error")


def differing(mine, theirs):
    """The counts that theirs tells and mine not so; an empty cell tells none."""
    return [c for c in ("numerator", "denominator", "n")
            if theirs[c] and (not mine[c] or float(mine[c]) != float(theirs[c]))]


def compare(name, expected, mine, tools, least, least_counts):
    """Every value of these tools that has a row of ours must be the same, and its counts."""
    n, counts, wrong, absent = 0, 0, [], collections.Counter()
    for row in expected:
        if row["tool"] not in tools or row["value"] == "error":
            continue
        row_of_ours = mine.get((row["metric"], row["attribute"], row["group"]))
        if row_of_ours is None:
            # Empty text is a group of its own there, and a combination without rows has values that are NaN.
            if "" not in row["group"].split("|") and row["value"] != "nan":
                absent[row["metric"]] += 1
            continue
        if "_miettinen_nurminen_" in row["metric"]:  # see t_stats_reference.c
            continue
        # Of one class it is the recall of that class there, undefined here.
        if name == "edge cases" and row["tool"] == "fairlearn" and row["metric"].startswith("balanced_accuracy"):
            continue
        n += 1
        if not is_close(row["tool"], row_of_ours, row) and not is_edge(row["tool"], row, row_of_ours):
            wrong.append((row["tool"], row["metric"], row["attribute"], row["group"],
                          row["value"], row_of_ours["value"]))
        counts += sum(1 for c in ("numerator", "denominator", "n") if row_of_ours[c] and row[c])
        for column in differing(row_of_ours, row):
            wrong.append((row["tool"], row["metric"], row["attribute"], row["group"], column,
                          row[column], row_of_ours[column]))
    check(not wrong, f"{name}: {n} values are those of {', '.join(sorted(tools))}",
          f"{len(wrong)} differ", *wrong[:20])
    check(not absent, f"{name}: none of theirs is absent", *sorted(absent.items()))
    check(n >= least, f"{name}: at least {least} values are compared", n)
    check(counts >= least_counts, f"{name}: and {least_counts} of their counts", counts)


def read_expected(name):
    path = os.path.join(REFERENCE, "expected", name)
    with open(path, newline="", encoding="utf-8") as f:
        return list(csv.DictReader(f))


def of(name, *args):
    return ours(os.path.join(REFERENCE, name), *args)


BY_GERMAN = "--by=sex,age,foreign_worker,sex*age"
BY_EDGE = "--by=group,other,group*other"


def test_reference():
    if not os.path.isdir(REFERENCE):
        skip("../shared/fairness-reference is absent")
        return
    german = read_expected("german.csv")
    edge = read_expected("edge_cases.csv")
    mine = of("german.csv", BY_GERMAN)
    compare("german", german, mine, PLAIN, LEAST["german"], 2500)
    mine = of("german.csv", BY_GERMAN, "--weight=weight")
    compare("german weighted", german, mine, WEIGHTED, LEAST["german weighted"], 600)
    mine = of("edge_cases.csv", BY_EDGE, "--missing=group")
    compare("edge cases", edge, mine, PLAIN, LEAST["edge"], 8000)
    mine = of("edge_cases.csv", BY_EDGE, "--weight=weight", "--missing=group")
    compare("edge cases weighted", edge, mine, WEIGHTED, LEAST["edge weighted"], 800)


def test_kinds():
    if not os.path.isdir(REFERENCE):
        skip("../shared/fairness-reference is absent")
        return
    for kind, least, counts in (("multiclass", 340, 300), ("regression", 180, 80)):
        mine = of(f"german_{kind}.csv", "--by=sex,age,sex*age", "--kind=" + ("classes" if kind == "multiclass" else "numbers"))
        compare(kind, read_expected(f"german_{kind}.csv"), mine, PLAIN, least, counts)


def test_bins(folder):
    rows = "".join(f"{i % 2},{age}\n" for i, age in enumerate(("17", "18", "24.5", "25", "65", "", "3e1")))
    path = write(folder, "ages.csv", "y_pred,age\n" + rows)
    table = json.loads(measure(path, "--by=age", "--bins=age:18,25,40", "-q", "--format=json").stdout)["tables"][0]
    check({g["group"]: g["n"] for g in table["groups"]} ==
          {"(-inf, 18)": 1, "[18, 25)": 2, "[25, 40)": 2, "[40, inf)": 1, "(missing)": 1}, "numbers fall into bins", table)


LEAST = {"german": 2500, "german weighted": 600, "edge": 8000, "edge weighted": 800}


SMALL = """y_true,y_pred,sex,region
1,1,f,n
0,1,f,s
1,0,f,n
0,0,m,n
1,1,m,s
1,1,m,
,1,m,s
0,,f,s
"""


def write(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8", newline="") as f:
        f.write(text)
    return path


def test_columns(folder):
    path = write(folder, "small.csv", SMALL)
    r = measure(path, "--by=sex")
    check(r.returncode == 0, "columns are found by their names", r.stderr)
    check("--label=y_true --prediction=y_pred [COLUMN_TAKEN]" in r.stderr, "and named", r.stderr)
    both = subprocess.run([PROGRAM, "measure", path, "--by=sex"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, check=False).stdout
    check(both.startswith(path + ":1:1: note: "), "before the figures", both[:200])
    check(measure(path, "--by=sex", "-q").stderr == "", "--quiet keeps silent")
    path = write(folder, "odd.csv", "a,b,sex\n1,1,f\n")
    r = measure(path)
    check(r.returncode == 3 and "there are a, b, sex; known beside predictions and counts are tables of groups" in r.stderr,
          "without such names the columns are listed", r.stderr)
    r = measure(path, "--label=a", "--prediction=b", "--by=sex")
    check(r.returncode == 0 and r.stderr == "", "and options name them", r.stderr)
    path = write(folder, "two.csv", "label,y_true,pred\n1,1,1\n")
    r = measure(path)
    check("--prediction=pred" in r.stderr and "--label" not in r.stderr,
          "of two names neither is taken", r.stderr)


def test_nothing(folder):
    path = write(folder, "words.csv", "y_true,y_pred,g\ngood,bad,a\nbad,bad,b\n")
    r = measure(path, "--by=g", "-q")
    check(r.returncode == 3 and "no row can be counted" in r.stderr, "words that are no answers: status 3", r.stderr)
    r = measure(path, "--by=g,g", "-q", "--positive=good", "--format=json")
    out = json.loads(r.stdout)
    check(len(out["tables"]) == 1 and out["tables"][0]["groups"][0]["metrics"][1]["value"] == 1,
          "--positive reads them; one table is asked for twice", out)


def test_terminal(folder):
    import pty
    rows = "".join(f"{int(i < k)},{g}\n" for g, n, k in (("a", 400, 300), ("b", 300, 150)) for i in range(n))
    path = write(folder, "rates.csv", "y_pred,g\n" + rows)
    out = []
    for extra in ({}, {"NO_COLOR": "1"}):
        env = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
        env.update(UTF8, SOURCE_DATE_EPOCH=EPOCH, **extra)
        outer, inner = pty.openpty()
        child = subprocess.Popen([PROGRAM, "measure", path, "--by=g", "-q", "--metrics=selection_rate"],
                                 stdout=inner, env=env)
        os.close(inner)
        data = b""
        try:
            while piece := os.read(outer, 65536):
                data += piece
        except OSError:  # the end, on Linux
            pass
        child.wait()
        os.close(outer)
        out.append(data.decode())
    check("\033[31mfinding\033[0m" in out[0], "a finding stands out on a terminal", out[0])
    check("\033" not in out[1] and out[1] == out[0].replace("\033[31m", "").replace("\033[1m", "").replace("\033[0m", ""),
          "not with NO_COLOR")


def test_usage(folder):
    path = write(folder, "small.csv", SMALL)
    for args, message in [
            ((), "name one file"),
            ((path, path), "name one file"),
            ((path, "--format=xml"), "--format is text, csv"),
            ((path, "--format=csv", "--format=json"), "two formats go to standard output"),
            ((path, "--confidence=95"), "--confidence is a number from 0.5 to 0.9999"),
            ((path, "--min-report=-1"), "--min-report is a number"),
            ((path, "--threshold=x"), "--threshold is a number"),
            ((path, "--seed=1.5"), "--seed is a whole number"),
            ((path, "--metrics=selction_rate"), "did you mean selection_rate?"),
            ((path, "--kind=text"), "--kind is binary, classes or numbers"),
            ((path, "--bins=age"), "write COLUMN:EDGE"),
            ((path, "--bins=age:18,8"), "write COLUMN:EDGE"),
            ((path, "--verdict=strict"), "--verdict is both, four-fifths"),
            ((path, "--fail-on=error"), "--fail-on is finding, watch or never"),
            ((path, "--missing=no"), "--missing is group or apart"),
            ((path, "--reference=male"), "write ATTRIBUTE:GROUP"),
            ((path, "--kind=numbers", "--positive=1"), "leave out --kind=numbers"),
            ((path, "--kind=classes", "--positive=1"), "leave out --kind=classes"),
            ((path, "--negative=0"), "--negative=0 goes with --positive"),
            ((path, "--bye=sex"), "did you mean --by?")]:
        r = measure(*args)
        check(r.returncode == 2 and message in r.stderr, f"{message}: status 2", r.returncode, r.stderr)
    r = measure(path, "--by=sx")
    check(r.returncode == 3 and 'did you mean "sex"?' in r.stderr, "an unknown column: status 3", r.stderr)
    r = measure(path, "--by=sex", "--reference=age:old")
    check(r.returncode == 3 and '"old" of "age": no table is by that [GROUP_UNKNOWN]' in r.stderr and not r.stdout,
          "a reference for no table: status 3", r.stderr)
    r = measure(path, "--by=sex", "--reference=sex:ff")
    check(r.returncode == 3 and '"sex" has no group "ff"; did you mean "f"?' in r.stderr and not r.stdout,
          "a reference that is no group: status 3, and no figures of another", r.stderr)
    r = measure(os.path.join(folder, "none.csv"))
    check(r.returncode == 3 and "[FILE_MISSING]" in r.stderr, "no file: status 3", r.stderr)
    r = measure(path, "--format=csv:" + os.path.join(folder, "no", "x.csv"))
    check(r.returncode == 4, "no room for the output: status 4", r.returncode, r.stderr)


def test_words(folder):
    """Answers in words of their own: never measured by half of them."""
    def file(name, yes, no, said, unsaid):
        rows = [(f"{no if i % 3 else yes}", f"{said if i % 2 else unsaid}", "fm"[i % 4 > 1]) for i in range(60)]
        return write(folder, name, "y,p,sex\n" + "".join(",".join(r) + "\n" for r in rows))
    columns = ["--label=y", "--prediction=p", "--by=sex", "--format=csv"]
    want = measure(file("plain.csv", "1", "0", "1", "0"), *columns).stdout
    for name, words, positive in (("census", (">50K", "<=50K", ">50K", "<=50K"), [">50K"]),
                                  ("two", (">50K", "<=50K", "1", "0"), [">50K", "1"]),
                                  ("case", ("Y", "N", "y", "n"), ["Y", "y"]),
                                  ("dots", (">50K.", "<=50K.", "True", "False"), [">50K.", "True"]),
                                  ("signs", ("1", "-1", "1", "-1"), ["1"])):
        path = file(name + ".csv", *words)
        r = measure(path, *columns, *[f"--positive={p}" for p in positive])
        check(r.returncode == 0 and r.stdout == want != "", f"the words of {name}", r.stderr)
        r = measure(path, *columns)
        check(r.returncode == 3 and r.stdout == "" and "--positive=VALUE" in r.stderr, f"{name}: words are asked for",
              r.returncode, r.stderr)
        r = measure(path, *columns[:2], "--format=counts")
        check(r.returncode == 3 and r.stdout == "", f"{name}: nor are there counts of a half", r.returncode, r.stderr)
    path = file("two.csv", ">50K", "<=50K", "1", "0")
    r = measure(path, *columns, "--positive=>50K")
    check(r.returncode == 3 and "--positive=>50K --positive=VALUE" in r.stderr, "one word for two sorts of them", r.stderr)
    document = json.loads(measure(path, *columns[:3], "--format=json", "--positive=>50K", "--positive=1", "--negative=<=50K",
                                  "--negative=0").stdout)
    check((document["columns"]["positive"], document["columns"]["positive_prediction"],
           document["columns"]["negative_prediction"]) == (">50K", "1", "0"), "JSON tells both", document["columns"])
    counts = measure(path, *columns[:3], "--format=counts", "--positive=>50K", "--positive=1").stdout
    check(measure(write(folder, "words.csv", counts), *columns[2:]).stdout == want, "counts of two sorts of words")
    query = measure("--sql=sqlite", "--table=t", *columns[:3], "--positive=>50K", "--positive=1").stdout
    if sqlite3 is not None:
        with sqlite3.connect(":memory:") as base, open(path, newline="", encoding="utf-8") as f:
            base.execute("CREATE TABLE t (y TEXT, p TEXT, sex TEXT)")
            base.executemany("INSERT INTO t VALUES (?, ?, ?)", list(csv.reader(f))[1:])
            found = base.execute(query)
            lines = [[d[0] for d in found.description]] + [list(map(str, row)) for row in found]
        path = write(folder, "sql.csv", "".join(",".join(line) + "\n" for line in lines))
        check(measure(path, *columns[2:]).stdout == want, "and of the query", lines[:3])
    some = "".join(f"{i % 2},{'?' if i == 7 else 1},f\n" for i in range(40))
    r = measure(write(folder, "some.csv", "y,p,sex\n" + some), *columns)
    check(r.returncode == 0 and "selection_rate,sex,f,1,39,39,39," in r.stdout, "a slip is left out", r.stderr)
    r = measure(path, "--positive=a", "--positive=b", "--positive=c")
    check(r.returncode == 2 and "--positive is given once, or twice" in r.stderr, "of a third column there is none", r.stderr)


def test_formats(folder):
    path = write(folder, "small.csv", SMALL)
    csv_file, json_file = os.path.join(folder, "o.csv"), os.path.join(folder, "o.json")
    r = measure(path, "--by=sex,sex*region", "-q", "--format=text", f"--format=csv:{csv_file}",
                f"--format=json:{json_file}")
    check(r.returncode == 0, "three formats at once", r.stderr)
    with open(csv_file, encoding="utf-8") as f:
        header = f.readline()
        rows = list(csv.reader(f))
    check(header == "metric,attribute,group,value,numerator,denominator,n,note\n", "the header", header)
    check(all(len(x) == 8 for x in rows), "eight fields a row")
    keys = [tuple(x[:3]) for x in rows]
    check(len(set(keys)) == len(keys), "no row is there twice",
          [k for k, n in collections.Counter(keys).items() if n > 1][:9])
    with open(json_file, encoding="utf-8") as f:
        out = json.load(f)
    check(out["n_rows"] == 8 and out["n_no_label"] == 1 and out["n_no_prediction"] == 1, "rows are counted", out)
    table = out["tables"][1]
    check(sum(g["n"] for g in table["groups"]) == 8, "groups sum to the file")
    check(out["tables"][0]["reference"] == "f" or out["tables"][0]["reference"] == "m", "the reference is named")
    check(len(out["sha256"]) == 64, "the digest of the file")
    rate = {x["group"]: {y["metric"]: y for y in x["metrics"]} for x in out["tables"][0]["groups"]}
    check(rate["f"]["selection_rate"]["numerator"] == 2 and rate["f"]["selection_rate"]["denominator"] == 3,
          "a row without prediction is in no selection rate")
    check("m*(missing)" in r.stdout, "a missing value is a group")
    check(all(len(line) <= 80 for line in r.stdout.splitlines()), "80 columns",
          [line for line in r.stdout.splitlines() if len(line) > 80])
    narrow = measure(path, "--by=sex*region", "-q", env={"COLUMNS": "50"}).stdout
    check(all(len(line) <= 50 for line in narrow.splitlines()), "50 columns",
          [line for line in narrow.splitlines() if len(line) > 50])
    plain = measure(path, "--by=sex", "-q", "--ascii").stdout
    check(plain.isascii() and "####" in plain, "plain ASCII on demand")
    check(measure(path, "--by=sex", "-q", env={"LC_ALL": "C"}).stdout == plain, "and in a plain locale")


def test_verdicts(folder):
    rows = "".join(f"{int(i < k)},{g}\n" for g, n, k in (("a", 400, 300), ("b", 300, 150), ("c", 9, 7), ("d", 350, 262))
                   for i in range(n))
    path = write(folder, "rates.csv", "y_pred,g\n" + rows)
    args = (path, "--by=g", "-q", "--metrics=selection_rate")
    r = measure(*args)
    text = " ".join(r.stdout.split())
    check(r.returncode == 0, "a finding alone changes no status", r.returncode)
    for sentence in (
            "b vs a: selection rate 150/300 = 50.0 % against 300/400 = 75.0 %; ratio 0.667 (95 % 0.587 to 0.757, "
            "Katz log); difference -25.0 points (95 % -31.9 to -17.8, Newcombe); two-proportion z = -6.83, p = 8.4e-12, "
            "Holm-adjusted 2.5e-11 of 3 tests; power 0.988 to see a ratio of 0.80; 30 more selections would reach four "
            "fifths -> finding: large and significant",
            "-> no finding Any difference between 4 groups:",
            "Fisher mid-p 0.848 (0.19 standard deviations), Holm-adjusted 1.000 of 3 tests"):
        check(sentence in text, "the arithmetic is printed", sentence, text)
    check("c vs a:" in text and "more rows needed" in text and "not enough data" in text, "few rows decide nothing", text)
    check(measure(*args, "--fail-on=finding").returncode == 1, "--fail-on=finding: status 1")
    check(measure(*args, "--fail-on=finding", "--min-conclude=350").returncode == 0,
          "unless the rows are too few to conclude")
    out = json.loads(measure(*args, "--format=json").stdout)
    family = out["tables"][0]["comparisons"][0]
    check([p["verdict"] for p in family["pairs"]] == ["finding", "not enough data", "no finding"], "verdicts in JSON", family)
    check(family["pairs"][0]["family"] == 3 and family["pairs"][0]["group"]["numerator"] == 150, "with counts", family)
    fifths = json.loads(measure(*args, "--format=json", "--verdict=four-fifths").stdout)
    check(fifths["tables"][0]["comparisons"][0]["pairs"][1]["verdict"] == "no finding", "another rule")


def test_control(folder):
    # Better in each department, worse in all: k of n by group and stratum.
    cells = {("f", "hard"): (30, 150), ("m", "hard"): (5, 50), ("f", "easy"): (40, 50), ("m", "easy"): (105, 150)}
    rows = "".join(f"{int(i < k)},{g},{d}\n" for (g, d), (k, n) in cells.items() for i in range(n))
    path = write(folder, "simpson.csv", "y_pred,sex,dept\n" + rows)
    args = (path, "--by=sex", "--control=dept", "--reference=sex:m", "-q", "--metrics=selection_rate")
    top = bottom = 0.0
    for d in ("hard", "easy"):
        (a, n1), (c, n2) = cells["f", d], cells["m", d]
        top += a * (n2 - c) / (n1 + n2)
        bottom += (n1 - a) * c / (n1 + n2)
    out = json.loads(measure(*args, "--format=json").stdout)
    check([t["attribute"] for t in out["tables"]] == ["sex", "sex*dept"], "the strata have a table")
    pair = out["tables"][0]["controlled"][0]
    check(abs(pair["odds_ratio"] - top / bottom) < 1e-12 and pair["strata"] == 2, "the common odds ratio", pair, top / bottom)
    check(pair["crude_odds_ratio"] < 1 < pair["odds_ratio"] and pair["turns"], "Simpson's paradox is named", pair)
    text = " ".join(measure(*args).stdout.split())
    check("Within 2 strata of dept, f vs m: odds ratio" in text and "Simpson's paradox" in text, "in words", text)
    table = {r["metric"]: r for r in rows_of(measure(*args, "--format=csv").stdout) if r["attribute"] == "sex"}
    check(abs(float(table["selection_rate_given_dept_odds_ratio"]["value"]) - top / bottom) < 1e-12 and
          table["selection_rate_given_dept_turns"]["value"] == "true", "and in CSV")


def test_unobserved(folder):
    rows = "".join(f"1,1,{g}\n" for g in ("a,x", "a,y", "b,x", "c*d,x", ",y"))
    path = write(folder, "holes.csv", "y_true,y_pred,g,h\n" + rows)
    table = json.loads(measure(path, "--by=g * h", "-q", "--format=json").stdout)["tables"][0]
    check(table["attribute"] == "g*h" and table["n_possible"] == 6 and table["n_unobserved"] == 2,
          "combinations are counted", table)
    check(table["unobserved"] == ["b*y", "c\\*d*y"], "and those without rows are named", table)
    text = " ".join(measure(path, "--by=g*h", "-q").stdout.split())
    check("No row is b*y, c\\*d*y " in text and "2 of 6 combinations have no row" in text, "in text too", text)


def test_order(folder):
    random.seed(4)
    rows = [f"{random.randint(0, 1)},{random.randint(0, 1)},0.{random.randint(10, 99)},"
            f"{random.choice('abc')},{random.choice(['x', 'y', ''])},{random.randint(1, 9) / 10}\n"
            for _ in range(300)]
    head = "y_true,y_pred,score,g,h,w\n"
    path = write(folder, "rows.csv", head + "".join(rows))
    outputs = []
    for _ in range(3):
        r = [measure(path, "--by=g,h,g*h", "--weight=w", "-q", f"--format={f}").stdout for f in ("text", "csv")]
        outputs.append(r)
        random.shuffle(rows)
        write(folder, "rows.csv", head + "".join(rows))
    check(outputs[0] == outputs[1] == outputs[2], "the order of rows changes nothing")
    full = dict(os.environ, SOURCE_DATE_EPOCH=EPOCH, NO_COLOR="1", **UTF8)
    with open(path, encoding="utf-8") as f:
        r = subprocess.run([PROGRAM, "measure", "-", "--by=g,h,g*h", "--weight=w", "-q", "--format=csv"],
                           stdin=f, env=full, text=True, stdout=subprocess.PIPE, check=False)
    check(r.stdout == outputs[0][1], "standard input gives the same")


def test_rounding(folder):
    rows = "".join(f"{i % 2},{i / 2e6:.7f}\n" for i in range(1600000))
    path = write(folder, "many.csv", "y_true,score\n" + rows)
    args = (path, "--label=y_true", "--score=score", "--metrics=roc_auc", "--format=json")
    r = measure(*args)
    check("NUMBERS_ROUNDED" in r.stderr and "1572864" in r.stderr, "too many scores are told", r.stderr)
    got = json.loads(r.stdout)
    check(0 < got["resolution"] < 1e-6, "and how far they may be off", got["resolution"])
    area = [m["value"] for m in got["overall"] if m["metric"] == "roc_auc"] if "overall" in got else []
    check(not area or abs(area[0] - 0.5000003125) < 1e-6, "the area is as near", area)
    write(folder, "many.csv", "y_true,score\n" + rows[:len(rows) // 2 - len(rows) // 2 % 12])
    r = measure(*args)
    check("NUMBERS_ROUNDED" not in r.stderr and "resolution" not in json.loads(r.stdout), "fewer are exact", r.stderr)


def test_machines():
    """The C library takes other ways to logarithms on processors without fused operations."""
    args = (os.path.join(ROOT, "samples/models/crs-2/predictions.csv"), "--label=repaid", "--prediction=approved",
            "--score=score", "--by=sex,age_group,residence,sex*age_group", "-q")
    older = {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2,-AVX,-AVX2_Usable,-FMA_Usable"}
    for f in ("text", "csv", "json"):
        here = measure(*args, f"--format={f}")
        there = measure(*args, f"--format={f}", env=older)
        check(here.returncode == 0 and len(here.stdout) > 10000, "is measured", here.stderr)
        check(here.stdout == there.stdout, f"an older processor finds the same {f}")


def test_intervals():
    """Each metric has an interval, alone and between groups, or says why not."""
    if not os.path.isdir(REFERENCE):
        skip("../shared/fairness-reference is absent")
        return
    for name, kind in (("german", "binary"), ("german_multiclass", "classes"), ("german_regression", "numbers")):
        path = os.path.join(REFERENCE, name + ".csv")
        r = measure(path, "--by=sex", "-q", "--kind=" + kind, "--metrics=all", "--format=json")
        table = json.loads(r.stdout)["tables"][0]
        silent = [v["metric"] for g in table["groups"] for v in g["metrics"]
                  if "value" in v and ("lower" in v) == ("no_interval" in v)
                  and not v["metric"].startswith(("confusion", "count", "true_", "false_", "predicted_"))]
        check(not silent, f"{name}: a value has an interval or says why not", silent)
        silent = [c["metric"] for c in table["comparisons"] for p in c["pairs"]
                  if "difference" in p and ("difference_interval" in p and "p" in p) == ("no_test" in p)]
        check(not silent, f"{name}: and so has a difference", silent)
        wrong = [v for g in table["groups"] for v in g["metrics"]
                 if "lower" in v and not v["lower"] <= v["value"] <= v["upper"]]
        check(not wrong, f"{name}: the value lies in it", wrong)
        lines = {(x["metric"], x["group"]): x for x in ours(path, "--by=sex", "--kind=" + kind).values() if x["attribute"] == "sex"}
        wrong = [v for g in table["groups"] for v in g["metrics"] if "lower" in v and (v["metric"] + "_ci95_low", g["group"]) in lines
                 and float(lines[v["metric"] + "_ci95_low", g["group"]]["value"]) != v["lower"]]
        check(not wrong, f"{name}: CSV has the same", wrong)
    ece = next(c for c in json.loads(measure(os.path.join(REFERENCE, "german.csv"), "--by=sex", "-q", "--metrics=ece,mcc",
               "--format=json").stdout)["tables"][0]["comparisons"] if c["metric"].startswith("expected"))
    check("chance" in ece["pairs"][0]["no_test"] and ece["pairs"][0]["verdict"] == "not enough data", "no test says why", ece)
    text = " ".join(measure(os.path.join(REFERENCE, "german.csv"), "--by=sex", "-q", "--metrics=mcc", "--seed=7").stdout.split())
    check("bootstrap BCa, 2,000 replicates, seed 7" in text, "the seed is printed", text)


def test_weighted_classes(folder):
    """Weights of classes: the effective number of rows is Kish's, and the interval Wilson's of it."""
    random.seed(8)
    rows = [(random.choice("abc"), random.choice("abc"), random.choice("xy"), random.choice((0.25, 0.5, 2, 3)))
            for _ in range(500)]
    path = write(folder, "w.csv", "y_true,y_pred,g,w\n" + "".join(f"{t},{p},{g},{w}\n" for t, p, g, w in rows))
    table = json.loads(measure(path, "--kind=classes", "--weight=w", "--by=g", "-q", "--format=json",
                               "--metrics=accuracy,recall[a],recall_macro").stdout)["tables"][0]
    for group in table["groups"]:
        mine = [(t, p, w) for t, p, g, w in rows if g == group["group"]]
        for metric, right in (("accuracy", lambda t, p: True), ("recall[a]", lambda t, p: t == "a")):
            got = next(m for m in group["metrics"] if m["metric"] == metric)
            base = [(w, t == p) for t, p, w in mine if right(t, p)]
            n = sum(w for w, _ in base) ** 2 / sum(w * w for w, _ in base)
            k = sum(w for w, ok in base if ok) / sum(w for w, _ in base)
            z = 1.959963984540054
            middle = (k + z * z / 2 / n) / (1 + z * z / n)
            half = z / (1 + z * z / n) * math.sqrt(k * (1 - k) / n + z * z / 4 / n / n)
            check(abs(got["lower"] - middle + half) < 1e-12 and abs(got["upper"] - middle - half) < 1e-12,
                  f"{metric} of weighted rows", got, middle - half)
    macro = next(c for c in table["comparisons"] if c["metric"] == "recall_macro")["pairs"][0]
    check(macro["difference_interval"]["method"] == "bootstrap BCa" and "p" in macro, "averages over classes too", macro)


def test_determination(folder):
    """The interval of R^2: the variance by leaving out each row once, which takes no formula."""
    random.seed(11)
    rows = []
    for _ in range(400):
        y = random.expovariate(0.001) + 500
        rows.append((round(y, 2), round(0.7 * y + 300 + random.gauss(0, 200), 2), random.choice("ab")))
    path = write(folder, "r2.csv", "y_true,y_pred,g\n" + "".join(f"{y},{p},{g}\n" for y, p, g in rows))
    table = json.loads(measure(path, "--kind=numbers", "--by=g", "-q", "--format=json",
                               "--metrics=r2_score").stdout)["tables"][0]

    def r2(mine):
        mean = math.fsum(y for y, _ in mine) / len(mine)
        return 1 - math.fsum((y - p) ** 2 for y, p in mine) / math.fsum((y - mean) ** 2 for y, _ in mine)
    errors = {}
    for group in table["groups"]:
        mine = [(y, p) for y, p, g in rows if g == group["group"]]
        n, value, got = len(mine), r2(mine), group["metrics"][0]
        without = [r2(mine[:i] + mine[i + 1:]) for i in range(n)]
        mean = math.fsum(without) / n
        errors[group["group"]] = math.sqrt((n - 1) / n * math.fsum((w - mean) ** 2 for w in without))
        times = math.exp(1.959963984540054 * errors[group["group"]] / (1 - value))
        check(abs(got["lower"] / (1 - (1 - value) * times) - 1) < 0.01 and abs(got["upper"] / (1 - (1 - value) / times) - 1) < 0.01,
              "R^2 has the interval of the jackknife", got, value, times)
    pair = table["comparisons"][0]["pairs"][0]
    width = pair["difference_interval"]["upper"] - pair["difference_interval"]["lower"]
    check(abs(width / (2 * 1.96 * math.hypot(*errors.values())) - 1) < 0.06 and pair["test"] == "influence z",
          "and so has the difference", pair, errors)


def split_german(folder):
    """Rows 501 to 1000 now, 1 to 500 then, as expected/german_drift.csv has them."""
    with open(os.path.join(REFERENCE, "german.csv"), encoding="utf-8") as f:
        lines = f.readlines()
    return (write(folder, "now.csv", "".join(lines[:1] + lines[501:])),
            write(folder, "then.csv", "".join(lines[:501])))


def stability(now, then):
    """Evidently's index: Sturges' bins of both samples, as NumPy has them, empty shares 0.0001."""
    both = now + then
    low, high = min(both), max(both)
    n = math.ceil((high - low) / ((high - low) / (math.log2(len(both)) + 1)))
    edges = [i * ((high - low) / n) + low for i in range(n)] + [high]
    total = 0
    for i in range(n):
        a, b = (sum(edges[i] <= x < edges[i + 1] or (i == n - 1 and x == high) for x in s) / len(s) or 0.0001
                for s in (then, now))
        total += (a - b) * math.log(a / b)
    return total


def test_against(folder):
    if not os.path.isdir(REFERENCE):
        skip("../shared/fairness-reference is absent")
        return
    now, then = split_german(folder)
    mine = ours(now, "--against=" + then, "--by=sex,age,foreign_worker")
    expected = read_expected("german_drift.csv")
    wrong = [(r["metric"], r["attribute"], r["group"], r["value"], mine.get((r["metric"], r["attribute"], r["group"])))
             for r in expected if (r["metric"], r["attribute"], r["group"]) not in mine or
             not is_close(r["tool"], mine[r["metric"], r["attribute"], r["group"]], r)]
    check(len(expected) > 30 and not wrong, "distances of two halves are those of SciPy and of the formulas", *wrong)
    scores = {}
    for path in (now, then):
        with open(path, encoding="utf-8") as f:
            scores[path] = [(float(r["score"]), r["sex"]) for r in csv.DictReader(f)]
    got = float(mine["population_stability_index", "score", "(all rows)"]["value"])
    want = stability([s for s, _ in scores[now]], [s for s, _ in scores[then]])
    check(abs(got / want - 1) < 1e-9, "the stability index of scores", got, want)
    got = float(mine["score_change_population_stability_index", "sex", "female"]["value"])
    want = stability(*([s for s, g in scores[p] if g == "female"] for p in (now, then)))
    check(abs(got / want - 1) < 1e-9, "and of a group", got, want)
    old = ours(then, "--by=sex")
    for metric in ("selection_rate", "roc_auc", "matthews_correlation", "precision"):
        a, b, c, d = (float(x["value"]) for x in (mine[metric, "sex", "female"], old[metric, "sex", "female"],
                      mine.get((metric + "_change", "sex", "female"), {"value": "nan"}),
                      mine.get((metric + "_then", "sex", "female"), {"value": "nan"})))
        if metric == "matthews_correlation":
            check(math.isnan(c), "changes are of the metrics that are shown", c)
        else:
            check(abs(a - b - c) < 1e-12 and b == d, f"{metric}: the change is now less then", a, b, c, d)
    low, high = (float(mine["selection_rate_change_ci95_" + e, "sex", "female"]["value"]) for e in ("low", "high"))
    change = float(mine["selection_rate_change", "sex", "female"]["value"])
    p = mine["selection_rate_change_p_adjusted", "sex", "female"]
    check(low < change < high < 0 and float(p["value"]) < 0.05 and p["n"] == "2" and p["note"] == "Holm",
          "with interval and a test of the family", low, change, high, p)
    r = measure(now, "--against=" + then, "--by=sex", "-q", "--metrics=selection_rate", "--fail-on=watch")
    text = " ".join(r.stdout.split())
    check(r.returncode == 1 and "female vs then: selection rate 105/158 = 66.5 % against 123/152 = 80.9 %" in text and
          "Evidently's convention" in text and "over 11 bins" in text, "in text, and the verdict counts", r.returncode, text)
    out = json.loads(measure(now, "--against=" + then, "--by=sex", "-q", "--format=json").stdout)["against"]
    check(out["n_rows"] == 500 and out["tables"][1]["mix"]["df"] == 1 and out["tables"][0]["scores"][0]["bins"] == 11 and
          out["tables"][1]["comparisons"][0]["pairs"][0]["reference"]["n"] == 152, "and in JSON", out["tables"][1])
    r = measure(now, "--against=" + then, "--by=sex,age", "-q", "--min-report=155", "--format=csv")
    told = [x for x in rows_of(r.stdout) if x["attribute"] == "sex" and x["group"] == "female" and "change" in x["metric"]]
    check(not told and "share_reference,sex" not in r.stdout, "a group that either file withholds is not compared", told[:2])
    same = ours(now, "--against=" + now, "--by=sex")
    check(float(same["population_stability_index", "score", "(all rows)"]["value"]) == 0 and
          float(same["selection_rate_change", "sex", "male"]["value"]) == 0, "a file against itself has not changed")
    counts = write(folder, "then.counts.csv", measure(then, "--by=sex", "--format=counts", "-q", "--score=").stdout)
    mixed = ours(now, "--against=" + counts, "--by=sex")
    check(mixed["selection_rate_change", "sex", "female"] == mine["selection_rate_change", "sex", "female"],
          "counts of the other file will do")
    for args, message in ((("--format=counts",), "--against compares what counts make"), (("--against=/tmp/no/such.csv",), "file not found")):
        r = measure(now, "--against=" + then, "--by=sex", *args)
        check(r.returncode in (2, 3) and message in r.stderr, message, r.returncode, r.stderr)


def test_long_names(folder):
    class_name = "a class with a name of many words that no column holds"
    group = "a group of very many words, too"
    path = write(folder, "long.csv", "y_true,y_pred,g\n" + f'{class_name},b,"{group}"\nb,{class_name},c\n' * 5)
    r = measure(path, "--kind=classes", "--by=g", "-q", env={"COLUMNS": "60"})
    text = " ".join(r.stdout.split())
    check("\u2026" not in r.stdout and f"selection_rate[{class_name}] 5/10" in text and f"{group} \u2020 0/5" in text,
          "names are not cut", r.stdout[:2000])


def test_withheld(folder):
    rows = "".join(f"{i % 2},{i % 3 % 2},{'a' if i < 60 else 'b' if i < 66 else 'c'}\n" for i in range(100))
    path = write(folder, "groups.csv", "y_true,y_pred,g\n" + rows)
    args = (path, "--by=g", "--min-report=10", "-q")
    text = measure(*args).stdout
    table = rows_of(measure(*args, "--format=csv").stdout)
    out = json.loads(measure(*args, "--format=json").stdout)
    groups = {g["group"]: g for g in out["tables"][0]["groups"]}
    hidden = {g for g in groups if groups[g].get("withheld")}
    check("b" in hidden and len(hidden) == 2, "the small group and one to guard it are withheld", groups)
    check(all("metrics" not in groups[g] and "n" not in groups[g] for g in hidden), "JSON tells nothing of them")
    told = [r for r in table if any(h in r["group"].split(" vs ") for h in hidden) and r["metric"] != "withheld"]
    check(not told, "nor does CSV", told[:3])
    check(all(r["n"] == "" for r in table if r["metric"] == "withheld"), "not even their rows")
    check(text.count("withheld\n") >= 4, "nor text", text)
    check("withheld groups together: 40" in text, "their sum, which follows, is told", text)


def main():
    folder = tempfile.mkdtemp()
    try:
        test_reference()
        test_kinds()
        test_bins(folder)
        test_columns(folder)
        test_nothing(folder)
        test_terminal(folder)
        test_usage(folder)
        test_words(folder)
        test_formats(folder)
        test_verdicts(folder)
        test_control(folder)
        test_unobserved(folder)
        test_order(folder)
        test_rounding(folder)
        test_machines()
        test_intervals()
        test_weighted_classes(folder)
        test_determination(folder)
        test_against(folder)
        test_long_names(folder)
        test_withheld(folder)
    finally:
        shutil.rmtree(folder)
    done()


main()
