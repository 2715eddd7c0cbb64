"""What the rules make of a whole text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeVar

from termsgate.reading.drafting.cues import compiled
from termsgate.reading.drafting.facts import Licences, facts
from termsgate.reading.drafting.passages import fold, sentences, title
from termsgate.reading.drafting.proposals import FREE, Proposal
from termsgate.reading.drafting.rules import LANGUAGES, rules
from termsgate.reading.drafting.uses import Reader, Seen, Setting
from termsgate.reading.drafting.values import days
from termsgate.reading.plain import normalised
from termsgate.reading.visible import visible

if TYPE_CHECKING:
    from datetime import date

    from termsgate.reading.drafting.cues import Cues
    from termsgate.reading.drafting.passages import Sentence
    from termsgate.reading.drafting.proposals import ProposedFact, ProposedUse
    from termsgate.reading.drafting.rules import Rules

_HEAD: Final = 3000
_TAIL: Final = 600
_NEAR: Final = 40
"""How far into a text its dates and the names of the parties are looked for."""

_NO_NAME: Final = re.compile(
    r".*\b(?:terms|agreement|services?|software|site|website|apps?|api|platform|you|your|"
    r"customer|client|user|users|utilisateurs?|conditions?|contrat|plateforme|contents?|contenus?|"
    r"notice|policy|data|donnees|information|inputs?|outputs?|feedback|prompts?|post|files?|party|"
    r"parties|partners|features?|integrations?|products?|form|members?|subscriber|licensee)\b.*"
)
"""What is defined at the head of a text and is nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a text says of itself."""

    language: str
    effective: date | None
    updated: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is proposed of a text, and what its head says of itself."""

    language: str
    notice: bool
    effective: date | None
    updated: date | None
    proposals: tuple[Proposal, ...]


def draft(
    text: str, vendor: str, *, page: bool = False, language: str = "", without: str = ""
) -> Draft:
    """The proposals for a text, in its order."""
    read = sentences(text, page=page)
    spoken = language or _language(read)
    shown = visible(text).text if page else text
    names = _names(vendor, shown)
    read = tuple(_without_surnames(each, names) for each in read)
    known = rules(spoken, without, names)
    notice = _is_notice(known, fold(title(text, page=page)), fold(shown[:_HEAD]))
    setting = Setting(rules=known, vendor=_vendor(names), notice=notice)
    effective, updated = _dates(known, shown)
    return Draft(
        language=spoken,
        notice=notice,
        effective=effective,
        updated=updated,
        proposals=tuple(_proposals(setting, read)),
    )


def head(text: str, *, page: bool = False) -> Head:
    """The language of a text and the days that its head names."""
    read = sentences(text, page=page)
    language = _language(read)
    shown = visible(text).text if page else text
    effective, updated = _dates(rules(language), shown)
    return Head(language=language, effective=effective, updated=updated)


def _proposals(setting: Setting, read: tuple[Sentence, ...]) -> list[Proposal]:
    reader, licences = Reader(setting=setting), Licences(rules=setting.rules)
    found = []
    for sentence in read:
        seen = Seen(sentence=sentence, setting=setting)
        uses, scope = reader.read(seen)
        stated = facts(
            setting.rules,
            sentence,
            binds_customer=seen.binds_customer,
            notice=setting.notice,
            narrow=seen.has("elsewhere"),
        )
        stated += licences.read(sentence)
        uses = _without_what_is_told(setting.rules, seen, uses, stated)
        if uses or stated:
            found.append(
                Proposal(
                    sentence=sentence,
                    uses=tuple(_sure(setting.rules, use) for use in uses),
                    facts=tuple(_sure(setting.rules, fact) for fact in stated),
                    scope=scope,
                    closed=bool(uses) and seen.closed,
                    firmness=next((one for one in ("effort", "practice") if seen.has(one)), ""),
                    region=next((one for one in ("eu", "us-ca") if seen.has(one)), ""),
                    overrides=seen.has("overrides"),
                )
            )
    return found


_Proposed = TypeVar("_Proposed", "ProposedUse", "ProposedFact")


def _sure(known: Rules, proposed: _Proposed) -> _Proposed:
    """The same, as sure as its rule has been right (the number that a draft prints)."""
    return replace(proposed, confidence=known.share(proposed.rule))


_KEPT_OR_GONE: Final = "the-end-of-data"
_KEPT: Final = "retention"


def _without_what_is_told(
    known: Rules, seen: Seen, uses: tuple[ProposedUse, ...], stated: tuple[ProposedFact, ...]
) -> tuple[ProposedUse, ...]:
    """What a fact tells of the data is no use: a promise to delete it, and how long it is kept.

    Where the vendor may delete it beside, that is told; so is that it may keep what a licence is
    given for.
    """
    kept = [use for use in uses if use.action != "store" or not known.is_wide(use.rule)]
    if not any(_tells_how_long(known, fact) for fact in stated) or _licensed(stated):
        kept = list(uses)
    if any(fact.fact.startswith("deletion-") for fact in stated) and not seen.has("leave"):
        kept = [use for use in kept if use.action != "delete" or use.stance != (FREE,)]
    return tuple(kept)


def _tells_how_long(known: Rules, fact: ProposedFact) -> bool:
    """Whether it says when data is gone; `unspecified` does not."""
    if fact.fact == _KEPT:
        return bool(fact.value != "unspecified")
    return known.matter_of(fact.fact) == _KEPT_OR_GONE


def _licensed(stated: tuple[ProposedFact, ...]) -> bool:
    return any(fact.fact.startswith("licence.") for fact in stated)


