#!/usr/bin/env python3
"""Every date of the Act that moves a rule, seen from the day before, the day
and the day after: what is due, with the days that are left, what has begun,
and that the program announces the day."""
import datetime
import json
import os
import re
import tempfile

from tap import ROOT, check, done, dossier

# day, rule, what the record shows, the record
DATES = [
    ("2025-02-02", "A4-MEASURES", "literacy", """
roles_held: [deployer]
risk: {tiers: [minimal]}"""),
    ("2025-02-02", "A5-SCREEN", "prohibited practices", """
roles_held: [deployer]
risk: {tiers: [minimal]}"""),
    ("2025-08-02", "A53-1-C", "a model released on the day", """
roles_held: [gpai-provider]
risk: {tiers: [gpai]}
gpai: {open_licence: yes, release_date: 2025-08-02}"""),
    ("2026-07-27", "A10-5", "special categories of data", """
roles_held: [provider]
risk: {tiers: [minimal]}
data_sets: [{name: d, special_categories: [health]}]"""),
    ("2026-08-02", "A50-1-DISCLOSURE", "a system that talks to persons", """
roles_held: [provider]
risk: {tiers: [transparency], art50_triggers: [interacts], first_placed_on_market: 2024-05-02}"""),
    ("2026-08-02", "A50-2-MARKING", "generated output, placed on the day", """
roles_held: [provider]
risk: {tiers: [transparency], art50_triggers: [generates], first_placed_on_market: 2026-08-02}"""),
    ("2026-12-02", "A50-2-MARKING", "generated output, placed the day before", """
roles_held: [provider]
risk: {tiers: [transparency], art50_triggers: [generates], first_placed_on_market: 2026-08-01}"""),
    ("2026-12-02", "A5-SCREEN-NEW", "points (ba) and (bb)", """
roles_held: [deployer]
risk:
  tiers: [minimal]
  prohibited_practices:
    screened_by: S. Holm
    screened_on: 2026-01-02
    points: [{point: a, answer: not-applicable, rationale: It only sorts letters by language.}]"""),
    ("2027-08-02", "A53-1-C", "a model released before 2 August 2025", """
roles_held: [gpai-provider]
risk: {tiers: [gpai]}
gpai: {open_licence: yes, release_date: 2025-08-01}"""),
    ("2027-12-02", "A72-1", "Annex III", """
roles_held: [provider]
risk: {tiers: [high-risk-annex-iii]}"""),
    ("2027-12-02", "A72-1", "both routes: the earlier day", """
roles_held: [provider]
risk: {tiers: [high-risk-annex-i, high-risk-annex-iii]}"""),
    ("2027-12-02", "TIER-6-3-DOCUMENT", "an exempted system", """
roles_held: [provider]
risk: {tiers: [not-high-risk-6-3]}"""),
    ("2027-12-02", "A72-1", "placed on the day: Article 111(2) does not help", """
roles_held: [provider]
risk: {tiers: [high-risk-annex-iii], first_placed_on_market: 2027-12-02, public_authority_use: no, legacy: {answer: yes}}"""),
    ("2027-12-02", "A72-1", "Article 111(2) is not relied on", """
roles_held: [provider]
risk: {tiers: [high-risk-annex-iii], first_placed_on_market: 2024-05-02, public_authority_use: yes, legacy: {answer: no}}"""),
    ("2028-08-02", "A72-1", "Annex I", """
roles_held: [provider]
risk: {tiers: [high-risk-annex-i]}"""),
    ("2030-08-02", "A72-1", "for public authorities, placed before", """
roles_held: [provider]
risk: {tiers: [high-risk-annex-iii], first_placed_on_market: 2027-12-01, public_authority_use: yes, legacy: {answer: yes}}"""),
    ("2030-08-02", "A72-1", "for public authorities, Annex I, placed before", """
roles_held: [provider]
risk: {tiers: [high-risk-annex-i], put_into_service: 2028-08-01, public_authority_use: yes, legacy: {answer: yes}}"""),
    ("2030-12-31", "A72-1", "Annex X, placed before 2 August 2027", """
roles_held: [provider]
risk: {tiers: [high-risk-annex-iii], first_placed_on_market: 2027-08-01, annex_x_component: yes, legacy: {answer: yes}}"""),
]

# Records that no day brings in, and a rule that stays silent.
NEVER = [
    ("A72-1", "Annex III, placed before, no change, relied on", """
roles_held: [provider]
risk: {tiers: [high-risk-annex-iii], first_placed_on_market: 2027-12-01, public_authority_use: no, legacy: {answer: yes}}"""),
    ("A72-1", "Annex I, placed before, no change, relied on", """
roles_held: [provider]
risk: {tiers: [high-risk-annex-i], put_into_service: 2028-08-01, public_authority_use: no, legacy: {answer: yes}}"""),
    ("A53-1-A", "an open-source model", """
roles_held: [gpai-provider]
risk: {tiers: [gpai]}
gpai: {open_licence: yes, release_date: 2026-01-01}"""),
]


