#!/usr/bin/env python3
"""Limits on figures by group: any metric by any of its names, a reference, a
side, a rule; what is wrong with one is told with its place."""
from tap import Samples, check, done, findings, dossier

LIMITS = "  limits:\n"
RULE = "FAIR-LIMITS"


def on(s, *limits, settings=""):
    """The findings of the rule on crs-2 under these limits alone."""
    text = s.read("dossier.yaml")
    text = text[:text.index(LIMITS)].replace("  min_conclude: 20\n", "") + settings + LIMITS
    s.write(text + "".join(f"    - {{{limit}}}\n" for limit in limits), "dossier.yaml")
    found, r = findings("models/crs-2", cwd=s.path)
    return [f for f in found if f["rule"] == RULE], r


def message(s, *limits, **more):
    found, r = on(s, *limits, **more)
    return " / ".join(f["message"] for f in found) or r.stderr


def any_metric():
    """None of these is shown by default, or asked for by the record."""
    with Samples() as s:
        for name, words in (("false_discovery_rate", "false discovery rate"),
                            ("ppv", "precision"), ("F1-score", "f1 score"), ("for", "false omission rate"),
                            ("mcc", "matthews correlation"), ("npv", "negative predictive value"),
                            ("ppr", "hare of all selected"), ("tnr", "true negative rate")):
            got = message(s, f"metric: {name}, attribute: age_group, compare: value, least: 2")
            check(words in got.lower() and "limit at least" in got, f"a limit on {name} is judged", got)


def references():
    with Samples() as s:
        ratio = "metric: selection_rate, attribute: age_group, compare: ratio, least: 0.999, most: 1.001"
        for more, word in (("", "to 40-64"), (", reference: 18-24", "to 18-24"),
                           (", reference: overall", "to (overall)")):
            got = message(s, ratio + more)
            check(word in got, f"compared {word}", got)
        got = message(s, "metric: tpr, attribute: age_group, rule: four-fifths, direction: high, reference: overall")
        check(not got, "four fifths need no number", got)
        got = message(s, "metric: fpr, attribute: age_group, rule: four-fifths, most: 1.01")
        check("limit at most 1.01" in got, "but may have another", got)


def comparisons():
    """What compares groups has names of its own: they say the same as what they stand for."""
    best = ", reference: best, direction: low"
    with Samples() as s:
        for name, bound, same in (
                ("demographic_parity_difference", "most: 0.001", ["metric: selection_rate, compare: difference" + best]),
                ("Demographic parity ratio", "least: 0.999", ["metric: selection_rate, compare: ratio" + best]),
                ("equal-opportunity-difference", "most: 0.001", ["metric: tpr, compare: difference" + best]),
                ("impact_ratio", "least: 0.999", ["metric: selection_rate, compare: ratio" + best]),
                ("equalized_odds_difference", "most: 0.001", ["metric: tpr, compare: difference" + best,
                                                              "metric: fpr, compare: difference" + best]),
                ("ppv_ratio_between_groups", "least: 0.999", ["metric: precision, compare: ratio" + best]),
                ("accuracy_difference_to_overall", "most: 0.0001",
                 ["metric: accuracy, compare: difference, reference: overall"]),
                ("selection_rate_ratio", "least: 0.999", ["metric: selection_rate, compare: ratio"])):
            got = message(s, f"metric: {name}, attribute: age_group, {bound}")
            want = message(s, *[f"{limit}, attribute: age_group, {bound}" for limit in same])
            check(got == want and "limit at" in got, f"a limit on {name}", got, want)
        found, r = on(s, "metric: demographic_parity_ratio, compare: value, least: 0.8")
        check(r.returncode == 2 and "demographic_parity_ratio is a ratio: leave out compare: value" in r.stderr,
              "a ratio is compared by nothing else", r.returncode, r.stderr)
        found, r = on(s, "metric: demographic_disparity_ratio, least: 0.8")
        check(r.returncode == 2 and "unknown metric" in r.stderr, "other names are none", r.returncode, r.stderr)


def enough():
    with Samples() as s:
        limit = "metric: selection_rate, attribute: age_group, compare: ratio, least: 0.99"
        got, _ = on(s, limit, settings="  min_conclude: 1000000\n")
        check([f["result"] for f in got] == ["unknown"] and "not enough data" in got[0]["message"],
              "too few rows for a million", got)


