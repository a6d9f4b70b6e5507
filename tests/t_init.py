#!/usr/bin/env python3
"""`dossier init` and `dossier check` are held against each other: for every
tier and role, the open points of the scaffold are the findings, one for one;
and taking in all that stands in its comments leaves nothing not provided."""
import json
import os
import re
import shutil
import tempfile

from tap import ROOT, check, done, dossier, skip

OPEN = re.compile(r"^ *[a-z0-9_]+:.* TBD$")
KEY = re.compile(r"^( *)(- )?([a-z0-9_]+):(.*)$")
LATER = "--as-of=2029-01-01"
AHEAD = {"DOSSIER_POLICY_LEAD_TIME_DAYS": "1200"}  # as if every duty had begun

folder = tempfile.mkdtemp(prefix="dossier-init-")
schema = json.loads(dossier("schema").stdout)


def words_of(*path):
    """The words of a choice, from the JSON Schema."""
    value = term(path)["anyOf"][0]
    return [w for w in value["items"]["anyOf"][0]["enum"]]


def term(path):
    node, section = None, schema
    for key in path:
        node = section["properties"][key]
        section = node.get("allOf", node.get("anyOf"))[0]
        if section.get("type") == "array":
            section = section["items"]["anyOf"][0]
    return node


def init(*options):
    r = dossier("init", *options, "-", cwd=folder)
    check(r.returncode == 0 and not r.stderr, f"init {' '.join(options)}", r.stderr)
    return r.stdout


def judge(text, *options, env=None):
    with open(os.path.join(folder, "model.yaml"), "w", encoding="utf-8") as f:
        f.write(text)
    r = dossier("check", "--format=json", *options, "model.yaml", cwd=folder, env=env)
    return json.loads(r.stdout)["models"][0]["findings"]


def show(found):
    return [(f["rule"], f["line"], f["path"], f["message"][:70]) for f in found[:5]]


def matches(what, text, found):
    """The open points and the findings, one for one, each with its rule."""
    lines = text.split("\n")
    points = {i + 1 for i, line in enumerate(lines) if OPEN.search(line)}
    odd = [f for f in found if f["line"] not in points]
    check(not odd, f"{what}: each finding stands at an open point", show(odd))
    wrong = []
    for n in points:
        rules = [f["rule"] for f in found if f["line"] == n]
        told, i = [], n - 2
        while i >= 0 and lines[i].lstrip().startswith("#"):
            told += re.findall(r"\[([A-Z0-9-]+)\]$", lines[i])
            i -= 1
        if len(rules) != 1 or rules[0] not in told:
            wrong.append((lines[n - 1], rules, told))
    check(not wrong, f"{what}: each open point is one finding, and names its rule", wrong[:5])
    check(f"Each of the {len(points)} keys" in " ".join(text.split("\n# ")[0:9]).replace("\n#  ", "")
          or re.search(rf"Each of the {len(points)}\b", text), f"{what}: the head counts them")


def every_combination():
    for tier in words_of("risk", "tiers"):
        for role in words_of("roles_held"):
            what = f"{tier}, {role}"
            text = init(f"--tier={tier}", f"--role={role}")
            matches(what, text, judge(text))
            long = [line for line in text.split("\n")
                    if len(line) > 80 and re.match(r" *#( |$)", line) and "http" not in line]
            check(not long, f"{what}: comments are at most 80 wide", long[:3])
    both = init("--tier=high-risk-annex-iii,transparency", "--role=provider", "--role=deployer")
    matches("two tiers and two roles", both, judge(both))
    bare = init()
    matches("nothing known", bare, judge(bare))


def as_of():
    text = init("--tier=high-risk-annex-iii", "--role=provider", LATER)
    found = judge(text, LATER)
    matches("another day", text, found)
    check(not re.search(r", from \d{4}", text), "on that day nothing lies ahead")
    check(all(f["days_left"] is None for f in found), "and nothing is due later")
    text = init("--tier=high-risk-annex-iii", "--role=provider")
    due = {f["rule"] for f in judge(text) if f["days_left"] or f["result"] == "manual"}
    plain = re.sub(r"\n *#  +", " ", text)
    told = set(re.findall(r", from \d{4}-\d\d-\d\d \[([A-Z0-9-]+)\]", plain))
    check(due and due == told, "what is due later says from when", due ^ told)


