#!/usr/bin/env python3
"""The tier is argued and the documents agree: what the words of a purpose ask
for, and faults put one at a time into copies of the samples, each of which
must give exactly one finding, at its place."""
import os
import shutil
import tempfile

from tap import ROOT, Samples, check, done, findings

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


# Model, text, what becomes of it, the rule that must speak, its place and, for
# a contradiction, the other one: "@" stands before the place.
FAULTS = [
    ("letter-sort", "decision_role: informs", "decision_role: decides", "TIER-6-3-DECIDES",
     "decision_role: @decides", "tiers: @[not-high-risk-6-3]"),
    ("crs-2", "points: [5.b]", "points: [5.b, 4.b]", "TIER-WORKPLACE", "workplace_use: @no", "[5.b, @4.b]"),
    ("crs-2", "performs_profiling: yes", "performs_profiling: no", "TIER-PROFILING-POINT",
     "performs_profiling: @no", "points: [@5.b]"),
    ("crs-2", "period_to: 2026-06-30", "period_to: 2026-10-30", "EVAL-TRAINING-END",
     "period_to: @2026-10-30", "performed_on: @2026-10-12"),
    ("crs-2", "      data_set: applications-2026-q3", "      data_set: applications-2025", "MEASURE-DATA",
     "data_set: @applications-2025\n", "@data_sets:"),
    ("crs-2", "\n    data_set: applications-2026-q3", "\n    data_set: applications-2024-2026", "FAIR-HELD-OUT",
     "name: @applications-2024-2026", "\n    data_set: @applications-2024-2026"),
    ("crs-2", "attribute: age_group", "attribute: age_band", "A27-ATTRIBUTE",
     "attribute: @age_band", "  @attributes:"),
    ("crs-2", "decision_role: recommends", "decision_role: decides", "OVERSIGHT-ALONE",
     "departures_share: @0.09", "decision_role: @decides"),
    ("crs-2", "  status: in-service", "  status: development", "STATUS-SERVICE",
     "put_into_service: @2024-05-02", "status: @development"),
]


def place_of(text, mark):
    at = text.index(mark.replace("@", "")) + mark.index("@")
    return text[:at].count("\n") + 1, at - text.rfind("\n", 0, at)


def faults_give_one_finding():
    for model, old, new, rule, here, there in FAULTS:
        with Samples() as s:
            path = ("models", model, "model.yaml")
            before, _ = findings(f"models/{model}", cwd=s.path)
            known = {(f["rule"], f["path"]) for f in before}
            s.replace(old, new, *path)
            text = s.read(*path)
            after, r = findings(f"models/{model}", cwd=s.path)
            more = [f for f in after if (f["rule"], f["path"]) not in known]
            check([f["rule"] for f in more] == [rule], f"{model}: {new.strip()!r} gives {rule} and nothing else",
                  *[(f["rule"], f["message"]) for f in more], r.stderr)
            if len(more) != 1:
                continue
            if here:
                check((more[0]["line"], more[0]["column"]) == place_of(text, here), f"{rule}: at its place",
                      more[0], place_of(text, here))
            if there:
                check((more[0]["other_line"], more[0]["other_column"]) == place_of(text, there),
                      f"{rule}: the other place too", more[0], place_of(text, there))


words_ask_for_reasons()
faults_give_one_finding()
done()
