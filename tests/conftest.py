"""What every test of the tool can ask for."""

import os
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parent.parent

pytest_plugins = ["pytester"]

# No deadline: the machines are shared, and a slow second is not a wrong verdict.
hypothesis.settings.register_profile("dev", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
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
