"""What a Python program may tell AIOS and ask of it: `import aios`, in any program that a job starts.

    aios.progress(0.4, "4 of 10 files")           how far this run has come
    aios.log("no answer yet", level="WARNING")    a line of its log, with a level
    aios.trigger("report", city="Berlin")         asks that a job run once
    aios.signal("paid", {"amount": 7})            what steps of flows wait for has happened
    aios.llm("Sum it up: ...", role="executor")   asks a language model (the job needs `models: true`)
    aios.state["last_id"] = 12                    what the job's next run shall know
    with aios.transaction(): ...                  several changes as one
    aios.run.id, aios.run.attempt, ...            which run this is

A plain function needs none of it. Run by hand, outside of a run, a program goes on as it is: progress and log lines are
printed. Runs on Python 3.7 and later with nothing but the standard library.
"""

from __future__ import annotations

import atexit
import contextvars
import os
import sys
import threading
import time
from collections.abc import MutableMapping

# Other modules are imported where they are needed: each costs every run some of its start.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime, timedelta
    from typing import Any, ContextManager, Dict, ItemsView, Iterator, List, Mapping, Optional, Tuple, Union, ValuesView

    JsonMap = MutableMapping[str, Any]
else:
    JsonMap = MutableMapping

__all__ = ["Error", "Run", "State", "llm", "log", "progress", "run", "signal", "state", "transaction", "trigger"]

PATIENCE = 30.0
"""How many seconds a change waits for others that write."""

PROGRESS_INTERVAL = 0.25
"""How many seconds lie between two writes of the progress, at least."""

LONGEST_VALUE = 1024 * 1024
"""How many bytes of JSON a value of the state may have."""

LONGEST_KEY = 1024
"""How many bytes a key of the state may have."""

LONGEST_DELAY = 100 * 366 * 86400
"""How many seconds a trigger may be put off."""

LEAST_MILLISECONDS = 1e11
"""A number from which on an instant is none in seconds: those would be in the year 5138."""

LONGEST_SECRET = 64 * 1024
"""How many bytes a file with a secret may have."""

SHORTEST_SECRET = 4
"""How many characters a secret has at least; what is shorter is not masked."""

LONGEST_PROGRESS_TEXT = 1000
"""How many characters of a progress text are kept."""

LEVELS = {"CRITICAL": 2, "ERROR": 3, "WARNING": 4, "NOTICE": 5, "INFO": 6, "DEBUG": 7}
"""Levels of log lines, as syslog numbers them."""


class Error(Exception):
    """The database cannot be found or used. The message says which, why, and what to do."""

    locked = False
    """Whether others have only held it for too long."""


# ---- which run this is


class Run:
    """The run that this process is part of. Outside of a run each value is None, and the whole is false."""

    # Read anew each time: a warm interpreter imports this file before it knows what it will run.

    @property
    def id(self) -> Optional[int]:
        """The number of the run, `runs.id` in the database."""
        return _number("AIOS_RUN_ID")

    @property
    def trigger_id(self) -> Optional[int]:
        """The number of the request that it answers, `triggers.id` in the database."""
        return _number("AIOS_TRIGGER_ID")

    @property
    def job(self) -> Optional[str]:
        """The job's name."""
        return os.environ.get("AIOS_JOB") or None

    @property
    def attempt(self) -> Optional[int]:
        """1 for the first attempt, 2 for the first retry, and so on."""
        return _number("AIOS_ATTEMPT")

    @property
    def deadline(self) -> Optional[datetime]:
        """When the job's `timeout` will end it, UTC; None without a `timeout`."""
        from datetime import datetime, timezone

        seconds = _number("AIOS_DEADLINE")
        return None if seconds is None else datetime.fromtimestamp(seconds, timezone.utc)

    @property
    def device(self) -> Optional[str]:
        """The device it runs on."""
        return os.environ.get("DEVICE_ID") or None

    @property
    def home(self) -> Optional[str]:
        """The folder with Jobs/ and Programs/ in it."""
        return os.environ.get("AIOS_HOME") or None

    def __bool__(self) -> bool:
        """Whether this process is part of a run."""
        return self.id is not None

    def __repr__(self) -> str:
        """For people."""
        return "<run {} of {}, attempt {}>".format(self.id, self.job, self.attempt) if self else "<no run>"


