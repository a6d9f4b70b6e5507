#!/usr/bin/env python3
"""The gate in the formats of those who listen: each is valid by the judgement
of its own schema, all tell the same findings, hostile text stays text, and a
file appears whole or not at all."""
import json
import os
import re
import stat
import subprocess
import tempfile
import urllib.parse
import xml.etree.ElementTree as ET

from tap import EPOCH, PROGRAM, ROOT, Samples, check, done, dossier, skip

try:
    import jsonschema
except ImportError:
    jsonschema = None

CONTRACTS = os.path.join(os.environ.get("DOSSIER_SHARED", os.path.join(ROOT, "..", "shared")), "contracts")
FORMATS = ["json", "sarif", "junit", "github", "gitlab", "text"]
MODEL = ("models", "crs-2", "model.yaml")


def sarif_validator():
    path = os.path.join(CONTRACTS, "sarif-schema-2.1.0.json")
    if not os.path.exists(path) or jsonschema is None:
        skip("SARIF schema or python3-jsonschema is not here")
        return None
    with open(path, encoding="utf-8") as f:
        schema = json.load(f)
    return jsonschema.validators.validator_for(schema)(schema)


VALIDATOR = sarif_validator()
JUNIT_XSD = os.path.join(CONTRACTS, "junit.xsd")
if not os.path.exists(JUNIT_XSD):
    skip("the JUnit schema is not here")


def no_duplicates(pairs):
    assert len({k for k, _ in pairs}) == len(pairs), "a member stands twice"
    return dict(pairs)


class Outputs:
    """All formats of one gate, each from a file."""

    def __init__(self, samples, *args, command="check", env=None, verbose=True):
        self.cwd = samples.path
        given = [f"--format={f}:out.{f}" for f in FORMATS]
        self.result = dossier(command, *(["-v"] if verbose else []), *given, *args, cwd=self.cwd, env=env)
        self.text = {}
        for f in FORMATS:
            with open(os.path.join(self.cwd, "out." + f), encoding="utf-8") as file:
                self.text[f] = file.read()
        self.json = json.loads(self.text["json"], object_pairs_hook=no_duplicates)
        self.sarif = json.loads(self.text["sarif"], object_pairs_hook=no_duplicates)
        self.run = self.sarif["runs"][0]
        self.gitlab = json.loads(self.text["gitlab"], object_pairs_hook=no_duplicates)
        self.junit = ET.fromstring(self.text["junit"])

    def findings(self):
        return [f for m in self.json["models"] for f in m["findings"]] + self.json["findings"]

    def keys(self):
        """What each format tells: rule, file, line, column, as often as told."""
        def key(rule, file, line, column):
            return rule, file, int(line) if line else None, int(column) if column else 1

        def lines(text):
            found = re.findall(r"^(?!  )(.*?)(?::(\d+):(\d+))?: (?:error|warning|note): .*\[([A-Z0-9_-]+)\]$", text, re.M)
            return sorted((key(r, f, l, c) for f, l, c, r in found), key=str)

        unescape = lambda s: urllib.parse.unquote(s)
        github = []
        for line in self.text["github"].splitlines():
            if not line.startswith("::"):
                continue
            m = re.fullmatch(r"::(error|warning|notice) (?:file=([^,:]*),line=(\d+)(?:,col=(\d+))?,)?title=([^,:]*)::(.*)", line)
            if not m:
                check(False, "a workflow command has its form", line)
                continue
            github.append(key(unescape(m[5]).split(": ")[0], unescape(m[2]), m[3], m[4]))
        results = []
        for r in self.run["results"]:
            where = r["locations"][0]["physicalLocation"]
            region = where.get("region", {})
            results.append(key(r["ruleId"], urllib.parse.unquote(where["artifactLocation"]["uri"]),
                               region.get("startLine"), region.get("startColumn")))
        junit = "\n".join("".join(e.itertext()) for e in self.junit.iter() if e.tag in ("failure", "error", "skipped"))
        return {
            "json": sorted((key(f["rule"], f["file"], f["line"], f["column"]) for f in self.findings()), key=str),
            "sarif": sorted(results, key=str),
            "junit": lines(junit),
            "github": sorted(github, key=str),
            "text": lines(self.text["text"]),
            "gitlab": sorted(((i["check_name"], i["location"]["path"], i["location"]["lines"]["begin"])
                              for i in self.gitlab), key=str),
        }

    def agree(self, what):
        keys = self.keys()
        for name in ("sarif", "junit", "github", "text"):
            a, b = keys["json"], keys[name]
            if name == "github":  # knows no place without a line
                a = [(r, f, l or 1, c) for r, f, l, c in a]
            check(sorted(a, key=str) == b, f"{what}: {name} tells the same {len(a)} findings as json",
                  sorted(set(a) - set(b), key=str)[:3], sorted(set(b) - set(a), key=str)[:3], len(a), len(b))
        check(sorted([(r, f, l or 1) for r, f, l, _ in keys["json"]], key=str) == keys["gitlab"],
              f"{what}: gitlab tells the same findings as json")

    def valid(self, what):
        if VALIDATOR:
            if len(self.run["results"]) > 1000:  # they are alike, and a validator in Python is slow
                self.run["results"] = self.run["results"][:500] + self.run["results"][-500:]
            errors = [f"{list(e.path)}: {e.message[:150]}" for e in VALIDATOR.iter_errors(self.sarif)]
            check(not errors, f"{what}: SARIF is valid against its schema", *errors[:5])
        if os.path.exists(JUNIT_XSD):
            r = subprocess.run(["xmllint", "--nonet", "--noout", "--schema", JUNIT_XSD, os.path.join(self.cwd, "out.junit")],
                               capture_output=True, text=True)
            check(r.returncode == 0, f"{what}: JUnit is valid against its schema", r.stderr[:600])
        for suite in self.junit:
            cases = suite.findall("testcase")
            count = lambda tag: len([c for c in cases if c.find(tag) is not None])
            got = [int(suite.get(a)) for a in ("tests", "failures", "errors", "skipped")]
            if got != [len(cases), count("failure"), count("error"), count("skipped")]:
                check(False, f"{what}: the counts of suite {suite.get('name')} are right", got)
            names = [(c.get("classname"), c.get("name")) for c in cases]
            if len(set(names)) != len(names):
                check(False, f"{what}: a test case of {suite.get('name')} stands once")
        check([s.get("id") for s in self.junit] == [str(i) for i in range(len(self.junit))], f"{what}: suites are numbered")
        for issue in self.gitlab:
            if not (set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
                    and issue["description"] and issue["severity"] in ("info", "minor", "major", "critical", "blocker")
                    and not issue["location"]["path"].startswith(("/", "./"))
                    and issue["location"]["lines"]["begin"] >= 1):
                check(False, f"{what}: a GitLab issue has its form", issue)
        prints = [i["fingerprint"] for i in self.gitlab]
        check(len(set(prints)) == len(prints), f"{what}: each fingerprint stands for one issue")


