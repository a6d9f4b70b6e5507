#!/usr/bin/env python3
"""What the operator of the gate decides: waivers, on the day before, the day
and the day after; and files that are wrong, each with its place."""
import json
import re

from tap import Samples, check, done, dossier, findings

RULE = "AIV-2G-FRESH"


def on(samples, day, *more):
    """Findings on crs-2 that are about waivers or the rule, by rule."""
    found, r = findings("models/crs-2", "--as-of", day, *more, cwd=samples.path)
    return {f["rule"]: f for f in found
            if f["rule"].startswith("WAIVER") or f["rule"] == RULE}, r


def life_of_a_waiver():
    with Samples() as s:
        for day, result, said in (
                ("2026-10-30", None, None), ("2026-11-21", "waived", None),
                ("2026-11-30", "waived", None),
                ("2026-12-01", "waived", "WAIVER-ENDING"),
                ("2026-12-31", "waived", "WAIVER-ENDING"),
                ("2027-01-01", "fail", "WAIVER-EXPIRED")):
            got, r = on(s, day)
            if result:
                check(got.get(RULE, {}).get("result") == result,
                      f"{day}: the finding is {result}", got)
                check(got[RULE]["effect"] == ("passes" if result == "waived" else "warns"),
                      f"{day}: and does what it must", got[RULE])
            told = [rule for rule in got if rule.startswith("WAIVER")]
            if day > "2026-10-30":
                check(told == ([said] if said else []), f"{day}: {said} is told", told)
            for f in got.values():
                if f["rule"].startswith("WAIVER"):
                    check((f["file"], f["line"], f["column"]) == ("waivers.yaml", 4, 5),
                          f"{day}: at the waiver", f)


def days_of_warning():
    with Samples() as s:
        s.replace("policy:\n", "policy:\n  waiver_warn_days: 5\n", "dossier.yaml")
        check("WAIVER-ENDING" not in on(s, "2026-12-25")[0], "six days before: nothing yet")
        check("WAIVER-ENDING" in on(s, "2026-12-26")[0], "five days before: told")


def unused():
    with Samples() as s:
        s.replace("rule: AIV-2G-FRESH", "rule: AIV-1A", "waivers.yaml")
        got, r = on(s, "2026-11-21")
        check("WAIVER-UNUSED" in got and got["WAIVER-UNUSED"]["effect"] == "warns",
              "a waiver of what passes is unused", got)
        check(got[RULE]["result"] == "fail", "and the finding counts")
    with Samples() as s:
        s.replace("model: crs-2", "model: crs-3", "waivers.yaml")
        r = dossier("check", cwd=s.path)
        check("waivers.yaml:4:5: warning:" in r.stderr and "there is no model crs-3" in r.stderr,
              "a waiver of no model is told when all are checked", r.stderr)
        r = dossier("check", "models/crs-2", cwd=s.path)
        check("crs-3" not in r.stderr, "and not when some are", r.stderr)
        r = dossier("run", "--output", "out", cwd=s.path)
        check("there is no model crs-3" in r.stderr, "and by a run", r.stderr)


def owner():
    with Samples() as s:
        text = s.read("models", "crs-2", "model.yaml")
        name = re.search(r"^  owner: (.*)$", text, re.M).group(1)
        s.replace("approved_by: I. Krag, chief information security officer",
                  f"approved_by: {name}", "waivers.yaml")
        got, r = on(s, "2026-11-21")
        check("WAIVER-OWNER" in got and got[RULE]["result"] == "waived",
              "an approver who owns the model is told", got)
        for rule, result, told in (("allow", "waived", False), ("forbid", "fail", True)):
            got, r = on(s, "2026-11-21", )
            env = {"DOSSIER_POLICY_WAIVER_BY_OWNER": rule}
            found, r = findings("models/crs-2", "--as-of", "2026-11-21", cwd=s.path, env=env)
            by = {f["rule"]: f for f in found}
            check(by[RULE]["result"] == result and ("WAIVER-OWNER" in by) == told,
                  f"by policy {rule}: {result}", r.stderr)


