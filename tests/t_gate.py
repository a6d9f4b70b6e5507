#!/usr/bin/env python3
"""The gate as a user meets it: one fault in a good record gives one finding,
at the right place, with a message that says what to do; and the exit status
says what kind of trouble it was."""
import json
import os
import re
import tempfile

from tap import ROOT, Samples, check, done, dossier, findings

MODEL = ("models", "crs-2", "model.yaml")


def news(samples, before):
    """Findings that were not there before, without what merely falls due."""
    after, r = findings("models/crs-2", cwd=samples.path)
    known = {(f["rule"], f["path"], f["message"]) for f in before}
    return [f for f in after if (f["rule"], f["path"], f["message"]) not in known], r


def one_fault(what, old, new, rule, words, status=1, line=None, effect="blocks"):
    with Samples() as s:
        before, r = findings("models/crs-2", cwd=s.path)
        check(r.returncode == 0, f"{what}: the untouched record passes", [(f["rule"], f["message"][:60]) for f in before if f["effect"] == "blocks"])
        at = s.replace(old, new, *MODEL)
        found, r = news(s, before)
        got = [(f["rule"], f["message"], f["line"]) for f in found if f["effect"] != "passes"]
        check(len(got) == 1, f"{what}: exactly one finding", got, r.stderr)
        check(any(re.search(rule, f["rule"]) and words in f["message"] for f in found),
              f"{what}: {rule} says “{words}”", got)
        check(any(f["line"] == (line or at) for f in found), f"{what}: at line {line or at}", got)
        check(r.returncode == status, f"{what}: status {status}", r.returncode)


one_fault("a misspelt key", "  intended_purpose: >-", "  intended_pupose: >-",
          "KEY_UNKNOWN", 'did you mean "intended_purpose"')
one_fault("a placeholder", "metrics_rationale: >-\n    AUC for ranking, Brier score and calibration slope since the probability itself enters the\n"
          "    approval limit, and the share of flipped approvals since officers must be able to rely on it.",
          "metrics_rationale: TBD", "AIV-4", "TBD")
one_fault("a broken number", "      value: 0.837", "      value: 0,837", "VALUE_NUMBER", "0,837")
one_fault("a broken date", "      signed_on: 2026-10-16", "      signed_on: 2026-16-10", "VALUE_DATE", "2026-16-10")
one_fault("a word that is no choice", "  decision_role: recommends", "  decision_role: recomends",
          "VALUE_CHOICE", "recommends")
with Samples() as whole:
    text = whole.read(*MODEL)
one_fault("a figure beyond its limit", "      least: 0.800", "      least: 0.900", "FAIR-MEASURES", "0.837",
          line=text[:text.index("name: roc_auc")].count("\n") + 1)
one_fault("a missing file", "    file: documents/fairness-4.2.md".strip(), "file: documents/fairness-4.3.md",
          "AIV-2G-FOUND", "fairness-4.3.md")


def removed_section():
    with Samples() as s:
        before, _ = findings("models/crs-2", cwd=s.path)
        text = s.read(*MODEL)
        cut = re.sub(r"(?m)^logging:\n(?:  .*\n)+", "", text)
        check(cut != text, "the section can be taken out")
        s.write(cut, *MODEL)
        found, r = news(s, before)
        blocking = [f for f in found if f["effect"] == "blocks"]
        check(r.returncode == 1 and blocking, "a removed section closes the gate")
        check(all("logging" in f["path"] for f in blocking), "and only its own rules fail",
              [(f["rule"], f["path"]) for f in blocking])
        check(all(f["fix"] and "logging" in f["fix"] for f in blocking), "each says how to mend it",
              [f["fix"] for f in blocking])


