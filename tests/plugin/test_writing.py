"""Files are written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from termsgate.running.writing import refused, replace_file, shown


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    """In the same encoding and with the same line ends everywhere; others may read it."""
    path = tmp_path / "a" / "b.json"
    replace_file(path, "old, and longer than what follows")

    replace_file(path, "naïve\n")

    assert path.read_bytes() == "naïve\n".encode()
    assert path.stat().st_mode & 0o777 == 0o644


def test_what_cannot_be_written_leaves_the_old_file(tmp_path: Path) -> None:
    """And nothing beside it."""
    path = tmp_path / "b.json"
    replace_file(path, "old")

    with pytest.raises(UnicodeEncodeError):
        replace_file(path, "half \ud800")

    assert [each.read_text("utf-8") for each in tmp_path.iterdir()] == ["old"]


def test_asking_whether_a_file_can_be_written_changes_nothing(tmp_path: Path) -> None:
    """What is there stays, what is not there is not made, and a folder is."""
    replace_file(tmp_path / "old", "old")

    found = [refused(tmp_path / name) for name in ("old", "new", "in/a/folder", "in")]

    assert found == ["", "", "", "is a directory"]
    assert (tmp_path / "old").read_text("utf-8") == "old"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["in", "old"]


@pytest.mark.parametrize(
    ("base", "expected"), [("/home", "here/x.json"), ("/other", "/home/here/x.json")]
)
def test_a_path_is_shown_as_seen_from_where_the_user_stands(base: str, expected: str) -> None:
    """Or whole, if it lies elsewhere."""
    assert shown(Path("/home/here/x.json"), Path(base)) == expected
