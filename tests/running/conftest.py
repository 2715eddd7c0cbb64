"""The small project of the plugin's tests, run with pytest and without."""

from __future__ import annotations

from tests.plugin.conftest import suite

__all__ = ["suite"]
