"""How a run ends: its reports, the next baseline and its exit code (semantics 7.5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from termsgate.core.gate import Outcome
from termsgate.core.record import coming_warnings, idle_waivers, review_warnings
from termsgate.reading.replacing import digest
from termsgate.reporting.json import to_text
from termsgate.running.exits import RunExit
from termsgate.running.writing import in_repository, replace_file, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from termsgate.core.baseline import Baseline
    from termsgate.core.record import GoneEntry, Record
    from termsgate.running.remade import Remade
    from termsgate.running.settings import Settings

_OURS: Final = frozenset({RunExit.PASSED, RunExit.FAILED})
"""The codes that the end of a run may have something to add to."""

_SEAL: Final = 80
"""So many bytes at the end of a record hold its seal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What a run set out to do and looked at, as far as the record does not say.

    `verdicts` says whether it was to give any, `selects` whether any vendor of a check was left,
    `judged` whether a verdict applied, `tested` whether anything was looked at. `crashed` are
    tests of ours that ended in an error, `dead` what is known of processes that did.
    """

    verdicts: bool = True
    selects: bool = True
    idle_globs: tuple[str, ...] = ()
    judged: bool = True
    tested: bool = True
    crashed: int = 0
    dead: tuple[str, ...] = ()


class Closing:
    """The end of one run.

    `faults` is what is told in red, `unwritten` what of it is missing on disk, `wrote` what is
    there, `target` where the record is.
    """

    def __init__(
        self,
        settings: Settings,
        known: Baseline | None,
        sha256: str | None,
        remade: Remade | None = None,
    ) -> None:
        """Take the baseline as it was read, the hash of its bytes, and where the last page lies."""
        self.settings = settings
        self.known = known
        self.faults: list[str] = []
        self.unwritten: list[str] = []
        self._read_as = sha256
        self.wrote: list[Path] = []
        self.target = settings.record
        self._remade = remade
        self._seal = ""

    # --- writing --------------------------------------------------------------------------------

    def write(
        self,
        record: Record,
        size: int,
        text: Callable[[Record], str | Iterable[bytes]] = to_text,
    ) -> Record:
        """Write the record, and in place of the baseline where that is asked for.

        A run never writes over its baseline unless told to: it would know tomorrow what it found
        today. `size` is the number of verdicts that the project asks for, `text` gives the text of
        a record. What is written is returned.
        """
        reason = self._against_update(record, size) if self.settings.update else ""
        if reason:
            self.unwritten.append(f"the baseline was not rewritten: {reason}")
            record = _not_updated(record)
        updates = self.settings.update and not reason
        if updates and self.settings.baseline is not None:
            self._replace(self.settings.baseline, self._sealed(text(record)))
        if not updates and self._is_baseline(self.target):
            self.target = self.target.with_name(f"{self.target.stem}.now{self.target.suffix}")
        if not (updates and self._is_baseline(self.target)):
            self._replace(self.target, self._sealed(text(record)))
        return record

    def write_others(self, record: Record) -> None:
        """The reports beside the record, each made from it alone."""
        # Each takes its time to import, and most runs want one of them.
        if self.settings.page is not None:
            self._replace(self.settings.page, self._page(record))
        if self.settings.sarif is not None:
            from termsgate.reporting.sarif import sarif  # noqa: PLC0415

            prefix = in_repository(self.settings.root)
            self._replace(self.settings.sarif, sarif(record, prefix=prefix))
        if self.settings.markdown is not None:
            from termsgate.reporting.markdown import summary  # noqa: PLC0415

            self._replace(self.settings.markdown, summary(record))

    def _page(self, record: Record) -> str:
        language = self.settings.language

        def made() -> str:
            from termsgate.reporting.page.making import page  # noqa: PLC0415 - likewise

            return page(record, language)

        if self._remade is None or not self._seal:
            return made()
        return self._remade.page(self._seal, language, made)

    def _sealed(self, text: str | Iterable[bytes]) -> Iterator[bytes]:
        """The text of the record, whose end is remembered: its seal."""
        piece = b""
        for piece in [text.encode()] if isinstance(text, str) else text:
            yield piece
        self._seal = piece[-_SEAL:].decode()

    def _is_baseline(self, path: Path) -> bool:
        baseline = self.settings.baseline
        return baseline is not None and path.resolve() == baseline.resolve()

    def _against_update(self, record: Record, size: int) -> str:
        """Why this run may not become the baseline; nothing if it may."""
        baseline = self.settings.baseline
        given, expected = record["given"], record["expected"]
        if record["interrupted"] or given != expected:
            return f"{given} of {expected} verdicts were given"
        if record["partial"]:
            return f"this run was asked for {expected} of {size} verdicts"
        if baseline is not None and digest(baseline) != self._read_as:
            return "somebody else wrote it during this run"
        return ""

    def _replace(self, path: Path, text: str | Iterable[bytes]) -> None:
        try:
            replace_file(path, text)
            self.wrote.append(path)
        except OSError as error:
            self.miss(path, error)
        except KeyboardInterrupt:
            # The run ends here anyway, and it can still say what it owes.
            self.unwritten.append(f"`{path}` was not written: interrupted")

    def miss(self, path: Path | str, error: OSError) -> None:
        """A report is missing, and this is why."""
        self.unwritten.append(f"`{path}` cannot be written: {error.strerror or error}")

    def where(self, base: Path) -> Iterator[str]:
        """Where the reports lie, as seen from where the user stands."""
        others = {
            "report": self.settings.page,
            "sarif": self.settings.sarif,
            "markdown": self.settings.markdown,
        }
        for name, path in {"record": self.target, **others}.items():
            if path is not None:
                yield f"{name}: {shown(path, base)}"

    # --- the exit code --------------------------------------------------------------------------

    def exit(self, status: int, record: Record, reach: Reach) -> int:
        """The code of the run, the gravest thing first; what cut it off stays as it is."""
        self.faults = [*self._told(record, reach), *_idle_globs(reach)]
        if status not in _OURS:
            return status
        if reach.crashed:
            return RunExit.OUR_BUG
        if self.unwritten:
            return RunExit.UNWRITTEN
        if record["missing"]:
            return RunExit.NOT_WHOLE
        if status == RunExit.FAILED or self.faults:
            return RunExit.FAILED
        return self._of_a_green_run(record, reach)

    def _of_a_green_run(self, record: Record, reach: Reach) -> int:
        """Nothing failed; whether anything was looked at, and whether it warned."""
        nothing = self._nothing(record, reach)
        if nothing:
            self.faults.append(nothing)
            return RunExit.NOTHING_EVALUATED
        warned = list(self._warned(record)) if self.settings.warnings_fail else []
        if warned:
            self.faults.append(f"{', '.join(warned)} (--terms-warnings-as-failures)")
            return RunExit.WARNED
        return RunExit.PASSED

    def _told(self, record: Record, reach: Reach) -> Iterator[str]:
        yield from _losses(record, reach)
        yield from self.unwritten
        lost = sum(each["verdicts"] for each in _gone(record))
        if lost:
            noun = "verdict" if lost == 1 else "verdicts"
            verb = "is" if lost == 1 else "are"
            yield (
                f"{lost} {noun} of the baseline {verb} not asked for any more: if that is meant, "
                "--terms-update-baseline"
            )
        idle = len(idle_waivers(record)) if self.settings.strict else 0
        if idle:
            yield f"{idle} waiver{'' if idle == 1 else 's'} not needed any more (--terms-strict)"

    def _warned(self, record: Record) -> Iterator[str]:
        """What warns, counted by what it is about; of verdicts only what is new or worse."""
        known = self.known
        verdicts = [each for each in record["verdicts"] if each["outcome"] == Outcome.WARN.value]
        turns = coming_warnings(record)
        yield from _counted(
            sum(known is None or not known.has_warned(each) for each in verdicts), "verdict warns"
        )
        yield from _counted(
            sum(known is None or not known.has_announced(*each) for each in turns), "verdict turns"
        )
        yield from _counted(len(review_warnings(record)), "review is owed")
        yield from _counted(len(record["warnings"]), "entry of a check is to be looked after")

    def _nothing(self, record: Record, reach: Reach) -> str:
        """Why this run says nothing; nothing if it says something."""
        if not reach.verdicts:
            return "" if reach.tested else "nothing was examined: every test was skipped"
        if reach.judged:
            return ""
        if not reach.selects and self.settings.shard is not None:
            return f"no vendor of a check falls to the part {self.settings.shard}: take fewer parts"
        if not reach.selects:
            return f"no verdict was given: `{self.settings.vendor}` matches no vendor of a check"
        if record["verdicts"]:
            return "no verdict was given: no requirement applies"
        return "no verdict was given: all were left out"


def _idle_globs(reach: Reach) -> Iterator[str]:
    """A name that was mistyped beside one that matches would pass unnoticed."""
    if reach.verdicts and reach.selects:
        for glob in reach.idle_globs:
            yield f"--terms-vendor: `{glob}` matches no vendor of a check"


def _losses(record: Record, reach: Reach) -> Iterator[str]:
    given, expected = record["given"], record["expected"]
    if record["interrupted"]:
        yield f"the run was interrupted: {given} of {expected} verdicts were given"
    elif given != expected:
        yield f"{given} verdicts were given and {expected} were expected"
    if reach.crashed:
        noun = "test" if reach.crashed == 1 else "tests"
        yield f"{reach.crashed} {noun} ended in an error: a bug of termsgate and not of your files"
    yield from (f"a worker died: {each}" for each in reach.dead)


def _gone(record: Record) -> list[GoneEntry]:
    baseline = record["baseline"]
    return [] if baseline is None or baseline["updated"] else baseline["gone"]


_MANY: Final = {
    "verdict warns": "verdicts warn",
    "verdict turns": "verdicts turn",
    "review is owed": "reviews are owed",
    "entry of a check is to be looked after": "entries of checks are to be looked after",
}


def _counted(number: int, one: str) -> Iterator[str]:
    if number:
        yield f"{number} {one if number == 1 else _MANY[one]}"


def _not_updated(record: Record) -> Record:
    baseline = record["baseline"]
    return record if baseline is None else {**record, "baseline": {**baseline, "updated": False}}
