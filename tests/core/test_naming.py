"""A set of leaves in the fewest words of the vocabulary."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termsgate.core.naming import Names, names_of
from termsgate.core.vocabulary import Hierarchy, Term
from termsgate.reading.store import builtin_vocabulary

AXIS = Hierarchy(
    name="data",
    terms=(
        Term(id="all"),
        Term(id="content", parents=("all",)),
        Term(id="audio", parents=("content",)),
        Term(id="voiceprint", parents=("audio", "biometric")),
        Term(id="video", parents=("content",)),
        Term(id="chat", parents=("content",)),
        Term(id="files", parents=("content",)),
        Term(id="biometric", parents=("all",)),
        Term(id="faceprint", parents=("biometric",)),
    ),
)


def leaves(*names: str) -> int:
    """The leaves of some words, those of the rest of a group by `other ...`."""
    single = {leaf.label: 1 << place for place, leaf in enumerate(AXIS.leaves) if leaf.other}
    found = 0
    for name in names:
        found |= single[name] if name in single else AXIS.sure[name]
    return found


@pytest.mark.parametrize(
    ("given_", "words"),
    [
        (AXIS.everything, "all"),
        (leaves("audio", "video"), "audio, video"),
        (leaves("audio", "video", "chat", "files", "other content"), "content"),
        (leaves("audio", "video", "chat", "files"), "content but other content"),
        (leaves("content") & ~leaves("chat"), "content but chat"),
        (AXIS.everything & ~leaves("audio"), "all but audio"),
        (leaves("voiceprint"), "voiceprint"),
        (leaves("other biometric"), "other biometric"),
        (leaves("content", "biometric"), "content, biometric"),
    ],
)
def test_a_whole_group_is_named_as_one(given_: int, words: str) -> None:
    """What is taken out of a group stands after `but`."""
    assert str(names_of(AXIS, given_)) == words


def test_all_but_a_few_is_said_so() -> None:
    """And no word stands there that another makes needless."""
    axis = builtin_vocabulary().action
    few = ("provide-service", "secure", "comply-with-law", "legal-disclosure")
    left = axis.everything & ~axis.surely(few)

    assert str(names_of(axis, left)) == f"any but {', '.join(few)}"


def meant(names: Names) -> int:
    """The leaves that words stand for."""
    return leaves(*names.terms) & ~leaves(*names.but)


@given(st.integers(1, AXIS.everything))
def test_the_words_say_the_set_exactly(given_: int) -> None:
    """No leaf more and none less."""
    assert meant(names_of(AXIS, given_)) == given_
