"""What `dossier measure` should say of rows, computed another way: counts and
sums are exact fractions, rounded once; statistics are those of SciPy, where it
is installed.  Keys are (metric, group) for one attribute; a value is a
fraction, a float, or None where it is undefined."""
import collections
import math
from fractions import Fraction

try:
    import numpy
    import scipy.stats
except ImportError:
    scipy = None

MISSING = {"", "NA", "N/A", "NaN", "nan", "null", "None"}
WORDS = {"1": 1, "1.0": 1, "true": 1, "yes": 1, "0": 0, "0.0": 0, "false": 0, "no": 0}

# Numerator and denominator of each rate, by label and prediction.
RATES = {
    "selection_rate": (lambda y, p: p == 1, lambda y, p: p is not None),
    "base_rate": (lambda y, p: y == 1, lambda y, p: y is not None),
    "true_positive_rate": (lambda y, p: p == 1, lambda y, p: y == 1 and p is not None),
    "false_negative_rate": (lambda y, p: p == 0, lambda y, p: y == 1 and p is not None),
    "true_negative_rate": (lambda y, p: p == 0, lambda y, p: y == 0 and p is not None),
    "false_positive_rate": (lambda y, p: p == 1, lambda y, p: y == 0 and p is not None),
    "precision": (lambda y, p: y == 1, lambda y, p: p == 1 and y is not None),
    "false_discovery_rate": (lambda y, p: y == 0, lambda y, p: p == 1 and y is not None),
    "negative_predictive_value": (lambda y, p: y == 0, lambda y, p: p == 0 and y is not None),
    "false_omission_rate": (lambda y, p: y == 1, lambda y, p: p == 0 and y is not None),
    "accuracy": (lambda y, p: y == p, lambda y, p: None not in (y, p)),
    "error_rate": (lambda y, p: y != p, lambda y, p: None not in (y, p)),
    "jaccard": (lambda y, p: y == p, lambda y, p: None not in (y, p) and y + p > 0),
}

Row = collections.namedtuple("Row", "group label prediction score weight")


def answer(text, positive=None):
    if text.strip() in MISSING:
        return None
    return int(text == positive) if positive is not None else WORDS[text.strip().lower()]


def number(text):
    text = text.strip()
    return None if text in MISSING else Fraction(text)


def share(part, whole):
    return part / whole if whole else None


def weigh(rows):
    return sum((r.weight for r in rows), Fraction(0))


def count(rows, rate):
    """Numerator and denominator of a rate."""
    numerator, denominator = RATES[rate]
    rows = [r for r in rows if denominator(r.label, r.prediction)]
    return weigh([r for r in rows if numerator(r.label, r.prediction)]), weigh(rows)


def mean_score(rows):
    return share(sum((r.weight * r.score for r in rows), Fraction(0)), weigh(rows))


def area(positives, negatives):
    """Pairs in which the positive scores higher, ties one half, of all."""
    by_score = collections.defaultdict(lambda: [Fraction(0), Fraction(0)])
    for r in positives + negatives:
        by_score[r.score][r.label] += r.weight
    below = pairs = Fraction(0)
    for score in sorted(by_score):
        no, yes = by_score[score]
        pairs += yes * (below + no / 2)
        below += no
    return share(pairs, weigh(positives) * weigh(negatives))


def calibration_errors(rows, side):
    """Expected and maximum calibration error over ten bins."""
    bins = collections.defaultdict(list)
    for r in rows:
        place = 10 * r.score
        bins[min(9, math.floor(place)) if side == "left" else max(0, math.ceil(place) - 1)].append(r)
    gaps = [(weigh(b), abs(mean_score(b) - weigh([r for r in b if r.label]) / weigh(b)))
            for b in bins.values() if weigh(b)]
    if not gaps:
        return None, None
    return sum(w * gap for w, gap in gaps) / weigh(rows), max(gap for _, gap in gaps)


def of_scores(rows):
    scored = [r for r in rows if r.score is not None]
    both = [r for r in scored if r.label is not None]
    positives, negatives = [r for r in both if r.label], [r for r in both if not r.label]
    out = {"roc_auc": area(positives, negatives),
           "mean_score": mean_score(scored),
           "mean_score_positives": mean_score(positives),
           "mean_score_negatives": mean_score(negatives),
           "missing_score_rate": share(weigh(rows) - weigh(scored), weigh(rows)),
           "brier_score": share(sum((r.weight * (r.score - r.label) ** 2 for r in both), Fraction(0)), weigh(both)),
           "calibration_in_the_large": mean_score(both) - weigh(positives) / weigh(both) if weigh(both) else None}
    for side in ("left", "right"):
        for name, value in zip(("expected", "maximum"), calibration_errors(both, side)):
            out[f"{name}_calibration_error_10_{side}_closed"] = value
    return out


