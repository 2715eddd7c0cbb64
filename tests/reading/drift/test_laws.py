"""What holds of every text: noise is not drift, and no change of words goes unseen."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reading.drift import making

NAMES = st.sampled_from(making.ALL)
SEEDS = st.integers(min_value=0, max_value=2**32)


@pytest.mark.parametrize("name", making.ALL)
def test_a_text_does_not_drift_from_itself(name: str) -> None:
    """The same text again is no drift, and every quote of it stands."""
    drift = making.drift(name, making.written(name))

    assert (drift.drifted, drift.refused, drift.stands) == (
        False,
        None,
        len(making.standard(name).quotes),
    )


@pytest.mark.parametrize("name", making.ALL)
def test_a_text_is_quoted_and_read(name: str) -> None:
    """Each of the texts holds enough to be lost: the laws below are about something."""
    assert len(making.standard(name).quotes) >= 3
    assert making.old(name).language in ("en", "fr")


@pytest.mark.parametrize("edit", making.NOISE, ids=lambda edit: edit.__name__.strip("_"))
@pytest.mark.parametrize("name", making.ALL)
def test_noise_of_one_kind_is_no_drift(name: str, edit: making.Edit) -> None:
    """Nothing that happens to every page changes what it says."""
    drift = making.drift(name, edit(making.written(name), name, random.Random(7)))

    assert (drift.refused, drift.quotes, drift.passages, drift.drifted) == (None, (), (), False)


@settings(max_examples=60)
@given(
    name=NAMES, edits=st.lists(st.sampled_from(making.NOISE), min_size=2, max_size=5), seed=SEEDS
)
def test_noise_of_several_kinds_is_no_drift(name: str, edits: list[making.Edit], seed: int) -> None:
    """Nor does any mixture of it."""
    draw = random.Random(seed)
    text = making.written(name)
    for edit in edits:
        text = edit(text, name, draw)
    drift = making.drift(name, text)

    assert (drift.refused, drift.quotes, drift.passages) == (None, (), ())


@settings(max_examples=60)
@given(name=NAMES, seed=SEEDS)
def test_a_quote_that_loses_a_word_is_reported(name: str, seed: int) -> None:
    """Whichever word of whichever quote is taken out."""
    draw = random.Random(seed)
    quoted = draw.choice(making.standard(name).quotes)
    drift = making.drift(name, making.without_a_word(name, quoted.quote.exact, draw))

    assert quoted.owner in {each.clause for each in drift.quotes}


@settings(max_examples=80)
@given(name=NAMES, seed=SEEDS)
def test_a_new_sentence_on_training_is_reported(name: str, seed: int) -> None:
    """Wherever it is slipped in, and whatever else happened to the page."""
    draw = random.Random(seed)
    sentence = draw.choice(making.TRAINING[making.old(name).language])
    at = draw.choice(making.spots(name))
    text = making.written(name)
    text = f"{text[:at]} {sentence}{text[at:]}"
    text = draw.choice(making.NOISE)(text, name, draw)
    drift = making.drift(name, text)

    about = {subject for each in drift.passages for subject in each.about}
    assert drift.drifted
    assert about & {"ai", "training"}


@pytest.mark.parametrize("name", making.ALL)
def test_a_text_cut_off_in_the_middle_is_one_finding(name: str) -> None:
    """Half of a document is no document with half of its promises broken."""
    text = making.written(name)
    drift = making.drift(name, text[: int(0.55 * len(text))])

    assert drift.refused is not None
    assert (drift.refused.why, drift.quotes) == ("truncated", ())


@pytest.mark.parametrize("name", making.ALL)
@pytest.mark.parametrize("other", making.ALL)
def test_another_vendors_text_is_one_finding(name: str, other: str) -> None:
    """None of the texts is taken for any other."""
    if name == other:
        return
    drift = making.drift(name, making.written(other))

    assert drift.refused is not None
    assert (drift.refused.why, drift.quotes) in (
        ("another vendor", ()),
        ("another language", ()),
    )
