#!/bin/sh
# Every page of the samples in headless Chromium: axe-core and html-validate
# find nothing.  Skipped where the browser or the npm packages are missing.
BUILD=${BUILD:-build}
modules=${AXE_MODULES:-$PWD/build/node/node_modules}
if ! command -v chromium >/dev/null || ! [ -d "$modules/axe-core" ]; then
	echo "ok 1 # SKIP chromium, axe-core or playwright-core is missing"
	echo "1..1"
	exit 0
fi
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
DOSSIER_DATA=$PWD SOURCE_DATE_EPOCH=1795226400 "$BUILD/dossier" run -q \
	--config samples/dossier.yaml --output "$out" >/dev/null
n=0
fail=0
say() {
	n=$((n + 1))
	echo "$1 $n - $2"
	[ "$1" = ok ] || { fail=1; sed 's/^/# /' "$out/log" | head -40; }
}
if AXE_MODULES=$modules node tests/tools/axe-check.mjs \
	"$out"/current/index.html "$out"/current/*/*.html >"$out/log" 2>&1; then
	say ok "axe-core finds no violation"
else
	say "not ok" "axe-core finds no violation"
fi
if [ -x "$modules/.bin/html-validate" ]; then
	if "$modules/.bin/html-validate" --preset standard \
		"$out"/current/index.html "$out"/current/*/*.html \
		>"$out/log" 2>&1; then
		say ok "html-validate finds no error"
	else
		say "not ok" "html-validate finds no error"
	fi
fi
echo "1..$n"
exit $fail
