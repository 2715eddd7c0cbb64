"""The page in a real browser, where there is one."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING, Final

import pytest

from tests.plugin.test_page import HOSTILE

if TYPE_CHECKING:
    from tests.plugin.conftest import Suite

BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="module")
def browser() -> str:
    """Chromium, under whichever name it goes."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip(f"no browser is here ({', '.join(BROWSERS)})")
    return found


def opened(browser: str, suite: Suite) -> tuple[str, str]:
    """What the page is after its script ran, and what the browser complained of."""
    done = subprocess.run(  # noqa: S603 - found above
        [
            browser,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={suite.path / 'profile'}",
            "--enable-logging=stderr",
            "--virtual-time-budget=5000",
            "--dump-dom",
            (suite.path / "reports/pytest.html").as_uri(),
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return done.stdout, done.stderr


def test_the_page_is_drawn_without_a_complaint(suite: Suite, browser: str) -> None:
    """The matrix, our columns and a row for each test; no error in the console."""
    suite.run("--terms-as-of", "2023-04-01")

    page, complaints = opened(browser, suite)

    assert "CONSOLE" not in complaints
    assert 'class="tg-matrix"' in page
    assert page.count('class="col-requirement"') == 10
    assert "“machine learning, artificial intelligence”" in page


def test_hostile_words_do_not_run(suite: Suite, browser: str) -> None:
    """They are shown."""
    for name in ("policies/ai-training.yaml", "fixtures/zoom/terms/2023-03-31.yaml"):
        text = (suite.path / name).read_text("utf-8")
        for word in ("on calls", "machine", "Zoom may"):
            text = text.replace(word, f"{word} {HOSTILE}")
        suite.write(name, text)
    suite.run("--terms-as-of", "2023-04-01")

    page, complaints = opened(browser, suite)

    assert "CONSOLE" not in complaints
    assert '<img src="x"' not in page
    assert "&lt;img src=x" in page
