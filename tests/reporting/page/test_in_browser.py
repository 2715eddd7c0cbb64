"""The page in a real browser, where there is one."""

from __future__ import annotations

import base64
import shutil
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

import pytest

from termsgate.reporting.page.making import page
from tests.recorded import met, record, requirement, vendor, verdict
from tests.reporting.page.test_making import HOSTILE, saying, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from selenium.webdriver import Chrome

    from termsgate.core.record import Record

    Opened = Callable[..., "Chrome"]

BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WAIT: Final = 30


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
    chrome.set_script_timeout(WAIT)
    yield chrome
    chrome.quit()


@pytest.fixture
def opened(browser: Chrome, tmp_path: Path) -> Opened:
    """Open the page of a record, at an address within it, in a colour scheme and a width."""
    from selenium.webdriver.support.ui import WebDriverWait  # noqa: PLC0415 - where it is installed

    def open_page(
        found: Record, at: str = "", *, dark: bool = False, width: int = 1280, language: str = "en"
    ) -> Chrome:
        path = tmp_path / "report.html"
        path.write_text(page(found, language), encoding="utf-8")
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        browser.get("about:blank")
        complaints(browser)
        browser.get(f"{path.as_uri()}{at}")
        WebDriverWait(browser, WAIT, 0.02).until(
            lambda each: _script(each, "return document.documentElement.dataset.ready")
        )
        return browser

    return open_page


def _script(browser: Chrome, text: str) -> Any:  # noqa: ANN401 - whatever a script gives back
    return browser.execute_script(text)


def complaints(browser: Chrome) -> list[str]:
    """What the console says, since it was last asked."""
    return [each["message"] for each in browser.get_log("browser")]  # type: ignore[no-untyped-call]


def rows(browser: Chrome) -> list[str]:
    """The ids of the rows that are drawn."""
    found: list[str] = _script(
        browser, "return [...document.querySelectorAll('.grid .line:not(.head)')].map(e => e.id)"
    )
    return found


def status(browser: Chrome) -> str:
    """How many verdicts the filters leave, as the page says it."""
    return str(_script(browser, "return document.querySelector('[role=status]').textContent"))


def put(browser: Chrome, selector: str, value: str, event: str = "change") -> None:
    """Set a field as a user would."""
    _script(
        browser,
        f"const e = document.querySelector({selector!r}); e.value = {value!r};"
        f"e.dispatchEvent(new Event({event!r}, {{bubbles: true}}));",
    )


def test_the_page_opens_without_a_complaint(opened: Opened) -> None:
    """What fails stands first."""
    browser = opened(whole())

    assert complaints(browser) == []
    assert rows(browser) == [
        "calls/zoom/ai-training.calls",
        "calls/jitsi/exit.x",
        "calls/zoom/exit.x",
        "calls/jitsi/ai-training.calls",
    ]
    assert status(browser) == "4 of 4 verdicts"


def test_filters_leave_what_is_asked_for_and_stand_in_the_address(opened: Opened) -> None:
    """So that what somebody looks at can be sent."""
    browser = opened(whole())

    _script(browser, "document.querySelector('[data-verdict=met]').click()")
    met_alone = (rows(browser), _script(browser, "return location.hash"))
    _script(browser, "document.querySelector('[data-verdict=met]').click()")
    put(browser, "select[name=vendor]", "zoom")
    put(browser, "select[name=gate]", "waived")

    assert met_alone == (["calls/jitsi/ai-training.calls"], "#?verdict=met")
    assert rows(browser) == ["calls/zoom/exit.x"]
    assert _script(browser, "return location.hash") == "#?gate=waived&vendor=zoom"


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (
            "#?verdict=violated,met&vendor=jitsi",
            ["calls/jitsi/exit.x", "calls/jitsi/ai-training.calls"],
        ),
        (
            "#?sort=-vendor",
            [
                "calls/zoom/ai-training.calls",
                "calls/zoom/exit.x",
                "calls/jitsi/ai-training.calls",
                "calls/jitsi/exit.x",
            ],
        ),
        ("#?q=INTELLIGENCE%20jitsi", ["calls/jitsi/exit.x"]),
        ("#?q=deleted%20after%20thirty", ["calls/zoom/ai-training.calls"]),
        (
            "#?vendor=nobody&gate=x&verdict=y&sort=z",
            [
                "calls/zoom/ai-training.calls",
                "calls/jitsi/exit.x",
                "calls/zoom/exit.x",
                "calls/jitsi/ai-training.calls",
            ],
        ),
        ("#?q=nothing%20like%20that", []),
    ],
)
def test_an_address_brings_its_filters(opened: Opened, at: str, expected: list[str]) -> None:
    """Names that nothing has filter nothing."""
    assert rows(opened(whole(), at)) == expected


