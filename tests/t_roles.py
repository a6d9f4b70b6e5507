#!/usr/bin/env python3
"""Who owes what, for other roles and days than those of the samples: each
record is sound but for what it leaves out, and the exact rules that fail, fall
due or stay silent are named."""
import atexit
import hashlib
import json
import os
import shutil
import tempfile

from tap import check, done, findings

FOLDER = tempfile.mkdtemp(prefix="dossier-roles-")
atexit.register(shutil.rmtree, FOLDER)
PAPER = "paper.md"
with open(os.path.join(FOLDER, PAPER), "w", encoding="utf-8") as paper:
    paper.write("# A paper\n\nSigned by somebody.\n")
with open(os.path.join(FOLDER, PAPER), "rb") as paper:
    DIGEST = hashlib.sha256(paper.read()).hexdigest()

III = ["high-risk-annex-iii"]
DEVICE = ["high-risk-annex-i"]


def months_before(day, months):
    year, month, rest = int(day[:4]), int(day[5:7]) - months, day[7:]
    while month < 1:
        year, month = year - 1, month + 12
    return f"{year}-{month:02d}{rest}"


def put(record, path, value):
    """Set a key given by its dotted path; None takes it out."""
    keys = path.split(".")
    for key in keys[:-1]:
        record = record.setdefault(key, {})
    if value is None:
        record.pop(keys[-1], None)
    else:
        record[keys[-1]] = value


def signed(day, **more):
    return dict({"rationale": "Looked at by two colleagues together.", "decided_by": "S. Holm, counsel",
                 "decided_on": day}, **more)


def proof(day):
    return {"evidence": PAPER, "date": day, "sha256": DIGEST}


PRACTICES = {
    "a": "Nothing is hidden from the persons concerned.",
    "b": "Age and money trouble are no inputs of it.",
    "c": "Conduct in private life is no input either.",
    "d": "No crime is foretold by this tool.",
    "e": "No image is collected anywhere for it.",
    "f": "What people feel is never inferred here.",
    "g": "Faces and voices are not processed at all.",
    "h": "Nobody is identified at a distance by it.",
    "ba": "It makes lists and never any picture.",
    "bb": "Pictures and sound cannot come out of it.",
}


def general(roles, tiers, day, points=("4.a",)):
    """Identity, tier and review: what everybody states, without a fault."""
    before = months_before(day, 3)
    record = {
        "model": {"id": "ranker", "name": "Ranker", "version": "2.0", "owner": "Trade",
                  "accountable_person": "E. Dahl", "status": "on-market",
                  "summary": "Ranks applications for office posts."},
        "roles_held": list(roles),
        "provider": {"name": "Faraway Inc", "third_country": True},
        "risk": {
            "tiers": list(tiers), "excluded_scope": "none",
            "rationale": "It ranks natural persons who apply for advertised office posts.",
            "classified_by": "S. Holm", "classified_on": before,
            "is_ai_system": {"answer": True, "rationale": "A trained model infers an order of files."},
            "annex_iii": {"points": list(points)}, "art50_triggers": ["none"],
            "performs_profiling": True, "is_gpai_model": False, "public_authority_use": False,
            "prohibited_practices": {
                "points": [{"point": p, "answer": "not-applicable", "rationale": r} for p, r in PRACTICES.items()],
                "screened_by": "S. Holm", "screened_on": before},
        },
        "purpose": {"intended_purpose": "Rank applications for advertised office posts so that recruiters begin "
                                        "with the best of them."},
        "ai_literacy": {"measures": "A day of training for all who use it each year.", "evidence": PAPER,
                        "date": before},
        "reviews": [{"role": "Trade compliance", "name": "L. Eriksen", "decision": "approved", "date": before}],
    }
    if points != ("none",):
        put(record, "risk.annex_iii.rationale", "Files of applicants are filtered before recruiters read them.")
    else:
        put(record, "purpose.intended_purpose", "Set the flow of an infusion pump from the weight and the "
            "readings of the patient, which a nurse confirms at the bed.")
    if "high-risk-annex-i" in tiers or "high-risk-annex-i-b" in tiers:
        put(record, "risk.annex_i", {
            "law": "a.11" if "high-risk-annex-i" in tiers else "b.21", "product": "Infusion pump",
            "role_in_product": "safety-component", "safety_function": "Stops the pump on air in the line.",
            "solely_assistance": False, "failure_endangers": True, "third_party_assessment": True,
            "third_party_only_other_risks": False, "determination": signed(before, answer=True)})
    return record