run = Run()


def _number(name: str) -> Optional[int]:
    text = os.environ.get(name, "")
    return int(text) if text.isdigit() else None


# ---- the database


class _Session:
    """One connection. It is opened for each use: it must not cross a fork, and belongs to one thread."""

    def __init__(self, patience: Optional[float] = None) -> None:
        self.owner: Optional[Tuple[int, int]] = _here()
        self._path = _database()
        self._patience = PATIENCE if patience is None else patience
        try:
            import sqlite3
        except ImportError as error:
            raise Error("this Python ({}) has no sqlite3 module: {}".format(sys.executable, error)) from None
        self._trouble = sqlite3.Error
        try:
            self._connection = sqlite3.connect(_uri(self._path), timeout=self._patience, isolation_level=None, uri=True)
        except sqlite3.Error as error:
            raise self._explain(error) from error

    def rows(self, sql: str, *values: Any) -> List[Tuple[Any, ...]]:
        """Execute a statement; its rows."""
        try:
            return self._connection.execute(sql, values).fetchall()
        except self._trouble as error:
            raise self._explain(error) from error

    def close(self) -> None:
        """Close it, and take back what has not been committed."""
        self.owner = None
        self._connection.close()

    def _explain(self, error: Exception) -> Error:
        text = str(error)
        if "locked" in text or "busy" in text:
            locked = Error("{} has been locked by others for {:g} s".format(self._path, self._patience))
            locked.locked = True
            return locked
        if "no such table" in text or "no such column" in text:
            text += "; it has not been used by this version of AIOS yet. Start `aios` once"
        return Error("{}: {}".format(self._path, text))


class _Transaction:
    """All within is committed together, or not at all if an exception leaves it. One within another is part of it."""

    def __init__(self) -> None:
        self._session: Optional[_Session] = None

    def __enter__(self) -> None:
        if _joined() is not None:
            return
        session = _Session()
        try:
            session.rows("BEGIN IMMEDIATE")
        except BaseException:
            session.close()
            raise
        self._session = session
        _open.set(session)

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        session, self._session = self._session, None
        if session is None:
            return
        _open.set(None)
        try:
            if kind is None:
                session.rows("COMMIT")
        finally:
            session.close()


# Not a thread's own: tasks of asyncio take turns on one thread.
_open: contextvars.ContextVar[Optional[_Session]] = contextvars.ContextVar("aios_transaction", default=None)


def transaction() -> ContextManager[None]:
    """Make one of several changes: `with aios.transaction():`.

    What lies within it (values of the state, triggers) is committed together, or not at all if an exception leaves it,
    and no other program changes anything meanwhile. Be brief: everybody who wants to write waits, the daemon too.
    """
    return _Transaction()


def _here() -> Tuple[int, int]:
    return os.getpid(), threading.get_ident()


def _joined() -> Optional[_Session]:
    session = _open.get()
    return session if session is not None and session.owner == _here() else None


def _rows(sql: str, *values: Any) -> List[Tuple[Any, ...]]:
    """Execute a statement, within the transaction that is open or else as one of its own."""
    joined = _joined()
    if joined is not None:
        return joined.rows(sql, *values)
    session = _Session()
    try:
        return session.rows(sql, *values)
    finally:
        session.close()


