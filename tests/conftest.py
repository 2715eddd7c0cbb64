"""What every test of the tool can ask for."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parent.parent

pytest_plugins = ["pytester"]

# No deadline: the machines are shared, and a slow second is not a wrong verdict.
hypothesis.settings.register_profile("dev", deadline=None, max_examples=40)
hypothesis.settings.register_profile(
    "ci", deadline=None, max_examples=40, derandomize=True, print_blob=True
)
hypothesis.settings.register_profile("nightly", deadline=None, max_examples=2000)
# For mutants of the engine: the same few examples each time, and no search for a smaller one.
hypothesis.settings.register_profile(
    "few",
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=10,
    phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate),
    suppress_health_check=(hypothesis.HealthCheck.too_slow,),  # not the mutant: the machine
)
hypothesis.settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE", "ci" if "CI" in os.environ else "dev"),
)


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared facts and captured texts: TERMSGATE_SHARED, or `shared` beside us."""
    folder = Path(os.environ.get("TERMSGATE_SHARED") or ROOT.parent / "shared")
    if not folder.is_dir():
        pytest.skip(f"the shared folder `{folder}` is not here (set TERMSGATE_SHARED)")
    return folder


# Where mutants wait, what finds most of them soonest comes first, and the slow laws last.
SOONEST: Final = (
    "test_worked_examples",
    "test_sentences",
    "test_few",
    "core",
    "reporting",
    "test_laws",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Under the profile `few` the order is SOONEST."""
    if hypothesis.settings.get_current_profile_name() == "few":
        items.sort(key=lambda item: [name in item.nodeid for name in SOONEST], reverse=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let golden files be written anew, to be read before they are committed."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


@pytest.fixture
def golden(request: pytest.FixtureRequest, root: Path) -> Callable[[str, str], str]:
    """The text that a golden file holds; with --update-golden it holds what was found."""

    def expected(name: str, found: str) -> str:
        path = root / "tests" / "golden" / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(found, encoding="utf-8")
        return path.read_text(encoding="utf-8")

    return expected
