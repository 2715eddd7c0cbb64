"""The words of a difference: uses, stances, clauses and conditions as one reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from termsgate.core.difference import (
        ActorEntry,
        ChangeEntry,
        DefinitionEntry,
        DifferenceEntry,
        NamesEntry,
        SaidEntry,
        SideEntry,
        WhereEntry,
    )
    from termsgate.core.stated import BoxEntry, ExceptionEntry, PartEntry

UNSETTLED: Final = frozenset({"unclear", "depends on our use"})
"""What a use may be in short beside the stances."""

_WHOLE: Final = {"action": "any", "data": "all-data", "by": "anyone", "state": "any"}
_MOST_SECTIONS: Final = 3
_LONGEST_LABEL: Final = 16


def named(names: NamesEntry) -> str:
    """Words of one axis, and what is taken out of them."""
    taken = f" but {', '.join(names['but'])}" if names["but"] else ""
    return f"{', '.join(names['terms'])}{taken}"


def scope(change: ChangeEntry) -> str:
    """A box of uses as a file would write it: left out, `by` is vendor and `state` identifiable.

    Of a fact, an axis that is whole is left out instead.
    """
    action, data = named(change["action"]), named(change["data"])
    by, state = named(change["by"]), named(change["state"])
    if change["fact"] is not None:
        return _of_a_fact(action, data, by, state)
    parts = [action, f"on {data}"]
    parts += [f"by {by}"] if by != "vendor" else []
    parts += [_state(state)] if state != "identifiable" else []
    return " ".join(parts)


def _state(state: str) -> str:
    return "in any state" if state == _WHOLE["state"] else f"(state: {state})"


def _of_a_fact(action: str, data: str, by: str, state: str) -> str:
    said = (("for", "action", action), ("on", "data", data), ("by", "by", by))
    parts = [f"{word} {text}" for word, axis, text in said if text != _WHOLE[axis]]
    parts += [_state(state)] if state != _WHOLE["state"] else []
    return " ".join(parts)


def where(conditions: Iterable[WhereEntry]) -> str:
    """The conditions under which something holds; nothing where there are none."""
    told = [_condition(each) for each in conditions]
    return f"where {' and '.join(told)}" if told else ""


def _condition(each: WhereEntry) -> str:
    verb = "is not" if each["negated"] else "is"
    if each["name"]:
        return f"{each['key']} {each['name']} {verb} {_ON[each['key']]}"
    if each["key"] == "opted-out":
        return "we have not opted out" if each["negated"] else "we have opted out"
    values = (value or "another" for value in each["values"])
    return f"{each['key']} {verb} {' or '.join(values)}"


_ON: Final = {"feature": "on", "agreement": "signed"}


def said(found: Sequence[SaidEntry]) -> str:
    """What is said of a use or a fact: one thing, or several that the words leave open."""
    words = [_one(each) for each in found]
    return words[0] if len(words) == 1 else f"unclear: {' or '.join(words)}"


def _one(each: SaidEntry) -> str:
    word = each["is"]
    if each["consent-from"]:
        word += f" ({', '.join(each['consent-from'])})"
    if each["for"]:
        word += f" for {', '.join(each['for'])}"
    if each["from"]:
        word += f" from {each['from']}"
    if each["except"]:
        word += f" but for {', '.join(each['except'])}"
    return word


def turn(change: ChangeEntry) -> str:
    """What was said and what is: `free -> opt-in`."""
    if change["before"] == change["after"]:
        # In short the word may be the same: other stances are open, or on other answers.
        return f"{said(change['before'])} before and after, in another way"
    return f"{said(change['before'])} -> {said(change['after'])}"


def is_settled(change: ChangeEntry) -> bool:
    """Whether one thing was said before, and one is after."""
    both = (*change["before"], *change["after"])
    return len(both) == 2 and not any(each["is"] in UNSETTLED for each in both)  # noqa: PLR2004


def deeds(change: ChangeEntry) -> list[ActorEntry]:
    """The clauses that did it: the new and changed that govern now, else those that governed."""
    now = [each for each in change["clauses-after"] if each["part"] == "governs"]
    did = [each for each in now if each["standing"] in {"new", "changed"}]
    then = [each for each in change["clauses-before"] if each["part"] == "governs"]
    return did or [each for each in then if each["standing"] in {"gone", "changed"}] or now or then


def sections(change: ChangeEntry) -> str:
    """Where it stands, in a few words: `(10.4)`."""
    found = dict.fromkeys(label(each["section"]) or each["clause"] for each in deeds(change))
    few = list(found)[:_MOST_SECTIONS]
    more = f" and {len(found) - len(few)} more" if len(found) > len(few) else ""
    return f"({', '.join(few)}{more})" if few else ""


def label(section: str) -> str:
    """A section by its number; a heading is too long to stand in a line, and the id tells it."""
    return section if len(section) <= _LONGEST_LABEL else ""


def called(document: str, section: str, name: str) -> str:
    """A clause by its document, section and id."""
    return " ".join(filter(None, (document, label(section), name)))


def clause(each: ActorEntry) -> str:
    """A clause by its document, section and id."""
    return called(each["document"], each["section"], each["clause"])


def standing(each: ActorEntry) -> str:
    """How a clause stands to the other side, where it is not the same there."""
    return f", {each['standing']}" if each["standing"] not in {"same", "moved"} else ""


def deed(each: ActorEntry) -> str:
    """A clause with what it says, how it stands to the other side, and who prevails over it."""
    text = f"{clause(each)}: {said(each['is'])}{standing(each)}"
    if each["part"] == "defeated":
        over = ", ".join(each["defeated-by"])
        text += f"; defeated by {over} ({each['criterion']})" if over else "; defeated"
    return text


def actors(change: ChangeEntry) -> tuple[list[str], list[str]]:
    """The clauses before and after, without those that govern both before and after as they were.

    How many those are is told.
    """
    return (
        _of_side(change["clauses-before"], change["clauses-after"]),
        _of_side(change["clauses-after"], change["clauses-before"]),
    )


def _of_side(mine: Sequence[ActorEntry], theirs: Sequence[ActorEntry]) -> list[str]:
    both = {_same(each) for each in mine} & {_same(each) for each in theirs} - {None}
    shown = [each for each in mine if _same(each) not in both]
    found = [deed(each) for each in shown or mine]
    unchanged = len(mine) - len(shown) if shown else 0
    if unchanged:
        found.append(f"and {unchanged} more, before and after")
    return found


def _same(each: ActorEntry) -> tuple[str, ...] | None:
    """What tells a clause that governs unchanged; nothing for one that changed."""
    if each["standing"] != "same" or each["part"] != "governs":
        return None
    return each["document"], each["clause"], said(each["is"])


def side(each: SideEntry) -> str:
    """A side by its day, and by its file where one was read."""
    return f"{each['day']} ({each['file']})" if each["file"] else each["day"]


def title(entry: DifferenceEntry) -> str:
    """What is compared."""
    name = f" ({entry['name']})" if entry["name"] else ""
    return f"{entry['vendor']}{name}: {side(entry['before'])} -> {side(entry['after'])}"


def meant(each: DefinitionEntry) -> str:
    """What a defined term means: its words, what is taken out, and what it is only perhaps."""
    parts = [_part(part, each["axis"]) for part in each["means"]]
    return "; ".join(dict.fromkeys(parts)) or "nothing"


def _part(part: PartEntry, axis: str) -> str:
    words = _box(part["box"], axis)
    taken = [_exception(one, axis) for one in part["except"]]
    perhaps = [_box(one, axis) for one in part["perhaps"]]
    but = f" but {', '.join(taken)}" if taken else ""
    also = f", perhaps {', '.join(perhaps)}" if perhaps else ""
    return f"{words}{but}{also}"


def _exception(each: ExceptionEntry, axis: str) -> str:
    under = where(
        {"key": one["key"], "name": "", "values": one["values"], "negated": one["negated"]}
        for one in each["applies"]
    )
    perhaps = "perhaps " if each["perhaps"] else ""
    return " ".join(filter(None, (f"{perhaps}{_box(each['box'], axis)}", under)))


def _box(box: BoxEntry, axis: str) -> str:
    """The words of its own axis, then those of others as a use is told: on data, by a party."""
    found = {"action": box["action"], "data": box["data"], "by": box["by"]}
    own = found.pop(axis, None)
    told = [", ".join(own)] if own else []
    told += [f"{_BEFORE[name]} {', '.join(words)}" for name, words in found.items() if words]
    told += [_state(", ".join(box["state"]))] if box["state"] else []
    return " ".join(told) or "all of it"


_BEFORE: Final = {"action": "for", "data": "on", "by": "by"}


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun."""
    return f"{number} {one if number == 1 else many or one + 's'}"
