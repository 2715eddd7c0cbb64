"""Try mutants of `core`: mutmut makes them, one pytest that forks waits for them.

    python benchmarks/mutants.py run                       # every mutant that is not tried yet
    python benchmarks/mutants.py run govern judge          # of these modules, in this order
    python benchmarks/mutants.py again govern              # those nobody noticed, once more
    python benchmarks/mutants.py counts                    # the table of docs/mutation.md
    python benchmarks/mutants.py results                   # mutmut's own, as are the rest
    python benchmarks/mutants.py show termsgate.core.govern.x_governing__mutmut_1

Run from the root of the repository with HYPOTHESIS_PROFILE=few. docs/mutation.md says what was
measured. Tests are collected once. Then each test runs once by itself, in a process of its own,
to say which lines of `core` it reaches and how long it takes. Then each mutant has a process:
the tests that reach the statement that was changed, those first that noticed its neighbours, until
one fails.
"""

from __future__ import annotations

import ast
import gc
import json
import math
import os
import re
import resource
import shutil
import signal
import sys
import time
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache, wraps
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from textwrap import dedent
from typing import TYPE_CHECKING, Any, Final

import libcst as cst
import pytest
from coverage import Coverage
from mutmut.__main__ import (
    cli,
    copy_also_copy_files,
    copy_src_dir,
    create_mutants,
    setup_source_paths,
    walk_mutatable_files,
)
from mutmut.configuration import config
from mutmut.mutation import file_mutation, trampoline
from mutmut.mutation.data import SourceFileMutationData
from mutmut.stats import status_by_exit_code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

# A method under one of these is a method all the same; mutmut leaves every decorated one alone.
PROPERTIES = frozenset({"once", "property"})
ALIVE = ("survived", "no tests", "suspicious", "segfault")
KILLED, SURVIVED, NO_TESTS, SKIPPED, TIMEOUT = 1, 0, 33, 34, 36
# How many wait at once, how much of the processors they may take, and how long one mutant may be
# looked at: whoever is not noticed by then survived.
AT_ONCE: Final = int(os.environ.get("MUTANTS_AT_ONCE", "2"))
SHARE: Final = float(os.environ.get("MUTANTS_SHARE", "1.5"))
FIRST: Final = os.environ.get("MUTANTS_FIRST")
SAMPLE: Final = int(os.environ.get("MUTANTS_SAMPLE", "40"))
LONGEST: Final = float(os.environ.get("MUTANTS_LONGEST", "15"))

skips = file_mutation.MutationVisitor._skip_node_and_children  # noqa: SLF001
arrange = file_mutation.function_trampoline_arrangement
switch_of_mutmut = trampoline.wrap_in_trampoline


def is_a_property(node: cst.CSTNode) -> bool:
    """Whether the node is a function under one decorator, `once` or `property`."""
    if not isinstance(node, cst.FunctionDef) or len(node.decorators) != 1:
        return False
    decorator = node.decorators[0].decorator
    return isinstance(decorator, cst.Name) and decorator.value in PROPERTIES


def skips_no_property(visitor: Any, node: cst.CSTNode) -> bool:  # noqa: ANN401 - mutmut's own
    """Properties are changed like every method."""
    return not is_a_property(node) and skips(visitor, node)


def arranged(function: cst.FunctionDef, mutants: Any, class_name: str | None) -> Any:  # noqa: ANN401 - mutmut's own
    """The switch between the mutants of a property is the property; the mutants are plain."""
    if not is_a_property(function):
        return arrange(function, mutants, class_name)
    bare = function.with_changes(decorators=())
    declared, (switch, *copies), assigned, names = arrange(bare, mutants, class_name)
    switch = switch.with_changes(decorators=(*function.decorators, *switch.decorators))
    return declared, [switch, *copies], assigned, names


def quick_switch(mutants: Any, *, is_classmethod: bool = False) -> Callable[[Any], Any]:  # noqa: ANN401 - mutmut's own
    """A call goes where mutmut's switch sends it; the way is looked up once for each mutant.

    mutmut reads the environment at every call, and a verdict is some thousand small calls.
    """

    def switched(function: Any) -> Any:  # noqa: ANN401 - whatever stands in the engine
        way: list[Any] = ["not looked up", None]

        @wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - whatever stands in the engine
            active = trampoline._mutant_under_test  # noqa: SLF001
            if active is not way[0]:
                way[:] = active, target(function, mutants, active or "")
            if is_classmethod:
                return getattr(args[0], way[1].__name__)(*args[1:], **kwargs)
            return way[1](*args, **kwargs)

        return call

    return switched


