#!/bin/sh
# Installs AIOS: one executable, nothing else.
#
#   sh install.sh --from URL|FOLDER [--to FOLDER] [--force]
#
#   --from   the release: a URL or a folder with aios-linux-x64 (or -arm64) and SHA256SUMS
#            (AIOS_RELEASE; default: the folder of this script)
#   --to     the folder for the executable (default: /usr/local/bin for root, ~/.local/bin for other users)
#   --force  replace a file named aios that is not AIOS
#
# Checks the file against SHA256SUMS before it installs it. If they differ, nothing is changed.
set -eu

fail() {
    printf 'install.sh: %s\n' "$1" >&2
    exit 1
}

usage() {
    sed -n '2,/^$/s/^# \{0,1\}//p' "$0"
}

from=${AIOS_RELEASE:-}
to=
force=
while [ $# -gt 0 ]; do
    case $1 in
        --from) [ $# -ge 2 ] || fail "--from: expected a URL or a folder after it"; from=$2; shift 2 ;;
        --to) [ $# -ge 2 ] || fail "--to: expected a folder after it"; to=$2; shift 2 ;;
        --force) force=yes; shift ;;
        -h | --help) usage; exit 0 ;;
        *) fail "found \"$1\", expected --from, --to, --force or --help" ;;
    esac
done

if [ -z "$from" ]; then
    case $0 in
        */*) from=${0%/*} ;;
        *) from=. ;;
    esac
fi
if [ -z "$to" ]; then
    if [ "$(id -u)" = 0 ]; then to=/usr/local/bin; else to=${HOME:?HOME is not set: name the folder with --to}/.local/bin; fi
fi

[ "$(uname -s)" = Linux ] || fail "this is $(uname -s); there are executables for Linux only (docs/install.md says how to build it elsewhere)"
case $(uname -m) in
    x86_64 | amd64) file=aios-linux-x64 ;;
    aarch64 | arm64) file=aios-linux-arm64 ;;
    *) fail "there is no executable for a processor of the kind $(uname -m), only for x86_64 and aarch64" ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Downloads or copies a file of the release.
get() {
    case $from in
        http://* | https://*)
            if command -v curl >/dev/null 2>&1; then
                curl --fail --silent --show-error --location --retry 3 --output "$work/$1" "${from%/}/$1" || fail "${from%/}/$1 could not be downloaded; nothing was changed"
            elif command -v wget >/dev/null 2>&1; then
                wget -q -O "$work/$1" "${from%/}/$1" || fail "${from%/}/$1 could not be downloaded; nothing was changed"
            else
                fail "neither curl nor wget is installed; download the files and name their folder with --from"
            fi
            ;;
        *)
            [ -f "${from%/}/$1" ] || fail "there is no ${from%/}/$1; name the URL or the folder of the release with --from"
            cp "${from%/}/$1" "$work/$1"
            ;;
    esac
}

sum_of() {
    if command -v sha256sum >/dev/null 2>&1; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

get SHA256SUMS
get "$file"
expected=$(awk -v file="$file" '$2 == file || $2 == "*" file { print $1 }' "$work/SHA256SUMS")
[ -n "$expected" ] || fail "SHA256SUMS does not list $file; nothing was changed"
found=$(sum_of "$work/$file")
if [ "$found" != "$expected" ]; then
    fail "the checksum of $file is wrong, and nothing was changed. Found the SHA-256 $found, expected $expected. Try again; if the error remains, do not use that file."
fi

chmod 755 "$work/$file"
version=$("$work/$file" --version 2>"$work/error") || fail "$file does not run on this machine: $(cat "$work/error") (it needs a C library at least as new as that of the machine on which it was built; docs/install.md says how to build it here)"
if [ -e "$to/aios" ] && [ -z "$force" ] && ! "$to/aios" --version >/dev/null 2>&1; then
    fail "$to/aios exists and is not AIOS; use --force to replace it"
fi

# First a file beside it, then a rename: a running daemon and a power cut never see half a file.
mkdir -p "$to" || fail "$to cannot be created; name another folder with --to"
cp "$work/$file" "$to/.aios.new" || fail "$to cannot be written; name another folder with --to, or run this as root"
mv -f "$to/.aios.new" "$to/aios"

echo "Installed AIOS $version as $to/aios"
case :${PATH:-}: in
    *":$to:"*) aios=aios ;;
    *)
        aios=$to/aios
        echo "$to is not on your PATH. To add it, run: echo 'export PATH=\"$to:\$PATH\"' >>~/.profile, then log in again."
        ;;
esac
echo "Next steps:"
echo "  $aios init mine            create a home with example jobs in the folder mine"
echo "  $aios --home mine          start them; Ctrl-C stops them"
echo "  cd mine && $aios service install    run it as a service of systemd"
