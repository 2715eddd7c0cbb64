"""What was measured, told as text, as Markdown and as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from benchmarks.ways import EQUAL, OURS, TEXTS, WHOLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from benchmarks.contest import Contest, Measured
    from benchmarks.evaluation import Judged
    from benchmarks.parts import Parts

BEGIN: Final = "<!-- measured: begin -->"
END: Final = "<!-- measured: end -->"

HARDEST: Final = 100
"""No hard project should cost more ordinary verdicts than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """All that one run of the benchmark found."""

    machine: dict[str, Any]
    equal: tuple[Contest, ...] = ()
    whole: tuple[Contest, ...] = ()
    texts: tuple[Contest, ...] = ()
    evaluation: tuple[Judged, ...] = ()
    parts: tuple[Parts, ...] = ()

    def as_json(self) -> str:
        """Everything, with sizes and every figure."""
        return json.dumps(asdict(self), indent=1) + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with what stands above it; the first column is words, the others numbers."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a way should take at most, in CPU seconds or megabytes."""

    way: str
    vendors: int
    requirements: int
    most: float
    of: str = "cpu"


_ITEMS, _ITEMS_WARM, _VENDOR, _VENDOR_WARM, _CHECK, _, _CHECK_WARM = (way.name for way in OURS)

TARGETS: Final = (
    Target(way=_ITEMS, vendors=1000, requirements=20, most=4.0),
    Target(way=_ITEMS_WARM, vendors=1000, requirements=20, most=2.2),
    Target(way=_VENDOR, vendors=1000, requirements=20, most=2.3),
    Target(way=_VENDOR_WARM, vendors=1000, requirements=20, most=0.8),
    Target(way=_CHECK, vendors=1000, requirements=20, most=1.9),
    Target(way=_CHECK_WARM, vendors=1000, requirements=20, most=0.25),
    Target(way=_CHECK_WARM, vendors=10, requirements=20, most=0.08),
    Target(way=_CHECK, vendors=1000, requirements=20, most=60, of="megabytes"),
)


def tables(results: Results) -> list[Table]:
    """Every table there is something to say in."""
    made: list[Table] = []
    if results.equal:
        shown = max(results.equal, key=_weight)
        made.append(_beside("The same verdicts by everybody", shown, _names(EQUAL)))
    if len(results.equal) > 1:
        made.append(_growth("CPU seconds as vendors grow", results.equal, _seconds))
        made.append(_growth("The same as a multiple of the tuned suite", results.equal, _ratio))
        made.append(_growth("Most memory held, MB", results.equal, _memory))
    title = "The whole language, our ways alone"
    made += [_beside(title, each, _names(WHOLE)) for each in results.whole]
    title = "With a captured text beside every version"
    made += [_beside(title, each, _names(TEXTS)) for each in results.texts]
    if results.whole:
        made.append(_targets(results.whole))
    if results.evaluation:
        made.append(_evaluation(results.evaluation))
    if results.parts:
        made.append(_parts(results.parts))
    return made


def _weight(one: Contest) -> tuple[bool, int]:
    """The size that is shown in full is the largest that is not too large for it."""
    return one.size.verdicts <= HEADLINE, one.size.verdicts


HEADLINE: Final = 20_000
"""The largest number of verdicts that is shown in full."""


def _names(ways: Iterable[Any]) -> dict[str, str]:
    return {way.name: way.what for way in ways}


def _beside(title: str, contest: Contest, what: dict[str, str]) -> Table:
    """All ways at one size."""
    runs = min(each.runs for each in contest.measured)
    return Table(
        title=f"{title}: {contest.size}, {contest.size.verdicts:,} verdicts",
        head=("way", "what", "CPU, s", "least", "wall, s", "memory, MB", "x tuned by hand"),
        rows=tuple((name, said, *_cells(name, contest)) for name, said in what.items()),
        notes=("One run each." if runs == 1 else f"Medians of {runs} runs, and the least.",),
    )


def _cells(name: str, contest: Contest) -> tuple[str, ...]:
    """What a way cost, or why it was not measured."""
    found = contest.of(name)
    if found is None:
        return (contest.left_out.get(name, "not measured"), *("",) * 4)
    return (
        number(found.cpu.middle),
        number(found.cpu.least),
        number(found.wall.middle),
        f"{found.megabytes.middle:.0f}",
        number(found.ratio.middle),
    )


def _growth(title: str, contests: Sequence[Contest], cell: Callable[[Measured], str]) -> Table:
    """One figure of all ways at all sizes."""
    names = [way.name for way in EQUAL if any(each.of(way.name) for each in contests)]
    rows = []
    for name in names:
        found = [each.of(name) for each in contests]
        rows.append((name, *(cell(one) if one else "-" for one in found)))
    sizes = tuple(str(each.size) for each in contests)
    reasons = sorted(
        {
            f"{name} at {each.size}: {each.left_out[name]}"
            for each in contests
            for name in names
            if name in each.left_out
        }
    )
    notes = tuple(reasons) if cell is _seconds else ()  # they are the same below each
    return Table(title=title, head=("way", *sizes), rows=tuple(rows), notes=notes)


def _seconds(one: Measured) -> str:
    return number(one.cpu.middle)


def _ratio(one: Measured) -> str:
    return number(one.ratio.middle)


