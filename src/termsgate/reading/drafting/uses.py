"""Which uses a sentence permits or rules out, and on what condition."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from termsgate.reading.drafting.cues import Cues, Span
from termsgate.reading.drafting.passages import fold
from termsgate.reading.drafting.proposals import BARRED, FREE, ProposedUse, Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termsgate.reading.drafting.passages import Sentence
    from termsgate.reading.drafting.rules import ActionRule, Rules

_REACH: Final = 420
"""How many letters a negation reaches; terms put long lists between it and the verb."""

_NEAR: Final = 40
_ANEW: Final = re.compile(r"[:;]|(?<!\w)(?:but|however|mais|toutefois|cependant)(?!\w)")
_LABELLED: Final = 4
_ABOUT_CONTENT: Final = "customer-content"
_MOST_DATA: Final = 12
_OF_THE_SERVICE: Final = frozenset(
    {"telemetry", "usage-data", "diagnostics", "service-data", "browsing", "device-data"}
)
"""Data that a customer has nothing to do with: who speaks of it speaks of the vendor."""
_ALREADY_DISCLOSED: Final = frozenset({"share-with-providers", "legal-disclosure", "share"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is known of the document before a sentence is read."""

    rules: Rules
    vendor: Cues
    notice: bool


@dataclass(slots=True, kw_only=True)
class Reader:
    """Reads sentence after sentence, and remembers what a pronoun may look back to."""

    setting: Setting
    _section: str = ""
    _paragraph: int = -1
    _handled: bool = False
    _data: tuple[str, ...] = ()
    _uses: tuple[ProposedUse, ...] = ()

    def read(self, seen: Seen) -> tuple[tuple[ProposedUse, ...], Scope]:
        """The uses of the sentence and what they are about."""
        sentence = seen.sentence
        if sentence.section != self._section:
            self._section, self._data, self._uses = sentence.section, (), ()
        seen.carried = seen.has("carries-on") and self._handled and self._follows(sentence)
        self._handled = seen.carried or seen.has("handling") or seen.handled_by_vendor
        self._paragraph = sentence.paragraph
        scope = self._scope(seen)
        uses = _without_doubles(seen.uses())
        if not uses:
            uses = seen.objection_to(self._uses)
        self._uses = uses or self._uses
        return uses, scope

    def _follows(self, sentence: Sentence) -> bool:
        """Whether it stands in the paragraph of the sentence read before it."""
        return sentence.paragraph == self._paragraph

    def _scope(self, seen: Seen) -> Scope:
        named = seen.data
        if named:
            self._data = named
        found = named or (self._data if seen.has("refers-back") else ())
        inherited = not named
        if not found:
            found = seen.data_around or (
                "personal-data" if self.setting.notice else _ABOUT_CONTENT,
            )
        return Scope(data=found, by=seen.by, state=seen.state, inherited=inherited)


