"""Calls one Python function as a run of AIOS.

    run_function.py PROGRAMS FILE FUNCTION [PRELOAD ...]

is the call in an interpreter of its own. The environment says the rest:
AIOS_ARGS_FILE and AIOS_KWARGS_FILE hold the arguments as JSON, AIOS_RESULT is
where the result goes. serve_functions.py makes the same call in a process that
it forks. Runs on Python 3.7 and later with nothing but the standard library.
"""

from __future__ import annotations

import json
import os
import sys
import types
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader

# Other modules are imported where they are needed: each costs every run some of its start.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Iterable

REASON_LIMIT = 1000
PATIENCE = 5  # seconds that exit handlers have after a failure
ERROR_PREFIX = "<3>"
LAZY = (types.GeneratorType, map, filter, zip)
EMPTY = {list: "[]", dict: "{}"}


class Call:
    """What to call, and with what."""

    def __init__(self, programs: str, file: str, function: str, args: str, kwargs: str) -> None:
        """Take the arguments as JSON, and refuse what is not of the expected kind."""
        self.programs = programs
        self.file = file
        self.function = function
        self.args: list[Any] = parse(args, "args", list)
        self.kwargs: dict[str, Any] = parse(kwargs, "kwargs", dict)

    def compile(self, source: bytes) -> types.CodeType:
        """Compile the source of the program's file."""
        return compile(source, self.file, "exec", dont_inherit=True)


class Outcome:
    """Where the result of the call goes, or else the reason why it failed: files beside each other."""

    def __init__(self, path: str) -> None:
        """Take the path of the result."""
        self.path = path

    def result(self, data: bytes) -> None:
        """Keep what the function returned."""
        write_whole(self.path, data)

    def reason(self, line: bytes) -> None:
        """Keep why it failed."""
        write_whole(self.path + ".reason", line)


class CannotCall(Exception):
    """The function is not there to be called. The message is for people."""


def parse(text: str, what: str, expected: type) -> Any:
    """Read arguments."""
    if text == EMPTY[expected]:
        return expected()
    try:
        value = json.loads(text)
    except ValueError as error:
        raise CannotCall("{} are not valid JSON: {}".format(what, error)) from None
    if not isinstance(value, expected):
        kind = "array" if expected is list else "object"
        raise CannotCall("{} must be a JSON {}, not {}".format(what, kind, text[:80]))
    return value


def find_package(programs: str, folders: list[str]) -> str:
    """Import the package that the file's folder is. No name: Python would take another one for it, or none."""
    name, folder, path = "", programs, None
    for part in folders:
        name = "{}.{}".format(name, part) if name else part
        folder = os.path.join(folder, part)
        if "." in part:
            return ""
        if name not in sys.modules:
            spec = PathFinder.find_spec(name, path)
            if spec is None or folder not in (spec.submodule_search_locations or ()):
                return ""
            __import__(name)
        path = getattr(sys.modules[name], "__path__", ())
        if folder not in path:
            return ""
    return name


def name_module(programs: str, file: str) -> tuple[str, str]:
    """Find the name that an import would give a file, and that of its package. What no import could name gets one of its own."""
    *folders, stem = file[len(programs) :].strip(os.sep).rpartition(".")[0].split(os.sep)
    package = find_package(programs, folders)
    if folders and not package:
        return "_".join((*folders, stem)).replace(".", "_"), ""
    stem = stem.replace(".", "_")
    return ("{}.{}".format(package, stem) if package else stem), package


def load(call: Call) -> types.ModuleType:
    """Run the file as a fresh module, from its source, under the name an import would give it."""
    name, package = name_module(call.programs, call.file)
    folder = os.path.dirname(call.file)
    if folder != call.programs.rstrip(os.sep):
        # As where the file itself is run: its neighbours come first.
        sys.path.insert(0, folder)
    module = sys.modules[name] = types.ModuleType(name)
    spec = ModuleSpec(name, SourceFileLoader(name, call.file), origin=call.file)
    spec.has_location = True
    # As importlib.util.module_from_spec() does it, with less to do.
    module.__spec__, module.__loader__, module.__package__, module.__file__ = spec, spec.loader, package, call.file
    exec(call.compile(read(call.file)), module.__dict__)
    return sys.modules.get(name, module)


def find(module: types.ModuleType, call: Call) -> Callable[..., Any]:
    """Get the function, or say which one was probably meant."""
    function = getattr(module, call.function, None)
    if callable(function):
        return function
    if function is not None:
        raise CannotCall("'{}' in {} is a {}, not a function".format(call.function, call.file, type(function).__name__))
    names = [name for name, value in vars(module).items() if callable(value) and not name.startswith("__")]
    import difflib

    near = difflib.get_close_matches(call.function, names, 1)
    hint = " Did you mean '{}'?".format(near[0]) if near else ""
    raise CannotCall("there is no function '{}' in {}.{}".format(call.function, call.file, hint))


def invoke(function: Callable[..., Any], call: Call) -> Any:
    """Call it, and let what it returns do its work: a coroutine, a generator and the like have done nothing yet."""
    value = function(*call.args, **call.kwargs)
    kind = type(value)
    if hasattr(kind, "__await__") or hasattr(kind, "__anext__"):
        import asyncio

        value = asyncio.run(finish(value))
    return list(value) if isinstance(value, LAZY) else value