class _Store:
    """All that is asked of the database: each method one question, in words that know no table."""

    def find_value(self, job: str, key: str) -> Optional[str]:
        """A value of the state, JSON."""
        rows = _rows("SELECT value FROM state WHERE job_name = ? AND key = ?", job, key)
        return rows[0][0] if rows else None

    def set_value(self, job: str, key: str, value: str) -> None:
        """Set a value of the state, JSON."""
        _rows("INSERT OR REPLACE INTO state (job_name, key, value, updated) VALUES (?, ?, ?, ?)", job, key, value, time.time())

    def delete_value(self, job: str, key: str) -> None:
        """Take a value out."""
        _rows("DELETE FROM state WHERE job_name = ? AND key = ?", job, key)

    def has_value(self, job: str, key: str) -> bool:
        """Whether there is a value."""
        return bool(_rows("SELECT 1 FROM state WHERE job_name = ? AND key = ?", job, key))

    def values(self, job: str) -> List[Tuple[Any, ...]]:
        """All keys and values, by key."""
        return _rows("SELECT key, value FROM state WHERE job_name = ? ORDER BY key", job)

    def keys(self, job: str) -> List[str]:
        """All keys, sorted."""
        return [row[0] for row in _rows("SELECT key FROM state WHERE job_name = ? ORDER BY key", job)]

    def count_values(self, job: str) -> int:
        """How many values there are."""
        return int(_rows("SELECT count(*) FROM state WHERE job_name = ?", job)[0][0])

    def clear_values(self, job: str) -> None:
        """Take all values out."""
        _rows("DELETE FROM state WHERE job_name = ?", job)

    def trigger_with(self, dedup_key: str) -> Optional[int]:
        """The id of the trigger that carries a key."""
        rows = _rows("SELECT id FROM triggers WHERE dedup_key = ?", dedup_key)
        return int(rows[0][0]) if rows else None

    def enqueue(self, job: str, args: str, kwargs: str, run_at: Optional[float], priority: Optional[int], dedup_key: Optional[str]) -> int:
        """Add a trigger, within a transaction; its id."""
        _rows(
            "INSERT INTO triggers (job_name, args, kwargs, created, run_at, priority, dedup_key) VALUES (?, ?, ?, ?, ?, ?, ?)",
            *(job, args, kwargs, time.time(), run_at, priority, dedup_key)
        )
        return int(_rows("SELECT last_insert_rowid()")[0][0])

    def send_signal(self, name: str, flow: Optional[int], data: str) -> int:
        """Add a signal, within a transaction; its id."""
        _rows("INSERT INTO signals (name, flow_id, data, created) VALUES (?, ?, ?, ?)", name, flow, data, time.time())
        return int(_rows("SELECT last_insert_rowid()")[0][0])

    def show_progress(self, run_id: Optional[int], fraction: float, text: Optional[str], patience: float) -> None:
        """Say how far a run has come, on a connection of its own."""
        session = _Session(patience)
        try:
            sql = "UPDATE runs SET progress = ?, progress_text = ? WHERE id = ? AND status = 'running'"
            session.rows(sql, fraction, text, run_id)
        finally:
            session.close()


_store = _Store()


def _database() -> str:
    """The absolute path of the database."""
    path = os.path.abspath(os.path.join(os.environ.get("AIOS_HOME", ""), os.environ.get("AIOS_DB") or "orchestrator.db"))
    if os.path.isfile(path):
        return path
    raise Error(
        "there is no database {}. Run this program as a job, or from the home (the folder with the database), "
        "or name the file in the environment variable AIOS_DB".format(path)
    )


def _uri(path: str) -> str:
    # mode=rw: a database that is missing is not made.
    path = path.replace("\\", "/") if os.name == "nt" else path
    for letter in "%?#":
        path = path.replace(letter, "%{:02x}".format(ord(letter)))
    return "file:{}?mode=rw".format(path if path.startswith("/") else "/" + path)


def _json(value: Any, what: str) -> str:
    import json

    try:
        text = json.dumps(value, allow_nan=False, ensure_ascii=False)
        text.encode("utf-8")
        return text
    except TypeError as error:
        raise TypeError("{} cannot be written as JSON: {}".format(what, error)) from None
    except (ValueError, RecursionError) as error:
        raise ValueError("{} cannot be written as JSON: {}".format(what, error)) from None


# ---- secrets


_masks: Dict[Tuple[Optional[int], str], List[str]] = {}


def _secrets() -> List[str]:
    """What the job names as secret, in the ways it may be written, the longest first."""
    sources = os.environ.get("AIOS_SECRETS")
    if not sources:
        return []
    known = _masks.get((run.id, sources))
    if known is None:
        import json

        forms = {form for source in json.loads(sources) for form in _forms(_secret(source))}
        known = sorted((form for form in forms if len(form.strip()) >= SHORTEST_SECRET), key=len, reverse=True)
        _masks.clear()
        _masks[run.id, sources] = known
    return known


def _secret(source: str) -> str:
    if not source.startswith("file:"):
        return os.environ.get(source, "")
    try:
        with open(os.path.join(run.home or "", source[len("file:") :]), encoding="utf-8", errors="replace") as file:
            return file.read(LONGEST_SECRET)
    except OSError:
        return ""


