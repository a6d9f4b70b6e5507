"""Report documents for tests of the workbooks: a believable one of a model, one
of a portfolio, and for each contract one that holds everything it declares."""

import hashlib
import random
import re
import xml.etree.ElementTree as ET

XS = "{http://www.w3.org/2001/XMLSchema}"

CLASSES = {
    "Not met": "no", "Outside limit": "no", "Not provided": "mi",
    "Out of date": "wa", "Near limit": "wa", "Waived": "wa", "Due": "du",
    "Met": "ok", "Within limit": "ok", "Not tested": "na",
    "Not applicable": "na", "Reference": "na", "Withheld": "na"}
EFFECTS = {"no": "blocks", "mi": "blocks", "wa": "warns", "du": "passes",
           "ok": "passes", "na": "passes"}
RULES = [
    ("Annex IV 1(a)", "Intended purpose, provider and version"),
    ("Annex IV 2(g)", "Signed and dated test reports"),
    ("Article 9(2)(a)", "Known and foreseeable risks"),
    ("Article 10(2)(f)", "Examination for bias"),
    ("Article 13(3)(b)", "Limits on accuracy told to deployers"),
    ("Article 14(4)", "Human oversight as designed"),
    ("Article 15(1)", "Accuracy against limits set beforehand"),
    ("Article 17(1)", "Quality management system"),
    ("Article 26(5)", "Monitoring of operation"),
    ("Article 27(1)(d)", "Specific risks of harm"),
    ("Article 72(2)", "Post-market monitoring plan")]
MESSAGES = {
    "Not provided": "signed and dated test reports are not provided; only a"
                    " draft without signature is on file",
    "Not met": "the limit was set after the test: 2026-10-14 is later than"
               " 2026-10-12",
    "Outside limit": "selection rate ratio of applicants aged 18-24 is 0.76,"
                     " below 0.80",
    "Out of date": "the risk management file was reviewed 14 months ago, the"
                   " policy allows 12",
    "Due": "not provided yet; applies from 2 Dec 2027",
    "Waived": "no photograph of the marking; waived until 31 Mar 2027"}
FIX = ("models/crs-2/model.yaml:214: add evaluation.test_reports, for example:"
       " [{file: documents/test-report-4.2.md, signed_by: \"E. Dahl\"}]")


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def add(parent, tag, content=None, /, **attributes):
    """Append an element; "_" in a key is "-", None leaves an attribute out."""
    given = {key.rstrip("_").replace("_", "-"): str(value)
             for key, value in attributes.items() if value is not None}
    element = ET.SubElement(parent, tag, given)
    element.text = content
    return element


def head(kind):
    report = ET.Element("report", kind=kind, version="1")
    add(report, "run", id="20261130T020000Z-1a2b", time="2026-11-30T02:00:00Z",
        time_text="30 November 2026 at 02:00 UTC", date="2026-11-30",
        date_text="30 Nov 2026", as_of="2026-11-30", as_of_text="30 Nov 2026",
        period_text="As on file on 30 Nov 2026", generator="dossier 0.1.0",
        previous="20261129T020000Z-9f3c",
        previous_text="29 November 2026 at 02:00 UTC", first="no")
    add(report, "organisation", name="Nordhavn Bank A/S", unit="Group Risk",
        contact="ai-governance@nordhavn.example",
        authority="Digitaliseringsstyrelsen", confidentiality="Confidential")
    add(report, "pack", name="eu-ai-act", version="2026.1",
        edition="Regulation (EU) 2024/1689 as amended", reviewed="2026-11-01",
        reviewed_text="1 Nov 2026", rules="60")
    add(report, "policy", version="7", min_report="30", confidence="0.95",
        confidence_text="95%", max_age_months="12", lead_time_days="0")
    add(report, "inputs", n="14", tree_sha256=digest("tree"))
    return report


def requirements(report, findings, n, rng):
    node = add(report, "requirements", n=n, met="30", not_met="5",
               not_provided="6", upcoming="4", other="15")
    words = list(MESSAGES) + ["Met"] * 4 + ["Not applicable", "Not tested"]
    for i in range(n):
        provision, title = RULES[i % len(RULES)]
        rule = f"R-{i // 11 + 1}{chr(65 + i % 11)}"
        status = rng.choice(words)
        class_ = CLASSES[status]
        message = MESSAGES.get(status)
        requirement = add(
            node, "requirement", rule=rule, title=title, provision=provision,
            law="annex-iv.1.a", duty="provider", duty_text="Provider",
            status=status, class_=class_, result="fail" if message else "pass",
            effect=EFFECTS[class_], severity="error",
            open_since="2026-10-01" if message else None,
            finding=digest(rule)[:12] if message else None,
            file="models/crs-2/model.yaml", line=100 + i,
            evidence=rng.choice(["E1", "E2, E3", None]))
        add(requirement, "asked",
            f"{provision} asks that the record says this in substance.")
        add(requirement, "found", message or "None")
        if message:
            add(requirement, "fix", FIX)
            finding(findings, rule, title, provision, status, message)


