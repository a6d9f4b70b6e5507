#!/usr/bin/env python3
"""`dossier explain` finds what a person names, however it is written, and
says of a message what the manual says."""
import json
import re

from tap import ROOT, SANITIZED, check, done, dossier


def explain(*words):
    r = dossier("explain", *words)
    return r.stdout.split("  ")[0].split("\n")[0], r


for given, wanted in (
        ("AIV-1A", "AIV-1A"), ("aiv-1a", "AIV-1A"), ("csv_quote", "CSV_QUOTE"),
        ("art-27.1.c", "art-27.1.c"), ("Article 27(1)(c)", "art-27.1.c"),
        ("Art. 27(1)(c)", "art-27.1.c"), ("27(1)(c)", "art-27.1.c"),
        ("Annex IV 1(a)", "annex-iv.1.a"), ("annex iv, point 1(a)", "annex-iv.1.a"),
        ("Annex VIII, Section A, point 5", "annex-viii.a.5"),
        ("risk.tiers", "risk.tiers"), ("classified_by", "risk.classified_by"),
        ("data_sets.name", "data_sets.name"), ("model", "model")):
    got, r = explain(given)
    check(r.returncode == 0 and got == wanted and not r.stderr, f"explain {given}", got, r.stderr)
got, r = explain("Article", "27(1)(c)")
check(got == "art-27.1.c", "words need no quotes", got)
got, r = explain("Article 16")
check(r.returncode == 0 and "art-16.a" in r.stdout and "art-16.l" in r.stdout and "art-60" not in r.stdout,
      "an article gives its provisions", r.stdout)
got, r = explain("rationale")
check(r.returncode == 0 and "risk.rationale" in r.stdout and "changes.rationale" in r.stdout,
      "a key that stands in several sections gives them all", r.stdout)

for given, near in (("AIV-1AB", "AIV-1A"), ("aiv-2g-sined", "AIV-2G-SIGNED"), ("risk.tier", "risk.tiers"),
                    ("CSV_QUOT", "CSV_QUOTE"), ("art-27.1.cc", "art-27.1.c")):
    _, r = explain(given)
    check(r.returncode == 2 and f"did you mean {near}?" in r.stderr and not r.stdout,
          f"explain {given}: did you mean {near}?", r.stdout + r.stderr)
_, r = explain("zzzzzzzz")
check(r.returncode == 2 and "did you mean" not in r.stderr, "no guess where nothing is near", r.stderr)
check(dossier("explain").returncode == 2, "without a name: 2")
check(dossier("explain", "--format=xml", "AIV-1A").returncode == 2, "unknown format: 2")

r = dossier("explain", "--format=json", "--as-of=2027-12-01", "A27-C")
out = json.loads(r.stdout)
check(out["kind"] == "rule" and out["id"] == "A27-C" and out["applies"][0]["text"] == "from 2027-12-02, in 1 day",
      "json of a rule, with the days left", out)
check(all(item["link"].startswith("https://eur-lex.europa.eu/") for item in out["law"]), "and links to the text")
check("roles_held" in out["passes"] and "roles_held" in out["fails"], "and both examples")

# What the manual says of each message is what the program says.
with open(f"{ROOT}/src/man/dossier-rules.7", encoding="utf-8") as f:
    manual = f.read()
entries = re.findall(r"^\.It Sy ([A-Z_0-9]+) Pq (\w+)\n(.*?)(?=^\.It|^\.El)", manual, re.M | re.S)
check(len(entries) > 50, "the manual's entries are found")
for name, severity, body in entries[:10] if SANITIZED else entries:
    said = json.loads(dossier("explain", "--format=json", name).stdout)
    body = re.sub(r"(?m)^\.Xr (\S+) (\d)", r".Xr \1(\2)", body.replace("Fl -", "Fl --"))
    told = " ".join(re.sub(r"(?m)^\.[A-Z][a-z] (.*?)( ([.,;:]))?$", r"\1\3", body).replace("\\&", "").split())
    want = said["title"][0].upper() + said["title"][1:] + ". " + said["to_fix"]
    check(told == want and said["severity"] == severity, f"{name}: the manual and the program agree", told, want)
done()
