"""A project is read: every file decoded, every problem of every file collected."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from termsgate.core.model import Check, Policy, Project, Vendor, Version
from termsgate.core.problem import Problem, Weight
from termsgate.reading import folders, lint, yamltree
from termsgate.reading.decode import check as checks
from termsgate.reading.decode import policy as policies
from termsgate.reading.decode import vendor as vendors
from termsgate.reading.decode import version as versions
from termsgate.reading.decode import vocabulary as words
from termsgate.reading.decode import written
from termsgate.reading.decode.page import NO_DAY, Page
from termsgate.reading.packs import PACK, builtin_packs, data_folder, pack_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date
    from typing import TypeVar

    from termsgate.core.model import InputFile
    from termsgate.core.vocabulary import Vocabulary
    from termsgate.reading.decode.page import Mention
    from termsgate.reading.folders import Disk, Folders, VendorFolder
    from termsgate.reading.yamltree import Node

    Read = TypeVar("Read")


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A project free of errors, or none, and every problem in the order of the files."""

    project: Project | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a project has whoever its vendors are; `vendors` are the names of their folders.

    `packs` are the built-in policies that a check names. The checks name vendors and policies by
    the globs in their files.
    """

    root: Path
    vocabulary: Vocabulary
    policies: tuple[Policy, ...]
    packs: tuple[Policy, ...]
    checks: tuple[Check, ...]
    vendors: tuple[str, ...]
    inputs: tuple[InputFile, ...]
    problems: tuple[Problem, ...]
    mentions: tuple[Mention, ...]

    @property
    def is_faulty(self) -> bool:
        """Whether anything is wrong with it that nobody passes over."""
        return any(each.weight is Weight.ERROR for each in self.problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadVendor:
    """One vendor as its folder has it, or none, and what was wrong with the files."""

    vendor: Vendor | None
    inputs: tuple[InputFile, ...]
    problems: tuple[Problem, ...]
    mentions: tuple[Mention, ...]


def load(root: Path, *, today: date | None = None, schemas: bool = False) -> Loaded:
    """Everything under the project folder.

    Waivers are held against today where it is given. With `schemas` every file is judged by its
    JSON Schema as well, which tests hold to be of one mind with the decoder and takes longer.
    """
    frame = read_frame(root, schemas=schemas)
    read = [read_vendor(frame, name, schemas=schemas) for name in frame.vendors]
    project = _joined(frame, read)
    mentions = (*frame.mentions, *(one for each in read for one in each.mentions))
    found = [
        *frame.problems,
        *(problem for each in read for problem in each.problems),
        *lint.across(project, mentions, builtin_packs(), today),
    ]
    problems = in_order(found)
    sound = all(problem.weight is Weight.SMELL for problem in problems)
    return Loaded(project=project if sound else None, problems=problems)


def read_frame(root: Path, *, schemas: bool = False) -> Frame:
    """The policies, the checks and the vocabulary of a project, and what its vendors are called."""
    return _Reader(folders.Disk(root=root), schemas=schemas).frame()


def read_vendor(frame: Frame, name: str, *, schemas: bool = False) -> ReadVendor:
    """The vendor of a folder, in the words of the project."""
    reader = _Reader(folders.Disk(root=frame.root), schemas=schemas, vocabulary=frame.vocabulary)
    return reader.vendor(name)


def _joined(frame: Frame, read: Iterable[ReadVendor]) -> Project:
    vendors = tuple(each.vendor for each in read if each.vendor is not None)
    inputs = (*frame.inputs, *(one for each in read for one in each.inputs))
    return Project(
        vocabulary=frame.vocabulary,
        policies=frame.policies + frame.packs,
        vendors=vendors,
        checks=expanded(frame, [vendor.id for vendor in vendors]),
        inputs=tuple(sorted(inputs, key=lambda one: one.path)),
    )


def expanded(frame: Frame, vendors: Sequence[str]) -> tuple[Check, ...]:
    """The checks, with the ids of vendors and policies in place of globs."""
    return tuple(_expanded(check, vendors, frame.policies) for check in frame.checks)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, in the order of the files."""
    return tuple(sorted(set(problems), key=_in_order))


def _in_order(problem: Problem) -> tuple[object, ...]:
    return (problem.place, problem.code, problem.message, problem.help)


@cache
def builtin_vocabulary() -> Vocabulary:
    """The vocabulary of the package."""
    data = (data_folder() / "vocabulary.yaml").read_bytes()
    empty = words.nothing()
    page = Page(path="vocabulary.yaml", area="vocabulary", vocabulary=empty)
    tree, problems = yamltree.read(data, page.path)
    if tree is None:  # pragma: no cover - the package's own file is tested
        raise AssertionError(problems)
    return words.vocabulary(page, tree, empty)


