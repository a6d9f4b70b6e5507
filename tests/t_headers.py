#!/usr/bin/env python3
"""Each file of rules opens with what it is about, and then, in one shape, the
edition it states, its sources, the day it was reviewed, and what in it is
inference; edition and day are those of the pack."""
import glob
import os
import re

from tap import ROOT, check, done

FOLDER = os.path.join(ROOT, "schemas", "eu-ai-act")
PARTS = ("Edition", "Sources", "Reviewed", "Inference")


def read(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


pack = read(os.path.join(FOLDER, "pack.yaml"))
edition = re.search(r'(?m)^  edition: "(.*)"$', pack)[1]
reviewed = re.search(r"(?m)^  reviewed: (\S+)$", pack)[1]
paths = sorted(glob.glob(os.path.join(FOLDER, "[0-9]*.yaml")))
check(len(paths) >= 15, "the files of rules are found", paths)
for path in paths:
    name = os.path.basename(path)
    head = re.match(r"(?:#.*\n)+", read(path))
    head = head[0] if head else ""
    words = re.sub(r"\n#   ", " ", head)
    intro = words.split("# Edition:")[0]
    check(len(intro.replace("#", "").split()) >= 8, f"{name} says what it is about", intro)
    found = re.findall(r"(?m)^# (Edition|Sources|Reviewed|Inference): (.*)$", words)
    check(tuple(k for k, _ in found) == PARTS, f"{name}: edition, sources, review and inference, in this order",
          "a file of rules begins with a comment of this shape:", *(f"# {p}: ..." for p in PARTS))
    told = dict(found)
    check(told.get("Edition") == edition + ".", f"{name} states the edition of the pack", told.get("Edition"))
    check(told.get("Reviewed") == reviewed + ".", f"{name} was reviewed with the pack", told.get("Reviewed"))
    check(re.search(r"(Article|Annex)", told.get("Sources", "")), f"{name} names articles or annexes")
    check(len(told.get("Inference", "").split()) >= 5 and told["Inference"].endswith("."),
          f"{name} says in a sentence what is inference")
    check(all(len(line) <= 100 for line in head.split("\n")), f"{name}: the comment is no wider than the rules")
done()
