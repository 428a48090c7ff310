"""Packs a folder into a file with the date in its name, checks it, and keeps the newest ones."""

import os
import pathlib
import tarfile
import time
from typing import Any, Dict


def back_up(folder: str, to: str, keep: int = 7) -> Dict[str, Any]:
    source, target = pathlib.Path(folder).resolve(), pathlib.Path(to).resolve()
    if not source.is_dir():
        raise SystemExit("There is no folder {}.".format(source))
    if source == target or source in target.parents:
        raise SystemExit("{} lies in the folder that is backed up; the backups would hold each other.".format(target))
    if keep < 1:
        raise SystemExit("keep: found {}, expected 1 or more.".format(keep))
    target.mkdir(parents=True, exist_ok=True)

    file = target / "{}-{}.tar.gz".format(source.name, time.strftime("%Y-%m-%d-%H%M%S"))
    part = file.with_suffix(".part")  # It gets its name when it is whole.
    try:
        with tarfile.open(part, "w:gz") as archive:
            archive.add(str(source), arcname=source.name)
        files = check(part)
        os.replace(part, file)
    finally:
        if part.exists():
            part.unlink()

    removed = rotate(target, source.name, keep)
    print("{}: {} files, {} bytes; {} old ones removed".format(file, files, file.stat().st_size, removed))
    return {"file": str(file), "files": files, "bytes": file.stat().st_size, "removed": removed}


def check(path: pathlib.Path) -> int:
    """Reads all of it again, and counts the files."""
    with tarfile.open(path) as archive:
        count = 0
        for member in archive:
            if member.isfile():
                content = archive.extractfile(member)
                while content.read(1 << 20):
                    pass
                count += 1
        return count


def rotate(target: pathlib.Path, name: str, keep: int) -> int:
    # The date in the name sorts them.
    old = sorted(target.glob("{}-????-??-??-??????.tar.gz".format(name)))[:-keep]
    for path in old:
        path.unlink()
    return len(old)