def _forms(value: str) -> Iterator[str]:
    import json
    from urllib.parse import quote, quote_plus

    for text in {value, *value.splitlines(), " ".join(value.split())}:
        for form in (text, text.strip()):
            yield from (form, json.dumps(form)[1:-1], json.dumps(form, ensure_ascii=False)[1:-1], repr(form)[1:-1], quote(form, ""), quote_plus(form))


def _masked(value: Any) -> Any:
    """The same without secrets, as they are masked in the log and the result."""
    secrets = _secrets()
    return _mask(value, secrets) if secrets else value


def _mask(value: Any, secrets: List[str]) -> Any:
    if isinstance(value, dict):
        return {_mask(key, secrets): _mask(item, secrets) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_mask(item, secrets) for item in value]
    text = value if isinstance(value, str) else str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""
    masked = text
    for secret in secrets:
        masked = masked.replace(secret, "***")
    return value if masked == text else masked


# ---- the log


def log(text: object, level: str = "INFO") -> None:
    """Write a line, or several, to the run's log with a level: DEBUG, INFO, NOTICE, WARNING, ERROR or CRITICAL."""
    name = str(level).upper()
    if name not in LEVELS:
        raise ValueError("level: found {!r}, expected one of {}".format(level, ", ".join(LEVELS)))
    _print("<{}>".format(LEVELS[name]) if run else name + ": ", str(text))


def _print(prefix: str, text: str) -> None:
    if sys.stderr is None:
        return
    lines = text[:-1].split("\n") if text.endswith("\n") else text.split("\n")
    # At once, so that lines of several threads do not mix.
    sys.stderr.write("".join("{}{}\n".format(prefix, line) for line in lines))
    sys.stderr.flush()


# ---- the progress


class _Progress:
    """Writes the last word about the progress, at once and then every so often, from a thread that lives as long as there is news."""

    def __init__(self) -> None:
        self._forget()
        atexit.register(self.tell, 5.0)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(before=self._hold, after_in_parent=self._let_go, after_in_child=self._forget)

    def report(self, news: Tuple[float, str]) -> None:
        """Take news; never waits for the database."""
        with self._lock:
            self._news = news
            if self._thread is not None:
                return
            self._thread = threading.Thread(target=self._work, name="aios-progress", daemon=True)
            try:
                self._thread.start()
                return
            except RuntimeError:
                # The interpreter is ending, or may have no more threads.
                self._thread = None
        self.tell(0.5)

    def tell(self, patience: float) -> None:
        """Write what is new, if anything is."""
        with self._writing:
            with self._lock:
                news, self._news = self._news, None
            if news is None or news == self._told:
                return
            try:
                _show_progress(news, patience)
                self._told = news
            except Error as error:
                self._put_back(news) if error.locked else self._complain(error)

    def _work(self) -> None:
        while True:
            self.tell(0.5)
            time.sleep(PROGRESS_INTERVAL)
            with self._lock:
                if self._news is None:
                    self._thread = None
                    return

    def _put_back(self, news: Tuple[float, str]) -> None:
        with self._lock:
            self._news = self._news or news

    def _complain(self, error: Error) -> None:
        if not self._complained:
            self._complained = True
            log("the progress cannot be shown: {}".format(error), "WARNING")

    # SQLite must not be in the middle of something when this process is copied.
    def _hold(self) -> None:
        self._writing.acquire()
        self._lock.acquire()

    def _let_go(self) -> None:
        self._lock.release()
        self._writing.release()

    def _forget(self) -> None:
        # A signal's handler may come between, on the same thread.
        self._lock = threading.RLock()
        self._writing = threading.RLock()
        self._thread: Optional[threading.Thread] = None
        self._news: Optional[Tuple[float, str]] = None
        self._told: Optional[Tuple[float, str]] = None
        self._complained = False


_progress = _Progress()


def progress(fraction: float, text: object = "") -> None:
    """Say how far this run has come: from 0 to 1, and in words. `aios status` shows it.

    Call it as often as you like: a few values a second are written, and always the last. It never waits for the
    database and never fails for its sake. A fraction below 0 counts as 0, one above 1 as 1.
    """
    number = float(fraction)
    if number != number:
        raise ValueError("fraction: found nan, expected a number from 0 to 1")
    words = str(_masked(str(text)))[:LONGEST_PROGRESS_TEXT].encode("utf-8", "replace").decode("utf-8")
    _progress.report((min(max(number, 0.0), 1.0), words))


