"""Strict YAML: what a file may be, and that nothing else gets through or gets out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from termsgate.core.problem import Weight
from termsgate.reading import yamltree
from termsgate.reading.yamltree import Items, Node, Scalar, Table, plain, read

if TYPE_CHECKING:
    from collections.abc import Iterator

PATH = "file.yaml"


@pytest.fixture(params=["libyaml", "pure"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both parsers, one after the other."""
    if request.param == "pure":
        monkeypatch.setattr(yaml, "__with_libyaml__", False)
    return str(request.param)


def _value(text: str) -> object:
    tree, problems = read(text.encode(), PATH)
    assert tree is not None, problems
    return plain(tree)


def _codes(data: bytes) -> list[str]:
    return [problem.code for problem in read(data, PATH)[1]]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("7", 7),
        ("-7", -7),
        ("0", 0),
        ("yes", "yes"),
        ("no", "no"),
        ("NO", "NO"),
        ("on", "on"),
        ("True", "True"),
        ("Null", "Null"),
        ("0755", "0755"),
        ("0o7", "0o7"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("12:30:45", "12:30:45"),
        ("10.10", "10.10"),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        ("+5", "+5"),
        ("-", "-"),
        ("=", "="),
        ("2023-08-07", "2023-08-07"),
        ("2026-13-45", "2026-13-45"),
        ('"true"', "true"),
        ("'7'", "7"),
        ('""', ""),
        ("9" * 16, "9" * 16),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_a_scalar_means_what_its_letters_say(written: str, meant: object) -> None:
    """Only unquoted true, false, null and whole numbers are more than their letters."""
    if written == "-":
        return  # a lone hyphen starts a list
    found = _value(f"key: {written}\n")

    assert found == {"key": meant}


@pytest.mark.usefixtures("parser")
def test_every_key_and_value_knows_its_place() -> None:
    """Lines and columns count from 1, for keys and for what stands under them."""
    tree, _ = read(b"one: 1\ntwo:\n  - three\n  - {four: 4}\n", PATH)

    assert tree == Table(
        {
            "one": yamltree.Entry(Scalar(1, "1", 1, 6), 1, 1),
            "two": yamltree.Entry(
                Items(
                    (
                        Scalar("three", "three", 3, 5),
                        Table({"four": yamltree.Entry(Scalar(4, "4", 4, 12), 4, 6)}, 4, 5),
                    ),
                    3,
                    3,
                ),
                2,
                1,
            ),
        },
        1,
        1,
    )


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: &x 1", "anchor"),
        ("a: *x", "alias"),
        ("a: ! x", "tag"),
        ("<<: {a: 1}", "merge"),
        ("? [a]\n: 1", "key"),
        ("? {a: 1}\n: 1", "key"),
        ("? &x a\n: 1", "anchor"),
        ("? *x\n: 1", "alias"),
        ("a: 1\n---\nb: 1", "documents"),
        ("%TAG ! tag:x,2000:\n---\na: 1", "directive"),
        ("[" * 51 + "]" * 51, "too-deep"),
        ('"\\ud800"', None),
        ('"\\x07"', "character"),
        ('"\\UFFFFFFFF"', "syntax"),
        ("a: 'x", "syntax"),
        ("%YAML 99999999999999999999.1\n---\na: 1", "syntax"),
        ("a\nb: 1", "syntax"),
        ("- a\nb: 1", "syntax"),
        ("a: 1\n- b", "syntax"),
        ('"\\q"', "syntax"),
        ("{a: 1", "syntax"),
        ("a: |3x\n b", "syntax"),
    ],
)
def test_what_is_refused_has_a_code(text: str, code: str | None) -> None:
    """Each thing YAML allows and we do not is one problem of its own."""
    found = _codes(text.encode())

    assert len(found) == 1
    assert code is None or found == [f"yaml/{code}"]


TURNING = [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]
WHERE = ("a: 1 # {}", "a: x{}", "a{}: 1", "'a{}': 1", 'a: "{}"', "a: |\n  x{}", "# {}\na: 1")


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("number", TURNING)
def test_what_turns_text_around_is_refused_wherever_it_stands(number: int) -> None:
    """CVE-2021-42574: in a comment, a value or a key, and as an escape."""
    escape = f"\\u{number:04x}"
    said = [_codes(text.format(chr(number)).encode()) for text in WHERE]
    said += [_codes(text.encode()) for text in (f'a: "{escape}"', f'"{escape}": 1')]

    assert said == [["yaml/direction"]] * 9


@pytest.mark.usefixtures("parser")
def test_every_line_that_turns_text_around_is_told_with_its_place() -> None:
    """Nobody finds them by looking."""
    tree, problems = read("a: \u05d0\u202ex\u2066\nb: 1\n\u2067c: 2\n".encode(), PATH)

    assert (tree, [str(one.place) for one in problems]) == (
        None,
        ["file.yaml:1:5", "file.yaml:3:1"],
    )


