#!/bin/sh
# Each row that a table always shows has a rule that can fill it: the 23 points
# of Annex IV, the eight contents of Annex V, the six elements of Article 27(1).
cd "$(dirname "$0")/.." || exit 1
pack=schemas/eu-ai-act
wanted() {
	awk '/^  - id: annex-iv\.|^  - id: annex-v\.|^  - id: art-27\.1\.[a-f]$/ {
		print $3 }' $pack/obligations.yaml | sort -u
}
filled() {
	awk '/^    point: / { print $2 }' $pack/[0-9]*.yaml | sort -u
}
echo 1..2
n=0
bad=0
check() {
	n=$((n + 1))
	if [ -z "$2" ]; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		echo "$2" | sed 's/^/# /'
		bad=1
	fi
}
check "37 rows are wanted" "$(test "$(wanted | wc -l)" -eq 37 || wanted)"
check "each has a rule, and no rule another point" \
	"$({ wanted; filled; } | sort | uniq -u)"
exit $bad