def finding(parent, rule, title, provision, status, message):
    class_ = CLASSES[status]
    node = add(
        parent, "finding", id=digest(rule)[:12], rule=rule, title=title,
        provision=provision, effect=EFFECTS[class_],
        effect_text=EFFECTS[class_], severity="error", status=status,
        class_=class_, result="fail", path="evaluation.test_reports",
        file="models/crs-2/model.yaml", line="214", column="3",
        place="models/crs-2/model.yaml:214", owner="Credit Risk Analytics",
        first_seen="2026-10-01", runs_open="12", open_text="open for 12 runs",
        section="evaluation", anchor="f-1")
    add(node, "message", message)
    add(node, "why", "A report that nobody signed proves nothing.")
    add(node, "fix", FIX)


def performance(report):
    node = add(report, "performance", text="Data set applications-2026-q3.",
               within="1", tested="2")
    add(node, "measure", name="roc_auc", label="Area under the ROC curve",
        status="Within limit", class_="ok", value="0.842", value_text="0.842",
        lower="0.837", upper="0.847", interval_text="0.837-0.847",
        limit_text="at least 0.800", limit_low="0.8", previous="0.845",
        previous_text="0.845", change="-0.003", change_text="-0.003",
        n="48210", n_text="48,210", data_set="applications-2026-q3",
        stress="no", file="models/crs-2/evaluation.json", line="12")
    add(node, "measure", name="accuracy", label="Accuracy",
        status="Near limit", class_="wa", value="0.8123", value_text="81.2%",
        interval_text="Not provided", limit_text="at least 81.0%",
        limit_low="0.81", data_set="applications-2026-q3", stress="no",
        file="models/crs-2/evaluation.json", line="20")


def group(table, name, row, reference, rng):
    is_reference = name == reference
    withheld = name == "(missing)"
    value = 0.56 if is_reference else round(rng.uniform(0.40, 0.60), 4)
    n = rng.randint(60, 9000)
    half = 1.96 * (value * (1 - value) / n) ** 0.5
    ratio = value / 0.56
    result = ("Reference" if is_reference else "Withheld" if withheld else
              "Outside limit" if ratio < 0.8 else "Within limit")
    shown = {} if withheld else {
        "n": n, "value": value, "lower": round(value - half, 4),
        "upper": round(value + half, 4)}
    compared = {} if withheld or is_reference else {
        "ratio": ratio, "difference": round(value - 0.56, 3), "limit": "0.8",
        "limited": "ratio"}
    add(table, "group", name=name, status=result, class_=CLASSES[result],
        state="withheld" if withheld else "defined",
        n_text="fewer than 30" if withheld else f"{n:,}",
        value_text="Withheld" if withheld else f"{value * 100:.1f}%",
        interval_text="None", ratio_text="Withheld" if withheld else
        "None" if is_reference else f"{ratio:.2f}",
        difference_text="Withheld" if withheld else "None",
        limit_text="ratio at least 0.80", result=result, interval_word="None",
        reference=reference, is_reference="yes" if is_reference else "no",
        plot_row=row, metric=table.get("metric"),
        attribute=table.get("attribute"), **shown, **compared)


def fairness(report, rng):
    node = add(report, "fairness", text="Computed from fairness.csv.",
               method="Wilson score intervals at 95%.", comparisons="22", within="9",
               tested="16", withheld="2", undefined="0")
    attributes = [
        ("age", "Age", ["18-24", "25-39", "40-64", "(missing)"], "25-39"),
        ("sex", "Sex", ["female", "male"], "male")]
    metrics = [("selection_rate", "Selection rate"),
               ("true_positive_rate", "True positive rate")]
    for attribute, label, groups, reference in attributes:
        for metric, metric_label in metrics:
            table = add(
                node, "table", id=f"{attribute}-{metric}",
                attribute=attribute, attribute_label=label, metric=metric,
                metric_label=metric_label, caption=f"{metric_label} by {label}",
                note=f"Reference group: {reference}", reference=reference,
                limit_text="ratio at least 0.80", intersection="no",
                shown="yes", class_="ok")
            axis = add(table, "axis", label=f"{metric_label}, %", low="0.3",
                       high="0.7", limit="0.448", reference="0.56")
            for tick in ("30", "50", "70"):
                add(axis, "tick", text=tick)
            for i, name in enumerate(groups):
                group(table, name, len(groups) - i, reference, rng)


