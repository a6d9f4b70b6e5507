#!/usr/bin/env python3
"""The ready files for builds: they parse, what they run is run here in a
scratch repository, and every option and file in them exists."""
import json
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET

from tap import BUILD, EPOCH, ROOT, Samples, check, done, skip

try:
    import yaml
except ImportError:
    yaml = None
    skip("python3-yaml is not here")

CI = os.path.join(ROOT, "samples", "ci")
FAULT = ("  decision_role: recommends", "  decision_role: TBD")
MODEL = "models/crs-2/model.yaml"


def read(*parts):
    with open(os.path.join(*parts), encoding="utf-8") as f:
        return f.read()


class Repository:
    """A git repository with the passing samples in it, and dossier on PATH."""

    def __enter__(self):
        self.samples = Samples().__enter__()
        self.path = self.samples.path
        os.rename(self.samples.file("dossier-passing.yaml"), self.samples.file("dossier.yaml"))
        self.env = dict(os.environ, DOSSIER_DATA=ROOT, NO_COLOR="1", SOURCE_DATE_EPOCH=EPOCH, HOME=self.samples.folder,
                        PATH=os.path.abspath(BUILD) + ":" + os.environ["PATH"], GIT_CONFIG_NOSYSTEM="1")
        self.temporary = os.path.join(self.samples.folder, "temporary")
        os.mkdir(self.temporary)
        self.env["TMPDIR"] = self.temporary
        for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GITHUB_STEP_SUMMARY"):
            self.env.pop(name, None)
        self.git("init", "-q", ".")
        self.git("config", "user.name", "A tester")
        self.git("config", "user.email", "tester@example.org")
        self.git("add", ".")
        self.git("commit", "-q", "-m", "begin", "--no-verify")
        return self

    def __exit__(self, *_):
        self.samples.__exit__()

    def run(self, *args, **more):
        return subprocess.run(args, cwd=more.pop("cwd", self.path), env=dict(self.env, **more), text=True, capture_output=True)

    def sh(self, script, **more):
        """As the services run a step."""
        return self.run("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script, **more)

    def git(self, *args):
        r = self.run("git", *args)
        assert r.returncode == 0 or args[0] == "commit", r.stderr
        return r

    def break_model(self):
        self.samples.replace(*FAULT, *MODEL.split("/"))

    def mend_model(self):
        self.samples.replace(FAULT[1], FAULT[0], *MODEL.split("/"))


def gate_both_ways(what, script):
    """The step passes on sound records and fails on a broken one."""
    with Repository() as r:
        good = r.sh(script)
        check(good.returncode == 0, f"{what}: sound records pass", good.stdout[-300:], good.stderr)
        r.break_model()
        bad = r.sh(script, GITHUB_STEP_SUMMARY=os.path.join(r.path, "summary.md"))
        check(bad.returncode == 1, f"{what}: a broken one closes the gate", bad.returncode, bad.stdout[-300:], bad.stderr)
        files = {}
        for name in os.listdir(r.path):
            if name.endswith((".sarif", ".xml", ".json")):
                files[name] = read(r.path, name)
        return bad.stdout, files


def github():
    flow = yaml.safe_load(read(CI, "github-workflow.yml"))
    steps = flow["jobs"]["gate"]["steps"]
    gate = [s for s in steps if s.get("name") == "Gate"][0]
    out, files = gate_both_ways("GitHub", gate["run"])
    check(re.search(rf"^::error file={MODEL},line=\d+,col=18,title=", out, re.M), "GitHub: the fault is an annotation", out[:300])
    upload = [s for s in steps if "upload-sarif" in s.get("uses", "")][0]
    check(upload["with"]["sarif_file"] in files and upload["with"]["sarif_file"] in upload["if"] and "always()" in upload["if"],
          "GitHub: what is uploaded is what was written, also when the gate is closed")
    keep = [s for s in steps if "upload-artifact" in s.get("uses", "")][0]
    check(set(keep["with"]["path"].split()) <= set(files), "GitHub: what is kept was written", keep["with"]["path"])
    check(json.loads(files[upload["with"]["sarif_file"]])["runs"][0]["results"], "GitHub: the SARIF file has the fault")
    check(flow["permissions"] == {"contents": "read", "security-events": "write"}, "GitHub: no more rights than needed")
    check(True in flow or "on" in flow, "GitHub: it says when it runs")


def gitlab():
    job = yaml.safe_load(read(CI, "gitlab-ci.yml"))["model-gate"]
    out, files = gate_both_ways("GitLab", "\n".join(job["script"]))
    reports = job["artifacts"]["reports"]
    check(job["artifacts"]["when"] == "always" and set(reports.values()) <= set(files), "GitLab: the reports are kept, always", files.keys())
    issues = json.loads(files[reports["codequality"]])
    check(any(i["location"]["path"] == MODEL and i["severity"] == "blocker" for i in issues), "GitLab: the fault is an issue")
    check(ET.fromstring(files[reports["junit"]]).find(".//failure") is not None, "GitLab: and a failed test")
    check(f"{MODEL}:" in out, "GitLab: and stands in the log")


def hooks():
    """The framework runs the entry in the repository, here without names."""
    hook = yaml.safe_load(read(ROOT, ".pre-commit-hooks.yaml"))[0]
    check(hook["language"] == "system" and hook["pass_filenames"] is False, "pre-commit: the hook is the program, on everything")
    gate_both_ways("pre-commit", hook["entry"])
    config = yaml.safe_load(read(CI, "pre-commit-config.yaml"))
    check([h["id"] for h in config["repos"][0]["hooks"]] == [hook["id"]], "pre-commit: the sample names the hook")
    if shutil.which("pre-commit") is None:
        return
    with Repository() as r:
        shutil.copy(os.path.join(ROOT, ".pre-commit-hooks.yaml"), r.path)
        local = [dict(hook, description="")]
        with open(os.path.join(r.path, ".pre-commit-config.yaml"), "w", encoding="utf-8") as f:
            yaml.safe_dump({"repos": [{"repo": "local", "hooks": local}]}, f)
        check(r.run("pre-commit", "run", "--all-files").returncode == 0, "pre-commit itself: sound records pass")
        r.break_model()
        check(r.run("pre-commit", "run", "--all-files").returncode == 1, "pre-commit itself: a broken one fails")


def git_hook():
    with Repository() as r:
        shutil.copy(os.path.join(CI, "pre-commit"), os.path.join(r.path, ".git", "hooks", "pre-commit"))
        heads = lambda: r.git("rev-parse", "HEAD").stdout
        r.samples.replace("  owner: ", "  owner: New ", *MODEL.split("/"))
        r.git("add", ".")
        before = heads()
        c = r.git("commit", "-q", "-m", "sound")
        check(c.returncode == 0 and heads() != before, "git hook: a sound record is committed", c.stdout, c.stderr)
        r.break_model()
        r.git("add", ".")
        before = heads()
        c = r.git("commit", "-q", "-m", "broken")
        check(c.returncode != 0 and heads() == before, "git hook: a broken one is not")
        check(re.search(rf"^{MODEL}:\d+:18: error: ", c.stderr, re.M), "git hook: and the fault has its place", c.stderr[:300])
        r.mend_model()
        c = r.git("commit", "-q", "-m", "mended beside")
        check(c.returncode != 0, "git hook: what is staged counts, not what is mended beside it")
        r.samples.replace("  owner: New ", "  owner: Other ", *MODEL.split("/"))
        r.git("add", ".")
        r.break_model()
        c = r.git("commit", "-q", "-m", "staged")
        check(c.returncode == 0 and heads() != before, "git hook: and not what is broken beside it", c.stderr[:300])
        check(os.listdir(r.temporary) == [], "git hook: nothing is left behind")


def make_and_cron():
    with Repository() as r:
        mk = ["make", "-s", "-f", os.path.join(CI, "gate.mk")]
        check(r.run(*mk, "gate").returncode == 0 and os.path.exists(r.samples.file("dossier-junit.xml")), "make gate: sound records pass")
        check(r.run(*mk, "documents").returncode == 0 and os.path.exists(r.samples.file("reports", "current", "index.html")),
              "make documents: they are there")
        r.break_model()
        check(r.run(*mk, "gate").returncode == 2, "make gate: a broken one ends make")
        d = r.run(*mk, "documents")
        check(d.returncode == 0, "make documents: a closed gate does not", d.stdout, d.stderr)
        os.remove(r.samples.file("reports", "current"))
        os.mkdir(r.samples.file("reports", "current"))
        d = r.run(*mk, "documents", SOURCE_DATE_EPOCH=str(int(EPOCH) + 60))
        check(d.returncode == 2, "make documents: trouble does", d.returncode, d.stdout, d.stderr)
    with Repository() as r:
        lines = [l for l in read(CI, "crontab").splitlines() if l and not l.startswith("#")]
        check(len(lines) == 1 and "%" not in lines[0], "crontab: one entry, and no sign that cron takes for a new line")
        command = lines[0].split(None, 5)[5].replace("/srv/ai", r.path)
        night = r.run("sh", "-c", command)
        check((night.returncode, night.stdout, night.stderr) == (0, "", ""), "crontab: silent while all is well", night.stdout, night.stderr)
        r.break_model()
        night = r.run("sh", "-c", command, SOURCE_DATE_EPOCH=str(int(EPOCH) + 60))
        check(night.returncode == 0 and "\ndossier: gate closed" in night.stdout, "crontab: the line that says it is closed", night.stdout)
        check(json.loads(read(r.path, "nightly.sarif"))["runs"][0]["invocations"][0]["exitCode"] == 1, "crontab: and the report")


def everything_is_named():
    listed = set(re.findall(r"\]\(([^)]+)\)", read(CI, "README.md")))
    check(listed == set(os.listdir(CI)) - {"README.md"}, "samples/ci/README.md names every file", listed)
    for name in sorted(os.listdir(CI)):
        text = read(CI, name)
        check("/home/" not in text and "localhost" not in text, f"{name} is for everybody")
        for option in re.findall(r"dossier (?:check|run)[^\n]*", text):
            for o in re.findall(r"--([a-z-]+)", option):
                check(re.search(rf"Fl -{o}\b", read(ROOT, "src", "man", "dossier.1")), f"{name}: --{o} is in the manual")


if yaml:
    github()
    gitlab()
    hooks()
git_hook()
make_and_cron()
everything_is_named()
done()
