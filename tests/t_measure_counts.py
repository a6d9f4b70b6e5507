#!/usr/bin/env python3
"""Counts of rows with labels and predictions, scores, classes and numbers:
`dossier measure --format=counts` makes them, shards add up with --merge, and
what is measured of them is what is measured of the rows, byte for byte."""
import os
import random
import shutil
import tempfile

from tap import check, done, dossier

BY = "--by=sex,sex*age"


def measure(*args):
    return dossier("measure", "--replicates=100", *args, env={"LC_ALL": "C.UTF-8", "COLUMNS": "80"})


def make_rows(n):
    """Half of the scores are alike, half are not; some rows lack something."""
    draw = random.Random(7)
    rows = []
    for _ in range(n):
        score = draw.choice(["", "0.1", "0.50", "5e-1", "0.3333333333333333", repr(draw.random()), repr(draw.random())])
        number = draw.choice(["", "-3", "0.1", "7.25", "1e3", str(draw.randint(0, 50) / 10)])
        guess = draw.choice(["", "-2.5", "0.3", "7", "1000", str(draw.randint(0, 50) / 10)])
        rows.append([draw.choice("mf") if draw.random() < 0.9 else "", draw.choice(["", "17", "18"]),
                     draw.choice(["a", "b,c"]), draw.choice(["0", "1", "1", "yes", ""]), draw.choice("01"), score,
                     draw.choice(["x", "y", 'z"', "", "NA"]), draw.choice(["x", "y", 'z"', "w"]), number, guess,
                     str(draw.randint(0, 40) / 8)])
    return rows