def judge(record, day):
    """Each finding as "RULE" when it counts now, "RULE due" when it falls due."""
    with open(os.path.join(FOLDER, "model.yaml"), "w", encoding="utf-8") as file:
        json.dump(record, file, indent=1)
    found, r = findings("--as-of", day, "model.yaml", cwd=FOLDER)
    assert r.returncode in (0, 1), r.stderr
    return sorted(f["rule"] + (" due" if f["result"] == "upcoming" else "") for f in found)


def expect(what, record, day, wanted, due=False):
    wanted = sorted(w + " due" if due else w for w in wanted.split())
    got = judge(record, day)
    check(got == wanted, f"{what}, {day}", "missing: " + " ".join(sorted(set(wanted) - set(got))),
          "too many: " + " ".join(sorted(set(got) - set(wanted))))


def around(what, make, wanted, days):
    """The day before, the day, and the day after: due, then owed."""
    for day, due in zip(days, (True, False, False)):
        expect(what, make(day), day, wanted, due)


def faults(what, record, day, cases):
    """The record is sound; each change of it gives just these findings."""
    expect(f"{what}: nothing is amiss", record, day, "")
    for path, value, wanted in cases:
        changed = json.loads(json.dumps(record))
        put(changed, path, value)
        shown = "taken out" if value is None else json.dumps(value)[:60]
        expect(f"{what}: {path} {shown}", changed, day, wanted)


III_DAYS = ("2027-12-01", "2027-12-02", "2027-12-03")
I_DAYS = ("2028-08-01", "2028-08-02", "2028-08-03")
NOW = "2028-09-01"


def verified(*items, day="2028-01-20"):
    return [{"item": item, "verified_by": "J. Olsen", "verified_on": day} for item in items]


def no_flip(record):
    put(record, "responsibilities", {
        "own_name_or_trademark": False, "substantial_modification": signed("2028-01-05", answer=False),
        "changed_purpose": signed("2028-01-05", answer=False)})


def traded(record):
    put(record, "risk.first_placed_on_market", "2028-01-20")
    put(record, "nonconformities", {"none": "no complaint has reached us"})
    put(record, "authority_requests", {"none": "no letter has come"})


CHAIN = "A25-1-A A25-1-B A25-1-C NC-ANSWERED AUTH-ANSWERED"


def importer():
    owed = "LEGACY-DATES A18-STATED A23-1 A23-3 " + CHAIN
    around("importer, Annex III", lambda d: general(["importer"], III, d), owed, III_DAYS)
    around("importer, Annex I", lambda d: general(["importer"], DEVICE, d, ("none",)), owed, I_DAYS)
    record = general(["importer"], III, NOW)
    traded(record)
    no_flip(record)
    items = ("conformity-assessment", "technical-documentation", "ce-marking", "declaration", "instructions",
             "authorised-representative")
    put(record, "value_chain", verified(*items))
    put(record, "importer", {"name": "Skagen Import ApS", "address": "Havnevej 4, Skagen",
                             "indicated_on": ["packaging"]})
    put(record, "retention", {"documentation_until": "2038-01-20", "place": "Cellar",
                              "items": ["declaration", "instructions"]})
    case = dict({"id": "n1", "kind": "risk", "found_on": "2028-05-02", "description": "Ranks fell for one tongue.",
                 "action": ["withdrawn"], "acted_on": "2028-05-02",
                 "informed": ["provider", "market-surveillance-authority"]}, **proof("2028-05-03"))
    faults("importer", record, NOW, [
        ("provider.third_country", False, "ROLE-THIRD-COUNTRY"),
        ("value_chain", verified(*items[1:]), "A23-1"),
        ("value_chain", verified(*items, day="2028-01-21"), "A23-1-BEFORE " * 6),
        ("value_chain", verified(*items, day="2029-01-21"), "A23-VERIFIED " * 6),
        ("importer.address", None, "A23-3"),
        ("importer.indicated_on", None, "A23-3-INDICATED"),
        ("retention.documentation_until", "2038-01-19", "A18-TEN-YEARS-MARKET"),
        ("retention.items", ["declaration"], "A23-5"),
        ("conformity.procedure", "annex-vii", "A23-5-CERTIFICATE"),
        ("nonconformities", [case], ""),
        ("nonconformities", [dict(case, informed=["provider"])], "NC-RISK"),
        ("nonconformities", [dict(case, informed=["market-surveillance-authority"])], "NC-UPSTREAM"),
        ("nonconformities", [dict(case, action=[])], "NC-ACTION"),
        ("nonconformities", [{k: v for k, v in case.items() if k != "sha256"}], "NC-EVIDENCE"),
        ("responsibilities.own_name_or_trademark", True, "A25-1-PROVIDER"),
        ("responsibilities.changed_purpose.answer", True, "A25-1-PROVIDER"),
        ("responsibilities.changed_purpose.decided_by", None, "A25-1-C"),
    ])


