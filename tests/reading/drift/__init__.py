"""Drift: the texts are terms made up by us; those in `held_back` were never tuned to."""