NO_WIDTH = "\xad\u034f\u061c\u180e\u200b\u200e\u200f\u2060\u2064\u206a\u206f\u3164\ufeff\U000e0041"


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("hidden", NO_WIDTH, ids=ascii)
def test_what_has_no_width_is_a_smell_and_is_read(hidden: str) -> None:
    """A quote may have it from the page it was taken from."""
    tree, problems = read(f"a: x{hidden}y".encode(), PATH)

    (one,) = problems
    assert tree is not None
    assert plain(tree) == {"a": f"x{hidden}y"}
    assert (one.code, one.weight, str(one.place)) == ("yaml/no-width", Weight.SMELL, f"{PATH}:1:5")


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: \u0645\u06cc\u200c\u062e\u0648", []),
        ("a: \U0001f469\u200d\U0001f4bb", []),
        ("a: x\u200cy", ["yaml/no-width"]),
        ("a: \u0645\u200cy", ["yaml/no-width"]),
        ("a: x\u200d", ["yaml/no-width"]),
        ('a: "x\\u200by"', ["yaml/no-width"]),
        ('a: "x\u200by"', ["yaml/no-width"]),
        ('a: "\u200b" # \u200b', ["yaml/no-width"]),
        ("a: \u05e9\u05dc\u05d5\u05dd, caf\xe9 \u2014 \u4f60", []),
    ],
)
def test_a_joiner_belongs_into_words_of_some_scripts(text: str, found: list[str]) -> None:
    """And beside a Latin letter into none; each line is told once."""
    assert _codes(text.encode()) == found


def test_a_quoted_merge_key_is_a_key() -> None:
    """In quotation marks it is two letters."""
    assert _value('"<<": 1') == {"<<": 1}


def test_fifty_levels_are_read() -> None:
    """The cap is above anything a person writes."""
    assert _codes(b"[" * 50 + b"]" * 50) == []


def test_a_file_has_a_size() -> None:
    """A million bytes are read, one more is not."""
    within = b"a: 1 #" + b"x" * (yamltree.MAX_BYTES - 6)

    assert (_codes(within), _codes(within + b"x")) == ([], ["yaml/too-large"])


def test_all_duplicate_keys_are_reported_and_nothing_is_handed_on() -> None:
    """The first value does not win, and neither does the last."""
    tree, problems = read(b"a: 1\na: 2\nb: {c: 1, c: 2, c: 3}\n", PATH)

    assert (tree, [str(problem.place) for problem in problems]) == (
        None,
        ["file.yaml:2:1", "file.yaml:3:11", "file.yaml:3:17"],
    )


def test_a_wrong_byte_has_a_place() -> None:
    """Line and column count characters before the byte, whatever the line ends are."""
    _, problems = read("a: 1\r\nb: é".encode() + b"\xff", PATH)

    assert [str(problem.place) for problem in problems] == ["file.yaml:2:5"]


# --- nothing gets out -------------------------------------------------------------------------

_PIECES = st.sampled_from(
    (
        *("a", ": ", "- ", "\n", "  ", "[", "]", "{", "}", ",", "&x", "*x", "!t", "'", '"', "|"),
        *(">", "#", "?", "%", "@", "`", "<<", "---", "...", "\t", "\\", "\\u", "é", "0", "\r"),
        *(
            "\0",
            "\x85",
            "\u2028",
            "\ud7ff",
            "\ufeff",
            "\u202e",
            "\U0001f600",
            "true",
            "~",
            "2023-08-07",
        ),
    )
)


@pytest.mark.parametrize("fast", [True, False])
@given(pieces=st.lists(_PIECES, max_size=40))
def test_no_text_raises(pieces: list[str], fast: bool) -> None:  # noqa: FBT001 - hypothesis
    """Whatever the text is, there is a tree or an error, and never both or neither."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml, "__with_libyaml__", fast)
        tree, problems = read("".join(pieces).encode(), PATH)

    assert (tree is None) == any(one.weight is Weight.ERROR for one in problems)


@given(data=st.binary(max_size=60))
def test_no_bytes_raise(data: bytes) -> None:
    """Whatever the bytes are, there is a tree or an error."""
    tree, problems = read(data, PATH)

    assert (tree is None) == any(one.weight is Weight.ERROR for one in problems)


_WORD = st.text(alphabet="abcxyz é\u00a0\u4e00", min_size=1, max_size=6).filter(
    lambda word: bool(word.strip())
)
_LEAF = st.one_of(_WORD, st.integers(-999, 999), st.booleans(), st.none())
_VALUE = st.recursive(
    _LEAF,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_WORD, inner, max_size=3)),
    max_leaves=12,
)


@given(value=_VALUE, flow=st.booleans())
def test_what_was_written_is_read(value: object, flow: bool) -> None:  # noqa: FBT001
    """A value comes back as it was written, in either style."""
    text = yaml.safe_dump(value, default_flow_style=flow, allow_unicode=True)

    tree, problems = read(text.encode(), PATH)

    assert tree is not None, problems
    assert plain(tree) == value


@given(value=_VALUE)
def test_places_are_right(value: object) -> None:
    """The text of every unquoted scalar and key stands at the place it claims."""
    text = yaml.safe_dump(value, default_flow_style=False, allow_unicode=True)
    lines = text.split("\n")

    tree, _ = read(text.encode(), PATH)

    assert tree is not None
    for written, line, column in _scalars(tree):
        there = lines[line - 1][column - 1 :]
        assert there.startswith((written, "'", '"')) or not written


def _scalars(node: Node) -> Iterator[tuple[str, int, int]]:
    if isinstance(node, Scalar):
        yield node.text, node.line, node.column
    elif isinstance(node, Items):
        for item in node.items:
            yield from _scalars(item)
    else:
        for key, entry in node.entries.items():
            yield key, entry.line, entry.column
            yield from _scalars(entry.value)
