"""Keeps the newest reports as they are and packs older ones into one zip file a month, so that reports/ stays small.

Nothing is ever thrown away: a report is removed only once it is safely inside its zip file.
"""

from __future__ import annotations

import os
import re
import zipfile
from itertools import groupby
from pathlib import Path
from typing import Any, Dict, List, Set

import history

REPORT_NAME = re.compile(r"\d{4}-\d{2}-\d{2}\.md")


def tidy(keep: int = 30) -> Dict[str, Any]:
    """Leaves the newest `keep` reports alone and packs the others."""
    if keep < 0:
        raise ValueError("keep must be 0 or more, not {}".format(keep))
    reports = dated_reports(history.home() / "reports")
    old = reports[:max(len(reports) - keep, 0)]
    archives = [pack(month, list(of_month)) for month, of_month in groupby(old, key=month_of)]
    print("{} reports kept, {} packed".format(len(reports) - len(old), len(old)))
    return {"kept": len(reports) - len(old), "packed": len(old), "archives": archives}


def dated_reports(folder: Path) -> List[Path]:
    """Oldest first: the name of a report is its date."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if REPORT_NAME.fullmatch(path.name) and path.is_file())


def month_of(report: Path) -> str:
    return report.name[:len("YYYY-MM")]


def pack(month: str, reports: List[Path]) -> str:
    archive = reports[0].with_name(month + ".zip")
    # A zip file that grows in place is broken while it grows, so a complete new one takes the old one's place.
    growing = archive.with_name(archive.name + ".part")
    with zipfile.ZipFile(growing, "w", zipfile.ZIP_DEFLATED) as target:
        if archive.exists():
            copy_others(archive, {report.name for report in reports}, target)
        for report in reports:
            target.writestr(report.name, report.read_bytes())
    os.replace(growing, archive)
    for report in reports:
        report.unlink()
    return archive.name


def copy_others(archive: Path, names_packed_anew: Set[str], target: zipfile.ZipFile) -> None:
    try:
        with zipfile.ZipFile(archive) as packed:
            for entry in packed.infolist():
                if entry.filename not in names_packed_anew:
                    target.writestr(entry, packed.read(entry), zipfile.ZIP_DEFLATED)
    except zipfile.BadZipFile as error:
        raise RuntimeError("{} is damaged ({}). Move it away, then run this again.".format(archive, error)) from None


if __name__ == "__main__":
    tidy()