def _memory(one: Measured) -> str:
    return f"{one.megabytes.middle:.0f}"


def _targets(contests: Sequence[Contest]) -> Table:
    """What is wanted of us, and what was found."""
    rows = []
    for target in TARGETS:
        size = (target.vendors, target.requirements)
        at = next((c for c in contests if (c.size.vendors, c.size.requirements) == size), None)
        found = None if at is None else at.of(target.way)
        unit = "s" if target.of == "cpu" else "MB"
        value = None if found is None else getattr(found, target.of).middle
        rows.append(
            (
                f"{target.way}, {target.vendors:,} x {target.requirements}",
                f"{target.most} {unit}",
                "not measured" if value is None else f"{number(value)} {unit}",
                "" if value is None else ("yes" if value <= target.most else "no"),
            )
        )
    return Table(title="What is wanted", head=("way", "wanted", "found", "met"), rows=tuple(rows))


def _evaluation(judged: Sequence[Judged]) -> Table:
    rows = [
        (
            each.name,
            each.what,
            "-" if each.word is None else f"{each.word.middle:,.0f}",
            _times(each.word_ratio),
            _whole(each),
            _times(each.whole_ratio),
        )
        for each in judged
    ]
    over = [each.name for each in judged if _most(each) > HARDEST]
    told = f"above it: {', '.join(over)}" if over else "none is above it"
    return Table(
        title="Evaluation alone, microseconds a verdict",
        head=("terms", "what", "the word", "x ordinary", "the whole verdict", "x ordinary"),
        rows=tuple(rows),
        notes=(f"No case should cost more than {HARDEST} times an ordinary verdict; {told}.",),
    )


def _whole(one: Judged) -> str:
    if one.whole is not None:
        return f"{one.whole.middle:,.0f}"
    return "-" if one.whole_at_least is None else f"more than {one.whole_at_least:,.0f}"


def _most(one: Judged) -> float:
    """The worse of both; one that did not come to an end is above everything."""
    if one.word_ratio is None or one.whole_ratio is None:
        return float("inf")
    return max(one.word_ratio, one.whole_ratio)


def _times(ratio: float | None) -> str:
    return "-" if ratio is None else number(ratio)


def _parts(parts: Sequence[Parts]) -> Table:
    return Table(
        title="What our parts cost, CPU",
        head=(
            "vendors x requirements",
            "reading, s",
            "of the bare C loader",
            "compiling, us a vendor",
            "the word, us a verdict",
            "the whole, us a verdict",
            "memory, MB",
        ),
        rows=tuple(
            (
                str(each.size),
                number(each.reading),
                f"{each.reading / each.yaml:.1f} x",
                f"{each.compiling:.0f}",
                f"{each.ruling:.0f}",
                f"{each.evaluating:.0f}",
                f"{each.megabytes:.0f}",
            )
            for each in parts
        ),
    )


def number(value: float) -> str:
    """Two or three digits that count: more is less than the noise."""
    if value < 0.1:  # noqa: PLR2004
        return f"{value:.3f}"
    if value < 10:  # noqa: PLR2004
        return f"{value:.2f}"
    return f"{value:.1f}" if value < 100 else f"{value:,.0f}"  # noqa: PLR2004


# --- as it is printed -----------------------------------------------------------------------------


def on(machine: dict[str, Any]) -> str:
    """On what it was measured, in one line."""
    told = ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in machine.items())
    return f"Measured with: {told}."


def as_markdown(results: Results) -> str:
    """The tables as they stand in docs/benchmarks.md."""
    return "\n\n".join([on(results.machine), *map(_markdown, tables(results))]) + "\n"


def _markdown(table: Table) -> str:
    words = sum(name in {"way", "what", "terms"} for name in table.head)
    rule = ["---"] * words + ["---:"] * (len(table.head) - words)
    lines = [f"| {' | '.join(row)} |" for row in (table.head, rule, *table.rows)]
    notes = [f"\n{each}" for each in table.notes]
    return "\n".join([f"### {table.title}", "", *lines, *notes])


def as_text(results: Results) -> str:
    """The tables as a terminal shows them, with what each way is left out."""
    return "\n\n".join([on(results.machine), *map(_text, tables(results))]) + "\n"


def _text(table: Table) -> str:
    keep = [at for at, name in enumerate(table.head) if name != "what"]
    rows = [[row[at] for at in keep] for row in (table.head, *table.rows)]
    full = [row for row in rows if row[-1]]  # a row that says why it is empty does not count
    widths = [max(len(row[at]) for row in (full if at else rows)) for at in range(len(keep))]
    lines = ["  ".join(_aligned(row, widths)).rstrip() for row in rows]
    return "\n".join([table.title, *lines, *table.notes])


def _aligned(row: Sequence[str], widths: Sequence[int]) -> Iterable[str]:
    for at, (cell, width) in enumerate(zip(row, widths, strict=True)):
        yield cell.ljust(width) if at == 0 else cell.rjust(width)


def into(page: str, told: str) -> str:
    """A page with what was measured between its two marks, in place of what stood there."""
    before, mark, rest = page.partition(BEGIN)
    _, also, after = rest.partition(END)
    if not (mark and also):
        raise SystemExit(f"the page has no {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{told}\n{END}{after}"
