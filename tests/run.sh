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
: >"$log"

run() { # name, command...
	name=$1
	shift
	"$@" >"$BUILD/one.log" 2>&1
	status=$?
	cat "$BUILD/one.log" >>"$log"
	if grep -q '^not ok' "$BUILD/one.log"; then
		grep -A2 '^not ok' "$BUILD/one.log" | sed "s|^|$name: |"
	elif [ $status -ne 0 ] || ! grep -q '^ok' "$BUILD/one.log"; then
		echo "not ok - $name ended with status $status" | tee -a "$log"
		tail -5 "$BUILD/one.log"
	fi
}

for program in "$BUILD"/tests/t_*; do
	[ -x "$program" ] && run "$(basename "$program")" "$program"
done
for script in tests/t_*.sh tests/layers.sh; do
	run "$(basename "$script")" sh "$script"
done
for script in tests/t_*.py; do
	[ -e "$script" ] && run "$(basename "$script")" python3 "$script"
done
passed=$(grep -c '^ok' "$log")
failed=$(grep -c '^not ok' "$log")
skipped=$(grep -c '^ok.*# SKIP' "$log")
echo "$((passed - skipped)) passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