def test_a_cell_leads_to_its_verdict_and_back(opened: Opened) -> None:
    """Opened, in sight and focused, with clause, question and links; the address opens it again."""
    browser = opened(whole(), "#?verdict=met")
    link = "td a[href='#calls/zoom/ai-training.calls']"

    _script(browser, f"document.querySelector({link!r}).click()")
    _script(
        browser, "return new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)))"
    )
    text = str(_script(browser, "return document.querySelector('.detail').textContent"))
    focus = _script(browser, "return document.activeElement.closest('.line').id")
    again = opened(whole(), "#calls/zoom/ai-training.calls")

    for words in (
        "machine learning, artificial intelligence",
        "Open questions",
        "Readings on record",
    ):
        assert words in text
    assert focus == "calls/zoom/ai-training.calls"
    assert _script(again, "return document.querySelectorAll('.detail').length") == 1
    links = _script(
        again, "return [...document.querySelectorAll('.detail .meta a')].map(e => e.href)"
    )
    assert (
        "https://example.org/terms#:~:text=machine%20learning%2C%20artificial%20intelligence"
        in links
    )
    assert "https://github.com/a/b/blob/d/c.md" in links
    assert complaints(again) == []


def test_the_table_is_walked_by_keys(opened: Opened) -> None:
    """Arrows go from row to row, and a row opens as any button does."""
    from selenium.webdriver.common.keys import Keys  # noqa: PLC0415 - where it is installed

    browser = opened(whole())
    _script(browser, "document.querySelector('.open-row').focus()")

    browser.switch_to.active_element.send_keys(Keys.ARROW_DOWN)
    browser.switch_to.active_element.send_keys(Keys.ENTER)

    assert _script(browser, "return document.activeElement.getAttribute('aria-expanded')") == "true"
    assert _script(browser, "return location.hash") == "#calls/jitsi/exit.x"


def test_only_rows_in_sight_are_drawn(opened: Opened) -> None:
    """Of thousands; the last one is there when it is scrolled to, and the first is not."""
    names = [f"v{n:04}" for n in range(3000)]
    vendors = [vendor(vendor=name, name=name) for name in names]
    browser = opened(record(*(met(vendor=name) for name in names), vendors=vendors))

    at_first = len(rows(browser))
    _script(
        browser,
        "scrollTo(0, document.body.scrollHeight);"
        "return new Promise(done => requestAnimationFrame(() => setTimeout(done, 80)))",
    )
    at_last = rows(browser)
    deep = rows(
        opened(
            record(*(met(vendor=name) for name in names), vendors=vendors),
            "#calls/v1500/ai-training.calls",
        )
    )

    assert at_first < 60
    assert at_last[-1] == "calls/v2999/ai-training.calls"
    assert "calls/v0000/ai-training.calls" not in at_last
    assert "calls/v1500/ai-training.calls" in deep


def test_a_part_that_found_no_room_is_drawn_when_asked_for(opened: Opened) -> None:
    """Chosen from the list, or by its address."""
    names = [f"v{n:03}" for n in range(70)]
    vendors = [vendor(vendor=name, name=name) for name in names]
    browser = opened(record(*(verdict(vendor=name) for name in names), vendors=vendors))

    last = _script(browser, "return document.querySelector('#others').lastElementChild.value")
    put(browser, "#others", last)
    _script(browser, "return new Promise(done => setTimeout(done, 80))")
    text = str(_script(browser, f"return document.getElementById('vendor/{last}').textContent"))

    assert f"Subject: {last}, what we ask for in your terms" in text


@pytest.mark.parametrize("word", HOSTILE)
def test_hostile_words_are_shown_and_do_not_run(opened: Opened, word: str) -> None:
    """With the row open, everything unfolded and every link that there is."""
    browser = opened(saying(word), "#calls/zoom/ai-training.calls")

    _script(browser, "document.querySelectorAll('details').forEach(e => { e.open = true; })")
    found = _script(
        browser,
        "return document.querySelectorAll('img, iframe, object, [onerror], [onload]').length",
    )
    schemes = _script(
        browser,
        "return [...new Set([...document.querySelectorAll('a')].map(e => e.protocol))].sort()",
    )

    assert complaints(browser) == []
    assert found == 0
    assert set(schemes) <= {"file:", "https:"}