def _show_progress(news: Tuple[float, str], patience: float) -> None:
    fraction, text = news
    if not run:
        _print("", "progress: {:.0f} % {}".format(fraction * 100, text).rstrip())
        return
    _store.show_progress(run.id, fraction, text or None, patience)


# ---- triggers


def trigger(
    job: str,
    *args: Any,
    delay: Union[float, timedelta, None] = None,
    at: Union[float, datetime, None] = None,
    priority: Optional[int] = None,
    dedup_key: Optional[str] = None,
    kwargs: Optional[Mapping[str, Any]] = None,
    **more: Any
) -> int:
    """Ask that a job run once, with these arguments; the id of its row in `triggers`.

    job, args: The job's name, and its positional arguments. They take the place of those in the job list.
    delay: Not before so many seconds (or a timedelta) from now.
    at: Not before this instant: a datetime (local time if it has no time zone) or Unix seconds.
    priority: Higher runs first; the job's own if left out.
    dedup_key: At most one row carries a key. If there is one already, its id is the answer and nothing is added.
    kwargs: Named arguments whose names are taken here, such as {"delay": 3}; all others can be given directly.

    Arguments must be what JSON can hold. Whether there is such a job is told in the row's `reason`.
    """
    if not isinstance(job, str) or not job:
        raise TypeError("job: found {!r}, expected the name of a job".format(job))
    if dedup_key is not None and not isinstance(dedup_key, str):
        raise TypeError("dedup_key: found {!r}, expected a text".format(dedup_key))
    if priority is not None and (not isinstance(priority, int) or isinstance(priority, bool)):
        raise TypeError("priority: found {!r}, expected a whole number".format(priority))
    run_at = _run_at(delay, at)
    array = "[{}]".format(", ".join(_json(value, "args[{}]".format(place)) for place, value in enumerate(args)))
    named = "{{{}}}".format(", ".join(_pair(key, value) for key, value in {**(kwargs or {}), **more}.items()))
    with transaction():
        taken = _store.trigger_with(dedup_key) if dedup_key is not None else None
        return taken if taken is not None else _store.enqueue(job, array, named, run_at, priority, dedup_key)


def signal(name: str, data: Any = None, flow: Optional[int] = None) -> int:
    """Say that what steps of flows wait for (`wait: {signal: NAME}`) has happened; the id of its row in `signals`.

    name: What the steps wait for.
    data: The result of those steps: what JSON can hold.
    flow: Only this flow, by its number; all that have started if left out. A flow gets it also if it waits only later.
    """
    if not isinstance(name, str) or not name:
        raise TypeError("name: found {!r}, expected the name of a signal".format(name))
    if flow is not None and (not isinstance(flow, int) or isinstance(flow, bool)):
        raise TypeError("flow: found {!r}, expected the number of a flow".format(flow))
    text = _json(_masked(data), "data")
    with transaction():
        return _store.send_signal(name, flow, text)


# ---- language models


def llm(
    prompt: str,
    *,
    role: Optional[str] = None,
    route: Optional[str] = None,
    model: Optional[str] = None,
    system: Optional[str] = None,
    schema: Optional[Mapping[str, Any]] = None,
    temperature: Optional[float] = None,
    max_tokens: Optional[int] = None,
    timeout: float = 600.0
) -> Any:
    """Ask a language model by way of AIOS, within the budgets of models.yaml; the answer, a text.

    role, route, model: Who is asked, as models.yaml names it; the route `default` if left out.
    system: Instructions that come before the prompt.
    schema: A JSON Schema. The answer is an object of it then, and no text.
    timeout: How many seconds the answer may take.

    The job needs `models: true`, or a list with the route. Raises aios.Error if there is no answer; its message says why.
    """
    for name, value in (("prompt", prompt), ("system", system)):
        if not isinstance(value, str) and (value is not None or name == "prompt"):
            raise TypeError("{}: found {!r}, expected a text".format(name, value))
    targets = [name for name in (role, route, model) if name is not None]
    if len(targets) > 1:
        raise TypeError("expected one of role, route and model, found {}".format(" and ".join(map(repr, targets))))
    messages = [{"role": "system", "content": system}] if system else []
    messages.append({"role": "user", "content": prompt})
    body: Dict[str, Any] = {"model": targets[0] if targets else "default", "messages": messages}
    if temperature is not None:
        body["temperature"] = temperature
    if max_tokens is not None:
        body["max_tokens"] = max_tokens
    if schema is None:
        return _ask(body, timeout)
    body["response_format"] = {"type": "json_schema", "json_schema": {"name": "answer", "schema": schema}}
    return _ask_for_json(body, timeout)


