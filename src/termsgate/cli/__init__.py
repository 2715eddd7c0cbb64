"""Knows how we are run from a shell: the command `termsgate`."""

from __future__ import annotations

import argparse
import os
import re
import sys
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from termsgate import __version__
from termsgate.cli.exits import Exit, Refusal
from termsgate.running.settings import ONCE, SWITCHES, VALUES

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Exit", "main"]

FORMATS = (
    *("comment", "csv", "github", "gitlab", "html", "in-toto", "junit", "markdown", "odrl"),
    *("oscal", "sarif"),
)
"""What a record can be exported to; written out here, so that `--help` imports none of them."""

_WIDEST = 100
_STATUS = "how far the review got (default: approved)"
_TITLE = "what it is called, in words"
_WAIVERS = "the day on which waivers are counted (default: today)"


class _Parser(argparse.ArgumentParser):
    """A parser whose errors end with our own code for usage, and whose help can be read."""

    _columns = _WIDEST

    def _get_formatter(self) -> argparse.HelpFormatter:
        return argparse.HelpFormatter(prog=self.prog, width=self._columns - 2)

    def format_help(self) -> str:
        """Lines are no longer than a reader follows, however wide the screen is."""
        self._columns = _columns()
        return super().format_help()

    def format_usage(self) -> str:
        """The same of the usage alone."""
        self._columns = _columns()
        return super().format_usage()

    def error(self, message: str) -> NoReturn:
        """The message is printed below the usage, and the command ends."""
        self.print_usage(sys.stderr)
        self.exit(Exit.USAGE, f"{self.prog}: {message}\n")


def _columns() -> int:
    import shutil  # noqa: PLC0415 - it brings every way to pack a file, and few runs ask for help

    return min(shutil.get_terminal_size().columns, _WIDEST)


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code of the command that the arguments ask for."""
    given = sys.argv[1:] if arguments is None else arguments
    parser = _parser(given[0] if given else "")
    asked = parser.parse_args(arguments)
    if asked.command is None:
        parser.error("no command was given")
    return _safely(asked)


def _safely(asked: argparse.Namespace) -> int:
    """Run a command; what is our fault is told apart from what is wrong with a file."""
    _write_anything()
    try:
        # Each command brings its own imports, so that `--version` waits for none of them.
        code = int(import_module(f"termsgate.cli.{asked.command}").run(asked))
        sys.stdout.flush()
    except Refusal as refusal:
        _refuse(refusal)
        return refusal.code
    except KeyboardInterrupt:
        sys.stderr.write("\ntermsgate: stopped\n" if sys.stderr.isatty() else "")
        return Exit.STOPPED
    except BrokenPipeError:
        _say_no_more()
        return Exit.NOTHING_TO_SAY
    except Exception:  # noqa: BLE001 - the last place where anything can be said
        import traceback  # noqa: PLC0415 - may it never be

        sys.stderr.write("termsgate: this is a bug of termsgate and not of your files\n")
        traceback.print_exc()
        return Exit.OUR_BUG
    return code


def _write_anything() -> None:
    """Let a terminal that lacks a letter show its number instead of failing."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")


def _refuse(refused: Refusal) -> None:
    """Whatever was printed before stands above it."""
    # Only now: `--version` waits for no look.
    from termsgate.cli.terminal import refusal  # noqa: PLC0415

    sys.stderr.write(f"{refusal(refused.lines)}\n")


