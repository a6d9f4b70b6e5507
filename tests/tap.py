"""TAP for the tests in Python, and a way to run dossier."""
import json
import os
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BUILD = os.path.join(ROOT, os.environ.get("BUILD", "build"))
PROGRAM = os.path.join(BUILD, "dossier")
SANITIZED = BUILD.endswith("-asan")  # what is slow and tells it nothing may be less there
EPOCH = "1795226400"  # 2026-11-21T02:00:00Z

_n = 0
_failed = 0


def check(ok, what, *more):
    global _n, _failed
    _n += 1
    if not ok:
        _failed += 1
    print(f"{'ok' if ok else 'not ok'} {_n} - {what}")
    if not ok:
        for line in more:
            print("# " + str(line).replace("\n", "\n# "))
    return ok


def none(offences, what):
    """Nothing must be in the list; the first of what is are shown."""
    offences = list(offences)
    return check(not offences, what, str(offences[:8])[:800])


def skip(why):
    global _n
    _n += 1
    print(f"ok {_n} # SKIP {why}")


def done():
    print(f"1..{_n}")
    sys.exit(1 if _failed else 0)


def dossier(*args, cwd=ROOT, env=None, epoch=EPOCH, stdin=None):
    """Run the program; the result has returncode, stdout, stderr as text."""
    full = dict(os.environ, DOSSIER_DATA=ROOT, NO_COLOR="1")
    if epoch:
        full["SOURCE_DATE_EPOCH"] = epoch
    full.update(env or {})
    return subprocess.run([PROGRAM, *args], cwd=cwd, env=full, text=True,
                          stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def findings(*args, **kw):
    """What `dossier check --format=json` finds, and the exit status."""
    r = dossier("check", "--format=json", *args, **kw)
    try:
        out = json.loads(r.stdout)
    except ValueError:
        return [], r
    return [dict(f, model=m["id"]) for m in out["models"] for f in m["findings"]], r


class Samples:
    """A copy of samples/ in a folder of its own, to be changed."""

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="dossier-test-")
        self.path = os.path.join(self.folder, "samples")
        shutil.copytree(os.path.join(ROOT, "samples"), self.path)
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder)

    def file(self, *parts):
        return os.path.join(self.path, *parts)

    def read(self, *parts):
        with open(self.file(*parts), encoding="utf-8") as f:
            return f.read()

    def write(self, text, *parts):
        with open(self.file(*parts), "w", encoding="utf-8") as f:
            f.write(text)

    def replace(self, old, new, *parts):
        text = self.read(*parts)
        assert text.count(old) >= 1, f"{old!r} is not in {parts}"
        self.write(text.replace(old, new, 1), *parts)
        return text[:text.index(old)].count("\n") + 1
