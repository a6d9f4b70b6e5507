#!/usr/bin/env python3
"""The tier is argued and the documents agree: what the words of a purpose ask
for, and faults put one at a time into copies of the samples, each of which
must give exactly one finding, at its place."""
import os
import shutil
import tempfile

from tap import ROOT, check, done, findings

TABLE = os.path.join(ROOT, "tests", "argued", "purposes.tsv")


def purposes():
    with open(TABLE, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            if not line.startswith("#"):
                expected, language, text = line.rstrip("\n").split("\t")
                yield number, [] if expected == "-" else expected.split(), language, text


def words_ask_for_reasons():
    """Each purpose stands in a record of minimal risk that denies everything."""
    folder = tempfile.mkdtemp(prefix="dossier-test-")
    rows = list(purposes())
    for number, _, _, text in rows:
        os.mkdir(os.path.join(folder, f"m{number}"))
        with open(os.path.join(folder, f"m{number}", "model.yaml"), "w", encoding="utf-8") as f:
            f.write(f"model: {{id: m{number}, name: Sample}}\nroles_held: [provider]\n"
                    "risk: {tiers: [minimal], annex_iii: {points: [none]}, art50_triggers: [none]}\n"
                    f"purpose:\n  intended_purpose: >-\n    {text}\n")
    found, r = findings("--as-of=2026-11-21", ".", cwd=folder)
    shutil.rmtree(folder)
    got = {}
    for f in found:
        if f["rule"].startswith("WORDS-"):
            got.setdefault(f["model"], []).append(f)
    hits = sum(1 for row in rows if row[1])
    check(hits >= 60 and len(rows) - hits >= 60, "the table has 60 hits and 60 near misses", hits, len(rows))
    check({row[2] for row in rows} == {"en", "de", "fr"}, "in three languages")
    for number, expected, language, text in rows:
        here = got.get(f"m{number}", [])
        check(sorted(f["rule"][6:] for f in here) == sorted(expected),
              f"{language}: {text}", f"expected {expected}", *[f["message"] for f in here], r.stderr)
        for f in here:
            words = f["message"].split('"')[1]
            check(f["severity"] == "note" and f["effect"] == "passes" and f["line"] == 6
                  and text[f["column"] - 5:].startswith(words), f"a note at \"{words}\"", f)
    asked = {rule for row in rows for rule in row[1]}
    check(len(asked) >= 34, "most rules are asked for by a purpose that was not written for them", sorted(asked))


words_ask_for_reasons()
done()
