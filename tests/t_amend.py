#!/usr/bin/env python3
"""The worked example of schemas/README.md, done step by step on a copy: an act
puts Annex III off from 2 December 2027 to 1 June 2028.  Exactly the results
that hang on that day move, and nothing else."""
import datetime
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

from tap import BUILD, ROOT, check, done, dossier

OLD, NEW = datetime.date(2027, 12, 2), datetime.date(2028, 6, 1)
DAY = datetime.timedelta(1)
folder = tempfile.mkdtemp(prefix="dossier-amend-")
pack = os.path.join(folder, "schemas", "eu-ai-act")


def read(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


def replace(path, *pairs):
    text = read(path)
    for old, new in pairs:
        text = text.replace(old, new)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def findings(data, record, day):
    r = dossier("check", "--format=json", f"--data={data}", f"--as-of={day}", record, cwd=folder)
    return {(f["rule"], f["path"]): (f["result"], f["effect"], f["days_left"])
            for f in json.loads(r.stdout)["models"][0]["findings"]}


def obligations_agree():
    """tests/t_obligations.py of the copy, which compares it with the table."""
    r = subprocess.run([sys.executable, os.path.join(folder, "tests", "t_obligations.py")], text=True,
                       cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                       env=dict(os.environ, BUILD=BUILD, DOSSIER_DATA=folder))
    return "not ok" not in r.stdout and r.returncode == 0


for part in ("schemas", "templates", "tests", "samples"):
    shutil.copytree(os.path.join(ROOT, part), os.path.join(folder, part),
                    ignore=shutil.ignore_patterns(".compiled", "__pycache__"))
records = {}
for tier in ("high-risk-annex-iii", "high-risk-annex-i", "minimal"):
    for role in ("provider", "deployer", "importer"):
        name = f"{tier}-{role}"
        dossier("init", f"--tier={tier}", f"--role={role}", name, cwd=folder)
        records[name] = os.path.join(name, "model.yaml")
days = [OLD - DAY, OLD, OLD + DAY, NEW - DAY, NEW, NEW + DAY]
before = {(n, d): findings(ROOT, r, d) for n, r in records.items() for d in days}

# Step 1: obligations.yaml, and the table that it is compared with.
provisions = os.path.join(pack, "obligations.yaml")
replace(provisions, ("2027-12-02", "2028-06-01"))
check(not obligations_agree(), "step 1: the table tells that a day has moved")
replace(os.path.join(folder, "tests", "law", "obligations.csv"), ("2027-12-02", "2028-06-01"))
check(obligations_agree(), "step 1: with the table moved too, both agree")

# Step 2: the rules, with conditions and messages that name the day.
rules = [p for p in sorted(glob.glob(os.path.join(pack, "[0-9]*.yaml"))) if re.search(r"2027-12-0[12]|2 December 2027", read(p))]
check(len(rules) > 5, "step 2: grep finds the files", rules)
for path in rules:
    replace(path, ("2027-12-02", "2028-06-01"), ("2027-12-01", "2028-05-31"), ("2 December 2027", "1 June 2028"))
r = dossier("rules", "test", f"--data={folder}", cwd=folder)
named = re.findall(r"(?m)^(\S*eu-ai-act/\S+\.yaml):(\d+):\d+: .*\[RULE_EXAMPLE\]$", r.stdout + r.stderr)
check(r.returncode == 2 and 0 < len(named) < 60, "step 2: `rules test` names examples that change", len(named))
strange = []
for path, line in named:
    lines = read(os.path.join(pack, os.path.basename(path))).split("\n")[int(line) - 1:]
    end = next((i for i, l in enumerate(lines[1:], 1) if re.match(r"\s+- (result|id):", l)), len(lines))
    dates = [datetime.date.fromisoformat(d) for d in re.findall(r"\d{4}-\d\d-\d\d", "\n".join(lines[:end]))]
    if not any(OLD <= d < NEW for d in dates):
        strange.append((path, line, dates))
check(not strange, "each of them has a day between the old and the new one", strange)

# Step 3: pack.yaml.
old = re.search(r'version: "(\S+)"', read(os.path.join(pack, "pack.yaml")))[1]
replace(os.path.join(pack, "pack.yaml"), (f'version: "{old}"', 'version: "2027.1"'),
        ("reviewed: 2026-11-21", "reviewed: 2027-06-15"), ("2 December 2027", "1 June 2028"))
r = dossier("version", f"--data={folder}", cwd=folder)
check("eu-ai-act 2027.1" in r.stdout and "reviewed 2027-06-15" in r.stdout, "step 3: the version tells of it", r.stdout)

# What has moved: all that began on the old day, and nothing else.
moved = 0
for name, record in records.items():
    hangs = {k for k, v in before[name, OLD - DAY].items() if v[2] == 1}
    moved += len(hangs)
    check(bool(hangs) == name.startswith("high-risk-annex-iii"), f"{name}: {len(hangs)} findings hang on the day")
    for day in days:
        was, now = before[name, day], findings(folder, record, day)
        check(set(was) == set(now), f"{name} on {day}: the same findings", set(was) ^ set(now))
        others = {k for k in was if k not in hangs and was[k] != now.get(k)}
        check(not others, f"{name} on {day}: what does not hang on it stays", others)
        left = (NEW - day).days
        wrong = {k: now.get(k) for k in hangs
                 if (now[k][0], now[k][2]) != (("upcoming", left) if left > 0 else (was[k][0], None))
                 and was[k][0] != "manual"}
        check(not wrong, f"{name} on {day}: the rest is {'due in %d days' % left if left > 0 else 'owed'}", wrong)
        if OLD <= day < NEW and hangs:
            check(all(was[k][0] == "fail" for k in hangs if was[k][0] != "manual"), f"{name} on {day}: it was owed before")
check(moved > 100, "more than a hundred findings have moved", moved)
shutil.rmtree(folder)
done()
