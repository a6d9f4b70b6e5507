#!/usr/bin/env python3
"""Every provision of schemas/eu-ai-act/obligations.yaml agrees with the table
of the law, tests/law/obligations.csv, and with the shared one if it is here."""
import csv
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
YAML = os.path.join(ROOT, "schemas", "eu-ai-act", "obligations.yaml")
COPY = os.path.join(ROOT, "tests", "law", "obligations.csv")
SHARED = os.path.join(os.environ.get("DOSSIER_SHARED", os.path.join(ROOT, "..", "shared")),
                      "law", "obligations.csv")


def scalar(text):
    """The value of a plain or double-quoted scalar."""
    if text.startswith('"'):
        return text[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    return text


def listed(text):
    return "|".join(text.strip("[]").split(", "))


def applies(text):
    """One date, or the two of a map joined by a bar, Annex III first."""
    if not text.startswith("{"):
        return text
    days = dict(pair.split(": ") for pair in text.strip("{}").split(", "))
    return days["annex-iii"] + "|" + days["annex-i"]


def read_yaml(path):
    """The entries of the file, which is written in one fixed form."""
    sources, entries, folded = {}, [], None
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file.read().split("\n"), 1):
            if not line or line.startswith("#") or not line.startswith(" "):
                continue
            if line.startswith("      "):
                if folded is None:
                    sys.exit(f"{path}:{number}: no folded text begins here")
                entries[-1][folded] = (entries[-1][folded] + " " + line.strip()).strip()
                continue
            folded = None
            key, _, value = line.strip().removeprefix("- ").partition(": ")
            if line.startswith("  - "):
                entries.append({})
            if not entries:
                sources[key] = scalar(value)
            elif value == ">-":
                entries[-1][key], folded = "", key
            elif key in entries[-1]:
                sys.exit(f"{path}:{number}: {key} stands twice")
            else:
                entries[-1][key] = value
    return sources, entries


def as_row(entry, sources):
    name, _, anchor = scalar(entry["source"]).partition("#")
    return {
        "id": entry["id"],
        "reference": scalar(entry["reference"]),
        "paraphrase": scalar(entry["paraphrase"]),
        "duty_holder": listed(entry["holders"]),
        "tier": listed(entry["tiers"]),
        "applies_from": applies(entry["applies"]),
        "gate": entry["gate"],
        "source_url": sources[name] + ("#" + anchor if anchor else ""),
    }


def compare(table, rows):
    """Print what differs; the number of differences."""
    with open(table, encoding="utf-8", newline="") as file:
        wanted = {row["id"]: row for row in csv.DictReader(file)}
    bad = 0
    for lost in sorted(wanted.keys() - rows.keys()):
        print(f"# {lost}: not in obligations.yaml")
        bad += 1
    for extra in sorted(rows.keys() - wanted.keys()):
        print(f"# {extra}: not in {os.path.basename(table)}")
        bad += 1
    for key in sorted(rows.keys() & wanted.keys()):
        for column, value in wanted[key].items():
            if rows[key].get(column) != value:
                print(f"# {key}: {column}: {rows[key].get(column)!r}, wanted {value!r}")
                bad += 1
    return bad


def main():
    sources, entries = read_yaml(YAML)
    rows = {entry["id"]: as_row(entry, sources) for entry in entries}
    results = [(len(entries) == 500 and len(rows) == 500, "500 provisions, each once"),
               (compare(COPY, rows) == 0, "agrees with tests/law/obligations.csv")]
    if os.path.exists(SHARED):
        results.append((compare(SHARED, rows) == 0, "agrees with the shared table"))
    else:
        results.append((True, "agrees with the shared table # SKIP it is not here"))
    print(f"1..{len(results)}")
    for number, (passed, name) in enumerate(results, 1):
        print(f"{'ok' if passed else 'not ok'} {number} - {name}")
    return 0 if all(passed for passed, _ in results) else 1


sys.exit(main())