def value(parent, key, content, text=None):
    add(parent, key, content, answer="given", label=key, text=text)


def record(report):
    node = add(report, "record")
    sets = add(node, "data_sets", answer="given")
    item = add(sets, "item", answer="given")
    value(item, "name", "applications-2024-2026")
    value(item, "role", "training", "Training")
    value(item, "period_from", "2024-01-01", "1 Jan 2024")
    value(item, "period_to", "2026-06-30", "30 Jun 2026")
    value(item, "records", "412608", "412,608")
    value(item, "provenance", "Loan applications of the bank, under contract.")
    value(item, "labelling", "Default is 90 days past due within 12 months.")
    value(item, "gaps", "Few applicants over 75.")
    register = add(add(node, "risk_management", answer="given"), "risks",
                   answer="given")
    item = add(register, "item", answer="given")
    for key, content in (
            ("id", "r1"), ("risk", "Young applicants are refused."),
            ("group", "Applicants aged 18 to 24"),
            ("right", "Non-discrimination"), ("before", "high"),
            ("measures", "Thin files go to an officer."), ("after", "low"),
            ("owner", "Consumer Lending")):
        value(item, key, content)
    assessment = add(node, "impact_assessment", answer="given")
    value(assessment, "processes", "Loan decisions in branches and online.")
    item = add(add(node, "reviews", answer="given"), "item", answer="given")
    value(item, "role", "Model validation")
    value(item, "name", "E. Dahl")
    value(item, "decision", "approved", "Approved")
    value(item, "date", "2026-11-20", "20 Nov 2026")


def annex_iv(report):
    node = add(report, "annex-iv", applicable="yes", points="3", met="1",
               not_provided="1", other="1", simplified="no")
    for no, subject, status in (
            ("1(a)", "Intended purpose, provider and version", "Met"),
            ("2(g)", "Test logs and reports", "Not provided"),
            ("3", "Monitoring, functioning and control", "Out of date")):
        point = add(node, "point", no=no, id="annex-iv." + no, subject=subject,
                    provision="Annex IV " + no, status=status,
                    class_=CLASSES[status])
        if status != "Not provided":
            add(point, "document-row", where="documents/test-report.md",
                section="3", version="4.2.0", dated="2026-10-16",
                signed_by="E. Dahl", evidence="E1", sha12="abcdef012345")


def article_27(report):
    node = add(report, "article-27", in_scope="yes",
               reason="the deployer uses a system of Annex III 5(b).",
               on_file="5", of="6", owed_from="2027-12-02",
               owed_from_text="2 Dec 2027", status="Due", class_="du")
    add(node, "question", no="1", text="High-risk under Article 6(2)?",
        answer="Yes", reason="Annex III 5(b)", source="model.yaml:33",
        class_="na")
    for letter in "abcdef":
        add(node, "element", letter=letter, title="Element " + letter,
            provision=f"Article 27(1)({letter})", status="Met", class_="ok")
    add(node, "harm", id="h1", right="Article 21", group="Aged 18 to 24",
        harm="Refusal of credit because of age.", likelihood="Medium",
        severity="High", measures="An officer decides.", after="Low",
        after_class="ok", accepted_by="E. Dahl", provider_risk="r1",
        figure="selection rate ratio 0.76", figure_status="Outside limit",
        figure_class="no")


def files(report, n):
    node = add(report, "files", n=n, tree="Leaves are sorted by path.")
    for i in range(n):
        path = f"models/crs-2/file-{i:04}.csv"
        add(node, "file", path=path, bytes=str(1000 + i), bytes_text="1 KiB",
            sha256=digest(path), sha12=digest(path)[:12], serves="None",
            state="Read", class_="ok", part="input")