def routes():
    """What has to come first is held against the day of the system's own route."""
    for tiers, points, placed, late in (
            (III, ("4.a",), "2027-12-01", False), (III, ("4.a",), "2027-12-02", True),
            (DEVICE, ("none",), "2028-08-01", False), (DEVICE, ("none",), "2028-08-02", True),
            (III + DEVICE, ("4.a",), "2027-12-02", True)):
        record = provider(tiers, NOW, points)
        put(record, "risk.first_placed_on_market", placed)
        put(record, "provider.third_country", True)
        put(record, "provider.authorised_representative", {"mandate_date": "2028-08-20"})
        put(record, "technical_documentation.drawn_up_on", "2028-08-20")
        put(record, "evaluation.performed_on", "2028-08-20")
        got = {r for r in judge(record, NOW) if r in ("A22-1-BEFORE", "A11-1-BEFORE", "A9-8-BEFORE")}
        check(len(got) == (3 if late else 0), f"{tiers} placed on {placed}: papers of August", got)


def distributor():
    owed = "A24-1 " + CHAIN
    around("distributor, Annex III", lambda d: general(["distributor"], III, d), owed, III_DAYS)
    around("distributor, Annex I", lambda d: general(["distributor"], DEVICE, d, ("none",)), owed, I_DAYS)
    record = general(["distributor"], III, NOW)
    traded(record)
    no_flip(record)
    put(record, "value_chain", verified("ce-marking", "declaration", "instructions", "identification"))
    request = dict({"authority": "Digitaliseringsstyrelsen", "received_on": "2028-04-03", "subject": ["actions"],
                    "answered_on": "2028-04-17"}, **proof("2028-04-17"))
    faults("distributor", record, NOW, [
        ("provider.third_country", False, ""),
        ("value_chain", verified("ce-marking", "declaration", "instructions"), "A24-1"),
        ("authority_requests", [request], ""),
        ("authority_requests", [dict(request, sha256="TBD")], "AUTH-EVIDENCE"),
        ("authority_requests", [{k: v for k, v in request.items() if k != "answered_on"}], "AUTH-OPEN"),
        ("authority_requests", [dict(request, received_on="2028-04-18")], "AUTH-OPEN"),
        ("responsibilities.substantial_modification.answer", True, "A25-1-PROVIDER"),
    ])


def representative():
    around("authorised representative, Annex III",
           lambda d: general(["authorised-representative"], III, d),
           "LEGACY-DATES A18-STATED A22-3 A49-1 NC-ANSWERED AUTH-ANSWERED", III_DAYS)
    around("authorised representative, Annex I",
           lambda d: general(["authorised-representative"], DEVICE, d, ("none",)),
           "LEGACY-DATES A18-STATED A22-3 NC-ANSWERED AUTH-ANSWERED", I_DAYS)
    record = general(["authorised-representative"], III, NOW)
    traded(record)
    items = ("declaration", "technical-documentation", "conformity-assessment", "registration")
    put(record, "value_chain", verified(*items))
    put(record, "registration", {"eu_database_id": "EU-AI-1", "registered_on": "2028-01-15"})
    kept = ["provider-contact", "declaration", "technical-documentation"]
    put(record, "retention", {"documentation_until": "2038-01-20", "place": "Berlin", "items": kept})
    ended = dict({"id": "n1", "kind": "non-conformity", "found_on": "2028-05-02",
                  "description": "The provider withheld its tests.", "action": ["mandate-terminated"],
                  "acted_on": "2028-05-20", "informed": ["market-surveillance-authority"]}, **proof("2028-05-20"))
    faults("authorised representative", record, NOW, [
        ("value_chain", verified(*items[1:]), "A22-3"),
        ("value_chain", verified(*items[:3]), "A22-3-REGISTRATION"),
        ("retention.items", kept[:2], "A22-3-KEPT"),
        ("retention.documentation_until", "2038-01-19", "A18-TEN-YEARS-MARKET"),
        ("nonconformities", [ended], ""),
        ("nonconformities", [dict(ended, informed=["provider"])], "NC-MANDATE"),
        ("registration.eu_database_id", None, "A49-1"),
    ])


