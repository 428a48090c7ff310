"""Stays resident with its modules imported, and forks a process for each call.

    serve_functions.py PROGRAMS PRELOAD PADDING

PRELOAD is a list of modules, joined by commas. PADDING is room: a child writes
its own command line over that of this process, and its own variables over the
long value of AIOS_RUN_ID, so that both are seen from outside.

Descriptor 0 is a SOCK_SEQPACKET socket to the daemon. A request is an id with
three descriptors: standard output, standard error and the mailbox, a memory
file with what to call. A child is forked ahead and stands by, since a fork
takes longer than all else; only while requests wait are they forked for one
after another. The child answers it itself ("s ID PID"), as its first
act as the leader of its own session. It is a child of the daemon, not of this
process (CLONE_PARENT), so nobody else need wait for it or tell of its end, and
the end of this process means nothing to it. When nobody holds the socket any
more, no request without an answer will ever be started. "n ID" refuses one.

The first answer is a JSON object ("h {...}"): `unfit` says why nothing can be
forked here, `watch` which files this process holds the content of.

A page of memory that a child writes to is copied, and that is most of what a
child costs; looking at an object counts a reference, which is a write. So what
a child does is little and plain, and whatever can be is done before the fork.

Runs on Python 3.7 and later with nothing but the standard library.
"""

from __future__ import annotations

import _socket as socket
import array
import atexit
import ctypes
import gc
import json
import marshal
import os
import resource
import signal
import sys
import time

import run_function

TYPE_CHECKING = False
if TYPE_CHECKING:
    import types
    from typing import Any

PR_SET_NAME = 15
PR_GET_TID_ADDRESS = 40
CLONE_FLAGS = 0x00008000 | 0x00200000 | 0x01000000  # PARENT, CHILD_CLEARTID, CHILD_SETTID
CLONE_NUMBERS = {"x86_64": 56, "aarch64": 220, "riscv64": 220}
FIRST_FREE_DESCRIPTOR = 10
DESCRIPTORS = 3
SPACE = socket.CMSG_SPACE(DESCRIPTORS * array.array("i").itemsize)
LONGEST_ID = 64
CACHE_ENTRIES = 1000
CACHED_AT_MOST = 150_000
HEADER_LINES = 6
NO_LIMITS = "{}"
REHEARSALS = 20
FLUSH_FAILED = 120
CLOCK_STEP = 10_000  # microseconds by which a file's time may lag behind the clock
NEVER = 1  # a time that no file has
CANNOT_LIMIT = 125


class Unfit(Exception):
    """Nothing can be forked from this process. The message is for people."""


class Forker:
    """Forks children whose parent is the parent of this process.

    os.fork() cannot do that. This is what it does, with one flag more; of the
    C library's own part only the handlers of pthread_atfork(3) are left out,
    which put locks of other threads right: there are none.
    """

    def __init__(self) -> None:
        """Find what the system call needs."""
        library = ctypes.PyDLL(None)
        number = CLONE_NUMBERS.get(os.uname().machine)
        address = ctypes.c_void_p()
        found = library.prctl(PR_GET_TID_ADDRESS, ctypes.byref(address), 0, 0, 0) == 0 and address.value
        if number is None or not found or ctypes.c_int.from_address(address.value or 0).value != os.getpid():
            raise Unfit("this system's C library or kernel ({}) is not one that can be forked from".format(os.uname().machine))
        # Where the C library remembers the thread's id; the two architectures take it in different places.
        self.arguments = (ctypes.c_long(number), ctypes.c_long(CLONE_FLAGS | signal.SIGCHLD), None, None, address, address)
        self.before = ctypes.pythonapi.PyOS_BeforeFork
        self.clone = library.syscall
        self.in_child = ctypes.pythonapi.PyOS_AfterFork_Child
        self.in_parent = ctypes.pythonapi.PyOS_AfterFork_Parent
        self.prctl = library.prctl

    def fork(self) -> int:
        """Return 0 in the child, its id here, and a number below 0 if there can be none."""
        self.before()
        pid: int = self.clone(*self.arguments)
        if pid == 0:
            self.in_child()
        else:
            self.in_parent()
        return pid

    def name(self, text: bytes) -> None:
        """Set what `ps` and `top` show as the name."""
        self.prctl(PR_SET_NAME, text[:15], 0, 0, 0)


