"""Text becomes values: every one of them carries the place it was read from."""