def manufacturer():
    owed = "A25-3-NAME"
    around("product manufacturer of a safety component",
           lambda d: general(["product-manufacturer"], DEVICE, d, ("none",)), owed, I_DAYS)
    record = general(["product-manufacturer"], DEVICE, NOW, ("none",))
    put(record, "responsibilities.own_name_or_trademark", False)
    faults("product manufacturer", record, NOW, [
        ("responsibilities.own_name_or_trademark", True, "ROLE-MANUFACTURER"),
        ("risk.annex_i.determination.answer", False, "TIER-ANNEX-I-DENIED"),
        ("risk.annex_i.determination.rationale", None, "TIER-ANNEX-I-DETERMINED"),
        ("risk.annex_i.law", "b.21", "TIER-ANNEX-I-SECTION-B"),
        ("risk.annex_i.third_party_assessment", False, "TIER-ANNEX-I-ASSESSMENT"),
        ("risk.annex_i.third_party_only_other_risks", True, "TIER-ANNEX-I-OTHER-RISKS"),
    ])


def supplier():
    around("component supplier", lambda d: general(["component-supplier"], III, d), "A25-4-SUPPLIER", III_DAYS)
    record = general(["component-supplier"], III, NOW)
    put(record, "responsibilities.supply_agreement", PAPER)
    faults("component supplier", record, NOW, [
        ("responsibilities", {"supply_exempt": True}, ""),
        ("responsibilities", {"supply_exempt": False}, "A25-4-SUPPLIER"),
    ])


def machinery():
    """Section B: Chapter III is not asked of anybody, on any day."""
    for role in ("importer", "distributor", "authorised-representative", "product-manufacturer"):
        for day in ("2027-12-02", "2028-08-02", "2031-01-01"):
            expect(f"{role}, machinery", general([role], ["high-risk-annex-i-b"], day, ("none",)), day, "")
    for role in ("provider", "deployer"):
        record = general([role], ["high-risk-annex-i-b"], NOW, ("none",))
        record["deployer"] = {"name": "Havn A/S"}
        expect(f"{role}, machinery", record, NOW, "")
    record = general(["importer"], ["minimal"], NOW, ("none",))
    put(record, "risk.annex_i", general(["importer"], ["high-risk-annex-i-b"], NOW)["risk"]["annex_i"])
    expect("machinery that states no tier of Annex I", record, NOW, "TIER-ANNEX-I-B-UNSTATED")
    put(record, "risk.annex_i.third_party_assessment", False)
    put(record, "risk.annex_i.determination", signed("2028-05-01", answer=False))
    expect("machinery that nobody else must assess", record, NOW, "")
    put(record, "risk.annex_i.determination", None)
    expect("the same, which nobody has settled", record, NOW, "TIER-ANNEX-I-DETERMINED")


def exempt():
    tiers = ["not-high-risk-6-3"]

    def bare(day):
        record = general(["provider"], tiers, day)
        put(record, "risk.performs_profiling", False)
        put(record, "risk.derogation", {
            "conditions": ["a"], "no_significant_risk": "It finds the language of a letter, and nobody's case is "
                                                        "ranked, delayed or decided by that."})
        put(record, "risk.first_placed_on_market", "2028-01-20")
        return record

    for day, due in zip(III_DAYS, (True, False, False)):
        got = judge(bare(day), day)
        for rule in ("TIER-6-3-SIGNED", "TIER-6-3-DOCUMENT", "TIER-6-3-REGISTERED", "AUTH-DEROGATION"):
            check(rule + (" due" if due else "") in got, f"exempt, {day}: {rule}", got)
        check(not [r for r in got if r.startswith(("A9", "A17", "AIV", "A26", "NC"))],
              f"exempt, {day}: no duty of a high-risk system", got)
    record = bare(NOW)
    owed = set(judge(record, NOW))
    for path, value, rule in [
            ("risk.performs_profiling", True, "TIER-6-3-PROFILING"),
            ("risk.performs_profiling", None, "TIER-6-3-PROFILING"),
            ("risk.derogation.conditions", [], "TIER-6-3-CONDITION"),
            ("risk.derogation.no_significant_risk", "No risk.", "TIER-6-3-RISK"),
            ("risk.tiers", tiers + III, "TIER-6-3-AND-HIGH-RISK"),
            ("risk.annex_iii.points", ["none"], "TIER-POINT-MISSING")]:
        changed = json.loads(json.dumps(record))
        put(changed, path, value)
        got = set(judge(changed, NOW)) - owed
        if "high-risk-annex-iii" in str(value):
            check(rule in got, f"exempt: {path} {value}: {rule}", got)
        else:
            check(got == {rule}, f"exempt: {path} {value}: {rule}", got)
    put(record, "risk.derogation.signed_by", "S. Holm")
    put(record, "risk.derogation.document", PAPER)
    for day, late in (("2028-01-20", False), ("2028-01-21", True)):
        put(record, "risk.derogation.assessment_date", day)
        got = judge(record, NOW)
        check(("TIER-6-3-BEFORE" in got) == late, f"assessed on {day}, placed on 2028-01-20", got)
        check("TIER-6-3-SIGNED" not in got, "and signed", got)
    expect("a deployer owes nothing for an exempt system but literacy",
           dict(bare(NOW), roles_held=["deployer"], deployer={"name": "Havn A/S"}), NOW, "")