@dataclass(slots=True, kw_only=True)
class Seen:
    """One sentence with the signs in it."""

    sentence: Sentence
    setting: Setting
    carried: bool = False
    _negations: list[Span] | None = field(default=None)
    _shown: dict[str, bool] = field(default_factory=dict)
    _bound: bool | None = None
    _elsewhere: bool | None = None
    _named: tuple[str, ...] | None = None

    @property
    def text(self) -> str:
        """The letters that cues are compared with."""
        return self.sentence.folded

    def sign(self, name: str) -> Cues:
        """The cues of a sign."""
        return self.setting.rules.signs[name]

    def has(self, name: str) -> bool:
        """Whether the sentence shows a sign; it is looked for once."""
        if name not in self._shown:
            self._shown[name] = self.sign(name).stand_in(self.text)
        return self._shown[name]

    # --- who speaks of whom ---

    @property
    def binds_customer(self) -> bool:
        """Whether it tells the customer what to do, and the vendor nothing (semantics 2.7)."""
        if self._bound is None:
            self._bound = self._binds_customer()
        return self._bound

    def _binds_customer(self) -> bool:
        if self._bound_by_its_lead():
            return True
        bound = self.sign("binds-customer").first(self.text)
        if bound is None or self._gives(self.text) or self._lets_the_vendor():
            return False
        speaks = self.setting.vendor.first(self.text)
        if speaks is None:
            return True
        return bound.start < speaks.start and not self._begins_anew(bound.end, speaks.start)

    def _begins_anew(self, start: int, stop: int) -> bool:
        """Whether another sentence begins there (`You are responsible: but we may ...`)."""
        return _ANEW.search(self.text, start, stop) is not None

    def _bound_by_its_lead(self) -> bool:
        """Whether what introduces it tells the customer what to do, and it speaks of no vendor."""
        lead = self.sentence.lead
        if not self.sign("binds-customer").stand_in(lead) or self._gives(lead):
            return False
        return not (self.sign("tells-of").stand_in(lead) or self.setting.vendor.stand_in(self.text))

    def _lets_the_vendor(self) -> bool:
        """Whether the customer agrees to something that the vendor does."""
        return any(
            self.setting.vendor.stand_in(self.text[each.end : each.end + _NEAR])
            for each in self.sign("agrees-that").all(self.text)
        )

    def _gives(self, text: str) -> bool:
        licence = self.setting.rules.licence
        return self.sign("gives-vendor").stand_in(text) or (
            licence.gives.stand_in(text) or licence.continues.stand_in(text)
        )

    # --- what it is about ---

    @property
    def data(self) -> tuple[str, ...]:
        """The data that the words name, the narrow without the wide that they stand in."""
        if self._named is None:
            self._named = _data_of(self.setting.rules, self.text)
        return self._named

    @property
    def data_around(self) -> tuple[str, ...]:
        """The data that the words before it name: the lead of its list, its heading."""
        return _data_of(self.setting.rules, self.sentence.lead) or _data_of(
            self.setting.rules, fold(f"{self.sentence.label} {self.sentence.heading}")
        )

    @property
    def by(self) -> tuple[str, ...]:
        """Whose use it is, where it is not the vendor's alone."""
        if self.has("third-party-models"):
            return ("vendor", "third-party")
        return ("vendor", "affiliate") if self.has("affiliates") else ()

    @property
    def state(self) -> tuple[str, ...]:
        """The states of the data that the words name."""
        found = [
            state
            for state, sign in (("de-identified", "deidentified"), ("aggregated", "aggregated"))
            if self.has(sign)
        ]
        return tuple(found)

    @property
    def closed(self) -> bool:
        """Whether the uses are the only ones (semantics 2.5)."""
        return self.has("closed")

    # --- what may be done ---

    def uses(self) -> Iterator[ProposedUse]:
        """The uses that the rules find."""
        if self.binds_customer or self._licence_to_customer or self.has("defines"):
            return
        for rule in self.setting.rules.actions:
            if rule.wide and self.out_of_sight:
                continue
            cue = self._cue(rule)
            if cue is not None and self._framed(rule, cue):
                yield self._use(rule, cue)

    @property
    def _licence_to_customer(self) -> bool:
        licence = self.setting.rules.licence
        return licence.takes.stand_in(self.text) and not licence.gives.stand_in(self.text)

    @property
    def _licensed(self) -> bool:
        """Whether it is, or stands under, a licence that the customer gives for content."""
        licence = self.setting.rules.licence
        given = any(
            cues.stand_in(words)
            for cues in (licence.gives, licence.continues)
            for words in (self.text, self.sentence.lead)
        )
        return given and _ABOUT_CONTENT in {*self.data, *self.data_around}

    def _cue(self, rule: ActionRule) -> Span | None:
        if rule.bars.stand_in(self.text):
            return None
        if rule.needs is not None and not rule.needs.stand_in(self.text):
            return None
        traps = list(rule.traps.all(self.text))
        free = (cue for cue in rule.cues.all(self.text) if not _overlaps(cue, traps))
        return next(free, None)

    def _framed(self, rule: ActionRule, cue: Span) -> bool:
        """Whether somebody handles data there, or the vendor may, will or does something."""
        if rule.frame == "vendor":
            return self.has("permission") or self._negated(cue) or bool(self.sentence.lead)
        if rule.frame == "purpose":
            return self.announced or (self.handled_by_vendor and _ABOUT_CONTENT in self.data)
        if rule.frame == "licence":
            return self._licensed
        if rule.frame == "data-alone":
            return bool(self.data) or self.has("some-data") or self.spoken_of or self.announced
        if rule.frame == "loose" and (self.announced or self.spoken_of):
            return True
        if rule.frame not in {"data", "loose"} or self.handled_by_vendor:
            return True
        handled = self.has("handling") or self.sign("handling").stand_in(self.sentence.lead)
        named = bool(self.data) or self.has("some-data") or self.has("refers-back")
        return handled and (named or bool(self.data_around))

    @property
    def is_purpose(self) -> bool:
        """Whether it is, or stands under, what the headings announce as a use of data."""
        around = fold(f"{self.sentence.heading} . {self.sentence.label}")
        label = self.sign("bare-purpose").first(fold(self.sentence.label))
        if label is not None and label.start <= _LABELLED:
            return True
        if not self.sign("about-use").stand_in(f"{around} . {self.sentence.lead}"):
            return False
        starts = self.sign("bare-purpose").first(self.text)
        begins = starts is not None and starts.start <= _LABELLED
        return self.sentence.listed or begins or self.has("vendor-handles")

    @property
    def handled_by_vendor(self) -> bool:
        """Whether the vendor does something with data, here or in what introduces it."""
        return (
            self.announced
            or self.has("vendor-handles")
            or self.sign("vendor-handles").stand_in(self.sentence.lead)
        )

    @property
    def announced(self) -> bool:
        """Whether a heading, a list, a licence or the data itself says that a use is told."""
        return (
            self.carried
            or self.is_purpose
            or bool(_OF_THE_SERVICE & {*self.data})
            or self.sign("lead-of-uses").stand_in(self.sentence.lead)
            or self.setting.rules.licence.gives.stand_in(self.text)
            or self.setting.rules.licence.gives.stand_in(self.sentence.lead)
        )

    @property
    def out_of_sight(self) -> bool:
        """Whether the sentence is of another matter, or of what somebody else does."""
        if self._elsewhere is None:
            heading = fold(self.sentence.heading)
            self._elsewhere = (
                self.has("elsewhere")
                or self.sign("elsewhere").stand_in(heading)
                or self._others_act()
            )
        return self._elsewhere

    def _others_act(self) -> bool:
        acts = self.sign("others-act").first(self.text)
        if acts is None:
            return False
        speaks = self.setting.vendor.first(self.text)
        return speaks is None or acts.start < speaks.start

    @property
    def spoken_of(self) -> bool:
        """Whether the vendor is named beside data, or in what introduces it."""
        vendor = self.setting.vendor
        speaks = vendor.stand_in(self.text) or vendor.stand_in(self.sentence.lead)
        return speaks and (bool(self.data) or self.has("some-data") or self.has("refers-back"))

    def _use(self, rule: ActionRule, cue: Span) -> ProposedUse:
        stance, certain = self._stance(cue)
        return ProposedUse(
            action=rule.action,
            stance=stance,
            confidence=rule.confidence - (0 if certain else 15) - (0 if self.data else 10),
            rule=rule.name,
            cue=cue,
        )

    # --- on what condition ---

    def _stance(self, cue: Span) -> tuple[tuple[str, ...], bool]:
        """What the words say about the use at the cue, and whether they say so plainly."""
        consent, objection = self._asks_consent, self.has("opt-out")
        if self._negated(cue):
            if self.has("by-default"):
                return ("opt-in",), False
            if consent:
                return self._consent, True
            return (BARRED,), True
        if self._excepted(cue):
            return (FREE,), False
        if self.has("settings"):
            return ("opt-out", "opt-in"), False
        if objection:
            return ("opt-out",), not consent
        if consent:
            return self._consent, True
        return (("notice",), False) if self.has("notice-first") else ((FREE,), True)

    @property
    def _asks_consent(self) -> bool:
        found = self.sign("opt-in").first(self.text)
        return found is not None and not _overlaps(
            found, list(self.sign("no-consent").all(self.text))
        )

    @property
    def _consent(self) -> tuple[str, ...]:
        return ("explicit-opt-in",) if self.has("explicit") else ("opt-in",)

    def negations(self) -> list[Span]:
        """Where the words take the meaning of a verb away."""
        if self._negations is None:
            spared = list(self.sign("no-negation").all(self.text))
            found = self.sign("negation").all(self.text)
            self._negations = [each for each in found if not _overlaps(each, spared)]
        return self._negations

    def _negated(self, cue: Span) -> bool:
        return any(self._reaches(each, cue) for each in self.negations())

    def _reaches(self, negation: Span, cue: Span) -> bool:
        if negation.start >= cue.end or cue.start - negation.end > _REACH:
            return False
        if negation.start < self.opening < cue.end:
            return False
        stop = max(cue.end, negation.end)
        return ";" not in self.text[negation.end : stop] and not self._turns(
            "breaks", negation.end, stop
        )

    @property
    def opening(self) -> int:
        """Where a clause that only leads up to the sentence ends (`While we ..., this data`)."""
        leads = self.sign("leads-up").first(self.text[:_NEAR])
        if leads is None or leads.start > _LABELLED:
            return 0
        ends = (at for at, letter in enumerate(self.text) if letter == ",")
        return next((at for at in ends if self._begins(at + 1)), 0)

    def _begins(self, at: int) -> bool:
        """Whether a clause of its own begins there."""
        found = self.sign("new-clause").first(self.text[at : at + _REACH])
        return found is not None and found.start <= _LABELLED

    def _turns(self, sign: str, start: int, stop: int) -> bool:
        """Whether a word turns the meaning there; `except with your consent` does not."""
        consents = list(self.sign("opt-in").all(self.text))
        return any(
            not _overlaps(Span(start + each.start, start + each.end), consents)
            for each in self.sign(sign).all(self.text[start:stop])
        )

    def _excepted(self, cue: Span) -> bool:
        """Whether it stands in the exception of a negation: what is allowed after all."""
        return any(
            each.start < cue.end and self._turns("exception", each.end, cue.end)
            for each in self.negations()
        )

    # --- a sentence that looks back ---

    def objection_to(self, before: tuple[ProposedUse, ...]) -> tuple[ProposedUse, ...]:
        """A right to object to what the sentence before permits: the same uses, with opt-out."""
        if not before or not self.has("opt-out") or not self.has("objects-to-it"):
            return ()
        cue = self.sign("opt-out").first(self.text) or Span(0, 0)
        return tuple(
            replace(use, stance=("opt-out",), confidence=55, rule="right-to-object", cue=cue)
            for use in before
            if use.stance == (FREE,) and use.action != "store"
        )


