#!/usr/bin/env python3
"""What the operator of the gate decides: waivers, on the day before, the day
and the day after; and files that are wrong, each with its place."""
import json
import os
import re
import shutil

from tap import ROOT, Samples, check, done, dossier, findings

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


# The baseline.

WHY = "Known when the gate was introduced in November"


def effects(found):
    return sorted((f["model"], f["rule"], f["path"]) for f in found if f["effect"] != "passes")


def with_baseline(s, *more):
    return findings("--baseline=b.yaml", *more, cwd=s.path)


def written(s, *more):
    r = dossier("baseline", "write", "--reason", WHY, "--output=b.yaml", *more, cwd=s.path)
    check(r.returncode == 0, "a baseline is written", r.stderr)
    return s.read("b.yaml")


def baseline_of_all():
    with Samples() as s:
        before, r = findings(cwd=s.path)
        text = written(s)
        n = text.count("\n  - model:")
        after, r = with_baseline(s)
        known = [f for f in after if f["known_since"]]
        check(n > 5 and len(known) == n, "each entry is found and known", n, len(known))
        check(all(f["effect"] == "passes" and f["known_since"] == "2026-11-21" for f in known),
              "what is known passes, with its day")
        check(len(after) >= len(before), "and nothing goes out of sight", len(before), len(after))
        left = [f for f in after if f["effect"] == "blocks"]
        check(left and all(f["rule"].startswith(("A5-", "TIER-PROHIBITED", "FILE_", "REVIEW-REJECTED")) for f in left),
              "prohibited practices, rejections and unreadable files still block", [f["rule"] for f in left])
        check(not re.search(r"rule: (A5-|TIER-PROHIBITED|FILE_)", text), "and are never written down")
        check(r.returncode == 1, "so the gate stays shut")
        after, r = with_baseline(s, "models/life-pricing")
        check(r.returncode == 0, "the gate of a model whose findings are all known opens", effects(after))
        again = written(s)
        check(again == text, "the same again gives the same bytes")
        r = dossier("check", "--baseline=b.yaml", "models/life-pricing", cwd=s.path)
        check(re.search(r"0 findings block, 0 warnings, \d+ known", r.stdout), "the last line counts them", r.stdout)


def baseline_outlives():
    with Samples() as s:
        written(s, "models/cv-screen")
        model = ("models", "cv-screen", "model.yaml")
        before, r = with_baseline(s, "models/cv-screen")
        text = s.read(*model)

        def same(what, changed):
            s.write(changed, *model)
            after, _ = with_baseline(s, "models/cv-screen")
            check(effects(after) == effects(before) and
                  sum(bool(f["known_since"]) for f in after) == sum(bool(f["known_since"]) for f in before) and
                  not any(f["rule"] == "BASELINE-FIXED" for f in after),
                  f"a baseline outlives {what}", effects(after))
        same("lines put in", "# a\n# b\n\n" + text)
        same("CRLF", text.replace("\n", "\r\n"))
        sections = re.split(r"(?m)^(?=[a-z_]+:)", text)
        same("sections in another order", sections[0] + "".join(reversed(sections[1:])))
        same("blank lines", re.sub(r"\n\n", "\n\n\n", text))


def baseline_tells_news():
    with Samples() as s:
        written(s, "models/crs-2")
        model = ("models", "crs-2", "model.yaml")
        _, r = with_baseline(s, "models/crs-2")
        check(r.returncode == 0, "everything on crs-2 is known or met")
        text = s.read(*model)
        s.replace("  intended_purpose: >-", "  intended_pupose: >-", *model)
        after, r = with_baseline(s, "models/crs-2")
        check(r.returncode == 1 and effects(after), "a new finding closes the gate", effects(after))
        s.write(text, *model)
        s.replace("  version: 4.2.0\n", "", *model)
        written(s, "models/crs-2")
        _, r = with_baseline(s, "models/crs-2")
        check(r.returncode == 0, "what is known does not")
        s.write(s.read(*model).replace("model:\n", "model:\n  version: TBD\n", 1), *model)
        after, r = with_baseline(s, "models/crs-2")
        check(r.returncode == 1 and [e for e in effects(after) if e[1] == "AIV-1A-VERSION"],
              "the same rule on the same field with another content does", effects(after))