class Appearance:
    """The command line and the environment that other processes see of this one: memory that the kernel filled.

    The room for a child's own variables is the value of AIOS_RUN_ID, which is padded with blanks.
    """

    def __init__(self) -> None:
        """Find the memory; where that fails, children look like this process."""
        with open("/proc/self/stat", "rb") as file:
            fields = file.read().rpartition(b")")[2].split()
        self.arguments, arguments_end, environment, environment_end = map(int, fields[45:49])
        self.size = arguments_end - self.arguments
        seen = b"\0" + ctypes.string_at(environment, environment_end - environment) if environment else b""
        at = seen.find(b"\0AIOS_RUN_ID=")
        self.room = environment + at
        self.room_size = seen.find(b"\0", at + 1) - at - 1 if at >= 0 else 0
        self.own = ctypes.string_at(self.arguments, self.size), ctypes.string_at(self.room, self.room_size)

    def become(self, command: bytes, environment: bytes) -> None:
        """Look like another process."""
        ctypes.memmove(self.arguments, command[: self.size - 1].ljust(self.size, b"\0"), self.size)
        ctypes.memmove(self.room, environment[: self.room_size].ljust(self.room_size, b"\0"), self.room_size)

    def restore(self) -> None:
        """Look like the resident again."""
        self.become(*self.own)


class CodeCache:
    """What children compiled, for those that come later. An entry counts only for the very same source."""

    def __init__(self) -> None:
        """Open the way from children to this process."""
        self.entries: dict[str, tuple[bytes, types.CodeType]] = {}
        self.inlet, self.outlet = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.buffer = bytearray(CACHED_AT_MOST)
        self.inlet.setblocking(False)
        self.outlet.setblocking(False)

    def take(self) -> None:
        """Learn what children compiled."""
        try:
            while True:
                size = self.inlet.recv_into(self.buffer)
                path, source, code = marshal.loads(self.buffer[:size])
                if len(self.entries) >= CACHE_ENTRIES:
                    self.entries.clear()
                self.entries[path] = source, code
        except (OSError, EOFError, ValueError, TypeError):
            # Nothing more is there, or a child was ended in the middle of its word.
            return

    def compile(self, path: str, source: bytes) -> types.CodeType:
        """Compile in a child, unless that was done before."""
        known, code = self.entries.get(path, (b"", None))
        if known == source and code is not None:
            return code
        code = compile(source, path, "exec", dont_inherit=True)
        entry = marshal.dumps((path, source, code))
        if len(entry) <= CACHED_AT_MOST:
            try:
                self.outlet.send(entry)
            except OSError:
                # Nobody has taken what others sent, for now.
                pass
        return code

    def close(self) -> None:
        """Leave nothing open to the program."""
        self.inlet.close()
        self.outlet.close()


class Mailbox(run_function.Outcome):
    """A memory file: the request, and then the outcome in its place."""

    def __init__(self, descriptor: int) -> None:
        """Read the request."""
        self.descriptor = descriptor
        status = os.fstat(descriptor)
        self.inode = status.st_ino
        head, self.args, self.kwargs = os.pread(descriptor, status.st_size, 0).split(b"\0\0", 2)
        header = head.split(b"\0", HEADER_LINES)
        self.environment = header.pop()
        self.programs, self.file, self.function, self.folder, self.limits, self.stamp = map(os.fsdecode, header)

    def result(self, data: bytes) -> None:
        """Keep what the function returned."""
        if not self.put(b"R", data):
            run_function.Outcome(os.environ["AIOS_RESULT"]).result(data)

    def reason(self, line: bytes) -> None:
        """Keep why it failed."""
        if not self.put(b"F", line):
            run_function.Outcome(os.environ["AIOS_RESULT"]).reason(line)

    def put(self, kind: bytes, data: bytes) -> bool:
        """Write the outcome, its first byte last. False: the program closed the mailbox, perhaps for a file of its own."""
        try:
            if os.fstat(self.descriptor).st_ino != self.inode:
                return False
        except OSError:
            return False
        os.ftruncate(self.descriptor, 0)
        rest = memoryview(data)
        while rest:
            rest = rest[os.pwrite(self.descriptor, rest, 1 + len(data) - len(rest)) :]
        os.pwrite(self.descriptor, kind, 0)
        return True