def _ask_for_json(body: Dict[str, Any], timeout: float) -> Any:
    import json

    text = _ask(body, timeout)
    for _ in range(2):
        try:
            return json.loads(_unfenced(text))
        except ValueError as error:
            again = "Your answer is no JSON: {}. Answer again with the corrected JSON alone.".format(error)
        body["messages"] += [{"role": "assistant", "content": text}, {"role": "user", "content": again}]
        text = _ask(body, timeout)
    try:
        return json.loads(_unfenced(text))
    except ValueError as error:
        raise Error("\"{}\" gave no JSON, also when it was asked again: {}".format(body["model"], error)) from None


def _unfenced(text: str) -> str:
    # Many models put JSON into a block of Markdown, whatever is asked of them.
    text = text.strip()
    return text[text.find("\n") : -3] if text.startswith("```") and text.endswith("```") and "\n" in text else text


def _ask(body: Dict[str, Any], timeout: float) -> str:
    import json
    from urllib.error import HTTPError, URLError
    from urllib.request import ProxyHandler, Request, build_opener

    url, key = os.environ.get("OPENAI_BASE_URL"), os.environ.get("OPENAI_API_KEY")
    if not url or not key:
        raise Error("this run may call no language models. Add `models: true` to its job, or a list of the routes that it may call")
    request = Request(url.rstrip("/") + "/chat/completions", _json(body, "the question").encode("utf-8"))
    request.add_header("Content-Type", "application/json")
    request.add_header("Authorization", "Bearer " + key)
    try:
        # AIOS is on this machine, where no proxy is between.
        with build_opener(ProxyHandler({})).open(request, timeout=timeout) as response:
            answer = json.loads(response.read().decode("utf-8"))
    except HTTPError as error:
        raise Error(_reason(error.read())) from None
    except (URLError, OSError, ValueError) as error:
        raise Error("{} gave no answer: {}".format(url, error)) from None
    try:
        return str(answer["choices"][0]["message"]["content"] or "")
    except (KeyError, IndexError, TypeError):
        raise Error("\"{}\" gave an answer without a text".format(body["model"])) from None


