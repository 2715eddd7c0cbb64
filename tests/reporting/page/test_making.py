"""The page as text: whole, valid, safe, and true without its script."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from typing import TYPE_CHECKING, Any

import html5lib
import pytest

from termsgate.reporting.page.making import MOST_PARTS, page
from termsgate.reporting.page.matrix import MOST_CELLS
from tests.recorded import (
    check,
    clause,
    everything,
    met,
    question,
    record,
    requirement,
    used,
    verdict,
    warning,
)
from tests.recorded import vendor as a_vendor

if TYPE_CHECKING:
    from termsgate.core.record import Record

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</td></tr></table><svg/onload=alert(1)>",
    "javascript:alert(1)",
    "{{7*7}} {% raw %} ${7*7}",
    "\u202e\u2066gnihton\u200f",
    "\ud800 \x00 \x08 \ufffe",
    "]]>&lt;&amp;",
)


def whole(**said: Any) -> Record:  # noqa: ANN401 - what a record may say
    """A run of two vendors with something in every place."""
    judged = [
        everything(),
        met(vendor="jitsi"),
        verdict(requirement="exit.x", vendor="jitsi", outcome="warn"),
        verdict(requirement="exit.x", vendor="zoom", outcome="waived", waiver=used("covers")),
    ]
    return record(
        *judged,
        **{
            "vendors": [a_vendor(vendor="jitsi", name="Jitsi"), a_vendor(documents=[DOCUMENT])],
            "requirements": [requirement(), requirement(requirement="exit.x", policy="exit")],
            "warnings": [warning()],
            "policies": [POLICY],
            **said,
        },
    )


DOCUMENT = {
    "document": "terms-of-service",
    "kind": "contract",
    "title": "Terms of Service",
    "url": "",
    "at-hand": True,
    "versions": [
        {
            "effective": "2023-03-31",
            "withdrawn": None,
            "url": "https://example.org/terms",
            "review": "reviewed",
            "archive": {"collection": "a/b", "path": "c.md", "commit": "d"},
            "path": "x.yaml",
            "line": 1,
            "column": 1,
        }
    ],
}
POLICY = {
    "policy": "ai-training",
    "title": "AI training",
    "titles": {"en": "AI training", "fr": "Entraînement"},
    "owner": "",
    "path": "p.yaml",
    "line": 1,
    "column": 1,
}


SVG = "{http://www.w3.org/2000/svg}"


def read(text: str) -> Any:  # noqa: ANN401 - the library's own type
    """The page as a browser reads it; what is no HTML fails."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)


def data_of(text: str) -> dict[str, Any]:
    """What the script reads."""
    found = re.search(
        r'<script type="application/json" id="data" data-coding="(\w+)">(.*?)</script>',
        text,
        re.DOTALL,
    )
    assert found is not None
    content = found[2] if found[1] == "json" else zlib.decompress(base64.b64decode(found[2]))
    read_back: dict[str, Any] = json.loads(content)
    return read_back