def baseline_mended():
    with Samples() as s:
        model = ("models", "crs-2", "model.yaml")
        text = s.read(*model)
        s.replace("  version: 4.2.0\n", "", *model)
        old = written(s)
        s.write(text, *model)
        after, r = with_baseline(s, "models/crs-2")
        fixed = [f for f in after if f["rule"] == "BASELINE-FIXED"]
        check([f["path"] for f in fixed] == ["model.version"] and fixed[0]["effect"] == "passes",
              "what is mended is told, as a note", fixed)
        at = old[:old.index('"model.version"')].count("\n") - 1
        check(fixed and (fixed[0]["file"], fixed[0]["line"]) == ("b.yaml", at), "at its entry", fixed, at)
        r = dossier("baseline", "update", "--baseline=b.yaml", "models/letter-sort", cwd=s.path)
        check(s.read("b.yaml") == old, "an update of another model leaves it", r.stdout)
        r = dossier("baseline", "update", "--baseline=b.yaml", cwd=s.path)
        new = s.read("b.yaml")
        check(r.returncode == 0 and "1 taken out" in r.stdout and "model.version" not in new and
              new.count("\n  - model:") == old.count("\n  - model:") - 1, "an update takes it out", r.stdout)
        s.replace("  version: 4.2.0\n", "", *model)
        after, r = with_baseline(s, "models/crs-2")
        check(r.returncode == 1, "and when it comes back it is new")
        dossier("baseline", "update", "--baseline=b.yaml", cwd=s.path)
        check(s.read("b.yaml") == new, "an update never adds")
        s.write("a: [", *model)
        r = dossier("baseline", "update", "--baseline=b.yaml", cwd=s.path)
        check(r.returncode == 3 and s.read("b.yaml") == new, "a model that cannot be read keeps its entries", r.stderr)
        after, r = with_baseline(s, "models/crs-2")
        check(r.returncode == 3, "and no baseline opens the gate for it")


def baseline_weight():
    """An entry for a warning does not cover what blocks."""
    with Samples() as s:
        text = written(s, "models/cv-screen")
        check("effect: blocks" in text, "an entry blocks")
        s.write(text.replace("effect: blocks", "effect: warns"), "b.yaml")
        after, r = with_baseline(s, "models/cv-screen")
        check(any(f["effect"] == "blocks" for f in after), "what grew graver is new")


def bad_baseline(what, change, place, words):
    with Samples() as s:
        text = written(s, "models/cv-screen")
        changed = change(text)
        check(changed != text, f"{what}: is made")
        s.write(changed, "b.yaml")
        r = dossier("check", "--baseline=b.yaml", "models/cv-screen", cwd=s.path)
        errors = [l for l in r.stdout.split("\n") + r.stderr.split("\n") if re.match(r"^b.yaml:\d+:\d+: error", l)]
        check(r.returncode == 2 and errors and errors[0].startswith(f"b.yaml:{place}: ") and words in errors[0],
              f"{what}: told at {place}", r.stdout, r.stderr)


