"""Calls one Python function as a run of AIOS.

    run_function.py PROGRAMS FILE FUNCTION

The environment says the rest: AIOS_ARGS_FILE and AIOS_KWARGS_FILE hold the
arguments as JSON, AIOS_RESULT is where the result goes. Runs on Python 3.7 and
later with nothing but the standard library.
"""

import difflib
import inspect
import json
import os
import sys
import traceback
import types
from typing import Any, Callable, Dict, List, NamedTuple, Optional

REASON_LIMIT = 2000


class Call(NamedTuple):
    """What to call, with what, and where its outcome goes."""

    programs: str
    file: str
    function: str
    args: List[Any]
    kwargs: Dict[str, Any]
    result_path: str


class CannotCall(Exception):
    """The function is not there to be called. The message is for people."""


def read_call(argv: List[str], environ: Dict[str, str]) -> Call:
    """Put a call together from the command line and the environment."""
    programs, file, function = argv
    return Call(
        programs,
        file,
        function,
        read_json(environ["AIOS_ARGS_FILE"], "args", list),
        read_json(environ["AIOS_KWARGS_FILE"], "kwargs", dict),
        environ["AIOS_RESULT"],
    )


def read_json(path: str, what: str, expected: type) -> Any:
    """Read arguments from a file, and refuse what is not of the expected kind."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    try:
        value = json.loads(text)
    except ValueError as error:
        raise CannotCall("{} are not valid JSON: {}".format(what, error)) from None
    if not isinstance(value, expected):
        kind = "array" if expected is list else "object"
        raise CannotCall("{} must be a JSON {}, not {}".format(what, kind, text[:80]))
    return value


def load(call: Call) -> types.ModuleType:
    """Run the file as a fresh module, from its source, under the name an import would give it."""
    relative = os.path.relpath(call.file, call.programs)
    name = os.path.splitext(relative)[0].replace(os.sep, ".")
    package = name.rpartition(".")[0]
    if package:
        __import__(package)
    module = types.ModuleType(name)
    module.__file__ = call.file
    module.__package__ = package
    sys.modules[name] = module
    with open(call.file, "rb") as file:
        source = file.read()
    exec(compile(source, call.file, "exec", dont_inherit=True), module.__dict__)
    return sys.modules.get(name, module)


def find(module: types.ModuleType, call: Call) -> Callable[..., Any]:
    """Get the function, or say which one was probably meant."""
    function = getattr(module, call.function, None)
    if callable(function):
        return function
    if function is not None:
        raise CannotCall("'{}' in {} is a {}, not a function".format(call.function, call.file, type(function).__name__))
    names = [name for name, value in vars(module).items() if callable(value) and not name.startswith("__")]
    near = difflib.get_close_matches(call.function, names, 1)
    hint = " Did you mean '{}'?".format(near[0]) if near else ""
    raise CannotCall("there is no function '{}' in {}.{}".format(call.function, call.file, hint))


def invoke(function: Callable[..., Any], call: Call) -> Any:
    """Call it, and await what it returns if that is a coroutine."""
    value = function(*call.args, **call.kwargs)
    if inspect.iscoroutine(value):
        import asyncio

        return asyncio.run(value)
    return value


def write_whole(path: str, data: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    part = path + ".part"
    with open(part, "wb") as file:
        file.write(data)
    os.replace(part, path)


def keep_result(value: Any, path: str) -> None:
    """Store what the function returned, or say why it cannot be stored."""
    if value is None:
        return
    try:
        data = json.dumps(value, allow_nan=False, ensure_ascii=False).encode("utf-8")
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        text = "the returned value of type {} could not be kept as the result: {}"
        print(text.format(type(value).__name__, error), file=sys.stderr)
        return
    write_whole(path, data)


def fail(reason: str, path: str) -> None:
    """Leave the reason for the run's record: one line."""
    line = " ".join(reason.split())[:REASON_LIMIT]
    write_whole(path + ".reason", line.encode("utf-8", "replace")[:REASON_LIMIT])


def is_ours(frame_file: str) -> bool:
    """Whether a frame is of this file or of the machinery between it and the program."""
    asyncio_folder = os.path.dirname(getattr(sys.modules.get("asyncio"), "__file__", None) or "?")
    return frame_file == __file__ or os.path.dirname(frame_file) == asyncio_folder


def show(error: BaseException) -> None:
    """Print the traceback as the program's author knows it: without our frames."""
    trace = error.__traceback__
    while trace is not None and is_ours(trace.tb_frame.f_code.co_filename):
        trace = trace.tb_next
    traceback.print_exception(type(error), error, trace)


def exit_status(error: SystemExit, path: str) -> int:
    """What sys.exit() means, as the interpreter itself would have it."""
    if error.code is None:
        return 0
    if isinstance(error.code, int):
        return error.code
    print(error.code, file=sys.stderr)
    fail(str(error.code), path)
    return 1


def run(call: Call) -> int:
    """Make the call; the exit status."""
    process = os.getpid()
    try:
        value = invoke(find(load(call), call), call)
    except SystemExit as error:
        return exit_status(error, call.result_path)
    except CannotCall as error:
        print(error, file=sys.stderr)
        fail(str(error), call.result_path)
        return 1
    except BaseException as error:
        show(error)
        fail("".join(traceback.format_exception_only(type(error), error)[-1:]), call.result_path)
        return 1
    # A process that the function forked and let come back is not the one that answers.
    if os.getpid() == process:
        keep_result(value, call.result_path)
    return 0


def main() -> int:
    """Read the call, make the interpreter look as if it had been started for it, and run."""
    try:
        call = read_call(sys.argv[1:], dict(os.environ))
    except CannotCall as error:
        print(error, file=sys.stderr)
        fail(str(error), os.environ["AIOS_RESULT"])
        return 1
    folder = os.path.dirname(os.path.abspath(__file__))
    if sys.path and os.path.abspath(sys.path[0]) == folder:
        del sys.path[0]
    sys.path.insert(0, call.programs)
    sys.argv[:] = [call.file]
    return run(call)


if __name__ == "__main__":
    sys.exit(main())
