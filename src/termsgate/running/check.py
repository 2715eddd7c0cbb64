"""The whole gate without pytest: read, judge, account, write (semantics 7.5).

Its record is the one that a run of pytest over the same project writes, to the byte. Vendors are
worked through one by one, or by several processes; what was found of one that has not changed is
taken from the cache.
"""

from __future__ import annotations

import gc
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from termsgate.core.problem import Weight
from termsgate.reading.store import read_frame
from termsgate.reporting.json import pieces
from termsgate.running import fingerprint
from termsgate.running.closing import Closing, Reach
from termsgate.running.exits import RunExit
from termsgate.running.portion import Bench
from termsgate.running.shelf import Shelf, opened, packed
from termsgate.running.whole import Outline, Whole, problems_of
from termsgate.running.writing import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from termsgate.core.model import Example, Requirement
    from termsgate.core.problem import Problem
    from termsgate.core.record import Record
    from termsgate.core.verdict import Verdict
    from termsgate.reading.baseline import Found
    from termsgate.reading.store import Frame
    from termsgate.running.portion import Head
    from termsgate.running.settings import Settings

FILE: Final = "portions"
"""The name of the cache in its folder."""

_WORTH_A_PROCESS: Final = 150
"""So many vendors keep a process busy for longer than it takes to start it."""

_AT_ONCE: Final = 8


class FilesError(Exception):
    """Files of the project are wrong, and so nothing was judged: `problems` has all of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep every problem."""
        super().__init__(f"{len(problems)} problems")
        self.problems = tuple(problems)


class NoRoomError(Exception):
    """The disk took no more of what was found before anything was judged to the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """An example of a policy that gets another verdict than its author expects."""

    requirement: Requirement
    example: Example
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What a run may use: a folder for the cache, processes, and somebody who waits.

    `told` is called with how many vendors are done and how many there are.
    """

    cache: Path | None = None
    jobs: int = 1
    told: Callable[[int, int], None] = lambda _done, _all: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A run that is over: what it found, what it wrote, and how it ends."""

    whole: Whole
    record: Record
    closing: Closing
    failed: tuple[Failed, ...]
    code: int


@contextmanager
def checked(settings: Settings, means: Means) -> Iterator[Done]:
    """The gate over a project: it is run, and what was asked for is written.

    What was found lies on the disk and is gone when the block ends.

    Raises:
        FilesError: with every problem, if a file is wrong; nothing is written then.
        NoRoomError: if there is no room for what was found; nothing is written then.
    """
    frame = read_frame(settings.root)
    found = _baseline(settings)
    outline = Outline(frame=frame, settings=settings)
    known, sha256 = (found.baseline, found.sha256) if found else (None, None)
    bench = Bench(frame=frame, settings=settings, baseline=known, partial=outline.is_partial)
    run = fingerprint.of_run(frame.inputs, settings, sha256, partial=outline.is_partial)
    # What was there before a vendor was looked at is looked at by the collector no more.
    gc.freeze()
    shelf, heads = _worked_through(bench, run, means)
    try:
        problems = problems_of(outline, list(heads.values()))
        wrong = [each for each in problems if each.weight is Weight.ERROR]
        wrong += found.problems if found else ()
        if wrong:
            raise FilesError(wrong)
        whole = Whole(outline=outline, heads=heads, shelf=shelf, problems=problems, baseline=known)
        yield _ended(whole, sha256)
    finally:
        shelf.close()


def _baseline(settings: Settings) -> Found | None:
    """The earlier record to compare with, where there is one and it counts."""
    file = settings.baseline
    if file is None or settings.audit:
        return None
    # Records are read with jsonschema, which takes longer to import than a small run.
    from termsgate.reading.baseline import read_baseline  # noqa: PLC0415

    path = shown(file.resolve(), settings.root)
    return read_baseline(file, path, needed=not settings.update)


# --- vendor by vendor ---------------------------------------------------------------------------


def _worked_through(bench: Bench, run: str, means: Means) -> tuple[Shelf, dict[str, Head]]:
    """What is told of every vendor, and the shelf where the rest lies."""
    root, names = bench.frame.root, bench.frame.vendors
    keys = {name: fingerprint.of_vendor(run, root, name) for name in names}
    earlier = opened(means.cache / FILE) if means.cache else None
    kept = {} if earlier is None else dict(_kept(earlier, keys))
    if earlier is not None and len(kept) == len(names) == earlier.size:
        return earlier, kept
    shelf = _new_shelf(means)
    with _whole_or_none(shelf, earlier):
        heads: dict[str, Head] = {}
        if earlier is not None:
            heads = {name: shelf.put(name, keys[name], earlier.packed(name)) for name in kept}
        missing = [name for name in names if name not in heads]
        for done, (name, data) in enumerate(_made(bench, missing, means), start=len(heads) + 1):
            # What changed while it was read is not what the key says.
            same = fingerprint.of_vendor(run, root, name) == keys[name]
            heads[name] = shelf.put(name, keys[name] if same else "", data)
            means.told(done, len(names))
        if means.cache:
            shelf.keep(means.cache / FILE)
    return shelf, {name: heads[name] for name in names}


def _new_shelf(means: Means) -> Shelf:
    try:
        return Shelf.new(means.cache)
    except OSError as error:
        raise NoRoomError(error.strerror) from error


@contextmanager
def _whole_or_none(shelf: Shelf, earlier: Shelf | None) -> Iterator[None]:
    """A shelf is filled to the end, or gone: also where somebody interrupts."""
    try:
        yield
    except OSError as error:
        shelf.close()
        raise NoRoomError(error.strerror) from error
    except BaseException:
        shelf.close()
        raise
    finally:
        if earlier is not None:
            earlier.close()


def _kept(earlier: Shelf, keys: Mapping[str, str]) -> Iterator[tuple[str, Head]]:
    """What is told of each vendor that has not changed."""
    for name, key in keys.items():
        head = earlier.told(name, key)
        if head is not None:
            yield name, head


def _made(bench: Bench, names: Sequence[str], means: Means) -> Iterator[tuple[str, bytes]]:
    """The portions of these vendors, by as many processes as are worth it: this is one of them."""
    jobs = min(means.jobs, len(names) // _WORTH_A_PROCESS)
    if jobs < 2:  # noqa: PLR2004 - one is no help
        yield from ((name, packed(bench.portion(name))) for name in names)
        return
    # They bring sockets, locks and logs, and most projects are too small for them.
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415
    from multiprocessing import get_context  # noqa: PLC0415

    # Forked: each begins with all that was read so far.
    with ProcessPoolExecutor(jobs - 1, get_context("fork"), _sit_down, (bench,)) as processes:
        some = (names[at : at + _AT_ONCE] for at in range(0, len(names), _AT_ONCE))
        waiting = deque((each, processes.submit(_portions, each)) for each in some)
        while waiting:
            # What the others have done goes first; who has nothing to do takes their last work.
            if waiting[0][1].done() or not waiting[-1][1].cancel():
                taken, told = waiting.popleft()
                yield from zip(taken, told.result(), strict=True)
            else:
                taken, _ = waiting.pop()
                yield from ((name, packed(bench.portion(name))) for name in taken)


_benches: list[Bench] = []
"""Where the work of this process is done; set once, in a process that does nothing else."""


def _sit_down(bench: Bench) -> None:
    _benches[:] = [bench]


def _portions(names: Sequence[str]) -> list[bytes]:
    return [packed(_benches[0].portion(name)) for name in names]


# --- the end ------------------------------------------------------------------------------------


def _failing(outline: Outline) -> Iterator[Failed]:
    """The examples of the project's own policies that fail; those of packs are tested with us."""
    for policy in outline.frame.policies:
        for requirement in policy.requirements:
            for example in requirement.examples:
                verdict = outline.docket.judge_example(requirement, example)
                if verdict.ruling.word != example.verdict:
                    yield Failed(requirement=requirement, example=example, verdict=verdict)