def baseline_mistakes():
    first = lambda text: text[text.index("  - model"):text.index("  - model", text.index("  - model") + 5)]
    bad_baseline("an unknown key", lambda t: t.replace("    rule:", "    rul:", 1), "10:5", "did you mean rule?")
    bad_baseline("a version to come", lambda t: t.replace("version: 1", "version: 2"), "4:10", "version is 1")
    bad_baseline("no reason", lambda t: t.replace(WHY, "TBD"), "7:9", "reason")
    bad_baseline("a content that is none", lambda t: re.sub(r'content: "..', 'content: "XX', t, count=1), "12:14", "hexadecimal")
    bad_baseline("an effect that is none", lambda t: re.sub(r"effect: \w+", "effect: passes", t, count=1), "13:13", "blocks or warns")
    bad_baseline("a date that is none", lambda t: t.replace("since: 2026-11-21", "since: 2026-13-21", 1), "14:12", "date")
    bad_baseline("a protected rule", lambda t: re.sub(r"rule: \S+", "rule: A5-SCREEN", t, count=1), "9:5", "may not stand")
    bad_baseline("no list", lambda t: t[:t.index("entries:")] + "entries: 3\n", "8:10", "list")
    bad_baseline("nesting", lambda t: "entries: " + "[" * 3000, "1:73", "")
    with Samples() as s:
        text = written(s, "models/cv-screen")
        s.write(text + first(text), "b.yaml")
        r = dossier("check", "--baseline=b.yaml", "models/cv-screen", cwd=s.path)
        check(r.returncode == 2 and "the same entry stands in line 9" in r.stdout + r.stderr, "an entry twice", r.stderr)
        r = dossier("check", "--baseline=none.yaml", "models/cv-screen", cwd=s.path)
        check(r.returncode == 2, "a baseline that is missing is an error")
        for reason in ([], ["--reason", "ok"], ["--reason", "TBD"]):
            r = dossier("baseline", "write", *reason, "--output=c.yaml", cwd=s.path)
            check(r.returncode == 2 and "reason" in r.stderr, f"write wants a reason, not {reason}", r.stderr)
        r = dossier("baseline", "rite", cwd=s.path)
        check(r.returncode == 2, "other words are refused")
        s.replace("as_of:", "baseline: b.yaml\nas_of:", "dossier.yaml")
        s.write(text.replace(first(text), first(text).replace('model: "cv-screen"', 'model: "gone"')), "b.yaml")
        r = dossier("check", cwd=s.path)
        check("there is no model gone (1 entry)" in r.stdout + r.stderr, "an entry of no model is told", r.stderr)
        found, r = findings("models/cv-screen", cwd=s.path)
        check(any(f["known_since"] for f in found), "dossier.yaml may name the baseline")


def baseline_on_pages():
    with Samples() as s:
        written(s)
        r = dossier("run", "--baseline=b.yaml", "--output=out", cwd=s.path)
        page = s.read("out", "current", "cards", "cv-screen.html")
        check("Known since 21 Nov 2026: it stands in the baseline" in page, "a page tells of what is known")
        check("in the baseline and do not block" in page, "and counts it")
        doc = s.read("out", "current", "data", "portfolio.xml")
        check(re.search(r'<gate [^>]*known="\d\d"', doc), "and so does the portfolio")


# Profiles.

OWN = """profile: nordhavn
title: The gate of the group
reason: Agreed by the AI board in November
rules:
  - rule: AIV-2G-FRESH
    severity: error
"""


def by_rule(found, rule):
    return next((f for f in found if f["rule"] == rule), {})


def ready_profiles():
    with Samples() as s:
        s.write("waivers: []\n", "waivers.yaml")
        plain, r = findings("models/crs-2", cwd=s.path)
        check(by_rule(plain, RULE)["effect"] == "warns" and r.returncode == 0, "without a profile it warns")
        strict, r = findings("models/crs-2", "--profile=strict", cwd=s.path)
        f = by_rule(strict, RULE)
        check(f["effect"] == "blocks" and r.returncode == 1 and
              f["tuned"].startswith("tightened from warning to error by profile strict"), "strict blocks it", f)
        check(len(strict) == len(plain), "and finds no more and no less")
        s.replace("  max_age_months: 12\n", "", "dossier.yaml")
        law, r = findings("models/crs-2", "--profile=law-only", "--as-of=2030-01-01", cwd=s.path)
        now, _ = findings("models/crs-2", "--as-of=2030-01-01", cwd=s.path)
        check(any(f["status"] == "Out of date" for f in now) and not by_rule(law, RULE),
              "law-only knows no age of evidence", [f["rule"] for f in law if f["status"] == "Out of date"])
        s.replace("  owner: Credit Risk Analytics\n", "", "models", "crs-2", "model.yaml")
        law, _ = findings("models/crs-2", "--profile=law-only", cwd=s.path)
        check(by_rule(law, "ID-OWNER")["effect"] == "passes" and
              "relaxed from error to note by profile law-only" in by_rule(law, "ID-OWNER")["tuned"],
              "and only notes what no provision asks for", by_rule(law, "ID-OWNER"))


def explained():
    r = dossier("explain", "AIV-2G-FRESH", "--profile=strict")
    check(r.returncode == 0 and "\nSeverity    error: " in r.stdout and
          "\nProfile     tightened from warning to error by profile strict: " in r.stdout,
          "explain tells what a profile made of a rule", r.stdout)
    r = dossier("explain", "AIV-2G-FRESH")
    check("\nSeverity    warning: " in r.stdout and "Profile" not in r.stdout, "and nothing where there is none")
    r = dossier("explain", "A5-SCREEN")
    check("\nSet aside   by no waiver, baseline or profile\n" in r.stdout, "and which may not be set aside", r.stdout)


