"""Short ways to decode a piece of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termsgate.reading import yamltree
from termsgate.reading.decode import check, policy, vendor, version
from termsgate.reading.decode.page import Page
from termsgate.reading.store import builtin_vocabulary

if TYPE_CHECKING:
    from termsgate.core.model import Check, Clause, Policy, Requirement, Vendor, Version
    from termsgate.reading.yamltree import Node

PATH = "x.yaml"


def page(area: str = "version") -> Page:
    """A page with the built-in vocabulary."""
    return Page(path=PATH, area=area, vocabulary=builtin_vocabulary())


def tree(text: str) -> Node:
    """The tree of a text that is YAML."""
    found, problems = yamltree.read(text.encode(), PATH)
    assert found is not None, problems
    return found


def decoded_version(text: str, documents: tuple[str, ...] = ("terms", "privacy")) -> Version:
    """A sound version of `terms`."""
    sheet = page()
    found = version.version(
        sheet, tree(f"document: terms\neffective: 2024-01-01\n{text}"), documents
    )
    assert not sheet.has_errors, sheet.problems
    return found


def decoded_clause(text: str, definitions: str = "{}") -> Clause:
    """The clause those keys make."""
    body = "\n".join(f"    {line}" for line in text.strip().splitlines())
    made = f"definitions: {definitions}\nclauses:\n  - id: licence\n{body}\n"
    return decoded_version(made).clauses[0]


def decoded_vendor(text: str) -> Vendor:
    """A sound vendor."""
    sheet = page("vendor")
    found = vendor.vendor(sheet, tree(f"vendor: acme\nname: Acme\n{text}"))
    assert not sheet.has_errors, sheet.problems
    return found


def decoded_policy(text: str) -> Policy:
    """A sound policy."""
    sheet = page("policy")
    found = policy.policy(sheet, tree(text))
    assert not sheet.has_errors, sheet.problems
    return found


def decoded_requirement(text: str) -> Requirement:
    """The requirement those keys make, of level must where they do not say."""
    level = "" if "level:" in text else "    level: must\n"
    body = "\n".join(f"    {line}" for line in text.strip().splitlines())
    head = "policy: p\ntitle: P\nrequirements:\n  - id: r\n    title: R\n"
    return decoded_policy(f"{head}{level}{body}\n").requirements[0]


def decoded_check(text: str) -> Check:
    """A sound check."""
    sheet = page("check")
    found = check.check(sheet, tree(f"check: c\ntitle: C\n{text}"))
    assert not sheet.has_errors, sheet.problems
    return found
