"""The rules of drafting: read from a file of the package that people can read, one a language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from termsgate.reading import yamltree
from termsgate.reading.drafting.cues import Cues, compiled, families
from termsgate.reading.drafting.passages import fold
from termsgate.reading.yamltree import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LANGUAGES: Final = ("en", "fr")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRule:
    """What names an action, and what must or must not stand beside it."""

    name: str
    action: str
    confidence: int
    cues: Cues
    traps: Cues
    bars: Cues
    needs: Cues | None
    frame: str
    wide: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRule:
    """What states a fact: each list of cues must find something, the last in the sentence itself.

    With `here` all of them must stand there; else the headings and the lead count too.
    """

    name: str
    fact: str
    confidence: int
    lists: tuple[Cues, ...]
    bars: Cues
    value: Any
    by_anyone: bool
    here: bool
    subject: str
    wide: bool
    also: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceRule:
    """How a licence of the customer's is told, and what is said of it."""

    confidence: int
    gives: Cues
    takes: Cues
    continues: Cues
    marks: Cues
    denied: Cues
    bars: Cues
    of: tuple[tuple[str, Cues], ...]
    facts: tuple[tuple[str, Cues, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Everything that is looked for in the texts of one language."""

    language: str
    signs: Mapping[str, Cues]
    data: tuple[tuple[str, Cues], ...]
    actions: tuple[ActionRule, ...]
    facts: tuple[FactRule, ...]
    licence: LicenceRule
    tells: frozenset[str]
    numbers: Mapping[str, int]
    units: tuple[tuple[str, Cues], ...]
    money: tuple[tuple[str, Cues], ...]
    months: tuple[str, ...]
    dates: tuple[tuple[str, Cues], ...]
    sure: Mapping[str, int]
    sure_otherwise: int
    matters: Mapping[str, str]
    widest: frozenset[str]

    def matter_of(self, fact: str) -> str:
        """What a fact is about: its own name where it shares its matter with none."""
        return self.matters.get(fact, fact)

    def is_wide(self, rule: str) -> bool:
        """Whether a rule is heard last."""
        return rule in self.widest

    def share(self, rule: str) -> int:
        """How often a rule was right where it was tried, in percent."""
        return self.sure.get(rule, self.sure_otherwise)


@lru_cache(maxsize=16)
def rules(language: str, without: str = "", names: tuple[str, ...] = ()) -> Rules:
    """The rules for a language, in which the vendor goes by its `names` as well.

    `without` a vendor are those whose cues were learned from its texts.
    """
    file = resources.files("termsgate.data").joinpath(f"drafting/{language}.yaml")
    tree, problems = yamltree.read(file.read_bytes(), f"{language}.yaml")
    if tree is None:  # pragma: no cover - the package's own file is tested
        raise AssertionError(problems)
    return _Maker(plain(tree), without, names).rules()


class _Maker:
    """The file's lists become patterns."""

    def __init__(
        self,
        said: Any,  # noqa: ANN401 - a file of our own
        without: str,
        names: tuple[str, ...],
    ) -> None:
        self._said = said
        self._without = without
        words = {name: self._kept(cues) for name, cues in said["words"].items()}
        for family in ("vendor", "offer"):
            words[family] += names
        self._families = families(words)

    def rules(self) -> Rules:
        """All of them."""
        said = self._said
        return Rules(
            language=said["language"],
            signs={name: self._cues(cues) for name, cues in said["signs"].items()},
            data=tuple((each["data"], self._cues(each["cues"])) for each in said["data"]),
            actions=tuple(self._action(each) for each in self._known(said["actions"])),
            facts=tuple(self._fact(each) for each in self._known(said["facts"])),
            licence=self._licence(said["licence"]),
            tells=frozenset(said["tells"]),
            numbers=dict(said["numbers"]),
            units=tuple((name, self._cues(cues)) for name, cues in said["units"].items()),
            money=tuple((name, self._cues(cues)) for name, cues in said["money"].items()),
            months=tuple(fold(month) for month in said["months"]),
            dates=tuple((name, self._cues(cues)) for name, cues in said["dates"].items()),
            sure={rule: int(share) for share, named in said["sure"].items() for rule in named},
            sure_otherwise=said["sure-otherwise"],
            matters={fact: one for one, named in said["matters"].items() for fact in named},
            widest=frozenset(
                each["rule"] for each in (*said["actions"], *said["facts"]) if each.get("wide")
            ),
        )

    def _known(self, rules_of: list[Any]) -> Iterable[Any]:
        return (each for each in rules_of if not self._without or each.get("from") != self._without)

    def _kept(self, cues: Iterable[Any]) -> list[str]:
        """The cues as text, those left out that were learned from the vendor measured."""
        kept = []
        for cue in cues:
            if isinstance(cue, dict):
                if self._without and cue["from"] == self._without:
                    continue
                kept.append(cue["cue"])
            else:
                kept.append(str(cue))
        return [fold(cue) for cue in kept]

    def _cues(self, cues: Iterable[Any] | None) -> Cues:
        return compiled(self._kept(cues or ()), self._families)

    def _action(self, said: Any) -> ActionRule:  # noqa: ANN401
        needs = said.get("needs")
        return ActionRule(
            name=said.get("rule", said["action"]),
            action=said["action"],
            confidence=said["confidence"],
            cues=self._cues(said["cues"]),
            traps=self._cues(said.get("traps")),
            bars=self._cues(said.get("not")),
            needs=self._cues(needs) if needs else None,
            frame=said.get("frame", ""),
            wide=said.get("wide", False),
        )

    def _fact(self, said: Any) -> FactRule:  # noqa: ANN401
        return FactRule(
            name=said["rule"],
            fact=said["fact"],
            confidence=said["confidence"],
            lists=tuple(self._cues(cues) for cues in said["all"]),
            bars=self._cues(said.get("not")),
            value=said["value"],
            by_anyone=said.get("speaker") == "any",
            here=said.get("here", False),
            subject=said.get("subject", ""),
            wide=said.get("wide", False),
            also=tuple(said.get("and", {}).items()),
        )

    def _licence(self, said: Any) -> LicenceRule:  # noqa: ANN401
        return LicenceRule(
            confidence=said["confidence"],
            gives=self._cues(said["gives"]),
            takes=self._cues(said["takes"]),
            continues=self._cues(said["continues"]),
            marks=self._cues(said["marks"]),
            denied=self._cues(said["not-transferable"]),
            bars=self._cues(said["not"]),
            of=tuple((each["prefix"], self._cues(each["cues"])) for each in said["of"]),
            facts=tuple(
                (each["fact"], self._cues(each["cues"]), each["value"]) for each in said["facts"]
            ),
        )