def target(function: Any, mutants: Any, active: str) -> Any:  # noqa: ANN401 - mutmut's own
    """The mutant if it is one of this function, else the function."""
    module, _, name = active.rpartition(".")
    same = mutants["_mutmut_orig"]
    return mutants.get(name if module == function.__module__ else "", same)


@dataclass(slots=True, eq=False)
class Known:
    """What is known of a test: how long it takes by itself, and which lines of functions."""

    seconds: float
    reaches: dict[str, frozenset[int]]


@dataclass(slots=True, eq=False)
class Waiting:
    """The plugin in whose loop the mutants are tried."""

    wanted: list[str]
    again: bool
    scratch: Path = field(default_factory=lambda: Path(mkdtemp(prefix="mutants-")))
    failed: bool = False
    killers: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember that a part of a test failed."""
        self.failed |= report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Learn about the tests, then try the mutants."""
        gc.collect()
        gc.freeze()
        trying = Trying(self, {item.nodeid: item for item in session.items})
        trying.learn()
        trying.go_through(mutants(self.wanted, again=self.again))
        return True


@dataclass(slots=True, eq=False)
class Trying:
    """The tests that were collected, what is known of them, and who is at work."""

    waiting: Waiting
    items: dict[str, pytest.Item]
    known: dict[str, Known] = field(default_factory=dict)
    ways: dict[str, list[str]] = field(default_factory=dict)
    began: float = field(default_factory=time.monotonic)
    used_before: float = 0.0

    @property
    def used(self) -> float:
        """The seconds of processors that those who ended took."""
        spent = resource.getrusage(resource.RUSAGE_CHILDREN)
        return spent.ru_utime + spent.ru_stime - self.used_before

    def learn(self) -> None:
        """Run each test by itself that nothing is known of yet."""
        kept = Path("tests.json")
        told = json.loads(kept.read_text("utf-8")) if kept.exists() else {}
        told = {each: told[each] for each in self.items if each in told}
        new = [each for each in self.items if each not in told]
        told |= {each: json.loads(said) for each, said, _ in self.each(new, self.note) if said}
        kept.write_text(json.dumps(told), encoding="utf-8")
        red = [each for each, (_, _, failed) in told.items() if failed]
        print(f"{len(new)} tests looked at; red without a mutant, and left out: {red}", flush=True)
        for each, (seconds, reached, failed) in told.items():
            if not failed:
                lines = {function: frozenset(found) for function, found in reached.items()}
                self.known[each] = Known(seconds, lines)

    def note(self, test: str, said: Path) -> int:
        """In a process of its own: what the test reaches."""
        start = time.process_time()
        noting = Coverage(data_file=None, include=["*/termsgate/core/*"], config_file=False)
        noting.set_option("run:disable_warnings", ["no-data-collected"])
        noting.start()
        self.fails(test, None)
        noting.stop()
        seconds, data = time.process_time() - start, noting.get_data()
        reached = {
            function: lines
            for path in data.measured_files()
            for function, lines in Module.of(Path(path).stem).functions(data.lines(path) or ())
        }
        told = json.dumps([seconds, reached, self.waiting.failed])
        said.write_text(told, encoding="utf-8")
        return 0

    def fails(self, test: str, following: str | None) -> bool:
        """Whether the test fails."""
        item, nextitem = self.items[test], self.items[following] if following else None
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=nextitem)
        return self.waiting.failed

    def look(self, mutant: str, said: Path) -> int:
        """In a process of its own: whether a test notices the mutant, which is told."""
        tests = self.order(mutant)
        trampoline.set_mutant_under_test(mutant)
        signal.alarm(20 * int(LONGEST))
        for test, following in zip(tests, [*tests[1:], None], strict=True):
            if time.process_time() > LONGEST:
                break
            signal.setitimer(signal.ITIMER_PROF, 2 + 10 * self.known[test].seconds)
            if self.fails(test, following):
                said.write_text(test, encoding="utf-8")
                return KILLED
        return SURVIVED

    def order(self, mutant: str) -> list[str]:
        """Those that noticed another mutant of the function, then of the module; the quick ones."""
        function = function_of(mutant)
        near = self.waiting.killers[function]
        far = self.waiting.killers[function.rpartition(".")[0]]
        return sorted(
            self.ways[mutant],
            key=lambda test: (
                -near[test],
                -min(far[test], 3),
                FIRST is None or not re.search(FIRST, test),
                self.weight(test),
            ),
        )

    def weight(self, test: str) -> float:
        """How long a test takes; what compares many cases is worth waiting for."""
        return self.known[test].seconds * (0.1 if "test_few.py" in test else 1)

    def each(
        self, names: Iterable[str], work: Callable[[str, Path], int]
    ) -> Iterator[tuple[str, str, int]]:
        """What was written, and how it ended, of each; several are at work at once."""
        self.began, self.used_before = time.monotonic(), self.used + self.used_before
        running: dict[int, str] = {}
        for name in names:
            while running and not self.has_room(len(running)):
                yield self.ended(running)
            if not (child := os.fork()):
                self.be_child(name, work)
            running[child] = name
        while running:
            yield self.ended(running)

    def has_room(self, running: int) -> bool:
        """Whether one more may start."""
        return running < AT_ONCE and self.used <= SHARE * (time.monotonic() - self.began) + 1

    def ended(self, running: dict[int, str]) -> tuple[str, str, int]:
        """Wait for one to end."""
        process, status = os.wait()
        folder = self.waiting.scratch / str(process)
        said = folder / "said"
        told = said.read_text("utf-8") if said.exists() else ""
        shutil.rmtree(folder, ignore_errors=True)
        return running.pop(process), told, os.waitstatus_to_exitcode(status)

    def be_child(self, name: str, work: Callable[[str, Path], int]) -> None:
        """Work on one name, quietly and in folders of its own, and end."""
        code = 35
        try:
            nowhere = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(nowhere, stream)
            resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
            folder = self.waiting.scratch / str(os.getpid())
            (folder / "temporary").mkdir(parents=True)
            settings: Any = next(iter(self.items.values())).config
            settings._tmp_path_factory._basetemp = folder / "temporary"  # noqa: SLF001 - its own folder
            code = work(name, folder / "said")
        finally:
            os._exit(code)

    @cache  # noqa: B019 - one object for the whole run
    def reaching(self, change: Changed) -> list[str]:
        """The tests that reach what was changed."""
        return [
            test
            for test, known in self.known.items()
            if change.lines & known.reaches.get(change.function, frozenset())
        ]

    def go_through(self, mutants: list[tuple[SourceFileMutationData, str]]) -> None:
        """Try each; keep what is found now and then."""
        of = {name: data for data, name in mutants}
        changes = {name: Changed.of(name) for name in of}
        for name, change in changes.items():
            if change is None:
                of[name].exit_code_by_key[name] = SKIPPED
            elif found := self.reaching(change):
                self.ways[name] = found
            else:
                of[name].exit_code_by_key[name] = NO_TESTS
        tried = list(self.ways)
        save(of.values())
        gc.collect()
        gc.freeze()
        print(f"{len(of)} mutants, {len(tried)} reached by tests", flush=True)
        kept = time.monotonic()
        for past, (name, by, code) in enumerate(self.each(tried, self.look), 1):
            of[name].exit_code_by_key[name] = TIMEOUT if -code in TIMES_UP else code
            if by:
                with Path("noticed.txt").open("a", encoding="utf-8") as noticed:
                    noticed.write(f"{name} {by}\n")
                function = function_of(name)
                self.waiting.killers[function][by] += 1
                self.waiting.killers[function.rpartition(".")[0]][by] += 1
            if time.monotonic() - kept > 10:  # noqa: PLR2004 - seconds
                kept = time.monotonic()
                save(of.values())
                print(f"{past} of {len(tried)}, {name}, {self.used:.0f} s", flush=True)
        save(of.values())


