"""Texts are read out of public archives: plain git, at the very commit that is named, offline.

An archive is a folder of git clones, as Open Terms Archive's collections are cloned:
`DIR/<owner>/<name>` or `DIR/<name>`, bare or not. A clone is a stranger's: only commands that run
nothing of its configuration are used, nothing is fetched, and what replaces objects is left aside.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Final

from termsgate.reading.decode import written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType
    from typing import Self

TOO_MANY_BYTES: Final = 5_000_001
"""No terms are so long: of what is larger, nothing more is read."""
_PATIENCE: Final = 300
"""Seconds that git may take to walk through a history."""
_BLOCK: Final = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAtHand:
    """Something is not there to be read, which says nothing about what it says."""

    why: str
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One recorded version of a text: the commit that changed it, and when (UTC)."""

    commit: str
    at: datetime


class Archives:
    """A folder of clones. Each clone is opened once, when it is first asked for."""

    def __init__(self, root: Path) -> None:
        """Take a folder, whether it is there or not."""
        self.root = root
        self._open: dict[str, Clone | NotAtHand] = {}

    def __enter__(self) -> Self:
        """Open nothing yet."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End every process that reads."""
        for clone in self._open.values():
            if isinstance(clone, Clone):
                clone.close()
        self._open.clear()

    def clone(self, collection: str) -> Clone | NotAtHand:
        """The clone of a collection."""
        if collection not in self._open:
            self._open[collection] = self._opened(collection)
        return self._open[collection]

    def read(self, collection: str, path: str, commit: str) -> bytes | NotAtHand:
        """What stood at a path in that very commit."""
        clone = self.clone(collection)
        return clone if isinstance(clone, NotAtHand) else clone.read(commit, path)

    def _opened(self, collection: str) -> Clone | NotAtHand:
        folder = self._folder(collection)
        if isinstance(folder, NotAtHand):
            return folder
        git = shutil.which("git")
        if git is None:
            return NotAtHand(why="git is not installed", help="install git, which reads archives")
        return _checked(Clone(folder=folder, git=git), collection)

    def _folder(self, collection: str) -> Path | NotAtHand:
        if not written.is_collection(collection):
            advice = "write it as `owner/name`"
            return NotAtHand(why=f"`{collection}` is no name of a collection", help=advice)
        if not self.root.is_dir():
            advice = "name the folder that holds the clones of the collections"
            return NotAtHand(why="there is no folder of archives", help=advice)
        name = collection.rpartition("/")[2]
        places = [collection, f"{collection}.git", name, f"{name}.git"]
        for place in places:
            if (self.root / place).is_dir():
                return (self.root / place).resolve()
        return NotAtHand(why=f"there is no clone of `{collection}`", help=self._how(collection))

    def _how(self, collection: str) -> str:
        if (self.root / ".git").exists() or (self.root / "objects").is_dir():
            return "this folder is itself a clone: name the folder that holds it"
        return f"clone it to `{collection}` in the folder of archives"


def _checked(clone: Clone, collection: str) -> Clone | NotAtHand:
    """The clone, if git reads it: one that belongs to somebody else it does not."""
    reason = clone.refusal()
    if reason is None:
        return clone
    advice = "clone it anew"
    if "dubious ownership" in reason:
        advice = (
            "it belongs to another user; say that you trust it with `git config safe.directory`"
        )
    return NotAtHand(why=f"git does not read the clone of `{collection}`: {reason}", help=advice)


