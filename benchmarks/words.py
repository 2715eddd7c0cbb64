"""The verdicts of a run, told shortly, so that those of two runs can be compared.

    python -m benchmarks.words FILE SORTED

FILE is a record of ours or has a line a verdict: vendor, requirement, word. The lines are sorted
into SORTED; how many there are, and a hash of them, is printed.
"""

from __future__ import annotations

import json
import sys
from hashlib import sha256
from pathlib import Path


def lines(file: Path) -> list[str]:
    """Vendor, requirement and verdict, sorted."""
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".json":
        return sorted(text.splitlines())
    verdicts = json.loads(text)["verdicts"]
    return sorted(f"{one['vendor']} {one['requirement']} {one['verdict']}" for one in verdicts)


def main() -> None:
    """Write the lines, print their number and hash."""
    found = lines(Path(sys.argv[1]))
    text = "".join(f"{line}\n" for line in found)
    Path(sys.argv[2]).write_text(text, encoding="utf-8")
    print(len(found), sha256(text.encode()).hexdigest())


if __name__ == "__main__":
    main()
