#!/bin/sh
# Run each fuzzer so many seconds on the seeds of the tests, one a core.
# usage: BUILD=build-fuzz tests/fuzz.sh SECONDS [NAME...]
set -u
cd "$(dirname "$0")/.." || exit 2

# One fuzzer: its own output, and a line that says what came of it.
if [ "${1:-}" = one ]; then
	name=$(basename "$3")
	corpus=$BUILD/corpus/$name
	mkdir -p "$corpus"
	seeds=tests/bad-inputs
	[ -d "tests/fuzz/seeds/${name#fuzz_}" ] &&
	    seeds=tests/fuzz/seeds/${name#fuzz_}
	if "$3" -max_total_time="$2" -rss_limit_mb=1024 \
	    -timeout=10 -verbosity=0 -print_final_stats=1 \
	    -artifact_prefix="$BUILD/$name-" "$corpus" "$seeds" \
	    >"$BUILD/$name.log" 2>&1; then
		echo "ok - $name: $(sed -n \
		    's/stat::number_of_executed_units: *//p' \
		    "$BUILD/$name.log") executions"
		exit 0
	fi
	printf 'not ok - %s\n%s\n' "$name" "$(tail -30 "$BUILD/$name.log")"
	exit 1
fi

seconds=${1:-60}
shift
for program in "$BUILD"/fuzz/fuzz_*; do
	case $program in *.o | *.d) continue ;; esac
	name=$(basename "$program")
	[ $# -eq 0 ] || case " $* " in *" $name "*) ;; *) continue ;; esac
	echo "$program"
done | xargs -P "$(nproc 2>/dev/null || echo 1)" -n 1 \
    sh tests/fuzz.sh one "$seconds" || exit 1