@dataclass(slots=True, kw_only=True)
class Clone:
    """One collection. All texts asked for are read by one process of git, one after the other."""

    folder: Path
    git: str
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def read(self, commit: str, path: str) -> bytes | NotAtHand:
        """What stood at a path in that very commit."""
        if not written.is_commit(commit):
            advice = "write the commit's own number, which no branch or tag can move"
            return NotAtHand(why=f"`{commit}` is no number of a commit", help=advice)
        if not _is_plain(path):
            return NotAtHand(why=f"`{path}` is no path in a commit", help="write it from the root")
        whole = self._ask(f"{commit}^{{commit}}")
        if isinstance(whole, NotAtHand):
            return whole
        if whole is None:
            advice = "fetch the clone whole: without `--depth` and `--filter`"
            return NotAtHand(why=f"the clone has no commit `{commit[:12]}`", help=advice)
        found = self._ask(f"{commit}:{path}")
        if isinstance(found, NotAtHand):
            return found
        if found is None:
            advice = "look at the path with `git ls-tree`, or fetch the clone whole"
            return NotAtHand(why=f"commit `{commit[:12]}` has no `{path}`", help=advice)
        if found[0] != "blob":
            return NotAtHand(why=f"`{path}` is a folder in that commit", help="name a file in it")
        return found[1]

    def versions_of(self, path: str) -> tuple[Recorded, ...] | NotAtHand:
        """Every commit up to the one checked out that changed the text, the oldest first."""
        if not _is_plain(path):
            return NotAtHand(why=f"`{path}` is no path in a commit", help="write it from the root")
        words = ("rev-list", "--reverse", "--timestamp", "HEAD", "--", path)
        done = self._run(*words)
        if isinstance(done, NotAtHand):
            return done
        pairs = [line.split() for line in done.splitlines()]
        found = tuple(
            Recorded(commit=commit, at=datetime.fromtimestamp(int(second), UTC))
            for second, commit in pairs
        )
        if not found:
            return NotAtHand(why=f"no commit has `{path}`", help="look at the names in the clone")
        return found

    def texts_of(self, path: str) -> Iterator[tuple[Recorded, bytes | NotAtHand]]:
        """Every recorded version with its text, the oldest first; one may have taken it away."""
        versions = self.versions_of(path)
        if isinstance(versions, NotAtHand):
            return
        for one in versions:
            yield one, self.read(one.commit, path)

    def refusal(self) -> str | None:
        """Why git does not read the clone, in its own words, or nothing."""
        done = self._run("rev-parse", "--git-dir")
        return done.why if isinstance(done, NotAtHand) else None

    def close(self) -> None:
        """End the process that reads."""
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in filter(None, (process.stdin, process.stdout)):
            # What could not be written any more is lost on a process that has ended.
            with suppress(OSError):
                pipe.close()
        process.wait()

    # --- git ------------------------------------------------------------------------------------

    def _run(self, *words: str) -> str | NotAtHand:
        """What a command prints, or what it says instead."""
        try:
            done = subprocess.run(  # noqa: S603 - our own words, and no shell
                [self.git, *words],
                cwd=self.folder,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_PATIENCE,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return NotAtHand(why=f"git did not end well: {error}", help="try it by hand")
        if done.returncode:
            lines = done.stderr.decode("utf-8", "replace").splitlines() or ["it says nothing"]
            reason = lines[0].removeprefix("fatal: ")
            return NotAtHand(why=reason, help="try it by hand")
        return done.stdout.decode("utf-8", "replace")

    def _ask(self, name: str) -> tuple[str, bytes] | NotAtHand | None:
        """The kind and the bytes of an object, if the clone has it."""
        process = self._reader()
        if process is None or process.stdin is None or process.stdout is None:
            return NotAtHand(why="git cannot be run", help="try it by hand")
        try:
            process.stdin.write(name.encode("utf-8", "surrogateescape") + b"\n")
            process.stdin.flush()
            return _answer(process.stdout)
        except (OSError, ValueError) as error:
            self.close()
            return NotAtHand(why=f"git ended while it read: {error}", help="try it by hand")

    def _reader(self) -> subprocess.Popen[bytes] | None:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own words, and no shell
                [self.git, "cat-file", "--batch"],
                cwd=self.folder,
                env=self._environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError:
            return None
        return self._process

    def _environment(self) -> dict[str, str]:
        """What keeps git in this clone, off the network and without a question.

        A hook that runs us names its own repository in the environment: that goes. Settings of
        the user's stay, for `safe.directory` is one.
        """
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("GIT_") or name.startswith(("GIT_CONFIG_", "GIT_EXEC_PATH"))
        }
        return {
            **kept,
            "GIT_ALLOW_PROTOCOL": "none",
            "GIT_CEILING_DIRECTORIES": str(self.folder.parent),
            "GIT_GRAFT_FILE": os.devnull,
            "GIT_LITERAL_PATHSPECS": "1",
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_NO_REPLACE_OBJECTS": "1",
            "GIT_OPTIONAL_LOCKS": "0",
            "GIT_TERMINAL_PROMPT": "0",
            "LC_ALL": "C",
        }


def _answer(pipe: IO[bytes]) -> tuple[str, bytes] | None:
    """What `git cat-file --batch` answers to one name; nothing where there is no such object."""
    head = pipe.readline().rstrip(b"\n").rsplit(b" ", 2)
    if head == [b""]:
        raise ValueError("it gave no answer")
    if len(head) != 3 or not head[2].isdigit():  # noqa: PLR2004 - number, kind, size
        return None
    size = int(head[2])
    data = pipe.read(min(size, TOO_MANY_BYTES))
    left = size - len(data)
    while left > 0:
        left -= len(pipe.read(min(left, _BLOCK))) or _cut_off()
    pipe.read(1)
    return head[1].decode(), data


def _cut_off() -> int:
    raise ValueError("its answer is cut off")


def _is_plain(path: str) -> bool:
    """Whether git takes it for a path from the root of a commit, and for one line."""
    parts = path.split("/")
    return all(part not in ("", ".", "..") for part in parts) and path.isprintable()
