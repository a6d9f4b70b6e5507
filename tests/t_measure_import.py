#!/usr/bin/env python3
"""`dossier measure EXPORT`: what other programs write, in every format.  The
real exports are read in place from ../shared/fairness-reference, and skipped
where that is absent; the small ones below are always there."""
import collections
import csv
import io
import json
import os
import random
import shutil
import tempfile

from tap import ROOT, check, done, dossier, skip

SHARED = os.path.join(ROOT, os.environ.get("DOSSIER_SHARED", "../shared"))
REFERENCE = os.path.join(SHARED, "fairness-reference")
EXPORTS = os.path.join(REFERENCE, "exports")
UTF8 = {"LC_ALL": "C.UTF-8", "COLUMNS": "80"}


def measure(*args):
    return dossier("measure", *args, env=UTF8)


def rows_of(*args):
    """Lines of CSV by metric, attribute and group."""
    r = measure("--format=csv", *args)
    return {(x["metric"], x["attribute"], x["group"]): x
            for x in csv.DictReader(io.StringIO(r.stdout))}


def json_of(*args):
    r = measure("--format=json", *args)
    return json.loads(r.stdout) if r.stdout else {}


def value(rows, *key):
    row = rows.get(key)
    return float(row["value"]) if row else None


def is_near(a, b):
    try:
        return abs(float(a) - float(b)) <= 1e-9
    except ValueError:
        return False


