"""`termsgate completion`: what a shell needs to complete our words.

The script of a shell asks this command for the words that fit, so that a new command, a new vendor
or a new requirement is known at once. The words come from the parser itself and from the project.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from termsgate.cli.exits import Exit
from termsgate.cli.scaffold import schemas, template

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FILES: Final = ":files"
FOLDERS: Final = ":folders"
"""Lines that leave it to the shell to complete a path."""

_PATHS: Final = {
    "FILE": FILES,
    "RECORD": FILES,
    "SIDE": FILES,
    "TEXT": FILES,
    "DIR": FOLDERS,
    "FOLDER": FOLDERS,
    "PROJECT": FOLDERS,
    "ROOT": FOLDERS,
    "PATH|VENDOR": FILES,
}
"""What a path is completed to, by the name that the help gives to an argument."""


def run(asked: argparse.Namespace) -> Exit:
    """Print the script of a shell; or, for the script, the words that fit."""
    if not asked.words:
        sys.stdout.write(template(f"completion/{asked.shell}"))
        return Exit.NOTHING_TO_SAY
    try:
        for word, text in fitting(asked.parser, asked.words):
            print(_joined(word, text, _BETWEEN[asked.shell]))
    except Exception:  # noqa: BLE001, S110 - nobody is helped by an error in the middle of typing
        pass
    return Exit.NOTHING_TO_SAY


_BETWEEN: Final = {"bash": "", "fish": "\t", "zsh": ":"}
"""What stands between a word and what it means; bash shows words alone."""


def _joined(word: str, text: str, between: str) -> str:
    shown = between and text and word not in {FILES, FOLDERS}
    return f"{word}{between}{text}" if shown else word


def fitting(parser: argparse.ArgumentParser, words: Sequence[str]) -> list[tuple[str, str]]:
    """The words that fit in the place of the last one, each with what it means."""
    *before, last = _without_equals(words)
    typed = _Typed(parser)
    for word in before:
        typed.take(word)
    found = typed.next(last)
    return [(word, text) for word, text in found if word.startswith((last, ":"))]


def _without_equals(words: Sequence[str]) -> list[str]:
    """`--format=json` is `--format json`; bash divides it into three words."""
    parts = (part for word in words for part in _divided(word))
    return list(parts) or [""]


def _divided(word: str) -> Iterator[str]:
    if word == "=":
        return
    name, equals, value = word.partition("=")
    if equals and name.startswith("--"):
        yield from (name, value)
    else:
        yield word


class _Typed:
    """What has been typed so far, as the parser would take it."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self._parser = parser
        self._waiting: argparse.Action | None = None
        self._given: dict[str, str] = {}
        self._places = _positionals(parser)

    def take(self, word: str) -> None:
        """A word before the one that is being typed."""
        option = self._option(word)
        if self._waiting is not None:
            self._given[self._waiting.dest] = word
            self._waiting = None
        elif option is not None:
            self._waiting = option if option.nargs is None else None
        elif self._places and not word.startswith("-"):
            self._place(self._places[0], word)

    def _place(self, action: argparse.Action, word: str) -> None:
        self._given[action.dest] = word
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - argparse has no other door
            self._parser = action.choices.get(word, argparse.ArgumentParser(add_help=False))
            self._places = _positionals(self._parser)
        elif action.nargs not in {"*", "+"}:
            self._places = self._places[1:]

    def _option(self, word: str) -> argparse.Action | None:
        return next((each for each in _options(self._parser) if word in each.option_strings), None)

    def next(self, last: str) -> Iterable[tuple[str, str]]:
        """The words that may come now."""
        if self._waiting is not None:
            return self._listed(self._waiting, last)
        if last.startswith("-"):
            return [
                (max(each.option_strings, key=len), each.help or "")
                for each in _options(self._parser)
                if each.help != argparse.SUPPRESS
            ]
        return self._values(self._places[0]) if self._places else []

    def _listed(self, action: argparse.Action, last: str) -> Iterable[tuple[str, str]]:
        """What an option may be; of several with commas between them, the one being typed."""
        before, comma, _ = last.rpartition(",")
        if action.metavar != "GLOBS" or not comma:
            return self._values(action)
        taken = before.split(",")
        found = (name for name, _ in self._values(action) if name not in taken)
        return [(f"{before},{name}", "") for name in found]

    def _values(self, action: argparse.Action) -> Iterable[tuple[str, str]]:
        """What an argument may be: its choices, names of the project, or a path."""
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - likewise
            return [(each.dest, each.help or "") for each in action._choices_actions]  # noqa: SLF001
        if action.choices is not None:
            return [(str(each), "") for each in action.choices]
        kind = _kind(action)
        names = [(name, "") for name in self._names(kind)]
        return [*names, (_PATHS[kind], "")] if kind in _PATHS else names

    def _names(self, kind: str) -> Sequence[str]:
        """The names that are there, by what the help calls an argument."""
        # Read where they are asked for: options and commands are completed without any of it.
        from termsgate.reading import catalogue, packs  # noqa: PLC0415
        from termsgate.running.settings import LANGUAGES  # noqa: PLC0415

        root = Path(self._given.get("root", "."))
        match kind:
            case "CHECK":
                return catalogue.checks(root)
            case "VENDOR" | "PATH|VENDOR" | "GLOBS":
                return catalogue.vendors(root)
            case "DOCUMENT":
                return catalogue.documents(root, self._given.get("vendor", ""))
            case "REQUIREMENT":
                return catalogue.requirements(root)
            case "LANGUAGE":
                return LANGUAGES
            case "PACK":
                return packs.builtin_packs()
            case "SIDE" | "DAY":
                return catalogue.days(root, self._given.get("vendor", ""))
            case "SCHEMA":
                return tuple(schemas())
            case _:
                return ()


def _kind(action: argparse.Action) -> str:
    """What an argument is, by the name that the help gives to it.

    An id is of what the option is called; of a day, only that of terms is one that is known.
    """
    kind = str(action.metavar)
    if kind == "ID" and action.option_strings:
        return action.dest.upper()
    return "DAY" if kind == "DATE" and action.dest in {"as_of", "since"} else kind


def _options(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return [each for each in parser._actions if each.option_strings]  # noqa: SLF001 - as above


def _positionals(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    found = (each for each in parser._actions if not each.option_strings)  # noqa: SLF001 - as above
    return [each for each in found if each.help != argparse.SUPPRESS]