@dataclass(frozen=True, slots=True)
class Changed:
    """What a mutant changes: lines of statements, counted from the first of their function."""

    function: str
    lines: frozenset[int]

    @classmethod
    def of(cls, mutant: str) -> Changed | None:
        """The statements that were changed; nothing where only `strict` of a `zip` was."""
        module, _, name = mutant.rpartition(".")
        whole = Module.of(module.rpartition(".")[2])
        function = name.partition("__mutmut_")[0]
        before, after = whole.text(f"{function}__mutmut_orig"), whole.text(name)
        if is_strictness("".join(before), "".join(after)):
            return None
        low = common(before, after)
        high = max(low, len(before) - 1 - common(before[::-1], after[::-1]))
        statements, body = parts_of("".join(before))
        touched = [each for each in statements if each.start <= high and low < each.stop]
        if low < body:  # the signature: whatever calls the function
            touched = [range(len(before))]
        return cls(f"{whole.name}.{function}", frozenset(line for each in touched for line in each))


@dataclass(frozen=True, slots=True)
class Module:
    """A module with all its mutants, and where each function stands in it."""

    name: str
    lines: list[str]
    spans: dict[str, list[int]]

    @classmethod
    @cache
    def of(cls, name: str) -> Module:
        """Read it."""
        path = Path(f"src/termsgate/core/{name}.py").absolute()
        spans = json.loads(Path(f"{path}.spans").read_text("utf-8"))["spans"]
        return cls(name, path.read_text("utf-8").splitlines(keepends=True), spans)

    def text(self, function: str) -> list[str]:
        """The lines of a function."""
        first, last = self.spans[function]
        return self.lines[first - 1 : last]

    def functions(self, lines: Iterable[int]) -> Iterator[tuple[str, list[int]]]:
        """The functions that lines belong to, with the lines counted from their first."""
        reached = sorted(lines)
        for name, (first, last) in self.spans.items():
            if name.endswith("__mutmut_orig"):
                own = reached[bisect_left(reached, first) : bisect_right(reached, last)]
                if own:
                    function = name.removesuffix("__mutmut_orig")
                    yield f"{self.name}.{function}", [line - first for line in own]


