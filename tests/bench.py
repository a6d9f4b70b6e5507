#!/usr/bin/env python3
"""Speed, as ratios to the limits and to peers in the same run.  Nothing here
fails: it prints what was measured, and a ratio above 1 is beyond its limit.
Of several times the least counts, since other work on the machine only adds.
`make bench` runs it."""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

from tap import BUILD, EPOCH, PROGRAM, ROOT, Samples

MODELS = 42  # of an estate
FEW = 60     # of a run; twice as many must take twice as long
GATE = ("check", "-q", "models/letter-sort")


def line(what, got, limit, unit):
    print(f"{what:48} {got:9.2f} {unit:5} limit {limit:7.2f}  ratio {got / limit:5.2f}", flush=True)


def once(args, cwd):
    """Wall time in ms, CPU time in ms and peak memory in MB of one command."""
    env = dict(os.environ, DOSSIER_DATA=ROOT, SOURCE_DATE_EPOCH=EPOCH, NO_COLOR="1")
    start = time.perf_counter()
    p = subprocess.Popen([PROGRAM, *args], cwd=cwd, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(p.pid, 0)
    p.returncode = 0
    return [(time.perf_counter() - start) * 1e3, (usage.ru_utime + usage.ru_stime) * 1e3, usage.ru_maxrss / 1e3]


def least(times, args, cwd):
    """The least of each of the three in so many runs."""
    return [min(column) for column in zip(*(once(args, cwd) for _ in range(times)))]


def copies(samples, names, first, last):
    """Models of an estate: copies of samples in turn, each under its own id."""
    for i in range(first, last):
        name = names[i % len(names)]
        folder = samples.file("models", f"m{i:05d}")
        shutil.copytree(samples.file("models", name), folder)
        path = os.path.join(folder, "model.yaml")
        with open(path, encoding="utf-8") as f:
            text = f.read()
        with open(path, "w", encoding="utf-8") as f:
            f.write(re.sub(rf"(?m)^(\s+id: ){re.escape(name)}$", rf"\g<1>m{i:05d}", text, count=1))


def bench_gate():
    with Samples() as s:
        line("gate, one model, cold", least(30, GATE, s.path)[0], 12, "ms")
        names = sorted(os.listdir(s.file("models")))
        copies(s, names, len(names), MODELS)
        wall, _, memory = least(7, ("check", "-q"), s.path)
        line(f"gate, {MODELS} models", wall, 100, "ms")
        line(f"gate, {MODELS} models, memory", memory, 30, "MB")


def compiled(is_there):
    """Put the compiled schemas out of sight, or back."""
    path = os.path.join(ROOT, "schemas", ".compiled")
    if os.path.exists(path) != is_there:
        os.replace(path + ".aside" if is_there else path, path if is_there else path + ".aside")


def bench_compiled():
    with Samples() as s:
        fast = least(15, GATE, s.path)[1]
        try:
            compiled(False)
            slow = least(15, GATE, s.path)[1]
        finally:
            compiled(True)
        line("gate, CPU with compiled schemas, without: 1", fast / slow, 1, "")


def bench_run():
    """CPU of a run; its output is removed each time."""
    def run():
        used = []
        for _ in range(3):
            used.append(once(("run", "-q", "-o", "out"), s.path)[1:])
            shutil.rmtree(s.file("out"))
        return [min(column) for column in zip(*used)]

    with Samples() as s:
        for name in os.listdir(s.file("models")):
            if name != "letter-sort":
                shutil.rmtree(s.file("models", name))
        fixed = run()[0]
        copies(s, ["letter-sort"], 0, FEW)
        few, memory = run()
        copies(s, ["letter-sort"], FEW, 2 * FEW)
        many = run()[0]
        line(f"run, a model among {2 * FEW}, with workbook, CPU", (many - few) / FEW, 6, "ms")
        line(f"run, twice {FEW} models, CPU less what one costs", (many - fixed) / (few - fixed), 2, "x")
        line(f"run, {FEW} models, memory", memory, 64, "MB")


def bench_page():
    program = os.path.join(BUILD, "bench", "bench_page")
    with Samples() as s:
        once(("run", "-q", "-o", "out"), s.path)
        data = s.file("out", "current", "data")
        docs = [os.path.join(data, n) for n in sorted(os.listdir(data)) if n != "portfolio.xml"]
        r = subprocess.run([program, "card.html", *docs], cwd=ROOT, capture_output=True, text=True)
    if r.returncode != 0:
        print("page: not measured", r.stderr)
        return
    size, us = r.stdout.split()
    line(f"page of {int(size) / 1e3:.0f} kB, for 55 kB", float(us) * 55e3 / int(size), 40, "us")


DUCKDB = """
const { DuckDBInstance } = require("@duckdb/node-api");
(async () => {
  const c = await (await DuckDBInstance.create(":memory:", { threads: "1" })).connect();
  await c.run(`CREATE TEMP TABLE t AS SELECT y_true, y_pred, sex, race, age FROM read_csv('${process.argv[1]}')`);
  for (const by of ["sex", "race", "age", "sex, race"])
    await c.runAndReadAll(`SELECT ${by}, y_true, y_pred, count(*) FROM t GROUP BY ALL`);
})().catch(() => process.exit(1));
"""
PANDAS = """
import sys, pandas as pd
t = pd.read_csv(sys.argv[1], usecols=["y_true", "y_pred", "sex", "race", "age"], dtype={"sex": "category", "race": "category"})
for by in (["sex"], ["race"], ["age"], ["sex", "race"]):
    t.groupby(by + ["y_true", "y_pred"], observed=True).size()
"""
FAIRLEARN = """
import sys, pandas as pd
from fairlearn.metrics import *
t = pd.read_csv(sys.argv[1], usecols=["y_true", "y_pred", "sex", "race", "age"])
m = {f.__name__: f for f in (count, selection_rate, true_positive_rate, false_positive_rate, true_negative_rate, false_negative_rate)}
for by in (["sex"], ["race"], ["age"], ["sex", "race"]):
    MetricFrame(metrics=m, y_true=t.y_true, y_pred=t.y_pred, sensitive_features=t[by]).by_group
"""
MEASURE = ("measure", "--label=y_true", "--by=sex,race,age,sex*race")
# What is measured of the rows: the limits of CPU at ten million and of memory.
OURS = (("counts", ("--prediction=y_pred",), 0.5, 32),
        ("scores of six decimals", ("--score=score",), 2, 256),
        ("counts with weights", ("--prediction=y_pred", "--weight=weight"), 2, 32))


def cpu(args):
    """Seconds of the processor that a command takes, or None when it fails, and its peak in MiB."""
    env = dict(os.environ, NODE_PATH=os.path.join(BUILD, "node", "node_modules"))
    p = subprocess.Popen(args, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(p.pid, 0)
    p.returncode = status
    return (None if status else usage.ru_utime + usage.ru_stime), usage.ru_maxrss / 1024


def bench_rows():
    """Rows of predictions to tables: BENCH_ROWS=10000000 for the limits as they are worded."""
    n = int(os.environ.get("BENCH_ROWS", "1000000"))
    program = os.path.join(BUILD, "bench", "bench_rows")
    path = os.path.join(tempfile.gettempdir(), f"dossier-rows-{n}.csv")
    if not os.path.exists(path):
        subprocess.run([program, "make", path + ".new", str(n)], check=True)
        os.replace(path + ".new", path)
    share = n / 1e7
    ours = None
    for name, options, limit, memory in OURS:
        runs = [cpu([PROGRAM, *MEASURE, *options, path]) for _ in range(3)]
        if runs[0][0] is None:
            print(f"{n} rows, {name}: not measured")
            continue
        least = min(r[0] for r in runs)
        ours = ours or least
        line(f"{n} rows, {name}, CPU", least, limit * share, "s")
        line(f"{n} rows, {name}, memory", runs[0][1], memory, "MiB")
    line(f"{n} rows, counts without AVX2, CPU", min(cpu([program, "count", path, "plain"])[0] for _ in range(3)),
         2 * share, "s")
    for name, peer, times in (("DuckDB", ["node", "-e", DUCKDB], 4), ("pandas", ["python3", "-c", PANDAS], None),
                              ("pandas", ["/usr/bin/python3", "-c", PANDAS], None),
                              ("fairlearn", ["python3", "-c", FAIRLEARN], 200)):
        try:
            theirs = cpu([*peer, path])[0]
        except FileNotFoundError:
            theirs = None
        if theirs is None:
            print(f"{n} rows: {name} is not here for {peer[0]}")
        else:
            limit = f", limit {times}" if times else ""
            print(f"{n} rows: {name} takes {theirs:.2f} s of CPU, {theirs / ours:.1f} times as much{limit}")


def instructions():
    """Instructions of one gate, which no other load on the machine changes."""
    if shutil.which("valgrind") is None:
        return
    env = dict(os.environ, DOSSIER_DATA=ROOT, SOURCE_DATE_EPOCH=EPOCH)
    r = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", PROGRAM, "check", "-q",
                        "-c", "samples/dossier.yaml", "samples/models/letter-sort"],
                       cwd=ROOT, env=env, capture_output=True, text=True)
    for text in r.stderr.splitlines():
        if "Collected" in text:
            print(f"gate, one model, cold: {int(text.split(':')[-1]) / 1e6:.1f} million instructions")


def main():
    bench_gate()
    bench_compiled()
    bench_run()
    bench_page()
    bench_rows()
    instructions()
    sys.stdout.flush()


if __name__ == "__main__":
    main()
