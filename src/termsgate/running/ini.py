"""What the ini file of pytest says to us, read without pytest.

A project is set up once, and a run without pytest asks for the same as one with it. The file is
found as pytest finds it: the first of its names in the folder or above it that speaks of pytest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from termsgate.running.settings import SWITCHES, VALUES, Wishes, WrongUsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_NAMES: Final = (
    "pytest.toml",
    ".pytest.toml",
    "pytest.ini",
    ".pytest.ini",
    "pyproject.toml",
    "tox.ini",
    "setup.cfg",
)
_ITS_OWN: Final = frozenset({"pytest.toml", ".pytest.toml", "pytest.ini", ".pytest.ini"})
"""Files that are about pytest even where they say nothing."""

_TRUE: Final = frozenset({"1", "on", "true", "yes"})
_FALSE: Final = frozenset({"0", "off", "false", "no"})


def ini_wishes(folder: Path) -> tuple[Path, Wishes]:
    """The root of the project that a folder lies in, and what its ini file asks for.

    Without an ini file that sets `terms_root` the folder is the root, and asks for nothing.

    Raises:
        WrongUsageError: if the file cannot be read, or sets something to what it cannot be.
    """
    file, said = _found(folder.resolve())
    root = said.get("terms_root")
    if file is None or not root:
        return folder.resolve(), Wishes()
    return (file.parent / root).resolve(), _wishes(file, said)


def _found(folder: Path) -> tuple[Path | None, Mapping[str, str]]:
    for place in (folder, *folder.parents):
        for name in _NAMES:
            file = place / name
            said = _said(file) if file.is_file() else None
            if said is not None:
                return file, said
    return None, {}


def _said(file: Path) -> Mapping[str, str] | None:
    """What a file says to pytest; nothing if it does not speak of it."""
    try:
        text = file.read_text(encoding="utf-8")
        said = _toml(file, text) if file.suffix == ".toml" else _ini(file, text)
    except (OSError, ValueError) as error:
        reason = " ".join(str(error).split())
        message = f"`{file}` cannot be read: {reason}\n  help: mend it, or name another folder"
        raise WrongUsageError(message) from None
    return {} if said is None and file.name in _ITS_OWN else said


# Each of the two forms brings its parser, and a project is written in one.
# ruff: noqa: PLC0415


def _toml(file: Path, text: str) -> Mapping[str, str] | None:
    import tomllib

    found: dict[str, Any] = tomllib.loads(text)
    section = found.get("pytest") if file.name in _ITS_OWN else found.get("tool", {}).get("pytest")
    if file.name not in _ITS_OWN and section is not None:
        section = section.get("ini_options", section)
    return None if section is None else {name: _plain(value) for name, value in section.items()}


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _ini(file: Path, text: str) -> Mapping[str, str] | None:
    from configparser import ConfigParser, Error

    parser = ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    try:
        parser.read_string(text)
    except Error as error:
        raise ValueError(error) from None
    name = "tool:pytest" if file.name == "setup.cfg" else "pytest"
    return dict(parser[name]) if parser.has_section(name) else None


def _wishes(file: Path, said: Mapping[str, str]) -> Wishes:
    words: dict[str, str] = {}
    files: dict[str, Path] = {}
    for name, what, _ in VALUES:
        value = said.get(_key(name), "")
        if value and what in {"FILE", "DIR"}:
            files[name] = file.parent / value
        elif value:
            words[name] = value
    on = frozenset(name for name, _ in SWITCHES if _is_on(file, said, _key(name)))
    return Wishes(words=words, files=files, switches=on)


def _key(option: str) -> str:
    return f"terms_{option.replace('-', '_')}"


def _is_on(file: Path, said: Mapping[str, str], key: str) -> bool:
    value = said.get(key, "").strip().lower()
    if value and value not in _TRUE | _FALSE:
        raise WrongUsageError(
            f"{file}: `{key} = {said[key]}` is neither on nor off\n  help: write `true` or `false`"
        )
    return value in _TRUE