def answer(path):
    """What somebody might write under a key."""
    node = term(path)
    value = node["anyOf"][0]
    kind = value.get("items", {}).get("anyOf", [value])[0].get("$ref", "choice").rsplit("/", 1)[-1]
    words = " ".join(path).replace("_", " ")
    text = {"text": f"On {words} the team of the branch office wrote down last spring what its members "
                    "had seen, whom they had asked, and why the board found that enough.",
            "line": f"Branch office, {words}", "file": "model.yaml"}
    if kind in text:
        return json.dumps([text[kind]] if "items" in value else text[kind])
    if kind == "choice" and "items" in value:
        return json.dumps([w for w in value["items"]["anyOf"][0]["enum"] if w != "none"])
    return node["examples"][0]


def one_by_one():
    """Answering one open point takes away its finding and no other."""
    text = init("--tier=high-risk-annex-iii", "--role=provider")
    lines = text.split("\n")
    before = {(f["rule"], f["path"]) for f in judge(text, env=AHEAD)}
    wrong = []
    n = 0
    for i, path in places(text):
        if not lines[i].endswith(": TBD"):
            continue
        changed = list(lines)
        changed[i] = lines[i][:-len("TBD")] + answer(path)
        after = {(f["rule"], f["path"]) for f in judge("\n".join(changed), env=AHEAD)}
        gone = before - after
        n += 1
        if len(gone) != 1 or any(p != ".".join(path) for _, p in gone):
            wrong.append((".".join(path), sorted(gone), sorted(after - before)))
    check(n > 60, "many points are answered one by one", n)
    check(not wrong, "an answer mends its own finding and no other", *wrong[:12])


def places(text):
    """Each line with a key, and the path of the key."""
    stack = []
    for i, line in enumerate(text.split("\n")):
        m = KEY.match(line)
        if not m:
            continue
        indent = len(m[1]) + len(m[2] or "")
        while stack and stack[-1][0] >= indent:
            stack.pop()
        stack.append((indent, m[3]))
        yield i, [key for _, key in stack]


def filled(text):
    """All that stands behind "#" taken in, all that is open answered by the
    examples of the vocabulary."""
    text = re.sub(r"(?m)^( *)#(?=[a-z-]|  \S)", r"\1", text)
    lines = text.split("\n")
    for i, path in places(text):
        if lines[i].endswith(": TBD"):
            example = term(path)["examples"][0]
            value = example if example[0] in "[{" else json.dumps(example)
            lines[i] = lines[i][:-len("TBD")] + value
    return "\n".join(lines)


# What examples cannot say: that files are there, that statements agree, that a
# text is not the example, that a list covers all.  These findings remain.
def all_filled():
    for tier in words_of("risk", "tiers"):
        for role in words_of("roles_held"):
            what = f"{tier}, {role}, filled in"
            found = judge(filled(init(f"--tier={tier}", f"--role={role}")), env=AHEAD)
            unread = [f for f in found if re.match(r"[A-Z]+_[A-Z_]+$", f["rule"])
                      and f["rule"] not in ("FILE_MISSING", "FILE_OUTSIDE")
                      and "prediction, or score" not in f["message"]]
            check(not unread, f"{what}: every example can be read", show(unread))
            absent = [f for f in found if f["status"] == "Not provided"]
            check(not absent, f"{what}: nothing is not provided", show(absent))

def facts():
    few = init("--tier=high-risk-annex-iii", "--role=provider")
    more = init("--tier=high-risk-annex-iii", "--role=provider",
                "--set=provider.third_country=yes", "--set=risk.annex_iii.points=[5.b]")
    check(re.search(r"(?m)^  third_country: yes$", more), "a fact that is given stands there")
    check(re.search(r"(?m)^  authorised_representative:$", more) and
          "\n  #authorised_representative:" in few, "and opens what hangs on it")
    matches("with facts", more, judge(more))
    for option, words in (("--set=provider.third_county=yes", "third_county"),
                          ("--set=data_sets.name=x", "list"), ("--set=model", "KEY=VALUE"),
                          ("--set=model.status=in-servise", 'did you mean "in-service"'),
                          ("--tier=hi-risk-annex-iii", 'did you mean "high-risk-annex-iii"'),
                          ("--role=providr", 'did you mean "provider"'), ("--id=A B", "VALUE_SLUG")):
        r = dossier("init", option, "-", cwd=folder)
        check(r.returncode == 2 and words in r.stderr and not r.stdout, f"init {option} is refused", r.stderr)


