"""Start one process, wait for it, and print what it cost. It imports next to nothing.

    python -I -S benchmarks/launch.py OUT SECONDS PROGRAM ARGUMENT...

Linux counts what the parent held at the start of a child into the most that the child has held.
So the parent has to be smaller than whatever it starts: this is it. What the process prints goes
to the file OUT; one that takes more than SECONDS of CPU time is ended (0: none is).
"""

import os
import resource
import sys
from time import perf_counter, sleep

EVERY = 0.1
"""Seconds between two looks at what several processes hold together."""


def main() -> None:
    """Print CPU seconds, seconds, megabytes and the exit code."""
    out, seconds, *arguments = sys.argv[1:]
    if int(seconds):
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1))
    start = perf_counter()
    child = os.posix_spawn(
        arguments[0],
        arguments,
        os.environ,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 1, out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ],
    )
    together = 0
    ended, status, used = os.wait4(child, os.WNOHANG)
    while not ended:
        sleep(EVERY / 10 if perf_counter() - start < 1 else EVERY)
        together = max(together, held_together(child))
        ended, status, used = os.wait4(child, os.WNOHANG)
    wall = perf_counter() - start
    code = os.waitstatus_to_exitcode(status)
    most = max(used.ru_maxrss, together)
    print(used.ru_utime + used.ru_stime, wall, most / 1024, code)


def held_together(process: int) -> int:
    """The kilobytes that a process and its children hold, what they share counted once.

    Nothing where it has no children: then the system knows the most it held better than we do.
    """
    children = words(f"/proc/{process}/task/{process}/children")
    return sum(map(held, (str(process), *children))) if children else 0


def held(process: str) -> int:
    """The kilobytes of a process, of what it shares its share."""
    found = words(f"/proc/{process}/smaps_rollup")
    return int(found[found.index("Pss:") + 1]) if "Pss:" in found else 0


def words(path: str) -> list[str]:
    """What a file of the system says; nothing where the process has ended meanwhile."""
    try:
        with open(path, encoding="ascii", errors="replace") as file:  # noqa: PTH123 - small
            return file.read().split()
    except OSError:
        return []


main()
