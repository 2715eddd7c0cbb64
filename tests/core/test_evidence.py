"""Which words of a version are held against its captured text."""

from __future__ import annotations

from dataclasses import replace

from termsgate.core.evidence import Anchor, anchors
from termsgate.core.model import Place, Precedence, Quote, Version
from tests.making import START, bars, box

HERE, THERE = (Place(path="terms.yaml", line=line, column=3) for line in (7, 19))
BAN, RANK = Quote(exact="does not train"), Quote(exact="shall prevail")


def test_every_quote_of_a_version_is_named() -> None:
    """A clause by its id, words on precedence by their number; what quotes nothing is left out."""
    ban = replace(bars(box("train-ai")), quote=BAN, section="10.4", place=HERE)
    rank = Precedence(document="terms", over=("notice",))
    quoted = replace(rank, quote=RANK, section="1", place=THERE)
    version = Version(
        document="terms",
        effective=START,
        clauses=(replace(ban, id="silent", quote=None), ban),
        precedence=(quoted, rank, replace(quoted, section="2")),
    )

    assert anchors(version) == (
        Anchor(name="ban", quote=BAN, section="10.4", place=HERE),
        Anchor(name="precedence.1", quote=RANK, section="1", place=THERE),
        Anchor(name="precedence.3", quote=RANK, section="2", place=THERE),
    )
