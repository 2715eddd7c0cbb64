"""`termsgate schema`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from jsonschema import Draft202012Validator

from termsgate.cli import Exit, main

if TYPE_CHECKING:
    import pytest


def test_without_a_name_the_names_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    """One a line."""
    code = main(["schema"])

    assert code == Exit.NOTHING_TO_SAY
    assert {"record", "policy", "check"} <= set(capsys.readouterr().out.split())


def test_every_schema_is_printed_and_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    """Draft 2020-12."""
    main(["schema"])
    names = capsys.readouterr().out.split()

    for name in names:
        main(["schema", name])
        Draft202012Validator.check_schema(json.loads(capsys.readouterr().out))


def test_a_name_that_is_none_gets_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing was found: 66."""
    code = main(["schema", "polcy"])

    assert (code, capsys.readouterr().err) == (
        Exit.NOTHING_FOUND,
        "termsgate: there is no schema called `polcy`\n  help: the nearest is `policy`\n",
    )
