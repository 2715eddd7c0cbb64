"""A newly captured text is held against the fixture in force, and the text it was read from."""
