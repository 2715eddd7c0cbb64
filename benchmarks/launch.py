"""Start one process, wait for it, and print what it cost. It imports next to nothing.

    python -I -S benchmarks/launch.py OUT SECONDS PROGRAM ARGUMENT...

Linux counts what the parent held at the start of a child into the most that the child has held.
So the parent has to be smaller than whatever it starts: this is it. What the process prints goes
to the file OUT; one that takes more than SECONDS of CPU time is ended (0: none is).
"""

import os
import resource
import sys
from time import perf_counter


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
    _, status, used = os.wait4(child, 0)
    wall = perf_counter() - start
    code = os.waitstatus_to_exitcode(status)
    print(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024, code)


main()
