#!/bin/sh
# src/LAYERS is the architecture: a folder includes headers of itself and of
# the folders on its line, and a line names only folders of lines above it.
set -u
n=0
fail=0

report() { # ok|"not ok", what
	n=$((n + 1))
	echo "$1 $n - layers: $2"
	[ "$1" = ok ] || fail=1
}

seen=" "
for folder in $(sed -n 's/^\([a-z]*\):.*/\1/p' src/LAYERS); do
	allowed=" $folder $(sed -n "s/^$folder://p" src/LAYERS) "
	bad=
	for name in $(sed -n "s/^$folder://p" src/LAYERS); do
		case $seen in *" $name "*) ;; *) bad="$bad $name" ;; esac
	done
	[ -z "$bad" ] && report ok "$folder names only layers above it" ||
	    report "not ok" "$folder names$bad, not above it"
	seen="$seen$folder "
	bad=
	for header in $(cat src/"$folder"/*.[ch] |
	    sed -n 's|^#include "\([a-z0-9_]*\)/.*|\1|p' | sort -u); do
		case $allowed in *" $header "*) ;; *) bad="$bad $header" ;; esac
	done
	[ -z "$bad" ] && report ok "$folder includes what it may" ||
	    report "not ok" "$folder includes$bad"
done
for folder in src/*/; do
	folder=$(basename "$folder")
	[ "$folder" = man ] && continue
	case $seen in *" $folder "*) ;; *)
		report "not ok" "src/$folder is not in src/LAYERS" ;; esac
done

# A foreign library lives behind one folder (libxml2 behind four).
only() { # header pattern, folders
	found=$(grep -lE "#include <$1" src/*/*.[ch] src/main.c 2>/dev/null |
	    cut -d/ -f2 | sort -u | tr '\n' ' ')
	for folder in $found; do
		case " $2 " in *" $folder "*) ;; *)
			report "not ok" "$1 is included in src/$folder"
			return ;;
		esac
	done
	report ok "$1 only in: $2"
}
only yaml.h "read"
only pcre2.h "check"
only xlsxwriter.h "xlsx"
only sqlite3.h "store"
only openssl/ "base"
only libxml/ "read compose html xlsx app"
echo "1..$n"
exit $fail