def deployer():
    """A public body that searches for suspects afterwards."""
    day = NOW
    record = general(["deployer"], III, day, ("1.a",))
    put(record, "deployer", {"name": "Havn Politi", "kind": "public-body", "address": "Torvet 1, Havn",
                             "contact": "ki@politi.example"})
    got = set(judge(record, day))
    for rule in ("A26-10", "A26-1", "A26-2", "A26-4", "A26-5", "A26-5-SUSPENSION", "A26-8", "A26-9", "A26-11-PART",
                 "A19-LOGS", "A27-PERFORMED", "A49-3-ENTRY", "A49-3-SUMMARY", "A49-3-SUBMITTED"):
        check(rule in got, f"public body, 1(a): {rule}", got)
    check(not [r for r in got if r.startswith(("A9-", "A17", "AIV", "A22", "A23", "A24", "A43", "NC"))],
          "public body: no duty of another role", got)

    def with_use(**more):
        changed = json.loads(json.dumps(record))
        use = dict({"reference": "2028-K-1", "used_on": "2028-03-04", "requested_on": "2028-03-06",
                    "authority": "City Court", "authorised_on": "2028-03-07", "record": PAPER}, **more)
        put(changed, "deployment.post_remote_identification",
            {"used": True, "uses": [{k: v for k, v in use.items() if v is not None}], "report": PAPER,
             "reported_on": "2028-01-15"})
        return {r for r in judge(changed, day) if r.startswith("A26-10")}

    for what, more, rules in [
            ("asked two days after", {}, set()),
            ("asked three days after", {"requested_on": "2028-03-07"}, {"A26-10-AUTHORISED"}),
            ("without an authority", {"authority": None}, {"A26-10-AUTHORISED"}),
            ("rejected", {"authorised_on": None, "rejected": True}, {"A26-10-REJECTED"}),
            ("rejected and deleted", {"authorised_on": None, "rejected": True,
                                      "stopped_and_deleted_on": "2028-03-08"}, set()),
            ("without a record", {"record": None}, {"A26-10-RECORD"})]:
        got = with_use(**more)
        check(got == rules, f"a search {what}", got)
    put(record, "risk.annex_iii.points", ["2"])
    got = set(judge(record, day))
    check(not [r for r in got if r.startswith(("A27", "A49-3", "A26-8", "A26-10"))],
          "critical infrastructure: no assessment, no register of the deployer", got)


def provider(tiers, day, points=("4.a",)):
    record = general(["provider"], tiers, day, points)
    put(record, "provider", {"name": "Havdata ApS", "third_country": False, "size_class": "small",
                             "partner_or_linked_enterprises": False})
    return record