def adoption():
    with Samples() as s:
        s.replace("  lead_time_days: 800\n", "", "dossier.yaml")
        s.replace("intended_purpose: >-", "intended_purpose: TBD\n  limitations: >-"
                  if "limitations: >-" not in s.read("models", "crs-2", "model.yaml") else "intended_purpose: TBD\n  x: >-",
                  "models", "crs-2", "model.yaml")
        found, _ = findings("models/crs-2", cwd=s.path)
        later = [f for f in found if f["result"] == "upcoming" and f["severity"] == "error"]
        check(later, "without a profile it falls due later")
        for day, effect in (("2026-11-21", "warns"), ("2027-12-01", "warns"), ("2027-12-02", "blocks")):
            found, _ = findings("models/crs-2", "--profile=adoption", "--as-of", day, cwd=s.path)
            f = by_rule(found, "AIV-1A-PURPOSE") or by_rule(found, later[0]["rule"])
            check(f["effect"] == effect, f"adoption, {day}: {effect}", f)
            check(bool(f["tuned"]) == (effect == "warns"), f"adoption, {day}: says why", f["tuned"])


def own_profile():
    with Samples() as s:
        s.write("waivers: []\n", "waivers.yaml")
        s.write(OWN, "gate.yaml")
        s.replace("as_of:", "profile: gate.yaml\nas_of:", "dossier.yaml")
        found, r = findings("models/crs-2", cwd=s.path)
        check(by_rule(found, RULE)["effect"] == "blocks", "dossier.yaml may name a profile of its own", r.stderr)
        relax = ("  - rule: AIV-2G-FRESH\n    severity: note\n    reason: The plan of the group mends it in spring\n"
                 "    approved_by: B. Holm, head of compliance\n")
        s.write(OWN + relax, "gate.yaml")
        found, r = findings("models/crs-2", cwd=s.path)
        f = by_rule(found, RULE)
        check(f["effect"] == "passes" and f["tuned"].endswith("approved by B. Holm, head of compliance"),
              "the last entry counts, and says who", f)
        s.write(OWN.replace("rules:", "extends: strict\nsettings: {max_age_months: 30}\nlimits:\n"
                            "  - {metric: selection_rate, compare: ratio, least: 0.99}\nrules:"), "gate.yaml")
        found, r = findings("models/crs-2", cwd=s.path)
        check(any(f["rule"] == "FAIR-LIMITS" and f["effect"] == "blocks" for f in found), "limits are added", r.stderr)
        r = dossier("config", cwd=s.path)
        check(re.search(r"policy.max_age_months +12 +dossier.yaml:", r.stdout), "dossier.yaml goes before its settings", r.stdout)
        s.replace("  max_age_months: 12\n", "", "dossier.yaml")
        r = dossier("config", cwd=s.path)
        check(re.search(r"policy.max_age_months +30 +profile nordhavn", r.stdout), "which go before defaults", r.stdout)
        s.write(OWN + relax, "gate.yaml")
        r = dossier("run", "--output=out", cwd=s.path)
        text = "Rules relaxed: AIV-2G-FRESH (relaxed from warning to note by profile nordhavn: The plan of the group mends it in spring; approved by B. Holm, head of compliance)"
        for page in ("index.html", "cards/crs-2.html", "fria/crs-2.html", "annex-iv/crs-2.html"):
            check(text in s.read("out", "current", *page.split("/")), f"{page} tells what is relaxed")


def bad_profile(what, text, place, words):
    with Samples() as s:
        s.write(text, "gate.yaml")
        r = dossier("check", "--profile=gate.yaml", "models/crs-2", cwd=s.path)
        out = r.stdout + r.stderr
        errors = [l for l in out.split("\n") if re.match(r"^\S+:\d+:\d+: error", l)]
        check(r.returncode == 2 and len(errors) == 1 and errors[0].startswith(f"gate.yaml:{place}: ") and
              words in errors[0], f"{what}: told at {place}", out)


