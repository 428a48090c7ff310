"""Asks a web page on this machine whether it is well, and fails with a clear error when it is not.

The result says how long the answer took.
"""

from __future__ import annotations

import http.client
import sys
import time
import urllib.error
import urllib.request
from typing import Any, Dict, Tuple

MOST_BYTES_READ = 65536


def check(url: str = "http://127.0.0.1:8765/health", expect: str = "ok", timeout_seconds: float = 5) -> Dict[str, Any]:
    """Fetches `url`; it is healthy if it answers without an error and `expect` is in what it says."""
    if not url.startswith(("http://", "https://")):
        raise ValueError("The address to check must begin with http:// or https://, not {!r}".format(url))
    began = time.monotonic()
    status, answer = fetch(url, timeout_seconds)
    milliseconds = round((time.monotonic() - began) * 1000, 1)
    if expect not in answer:
        raise RuntimeError("{} answered, but not with {!r}: {!r}. Does another program use its port?".format(
            url, expect, answer[:200]))
    print("{} is healthy: {} in {} ms".format(url, status, milliseconds))
    return {"url": url, "status": status, "milliseconds": milliseconds}


def fetch(url: str, timeout_seconds: float) -> Tuple[int, str]:
    # A proxy that the environment names is for the outside world; what runs here is asked directly.
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(url, timeout=timeout_seconds) as response:
            return response.status, response.read(MOST_BYTES_READ).decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        raise RuntimeError("{} is unwell: it answered {} {}".format(url, error.code, error.reason)) from None
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        raise RuntimeError("{} is down: {}. Is the job that serves it running?".format(url, reason)) from None


if __name__ == "__main__":
    check(*sys.argv[1:2])
