"""`termsgate check`: the whole gate without pytest, to the same record."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from termsgate.cli.exits import Exit, Refusal
from termsgate.cli.terminal import look
from termsgate.running import again, trust
from termsgate.running.exits import RunExit
from termsgate.running.garbage import seldom_swept
from termsgate.running.ini import ini_wishes
from termsgate.running.settings import (
    FOLDERS,
    ONCE,
    SWITCHES,
    VALUES,
    Wishes,
    WrongUsageError,
    settled,
)

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from termsgate.reporting.look import Look
    from termsgate.running.check import Done, Failed
    from termsgate.running.settings import Settings

# What judges is imported only where something has changed since the last run.
# ruff: noqa: PLC0415

_A_GLANCE: Final = 50
"""The progress is written anew after so many vendors."""


def run(asked: argparse.Namespace) -> int:
    """Print how the run ended; its reports are written."""
    with seldom_swept():
        return _run(asked)


def _run(asked: argparse.Namespace) -> int:
    settings = _settings(asked)
    how = look()
    cache = None if asked.no_cache else _cache(asked, settings.root)
    key = _key(asked, settings, how) if cache else ""
    earlier = again.remembered(cache, key) if cache and key else None
    if earlier is not None:
        sys.stdout.write(earlier.said)
        return earlier.code
    code, said, wrote = _made(asked, settings, how, cache)
    sys.stdout.write(said)
    # A device cannot be read back: what was written to one is never taken for written.
    if cache and key and wrote and all(path.is_file() for path in wrote):
        again.remember(cache, key, code, said, wrote)
    return code


# --- what was asked -----------------------------------------------------------------------------


def _settings(asked: argparse.Namespace) -> Settings:
    """What is to be done: the options first, then the ini file."""
    try:
        root, said = ini_wishes(asked.root)
        if not any((root / folder).is_dir() for folder in FOLDERS):
            _refuse(root)
        return settled(root, _with_options(said, asked), datetime.now(UTC).date())
    except WrongUsageError as error:
        raise Refusal(Exit.USAGE, f"termsgate check: {error}") from None


def _refuse(root: Path) -> None:
    raise Refusal(
        Exit.NOTHING_FOUND,
        f"termsgate: `{root}` holds none of policies/, fixtures/ and checks/",
        "  help: run the command in the folder that does, or name it with `--root`; "
        "`termsgate init` starts one",
    )


def _with_options(said: Wishes, asked: argparse.Namespace) -> Wishes:
    words, files = dict(said.words), dict(said.files)
    for name, what, _ in VALUES:
        value = getattr(asked, name.replace("-", "_"))
        if value is not None and what in {"FILE", "DIR"}:
            files[name] = Path.cwd() / value
        elif value is not None:
            words[name] = value
    on = {name for name, _ in (*SWITCHES, *ONCE) if getattr(asked, name.replace("-", "_"))}
    return Wishes(words=words, files=files, switches=said.switches | on, before="--")


def _cache(asked: argparse.Namespace, root: Path) -> Path | None:
    """The folder of the cache: the one that is named, else one of this user for this project."""
    if asked.cache is not None:
        return trust.folder(Path.cwd() / asked.cache)
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    name = sha256(os.fsencode(root)).hexdigest()[:16]
    return trust.folder(Path(base) / "termsgate" / name)


def _key(asked: argparse.Namespace, settings: Settings, how: Look) -> str:
    """What this run depends on; nothing where it must be made whatever was made before."""
    if asked.format == "json" or settings.update or settings.archive is not None:
        return ""
    said = (str(settings), str(how), asked.format, asked.prefix, str(asked.quiet), str(Path.cwd()))
    files = [settings.baseline] if settings.baseline is not None else []
    return again.key_of(settings.root, said, files)


# --- the run ------------------------------------------------------------------------------------


def _made(
    asked: argparse.Namespace, settings: Settings, how: Look, cache: Path | None
) -> tuple[int, str, list[Path]]:
    """The exit code, what is said, and what was written if it was all that was asked for."""
    from termsgate.running.check import FilesError, Means, NoRoomError, checked

    progress = _Progress()
    means = Means(cache=cache, jobs=asked.jobs or os.cpu_count() or 1, told=progress.told)
    try:
        with checked(settings, means) as done:
            progress.end()
            said = "".join(f"{line}\n" for line in _said(asked, done, how))
            return done.code, said, [] if done.closing.unwritten else done.closing.wrote
    except FilesError as error:
        progress.end()
        noun = "problem" if len(error.problems) == 1 else "problems"
        heading = f"{len(error.problems)} {noun} in your files"
        raise Refusal(Exit.PROBLEMS, heading, *map(str, error.problems)) from None
    except NoRoomError as error:
        progress.end()
        sys.stderr.write(
            f"termsgate: what was found cannot be kept: {error}\n"
            "  help: make room, or name another folder with `--cache`\n"
        )
        return RunExit.UNWRITTEN, "", []
    finally:
        progress.end()


class _Progress:
    """One line on standard error that counts vendors, for a person who waits."""

    def __init__(self) -> None:
        self._width = 0
        self._wanted = sys.stderr.isatty()

    def told(self, done: int, every: int) -> None:
        """So many are done."""
        if self._wanted and (done % _A_GLANCE == 0):
            line = f"{done:,} of {every:,} vendors"
            self._width = len(line)
            sys.stderr.write(f"\r{line}")
            sys.stderr.flush()

    def end(self) -> None:
        """Leave nothing behind."""
        if self._width:
            sys.stderr.write(f"\r{' ' * self._width}\r")
            sys.stderr.flush()
            self._width = 0


# --- what is said -------------------------------------------------------------------------------


def _said(asked: argparse.Namespace, done: Done, how: Look) -> Iterator[str]:
    if asked.format == "json":
        text = done.closing.target.read_text(encoding="utf-8")
        yield text.rstrip("\n")
    elif asked.format == "github":
        from termsgate.reporting.github import commands

        yield from commands(done.whole.with_all(done.record), prefix=asked.prefix).splitlines()
    else:
        yield from _as_text(asked, done, how)


def _as_text(asked: argparse.Namespace, done: Done, how: Look) -> Iterator[str]:
    """What failed, then what a run of pytest shows at its end."""
    from termsgate.cli.ending import Ending
    from termsgate.running.tally import quote_lines

    ending = Ending(
        record=done.record,
        closing=done.closing,
        words=done.whole.words,
        outcomes=done.whole.outcomes,
        look=how,
        quiet=asked.quiet,
    )
    astray = sum(head["astray"] for head in done.whole.heads.values())
    yield from ending.failures()
    yield from _other_failures(done, how)
    yield from ending.counts(matrix=done.whole.is_small)
    yield from how.fit(quote_lines(done.whole.quotes, astray), 4)
    yield from ending.reports()


def _other_failures(done: Done, how: Look) -> Iterator[str]:
    """Examples and quotes that fail, and waivers that a strict run fails for."""
    from termsgate.cli.ending import failing, fitting
    from termsgate.core.record import is_needless
    from termsgate.reporting.quotes import quote_text

    for each in done.failed:
        yield from failing(_of_example(each), how)
    for head in done.whole.heads.values():
        yield from fitting(map(quote_text, head["lost"]), how)
        for entry in filter(is_needless, head["notable"] if head["needless"] else ()):
            name = f"{entry['check']} {entry['vendor']} {entry['requirement']}"
            yield from failing(f"{name}: waived, and the waiver is not needed any more", how)


def _of_example(failed: Failed) -> str:
    requirement, example = failed.requirement, failed.example
    found, wanted = failed.verdict.ruling.word, example.verdict
    place = f"{example.place.path}:{example.place.line}"
    return (
        f"{place}: {requirement.id}, example `{example.name}`: `{found}` was found and "
        f"`{wanted}` was expected"
    )
