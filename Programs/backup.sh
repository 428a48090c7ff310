#!/bin/sh
# Packs a folder into backups/NAME-DATE-NUMBER.tar.gz and keeps the last five backups of that name.
# Say which folder, and another name for the backup if you like:  backup.sh FOLDER [NAME]

set -eu
umask 077 # A backup is as private as the most private file in it.
keep=5

fail() {
    printf 'backup: %s\n' "$1" >&2
    exit 1
}

json_text() {
    printf '"%s"' "$(printf '%s' "$1" | tr -d '\000-\037' | sed 's/\\/\\\\/g; s/"/\\"/g')"
}

[ $# -ge 1 ] && [ -n "$1" ] || fail "say which folder to back up: backup.sh FOLDER [NAME]"
case $1 in /*) folder=$1 ;; *) folder=./$1 ;; esac
[ -d "$folder" ] || fail "there is no folder '$1' (looked from $(pwd))"
folder=$(cd "$folder" && pwd -P)

name=${2:-${folder##*/}}
case $name in
'') name=root ;;
*/*) fail "the name of a backup must not hold a slash: '$name'" ;;
esac

mkdir -p "${AIOS_HOME:-.}/backups"
backups=$(cd "${AIOS_HOME:-.}/backups" && pwd -P)
inside_folder=${folder%/}/
case $backups/ in
"$inside_folder"*) fail "the backups are kept inside '$folder', so they would hold each other; choose a folder beside or below it" ;;
esac

# What runs that were killed left behind.
find "$backups" -type f -name '*.part' -mtime +0 -exec rm -f {} +

# An archive gets its name only once it is complete, so that half a backup never looks like one.
# The number, that of the run, keeps two backups of the same second apart.
archive=$backups/$name-$(date +%Y-%m-%d-%H%M%S)-$(printf '%08d' "${AIOS_RUN_ID:-$$}").tar.gz
part=$archive.$$.part
trap 'rm -f "$part"' EXIT
trap 'exit 143' HUP INT TERM
tar -czf "$part" -C "$folder" . || fail "tar could not pack '$folder'; the older backups are untouched"
mv -f "$part" "$archive"

# Names sort by date, so the oldest come first.
d='[0-9]'
set -- "$backups/$name"-$d$d$d$d-$d$d-$d$d-$d$d$d$d$d$d-$d$d$d$d$d$d$d$d.tar.gz
removed=0
while [ $# -gt $keep ]; do
    rm -f "$1"
    removed=$((removed + 1))
    shift
done

bytes=$(($(wc -c <"$archive")))
printf '%s\n' "$folder packed into $archive ($bytes bytes); backups of it that are kept: $#"
if [ -n "${AIOS_RESULT:-}" ]; then
    printf '{"folder": %s, "file": %s, "bytes": %d, "kept": %d, "removed": %d}\n' \
        "$(json_text "$folder")" "$(json_text "$archive")" "$bytes" $# "$removed" >"$AIOS_RESULT"
fi
