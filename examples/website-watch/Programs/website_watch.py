"""Looks whether web pages are there and say what they should; fails with the list of those that do not."""

import urllib.error
import urllib.request
from typing import Dict, Optional

LONGEST_PAGE = 2_000_000


def watch(pages: Dict[str, str], patience: float = 15) -> Dict[str, str]:
    found = {address: trouble_with(address, word, patience) for address, word in pages.items()}
    for address, trouble in found.items():
        print("{}{}: {}".format("<3>" if trouble else "", address, trouble or "well"))
    bad = ["{}: {}".format(address, trouble) for address, trouble in found.items() if trouble]
    if bad:
        # What stands here is the reason of the run, and so the text of the notice.
        raise SystemExit("; ".join(bad))
    return {address: "well" for address in found}


def trouble_with(address: str, word: str, patience: float) -> Optional[str]:
    """What is wrong with a page; None if nothing."""
    request = urllib.request.Request(address, headers={"User-Agent": "website-watch"})
    try:
        with urllib.request.urlopen(request, timeout=patience) as answer:
            text = answer.read(LONGEST_PAGE).decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        return "it answers {} {}".format(error.code, error.reason)
    except (OSError, ValueError) as error:
        return "it cannot be reached ({})".format(getattr(error, "reason", error))
    return None if word in text else "the word \"{}\" is missing".format(word)