def profile_mistakes():
    bad_profile("an unknown rule", OWN.replace("FRESH", "FRISH"), "5:11", "did you mean AIV-2G-FRESH?")
    bad_profile("a glob that fits none", OWN.replace("AIV-2G-FRESH", "XX-*"), "5:11", "no rule XX-*")
    bad_profile("a severity that is none", OWN.replace("severity: error", "severity: fatal"), "6:15", "error, warning or note")
    bad_profile("an unknown key", OWN.replace("severity: error", "severity: error\n    resaon: x"), "7:5", "did you mean reason?")
    bad_profile("no title", OWN.replace("title: The gate of the group\n", ""), "1:1", "title is missing")
    bad_profile("a rule of law relaxed", OWN.replace("error", "note"), "5:11", "a reason of five words")
    bad_profile("relaxed by nobody", OWN.replace("error", "note\n    reason: The plan of the group mends it"), "5:11", "approved_by")
    bad_profile("relaxed by TBD", OWN.replace("error", "note\n    approved_by: TBD\n    reason: The plan of the group mends it"),
                "5:11", "approved_by")
    bad_profile("a prohibited practice", OWN.replace("AIV-2G-FRESH", "A5-SCREEN").replace("error", "note"), "5:11", "may not be relaxed")
    bad_profile("everything", OWN.replace("AIV-2G-FRESH", '"*"').replace("error", "note\n    approved_by: B. Holm\n    reason: Nothing of this shall hold anybody up"),
                "5:11", "may not be relaxed")
    bad_profile("itself", OWN.replace("rules:", "extends: gate.yaml\nrules:"), "4:10", "circle")
    bad_profile("an unknown one", OWN.replace("rules:", "extends: stirct\nrules:"), "4:10", "did you mean strict?")
    bad_profile("an unknown setting", OWN.replace("rules:", "settings: {max_age_month: 3}\nrules:"), "4:12", "did you mean max_age_months?")
    bad_profile("rules that are no list", OWN[:OWN.index("rules:")] + "rules: 3\n", "4:8", "is a list")
    bad_profile("law: yes", OWN.replace("severity:", "law: yes\n    severity:"), "6:10", "law is no")
    with Samples() as s:
        r = dossier("check", "--profile=stirct", "models/crs-2", cwd=s.path)
        check(r.returncode == 2 and "no profile stirct; did you mean strict?" in r.stdout + r.stderr, "a name gets a suggestion", r.stderr)
        r = dossier("check", "--profile=../../etc/passwd", "models/crs-2", cwd=s.path)
        check(r.returncode == 2, "a name does not lead out of its folder")


# What changed between two states of the rules.

def diff(*args, cwd=ROOT):
    r = dossier("rules", "diff", *args, cwd=cwd)
    return r


