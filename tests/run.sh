#!/bin/sh
# Run every test: unit programs, scripts, regress cases.  Each prints TAP; the
# last lines are the slowest tests and "N passed, N failed, N skipped".
set -u
cd "$(dirname "$0")/.." || exit 2
BUILD=${BUILD:-build}
export BUILD LC_ALL=C.UTF-8 TZ=UTC
DOSSIER_SHARED=${DOSSIER_SHARED:-../shared}
export DOSSIER_SHARED
log=$BUILD/test.log
each=$BUILD/test.d

# These take longest and start first, so that none runs alone at the end.
long="t_pages.sh t_measure_sql.py t_measure_dialects.py t_run.py t_kill
t_measure_withheld.py t_formats.py t_schema.py t_policy.py t_measure.py
t_outlook t_withhold t_measure_counts.py t_init.py t_amend.py t_hostile.py"

# Sanitizers learn nothing from these: they judge pages by a browser, SQL by
# parsers of SQL, and data files by what the same checks say of two of them.
without=
case $BUILD in *-asan) without="t_pages.sh t_measure_dialects.py t_amend.py" ;;
esac

# One test: its output, status and seconds go into files of its name.
if [ "${1:-}" = one ]; then
	shift
	name=$(basename "$2")
	begin=$(date +%s%N)
	case $1 in run) "$2" ;; *) "$1" "$2" ;; esac >"$each/$name.log" 2>&1
	echo $? >"$each/$name.status"
	echo "$((($(date +%s%N) - begin) / 1000000000)) s $name" \
	    >"$each/$name.time"
	exit 0
fi

# All files of tests, a line each: what runs it, and its name.
files() {
	for script in tests/t_*.py; do
		echo "python3 $script"
	done
	for script in tests/t_*.sh tests/layers.sh; do
		echo "sh $script"
	done
	for program in "$BUILD"/tests/t_*; do
		[ -x "$program" ] && echo "run $program"
	done
}

# Those to be run, the long ones first and in their order.
list() {
	files | awk -v long="$(echo $long)" -v without="$without" '
	BEGIN {
		n = split(long, order)
		m = split(without, left_out)
	}
	{
		name = $2
		sub(/.*\//, "", name)
		for (i = 1; i <= m; i++)
			if (left_out[i] == name)
				next
		line[NR] = $0
		at[name] = NR
	}
	END {
		for (i = 1; i <= n; i++)
			if (order[i] in at) {
				print line[at[order[i]]]
				delete line[at[order[i]]]
			}
		for (i = 1; i <= NR; i++)
			if (i in line)
				print line[i]
	}'
}

# What became of one test.
report() {
	status=$(cat "$each/$1.status" 2>/dev/null || echo none)
	if grep -q '^not ok' "$each/$1.log"; then
		grep -A2 '^not ok' "$each/$1.log" | sed "s|^|$1: |"
	elif [ "$status" != 0 ] || ! grep -q '^ok' "$each/$1.log"; then
		echo "not ok - $1 ended with status $status" |
		    tee -a "$each/$1.log"
		tail -5 "$each/$1.log"
	fi
}

rm -rf "$each"
mkdir -p "$each"
list | xargs -P "$(nproc 2>/dev/null || echo 1)" -L 1 \
    sh tests/run.sh one
list | while read -r _ file; do
	report "$(basename "$file")"
done
cat "$each"/*.log >"$log"
passed=$(grep -c '^ok' "$log")
failed=$(grep -c '^not ok' "$log")
skipped=$(grep -c '^ok.*# SKIP' "$log")
echo "slowest: $(cat "$each"/*.time | sort -rn | head -5 | paste -sd, |
    sed 's/,/, /g')"
echo "$((passed - skipped)) passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
