#!/usr/bin/env bash
# Makes the images of the container tests from this machine's own programs, since no registry may be in reach:
#   aios-test/busybox:1   a shell and the small tools (the package busybox-static)
#   aios-test/python:1    Python 3 with its standard library besides
# The engine is the one that DOCKER_HOST names, or the usual one.
set -euo pipefail

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir -p "$root"/{bin,dev,etc,proc,sys,tmp,usr/bin}
chmod 1777 "$root/tmp"
printf 'root:x:0:0:root:/:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n' >"$root/etc/passwd"
cp "$(command -v busybox)" "$root/bin/busybox"
for applet in $("$root/bin/busybox" --list); do
    [ "$applet" = busybox ] || ln -s busybox "$root/bin/$applet"
done
tar -C "$root" -c . | docker import - aios-test/busybox:1 >/dev/null

python3 - "$root" <<'COPY'
import os, re, shutil, subprocess, sys, sysconfig

root = sys.argv[1]
leave_out = shutil.ignore_patterns("__pycache__", "dist-packages", "site-packages", "test", "tests", "idlelib", "tkinter", "ensurepip", "config-*", "*.a")
python = os.path.realpath(sys.executable)
folders = {sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")}


def copy(path):
    """Copy a file, under the name by which it is known."""
    target = root + path
    if not os.path.exists(target):
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copy2(path, target)


needed = [python]
for folder in folders:
    shutil.copytree(folder, root + folder, ignore=leave_out, dirs_exist_ok=True)
    for at, _, names in os.walk(root + folder):
        needed += [os.path.join(at, name) for name in names if name.endswith(".so")]
copy(python)
for file in needed:
    for library in re.findall(r"(/\S+) \(0x", subprocess.run(["ldd", file], capture_output=True, text=True).stdout):
        copy(library)
if python != "/usr/bin/python3":
    os.symlink(python, root + "/usr/bin/python3")
COPY
tar -C "$root" -c . | docker import - aios-test/python:1 >/dev/null
docker run --rm --network none aios-test/python:1 python3 -c 'import asyncio, json, sqlite3'