class _Reader:
    """One project being read, or one vendor of it.

    What cannot be read has a stand-in that is `NOWHERE`, so that nothing that names it is blamed.
    """

    def __init__(self, disk: Disk, *, schemas: bool, vocabulary: Vocabulary | None = None) -> None:
        self._disk = disk
        self._schemas = schemas
        self._pages: list[Page] = []
        self._vocabulary = vocabulary or builtin_vocabulary()

    @property
    def _problems(self) -> tuple[Problem, ...]:
        """What was found wrong so far."""
        return (*self._disk.problems, *(one for page in self._pages for one in page.problems))

    @property
    def _mentions(self) -> tuple[Mention, ...]:
        """The names in it that other files must define."""
        return tuple(one for page in self._pages for one in page.mentions)

    def frame(self) -> Frame:
        """All but the vendors."""
        found = folders.walk(self._disk)
        self._vocabulary = self._own_words(found)
        own = self._policies(found.policies)
        checks = self._checks(found)
        packs = self._packs(checks, own)
        return Frame(
            root=self._disk.root,
            vocabulary=self._vocabulary,
            policies=own,
            packs=packs,
            checks=checks,
            vendors=found.vendors,
            inputs=tuple(self._disk.inputs),
            problems=self._problems,
            mentions=self._mentions,
        )

    def vendor(self, name: str) -> ReadVendor:
        """One vendor, with every version of its documents."""
        folder = folders.vendor_folder(self._disk, name)
        made = self._vendor(folder) if folder else None
        return ReadVendor(
            vendor=made,
            inputs=tuple(self._disk.inputs),
            problems=self._problems,
            mentions=self._mentions,
        )

    def _page(self, path: str, area: str) -> Page:
        page = Page(path=folders.legible(path), area=area, vocabulary=self._vocabulary)
        self._pages.append(page)
        return page

    def _read(
        self, path: str, area: str, decode: Callable[[Page, Node], Read]
    ) -> tuple[Page, Read | None]:
        page = self._page(path, area)
        data = self._disk.bytes_of(path)
        if data is None:
            return page, None
        return page, self._decoded(page, data, decode)

    def _decoded(
        self, page: Page, data: bytes, decode: Callable[[Page, Node], Read]
    ) -> Read | None:
        tree, problems = yamltree.read(data, page.path)
        page.problems.extend(problems)
        if tree is None:
            return None
        made = decode(page, tree)
        page.heads = yamltree.heads(tree)
        if self._schemas and not page.has_errors:
            page.problems.extend(_second_opinion(page, tree))
        return made

    def _own_words(self, found: Folders) -> Vocabulary:
        if found.vocabulary is None:
            return self._vocabulary
        base = self._vocabulary
        made = self._read(
            found.vocabulary, "vocabulary", lambda page, node: words.vocabulary(page, node, base)
        )[1]
        return made or base

    def _policies(self, paths: Iterable[str]) -> tuple[Policy, ...]:
        found = []
        for path in paths:
            page, policy = self._read(path, "policy", policies.policy)
            if policy:
                _check_stem(page, "policy", policy.id, path)
            found.append(policy or Policy(id=Path(path).stem, title=""))
        return tuple(found)

    def _checks(self, found: Folders) -> tuple[Check, ...]:
        """The checks; with no file there is one, over everything."""
        made = []
        for path in found.checks:
            page, check = self._read(path, "check", checks.check)
            if check:
                _check_stem(page, "check", check.id, path)
            made.append(_unblaming(page, check or Check(id=Path(path).stem, title="")))
        if found.checks:
            return tuple(made)
        return (Check(id="default", title="Every vendor, every policy"),)

    # --- a vendor ------------------------------------------------------------------------------

    def _vendor(self, folder: VendorFolder) -> Vendor:
        page, vendor = self._read(folder.vendor, "vendor", vendors.vendor)
        if vendor:
            _check_name(page, "vendor", vendor.id, _last(folder.path), "the folder")
        known = tuple(one.id for one in vendor.documents) if vendor else None
        found = [self._version(path, known) for path in folder.versions]
        dated = sorted(found, key=lambda one: (one.document, one.effective))
        self._check_texts(folder, found)
        for one in found:
            self._note_text(one)
        made = vendor or Vendor(id=_last(folder.path))
        return replace(made, versions=tuple(dated))

    def _version(self, path: str, known: tuple[str, ...] | None) -> Version:
        page, found = self._read(
            path, "version", lambda page, node: versions.version(page, node, known)
        )
        folder, _, name = path.rpartition("/")
        document, stem = _last(folder), name.removesuffix(".yaml")
        day = written.day(stem)
        if day is None:
            message = f"`{stem}` is not a date of the calendar"
            self._disk.wrong(path, "bad-date", message, "name it by its date: `2023-08-07.yaml`")
        elif found:
            _check_name(page, "effective", _day(found.effective), stem, "the file")
        if found:
            _check_name(page, "document", found.document, document, "the folder")
            self._check_listed(folder, known)
        if found is None:
            return Version(document=document, effective=day or NO_DAY)
        return found if found.document == document else replace(found, document=document)

    def _note_text(self, version: Version) -> None:
        """Keep the digest of what stands beside a version as its captured text: it is evidence."""
        path, snapshot = version.place.path, version.source.snapshot
        stem = path.removesuffix(".yaml")
        names = {f"{stem}{ending}" for ending in folders.TEXTS}
        if snapshot:
            names.add(_beside(path, snapshot.file))
        for name in sorted(names):
            self._disk.note(name)

    def _check_texts(self, folder: VendorFolder, found: list[Version]) -> None:
        """Report captured texts that go with no version, by name or as its snapshot."""
        named = {
            _beside(one.place.path, one.source.snapshot.file)
            for one in found
            if one.source.snapshot
        }
        for path in folder.texts:
            if path not in named:
                message = "a captured text that no version of this folder goes with"
                advice = f"add `{Path(path).stem}.yaml`, or name it as `source.snapshot.file`"
                self._disk.wrong(path, "text-alone", message, advice, Weight.SMELL)

    def _check_listed(self, folder: str, known: tuple[str, ...] | None) -> None:
        if known is not None and _last(folder) not in known:
            message = f"`{folders.legible(_last(folder))}` is no document that `vendor.yaml` lists"
            advice = "add it to `documents`, or rename the folder"
            self._disk.wrong(folder, "unknown-document", message, advice)

    # --- built-in packs -------------------------------------------------------------------------

    def _packs(self, made: tuple[Check, ...], own: tuple[Policy, ...]) -> tuple[Policy, ...]:
        """The built-in packs that a check names."""
        files = pack_files()
        wanted = {
            name.removeprefix(PACK)
            for check in made
            for name in check.policies
            if name.startswith(PACK)
        }
        taken = {policy.id for policy in own}
        found = []
        for name in sorted(wanted & files.keys()):
            if name in taken:
                message = f"`{PACK}{name}` is named, and there is a policy `{name}` here too"
                advice = "rename yours, or name it instead of the built-in pack"
                self._disk.wrong(f"policies/{name}.yaml", "duplicate-id", message, advice)
                continue
            page = self._page(f"{PACK}{name}", "policy")
            data = files[name].read_bytes()
            self._disk.record(page.path, data)
            found.append(self._decoded(page, data, policies.policy) or Policy(id=name, title=""))
        return tuple(found)