def samples():
    with Samples() as s:
        o = Outputs(s)
        check(o.result.returncode == 1, "several formats at once keep the exit status", o.result.stderr)
        check(o.result.stdout.splitlines() == o.text["text"].splitlines()[-3:]
              and o.result.stdout.startswith("dossier: next change on 2026-12-01, in 10 days:\n    ")
              and o.result.stdout.splitlines()[-1].startswith("dossier: gate closed: 3 of 9 models blocked, "),
              "only the next change and the gate's line are printed beside files", o.result.stdout)
        check(o.json["next_change"] == "2026-12-01" == min(m["next_change"]["day"] for m in o.json["models"]),
              "the next change of all is the earliest of any model", o.json["next_change"])
        o.agree("samples")
        o.valid("samples")
        check(len(o.findings()) > 20 and len(o.json["models"]) == 9, "there is something to compare")
        waived = [r for r in o.run["results"] if r["suppressions"]]
        check(len(waived) == 1 and waived[0]["ruleId"] == "AIV-2G-FRESH", "the waived finding is a suppressed result")
        reason = waived[0]["suppressions"][0] if waived else {}
        check(reason.get("kind") == "external" and reason.get("status") == "accepted"
              and "W-118" in reason.get("justification", "") and "penetration test" in reason["justification"],
              "with who waived it and why", reason)
        check(all("suppressions" in r for r in o.run["results"]), "every result says whether it is suppressed")
        return o


