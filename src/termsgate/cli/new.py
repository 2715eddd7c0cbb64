"""`termsgate new`: a file to go on from, with comments that teach."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Final

from termsgate.cli.exits import Exit, Refusal
from termsgate.cli.project import errors, files_of, read
from termsgate.cli.scaffold import Sheet, filled, in_the_way, refuse, take_back, template, write
from termsgate.cli.terminal import told
from termsgate.core.entries import problem_entry
from termsgate.core.inforce import in_force
from termsgate.reading.decode.written import as_id, is_id, is_url
from termsgate.reading.evidence import check_quotes
from termsgate.reading.folders import TEXTS
from termsgate.reading.replacing import replace_text
from termsgate.reading.signing import UneditableError
from termsgate.reading.succession import succeeding, with_document
from termsgate.reporting.json import answer

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from termsgate.core.model import Document, Project, Vendor, Version
    from termsgate.core.problem import Problem

_BARE: Final = frozenset({"store/missing-folder", "store/empty-folder"})
"""Problems of a project that is not whole yet, and that a new file may well mend."""

_UNSELECTED: Final = frozenset({"vendor/unselected", "policy/unselected"})
BY: Final = "termsgate new"
"""Who a draft says it is by: nobody has read it yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be written, which file is to be added to, and what the user does next."""

    sheets: tuple[Sheet, ...]
    edits: tuple[tuple[Path, str], ...] = ()
    next: tuple[str, ...] = ()
    carried: str = ""
    """The file of a version whose quotes were carried over to a new text."""


def run(asked: argparse.Namespace) -> Exit:
    """Write what is asked for, if the project can be read with it; else nothing."""
    root: Path = asked.root
    before = _standing(root)
    plan = _PLANS[asked.kind](asked, root)
    refuse(list(in_the_way(root, plan.sheets)))
    done = _carried_out(root, plan, before)
    print(done.json() if asked.format == "json" else told(done.lines(root)))
    return Exit.NOTHING_TO_SAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was written and added to, what is still to be done in it, and what comes next."""

    written: tuple[str, ...]
    edited: tuple[str, ...]
    smells: tuple[Problem, ...]
    quotes: Carried | None
    next: tuple[str, ...]

    def lines(self, root: Path) -> Iterator[str]:
        """For a person."""
        yield from (f"wrote {each}" for each in self.written)
        yield from (f"added to {each}" for each in self.edited)
        yield from (f"to do: {each.place}: {each.message}" for each in self.smells)
        if self.quotes:
            yield self.quotes.line()
        where = "" if root == Path() else f", in `{root}`"
        yield from (f"next{where}: {line}" for line in self.next)

    def json(self) -> str:
        """For a program."""
        quotes = self.quotes
        said = {
            "written": list(self.written),
            "edited": list(self.edited),
            "to-do": list(map(problem_entry, self.smells)),
            "quotes": {"quotes": quotes.total, "lost": list(quotes.lost)} if quotes else None,
            "next": list(self.next),
        }
        return answer("written", said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """How many quotes of the version before were carried over, and which the new text lacks."""

    total: int
    lost: tuple[str, ...]

    def line(self) -> str:
        """Where the words changed."""
        noun = "quote" if self.total == 1 else "quotes"
        stand = f"{self.total - len(self.lost)} of {self.total} {noun} stand in the new text"
        return f"{stand}; look again at: {', '.join(self.lost)}" if self.lost else stand


def _standing(root: Path) -> frozenset[Problem]:
    """What is wrong already with a project that is still being made; anything else comes first."""
    found = errors(read(root).problems)
    if any(each.code not in _BARE for each in found):
        advice = "termsgate: nothing was written: put these in order first"
        raise Refusal(Exit.PROBLEMS, *map(str, found), advice)
    return frozenset(found)


# --- writing ------------------------------------------------------------------------------------


def _carried_out(root: Path, plan: Plan, before: frozenset[Problem]) -> Done:
    """Write, and read everything again: what would not load is taken back."""
    old = [(path, path.read_bytes().decode("utf-8")) for path, _ in plan.edits]
    made = write(root, plan.sheets)
    try:
        for path, text in plan.edits:
            replace_text(path, text)
        sheets = [*plan.sheets, *_selected(root, before, made)]
        wrong = _worse(root, before)
    except BaseException:
        _undo(made, old)
        raise
    if wrong:
        _undo(made, old)
        raise Refusal(Exit.PROBLEMS, *map(str, wrong), "termsgate: nothing was written")
    return Done(
        written=tuple(each.path for each in sheets),
        edited=tuple(path.relative_to(root).as_posix() for path, _ in plan.edits),
        smells=_smells(root, sheets),
        quotes=_quotes(root, plan.carried),
        next=plan.next,
    )


def _undo(made: Sequence[Path], old: Iterable[tuple[Path, str]]) -> None:
    for path, text in old:
        replace_text(path, text)
    take_back(made)


def _worse(root: Path, before: frozenset[Problem]) -> list[Problem]:
    found = errors(files_of(root).problems)
    return [each for each in found if each not in before and each.code not in _BARE]


def _selected(root: Path, before: frozenset[Problem], made: list[Path]) -> Iterator[Sheet]:
    """A check of its own for what no check selects: it would pass by omission (semantics 7.5)."""
    for each in _worse(root, before):
        if each.code in _UNSELECTED:
            sheet = _check_for(root, each)
            refuse(list(in_the_way(root, [sheet])), f"  it was to select it: {each.help}")
            made.extend(write(root, [sheet]))
            yield sheet


def _check_for(root: Path, problem: Problem) -> Sheet:
    """The check that selects a vendor or a policy, whose file the problem names."""
    path = Path(problem.place.path)
    is_vendor = problem.code.startswith("vendor")
    name = path.parent.name if is_vendor else path.stem
    vendors = name if is_vendor else '"*"'
    policies = _policies(root) if is_vendor else name
    return _check_sheet(root, name, _title(name), vendors=vendors, policies=policies)


def _smells(root: Path, sheets: Iterable[Sheet]) -> tuple[Problem, ...]:
    """What `lint` has to say of the files: what is still to be done."""
    written = {each.path for each in sheets}
    return tuple(each for each in files_of(root).problems if each.place.path in written)


def _quotes(root: Path, path: str) -> Carried | None:
    """Which quotes of the version before do not stand in the new text: there its words changed."""
    project = files_of(root).project if path else None
    if project is None:
        return None
    found = [each for each in check_quotes(project, root) if each.place.path == path]
    lost = tuple(each.clause for each in found if not each.status.is_verified)
    return Carried(total=len(found), lost=lost)


# --- what each kind is --------------------------------------------------------------------------


def _vendor(asked: argparse.Namespace, root: Path) -> Plan:
    name = _id(asked.id, "vendor")
    url = _url(asked.url)
    words = {"id": name, "name": _scalar(asked.name or _title(name)), "url": url}
    sheet = _sheet(root, f"fixtures/{name}/vendor.yaml", "vendor", words)
    return Plan(sheets=(sheet,), next=(f"termsgate new version {name} terms --text FILE",))


def _document(asked: argparse.Namespace, root: Path) -> Plan:
    vendor = _vendor_called(_project(root), asked.vendor)
    name = _id(asked.id, "document")
    if name in {each.id for each in vendor.documents}:
        message = f"termsgate: `{vendor.id}` has a document `{name}` already"
        raise Refusal(
            Exit.FELL_SHORT, message, f"  help: `termsgate new version {vendor.id} {name}`"
        )
    entry = {"id": name, "kind": asked.of, "title": asked.title or _title(name)}
    line = f"{{id: {name}, kind: {asked.of}, title: {_scalar(entry['title'])}}}"
    path = root / vendor.place.path
    text = _edited(path, f"- {line}", lambda old: with_document(old, line, entry))
    sheets = tuple(_blank(asked, root, vendor, name))
    return Plan(sheets=sheets, edits=((path, text),), next=_reading(vendor.id, sheets[0]))


def _version(asked: argparse.Namespace, root: Path) -> Plan:
    vendor = _vendor_called(_project(root), asked.vendor)
    document = _document_called(vendor, asked.document)
    before = in_force(vendor, document, asked.effective or _today())
    if before is None:
        sheets = tuple(_blank(asked, root, vendor, document.id))
    else:
        sheets = tuple(_successor(asked, root, vendor, before))
    carried = sheets[0].path if before and asked.text else ""
    return Plan(sheets=sheets, next=_reading(vendor.id, sheets[0]), carried=carried)


def _policy(asked: argparse.Namespace, root: Path) -> Plan:
    name = _id(asked.id, "policy")
    words = {"id": name, "title": _scalar(asked.title or _title(name))}
    sheet = _sheet(root, f"policies/{name}.yaml", "policy", words)
    return Plan(sheets=(sheet,), next=(f"pytest {sheet.path}",))


def _check(asked: argparse.Namespace, root: Path) -> Plan:
    name = _id(asked.id, "check")
    title = asked.title or _title(name)
    sheet = _check_sheet(root, name, title, vendors='"*"', policies=_policies(root))
    return Plan(sheets=(sheet,), next=(f"pytest {sheet.path}",))


_PLANS: Final[dict[str, Callable[[argparse.Namespace, Path], Plan]]] = {
    "vendor": _vendor,
    "document": _document,
    "version": _version,
    "policy": _policy,
    "check": _check,
}


def _sheet(root: Path, path: str, kind: str, words: dict[str, str]) -> Sheet:
    """A template, filled; it names its schema where the project has a copy."""
    text = filled(template(f"new/{kind}.yaml"), words)
    return Sheet(path=path, data=f"{_modeline(root, path, kind)}{text}".encode())


def _modeline(root: Path, path: str, kind: str) -> str:
    schema = f".termsgate/schemas/{kind}.schema.json"
    if not (root / schema).is_file():
        return ""
    return f"# yaml-language-server: $schema={'../' * path.count('/')}{schema}\n"


def _check_sheet(root: Path, name: str, title: str, *, vendors: str, policies: str) -> Sheet:
    words = {"id": name, "title": _scalar(title), "vendors": vendors, "policies": policies}
    return _sheet(root, f"checks/{name}.yaml", "check", words)


def _policies(root: Path) -> str:
    """All of ours; where there is none, the packs that other checks use, or the first there is."""
    if any((root / "policies").glob("*.yaml")):
        return '"*"'
    project = files_of(root).project
    used = sorted({each.id for each in project.policies}) if project else []
    return ", ".join(f"termsgate:{each}" for each in used or ["ai-training"])


# --- versions -----------------------------------------------------------------------------------


def _blank(asked: argparse.Namespace, root: Path, vendor: Vendor, document: str) -> Iterator[Sheet]:
    """A version of which nothing has been read."""
    day = asked.effective or _today()
    folder = f"fixtures/{vendor.id}/{document}"
    text = _text_sheet(asked.text, folder, day)
    words = {
        "document": document,
        "effective": day.isoformat(),
        "source": _source(text) or _NO_SOURCE.format(day),
        "today": _today().isoformat(),
        "vendor": vendor.id,
    }
    yield _sheet(root, f"{folder}/{day}.yaml", "version", words)
    if text:
        yield text


_NO_SOURCE: Final = """\
# source:
#   url: https://www.example.com/terms
#   captured: {0}T12:00:00Z
#   snapshot: {{file: {0}.md}}     # the text itself, beside this file"""


def _successor(
    asked: argparse.Namespace, root: Path, vendor: Vendor, before: Version
) -> Iterator[Sheet]:
    """A version that says what the one in force says, until somebody has read the new text."""
    day = asked.effective or _today()
    folder = f"fixtures/{vendor.id}/{before.document}"
    path = f"{folder}/{day}.yaml"
    text = _text_sheet(asked.text, folder, day)
    lines = {"source": _source(text, before.source.url), "review": _draft()}
    old = root / before.place.path
    wanted = {key: line for key, line in lines.items() if line}
    made = _edited(old, "a new file by hand", lambda said: succeeding(said, day, wanted))
    said = _STARTED.format(before.effective)
    yield Sheet(path=path, data=f"{_modeline(root, path, 'version')}{said}{made}".encode())
    if text:
        yield text


_STARTED: Final = """\
# Started from the version of {0}: its clauses are carried over, and nobody has held them
# against the new text yet. Look at each one; what the new text does not say any more, take out.
"""


def _draft() -> str:
    return f"review: {{by: [{BY}], on: {_today()}, status: draft}}"


def _source(text: Sheet | None, url: str = "") -> str:
    """Where the words were taken from: the address known so far, and the text beside the file."""
    lines = [f"  url: {url}"] if url else []
    if text:
        digest = hashlib.sha256(text.data).hexdigest()
        lines.append(f"  snapshot: {{file: {Path(text.path).name}, sha256: {digest}}}")
    return "\n".join(["source:", *lines]) if lines else ""


def _text_sheet(file: Path | None, folder: str, day: date) -> Sheet | None:
    """The captured text, to lie beside the version under its name."""
    if file is None:
        return None
    if file.suffix not in TEXTS:
        message = f"termsgate: `{file}` is none of {', '.join(TEXTS)}"
        raise Refusal(Exit.USAGE, message, "  help: save the page as one of these")
    try:
        data = file.read_bytes()
        if file.suffix != ".pdf":
            data.decode("utf-8")
    except OSError as error:
        reason = (error.strerror or "the disk refuses").lower()
        raise Refusal(
            Exit.NOTHING_FOUND, f"termsgate: `{file}` cannot be read: {reason}"
        ) from error
    except UnicodeDecodeError as error:
        message = f"termsgate: `{file}` is not UTF-8 at byte {error.start}"
        raise Refusal(Exit.PROBLEMS, message, "  help: save it as UTF-8") from error
    if not data.strip():
        message = f"termsgate: `{file}` is empty"
        raise Refusal(Exit.PROBLEMS, message, "  help: save the page with its text")
    return Sheet(path=f"{folder}/{day}{file.suffix}", data=data)


def _edited(path: Path, line: str, edit: Callable[[str], str]) -> str:
    try:
        return edit(path.read_bytes().decode("utf-8"))
    except UneditableError:
        message = f"termsgate: `{path}` is written in a way that nothing can be put into"
        raise Refusal(Exit.PROBLEMS, message, f"  help: write it yourself: {line}") from None


def _reading(vendor: str, sheet: Sheet) -> tuple[str, ...]:
    return (
        f"read the text and write what it says into {sheet.path}",
        f"pytest {sheet.path}      # are the quotes in the text?",
        f"termsgate sign {vendor} --by YOU",
    )


# --- names --------------------------------------------------------------------------------------


def _id(text: str, what: str) -> str:
    """An id that every report format accepts."""
    if is_id(text):
        return text
    near = as_id(text)
    advice = f"write `{near}`" if near else "ids are small letters, digits and hyphens"
    raise Refusal(Exit.USAGE, f"termsgate: `{text}` is no id for a {what}", f"  help: {advice}")


def _url(text: str | None) -> str:
    if text is None:
        return "# url: https://www.example.com"
    if not is_url(text):
        message = f"termsgate: `{text}` is no address"
        raise Refusal(Exit.USAGE, message, "  help: write it as `https://www.example.com`")
    return f"url: {_scalar(text)}"


def _title(name: str) -> str:
    return name.replace("-", " ").capitalize()


def _scalar(text: str) -> str:
    """Text as YAML takes it, in quotation marks unless it is plain words."""
    plain = text.replace(" ", "").isalpha() and text == text.strip()
    words = {"true", "false", "null", "yes", "no"}
    return text if plain and text.lower() not in words else json.dumps(text, ensure_ascii=False)


def _today() -> date:
    return datetime.now(UTC).date()


def _project(root: Path) -> Project:
    """The project, which has been found in order; one that is not whole has no vendor yet."""
    project = files_of(root).project
    if project is None:
        raise Refusal(
            Exit.NOTHING_FOUND,
            "termsgate: there is no vendor here yet",
            "  help: `termsgate new vendor NAME`",
        )
    return project


def _vendor_called(project: Project, name: str) -> Vendor:
    known = {each.id: each for each in project.vendors}
    if name not in known:
        raise _unknown("there is no vendor", name, known, f"`termsgate new vendor {name}`")
    return known[name]


def _document_called(vendor: Vendor, name: str) -> Document:
    known = {each.id: each for each in vendor.documents}
    if name not in known:
        advice = f"`termsgate new document {vendor.id} {name}`"
        raise _unknown(f"`{vendor.id}` has no document", name, known, advice)
    return known[name]


def _unknown(what: str, name: str, known: Iterable[str], new: str) -> Refusal:
    names = sorted(known)
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    hint = f"the nearest is `{near[0]}`" if near else f"there are: {', '.join(names) or 'none'}"
    message = f"termsgate: {what} called `{name}`"
    return Refusal(Exit.NOTHING_FOUND, message, f"  help: {hint}; for a new one: {new}")