def model(n_requirements=60):
    """The document of a model: deterministic, valid under the contract."""
    rng = random.Random(7)
    report = head("model")
    add(report, "model", id="crs-2", name="Consumer credit scoring",
        version="4.2.0", tier="high-risk-annex-iii",
        tier_text="High-risk (Annex III)", tier_class="wa",
        provision="Annex III 5(b)", role_text="Provider and deployer",
        owner="Credit Risk Analytics", accountable="M. Lindqvist",
        file="models/crs-2/model.yaml", line="1", readable="yes")
    add(report, "gate", result="failed", class_="no",
        text="Gate: failed", blocking="14", warnings="6", waived="3",
        upcoming="4", sentence="14 findings block release.")
    add(report, "tiles")
    findings = add(report, "findings", n="14", blocking="14", warnings="6")
    requirements(report, findings, n_requirements, rng)
    record(report)
    performance(report)
    fairness(report, rng)
    annex_iv(report)
    article_27(report)
    add(report, "dates", n="0")
    changes = add(report, "changes", first_run="no", n="1",
                  compared_text="29 Nov 2026", unchanged_text="None")
    add(changes, "change", what="Signed test reports", before="Met",
        now="Not provided", cause="data", class_="mi", run_before="r0")
    add(report, "waivers", n="0")
    evidence = add(report, "evidence", n="3", found="3")
    for i in (1, 2, 3):
        path = f"models/crs-2/documents/file-{i}.md"
        add(evidence, "file", id=f"E{i}", path=path, kind="Text",
            dated="2026-10-16", age_days="45", bytes="12345",
            bytes_text="12 KiB", sha256=digest(path), sha12=digest(path)[:12],
            serves="Annex IV 2(g)", state="Found", class_="ok", part="input")
    trend = add(report, "trend", n="12")
    for i in range(12):
        add(trend, "trend-row", period=f"2026-{i + 1:02}-01",
            measure="roc_auc", label="Area under the ROC curve", group="All",
            value=f"{0.84 - i / 500:.3f}", value_text=f"{0.84 - i / 500:.3f}",
            limit="0.8", run=f"r{i}")
    files(report, 5)
    return report


def portfolio(n_models=8):
    """The document of a portfolio, valid under the contract."""
    rng = random.Random(3)
    one = model(20)
    report = head("portfolio")
    report.append(one.find("gate"))
    add(report, "tiles")
    for name, item in (("findings", "finding"), ("performance", "measure"),
                       ("fairness", "group")):
        part = one.find(name)
        for node in part.iter(item):
            node.set("model", "m1")
        report.append(part)
    coverage = add(report, "coverage")
    provisions = [("a9", "Art. 9"), ("a10", "Art. 10"), ("iv", "Annex IV")]
    for key, label in provisions:
        add(coverage, "provision", id=key, label=label, met="1",
            applicable="2", text="1 of 2", class_="ok", status="Met")
    dates = add(report, "dates", n="1")
    add(dates, "date", day="2027-12-02", text="2 Dec 2027", in_days="367",
        in_text="in 367 days", kind="Legal date", class_="du",
        what="Duties of Annex III systems apply", models="m1, m2")
    add(report, "changes", first_run="no", n="0", unchanged_text="None")
    waivers = add(report, "waivers", n="1")
    add(waivers, "waiver", id="w1", rule="R-1B", reason="New casing.",
        approved_by="E. Dahl", approved_on="2026-09-01",
        approved_on_text="1 Sep 2026", ends_on="2027-03-31",
        ends_on_text="31 Mar 2027", state="In force", class_="wa", model="m1")
    models = add(report, "models", n=n_models, blocked="3", passed="5",
                 unreadable="1")
    for i in range(n_models):
        failed = i % 3 == 0
        node = add(
            models, "model", id=f"m{i}", name=f"Model {i}", version=f"1.{i}",
            tier="minimal", tier_text=rng.choice(
                ["High-risk (Annex III)", "Minimal risk"]), tier_class="na",
            role_text="Provider", owner=f"Team {i}",
            file=f"models/m{i}/model.yaml", line="1", readable="yes",
            gate_text="Failed" if failed else "Passed",
            gate_class="no" if failed else "ok", blocking=i, warnings="2",
            documents_met="30", documents_applicable="40",
            documents_text="30 of 40", share="0.75", worst="0.76, 18-24",
            worst_group="18-24", worst_attribute="age", worst_ratio="0.76",
            registered="Not provided", placed="2026-05-01", fria="Met",
            next_date="2027-12-02", next_text="2 Dec 2027",
            next_what="Duties of Annex III systems apply")
        add(node, "document", kind="workbook", label="Audit workbook",
            path=f"workbooks/m{i}.xlsx", href=f"../workbooks/m{i}.xlsx")
        for key, _ in provisions:
            add(node, "cell", id=key, text="1 of 2", class_="no",
                status="Not met")
    add(report, "unused", n="0")
    runs = add(report, "runs", n="9")
    for i in range(9):
        add(runs, "run-row", id=f"r{i}", date=f"2026-11-0{i + 1}",
            date_text="x", models="8", blocked=6 - i // 3, warnings="12",
            documents_met="200", documents_applicable="300",
            pack="eu-ai-act 2026.1", policy="7")
    rules = add(report, "rules", n="22")
    for i in range(22):
        add(rules, "rule", id=f"R-{i // 11 + 1}{chr(65 + i % 11)}",
            title=RULES[i % 11][1], provision=RULES[i % 11][0],
            applies_to="High-risk, provider", tested="It is in the record",
            effect="error", since="2026.1")
    law = add(report, "law", n="3", binding="2", gaps="1")
    for i, (covered, by, status) in enumerate([
            ("rules", "R-1A, R-1B", "Not met"), ("judgement", "R-1C", "Met"),
            ("information", "it says what an infringement costs",
             "Not applicable")]):
        add(law, "duty", id=f"art-9.{i + 1}",
            chapter="Chapter III, Section 2: requirements",
            provision=f"Article 9({i + 1})", paraphrase="Risks are known",
            holders="provider", tiers="high-risk", applies_from="2027-12-02",
            applies_from_text="2 Dec 2027", annex_i_from="2028-08-02",
            annex_i_from_text="2 Aug 2028", gate="presence", covered=covered,
            covered_by=by, gap="yes" if i == 0 else "no", models=8 - 4 * i,
            met=i, status=status, class_=CLASSES[status],
            states="None" if i == 2 else f"8 {status}")
    files(report, 5)
    return report


