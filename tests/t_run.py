#!/usr/bin/env python3
"""The main job from end to end: what a run writes, that it writes the same
bytes whatever the folder, locale, time zone and number of workers, what the
second run says, and that neither a crash nor a second run does harm."""
import filecmp
import json
import os
import random
import re
import shutil
import signal
import subprocess
import time

from tap import PROGRAM, ROOT, SANITIZED, Samples, check, done, dossier, skip

NAMES = ["index.html", "findings.json", "MANIFEST.sha256", "data/portfolio.xml", "workbooks/portfolio.xlsx"]


def run(samples, output, *more, **kw):
    return dossier("run", "--config", samples.file("dossier.yaml"), "--output", output, *more,
                   cwd=samples.folder, **kw)


def files(folder):
    return sorted(os.path.relpath(os.path.join(d, f), folder)
                  for d, _, names in os.walk(folder) for f in names)


def same(a, b):
    if files(a) != files(b):
        return False, set(files(a)) ^ set(files(b))
    bad = [f for f in files(a) if not filecmp.cmp(os.path.join(a, f), os.path.join(b, f), False)]
    return not bad, bad


def outputs():
    with Samples() as s:
        r = run(s, "out")
        check(r.returncode == 1, "the samples close the gate", r.stdout, r.stderr[-3000:])
        lines = r.stdout.strip().split("\n")
        check(len(lines) == 4 and lines[2].startswith("dossier: gate closed") and
              lines[3] == "out/current/index.html", "one summary line and the page", r.stdout)
        check(lines[0] == "dossier: next change on 2026-12-01, in 10 days:" and lines[1].startswith("    ACTIONS-OVERDUE of "),
              "and before it the next day on which a result changes", r.stdout)
        pack = s.folder + "/out/current"
        ids = sorted(os.listdir(s.file("models")))
        want = NAMES + [f"{d}/{i}.{e}" for i in ids for d, e in
                        (("data", "xml"), ("cards", "html"), ("fria", "html"), ("annex-iv", "html"),
                         ("workbooks", "xlsx"))]
        check(files(pack) == sorted(want), "all outputs, and nothing else",
              sorted(set(want) ^ set(files(pack))))
        r = subprocess.run(["sha256sum", "-c", "--quiet", "MANIFEST.sha256"], cwd=pack, stderr=subprocess.PIPE)
        check(r.returncode == 0, "sha256sum -c MANIFEST.sha256", r.stderr)
        for i in ids + ["portfolio"]:
            r = subprocess.run(["xmllint", "--noout", "--schema", ROOT + "/schemas/dossier.xsd",
                                f"{pack}/data/{i}.xml"], stderr=subprocess.PIPE, text=True)
            check(r.returncode == 0, f"data/{i}.xml is valid", r.stderr[:1500])
        pages = [f for f in files(pack) if f.endswith(".html")]
        for page in pages:
            text = open(f"{pack}/{page}", encoding="utf-8").read()
            bad = re.findall(r'<script|style="|src="http|url\(http|<link|<img', text)
            check(not bad and len(text.encode()) <= 150 * 1024, f"{page}: no script, no request, {len(text) // 1024} KiB", bad[:3])
            for href in re.findall(r'href="([^"#]+)', text):
                if not re.match(r"https:|mailto:", href):
                    target = os.path.normpath(os.path.join(pack, os.path.dirname(page), href))
                    if not check(os.path.exists(target), f"{page}: link {href}") :
                        break
            low = text.lower()
            check("compliant" not in low, f"{page}: never says compliant")
        words_of_pages(pack)
        host = os.uname().nodename
        words = [s.folder] + ([host] if len(host) > 5 else [])
        told = subprocess.run(["grep", "-rlF", "\n".join(words), pack], stdout=subprocess.PIPE, text=True).stdout
        check(told == "", "no path of this machine, no host name", told)
        r = dossier("verify", "--output", "out", cwd=s.folder)
        check(r.returncode == 0, "verify finds pack and ledger whole", r.stdout, r.stderr)
        with open(f"{pack}/index.html", "r+b") as f:
            f.seek(200)
            f.write(b"x")
        r = dossier("verify", "--output", "out", cwd=s.folder)
        check(r.returncode == 1 and "index.html" in r.stderr, "and names a changed file", r.stderr)