def own_limits():
    """Those of a record hold beside the policy's."""
    with Samples() as s:
        s.replace("\nfairness:\n", "\nfairness:\n  limits:\n    - {metric: ppv, compare: value, "
                  "direction: low, rule: interval, least: 0.999}\n", "models", "crs-2", "model.yaml")
        got = message(s, "metric: selection_rate, compare: ratio, least: 0.01")
        check("precision" in got and "at least 99.9%" in got, "a record's own limit is judged", got)
        s.replace("metric: ppv", "metric: pvv", "models", "crs-2", "model.yaml")
        r = dossier("check", "models/crs-2", cwd=s.path)
        check(r.returncode == 1 and "model.yaml:346:16: error:" in r.stdout and
              '"pvv"; did you mean' in r.stdout, "an unknown metric of it is told at its place", r.stdout)
    with Samples() as s:
        s.replace("\nfairness:\n", "\nfairness:\n  metrics: [selection_rate, presicion]\n",
                  "models", "crs-2", "model.yaml")
        r = dossier("check", "models/crs-2", cwd=s.path)
        check(r.stdout.count("unknown metric") == 1 and 'did you mean "precision"?' in r.stdout,
              "and one that is to be shown, once", r.stdout)


def evidence():
    """Size and proof together; 18-24 has 0.86 of the rate of 40-64."""
    limit = "metric: selection_rate, attribute: age_group, compare: ratio, rule: finding, least: "
    with Samples() as s:
        got, _ = on(s, limit + "0.9")
        check([f["result"] for f in got] == ["fail"] and "p <0.001 (Holm over 3 tests)" in got[0]["message"],
              "beyond the limit and significant: outside", got)
        got, _ = on(s, limit + "0.8")
        check([f["status"] for f in got] == ["Near limit"] and "significant but not beyond" in got[0]["message"],
              "significant alone: near", got)
        got, _ = on(s, limit + "0.8", settings="  adjustment: bonferroni\n")
        check("Bonferroni over 3 tests" in got[0]["message"], "adjusted as the policy says", got)
        got, _ = on(s, "metric: selection_rate, attribute: age_group, rule: significance, reference: best")
        check([f["result"] for f in got] == ["fail"] and "to 65+" in got[0]["message"],
              "significance alone, against the best", got)
        got, _ = on(s, "metric: selection_rate, attribute: age_group, rule: significance, direction: high")
        check(not got, "on the other side there is none", got)
        s.replace("  judge_by: value\n", "", "dossier.yaml")
        got, _ = on(s, "metric: selection_rate, attribute: age_group, least: 0.9", settings="  judge_by: finding\n")
        check([f["result"] for f in got] == ["fail"] and "p <0.001" in got[0]["message"],
              "the policy's rule is that of a limit without one", got)
    with Samples() as s:
        got = [f for f in findings("models/chest-triage", cwd=s.path, env={"DOSSIER_POLICY_JUDGE_BY": "finding"})[0]
               if f["rule"] == RULE]
        check(got and all("no counts to test" in f["message"] for f in got if f["result"] == "unknown"),
              "figures without rows are not tested", got)


def tables():
    with Samples() as s:
        r = dossier("run", "--output", "out", cwd=s.path)
        report = s.read("out", "current", "data", "crs-2.xml")
        card = s.read("out", "current", "cards", "crs-2.html")
        check(report.count('rule="Four-fifths rule"') == 4 and report.count('rule="Local Law 144"') == 4,
              "a table for each attribute and rule", r.stderr)
        check("Four-fifths rule: selection rates by age" in card and "338 people of unknown category" in card,
              "on the card", card[:0])
        check('feature="residence"' in report and "within residence" in card, "control features, too")
        check('attribute="residence*sex"' not in report, "whose tables are no attributes")
        check(len(card) < 150 * 1024, "the card keeps its size", len(card))
    with Samples() as s:
        s.replace("tables: [four-fifths,", "tables: [four-fifth,", "dossier.yaml")
        r = dossier("check", cwd=s.path)
        check(r.returncode == 2 and "four-fifths or local-law-144, not four-fifth" in r.stderr,
              "an unknown table is an error", r.stderr)


def combinations():
    """Those that no row has are named on the card and in the workbook."""
    with Samples() as s:
        text = s.read("models", "crs-2", "predictions.csv").splitlines(keepends=True)
        head = text[0].rstrip("\n").split(",")
        sex, age = head.index("sex"), head.index("age_group")
        kept = [line for line in text if (line.split(",")[sex], line.rstrip("\n").split(",")[age]) != ("female", "65+")]
        s.write("".join(kept), "models", "crs-2", "predictions.csv")
        r = dossier("run", "--output", "out", cwd=s.path)
        card = s.read("out", "current", "cards", "crs-2.html")
        report = s.read("out", "current", "data", "crs-2.xml")
        check("1 of 8 combinations have no row: female*65+." in card, "the card names it",
              r.stderr, [line for line in card.splitlines() if "combinations have no row" in line])
        check('<combination name="female*65+"/>' in report, "and the workbook's sheet has it")
    with Samples() as s:
        dossier("run", "--output", "out", cwd=s.path)
        check("Combinations with no rows" not in s.read("out", "current", "cards", "crs-2.html"), "where there are any")


