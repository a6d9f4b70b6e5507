#!/usr/bin/env python3
"""The queries of `dossier measure --sql` for Spark, Snowflake and BigQuery,
which no test can run: they hold no word, type or quote that the documentation
of the dialect does not know; two parsers of SQL, sqlglot (python3-sqlglot) and
node-sql-parser (npm, in BUILD/node, see .ci/install), read them as they are
meant; and what sqlglot translates into the SQL of PostgreSQL or DuckDB gives
the numbers of the rows when it is run there.  What is not installed is
skipped."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

import t_measure_sql as real
from tap import BUILD, check, done, skip

measure = real.measure
DIALECTS = ("spark", "snowflake", "bigquery")

# The words that a query may have outside of quotes.  Keywords and functions:
# https://spark.apache.org/docs/latest/api/sql/ (coalesce, count, lower, round, sum) and sql-ref-syntax.html;
# https://docs.snowflake.com/en/sql-reference/functions-all (COALESCE, COUNT, LOWER, ROUND, SUM, CAST);
# https://cloud.google.com/bigquery/docs/reference/standard-sql/functions-all.
WORDS = {"SELECT", "FROM", "AS", "CASE", "WHEN", "THEN", "ELSE", "END", "IS", "NULL", "OR", "IN", "NOT", "BETWEEN",
         "AND", "GROUP", "BY", "CAST", "COALESCE", "COUNT", "LOWER", "ROUND", "SUM", "counted", "source"}
# Their types of text and of floating-point numbers of 64 bits: BigQuery knows neither VARCHAR nor DOUBLE.
TYPES = {"spark": {"STRING", "DOUBLE"}, "snowflake": {"VARCHAR", "DOUBLE"}, "bigquery": {"STRING", "FLOAT64"}}
# What a truth value is as text, and no number: https://spark.apache.org/docs/latest/sql-ref-datatypes.html,
# https://docs.snowflake.com/en/sql-reference/data-types-logical, and of BigQuery conversion_functions#cast_as_string.
TEXTS = {"1", "1.0", "true", "yes", "0", "0.0", "false", "no", "", "NA", "N/A", "NaN", "nan", "null", "None"}

NAME = {"spark": r"`(?:``|[^`])*`", "snowflake": r'"(?:""|[^"])*"', "bigquery": r"`(?:\\.|[^`\\])*`"}
LITERAL = r"'(?:\\.|[^'\\])*'"

EVERYTHING = ["--label=y", "--score=s", "--weight=w", "--bins=age:18,65", "--by=age,age*sex", "--resolution=0.01"]
QUERIES = [EVERYTHING, ["--label=y", "--prediction=p", "--positive=1", "--negative=no", "--by=sex"],
           ["--label=y", "--prediction=p", "--kind=classes", "--by=sex"],
           ["--label=y", "--prediction=p", "--kind=numbers", "--by=sex"]]


def query(dialect, args, table="a b.t"):
    return measure(f"--sql={dialect}", f"--table={table}", *args).stdout


def test_words():
    for dialect in DIALECTS:
        for args in QUERIES:
            sql = query(dialect, args)
            literals = set(re.findall(LITERAL, sql))
            bare = re.sub(LITERAL, " ", re.sub(NAME[dialect], " ", sql))
            words = set(re.findall(r"[A-Za-z_]\w*", bare))
            types = set(re.findall(r"CAST\([^()]* AS (\w+)\)", sql))
            check(words <= WORDS | TYPES[dialect] and types <= TYPES[dialect],
                  f"{dialect} knows the words of {' '.join(args)}", words - WORDS, types)
            check("'" not in bare and '"' not in bare and "`" not in bare, f"{dialect}: all quotes are closed", bare)
            strange = {t[1:-1] for t in literals} - TEXTS
            check(all(re.fullmatch(r"[\[(].*, .*[\])]|\(overall\)", t) for t in strange),
                  f"{dialect}: its texts are as expected", strange)
            # every cast of what may be no number comes behind the question whether there is a value
            check("THEN '' WHEN" in sql or "THEN '' ELSE" in sql, f"{dialect}: what is missing goes first", sql)
        sql = query(dialect, EVERYTHING)
        asks = "CAST(source.`s` AS DOUBLE) IS NULL THEN CAST(source.`s` AS STRING)"
        check((asks in sql) == (dialect == "spark"),
              f"{dialect}: only Spark casts what is no number to NULL and must be asked", sql)
        names = re.sub(rf"AS {NAME[dialect]}|FROM .* AS source", "", re.sub(LITERAL, "", sql))
        bare = re.sub(rf"(source|counted)\.{NAME[dialect]}", "", names)
        check("`" not in bare and '"' not in bare,
              f"{dialect}: no column can be taken for an alias beside it, as Snowflake might", bare)
        check("ORDER BY" not in sql, f"{dialect}: does not sort, which BigQuery does in one place", sql)


GLOT = r"""
import json, sys
import sqlglot
for line in sys.stdin:
    q = json.loads(line)
    try:
        tree = sqlglot.parse_one(q["sql"], read=q["read"])
        inner = tree.find(sqlglot.exp.Subquery).this
        out = {"outer": [e.alias_or_name for e in tree.expressions],
               "inner": [e.alias_or_name for e in inner.expressions],
               "group": [e.name for e in tree.args["group"].expressions],
               "columns": sorted({c.name for c in inner.find_all(sqlglot.exp.Column)}),
               "texts": sorted({t.this for t in tree.find_all(sqlglot.exp.Literal) if t.is_string}),
               "table": inner.find(sqlglot.exp.Table).name,
               "sql": tree.sql(dialect=q["write"])}
    except Exception as e:
        out = {"error": repr(e)[-800:]}
    print(json.dumps(out), flush=True)