class Contract:
    """What the schemas declare, for documents that hold all of it."""

    def __init__(self, folder):
        self.roots = [ET.parse(f"{folder}/{name}").getroot()
                      for name in ("dossier.xsd", "record.xsd")]

    def named(self, tag, name):
        for root in self.roots:
            for node in root.findall(XS + tag):
                if node.get("name") == name:
                    return node
        return None

    def attributes(self, node):
        for child in node:
            if child.tag == XS + "attribute":
                yield child.get("name")
            elif child.tag == XS + "attributeGroup":
                yield from self.attributes(
                    self.named("attributeGroup", child.get("ref")))
            elif child.tag == XS + "extension":
                base = self.named("complexType", child.get("base"))
                if base is not None:
                    yield from self.attributes(base)
                yield from self.attributes(child)
            elif child.tag not in (XS + "sequence", XS + "element"):
                yield from self.attributes(child)

    def elements(self, node):
        for child in node:
            if child.tag == XS + "element":
                yield child
            else:
                yield from self.elements(child)

    def fill(self, parent, declaration, depth):
        """Add the element with all its attributes and children."""
        if declaration.get("ref"):
            declaration = self.named("element", declaration.get("ref"))
        node = ET.SubElement(parent, declaration.get("name"))
        node.text = "7"
        kind = declaration.find(XS + "complexType")
        if kind is None:
            kind = self.named("complexType", declaration.get("type"))
        if kind is None or depth == 0:
            return
        for name in self.attributes(kind):
            node.set(name, WORDS.get(name, "2026-11-17"))
        for child in self.elements(kind):
            self.fill(node, child, depth - 1)


# Words that expressions compare with; everything else is a date, since that is
# a text as well.
WORDS = {"answer": "given", "applicable": "yes", "in-scope": "yes",
         "time": "2026-11-30T02:00:00Z", "class": "ok", "state": "Found",
         "kind": "workbook", "first-run": "no", "first": "no"}
NUMBERS = {
    "n", "value", "lower", "upper", "limit", "ratio", "difference", "line",
    "bytes", "age-days", "runs-open", "plot-row", "limit-low", "limit-high",
    "previous", "change", "share", "blocking", "warnings", "in-days",
    "documents-met", "documents-applicable", "models", "blocked",
    "worst-ratio", "low", "high", "reference"}
WORDS.update({name: "7" for name in NUMBERS})


def everything(folder):
    """A document that has every element and attribute of the contract."""
    contract = Contract(folder)
    holder = ET.Element("holder")
    contract.fill(holder, contract.named("element", "report"), 9)
    report = holder[0]
    report.text = None
    for letter, element in zip("abcdef", report.iter("element")):
        element.set("letter", letter)
    return report


def write(report, path):
    text = ET.tostring(report, encoding="unicode")
    with open(path, "w", encoding="utf-8") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n' + text + "\n")


def poison(report, texts):
    """Put hostile texts into every attribute and text, in turn."""
    i = 0
    kept = re.compile(r"^(kind|version|time|id|low|high|first|result|class|"
                      r"answer|applicable|in-scope|.*-class)$")
    for node in report.iter():
        for name in node.keys():
            if not kept.match(name):
                node.set(name, texts[i % len(texts)])
                i += 1
        if node.text and node.text.strip():
            node.text = texts[i % len(texts)]
            i += 1
    return report
