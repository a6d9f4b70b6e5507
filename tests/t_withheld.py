#!/usr/bin/env python3
"""Two files of one model tell together what each alone hides: what is small in
either is guarded in both, in what is published."""
import glob
import os
import re
import tempfile

from tap import ROOT, check, done, dossier

HEAD = "model: {id: m, version: \"1\", name: M}\nfairness:\n  attributes: [{name: sex}]\n" \
    "  files: [cells.csv]\n"
ROWS = "  predictions: {file: rows.csv, label: y, prediction: p}\n"
FILES = {
    "cells.csv": "sex,age,n,fpr\nf,o,97,0.5\nf,y,3,0.5\nm,o,50,0.5\nm,y,60,0.5\n",
    "rows.csv": "sex,y,p\n" + "f,0,1\nf,0,0\n" * 50 + "m,0,1\nm,0,0\n" * 55,
}


def withheld(model):
    """The groups that the published record withholds, and those it shows."""
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, "m"))
        for name, text in [*FILES.items(), ("model.yaml", model)]:
            with open(os.path.join(folder, "m", name), "w", encoding="utf-8") as f:
                f.write(text)
        r = dossier("run", "--data=" + ROOT, "m", cwd=folder)
        paths = glob.glob(os.path.join(folder, "reports", "runs", "*", "data", "m.xml"))
        if not check(len(paths) == 1, "the record is published", r.stderr):
            return set(), set()
        with open(paths[0], encoding="utf-8") as f:
            groups = re.findall(r'<group name="([^"]*)"[^>]* state="([^"]*)"', f.read())
        hidden = {name for name, state in groups if state == "withheld"}
        return hidden, {name for name, _ in groups} - hidden


hidden, shown = withheld(HEAD)
check(hidden == {"f*y", "m*o"}, "alone: the small group and the smallest beside it", hidden)
check(shown == {"f*o", "m*y"}, "alone: the others are shown", shown)
hidden, shown = withheld(HEAD + ROWS)
check(hidden == {"f*y", "f*o"}, "with the rows: what is left of f is hidden", hidden)
check(shown == {"f", "m", "m*o", "m*y"}, "with the rows: the others are shown", shown)
done()