def _overlaps(span: Span, others: list[Span]) -> bool:
    return any(span.start < each.end and each.start < span.end for each in others)


def _without_doubles(uses: Iterator[ProposedUse]) -> tuple[ProposedUse, ...]:
    """Each action once, as it is told best; what lies in another action is told by that."""
    best: dict[str, ProposedUse] = {}
    for use in uses:
        if use.action not in best or use.confidence > best[use.action].confidence:
            best[use.action] = use
    told = {use.stance for use in best.values() if use.action in _ALREADY_DISCLOSED}
    if "disclose" in best and best["disclose"].stance in told:
        del best["disclose"]
    ads = best.get("targeted-ads")
    if ads and "marketing" in best and best["marketing"].cue.start >= ads.cue.start:
        del best["marketing"]
    train, improve = best.get("train-ai"), best.get("improve-ai")
    if train and improve and improve.confidence > train.confidence:
        # To make a model better is to train it only where that is said.
        del best["train-ai"]
    return tuple(best.values())


def _data_of(rules: Rules, text: str) -> tuple[str, ...]:
    found: list[tuple[int, str]] = []
    taken: list[Span] = []
    for data, cues in rules.data:
        for span in cues.all(text):
            if not _overlaps(span, taken):
                taken.append(span)
                found.append((span.start, data))
    names = list(dict.fromkeys(name for _, name in sorted(found)))
    if len(names) > 1 and _ABOUT_CONTENT in names and "content" in text:
        names.remove(_ABOUT_CONTENT)
    return tuple(names[:_MOST_DATA])
