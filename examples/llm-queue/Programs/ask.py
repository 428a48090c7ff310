"""Asks a language model by OpenAI's interface, which Ollama and many others speak."""

import json
import os
import pathlib
import time
import urllib.error
import urllib.request
from typing import Any, Dict

import aios

WORTH_ANOTHER_TRY = (408, 409, 429, 500, 502, 503, 504)


def ask(prompt: str, address: str, model: str, system: str = "", **options: Any) -> Dict[str, Any]:
    """options: temperature, max_tokens and whatever else the model takes."""
    address = os.environ.get("LLM_URL", address).rstrip("/")
    messages = [{"role": "system", "content": system}] if system else []
    body = {"model": model, "messages": messages + [{"role": "user", "content": prompt}], "stream": False, **options}
    aios.progress(0.1, "asking {}".format(model))
    began = time.monotonic()
    answer = post(address + "/chat/completions", body)
    text = answer["choices"][0]["message"]["content"].strip()
    print(text)
    usage = answer.get("usage") or {}
    return {"answer": text, "model": answer.get("model", model), "seconds": round(time.monotonic() - began, 2), "tokens": usage.get("total_tokens")}


def post(address: str, body: Dict[str, Any]) -> Dict[str, Any]:
    request = urllib.request.Request(address, json.dumps(body).encode(), {"Content-Type": "application/json", **authorization()})
    try:
        with urllib.request.urlopen(request, timeout=600) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        words = "{} answers {}: {}".format(address, error.code, error.read(500).decode("utf-8", "replace").strip())
        if error.code in WORTH_ANOTHER_TRY:
            raise SystemExit(words)  # A failure, so the job's retries count.
        raise SystemExit(words + " (asking again will not help; look at the model's name and the key)")
    except urllib.error.URLError as error:
        raise SystemExit("{} cannot be reached: {}. Is the model's program running?".format(address, error.reason))


def authorization() -> Dict[str, str]:
    key = pathlib.Path(os.environ.get("KEY_FILE", ""))
    return {"Authorization": "Bearer " + key.read_text().strip()} if key.is_file() else {}
