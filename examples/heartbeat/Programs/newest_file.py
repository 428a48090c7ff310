"""Looks whether the newest file in a folder is new and large enough."""

import pathlib
import time
from typing import Any, Dict


def check(folder: str, pattern: str = "*", hours: float = 26, smallest: int = 1) -> Dict[str, Any]:
    place = pathlib.Path(folder)
    if not place.is_dir():
        raise SystemExit("There is no folder {}.".format(place.resolve()))
    files = [path for path in place.glob(pattern) if path.is_file()]
    if not files:
        raise SystemExit("No file like {} has ever come to {}.".format(pattern, place.resolve()))
    newest = max(files, key=lambda path: path.stat().st_mtime)
    about = newest.stat()
    age = (time.time() - about.st_mtime) / 3600
    if age > hours:
        raise SystemExit("The newest file, {}, is {:.0f} hours old; at most {:.0f} are allowed.".format(newest.name, age, hours))
    if about.st_size < smallest:
        raise SystemExit("{} has {} bytes; at least {} are expected.".format(newest.name, about.st_size, smallest))
    print("{} came {:.1f} hours ago.".format(newest.name, age))
    return {"file": newest.name, "hours": round(age, 2), "bytes": about.st_size}
