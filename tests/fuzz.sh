#!/bin/sh
# Run each fuzzer so many seconds on the seeds of the tests.
# usage: BUILD=build-fuzz tests/fuzz.sh SECONDS [NAME...]
set -u
cd "$(dirname "$0")/.." || exit 2
seconds=${1:-60}
shift
fail=0
for program in "$BUILD"/fuzz/fuzz_*; do
	case $program in *.o | *.d) continue ;; esac
	name=$(basename "$program")
	[ $# -eq 0 ] || case " $* " in *" $name "*) ;; *) continue ;; esac
	corpus=$BUILD/corpus/$name
	mkdir -p "$corpus"
	seeds=tests/bad-inputs
	[ -d "tests/fuzz/seeds/${name#fuzz_}" ] &&
	    seeds=tests/fuzz/seeds/${name#fuzz_}
	if "$program" -max_total_time="$seconds" -rss_limit_mb=1024 \
	    -timeout=10 -verbosity=0 -print_final_stats=1 \
	    -artifact_prefix="$BUILD/$name-" "$corpus" "$seeds" \
	    >"$BUILD/$name.log" 2>&1; then
		echo "ok - $name: $(sed -n \
		    's/stat::number_of_executed_units: *//p' \
		    "$BUILD/$name.log") executions"
	else
		echo "not ok - $name"
		tail -30 "$BUILD/$name.log"
		fail=1
	fi
done
exit $fail
