"""How much of what a reader finds a draft proposes: it may not become less."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.drafting import HERE, ROUNDS, main, scored
from termsgate.reading.store import builtin_vocabulary
from termsgate.reading.yamltree import plain, read

if TYPE_CHECKING:
    from pathlib import Path

OURS = sorted([*(HERE / "own").glob("*.yaml"), *(HERE / "held").glob("*.yaml")])
VENDORS = ("zoom", "jitsi")


def test_texts_of_ours_are_drafted_as_well_as_the_page_says() -> None:
    """Recall of 0.9 with precision of 0.6 on the five topics, in English and French."""
    five = scored(OURS)["the five"]

    assert five.wanted > 100
    assert five.found / five.wanted >= 0.9
    assert five.right / five.proposed >= 0.6


@pytest.mark.skipif("TERMSGATE_SHARED" not in os.environ, reason="the real texts are not at hand")
@pytest.mark.parametrize("vendor", VENDORS)
def test_vendor_is_drafted_without_what_its_texts_taught(vendor: str) -> None:
    """The same on the texts of vendors, each without the cues that were learned from them."""
    five = scored([HERE / f"{vendor}.yaml"])["the five"]

    assert five.wanted > 20
    assert five.found / five.wanted >= 0.9
    assert five.right / five.proposed >= 0.6


@pytest.mark.skipif("TERMSGATE_SHARED" not in os.environ, reason="the real texts are not at hand")
def test_vendors_of_the_rounds_are_drafted_as_well_as_the_page_says() -> None:
    """What was once found in texts of other vendors is not lost again."""
    stems = [stem for _, round_of in ROUNDS for stem in round_of]
    five = scored([HERE / "unseen" / f"{stem}.yaml" for stem in stems])["the five"]
    if not five.wanted:
        pytest.skip(
            "TERMSGATE_SHARED does not hold the texts of the rounds; the label files say where "
            "they are"
        )

    assert five.found / five.wanted >= 0.9
    assert five.right / five.proposed >= 0.75


def test_texts_that_are_not_at_hand_are_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever lacks the texts of vendors reads which, and where they are looked for."""
    monkeypatch.delenv("TERMSGATE_SHARED", raising=False)

    main([str(HERE / "unseen" / "openai.yaml"), "--sure"])

    assert "TERMSGATE_SHARED" in capsys.readouterr().out


def test_every_vendor_of_a_round_has_labels() -> None:
    """A round that names a file that there is not would score nothing."""
    for _, stems in ROUNDS:
        assert all((HERE / "unseen" / f"{stem}.yaml").is_file() for stem in stems)


@pytest.mark.parametrize("file", sorted(HERE.rglob("*.yaml")), ids=lambda file: file.stem)
def test_labels_use_the_words_of_the_vocabulary(file: Path) -> None:
    """A wish for a word that there is not could never be met."""
    tree, problems = read(file.read_bytes(), file.name)
    assert tree is not None, problems
    said: Any = plain(tree)
    vocabulary = builtin_vocabulary()

    for each in said["passages"]:
        assert set(each.get("uses", ())) <= set(vocabulary.action.by_id)
        assert set(each.get("facts", ())) <= set(vocabulary.facts)
        assert set(each.get("may", ())) <= {*vocabulary.action.by_id, *vocabulary.facts}
        assert len(each["at"].split()) <= 12
