"""What the reviewers' page costs to make, how large it is, and how long it takes to open.

Run it from the root: `PYTHONPATH=src python -m benchmarks.page`. Opening needs chromium with its
chromedriver, and selenium. It prints the table of docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import shutil
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from selenium import webdriver
from selenium.webdriver.support.ui import WebDriverWait

from benchmarks.exports import record
from termsgate.reporting.page.making import page

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZES: Final = ((10, 20), (100, 45), (1000, 100))
QUICK: Final = ((3, 20),)
OPENED: Final = "return performance.getEntriesByName('ready').map(each => each.startTime)[0]"
PAINTED: Final = "return performance.getEntriesByType('paint').map(each => each.startTime)[0]"


def browser() -> webdriver.Chrome:
    """Chromium without a window, whose clock of tasks counts processor time."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    service = webdriver.ChromeService(shutil.which("chromedriver"))
    driver = webdriver.Chrome(options=options, service=service)
    driver.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
    return driver


def opening(driver: webdriver.Chrome, address: str, times: int) -> tuple[float, float, float]:
    """The medians of: first paint, ready to use, and processor time, in seconds."""
    found = []
    for _ in range(times):
        driver.get("about:blank")
        driver.get(address)
        WebDriverWait(driver, 60, 0.01).until(lambda each: each.execute_script(OPENED))
        ready = driver.execute_script(OPENED) / 1000
        painted = (driver.execute_script(PAINTED) or 0) / 1000
        measured = driver.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
        spent = {each["name"]: each["value"] for each in measured}["TaskDuration"]
        found.append((painted, ready, spent))
    first, second, third = (median(column) for column in zip(*found, strict=True))
    return first, second, third


def rows(sizes: tuple[tuple[int, int], ...], times: int) -> Iterator[str]:
    """A line of the table for each size."""
    driver = browser()
    with TemporaryDirectory() as folder:
        for vendors, requirements in sizes:
            found = record(vendors, requirements)
            begun = time.process_time()
            text = page(found)
            made = time.process_time() - begun
            file = Path(folder) / "report.html"
            file.write_text(text, encoding="utf-8")
            told = opening(driver, file.as_uri(), times)
            size = len(text.encode()) / 1e6
            seconds = " | ".join(f"{each:.2f}" for each in told)
            yield f"| {vendors} x {requirements} | {made:.2f} | {size:.1f} | {seconds} |"
    driver.quit()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="What the reviewers' page costs.")
    parser.add_argument("--quick", action="store_true", help="a small size, to see that it runs")
    parser.add_argument("--times", type=int, default=5, help="how often each page is opened")
    asked = parser.parse_args()
    print("| vendors x requirements | making, s | MB | first paint, s | ready, s | of CPU, s |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: |")
    for line in rows(QUICK if asked.quick else SIZES, asked.times):
        print(line, flush=True)


if __name__ == "__main__":
    main()
