#!/usr/bin/env python3
"""Hostile input through the whole program: refused with its place, or shown
inert in every output; the other models still get their reports."""
import csv
import glob
import os
import re
import shutil
import subprocess
import zipfile

from tap import ROOT, Samples, check, done, dossier, skip

BAD = os.path.join(ROOT, "tests", "bad-inputs")

INJECTIONS = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "javascript:alert(1)",
    "</style><script>x</script>", "]]><x/>", "&lt;b&gt;", "<!--", "=1+2", "+SUM(A1:A9)", "-1+1", "@SUM(1)", "=cmd|'/c calc'!A1",
    "_x0041_", "::error file=a::b", "%s%n%x", "${jndi:ldap://x}", "../../../etc/passwd", "'; DROP TABLE run; --",
    "string(title)", "\\22 }*{x:expression(1)}", "a\u202eb", "\ufeffx", "\u200bx", "{{7*7}}", "{@id}", "//*", "U+0041",
    "x" * 40000, "\U0001F600" * 50,
]


def outcomes():
    with Samples() as s:
        for name in sorted(os.listdir(s.file("models"))):
            if name != "atm-forecast":
                shutil.rmtree(s.file("models", name))
        for row in csv.DictReader(open(os.path.join(BAD, "index.csv"), encoding="utf-8")):
            if row["looks_like"] != "model.yaml" or row["file"].startswith("gen.py"):
                continue
            folder = s.file("models", "bad")
            os.makedirs(folder, exist_ok=True)
            shutil.copy(os.path.join(BAD, row["file"]), folder + "/model.yaml")
            r = dossier("check", cwd=s.path)
            out = r.stdout + r.stderr
            words = [w for w in row["message_mentions_any_of"].split("|") if w]
            if row["expected"] in ("reject", "limit"):
                good = r.returncode in (1, 3) and any(w.lower() in out.lower() for w in words)
                if row["line"]:
                    good = good and re.search(rf"bad/model\.yaml:{row['line']}:\d+: error", out)
            else:
                good = r.returncode == 1 and "YAML_" not in out and "TEXT_UTF8" not in out
            check(good, f"{row['file']}: {row['expected']}", r.returncode, out[:600])
            check(not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e]", out), f"{row['file']}: the log is inert")
            r = dossier("run", "-o", "out", cwd=s.path, epoch=None, env={"DOSSIER_KEEP": "2"})
            check(os.path.exists(s.path + "/out/current/cards/atm-forecast.html") and r.returncode in (1, 3),
                  f"{row['file']}: the other model has its report", r.stderr[:500])


def injections():
    with Samples() as s:
        text = s.read("models", "cv-screen", "model.yaml")
        base = yaml_scalars(text)
        check(len(base) > 120, "many fields to put text in", len(base))
        lines = text.split("\n")
        for i, (n, head) in enumerate(base):
            value = INJECTIONS[i % len(INJECTIONS)]
            lines[n] = head + '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        s.write("\n".join(lines), "models", "cv-screen", "model.yaml")
        r = dossier("run", "-o", "out", cwd=s.path)
        check(r.returncode in (1, 3), "a record full of injections is judged", r.returncode, r.stderr[:500])
        for page in glob.glob(s.path + "/out/current/*/*.html") + [s.path + "/out/current/index.html"]:
            html = open(page, encoding="utf-8").read()
            bad = re.findall(r"<script|<img|\son\w+=\"|\sstyle=|href=\"(?:javascript|data):[^\"]*", html, re.I)
            check(not bad, f"{os.path.basename(os.path.dirname(page))}/{os.path.basename(page)}: nothing is active", bad[:3])
            check("\u202e" not in html, f"{os.path.basename(page)}: no bidi override")
        for book in glob.glob(s.path + "/out/current/workbooks/*.xlsx"):
            with zipfile.ZipFile(book) as z:
                xml = "".join(z.read(n).decode() for n in z.namelist() if "/worksheets/sheet" in n)
                formulas = set(re.findall(r"<f>([^<]*)</f>", xml))
                rels = "".join(z.read(n).decode() for n in z.namelist() if n.endswith(".rels"))
            bad = [f for f in formulas if "1+2" in f or "cmd" in f or "A1:A9" in f]
            check(not bad, f"{os.path.basename(book)}: no formula from data", bad[:3])
            check("javascript:" not in rels and "data:" not in rels, f"{os.path.basename(book)}: no such link")
        if shutil.which("xmllint"):
            for doc in glob.glob(s.path + "/out/current/data/*.xml"):
                r = subprocess.run(["xmllint", "--noout", "--schema", ROOT + "/schemas/dossier.xsd", doc],
                                   stderr=subprocess.PIPE, text=True)
                check(r.returncode == 0, f"{os.path.basename(doc)} is valid", r.stderr[:400])


