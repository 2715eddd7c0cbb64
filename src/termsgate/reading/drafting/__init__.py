"""A raw text becomes the draft of a fixture: rules propose, a person decides."""
