"""A small public archive, as git keeps one: each recorded version is a commit."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class GitArchive:
    """A repository in which texts are recorded, each on its day of January 2024."""

    def __init__(self, folder: Path) -> None:
        """Make an empty one."""
        self.folder = folder
        self.commits: list[str] = []
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main", "--template=")

    def copy(self, folder: Path) -> GitArchive:
        """The same archive elsewhere; git takes longer to make one."""
        shutil.copytree(self.folder, folder)
        made = object.__new__(GitArchive)
        made.folder, made.commits = folder, list(self.commits)
        return made

    def git(self, *words: str, day: int = 1) -> str:
        """Run git in it, as if on that day, without what the user has configured."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        moment = f"2024-01-{day:02}T12:00:00+00:00"
        environment = {
            **kept,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
            "GIT_AUTHOR_NAME": "Recorder",
            "GIT_AUTHOR_EMAIL": "recorder@example.org",
            "GIT_AUTHOR_DATE": moment,
            "GIT_COMMITTER_NAME": "Recorder",
            "GIT_COMMITTER_EMAIL": "recorder@example.org",
            "GIT_COMMITTER_DATE": moment,
        }
        done = subprocess.run(  # noqa: S603 - our own words
            ["git", *words],  # noqa: S607 - whichever git there is
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def record(self, path: str, text: str | bytes, *, day: int) -> str:
        """Record a text, and give the number of its commit."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return self.commit(f"Record new changes of {path}", day=day)

    def commit(self, message: str, *, day: int) -> str:
        """Record whatever changed."""
        self.git("add", "-A", day=day)
        self.git("-c", "commit.gpgSign=false", "commit", "-q", "-m", message, day=day)
        self.commits.append(self.git("rev-parse", "HEAD"))
        return self.commits[-1]
