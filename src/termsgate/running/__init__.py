"""Knows what a run is, whoever starts it: what it was asked, what it found, how it ends."""
