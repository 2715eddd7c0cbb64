"""The command `termsgate`, before it does anything."""

import pytest

import termsgate
from termsgate.cli import Exit, main


def test_version_is_the_packages_own(capsys: pytest.CaptureFixture[str]) -> None:
    """`termsgate --version` prints the version of the package and ends with 0."""
    with pytest.raises(SystemExit) as ended:
        main(["--version"])

    assert (ended.value.code, capsys.readouterr().out) == (
        0,
        f"termsgate {termsgate.__version__}\n",
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "no command was given"),
        (["--nonsense"], "unrecognized arguments: --nonsense"),
    ],
)
def test_wrong_usage_ends_with_its_own_code(
    arguments: list[str],
    message: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Wrong usage is told on standard error and ends with 64, never with pytest's 2."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)

    assert ended.value.code == Exit.USAGE
    assert capsys.readouterr().err.splitlines()[-1] == f"termsgate: {message}"
