"""A Telegram bot that keeps notes, one list for each chat."""

import json
import os
import pathlib
import signal
import sys
import urllib.error
import urllib.request
from typing import Any, Dict, List

import aios

PATIENCE = 50  # How many seconds a question for new messages may wait for one.


class Telegram:
    """The little that is needed of Telegram's interface for bots."""

    def __init__(self, address: str, token: str) -> None:
        self.base = "{}/bot{}".format(address.rstrip("/"), token)

    def call(self, method: str, **values: Any) -> Any:
        request = urllib.request.Request("{}/{}".format(self.base, method), json.dumps(values).encode(), {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=PATIENCE + 10) as answer:
            return json.load(answer)["result"]


def answer_to(text: str, notes: List[str]) -> str:
    """What is said to a message; changes the notes."""
    if text == "/list":
        return "\n".join("{}. {}".format(number, note) for number, note in enumerate(notes, 1)) or "There is no note."
    if text == "/forget":
        notes.clear()
        return "All forgotten."
    if text.startswith("/"):
        return "Send me a line and I keep it. /list shows all, /forget forgets all."
    notes.append(text)
    return "Kept as number {}.".format(len(notes))


def handle(telegram: Telegram, update: Dict[str, Any]) -> None:
    message = update.get("message") or {}
    if "text" not in message:
        return
    chat = message["chat"]["id"]
    key = "notes-{}".format(chat)
    notes = aios.state.get(key, [])
    words = answer_to(message["text"], notes)
    # What was kept, and that this message was answered, is on the disk in one step, before the answer.
    with aios.transaction():
        aios.state[key] = notes
        aios.state["next"] = update["update_id"] + 1
    telegram.call("sendMessage", chat_id=chat, text=words)
    print("Answered message {}".format(update["update_id"]), flush=True)


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    token = pathlib.Path(os.environ["TOKEN_FILE"])
    if not token.exists():
        sys.exit("There is no {}. Put the token of @BotFather into it.".format(token))
    telegram = Telegram(os.environ["TELEGRAM"], token.read_text().strip())
    print("At work", flush=True)
    while True:
        for update in telegram.call("getUpdates", offset=aios.state.get("next", 0), timeout=PATIENCE):
            handle(telegram, update)


if __name__ == "__main__":
    main()
