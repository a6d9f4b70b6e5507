#!/usr/bin/env python3
"""Counting where the rows live: the query of `dossier measure --sql` is run
for real on SQLite, PostgreSQL and DuckDB, and its result measured; the numbers
must be those of the rows themselves.  Counts of shards add up to the same.  A
database that is not installed is skipped: PostgreSQL is Debian's package, run
for the test alone on a socket of its own, DuckDB the module @duckdb/node-api
in BUILD/node (see .ci/install)."""
import csv
import functools
import io
import json
import os
import pwd
import random
import shutil
import sqlite3
import subprocess
import tempfile

from tap import BUILD, SANITIZED, check, done, dossier, skip

ODD = 'gro"up`s'
BY = f"--by=sex,{ODD},sex*{ODD}"
DIALECTS = ("sqlite", "postgres", "duckdb", "spark", "snowflake", "bigquery")


def measure(*args):
    return dossier("measure", "--replicates=100", *args, env={"LC_ALL": "C.UTF-8", "COLUMNS": "80"})


COLUMNS = [("y_true", "TEXT"), ("y_pred", "INTEGER"), ("score", "DOUBLE PRECISION"), ("sex", "TEXT"), (ODD, "TEXT"),
           ("w", "NUMERIC(6, 3)"), ("age", "INTEGER"), ("region", "TEXT"), ("class", "TEXT"), ("gu'ess", "TEXT"),
           ("value", "NUMERIC(8, 3)"), ("forecast", "DOUBLE PRECISION")]
HEADER = [name for name, _ in COLUMNS]


def make_rows(n):
    draw = random.Random(11)
    labels = ["1", "0", "1", "0", "", "NA", "True", "no", "1.0"]
    groups = ["a", "a*b", "it's", 'say "so"', "\\n", "Ł", "", "x,y"]
    classes = ["x", "it's", 'say "so"', "\\", ""]
    return [[draw.choice(labels), draw.choice("01"),
             draw.choice(["0.5", "0.25", "0.75", "", "0.4999", repr(draw.random()), repr(draw.random() * 1e-5)]),
             draw.choice(["female", "male", "male", ""]), draw.choice(groups), str(draw.randint(0, 24) / 8),
             draw.choice(["", "17", "18", "30", "65", "66"]), draw.choice(["north", "south"]),
             draw.choice([*classes, "NA"]), draw.choice(["x", "it's", 'say "so"', "z"]),
             draw.choice(["", "-3", "0.1", "7.25", str(draw.randint(0, 50) / 10)]),
             draw.choice(["", "-2.5", "0.3", "1e3", repr(draw.random())])]
            for _ in range(n)]