def rules_diff():
    with Samples() as s:
        old, new = os.path.join(s.folder, "old"), os.path.join(s.folder, "new")
        for folder in (old, new):
            shutil.copytree(os.path.join(ROOT, "schemas"), folder)
        r = diff(old, new)
        check(r.returncode == 0 and r.stdout == "0 rules added, 0 removed, 0 changed\n", "nothing differs", r.stdout, r.stderr)
        pack = os.path.join(new, "eu-ai-act", "40-article-27.yaml")

        def change(before, after, count=1):
            with open(pack, encoding="utf-8") as f:
                text = f.read()
            check(before in text, f"{before[:30]!r} is there")
            with open(pack, "w", encoding="utf-8") as f:
                f.write(text.replace(before, after, count))

        with open(pack, encoding="utf-8") as f:
            text = f.read()
        rule = re.search(r"  - id: (\S+)\n    title: (.*)\n(?:    .*\n)*?    applies: \{annex-iii: 2027-12-02, annex-i: 2028-08-02\}", text)
        one = re.search(r"  - id: (\S+)\n    title: (.*)\n(?:    .*\n)*?    applies: 2027-12-02\n", text)
        found = rule or one
        moved = found.group(0).replace("2027-12-02", "2028-12-02")
        change(found.group(0), moved)
        r = diff(old, new)
        what = "first day for high-risk-annex-iii" if rule else "first day"
        check(r.returncode == 1 and f"{found.group(1)}  {found.group(2)}\n    {what}: 2027-12-02 becomes 2028-12-02\n"
              in r.stdout and r.stdout.endswith("0 rules added, 0 removed, 1 changed\n"), "a date that moved is told", r.stdout)
        r = diff("--format=json", old, new)
        out = json.loads(r.stdout)
        check(r.returncode == 1 and out["changes"][:1] == [{"rule": found.group(1), "kind": "changed", "field": what,
              "before": "2027-12-02", "now": "2028-12-02"}] and out["changed"] == 1, "and as json", r.stdout)
        r = diff(new, old)
        check("2028-12-02 becomes 2027-12-02" in r.stdout, "the other way round")
        change(moved, found.group(0))
        change(f"  - id: {found.group(1)}\n", "  - id: A27-RENAMED\n")
        r = diff(old, new)
        check(f"{found.group(1)} is removed: {found.group(2)}" in r.stdout and
              f"A27-RENAMED is added: {found.group(2)}" in r.stdout and
              "1 rule added, 1 removed, 0 changed" in r.stdout, "rules that came and went", r.stdout)
        change("  - id: A27-RENAMED\n", f"  - id: {found.group(1)}\n")
        change("    severity: error\n", "    severity: warning\n")
        r = diff(old, new)
        check("    severity: error becomes warning\n" in r.stdout and "1 changed" in r.stdout, "a severity", r.stdout)
        with open(os.path.join(new, "eu-ai-act", "20-prohibited.yaml"), "a", encoding="utf-8") as f:
            f.write("  - id: [\n")
        r = diff(old, new)
        check(r.returncode == 2 and "20-prohibited.yaml:" in r.stderr, "a broken folder is an error", r.stderr)
        r = diff(old)
        check(r.returncode == 2, "one folder is no pair")
        r = diff("strict", "strict")
        check(r.returncode == 0, "a profile is as itself", r.stdout)
        r = diff("strict", "adoption")
        check(r.returncode == 1 and "policy.early: error becomes warning" in r.stdout and
              "severity: error becomes warning" in r.stdout, "profiles are compared with their settings", r.stdout[:300])
        r = diff("strict", "stirct")
        check(r.returncode == 2 and "did you mean strict?" in r.stderr, "a profile that is none", r.stderr)


def runs_diff():
    with Samples() as s:
        def run(epoch, *more):
            r = dossier("run", "--output=out", *more, cwd=s.path, epoch=epoch)
            return r
        run("1795226400")
        r = dossier("diff", "--output=out", cwd=s.path)
        check(r.returncode == 2 and "no two runs" in r.stderr, "one run is no pair", r.stderr)
        run("1795312800")
        r = dossier("diff", "--output=out", cwd=s.path)
        check(r.returncode == 0 and "0 changes" in r.stdout, "the same twice has no change", r.stdout, r.stderr)
        s.replace("  version: 4.2.0\n", "", "models", "crs-2", "model.yaml")
        run("1795399200")
        r = dossier("diff", "--output=out", cwd=s.path)
        check(r.returncode == 1 and re.search(r"crs-2.*: .*AIV-1A-VERSION", r.stdout) and
              re.search(r"crs-2.*: Gate\n    .*becomes.*\(data\)", r.stdout), "a finding that came is told", r.stdout)
        r = dossier("history", "--output=out", cwd=s.path)
        ids = [line.split()[0] for line in r.stdout.splitlines()]
        r = dossier("diff", "--output=out", ids[2], ids[1], cwd=s.path)
        check(r.returncode == 0, "two runs by their ids", r.stdout, r.stderr)
        r = dossier("diff", "--output=out", "--format=json", ids[0], ids[2], cwd=s.path)
        out = json.loads(r.stdout)
        check(r.returncode == 1 and out["before"] == ids[0] and out["now"] == ids[2] and
              any("AIV-1A-VERSION" in c["what"] for c in out["changes"]), "the other way round, as json", r.stdout)
        r = dossier("diff", "--output=out", "2026", cwd=s.path)
        check(r.returncode == 2 and "several runs" in r.stderr, "a beginning of several is refused", r.stderr)
        r = dossier("diff", "--output=out", "1999", cwd=s.path)
        check(r.returncode == 2 and "no such run" in r.stderr, "and one of none", r.stderr)


runs_diff()
rules_diff()
ready_profiles()
explained()
adoption()
own_profile()
profile_mistakes()
baseline_of_all()
baseline_outlives()
baseline_tells_news()
baseline_mended()
baseline_weight()
baseline_mistakes()
baseline_on_pages()
life_of_a_waiver()
days_of_warning()
unused()
owner()
broad()
mistakes()
command()
option()
done()