"""


def python_with_sqlglot():
    for python in (sys.executable, "/usr/bin/python3"):
        if os.path.exists(python) and subprocess.run([python, "-c", "import sqlglot"], stdout=subprocess.DEVNULL,
                                                     stderr=subprocess.DEVNULL, check=False).returncode == 0:
            return python
    return None


def test_sqlglot(glot):
    word = "it's \\ \"so\""
    for dialect in DIALECTS:
        args = ["--label=y z", f"--positive={word}", "--score=s", "--weight=w", "--by=age,se'x", "--bins=age:18,65"]
        try:
            q = glot.ask({"sql": query(dialect, args), "read": dialect, "write": dialect})
        except RuntimeError as e:
            check(False, f"sqlglot reads {dialect}", e)
            continue
        keys = ["age", "se'x", "label", "prediction", "score"]
        check(q["group"] == keys and q["outer"] == [*keys, "n", "weight", "weight_square"] and
              q["inner"] == [*keys, "weight"], f"sqlglot: the columns of {dialect}", q)
        check(q["columns"] == ["age", "s", "se'x", "w", "y z"] and q["table"] == "t" and "[18, 65)" in q["texts"],
              f"sqlglot: the names of {dialect}", q)
        check(word in q["texts"], f"sqlglot: the word of {dialect}", q["texts"])


def plain(args):
    """Without the column whose name has quotes of both kinds, which sqlglot 10 cannot read."""
    return [PLAIN_BY if a == real.BY else a.replace(real.ODD, "region") for a in args]


PLAIN_BY = "--by=sex,region,sex*region"


class Translated:
    """A dialect that is run in another database."""

    def __init__(self, dialect, database, glot):
        self.name, self.database, self.glot = dialect, database, glot

    def query(self, sql):
        return self.database.query(self.glot.ask({"sql": sql, "read": self.name, "write": self.database.name})["sql"])


def run_translated(glot, database, folder, path):
    for dialect in DIALECTS:
        for what, args, both in real.VARIANTS:
            args = plain(args)
            where = f"{dialect} as {database.name}"
            try:
                counts, _ = real.count_in(Translated(dialect, database, glot), folder, args + both)
            except Exception as e:
                check(False, f"{where}: {what} runs", e)
                continue
            by = [a for a in args if a.startswith("--by")]
            direct = real.of_rows(path, (*args, *both))
            there = measure(counts, "--format=csv", "-q", *by, *both)
            check(there.returncode == 0 and there.stdout.count("\n") > 50 and there.stdout == direct.stdout,
                  f"{where}: {what} gives the same numbers", there.stderr,
                  *sorted(real.lines(there.stdout) ^ real.lines(direct.stdout))[:5])


def test_translated(glot, folder):
    rows = real.make_rows(300)
    path = real.write_csv(os.path.join(folder, "rows.csv"), rows)
    for kind in (real.Duckdb, real.Postgres):
        if not real.is_there(kind):
            skip(f"{kind.name} is not installed")
            continue
        database = kind(folder, rows)
        try:
            run_translated(glot, database, folder, path)
        finally:
            database.close()
        return


NODE = r"""
const { Parser } = require("node-sql-parser");
const out = JSON.parse(require("fs").readFileSync(0, "utf8")).map(q => {
  try {
    const all = new Parser().astify(q.sql, { database: q.database });
    const ast = Array.isArray(all) ? all[0] : all;
    return { type: ast.type, columns: ast.columns.map(c => c.as && c.as.value || c.as) };
  } catch (e) { return { error: e.message.slice(0, 300) }; }
});
console.log(JSON.stringify(out));
"""


def test_node():
    modules = os.path.join(BUILD, "node", "node_modules")
    if shutil.which("node") is None or not os.path.isdir(os.path.join(modules, "node-sql-parser")):
        skip("node-sql-parser is not installed")
        return
    queries = [(d, db, args) for d, db in (("snowflake", "Snowflake"), ("bigquery", "BigQuery")) for args in QUERIES]
    r = subprocess.run(["node", "-e", NODE], text=True, env=dict(os.environ, NODE_PATH=modules),
                       input=json.dumps([{"sql": query(d, args), "database": db} for d, db, args in queries]),
                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    check(r.returncode == 0, "node-sql-parser runs", r.stderr)
    for (dialect, _, args), tree in zip(queries, json.loads(r.stdout or "[]")):
        check(tree.get("type") == "select" and "n" in tree["columns"],
              f"node-sql-parser reads {dialect}: {' '.join(args)}", tree)


def main():
    folder = tempfile.mkdtemp()
    python = python_with_sqlglot()
    try:
        test_words()
        test_node()
        if python is None:
            skip("sqlglot is not installed")
        else:
            glot = real.Answers(python, "-c", GLOT)
            test_sqlglot(glot)
            test_translated(glot, folder)
            glot.close()
    finally:
        shutil.rmtree(folder)
    done()


main()