def said_in(tree: Any) -> str:  # noqa: ANN401 - the library's own type
    """All words that a reader sees without a script."""
    for script in [*tree.iter("script"), *tree.iter("style")]:
        script.text = ""
    return " ".join(" ".join(tree.itertext()).split())


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("found", [record(), record(met()), whole()], ids=["nothing", "one", "all"])
def test_the_page_is_html(found: Record, language: str) -> None:
    """Of a run that found nothing as of one that found everything; no id stands twice."""
    tree = read(page(found, language))

    ids = [each.get("id") for each in tree.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    assert tree.get("lang") == language


def test_nothing_is_loaded_and_only_our_script_runs() -> None:
    """The policy of the page names the digests of the one script and the one style."""
    text = page(whole())
    tree = read(text)

    (policy,) = [m.get("content") for m in tree.iter("meta") if m.get("http-equiv")]
    scripts = [each for each in tree.iter("script") if each.get("type") is None]
    (style,) = tree.iter("style")
    digests = [
        base64.b64encode(hashlib.sha256(each.text.encode()).digest()).decode()
        for each in (*scripts, style)
    ]
    assert policy == (
        f"default-src 'none'; script-src 'sha256-{digests[0]}'; style-src 'sha256-{digests[1]}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    assert not [each for each in tree.iter() if each.get("src") or each.get("style")]
    assert {each.get("rel") for each in tree.iter("link")} == {"icon"}


@pytest.mark.parametrize("word", HOSTILE)
def test_no_word_of_a_file_becomes_markup(word: str) -> None:
    """Wherever it stands: the elements and the names of attributes are those of harmless words."""
    tame, wild = read(page(saying("tame words"))), read(page(saying(word)))

    assert _shape(wild) == _shape(tame)
    hrefs = [each.get("href") for each in wild.iter("a")]
    assert [each for each in hrefs if not each.startswith(("#", "https://"))] == []


def saying(word: str) -> Record:
    """A record that says the word wherever a file can."""
    entry = verdict(
        because=[
            clause(section=word, quote=word, says=word, prefix=word, suffix=word, clause=word)
        ],
        witness={"action": word, "data": word, "by": word, "state": word},
        questions=[
            question(text=word, how=word, about=[word], answers=[{"text": word, "verdict": "met"}])
        ],
        waiver=used("covers", reason=word, ticket=word),
        notes=[word],
        ask=word,
    )
    document = {**DOCUMENT, "title": word, "url": word}
    return record(
        entry,
        checks=[check(title=word)],
        vendors=[a_vendor(name=word, url=word, documents=[document])],
        requirements=[
            requirement(title=word, why=word, ask=word, references=[{"title": word, "url": word}])
        ],
        policies=[{**POLICY, "title": word, "titles": {}}],
        warnings=[warning(text=word, help=word)],
    )


def _shape(tree: Any) -> list[tuple[str, list[str]]]:  # noqa: ANN401 - the library's own type
    return [(each.tag, sorted(each.keys())) for each in tree.iter()]


@pytest.mark.parametrize("word", HOSTILE)
def test_the_data_end_no_element(word: str) -> None:
    """And come back as they were."""
    found = data_of(page(saying(word)))

    assert found["clauses"][0][3] == word
    assert found["requirements"][0][5] == [[word, ""]]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("We use machine learning, artificial intelligence and more.", ["We use ", " and more."]),
        ("Other words.", ["before", ""]),
        ("", ["before", ""]),
    ],
)
def test_a_quote_stands_in_its_sentence(sentence: str, expected: list[str]) -> None:
    """Where its text was at hand; else between the words that the fixture gives."""
    entry = clause(prefix="before")
    place = {name: entry[name] for name in ("path", "line", "column")}
    found = record(verdict(because=[entry]), quotes=[{**place, "sentence": sentence}])

    assert data_of(page(found))["clauses"][0][4:6] == expected


def test_a_text_without_end_is_cut() -> None:
    """The table shows it whole on demand."""
    text = page(saying("long " * 20_000))

    assert "[…]" in text
    assert (
        max(map(len, re.sub(r"<(script|style).*?</\1>", "", text, flags=re.DOTALL).split("<")))
        < 20_000
    )


def test_the_page_tells_the_result_without_its_script() -> None:
    """The gate, the matrix, what to do and the letter are text."""
    text = said_in(read(page(whole())))

    for sentence in (
        "The gate is closed: 1 of 4 verdicts fails the run.",
        "1 verdict is accepted for a while by a waiver.",
        "What fails the run",
        "Open questions",
        "open in 1 verdict, of which 1 fails the run",
        "in force since 31 March 2023",
        "Subject: Zoom, what we ask for in your terms",
    ):
        assert sentence in text


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (record(), "The gate says nothing: no verdict was given."),
        (record(met()), "The gate is open: no verdict fails the run, and none warns."),
        (
            record(verdict(outcome="warn")),
            "The gate is open: no verdict fails the run, and 1 of 1 warns.",
        ),
        (record(verdict()), "The gate is closed: 1 of 1 verdicts fails the run."),
        (record(met(), expected=3), "The run is not whole: 1 of 3 verdicts were given."),
        (record(met(), interrupted=True), "The run is not whole: 1 of 1 verdicts were given."),
    ],
)
def test_the_gate_is_told_in_one_sentence(found: Record, sentence: str) -> None:
    """A run that is not whole has no other result."""
    assert sentence in said_in(read(page(found)))


