"""Proposals become clauses of a fixture, each with an anchor that stands in the text once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from termsgate.core.evidence import QuoteStatus
from termsgate.core.model import Quote
from termsgate.reading import yamltree
from termsgate.reading.captured import Captured
from termsgate.reading.drafting.proposals import BARRED, FREE
from termsgate.reading.plain import normalised
from termsgate.reading.visible import visible
from termsgate.reading.yamltree import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termsgate.reading.drafting.cues import Span
    from termsgate.reading.drafting.document import Draft
    from termsgate.reading.drafting.proposals import Proposal, ProposedFact, ProposedUse
    from termsgate.reading.drafting.rules import Rules

MOST_WORDS: Final = 12
_FEW_WORDS: Final = 8
_FOUND: Final = (QuoteStatus.FOUND, QuoteStatus.FOUND_NORMALISED)
_OF_DATA: Final = ("retention", "deletion-", "retrieval-", "backup-", "biometric-", "security-")
_EXCEPTED: Final = ("retention", "deletion-", "backup-", "change-notice", "policy-change-notice")
_TERMS_CHANGE: Final = ("change-notice", "policy-change-notice")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftClause:
    """One candidate clause as a fixture writes it, and why it was proposed."""

    keys: dict[str, Any]
    confidence: int
    rules: tuple[str, ...]
    line: int
    notes: tuple[str, ...] = ()


def clauses(
    draft: Draft, text: str, rules: Rules, *, page: bool = False
) -> tuple[DraftClause, ...]:
    """The candidate clauses of a draft, in the order of the text; `page` says that it is HTML."""
    maker = _Maker(visible(text) if page else Captured(text), rules)
    return tuple(clause for each in draft.proposals for clause in maker.of(each))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Uses of one sentence that share a stance, with the facts told beside them."""

    stance: tuple[str, ...]
    uses: tuple[ProposedUse, ...]
    facts: tuple[ProposedFact, ...]


class _Maker:
    """Makes clauses, and gives each a name and an anchor of its own."""

    def __init__(self, captured: Captured, rules: Rules) -> None:
        self._captured = captured
        self._plain = normalised(captured.text)[0]
        self._rules = rules
        self._ids: set[str] = set()
        self._allowed: list[tuple[str, str, frozenset[str]]] = []

    def of(self, proposal: Proposal) -> Iterator[DraftClause]:
        """The clauses of a sentence: one for each stance."""
        for group in _groups(proposal):
            yield self._clause(proposal, group)

    def _clause(self, proposal: Proposal, group: _Group) -> DraftClause:
        sentence = proposal.sentence
        told: list[ProposedUse | ProposedFact] = [*group.uses, *group.facts]
        name = self._id(told[0], sentence.section)
        keys: dict[str, Any] = {"id": name}
        if sentence.section:
            keys["section"] = sentence.section
        keys["says"] = _says(proposal, group)
        notes = []
        quote = self._quote(sentence.words, told[0].cue)
        if quote is None:
            notes.append("no few words of this sentence stand in the text only once: add a quote")
        else:
            keys["quote"] = quote
        keys |= self._verb(proposal, group)
        notes += self._notes(proposal, group, keys, name)
        return DraftClause(
            keys=keys,
            confidence=min(each.confidence for each in told),
            rules=tuple(dict.fromkeys(each.rule for each in told)),
            line=sentence.line,
            notes=tuple(notes),
        )

    def _verb(self, proposal: Proposal, group: _Group) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if group.uses:
            verb = "bars" if group.stance == (BARRED,) else "allows"
            found[verb] = _scope(proposal, group)
        if group.uses and group.stance not in {(BARRED,), (FREE,)}:
            found["with"] = _one_or_all(group.stance)
        if group.uses and proposal.closed and group.stance == (FREE,):
            found["closed"] = True
        if proposal.firmness and group.uses and group.stance != (FREE,):
            found["firmness"] = proposal.firmness
        if proposal.region:
            found["applies"] = {"region": proposal.region}
        if group.facts:
            found["states"] = {
                each.fact: self._stated(each, proposal, alone=not group.uses)
                for each in group.facts
            }
        return found

    def _stated(self, fact: ProposedFact, proposal: Proposal, *, alone: bool) -> Any:  # noqa: ANN401
        """The value, with its scope, subjects and exceptions where the sentence names them."""
        long: dict[str, Any] = {"value": fact.value}
        text = proposal.sentence.folded
        about = fact.fact.startswith(_OF_DATA) and not proposal.scope.inherited
        if alone and (about or fact.fact.startswith("licence.")):
            long["of"] = {"data": _one_or_all(proposal.scope.data)}
        if fact.fact in _TERMS_CHANGE and self._rules.signs["material"].stand_in(text):
            long["for"] = ["material"]
        if fact.fact.startswith(_EXCEPTED) and "." not in fact.fact:
            if self._rules.signs["law-excepted"].stand_in(text):
                long["except"] = ["law"]
            if proposal.firmness == "effort":
                long["firmness"] = "effort"
        return long if len(long) > 1 else fact.value

    def _notes(
        self, proposal: Proposal, group: _Group, keys: dict[str, Any], name: str
    ) -> list[str]:
        """What a reviewer must settle; an override within the section is proposed."""
        actions = frozenset(each.action for each in group.uses)
        section = proposal.sentence.section
        notes = []
        if proposal.overrides and actions:
            over = [
                other
                for other, where, what in self._allowed
                if where == section and (what & actions or "any" in what)
            ]
            if over:
                keys["overrides"] = over
            notes.append("`notwithstanding`: over what does it prevail?")
        if proposal.scope.inherited and group.uses:
            notes.append("the data is taken from the words around it")
        if "allows" in keys and group.stance == (FREE,):
            self._allowed.append((name, section, actions))
        return notes

    # --- a name ---

    def _id(self, told: ProposedUse | ProposedFact, section: str) -> str:
        stem = getattr(told, "action", "") or getattr(told, "fact", "").replace(".", "-")
        number = re.sub(r"[^0-9a-z]+", "-", section.lower()).strip("-")
        tries = [stem, f"{stem}-{number}" if number and len(number) < MOST_WORDS else ""]
        name = next((each for each in tries if each and each not in self._ids), "")
        count = 2
        while not name or name in self._ids:
            name, count = f"{stem}-{count}", count + 1
        self._ids.add(name)
        return name

    # --- an anchor ---

    def _quote(self, words: str, cue: Span) -> str | dict[str, str] | None:
        """A few words around the cue that stand in the text once; longer ones where they must."""
        tokens = [each.span() for each in re.finditer(r"\S+", words)]
        at = sum(end <= cue.start for _, end in tokens)
        for exact in _windows(words, tokens, min(at, len(tokens) - 1)):
            if self._stands_once(Quote(exact=exact)):
                return exact
        return self._with_neighbours(words, tokens)

    def _with_neighbours(self, words: str, tokens: list[tuple[int, int]]) -> dict[str, str] | None:
        """The beginning of the sentence with what stands after it."""
        few = len(tokens) // 2
        if not few or len(tokens) > 2 * MOST_WORDS:
            return None
        cut = tokens[few][0]
        exact, suffix = words[:cut].rstrip(), words[len(words[:cut].rstrip()) :]
        held = self._stands_once(Quote(exact=exact, suffix=suffix))
        return {"exact": exact, "suffix": suffix} if held else None

    def _stands_once(self, quote: Quote) -> bool:
        if not (quote.exact + quote.suffix).isprintable():
            return False
        words = normalised(quote.exact + quote.suffix)[0].strip()
        at = self._plain.find(words)
        # Looked for the quick way first: a text may say the same many times.
        if at < 0 or self._plain.find(words, at + 1) >= 0:
            return False
        return self._captured.find(quote)[0] in _FOUND


