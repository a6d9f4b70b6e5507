#!/usr/bin/env python3
"""The JSON Schema for editors and the reader of model.yaml must agree.

Every key of the vocabulary gets values good and bad, one at a time, in a
record that is sound otherwise: its example, the ends of its range, and what
its type refuses.  Then come the samples as they are, and each of their values
spoilt in turn.  python3-jsonschema says whether the schema takes the record,
and `t_schema take` whether the reader does, case by case.  Records are written
as JSON, which is YAML too.  TAP on standard output.

What the schema cannot say, and editors therefore do not show: whether a file
exists, whether a day does (30 February), and what SKIPPED names.
"""
import copy
import glob
import json
import os
import subprocess

import tap

PROGRAM = os.path.join(os.environ.get("BUILD", "build"), "tests", "t_schema")

# Values that every key is tried with; files must exist, so they have their own.
VALUES = [
    None, "TBD", "n/a", "", "some text", "two\nlines", 5, -1, 0.5, 1e-7, True,
    "5", "0.5", "1,000", "yes", "No", "maybe", "2026-01-31", "2026-13-01",
    "2026-1-5", "9f86d081" * 8, "https://a.example/", "a/../b", "Upper",
    [], ["TBD"], ["some text"], [None], [[]], [{}], {}, {"zzz": 1},
    {"none": "looked, found none"}, {"none": None}, {"none": []},
    {"none": "x", "why": "y"}, {"not_applicable": "no such thing"},
    {"not_applicable": "x", "decided_by": "A", "decided_on": "2026-01-31"},
    {"not_applicable": "x", "decided_on": "soon"},
    {"not_applicable": "x", "decided_on": "TBD"},
    {"not_applicable": "x", "decided_by": []},
]
FILES = [None, "TBD", "model.yaml", "./model.yaml", "/etc/hosts",
         "two\nlines", [], ["model.yaml"], {}, {"none": "no file"}, True]
# What a schema cannot say: values that other keys must fit, other formats.
SKIPPED = {"evaluation.measures", "evaluation.measures.value",
           "evaluation.measures.lower", "evaluation.measures.upper",
           "evaluation.results", "evaluation.test_reports.sha256",
           "evidence.sha256"}
# What each type refuses, for every key; what none takes comes on top.
BAD = {
    "text": [], "line": ["two\nlines"], "url": [],
    "slug": ["A B", "-a", "a" * 65, "\u00e9"], "number": ["1,000", "5 %", "x", "0x10", "."],
    "integer": ["1.5", "-1", "many", "1e3"], "yes-no": ["maybe", "y", 1, 0],
    "date": ["2026-13-01", "2026-1-5", "01.02.2026", "2026-00-10", "1026-01-01", "soon"],
    "file": ["/etc/hosts"], "sha256": ["abc", "g" * 64, "9f86d081" * 9],
    "choice": ["no-such-word", "NO"], "section": ["some text", 5, True],
}
NEVER = [{"zzz": 1}, [[]], {"none": []}, {"none": "x", "why": "y"},
         {"not_applicable": "x", "decided_on": "soon"}, {"not_applicable": "x", "decided_by": {}}]
ALWAYS = [None, "TBD", {"none": "x"}, {"not_applicable": "x", "decided_by": "A", "decided_on": "2026-01-31"}]
FULL = 4  # keys of each kind that are tried with every value


def run(*arguments, given=None):
    out = subprocess.run([PROGRAM, *arguments], input=given, text=True,
                         stdout=subprocess.PIPE, check=False).stdout
    return [line for line in out.splitlines()
            if not line.startswith(("ok ", "not ok ", "1.."))]


def kind_of(term):
    """(name of the type, is a list, is required, schema of the value)."""
    required = "allOf" in term
    value = term["allOf" if required else "anyOf"][0]
    is_list = value.get("type") == "array"
    if is_list:
        value = value["items"]["anyOf"][0]
    name = value.get("$ref", "#/$defs/choice").rsplit("/", 1)[1]
    if "properties" in value:
        name = "section"
    return name, is_list, required, value


def example_of(term):
    """A good value of the key, as the vocabulary shows it."""
    name, is_list, _, value = kind_of(term)
    if name == "section":
        found = {key: example_of(value["properties"][key])
                 for key in value.get("required", [])}
        return [found] if is_list else found
    if name == "file":
        return ["model.yaml"] if is_list else "model.yaml"
    if name == "choice":
        return value["enum"][:1] if is_list else value["enum"][0]
    text = term["examples"][0]
    return ["some text"] if is_list else text


def walk(section, path, build):
    """Each key below a section, with how to put a value under it."""
    for key, term in section["properties"].items():
        name, is_list, _, value = kind_of(term)
        here = path + [key]

        def put(answer, key=key):
            found = {k: example_of(section["properties"][k])
                     for k in section.get("required", [])}
            if path == ["evaluation", "measures"]:
                found["value"] = 0.9
            found[key] = answer
            return build(found)

        yield here, term, put
        if name == "section":
            def nest(found, put=put, is_list=is_list):
                return put([found] if is_list else found)
            yield from walk(value, here, nest)