def write(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as f:
        f.write("sex,age,region,y,p,s,class,guess,value,forecast,w\n")
        for row in rows:
            f.write(",".join('"' + v.replace('"', '""') + '"' if "," in v or '"' in v else v for v in row) + "\n")
    return path


YES_NO = ["--label=y", "--prediction=p"]
CASES = [
    ("predictions", [], [*YES_NO, "--score="], "label,prediction,n"),
    ("scores", [], ["--label=y", "--score=s"], "label,prediction,score,n"),
    ("scores and predictions", [], [*YES_NO, "--score=s"], "label,prediction,score,n"),
    ("another threshold", [], ["--label=y", "--score=s", "--threshold=0.2"], "label,prediction,score,n"),
    ("scores alone", [], ["--label=", "--score=s"], "label,prediction,score,n"),
    ("classes", ["--kind=classes"], ["--label=class", "--prediction=guess"], "label,prediction,n"),
    ("numbers", ["--kind=numbers"], ["--label=value", "--prediction=forecast"], "label,prediction,n"),
]


def lines(text):
    return set(text.splitlines())


def test_counts(folder):
    rows = make_rows(400)
    path = write(os.path.join(folder, "rows.csv"), rows)
    shards = [write(os.path.join(folder, f"s{i}.csv"), rows[i::3]) for i in range(3)]
    for what, kind, args, header in CASES:
        for more in (["--weight=w"], ["--control=region", "--bins=age:18"]):
            if "--weight=w" not in more and what not in ("scores and predictions", "classes", "numbers"):
                continue
            name = f"{what} {' '.join(more)}"
            by = [a for a in more if a.startswith("--control")] + [BY, *kind]
            more = [a for a in more if a not in by]
            direct = measure(path, "--format=csv", "-q", *args, *more, *by)
            counts = os.path.join(folder, "counts.csv")
            r = measure(path, f"--format=counts:{counts}", "-q", *args, *more, *by)
            there = measure(counts, "--format=csv", "-q", *by)
            check(direct.returncode == 0 and direct.stdout.count("\n") > 300 and there.stdout == direct.stdout,
                  f"{name}: as the rows", r.stderr, there.stderr, direct.stderr,
                  *sorted(lines(there.stdout) ^ lines(direct.stdout))[:5])
            with open(counts, encoding="utf-8") as f:
                text = f.read()
            want = header + (",weight,weight_square" if "--weight=w" in more else "")
            check(text.split("\n")[0].endswith("," + want), f"{name}: the header", text.split("\n")[0])
            names = []
            for i, shard in enumerate(shards):
                names.append(os.path.join(folder, f"c{i}.csv"))
                measure(shard, f"--format=counts:{names[-1]}", "-q", *args, *more, *by)
            merged = measure("--merge", *kind, *names)
            check(merged.returncode == 0 and merged.stdout == text, f"{name}: shards add up", merged.stderr)
            check(measure("--merge", *by, "--format=csv", *reversed(names)).stdout == direct.stdout,
                  f"{name}: shards make tables")


HEAD = "sex,label,prediction,score,n"
BAD = [(f"{HEAD}\nf,1,1,0.5,-2\n", ":2:11: error: not a number", "write a number of rows, in digits"),
       (f"{HEAD}\nf,1,1,0.5,3\nm,1,1,0.5,2.5\n", ":3:11: error", "write a number of rows, in digits"),
       (f"{HEAD}\nf,1,1,0.5,\n", ":2:11: error", "write a number of rows, in digits"),
       (f"{HEAD}\nf,1,1,half,2\n", ":2:7: error", "write a decimal number"),
       (f"{HEAD}\nf,1,x,0.5,2\n", ":2:5: error", "or leave it empty"),
       (f"{HEAD}\nf,1,1,0.5,4294967296\n", "error", "more than 4294967295 rows"),
       (f"{HEAD},weight,weight_square\nf,1,1,0.5,2,1,-1\n", ":2:15: error", "write a sum of"),
       (f"{HEAD},weight,weight_square\nf,1,1,0.5,2,,1\n", ":2:13: error", "write a sum of"),
       ("sex,label,prediction,n\nf,1,1,9007199254740992\nf,1,1,1\n", "error", "more than 9007199254740992 rows")]


def test_trouble(folder):
    path = os.path.join(folder, "counts.csv")
    for text, place, message in BAD:
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        r = measure(path, "--by=sex")
        check(r.returncode == 3 and place in r.stderr and message in r.stderr and r.stdout == "",
              f"{message}: {place}", r.returncode, r.stderr, r.stdout)
        if "rows" not in message or "digits" in message:
            r = measure("--merge", path)
            check(r.returncode == 3 and place in r.stderr, f"--merge refuses it, too: {place}", r.returncode, r.stderr)
    with open(path, "w", encoding="utf-8") as f:
        f.write(f"{HEAD}\nf,1,1,0.5,3\nz,x,,,0\nf,0,1,0.50,2\nf,1,1,0.5,4\n")
    r = measure(path, "--by=sex", "--format=csv")
    check(r.returncode == 0 and "z," not in r.stdout and "base_rate,sex,f,0.7777777777777778,7,9,9,\n" in r.stdout,
          "lines add up, those of no row are none", r.stderr, r.stdout[:500])


def test_frequency(folder):
    """n is no weight: the effective number of rows is that of the rows."""
    path = os.path.join(folder, "counts.csv")
    with open(path, "w", encoding="utf-8") as f:
        f.write(f"{HEAD}\nf,1,1,0.75,3000\nf,0,0,0.25,1000\n")
    r = measure(path, "--by=sex", "--format=csv")
    check("\nbase_rate,sex,f,0.75,3000,4000,4000,\n" in r.stdout and "\nroc_auc,sex,f,1,3000000,3000000,4000,\n" in r.stdout and
          "\nbrier_score,sex,f,0.0625,,,4000,\n" in r.stdout, "many rows in two lines", r.stderr, r.stdout[:900])
    r = measure(path, "--by=sex", "--format=json")
    check('"weighted"' not in r.stdout or '"weighted": false' in r.stdout, "n is no weight", r.stdout[:300])


def test_rounding(folder):
    """Counts tell to what their scores are rounded, and so does what is made of them."""
    path = write(os.path.join(folder, "rows.csv"), make_rows(300))
    args = ["--label=y", "--prediction=p", "--score=s", "--by=sex", "-q"]
    names = []
    for step in ("0.01", "0.05", None):
        names.append(os.path.join(folder, f"r{step}.csv"))
        r = measure(path, *args, f"--format=counts:{names[-1]}", *([f"--resolution={step}"] if step else []))
        with open(names[-1], encoding="utf-8") as f:
            header = f.readline().strip()
        want = {"0.01": "score_rounded_100", "0.05": "score_rounded_20", None: "score"}[step]
        check(header == f"sex,label,prediction,{want},n", f"the header of scores by {step}", header, r.stderr)
    for name, far in ((names[0], "0.005"), (names[1], "0.025")):
        r = measure(name, "--by=sex", "--format=csv", "-q")
        check(f"each stands for all within {far}: the counts were made with --resolution" in r.stderr and
              f"\nresolution,,(overall),{far}," in r.stdout, f"scores are within {far}", r.stderr)
    r = measure(names[2], "--by=sex", "--format=csv", "-q")
    check("ROUNDED" not in r.stderr and "\nresolution," not in r.stdout, "without a step they are exact", r.stderr)
    merged = measure("--merge", *names)
    check(merged.stdout.startswith("sex,label,prediction,score_rounded_20,n\n"), "a sum is as coarse as its coarsest part",
          merged.stdout[:80], merged.stderr)
    again = measure(names[1], *args[3:], "--format=counts")
    with open(names[1], encoding="utf-8") as f:
        check(again.stdout == f.read(), "counts of counts are the same", again.stdout[:80])
    for extra in ([], ["--format=csv"], ["--merge"]):
        r = measure(names[0] if extra == ["--merge"] else path, "--resolution=0.1", *extra)
        check(r.returncode == 2 and "--resolution rounds the scores of rows that become counts" in r.stderr,
              f"without effect it is a mistake: {extra}", r.returncode, r.stderr)


def main():
    folder = tempfile.mkdtemp()
    try:
        test_counts(folder)
        test_trouble(folder)
        test_frequency(folder)
        test_rounding(folder)
    finally:
        shutil.rmtree(folder)
    done()


main()
