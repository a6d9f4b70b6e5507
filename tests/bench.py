#!/usr/bin/env python3
"""Speed, as ratios to the limits and to peers in the same run.  Nothing here
fails: it prints what was measured.  `make bench` runs it."""
import os
import resource
import shutil
import subprocess
import sys
import time

from tap import PROGRAM, ROOT, Samples, dossier

RUNS = 7


def best(call):
    times = []
    for _ in range(RUNS):
        t = time.perf_counter()
        call()
        times.append(time.perf_counter() - t)
    return min(times)


def cpu(call):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    call()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def line(what, got, limit, unit):
    print(f"{what:46} {got:10.2f} {unit:4} limit {limit:8.2f}  ratio {got / limit:6.2f}")


def estate(s, first, last):
    """Models, each a copy of one without predictions, under its own id."""
    text = s.read("models", "letter-sort", "model.yaml")
    for i in range(first, last):
        folder = s.file("models", f"m{i:05d}")
        shutil.copytree(s.file("models", "letter-sort"), folder)
        with open(folder + "/model.yaml", "w", encoding="utf-8") as f:
            f.write(text.replace("id: letter-sort", f"id: m{i:05d}", 1))


def main():
    with Samples() as s:
        line("gate, one model, cold", best(lambda: dossier("check", "-q", "models/letter-sort", cwd=s.path)) * 1e3,
             12, "ms")
        line("gate, the samples", best(lambda: dossier("check", "-q", cwd=s.path)) * 1e3, 100, "ms")
        for name in os.listdir(s.file("models")):
            if name != "letter-sort":
                shutil.rmtree(s.file("models", name))
        few, many = 50, 100
        estate(s, 0, few)
        a = cpu(lambda: dossier("run", "-o", "a", cwd=s.path))
        estate(s, few, many)
        b = cpu(lambda: dossier("run", "-o", "b", cwd=s.path))
        line(f"run, a model among {many}, with workbook", (b - a) / (many - few) * 1e3, 6, "ms")
        line(f"doubling {few} models takes", b / a, 2, "x")
    instructions()
    sys.stdout.flush()


def instructions():
    """Instructions of one gate, which no other load on the machine changes."""
    if shutil.which("valgrind") is None:
        return
    env = dict(os.environ, DOSSIER_DATA=ROOT)
    r = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", PROGRAM, "check", "-q",
                        "-c", "samples/dossier.yaml", "samples/models/letter-sort"],
                       cwd=ROOT, env=env, capture_output=True, text=True)
    for text in r.stderr.splitlines():
        if "Collected" in text or "refs:" in text:
            print("gate, one model, instructions:", text.split(":")[-1].strip())


if __name__ == "__main__":
    main()
