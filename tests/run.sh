#!/bin/sh
# Run every test: unit programs, scripts, regress cases.  Each prints TAP; the
# last line is "N passed, N failed, N skipped".
set -u
cd "$(dirname "$0")/.." || exit 2
BUILD=${BUILD:-build}
export BUILD LC_ALL=C.UTF-8 TZ=UTC
DOSSIER_SHARED=${DOSSIER_SHARED:-../shared}
export DOSSIER_SHARED
log=$BUILD/test.log
each=$BUILD/test.d

# One test: its output and its status go into files of its name.
if [ "${1:-}" = one ]; then
	shift
	name=$(basename "$2")
	case $1 in run) "$2" ;; *) "$1" "$2" ;; esac >"$each/$name.log" 2>&1
	echo $? >"$each/$name.status"
	exit 0
fi

# All tests, a line each: what runs it, and its file.
list() {
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
list | xargs -P "$(nproc 2>/dev/null || echo 1)" -L 1 sh tests/run.sh one
list | while read -r _ file; do
	report "$(basename "$file")"
done
cat "$each"/*.log >"$log"
passed=$(grep -c '^ok' "$log")
failed=$(grep -c '^not ok' "$log")
skipped=$(grep -c '^ok.*# SKIP' "$log")
echo "$((passed - skipped)) passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