def write_csv(path, rows, header=None):
    with open(path, "w", encoding="utf-8", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(header or HEADER)
        out.writerows(rows)
    return path


def columns_of(rows):
    """NULL for what is empty, as a database has it, in every other row."""
    return [[None if v == "" and i % 2 else v for v in row] for i, row in enumerate(rows)]


def create_table():
    names = [name.replace('"', '""') for name in HEADER]
    return 'CREATE TABLE "pre dictions" (' + ", ".join(f'"{n}" {kind}' for n, (_, kind) in zip(names, COLUMNS)) + ");"


class Sqlite:
    name = "sqlite"

    def __init__(self, folder, rows):
        self.db = sqlite3.connect(":memory:")
        self.db.execute(create_table())
        self.db.executemany(f'INSERT INTO "pre dictions" VALUES ({", ".join("?" * len(COLUMNS))})', columns_of(rows))

    def query(self, sql):
        cursor = self.db.execute(sql)
        return [d[0] for d in cursor.description], [list(r) for r in cursor]

    def close(self):
        self.db.close()


class Postgres:
    name = "postgres"

    def __init__(self, folder, rows):
        self.bin = sorted(os.path.join("/usr/lib/postgresql", v, "bin") for v in os.listdir("/usr/lib/postgresql"))[-1]
        self.home = os.path.join(folder, "pg")
        os.mkdir(self.home)
        self.user = {}
        if os.getuid() == 0:  # the server refuses to run as root
            user = pwd.getpwnam("postgres")
            self.user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
            os.chown(self.home, user.pw_uid, user.pw_gid)
            os.chmod(folder, 0o755)
        data = os.path.join(self.home, "data")
        self.run("initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-locale", "-N")
        self.run("pg_ctl", "-D", data, "-w", "-l", os.path.join(self.home, "log"),
                 "-o", f"-k {self.home} -c listen_addresses='' -c fsync=off -c shared_buffers=2MB", "start")
        self.data = data
        self.psql(create_table())
        buffer = io.StringIO()
        for row in columns_of(rows):
            row = [v or None if kind != "TEXT" else v for v, (_, kind) in zip(row, COLUMNS)]
            buffer.write(",".join("" if v is None else '"' + v.replace('"', '""') + '"' for v in row) + "\n")
        self.psql('COPY "pre dictions" FROM STDIN WITH (FORMAT csv);\n' + buffer.getvalue() + "\\.\n")

    def run(self, tool, *args, given=None):
        r = subprocess.run([os.path.join(self.bin, tool), *args], input=given, text=True, cwd=self.home,
                           stdout=subprocess.PIPE if tool == "psql" else subprocess.DEVNULL,
                           stderr=subprocess.PIPE if tool == "psql" else subprocess.DEVNULL,
                           env={"PATH": os.environ["PATH"], "LC_ALL": "C"}, check=False, **self.user)
        if r.returncode != 0:
            raise RuntimeError(f"{tool}: {r.stderr}")
        return r.stdout

    def psql(self, sql):
        return self.run("psql", "-h", self.home, "-U", "postgres", "-d", "postgres", "-q", "--csv",
                        "-v", "ON_ERROR_STOP=1", "-f", "-", given=sql)

    def query(self, sql):
        rows = list(csv.reader(io.StringIO(self.psql(sql))))
        return rows[0], rows[1:]

    def close(self):
        self.run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")


class Answers:
    """A program that answers each line of JSON with one of its own, or with {"error": why}."""

    def __init__(self, *command, env=None):
        self.process = subprocess.Popen(command, text=True, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL)

    def ask(self, question):
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        answer = json.loads(line) if line else {"error": f"no answer, status {self.process.wait()}"}
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer

    def close(self):
        self.process.stdin.close()
        self.process.wait()


DUCK = r"""
const { DuckDBInstance } = require("@duckdb/node-api");
(async () => {
  const db = await (await DuckDBInstance.create(":memory:")).connect();
  await db.run(`CREATE TABLE "pre dictions" AS SELECT * REPLACE (CAST("score" AS DOUBLE) AS "score",
      CAST("age" AS SMALLINT) AS "age") FROM read_csv('${process.argv[1]}',
      header = true, all_varchar = true, nullstr = '', quote = '"', escape = '"')`);
  for await (const line of require("readline").createInterface({ input: process.stdin })) {
    let out;
    try {
      const r = await db.runAndReadAll(JSON.parse(line));
      out = { names: r.columnNames(), rows: r.getRows().map(x => x.map(v => v === null ? null : String(v))) };
    } catch (e) { out = { error: String(e) }; }
    console.log(JSON.stringify(out));
  }
})();
"""


class Duckdb:
    name = "duckdb"

    def __init__(self, folder, rows):
        path = write_csv(os.path.join(folder, "duck.csv"), rows)
        self.node = Answers("node", "-e", DUCK, path,
                            env=dict(os.environ, NODE_PATH=os.path.join(BUILD, "node", "node_modules")))

    def query(self, sql):
        out = self.node.ask(sql)
        return out["names"], out["rows"]

    def close(self):
        self.node.close()


def is_there(database):
    if database is Postgres:
        if not os.path.isdir("/usr/lib/postgresql"):
            return False
        try:
            return os.getuid() != 0 or pwd.getpwnam("postgres") is not None
        except KeyError:
            return False
    if database is Duckdb:
        return shutil.which("node") is not None and \
            os.path.isdir(os.path.join(BUILD, "node", "node_modules", "@duckdb", "node-api"))
    return True


YES_NO = ["--label=y_true", "--prediction=y_pred", "--score="]
VARIANTS = [
    ("predictions", [*YES_NO, BY], []),
    ("weights", [*YES_NO, "--weight=w", BY], []),
    ("no label", ["--prediction=y_pred", "--label=", "--score=", "--by=sex"], []),
    ("a word", ["--prediction=sex", "--label=", "--score=", "--positive=female", f"--by={ODD}"], []),
    ("two words", ["--prediction=sex", "--label=", "--score=", "--positive=female", "--negative=male", f"--by={ODD}"],
     []),
    ("scores", ["--score=score", "--label=y_true", BY], []),
    ("a threshold", ["--score=score", "--threshold=0.4", "--label=y_true", BY], []),
    ("scores and predictions", ["--score=score", "--prediction=y_pred", "--label=y_true", "--weight=w", BY], []),
    ("bins and a control", ["--score=score", "--label=y_true", "--bins=age:18,65", "--by=age,age*sex"],
     ["--control=region"]),
    ("classes", ["--label=class", "--prediction=gu'ess", "--score=", "--weight=w", BY], ["--kind=classes"]),
    ("numbers", ["--label=value", "--prediction=forecast", "--score=", "--weight=w", "--by=sex"], ["--kind=numbers"]),
]


@functools.lru_cache(maxsize=None)
def of_rows(path, args):
    """What is measured of the rows themselves, once for all databases; args must be a tuple."""
    return measure(path, "--format=csv", "-q", *args)


def lines(text):
    return set(text.splitlines())


def header_of(args, both):
    by = [a[5:] for a in args if a.startswith("--by=")][0].split(",")
    names = [name for name in by if "*" not in name] + (["sex"] if "age*sex" in by else [])
    return names + (["region"] if "--control=region" in both else []) + ["label", "prediction"] + \
        (["score"] if "--score=score" in args else []) + ["n"] + \
        (["weight", "weight_square"] if "--weight=w" in args else [])


def count_in(database, folder, args):
    """The counts that a database makes: their file, and its header."""
    sql = measure(f"--sql={database.name}", "--table=pre dictions", *args)
    check(sql.returncode == 0, f"{database.name}: a query for {' '.join(args)}", sql.stderr)
    header, rows = database.query(sql.stdout)
    return write_csv(os.path.join(folder, "counts.csv"), [["" if v is None else v for v in r] for r in rows],
                     header), header


def compare(database, folder, path):
    for what, args, both in VARIANTS:
        try:
            counts, header = count_in(database, folder, args + both)
        except Exception as e:
            check(False, f"{database.name}: {what} runs", e)
            continue
        by = [a for a in args if a.startswith("--by")]
        direct = of_rows(path, (*args, *both))
        there = measure(counts, "--format=csv", "-q", *by, *both)
        check(header == header_of(args, both), f"{database.name}: the columns for {what}", header)
        check(there.returncode == 0 and there.stdout.count("\n") > 50 and there.stdout == direct.stdout,
              f"{database.name}: {what} gives the same numbers", there.stderr, direct.stderr,
              *sorted(lines(there.stdout) ^ lines(direct.stdout))[:5])
    args = ["--score=score", "--label=y_true", "--threshold=0.4", "--by=sex", "--resolution=0.05"]
    counts, _ = count_in(database, folder, args)
    here = measure(path, "--format=counts", "-q", *args).stdout
    there = measure("--merge", counts).stdout
    check(here.count("\n") < 500 and here == there, f"{database.name}: rounds scores alike",
          *sorted(lines(here) ^ lines(there))[:5])


def refuse(database, folder):
    """What is no score, no bin or no weight ends the query or the reading."""
    for args in (["--score=region"], ["--score=score", "--weight=region"], ["--label=value", "--kind=numbers",
                 "--prediction=region"], ["--prediction=y_pred", "--bins=region:1,2", "--by=region"],
                 ["--prediction=y_pred", "--weight=value"], ["--score=score", "--label=region"]):
        both = [a for a in args if a.startswith("--kind")]
        try:
            counts, _ = count_in(database, folder, args)
        except Exception as e:
            check("invalid input syntax" in str(e) or "Could not convert" in str(e),
                  f"{database.name} refuses {' '.join(args)}", e)
            continue
        r = measure(counts, "--format=csv", "-q", *both)
        check(r.returncode == 3 and r.stdout == "" and "counts.csv:" in r.stderr,
              f"{database.name}: reading refuses {' '.join(args)}", r.returncode, r.stderr, r.stdout[:200])


def test_databases(folder):
    rows = make_rows(700)
    path = write_csv(os.path.join(folder, "rows.csv"), rows)
    for kind in (Sqlite, Postgres, Duckdb):
        if SANITIZED and kind is not Sqlite:
            skip(f"{kind.name} is asked without sanitizers")
            continue
        if not is_there(kind):
            skip(f"{kind.name} is not installed")
            continue
        try:
            database = kind(folder, rows)
        except Exception as e:
            check(False, f"{kind.name} starts", e)
            continue
        try:
            compare(database, folder, path)
            refuse(database, folder)
        finally:
            database.close()


def test_counts(folder):
    rows = make_rows(600)
    args = ["--label=y_true", "--prediction=y_pred", "--score=", "--weight=w", BY]
    whole = write_csv(os.path.join(folder, "whole.csv"), rows)
    direct = measure(whole, "--format=csv", "-q", *args).stdout
    one = os.path.join(folder, "one.csv")
    r = measure(whole, f"--format=counts:{one}", "-q", *args)
    check(r.returncode == 0 and measure(one, "--format=csv", BY).stdout == direct,
          "counts give the numbers of the rows", r.stderr)
    names = []
    for i in range(3):
        shard = write_csv(os.path.join(folder, f"s{i}.csv"), rows[i * 200:(i + 1) * 200])
        names.append(os.path.join(folder, f"c{i}.csv"))
        measure(shard, f"--format=counts:{names[-1]}", "-q", *args)
    with open(one, encoding="utf-8") as f:
        text = f.read()
    merged = measure("--merge", *names)
    check(merged.returncode == 0 and merged.stdout == text, "shards add up to the file", merged.stderr)
    check(measure("--merge", *reversed(names)).stdout == text, "in any order")
    check(measure("--merge", BY, "--format=csv", *names).stdout == direct, "--merge makes tables, too")
    r = measure(one)
    check(r.returncode == 0 and "--by=sex," in r.stderr, "without --by each attribute has a table", r.stderr)
    check(text.splitlines()[0] == 'sex,"gro""up`s",label,prediction,n,weight,weight_square', "the header of counts",
          text.splitlines()[0])


BAD = [("sex,label,prediction,n\nf,1,1,2.5\n", "counts.csv:2:7: error: not a number"),
       ("sex,label,prediction,n\nf,x,1,2\n", "write 1 (1.0, true, yes) or 0"),
       ("sex,label,prediction,n\n(missing),1,1,2\n", "this name is reserved"),
       ("sex,label,prediction,n\n", "[CSV_ROWS]"),
       ("sex,label,prediction,n,weight,weight_square\nf,1,1,2,-1,1\n", "write a sum of weights")]


def test_trouble(folder):
    for text, message in BAD:
        path = os.path.join(folder, "counts.csv")
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        r = measure(path, "--by=sex")
        check(r.returncode == 3 and message in r.stderr, message, r.returncode, r.stderr)
    a = write_csv(os.path.join(folder, "a.csv"), [["f", "1", "1", "3"]], ["sex", "label", "prediction", "n"])
    b = write_csv(os.path.join(folder, "b.csv"), [["f", "1", "1", "3"]], ["age", "label", "prediction", "n"])
    c = write_csv(os.path.join(folder, "c.csv"), [["f", "1", "1"]], ["sex", "y_true", "y_pred"])
    r = measure("--merge", a, b)
    check(r.returncode == 3 and '"sex", which the file before has' in r.stderr, "other attributes do not add", r.stderr)
    r = measure("--merge", a, c)
    check(r.returncode == 3 and "counts end in the columns" in r.stderr, "nor do predictions", r.stderr)
    r = measure(a, "--by=sx")
    check(r.returncode == 3 and 'did you mean "sex"?' in r.stderr, "an unknown attribute", r.stderr)
    for args, message in [
            (("--sql=oracle", "--table=t", "--label=y"), "--sql is sqlite, postgres"),
            (("--sql=spark", "--label=y"), "--sql needs --table=NAME"),
            (("--sql=spark", "--table=t"), "at least one of --label"),
            (("--sql=spark", "--table=t", "--label=y", a), "--sql reads no file"),
            (("--sql=spark", "--table=t", "--label=y", "--by=n"), 'can be called "n"'),
            ((c, "--format=counts", "--min-report=5"), "it cannot withhold any"),
            ((c, "--format=counts", "--format=csv:x"), "goes alone")]:
        r = measure(*args)
        check(r.returncode == 2 and message in r.stderr, f"{message}: status 2", r.returncode, r.stderr)


def test_quoting():
    args = ("--table=a.b`c", "--label=y", "--positive=it's \\ so", "--by=g")
    for name in DIALECTS:
        sql = measure(f"--sql={name}", *args).stdout
        tick = "`" if name in ("spark", "bigquery") else '"'
        table = {"spark": "`a`.`b``c`", "bigquery": "`a`.`b\\`c`"}.get(name, '"a"."b`c"')
        word = "'it\\'s \\\\ so'" if name in ("spark", "bigquery", "snowflake") else "'it''s \\ so'"
        check(f"FROM {table} AS source\n" in sql and word in sql and f"AS {tick}g{tick}" in sql, f"{name}: names and words are quoted", sql)


def main():
    folder = tempfile.mkdtemp()
    try:
        test_databases(folder)
        test_counts(folder)
        test_trouble(folder)
        test_quoting()
    finally:
        shutil.rmtree(folder)
    done()


if __name__ == "__main__":
    main()