def _ended(whole: Whole, sha256: str | None) -> Done:
    """Write the reports, and say how the run ends; the hash is of the baseline as it was read."""
    settings, failed = whole.outline.settings, tuple(_failing(whole.outline))
    closing = Closing(settings, whole.baseline, sha256)
    lines = whole.lines()
    record = closing.write(whole.record, whole.outline.size, lambda record: pieces(record, lines))
    if any((settings.page, settings.sarif, settings.markdown)):
        closing.write_others(whole.with_all(record))
    status = RunExit.FAILED if failed or has_failures(whole) else RunExit.PASSED
    code = closing.exit(status, record, _reach(whole))
    return Done(whole=whole, record=record, closing=closing, failed=failed, code=code)


def has_failures(whole: Whole) -> bool:
    """Whether anything but an example of a policy fails."""
    heads = whole.heads.values()
    reviews = (debt["outcome"] for head in heads for debt in head["debts"])
    return (
        whole.outcomes["fail"] > 0
        or any(head["needless"] or head["lost"] for head in heads)
        or "fail" in reviews
    )


def _reach(whole: Whole) -> Reach:
    """What the run set out to do: everything that is there."""
    outline, examples = whole.outline, _examples(whole.outline.frame)
    judged = any(count for word, count in whole.words.items() if word != "not-applicable")
    looked = any(count for status, count in whole.quotes.items() if status != "unchecked")
    return Reach(
        selects=outline.docket.selects,
        idle_globs=tuple(outline.docket.idle_globs),
        judged=judged,
        tested=judged or looked or examples,
    )


def _examples(frame: Frame) -> bool:
    requirements: Iterable[Requirement] = (
        each for policy in frame.policies for each in policy.requirements
    )
    return any(each.examples for each in requirements)
