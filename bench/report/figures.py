"""The figures of a run, as they were written down."""

import json
import pathlib
from typing import Any, Dict, Optional

from suite.contest import Contest, Result


class Figures:
    def __init__(self, path: pathlib.Path) -> None:
        document = json.loads(path.read_text())
        self.machine: Dict[str, Any] = document["machine"]
        self.seconds: int = sum(document["seconds"].values())
        self.contests: Dict[str, Contest] = {}
        for key, measure in document["measures"].items():
            measure["results"] = [Result(**result) for result in measure["results"]]
            self.contests[key] = Contest(**measure)

    def result(self, key: str, name: str) -> Optional[Result]:
        contest = self.contests.get(key)
        return next((result for result in contest.results if result.name == name), None) if contest else None