def sarif_says(o):
    run = o.run
    driver = run["tool"]["driver"]
    version = dossier("version").stdout
    check(f"dossier {driver['version']}\n" in version, "SARIF names the version of the program")
    pack = run["tool"]["extensions"][0]
    check(f"{pack['name']} {pack['version']}," in version and f"reviewed {pack['releaseDateUtc']}" in version,
          "and of the law with the day of its review", pack)
    rules = driver["rules"]
    check(all(rules[r["ruleIndex"]]["id"] == r["ruleId"] for r in run["results"]), "ruleIndex leads to the rule")
    check(len({r["id"] for r in rules}) == len(rules) == len({r["ruleId"] for r in run["results"]}),
          "each rule that is named stands once")
    law = [r for r in rules if "properties" in r]
    check(len(law) > 15 and all(r["help"]["text"] and r["help"]["markdown"] and r["fullDescription"]["text"]
                                and r["properties"]["tags"][0] == "eu-ai-act" for r in law), "rules have their help")
    linked = [r for r in law if r["properties"]["provision"]]
    check(linked and all(re.match(r"https://[^\s]+", r.get("helpUri", "")) for r in linked),
          "and lead to the provision", [r["id"] for r in linked if "helpUri" not in r])
    check(any(r["helpUri"].endswith("#art_19") for r in linked if r["id"] == "A19-LOGS"), "the right one")
    check(all(len(r["properties"]["tags"]) <= 10 for r in law), "with no more tags than GitHub shows")
    check(run["columnKind"] == "unicodeCodePoints", "columns are code points")
    locations = [r["locations"][0]["physicalLocation"]["artifactLocation"] for r in run["results"]]
    check(all(l["uriBaseId"] == "%SRCROOT%" and not l["uri"].startswith("/") for l in locations)
          and "%SRCROOT%" in run["originalUriBaseIds"], "places are relative to the repository")
    call = run["invocations"][0]
    check(call["exitCode"] == 1 and call["executionSuccessful"] and call["endTimeUtc"] == "2026-11-21T02:00:00Z",
          "the invocation has status and time", call)
    levels = {(f["effect"], r["level"]) for f, r in zip(o.findings(), run["results"])}
    check(levels <= {("blocks", "error"), ("warns", "warning"), ("passes", "note"), ("passes", "none")} and len(levels) >= 3,
          "what blocks is an error, what warns a warning, the rest a note", levels)


def upcoming():
    with Samples() as s:
        s.replace("  lead_time_days: 800\n", "", "dossier.yaml")
        o = Outputs(s, "models/cv-screen")
        due = [f for f in o.findings() if f["result"] == "upcoming"]
        results = [r for r in o.run["results"] if r["properties"]["result"] == "upcoming"]
        check(due and len(due) == len(results) and all(r["level"] == "note" and r["kind"] == "fail" and not r["suppressions"]
              and r["properties"]["daysLeft"] > 0 for r in results), "what falls due is a note with its days", results[:1])
        check(all(i["severity"] == "info" for i in o.gitlab if i["check_name"] in {f["rule"] for f in due}), "info in GitLab")
        check("the duty applies in" in o.text["junit"], "and a skipped test that says when")
        o.agree("upcoming")
        o.valid("upcoming")
        brief = Outputs(s, "models/cv-screen", verbose=False)
        check(len(brief.keys()["text"]) < len(brief.keys()["json"]) and brief.text["sarif"] == o.text["sarif"],
              "only text leaves out what is merely due, without -v")


def prints(o):
    return {f: sorted(v) for f, v in {
        "sarif": [r["partialFingerprints"]["dossierFinding/v1"] for r in o.run["results"]],
        "github": [r["partialFingerprints"]["primaryLocationLineHash"] for r in o.run["results"]],
        "gitlab": [i["fingerprint"] for i in o.gitlab],
        "json": [f["fingerprint"] for f in o.findings()]}.items()}


def fingerprints():
    with Samples() as s:
        before = Outputs(s, "models/cv-screen")
        text = s.read("models", "cv-screen", "model.yaml")
        s.write("# A line.\n\n# And another, \U0001F600.\n" + text.replace("\n\n", "\n\n\n"), "models", "cv-screen", "model.yaml")
        after = Outputs(s, "models/cv-screen")
        check(before.keys()["sarif"] != after.keys()["sarif"], "lines above move the findings")
        check(prints(before) == prints(after), "and leave every fingerprint as it was")
        at = s.replace("retention_months", "retention_monhts", "models", "cv-screen", "model.yaml")
        s.write(s.read("models", "cv-screen", "model.yaml"), "models", "cv-screen", "model.yaml")
        broken = Outputs(s, "models/cv-screen")
        new = set(prints(broken)["sarif"]) - set(prints(before)["sarif"])
        check(at and len(new) == 1, "one more fault is one more fingerprint", new)