def _say_no_more() -> None:
    """Whoever read our output has left; nothing may be written when Python closes it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser(command: str = "") -> _Parser:
    """The parser of every command, or of the one that is named: each has dozens of options."""
    parser = _Parser(
        prog="termsgate",
        description="Judge what vendors' terms say.",
        epilog="Exit codes: 0 nothing to say, 1 something fell short, 64 wrong usage, "
        "65 problems in your files, 66 nothing found to examine, 70 our own bug, 130 stopped.",
    )
    parser.add_argument("--version", action="version", version=f"termsgate {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    adders = {
        "changed": _add_changed,
        "check": _add_check,
        "completion": _add_completion,
        "diff": _add_diff,
        "drift": _add_drift,
        "draft": _add_draft,
        "explain": _add_explain,
        "export": _add_export,
        "history": _add_history,
        "init": _add_init,
        "lint": _add_lint,
        "merge": _add_merge,
        "new": _add_new,
        "prompt": _add_prompt,
        "schema": _add_schema,
        "sign": _add_sign,
        "verify": _add_verify,
    }
    if command in adders and command != "completion":
        adders[command](commands)
        return parser
    for add in adders.values():
        add(commands)
    commands.choices["completion"].set_defaults(parser=parser)
    return parser


def _add_changed(commands: argparse._SubParsersAction[_Parser]) -> None:
    text = (
        "Print the vendors whose verdicts the files bear on, as `pytest --terms-vendor` takes "
        "them: `*` where it is all of them, nothing where it is none."
    )
    command = commands.add_parser(
        "changed", help="whose verdicts a change bears on", description=text
    )
    command.add_argument("files", type=Path, nargs="*", metavar="FILE", help="a file that changed")
    _add_root(command, "--root")
    _add_format(command)


def _add_check(commands: argparse._SubParsersAction[_Parser]) -> None:
    text = (
        "Judge a project: every verdict, example, quote and review, as a run of pytest does, to "
        "the same record. Ends with 0, with 1 where something fails, with 65 for problems in your "
        "files. What has not changed since the last run is not judged again."
    )
    command = commands.add_parser("check", help="the whole gate, without pytest", description=text)
    for name, what, help_text in VALUES:
        said = _PAGE if name == "html" else help_text
        command.add_argument(f"--{name}", metavar=what, help=said)
    for name, help_text in (*SWITCHES, *ONCE):
        command.add_argument(f"--{name}", action="store_true", help=help_text)
    jobs = "so many processes for many vendors (default: one for each processor)"
    command.add_argument("--jobs", type=_number, metavar="N", help=jobs)
    cache = "where to keep what was found for the next run (default: a folder of yours)"
    command.add_argument("--cache", type=Path, metavar="DIR", help=cache)
    text = "judge everything anew, and keep nothing"
    command.add_argument("--no-cache", action="store_true", help=text)
    text = "a line for each failure, and no matrix"
    command.add_argument("--quiet", "-q", action="store_true", help=text)
    _add_root(command, "--root")
    _add_format(command, "github")
    _add_prefix(command)


_PAGE = "write the reviewers' page here (default: none is written)"


def _number(text: str) -> int:
    """A number of processes: at least one."""
    if not re.fullmatch(r"[1-9]\d{0,3}", text, re.ASCII):
        raise argparse.ArgumentTypeError(f"`{text}` is no number of processes: write it as `2`")
    return int(text)


def _add_completion(commands: argparse._SubParsersAction[_Parser]) -> None:
    text = (
        "Print a script that lets a shell complete commands, options and the names of a project. "
        'For bash put eval "$(termsgate completion bash)" into ~/.bashrc, and likewise for zsh; '
        "for fish put termsgate completion fish | source into ~/.config/fish/config.fish."
    )
    command = commands.add_parser("completion", help="completion for a shell", description=text)
    command.add_argument("shell", choices=("bash", "fish", "zsh"), help="your shell")
    # What the script asks: the words typed so far.
    command.add_argument("words", nargs="*", help=argparse.SUPPRESS)


def _add_draft(commands: argparse._SubParsersAction[_Parser]) -> None:
    text = (
        "Draft the file of a version from the text of the terms. Rules that you can read propose "
        "clauses, each with a quote, a confidence and the rule; a person decides. Nothing is "
        "downloaded or sent, and no file is overwritten."
    )
    command = commands.add_parser("draft", help="a fixture, drafted from a text", description=text)
    command.add_argument("text", type=Path, metavar="TEXT", help="the terms: .md, .txt or .html")
    command.add_argument("--vendor", required=True, metavar="ID", help="whose terms they are")
    command.add_argument("--document", required=True, metavar="ID", help="which document it is")
    day = "since when it holds (default: what the text says itself)"
    command.add_argument("--effective", type=_day, metavar="DATE", help=day)
    language = "of the text (default: told by its words)"
    command.add_argument("--language", choices=("en", "fr"), help=language)
    output = "the file to write (default: standard output)"
    command.add_argument("--output", type=Path, metavar="FILE", help=output)
    on = "the day of the draft (default: today)"
    command.add_argument("--on", type=_day, metavar="DATE", help=on)
    _add_kinds(command, "yaml", "json")


def _add_prompt(commands: argparse._SubParsersAction[_Parser]) -> None:
    text = (
        "Print what a language model of your own needs to draft a fixture from a text: what to do, "
        "the words to do it in, the schema and the text. Nothing is sent anywhere. What comes back "
        "is held to the project by `termsgate lint`, and to the text by `termsgate verify`."
    )
    command = commands.add_parser("prompt", help="a prompt for your own model", description=text)
    command.add_argument("text", type=Path, metavar="TEXT", help="the terms: .md, .txt or .html")
    command.add_argument("--vendor", default="acme", metavar="ID", help="whose terms they are")
    command.add_argument("--document", default="terms", metavar="ID", help="which document it is")
    day = "since when it holds (default: what the text says itself)"
    command.add_argument("--effective", type=_day, metavar="DATE", help=day)
    part = "of a long text, this part: `2`, or `2/5` for the second of five"
    command.add_argument("--part", metavar="N", help=part)
    command.add_argument("--words", type=int, default=6000, metavar="N", help="words in a part")
    on = "the day of the draft (default: today)"
    command.add_argument("--on", type=_day, metavar="DATE", help=on)
    _add_root(command, "--root")
    _add_kinds(command, "text", "json")


def _add_kinds(command: argparse.ArgumentParser, *kinds: str) -> None:
    form = f"what to print (default: {kinds[0]})"
    command.add_argument("--format", choices=kinds, default=kinds[0], help=form)


def _add_diff(commands: argparse._SubParsersAction[_Parser]) -> None:
    text = (
        "Say how two sets of a vendor's terms differ in meaning: which uses changed stance, which "
        "facts changed, which verdicts turned, and which clauses did it. Ends with 0, or with "
        "`--exit-code` as `git diff` does: 1 where there is a difference."
    )
    command = commands.add_parser("diff", help="how terms differ in meaning", description=text)
    command.add_argument("vendor", metavar="VENDOR", help="the id of a vendor")
    sides = "OLD and NEW: a day, or the fixture of a version, which takes the recorded one's place"
    command.add_argument("sides", nargs="*", metavar="SIDE", help=sides)
    since = "in place of OLD and NEW: from this day to today"
    command.add_argument("--since", type=_day, metavar="DATE", help=since)
    command.add_argument("--as-of", type=_day, metavar="DATE", help="with `--since`: to this day")
    command.add_argument("--document", metavar="ID", help="only what this document changes")
    check = "as this check uses the vendor, and only its verdicts"
    command.add_argument("--check", metavar="ID", help=check)
    full = "list every set of uses, conditions and all"
    command.add_argument("--full", action="store_true", help=full)
    code = "end with 1 where there is a difference"
    command.add_argument("--exit-code", action="store_true", help=code)
    command.add_argument("--today", type=_day, metavar="DATE", help=_WAIVERS)
    _add_archive(command)
    _add_root(command, "--root")
    _add_format(command, "markdown")


def _add_history(commands: argparse._SubParsersAction[_Parser]) -> None:
    text = "Show every verdict over every version of a vendor's terms, the coming ones marked."
    command = commands.add_parser("history", help="verdicts over time", description=text)
    command.add_argument("vendor", metavar="VENDOR", help="the id of a vendor")
    command.add_argument("--check", metavar="ID", help="the verdicts of this check only")
    command.add_argument("--all", action="store_true", help="also the verdicts that never turned")
    today = "the day of the run; what takes effect later is coming (default: today)"
    command.add_argument("--today", type=_day, metavar="DATE", help=today)
    _add_archive(command)
    _add_root(command, "--root")
    _add_format(command, "markdown")


def _add_drift(commands: argparse._SubParsersAction[_Parser]) -> None:
    text = (
        "Hold a newly captured text against the fixture in force: quotes lost or changed, new "
        "passages on what we look for, dates, and the verdicts that are no longer proven. "
        "Ends with 1 on drift, with 65 where the text is not the document or not all of it."
    )
    command = commands.add_parser("drift", help="what changed in a new text", description=text)
    command.add_argument("vendor", metavar="VENDOR", help="the id of a vendor")
    what = "the captured text: .md, .txt, .html or .pdf"
    command.add_argument("text", type=Path, nargs="?", metavar="TEXT", help=what)
    what = "which document it is of; may be left out where only one is in force"
    command.add_argument("--document", metavar="ID", help=what)
    what = "the fixture in force on this day (default: today)"
    command.add_argument("--as-of", type=_day, metavar="DATE", help=what)
    what = "a folder of the texts that fixtures were read from"
    command.add_argument("--texts", type=Path, metavar="FOLDER", help=what)
    what = "a folder of clones of public archives, for the text the fixture was read from"
    command.add_argument("--archive", type=Path, metavar="FOLDER", help=what)
    what = "every version recorded there since the fixture's, instead of a text"
    command.add_argument("--from-archive", type=Path, metavar="FOLDER", help=what)
    what = "take the text for the whole document, whatever it looks like"
    command.add_argument("--whole", action="store_true", help=what)
    what = "draft the next version's fixture; never over a file that is there"
    command.add_argument("--write", action="store_true", help=what)
    what = "the day of the draft, where the text says none"
    command.add_argument("--effective", type=_day, metavar="DATE", help=what)
    _add_root(command, "--root")
    _add_format(command, "markdown")


def _add_explain(commands: argparse._SubParsersAction[_Parser]) -> None:
    text = "Say why a verdict is what it is. Ends with 1 if it fails the run."
    command = commands.add_parser("explain", help="why a verdict is what it is", description=text)
    command.add_argument("check", metavar="CHECK", help="the id of a check")
    command.add_argument("vendor", metavar="VENDOR", help="the id of a vendor it names")
    command.add_argument("requirement", metavar="REQUIREMENT", help="`policy.requirement`")
    command.add_argument(
        "--as-of", type=_day, metavar="DATE", help="the terms in force on this day"
    )
    command.add_argument("--today", type=_day, metavar="DATE", help=_WAIVERS)
    _add_archive(command)
    _add_root(command, "--root")
    _add_format(command)


def _add_export(commands: argparse._SubParsersAction[_Parser]) -> None:
    text = (
        "Print a record in another format. It judges nothing: for a failed run it ends with 0 too."
    )
    command = commands.add_parser("export", help="a record in another format", description=text)
    what = "the file that `--terms-json` wrote"
    command.add_argument("record", type=Path, metavar="RECORD", help=what)
    to = f"one of: {', '.join(FORMATS)}"
    command.add_argument("--to", choices=FORMATS, required=True, metavar="FORMAT", help=to)
    text = "with sarif: what passes and does not apply as well, which code scanning cannot show"
    command.add_argument("--all", action="store_true", help=text)
    text = "with html: the language of the page (default: en)"
    command.add_argument("--lang", choices=("en", "fr"), help=text)
    _add_prefix(command)


def _add_init(commands: argparse._SubParsersAction[_Parser]) -> None:
    text = (
        "Write a project that runs at once: an example vendor, a policy, a check, settings of "
        "pytest, an editor and CI. It writes all of it or nothing, and never over a file."
    )
    command = commands.add_parser("init", help="a project to start from", description=text)
    where = "the folder (default: this one); it is made where there is none"
    command.add_argument("folder", type=Path, default=Path(), metavar="DIR", nargs="?", help=where)
    pack = "a built-in pack to be judged by (default: ai-training); may be given several times"
    command.add_argument("--pack", action="append", metavar="PACK", help=pack)
    owner = "who owns the policy and the check (default: you@example.org)"
    command.add_argument("--owner", default="you@example.org", metavar="WHO", help=owner)
    yes = "ask nothing, also at a terminal in a folder that is not empty"
    command.add_argument("--yes", action="store_true", help=yes)
    _add_format(command)


def _add_lint(commands: argparse._SubParsersAction[_Parser]) -> None:
    text = (
        "Say what is wrong with the files, without a verdict. Ends with 65 for errors, with 1 for "
        "smells alone."
    )
    command = commands.add_parser("lint", help="what is wrong with the files", description=text)
    _add_root(command, "root")
    _add_format(command, "github")
    _add_prefix(command)


def _add_merge(commands: argparse._SubParsersAction[_Parser]) -> None:
    text = (
        "Put the records of all parts of a run (`termsgate check --shard 1/4` and so on) together "
        "to the record of the whole. Ends as that run would, with 65 where a part is missing or "
        "the parts are not of one project, day and question."
    )
    command = commands.add_parser("merge", help="parts of a run put together", description=text)
    what = "the record of a part"
    command.add_argument("records", type=Path, nargs="+", metavar="RECORD", help=what)
    for name, metavar, help_text in VALUES:
        if name in {"json", "html", "lang", "sarif", "markdown"}:
            said = _PAGE if name == "html" else help_text
            command.add_argument(f"--{name}", metavar=metavar, help=said)
    for name, help_text in SWITCHES:
        if name != "history":
            command.add_argument(f"--{name}", action="store_true", help=help_text)
    text = "a line for each failure, and no matrix"
    command.add_argument("--quiet", "-q", action="store_true", help=text)


def _add_new(commands: argparse._SubParsersAction[_Parser]) -> None:
    text = "Write a file to go on from, with comments that teach. It never writes over a file."
    command = commands.add_parser("new", help="a file to go on from", description=text)
    kinds = command.add_subparsers(dest="kind", metavar="KIND", required=True)

    vendor = _add_kind(kinds, "vendor", "who they are, and what makes up the agreement")
    vendor.add_argument("--name", metavar="NAME", help="what they are called")
    vendor.add_argument("--url", metavar="URL", help="their address on the web")

    text = "one more document of a vendor, and a version of it of which nothing is read"
    document = _add_kind(kinds, "document", text, "vendor")
    kinds_of = ("contract", "notice", "statement")
    document.add_argument(
        "--kind",
        dest="of",
        choices=kinds_of,
        default="contract",
        help="what it is (default: contract)",
    )
    document.add_argument("--title", metavar="TITLE", help=_TITLE)
    _add_version(document)

    text = "a version of a document: it starts from the one in force"
    version = kinds.add_parser("version", help=text, description=f"Write {text}.")
    version.add_argument("vendor", metavar="VENDOR", help="the id of the vendor")
    version.add_argument("document", metavar="DOCUMENT", help="the id of the document")
    _add_version(version)
    _add_root(version, "--root")
    _add_format(version)

    for kind, text in (
        ("policy", "what you require, with examples that test it"),
        ("check", "which vendors, for which use, under which policies"),
    ):
        _add_kind(kinds, kind, text).add_argument("--title", metavar="TITLE", help=_TITLE)


def _add_kind(
    kinds: argparse._SubParsersAction[_Parser], kind: str, text: str, of: str = ""
) -> _Parser:
    """What can be made anew, by an id of its own."""
    made = kinds.add_parser(kind, help=text, description=f"Write {text}.")
    if of:
        made.add_argument(of, metavar=of.upper(), help=f"the id of the {of}")
    made.add_argument("id", metavar="ID", help="its id: small letters, digits and hyphens")
    _add_root(made, "--root")
    _add_format(made)
    return made


def _add_version(command: argparse.ArgumentParser) -> None:
    day = "the day it takes effect (default: today)"
    command.add_argument("--effective", type=_day, metavar="DATE", help=day)
    text = "the captured text (.md, .txt, .html or .pdf), to be kept beside the version"
    command.add_argument("--text", type=Path, metavar="FILE", help=text)


def _add_schema(commands: argparse._SubParsersAction[_Parser]) -> None:
    text = (
        "Print the JSON Schema of a kind of file, or of what a command prints as JSON; without a "
        "name, the names there are."
    )
    command = commands.add_parser("schema", help="the JSON Schema of a file", description=text)
    command.add_argument("name", metavar="SCHEMA", nargs="?", help="policy, record, ...")
    into = "write those that editors need into this folder, over those of an earlier release"
    command.add_argument("--into", type=Path, metavar="FOLDER", help=into)


def _add_verify(commands: argparse._SubParsersAction[_Parser]) -> None:
    text = (
        "Look for each quote in the captured text, say where it stands, and compare digests. "
        "Ends with 1 if a quote is lost or ambiguous or a text is no evidence, 66 if nothing "
        "could be looked for."
    )
    command = commands.add_parser(
        "verify", help="whether quotes stand in the texts", description=text
    )
    projects = "a folder that holds policies, fixtures and checks (default: this one)"
    here = [Path()]
    command.add_argument(
        "projects", type=Path, nargs="*", metavar="PROJECT", default=here, help=projects
    )
    _add_archive(command)
    texts = "a folder of captured texts: `vendor--document--day.md` or `vendor/document/day.md`"
    command.add_argument("--texts", type=Path, metavar="DIR", help=texts)
    globs = "only the vendors whose id matches one of these, with commas between them"
    command.add_argument("--vendor", metavar="GLOBS", help=globs)
    command.add_argument("--all", action="store_true", help="say where every quote stands")
    strict = "a quote that could not be looked for falls short too"
    command.add_argument("--strict", action="store_true", help=strict)
    _add_format(command)


def _add_sign(commands: argparse._SubParsersAction[_Parser]) -> None:
    text = "Write who reviewed a version, when, and a sha256 of what it says: an edit voids it."
    command = commands.add_parser("sign", help="put a name to a reading", description=text)
    what = "a file or folder, or a vendor: its versions in force and to come"
    command.add_argument("what", metavar="PATH|VENDOR", nargs="+", help=what)
    command.add_argument(
        "--by",
        action="append",
        required=True,
        metavar="WHO",
        help="who signs; several times for several",
    )
    on = "the day of the review (default: today)"
    command.add_argument(
        "--status", choices=("approved", "reviewed"), default="approved", help=_STATUS
    )
    command.add_argument("--on", type=_day, metavar="DATE", help=on)
    _add_root(command, "--root")
    _add_format(command)


def _add_root(command: argparse.ArgumentParser, name: str) -> None:
    text = "the folder that holds policies, fixtures and checks (default: this one)"
    here = Path()
    if name.startswith("-"):
        command.add_argument(name, type=Path, default=here, metavar="FOLDER", help=text)
    else:
        command.add_argument(name, type=Path, default=here, metavar="ROOT", nargs="?", help=text)


def _add_archive(command: argparse.ArgumentParser) -> None:
    text = "a folder of clones of public archives: `DIR/owner/name` or `DIR/name`"
    command.add_argument("--archive", type=Path, metavar="DIR", help=text)


def _add_format(command: argparse.ArgumentParser, *more: str) -> None:
    choices = ("text", "json", *more)
    form = "what to print (default: text)"
    command.add_argument("--format", choices=choices, default="text", help=form)


def _add_prefix(command: argparse.ArgumentParser) -> None:
    text = "the folder of the project in its repository; it is put before every path"
    command.add_argument("--prefix", default="", metavar="FOLDER", help=text)


def _day(text: str) -> date:
    """The day in the one spelling that files use too."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise argparse.ArgumentTypeError(f"`{text}` is not a day: write it as `2023-08-08`")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = f"`{text}` is not a day of the calendar"
        raise argparse.ArgumentTypeError(message) from error