@cache
def parts_of(function: str) -> tuple[list[range], int]:
    """The lines of each statement of a function, and where its body begins.

    Of a statement with a body the lines before its body.
    """
    tree = ast.parse(dedent(function))
    statements = []
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt | ast.match_case | ast.excepthandler):
            inside = (getattr(node, "body", None) or getattr(node, "cases", None) or [None])[0]
            start, end = line_of(node), getattr(node, "end_lineno", 0)
            stop = end + 1 if inside is None else line_of(inside)
            statements.append(range(start - 1, max(stop - 1, start)))
    return statements, line_of(tree.body[0].body[0]) - 1  # type: ignore[attr-defined]


def line_of(node: Any) -> int:  # noqa: ANN401 - a statement, or one case of a match
    """The line a statement begins on."""
    return int(node.pattern.lineno if isinstance(node, ast.match_case) else node.lineno)


def common(one: list[str], other: list[str]) -> int:
    """How many lines are the same from the beginning, the name of a function left aside."""
    plain = [[re.sub(r"__mutmut_\w+", "", line) for line in lines] for lines in (one, other)]
    return next(
        (n for n, (a, b) in enumerate(zip(*plain, strict=False)) if a != b),
        min(len(one), len(other)),
    )


def is_strictness(before: str, after: str) -> bool:
    """Whether one `strict=True` is all that was changed."""
    old, new = (re.sub(r"\s+|__mutmut_\w+", "", text) for text in (before, after))
    return any(
        new == old[: found.start()] + other + old[found.end() :]
        for found in re.finditer("strict=True", old)
        for other in ("strict=None", "strict=False", "")
    )


TIMES_UP: Final = (signal.SIGPROF, signal.SIGALRM, signal.SIGXCPU)


def function_of(mutant: str) -> str:
    """The function a mutant is one of."""
    return mutant.partition("__mutmut_")[0]


def mutants(wanted: list[str], *, again: bool) -> list[tuple[SourceFileMutationData, str]]:
    """Those that are named, then a random sample of each module, then the rest of each.

    Of a module those not tried yet, or those nobody noticed. So a run that is ended early has
    tried a fair sample of every module.
    """
    found: tuple[list[tuple[SourceFileMutationData, str]], ...] = ([], [], [])
    paths = {path.stem: path for path in sorted(walk_mutatable_files())}
    for module in dict.fromkeys(module_of(each) for each in wanted or paths):
        data = SourceFileMutationData(path=paths[module])
        data.meta_path = Path(f"{paths[module]}.meta")  # we are in the folder of the mutants
        data.load()
        for place, name in enumerate(shuffled(data)):
            code = data.exit_code_by_key[name]
            if name in wanted:
                found[0].append((data, name))
            elif (not wanted or module in wanted) and (
                code not in (KILLED, SKIPPED, None) if again else code is None
            ):
                found[1 if place < SAMPLE else 2].append((data, name))
    return [each for some in found for each in some]


