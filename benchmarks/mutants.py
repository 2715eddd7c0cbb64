"""Run mutmut on `core`, its properties among what is changed, and count what it found.

    HYPOTHESIS_PROFILE=few python benchmarks/mutants.py run --max-children 2
    HYPOTHESIS_PROFILE=few python benchmarks/mutants.py run "termsgate.core.govern.*"
    python benchmarks/mutants.py counts
    python benchmarks/mutants.py show termsgate.core.govern.x_governing__mutmut_1

Run from the root of the repository. Every command but `counts` is mutmut's own. docs/mutation.md
says what was measured.
"""

from __future__ import annotations

import gc
import sys
from collections import Counter
from functools import wraps
from inspect import isgeneratorfunction
from sys import modules
from typing import TYPE_CHECKING, Any

import libcst as cst
from mutmut.__main__ import cli, walk_mutatable_files
from mutmut.mutation import file_mutation, trampoline
from mutmut.mutation.data import SourceFileMutationData
from mutmut.runners.harness import PytestRunner
from mutmut.stats import status_by_exit_code

if TYPE_CHECKING:
    from collections.abc import Callable

# A method under one of these is a method all the same; mutmut leaves every decorated one alone.
PROPERTIES = frozenset({"once", "property"})
ALIVE = ("survived", "no tests", "suspicious", "timeout", "segfault", "not checked")

skips = file_mutation.MutationVisitor._skip_node_and_children  # noqa: SLF001
arrange = file_mutation.function_trampoline_arrangement
warm_up = PytestRunner.warm_up
run_tests = PytestRunner.run_tests
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
    careful = switch_of_mutmut(mutants, is_classmethod)

    def switched(function: Any) -> Any:  # noqa: ANN401 - whatever stands in the engine
        if is_classmethod or isgeneratorfunction(function):
            return careful(function)
        way = [None, function]

        @wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - whatever stands in the engine
            active = trampoline._mutant_under_test  # noqa: SLF001
            if active is not way[0]:
                way[:] = active, target(function, mutants, active or "", careful)
            return way[1](*args, **kwargs)

        return call

    return switched


def target(function: Any, mutants: Any, active: str, careful: Any) -> Any:  # noqa: ANN401 - mutmut's own
    """The mutant if it is one of this function, else the function; mutmut's own to count calls."""
    if active in {"stats", "fail"}:
        return careful(function)
    module, _, name = active.rpartition(".")
    return mutants.get(name if module == function.__module__ else "", mutants["_mutmut_orig"])


def warm_and_frozen(runner: Any) -> None:  # noqa: ANN401 - mutmut's own
    """What was collected once is not walked through again by every mutant's process."""
    warm_up(runner)
    gc.collect()
    gc.freeze()


def runs(runner: Any, *, mutant_name: str | None, tests: Any) -> Any:  # noqa: ANN401 - mutmut's own
    """The tests of a mutant; where the tables and cases are among them, they are looked at first.

    That is what the first tests do, without the third of a second that pytest takes to start.
    """
    tables = mutant_name is not None and any("test_few.py" in each for each in tests)
    return 1 if tables and is_noticed() else run_tests(runner, mutant_name=mutant_name, tests=tests)


def is_noticed() -> bool:
    """Whether a worked example, a sentence's example or a case has another verdict, or raises."""
    examples = modules["tests.core.test_worked_examples"]
    sentences = modules["tests.core.test_sentences"]
    few = modules["tests.laws.test_few"]
    try:
        return not (
            all(examples.verdict_of(each).ruling is each.ruling for each in examples.ROWS)
            and all(sentences.gives(*each.values) for each in sentences.EXAMPLES)
            and all(few.quickly(few.case(each)) is few.BEFOREHAND[each] for each in few.CASES)
        )
    except Exception:  # noqa: BLE001 - what raises is noticed
        return True


def counts() -> None:
    """Say for each module how many mutants there are and how they ended."""
    whole: Counter[str] = Counter()
    print(f"| module | mutants | killed | {' | '.join(ALIVE)} |")
    print("|---|" + " ---: |" * (2 + len(ALIVE)))
    for path in sorted(walk_mutatable_files()):
        data = SourceFileMutationData(path=path)
        data.load()
        found = Counter(status_by_exit_code[code] for code in data.exit_code_by_key.values())
        whole += found
        if found:
            print(row(path.stem, found))
    print(row("together", whole))


def row(name: str, found: Counter[str]) -> str:
    """One line of the table."""
    numbers = [found.total(), found["killed"], *(found[status] for status in ALIVE)]
    return f"| {name} | {' | '.join(map(str, numbers))} |"


if __name__ == "__main__":
    file_mutation.MutationVisitor._skip_node_and_children = skips_no_property  # noqa: SLF001
    file_mutation.function_trampoline_arrangement = arranged
    trampoline.wrap_in_trampoline = quick_switch
    PytestRunner.warm_up = warm_and_frozen
    PytestRunner.run_tests = runs
    if sys.argv[1:] == ["counts"]:
        counts()
    else:
        cli()