def kinds():
    """Bins of numbers, several classes, numbers: from the record to a limit."""
    with Samples() as s:
        s.replace("    - name: sex*age_group\n", "    - name: score\n      bins: [0.25, 0.75]\n    - name: sex*age_group\n",
                  "models", "crs-2", "model.yaml")
        got = message(s, "metric: selection_rate, attribute: score, compare: value, least: 2")
        check("score (-inf, 0.25): selection rate 0.0% (n 602)" in got, "bins are groups", got)
    for kind, values, limit, words in (
            ("classes", "abc", "metric: 'recall[b]', attribute: sex, compare: value, least: 1.5", "recall[b]"),
            ("numbers", ("1.5", "2.5", "4"), "metric: mean_absolute_error, attribute: sex, compare: value, most: -1",
             "mean absolute error")):
        with Samples() as s:
            rows = [f"{values[i % 3]},{values[i * 7 % 3 if i % 5 else (i + 1) % 3]},{'male' if i % 2 else 'female'}"
                    for i in range(300)]
            s.write("truth,said,sex\n" + "\n".join(rows) + "\n", "models", "crs-2", "predictions.csv")
            text = s.read("models", "crs-2", "model.yaml")
            a, b = text.index("  attributes:\n    - name: age_group"), text.index("  attributes_not_measured:\n    - name: ethnic")
            s.write(text[:a] + "  attributes:\n    - {name: sex, reference_group: male}\n  predictions: {file: predictions.csv, "
                    f"kind: {kind}, label: truth, prediction: said}}\n" + text[b:], "models", "crs-2", "model.yaml")
            got = message(s, limit)
            check(words in got.lower() and "limit at" in got, f"{kind} have limits", got)


def class_names():
    """A limit on a metric of one class must name it."""
    for metric, words in (
            ("tpr", "name a class of the rows, as in recall[a]: a, b, c"),
            ("'precision[x]'", "the classes of the rows are a, b, c"),
            ("'precision[b]'", None), ("accuracy", None)):
        with Samples() as s:
            rows = [f"{'abc'[i % 3]},{'abc'[i * 7 % 3]},{'male' if i % 2 else 'female'}" for i in range(300)]
            s.write("truth,said,sex\n" + "\n".join(rows) + "\n", "models", "crs-2", "predictions.csv")
            text = s.read("models", "crs-2", "model.yaml")
            a, b = text.index("  attributes:\n    - name: age_group"), text.index("  attributes_not_measured:\n    - name: ethnic")
            s.write(text[:a] + "  attributes:\n    - {name: sex, reference_group: male}\n  predictions: {file: predictions.csv, "
                    "kind: classes, label: truth, prediction: said}\n" + text[b:], "models", "crs-2", "model.yaml")
            got, r = on(s, f"metric: {metric}, attribute: sex, compare: value, least: 0")
            said = [m for m in r.stderr.splitlines() + r.stdout.splitlines() if "but the policy limits it: " in m]
            check(any(words in m for m in said) if words else not said, f"{metric}: {words or 'is found'}",
                  r.stdout + r.stderr)


def mistakes():
    for limit, words in (
            ("metric: selectoin_rate, least: 0.8", 'unknown metric: "selectoin_rate"; did you mean "selection_rate"?'),
            ("metric: tpr, least: 0.8, rule: valeu", "rule is value, interval"),
            ("metric: tpr, least: 0.8, direction: down", "low, high or both"),
            ("metric: tpr, least: 0.8, direction: high", "direction: high needs most:"),
            ("metric: tpr, most: 0.8, direction: low", "direction: low needs least:"),
            ("metric: tpr, least: 0.8, compare: value, reference: best", "no reference"),
            ("metric: tpr, compare: difference, rule: four-fifths", "compares by ratio"),
            ("metric: tpr, compare: value, rule: finding, least: 0.8", "compares two groups"),
            ("metric: tpr, rule: significance, reference: overall", "compares two groups"),
            ("metric: tpr", "least: or most:"),
            ("metric: tpr, least: 0.8, referense: best", "did you mean reference?")):
        with Samples() as s:
            _, r = on(s, limit)
            check(r.returncode == 2 and "dossier.yaml:" in r.stderr and words in r.stderr,
                  f"{{{limit}}}: {words}", r.stderr)
    for setting, words in (("missing: maybe", "apart or group"), ("min_conclude: few", "a number from"),
                           ("judge_by: four-fifths", "value, interval, finding or significance")):
        with Samples() as s:
            s.replace("  judge_by: value\n", "", "dossier.yaml")
            _, r = on(s, "metric: tpr, least: 0.8", settings=f"  {setting}\n")
            check(r.returncode == 2 and words in r.stderr, f"{setting}: {words}", r.stderr)


any_metric()
class_names()
combinations()
references()
comparisons()
enough()
own_limits()
evidence()
tables()
kinds()
mistakes()
done()