def test_a_text_without_end_is_shown_on_demand(opened: Opened) -> None:
    """The page stays as wide as it is."""
    browser = opened(saying("x" * 100_000), "#calls/zoom/ai-training.calls", width=390)

    before = _script(browser, "return document.querySelector('.detail').textContent.length")
    _script(browser, "document.querySelector('.detail [aria-expanded]').click()")
    after = _script(browser, "return document.querySelector('.detail').textContent.length")

    assert before < 20_000
    assert after > before + 90_000
    assert _script(browser, "return document.documentElement.scrollWidth") <= 390


def test_the_page_turns_dark_and_back(opened: Opened) -> None:
    """By the system, and by a switch that says how it stands."""
    colour = "return getComputedStyle(document.body).backgroundColor"
    light = _script(opened(whole()), colour)
    browser = opened(whole(), dark=True)
    dark = (
        _script(browser, colour),
        _script(browser, "return document.querySelector('#theme').ariaPressed"),
    )

    _script(browser, "document.querySelector('#theme').click()")
    again = (
        _script(browser, colour),
        _script(browser, "return document.querySelector('#theme').ariaPressed"),
    )
    _script(browser, "localStorage.clear()")

    assert dark[0] != light
    assert (dark[1], again) == ("true", (light, "false"))


def test_the_letter_is_chosen_and_copied(opened: Opened) -> None:
    """With what only warns where that is asked for; what is copied is selected in any case."""
    browser = opened(whole(), "#vendor/jitsi")
    part = "document.getElementById('vendor/jitsi')"

    shown = f"return [...{part}.querySelectorAll('.letter-text')].map(e => e.checkVisibility())"
    _script(browser, f"{part}.querySelector('.copy').click()")

    assert _script(browser, shown) == [True]
    assert "Subject: Jitsi" in str(_script(browser, "return getSelection().toString()"))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("vendors", [2, 9])
def test_nobody_is_kept_out(opened: Opened, *, dark: bool, vendors: int) -> None:
    """axe-core finds nothing serious, with everything unfolded and a row open."""
    axe = pytest.importorskip("axe_core_python")
    names = [f"v{n}" for n in range(vendors - 2)]
    entries = [*whole()["vendors"], *(vendor(vendor=name, name=name) for name in names)]
    found = whole(vendors=entries)
    found["verdicts"] += [verdict(vendor=name) for name in names]
    browser = opened(found, "#calls/zoom/ai-training.calls", dark=dark)
    _script(browser, "document.querySelectorAll('details').forEach(e => { e.open = true; })")

    _script(browser, resources.files(axe).joinpath("axe.min.js").read_text("utf-8"))
    violations = browser.execute_async_script(
        "axe.run(document, {resultTypes: ['violations']}).then(arguments[0])"
    )["violations"]

    assert [
        (each["id"], each["nodes"][0]["html"][:200])
        for each in violations
        if each["impact"] in {"serious", "critical"}
    ] == []


def test_the_page_prints_with_every_explanation(opened: Opened, tmp_path: Path) -> None:
    """As a PDF; afterwards the page is as it was."""
    browser = opened(whole())

    printed = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    (tmp_path / "report.pdf").write_bytes(base64.b64decode(printed["data"]))
    _script(browser, "dispatchEvent(new Event('beforeprint'))")
    unfolded = _script(browser, "return document.querySelectorAll('.detail').length")
    _script(browser, "dispatchEvent(new Event('afterprint'))")

    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    assert unfolded == 4
    assert _script(browser, "return document.querySelectorAll('.detail').length") == 0


def test_the_script_speaks_french(opened: Opened) -> None:
    """Counts, verdicts, days."""
    browser = opened(whole(), "#calls/zoom/ai-training.calls", language="fr")

    assert status(browser) == "4 verdicts sur 4"
    assert "en vigueur depuis le 31 mars 2023" in str(
        _script(browser, "return document.querySelector('.detail').textContent")
    )


def test_large_data_are_unpacked(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    """Compressed beyond a size, they say the same."""
    monkeypatch.setattr("termsgate.reporting.page.packed.PLAIN", 10)

    browser = opened(
        whole(
            requirements=[
                requirement(),
                requirement(requirement="exit.x", policy="exit", title="Ça va “là”"),
            ]
        )
    )

    assert len(rows(browser)) == 4
    assert "Ça va “là”" in str(
        _script(browser, "return document.querySelector('.grid').textContent")
    )