def shuffled(data: SourceFileMutationData) -> list[str]:
    """The mutants of a module in an order of chance that is always the same.

    Those of a function that is no longer there, or has fewer, are still in the file of results.
    """
    spans = Path(str(data.meta_path).removesuffix(".meta") + ".spans")
    there = json.loads(spans.read_text("utf-8"))["spans"] if spans.exists() else {}
    names = sorted(name for name in data.exit_code_by_key if name.rpartition(".")[2] in there)
    Random(Path(data.path).stem).shuffle(names)
    return names


def module_of(wanted: str) -> str:
    """The module that is named, or that a named mutant is of."""
    return wanted.rpartition(".")[0].rpartition(".")[2] if "__mutmut_" in wanted else wanted


def save(kept: Iterable[SourceFileMutationData]) -> None:
    """Write down what was found."""
    for data in {id(each): each for each in kept}.values():
        data.save()


def run(wanted: list[str], *, again: bool) -> int:
    """Make the mutants, collect the tests, and try the mutants in their loop."""
    trampoline.set_mutant_under_test("mutant_generation")
    Path("mutants").mkdir(exist_ok=True)
    copy_src_dir()
    copy_also_copy_files()
    setup_source_paths()
    create_mutants(AT_ONCE)
    trampoline.set_mutant_under_test("")
    asked = config()
    given = [*asked.pytest_add_cli_args, *asked.pytest_add_cli_args_test_selection]
    waiting = Waiting(wanted, again)
    os.chdir("mutants")
    return int(pytest.main(["--rootdir=.", "-q", "-s", *given], plugins=[waiting]))


def counts() -> None:
    """Say for each module how many mutants there are and how they ended.

    Of those that were tried only the first in the order of chance, up to one that was not.
    """
    whole: Counter[str] = Counter()
    print("| module | mutants | tried | killed | out of time | alive | alive of tried |")
    print("|---|" + " ---: |" * 6)
    for path in sorted(walk_mutatable_files()):
        data = SourceFileMutationData(path=path)
        data.load()
        codes = [data.exit_code_by_key[name] for name in shuffled(data)]
        past = next((place for place, code in enumerate(codes) if code is None), len(codes))
        found = Counter(status_by_exit_code[code] for code in codes[:past])
        found["not checked"] = len(codes) - past
        whole += found
        if codes:
            print(row(path.stem, found))
    print(row("together", whole))
    print(f"\nleft out, for only `strict` of a `zip` was changed: {whole['skipped']}")


def row(name: str, found: Counter[str]) -> str:
    """One line of the table; what was not tried is neither dead nor alive."""
    mutants = found.total() - found["skipped"]
    tried = mutants - found["not checked"]
    alive = sum(found[status] for status in ALIVE)
    numbers = [mutants, tried, found["killed"], found["timeout"], alive]
    share = f"{100 * alive / tried:.1f} %" if tried else ""
    if 0 < tried < mutants:
        low, high = interval(alive, tried)
        share += f" ({100 * low:.0f} to {100 * high:.0f})"
    return f"| {name} | {' | '.join(map(str, numbers))} | {share} |"


def interval(alive: int, tried: int) -> tuple[float, float]:
    """Where the share of the whole lies, nineteen times out of twenty (Wilson's score)."""
    z = 1.96
    share, spread = alive / tried, z * z / tried
    middle = share + spread / 2
    reach = z * math.sqrt(share * (1 - share) / tried + spread / (4 * tried))
    return (middle - reach) / (1 + spread), (middle + reach) / (1 + spread)


if __name__ == "__main__":
    file_mutation.MutationVisitor._skip_node_and_children = skips_no_property  # noqa: SLF001
    file_mutation.function_trampoline_arrangement = arranged
    trampoline.wrap_in_trampoline = quick_switch
    match sys.argv[1:]:
        case ["run" | "again" as what, *wanted]:
            sys.exit(run(wanted, again=what == "again"))
        case ["counts"]:
            counts()
        case _:
            cli()
