"""Knows how pytest runs us; inert in a project that has not set `terms_root`."""
