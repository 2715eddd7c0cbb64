"""A text is taken apart into sentences, and two texts are held against each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from termsgate.core.drift import Step
from termsgate.reading.drift.blocks import Kind
from termsgate.reading.drift.compare import Comparison, compare
from termsgate.reading.drift.examine import examine
from termsgate.reading.drift.sentences import taken_apart
from termsgate.reading.drift.words import stretch, word_diff
from tests.reading.drift import making


def _told(text: str, name: str = "t.md") -> list[tuple[Kind, str]]:
    return [(each.kind, each.text) for each in taken_apart(text, name).sentences]


def _compared(old: str, new: str) -> Comparison:
    one, other = taken_apart(old, "t.txt"), taken_apart(new, "t.txt")
    return compare(one.sentences, other.sentences)


def test_a_table_has_its_cells() -> None:
    """Each is said by itself, and the line below the head says nothing."""
    text = "| Subject | Rule |\n|---|---|\n| Use | We use it. | |\n| [Home](/) | x |\n"

    assert _told(text) == [
        (Kind.ITEM, "Subject"),
        (Kind.ITEM, "Rule"),
        (Kind.ITEM, "Use"),
        (Kind.ITEM, "We use it."),
        (Kind.LINKS, "Home"),
        (Kind.ITEM, "x"),
    ]


def test_what_stands_above_a_line_of_dashes_is_a_heading() -> None:
    """And what stands above stars is not."""
    text = "Our terms\n---\nWe use it.\n***\nWe keep it.\n"

    assert _told(text) == [
        (Kind.HEADING, "Our terms"),
        (Kind.PARAGRAPH, "We use it."),
        (Kind.PARAGRAPH, "We keep it."),
    ]


def test_lines_that_belong_together_are_one_paragraph() -> None:
    """A number at the start of a line may have come there by chance."""
    text = "You have to ask for it within\n30 days after the end, or within\n2. months of it.\n"

    assert len(taken_apart(text, "t.txt").sentences) == 1


def test_abbreviations_end_no_sentence() -> None:
    """Nor does the initial of a name."""
    text = "Acme Inc. may do so, e.g. Through J. Doe. It does not ask."

    assert [each for _, each in _told(text)] == [
        "Acme Inc. may do so, e.g. Through J. Doe.",
        "It does not ask.",
    ]


def test_tracking_ids_are_no_words() -> None:
    """Neither in a link nor in an address that is printed."""
    one = 'See [our page](https://a.example/x?id=1 "title") or https://a.example/y?id=2#z now.\n'
    other = one.replace("id=1", "id=7").replace("id=2#z", "id=9")

    assert _compared(one, other) == _compared(one, one)


def test_a_sentence_cut_otherwise_is_the_same() -> None:
    """Whether a full stop is there, or a line ends."""
    found = _compared("Waiver.We ask first. We keep it.", "Waiver. We ask first.We keep it.")

    assert (found.changed, found.gone, found.new) == ((), (), ())


def test_what_turns_text_around_is_neither_shown_nor_compared() -> None:
    """A report shows the words in the order in which they are read."""
    turned = "We do \u202enot\u202c ask \u2067first\u2069 of all.\n"

    assert [text for _, text in _told(turned)] == ["We do not ask first of all."]
    assert _compared(turned, "We do not ask first of all.\n").changed == ()


def test_a_sentence_that_starts_alike_is_another() -> None:
    """As long as the two do not end together."""
    found = _compared(
        "We keep it for a year. We ask first of all.", "We keep it for a week at most, and burn it."
    )

    assert len(found.gone) + len(found.changed) == 2


def test_a_sentence_that_stands_twice_must_stay_twice() -> None:
    """What is said of audio and of video may go for one of them."""
    twice = (
        "We do not train models on it.\n\nMore words follow here.\n\nWe do not train models on it."
    )
    found = _compared(twice, twice[: -len("We do not train models on it.")])

    assert len(found.gone) == 1


def test_a_word_diff_takes_marks_for_words() -> None:
    """Only what differs is told."""
    told = word_diff("opts in, or leaves.", "opts out, or leaves.")

    assert [(each.step, each.words) for each in told] == [
        (Step.KEPT, "opts"),
        (Step.OUT, "in"),
        (Step.IN, "out"),
        (Step.KEPT, ", or leaves."),
    ]


@pytest.mark.parametrize(
    ("words", "sentence", "share"),
    [
        (("we", "keep", "recordings"), "Yes, we keep recordings.", 1.0),
        (("we", "keep", "recordings"), "Nothing of this.", 0.0),
        ((), "Nothing of this.", 0.0),
    ],
)
def test_a_stretch_is_where_the_words_stand(
    words: tuple[str, ...], sentence: str, share: float
) -> None:
    """And how many of them do."""
    assert stretch(words, sentence)[0] == share


def test_a_date_that_reads_two_ways_is_a_passage() -> None:
    """It is not guessed, and its change is not passed over."""
    text = making.written("tuned/harbour.md")
    assert "_Last updated:_ _March 4, 2025_" in text
    old = text.replace("_Last updated:_ _March 4, 2025_", "Updated: 03/04/2025")
    known = making.standard("tuned/harbour.md")
    standard = replace(known, old=taken_apart(old, "old.md"))
    drift = examine(standard, taken_apart(old.replace("03/04", "05/06"), "new.md"))

    assert [each.after for each in drift.passages] == ["Updated: 05/06/2025"]


TERMS = "<p>We use your calls to run the rooms you open.</p><p>We keep them for one year.</p>"


@pytest.mark.parametrize("name", ["menu-open", "has-toc", "cookie-policy", "gdpr"])
def test_a_name_alone_makes_no_menu_of_a_text(name: str) -> None:
    """What a wrapper is called is a guess; what it holds is not."""
    long = (
        TERMS + "<p>And here are more words, which say what we do with cookies at length.</p>" * 9
    )
    sentences = taken_apart(f'<div class="{name}">{long}</div>', "t.html").sentences

    assert {each.kind for each in sentences} == {Kind.PARAGRAPH}


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        ('<div class="menu"><span>Our AI</span></div>', Kind.LINKS),
        ("<nav><p>Our AI</p></nav>", Kind.LINKS),
        ('<div role="menu">Our AI</div>', Kind.LINKS),
        ('<div><a href="/x">Our AI</a></div>', Kind.LINKS),
        ('<div id="cookie-bar">We use cookies here.</div>', Kind.MARGIN),
        ('<div id="onetrust-sdk">We use cookies here.</div>', Kind.MARGIN),
        ("<footer>All is said.</footer>", Kind.MARGIN),
        ("<ul><li>All is said.</li></ul>", Kind.ITEM),
        ("<h2>All is said.</h2>", Kind.HEADING),
    ],
)
def test_a_page_tells_what_is_around_its_text(page: str, kind: Kind) -> None:
    """By its elements, their roles and their names."""
    sentences = taken_apart(f"<main>{TERMS}</main>{page}", "t.html").sentences

    assert sentences[-1].kind is kind


def test_what_a_reader_of_a_page_does_not_see_is_no_text() -> None:
    """Scripts, styles, and what is hidden."""
    unseen = "<script>let x = 1;</script><style>p {}</style><p hidden>Nothing.</p><!-- No. -->"

    assert taken_apart(f"<body>{TERMS}{unseen}</body>", "t.html").sentences[-1].text == (
        "We keep them for one year."
    )


def test_a_line_in_bold_or_with_a_break_is_a_block_of_its_own() -> None:
    """What follows it is another."""
    assert [each for _, each in _told("**Our terms**\nWe use it.  \nWe keep it.\n")] == [
        "Our terms",
        "We use it.",
        "We keep it.",
    ]


def test_a_sentence_that_grew_at_its_end_is_changed() -> None:
    """The old words are its start, and no run of whole sentences."""
    found = _compared("We keep your recordings safe.", "We keep your recordings safe for a year.")

    assert (found.changed, found.gone, found.new) == (((0, 0),), (), ())


def test_a_sentence_is_taken_once() -> None:
    """Of two new ones that start alike, one is the old."""
    new = "We ask first. We keep it at home.\n\nWe ask first of all. Nobody else does."
    found = _compared("We ask first.We keep it at home.", new)

    assert (found.gone, len(found.new)) == ((), 2)
