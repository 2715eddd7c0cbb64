"""The folder of fixtures, collected from what was read: no directory is walked a second time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from termsgate.plugin.items import TermsFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from termsgate.core.docket import Docket


class Tree(dict[str, "Tree"]):
    """Names in a folder, and what lies below each; a file has nothing below."""

    def add(self, path: str) -> None:
        """Grow the branch that a path names."""
        branch = self
        for name in path.split("/"):
            branch = branch.setdefault(name, Tree())


def fixtures_tree(docket: Docket) -> Tree:
    """The files of fixtures that were read, by folder."""
    tree = Tree()
    for path in docket.fixture_paths():
        tree.add(path)
    return tree.get("fixtures", Tree())


class Folder(pytest.Directory):
    """A folder whose files were read."""

    tests: Tree

    def collect(self) -> Iterator[pytest.Collector]:
        """The folders and files in it that the user did not tell pytest to leave out."""
        for name, below in sorted(self.tests.items()):
            path = self.path / name
            if not self._ignored(path):
                yield self._child(path, below)

    def _child(self, path: Path, below: Tree) -> pytest.Collector:
        if not below:
            return TermsFile.from_parent(self, path=path)
        folder = Folder.from_parent(self, path=path)
        folder.tests = below
        return folder

    def _ignored(self, path: Path) -> bool:
        if self.session.isinitpath(path, with_parents=True):
            return False
        ignore = self.ihook.pytest_ignore_collect
        return bool(ignore(collection_path=path, config=self.config))
