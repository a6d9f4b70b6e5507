#!/bin/sh
# Make picture.png, the picture of the README, from the pages of reports/:
#
#   make run && sh samples/picture.sh
#
# It is the card of cv-screen without the sections that a picture has no room
# for.  Needs Chromium (Debian: chromium).
set -eu
cd "$(dirname "$0")/.."
card=reports/current/cards/cv-screen.html
[ -f "$card" ] || { echo "picture.sh: no $card: make run first" >&2; exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# The page allows no style but its own, so its policy is taken out of the copy.
sed 's/<meta http-equiv="Content-Security-Policy"[^>]*>//' "$card" |
	sed 's|</head>|<style>\
main > section, footer, .skip { display: none }\
main > section[aria-labelledby="summary"],\
main > section[aria-labelledby="fairness"] { display: block }\
.todo > li:first-child, .todo > li:nth-child(n + 4), section > p, section > h3, section > dl,\
section > .call, .fold:not([open]) { display: none }\
section > .key { display: flex }\
h2 { margin-top: 1.6rem }\
</style></head>|' >"$folder/card.html"
chromium --headless=old --no-sandbox --disable-gpu --hide-scrollbars --no-first-run \
	--user-data-dir="$folder/profile" \
	--window-size=1280,1440 --screenshot="$folder/picture.png" \
	"file://$folder/card.html" 2>/dev/null
mv "$folder/picture.png" samples/picture.png
