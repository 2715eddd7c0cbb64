"""The guide as a site: all of the repository's pages is in it, and nothing is fetched."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import sys
from collections import Counter
from importlib import resources
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

import html5lib
import pytest
from markdown_it import MarkdownIt

from tests.docs.samples import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from selenium.webdriver import Chrome

DOCS: Final = ROOT / "docs"
PAGES: Final = sorted(DOCS.rglob("*.md"))
KINDS: Final = ("h2", "h3", "p", "li", "tr", "pre", "code", "img", "a", "strong", "em")
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as `tox run -e docs` builds it; a warning ends that."""
    if find_spec("material") is None:
        pytest.skip("MkDocs Material is not here: pip install --group docs")
    folder = tmp_path_factory.mktemp("site")
    done = _built(ROOT / "mkdocs.yml", folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Chrome]:
    """Chromium without a window, driven from here; nothing is downloaded for it."""
    webdriver = pytest.importorskip("selenium.webdriver")
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    driver = shutil.which("chromedriver")
    if found is None or driver is None:
        pytest.skip("no chromium with its chromedriver is here")
    options = webdriver.ChromeOptions()
    options.binary_location = found
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    chrome = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    chrome.set_script_timeout(60)
    yield chrome
    chrome.quit()


def _built(config: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    # Not with --quiet: a warning that is not told is none, also to --strict.
    command = [sys.executable, "-m", "mkdocs", "build", "-f", str(config), "-d", str(folder)]
    return subprocess.run(  # noqa: S603 - our own words only
        command,
        env={"NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_page_is_in_it_with_all_that_it_holds(site: Path) -> None:
    """As many headings, items, rows and links as a code host shows: its Markdown is another."""
    assert {
        page.relative_to(DOCS).as_posix(): lost
        for page in PAGES
        if (lost := _shown_in_repository(page) - _shown_in_site(site, page))
    } == {}


def test_nothing_in_it_is_fetched_from_elsewhere(site: Path) -> None:
    """No script, style, font, picture or frame has the address of a host."""
    pages = {page: page.read_text(encoding="utf-8") for page in site.rglob("*.html")}
    styles = {style: style.read_text(encoding="utf-8") for style in site.rglob("*.css")}

    fetched = [
        *(address for text in pages.values() for address in _resources(text)),
        *(address for text in styles.values() for address in _STYLED.findall(text)),
    ]

    assert len(fetched) > len(pages)
    assert [each for each in fetched if re.match(r"(?i)(?:[a-z]+:)?//", each)] == []


def test_what_the_pages_link_to_outside_docs_has_a_page(site: Path) -> None:
    """A policy is read in the site as well as in the repository."""
    page = (site / "repository/policies/exit.yaml.html").read_text(encoding="utf-8")

    assert "deletion-on-request" in page
    assert (site / "repository/CONTRIBUTING.html").is_file()


def test_a_button_copies_what_is_typed(site: Path) -> None:
    """All lines of a command, without the prompt and without what is printed."""
    page = html.unescape((site / "tutorial.html").read_text(encoding="utf-8"))

    assert 'data-copy="termsgate lint"' in page
    assert re.search(r'data-copy="termsgate draft .* \\\n +--vendor .*\.yaml"', page)
    assert 'data-copy=""' not in page


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ("[away](../not-there.md)", "../not-there.md"),
        ("[no such heading](index.md#not-there)", "index.md#not-there"),
        ("![a picture](https://pictures.example/one.png)", "https://pictures.example/one.png"),
    ],
)
def test_a_page_with_a_fault_is_not_built(
    broken: str, told: str, site: Path, tmp_path: Path
) -> None:
    """A link that leads nowhere, or a picture of another host, ends the build and is named."""
    del site
    for name in ("mkdocs.yml", "docs/site_hooks.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    config = tmp_path / "mkdocs.yml"
    text = config.read_text(encoding="utf-8").partition("\nnav:")[0]
    config.write_text(f"{text}\nnav: [index.md]\n", encoding="utf-8")
    (tmp_path / "docs/index.md").write_text(f"# A page\n\n{broken}\n", encoding="utf-8")

    done = _built(config, tmp_path / "site")

    assert done.returncode == 1
    assert told in done.stderr


def test_it_is_searched_without_a_server(site: Path, browser: Chrome) -> None:
    """Opened from a disk, it finds words, complains of nothing and asks no host."""
    browser.get((site / "index.html").as_uri())

    found = browser.execute_async_script(_SEARCH, "statistics")

    assert found
    assert browser.execute_script(_ASKED) == []
    said = browser.get_log("browser")  # type: ignore[no-untyped-call]
    assert [entry["message"] for entry in said] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", ["tutorial", "vocabulary", "policies/exit/deletion", "api"])
def test_it_keeps_nobody_out(page: str, scheme: str, site: Path, browser: Chrome) -> None:
    """axe-core finds nothing serious, light or dark."""
    axe = pytest.importorskip("axe_core_python")
    wanted = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": wanted})
    browser.get((site / f"{page}.html").as_uri())

    browser.execute_script(resources.files(axe).joinpath("axe.min.js").read_text("utf-8"))
    violations = browser.execute_async_script(
        "axe.run(document, {resultTypes: ['violations']}).then(arguments[0])"
    )["violations"]

    assert [
        (each["id"], each["nodes"][0]["html"][:200])
        for each in violations
        if each["impact"] in {"serious", "critical"}
    ] == []


# --- what is in a page --------------------------------------------------------------------------


def _shown_in_repository(page: Path) -> Counter[str]:
    text = page.read_text(encoding="utf-8")
    return _counted(html5lib.parse(MarkdownIt("commonmark").enable("table").render(text)))


def _shown_in_site(site: Path, page: Path) -> Counter[str]:
    name = "index" if page.stem == "README" else page.stem
    file = site / page.relative_to(DOCS).with_name(f"{name}.html")
    tree = html5lib.parse(file.read_text(encoding="utf-8"))
    return _counted(next(tree.iter(f"{_HTML}article")))


_HTML: Final = "{http://www.w3.org/1999/xhtml}"


def _counted(tree: Any) -> Counter[str]:  # noqa: ANN401 - a tree of html5lib
    kinds = (node.tag.removeprefix(_HTML) for node in tree.iter() if isinstance(node.tag, str))
    return Counter(kind for kind in kinds if kind in KINDS)


# --- what is fetched ----------------------------------------------------------------------------


_STYLED: Final = re.compile(r"""(?:url\(|@import\s)["'\s]*([^"')\s]+)""")
_LOADING: Final = ("icon", "stylesheet", "preload", "prefetch", "preconnect", "dns-prefetch")
_ATTRIBUTES: Final = ("src", "srcset", "poster", "data", "action", "background")


def _resources(page: str) -> Iterator[str]:
    """The addresses that a browser goes to by itself."""
    for tag in re.findall(r"<[a-zA-Z][^>]*>", page):
        values = dict(re.findall(r"""\s([a-z-]+)=["']?([^"'\s>]*)""", tag))
        yield from (values[name] for name in _ATTRIBUTES if name in values)
        if tag.startswith("<link") and values.get("rel", "") in _LOADING:
            yield values["href"]
    for style in re.findall(r"<style[^>]*>(.*?)</style>", page, re.DOTALL):
        yield from _STYLED.findall(style)


# --- in a browser -------------------------------------------------------------------------------


_SEARCH: Final = """
const [word, done] = arguments;
const box = document.querySelector("input.md-search__input");
box.focus(); box.value = word; box.dispatchEvent(new Event("input", {bubbles: true}));
box.dispatchEvent(new KeyboardEvent("keyup", {bubbles: true}));
const look = () => {
  const found = [...document.querySelectorAll(".md-search-result__link")].map((each) => each.href);
  found.length ? done(found) : setTimeout(look, 50);
};
look();
"""
_ASKED: Final = """
return performance.getEntriesByType("resource").map((each) => each.name)
  .filter((name) => !name.startsWith("file:") && !name.startsWith("data:"));
"""
