#!/bin/sh
# The limits of the house: format, layers, shape of the code, manual pages,
# contracts.  `make check` runs it; tests/t_check.sh runs what needs no clang.
set -u
cd "$(dirname "$0")/.." || exit 2
fail=0

step() { # what, command...
	what=$1
	shift
	if "$@" >/tmp/dossier-check.$$ 2>&1; then
		echo "ok - $what"
	else
		echo "not ok - $what"
		head -20 /tmp/dossier-check.$$ | sed 's/^/# /'
		fail=1
	fi
	rm -f /tmp/dossier-check.$$
}

step "clang-format has nothing to change" \
	sh -c 'clang-format --dry-run -Werror src/*.c src/*/*.[ch]'
step "src/LAYERS is obeyed" sh tests/layers.sh
step "the code keeps its shape" python3 tests/tools/cstats.py \
	--limit len_p90=45 --limit len_max=120 --limit branch_p90=10 \
	--limit depth_p90=3 --limit mutable=0 --limit banned=0 \
	--limit cycles=0 --limit dup_pct=3 --limit doc_pct=+95 \
	--limit over_80_pct=0 src
step "dossier.1 is well-formed" mandoc -Tlint -Wwarning src/man/dossier.1
step "dossier-rules.7 is well-formed" \
	mandoc -Tlint -Wwarning src/man/dossier-rules.7
step "dossier-metrics.7 is well-formed" \
	mandoc -Tlint -Wwarning src/man/dossier-metrics.7
step "the contracts are XML" xmllint --noout schemas/dossier.xsd \
	schemas/record.xsd
exit $fail
