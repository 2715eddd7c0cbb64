"""Which facts a sentence states, with their numbers and units."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from termsgate.reading.drafting.cues import Span
from termsgate.reading.drafting.passages import fold
from termsgate.reading.drafting.proposals import ProposedFact
from termsgate.reading.drafting.values import durations, money

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termsgate.reading.drafting.passages import Sentence
    from termsgate.reading.drafting.rules import FactRule, Rules

_POLICY: Final = {"change-notice": "policy-change-notice"}
"""The fact that takes the place of another where the document is a notice and not a contract."""


_TRUSTED: Final = 70
"""How often a rule must have been right, in percent, for a wide one to be silent beside it."""


def facts(
    rules: Rules, sentence: Sentence, *, binds_customer: bool, notice: bool, narrow: bool = False
) -> tuple[ProposedFact, ...]:
    """Every fact once, by the rule that is surest of it.

    A wide rule is heard of a matter on which the others are silent.
    """
    best: dict[str, ProposedFact] = {}
    for found in _found(
        rules, sentence, binds_customer=binds_customer, notice=notice, narrow=narrow
    ):
        if found.fact not in best or found.confidence > best[found.fact].confidence:
            best[found.fact] = found
    told = {
        rules.matter_of(each.fact)
        for each in best.values()
        if not rules.is_wide(each.rule) and rules.share(each.rule) >= _TRUSTED
    }
    return tuple(
        each
        for each in best.values()
        if not rules.is_wide(each.rule) or rules.matter_of(each.fact) not in told
    )


def _found(
    rules: Rules, sentence: Sentence, *, binds_customer: bool, notice: bool, narrow: bool = False
) -> Iterator[ProposedFact]:
    text = sentence.folded
    around = fold(f"{sentence.heading} . {sentence.label} . ") + sentence.lead + " . " + text
    for rule in rules.facts:
        if (binds_customer and not rule.by_anyone) or (narrow and rule.wide):
            continue
        cue = _cue(rule, text, text if rule.here else around)
        value = None if cue is None else _value(rules, rule, sentence, cue)
        if cue is None or value is None:
            continue
        name = rule.fact
        if rule.subject == "terms" and notice and not _says_terms(rules, sentence):
            name = _POLICY.get(name, name)
        yield ProposedFact(
            fact=name, value=value, confidence=rule.confidence, rule=rule.name, cue=cue
        )
        for other, said in rule.also:
            yield ProposedFact(
                fact=other, value=said, confidence=rule.confidence, rule=rule.name, cue=cue
            )


def _says_terms(rules: Rules, sentence: Sentence) -> bool:
    return rules.signs["these-terms"].stand_in(sentence.folded)


def _cue(rule: FactRule, text: str, around: str) -> Span | None:
    """Where the last of the lists found something, if all did and nothing bars it."""
    cue = rule.lists[-1].first(text)
    if cue is None or rule.bars.stand_in(text):
        return None
    return cue if all(each.stand_in(around) for each in rule.lists[:-1]) else None


def _value(rules: Rules, rule: FactRule, sentence: Sentence, cue: Span) -> Any:  # noqa: ANN401
    """The value as a fixture writes it; `None` where the words do not give what is asked."""
    text, asked = sentence.folded, rule.value
    if not isinstance(asked, str):
        return asked
    if asked.startswith("duration") or asked == "keeping":
        return _duration(rules, text, asked, cue)
    if asked == "money":
        return money(rules, text) or None
    if asked == "place":
        return _place(sentence, cue)
    return asked


def _duration(rules: Rules, text: str, asked: str, cue: Span) -> str | None:
    kind = asked.removesuffix("?")
    found = list(durations(rules, text))
    otherwise = "unspecified" if asked.endswith("?") else None
    if kind == "keeping":
        return _keeping(rules, text, found)
    if not found:
        return otherwise
    if kind == "duration-last":
        return found[-1][2]
    if kind == "duration-after-delete":
        gone = rules.signs["deleting"].first(text)
        near = gone.start if gone else cue.start
        found = [each for each in found if each[0] > near or near - each[1] < 60] or found  # noqa: PLR2004
        if rules.signs["fetching-time"].stand_in(text) and len(found) == 1:
            return otherwise
        return min(found, key=lambda each: (each[0] < near, abs(each[0] - near)))[2]
    return min(found, key=lambda each: min(abs(each[0] - cue.end), abs(cue.start - each[1])))[2]


def _keeping(rules: Rules, text: str, found: list[tuple[int, int, str]]) -> str:
    """How long something is kept: a time, as long as it serves, or nobody says."""
    if found:
        return found[0][2]
    serves = rules.signs["while-it-serves"].stand_in(text)
    return "as-long-as-needed" if serves else "unspecified"


_PLACE: Final = re.compile(
    r"(?:[Ll]aws?|[Dd]roit|LAWS?)\s+(?:of\s+)?(?:the\s+)?(?:(?:State|Commonwealth|Republic)\s+of\s+)?"
    r"(?P<place>[A-Z\u00c0-\u00de]\w+(?:\s+(?:and\s+)?[A-Z]\w+)*|fran\u00e7ais\w*|belge|suisse|qu\u00e9b\u00e9cois)"
)


def _place(sentence: Sentence, cue: Span) -> str | None:
    """The place whose law applies, as it is printed."""
    found = _PLACE.search(sentence.words, max(0, cue.start - 30))
    return found["place"] if found else None


_OF_CONTENT: Final = "licence"

_SOON: Final = 30
"""What bars a licence stands at its beginning; further on it is another matter."""

# --- licences -----------------------------------------------------------------------------------


@dataclass(slots=True, kw_only=True)
class Licences:
    """Reads what is said of a licence, and remembers which one was spoken of last."""

    rules: Rules
    _last: str = ""
    _taken: bool = False

    def read(self, sentence: Sentence) -> tuple[ProposedFact, ...]:
        """The facts of a licence that the customer gives."""
        rule, text = self.rules.licence, sentence.folded
        gives, takes, barred = (
            rule.gives.first(text),
            rule.takes.stand_in(text),
            rule.bars.first(text),
        )
        if barred and (gives is None or barred.start <= gives.start + _SOON):
            return ()
        if gives is None or (takes and not self._about_content(text)):
            if takes:
                self._last, self._taken = "", True
                return ()
            if not self._last and not self._taken and self._about_content(text):
                self._last = _OF_CONTENT
            back = self._back(sentence) if self._last else None
            return self._facts(self._last, text, back, given=False) if back else ()
        named = (name for name, cues in rule.of if cues.stand_in(text))
        self._last = next(named, self._last or _OF_CONTENT)
        return self._facts(self._last, text, gives, given=True)

    def _back(self, sentence: Sentence) -> Span | None:
        """Where it speaks of the licence given before: by its name, or in a list under it."""
        rule, text = self.rules.licence, sentence.folded
        found = rule.continues.first(text)
        if found is None and not self.rules.signs["binds-customer"].stand_in(text):
            found = rule.marks.first(text)
        listed = rule.gives.stand_in(sentence.lead)
        return found or (Span(0, 0) if listed else None)

    def _about_content(self, text: str) -> bool:
        return any(cues.stand_in(text) for _, cues in self.rules.licence.of)

    def _facts(
        self, prefix: str, text: str, cue: Span | None, *, given: bool
    ) -> tuple[ProposedFact, ...]:
        rule, found = self.rules.licence, {}
        denied = list(rule.denied.all(text))
        for fact, cues, value in rule.facts:
            spans = [
                span
                for span in cues.all(text)
                if not any(span.start < each.end and each.start < span.end for each in denied)
            ]
            if fact == "granted":
                spans = [cue] if given and cue else []
            if spans and _exists(prefix, fact):
                found[f"{prefix}.{fact}"] = ProposedFact(
                    fact=f"{prefix}.{fact}",
                    value=value,
                    confidence=rule.confidence,
                    rule=f"licence-{fact}",
                    cue=spans[0],
                )
        return tuple(found.values())


def _exists(prefix: str, fact: str) -> bool:
    """Whether the vocabulary has the fact for this kind of licence."""
    known = {"feedback-licence": {"duration"}, "service-data-licence": {"duration", "revocable"}}
    return fact in known.get(prefix, {fact})
