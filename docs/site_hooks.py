"""Beyond what MkDocs does itself: links out of docs/ have pages, and folders are listed."""

from __future__ import annotations

import html
import os
import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, InclusionLevel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
COPIES = "repository"
"""The folder of the site in which files of the repository lie that are not in docs/."""

LANGUAGES = {".cfg": "ini", ".ini": "ini", ".py": "python", ".toml": "toml", ".yaml": "yaml"}
_FENCED = re.compile(r"(^```.*?^```$)", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"(?<=\]\()(?![a-z]+:)([^)\s#]+)(?=(?:#[^)\s]*)?\))")


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Give a page to each file outside docs/ that a page links to, and to those they link to."""
    ahead = [_source_of(file) for file in files.documentation_pages()]
    ahead += [_source_at(uri) for uri in _named(config.nav) if uri.startswith(f"{COPIES}/")]
    seen = set(ahead)
    while ahead:
        source = ahead.pop()
        if not _is_in_docs(source):
            files.append(_copy(source, config))
        new = set(_outside(source)) - seen
        seen |= new
        ahead += sorted(new)


def on_config(config: MkDocsConfig) -> None:
    """List each folder that the navigation names by its pages, and at the end what it left out."""
    nav = [_opened(entry) for entry in config.nav or ()]
    named = set(_named(nav))
    left = [page for page in map(_uri, sorted(DOCS.rglob("*.md"))) if page not in named]
    config.nav = [*nav, {"More": left}] if left else nav


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Point each link to where its file is in the site."""
    del config, files
    return _relinked(markdown, _source_of(page.file), page.file.src_uri)


def on_page_content(content: str, **_: object) -> str:
    """Let a button copy what is typed in a terminal, and keys scroll what is wide."""
    focusable = content.replace("<pre><span></span><code>", '<pre><span></span><code tabindex="0">')
    return _TERMINAL.sub(_typed, focusable)


def on_post_page(output: str, **_: object) -> str:
    """Give the theme's search a name, by which a screen reader calls it."""
    dialog = 'data-md-component="search" role="dialog"'
    return output.replace(dialog, f'{dialog} aria-label="Search"')


# --- the terminal -------------------------------------------------------------------------------


_TERMINAL = re.compile(
    r'<div class="(?P<kind>language-console[^"]*)">(?P<code>.*?)</div>', re.DOTALL
)
_COMMAND = re.compile(r"^\$ ((?:.*\\\n)*.*)$", re.MULTILINE)


def _typed(block: re.Match[str]) -> str:
    """A block of a terminal, with its commands for the button."""
    commands = _COMMAND.findall(html.unescape(re.sub(r"<[^>]+>", "", block["code"])))
    copied = html.escape("\n".join(commands))
    told = f' data-copy="{copied}"' if commands else ""
    return f'<div class="{block["kind"]}"{told}>{block["code"]}</div>'


# --- links --------------------------------------------------------------------------------------


def _relinked(markdown: str, source: Path, uri: str) -> str:
    """A text with its links as they are in the site; what is fenced stays as it is."""
    folder = PurePosixPath(uri).parent

    def to_site(link: re.Match[str]) -> str:
        target = _target(source, link[1])
        return link[1] if target is None else os.path.relpath(_uri(target), folder)

    parts = _FENCED.split(markdown)
    return "".join(part if at % 2 else _LINK.sub(to_site, part) for at, part in enumerate(parts))


def _target(source: Path, link: str) -> Path | None:
    """The file of the repository that a link leads to."""
    target = (source.parent / link).resolve()
    return target if target.is_file() and target.is_relative_to(ROOT) else None


def _outside(source: Path) -> Iterator[Path]:
    """The files outside docs/ that a page links to."""
    if source.suffix != ".md":
        return
    for at, part in enumerate(_FENCED.split(source.read_text(encoding="utf-8"))):
        for link in () if at % 2 else _LINK.finditer(part):
            target = _target(source, link[1])
            if target is not None and not _is_in_docs(target):
                yield target


def _is_in_docs(source: Path) -> bool:
    return source.is_relative_to(DOCS)


def _uri(source: Path) -> str:
    """Where a file of the repository is in the site."""
    if _is_in_docs(source):
        return source.relative_to(DOCS).as_posix()
    name = source.relative_to(ROOT).as_posix()
    return f"{COPIES}/{name}" if source.suffix == ".md" else f"{COPIES}/{name}.md"


# --- copies -------------------------------------------------------------------------------------


def _copy(source: Path, config: MkDocsConfig) -> File:
    """The page of a file outside docs/: a page as it is, anything else as code."""
    text = source.read_text(encoding="utf-8")
    content = text if source.suffix == ".md" else _as_code(source, text)
    return File.generated(
        config, _uri(source), content=content, inclusion=InclusionLevel.NOT_IN_NAV
    )


def _as_code(source: Path, text: str) -> str:
    """A file under its name, in a fence that nothing in it closes."""
    name = source.relative_to(ROOT).as_posix()
    return f"# {name}\n\n``````{LANGUAGES.get(source.suffix, 'text')}\n{text}``````\n"


def _source_of(file: File) -> Path:
    """The file of the repository that a page is made of."""
    return _source_at(file.src_uri)


def _source_at(uri: str) -> Path:
    """The file of the repository of which the site has a page there."""
    path = PurePosixPath(uri)
    if path.parts[0] != COPIES:
        return DOCS / path
    whole = ROOT / path.relative_to(COPIES)
    return whole if whole.is_file() else whole.with_suffix("")


# --- navigation ---------------------------------------------------------------------------------


def _opened(entry: object) -> object:
    """An entry of the navigation, with the pages of a folder in the folder's place."""
    match entry:
        case dict():
            return {title: _opened(each) for title, each in entry.items()}
        case list():
            return [_opened(each) for each in entry]
        case str() if entry.endswith("/"):
            return _listed(DOCS / entry)
        case _:
            return entry


def _listed(folder: Path) -> list[object]:
    """A folder: its own page first, then its pages, then each folder by its name."""
    files = sorted(folder.glob("*.md"), key=lambda file: (file.stem not in _OWN, file.name))
    folders = sorted(each for each in folder.iterdir() if any(each.glob("*.md")))
    return [*map(_uri, files), *({each.name: _by_name(each)} for each in folders)]


_OWN = ("index", "README")


def _by_name(folder: Path) -> list[object]:
    """The pages of a folder under the names of their files, which are what a reader types."""
    return [{file.stem: _uri(file)} for file in sorted(folder.glob("*.md"))]


def _named(nav: object) -> Iterator[str]:
    """The pages that the navigation names."""
    match nav:
        case dict():
            yield from _named(list(nav.values()))
        case list():
            for each in nav:
                yield from _named(each)
        case _:
            yield str(nav)