class CachedCall(run_function.Call):
    """A call whose program may have been compiled before."""

    def __init__(self, mailbox: Mailbox, cache: CodeCache) -> None:
        """Take it from the mailbox."""
        super().__init__(mailbox.programs, mailbox.file, mailbox.function, mailbox.args.decode(), mailbox.kwargs.decode())
        self.cache = cache

    def compile(self, source: bytes) -> types.CodeType:
        """Compile, or take what was compiled."""
        try:
            return self.cache.compile(self.file, source)
        finally:
            self.cache.close()


class Request:
    """An id, and what its run writes to and is called by. Without an id it says that none will ever come."""

    def __init__(self, text: bytes, descriptors: list[int]) -> None:
        """Take it."""
        self.text = text
        self.descriptors = descriptors

    def send(self, control: socket.socket) -> bool:
        """Tell whether somebody is there who takes it."""
        if len(self.descriptors) != DESCRIPTORS:
            return False
        rights = array.array("i", self.descriptors)
        try:
            control.sendmsg((self.text,), ((socket.SOL_SOCKET, socket.SCM_RIGHTS, rights),))
            return True
        except OSError:
            return False

    def close(self) -> None:
        """Leave it to whom it was given."""
        for descriptor in self.descriptors:
            os.close(descriptor)


class Server:
    """The resident, and, after a fork, its child."""

    def __init__(self, programs: str, control: socket.socket) -> None:
        """Take the socket to the daemon."""
        self.programs = programs
        self.socket = control
        self.cache = CodeCache()

    def prepare(self, modules: list[str]) -> None:
        """Get ready to fork, and import what children shall find imported."""
        self.began = time.time_ns() // 1_000
        self.appearance = Appearance()
        self.forker = Forker()
        run_function.leave_own_folder(self.programs)
        run_function.preload(modules)
        threads = len(os.listdir("/proc/self/task")) - 1
        if threads:
            text = "the modules in `preload` leave {} running, and a process with threads cannot be forked safely"
            raise Unfit(text.format("a thread" if threads == 1 else "{} threads".format(threads)))
        # Children look at the folder of programs anew, and have the main module that a fresh interpreter has.
        sys.path_importer_cache.pop(self.programs, None)
        main = sys.modules["__main__"] = run_function
        main.__name__, main.__spec__ = "__main__", None

    def serve(self) -> Mailbox | None:
        """Fork for each request. Returns in a child, or, with None, when the daemon has closed the socket."""
        while True:
            request = receive(self.socket, socket.MSG_DONTWAIT)
            if request is None:
                # There is time to fork for the next one, so that it finds its process waiting.
                ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
                if self.fork() == 0:
                    ours.close()
                    return self.stand_by(theirs)
                theirs.close()
                request = receive(self.socket)
                is_taken = request.send(ours)
                ours.close()
                if is_taken:
                    request.close()
                    continue
            if not request.text:
                return None
            pid = self.fork() if len(request.descriptors) == DESCRIPTORS else -1
            if pid == 0:
                return self.begin(request)
            request.close()
            if pid < 0:
                self.socket.send(b"n " + request.text)

    def fork(self) -> int:
        """Fork with what children have compiled so far; as Forker.fork()."""
        self.cache.take()
        return self.forker.fork()

    def stand_by(self, control: socket.socket) -> Mailbox:
        """Wait in a child for its request. The end of the resident is its own."""
        request = receive(control)
        control.close()
        if not request.text:
            os._exit(0)
        return self.begin(request)

    def begin(self, request: Request) -> Mailbox:
        """Become the process of the run, and tell so."""
        output, error, descriptor = request.descriptors
        try:
            os.setsid()
            self.socket.send(b"s %b %d" % (request.text, os.getpid()))
        except PermissionError:
            # It leads one: this is but a rehearsal.
            self.socket.send(b"rehearsed")
        except OSError:
            # The daemon is gone: nobody would write down what is done here.
            os._exit(1)
        self.socket.close()
        os.dup2(output, 1)
        os.dup2(error, 2)
        os.close(output)
        os.close(error)
        gc.enable()
        mailbox = Mailbox(descriptor)
        leave_stamp(mailbox.stamp)
        if mailbox.limits != NO_LIMITS:
            limit(json.loads(mailbox.limits))
        self.dress(mailbox)
        return mailbox

    def call(self, mailbox: Mailbox) -> CachedCall:
        """Put the call together."""
        folder = mailbox.folder
        try:
            os.chdir(folder)
        except OSError as error:
            raise run_function.CannotCall("the working directory {} cannot be entered: {}; create it, or correct the job's `workdir`".format(folder, error.strerror)) from None
        numpy_random = sys.modules.get("numpy.random")
        if numpy_random is not None:
            numpy_random.seed()
        return CachedCall(mailbox, self.cache)

    def dress(self, mailbox: Mailbox) -> None:
        """Look like a process that was started for this call: to the program, and to other processes."""
        variables = os.environb
        for entry in mailbox.environment.split(b"\0"):
            name, is_set, value = entry.partition(b"=")
            if is_set:
                variables[name] = value
            else:
                variables.pop(name, None)
        sys.argv[:] = [mailbox.file]
        self.forker.name(variables[b"AIOS_JOB"])
        command = "\0".join((sys.executable, "-B", run_function.__file__, mailbox.programs, mailbox.file, mailbox.function))
        self.appearance.become(os.fsencode(command), mailbox.environment)

    def watched(self) -> list[tuple[str, int]]:
        """List the files that a change of would make this process stale, with their times.

        One that was changed since the first import may have been read before: it has a time that it never had.
        """
        files = {getattr(module, "__file__", None) for module in list(sys.modules.values())}
        standard = os.path.dirname(os.__file__)
        packages = [path for path in sys.path if os.path.basename(path) in ("site-packages", "dist-packages")]
        own = [path for path in files if path and path not in (__file__, run_function.__file__) and not path.startswith((standard + os.sep, *packages))]
        since = self.began - CLOCK_STEP
        times = [(path, modified(path)) for path in with_targets(own)]
        read = [(path, NEVER if at >= since else at) for path, at in times]
        return read + [(path, modified(path)) for path in with_targets([sys.executable, *packages])]