def _unblaming(page: Page, check: Check) -> Check:
    """The check; a faulty one may have selected everything, so that nothing is called forgotten."""
    return replace(check, vendors=("*",), policies=("*",)) if page.has_errors else check


def _second_opinion(page: Page, tree: Node) -> tuple[Problem, ...]:
    """What the schema has against a file in which the decoder found nothing."""
    from termsgate.reading import schema  # noqa: PLC0415 - jsonschema takes 80 ms to import

    return schema.faults(page.area, tree, page.path)


def _last(path: str) -> str:
    """The name at the end of a path."""
    return path.rpartition("/")[2]


def _beside(path: str, name: str) -> str:
    """The path of a file of that name in the folder of another."""
    return (Path(path).parent / name).as_posix()


def _day(effective: date) -> str:
    return "" if effective == NO_DAY else effective.isoformat()


def _check_stem(page: Page, key: str, ident: str, path: str) -> None:
    _check_name(page, key, ident, Path(path).stem, "the file")


def _check_name(page: Page, key: str, value: str, wanted: str, what: str) -> None:
    """Report a file whose path says another name than its text."""
    spot = page.named_at(key)
    if value and value != wanted and not page.is_faulty(spot):
        message = f"`{key}: {value}` in {what} `{folders.legible(wanted)}`"
        page.wrong(spot, "wrong-name", message, "give both the same name")


def _expanded(check: Check, vendors: Sequence[str], known: Iterable[Policy]) -> Check:
    """The check with ids in place of globs; built-in packs are named one by one, never by `*`."""
    return replace(
        check,
        vendors=lint.selected(check.vendors, vendors),
        policies=tuple(
            dict.fromkeys(
                name
                for glob in check.policies
                for name in (
                    (glob.removeprefix(PACK),)
                    if glob.startswith(PACK)
                    else lint.selected((glob,), [policy.id for policy in known])
                )
            )
        ),
    )
