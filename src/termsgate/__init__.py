"""termsgate judges what a vendor's terms say against what we require."""

__version__ = "0.1.0"