HOSTILE = [
    "quote \" ' ` and \\\\ back",
    "percent %0A %25 100%",
    "::error file=x,line=1::forged",
    "##[error]forged ##vso[task.setvariable variable=a]b",
    "]]> <script>alert(1)</script> &amp; <!--",
    "emoji \U0001F600 \U0001F468‍\U0001F469 e\u0301 \u00fc \u4e2d",
    "bidi \u202e desrever \u2066 x",
    "comma, colon: semi; pipe | {brace} [list]",
    "$(touch owned) `touch owned` ; touch owned",
    "|cell| [link](javascript:alert(1)) ![x](http://x.example/x.png) @org/team",
]


def hostile():
    for text in HOSTILE:
        with Samples() as s:
            quoted = json.dumps(text, ensure_ascii=False)
            s.replace("  decision_role: recommends", "  decision_role: " + quoted, *MODEL)
            s.replace("  name: Consumer credit scoring", "  name: " + quoted, *MODEL)
            s.replace("  owner: ", "  owner: " + quoted + " #", *MODEL)
            o = Outputs(s, "models/crs-2", env={"GITHUB_STEP_SUMMARY": s.file("summary.md")})
            o.agree(f"“{text[:12]}”")
            o.valid(f"“{text[:12]}”")
            shown = [f for f in o.findings() if f["rule"] == "VALUE_CHOICE"]
            check(len(shown) == 1, f"“{text[:12]}” is found once", [f["rule"] for f in o.findings()])
            for name in ("github", "text"):
                bad = [l for l in o.text[name].splitlines()
                       if re.search(r"##(\[|vso\[)", l) or (l.startswith("::") and not re.match(r"::(error|warning|notice) (file|title)=", l))]
                check(not bad, f"“{text[:12]}” is no command in {name}", bad[:2])
            raw = "".join(o.text.values()) + o.result.stdout + o.result.stderr + s.read("summary.md")
            check(not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", raw), f"“{text[:12]}” turns and hides nothing")
            check("<script>" not in s.read("summary.md") and not os.path.exists(s.file("owned")), f"“{text[:12]}” is no markup")


def hostile_places():
    names = ["a b", "per%25cent,comma:colon", "q\"uo'te", "emoji-\U0001F600", "semi;$(x)", "-dash", "new\nline", "\u202eturned", "a]]>b&amp;"]
    with Samples() as s:
        for name in names:
            os.makedirs(s.file("odd", name))
            s.write(f"model:\n  id: odd-{names.index(name)}\n  name: 3\n  colour: red\n", "odd", name, "model.yaml")
        o = Outputs(s, "odd")
        o.valid("odd names of folders")
        want = sorted(f"odd/{n}/model.yaml" for n in names if "\n" not in n and "\u202e" not in n)
        got = {urllib.parse.unquote(r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]) for r in o.run["results"]}
        check(set(want) <= got, "a place of any name can be read back", sorted(set(want) - got))
        check(all(re.fullmatch(r"[A-Za-z0-9._~/%-]+", r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
                  for r in o.run["results"]), "and is a URI")
        check(len(o.text["github"].splitlines()) == len(o.findings()) + 1, "one finding is one line for GitHub")
        check("\u202e" not in "".join(o.text.values()), "no name turns the text")


def places():
    """Paths begin at the root of the repository, wherever one stands."""
    with Samples() as s:
        os.mkdir(os.path.join(s.folder, ".git"))
        where = lambda out: {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in json.loads(out)["runs"][0]["results"]}
        inside = where(dossier("check", "--format=sarif", "models/cv-screen", cwd=s.path).stdout)
        deep = where(dossier("check", "--format=sarif", ".", cwd=s.file("models", "cv-screen")).stdout)
        top = where(dossier("check", "--format=sarif", "samples/models/cv-screen", cwd=s.folder).stdout)
        check(inside == deep == top and "samples/models/cv-screen/model.yaml" in top, "from the root, from inside, from the model", inside, deep)
        os.mkdir(os.path.join(s.folder, "apart"))
        os.rmdir(os.path.join(s.folder, ".git"))
        elsewhere = dossier("check", "--format=sarif", "--config", s.file("dossier.yaml"),
                            cwd=os.path.join(s.folder, "apart")).stdout
        check("samples" not in elsewhere and s.folder not in elsewhere and "models/cv-screen/model.yaml" in where(elsewhere),
              "from elsewhere they begin at the portfolio, and never at the disk's root")


def options():
    with Samples() as s:
        def wrong(words, *args):
            r = dossier("check", *args, "models/nordlm", cwd=s.path)
            check(r.returncode == 2 and words in r.stderr and not r.stdout, f"{' '.join(args)}: {words}", r.returncode, r.stderr)

        wrong("text and json both go to standard output", "--format=text", "--format=json")
        wrong("both go to x", "--format=junit:x", "--format=sarif:x")
        wrong("both go to standard output", "--format=sarif:-", "--format=github")
        wrong("did you mean sarif?", "--format=sarf")
        wrong("names no file", "--format=sarif:")
        wrong("at most 16", *[f"--format=json:f{i}" for i in range(17)])
        r = dossier("check", "--format=json:-", "models/nordlm", cwd=s.path)
        check(json.loads(r.stdout)["status"] == 0, "- is standard output")
        r = dossier("check", "--format", "json", "--format=sarif:a:b.sarif", "models/nordlm", cwd=s.path)
        check(os.path.exists(s.file("a:b.sarif")) and json.loads(r.stdout), "a file's name may hold a colon")
        r = dossier("check", "-q", "--format=sarif:q.sarif", "models/nordlm", cwd=s.path)
        check((r.returncode, r.stdout, r.stderr) == (0, "", ""), "with -q and files nothing is printed")


def unwritable():
    with Samples() as s:
        s.write("old", "keep.json")
        r = dossier("check", "--format=json:keep.json", "--format=sarif:no/such/folder.sarif", "models/cv-screen", cwd=s.path)
        check(r.returncode == 4 and "no/such/folder.sarif: error: output could not be written: No such file" in r.stderr,
              "a file that cannot be written: 4, and why", r.returncode, r.stderr)
        check(s.read("keep.json") == "old", "then no other file changes either")
        check(not [f for f in os.listdir(s.path) if ".tmp-" in f], "and nothing half-written is left")
        os.mkdir(s.file("folder"))
        r = dossier("check", "--format=junit:folder", "models/nordlm", cwd=s.path)
        check(r.returncode == 4 and "folder: error: " in r.stderr, "a folder is no file: 4", r.stderr)
        with open("/dev/full", "w") as full:
            r = subprocess.run([PROGRAM, "check", "--format=json", "models/cv-screen"], cwd=s.path, stdout=full,
                               stderr=subprocess.PIPE, env=dict(os.environ, DOSSIER_DATA=ROOT))
        check(r.returncode == 4, "full standard output: 4", r.returncode)
        r = dossier("check", "--format=json:/dev/full", "models/cv-screen", cwd=s.path)
        check(r.returncode == 4 and stat.S_ISCHR(os.stat("/dev/full").st_mode), "a full device: 4, and it stays a device")
        r = dossier("check", "--format=github", "models/nordlm", cwd=s.path, env={"GITHUB_STEP_SUMMARY": s.file("folder")})
        check(r.returncode == 4 and "GITHUB_STEP_SUMMARY" in r.stderr, "a summary that cannot be written: 4", r.stderr)
        old = os.umask(0o027)
        dossier("check", "--format=json:masked.json", "models/nordlm", cwd=s.path)
        os.umask(old)
        check(stat.S_IMODE(os.stat(s.file("masked.json")).st_mode) == 0o640, "rights are those of any new file")


def empty():
    with Samples() as s:
        o = Outputs(s, "models/nordlm")
        check(o.result.returncode == 0 and o.findings() == [] and o.gitlab == [] and o.run["results"] == []
              and o.text["github"].startswith("dossier: gate open"), "nothing found is an empty list in each", o.findings())
        o.valid("nothing found")
        os.mkdir(s.file("none"))
        o = Outputs(s, "none")
        check(o.result.returncode == 3, "no model: 3")
        o.agree("no model")
        o.valid("no model")
        check(o.json["models"] == [] and o.json["findings"][0]["rule"] == "MODEL_NONE" and o.json["status"] == 3
              and o.json["gate"] == "closed", "json says why")
        check(not o.run["invocations"][0]["executionSuccessful"] and o.run["invocations"][0]["exitCode"] == 3, "SARIF too")
        check(o.junit.find("testsuite/testcase/error") is not None, "JUnit has an error")
        check("\n::error " in "\n" + o.text["github"] and o.gitlab[0]["check_name"] == "MODEL_NONE", "so have the services")
        s.replace("  version: FP-3", "  version: FP-3\n  min_reprot: 3", "dossier.yaml")
        o = Outputs(s, "models/nordlm")
        check(o.result.returncode == 2 and o.findings()[0]["rule"] == "KEY_UNKNOWN" and o.findings()[0]["file"] == "dossier.yaml",
              "a wrong configuration stands in every report", o.findings()[:1])
        o.agree("wrong configuration")
        o.valid("wrong configuration")
        s.write("model: [\n", *MODEL)


def unreadable():
    with Samples() as s:
        s.write("model: [\n", *MODEL)
        o = Outputs(s, "models/crs-2", "models/cv-screen")
        check(o.result.returncode == 3 and o.run["invocations"][0]["exitCode"] == 3, "an unreadable record: 3")
        o.agree("unreadable")
        o.valid("unreadable")
        suite = [t for t in o.junit if "crs-2" in t.get("package")][0]
        check(suite.get("errors") == "1" and suite.get("tests") == "1", "is one error in JUnit", suite.attrib)


def duplicate():
    with Samples() as s:
        subprocess.run(["cp", "-r", s.file("models", "nordlm"), s.file("models", "twin")], check=True)
        o = Outputs(s, "models/nordlm", "models/twin")
        found = [(f["rule"], f["file"]) for f in o.findings()]
        check(o.result.returncode == 1 and found == [("MODEL_DUPLICATE", "models/twin/model.yaml")],
              "a second model of one id is an error, as in a run", found)
        o.agree("duplicate")
        o.valid("duplicate")


def baseline():
    """What was known when the baseline was written stands, and counts no more."""
    with Samples() as s:
        r = dossier("baseline", "write", "--output=known.yaml", "--reason=Begun before there was a gate", cwd=s.path)
        check(r.returncode == 0, "a baseline is written", r.stderr)
        at = s.replace(*("  decision_role: recommends", "  decision_role: TBD"), *MODEL)
        o = Outputs(s, "--baseline=known.yaml", "--fail-on=note")
        known = [r for r in o.run["results"] if r["suppressions"] and "baseline" in r["suppressions"][0]["justification"]]
        check(len(known) > 10 and not any(r["properties"]["closesGate"] for r in known), "known findings are suppressed results", len(known))
        new = [(f["rule"], f["line"]) for f, r in zip(o.findings(), o.run["results"]) if r["properties"]["closesGate"]]
        check(o.result.returncode == 1 and at in [l for _, l in new], "and a new one closes the gate", new)
        check({"critical", "major", "blocker"}.isdisjoint(i["severity"] for i, f in zip(o.gitlab, o.findings())
              if f["fingerprint"] in {r["partialFingerprints"]["dossierFinding/v1"] for r in known}), "known ones are info in GitLab")
        check("known since" in o.text["junit"] and "known since" in o.text["github"], "every format says so")
        o.agree("baseline")
        o.valid("baseline")


def summary():
    with Samples() as s:
        s.write("before\n", "step.md")
        o = Outputs(s, env={"GITHUB_STEP_SUMMARY": s.file("step.md")})
        text = s.read("step.md")
        wanted = [f for f in o.findings() if f["effect"] != "passes"]
        check(text.startswith("before\n### dossier: gate closed") and text.count("<tr><td>") == len(wanted),
              "the summary of the job lists what blocks and what warns, behind what was there", text[:200])


def many():
    with Samples() as s:
        text = s.read(*MODEL)
        entries = "".join(f"  - title: Minutes {i}\n    file: documents/none-{i}.md\n" for i in range(10000))
        cut = re.sub(r"(?m)^evidence:\n(?:  .*\n)+", "", text)
        s.write(cut + "\nevidence:\n" + entries, *MODEL)
        o = Outputs(s, "models/crs-2", env={"GITHUB_STEP_SUMMARY": s.file("step.md")})
        n = len(o.findings())
        check(n >= 10000, "there are 10,000 findings", n)
        o.agree("10,000 findings")
        o.valid("10,000 findings")
        size = os.path.getsize(s.file("step.md"))
        check(500000 < size < 1024 * 1024 and "more have no room here" in s.read("step.md")[-200:], "the summary keeps below GitHub's limit", size)


def nightly():
    with Samples() as s:
        o = Outputs(s, command="run")
        check(o.result.returncode == 1 and "reports/current/index.html" in o.result.stdout, "run takes formats as well", o.result.stderr)
        o.agree("run")
        o.valid("run")
        with open(s.file("reports", "current", "findings.json"), encoding="utf-8") as f:
            check(f.read() == o.text["json"], "findings.json of the pack is the same")
        r = dossier("run", "--format=sarif", cwd=s.path)
        check(json.loads(r.stdout)["version"] == "2.1.0" and "gate closed" in r.stderr, "a format on standard output is alone there", r.stdout[:80])
        before = sorted(os.listdir(s.file("reports", "runs")))
        r = dossier("run", "--as-of=2026-11-22", "--format=json:no/such.json", cwd=s.path)
        check(r.returncode == 4 and sorted(os.listdir(s.file("reports", "runs"))) == before,
              "a file that cannot be written: 4, and nothing is published", r.returncode)
        a = dossier("run", "--format=sarif", "-j2", cwd=s.path).stdout
        b = dossier("run", "--format=sarif", "-j1", cwd=s.path, env={"TZ": "Asia/Tokyo", "LC_ALL": "C"}).stdout
        check(a == b, "the same bytes with any number of workers")


def thresholds():
    """What closes the gate is the same for status, reports and pages."""
    with Samples() as s:
        def status(*args):
            return dossier("check", "--config=dossier-passing.yaml", *args, cwd=s.path).returncode

        check([status(f"--fail-on={w}") for w in ("never", "error", "warning", "note")] == [0, 0, 1, 1], "--fail-on, from never to note")
        check(status("--strict") == 1, "--strict closes on warnings")
        check(status("--strict", "--fail-on=never") == 2 and status("--strict=no") == 2 and status("--fail-on=notes") == 2,
              "contradictions and other words are refused")
        check(dossier("check", "--config=dossier-passing.yaml", "models/nordlm", "--strict", cwd=s.path).returncode == 0,
              "a model without warnings passes a strict gate")
        check(dossier("check", "models/nordlm", "--fail-on=note", cwd=s.path).returncode == 0, "and one without notes that on notes")
        s.replace("as_of: ", "strict: yes\nas_of: ", "dossier.yaml")
        r = dossier("check", "models/crs-2", cwd=s.path)
        check(r.returncode == 1 and "findings block, " in r.stdout and "of them warnings" in r.stdout, "dossier.yaml can say strict", r.stdout[-90:])
        o = Outputs(s, "models/crs-2", command="check")
        warned = [f for f in o.findings() if f["effect"] == "warns"]
        o.agree("strict")
        o.valid("strict")
        suite = o.junit.find("testsuite")
        check(int(suite.get("failures")) + int(suite.get("errors")) == len({f["rule"] for f in warned}) > 0,
              "then warnings are failures in JUnit", suite.attrib)
        check({i["severity"] for i in o.gitlab if i["check_name"] in {f["rule"] for f in warned}} >= {"major"}, "and major in GitLab")
        check(all(r["properties"]["closesGate"] == (r["level"] != "note" and not r["suppressions"]) for r in o.run["results"]),
              "and close the gate in SARIF")
        check(o.json["models"][0]["gate"] == "failed", "and the model's gate has failed")
        r = dossier("run", "-o", "strict", cwd=s.path)
        check(r.returncode == 1 and "gate closed: 4 of 9 models blocked" in r.stdout, "run counts the same", r.stdout)
        with open(s.file("strict", "current", "cards", "crs-2.html"), encoding="utf-8") as f:
            check(f"{len(warned)} findings block release" in f.read(), "and so does the card")
        waived = Outputs(s, "models/crs-2", "--fail-on=note")
        check(not [r for r in waived.run["results"] if r["suppressions"] and r["properties"]["closesGate"]],
              "a waived finding closes no gate, not even on notes")


def strict_unknown():
    """A note that could not be judged passes, but not a strict gate."""
    with Samples() as s:
        schemas = s.file("data", "schemas")
        subprocess.run(["cp", "-r", os.path.join(ROOT, "schemas"), s.file("x")], check=True)
        os.makedirs(s.file("data"))
        os.rename(s.file("x"), schemas)
        with open(os.path.join(schemas, "eu-ai-act", "99-note.yaml"), "w", encoding="utf-8") as f:
            f.write("""rules:
    - id: X-NOTE
      title: A note
      law: []
      tier: [all]
      duty: [any]
      severity: note
      when: {yes: model.nothing_says_so}
      check: {present: model.id}
      message: "a note"
      fix: Write it.
""".replace("model.nothing_says_so", "data_protection.uses_instructions"))
        args = ["--data", s.file("data"), "models/nordlm", "--format=json"]
        r = dossier("check", *args, cwd=s.path)
        found = [f for m in json.loads(r.stdout)["models"] for f in m["findings"]]
        check(r.returncode == 0 and [(f["rule"], f["result"], f["effect"]) for f in found] == [("X-NOTE", "unknown", "passes")],
              "a note that could not be judged passes", r.returncode, r.stdout[-300:], r.stderr)
        r = dossier("check", "--strict", *args, cwd=s.path)
        found = [f for m in json.loads(r.stdout)["models"] for f in m["findings"]]
        check(r.returncode == 1 and [f["effect"] for f in found] == ["warns"], "a strict gate closes on it", r.returncode)
        sarif = json.loads(dossier("check", *args[:-1], "--format=sarif", cwd=s.path).stdout)
        check([(r["kind"], r["level"]) for r in sarif["runs"][0]["results"]] == [("open", "none")],
              "SARIF calls it open", sarif["runs"][0]["results"])


def failures():
    """Nothing judged is never a pass, and each case says what it is."""
    with Samples() as s:
        os.makedirs(s.file("data", "schemas", "eu-ai-act"))
        def gate(words, *args, status=3, command="check"):
            r = dossier(command, *args, "--format=sarif:f.sarif", "--format=junit:f.xml", cwd=s.path)
            check(r.returncode == status and words in r.stderr + s.read("f.xml"), f"{command}: {words}: {status}", r.returncode, r.stderr, r.stdout)
            call = json.loads(s.read("f.sarif"))["runs"][0]
            check(call["invocations"][0]["exitCode"] == status, "the report has the status")
            check(call["results"] or call["invocations"][0]["toolExecutionNotifications"], "and the reason")
            check(ET.fromstring(s.read("f.xml")).find(".//error") is not None, "in JUnit as well")
            os.remove(s.file("f.sarif"))
            os.remove(s.file("f.xml"))

        for command in ("check", "run"):
            gate("no rules are loaded", "--data", s.file("data"), command=command)
        subprocess.run(["cp", os.path.join(ROOT, "schemas", "vocabulary.yaml"), s.file("data", "schemas")], check=True)
        s.write("rules: []\n", "data", "schemas", "eu-ai-act", "00-none.yaml")
        gate("no rules are loaded", "--data", s.file("data"))
        os.mkdir(s.file("none"))
        gate("no model found", "none")
        s.write("models: [none]\n", "empty.yaml")
        gate("no model found", "--config=empty.yaml", command="run")
        s.write("""rules:
    - id: X-GPAI
      title: Of another tier
      law: []
      tier: [gpai]
      duty: [any]
      severity: error
      check: {present: model.id}
      message: "x"
      fix: Write it.
""", "data", "schemas", "eu-ai-act", "00-none.yaml")
        s.write("models: [models/letter-sort]\n", "plain.yaml")
        gate("no rule was evaluated", "--data", s.file("data"), "--config=plain.yaml")
        r = dossier("check", "--nonsense", "--format=sarif:f.sarif", cwd=s.path)
        check(r.returncode == 2 and not os.path.exists(s.file("f.sarif")), "a wrong command line writes nothing")


o = samples()
sarif_says(o)
upcoming()
fingerprints()
hostile()
hostile_places()
places()
options()
unwritable()
empty()
unreadable()
duplicate()
baseline()
summary()
thresholds()
strict_unknown()
failures()
many()
nightly()
done()
