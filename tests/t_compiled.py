#!/usr/bin/env python3
"""Compiled schemas as a user meets them: with them, without them and with
broken ones the program says the same, and an edit counts at once."""
import os
import shutil
import tempfile

from tap import ROOT, check, done, dossier

TREES = "schemas/.compiled"


class Data:
    """A copy of schemas/ and templates/, freshly compiled, to be changed."""

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="dossier-test-")
        for name in "schemas", "templates":
            shutil.copytree(os.path.join(ROOT, name), os.path.join(self.path, name))
        self.compile()
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path)

    def file(self, name):
        return os.path.join(self.path, name)

    def compile(self):
        r = dossier("rules", "compile", env=self.env())
        check(r.returncode == 0 and os.path.exists(self.file(TREES)), "the schemas can be compiled", r.stderr)

    def env(self):
        return {"DOSSIER_DATA": self.path}

    def edit(self, name, old, new):
        with open(self.file(name), encoding="utf-8") as f:
            text = f.read()
        if old not in text:
            raise SystemExit(f"{name} does not hold {old!r}")
        with open(self.file(name), "w", encoding="utf-8") as f:
            f.write(text.replace(old, new, 1))

    def said(self, *args):
        """All that the program says to a command."""
        r = dossier(*args, env=self.env())
        return r.returncode, r.stdout, r.stderr


def same_in_each_way(data, what, *args):
    """The same bytes with the trees, without them, and with broken ones."""
    with_trees = data.said(*args)
    with open(data.file(TREES), "rb") as f:
        trees = f.read()
    os.remove(data.file(TREES))
    without = data.said(*args)
    check(with_trees == without, f"{what}: the same with trees and without", with_trees[2], without[2])
    ways = {"empty": b"", "half": trees[:len(trees) // 2], "text": b"rules: []\n" * 40,
            "of another version": trees.replace(trees[16:22], b"9.99.9", 1),
            "altered": trees[:-9] + bytes([trees[-9] ^ 1]) + trees[-8:]}
    for way, content in ways.items():
        with open(data.file(TREES), "wb") as f:
            f.write(content)
        check(data.said(*args) == without, f"{what}: the same with trees that are {way}")
    with open(data.file(TREES), "wb") as f:
        f.write(trees)
    return without


def says_the_same():
    with Data() as data:
        status, out, _ = same_in_each_way(data, "check", "check", "-v", "-c", "samples/dossier.yaml")
        check(status == 1 and len(out) > 5000, "check has something to say")
        same_in_each_way(data, "json", "check", "--format=json", "samples/models/crs-2")
        same_in_each_way(data, "version", "version")


def places_faults_alike():
    """A fault in a rule that only the vocabulary shows: the rule's own file has a tree."""
    with Data() as data:
        data.edit("schemas/vocabulary.yaml", "key: intended_purpose", "key: intended_porpoise")
        status, _, err = same_in_each_way(data, "a fault in a rule", "check", "samples/models/crs-2")
        check(status == 2 and "schemas/eu-ai-act/" in err and "did you mean" in err, "it is found and placed", err)


def edits_count_at_once():
    with Data() as data:
        rule = "schemas/eu-ai-act/00-identity.yaml"
        before = data.said("explain", first_rule(rule))
        data.edit(rule, "title: ", "title: Zebra ")
        after = data.said("explain", first_rule(rule))
        check(before[0] == 0 and "Zebra" not in before[1] and "Zebra" in after[1], "an edit counts at once", after[1])
        data.compile()
        check(data.said("explain", first_rule(rule)) == after, "and after compiling")
        data.edit(rule, "title: Zebra ", "title: Gnu ")
        check("Gnu" in data.said("explain", first_rule(rule))[1], "and so does the next one")
        os.rename(data.file(rule), data.file(rule.replace("00-", "99-")))
        check("Gnu" in data.said("explain", first_rule(rule))[1], "and another name")
        os.remove(data.file(rule.replace("00-", "99-")))
        check(data.said("explain", first_rule(rule))[0] != 0, "a rule whose file is gone is gone")


def first_rule(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as f:
        return next(line.split("id:")[1].strip() for line in f if line.startswith("  - id:"))


def keeps_the_outputs():
    """The trees are no input: a pack made with them has the same digests."""
    with Data() as data, tempfile.TemporaryDirectory() as out:
        for name in "with", "without":
            dossier("run", "-c", "samples/dossier.yaml", "-o", f"{out}/{name}", env=data.env())
            if name == "with":
                os.remove(data.file(TREES))
        with open(f"{out}/with/current/MANIFEST.sha256", encoding="utf-8") as a, \
                open(f"{out}/without/current/MANIFEST.sha256", encoding="utf-8") as b:
            first, second = a.read(), b.read()
        check(len(first) > 500 and first == second, "every output is the same with trees and without")


def refuses_to_compile_faults():
    with Data() as data:
        with open(data.file(TREES), "rb") as f:
            before = f.read()
        data.edit("schemas/eu-ai-act/00-identity.yaml", "severity: error", "severity: eror")
        r = dossier("rules", "compile", env=data.env())
        check(r.returncode == 2 and "00-identity.yaml:" in r.stderr, "faulty rules are not compiled", r.stderr)
        with open(data.file(TREES), "rb") as f:
            check(f.read() == before, "and what was compiled stays")
        check(sorted(n for n in os.listdir(data.file("schemas")) if n.startswith(".")) == [".compiled"],
              "nothing else is left behind")


def is_made_by_make():
    check(os.path.exists(os.path.join(ROOT, TREES)), "make leaves compiled schemas")


says_the_same()
places_faults_alike()
edits_count_at_once()
keeps_the_outputs()
refuses_to_compile_faults()
is_made_by_make()
done()
