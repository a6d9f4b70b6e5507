#!/usr/bin/env python3
"""`dossier rules list`: filters that agree with the data, and formats that say
the same."""
import csv
import html.parser
import io
import json

from tap import check, done, dossier


def rules(*options):
    r = dossier("rules", "list", "--format=json", *options)
    check(r.returncode == 0 and not r.stderr, f"rules list {' '.join(options)}", r.stderr)
    return json.loads(r.stdout)


def ids(*options):
    return {rule["id"] for rule in rules(*options)}


everything = rules()
known = {rule["id"] for rule in everything}
check(len(known) == len(everything) > 300, "every rule once", len(everything))
check(all(rule["asks"] and rule["tiers"] and rule["stated_in"] for rule in everything), "each is told in full")

# Formats.
rows = list(csv.DictReader(io.StringIO(dossier("rules", "list", "--format=csv").stdout)))
check(rows == everything, "csv and json say the same", rows[:1], everything[:1])
lines = dossier("rules", "list").stdout.splitlines()
check([line.split()[0] for line in lines] == [rule["id"] for rule in everything], "text has a line each, in the same order")


class Page(html.parser.HTMLParser):
    """Tags that open and close, ids of articles, and the words."""

    def __init__(self):
        super().__init__()
        self.open, self.ids, self.words, self.wrong = [], [], "", []

    def handle_starttag(self, tag, attrs):
        if tag != "meta":
            self.open.append(tag)
        if tag == "article":
            self.ids.append(dict(attrs)["id"])

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data):
        self.words += data


page = Page()
page.feed(dossier("rules", "list", "--format=html").stdout)
check(page.ids == [rule["id"] for rule in everything] and not page.open and not page.wrong,
      "the page has an article each and is well-formed", page.wrong[:5], page.open)
check(all(rule["asks"] in page.words and rule["title"] in page.words for rule in everything), "with every sentence")
check("high-risk-annex-iii" not in page.words.replace("risk.tiers", "").split("To fix")[0] and "High-risk (Annex III)" in page.words,
      "and the reader's words for tiers")

# Filters.
for tier in ("transparency", "gpai", "minimal"):
    want = {rule["id"] for rule in everything if {tier, "all"} & set(rule["tiers"].split(", "))}
    check(ids(f"--tier={tier}") == want, f"--tier={tier}", ids(f"--tier={tier}") ^ want)
high = {"high-risk", "annex-iii", "high-risk-annex-iii", "all"}
check(ids("--tier=high-risk-annex-iii") == {r["id"] for r in everything if high & set(r["tiers"].split(", "))},
      "--tier=high-risk-annex-iii takes in what high-risk names")
for role in ("deployer", "importer", "gpai-provider"):
    want = {rule["id"] for rule in everything if {role, "any"} & set(rule["owed_by"].split(", "))}
    check(ids(f"--role={role}") == want, f"--role={role}", ids(f"--role={role}") ^ want)
parts = [ids(f"--severity={word}") for word in ("error", "warning", "note")]
check(set.union(*parts) == known and sum(map(len, parts)) == len(known), "--severity divides them")
want = {r["id"] for r in everything if any(i == "art-27" or i.startswith("art-27.") for i in r["law"].split(", "))}
check(ids("--law=art-27") == want and len(want) > 20, "--law=art-27 takes in what stands below it")
check(ids("--law=art-27.1.c") == {r["id"] for r in everything if "art-27.1.c" in r["law"].split(", ")}, "--law of one provision")
before, on = ids("--tier=high-risk-annex-iii", "--applies-on=2027-12-01"), ids("--tier=high-risk-annex-iii", "--applies-on=2027-12-02")
check(before < on and "A27-C" in on - before and "ID-NAME" in before, "--applies-on: the day before and the day")
check("AIV-1A" in ids("--tier=high-risk-annex-iii", "--applies-on=2027-12-02") and
      "AIV-1A" not in ids("--tier=high-risk-annex-i", "--applies-on=2027-12-02") and
      "AIV-1A" in ids("--tier=high-risk-annex-i", "--applies-on=2028-08-02"), "--applies-on counts the tier's own day")
check(ids("--law=art-27", "--severity=warning") == want & parts[1], "filters work together")

for option, words in (("--tier=trasparency", "did you mean transparency?"), ("--role=deploier", "did you mean deployer?"),
                      ("--severity=eror", "did you mean error?"), ("--law=art-27.1.cc", "did you mean art-27.1.c?"),
                      ("--law=art-2x", "--law"), ("--applies-on=2027-13-01", "no date"), ("--format=xml", "html, not xml")):
    r = dossier("rules", "list", option)
    check(r.returncode == 2 and words in r.stderr and not r.stdout, f"{option} is refused", r.stderr)
done()
