"""The folder of fixtures, collected from what was read: no directory is walked a second time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from termsgate.core.model import Vendor
from termsgate.plugin.docket import EVERYTHING, quoted
from termsgate.plugin.items import TermsFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from termsgate.plugin.docket import Docket
    from termsgate.plugin.marks import Marks


class Folder(pytest.Directory):
    """A folder that holds files with tests, somewhere below."""

    def __init__(self, *, tests: Tree, docket: Docket, marks: Marks, **of: Any) -> None:
        super().__init__(**of)
        self.tests = tests
        self.docket = docket
        self.marks = marks

    def collect(self) -> Iterator[pytest.Collector]:
        """The folders and files in it that have something to test or that were asked for by name."""
        for name, below in sorted(self.tests.items()):
            path = self.path / name
            if not self._ignored(path):
                yield self._child(path, below)

    def _child(self, path: Path, below: Tree) -> pytest.Collector:
        if below:
            return Folder.from_parent(
                self, path=path, tests=below, docket=self.docket, marks=self.marks
            )
        return TermsFile.from_parent(self, path=path, docket=self.docket, marks=self.marks)

    def _ignored(self, path: Path) -> bool:
        """Whether the user told pytest to leave it out, as for any other folder."""
        if self.session.isinitpath(path, with_parents=True):
            return False
        ignore = self.ihook.pytest_ignore_collect
        return bool(ignore(collection_path=path, config=self.config))


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
    for vendor in docket.project.vendors:
        for said in (vendor, *vendor.versions):
            tree.add(said.place.path)
    return tree.get("fixtures", Tree())