def small():
    """Article 63: who may simplify quality management; Article 17(4): banks."""
    record = provider(III, NOW)
    letters = list("abcdefghijklm")
    base = set(judge(record, NOW))
    check({"A17-ELEMENTS", "A17-DOCUMENT", "A17-REVIEW"} <= base, "an SME owes quality management", base)

    def quality(**more):
        changed = json.loads(json.dumps(record))
        put(changed, "quality_management", {"elements": letters, "document": PAPER, "reviewed_on": "2028-06-01"})
        for path, value in more.items():
            put(changed, path.replace("__", "."), value)
        return {r for r in judge(changed, NOW) if r.startswith(("A17-", "A63-")) and r != "A17-M"}

    simple = {"quality_management__simplified_elements": ["k", "l"]}
    for what, more, rules in [
            ("all elements", {}, set()),
            ("one element less", {"quality_management__elements": letters[:12]}, {"A17-ELEMENTS"}),
            ("simplified", simple, set()),
            ("simplified, linked", dict(simple, provider__partner_or_linked_enterprises=True), {"A63-1"}),
            ("simplified, small mid-cap", dict(simple, provider__size_class="smc"), {"A63-1"}),
            ("simplified, size unknown", dict(simple, provider__size_class=None), {"A63-1"}),
            ("a bank with (g), (h), (i)", {"quality_management__elements": ["g", "h", "i"],
                                           "provider__financial_institution": True}, set()),
            ("a bank without (i)", {"quality_management__elements": ["g", "h"],
                                    "provider__financial_institution": True}, {"A17-4"})]:
        got = quality(**more)
        check(got == rules, f"quality management of an SME: {what}", got)


def several():
    """One system in three tiers: each rule binds from the first of its days."""
    tiers = III + DEVICE + ["transparency"]
    day = "2027-12-02"
    record = provider(tiers, day)
    put(record, "risk.art50_triggers", ["interacts"])
    both = judge(record, day)
    only = judge(provider(III, day), day)
    check("AIV-1B" in both and "A9-2A" in both, "duties of both routes bind with Annex III", both)
    check("A11-2 due" in both and "A11-2 due" not in only, "one single set is due with Annex I", both)
    check("A50-1-INFORMED" in both or [r for r in both if r.startswith("A50-1")], "Article 50 stands beside", both)
    check("MEMBER-STATES" in both, "Annex III is registered", both)
    put(record, "risk.tiers", DEVICE + ["transparency"])
    put(record, "risk.annex_iii.points", ["none"])
    alone = judge(record, day)
    check("AIV-1B due" in alone and "A9-2A due" in alone, "with Annex I alone they are due", alone)
    check(not [r for r in alone if r.startswith(("MEMBER-STATES", "A49-"))], "and nothing is registered", alone)


def in_one():
    """Provider and deployer in one: neither is asked what the other role answers."""
    record = provider(III, NOW)
    put(record, "roles_held", ["provider", "deployer"])
    put(record, "deployer", {"name": "Havdata ApS", "kind": "private"})
    both = set(judge(record, NOW))
    one = set(judge(provider(III, NOW), NOW))
    check(one - both <= {"ROLE-DEPLOYER"}, "the provider's duties stay", one - both)
    check({"A26-1", "A26-4", "A26-5"} <= both - one, "the deployer's duties come", both - one)
    check(not {r for r in both if r.startswith("A25-1")}, "nobody takes over from himself", both)
    check(not {"A26-PROVIDER", "A26-INSTRUCTIONS", "A26-PURPOSE"} & both, "nor needs its own papers twice", both)
    put(record, "roles_held", ["deployer"])
    check("ROLE-IN-HOUSE" in judge(record, NOW), "the same name under both roles")


def first_provider():
    """Article 25(2): the first provider helps the one that took its place."""
    record = provider(III, NOW)

    def owed(**more):
        changed = json.loads(json.dumps(record))
        put(changed, "responsibilities.successors", [dict({"name": "Sundhedsdata A/S"}, **more)])
        return {r for r in judge(changed, NOW) if r.startswith("A25-2")}

    all_three = ["technical-documentation", "limitations", "technical-access"]
    check("A25-2-ANSWERED" in judge(record, NOW), "whether there is another provider is asked")
    check(owed() == {"A25-2"}, "nothing was given", owed())
    check(owed(cooperation=all_three) == {"A25-2-EVIDENCE"}, "given without a trace", owed(cooperation=all_three))
    check(owed(cooperation=all_three, **proof("2028-03-01")) == set(), "given, with a trace")
    check(owed(cooperation=all_three[:2], **proof("2028-03-01")) == {"A25-2"}, "no access for tests")
    check(owed(high_risk_use_excluded=True) == set(), "high-risk use was excluded")


importer()
routes()
distributor()
representative()
manufacturer()
supplier()
machinery()
exempt()
deployer()
small()
several()
in_one()
first_provider()
done()