def _windows(words: str, tokens: list[tuple[int, int]], at: int) -> Iterator[str]:
    """Stretches of words around one of them: short ones first, then any of the sentence."""
    last = len(tokens)
    starts = [max(0, min(at - 2, last - _FEW_WORDS))]
    for size in (_FEW_WORDS, MOST_WORDS):
        starts = [max(0, min(at - 2, last - size)), *range(0, max(1, last - size + 1), 3)]
        for start in starts:
            stop = min(start + size, last)
            yield words[tokens[start][0] : tokens[stop - 1][1]]


def _groups(proposal: Proposal) -> list[_Group]:
    by_stance: dict[tuple[str, ...], list[ProposedUse]] = {}
    for use in proposal.uses:
        by_stance.setdefault(use.stance, []).append(use)
    groups = [
        _Group(stance=stance, uses=tuple(uses), facts=()) for stance, uses in by_stance.items()
    ]
    if proposal.facts and len(groups) == 1 and groups[0].stance != (BARRED,):
        return [_Group(stance=groups[0].stance, uses=groups[0].uses, facts=proposal.facts)]
    if proposal.facts:
        groups.append(_Group(stance=(), uses=(), facts=proposal.facts))
    return groups


def _scope(proposal: Proposal, group: _Group) -> dict[str, Any]:
    scope = proposal.scope
    found: dict[str, Any] = {
        "action": _one_or_all(tuple(each.action for each in group.uses)),
        "data": _one_or_all(scope.data),
    }
    if scope.by:
        found["by"] = list(scope.by)
    if scope.state:
        found["state"] = _one_or_all(scope.state)
    return found


def _one_or_all(words: tuple[str, ...]) -> Any:  # noqa: ANN401 - one word or a list of them
    return words[0] if len(words) == 1 else list(words)


# --- neutral words ------------------------------------------------------------------------------


@cache
def _wording() -> dict[str, Any]:
    file = resources.files("termsgate.data").joinpath("drafting/says.yaml")
    tree, problems = yamltree.read(file.read_bytes(), "says.yaml")
    if tree is None:  # pragma: no cover - the package's own file is tested
        raise AssertionError(problems)
    said: Any = plain(tree)
    return dict(said)


def _says(proposal: Proposal, group: _Group) -> str:
    parts = []
    if group.uses:
        parts.append(_use_says(proposal, group))
    parts += [_fact_says(each) for each in group.facts]
    return " ".join(parts)


def _use_says(proposal: Proposal, group: _Group) -> str:
    wording = _wording()
    about = _listed([each.replace("-", " ") for each in proposal.scope.data])
    acts = [
        wording["actions"].get(each.action, f"{each.action.replace('-', ' ')} {{data}}")
        for each in group.uses
    ]
    what = _listed(
        [_without_repeating(act, about, first=not count) for count, act in enumerate(acts)]
    )
    may = "does not" if group.stance == (BARRED,) else "may"
    condition = "open" if len(group.stance) > 1 else group.stance[0]
    return f"The vendor {may} {what}{wording['conditions'].get(condition, '')}."


def _without_repeating(act: str, about: str, *, first: bool) -> str:
    return act.replace("{data}", about if first else "it")


def _fact_says(fact: ProposedFact) -> str:
    named = _wording()["facts"].get(fact.fact, fact.fact.replace("-", " ").replace(".", ", "))
    return f"{named[:1].upper()}{named[1:]} - {_shown(fact.value)}."


def _shown(value: Any) -> str:  # noqa: ANN401 - what a fixture can state
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _listed(value) if isinstance(value, list) else str(value)


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