def shifted(day, n):
    return (datetime.date.fromisoformat(day) + datetime.timedelta(n)).isoformat()


def seen(folder, day):
    """The model as JSON on that day."""
    r = dossier("check", "--format=json", "--as-of=" + day, "m", cwd=folder)
    try:
        return json.loads(r.stdout)["models"][0]
    except (ValueError, IndexError, KeyError):
        check(False, f"{day}: there is a report", r.stdout[:300], r.stderr[:300])
        return {"findings": [], "next_change": None}


def of_rule(model, rule):
    return [(f["result"], f["days_left"]) for f in model["findings"] if f["rule"] == rule]


def put(folder, record):
    os.makedirs(os.path.join(folder, "m"), exist_ok=True)
    with open(os.path.join(folder, "m", "model.yaml"), "w", encoding="utf-8") as file:
        file.write("model: {id: m}" + record + "\n")


def dates():
    for day, rule, what, record in DATES:
        with tempfile.TemporaryDirectory() as folder:
            put(folder, record)
            what = f"{day}, {rule}, {what}"
            before = seen(folder, shifted(day, -1))
            check(of_rule(before, rule) == [("upcoming", 1)], what + ": due in 1 day on the day before", of_rule(before, rule))
            turn = before["next_change"] or {"day": None, "changes": []}
            check(turn["day"] == day and turn["in_days"] == 1, what + ": the day is announced", turn["day"])
            check((rule, "upcoming", "fail") in [(c["rule"], c["from"], c["to"]) for c in turn["changes"]],
                  what + ": and what changes", [c["rule"] for c in turn["changes"]])
            for n in (0, 1):
                now = seen(folder, shifted(day, n))
                check(of_rule(now, rule) == [("fail", None)], f"{what}: asked for {'on the day' if n == 0 else 'on the day after'}",
                      of_rule(now, rule))
            far = seen(folder, shifted(day, -100))
            check(of_rule(far, rule) == [("upcoming", 100)], what + ": 100 days left", of_rule(far, rule))


def never():
    for rule, what, record in NEVER:
        with tempfile.TemporaryDirectory() as folder:
            put(folder, record)
            for day in ("2026-11-21", "2027-12-02", "2028-08-02", "2030-08-02", "2031-01-01"):
                got = of_rule(seen(folder, day), rule)
                check(got == [], f"{day}, {rule}, {what}: nothing is asked", got)


def reliance():
    """Who relies on Article 111 against the facts, or without a signature, is told."""
    with tempfile.TemporaryDirectory() as folder:
        put(folder, NEVER[0][2])
        check(of_rule(seen(folder, "2028-01-01"), "LEGACY-SIGNED") == [("fail", None)], "reliance without a signature is a finding")
        put(folder, DATES[12][3])
        check(of_rule(seen(folder, "2028-01-01"), "LEGACY-ANNEX-III") == [("fail", None)], "reliance against the dates is a finding")
        put(folder, NEVER[0][2].replace("legacy:", "last_significant_design_change: 2028-03-01, legacy:"))
        model = seen(folder, "2028-03-01")
        check(of_rule(model, "A72-1") == [("fail", None)], "a significant change brings the duties in", of_rule(model, "A72-1"))


def tombstones():
    with open(os.path.join(ROOT, "schemas", "eu-ai-act", "obligations.yaml"), encoding="utf-8") as file:
        entries = re.split(r"^  - id: ", file.read(), flags=re.M)[1:]
    deleted = {e.split("\n", 1)[0] for e in entries if "DELETED by Regulation" in e}
    check(deleted == {"art-10.5", "annex-viii.b.7", "annex-viii.b.9", "annex-i.a.1"}, "the deleted points keep their ids", deleted)
    rules = []
    for name in sorted(os.listdir(os.path.join(ROOT, "schemas", "eu-ai-act"))):
        if name[0].isdigit():
            with open(os.path.join(ROOT, "schemas", "eu-ai-act", name), encoding="utf-8") as file:
                rules += re.findall(r"^    law:\s+\[([^]]*)\]", file.read(), flags=re.M)
    named = {i for r in rules for i in r.replace(",", " ").split()}
    check(not deleted & named and len(named) > 400, "no rule asks for a deleted point", deleted & named)


def quiet():
    """A record on which no date bears has no next change, and none is printed."""
    with tempfile.TemporaryDirectory() as folder:
        put(folder, "\nroles_held: [component-supplier]\nrisk: {tiers: [minimal]}")
        check(seen(folder, "2031-01-01")["next_change"] is None, "where no day changes anything, none is announced")
        r = dossier("check", "--as-of=2031-01-01", "m", cwd=folder)
        check("next change" not in r.stdout, "nor printed", r.stdout)
        put(folder, DATES[9][3])
        r = dossier("check", "--as-of=2027-12-01", "m", cwd=folder)
        check("dossier: next change on 2027-12-02, in 1 day:\n" in r.stdout, "one day is one day", r.stdout[-300:])


dates()
never()
reliance()
tombstones()
quiet()
done()
