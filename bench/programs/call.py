"""Calls a Python function that does nothing so many times, so many at once: call.py COUNT PARALLEL

It plays the daemon to AIOS's own serve_functions.py: each call has a process of its own, but nothing is queued and nothing
recorded. So it is what such calls cost before the first line of the daemon runs. Prints runs a second and CPU seconds for a run.
"""

import array
import os
import pathlib
import resource
import socket
import subprocess
import sys
import tempfile
import time

SERVER = pathlib.Path(__file__).parents[2] / "src" / "Running" / "Python" / "serve_functions.py"
ROOM = " " * 2000


def cpu(resident: int) -> float:
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    fields = pathlib.Path(f"/proc/{resident}/stat").read_text().rpartition(")")[2].split()
    return ended.ru_utime + ended.ru_stime + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def request(control: socket.socket, number: int, programs: str) -> None:
    """Standard output, standard error, and a memory file that says what to call; see Mailbox.cs."""
    header = "\0".join((programs, f"{programs}/nothing.py", "nothing", programs, "{}"))
    environment = "\0".join((f"AIOS_RUN_ID={number}", "AIOS_JOB=nothing", f"AIOS_RESULT={os.devnull}"))
    mailbox = os.memfd_create("mailbox")
    os.write(mailbox, f"{header}\0{environment}\0\0[]\0\0{{}}".encode())
    rights = array.array("i", [1, 2, mailbox])
    control.sendmsg([b"%d" % number], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])
    os.close(mailbox)


def burst(control: socket.socket, programs: str, total: int, most: int) -> None:
    sent = running = 0
    while sent < total or running:
        while sent < total and running < most:
            sent, running = sent + 1, running + 1
            request(control, sent, programs)
        # Each says that it begins before it ends.
        control.recv(100)
        os.wait()
        running -= 1


def main() -> None:
    total, most = int(sys.argv[1]), int(sys.argv[2])
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with tempfile.TemporaryDirectory() as programs, ours:
        pathlib.Path(programs, "nothing.py").write_text("def nothing():\n    pass\n")
        command = [sys.executable, "-B", str(SERVER), programs, "", ROOM]
        resident = subprocess.Popen(command, stdin=theirs, env={**os.environ, "AIOS_RUN_ID": "0" + ROOM})
        theirs.close()
        if not ours.recv(1 << 20).startswith(b"h "):
            sys.exit("serve_functions.py does not answer")
        burst(ours, programs, 50, most)
        used, began = cpu(resident.pid), time.perf_counter()
        burst(ours, programs, total, most)
        print(total / (time.perf_counter() - began), (cpu(resident.pid) - used) / total)
        ours.close()
        resident.wait()


if __name__ == "__main__":
    main()