def statuses():
    with Samples() as s:
        check(dossier("check", cwd=s.path).returncode == 1, "the whole portfolio: 1")
        check(dossier("check", "--config=dossier-passing.yaml", cwd=s.path).returncode == 0,
              "the passing part: 0")
        check(dossier("check", "--fail-on=never", cwd=s.path).returncode == 0, "--fail-on=never: 0")
        check(dossier("check", "--fail-on=warning", "models/crs-2", cwd=s.path).returncode == 1,
              "--fail-on=warning counts warnings")
        check(dossier("check", "--nonsense", cwd=s.path).returncode == 2, "unknown option: 2")
        check(dossier("chekc", cwd=s.path).returncode == 2, "unknown command: 2")
        check("did you mean check" in dossier("chekc", cwd=s.path).stderr, "with a suggestion")
        check(dossier("check", "--as-of=2026-13-01", cwd=s.path).returncode == 2, "wrong day: 2")
        check(dossier("check", "models/none", cwd=s.path).returncode == 3, "no such path: 3")
        os.mkdir(s.file("empty"))
        r = dossier("check", "empty", cwd=s.path)
        check(r.returncode == 3 and "MODEL_NONE" in r.stderr, "no model found: 3, with its own message")
        s.write("model: [\n", *MODEL)
        r = dossier("check", "models/crs-2", cwd=s.path)
        check(r.returncode == 3 and "YAML_SYNTAX" in r.stdout, "unreadable record: 3")
        s.replace("  version: FP-3", "  version: FP-3\n  min_reprot: 3", "dossier.yaml")
        r = dossier("check", cwd=s.path)
        check(r.returncode == 2 and "min_report" in r.stderr, "wrong configuration: 2, with a suggestion", r.stderr)


def text_messages():
    with Samples() as s:
        at = s.replace("  decision_role: recommends", "  decision_role: \U0001F600 nobody", *MODEL)
        r = dossier("check", "models/crs-2", cwd=s.path)
        first = f"models/crs-2/model.yaml:{at}:18: error: "
        check(first in r.stdout, "file:line:column: error:", r.stdout[:800])
        lines = r.stdout.split("\n")
        i = next(i for i, l in enumerate(lines) if l.startswith(first))
        check(lines[i + 1].startswith(f"{at:5d} | ") and lines[i + 2].rstrip().endswith("^"),
              "the line and a caret", lines[i:i + 4])
        long = [l for l in lines if len(l) > 80 and ": error:" not in l and ": warning:" not in l]
        check(not long, "nothing but first lines is wider than 80", long[:3])
        check("libyaml" not in r.stdout + r.stderr and "libxml" not in r.stdout + r.stderr,
              "no library's internals")
        s.replace("  name: Consumer credit scoring", '  name: "x\\ny ::error:: z"', *MODEL)
        r = dossier("check", "models/crs-2", cwd=s.path)
        check("\n::error" not in r.stdout and "\ny ::" not in r.stdout, "input cannot begin a line of the log")


def json_output():
    with Samples() as s:
        r = dossier("check", "--format=json", cwd=s.path)
        out = json.loads(r.stdout)
        check(out["status"] == r.returncode and out["gate"] == "closed", "json states gate and status")
        check([m["id"] for m in out["models"]] == sorted(m["id"] for m in out["models"]),
              "models in the order of their paths")
        check(len({f["id"] for m in out["models"] for f in m["findings"]}) ==
              sum(len(m["findings"]) for m in out["models"]), "ids of findings are unique")


def as_of():
    with Samples() as s:
        s.replace("  lead_time_days: 800\n", "", "dossier.yaml")
        cut = re.sub(r"(?m)^logging:\n(?:  .*\n)+", "", s.read(*MODEL))
        s.write(cut, *MODEL)

        def effect(day):
            found, _ = findings("--as-of", day, "models/crs-2", cwd=s.path)
            return [f for f in found if f["path"] and f["path"].startswith("logging") and f["result"] != "pass"]

        before, on = effect("2027-12-01"), effect("2027-12-02")
        check(before and all(f["result"] == "upcoming" and f["days_left"] == 1 for f in before),
              "the day before: upcoming, one day left", before[:1])
        check(on and any(f["result"] == "fail" for f in on), "on the day: fails", on[:1])