def brief():
    """What is open, and nothing else, in a file that can be read in one go."""
    for options in (("--tier=high-risk-annex-iii", "--role=deployer"), ("--tier=high-risk-annex-iii", "--role=provider"),
                    ("--tier=minimal", "--role=provider"), ("--tier=gpai", "--role=gpai-provider")):
        whole, short = init(*options), init("--brief", *options)
        keys = lambda text: [path for i, path in places(text) if OPEN.search(text.split("\n")[i])]
        check(keys(short) == keys(whole), f"{options}: brief has the same open points", keys(short), keys(whole))
        matches(f"{options}, brief", short, judge(short))
        check(short.count("\n") < whole.count("\n") / 2, f"{options}: brief is less than half as long",
              short.count("\n"), whole.count("\n"))
        check("Asked where" not in short and "Also possible" not in short, f"{options}: brief has no cases")


def files():
    at = os.path.join(folder, "portfolio", "Invoice sorter")
    r = dossier("init", "--tier=minimal", "--role=provider", "portfolio/Invoice sorter", cwd=folder)
    path = os.path.join(at, "model.yaml")
    check(r.returncode == 0 and "open points" in r.stdout, "init makes the folder and the file", r.stderr)
    with open(path, encoding="utf-8") as f:
        text = f.read()
    check("\n  id: invoice-sorter\n" in text, "the id is the folder's name")
    check("yaml-language-server" not in text, "no schema is named that is not there")
    with open(path, "w", encoding="utf-8") as f:
        f.write("mine\n")
    r = dossier("init", "--tier=minimal", at, cwd=folder)
    with open(path, encoding="utf-8") as f:
        check(r.returncode == 4 and "--force" in r.stderr and f.read() == "mine\n",
              "a file that is there stays", r.stderr)
    with open(os.path.join(folder, "model.schema.json"), "w", encoding="utf-8") as f:
        json.dump(schema, f)
    r = dossier("init", "--tier=minimal", "--force", "--id=sorter-2", at, cwd=folder)
    with open(path, encoding="utf-8") as f:
        text = f.read()
    check(r.returncode == 0 and "\n  id: sorter-2\n" in text, "--force replaces it, --id names the model")
    check(text.startswith("# yaml-language-server: $schema=../../model.schema.json\n"),
          "a schema above is named for the editor", text[:80])
    r = dossier("init", "-q", ".", cwd=os.path.join(folder, "portfolio"))
    check(r.returncode == 0 and not r.stdout, "-q says nothing")
    check(dossier("init", "a", "b", cwd=folder).returncode == 2, "two folders are refused")
    os.symlink("elsewhere", os.path.join(folder, "link"))
    os.mkdir(os.path.join(folder, "linked"))
    os.symlink("../victim", os.path.join(folder, "linked", "model.yaml"))
    r = dossier("init", "--force", "linked", cwd=folder)
    check(r.returncode == 4 and not os.path.exists(os.path.join(folder, "victim")),
          "no link is followed")


def schema_agrees():
    try:
        import jsonschema
        import yaml
    except ImportError:
        skip("python3-jsonschema or python3-yaml is not installed")
        return
    validator = jsonschema.Draft202012Validator(schema)
    for options in (["--tier=high-risk-annex-iii", "--role=provider"], ["--tier=gpai-systemic"], []):
        text = init(*options)
        for what, version in (("the scaffold", text), ("filled in", filled(text))):
            errors = [e.json_path + ": " + e.message[:80]
                      for e in validator.iter_errors(yaml.load(version, yaml.BaseLoader))]
            check(not errors, f"{what} of {options}: the schema takes it", errors[:5])


every_combination()
as_of()
one_by_one()
all_filled()
facts()
brief()
files()
schema_agrees()
check(os.path.isdir(ROOT), "the tree is still there")
shutil.rmtree(folder)
done()