def yaml_scalars(text):
    """Lines that hold one plain one-line text: their number and what precedes it."""
    keep = re.compile(r"^(\s*(?:- )?(?:name|label|summary|owner|contact|address|unit|title|signed_by|signed_role|comment|right|"
                      r"group|harm|measures|risk|owner|why|consulted|provenance|selection|labelling|preparation|"
                      r"assumptions|gaps|suitability|bias_examination|bias_measures|characteristics|licence|"
                      r"original_purpose|representativeness|missing_by_group|role|competence|authority|trigger|"
                      r"measure|who_decides|within|complaint_route|description|reason|rationale|methods|architecture|"
                      r"note|accountable_person|users|hardware|threshold|frequency|responsible|reference|"
                      r"accepted_by|events|conclusion|supplier|use|rationale|screened_by|classified_by|data):) (?![>|\[{\"'])\S.*$")
    out = []
    for n, line in enumerate(text.split("\n")):
        m = keep.match(line)
        if m:
            out.append((n, m.group(1) + " "))
    return out


def naming():
    with Samples() as s:
        s.replace('id: "[a-z0-9]+(-[a-z0-9]+)*"', 'id: "^(a|a?)+$"', "dossier.yaml")
        s.replace("  id: atm-forecast", "  id: " + "a" * 40 + "-b", "models", "atm-forecast", "model.yaml")
        r = dossier("check", "models/atm-forecast", cwd=s.path)
        check(r.returncode in (1, 2, 3) and ("PATTERN_LIMIT" in r.stdout + r.stderr or "VALUE_SLUG" in r.stdout),
              "a costly pattern closes the gate", r.stdout[:400], r.stderr[:400])


def special_files():
    with Samples() as s:
        os.remove(s.file("models", "atm-forecast", "model.yaml"))
        os.mkfifo(s.file("models", "atm-forecast", "model.yaml"))
        try:
            r = dossier("check", "models/atm-forecast/model.yaml", cwd=s.path)
            check(r.returncode == 3, "a FIFO is refused at once", r.returncode, r.stdout[:300])
        except subprocess.TimeoutExpired:
            check(False, "a FIFO is refused at once")
        os.symlink("/etc/passwd", s.file("models", "crs-2", "documents", "link.md"))
        s.replace("file: documents/dpia.md", "file: documents/link.md", "models", "crs-2", "model.yaml")
        r = dossier("check", "models/crs-2", cwd=s.path)
        check(r.returncode == 1 and "root:" not in r.stdout, "a link out of the portfolio is not followed", r.stdout[:600])
        s.replace("file: documents/link.md", "file: ../../../../../etc/passwd", "models", "crs-2", "model.yaml")
        r = dossier("check", "models/crs-2", cwd=s.path)
        check(r.returncode == 1 and "FILE_OUTSIDE" in r.stdout, "nor is a path out of it", r.stdout[:600])


outcomes()
injections()
naming()
special_files()
if not shutil.which("xmllint"):
    skip("xmllint is missing")
done()
