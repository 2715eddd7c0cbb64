"""Compare the engine with the naive evaluator on many random cases.

It says how often each verdict, criterion and feature came, and how fast the two are.

    python benchmarks/oracle.py 1000000 --processes 8

Run from the root of the repository. Ends with 1 where the two disagree.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing import Pool
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.laws.cases import case, features
from tests.laws.comparing import disagreement, naively, quickly

CHUNK = 1_000
SHOWN = 10


@dataclass(kw_only=True)
class Tally:
    """What a run found."""

    cases: int = 0
    rulings: Counter[str] = field(default_factory=Counter)
    criteria: Counter[str] = field(default_factory=Counter)
    features: Counter[str] = field(default_factory=Counter)
    oracle_seconds: float = 0.0
    engine_seconds: float = 0.0
    different: list[int] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Count another run in."""
        self.cases += other.cases
        self.rulings += other.rulings
        self.criteria += other.criteria
        self.features += other.features
        self.oracle_seconds += other.oracle_seconds
        self.engine_seconds += other.engine_seconds
        self.different += other.different


def compare(seeds: range) -> Tally:
    """Compare the two on these cases."""
    tally = Tally(cases=len(seeds))
    for seed in seeds:
        made = case(seed)
        defeats: Counter[str] = Counter()
        start = time.perf_counter()
        naive = naively(made, defeats)  # type: ignore[arg-type]  # a criterion is its own word
        middle = time.perf_counter()
        quick = quickly(made)
        tally.engine_seconds += time.perf_counter() - middle
        tally.oracle_seconds += middle - start
        tally.rulings[naive.word] += 1
        tally.criteria.update(set(defeats))
        tally.features.update(features(made))
        if naive is not quick:
            tally.different.append(seed)
    return tally


def report(tally: Tally) -> None:
    """Say what was found, the rarest features first."""
    for title, counts in (
        ("verdicts", tally.rulings),
        ("criteria that defeated a clause", tally.criteria),
        ("features", tally.features),
    ):
        print(f"\n{title}")
        for name, count in sorted(counts.items(), key=lambda item: item[1]):
            print(f"  {count / tally.cases:7.2%}  {name}")
    per_case = 1_000_000 / tally.cases
    print(
        f"\n{tally.cases} cases: naive {tally.oracle_seconds * per_case:.0f} us a case, "
        f"engine {tally.engine_seconds * per_case:.0f} us a case, "
        f"{len(tally.different)} disagreements"
    )
    for seed in sorted(tally.different)[:SHOWN]:
        print(f"\n{disagreement(case(seed))}")


def main() -> int:
    """Run the comparison asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("cases", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--start", type=int, default=0, help="the number of the first case")
    parser.add_argument("--processes", type=int, default=None, help="left out: one a core")
    asked = parser.parse_args()
    last = asked.start + asked.cases
    chunks = [range(at, min(at + CHUNK, last)) for at in range(asked.start, last, CHUNK)]
    tally = Tally()
    with Pool(asked.processes) as pool:
        for part in pool.imap_unordered(compare, chunks):
            tally.add(part)
    report(tally)
    return 1 if tally.different else 0


if __name__ == "__main__":
    sys.exit(main())
