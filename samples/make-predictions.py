#!/usr/bin/env python3
"""Write models/crs-2/predictions.csv, always the same: python3 make-predictions.py

24,000 made-up applications of the third quarter of 2026.  Thin credit files
make young applicants look riskier than they are, so that the selection rate of
18-24 is near its limit; one group is small enough to be withheld; a few
applicants gave no sex, and a few outcomes are not known yet.
"""
import os
import random

ROWS = 24_000
SEED = 20260930
CUT_OFF = 0.73
AGES = [("18-24", 0.11), ("25-39", 0.39), ("40-64", 0.41), ("65+", 0.09)]
HEADER = "repaid,approved,score,sex,age_group,residence"


def pick(rng, weighted):
    x = rng.random()
    for value, share in weighted:
        x -= share
        if x < 0:
            return value
    return weighted[-1][0]


def logistic(x):
    return 1 / (1 + 2.718281828459045 ** -x)


def row(rng, i):
    age = pick(rng, AGES)
    sex = pick(rng, [("female", 0.478), ("male", 0.508), ("", 0.014)])
    residence = "other" if i % 1091 == 7 else pick(rng, [("DK", 0.635), ("SE", 0.355), ("NO", 0.01)])
    strength = rng.gauss(2.25, 1.85) + {"18-24": -0.3, "65+": 0.05}.get(age, 0)
    repaid = rng.random() < logistic(strength)
    seen = strength + rng.gauss(0, 1.3 if age == "18-24" else 0.62)
    score = logistic(0.35 + 0.845 * seen - (0.2 if age == "18-24" else 0))
    label = "" if i % 631 == 17 else "1" if repaid else "0"
    return f"{label},{int(score >= CUT_OFF)},{score:.4f},{sex},{age},{residence}"


def main():
    rng = random.Random(SEED)
    here = os.path.dirname(os.path.abspath(__file__))
    path = os.path.join(here, "models", "crs-2", "predictions.csv")
    with open(path, "w", encoding="ascii", newline="\n") as out:
        out.write(HEADER + "\n")
        for i in range(ROWS):
            out.write(row(rng, i) + "\n")


if __name__ == "__main__":
    main()