def receive(control: socket.socket, flags: int = 0) -> Any:
    """Take a request; None, if none is there and it shall not be waited for."""
    try:
        text, ancillary, _, _ = control.recvmsg(LONGEST_ID, SPACE, flags)
    except BlockingIOError:
        return None
    except ConnectionResetError:
        return Request(b"", [])
    descriptors = array.array("i")
    for _, _, data in ancillary:
        descriptors.frombytes(data[: len(data) - len(data) % descriptors.itemsize])
    return Request(text, list(descriptors))


def with_targets(paths: list[str]) -> list[str]:
    """Add what links lead to."""
    return sorted({*paths, *map(os.path.realpath, paths)})


def modified(path: str) -> int:
    """Tell when a file or link was changed, in microseconds since 1970; 0 if it is gone."""
    try:
        return os.lstat(path).st_mtime_ns // 1_000
    except OSError:
        return 0


def take_socket() -> socket.socket:
    """Move the socket away from standard input, and leave that empty."""
    import fcntl

    descriptor = fcntl.fcntl(0, fcntl.F_DUPFD_CLOEXEC, FIRST_FREE_DESCRIPTOR)
    empty = os.open(os.devnull, os.O_RDONLY)
    os.dup2(empty, 0)
    os.close(empty)
    return socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET, fileno=descriptor)


def leave_stamp(path: str) -> None:
    """Make the file that tells of this run's start, also when the daemon is dead. Where it cannot be made the run goes on without."""
    if path:
        try:
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, 0o600))
        except OSError:
            pass


def limit(limits: dict[str, Any]) -> None:
    """Bind this process before the program begins, so that nothing it starts escapes."""
    try:
        for path in limits.get("cgroups") or ():
            with open(path, "w") as file:
                file.write("0")
        if "nice" in limits:
            os.nice(limits["nice"])
        if "files" in limits:
            resource.setrlimit(resource.RLIMIT_NOFILE, (limits["files"], limits["files"]))
        if "cpu" in limits:
            resource.setrlimit(resource.RLIMIT_CPU, (limits["cpu"], limits["cpu_hard"]))
    except (OSError, ValueError) as error:
        print("aios: the limits of this run could not be set: {}".format(error), file=sys.stderr, flush=True)
        os._exit(CANNOT_LIMIT)