def carets():
    """The caret stands under the column, whatever stands before it."""
    long = "word " * 40
    cases = [
        ("an emoji before it", '{"model": {"id": "a", "name": "😀é", "statsu": "x"}}', 1, 37, 38),
        ("wide letters before it", '{"model": {"id": "a", "name": "日本", "statsu": "x"}}', 1, 37, 39),
        ("a combining mark before it", '{"model": {"id": "a", "name": "e\u0301", "statsu": "x"}}', 1, 37, 36),
        ("CRLF", '{"model": {\r\n  "id": "a",\r\n  "statsu": "x"}}', 3, 3, 3),
        ("a long line", '{"model": {"id": "a", "name": "%s", "statsu": "x"}}' % long, 1, 235, None),
        ("a line far down", '{"model": {"id": "a",' + "\n" * 70000 + '"statsu": "x"}}', 70001, 1, 1),
    ]
    with Samples() as s:
        for what, text, line, column, caret in cases:
            with open(s.file("model.json"), "w", encoding="utf-8", newline="") as f:
                f.write(text)
            r = dossier("check", "model.json", cwd=s.path)
            lines = r.stdout.split("\n")
            at = [i for i, l in enumerate(lines) if "KEY_UNKNOWN" in l]
            if not check(len(at) == 1, f"{what}: one message", r.stdout, r.stderr):
                continue
            check(lines[at[0]].startswith(f"model.json:{line}:{column}: "),
                  f"{what}: line and column", lines[at[0]])
            quote, under = lines[at[0] + 1:at[0] + 3]
            if caret is None:
                check(quote[under.index("^"):].startswith('"statsu"') and len(quote) <= 80,
                      f"{what}: cut to the width", quote, under)
            else:
                check(under.index("^") - 7 == caret, f"{what}: caret", quote, under)


def one_fault_of_a_duty_ahead():
    """A file that is not there is one finding, though its duty is not due yet."""
    with tempfile.TemporaryDirectory() as folder:
        r = dossier("init", "--tier=high-risk-annex-iii", "--role=deployer", "--as-of=2026-11-21",
                    "--set=instructions_for_use.file=manual.pdf", "hiring", cwd=folder)
        check(r.returncode == 0, "a record with a file that is not there", r.stderr)
        found, r = findings("-v", "--as-of=2026-11-21", "hiring", cwd=folder)
        got = [f["rule"] for f in found if "manual.pdf" in f["message"]]
        check(got == ["FILE_MISSING"], "the missing file is one finding", got, r.stderr)
        r = dossier("check", "--as-of=2026-11-21", "hiring", cwd=folder)
        due = sum(f["result"] == "upcoming" for f in found)
        check(f", {due} due later (-v)" in r.stdout.split("\n")[-2], "the last line counts what is due later", due, r.stdout[-200:])
        asked = [f["fix"] for f in found if f["rule"] == "TIER-AI-SYSTEM"]
        check(len(asked) == 1 and asked[0].count("infers a probability") == 1, "an example is given once", asked)


def remedies():
    """What to write is never the answer that would open the gate, and the place stands once."""
    found, r = findings("--config", "samples/dossier.yaml")
    rejected = [f["fix"] for f in found if f["rule"] == "REVIEW-REJECTED"]
    check(len(rejected) == 1 and "approved" not in rejected[0] and "`reviews[1].decision`" in rejected[0],
          "a rejected review is not mended by writing approved", rejected)
    stop = [f["fix"] for f in found if f["rule"] == "A5-STOP"]
    check(len(stop) == 1 and "example" not in stop[0], "a prohibited practice has no example of a better answer", stop)
    twice = [f["fix"] for f in found if re.search(r"model\.yaml, line \d", f["fix"])]
    check(found and not twice, "remedies do not repeat the place", twice)
    with Samples() as s:
        s.replace("retention_months: 36", "retention_months: 36 months", *MODEL)
        found, r = findings("models/crs-2", cwd=s.path)
        fix = [f["fix"] for f in found if f["rule"] == "VALUE_NUMBER"]
        check(len(fix) == 1 and "without a unit" in fix[0], "a number with a unit is told to lose it", fix)


one_fault_of_a_duty_ahead()
remedies()
removed_section()
statuses()
carets()
text_messages()
json_output()
as_of()
check(os.path.isdir(ROOT), "the tree is still there")
done()