async def finish(value: Any) -> Any:
    """Await it; of an asynchronous generator, all items."""
    try:
        return await value if hasattr(type(value), "__await__") else [item async for item in value]
    except BaseException:
        import asyncio

        # Otherwise asyncio.run() waits for the threads of to_thread(), and the failure with it.
        try:
            asyncio.get_running_loop().shutdown_default_executor = nothing  # type: ignore[method-assign]
        except AttributeError:
            # A loop of another library takes no other method.
            pass
        raise


async def nothing(*_: Any) -> None:
    """Do nothing."""


def write_whole(path: str, data: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    # A cleaner of temporary files may have taken the folder meanwhile.
    os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
    part = path + ".part"
    with open(part, "wb") as file:
        file.write(data)
    os.replace(part, path)


def keep_result(value: Any, outcome: Outcome) -> None:
    """Store what the function returned, or say why it cannot be stored."""
    if value is None:
        return
    try:
        outcome.result(encoded(value))
    except (TypeError, ValueError, OverflowError, RecursionError, OSError) as error:
        text = "the returned value of type {} could not be kept as the result: {}"
        print(text.format(type(value).__name__, error), file=sys.stderr)


def encoded(value: Any) -> bytes:
    """JSON that can be read as it is, unless it holds a file name that is not UTF-8."""
    try:
        return json.dumps(value, allow_nan=False, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, allow_nan=False).encode("ascii")


def fail(reason: str, outcome: Outcome) -> None:
    """Leave the reason for the run's record: one line."""
    line = " ".join(reason.split())[:REASON_LIMIT]
    try:
        outcome.reason(line.encode("utf-8", "replace"))
    except OSError as error:
        print("the reason could not be kept: {}".format(error), file=sys.stderr)


def is_ours(frame_file: str) -> bool:
    """Whether a frame is of this file or of the machinery between it and the program."""
    asyncio_folder = os.path.dirname(getattr(sys.modules.get("asyncio"), "__file__", None) or "?")
    return frame_file == __file__ or os.path.dirname(frame_file) == asyncio_folder


def show(error: BaseException, outcome: Outcome) -> None:
    """Print the traceback as the program's author knows it, without our frames; its last line is the reason."""
    import traceback

    trace = error.__traceback__
    while trace is not None and is_ours(trace.tb_frame.f_code.co_filename):
        trace = trace.tb_next
    for line in "".join(traceback.format_exception(type(error), error, trace)).splitlines():
        print(ERROR_PREFIX + line, file=sys.stderr)
    lines = traceback.format_exception_only(type(error), error)
    # Indented lines show where a syntax error is; notes come after the message.
    fail(next((line for line in lines if not line.startswith("  ")), lines[-1]), outcome)


def exit_status(error: SystemExit, outcome: Outcome) -> int:
    """What sys.exit() means, as the interpreter itself would have it."""
    if error.code is None:
        return 0
    if isinstance(error.code, int):
        return error.code
    print(ERROR_PREFIX + str(error.code), file=sys.stderr)
    fail(str(error.code), outcome)
    return 1


def run(prepare: Callable[[], Call], outcome: Outcome) -> int:
    """Make the call; the exit status."""
    process = os.getpid()
    try:
        call = prepare()
        value = invoke(find(load(call), call), call)
    except SystemExit as error:
        return exit_status(error, outcome)
    except CannotCall as error:
        print(ERROR_PREFIX + str(error), file=sys.stderr)
        fail(str(error), outcome)
        return 1
    except BaseException as error:
        show(error, outcome)
        return 1
    # A process that the function forked and let come back is not the one that answers.
    if os.getpid() == process:
        keep_result(value, outcome)
    return 0


def give_up(status: int) -> None:
    """End after a failure: no thread is waited for, and no exit handler for long."""
    import faulthandler

    faulthandler.dump_traceback_later(PATIENCE, exit=True, file=2)
    threading = sys.modules.get("threading")
    if threading is None or all(thread.daemon or thread is threading.main_thread() for thread in threading.enumerate()):
        return
    import atexit

    atexit._run_exitfuncs()
    flush(sys.stdout)
    flush(sys.stderr)
    os._exit(status & 0xFF)


def flush(stream: Any) -> bool:
    """Tell whether it could be done."""
    try:
        stream.flush()
        return True
    except (OSError, ValueError, AttributeError):
        return False


def leave_own_folder(programs: str) -> None:
    """Let imports start from the programs instead of from the folder of this file."""
    folder = os.path.dirname(os.path.abspath(__file__))
    if sys.path and os.path.abspath(sys.path[0]) == folder:
        del sys.path[0]
    sys.path.insert(0, programs)


def preload(modules: Iterable[str]) -> None:
    """Import what the job's `preload` names."""
    for name in modules:
        __import__(name)


def read(path: str) -> bytes:
    """Read a file."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        data = os.read(descriptor, os.fstat(descriptor).st_size + 1)
        # A long file, or one that grew, takes more than one read.
        while True:
            more = os.read(descriptor, 1 << 20)
            if not more:
                return data
            data += more
    finally:
        os.close(descriptor)


def main() -> int:
    """Make the interpreter look as if it had been started for the call, and run."""
    programs, file, function, *modules = sys.argv[1:]
    outcome = Outcome(os.environ["AIOS_RESULT"])
    args, kwargs = os.environ.pop("AIOS_ARGS_FILE"), os.environ.pop("AIOS_KWARGS_FILE")

    def prepare() -> Call:
        call = Call(programs, file, function, read(args).decode(), read(kwargs).decode())
        leave_own_folder(programs)
        sys.argv[:] = [file]
        preload(modules)
        return call

    status = run(prepare, outcome)
    if status:
        give_up(status)
    return status


if __name__ == "__main__":
    sys.exit(main())
