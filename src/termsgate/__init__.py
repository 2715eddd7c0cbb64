"""Tests for the terms your vendors gave you."""

__version__ = "0.1.0"