def broad():
    with Samples() as s:
        found, _ = findings(cwd=s.path)
        many = [(f["model"], f["rule"]) for f in found if f["result"] == "fail"]
        several = next((m for m in many if many.count(m) > 1), None)
        check(several, "a rule fails twice on a model of the samples")
        if not several:
            return
        s.replace("rule: AIV-2G-FRESH", f"rule: {several[1]}", "waivers.yaml")
        s.replace("model: crs-2", f"model: {several[0]}", "waivers.yaml")
        found, _ = findings(cwd=s.path)
        told = [f for f in found if f["rule"] == "WAIVER-BROAD"]
        check(len(told) == 1 and told[0]["effect"] == "warns", "a waiver without path is too broad", told)
        path = next(f["path"] for f in found if f["rule"] == several[1] and f["result"] == "waived")
        s.replace("    reason:", f"    path: {path}\n    reason:", "waivers.yaml")
        found, _ = findings(cwd=s.path)
        mine = [f for f in found if (f["model"], f["rule"]) == several]
        check(sum(f["result"] == "waived" for f in mine) == 1 and
              not any(f["rule"] == "WAIVER-BROAD" for f in found), "with a path it covers one", mine)


def wrong(what, old, new, place, words, file="waivers.yaml"):
    with Samples() as s:
        s.replace(old, new, file)
        r = dossier("check", "models/crs-2", cwd=s.path)
        errors = [l for l in r.stderr.split("\n") if re.match(r"^\S+:\d+:\d+: error", l)]
        check(r.returncode == 2, f"{what}: status 2", r.returncode, r.stderr)
        check(len(errors) == 1 and errors[0].startswith(f"{file}:{place}: ") and words in errors[0],
              f"{what}: told at {place}", r.stderr)


def mistakes():
    wrong("a placeholder", "approved_by: I. Krag, chief information security officer",
          "approved_by: TBD", "10:18", "placeholder")
    wrong("no approver", "    approved_by: I. Krag, chief information security officer\n", "",
          "4:5", "approved_by is missing")
    wrong("a short reason", "reason: >-\n", "reason: >-\n      It is fine.\n    approved_on: 2026-10-31\n    expires_on: 2026-12-31\n    approved_by: E. Dahl\n  - id: W-2\n    rule: AIV-1A\n    model: crs-2\n    reason: >-\n", "7:13", "3 words")
    wrong("no end", "    expires_on: 2026-12-31\n", "", "4:5", "expires_on must be a date")
    wrong("a day that is none", "2026-12-31", "2026-12-32", "12:17", "must be a date")
    wrong("too long a life", "2026-12-31", "2027-11-01", "12:17", "2027-10-31 at the latest")
    wrong("an end before its beginning", "2026-12-31", "2026-10-30", "12:17", "before approved_on")
    wrong("an unknown rule", "AIV-2G-FRESH", "AIV-2G-FRISH", "4:5", "did you mean AIV-2G-FRESH?")
    wrong("a glob", "AIV-2G-FRESH", "AIV-*", "5:11", "one rule")
    wrong("every model", "model: crs-2", 'model: "*"', "6:12", "one model")
    wrong("a prohibited practice", "AIV-2G-FRESH", "A5-SCREEN", "4:5", "may not be waived")
    wrong("a list that names no rule", "policy:\n", "policy:\n  not_waivable: [AIV-9Z]\n",
          "16:18", "no rule AIV-9Z", "dossier.yaml")
    wrong("no list", "waivers:\n", "waiver:\n", "3:1", "waivers:")
    wrong("no map", "  - id: W-118\n", "  - W-117\n  - id: W-118\n", "4:5", "a waiver is a map")
    wrong("a broken file", "    rule:", "   rule:", "5:4", "")
    wrong("a life that is none", "policy:\n", "policy:\n  waiver_months: 0\n", "16:18", "1 to 60",
          "dossier.yaml")
    wrong("a word that is none", "policy:\n", "policy:\n  waiver_by_owner: maybe\n", "16:20",
          "warn, allow or forbid", "dossier.yaml")
    with Samples() as s:
        s.replace("policy:\n", "policy:\n  not_waivable: [AIV-2G-*]\n", "dossier.yaml")
        r = dossier("check", "models/crs-2", cwd=s.path)
        check(r.returncode == 2 and "waivers.yaml:4:5: error:" in r.stderr and
              "may not be waived" in r.stderr, "the policy may close a rule to waivers", r.stderr)
    with Samples() as s:
        text = s.read("waivers.yaml")
        s.write(text + text[text.index("  - id"):], "waivers.yaml")
        r = dossier("check", "models/crs-2", cwd=s.path)
        check(r.returncode == 2 and "id of the waiver in line 4" in r.stderr, "two of one id", r.stderr)
    with Samples() as s:
        s.write(s.read("waivers.yaml").replace("\n", "\r\n"), "waivers.yaml")
        got, r = on(s, "2026-11-21")
        check(got[RULE]["result"] == "waived", "CRLF is read")
    with Samples() as s:
        text = s.read("waivers.yaml")
        s.write("waivers: [" + "[" * 2000, "waivers.yaml")
        r = dossier("check", "models/crs-2", cwd=s.path)
        check(r.returncode == 2 and "waivers.yaml:1:" in r.stderr, "a hostile file is refused", r.stderr)