def new_modules(known: set[str]) -> list[str]:
    """Find the modules that were imported since. Only they are touched: memory that is left alone is never copied."""
    if sys.version_info < (3, 8):
        return [name for name in sys.modules if name not in known]
    new = []
    for name in reversed(sys.modules):
        if name in known and len(sys.modules) - len(new) <= len(known):
            break
        if name not in known:
            new.append(name)
    return new


def forget(modules: set[str]) -> None:
    """Drop what the program's modules hold, so that finalizers run, and flush what was printed."""
    for name in new_modules(modules):
        sys.modules.pop(name, None)
    gc.collect()


def end(status: int, modules: set[str], descriptors: int) -> int:
    """End as an interpreter does, but without taking apart what the program did not bring along.

    Threads are joined, exit handlers run, and what the program's modules hold is
    dropped. If a file is still open, only the interpreter itself knows in which
    order to close it: then the status is returned to it.
    """
    if status:
        run_function.give_up(status)
    threading = sys.modules.get("threading")
    if threading is not None:
        threading._shutdown()
    atexit._run_exitfuncs()
    if open_descriptors() > descriptors:
        if threading is not None:
            threading._shutdown = lambda: None
        return status
    forget(modules)
    if not run_function.flush(sys.stdout):
        status = status or FLUSH_FAILED
    run_function.flush(sys.stderr)
    os._exit(status & 0xFF)


def rehearse(server: Server, modules: set[str]) -> None:
    """Do in this process what children will do, and leave no trace.

    What Python and the C library set up at the first times that something is done (caches, specialized bytecode, bound
    symbols) is then there before the fork.
    """
    if not hasattr(os, "memfd_create"):
        return
    arguments = sys.argv[:]
    with open("/proc/self/comm") as file:
        name = file.read().strip()
    program = os.memfd_create("program")
    os.write(program, b"def main():\n    return 1\n")
    folder = "/proc/self/fd"
    header = "\0".join((folder, "{}/{}".format(folder, program), "main", os.getcwd(), NO_LIMITS, os.devnull))
    environment = "\0".join(("AIOS_RUN_ID=" + os.environ["AIOS_RUN_ID"].strip(), "AIOS_JOB=" + name, "AIOS_RESULT=" + os.devnull))
    for _ in range(REHEARSALS):
        descriptor = os.memfd_create("mailbox")
        os.write(descriptor, (header + "\0" + environment + "\0\0[]\0\0{}").encode())
        listener, control = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        actor = Server(server.programs, control)
        actor.appearance, actor.forker = server.appearance, server.forker
        mailbox = actor.begin(Request(b"0", [os.dup(1), os.dup(2), descriptor]))
        run_function.run(lambda: actor.call(mailbox), mailbox)
        forget(modules)
        listener.close()
        os.close(descriptor)
    os.close(program)
    os.environ.pop("AIOS_JOB")
    os.environ.pop("AIOS_RESULT")
    server.appearance.restore()
    sys.argv[:] = arguments


def open_descriptors() -> int:
    """Count them, with the one that the count takes."""
    return len(os.listdir("/proc/self/fd"))


def first_answer(server: Server, modules: list[str]) -> dict[str, Any]:
    """Get the server ready, and say whether it is."""
    try:
        server.prepare(modules)
        rehearse(server, set(sys.modules))
        return {"watch": server.watched()}
    except Unfit as error:
        return {"unfit": str(error)}
    except BaseException as error:
        return {"unfit": "a module in `preload` cannot be imported ({}: {})".format(type(error).__name__, error)}


def main() -> int:
    """Serve until the daemon closes the socket; in a child, make its call."""
    programs, names = sys.argv[1:3]
    server = Server(programs, take_socket())
    answer = first_answer(server, [name for name in names.split(",") if name])
    server.socket.send(b"h " + json.dumps(answer).encode())
    gc.collect()
    gc.freeze()
    gc.disable()
    modules = set(sys.modules)
    descriptors = open_descriptors() - len(("socket", "inlet", "outlet")) + len(("mailbox",))
    mailbox = server.serve()
    if mailbox is None:
        return 0
    status = run_function.run(lambda: server.call(mailbox), mailbox)
    return end(status, modules, descriptors)


if __name__ == "__main__":
    sys.exit(main())
