"""The pictures in the pages are of runs: this runs them again and takes the pictures anew.

The terminal is drawn from what the commands print, and a test draws it again. The reviewers' page
is photographed in a browser (chromium and its chromedriver), which no two machines do alike.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from html import escape
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from docs.generate_runs import PACKAGE, TELLING, TODAY, pieces

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "images"
TERMINAL = FOLDER / "terminal.svg"

COLUMNS = 100
SIZE, WIDTH, LINE, MARGIN = 14, 8.43, 20, 18
"""Of a letter, in the units of the picture: how large, how wide and how far apart, and the edge."""

INK, PAPER, SOFT = "#e9e7e2", "#15171a", "#aeaba4"
COLOURS = {"31": "#ff9b92", "32": "#a9dfb7", "33": "#f2d585", "36": "#93c1ee"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A command as it is typed, how that is run here, and which pieces of its output are shown."""

    words: str
    command: tuple[str, ...]
    pieces: tuple[tuple[str, str], ...]


SUITE = (
    *(sys.executable, "-m", "pytest", "--no-header", "--color=yes", "--terms-today", TODAY),
    *("-p", "no:html", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:randomly"),
)
APRIL = "2023-04-01"
ASKED = ("video-calls", "zoom", "ai-training.calls-need-consent", "--as-of", APRIL)
SESSION = (
    Typed(
        words=f"pytest checks/video-calls.yaml --terms-as-of {APRIL}",
        command=(*SUITE, "checks/video-calls.yaml", "--terms-as-of", APRIL),
        pieces=(("^=+ terms as of", "^partial"),),
    ),
    Typed(
        words=f"termsgate explain {' '.join(ASKED)}",
        command=(
            *(sys.executable, "-c", "from termsgate.cli import main; raise SystemExit(main())"),
            *("explain", "--today", TODAY, *ASKED),
        ),
        pieces=(("verdict:", "documents not at hand"), ("ask the vendor", "^$")),
    ),
)


# --- the terminal -------------------------------------------------------------------------------


def terminal() -> str:
    """The picture of a terminal in which the session was typed."""
    with TemporaryDirectory() as folder:
        lines = [line for typed in SESSION for line in _lines(typed, Path(folder))][:-1]
    width, height = round(COLUMNS * WIDTH + 2 * MARGIN), len(lines) * LINE + 2 * MARGIN
    drawn = "\n".join(_drawn(line, MARGIN + (at + 1) * LINE) for at, line in enumerate(lines))
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">
<title>{escape(" and ".join(typed.words for typed in SESSION))}</title>
<rect width="{width}" height="{height}" rx="8" fill="{PAPER}"/>
<g fill="{INK}" font-size="{SIZE}"
 font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace">
{drawn}
</g>
</svg>
"""


def _lines(typed: Typed, aside: Path) -> Iterator[str]:
    """A command and the pieces of what it prints, with the colours in them."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(TELLING)}
    files = (f"--terms-json={aside / 'record.json'}", f"--terms-html={aside / 'report.html'}")
    done = subprocess.run(  # noqa: S603 - our own words only
        [*typed.command, *(files if "pytest" in typed.command else ())],
        cwd=ROOT,
        env={**kept, "COLUMNS": "80", "FORCE_COLOR": "1", "PYTHONPATH": str(PACKAGE)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    yield f"\x1b[32m$\x1b[0m \x1b[1m{typed.words}\x1b[0m"
    for at, piece in enumerate(pieces([*done.stdout.splitlines(), ""], typed.pieces)):
        yield from ["\x1b[2m[...]\x1b[0m"] if at else []
        yield from piece.splitlines()
    yield ""


def _drawn(line: str, y: int) -> str:
    """A line as spans, each with the look that the codes before it give, in its columns."""
    spans, at, looks = "", 0, ""
    for code, text in re.findall(r"\x1b\[([\d;]*)m|([^\x1b]+)", line):
        if code or not text:
            looks = _looks(code)
            continue
        x, length = MARGIN + at * WIDTH, len(text) * WIDTH
        kept = escape(text).replace(" ", "\N{NO-BREAK SPACE}")  # others are drawn as one
        spans += f'<tspan x="{x:.1f}" textLength="{length:.1f}"{looks}>{kept}</tspan>'
        at += len(text)
    return f'<text y="{y}">{spans}</text>'


def _looks(code: str) -> str:
    """The attributes that a code of a terminal stands for."""
    looks = {"1": ' font-weight="bold"', "2": f' fill="{SOFT}"'}
    looks |= {number: f' fill="{colour}"' for number, colour in COLOURS.items()}
    return "".join(looks.get(each, "") for each in code.split(";"))


# --- the reviewers' page ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A picture of the reviewers' page: where, how high, in the dark, from which heading down."""

    name: str
    at: str
    height: int
    dark: bool = False
    heading: str = ""


SHOTS = (
    Shot(name="report-top.png", at="", height=1100),
    Shot(
        name="report-timeline.png", at="#vendor/zoom", height=760, heading="How the verdicts turned"
    ),
    Shot(
        name="report-verdict-dark.png",
        at="#video-calls/zoom/ai-training.calls-need-consent",
        height=780,
        dark=True,
    ),
)
AUGUST = "2023-08-08"
_TO_HEADING = """
const found = [...document.querySelectorAll("h3, h4")].find(
  (each) => each.textContent.includes(arguments[0]) && each.offsetParent
    && each.closest("section, article, details").textContent.includes("Zoom"));
scrollTo(0, found.getBoundingClientRect().top + scrollY - 125);
"""


def photographed(folder: Path) -> None:
    """Take each picture of the page that a run of August 2023 writes."""
    page = folder / "report.html"
    files = (f"--terms-html={page}", f"--terms-json={folder / 'record.json'}")
    subprocess.run(  # noqa: S603 - our own words only
        [*SUITE, "-qq", "--terms-as-of", AUGUST, *files],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    browser = _browser()
    try:
        for shot in SHOTS:
            _take(browser, page, shot)
    finally:
        browser.quit()


def _take(browser: Any, page: Path, shot: Shot) -> None:  # noqa: ANN401 - selenium has no types
    size = {"width": 1200, "height": shot.height, "deviceScaleFactor": 1, "mobile": False}
    scheme = {"name": "prefers-color-scheme", "value": "dark" if shot.dark else "light"}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
    browser.get("about:blank")
    browser.get(f"{page.as_uri()}{shot.at}")
    browser.implicitly_wait(2)
    if shot.heading:
        browser.execute_script(_TO_HEADING, shot.heading)
    _save(browser.get_screenshot_as_png(), FOLDER / shot.name)


def _save(picture: bytes, path: Path) -> None:
    """Keep a picture in 128 colours: a third of the size, and nobody sees it."""
    from PIL import Image  # noqa: PLC0415 - as above

    Image.open(BytesIO(picture)).convert("RGB").quantize(128).save(path, optimize=True)


def _browser() -> Any:  # noqa: ANN401 - selenium has no types
    from selenium import webdriver  # noqa: PLC0415 - the terminal is drawn without it

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(argument)
    service = webdriver.ChromeService(shutil.which("chromedriver") or "")
    return webdriver.Chrome(options=options, service=service)


def _main(asked: Sequence[str]) -> None:
    TERMINAL.write_text(terminal(), encoding="utf-8")
    print(f"written: {TERMINAL.relative_to(ROOT)}")
    if "--terminal" not in asked:
        with TemporaryDirectory() as folder:
            photographed(Path(folder))
        print("\n".join(f"taken: docs/images/{shot.name}" for shot in SHOTS))


if __name__ == "__main__":
    _main(sys.argv[1:])