def test_titles_and_asks_are_told_in_the_readers_language() -> None:
    """Where the policy has it; else as they were written."""
    both = requirement(titles={"fr": "Sans entraînement"}, asks={"fr": "Ajoutez une clause."})
    found = whole(requirements=[both, requirement(requirement="exit.x", policy="exit")])

    french, english = (said_in(read(page(found, language))) for language in ("fr", "en"))

    assert "Sans entraînement" in french
    assert "Ajoutez une clause." in french
    assert "Entraînement" in french
    assert "No AI training on calls without consent" in english
    assert "entraînement" not in english


def test_every_cell_leads_to_its_verdict() -> None:
    """By ids that the next run gives again."""
    tree = read(page(whole()))

    cells = [each.find("a").get("href") for each in tree.iter("td") if each.find("a") is not None]
    assert [each for each in cells if each.startswith("#calls/")] == [
        "#calls/jitsi/ai-training.calls",
        "#calls/zoom/ai-training.calls",
        "#calls/jitsi/exit.x",
        "#calls/zoom/exit.x",
    ]


def test_many_vendors_go_down_the_page() -> None:
    """As a table of its own roles."""
    vendors = [a_vendor(vendor=f"v{n}", name=f"V {n}") for n in range(9)]
    tree = read(page(record(*(met(vendor=f"v{n}") for n in range(9)), vendors=vendors)))

    assert [each.get("role") for each in tree.iter() if each.get("role") == "rowheader"] == [
        "rowheader"
    ] * 9


def test_a_matrix_that_is_no_picture_is_counted() -> None:
    """The worst first; parts of vendors that found no room wait in the data."""
    many = MOST_CELLS + 1
    bad = verdict(vendor=f"v{many - 1}")
    judged = [*(met(vendor=f"v{n}") for n in range(many - 1)), bad]
    vendors = [a_vendor(vendor=f"v{n}", name=f"V {n}") for n in range(many)]

    text = page(record(*judged, vendors=vendors))

    tree, data = read(text), data_of(text)
    (table,) = tree.iter("table")
    rows = [" ".join("".join(row.itertext()).split()) for row in table.iter("tr")]
    assert rows[1].startswith(f"V {many - 1}1")
    assert len(data["parts"]) == many - MOST_PARTS
    assert len(list(tree.iter("details"))) < 2 * MOST_PARTS
    assert len(text) < 1_500_000


def test_a_history_is_drawn() -> None:
    """A row for what turned, a span for each verdict, and the same in words."""
    days = [
        {
            "day": day,
            "coming": coming,
            "events": [{"event": "takes-effect", "subject": "terms"}],
            "documents": [],
        }
        for day, coming in (("2023-01-01", False), ("2023-03-31", False), ("2027-01-01", True))
    ]
    rows = [
        {
            "check": "calls",
            "requirement": "ai-training.calls",
            "verdicts": ["met", "violated", "violated"],
        },
        {"check": "calls", "requirement": "exit.x", "verdicts": ["silent", "silent", "silent"]},
    ]
    tree = read(page(whole(history=[{"vendor": "zoom", "days": days, "verdicts": rows}])))

    (drawing,) = [each for each in tree.iter(f"{SVG}svg") if each.get("class") == "timeline"]
    titles = ["".join(each.itertext()) for each in drawing.iter(f"{SVG}title")]
    assert [each.split(": ")[1] for each in titles[3:]] == [
        "met from 1 January 2023 on",
        "violated from 31 March 2023 on",
    ]
    assert "1 requirement never turned." in said_in(tree)
    assert "1 January 2027 (still coming): terms takes effect" in said_in(tree)


def test_the_same_record_gives_the_same_page() -> None:
    """Nothing depends on a clock or on chance."""
    assert page(whole()) == page(whole())