def of_rows(rows, has_scores):
    """Every exact metric of some rows."""
    out = {name: share(*count(rows, name)) for name in RATES}
    tp, predicted = count(rows, "precision")
    positive = count(rows, "true_positive_rate")[1]
    out["f1_score"] = share(2 * tp, predicted + positive)
    out["treatment_equality_ratio"] = share(positive - tp, predicted - tp)
    sides = out["true_positive_rate"], out["true_negative_rate"]
    out["balanced_accuracy"] = None if None in sides else sum(sides) / 2
    out["count"] = Fraction(len(rows))
    if has_scores:
        out.update(of_scores(rows))
    return out


def ratio(a, b):
    if a is None or b is None or (a == 0 and b == 0):
        return None
    return a / b if b else math.inf


def impact(groups):
    """The table of New York City Local Law 144; people are counted."""
    out, selected = {}, {}
    for name, rows in groups.items():
        if name != "(missing)":
            known = [r for r in rows if r.prediction is not None]
            selected[name] = Fraction(sum(r.prediction for r in known)), len(known)
    everybody = sum(n for _, n in selected.values())
    rates = {name: share(k, n) for name, (k, n) in selected.items()}
    small = {name for name, (_, n) in selected.items() if Fraction(n, everybody) < Fraction(2, 100)}
    best = max(r for r in rates.values() if r is not None)
    large = max(r for name, r in rates.items() if r is not None and name not in small)
    for name, rate in rates.items():
        out["selection_impact_ratio_all", name] = ratio(rate, best)
        out["selection_share_of_data", name] = Fraction(selected[name][1], everybody)
        out["selection_impact_ratio_excluding_small", name] = "excluded" if name in small else ratio(rate, large)
    return out


def truth(rows, has_scores):
    """Every exact value: of groups, of pairs, between groups, of the law."""
    groups = collections.defaultdict(list)
    for r in rows:
        groups[r.group].append(r)
    values = {name: of_rows(group, has_scores) for name, group in groups.items()}
    whole = of_rows(rows, has_scores)
    compared = sorted((g for g in groups if g != "(missing)"), key=str.encode)
    reference = min(compared, key=lambda g: (-len(groups[g]), g.encode()))
    out = {(name, g): v for g in values for name, v in values[g].items()}
    out.update({(name, "(overall)"): v for name, v in whole.items()})
    for name in RATES:
        base = values[reference][name]
        for g in compared:
            value, pair = values[g][name], f"{g} vs {reference}"
            if g != reference:
                out[name + "_difference", pair] = None if None in (value, base) else value - base
                out[name + "_ratio", pair] = ratio(value, base)
        known = [values[g][name] for g in compared if values[g][name] is not None]
        some, two = bool(known), len(known) > 1
        out[name + "_group_min", "(all groups)"] = min(known) if some else None
        out[name + "_group_max", "(all groups)"] = max(known) if some else None
        out[name + "_difference_between_groups", "(all groups)"] = max(known) - min(known) if two else None
        out[name + "_ratio_between_groups", "(all groups)"] = ratio(min(known), max(known)) if two else None
    out.update(impact(groups))
    return out


def fisher(k1, n1, k2, n2):
    """Two-sided p of Fisher's exact test, and its mid-p."""
    table = scipy.stats.hypergeom(n1 + n2, k1 + k2, n1)
    p = table.pmf(numpy.arange(max(0, k1 + k2 - n2), min(k1 + k2, n1) + 1))
    here = table.pmf(k1)
    same = abs(p - here) <= 1e-7 * here
    return p[(p < here) | same].sum(), p[(p < here) & ~same].sum() + p[same].sum() / 2


def statistics(rows):
    """Intervals and tests of unweighted rates, as SciPy has them."""
    out, groups = {}, collections.defaultdict(list)
    for r in rows:
        groups[r.group].append(r)
    compared = sorted((g for g in groups if g != "(missing)"), key=str.encode)
    reference = min(compared, key=lambda g: (-len(groups[g]), g.encode()))
    for name in RATES:
        counts = {g: tuple(map(int, count(groups[g], name))) for g in compared}
        for g, (k, n) in counts.items():
            for what, method in (("wilson", "wilson"), ("wilson_cc", "wilsoncc"), ("clopper_pearson", "exact")):
                if n:
                    interval = scipy.stats.binomtest(k, n).proportion_ci(0.95, method)
                    out[f"{name}_{what}_ci95_low", g], out[f"{name}_{what}_ci95_high", g] = interval
            if g == reference or not n or not counts[reference][1]:
                continue
            pair, (k2, n2) = f"{g} vs {reference}", counts[reference]
            out[name + "_fisher_p", pair], out[name + "_fisher_mid_p", pair] = fisher(k, n, k2, n2)
            if 0 < k + k2 < n + n2:
                table = [[k, n - k], [k2, n2 - k2]]
                out[name + "_chi2_yates_p", pair] = scipy.stats.chi2_contingency(table)[1]
                out[name + "_z_pooled_p", pair] = scipy.stats.chi2_contingency(table, correction=False)[1]
    return out
