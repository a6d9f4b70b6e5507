#!/bin/sh
# The manual says what the program has: every diagnostic, command, option and
# setting, and no other.
n=0
fail=0
say() { # condition's status, what
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $n - $2"
	else
		echo "not ok $n - $2"
		fail=1
	fi
}
page=src/man/dossier.1
rules=src/man/dossier-rules.7
metrics=src/man/dossier-metrics.7
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

sed -n 's/^	X(\([A-Z_0-9]*\),.*/\1/p' src/base/diag.h | sort >"$tmp/table"
sed -n 's/^\.It Sy \([A-Z_0-9]*\) .*/\1/p' $rules | sort >"$tmp/manual"
[ "$(wc -l <"$tmp/table")" -gt 50 ]
say $? "the table of diagnostics is read"
diff "$tmp/table" "$tmp/manual" >"$tmp/diff"
say $? "dossier-rules.7 has every diagnostic and no other"
sed 's/^/# /' "$tmp/diff"

for id in $(cat "$tmp/table"); do
	grep -rqw "DIAG_$id" src/*/*.c
	say $? "$id is used"
done
for command in $(sed -n 's/^	{ "\([a-z]*\)",.*/\1/p' src/main.c); do
	grep -q "^\.It Cm $command" $page
	say $? "dossier.1 tells of $command"
done
program=${BUILD:-build}/dossier
for command in $(sed -n 's/^	{ "\([a-z]*\)",.*/\1/p' src/main.c); do
	"$program" "$command" --help >"$tmp/help" 2>&1 &&
		grep -q "^usage: dossier $command \[OPTION" "$tmp/help" &&
		grep -q '^exit status: 0' "$tmp/help" &&
		! grep -qE '^.{80}' "$tmp/help"
	say $? "dossier $command --help: usage, exit status, at most 79 columns"
done
! "$program" version --help | grep -q -- --head
say $? "a command has no option of another"
for option in $(cat src/app/*.[ch] | grep -oE '\{ *"[a-z-]+", ('"'.'"'|0), (NULL|"[A-Z]+")' |
    sed 's/[^"]*"\([a-z-]*\)".*/\1/' | sort -u) help; do
	grep -qE "^\.It .*Fl -$option\b" $page
	say $? "dossier.1 tells of --$option"
done
for option in $(sed -nE 's/^\.It (Fl . , )?Fl -([a-z-]+).*/\2/p' $page); do
	grep -q "\"$option\"" src/app/*.[ch]
	say $? "--$option exists"
done
for setting in $(sed -n 's/.*\] = { "\([a-z_.]*\)",.*/\1/p' src/app/settings.c); do
	grep -q "^\.It $setting Ta" $page
	say $? "dossier.1 tells of the setting $setting"
done
# Each name of the catalogue, and those that its macros put together.
sed -nE 's/^	(RATE|QUOTIENT|DERIVED|CORRECT|COUNT|SCORE|CALIBRATION)\("([a-z_0-9]*)".*/\2/p;
    s/^	NUMBER\(([a-z_0-9]*),.*/\1/p; s/^	\{ \.name = "([a-z_0-9]*)".*/\1/p;
    s/^	AVERAGES\("([a-z_0-9]*)".*/\1_macro \1_weighted \1_micro/p' \
	src/measure/metric_table.c | tr ' ' '\n' | sort >"$tmp/metrics"
[ "$(wc -l <"$tmp/metrics")" -gt 60 ]
say $? "the catalogue of metrics is read"
sed -n '/^\.Ss Comparisons of a metric/q; s/^\.It Sy //p' $metrics |
	sed 's/ , /\n/g' | sort >"$tmp/told"
diff "$tmp/metrics" "$tmp/told" >"$tmp/diff"
say $? "dossier-metrics.7 has every metric and no other"
sed 's/^/# /' "$tmp/diff"
for status in 0 1 2 3 4 5 75; do
	grep -q "^\.It $status\$" $page
	say $? "dossier.1 tells of status $status"
done
if command -v mandoc >/dev/null; then
	mandoc -Tlint -Wwarning $page $rules $metrics >"$tmp/lint"
	say $? "the pages are well-formed"
	sed 's/^/# /' "$tmp/lint"
else
	n=$((n + 1))
	echo "ok $n # SKIP mandoc is missing"
fi
echo "1..$n"
exit $fail