def words_of_pages(pack):
    """What a reader who has nothing but the pages has to be told."""
    def text_of(page):
        return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", open(f"{pack}/{page}", encoding="utf-8").read()))

    index, card = text_of("index.html"), text_of("cards/cv-screen.html")
    for page, text in (("index", index), ("card", card)):
        check("duties 800 days before they apply" in text, f"{page}: judged ahead of the law, and says so")
        check("within the limits that the organisation has set" in text, f"{page}: says whose limits these are")
    check(re.search(r"1,\d{3} of 1,\d{3}", index), "thousands have commas")
    check("The evaluation is not older than the policy allows (EVAL-FRESH): Model Validation" in index and
          "No action is overdue (ACTIONS-OVERDUE): from Met to Out of date" in index, "dates say what they are of")
    check(re.search(r"17 duties begin to apply; all metArticle 5", index), "a legal date says under which articles")
    check(index.index("Mood of the canteen") < index.index("Screening of CVs"), "a prohibited practice stands first")
    check("1 warnings" not in index and "0 warnings" not in index.replace("10 warnings", ""), "no count of nothing")
    check("The 23 points of Annex IV19 met, 3 not provided, 1 not applicable" in card, "23 points of Annex IV add up")
    check("limits2 of 2 measures with a limit" in card and "stress1 of 1 measures with a limit" in card,
          "measures under stress are counted apart")
    check(not re.search(r"works-council-2025-09-30.mdE13Unreadablefile not foundText0 B", card), "a file that is not there has no size")
    check("Scope record, Article 27" in card, "a scope record is called one")
    mood = text_of("cards/break-room-mood.html")
    check("Prohibited practice: Article 5(1)(f)" in mood, "a prohibited practice names its point of Article 5")
    check("lacks CE marking" not in card and "shows the CE marking" in card, "what is lacking is said once")
    fria = text_of("fria/life-pricing.html")
    check("Not provided: 5 of 6 elements met; the authority is not notified" in fria, "the assessment says what it lacks")
    names = open(f"{pack}/cards/crs-2.html", encoding="utf-8").read()
    check(names.count("Results that differ between groups can be discrimination") == 1 and
          names.count("Why and how to fix: as above") == 4 and
          names.count("Measure the group on more rows") == 1, "what six findings share is told once")
    check(names.index("(missing)*18-24") > names.index("male*65+"), "groups without a value stand last")
    check("Evidence joins size and test" in names, "words of evidence are told")
    href = re.findall(r'href="((?:fria|annex-iv|workbooks|data)/crs-2\.\w+)"', open(f"{pack}/index.html", encoding="utf-8").read())
    check(len(href) == 4, "the portfolio leads to every document of a model", href)


def same_bytes():
    with Samples() as a, Samples() as b:
        for s, env, more in ((a, {"LC_ALL": "C", "TZ": "UTC"}, ()),
                             (b, {"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8", "TZ": "Pacific/Kiritimati"}, ("-j2",))):
            run(s, "out", *more, env=env)
        ok, bad = same(a.folder + "/out/current", b.folder + "/out/current")
        check(ok, "two folders, locales, time zones, numbers of workers: the same bytes", bad)
        before = os.readlink(a.folder + "/out/current")
        run(a, "out")
        check(os.readlink(a.folder + "/out/current") == before, "the same run again is the same pack")


def second_run():
    with Samples() as s:
        run(s, "out")
        s.replace("  stop: >-\n", "  stopp: >-\n", "models", "crs-2", "model.yaml")
        r = run(s, "out", epoch="1795312800")
        page = open(s.folder + "/out/current/index.html", encoding="utf-8").read()
        doc = open(s.folder + "/out/current/data/crs-2.xml", encoding="utf-8").read()
        check('first-run="no"' in doc, "the second run knows the first")
        check(re.search(r'<change [^>]*what="[^"]*KEY_UNKNOWN', doc) is not None or "unknown key" in doc,
              "and says what changed", re.findall(r"<change [^>]*>", doc)[:3])
        check("New in this run" in doc, "a new finding is new")
        check("Open for 2 runs" in open(s.folder + "/out/current/data/cv-screen.xml", encoding="utf-8").read(),
              "an old one counts its runs")
        check("crs-2" in page, "the portfolio names the model")
        r = dossier("history", "--output", "out", cwd=s.folder)
        check(len(r.stdout.strip().split("\n")) == 2, "history lists two runs", r.stdout, r.stderr)


def wait_for_lock(s):
    """The children of what was killed may hold the lock a moment longer."""
    subprocess.run(["flock", "-w", "20", s.folder + "/out/lock", "true"])


