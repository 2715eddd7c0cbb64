"""Terms made up by us, what is quoted of them, and what may happen to a page."""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from termsgate.core.model import Clause, Document, DocumentKind, Quote, Vendor, Version
from termsgate.reading.drift.blocks import Kind
from termsgate.reading.drift.examine import Standard, examine
from termsgate.reading.drift.quotes import Quoted, Searched
from termsgate.reading.drift.sentences import Text, taken_apart, words_of

if TYPE_CHECKING:
    from termsgate.core.drift import Drift

TEXTS: Final = Path(__file__).parent / "texts"
TUNED: Final = tuple(sorted(f"tuned/{each.name}" for each in (TEXTS / "tuned").iterdir()))
HELD_BACK: Final = tuple(
    sorted(f"held_back/{each.name}" for each in (TEXTS / "held_back").iterdir())
)
ALL: Final = TUNED + HELD_BACK

TRAINING: Final = {
    "en": (
        "We may use your content to train our artificial intelligence models.",
        "Customer data is also used for machine learning.",
        "Recordings help us to improve and train the AI that answers calls.",
        "Our partners fine-tune large language models on what you upload.",
    ),
    "fr": (
        "Vos contenus servent à entraîner des modèles d\u2019intelligence artificielle.",
        "Vos données servent aussi à l\u2019apprentissage automatique.",
        "Les enregistrements alimentent l\u2019IA qui répond aux appels.",
    ),
}
"""Sentences that nobody may slip into terms unseen."""


@cache
def written(name: str) -> str:
    """A text as it lies here."""
    return (TEXTS / name).read_text(encoding="utf-8")


@cache
def old(name: str) -> Text:
    """A text, taken apart."""
    return taken_apart(written(name), name)


@cache
def standard(name: str) -> Standard:
    """What new captures of a text are held against: every other sentence of it is quoted."""
    vendor_id = Path(name).stem
    text = old(name)
    clauses = tuple(
        Clause(id=f"clause-{at}", document="terms", section=str(at), quote=Quote(exact=words))
        for at, words in enumerate(_quotes(text), 1)
    )
    version = Version(
        document="terms",
        effective=date(2020, 1, 1),
        clauses=clauses,
        language=text.language,
    )
    vendor = Vendor(
        id=vendor_id,
        name=vendor_id.capitalize(),
        documents=(Document(id="terms", kind=DocumentKind.CONTRACT),),
        versions=(version,),
    )
    return Standard(vendor=vendor, version=version, old=text)


def _quotes(text: Text) -> list[str]:
    """A few words of every other sentence, that stand in the text once."""
    searched = Searched(text=text)
    found = []
    for sentence in [
        each for each in text.sentences if each.whole and each.kind is not Kind.MARGIN
    ][::2]:
        words = " ".join(sentence.text.split()[:7]).strip(',;:()"')
        named = Quoted(owner="", section="", quote=Quote(exact=words))
        if len(words_of(words)) >= 4 and searched.status(named)[0].is_verified:
            found.append(words)
    return found


def drift(name: str, text: str) -> Drift:
    """What a new capture of a text shows."""
    return examine(standard(name), taken_apart(text, name))


# --- what happens to a page and changes nothing -------------------------------------------------


def _is_page(name: str) -> bool:
    return name.endswith(".html")


def _tracked(text: str, name: str, draw: random.Random) -> str:
    number = draw.randrange(10**9)
    if _is_page(name):
        return re.sub(r'href="([^"#?]*)[^"]*"', rf'href="\1?session={number}"', text)
    return re.sub(r"\]\(([^()#?\s]*)[^()\s]*\)", rf"](\1?utm_id={number}#x)", text)


def _with_menu(text: str, name: str, draw: random.Random) -> str:
    links = ["Home", "Products", "Pricing", "AI Companion", "Privacy", "Contact us", "Blog"]
    draw.shuffle(links)
    if _is_page(name):
        items = "".join(f'<li><a href="/{each}">{each}</a></li>' for each in links)
        return text.replace("<h1>", f"<nav><ul>{items}</ul></nav><h1>", 1)
    if name.endswith(".md"):
        menu = "\n".join(f"*   [{each}](https://example.org/{each.split()[0]})" for each in links)
        return f"{menu}\n\n{text}"
    return "\n".join(links) + "\n\n" + text


def _with_languages(text: str, name: str, draw: random.Random) -> str:
    names = ["English", "Français", "Deutsch", "Español", "日本語"]
    draw.shuffle(names)
    if _is_page(name):
        options = "".join(f"<option>{each}</option>" for each in names)
        return text.replace("</body>", f"<select>{options}</select></body>")
    return text.rstrip("\n") + "\n\n" + " | ".join(names) + "\n"


def _renumbered(text: str, name: str, draw: random.Random) -> str:
    by = draw.randint(1, 30)
    if _is_page(name):
        return text
    return re.sub(r"(?m)^(\d{1,2})([.)])(?=\s)", lambda at: f"{int(at[1]) + by}{at[2]}", text)