def _reason(body: bytes) -> str:
    import json

    try:
        return str(json.loads(body.decode("utf-8"))["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return body.decode("utf-8", "replace")[:500]


def _pair(key: Any, value: Any) -> str:
    if not isinstance(key, str):
        raise TypeError("kwargs: found the name {!r}, expected a text".format(key))
    return "{}: {}".format(_json(key, "the name {!r}".format(key)), _json(value, "kwargs[{!r}]".format(key)))


def _run_at(delay: Union[float, timedelta, None], at: Union[float, datetime, None]) -> Optional[float]:
    if delay is not None and at is not None:
        raise ValueError("expected delay or at, not both")
    if delay is not None:
        seconds = _finite("delay", "seconds or a timedelta", delay, "total_seconds")
        if seconds < 0:
            raise ValueError("delay: found {!r}, expected none that lies in the past".format(delay))
        if seconds > LONGEST_DELAY:
            raise ValueError("delay: found {!r} s, which is more than 100 years; an instant is given as at=".format(delay))
        return time.time() + seconds
    if at is None:
        return None
    instant = _finite("at", "a datetime or Unix seconds", at, "timestamp")
    if not 0 <= instant < LEAST_MILLISECONDS:
        meant = "; it looks like milliseconds: divide it by 1000" if LEAST_MILLISECONDS <= instant < 1e14 else ""
        raise ValueError("at: found {!r}, expected a datetime or Unix seconds{}".format(at, meant))
    return instant


def _finite(name: str, expected: str, value: Any, method: str) -> float:
    if hasattr(value, method):
        return float(getattr(value, method)())
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e20:
        return float(value)
    raise TypeError("{}: found {!r}, expected {}".format(name, value, expected))


# ---- the state


class State(JsonMap):
    """A small map that outlives runs: texts to what JSON can hold, kept in the database, each change on disk at once.

    `aios.state` is that of the run's own job, `aios.state.of("other")` that of another, `aios.state.shared` that of all
    jobs together. Each method is one step that no other program can come between. To read, compute and write as one step
    use `aios.state.add("count", 1)`, or `with aios.transaction():` around it all. A value has at most 1 MiB of JSON.
    """

    def __init__(self, job: Optional[str] = None) -> None:
        """Take `aios.state` instead."""
        self._job = job

    @property
    def job(self) -> str:
        """Whose it is; empty for the one of all."""
        job = self._job if self._job is not None else run.job
        if job is not None:
            return job
        raise Error("aios.state is that of a job, and this is no run. Set the environment variable AIOS_JOB to the job's name, or take aios.state.of(\"the job\")")

    def of(self, job: str) -> State:
        """Get the state of another job."""
        if not isinstance(job, str) or not job:
            raise TypeError("job: found {!r}, expected the name of a job".format(job))
        return State(job)

    @property
    def shared(self) -> State:
        """The state that all jobs share."""
        return State("")

    def __getitem__(self, key: str) -> Any:
        import json

        value = _store.find_value(self.job, _key(key))
        if value is None:
            raise KeyError(key)
        return json.loads(value)

    def __setitem__(self, key: str, value: Any) -> None:
        text = _json(_masked(value), "the value of {!r}".format(_key(key)))
        size = len(text.encode("utf-8"))
        if size > LONGEST_VALUE:
            raise ValueError(
                "the value of {!r} is {} bytes of JSON; a value of the state may have {}. Keep it in a file, and the "
                "file's path in the state".format(key, size, LONGEST_VALUE)
            )
        _store.set_value(self.job, _key(key), text)

    def __delitem__(self, key: str) -> None:
        with transaction():
            if key not in self:
                raise KeyError(key)
            _store.delete_value(self.job, _key(key))

    def __contains__(self, key: object) -> bool:
        return _store.has_value(self.job, _key(key))

    def __iter__(self) -> Iterator[str]:
        return iter(_store.keys(self.job))

    def __len__(self) -> int:
        return _store.count_values(self.job)

    def __repr__(self) -> str:
        """Without asking the database."""
        return "<the state of {}>".format({"": "all jobs", None: "this run's job"}.get(self._job, self._job))

    def copy(self) -> Dict[str, Any]:
        """Get all of it, as it is at one moment."""
        import json

        return {key: json.loads(value) for key, value in _store.values(self.job)}

    def items(self) -> ItemsView[str, Any]:
        """Get all keys and values, as they are at one moment."""
        return self.copy().items()

    def values(self) -> ValuesView[Any]:
        """Get all values, as they are at one moment."""
        return self.copy().values()

    def add(self, key: str, amount: float = 1) -> float:
        """Add to a number (0 if it is not there yet); the sum."""
        with transaction():
            value = self.get(key, 0)
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                raise TypeError("the value of {!r} is {!r}, not a number that could be added to".format(key, value))
            self[key] = value + amount
            return self[key]

    def setdefault(self, key: str, default: Any = None) -> Any:
        """Get a value, and put the default there first if there is none."""
        with transaction():
            return super().setdefault(key, default)

    def pop(self, key: str, *default: Any) -> Any:
        """Take a value out."""
        with transaction():
            return super().pop(key, *default)

    def popitem(self) -> Tuple[str, Any]:
        """Take any key and its value out."""
        with transaction():
            return super().popitem()

    def update(self, *others: Any, **values: Any) -> None:
        """Set several values."""
        with transaction():
            super().update(*others, **values)

    def clear(self) -> None:
        """Take all out."""
        _store.clear_values(self.job)


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError("a key of the state: found {!r}, expected a text".format(key))
    if len(key.encode("utf-8")) > LONGEST_KEY:
        raise ValueError("a key of the state may have {} bytes, not {}".format(LONGEST_KEY, len(key.encode("utf-8"))))
    return str(_masked(key))


state = State()
