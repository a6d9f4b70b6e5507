#!/usr/bin/env python3
"""The JSON Schema for editors and the reader of model.yaml must agree.

Every key of the vocabulary gets values good and bad, one at a time, in a
record that is sound otherwise; python3-jsonschema says whether the schema
takes the record, and `t_schema take` whether the reader does.  Records are
written as JSON, which is YAML too.  TAP on standard output.
"""
import json
import os
import subprocess
import sys

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
        else:
            values += [None, {"none": "x"}, [[]]]
        for value in values:
            yield f"{dotted}: {json.dumps(value)}", put(value)
    yield "no model", {}
    yield "no id", {"model": {"name": "x"}}
    yield "a list", []
    yield "unknown key", {"model": {"id": "m"}, "modell": {}}


def main():
    try:
        import jsonschema
    except ImportError:
        print("ok 1 - # SKIP python3-jsonschema is not installed")
        return 0
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
    checks = [("the schema and the reader agree", wrong == 0),
              ("many records are good", n_good > 500),
              ("many records are bad", len(records) - n_good > 500)]
    for i, (what, ok) in enumerate(checks, 1):
        print(f"{'ok' if ok else 'not ok'} {i} - {what}")
    print(f"1..{len(checks)}")
    return 0 if all(ok for _, ok in checks) else 1


if __name__ == "__main__":
    sys.exit(main())