def systematic(term):
    """Values for any key of this kind: what will do, the ends, one fault each."""
    name, is_list, _, value = kind_of(term)
    bad = list(BAD.get(name, []))
    good = []
    for end, beyond in (("minimum", -1), ("maximum", 1)):
        if end in term:
            good.append(term[end])
            bad.append(term[end] + beyond)
    if name == "choice":
        good += value["enum"]
        bad += [word + "x" for word in value["enum"][:2] if isinstance(word, str)]
    if is_list:
        good = [[v] for v in good] + [[]]
        bad = [[v] for v in bad] + (["some text"] if name != "section" else [])
    if name == "section":
        one = example_of(term)
        first = one[0] if is_list else one
        spoilt = dict(first, zzz=1)
        bad.append([spoilt] if is_list else spoilt)
        for key in value.get("required", []):
            less = {k: v for k, v in first.items() if k != key}
            bad.append([less] if is_list else less)
    return good + bad + ALWAYS + NEVER


def children(schema, tree):
    """Each value of a record: what holds it, its place there, its term."""
    for key, value in list(tree.items()):
        term = schema["properties"].get(key)
        if term is None:
            continue
        name, is_list, _, inner = kind_of(term)
        yield tree, key, term
        items = value if isinstance(value, list) else [value]
        for item in items:
            if name == "section" and isinstance(item, dict):
                yield from children(inner, item)


def sample_records(schema):
    """The samples, with a file that the desk has for every file they name."""
    import yaml
    for path in sorted(glob.glob("samples/models/*/model.yaml")):
        with open(path, encoding="utf-8") as f:
            tree = yaml.load(f, yaml.BaseLoader)
        for holder, key, term in list(children(schema, tree)):
            if key in ("results", "sha256"):
                del holder[key]
            elif kind_of(term)[0] == "file" and not isinstance(holder[key], dict):
                holder[key] = ["model.yaml"] if kind_of(term)[1] else "model.yaml"
        for measure in tree.get("evaluation", {}).get("measures", []):
            measure.setdefault("value", "0.9")
        yield os.path.basename(os.path.dirname(path)), tree


def spoilt_samples(schema):
    """Each sample as it is, and two of them with every value spoilt in turn."""
    for i, (name, tree) in enumerate(sample_records(schema)):
        yield f"sample {name}", tree
        if i >= 2:
            continue
        n = len(list(children(schema, tree)))
        for j in range(n):
            for what in ("a map", "an unknown key", "a word too many"):
                other = copy.deepcopy(tree)
                holder, key, _ = list(children(schema, other))[j]
                if what == "a map":
                    holder[key] = {"zzz": "1"}
                elif what == "an unknown key":
                    holder[key + "_zzz"] = holder.pop(key)
                else:
                    holder[key] = [holder[key], "zzz"]
                yield f"{name}, {key}: {what}", other


def cases(schema):
    seen = {}
    for path, term, put in walk(schema, [], lambda found: found):
        name, is_list, required, _ = kind_of(term)
        dotted = ".".join(path)
        if dotted in SKIPPED:
            continue
        kind = (name, is_list, required)
        seen[kind] = seen.get(kind, 0) + 1
        values = [example_of(term)]
        if seen[kind] <= FULL:
            values += FILES if name == "file" else VALUES
        values += systematic(term)
        for value in values:
            yield f"{dotted}: {json.dumps(value)}", put(value)
    yield "no model", {}
    yield "no id", {"model": {"name": "x"}}
    yield "a list", []
    yield "unknown key", {"model": {"id": "m"}, "modell": {}}
    yield from spoilt_samples(schema)


def main():
    try:
        import jsonschema
        import yaml  # noqa: F401
    except ImportError:
        tap.skip("python3-jsonschema or python3-yaml is not installed")
        tap.done()
    schema = json.loads("\n".join(run("json")))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    names, records = zip(*cases(schema))
    lines = "".join(json.dumps(record) + "\n" for record in records)
    errors = [int(line) for line in run("take", given=lines)]
    assert len(errors) == len(records)
    wrong = 0
    n_good = 0
    for name, record, n in zip(names, records, errors):
        good = validator.is_valid(record)
        n_good += good
        if good != (n == 0):
            wrong += 1
            print(f"# {name}: the schema {'takes' if good else 'refuses'} "
                  f"it, the reader finds {n} errors")
    tap.check(wrong == 0, "the schema and the reader agree")
    tap.check(n_good > 2500, "many records are good")
    tap.check(len(records) - n_good > 2500, "many records are bad")
    tap.done()


if __name__ == "__main__":
    main()
