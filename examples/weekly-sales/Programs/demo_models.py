"""Stands for a provider of language models: it answers in OpenAI's format, by rule and not by a model.

The model `quick` swaps two digits of the revenue, as a model may do; `careful` does not.
"""

import json
import re
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Dict


class Provider(BaseHTTPRequestHandler):
    """Answers POST /v1/chat/completions."""

    def do_POST(self) -> None:
        """Answer with a report, or with a judgement if that is what the schema asks for."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        text = judge(asked) if "response_format" in asked else report(asked)
        words = lambda said: len(said.split())  # noqa: E731
        tokens = sum(words(message["content"]) for message in asked["messages"])
        body = json.dumps(
            {
                "id": "chatcmpl-demo",
                "object": "chat.completion",
                "model": asked["model"],
                "choices": [{"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}],
                "usage": {"prompt_tokens": tokens, "completion_tokens": words(text), "total_tokens": tokens + words(text)},
            }
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """The calls are in AIOS already."""


def report(asked: Dict[str, Any]) -> str:
    """The report that a model would write."""
    prompt = asked["messages"][-1]["content"]
    figures = json.loads(prompt[prompt.index("{") :])
    week, best, change = figures["week"], figures["best_product"], figures["change_percent"]
    revenue = "{:,.2f}".format(week["revenue"])
    if asked["model"] == "quick":
        revenue = re.sub(r"(\d)(\d)\.", r"\2\1.", revenue, count=1)
    return (
        "In the week from {} we sold {:,} items for {} EUR. That is {} % {} than in the week before, which had {:,.2f} EUR. "
        "The best product was {} with {:,} items and {:,.2f} EUR."
    ).format(
        *(week["from"], week["items"], revenue, abs(change), "more" if change >= 0 else "less"),
        *(figures["week_before"]["revenue"], best["product"], best["items"], best["revenue"])
    )


def judge(asked: Dict[str, Any]) -> str:
    """The judgement that a model would give."""
    compares = "week before" in asked["messages"][-1]["content"].rsplit("<answer>", 1)[-1]
    return json.dumps({"score": 1 if compares else 0.2, "reason": "It compares the weeks." if compares else "It does not compare the weeks."})


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Provider).serve_forever()
