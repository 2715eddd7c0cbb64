"""Runs, whoever starts them."""