def _is_notice(known: Rules, called: str, opening: str) -> bool:
    """Whether the text is a notice and no contract, by what it calls itself."""
    if known.signs["is-a-notice"].stand_in(called):
        return True
    return known.signs["this-notice"].stand_in(opening) and not (
        known.signs["these-terms"].stand_in(opening)
    )


def _language(read: tuple[Sentence, ...]) -> str:
    """The language whose commonest words are the most frequent."""
    words = re.findall(r"\w+", " ".join(each.folded for each in read[:400]))
    return max(LANGUAGES, key=lambda one: sum(word in rules(one).tells for word in words))


_FIRM: Final = re.compile(
    r"(?P<name>[A-Z\u00c0-\u00de][\w\u00d7.-]*(?:\s+[A-Z\u00c0-\u00de][\w\u00d7.-]*){0,2}?),?\s+"
    r"(?:Inc|LLC|Ltd|Limited|GmbH|SAS|SASU|SARL|S\.A\.?S?|SA|Corp|Corporation|PBC|B\.?V|AG|AB|Pty|plc|Co)\b"
)
"""A firm is called so: the letters of its form stand behind its name."""
_SPEAKS: Final = re.compile(
    r"(?<![\w'\u2019])(?P<name>[A-Z\u00c0-\u00de][\w\u00d7-]{2,})\s+"
    r"(?:may|will|shall|reserves?|grants?|collects?|uses?|does|retains?|peut|pourra|conserve|"
    r"s.engage|collecte|traite|utilise)\b"
)
"""Who is said to do something with data."""
_OFTEN: Final = 3
_PARTIES: Final = frozenset(
    {
        *("you", "customer", "customers", "client", "user", "users", "subscriber", "licensee"),
        *("member", "members", "recipient", "discloser", "party", "parties", "they", "this"),
        *("that", "these", "those", "which", "who", "what", "someone", "nobody", "none", "each"),
        *("information", "data", "content", "cookies", "services", "service", "software", "site"),
        *("terms", "agreement", "section", "changes", "and", "but", "the", "some", "any", "all"),
        *("organization", "administrator", "admin", "providers", "partners", "affiliates"),
        *("nothing", "neither", "either", "apple", "google", "facebook", "vous", "elle", "ils"),
        *("qui", "que", "cela", "celle", "celui", "utilisateur", "utilisateurs", "company"),
        *("subprocessor", "controller", "processor", "licensor", "arbitrator", "notice", "policy"),
    }
)
"""Who else is said to do something, and what is no name."""

_NAMED: Final = re.compile(
    r"[(,][^()]{0,60}?[\"\u201c\u00ab]\**\s*"
    r"(?P<name>[\w\u00d7][\w\u00d7 .-]{1,30}?)\s*\**,?[\"\u201d\u00bb]"
)


def _names(vendor: str, text: str) -> tuple[str, ...]:
    """How the text names the vendor: by its id, and by the name it gives itself."""
    head = text[:_HEAD]
    named = [fold(each["name"]) for each in _NAMED.finditer(head) if _of_the_vendor(head, each)]
    named += [fold(each["name"]) for each in _FIRM.finditer(head)]
    spoken = Counter(fold(each["name"]) for each in _SPEAKS.finditer(text))
    named += [name for name, count in spoken.items() if count >= _OFTEN and name not in _PARTIES]
    if len(re.findall(rf"(?i:\b{re.escape(vendor)}) AI\b", text)) >= _OFTEN:
        named.append(f"{vendor} ai")
    names = [vendor, *(name for name in named if not _NO_NAME.fullmatch(name))]
    own = [" ".join(re.findall(r"\w+", fold(name))) for name in names]
    return tuple(dict.fromkeys(filter(None, own)))


_ITS_OWN: Final = re.compile(
    r"\b(?:we|us|our|nous|notre|Inc|LLC|Ltd|Limited|GmbH|SAS|SARL|SA|Corp|Corporation|B\.V|Pty|"
    r"company|soci\u00e9t\u00e9)\b",
    re.IGNORECASE,
)


def _of_the_vendor(text: str, named: re.Match[str]) -> bool:
    """Whether a name in quotation marks stands beside `we` or the form of a firm."""
    around = text[max(0, named.start() - _NEAR) : named.end() + _NEAR]
    return _ITS_OWN.search(around) is not None


def _without_surnames(sentence: Sentence, names: tuple[str, ...]) -> Sentence:
    """The sentence in which a name of several words is told by its first.

    `Mistral AI` improves its products: that is no model that is improved.
    """
    for name in names:
        first, *others = name.split()
        if others and first in sentence.folded:
            last = r"\W+".join(map(re.escape, others))
            sentence = replace(
                sentence,
                folded=re.sub(
                    rf"(?<!\w){re.escape(first)}\W+(?P<rest>{last})(?!\w)", _hidden, sentence.folded
                ),
            )
    return sentence


def _hidden(found: re.Match[str]) -> str:
    """The same number of letters, with nothing to be read in those behind the first name."""
    return found[0][: found.start("rest") - found.start()] + "_" * len(found["rest"])


def _vendor(names: tuple[str, ...]) -> Cues:
    """How the vendor is spoken of: by a name, or by `we`."""
    return compiled([*names, "we", "us", "our", "nous", "notre", "nos"], {})


def _dates(known: Rules, text: str) -> tuple[date | None, date | None]:
    """The days from which the text says that it holds, and when it was last changed."""
    found: dict[str, date] = {}
    for part in (text[:_HEAD], text[-_TAIL:]):
        place = fold(normalised(part)[0])
        named = list(days(known, place))
        for name, cues in known.dates:
            for span in cues.all(place):
                near = [day for at, day in named if 0 <= at - span.end < _NEAR]
                if near:
                    found.setdefault(name, near[0])
    return found.get("effective"), found.get("updated")
