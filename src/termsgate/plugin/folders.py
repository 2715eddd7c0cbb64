"""The folder of fixtures, collected from what was read: no directory is walked a second time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from termsgate.core.evidence import anchors
from termsgate.plugin.items import DESK, TermsFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from termsgate.running.desk import Desk


class Tree(dict[str, "Tree"]):
    """Names in a folder, and what lies below each; a file has nothing below."""

    tests = False
    """Whether there is anything to test in it."""

    def add(self, path: str, *, tests: bool) -> None:
        """Grow the branch that a path names."""
        branch = self
        for name in path.split("/"):
            branch = branch.setdefault(name, Tree())
            branch.tests |= tests


def fixtures_tree(desk: Desk) -> Tree:
    """The files of fixtures that were read, by folder."""
    if desk.roll.unread:  # a file that nobody read would have no tests
        raise LookupError(desk.roll.unread)
    tree, docket = Tree(), desk.docket
    for vendor in docket.project.vendors:
        if not docket.is_here(vendor.id):
            continue
        tree.add(vendor.place.path, tests=docket.default is not None)
        for version in vendor.versions:
            tests = bool(anchors(version)) or docket.owes_review(version)
            tree.add(version.place.path, tests=tests)
    return tree.get("fixtures", Tree())


class Folder(pytest.Directory):
    """A folder whose files were read."""

    below: Tree | None = None

    @property
    def tests(self) -> Tree:
        """What is in it; of the folder of fixtures known where it is looked into."""
        if self.below is None:
            self.below = fixtures_tree(self.config.stash[DESK])
        return self.below

    def collect(self) -> Iterator[pytest.Collector]:
        """What is in it and has tests or was asked for by name, but for what is to be left out."""
        for name, below in sorted(self.tests.items()):
            path = self.path / name
            if self._wanted(path, below):
                yield self._child(path, below)

    def _child(self, path: Path, below: Tree) -> pytest.Collector:
        if not below:
            return TermsFile.from_parent(self, path=path)
        folder = Folder.from_parent(self, path=path)
        folder.below = below
        return folder

    def _wanted(self, path: Path, below: Tree) -> bool:
        if self.session.isinitpath(path, with_parents=True):
            return True
        ignore = self.ihook.pytest_ignore_collect
        return below.tests and not ignore(collection_path=path, config=self.config)