def _spaced(text: str, _: str, draw: random.Random) -> str:
    def wider(at: re.Match[str]) -> str:
        return at[0] * draw.randint(1, 2) if draw.random() < 0.2 else at[0]

    return re.sub(r"(?<=\w) (?=\w)", wider, text).replace("\n\n", "\n\n\n")


def _rewrapped(text: str, name: str, draw: random.Random) -> str:
    if not name.endswith(".txt"):
        return text.replace("\n", "\r\n")
    width = draw.randint(40, 110)
    wrapped = []
    for paragraph in text.split("\n\n"):
        joined = re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", paragraph)
        wrapped.append(textwrap.fill(joined, width, break_on_hyphens=False))
    return "\n\n".join(wrapped) + "\n"


def _typeset(text: str, name: str, draw: random.Random) -> str:
    if not _is_page(name):
        text = re.sub(r'"([^"\n]*)"', "“\\1”", text)
    text = (
        re.sub(r"(?<=\w)'(?=\w)", "\u2019", text)
        if draw.random() < 0.5
        else text.replace("\u2019", "'")
    )
    return re.sub(r"(?<=\w) (?=\w)", "\N{NO-BREAK SPACE}", text, count=9)


def _with_banner(text: str, name: str, draw: random.Random) -> str:
    french = old(name).language == "fr"
    banner = draw.choice(BANNERS["fr" if french else "en"])
    if _is_page(name):
        return text.replace("</body>", f'<div class="notice"><p>{banner}</p></div></body>')
    return f"{banner}\n\n{text}" if draw.random() < 0.5 else f"{text}\n\n{banner}\n"


BANNERS: Final = {
    "en": (
        "We use cookies to improve your experience on our site. By continuing you accept them.",
        "This website uses cookies. Accept all cookies or manage your cookie preferences.",
        "By clicking “Accept All Cookies”, you agree to the storing of cookies on your device.",
        "Cookie settings",
        "Reject all",
    ),
    "fr": (
        "Nous utilisons des cookies pour améliorer votre expérience de navigation.",
        "En cliquant sur « Tout accepter », vous acceptez le dépôt de cookies.",
        "Gérer les cookies",
        "Continuer sans accepter",
    ),
}


def _reordered(text: str, name: str, draw: random.Random) -> str:
    """Two paragraphs change places."""
    if _is_page(name):
        return text
    parts = text.split("\n\n")
    head = 4
    movable = [at for at in range(head, len(parts)) if _is_paragraph(parts[at])]
    if len(movable) > 1:
        one, other = draw.sample(movable, 2)
        parts[one], parts[other] = parts[other], parts[one]
    return "\n\n".join(parts)


def _is_paragraph(part: str) -> bool:
    return part.strip().endswith(".") and "\n" not in part.strip() and part[:1].isalpha()


def _marked_up(text: str, name: str, draw: random.Random) -> str:
    if _is_page(name):
        return text.replace("<p>", f'<p class="p{draw.randrange(99)}" data-v="{draw.random()}">')
    if name.endswith(".md"):
        return text.replace("**", "__") if draw.random() < 0.5 else text.replace("**", "")
    return text


Edit = Callable[[str, str, random.Random], str]
NOISE: Final[tuple[Edit, ...]] = (
    _tracked,
    _with_menu,
    _with_languages,
    _renumbered,
    _spaced,
    _rewrapped,
    _typeset,
    _with_banner,
    _reordered,
    _marked_up,
)


# --- what happens to a text and changes it --------------------------------------------------------


def without_a_word(name: str, words: str, draw: random.Random) -> str:
    """The text with one word of a quote taken out."""
    pieces = [re.escape(each) for each in words.split()]
    between = r"(?:\s|<[^>]*>|&nbsp;|[*_])+"
    found = re.search(between.join(f"({each})" for each in pieces), _loose(written(name)))
    assert found is not None, words
    long = [
        at for at in range(1, len(pieces) + 1) if len(words_of(found[at])) and len(found[at]) > 2
    ]
    at = draw.choice(long)
    loose = _loose(written(name))
    return loose[: found.start(at)] + loose[found.end(at) :]


def _loose(text: str) -> str:
    """The text with plain marks, so that a quote's words are found in it letter for letter."""
    return (
        text.replace("\u2019", "'").replace("“", '"').replace("”", '"').replace("&rsquo;", "'")
        .replace("&#8217;", "'").replace("«", '"').replace("»", '"').replace("&agrave;", "à")
        .replace("&ldquo;", '"').replace("&rdquo;", '"').replace("adver-\ntising", "advertising")
        .replace("\u2013", "-").replace("\N{NO-BREAK SPACE}", " ")
    )  # fmt: skip


def spots(name: str) -> list[int]:
    """The places of a text where a sentence can be slipped in, right after another one."""
    text = written(name)
    found = [at.end() for at in re.finditer(r"(?<=[a-zà-ÿ)\u2019])[.](?=\s|<)", text)]
    return [at for at in found if not _is_inside(text, at)]


def _is_inside(text: str, at: int) -> bool:
    """Whether a place of a page is inside what no one reads as its text."""
    for tag in ("script", "style", "nav", "select", "head", "button"):
        opened = text.rfind(f"<{tag}", 0, at)
        if opened > text.rfind(f"</{tag}", 0, at):
            return True
    return False