def write(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8", newline="") as f:
        f.write(text if isinstance(text, str) else json.dumps(text))
    return path


def exact_of(name):
    with open(os.path.join(REFERENCE, "expected", name), encoding="utf-8") as f:
        return {(x["metric"], x["attribute"].replace("|", "*"), x["group"].replace("|", "*")):
                x["value"].replace("|", "*")
                for x in csv.DictReader(f) if x["tool"] == "exact"}


# What the real exports give: the attribute that they leave unnamed, and how
# many numbers must be equal to those that the rows give, at least.
REAL = {
    "aequitas_crosstab.csv": (None, 150),
    "aequitas_disparity.csv": (None, 150),
    "aequitas_fairness.csv": (None, 150),
    "aif360_json_explainer.json": (None, 20),
    "fairlearn_by_group_control_feature.csv": ("sex*age", 150),
    "fairlearn_by_group_multiindex.csv": (None, 150),
    "fairlearn_by_group_orient_index.json": ("sex", 80),
    "fairlearn_by_group_single.csv": (None, 80),
    "fairlearn_by_group_single_metric_series.csv": (None, 2),
    "fairlearn_by_group_unnamed_attribute.csv": ("sex", 80),
    "fairlearn_overall.csv": (None, 20),
    "fairlearn_overall_control_feature.csv": (None, 80),
    "pandas_crosstab.csv": (None, 50),
    "sklearn_classification_report.json": (None, 20),
    "sklearn_classification_report_by_group.json": ("sex", 50),
    "tfma_slicing_metrics_shape.json": (None, 200),
}
BETWEEN = ["evidently_drift.json", "fairlearn_by_group_ci_concat.csv",
           "fairlearn_disparity_summary.csv"]
REFUSED = {
    "aequitas_attribute_fairness.csv": "name its crosstab",
    "aequitas_overall_fairness.json": "name its crosstab",
    "aif360_text_explainer.txt": "MetricJSONExplainer",
    "sklearn_classification_report.txt": "output_dict=True",
}


def real_exports():
    if not os.path.isdir(EXPORTS):
        skip("there is no ../shared/fairness-reference")
        return
    exact = exact_of("german.csv")
    for name, (attribute, least) in REAL.items():
        path = os.path.join(EXPORTS, name)
        named = [f"--by={attribute}"] if attribute else []
        rows = rows_of(path, *named)
        alike = wrong = 0
        for key, row in rows.items():
            if key not in exact or row["value"] == "withheld":
                continue
            same = row["value"] == exact[key] or is_near(row["value"], exact[key])
            alike += same
            wrong += not same
        check(wrong == 0 and alike >= least, f"{name}: {alike} numbers are those of the rows", wrong)
        document = json_of(path, *named)
        check(document.get("export") and "stated" in document, f"{name}: JSON names the shape")
        r = measure(path, *named)
        check(r.returncode == 0 and document["export"].split()[-1] in r.stdout, f"{name}: text", r.stderr)
    for name in BETWEEN:
        document = json_of(os.path.join(EXPORTS, name))
        check(document["between"] and not document["tables"], f"{name}: what it says between groups")
    rows = rows_of(os.path.join(EXPORTS, "evidently_classification.json"))
    check(value(rows, "accuracy", "", "(overall)") == 0.736, "Evidently's figures of the file", list(rows)[:9])
    for name, word in REFUSED.items():
        r = measure(os.path.join(EXPORTS, name))
        check(r.returncode == 3 and word in r.stderr and r.stdout == "", f"{name}: refused with advice", r.stderr)


def crosstab_is_rows():
    """Counts are counts, whoever counted: the same bytes as from the rows."""
    if not os.path.isdir(EXPORTS):
        skip("there is no ../shared/fairness-reference")
        return
    by = "--by=sex,age,foreign_worker"
    theirs = measure("--format=csv", by, os.path.join(EXPORTS, "aequitas_crosstab.csv"))
    ours = measure("--format=csv", "-q", "--score=", by, os.path.join(REFERENCE, "german.csv"))
    check(theirs.stdout == ours.stdout != "", "a crosstab of Aequitas gives what its rows give")
    one = measure("--format=csv", os.path.join(EXPORTS, "pandas_crosstab.csv"))
    rows = measure("--format=csv", "-q", "--score=", "--by=sex", os.path.join(REFERENCE, "german.csv"))
    check(one.stdout == rows.stdout != "", "so does one of pandas")
    with open(os.path.join(EXPORTS, "aequitas_crosstab.csv"), "rb") as f:
        piped = dossier("measure", "--format=csv", by, "-", env=UTF8, stdin=f)
    check(piped.stdout == ours.stdout, "and from standard input")
    for name in ("fairlearn_by_group_multiindex.csv", "fairlearn_by_group_control_feature.csv"):
        theirs = measure("--format=csv", "--by=sex,age,sex*age", os.path.join(EXPORTS, name))
        ours = measure("--format=csv", "-q", "--score=", "--by=sex,age,sex*age", os.path.join(REFERENCE, "german.csv"))
        check(theirs.stdout == ours.stdout != "", f"{name}: the rates imply the counts, of every margin",
              theirs.stderr)
    theirs = measure("--format=csv", "--by=sex", "--control=age", "--metrics=selection_rate",
                     os.path.join(EXPORTS, "fairlearn_by_group_control_feature.csv"))
    ours = measure("--format=csv", "-q", "--score=", "--by=sex", "--control=age", "--metrics=selection_rate",
                   os.path.join(REFERENCE, "german.csv"))
    check(theirs.stdout == ours.stdout != "" and "cmh" in theirs.stdout.lower(),
          "and compare groups within the control feature", theirs.stderr)


def dashboard(rows, truth, prediction, features, kind, read):
    """The dictionary of a dashboard that has these rows."""
    bins = []
    for feature in features:
        labels = sorted({r[feature] for r in rows if r[feature]})
        bins.append({"featureBinName": feature, "binLabels": labels,
                     "binVector": [labels.index(r[feature]) if r[feature] else None for r in rows]})
    return dict({"predictionType": kind} if kind else {}, schemaType="dashboardDictionary", schemaVersion=0,
                modelNames=["model"], trueY=[read(r[truth]) for r in rows],
                predictedY=[[read(r[prediction]) for r in rows]], precomputedFeatureBins=bins, precomputedMetrics=[])


def dashboards(folder):
    """They carry the rows: the same bytes as from the rows in CSV."""
    if not os.path.isdir(REFERENCE):
        skip("there is no ../shared/fairness-reference")
        return
    for name, prediction, kind, read, options in [
            ("german", "y_pred", "binaryClassification", float, ["--score="]),
            ("german", "score", "probability", float, ["--prediction="]),
            ("german", "score", None, float, ["--prediction="]),
            ("german_multiclass", "y_pred", "binaryClassification", str, ["--kind=classes"]),
            ("german_regression", "y_pred", "regression", float, ["--kind=numbers"])]:
        path = os.path.join(REFERENCE, name + ".csv")
        with open(path, encoding="utf-8") as f:
            rows = list(csv.DictReader(f))
        theirs = write(folder, "dashboard.json", dashboard(rows, "y_true", prediction, ["sex", "age"], kind, read))
        a = measure("--format=csv", "--by=sex,age,sex*age", theirs)
        b = measure("--format=csv", "-q", "--by=sex,age,sex*age", *options, path)
        check(a.stdout == b.stdout != "" and a.returncode == 0, f"a dashboard of {name}, {kind}", a.stderr)
    two = dashboard(rows, "y_true", "y_pred", ["sex"], "regression", float)
    two["modelNames"] = ["first", "second"]
    two["predictedY"].append([0.0] * len(rows))
    path = write(folder, "two.json", two)
    r = measure("--format=csv", path)
    check("read is \"first\"" in r.stderr and r.stdout == measure("--format=csv", "--by=sex", theirs).stdout,
          "of two models the first is read", r.stderr)
    r = measure("--format=json", "--table=second", "--metrics=mean_prediction", path)
    check(r.stderr == "" and json.loads(r.stdout)["whole"][0]["metrics"][0]["value"] == 0, "or the one that is named",
          r.stderr)
    r = measure("--table=third", path)
    check('read is "first", for none is "third"' in r.stderr, "if there is one", r.stderr)
    document = json_of(theirs)
    check(document["export"] == "a Responsible AI dashboard" and [t["attribute"] for t in document["tables"]] ==
          ["sex", "age"], "by each feature when none is asked for")


def names():
    """CSV has every metric that the reference values are of, under its name."""
    if not os.path.isdir(REFERENCE):
        skip("there is no ../shared/fairness-reference")
        return
    for name, options in [("german", ["--by=sex,age,foreign_worker"]), ("edge_cases", ["--by=group,other"]),
                          ("german_multiclass", ["--by=sex", "--kind=classes"]),
                          ("german_regression", ["--by=sex", "--kind=numbers"])]:
        ours = {k[0] for k in rows_of("-q", *options, os.path.join(REFERENCE, name + ".csv"))}
        with open(os.path.join(REFERENCE, "expected", name + ".csv"), encoding="utf-8") as f:
            absent = {x["metric"] for x in csv.DictReader(f) if x["value"] != "error"} - ours
        check(not absent and len(ours) > 100, f"every metric of {name} has a row", sorted(absent))


AEQUITAS = """model_id,score_threshold,k,attribute_name,attribute_value,accuracy,tpr,fpr,ppr,pprev,fp,fn,tn,tp,group_size,total_entities
0,binary 0/1,60,race,a,0.7,0.8,0.4,0.6666666666666666,0.6,20,10,30,40,100,200
0,binary 0/1,60,race,b,0.75,0.3333333333333333,0.07142857142857142,0.3333333333333333,0.2,5,20,65,10,100,200
"""


def aequitas(folder):
    good = write(folder, "aequitas.csv", AEQUITAS.replace("0.6666666666666666", "0.8").replace(
        "0.07142857142857142,0.3333333333333333,0.2", "0.07142857142857142,0.2,0.15").replace(
        ",60,", ",75,"))
    r = measure(good, "--fail-on=finding", "--verdict=significance", "--metrics=accuracy")
    check(r.returncode == 0 and r.stderr == "", "a crosstab that agrees with itself", r.stderr)
    rows = rows_of(good)
    check(value(rows, "selection_rate", "race", "b") == 0.15, "pprev is the selection rate")
    check(value(rows, "predicted_positive_ratio_k", "race", "b") == 0.2, "ppr is the share of all selected")
    check(abs(value(rows, "selection_rate_ratio", "race", "b vs a") - 0.25) < 1e-12,
          "the ratio is that of selection rates")
    r = measure(good, "--fail-on=finding")
    check(r.returncode == 1 and "-> finding" in r.stdout, "there are verdicts, and they can fail", r.stdout)
    bad = write(folder, "belied.csv", AEQUITAS)
    r = measure(bad, "--metrics=accuracy", "--verdict=significance")
    check(r.returncode == 0 and 'selection_rate of "b" is 0.2, the counts make it 0.15' in r.stderr
          and ":3:" in r.stderr and "METRIC_RECOUNT" in r.stderr, "what the counts belie is told", r.stderr)
    r = measure(bad, "--metrics=accuracy", "--verdict=significance", "--fail-on=finding")
    check(r.returncode == 1, "and fails where findings do")
    less = write(folder, "less.csv", AEQUITAS.replace(",200\n", ",210\n"))
    document = json_of(less)
    check(not document["whole"] and "n_rows" not in document and "n_missing" not in document["tables"][0] and
          document["tables"][0]["groups"][0]["n"] == 100, "rows in no group: nothing is said of all of them", document)
    check("predicted_positive_ratio_k" in {f["metric"] for f in document["stated"]} and
          not [k for k in rows_of(less) if k[2] == "(overall)" and k[1] == "race"], "but shares as stated")
    both = write(folder, "both.csv", AEQUITAS.replace(",200\n", ",210\n").replace(",60,", ",83,") +
                        "0,binary 0/1,83,sex,f,0.7,0.8,0.4,0.6,0.58,30,10,70,53,163,210\n"
                        "0,binary 0/1,83,sex,m,0.7,0.8,0.4,0.6,0.58,0,20,27,0,47,210\n")
    rows = rows_of(both)
    missing = [rows[(m, "race", "(missing)")]["value"] for m in
               ("true_positives", "false_positives", "false_negatives", "true_negatives")]
    check(missing == ["3", "5", "0", "2"], "rows that have no value of an attribute are what the others leave", missing)
    check(rows[("count", "race", "(overall)")]["value"] == "210" and json_of(both)["tables"][0]["n_missing"] == 10,
          "and are counted")
    nan = write(folder, "nan.csv", AEQUITAS.replace("0,binary 0/1,60,race,b,0.75,", "0,binary 0/1,60,race,b,NaN,"))
    r = measure(nan)
    check('accuracy of "b" is not given, the counts make it 0.75' in r.stderr, "NaN as text is no number", r.stderr)
    point = write(folder, "point.csv", AEQUITAS.replace(",20,10,30,40,100,", ",20.0,10.0,30.0,40.0,100.0,"))
    check(measure("--format=csv", point).stdout == measure("--format=csv", bad).stdout, "counts written 40.0 are counts")
    odd = write(folder, "odd.csv", AEQUITAS.replace(",20,10,30,40,100,", ",20.5,10,30,40,100,"))
    r = measure(odd)
    check("\"20.5\": write a whole number of rows" in r.stderr and ":2:" in r.stderr, "half a row is none", r.stderr)
    size = write(folder, "size.csv", AEQUITAS.replace("40,100,200", "40,101,200"))
    r = measure(size)
    check("101 rows, the counts make 100" in r.stderr, "a group of another size than its counts", r.stderr)
    r = measure(bad, "--by=sex")
    check(r.returncode == 3 and '"sex"' in r.stderr and "no such attribute" in r.stderr,
          "an attribute that is not there", r.stderr)


def matrix(tp, fp, fn, tn, threshold=0.5):
    cells = {"truePositives": tp, "falsePositives": fp, "falseNegatives": fn, "trueNegatives": tn}
    return dict({k: v for k, v in cells.items() if v}, threshold=threshold, recall=tp / (tp + fn))


def tfma(folder):
    """Confusion matrices: counts, or sums of weights."""
    def view(name, groups, **more):
        return write(folder, name, [
            {"slice": s, "metrics": {"": {"": dict(more, binary_confusion_matrices={
                "confusionMatrixAtThresholds": {"matrices": matrices}})}}} for s, matrices in groups.items()])
    path = view("tfma.json", {
        "Overall": [matrix(50, 30, 50, 70, 0.25), matrix(50, 25, 30, 95)],
        "race:a": [matrix(40, 50, 10, 0, 0.25), matrix(40, 20, 10, 30)],
        "race:b": [matrix(10, 5, 20, 65)]})
    rows = rows_of(path)
    counts = write(folder, "counts.csv", "race,label,prediction,n\na,1,1,40\na,0,1,20\na,1,0,10\na,0,0,30\n"
                                         "b,1,1,10\nb,0,1,5\nb,1,0,20\nb,0,0,65\n")
    check(rows == rows_of("-q", counts) and len(rows) > 100, "matrices at 0.5 are counts", len(rows))
    rows = rows_of(view("low.json", {"race:a": [matrix(40, 50, 10, 0, 0.25)], "race:b": [matrix(30, 40, 10, 20, 0.25)]},
                        accuracy={"doubleValue": 0.9}, example_count={"doubleValue": 100.0}))
    check(value(rows, "accuracy", "race", "a") == 0.4, "an accuracy at 0.5 is none of the table at 0.25")
    path = view("weights.json", {"race:a": [matrix(40.5, 20, 10, 30)], "race:b": [matrix(10, 5.25, 20, 65)]})
    rows = rows_of(path)
    row = rows[("false_positive_rate", "race", "b")]
    check((row["numerator"], row["denominator"], float(row["value"])) == ("5.25", "70.25", 5.25 / 70.25),
          "sums of weights give rates", row)
    check(("false_positive_rate_wilson_ci95_low", "race", "b") not in rows, "without an interval")
    r = measure("--reference=race:a", "--fail-on=finding", path)
    check(r.returncode == 0 and "cannot be tested" in r.stdout, "and without a test", r.stdout)
    path = view("tampered.json", {"race:a": [dict(matrix(40, 20, 10, 30), recall=0.9)]})
    r = measure("--fail-on=watch", path)
    check(r.returncode == 1 and 'true_positive_rate of "a" is 0.9, the counts make it 0.8' in r.stderr,
          "a recall that the matrix belies", r.stderr)


CROSSTAB = """attribute_name,attribute_value,tp,fp,fn,tn,pprev
race,a,40,20,10,30,0.6
race,b,10,5,20,65,0.15
sex,f,30,20,10,40,0.5
sex,m,20,5,20,55,0.25
"""


def tfma_classes(folder):
    """Confusion matrices of several classes, whose numbers are left out where they are 0."""
    rng = random.Random(11)
    rows = [{"sex": rng.choice("fm"), "age": rng.choice(["old", "young"]), "y_true": str(rng.choice([0, 1, 1, 2])),
             "y_pred": rng.choice(["0", "1", "2", "2", ""])} for _ in range(500)]

    def slice_of(name, part):
        counts = collections.Counter((r["y_true"], r["y_pred"] or "-1") for r in part)
        entries = []
        for (true, said), n in counts.items():
            ids = {"actualClassId": int(true), "predictedClassId": int(said)}
            entries.append(dict({k: v for k, v in ids.items() if v}, numWeightedExamples=float(n)))
        return {"slice": name, "metrics": {"": {"": {"multi_class_confusion_matrix": {
            "multiClassConfusionMatrixAtThresholds": {"matrices": [{"entries": entries}]}},
            "example_count": {"doubleValue": float(len(part))}}}}}

    def where(**want):
        return [r for r in rows if all(r[k] == v for k, v in want.items())]

    view = [slice_of("Overall", rows)] + [slice_of(f"sex:{s}", where(sex=s)) for s in "fm"] + \
        [slice_of(f"age:{a}", where(age=a)) for a in ("old", "young")]
    ours = measure("--format=csv", "-q", "--kind=classes", "--by=age,sex", "--label=y_true", "--prediction=y_pred",
                   write(folder, "rows.csv", "sex,age,y_true,y_pred\n" + "".join(",".join(r.values()) + "\n" for r in rows)))
    theirs = measure("--format=csv", "--by=age,sex", write(folder, "classes.json", view))
    check(theirs.stdout == ours.stdout != "" and '"confusion[0,2]"' in theirs.stdout, "matrices of several classes are counts",
          theirs.stderr, ours.stderr, *sorted(set(theirs.stdout.splitlines()) ^ set(ours.stdout.splitlines()))[:6])
    cross = [slice_of(f"age_X_sex:{a}_X_{s}", where(age=a, sex=s)) for a in ("old", "young") for s in "fm"]
    theirs = measure("--format=csv", "--by=age,sex", write(folder, "cross.json", cross))
    check(theirs.stdout == ours.stdout, "those of an intersection give its attributes", theirs.stderr)
    r = measure(write(folder, "sum.json", view[1:3]), "--metrics=recall")
    check(r.returncode == 0 and "500 rows" in " ".join(r.stdout.split()), "without Overall it is their sum", r.stderr, r.stdout[:300])
    view[1]["metrics"][""][""]["example_count"]["doubleValue"] += 1
    r = measure("--fail-on=watch", write(folder, "more.json", view))
    check(r.returncode == 1 and "rows, the counts make" in r.stderr, "a number of examples that they belie", r.stderr)
    view[1]["metrics"][""][""]["multi_class_confusion_matrix"]["multiClassConfusionMatrixAtThresholds"]["matrices"][0][
        "entries"][0]["numWeightedExamples"] = 2.5
    r = measure(write(folder, "half.json", view))
    check("only whole numbers of rows" in r.stderr and r.returncode in (0, 3), "weights of classes are not read", r.stderr)


def orientations(folder):
    """A data frame is the same in every orientation that tells rows from columns."""
    lines = list(csv.reader(io.StringIO(CROSSTAB)))
    rows = [dict(zip(lines[0], [float(v) if v.replace(".", "").isdigit() else v or None for v in line])) for line in lines[1:]]
    want = measure("--format=csv", write(folder, "frame.csv", CROSSTAB)).stdout
    check(measure("--format=csv", write(folder, "records.json", rows)).stdout == want != "", "a crosstab as records")
    check(measure("--format=csv", write(folder, "table.json", {"schema": {}, "data": rows})).stdout == want, "as a table")
    frame = "sex,count,tp,fp,fn,tn\nf,100,40,20,10,30\nm,60,10,5,20,25\n"
    want = measure("--format=csv", "--by=sex", write(folder, "sex.csv", frame)).stdout
    split = {"columns": ["count", "tp", "fp", "fn", "tn"], "index": ["f", "m"],
             "data": [[100, 40, 20, 10, 30], [60, 10, 5, 20, 25]]}
    r = measure("--format=csv", "--by=sex", write(folder, "split.json", split))
    check(r.stdout == want != "" and "index of the frame has no name" in r.stderr, "split, whose index has no name", r.stderr)
    for bad in ([[1, 2], [3, 4]], [{"a": [1]}], {"columns": ["a"], "index": [1], "data": [[1, 2]]}, [], [{}]):
        r = measure(write(folder, "bad.json", bad))
        check(r.returncode == 3 and "EXPORT_SHAPE" in r.stderr, f"{bad} is no table", r.returncode, r.stderr)


def rate(a, b):
    return a / b if b else 0.0


def frame(groups, digits=None, head="sex,count,selection_rate,true_positive_rate,false_positive_rate,precision"):
    """MetricFrame.by_group of (tp, fp, fn, tn) in CSV, undefined rates being 0 as there."""
    lines = [head]
    for name, (tp, fp, fn, tn) in groups.items():
        rates = [rate(tp + fp, tp + fp + fn + tn), rate(tp, tp + fn), rate(fp, fp + tn), rate(tp, tp + fp)]
        shown = [repr(r if digits is None else round(r, digits)) for r in rates]
        lines.append(",".join([name, f"{tp + fp + fn + tn}.0", *shown]))
    return "\n".join(lines) + "\n"


def counts_of(path, *args):
    r = measure("--format=counts", path, *args)
    out = {}
    for row in csv.DictReader(io.StringIO(r.stdout)):
        cells = out.setdefault(row["sex"], [0, 0, 0, 0])
        cells[{"11": 0, "01": 1, "10": 2, "00": 3}[row["label"] + row["prediction"]]] = int(row["n"])
    return {k: tuple(v) for k, v in out.items()}


def implied(folder):
    """Rates and rows give the counts, or none where they could be others."""
    rng = random.Random(7)
    groups = {f"g{i}": tuple(rng.randrange(0, 10 ** rng.randrange(1, 5)) for _ in range(4)) for i in range(200)}
    groups = {k: v for k, v in groups.items() if v[0] + v[2] and v[1] + v[3] and v[0] + v[1] and v[2] + v[3]}
    path = write(folder, "frame.csv", frame(groups))
    found = counts_of(path)
    wrong = [k for k in found if found[k] != groups[k]]
    check(not wrong and len(found) > 0.97 * len(groups), f"counts of {len(found)} of {len(groups)} groups", wrong)
    check(measure(path, "--metrics=accuracy").stderr == "", "nothing is found wrong with them")
    path = write(folder, "ten.csv", frame(groups, 10))
    found = counts_of(path)
    wrong = [k for k in found if found[k] != groups[k]]
    check(not wrong and len(found) > 0.9 * len(groups), f"ten decimals are enough, of {len(found)}", wrong)
    path = write(folder, "three.csv", frame({"f": (301, 123, 77, 499), "m": (211, 99, 88, 321)}, 3))
    document = json_of(path)
    check(not document["tables"] and len(document["stated"]) >= 8, "three decimals are not", document["tables"])
    good = {"f": (30, 12, 7, 49), "m": (60, 20, 9, 80)}
    path = write(folder, "wrong.csv", frame(good).replace(repr(60 / 69), "0.51"))
    r = measure(path, "--fail-on=finding", "--verdict=significance", "--metrics=precision")
    check(r.returncode == 1 and 'true_positive_rate of "m" is 0.51, the counts make it 0.869565' in r.stderr
          and "wrong.csv:3:" in r.stderr, "one rate that does not go with the others is found", r.stderr)
    path = write(folder, "doubtful.csv", frame({"f": (30, 12, 7, 49), "m": (60, 20, 9, 80)}).replace(
        repr(60 / 69), "0.5"))
    r = measure(path, "--fail-on=finding")
    check(r.returncode == 1 and 'the rates of "m" contradict one another' in r.stderr and "doubtful.csv:3:" in r.stderr,
          "rates of which either may be wrong give no counts", r.stderr)
    document = json_of(path)
    check(not document["tables"] and not document["whole"] and
          {f["group"] for f in document["stated"] if f["metric"] == "selection_rate"} == {"f", "m"} and
          document["stated_comparisons"], "and their attribute is shown as stated")
    path = write(folder, "weighted.csv", "sex,count,selection_rate,true_positive_rate,false_positive_rate\n"
                 f"f,10.0,{4.37 / 9.5!r},{2.12 / 3.7!r},{2.25 / 5.8!r}\n")
    document = json_of(path)
    check(not document["tables"] and "METRIC_RECOUNT" not in measure(path).stderr, "weighted rates have no counts")
    path = write(folder, "index.csv", "count,selection_rate\n10.0,0.5\n")
    r = measure(path)
    check(r.returncode == 3 and "no column has the names of the groups" in r.stderr, "index=False leaves no names",
          r.stderr)
    path = write(folder, "reset.csv", ",sex,count,selection_rate\n0,f,10.0,0.5\n1,m,20.0,0.25\n")
    rows = rows_of(path)
    check(value(rows, "selection_rate", "sex", "m") == 0.25 and rows[("selection_rate", "sex", "m")]["numerator"] == "5",
          "the numbers of reset_index() are no groups")
    path = write(folder, "empty.csv", "sex,race,count,selection_rate\nf,a,10.0,0.5\nf,b,,\nm,a,20.0,0.25\nm,b,30.0,0.5\n")
    r = measure(path)
    check(r.returncode == 0 and "f*b" not in r.stdout, "a combination without rows is no group", r.stdout)
    path = write(folder, "nan.csv", "sex,count,selection_rate,precision\nf,10.0,0.0,NaN\nm,20.0,0.5,0.5\n")
    rows = rows_of(path)
    check(rows[("precision", "sex", "f")]["value"] == "nan", "NaN as text is undefined")
    path = write(folder, "quantiles.csv", ",0.025,0.5,0.975\n,selection_rate,selection_rate,selection_rate\nsex,,,\n"
                                          "f,0.5,0.6,0.7\nm,0.6,0.7,0.8\n")
    rows = rows_of(path)
    check(value(rows, "selection_rate_quantile_0.975", "sex", "m") == 0.8 and
          abs(value(rows, "selection_rate_ratio", "sex", "f vs m") - 0.6 / 0.7) < 1e-12
          if ("selection_rate_ratio", "sex", "f vs m") in rows else
          value(rows, "selection_rate", "sex", "m") == 0.7, "two lines of header, of by_group_ci", sorted(rows))
    path = write(folder, "small.csv", frame(good))
    r = measure(path, "--min-report=100", "--format=csv")
    check(",withheld" in r.stdout or "withheld," in r.stdout and "0.4285" not in r.stdout, "small groups are withheld")


def report_of(rows, names):
    """classification_report(output_dict=True), zero_division being 0 as there."""
    out = {}
    for name in names:
        hits = sum(r["y_true"] == name == r["y_pred"] for r in rows)
        true = sum(r["y_true"] == name for r in rows)
        said = sum(r["y_pred"] == name for r in rows)
        out[name] = {"precision": rate(hits, said), "recall": rate(hits, true),
                     "f1-score": rate(2 * hits, true + said), "support": true}
    out["accuracy"] = rate(sum(r["y_true"] == r["y_pred"] for r in rows), len(rows))
    return out


def reports(folder):
    """Each class against the rest, from support, recall and precision."""
    rng = random.Random(3)
    names = ["high", "low", "none"]
    rows = [{"sex": rng.choice("fm"), "y_true": rng.choice(names), "y_pred": rng.choice(names + ["low", "none"])}
            for _ in range(400)]
    path = write(folder, "rows.csv", "sex,y_true,y_pred\n" +
                 "".join(f"{r['sex']},{r['y_true']},{r['y_pred']}\n" for r in rows))
    ours = rows_of("-q", "--kind=classes", "--by=sex", path)
    by_sex = {s: report_of([r for r in rows if r["sex"] == s], names) for s in "fm"}
    theirs = rows_of("--by=sex", write(folder, "report.json", by_sex))
    keys = [k for k in theirs if "[" in k[0] and k[1] == "sex" and k in ours]
    wrong = [k for k in keys if any(theirs[k][c] != ours[k][c] for c in ("value", "numerator", "denominator"))
             and not is_near(theirs[k]["value"], ours[k]["value"])]
    check(not wrong and len(keys) > 80, f"{len(keys)} numbers of classes are those of the rows", wrong)
    r = measure("--by=sex", os.path.join(folder, "report.json"))
    check("two-proportion z" in r.stdout and "recall[high]" in r.stdout, "and are tested between groups")
    two = [dict(r, y_true="low" if r["y_true"] == "low" else "none", y_pred="low" if r["y_pred"] == "low" else "none")
           for r in rows]
    path = write(folder, "two.csv", "sex,y_true,y_pred\n" +
                 "".join(f"{r['sex']},{r['y_true']},{r['y_pred']}\n" for r in two))
    ours = measure("--format=csv", "-q", "--positive=low", "--by=sex", path).stdout
    path = write(folder, "two.json", {s: report_of([r for r in two if r["sex"] == s], ["low", "none"]) for s in "fm"})
    check(measure("--format=csv", "--positive=low", "--by=sex", path).stdout == ours != "",
          "--positive says which class is meant, of a report")
    path = write(folder, "dash.json", dashboard(two, "y_true", "y_pred", ["sex"], None, str))
    check(measure("--format=csv", "--positive=low", path).stdout == ours, "of a dashboard")
    cells = {(s, t): [sum((r["sex"], r["y_true"], r["y_pred"]) == (s, t, p) for r in two) for p in ("low", "none")]
             for s in "fm" for t in ("low", "none")}
    path = write(folder, "cross.csv", "sex,y_true,low,none\n" +
                 "".join(f"{s},{t},{n[0]},{n[1]}\n" for (s, t), n in cells.items()))
    check(measure("--format=csv", "--positive=low", path).stdout == ours, "and of a cross table")
    whole = report_of([r for r in rows if r["y_pred"] != "high"], names)
    rows = rows_of(write(folder, "never.json", whole))
    check(rows[("precision[high]", "", "(overall)")]["value"] == "nan", "a class that is never predicted has no precision")
    check(rows[("selection_rate[high]", "", "(overall)")]["numerator"] == "0", "and no row")
    whole["low"]["recall"] = 2
    r = measure(write(folder, "two.json", whole))
    check(r.returncode == 0 and "true_positive_rate[low] is at most 1" in r.stderr.replace("recall[low]",
          "true_positive_rate[low]") and "EXPORT_WHOLE" in r.stderr, "a recall of 2", r.stderr)
    whole = report_of([r for r in two if r["sex"] == "f"], ["low", "none"])
    whole["low"]["recall"] += 0.001
    r = measure(write(folder, "odd.json", whole))
    check("EXPORT_WHOLE" in r.stderr and "recall" in r.stdout, "a recall that is none of whole rows", r.stderr)


def unknown(folder):
    path = write(folder, "cut.json", '[{"slice": "Overall", "metrics": {"": {"": {"accuracy": {"doubleVal')
    r = measure(path)
    check(r.returncode == 3 and r.stdout == "" and "cut.json:1:" in r.stderr, "a JSON that is cut", r.stderr)
    path = write(folder, "other.json", {"a": {"b": [1, 2]}})
    r = measure(path)
    check(r.returncode == 3 and "EXPORT_SHAPE" in r.stderr and "TensorFlow Model Analysis" in r.stderr and
          "Evidently" in r.stderr, "of an unknown shape it is told which are known", r.stderr)
    path = write(folder, "other.csv", "a,b\n1,2\n")
    r = measure(path)
    check(r.returncode == 3 and "--prediction" in r.stderr and "Aequitas" in r.stderr,
          "and of an unknown header", r.stderr)
    path = write(folder, "head.csv", "sex,selection_rate\n")
    r = measure(path)
    check(r.returncode == 3 and "CSV_ROWS" in r.stderr, "a header without rows", r.stderr)
    path = write(folder, "rows.csv", "sex,y_true,y_pred,precision\nf,1,1,0.5\nf,0,1,0.5\nm,1,0,0.5\nm,0,0,0.5\n")
    document = json_of(path, "-q", "--by=sex")
    check("export" not in document and document["n_rows"] == 4, "rows with label and prediction are predictions")


AUDIT = """Race/Ethnicity,# of Applicants,# Selected,Selection Rate,Impact Ratio
White,"1,200",600,50%,1.00
Black or African American,800,300,37.5%,0.75
Asian,400,180,45.0%,.9
Native American,20,12,60%,N/A
Unknown,250,90,,
Total,"2,670","1,182",,
"""


def audits(folder):
    """Published tables of people and selected give what their rows give."""
    def rows_file(name, header, groups):
        return write(folder, name, header + ",y_pred\n" + "".join(
            f"{key},{int(i < selected)}\n" for key, n, selected in groups for i in range(n)))
    path = write(folder, "audit.csv", AUDIT)
    r = measure("--format=csv", path)
    theirs = rows_file("people.csv", "Race/Ethnicity", [
        ("White", 1200, 600), ("Black or African American", 800, 300), ("Asian", 400, 180), ("Native American", 20, 12),
        ("", 250, 90)])
    ours = measure("--format=csv", "-q", "--by=Race/Ethnicity", theirs)
    check(r.returncode == 0 and r.stderr == "" and r.stdout == ours.stdout != "", "an audit gives what its rows give", r.stderr,
          *sorted(set(r.stdout.splitlines()) ^ set(ours.stdout.splitlines()))[:5])
    rows = rows_of(path)
    where = ("Race/Ethnicity", "Black or African American")
    check((value(rows, "selection_impact_ratio_all", *where), value(rows, "selection_impact_ratio_excluding_small", *where),
           value(rows, "unknown_category_count", where[0], "(all groups)")) == (0.625, 0.75, 250),
          "both ratios, and how many are unknown")
    for wrong, message in (("0.75", "0.85"), ("50%", "48%"), ("1,200", "1,201"), ("300", "801")):
        r = measure("--fail-on=watch", "--format=csv", write(folder, "wrong.csv", AUDIT.replace(wrong, message, 1)))
        check(r.returncode == 1 and "METRIC_RECOUNT" in r.stderr, f"{message} in place of {wrong} is told", r.returncode, r.stderr)
    path = write(folder, "two.csv", "sex,race,hired,not hired\nf,b,20,80\nf,w,40,60\nm,b,30,70\nm,w,50,50\n")
    rows = rows_of("--by=sex,race", path)
    check((rows[("selection_rate", "sex", "f")]["numerator"], rows[("selection_rate", "race", "w")]["denominator"]) ==
          ("60", "200"), "of an intersection there are margins", list(rows)[:5])
    path = write(folder, "long.csv", "audit,attribute,category,applicants,selected\n"
                 "a,sex,f,100,40\na,sex,m,100,50\na,race,x,90,30\na,race,y,110,60\nb,sex,f,10,4\nb,sex,m,10,5\n")
    rows = rows_of("--table=a", path)
    check((value(rows, "selection_rate", "sex", "f"), value(rows, "selection_rate", "race", "x")) == (0.4, 1 / 3),
          "several tables in one file", list(rows)[:5])
    r = measure(write(folder, "twice.csv", "sex,applicants,selected\nf,10,4\nm,9,3\nf,20,4\n"))
    check("stands above already" in r.stderr and ":4:1:" in r.stderr, "a category that stands twice", r.stderr)


def frequencies(folder):
    """A line that stands for several rows."""
    path = write(folder, "freq.csv", "sex,y_true,y_pred,n\nf,0,0,100\nf,1,1,50\nm,0,0,80\nm,1,0,70\nm,1,1,7\n")
    r = measure("--by=sex", path)
    check("--count=n" in r.stderr and "5 rows" in r.stdout, "a column of numbers of rows is told", r.stderr)
    counts = write(folder, "counts.csv", open(path, encoding="utf-8").read().replace("y_true,y_pred", "label,prediction"))
    check(measure("--by=sex", "--count=n", "-q", "--format=csv", path).stdout == measure("--by=sex", "--format=csv", counts).stdout
          != "", "and is taken where it is named")
    for more, word in (("--weight=n", "no --weight"), ("--sql=sqlite", "no --sql")):
        r = measure("--count=n", more, path)
        check(r.returncode == 2 and word in r.stderr, f"--count goes with {word}", r.stderr)
    r = measure(write(folder, "hired.csv", "sex,hired,n\nf,0,100\nf,1,50\nm,0,80\nm,1,70\n"), "-q")
    check(r.returncode == 3 and r.stdout == "", "0 and 1 are no numbers of people that were hired", r.stderr)


def main():
    folder = tempfile.mkdtemp(prefix="dossier-import-")
    try:
        real_exports()
        crosstab_is_rows()
        dashboards(folder)
        names()
        aequitas(folder)
        orientations(folder)
        tfma(folder)
        tfma_classes(folder)
        implied(folder)
        reports(folder)
        audits(folder)
        frequencies(folder)
        unknown(folder)
    finally:
        shutil.rmtree(folder)
    done()


main()