def command():
    with Samples() as s:
        r = dossier("waivers", cwd=s.path)
        check(r.returncode == 0 and "W-118  In force, until 2026-12-31 (40 days left)" in r.stdout,
              "waivers lists state and days left", r.stdout)
        r = dossier("waivers", "--as-of=2026-12-31", cwd=s.path)
        check("Ends soon" in r.stdout and "(0 days left)" in r.stdout, "on its last day", r.stdout)
        r = dossier("waivers", "--as-of=2027-01-01", cwd=s.path)
        check("Ended" in r.stdout and "ended 1 day ago" in r.stdout, "and after it", r.stdout)
        r = dossier("waivers", "check", "--format=json", cwd=s.path)
        out = json.loads(r.stdout)
        w = out["waivers"][0]
        check(r.returncode == 0 and out["findings"] == 0 and w["covers"] == 1 and
              w["line"] == 4 and w["days_left"] == 40, "check says what it covers", r.stdout)
        r = dossier("waivers", "check", "--as-of=2027-01-01", cwd=s.path)
        check(r.returncode == 1 and "[WAIVER-EXPIRED]" in r.stderr and "covers 0 findings" in r.stdout,
              "and that it has ended", r.stderr)
        s.replace("rule: AIV-2G-FRESH", "rule: A53-1-A", "waivers.yaml")
        r = dossier("waivers", "check", cwd=s.path)
        check(r.returncode == 1 and "is not judged on crs-2" in r.stderr, "and that its rule is not asked", r.stderr)
        r = dossier("waivers", "chekc", cwd=s.path)
        check(r.returncode == 2, "other words are refused")
        s.write("waivers: []\n", "waivers.yaml")
        r = dossier("waivers", "check", cwd=s.path)
        check(r.returncode == 0 and "no waivers" in r.stdout, "there may be none")


def option():
    """An option names a file from the working folder."""
    with Samples() as s:
        s.write(s.read("waivers.yaml").replace("W-118", "W-OWN"), "models", "own.yaml")
        r = dossier("waivers", "--config=samples/dossier.yaml",
                    "--waivers=samples/models/own.yaml", cwd=s.folder)
        check("W-OWN" in r.stdout, "--waivers is found from the working folder", r.stderr)
        r = dossier("waivers", "--config=samples/dossier.yaml", "--waivers=nothing.yaml", cwd=s.folder)
        check(r.returncode == 2 and "nothing.yaml" in r.stderr, "and missed where it is not", r.stderr)


life_of_a_waiver()
days_of_warning()
unused()
owner()
broad()
mistakes()
command()
option()
done()