def harm():
    with Samples() as s:
        run(s, "out")
        old = os.readlink(s.folder + "/out/current")
        lock = subprocess.Popen(["flock", s.folder + "/out/lock", "sleep", "5"], start_new_session=True)
        time.sleep(0.3)
        r = run(s, "out", epoch="1795312800")
        check(r.returncode == 75 and "LOCKED" in r.stderr, "a second run beside the first: 75", r.returncode, r.stderr)
        os.killpg(lock.pid, signal.SIGKILL)
        lock.wait()
        wait_for_lock(s)
        s.write("model:\n  id: twin\n  name: One\n", "models", "crs-2", "model.yaml")
        s.write("model:\n  id: twin\n  name: Two\n", "models", "letter-sort", "model.yaml")
        r = run(s, "out", epoch="1795399200")
        check(r.returncode in (1, 3), "two models of one id do not stop the run", r.stderr[-1500:])
        pack = s.folder + "/out/current"
        check(os.path.exists(pack + "/data/twin.xml") and "MODEL_DUPLICATE" in open(pack + "/findings.json").read(),
              "the first keeps the id, the other is told")
        shutil.rmtree(s.file("models", "crs-2"))
        os.mkdir(s.file("models", "crs-2"))
        s.write("model: {\n", "models", "crs-2", "model.yaml")
        r = run(s, "out", epoch="1795485600")
        rows = json.load(open(pack + "/findings.json"))["models"]
        check(any(m["id"] == "crs-2" for m in rows) and os.path.exists(pack + "/cards/crs-2.html"),
              "an unreadable model is a row like any other")
        check(r.returncode == 3, "and the status says so", r.returncode)
        check(os.readlink(pack) != old, "the new pack is in place")


def killed():
    """Killed at any moment, a run leaves the old pack or the new one, whole."""
    with Samples() as s:
        run(s, "out")
        whole = 0
        kinds = set()
        times = 4 if SANITIZED else 24
        for i in range(times):
            before = os.readlink(s.folder + "/out/current")
            env = dict(os.environ, DOSSIER_DATA=ROOT, SOURCE_DATE_EPOCH=str(1795312800 + i * 3600))
            p = subprocess.Popen([PROGRAM, "run", "-q", "-j2", "--config", s.file("dossier.yaml"), "--output", "out"],
                                 cwd=s.folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                 start_new_session=True)
            time.sleep(random.Random(i).uniform(0.0, 0.6))
            try:
                os.killpg(p.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            p.wait()
            wait_for_lock(s)
            pack = s.folder + "/out/current"
            kinds.add("new" if os.readlink(pack) != before else "old")
            r = subprocess.run(["sha256sum", "-c", "--quiet", "MANIFEST.sha256"], cwd=pack, stderr=subprocess.PIPE)
            whole += r.returncode == 0
        check(whole == times, f"killed {times} times, the pack is whole each time ({' and '.join(sorted(kinds))})", whole)
        r = run(s, "out", epoch="1796000000")
        check(r.returncode == 1, "the next run goes through", r.stderr[-800:])
        r = dossier("verify", "--output", "out", cwd=s.folder)
        check(r.returncode == 0, "and the ledger is whole", r.stderr[-800:])
        check(not [n for n in os.listdir(s.folder + "/out") if n.startswith(".staging")], "nothing is left behind")


def rendered_again():
    with Samples() as s:
        run(s, "out")
        r = dossier("render", "-o", "again", "out/current/data/crs-2.xml", cwd=s.folder)
        check(r.returncode == 0, "render takes a stored document", r.stderr)
        ok = filecmp.cmp(s.folder + "/out/current/cards/crs-2.html", s.folder + "/again/cards/crs-2.html", False)
        check(ok, "and makes the same page")


def refused(folder, text, *said):
    with open(folder + "/stored.xml", "w", encoding="utf-8") as f:
        f.write(text)
    r = dossier("render", "-o", "again", "stored.xml", cwd=folder)
    check(r.returncode not in (0, 1) and r.stderr.count(": error: ") == 1 and all(w in r.stderr for w in said),
          f"render refuses it: {said[0]}", r.returncode, r.stderr[:600])
    check(not files(folder + "/again") and sorted(os.listdir(folder)) == ["again", "out", "samples", "stored.xml"],
          "and writes nothing", os.listdir(folder), files(folder + "/again"))


def not_rendered():
    """A stored document comes from anywhere: it names no file outside, and expands to nothing."""
    with Samples() as s:
        run(s, "out")
        text = open(s.folder + "/out/current/data/crs-2.xml", encoding="utf-8").read()
        for name in ("../../outside", "/tmp/outside", "", "A B", "..", "a/b"):
            refused(s.folder, text.replace('<model id="crs-2"', f'<model id="{name}"'), "not a report document")
        head, rest = text.split("\n", 1)
        bomb = '<!DOCTYPE report [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
        refused(s.folder, f"{head}\n{bomb}\n{rest}", "stored.xml:2:1: error:", "XML_DOCTYPE")
        refused(s.folder, text.replace('kind="model"', 'kind="x"'), "not a report document")
        refused(s.folder, text.replace("<report", "<other").replace("</report", "</other"), "not a report document")
        refused(s.folder, text[:-20], "stored.xml")
        refused(s.folder, "<a/>" * 3, "stored.xml:1:5: error:", "second element")
        refused(s.folder, "<a>\n<b>x</a>", "stored.xml:2:9: error:", "expected </b>")


if shutil.which("xmllint") is None:
    skip("xmllint is missing")
else:
    outputs()
same_bytes()
second_run()
harm()
killed()
rendered_again()
not_rendered()
done()
